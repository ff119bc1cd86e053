"""The tables of progress and of what teams do, where the random ones of the overdracht can't come; counted by hand."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Persoon, Plan, Verblijf
from meldingen.models import Melding, Toewijzing
from reporting.antwoord import Antwoord
from reporting.correcties import correcties
from reporting.vraag import Vraag
from teams.models import Activiteit, Activiteitsoort, Inwonertal
from tests.factories import MedewerkerFactory

from .conftest import BEGIN, Registratie, cellen, gevuld, moment

Vragen = Callable[..., Antwoord]


def kolom(antwoord: Antwoord, rij: str) -> dict[str, object]:
    waarden = next(een.waarden for een in antwoord.rijen if een.sleutel == rij)
    return dict(zip(antwoord.kolommen, waarden, strict=True))


def activiteit(bewoners: int | None, **klok: object) -> Activiteit:
    return Activiteit.objects.create(
        discipline="opbouwwerk",
        soort=Activiteitsoort.SPREEKUUR,
        datum="2015-02-01",
        bewoners=bewoners,
        **{"geregistreerd_op": BEGIN, **klok},
    )


def test_2_7_noemt_wat_onbekend_is_en_correcties_vinden_een_ander_aantal(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    klok = moment("2015-06-15T12:00")
    activiteit(30, vervallen_op=klok, ref="oud")
    activiteit(12, geregistreerd_op=klok, ref="nieuw")
    activiteit(None)
    antwoord = vraag_antwoord("2.7", "2015-Q1")
    assert gevuld(antwoord) == {"bewoners_spreekuur": 12}
    assert "Van 1 (2015-Q1) is niet bekend hoeveel inwoners er waren" in antwoord.noten[0]
    anders = correcties(
        Vraag.van_invoer("2.7", periode="2015-Q1"), moment("2015-06-01"), moment("2015-07-01")
    )
    assert [(cel.cel.sleutel, cel.verschil) for cel in anders.cellen] == [("bewoners_spreekuur", -18)]
    assert {r.nummer for r in anders.registraties} == {"oud", "nieuw"}


def test_2_11_en_2_15_verbergen_een_aandeel_van_een_klein_aantal(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    for code, aantal in (("W2", 3), ("W10", 12)):
        Inwonertal.objects.create(
            team=registratie.teams[code], peildatum=date(2015, 1, 1), inwoners=1000, jeugdigen=0
        )
        for _ in range(aantal):
            client = Persoon.objects.create()
            registratie.beschikking(client, "begeleiding", "2015-01-01")
            registratie.verblijf(client, code, "2014-01-01")
    assert cellen(vraag_antwoord("2.11", "2015-Q1", ruw=False)) == {"W10": "×", "W2": "×", "totaal": 0.8}
    assert cellen(vraag_antwoord("2.11", "2015-Q1")) == {"W10": 1.2, "W2": 0.3, "totaal": 0.8}
    assert cellen(vraag_antwoord("2.11", "2014-Q4"))["W10"] == "n.n.b."
    naast = vraag_antwoord("2.15", "2015-Q1", vergelijk="2014-Q4")
    assert naast.kolommen == ["2014-Q4 aantal", "2014-Q4 pct", "2015-Q1 aantal", "2015-Q1 pct"]


@pytest.mark.parametrize(("klaar", "aandeel"), [("2015-02-16", 100), ("2015-02-17", 0)])
def test_d_1_kent_de_termijn_van_de_wet_die_niet_in_een_weekend_eindigt(
    registratie: Registratie, vraag_antwoord: Vragen, klaar: str, aandeel: int
) -> None:
    melding = registratie.melding("2015-01-03")
    registratie.stap(melding, "onderzoek_afgerond", klaar)
    registratie.stap(melding, "onderzoek_gestart", "2015-02-20")
    antwoord = vraag_antwoord("D.1", "2015-Q1")
    assert kolom(antwoord, "melding_afgerond")["binnen_termijn_pct"] == aandeel
    assert kolom(antwoord, "afgerond")["aantal"] == 0
    assert antwoord.noten == [
        "Niet geteld, omdat de dag van een stap voor die van de stap ervoor ligt: 1 (2015-Q1)."
    ]


def _geef(melding: Melding, registratie: Registratie, team: str, wie: object, vanaf: datetime) -> None:
    Toewijzing.objects.create(melding=melding, team=registratie.teams[team], medewerker=wie, vanaf=vanaf)


def test_d_2_telt_per_team_dat_de_melding_toen_had_en_noemt_niemand(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    sanne, jan = MedewerkerFactory(), MedewerkerFactory()
    for wie in (sanne, sanne, jan):
        _geef(registratie.melding("2015-03-01"), registratie, "W10", wie, moment("2015-03-02T09:00"))
    later = registratie.melding("2015-03-20", stappen=["gesprek_gestart"])
    _geef(later, registratie, "W10", jan, moment("2015-04-02T09:00"))
    registratie.melding("2015-03-01", stappen=["voorveld"])
    antwoord = vraag_antwoord("D.2", "2015-Q1")
    w10 = kolom(antwoord, "W10")
    assert (w10["open"], w10["medewerkers"], w10["per_medewerker"], w10["tot_6_weken"]) == (3, 2, 1.5, 3)
    w2 = kolom(antwoord, "W2")
    assert (w2["open"], w2["gesprek"], w2["zonder_medewerker"], w2["tot_2_weken"]) == (1, 1, 1, 1)
    assert kolom(vraag_antwoord("D.2", "2015-Q2"), "W10")["open"] == 4
    assert all(wie.username not in str(antwoord.als_object()) for wie in (sanne, jan))


def test_d_5_telt_een_huishouden_met_plan_en_elke_wisseling_van_contactpersoon(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    thuis = Huishouden.objects.create()
    ouder, kind = Persoon.objects.create(), Persoon.objects.create()
    for persoon, groep in ((ouder, "begeleiding"), (kind, "pleegzorg")):
        registratie.beschikking(persoon, groep, "2015-01-01")
        Verblijf.objects.create(persoon=persoon, huishouden=thuis, vanaf="2014-01-01", geregistreerd_op=BEGIN)
    Plan.objects.create(huishouden=thuis, vanaf=moment("2015-03-31T16:00"))
    for vanaf, tot in (("2014-12-01T09:00", "2015-02-01T09:00"), ("2015-02-01T09:00", None)):
        Betrokkenheid.objects.create(
            huishouden=thuis,
            medewerker=MedewerkerFactory(),
            soort=Betrokkenheidsoort.CONTACTPERSOON,
            vanaf=moment(vanaf),
            tot=moment(tot) if tot else None,
        )
    assert gevuld(vraag_antwoord("D.5", "2015-Q1")) == {
        "huishoudens": 1,
        "twee_wetten": 1,
        "met_plan": 1,
        "twee_wetten_pct": 100,
        "met_plan_pct": 100,
        "wisselingen_contactpersoon": 1,
    }
    assert cellen(vraag_antwoord("D.5", "2015-Q1", bekend_op="2015-03-30"))["met_plan"] == 0


def test_wat_een_ander_levert_is_nog_niet_bekend_zolang_het_er_niet_is(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    assert set(cellen(vraag_antwoord("2.26", "2015-Q1")).values()) == {"n.n.b."}
    registratie.extern("2.26", "crisis", "2015-02", "14", bron="Zorggroep")
    registratie.extern("2.26", "nieuw soort", "2015-01", "0", bron="Zorggroep")
    registratie.extern("2.26", "regulier", "2015-01", None, bron="Zorggroep")
    antwoord = vraag_antwoord("2.26", "2015-Q1", vergelijk="2015-Q2")
    assert antwoord.kolommen == ["2015-01", "2015-02", "2015-Q2"]
    assert cellen(antwoord)["crisis"] == ["n.n.b.", 14, "n.n.b."]
    assert cellen(antwoord)["nieuw soort"] == [0, "n.n.b.", "n.n.b."]
    assert antwoord.noten == ["Geleverd door Zorggroep: Regulier 2015-01 (nog niet bekend)."]
