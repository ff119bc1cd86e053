"""Klachten and bezwaren: from receipt to outcome, each step a version, and at once in the tables that count them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.overdracht.importeren import importeer
from households.models import Persoon
from reporting.antwoord import beantwoord
from reporting.correcties import correcties
from reporting.vraag import Vraag, lees_moment
from teams.geweigerd import Geweigerd
from teams.models import Handeling, Inzage, Medewerker, Team
from tests.conftest import EigenDatabase
from tests.draden import Draden
from tests.factories import MedewerkerFactory
from voorzieningen import workflow
from voorzieningen.models import Beschikking, Klacht, Klachtsoort, Klachtuitkomst, Voorziening, Wet

DAG = timedelta(days=1)
OP = date(2015, 6, 1)


@pytest.fixture
def browser(klachtenfunctionaris: Medewerker, browser_van: Callable[[Medewerker], Client]) -> Client:
    return browser_van(klachtenfunctionaris)


def registreer(door: Medewerker, **velden: Any) -> Klacht:
    vast = {"soort": Klachtsoort.KLACHT, "datum": OP, "wet": Wet.WMO, "betreft": "bejegening"}
    return workflow.registreer_klacht(**(vast | velden), door=door)


def in_lijsten(pagina: Any) -> dict[str, list[Klacht]]:
    return {lijst.naam: [regel.klacht for regel in lijst.regels] for lijst in pagina.context["lijsten"]}


def cel(tabel: str, rij: str) -> Any:
    antwoord = beantwoord(Vraag.van_invoer(tabel, periode="2015-Q2"))
    return next(een.waarden[0] for een in antwoord.rijen if een.sleutel == rij)


def test_wat_is_geregistreerd_staat_meteen_in_2_27_en_2_29(browser: Client) -> None:
    for soort in (Klachtsoort.BEZWAAR, Klachtsoort.OMBUDSMAN):
        antwoord = browser.post(
            "/klachten/nieuw", {"soort": soort.value, "datum": "01-06-2015", "wet": Wet.WMO.value}
        )
        assert antwoord.status_code == 303
    assert (cel("2.27", "bezwaar"), cel("2.27", "klacht"), cel("2.29", "ombudsman")) == (1, 0, 1)


def test_de_weg_van_een_klacht_over_de_paginas(browser: Client, haven: Team) -> None:
    velden = {"soort": 1, "datum": "01-06-2015", "wet": 1, "betreft": "lang wachten", "team": haven.pk}
    pagina = browser.post("/klachten/nieuw", velden | {"indiener": "mevrouw Jansen"}, follow=True)
    assert "Klacht is geregistreerd." in pagina.content.decode()
    pk = pagina.context["klacht"].pk
    assert "maandag 13 juli 2015" in pagina.content.decode()

    pagina = browser.post(f"/klachten/{pk}/verdagen", {"verdaging-op": "10-07-2015"}, follow=True)
    assert "maandag 10 augustus 2015" in pagina.content.decode()
    pk = pagina.context["klacht"].pk
    pagina = browser.post(
        f"/klachten/{pk}/afhandelen",
        {"afhandeling-uitkomst": Klachtuitkomst.DEELS_GEGROND.value, "afhandeling-op": "01-08-2015"},
        follow=True,
    )
    assert "Deels gegrond, 1 augustus 2015" in pagina.content.decode()
    klacht = Klacht.objects.bekend_op(None).get()
    assert (klacht.versie, klacht.indiener, klacht.team) == (3, "mevrouw Jansen", haven)
    assert cel("2.27", "klacht") == 1
    historie = browser.get(f"/klachten/{klacht.pk}").context["versies"]
    assert [anders for _, anders in historie] == [
        ["uitkomst: leeg → deels gegrond", "afgehandeld op: leeg → 01-08-2015"],
        ["verdaagd op: leeg → 10-07-2015"],
        [],
    ]


def test_wat_open_staat_staat_bovenaan_met_de_eerste_termijn_eerst(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    door = klachtenfunctionaris
    laat = registreer(door, datum=OP + 9 * DAG, betreft="laat")
    zonder = registreer(door, soort=Klachtsoort.BEZWAAR, datum=OP, betreft="zonder dag")
    vroeg = registreer(door, betreft="vroeg")
    klaar = registreer(door, betreft="klaar")
    klaar = workflow.handel_klacht_af(klaar, uitkomst=Klachtuitkomst.OPGELOST, op=OP, door=door)
    pagina = browser.get("/klachten")
    assert in_lijsten(pagina) == {"open": [vroeg, laat, zonder], "klaar": [klaar]}
    assert pagina.content.decode().count("te laat") == 2


def test_wat_uit_een_ander_systeem_komt_staat_apart_tot_iemand_de_uitkomst_vastlegt(
    browser: Client, klachtenfunctionaris: Medewerker, tmp_path: Path
) -> None:
    (tmp_path / "klachten.csv").write_text("ref,datum,wet,soort\nk1,2015-06-01,wmo,klacht\n")
    importeer(tmp_path)
    klacht = Klacht.objects.get()
    pagina = browser.get("/klachten")
    assert in_lijsten(pagina) == {"open": [], "elders": [klacht], "klaar": []}
    assert "te laat" not in pagina.content.decode()
    na = workflow.handel_klacht_af(klacht, uitkomst=Klachtuitkomst.GEGROND, op=OP, door=klachtenfunctionaris)
    assert in_lijsten(browser.get("/klachten")) == {"open": [], "klaar": [na]}


def test_van_veel_open_klachten_staat_alleen_wat_te_zien_is_in_het_logboek(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    for dagen in range(27):
        registreer(klachtenfunctionaris, datum=OP + dagen * DAG)
    pagina = browser.get("/klachten?open=2")
    assert "Open (27)" in pagina.content.decode()
    assert [rij.datum for rij in in_lijsten(pagina)["open"]] == [OP + 25 * DAG, OP + 26 * DAG]
    assert Inzage.objects.filter(onderwerp="voorzieningen.Klacht").count() == 2


def test_de_lijst_kost_even_veel_vragen_hoeveel_klachten_er_ook_zijn(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    registreer(klachtenfunctionaris)
    with CaptureQueriesContext(connection) as een:
        browser.get("/klachten")
    for _ in range(5):
        registreer(klachtenfunctionaris)
    with CaptureQueriesContext(connection) as zes:
        browser.get("/klachten")
    assert len(een) == len(zes)


def test_een_correctie_staat_naast_wat_er_stond_en_verplaatst_in_de_tabel(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    klacht = registreer(klachtenfunctionaris)
    tussen = klacht.geregistreerd_op
    form = browser.get(f"/klachten/{klacht.pk}/corrigeren").context["form"]
    velden = {naam: "" if form[naam].initial is None else form[naam].initial for naam in form.fields}
    velden |= {"soort": 2, "bekendgemaakt_op": "20-05-2015", "reden": "het was een bezwaar", "commissie": ""}
    assert browser.post(f"/klachten/{klacht.pk}/corrigeren", velden).status_code == 303
    klacht.refresh_from_db()
    assert (klacht.vervallen_door, klacht.vervallen_reden) == (klachtenfunctionaris, "het was een bezwaar")
    assert (cel("2.27", "klacht"), cel("2.27", "bezwaar")) == (0, 1)
    lijst = correcties(Vraag.van_invoer("2.27", periode="2015-Q2"), tussen, lees_moment("2100-01-01", "tot"))
    assert {(r.gebeurd, r.door, r.reden) for r in lijst.registraties} == {
        ("vervallen", "klachten", "het was een bezwaar"),
        ("geregistreerd", "klachten", ""),
    }


def test_een_uitkomst_is_geen_correctie_van_de_tabel(klachtenfunctionaris: Medewerker) -> None:
    klacht = registreer(klachtenfunctionaris)
    tussen = klacht.geregistreerd_op
    workflow.handel_klacht_af(klacht, uitkomst=Klachtuitkomst.GEGROND, op=OP, door=klachtenfunctionaris)
    for tabel in ("2.27", "D.6"):
        vraag = Vraag.van_invoer(tabel, periode="2015-Q2")
        lijst = correcties(vraag, tussen, lees_moment("2100-01-01", "tot"))
        assert (lijst.cellen, lijst.registraties) == ([], [])


def test_een_vergissing_telt_niet_meer_en_blijft_te_lezen(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    klacht = registreer(klachtenfunctionaris)
    browser.post(f"/klachten/{klacht.pk}/vergissing", {"vergissing-reden": "twee keer ingevoerd"})
    assert cel("2.27", "klacht") == 0
    pagina = browser.get(f"/klachten/{klacht.pk}").content.decode()
    assert "Dit geldt niet meer: twee keer ingevoerd" in pagina
    assert "Leg de uitkomst vast" not in pagina


MORGEN = timezone.localdate() + DAG
NIET = [
    ({"datum": MORGEN}, "De dag van ontvangst ligt in de toekomst."),
    ({"bekendgemaakt_op": OP + DAG, "soort": Klachtsoort.BEZWAAR}, "bekendgemaakt na de dag van ontvangst"),
    ({"commissie": True, "soort": Klachtsoort.BEROEP}, "hoort bij een klacht of bezwaar"),
    ({"uitkomst": Klachtuitkomst.GEGROND}, "zowel de uitkomst als de dag"),
    ({"afgehandeld_op": OP}, "zowel de uitkomst als de dag"),
    ({"uitkomst": Klachtuitkomst.GEGROND, "afgehandeld_op": OP - DAG}, "ligt voor de ontvangst"),
    ({"uitkomst": Klachtuitkomst.GEGROND, "afgehandeld_op": MORGEN}, "ligt in de toekomst"),
    ({"uitkomst": Klachtuitkomst.TOEGEWEZEN, "afgehandeld_op": OP}, "hoort hier niet bij"),
    ({"verdaagd_op": OP - DAG}, "ligt voor de ontvangst"),
    ({"verdaagd_op": OP, "soort": Klachtsoort.OMBUDSMAN}, "Alleen een klacht of bezwaar"),
]


@pytest.mark.parametrize(("velden", "fout"), NIET)
def test_wat_niet_kan_wordt_bij_registreren_en_corrigeren_geweigerd(
    klachtenfunctionaris: Medewerker, velden: dict[str, Any], fout: str
) -> None:
    with pytest.raises(Geweigerd, match=fout):
        registreer(klachtenfunctionaris, **velden)
    klacht = registreer(klachtenfunctionaris)
    with pytest.raises(Geweigerd, match=fout):
        workflow.corrigeer_klacht(klacht, reden="toch", door=klachtenfunctionaris, **velden)
    assert Klacht.objects.count() == 1


def test_verdagen_kan_een_keer_en_voor_het_einde_van_de_termijn(klachtenfunctionaris: Medewerker) -> None:
    klacht = registreer(klachtenfunctionaris)
    with pytest.raises(Geweigerd, match="De termijn liep tot 13-07-2015"):
        workflow.verdaag_klacht(klacht, op=date(2015, 7, 14), door=klachtenfunctionaris)
    verdaagd = workflow.verdaag_klacht(klacht, op=date(2015, 7, 13), door=klachtenfunctionaris)
    with pytest.raises(Geweigerd, match="al verdaagd op 13-07-2015; dat kan één keer"):
        workflow.verdaag_klacht(verdaagd, op=date(2015, 7, 13), door=klachtenfunctionaris)
    beroep = registreer(klachtenfunctionaris, soort=Klachtsoort.BEROEP)
    with pytest.raises(Geweigerd, match="Alleen een klacht of bezwaar"):
        workflow.verdaag_klacht(beroep, op=OP, door=klachtenfunctionaris)


def test_wat_is_afgehandeld_wordt_niet_nog_eens_afgehandeld(klachtenfunctionaris: Medewerker) -> None:
    door = klachtenfunctionaris
    klacht = workflow.handel_klacht_af(registreer(door), uitkomst=Klachtuitkomst.GEGROND, op=OP, door=door)
    for doe in (
        lambda: workflow.handel_klacht_af(klacht, uitkomst=Klachtuitkomst.ONGEGROND, op=OP, door=door),
        lambda: workflow.verdaag_klacht(klacht, op=OP, door=door),
    ):
        with pytest.raises(Geweigerd, match="al afgehandeld op 01-06-2015"):
            doe()
    open_ = workflow.corrigeer_klacht(klacht, reden="te vroeg", door=door, uitkomst=None, afgehandeld_op=None)
    assert open_.afgehandeld_op is None


def test_een_correctie_die_niets_wijzigt_en_een_zonder_reden(klachtenfunctionaris: Medewerker) -> None:
    klacht = registreer(klachtenfunctionaris)
    with pytest.raises(Geweigerd, match="Er is niets gewijzigd"):
        workflow.corrigeer_klacht(klacht, reden="toch", door=klachtenfunctionaris, betreft="bejegening")
    with pytest.raises(Geweigerd, match="Geef een reden op"):
        workflow.corrigeer_klacht(klacht, reden=" ", door=klachtenfunctionaris, betreft="wachten")


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"datum": "31-02-2015"}, "Deze dag bestaat niet."),
        ({"datum": "01-06-3015"}, "Controleer het jaar"),
        ({"datum": ""}, "Vul een datum in."),
        ({"soort": ""}, "Kies wat er is binnengekomen."),
        ({"soort": "99"}, "99"),
        ({"wet": "99"}, "99"),
        ({"team": "999999"}, "Selecteer"),
        ({"betreft": "x" * 10_000}, "2000"),
        ({"indiener": "x" * 10_000}, "200"),
        ({"bekendgemaakt_op": "02-06-2015"}, "bekendgemaakt na de dag van ontvangst"),
    ],
)
def test_een_formulier_dat_niet_klopt_zegt_wat_er_mis_is_en_bewaart_niets(
    browser: Client, velden: dict[str, str], fout: str
) -> None:
    antwoord = browser.post("/klachten/nieuw", {"soort": "2", "datum": "01-06-2015"} | velden)
    assert antwoord.status_code in (200, 409)
    assert fout in antwoord.content.decode()
    assert not Klacht.objects.exists()


def test_een_uitkomst_voor_de_ontvangst_laat_staan_wat_is_ingevuld(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    klacht = registreer(klachtenfunctionaris)
    velden = {"afhandeling-uitkomst": Klachtuitkomst.GEGROND.value, "afhandeling-op": "31-05-2015"}
    antwoord = browser.post(f"/klachten/{klacht.pk}/afhandelen", velden)
    assert antwoord.status_code == 409
    assert "ligt voor de ontvangst op 01-06-2015" in antwoord.content.decode()
    assert 'value="31-05-2015"' in antwoord.content.decode()


def test_een_oude_link_gaat_naar_de_laatste_versie_en_doet_daar_niets(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    oud = registreer(klachtenfunctionaris)
    nieuw = workflow.verdaag_klacht(oud, op=OP, door=klachtenfunctionaris)
    assert browser.get(f"/klachten/{oud.pk}").headers["Location"] == f"/klachten/{nieuw.pk}"
    velden = {"afhandeling-uitkomst": Klachtuitkomst.GEGROND.value, "afhandeling-op": "02-06-2015"}
    antwoord = browser.post(f"/klachten/{oud.pk}/afhandelen", velden)
    assert antwoord.status_code == 409
    assert "Iemand anders heeft dit intussen gewijzigd" in antwoord.content.decode()


def test_wie_een_klacht_ziet_staat_in_het_logboek_over_wie_hij_gaat(
    browser: Client, klachtenfunctionaris: Medewerker
) -> None:
    persoon = Persoon.objects.create(achternaam="Jansen")
    beschikking = Beschikking.objects.create(
        persoon=persoon,
        voorziening=Voorziening.objects.order_by("pk")[0],
        besluitdatum=date(2015, 5, 20),
        ingangsdatum=OP,
    )
    klacht = registreer(klachtenfunctionaris, soort=Klachtsoort.BEZWAAR, beschikking=beschikking)
    assert klacht.besluit_van == date(2015, 5, 20)
    browser.get("/klachten")
    browser.get(f"/klachten/{klacht.pk}")
    regels = Inzage.objects.filter(onderwerp="voorzieningen.Klacht").order_by("pk")
    assert [(r.handeling, r.persoon, r.sleutel) for r in regels] == [
        (Handeling.IN_LIJST, persoon.pk, klacht.pk),
        (Handeling.GEOPEND, persoon.pk, klacht.pk),
    ]


def test_een_correctie_uit_de_overdracht_laat_staan_wat_hier_is_vastgelegd(
    klachtenfunctionaris: Medewerker, haven: Team, tmp_path: Path
) -> None:
    bestand = tmp_path / "klachten.csv"
    bestand.write_text("ref,datum,wet,soort,onderwerp\nk1,2015-06-01,wmo,klacht,bejegening\n")
    importeer(tmp_path)
    klacht = Klacht.objects.get()
    klacht = workflow.corrigeer_klacht(
        klacht, reden="aangevuld", door=klachtenfunctionaris, team=haven, indiener="mevrouw Jansen"
    )
    workflow.handel_klacht_af(klacht, uitkomst=Klachtuitkomst.GEGROND, op=OP, door=klachtenfunctionaris)
    importeer(tmp_path)
    assert Klacht.objects.count() == 3, "the same folder again changes nothing"
    bestand.write_text("ref,datum,wet,soort,onderwerp\nk1,2015-06-01,jeugdwet,klacht,wachttijd\n")
    importeer(tmp_path)
    nu = Klacht.objects.bekend_op(None).get()
    assert (nu.versie, nu.wet, nu.betreft) == (4, Wet.JEUGDWET, "wachttijd")
    assert (nu.team, nu.indiener, nu.uitkomst) == (haven, "mevrouw Jansen", Klachtuitkomst.GEGROND)
    bestand.write_text("ref,datum,wet,soort,onderwerp\nk1,2015-06-08,jeugdwet,klacht,wachttijd\n")
    importeer(tmp_path)
    nu = Klacht.objects.bekend_op(None).get()
    assert (nu.datum, nu.uitkomst, nu.afgehandeld_op) == (date(2015, 6, 8), None, None)


def test_van_twee_die_tegelijk_afhandelen_wint_er_een(eigen_database: EigenDatabase) -> None:
    door = MedewerkerFactory(username="klachten")
    klacht = registreer(door)

    def handel_af(uitkomst: Klachtuitkomst) -> Callable[[], object]:
        return lambda: workflow.handel_klacht_af(klacht, uitkomst=uitkomst, op=OP, door=door)

    with Draden(2) as draden:
        antwoorden = draden.doe(handel_af(Klachtuitkomst.GEGROND), handel_af(Klachtuitkomst.ONGEGROND))
    assert sorted(antwoord[:7] for antwoord in antwoorden) == ["", "Iemand "]
    assert Klacht.objects.bekend_op(None).count() == 1
    assert Klacht.objects.count() == 2
