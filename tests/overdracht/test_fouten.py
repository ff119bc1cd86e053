"""What the command says of a bad overdracht: everything, in order, bounded, and nothing about persons."""

from __future__ import annotations

import os
import pty
from pathlib import Path
from select import select

import pytest
from django.core.management import CommandError, call_command

from tests.overdracht.hulp import geweigerd, ontleed, plaatsen, proces
from tests.overdracht.inhoud import afdruk
from tests.overdracht.voorbeeld import ANDER_BSN, BSN, GOED, alles, ontvangen, rij, stap

GEHEIM = {
    "achternaam": "Geheimstra",
    "voornamen": "Anonymus",
    "tussenvoegsel": "op de",
    "bsn": "999990018",
    "telefoon": "0612345678",
    "geboortedatum": "1944-05-06",
    "email": "geheim@voorbeeld.test",
}


def opdracht(pad: Path, *opties: str) -> list[str]:
    """The lines that the command ends with."""
    with pytest.raises(CommandError) as fout:
        call_command("importeer", pad, *opties)
    assert fout.value.returncode == 1
    return str(fout.value).splitlines()


def overal_fout() -> dict[str, list[dict[str, str]]]:
    """Mistakes of every kind, in the order of the lines of each file."""
    return {
        "teams": [rij("teams"), rij("teams", code="W2", soort="circus"), rij("teams", code="W1")],
        "personen": [
            rij("personen"),
            rij("personen", ref="P2", bsn="1"),
            rij("personen", ref="", geboortedatum="1931-02-30", geslacht="man"),
        ],
        "verblijven": [
            rij("verblijven", persoon_ref="P9", team_code="W9"),
            rij("verblijven", ref="V2", tot="2009-01-01"),
        ],
        "meldingen": [rij("meldingen")],
        "gebeurtenissen": [
            ontvangen("G1", "M9"),
            ontvangen("G2", "M1"),
            stap("G3", "M1", "voorveld", kanaal="balie"),
            ontvangen("G4", "M1", datum="gisteren"),
            ontvangen("G2", "M1", tot="2015-01-01T00:00:00Z"),
        ],
        "externe_cijfers": [rij("externe_cijfers", waarde="veel", status="nnb")],
    }


VERWACHT = [
    "teams.csv:3: soort",
    "teams.csv:4: code",
    "personen.csv:3: bsn",
    "personen.csv:4: geboortedatum",
    "personen.csv:4: geslacht",
    "personen.csv:4: ref",
    "verblijven.csv:2: persoon_ref",
    "verblijven.csv:2: team_code",
    "verblijven.csv:3: tot",
    "gebeurtenissen.csv:2: melding_ref",
    "gebeurtenissen.csv:4: kanaal",
    "gebeurtenissen.csv:5: datum",
    "gebeurtenissen.csv:5: soort",
    "gebeurtenissen.csv:6: ref",
    "externe_cijfers.csv:2: waarde",
]


@pytest.mark.django_db
def test_alle_fouten_van_alle_bestanden_komen_ineens_en_op_volgorde(map):
    gevonden = plaatsen(map.alle(overal_fout()).pad)

    assert sorted(gevonden) == sorted(VERWACHT)
    regels = [plaats.split(":")[:2] for plaats in gevonden]
    bestanden = list(dict.fromkeys(bestand for bestand, _ in regels))
    assert regels == sorted(regels, key=lambda regel: (bestanden.index(regel[0]), int(regel[1])))
    assert bestanden == list(dict.fromkeys(plaats.split(":")[0] for plaats in VERWACHT))


@pytest.mark.django_db
@pytest.mark.parametrize("maximum", [1, 2, 4, 9, len(VERWACHT) - 1, len(VERWACHT)])
def test_maximaal_fouten_begrenst_de_lijst_en_zegt_hoeveel_er_nog_zijn(map, maximum):
    alle = geweigerd(map.alle(overal_fout()).pad)

    regels = opdracht(map.pad, "--maximaal-fouten", str(maximum))

    assert [ontleed(regel) for regel in regels[:maximum]] == alle[:maximum]
    rest = len(VERWACHT) - maximum
    assert [str(rest) in regel for regel in regels[maximum:] if "nog" in regel] == ([True] if rest else [])
    assert "niets ingelezen" in regels[-1]


