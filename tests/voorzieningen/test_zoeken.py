"""Searching in the sociale kaart, as somebody at the kitchen table types."""

from __future__ import annotations

from datetime import date

import pytest

from households.models import Levensgebied
from voorzieningen.models import AlgemeneVoorziening

KAART = AlgemeneVoorziening.objects


def gevonden(tekst):
    return [rij.naam for rij in KAART.zoek(tekst)]


@pytest.mark.parametrize(
    ("getypt", "staat_er"),
    [
        ("fietsen", "Fiets lenen"),
        ("fiets", "Leren fietsen"),
        ("schulden", "Hulp bij een schuld"),
        ("schuld", "Grip op schulden"),
        ("maaltijden", "Warme maaltijd"),
        ("spreekuren", "Opvoedspreekuur"),
        ("taalcafe", "Taalcafé"),
        ("TAALCAFÉ", "taalcafe"),
        ("cafe", "Taalcafé"),
        ("maaltij", "Maaltijdservice"),
        ("service", "Maaltijdservice"),
        ("hulp", "Schuldhulpmaatje"),
        ("crèche", "Creche De Zon"),
        ("İstanbul", "Vereniging Istanbul"),
        ("'s middags", "Eten 's middags"),
        ("100%", "100% gratis kleding"),
    ],
)
def test_een_woord_vindt_wat_ermee_bedoeld_is(op_de_kaart, getypt, staat_er):
    op_de_kaart(staat_er)
    op_de_kaart("Heel iets anders")

    assert gevonden(getypt) == [staat_er]


def test_alle_woorden_moeten_ergens_staan(op_de_kaart):
    op_de_kaart("Maaltijdservice", doelgroep="Ouderen")
    op_de_kaart("Maaltijd met de buurt", doelgroep="Jongeren")

    assert gevonden("maaltij voor ouderen") == ["Maaltijdservice"]


def test_woorden_die_niets_zeggen_tellen_niet_mee(op_de_kaart):
    op_de_kaart("Hulp met schulden")

    assert gevonden("hulp bij de schulden") == ["Hulp met schulden"]


def test_de_naam_gaat_voor_de_organisatie_en_die_voor_de_omschrijving(op_de_kaart):
    op_de_kaart("Alfa", omschrijving="Praten over rouw, rouw en nog eens rouw")
    op_de_kaart("Beta", organisatie="Stichting Rouw")
    op_de_kaart("Delta: rouwgroep", omschrijving="Elke week")
    op_de_kaart("Gamma: omgaan met rouw")

    assert gevonden("rouw") == ["Gamma: omgaan met rouw", "Delta: rouwgroep", "Beta", "Alfa"]


def test_aanhalingstekens_en_een_min_doen_wat_men_verwacht(op_de_kaart):
    op_de_kaart("Samen eten", omschrijving="in het buurthuis")
    op_de_kaart("Eten thuis", omschrijving="samen met een vrijwilliger")

    assert gevonden('"samen eten"') == ["Samen eten"]
    assert gevonden("eten -thuis") == ["Samen eten"]


def test_een_resultaat_zegt_waar_het_woord_staat(op_de_kaart):
    op_de_kaart("Schuldhulpmaatje", omschrijving="Voor wie schulden heeft", doelgroep="Volwassenen")

    (rij,) = KAART.zoek("schuld")

    assert rij.waarom == ["naam", "omschrijving"]


def test_een_typefout_vindt_wat_erop_lijkt(op_de_kaart):
    op_de_kaart("Maaltijdservice aan huis")
    op_de_kaart("Taalmaatje")

    assert gevonden("maaltidservice") == []
    assert [rij.naam for rij in KAART.lijkt_op("maaltidservice")] == ["Maaltijdservice aan huis"]
    assert not KAART.lijkt_op("zxqv").exists()


@pytest.mark.parametrize(
    "tekst", ["'", '"', "\\", "%", "_", "zz & | !", "((", ":*", "-", "<b>", "🙂", "x" * 200]
)
def test_leestekens_breken_het_zoeken_niet(op_de_kaart, tekst):
    op_de_kaart("Taalmaatje")

    assert gevonden(tekst) == []
    assert not KAART.lijkt_op(tekst).exists()


@pytest.mark.parametrize("tekst", ["", "   "])
def test_zonder_woorden_staat_alles_er(op_de_kaart, tekst):
    op_de_kaart("Beta")
    op_de_kaart("Alfa")

    assert gevonden(tekst) == ["Alfa", "Beta"]


@pytest.mark.parametrize(
    ("dag", "geldt"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
def test_een_rij_geldt_van_de_eerste_dag_tot_de_laatste(op_de_kaart, dag, geldt):
    rij = op_de_kaart("Zomerschool", geldig_van=date(2026, 2, 1), geldig_tot=date(2026, 3, 1))

    assert KAART.geldig_op(dag).exists() is geldt
    assert rij.geldt_op(dag) is geldt


def test_zonder_data_geldt_een_rij_altijd(op_de_kaart):
    rij = op_de_kaart("Voedselbank")

    assert KAART.geldig_op(date(1900, 1, 1)).get() == rij
    assert rij.geldt_op(date(2100, 1, 1))


def test_een_team_ziet_wat_er_in_zijn_gebied_is(op_de_kaart, noord, zuid):
    op_de_kaart("Overal")
    op_de_kaart("Haven", hele_gemeente=False, stadsdeel="Haven")
    op_de_kaart("Noord", hele_gemeente=False).teams.add(noord)
    op_de_kaart("Noord en Zuid", hele_gemeente=False).teams.add(noord, zuid)

    assert [rij.naam for rij in KAART.voor_team(noord)] == ["Haven", "Noord", "Noord en Zuid", "Overal"]
    assert [rij.naam for rij in KAART.voor_team(zuid)] == ["Noord en Zuid", "Overal"]


def test_een_team_zonder_stadsdeel_ziet_niet_alles_zonder_stadsdeel(op_de_kaart, noord, zuid):
    noord.stadsdeel = ""
    noord.save()
    op_de_kaart("Zuid", hele_gemeente=False).teams.add(zuid)

    assert not KAART.voor_team(noord).exists()


def test_een_levensgebied_kiest_wat_daarbij_helpt(op_de_kaart):
    wonen, werken, inkomen = (Levensgebied.objects.get(code=code) for code in ("wonen", "werken", "inkomen"))
    op_de_kaart("Klussen").levensgebieden.add(wonen, werken)
    op_de_kaart("Werkplaats").levensgebieden.add(werken)
    op_de_kaart("Geldzorgen").levensgebieden.add(inkomen)

    assert [rij.naam for rij in KAART.met_levensgebied(wonen)] == ["Klussen"]
    assert [rij.naam for rij in KAART.met_levensgebied(wonen, werken)] == ["Klussen", "Werkplaats"]


def test_wat_wijzigt_is_meteen_onder_de_nieuwe_woorden_te_vinden(op_de_kaart):
    rij = op_de_kaart("Taalmaatje")
    rij.naam = "Leesclub"
    rij.save()

    assert gevonden("taalmaatje") == []
    assert gevonden("leesclubs") == ["Leesclub"]
