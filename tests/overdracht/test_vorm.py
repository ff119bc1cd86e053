"""What is no CSV of the agreed form is refused, at the physical line where the row begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.overdracht.fouten import Overdrachtfouten
from config.overdracht.importeren import importeer
from tests.overdracht.hulp import Map, geweigerd, lees_in, plaatsen
from tests.overdracht.inhoud import vraag
from tests.overdracht.voorbeeld import GOED, alles, rij

pytestmark = pytest.mark.django_db
KOP = "code,naam,soort,stadsdeel"
GOEDE_RIJ = "W{},Wijkteam,wijkteam,Haven"


def teams(map: Map, *regels: str, einde: str = "\n") -> Path:
    """A file of teams of these lines."""
    return map.tekst("teams", "".join(f"{regel}{einde}" for regel in regels)).pad


def namen() -> list[str]:
    return [naam for (naam,) in vraag("SELECT naam FROM teams_team ORDER BY code")]


def test_een_goede_overdracht_met_alle_kolommen_komt_binnen(map):
    resultaat = lees_in(map.alle(alles()).pad)

    assert resultaat == dict.fromkeys(alles(), (1, 0, 0))


@pytest.mark.parametrize("einde", ["\n", "\r\n"])
def test_een_bom_en_elk_regeleinde_mogen(map, einde):
    map.bytes("teams", b"\xef\xbb\xbf" + f"{KOP}{einde}W1,Süd,wijkteam,Haven".encode())

    assert lees_in(map.pad) == {"teams": (1, 0, 0)}
    assert namen() == ["Süd"]


@pytest.mark.parametrize(
    ("kop", "kolom", "verwacht"),
    [
        ("code,naam,soort,wijk", "wijk", "stadsdeel"),
        ("code,naam,soort,", "", "stadsdeel"),
        ("code,naam,soort,Stadsdeel", "Stadsdeel", "stadsdeel"),
        ("code,naam,soort,naam", "naam", "meer dan eens"),
        ("naam,soort,stadsdeel", "code", "verplicht"),
        ("code;naam;soort;stadsdeel", "code;naam;soort;stadsdeel", "code, naam, soort, stadsdeel"),
    ],
)
def test_een_kop_die_niet_klopt_wordt_op_regel_1_geweigerd(map, kop, kolom, verwacht):
    map.tekst("teams", f"{kop}\nW1,Wijkteam,wijkteam,Haven\n")

    with pytest.raises(Overdrachtfouten) as fouten:
        importeer(map.pad)

    meldingen = [str(fout) for fout in fouten.value.fouten]

    assert any(melding.startswith(f"teams.csv:1: {kolom}") and verwacht in melding for melding in meldingen)


@pytest.mark.parametrize(
    ("bestand", "kolom"),
    [
        ("teams", "code"),
        ("postcodes", "postcode"),
        ("postcodes", "team_code"),
        ("inwoners", "peildatum"),
        ("personen", "ref"),
        ("verblijven", "persoon_ref"),
        ("verblijven", "vanaf"),
        ("meldingen", "ref"),
        ("contacten", "datum"),
        ("gebeurtenissen", "melding_ref"),
        ("gebeurtenissen", "soort"),
        ("gebeurtenissen", "datum"),
        ("beschikkingen", "persoon_ref"),
        ("beschikkingen", "wet"),
        ("beschikkingen", "voorziening"),
        ("beschikkingen", "ingangsdatum"),
        ("klachten", "soort"),
        ("spreekuren", "van"),
        ("activiteiten", "soort"),
        ("consulten", "datum"),
        ("externe_cijfers", "status"),
    ],
)
def test_zonder_wat_een_rij_nodig_heeft_gaat_het_niet(map, bestand, kolom):
    """The column may be missing, or empty in a row."""
    leeg = [rij(bestand), rij(bestand, **{kolom: ""})]
    map.alle(alles() | {bestand: leeg})

    fouten = [fout for fout in geweigerd(map.pad) if fout.kolom == kolom]
    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:3: {kolom}"]
    assert fouten[0].tekst.startswith("leeg; verwacht")

    zonder = {naam: waarde for naam, waarde in rij(bestand).items() if naam != kolom}
    map.rijen(bestand, zonder)

    fouten = [fout for fout in geweigerd(map.pad) if fout.bestand == f"{bestand}.csv"]
    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:1: {kolom}"]


def test_latin_1_wordt_per_regel_geweigerd(map):
    map.bytes(
        "teams", f"{KOP}\nW1,Süd,wijkteam,\nW2,Oost,wijkteam,\nW3,Überlân,wijkteam,\n".encode("latin-1")
    )

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == ["teams.csv:2:", "teams.csv:4:"]
    assert all("UTF-8" in fout.tekst for fout in fouten)


def test_latin_1_in_de_kop_en_utf_16_worden_geweigerd(map):
    map.bytes("teams", "code,naam,soort,wük\nW1,a,wijkteam,b\n".encode("latin-1"))
    map.bytes("personen", "ref,achternaam\nP1,Zonneveld\n".encode("utf-16"))

    assert {plaats.split(" ")[0] for plaats in plaatsen(map.pad)} == {"teams.csv:1:", "personen.csv:1:"}


def test_een_nul_wordt_per_regel_geweigerd(map):
    map.bytes("teams", f"{KOP}\nW1,a,wijkteam,\nW2,b\0b,wijkteam,\nW3,c,wijkteam,\0\n".encode())

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == ["teams.csv:3:", "teams.csv:4:"]
    assert all("NUL" in fout.tekst for fout in fouten)


@pytest.mark.parametrize("plaats", [1, 2, 3])
@pytest.mark.parametrize("einde", ["\n", "\r\n"])
def test_een_aanhalingsteken_dat_niet_sluit_staat_bij_de_rij_waarin_het_opent(map, plaats, einde):
    regels = [GOEDE_RIJ.format(nummer) for nummer in (1, 2, 3)]
    regels[plaats - 1] = f'W{plaats},"Wijkteam,wijkteam,Haven'

    fouten = geweigerd(teams(map, KOP, *regels, einde=einde))

    assert [fout.plaats for fout in fouten] == [f"teams.csv:{plaats + 1}:"]
    assert "RFC 4180" in fouten[0].tekst


@pytest.mark.parametrize("plaats", [1, 2, 3])
@pytest.mark.parametrize("veld", ['"Wijk" team', '"Wijk"team', '"Wijk""" "'])
def test_tekst_na_een_aanhalingsteken_dat_sluit_staat_bij_die_rij(map, plaats, veld):
    regels = [GOEDE_RIJ.format(nummer) for nummer in (1, 2, 3)]
    regels[plaats - 1] = f"W{plaats},{veld},wijkteam,Haven"

    assert plaatsen(teams(map, KOP, *regels)) == [f"teams.csv:{plaats + 1}:"]