@pytest.mark.django_db
def test_zonder_maximum_zijn_het_er_honderd_en_het_totaal_klopt_bij_veel_fouten(map):
    """Of several kinds each, so that bounding one kind shows."""
    personen = [rij("personen", ref=f"P{nummer % 5_000}", geslacht="?", bsn="1") for nummer in range(6_000)]
    meldingen = [rij("meldingen", ref=f"M{nummer}", persoon_ref="X", spoed="?") for nummer in range(3_000)]

    regels = opdracht(map.rijen("personen", *personen).rijen("meldingen", *meldingen).pad)

    assert len(regels) == 102
    assert str(6_000 * 2 + 1_000 + 3_000 * 2 - 100) in regels[100]
    assert [ontleed(regel).regel for regel in regels[:100]] == [n // 2 for n in range(4, 104)]


@pytest.mark.django_db
def test_de_eerste_fouten_zijn_de_eerste_van_het_bestand_ook_als_een_soort_er_veel_heeft(map):
    personen = [rij("personen", ref=f"P{nummer}", geslacht="?") for nummer in range(2_000)]
    personen.insert(3, rij("personen", ref="P0"))

    assert [fout.plaats for fout in geweigerd(map.rijen("personen", *personen).pad, maximum=5)] == [
        "personen.csv:2: geslacht",
        "personen.csv:3: geslacht",
        "personen.csv:4: geslacht",
        "personen.csv:5: ref",
        "personen.csv:6: geslacht",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("maximum", ["0", "-1", "veel"])
def test_maximaal_fouten_is_een_getal_vanaf_een(map, maximum):
    with pytest.raises(CommandError):
        call_command("importeer", map.alle(alles()).pad, "--maximaal-fouten", maximum)


@pytest.mark.parametrize("goed", [True, False])
def test_de_afloop_is_te_zien_aan_de_status_van_het_proces(eigen_database, map, goed):
    leeg = afdruk()
    map.alle(alles() if goed else overal_fout())

    afloop = proces(map.pad, eigen_database.url, "--maximaal-fouten", "3")
    uit, fout = afloop.communicate(timeout=60)

    if goed:
        assert (afloop.returncode, fout) == (0, "")
        assert all(naam in uit for naam in GOED)
        assert afdruk() != leeg
    else:
        assert (afloop.returncode, uit) == (1, "")
        assert fout.splitlines()[0].removeprefix("CommandError: ").startswith("teams.csv:3: soort: ")
        assert str(len(VERWACHT) - 3) in fout.splitlines()[3]
        assert afdruk() == leeg


@pytest.mark.vol
def test_op_een_terminal_is_te_zien_hoe_ver_het_is(eigen_database, map):
    """Elsewhere nothing is shown; see the empty stderr above."""
    terminal, kant = pty.openpty()
    with os.fdopen(terminal, "rb", buffering=0) as scherm:
        bezig = proces(map.alle(alles()).pad, eigen_database.url, fout=kant)
        os.close(kant)
        bezig.communicate(timeout=60)
        getoond = scherm.read(10_000) if select([scherm], [], [], 1)[0] else b""

    assert bezig.returncode == 0
    assert b"teams" in getoond


@pytest.mark.django_db
@pytest.mark.parametrize("kolom", list(GEHEIM))
def test_een_fout_over_een_persoon_herhaalt_niets_over_die_persoon(map, kolom):
    """Too long, no date, no BSN, twice the same ref, a clock that runs back: whatever is wrong."""
    maxima = {"achternaam": 201, "voornamen": 201, "tussenvoegsel": 41, "telefoon": 41, "email": 255}
    if kolom in maxima:
        lang = GEHEIM[kolom].ljust(maxima[kolom], "z")
    else:
        lang = GEHEIM[kolom] + ("x" if kolom == "geboortedatum" else "")
    fout = rij("personen", **(GEHEIM | {"bsn": BSN, kolom: lang}), vervallen_op="2014-01-01T00:00:00Z")
    map.rijen("personen", fout, fout | {"geslacht": "?"})

    tekst = "\n".join(fout.tekst for fout in geweigerd(map.pad))

    for waarde in (*GEHEIM.values(), BSN, lang):
        assert waarde not in tekst


@pytest.mark.django_db
def test_ook_een_waarde_in_de_verkeerde_kolom_wordt_niet_herhaald(map):
    """The columns are one place off, as happens: a BSN where geslacht should be, a name where a moment."""
    for kolom in ("geslacht", "geregistreerd_op", "vervallen_op"):
        for waarde in (*GEHEIM.values(), BSN, ANDER_BSN):
            fouten = geweigerd(map.rijen("personen", rij("personen", **{kolom: waarde})).pad)
            assert [fout.plaats for fout in fouten] == [f"personen.csv:2: {kolom}"]
            assert waarde not in fouten[0].tekst


@pytest.mark.django_db
def test_personen_zonder_kop_worden_niet_herhaald(map):
    """The first person is read as the names of columns."""
    map.tekst("personen", ",".join(("P1", *GEHEIM.values())) + "\n")

    tekst = "\n".join(opdracht(map.pad))

    assert tekst.startswith("personen.csv:1: ")
    for waarde in GEHEIM.values():
        assert waarde not in tekst


@pytest.mark.django_db
@pytest.mark.parametrize(
    "regel",
    ['P1,{bsn},"{achternaam}"x', "P1,{bsn},{achternaam},{telefoon}", 'P1,{bsn},"{achternaam}', "P1,{bsn}"],
)
def test_een_kapotte_rij_van_een_persoon_wordt_niet_herhaald(map, regel):
    map.tekst("personen", f"ref,bsn,achternaam\n{regel.format(**GEHEIM)}\n")

    tekst = "\n".join(opdracht(map.pad))

    assert tekst.startswith("personen.csv:2: ")
    for waarde in GEHEIM.values():
        assert waarde not in tekst


@pytest.mark.django_db
@pytest.mark.parametrize("teken", ["\n", "\r\n", "\x1b[2J", "\x07", "\u2028", "\x85"])
def test_een_melding_blijft_een_regel_zonder_stuurtekens(map, teken):
    """Whatever stands in the value."""
    waarde = f"bal{teken}ie"
    bestanden = alles() | {
        "contacten": [rij("contacten", kanaal=waarde)],
        "klachten": [rij("klachten", beschikking_ref=waarde)],
    }

    for regel in opdracht(map.alle(bestanden).pad)[:2]:
        assert ontleed(regel).kolom in ("kanaal", "beschikking_ref")
        assert regel.isprintable()


@pytest.mark.django_db
def test_een_lange_waarde_wordt_ingekort(map):
    (fout,) = geweigerd(map.alle(alles() | {"contacten": [rij("contacten", kanaal="x" * 10_000)]}).pad)

    assert len(fout.tekst) < 200
