"""The same again changes nothing; what changed stands beside what was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from households.models import Persoon
from households.workflow import vul_persoon_aan
from meldingen import workflow
from meldingen.models import Gebeurtenis, Melding, Soort, Stand
from tests.overdracht.hulp import lees_in, plaatsen
from tests.overdracht.inhoud import afdruk, vraag
from tests.overdracht.voorbeeld import BIJGEWERKT, GOED, MET_VERSIES, TABEL, alles, ontvangen, rij, stap

VERVALT_OP = "2015-08-01T12:00:00+02:00"

# One other value per column that a correction may bring.
ANDERS = {
    "verblijven": {
        "persoon_ref": "P2",
        "huishouden_ref": "H2",
        "postcode": "1316",
        "huisnummer": "13",
        "team_code": "W2",
        "vanaf": "2010-01-02",
        "tot": "",
        "rol": "partner",
    },
    "contacten": {
        "datum": "2015-03-31",
        "kanaal": "balie",
        "thema": "",
        "wet": "jeugdwet",
        "afhandeling": "direct",
        "melding_ref": "M2",
    },
    "gebeurtenissen": {
        "melding_ref": "M2",
        "datum": "2015-03-31",
        "reden": "",
        "team_code": "W2",
        "categorie": "jeugd",
        "kanaal": "",
        "aanleiding": "herindicatie",
    },
    "beschikkingen": {
        "persoon_ref": "P2",
        "melding_ref": "",
        "voorziening": "individuele ondersteuning zwaar",
        "financieringsvorm": "pgb",
        "aanbieder": "Een nieuwe",
        "besluitdatum": "",
        "ingangsdatum": "2015-05-03",
        "einddatum": "",
    },
    "klachten": {
        "datum": "2015-06-02",
        "wet": "",
        "soort": "beroep",
        "onderwerp": "anders",
        "beschikking_ref": "B2",
    },
    "activiteiten": {
        "team_code": "W2",
        "discipline": "",
        "soort": "spreekuur",
        "datum": "2015-04-12",
        "bewoners": "",
        "verwezen": "0",
    },
    "consulten": {
        "team_code": "",
        "discipline": "anders",
        "datum": "2015-04-12",
        "uren": "2",
        "vervolg": "actief_geworden",
    },
    "externe_cijfers": {"waarde": "4925", "status": "definitief", "bron": "CBS"},
    "teams": {"naam": "Anders", "soort": "expertteam", "stadsdeel": ""},
    "postcodes": {"team_code": "W2"},
    "inwoners": {"inwoners": "", "jeugdigen": "1"},
    "personen": {
        "achternaam": "",
        "tussenvoegsel": "de",
        "voornamen": "W.",
        "geboortedatum": "",
        "geslacht": "x",
        "bsn": "123456782",
        "telefoon": "",
        "email": "w@voorbeeld.test",
        "vervallen_op": VERVALT_OP,
    },
    "meldingen": {
        "persoon_ref": "P2",
        "spoed": "nee",
        "vraag": "",
        "levensgebieden": "wonen;werken",
        "vervallen_op": VERVALT_OP,
    },
    "spreekuren": {"tot": "13:00", "frequentie": "maandelijks", "geldig_tot": ""},
}
WIJZIGINGEN = [(bestand, kolom) for bestand, anders in ANDERS.items() for kolom in anders]
KLOK_EN_VERSIE = {"id", "versie", "geregistreerd_op", "vervallen_op", "vervallen_reden"}


def ruim() -> dict[str, list[dict[str, str]]]:
    """The good overdracht, with a second one of what rows refer to."""
    return {
        naam: [*rijen, *tweede]
        for naam, rijen in alles().items()
        for tweede in [
            {
                "teams": [rij("teams", code="W2")],
                "personen": [rij("personen", ref="P2")],
                "meldingen": [rij("meldingen", ref="M2")],
                "beschikkingen": [rij("beschikkingen", ref="B2")],
            }.get(naam, [])
        ]
    }


def rijen_van(bestand: str) -> list[dict[str, Any]]:
    """What is stored of a file, oldest version first."""
    tabel = TABEL[bestand]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {tabel} ORDER BY {'ref, versie' if bestand in MET_VERSIES else 'id'}")
        kolommen = [kolom.name for kolom in cursor.description]
        return [dict(zip(kolommen, rij, strict=True)) for rij in cursor.fetchall()]


def klok() -> datetime:
    return vraag("SELECT clock_timestamp()")[0][0]


def anders_dan(oud: dict[str, list[str]], nieuw: dict[str, list[str]]) -> set[str]:
    """Tables in which something changed."""
    return {tabel for tabel in oud if oud[tabel] != nieuw[tabel]}


@pytest.mark.parametrize("met_klok", [True, False])
def test_dezelfde_map_nog_eens_verandert_niets(eigen_database, nieuwe_map, met_klok):
    bestanden = ruim()
    bestanden["gebeurtenissen"].append(stap("G2", "M1", "gesprek_gestart", vervallen_op=VERVALT_OP))
    bestanden["externe_cijfers"].append(rij("externe_cijfers", rij="rolstoelen", vervallen_op=VERVALT_OP))
    if not met_klok:
        for rijen in bestanden.values():
            for een in rijen:
                een.update({naam: "" for naam in een if naam == "geregistreerd_op"})
    pad = nieuwe_map(bestanden)
    lees_in(pad)
    ervoor = afdruk()

    for _ in range(2):
        assert lees_in(pad) == {naam: (0, 0, len(rijen)) for naam, rijen in bestanden.items()}
        assert afdruk() == ervoor


@pytest.mark.vol
def test_elke_gewijzigde_kolom_van_een_bestand_met_versies_geeft_een_versie_erbij(eigen_database, nieuwe_map):
    """Every column of every file in turn; the old row lapses at the moment at which the new one begins."""
    huidig = ruim()
    lees_in(nieuwe_map(huidig))

    for bestand, kolom in WIJZIGINGEN:
        if bestand not in MET_VERSIES:
            continue
        ervoor, begin = rijen_van(bestand), klok()
        huidig[bestand][0] = huidig[bestand][0] | {kolom: ANDERS[bestand][kolom]}
        if kolom == "melding_ref" and bestand == "gebeurtenissen":
            assert Melding.objects.get(ref="M1").status == "ontvangen"

        resultaat = lees_in(nieuwe_map({bestand: huidig[bestand]}))

        plek = (bestand, kolom)
        verwacht = {bestand: (0, 1, len(huidig[bestand]) - 1)}
        assert resultaat == verwacht, plek
        erna, eind = rijen_van(bestand), klok()
        bekend = {een["id"]: een for een in ervoor}
        (nieuw,) = [een for een in erna if een["id"] not in bekend]
        (oud,) = [een for een in erna if een["id"] in bekend and een != bekend[een["id"]]]
        assert len(erna) == len(ervoor) + 1
        assert begin < oud["vervallen_op"] == nieuw["geregistreerd_op"] < eind, plek
        assert (oud["ref"], oud["versie"] + 1) == (nieuw["ref"], nieuw["versie"])
        assert nieuw["vervallen_op"] is None
        assert oud["vervallen_reden"] != "" == nieuw["vervallen_reden"]
        assert {naam: oud[naam] for naam in oud.keys() - {"vervallen_op", "vervallen_reden"}} == {
            naam: bekend[oud["id"]][naam] for naam in oud.keys() - {"vervallen_op", "vervallen_reden"}
        }
        veranderd = {naam for naam in oud.keys() - KLOK_EN_VERSIE if oud[naam] != nieuw[naam]}
        assert len(veranderd) == 1, (plek, veranderd)

    ervoor = afdruk()
    lees_in(nieuwe_map(huidig))
    assert afdruk() == ervoor


def test_de_standen_laten_zien_wat_er_voor_en_na_een_correctie_bekend_was(eigen_database, nieuwe_map):
    lees_in(nieuwe_map(ruim()))
    toen = klok()

    lees_in(nieuwe_map({"gebeurtenissen": [rij("gebeurtenissen", melding_ref="M2", datum="2015-03-31")]}))

    def stand(moment: datetime | None) -> list[tuple[str, date]]:
        return list(Stand.objects.bekend_op(moment).values_list("melding__ref", "ontvangen_op"))

    assert stand(toen) == [("M1", date(2015, 4, 1))]
    assert stand(None) == [("M2", date(2015, 3, 31))]
    assert dict(Melding.objects.values_list("ref", "status")) == {"M1": "vervallen", "M2": "ontvangen"}


@pytest.mark.parametrize("bestand", BIJGEWERKT)
def test_personen_meldingen_en_naslag_worden_bijgewerkt(eigen_database, nieuwe_map, bestand):
    """The row stays the same row: its id, and whatever refers to it."""
    huidig = ruim()
    lees_in(nieuwe_map(huidig))

    for kolom, waarde in ANDERS[bestand].items():
        oud, ervoor = rijen_van(bestand), afdruk()
        huidig[bestand][0] = huidig[bestand][0] | {kolom: waarde}

        lees_in(nieuwe_map({bestand: huidig[bestand]}))

        tabel = "meldingen_melding_levensgebieden" if kolom == "levensgebieden" else TABEL[bestand]
        assert anders_dan(ervoor, afdruk()) == {tabel}, kolom
        nieuw = rijen_van(bestand)
        assert [een["id"] for een in nieuw] == [een["id"] for een in oud]
        veranderd = [
            naam
            for een, twee in zip(oud, nieuw, strict=True)
            for naam in een.keys() - {"zoeknaam", "telefoon_cijfers", "bsn_versleuteld"}
            if een[naam] != twee[naam]
        ]
        assert len(veranderd) == (kolom != "levensgebieden"), (kolom, veranderd)


def test_wat_gewijzigd_is_wordt_ook_zo_geteld(eigen_database, nieuwe_map):
    huidig = ruim()
    lees_in(nieuwe_map(huidig))
    huidig["personen"][0]["achternaam"] = "Anders"
    huidig["personen"].append(rij("personen", ref="P3"))

    resultaat = lees_in(nieuwe_map(huidig))

    assert resultaat["personen"] == (1, 1, 1)
    assert resultaat["teams"] == (0, 0, 2)


@pytest.mark.parametrize("bestand", MET_VERSIES)
def test_een_ingevulde_vervallen_op_sluit_de_rij_op_dat_moment(eigen_database, nieuwe_map, bestand):
    huidig = ruim()
    lees_in(nieuwe_map(huidig))
    ervoor = rijen_van(bestand)
    huidig[bestand][0] = huidig[bestand][0] | {"vervallen_op": VERVALT_OP}

    assert lees_in(nieuwe_map(huidig))[bestand] == (0, 1, len(huidig[bestand]) - 1)

    erna = rijen_van(bestand)
    assert len(erna) == len(ervoor)
    (oud,) = [een for een in ervoor if een not in erna]
    (dicht,) = [een for een in erna if een not in ervoor]
    assert dicht["vervallen_op"] == datetime.fromisoformat(VERVALT_OP)
    assert dicht == oud | {naam: dicht[naam] for naam in ("vervallen_op", "vervallen_reden")}
    dit = afdruk()
    lees_in(nieuwe_map(huidig))
    assert afdruk() == dit
    huidig[bestand][0] = huidig[bestand][0] | {"vervallen_op": ""}
    lees_in(nieuwe_map(huidig))
    assert afdruk() == dit


def test_een_feit_dat_vervalt_haalt_de_stand_van_daarna_weg(eigen_database, nieuwe_map):
    feiten = [rij("gebeurtenissen"), stap("G2", "M1", "voorveld", geregistreerd_op="2015-05-01T00:00:00Z")]
    lees_in(nieuwe_map(alles() | {"gebeurtenissen": feiten}))
    assert Melding.objects.get().status == "voorveld"

    feiten[1]["vervallen_op"] = "2015-06-01T00:00:00Z"
    lees_in(nieuwe_map({"gebeurtenissen": feiten}))

    assert Melding.objects.get().status == "ontvangen"
    standen = Stand.objects.order_by("van").values_list("voorveld_op", "voorveld_sinds", "tot")
    gold, vervallen = (datetime.fromisoformat(f"2015-0{maand}-01T00:00:00Z") for maand in (5, 6))
    assert list(standen) == [(date(2015, 4, 1), gold, vervallen), (None, None, None)]


def test_een_correctie_in_twee_rijen_sluit_de_oude_en_opent_de_nieuwe(eigen_database, nieuwe_map):
    lees_in(nieuwe_map(alles()))

    oud = rij("gebeurtenissen", vervallen_op=VERVALT_OP)
    nieuw = ontvangen("G2", "M1", VERVALT_OP, kanaal="balie")
    assert lees_in(nieuwe_map({"gebeurtenissen": [nieuw, oud]})) == {"gebeurtenissen": (1, 1, 0)}

    standen = Stand.objects.order_by("van").values_list("kanaal", "van", "tot")
    (eerst, tweede) = standen
    assert (eerst[0], tweede[0]) == (1, 6)
    assert eerst[2] == tweede[1] == datetime.fromisoformat(VERVALT_OP)
    assert tweede[2] is None


def test_een_rij_die_zowel_anders_als_vervallen_is_blijft_daarna_gelijk(eigen_database, nieuwe_map):
    lees_in(nieuwe_map(alles()))
    anders = nieuwe_map({"contacten": [rij("contacten", kanaal="balie", vervallen_op=VERVALT_OP)]})

    lees_in(anders)

    dit = afdruk()
    assert vraag("SELECT count(*) FROM meldingen_klantcontact WHERE vervallen_op IS NULL") == [(0,)]
    assert vraag("SELECT vervallen_op < now() FROM meldingen_klantcontact WHERE versie = 1") == [(True,)]
    lees_in(anders)
    assert afdruk() == dit


@pytest.mark.parametrize("eerst", ["", "2015-07-01T00:00:00Z"])
def test_een_rij_vervalt_nooit_voor_het_moment_waarop_zij_is_opgeslagen(eigen_database, nieuwe_map, eerst):
    """The stored moment counts, whatever the file now says of it."""
    lees_in(nieuwe_map({"klachten": [rij("klachten", beschikking_ref="", geregistreerd_op=eerst)]}))

    te_vroeg = rij("klachten", beschikking_ref="", vervallen_op="2015-06-01T00:00:00Z")

    assert plaatsen(nieuwe_map({"klachten": [te_vroeg]})) == ["klachten.csv:2: vervallen_op"]


def test_ook_een_gecorrigeerde_rij_vervalt_niet_voor_haar_correctie(eigen_database, nieuwe_map):
    """Its second version is from now, while the source still gives the moment of the first."""
    lees_in(nieuwe_map({"klachten": [rij("klachten", beschikking_ref="")]}))
    lees_in(nieuwe_map({"klachten": [rij("klachten", beschikking_ref="", soort="beroep")]}))

    dicht = rij("klachten", beschikking_ref="", soort="beroep", vervallen_op="2015-06-05T00:00:00Z")

    assert plaatsen(nieuwe_map({"klachten": [dicht]})) == ["klachten.csv:2: vervallen_op"]


def test_wat_in_het_product_is_teruggedraaid_komt_niet_terug(eigen_database, nieuwe_map, wijkwerker):
    pad = nieuwe_map(
        alles() | {"gebeurtenissen": [rij("gebeurtenissen"), stap("G2", "M1", "gesprek_gestart")]}
    )
    lees_in(pad)
    workflow.draai_terug(Melding.objects.get(), reden="verkeerde melding", door=wijkwerker)
    ervoor = afdruk()

    lees_in(pad)

    assert afdruk() == ervoor
    assert Melding.objects.get().status == "ontvangen"


def test_wat_in_het_product_is_gecorrigeerd_blijft_zo(eigen_database, nieuwe_map, wijkwerker):
    pad = nieuwe_map(alles())
    lees_in(pad)
    workflow.corrigeer(Gebeurtenis.objects.get(), datum=date(2015, 3, 29), reden="brief", door=wijkwerker)
    ervoor = afdruk()

    assert lees_in(pad)["gebeurtenissen"] == (0, 0, 1)

    assert afdruk() == ervoor
    assert Stand.objects.bekend_op(None).get().ontvangen_op == date(2015, 3, 29)


def test_wat_in_het_product_een_vergissing_bleek_telt_niet_opnieuw(eigen_database, nieuwe_map, wijkwerker):
    pad = nieuwe_map(alles())
    lees_in(pad)
    workflow.registreer_als_vergissing(Melding.objects.get(), reden="dubbel", door=wijkwerker)
    ervoor = afdruk()

    lees_in(pad)

    assert afdruk() == ervoor
    assert Melding.objects.get().status == "vervallen"


def test_een_stap_in_het_product_overleeft_de_volgende_overdracht(eigen_database, nieuwe_map, wijkwerker):
    pad = nieuwe_map(alles())
    lees_in(pad)
    workflow.start_gesprek(Melding.objects.get(), op=date(2015, 4, 9), door=wijkwerker)
    ervoor = afdruk()

    lees_in(pad)
    assert afdruk() == ervoor

    lees_in(nieuwe_map({"gebeurtenissen": [rij("gebeurtenissen", kanaal="balie")]}))
    assert Melding.objects.get().status == "gesprek"
    assert Gebeurtenis.objects.get(soort=Soort.GESPREK_GESTART).door == wijkwerker


def test_een_correctie_in_de_bron_van_wat_hier_al_gecorrigeerd_is_wordt_geweigerd(
    eigen_database, nieuwe_map, wijkwerker
):
    """Both say another `ontvangen`: that is a choice for people, told at the line."""
    lees_in(nieuwe_map(alles()))
    workflow.corrigeer(Gebeurtenis.objects.get(), datum=date(2015, 3, 29), reden="brief", door=wijkwerker)

    assert plaatsen(nieuwe_map({"gebeurtenissen": [rij("gebeurtenissen", kanaal="balie")]})) == [
        "gebeurtenissen.csv:2: soort"
    ]


def test_een_later_cijfer_vervangt_het_vorige_en_het_oude_bestand_draait_dat_niet_terug(
    eigen_database, nieuwe_map
):
    oud = nieuwe_map({"externe_cijfers": [GOED["externe_cijfers"]]})
    later = rij("externe_cijfers", waarde="4925", geregistreerd_op="2015-09-01T00:00:00Z")
    lees_in(oud)
    lees_in(nieuwe_map({"externe_cijfers": [later]}))
    assert vraag("SELECT waarde FROM reporting_externcijfer WHERE vervallen_op IS NULL") == [(4925,)]
    ervoor = afdruk()

    lees_in(oud)

    assert afdruk() == ervoor


def test_een_weggelaten_kolom_wist_niet_wat_hier_is_ingevuld(eigen_database, nieuwe_map):
    bestanden = alles()
    lees_in(nieuwe_map(bestanden))
    vul_persoon_aan(Persoon.objects.get(ref="P1"), bsn="999990019", geboortedatum=date(1950, 3, 1))
    persoon, melding = bestanden["personen"][0], bestanden["meldingen"][0]
    ervoor = afdruk()

    assert lees_in(nieuwe_map({"personen": [{"ref": "P1"}], "meldingen": [{"ref": melding["ref"]}]})) == {
        "personen": (0, 0, 1),
        "meldingen": (0, 0, 1),
    }
    assert afdruk() == ervoor

    zonder = {kolom: waarde for kolom, waarde in persoon.items() if kolom not in ("bsn", "geboortedatum")}
    assert lees_in(nieuwe_map({"personen": [zonder | {"achternaam": "Anders"}]}))["personen"] == (0, 1, 0)
    na = Persoon.objects.get(ref="P1")
    assert (na.achternaam, na.bsn, na.geboortedatum) == ("Anders", "999990019", date(1950, 3, 1))


def test_een_leeg_bsn_wist_niet_wat_hier_is_ingevuld(eigen_database, nieuwe_map):
    lees_in(nieuwe_map(alles()))
    vul_persoon_aan(Persoon.objects.get(ref="P1"), bsn="999990019")

    zonder = rij("personen", bsn="", telefoon="")
    assert lees_in(nieuwe_map({"personen": [zonder]}))["personen"] == (0, 1, 0)
    na = Persoon.objects.get(ref="P1")
    assert (na.bsn, na.telefoon) == ("999990019", "")
    assert lees_in(nieuwe_map({"personen": [zonder]}))["personen"] == (0, 0, 1)