def test_na_een_kapotte_rij_wordt_de_rest_gewoon_nagekeken(map):
    pad = teams(map, KOP, 'W1,"Wijk"team,wijkteam,', GOEDE_RIJ.format(2), "W3,Wijkteam,circus,", "W4,a")

    assert plaatsen(pad) == ["teams.csv:2:", "teams.csv:4: soort", "teams.csv:5:"]


@pytest.mark.parametrize("vulling", [0, 60_000])
def test_een_aanhalingsteken_midden_in_een_kaal_veld_is_geen_rfc_4180(map, vulling):
    """Also where the file is too large for one look."""
    rest = [f"M{nummer},{'hulp ' * 10}" for nummer in range(3, 3 + vulling)]
    map.tekst("meldingen", "\n".join(["ref,vraag", "M1,hulp", 'M2,De 5" buis', *rest]))

    assert plaatsen(map.pad) == ["meldingen.csv:3:"]


@pytest.mark.parametrize(
    ("rij_van_drie", "velden"),
    [
        ("W2", "1 "),
        ("W2,Wijkteam,wijkteam", "3 "),
        ("W2,Wijkteam,wijkteam,Haven,over", "5 "),
        ('"W2","Wijk,team"', "2 "),
    ],
)
def test_te_weinig_of_te_veel_velden_staan_bij_hun_regel(map, rij_van_drie, velden):
    fouten = geweigerd(teams(map, KOP, GOEDE_RIJ.format(1), rij_van_drie, GOEDE_RIJ.format(3), rij_van_drie))

    assert [fout.plaats for fout in fouten] == ["teams.csv:3:", "teams.csv:5:"]
    assert fouten[0].tekst.startswith(velden)
    assert "4" in fouten[0].tekst


