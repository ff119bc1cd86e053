"""Every table on a tiny set, counted by hand; the random ones are in `test_orakel.py`."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from households.models import Persoon
from meldingen.models import Stand
from reporting.antwoord import Antwoord, Stroomschema
from reporting.register import TABELLEN
from reporting.rijen import alle, geteld
from reporting.vraag import Vraag
from teams.models import Instelling
from tests.factories import MedewerkerFactory, PersoonFactory
from voorzieningen.models import Jeugdsoort, Voorziening, Voorzieningengroep
from voorzieningen.workflow import hernoem_voorziening, wijzig_groep

from .conftest import Registratie, cellen, gevuld, moment

Vragen = Callable[..., Antwoord]


def test_1_1_telt_telefoon_en_schriftelijk_en_niet_de_balie(registratie: Registratie, vraag_antwoord: Vragen):
    for kanaal in ("telefoon", "telefoon", "email", "webformulier", "balie"):
        registratie.contact("2015-03-31", kanaal)
    registratie.contact("2015-04-01", "telefoon")
    assert cellen(vraag_antwoord("1.1", "2015-Q1")) == {"telefoon": 2, "email_webformulier": 2}


def test_2_1_telt_per_maand_en_per_thema_en_zet_wat_geen_thema_heeft_alleen_in_het_totaal(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.contact("2015-01-01", "telefoon", "zorg_en_ondersteuning", afhandeling="direct")
    registratie.contact("2015-01-31", "telefoon", "zorg_en_ondersteuning", afhandeling="doorgezet_wijkteam")
    registratie.contact("2015-01-31", "telefoon", afhandeling="direct")
    registratie.contact("2015-03-31", "telefoon", "jeugd_en_opvoeding")
    registratie.contact("2015-03-31", "email", "jeugd_en_opvoeding")
    antwoord = vraag_antwoord("2.1", "2015-Q1")
    assert antwoord.kolommen == ["2015-01", "2015-02", "2015-03"]
    assert cellen(antwoord) == {
        "werk_en_uitkering": [0, 0, 0],
        "zorg_en_ondersteuning": [2, 0, 0],
        "jeugd_en_opvoeding": [0, 0, 1],
        "totaal": [3, 0, 1],
        "direct_afgehandeld_pct": [67, 0, 0],
    }
    assert antwoord.noten == ["Zonder thema, alleen in het totaal: 1 (2015-Q1)."]


def test_2_2_telt_mail_en_formulier_per_wet(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.contact("2015-01-02", "email", wet="wmo")
    registratie.contact("2015-02-02", "webformulier", wet="participatiewet")
    registratie.contact("2015-02-02", "telefoon", wet="wmo")
    antwoord = vraag_antwoord("2.2", "2015-01-01..2015-02-28")
    assert cellen(antwoord) == {
        "wmo": [1, 0],
        "jeugdwet": [0, 0],
        "participatiewet": [0, 1],
        "totaal": [1, 1],
    }


def test_2_4_telt_zonder_categorie_alleen_in_het_totaal(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.melding("2015-01-01", stappen=["voorveld"])
    registratie.melding("2015-03-31", "W10", kanaal="email", stappen=["gesprek_gestart", "voorveld"])
    registratie.melding("2015-02-01", categorie="jeugd", stappen=["voorveld"])
    registratie.melding("2015-02-01", categorie="")
    registratie.melding("2015-04-01")
    antwoord = vraag_antwoord("2.4", "2015-Q1")
    assert cellen(antwoord) == {"volwassenen": 2, "jeugd": 1, "totaal": 4, "voorveld_volwassenen_pct": 50}
    assert antwoord.noten == ["Zonder categorie, alleen in het totaal: 1 (2015-Q1)."]
    gefilterd = vraag_antwoord("2.4", "2015-Q1", team="W10", kanaal="email", aanleiding="nieuwe_vraag")
    assert list(cellen(gefilterd).values()) == [1, 0, 1, 0]


def test_2_4_zet_twee_perioden_in_de_volgorde_van_de_tijd(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.melding("2015-01-01")
    registratie.melding("2015-04-01")
    registratie.melding("2015-04-01")
    for periode, vergelijk in (("2015-Q2", "2015-Q1"), ("2015-Q1", "2015-Q2")):
        antwoord = vraag_antwoord("2.4", periode, vergelijk=vergelijk)
        assert antwoord.kolommen == ["2015-Q1", "2015-Q2"]
        assert cellen(antwoord)["totaal"] == [1, 2]


def test_2_5_geeft_elk_wijkteam_op_code_en_het_expertteam_alleen_in_het_totaal(
    registratie: Registratie, vraag_antwoord: Vragen
):
    for team in ("W2", "W2", "X1", ""):
        registratie.melding("2015-02-01", team)
    registratie.melding("2015-02-01", categorie="jeugd")
    antwoord = vraag_antwoord("2.5", "2015-Q1")
    assert list(cellen(antwoord).items()) == [("W10", 0), ("W2", 2), ("totaal", 4)]
    assert [rij.label for rij in antwoord.rijen] == ["Wijkteam W10", "Wijkteam W2", "Totaal"]
    assert antwoord.noten == ["Zonder wijkteam, alleen in het totaal: 2 (2015-Q1)."]


def stroomschema_van_acht(registratie: Registratie) -> None:
    """One melding of volwassenen in every leaf, and one of jeugd."""
    for stappen in (
        [],
        ["voorveld"],
        ["gesprek_gestart"],
        ["gesprek_gestart", "voorveld"],
        ["onderzoek_gestart"],
        ["onderzoek_afgerond"],
        ["niet_toegekend"],
        ["toegekend"],
    ):
        registratie.melding("2015-05-01", stappen=stappen)
    registratie.melding("2015-05-01", categorie="jeugd")


def test_2_6_geeft_precies_het_object_van_de_overdracht(registratie: Registratie, vraag_antwoord: Vragen):
    stroomschema_van_acht(registratie)
    antwoord = vraag_antwoord("2.6", "2015-Q2")
    assert isinstance(antwoord, Stroomschema)
    verwacht = {
        "tabel": "2.6",
        "periode": "2015-Q2",
        "bekend_op": None,
        "filters": {"categorie": "volwassenen"},
        "knopen": {
            "meldingen": 8,
            "voorveld": 1,
            "overig_voor_gesprek": 1,
            "gesprek": 6,
            "geen_onderzoek_nodig": 1,
            "overig_na_gesprek": 1,
            "onderzoek": 4,
            "onderzoek_loopt": 1,
            "afgerond": 3,
            "niet_toegekend": 1,
            "nog_geen_besluit": 1,
            "toegekend": 1,
        },
        "percentages": {"voorveld": 13, "gesprek": 75, "onderzoek": 67, "afgerond": 75, "toegekend": 33},
        "noten": [],
    }
    gegeven = antwoord.als_object()
    assert gegeven == verwacht
    assert list(gegeven) == list(verwacht)
    assert list(gegeven["knopen"]) == list(verwacht["knopen"])


def test_2_6_zet_de_vergelijking_apart(registratie: Registratie, vraag_antwoord: Vragen):
    stroomschema_van_acht(registratie)
    antwoord = vraag_antwoord("2.6", "2015-Q1", vergelijk="2015-Q2")
    assert isinstance(antwoord, Stroomschema)
    assert antwoord.knopen["meldingen"] == 0
    vergelijking = antwoord.als_object()["vergelijking"]
    assert list(vergelijking) == ["periode", "knopen", "percentages"]
    assert (vergelijking["periode"], vergelijking["knopen"]["meldingen"]) == ("2015-Q2", 8)


def test_2_9_telt_een_client_een_keer_en_beschermd_wonen_niet(
    registratie: Registratie, vraag_antwoord: Vragen
):
    client, ander, derde = (Persoon.objects.create() for _ in range(3))
    registratie.beschikking(client, "begeleiding", "2014-01-01", "2015-01-01")
    registratie.beschikking(client, "rolstoelen", "2015-03-31")
    registratie.beschikking(ander, "beschermd wonen", "2015-01-01")
    registratie.beschikking(ander, "opvang", "2015-01-01")
    registratie.beschikking(derde, "rolstoelen", "2014-01-01", "2014-12-31")
    registratie.beschikking(derde, "rolstoelen", "2015-04-01")
    assert cellen(vraag_antwoord("2.9", "2015-Q1")) == {"clienten": 1}


def test_2_10_kiest_het_verblijf_op_de_laatste_dag_van_de_voorziening(
    registratie: Registratie, vraag_antwoord: Vragen
):
    verhuisd = Persoon.objects.create()
    registratie.beschikking(verhuisd, "begeleiding", "2015-01-01", "2015-02-10")
    registratie.beschikking(verhuisd, "rolstoelen", "2015-01-01", "2015-01-31")
    registratie.verblijf(verhuisd, "W2", "2014-01-01", "2015-02-10")
    registratie.verblijf(verhuisd, "W10", "2015-02-10")
    assert gevuld(vraag_antwoord("2.10", "2015-Q1")) == {"W10": 1, "totaal": 1}
    assert gevuld(vraag_antwoord("2.10", "2015-01-01..2015-02-09")) == {"W2": 1, "totaal": 1}


def test_2_10_kiest_van_twee_adressen_het_laatst_begonnene_en_dan_de_kleinste_ref(
    registratie: Registratie, vraag_antwoord: Vragen
):
    eerste, tweede = Persoon.objects.create(), Persoon.objects.create()
    for client in (eerste, tweede):
        registratie.beschikking(client, "begeleiding", "2015-01-01")
    registratie.verblijf(eerste, "W2", "2014-01-01", ref="a")
    registratie.verblijf(eerste, "W10", "2014-02-01", ref="b")
    registratie.verblijf(tweede, "W10", "2014-01-01", ref="a2")
    registratie.verblijf(tweede, "W2", "2014-01-01", ref="B2")
    registratie.verblijf(tweede, "W10", "2014-01-01")
    assert gevuld(vraag_antwoord("2.10", "2015-Q1")) == {"W10": 1, "W2": 1, "totaal": 2}


def test_2_10_kent_onbekend_voor_geen_verblijf_geen_team_en_geen_wijkteam(
    registratie: Registratie, vraag_antwoord: Vragen
):
    for team in (None, "X1"):
        client = Persoon.objects.create()
        registratie.beschikking(client, "begeleiding", "2015-01-01")
        registratie.verblijf(client, team, "2014-01-01")
    registratie.clienten(1)
    antwoord = vraag_antwoord("2.10", "2015-Q1")
    assert gevuld(antwoord) == {"onbekend": 3, "totaal": 3}
    assert antwoord.noten == ["Onbekend: op die dag is geen adres in het gebied van een wijkteam bekend."]


def test_2_12_laat_een_onbekende_vorm_niets_zeggen(registratie: Registratie, vraag_antwoord: Vragen):
    for vormen in (["pgb", ""], ["zin", "zin"], ["zin", "pgb"], [""]):
        client = Persoon.objects.create()
        for vorm in vormen:
            registratie.beschikking(client, "begeleiding", "2015-01-01", vorm=vorm)
    antwoord = vraag_antwoord("2.12", "2015-Q1")
    assert cellen(antwoord) == {"pgb": 1, "zin": 1, "beide": 1, "totaal": 4}
    assert antwoord.noten == ["Zonder bekende financiering, alleen in het totaal: 1 (2015-Q1)."]


def test_na_een_andere_naam_tellen_2_13_en_2_16_door_onder_dezelfde_code(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    een, ander = Persoon.objects.create(), Persoon.objects.create()
    for persoon in (een, ander):
        registratie.beschikking(persoon, "begeleiding", "2015-01-01")
        registratie.beschikking(persoon, "jeugdreclassering", "2015-01-01")
    ervoor = [cellen(vraag_antwoord(nummer, "2015-Q1")) for nummer in ("2.13", "2.16")]
    door = MedewerkerFactory()
    product = Voorziening.objects.filter(groep__naam="jeugdreclassering").order_by("pk")[0]
    hernoem_voorziening(product, "toezicht", vanaf=date(2015, 2, 1), door=door)
    groep = Voorzieningengroep.objects.get(naam="begeleiding")
    wijzig_groep(groep, vanaf=date(2015, 2, 1), naam="ondersteuning", door=door)
    assert [cellen(vraag_antwoord(nummer, "2015-Q1")) for nummer in ("2.13", "2.16")] == ervoor

    # A new one under the new name is the same group to 2.13: nobody counts twice.
    registratie.beschikking(een, "ondersteuning", "2015-02-01")
    assert cellen(vraag_antwoord("2.13", "2015-Q1")) == ervoor[0]


def test_2_13_telt_een_client_in_elke_groep_een_keer(registratie: Registratie, vraag_antwoord: Vragen):
    client = Persoon.objects.create()
    registratie.beschikking(client, "begeleiding", "2015-01-01", voorziening="individuele ondersteuning l")
    registratie.beschikking(client, "begeleiding", "2015-01-01", voorziening="individuele ondersteuning z")
    registratie.beschikking(client, "beschermd wonen", "2015-01-01")
    antwoord = vraag_antwoord("2.13", "2015-Q1")
    assert gevuld(antwoord) == {"begeleiding": 1, "beschermd wonen": 1}
    assert antwoord.rijen[0].sleutel == "hulp bij het huishouden"
    assert antwoord.rijen[0].label == "Hulp bij het huishouden"
    assert "één keer per groep" in antwoord.noten[0]


def test_2_14_telt_een_kind_met_twee_soorten_een_keer_in_het_totaal(
    registratie: Registratie, vraag_antwoord: Vragen
):
    kind = Persoon.objects.create()
    for groep in ("pleegzorg", "dyslexiezorg", "jeugdbescherming"):
        registratie.beschikking(kind, groep, "2015-01-01")
    registratie.clienten(1, "jeugdreclassering")
    assert cellen(vraag_antwoord("2.14", "2015-Q1")) == {
        "jeugdhulp": 1,
        "jeugdbescherming": 1,
        "jeugdreclassering": 1,
        "totaal": 2,
    }


def test_2_16_telt_elke_voorziening_die_op_de_laatste_dag_loopt(
    registratie: Registratie, vraag_antwoord: Vragen
):
    kind = Persoon.objects.create()
    registratie.beschikking(kind, "pleegzorg", "2015-03-31", "2015-03-31")
    registratie.beschikking(kind, "dyslexiezorg", "2015-01-01", "2015-03-30")
    registratie.beschikking(kind, "dyslexiezorg", "2015-01-01")
    registratie.beschikking(kind, "jeugdbescherming", "2015-01-01", voorziening="voogdij")
    registratie.beschikking(kind, "jeugdbescherming", "2015-04-01", voorziening="voogdij")
    antwoord = vraag_antwoord("2.16", "2015-Q1")
    assert antwoord.kolommen == ["2015-03-31"]
    assert gevuld(antwoord) == {
        "jeugdhulp": 2,
        "jeugdhulp_zonder_verblijf": 1,
        "jeugdhulp_met_verblijf": 1,
        "jeugdbescherming": 1,
        "voogdij": 1,
        "totaal": 3,
    }


def test_2_16_heeft_een_regel_per_soort_voor_een_groep_die_van_soort_veranderde(
    registratie: Registratie, vraag_antwoord: Vragen
) -> None:
    kind = Persoon.objects.create()
    registratie.beschikking(kind, "jeugdbescherming", "2015-01-01", voorziening="voogdij")
    groep = Voorzieningengroep.objects.get(naam="jeugdbescherming")
    anders = {"jeugdsoort": Jeugdsoort.JEUGDRECLASSERING, "door": MedewerkerFactory()}
    wijzig_groep(groep, vanaf=date(2015, 2, 1), naam="toezicht", **anders)
    registratie.beschikking(kind, "toezicht", "2015-02-01", voorziening="voogdij")
    antwoord = vraag_antwoord("2.16", "2015-Q1")
    sleutels = [rij.sleutel for rij in antwoord.rijen]
    assert len(set(sleutels)) == len(sleutels)
    assert gevuld(antwoord) == {
        "jeugdbescherming": 1,
        "voogdij": 1,
        "jeugdreclassering": 1,
        "jeugdreclassering: voogdij": 1,
        "totaal": 2,
    }


def test_2_27_telt_alleen_wmo_en_jeugdwet(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.klacht("2015-03-31", "klacht", "wmo")
    registratie.klacht("2015-01-01", "hoger_beroep", "jeugdwet")
    registratie.klacht("2015-01-01", "klacht", "participatiewet")
    registratie.klacht("2015-01-01", "klacht")
    registratie.klacht("2015-01-01", "ombudsman", "wmo")
    assert cellen(vraag_antwoord("2.27", "2015-Q1")) == {
        "klacht": 1,
        "bezwaar": 0,
        "beroep": 0,
        "hoger_beroep": 1,
        "voorlopige_voorziening": 0,
    }


@pytest.mark.parametrize(
    ("bekend_op", "aantallen"),
    [
        ("2015-02-28", {}),
        ("2015-03-01", {"voorveld": 1, "meldingen": 1}),
        ("2015-03-09", {"voorveld": 1, "meldingen": 1}),
        ("2015-03-10T11:59:59", {"voorveld": 1, "meldingen": 1}),
        ("2015-03-10T12:00", {"gesprek": 1, "overig_na_gesprek": 1, "meldingen": 1}),
        (None, {"gesprek": 1, "overig_na_gesprek": 1, "meldingen": 1}),
    ],
)
def test_een_antwoord_is_wat_op_dat_moment_geregistreerd_stond(
    registratie: Registratie,
    vraag_antwoord: Vragen,
    bekend_op: str | None,
    aantallen: dict[str, int],
):
    melding = registratie.melding("2015-01-05", geregistreerd_op=moment("2015-03-01T10:00"))
    registratie.stap(
        melding,
        "voorveld",
        "2015-01-06",
        geregistreerd_op=moment("2015-03-01T10:00"),
        vervallen_op=moment("2015-03-10T12:00"),
    )
    registratie.stap(melding, "gesprek_gestart", "2015-01-06", geregistreerd_op=moment("2015-03-10T12:00"))
    antwoord = vraag_antwoord("2.6", "2015-Q1", bekend_op=bekend_op)
    assert isinstance(antwoord, Stroomschema)
    assert {knoop: aantal for knoop, aantal in antwoord.knopen.items() if aantal} == aantallen


def test_bekend_op_staat_in_het_antwoord_in_plaatselijke_tijd(vraag_antwoord: Vragen):
    antwoord = vraag_antwoord("2.4", "2015-Q2", bekend_op="2015-06-30")
    assert antwoord.als_object()["bekend_op"] == "2015-06-30T23:59:59.999999+02:00"


@pytest.mark.parametrize("tabel", ["2.4", "2.5", "2.6"])
@pytest.mark.parametrize(
    ("bekend_op", "indexen"),
    [(None, {"stand_team"}), ("2015-06-30", {"stand_nu", "stand_eerder"})],
)
def test_meldingen_tellen_heeft_aan_bereiken_van_dekkende_indexen_genoeg(
    registratie: Registratie,
    vraag_antwoord: Vragen,
    tabel: str,
    bekend_op: str | None,
    indexen: set[str],
):
    with CaptureQueriesContext(connection) as queries:
        vraag_antwoord(
            tabel, "2015-Q2", bekend_op=bekend_op, team="W2", kanaal="email", aanleiding="herindicatie"
        )
    telling = next(query["sql"] for query in queries if "count(*)" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meldingen_stand DROP CONSTRAINT meldingen_stand_pkey")
        alle = {"stand_een_nu", *(index.name for index in Stand._meta.indexes)}
        cursor.execute(f"DROP INDEX {', '.join(sorted(alle - indexen))}")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {telling}")
        plan = "\n".join(regel for (regel,) in cursor.fetchall())
    scans = re.findall(r"(\S.*) using (\w+) on meldingen_stand.*\n\s+Index Cond: (.*)", plan)
    assert len(scans) == plan.count("on meldingen_stand")
    assert {soort.removeprefix("->  ") for soort, _, _ in scans} == {"Index Only Scan"}
    assert {index for _, index, _ in scans} == indexen
    for _, _, bereik in scans:
        assert "(categorie " in bereik
        assert "ontvangen_op >=" in bereik
        assert "ontvangen_op <=" in bereik


@pytest.mark.parametrize("bekend_op", [None, "2015-06-30"])
@pytest.mark.parametrize("tabel", TABELLEN)
def test_geteld_is_wat_erachter_staat(registratie: Registratie, tabel: str, bekend_op: str | None):
    stroomschema_van_acht(registratie)
    registratie.clienten(3)
    registratie.clienten(2, "pleegzorg")
    persoon = PersoonFactory()
    for vanaf in ("2015-04-01", "2015-05-01"):
        registratie.beschikking(persoon, "begeleiding", vanaf)
        registratie.verblijf(persoon, "W2", vanaf)
    for kanaal in ("telefoon", "email"):
        registratie.contact("2015-05-01", kanaal, "werk_en_uitkering", "wmo")
    telling = TABELLEN[tabel].tel(Vraag.van_invoer(tabel, periode="2015-Q2", bekend_op=bekend_op))
    if not telling.achter:
        return
    wat = (telling.achter, telling.eenheid, telling.dimensies, telling.gevraagd)
    breedte = len(telling.eenheid)
    with connection.cursor() as cursor:
        cursor.execute(*alle(*wat))
        plaatsen = Counter(rij[breedte:] for rij in cursor.fetchall())
        cursor.execute(*geteld(*wat))
        per_plaats: Counter[tuple[Any, ...]] = Counter()
        for *plaats, aantal in cursor.fetchall():
            per_plaats[tuple(plaats)] += aantal
    assert +per_plaats == plaatsen


# The rows of the table from the reference tables, the count, the small-numbers setting, external figures.
QUERIES = dict.fromkeys(TABELLEN, 2) | {
    "2.3": 4,
    "2.5": 4,
    "2.6": 1,
    **dict.fromkeys(("2.9", "2.12", "2.14", "D.5"), 3),
    "2.10": 5,
    "2.11": 7,
    "2.13": 4,
    "2.15": 7,
    "2.16": 4,
    "D.1": 5,
    "D.2": 5,
    "D.3": 5,
}


@pytest.mark.parametrize("tabel", TABELLEN)
def test_het_aantal_queries_hangt_niet_af_van_wat_er_staat(
    registratie: Registratie,
    vraag_antwoord: Vragen,
    django_assert_num_queries: DjangoAssertNumQueries,
    tabel: str,
):
    """Unless there are few clients; here no number of them is few."""
    Instelling.objects.create(sleutel="kleine_aantallen", geldig_van=date(2015, 1, 1), waarde=1)
    with django_assert_num_queries(QUERIES[tabel]):
        vraag_antwoord(tabel, "2015-Q2", ruw=False)
    stroomschema_van_acht(registratie)
    registratie.clienten(12)
    registratie.clienten(3, "pleegzorg")
    registratie.extern(tabel, "opvang", "2015-Q2", "5")
    registratie.contact("2015-05-01", "telefoon")
    with django_assert_num_queries(QUERIES[tabel]):
        vraag_antwoord(tabel, "2015-Q2", ruw=False)