@pytest.mark.parametrize("einde", ["\n", "\r\n"])
def test_regelnummers_zijn_die_van_het_bestand_ook_na_velden_van_meer_regels(map, einde):
    pad = teams(
        map,
        KOP,
        "",
        f'W1,"Wijk{einde}team{einde}{einde}1",wijkteam,',
        "W2,Wijkteam,circus,",
        "",
        "",
        f'W3,"a{einde}b",circus,',
        "W4,Wijkteam,circus",
        f'"W5","twee {einde}regels",wijkteam,"Ha{einde}ven"',
        'W6,"Wijk"team,wijkteam,',
        "",
        "W7,Wijkteam,circus,",
        einde=einde,
    )

    assert plaatsen(pad) == [
        "teams.csv:7: soort",
        "teams.csv:10: soort",
        "teams.csv:12:",
        "teams.csv:16:",
        "teams.csv:18: soort",
    ]


def test_regelnummers_kloppen_ook_achter_in_een_groot_bestand(map):
    """Larger than any buffer, with a field of several lines here and there."""
    regels = ["ref,vraag"]
    verwacht = []
    for nummer in range(40_000):
        if nummer % 9_973 == 42:
            verwacht.append(f"meldingen.csv:{len(regels) + 1}: ref")
            regels.append("," + "wie is dit" * 5)
        if nummer % 7 == 0:
            regels += [f'M{nummer},"' + "hulp " * 10, "", 'en ""meer"", ook"']
        else:
            regels.append(f"M{nummer}," + "hulp " * 12)
    verwacht.append(f"meldingen.csv:{len(regels) + 1}:")
    regels.append("X,te,veel,velden")
    map.tekst("meldingen", "\n".join(regels) + "\n")

    assert plaatsen(map.pad) == verwacht


@pytest.mark.parametrize(
    "tekst",
    [
        'aan "huis"',
        "a,b;c",
        "twee\nregels",
        "met\n\\.\nerin",
        "\\N",
        "\\.",
        "NULL",
        "a\\tb",
        "  randen  ",
        "😀 é ŝ \u2028 \u0085",
        "%s {} {0}",
        "x" * 5000,
        '"',
        "'; DROP TABLE teams_team; --",
    ],
)
def test_tekst_komt_binnen_zoals_zij_is(map, tekst):
    lees_in(map.rijen("meldingen", {"ref": "M1", "vraag": tekst}, {"ref": "M2", "vraag": ""}).pad)

    assert vraag("SELECT vraag FROM meldingen_melding ORDER BY ref") == [(tekst,), ("",)]


def test_een_leeg_veld_tussen_aanhalingstekens_is_leeg(map):
    kop = ",".join(rij("gebeurtenissen"))
    map.tekst("meldingen", '"ref","persoon_ref","spoed"\n"M1","",""\n')
    map.tekst("gebeurtenissen", f'{kop}\n"G1","M1","voorveld","2015-04-01","","","","","","",""\n')

    lees_in(map.pad)

    assert vraag("SELECT persoon_id, spoed FROM meldingen_melding") == [(None, False)]
    assert vraag("SELECT team_id, kanaal, vervallen_op FROM meldingen_gebeurtenis") == [(None, None, None)]


def test_een_losse_carriage_return_buiten_aanhalingstekens_is_geen_rfc_4180(map):
    fouten = geweigerd(teams(map, KOP, "W1,Wijk\rteam,wijkteam,Haven", GOEDE_RIJ.format(2)))

    assert fouten[0].plaats.startswith("teams.csv:2:")


def test_een_losse_carriage_return_tussen_aanhalingstekens_mag(map):
    lees_in(teams(map, KOP, 'W1,"Wijk\rteam",wijkteam,Haven'))

    assert len(namen()) == 1


def test_een_bestand_met_alleen_carriage_returns_wordt_geweigerd(map):
    assert plaatsen(teams(map, KOP, GOEDE_RIJ.format(1), einde="\r"))[0].startswith("teams.csv:1:")


def test_een_leeg_bestand_mist_zijn_kop(map):
    assert "teams.csv:1: code" in plaatsen(map.bytes("teams", b"").pad)


def test_bestanden_zonder_rijen_mogen(map):
    for bestand, goed in GOED.items():
        map.tekst(bestand, ",".join(goed) + "\n\n")

    assert lees_in(map.pad) == dict.fromkeys(GOED, (0, 0, 0))
