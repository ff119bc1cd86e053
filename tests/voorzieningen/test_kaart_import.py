"""The sociale kaart from a file: whole or not at all, twice the same, every mistake by line and column."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from voorzieningen.models import AlgemeneVoorziening, Kaartsoort, Kaartwijziging
from voorzieningen.socialekaart import KOLOMMEN, MAX_BYTES, MAX_FOUTEN, Kaartfouten, importeer_kaart
from voorzieningen.workflow import Resultaat

KAART = AlgemeneVoorziening.objects
VOLLEDIG = {
    "code": "T1",
    "soort": "partij",
    "naam": "Taalcafé",
    "organisatie": "Stichting Taal",
    "omschrijving": "Nederlands oefenen;\nmet koffie",
    "doelgroep": "Iedereen",
    "kosten": "€ 1, of niets",
    "hele_gemeente": "nee",
    "stadsdeel": "Haven",
    "teams": "ZUI | NRD",
    "levensgebieden": "onderwijs|sociale_contacten",
    "telefoon": "088 000 0123",
    "email": "taal@example.org",
    "website": "https://example.org/taal",
    "adres": "Plein 1, Almere",
    "geldig_van": "31-01-2026",
    "geldig_tot": "2026-12-31",
}


@pytest.fixture(autouse=True)
def _teams(noord, zuid):
    """The teams that a file may name."""


def lees(inhoud, **opties):
    return importeer_kaart(inhoud, door=None, **opties)


def geweigerd(inhoud):
    """Every mistake in the file, as one reads it; nothing may have been written."""
    voor = list(KAART.values("pk", "naam", "gewijzigd_op")), Kaartwijziging.objects.count()
    with pytest.raises(Kaartfouten) as fout:
        lees(inhoud)
    assert (list(KAART.values("pk", "naam", "gewijzigd_op")), Kaartwijziging.objects.count()) == voor
    return [str(regel) for regel in fout.value.fouten]


def test_elke_kolom_komt_op_de_kaart(bestand):
    assert lees(bestand(VOLLEDIG)) == Resultaat(nieuw=1)

    rij = KAART.get(ref="T1")
    assert (rij.soort, rij.naam, rij.omschrijving) == (
        Kaartsoort.PARTIJ,
        "Taalcafé",
        "Nederlands oefenen;\nmet koffie",
    )
    assert rij.gebied == ["stadsdeel Haven", "Wijkteam Noord", "Wijkteam Zuid"]
    assert {gebied.code for gebied in rij.levensgebieden.all()} == {"onderwijs", "sociale_contacten"}
    assert (rij.kosten, rij.telefoon, rij.email) == ("€ 1, of niets", "088 000 0123", "taal@example.org")
    assert (rij.geldig_van, rij.geldig_tot) == (date(2026, 1, 31), date(2026, 12, 31))


@pytest.mark.parametrize("scheiding", [";", ","])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig"])
def test_de_vormen_die_een_rekenblad_schrijft_mogen(bestand, scheiding, codering):
    assert lees(bestand(VOLLEDIG, scheiding=scheiding, codering=codering)).nieuw == 1
    assert KAART.get().naam == "Taalcafé"


def test_de_kolommen_mogen_in_een_andere_volgorde_en_lege_regels_mogen(bestand):
    kop = ";".join(reversed(KOLOMMEN))
    cellen = ";".join(
        {"code": "A", "naam": "Zwemles", "hele_gemeente": "ja"}.get(k, "") for k in reversed(KOLOMMEN)
    )

    assert lees(f"{kop}\r\n\r\n{cellen}\r\n;;;\r\n".replace(";;;\r\n", ";" * 16 + "\r\n").encode()).nieuw == 1


def test_hetzelfde_bestand_nog_eens_verandert_niets(bestand):
    lees(bestand(VOLLEDIG, {}))
    stand = list(KAART.values_list("pk", "gewijzigd_op"))

    assert lees(bestand(VOLLEDIG, {})) == Resultaat(ongewijzigd=2)
    assert list(KAART.values_list("pk", "gewijzigd_op")) == stand
    assert Kaartwijziging.objects.count() == 2


def test_wat_anders_is_wordt_bijgewerkt_en_de_geschiedenis_blijft(bestand, beheer):
    lees(bestand(VOLLEDIG, {}))
    pk = KAART.get(ref="T1").pk

    nieuw = {**VOLLEDIG, "naam": "Taalhuis", "teams": "NRD", "levensgebieden": "", "geldig_tot": ""}
    assert importeer_kaart(bestand(nieuw, {}), door=beheer) == Resultaat(gewijzigd=1, ongewijzigd=1)

    rij = KAART.get(ref="T1")
    assert (rij.pk, rij.naam, rij.geldig_tot) == (pk, "Taalhuis", None)
    assert [team.code for team in rij.teams.all()] == ["NRD"]
    wijziging = rij.wijzigingen.first()
    assert wijziging.door == beheer
    assert wijziging.wijzigingen == {
        "naam": ["Taalcafé", "Taalhuis"],
        "teams": ["NRD | ZUI", "NRD"],
        "levensgebieden": ["onderwijs | sociale_contacten", ""],
        "geldig_tot": ["2026-12-31", ""],
    }


def test_wat_ontbreekt_blijft_tenzij_men_het_wil_beeindigen(bestand, op_de_kaart):
    lees(bestand({}, {}, {"geldig_van": "2030-01-01"}, {"geldig_tot": "2020-01-01"}))
    met_de_hand = op_de_kaart("Met de hand")

    assert lees(bestand({})) == Resultaat(ongewijzigd=1)
    assert KAART.get(ref="K2").geldig_tot is None

    assert lees(bestand({}), beeindig_ontbrekende_op=date(2026, 6, 1)) == Resultaat(
        ongewijzigd=1, beeindigd=2
    )
    assert dict(KAART.values_list("ref", "geldig_tot")) == {
        "K1": None,
        "K2": date(2026, 6, 1),
        "K3": date(2030, 1, 1),
        "K4": date(2020, 1, 1),
        None: None,
    }
    assert not met_de_hand.wijzigingen.exists()
    assert KAART.get(ref="K2").wijzigingen.first().wijzigingen == {"geldig_tot": ["", "2026-06-01"]}


@pytest.mark.parametrize(
    ("cellen", "fout"),
    [
        ({"code": ""}, "regel 3: code: verwacht een code, de cel is leeg"),
        ({"code": "K1"}, "regel 3: code: ‘K1’ staat ook op regel 2"),
        ({"code": "x" * 65}, "regel 3: code: "),
        ({"naam": ""}, "regel 3: naam: "),
        ({"naam": "x" * 201}, "regel 3: naam: "),
        (
            {"naam": "twee\nregels"},
            "regel 3: naam: bevat een teken dat geen tekst is, of loopt over meer regels",
        ),
        (
            {"naam": "nul\0teken"},
            "regel 3: naam: bevat een teken dat geen tekst is, of loopt over meer regels",
        ),
        ({"omschrijving": "x" * 5001}, "regel 3: omschrijving: "),
        ({"soort": "iets"}, "regel 3: soort: ‘iets’ is niet bekend; verwacht algemene_voorziening, partij"),
        ({"hele_gemeente": "1"}, "regel 3: hele_gemeente: ‘1’ is niet bekend; verwacht ja, nee"),
        ({"hele_gemeente": ""}, "regel 3: hele_gemeente: verwacht de hele gemeente, een stadsdeel, of"),
        ({"teams": "NRD"}, "regel 3: hele_gemeente: de hele gemeente gaat niet samen met"),
        (
            {"teams": "NRD|XXX", "hele_gemeente": ""},
            "regel 3: teams: ‘XXX’ is niet bekend; verwacht NRD, ZUI",
        ),
        (
            {"stadsdeel": "Hout", "hele_gemeente": ""},
            "regel 3: stadsdeel: ‘Hout’ is niet bekend; verwacht Haven, Stad",
        ),
        (
            {"levensgebieden": "geluk"},
            "regel 3: levensgebieden: ‘geluk’ is niet bekend; verwacht gezondheid, ",
        ),
        ({"telefoon": "bel ons"}, "regel 3: telefoon: verwacht een telefoonnummer, zoals 088 000 0123"),
        ({"email": "geen adres"}, "regel 3: email: verwacht een e-mailadres, zoals naam@example.org"),
        ({"website": "www.example.org"}, "regel 3: website: verwacht een adres dat begint met https://"),
        ({"website": "javascript:alert(1)"}, "regel 3: website: verwacht een adres dat begint met https://"),
        ({"geldig_van": "morgen"}, "regel 3: geldig_van: ‘morgen’; verwacht een dag, zoals 2026-01-31"),
        (
            {"geldig_van": "30-02-2026"},
            "regel 3: geldig_van: ‘30-02-2026’; verwacht een dag, zoals 2026-01-31",
        ),
        (
            {"geldig_van": "2026-02-01", "geldig_tot": "2026-01-01"},
            "regel 3: geldig_tot: verwacht een dag die niet voor ‘geldig van’ ligt",
        ),
    ],
)
def test_een_fout_noemt_regel_kolom_en_wat_verwacht_is(bestand, cellen, fout):
    fouten = geweigerd(bestand({}, cellen))

    assert len(fouten) == 1
    assert fouten[0].startswith(fout)


def test_alle_fouten_komen_in_een_keer(bestand):
    assert [
        fout.split(": ")[:2] for fout in geweigerd(bestand({"email": "a"}, {"code": "", "website": "b"}))
    ] == [
        ["regel 2", "email"],
        ["regel 3", "code"],
        ["regel 3", "website"],
    ]


def test_een_cel_over_meer_regels_verschuift_de_telling_niet(bestand):
    assert geweigerd(bestand({"omschrijving": "een\ntwee\ndrie"}, {"email": "a"}))[0].startswith(
        "regel 5: email"
    )


def test_een_kop_die_niet_klopt_wordt_uitgelegd(bestand):
    inhoud = bestand({}).replace(b"telefoon;email;", b"telefoon;mail;telefoon;")

    assert geweigerd(inhoud) == [
        "regel 1: kolom ‘email’ ontbreekt",
        "regel 1: kolom ‘mail’ is niet bekend",
        "regel 1: kolom ‘telefoon’ staat er meer dan eens",
    ]


def test_te_weinig_kolommen_op_een_regel(bestand):
    assert geweigerd(bestand({}) + b"K9;partij\r\n") == ["regel 3: verwacht 17 kolommen, hier staan er 2"]


def test_een_aanhalingsteken_dat_niet_sluit(bestand):
    assert geweigerd(bestand({}) + b'K9;"open') == [
        "regel 3: een aanhalingsteken staat verkeerd of sluit niet; verder lezen kan niet"
    ]


def test_latin_1_wordt_herkend(bestand):
    inhoud = bestand({}, {"naam": "Taalcafé"}, codering="latin-1")

    assert geweigerd(inhoud) == ["regel 3: verwacht UTF-8. Kies bij het opslaan voor ‘CSV UTF-8’"]


@pytest.mark.parametrize("inhoud", [b"", b" \r\n\r\n", b"\xef\xbb\xbf\r\n"])
def test_een_leeg_bestand(inhoud):
    assert geweigerd(inhoud) == ["het bestand is leeg"]


def test_alleen_een_kop(bestand):
    assert geweigerd(bestand()) == ["het bestand bevat geen regels onder de kop"]


def test_tien_megabyte_rommel_wordt_niet_gelezen():
    assert geweigerd(b'\x00\xff;,\n"' * 2_000_000) == ["het bestand is te groot; verwacht hooguit 5 MB"]


@pytest.mark.parametrize("stuk", [b"\x00\n", b"a;b\n", b'"', b";" * 50 + b"\n", b"\xf0\x9f\x99\x82"])
def test_rommel_die_net_past_geeft_een_fout(bestand, stuk):
    kop = bestand()

    assert geweigerd(stuk * (MAX_BYTES // len(stuk)))
    assert len(geweigerd(kop + stuk * ((MAX_BYTES - len(kop)) // len(stuk)))) <= MAX_FOUTEN


def test_een_fout_achteraan_laat_ook_het_begin_ongeschreven(bestand):
    lees(bestand({"naam": "Oud"}))

    geweigerd(bestand({"naam": "Nieuw"}, *({} for _ in range(300)), {"email": "x"}))

    assert KAART.get().naam == "Oud"


def test_de_opdracht_leest_een_bestand_in(bestand, tmp_path, capsys):
    pad = tmp_path / "kaart.csv"
    pad.write_bytes(bestand(VOLLEDIG, {}))
    call_command("importeer_sociale_kaart", pad)
    pad.write_bytes(bestand(VOLLEDIG))
    call_command("importeer_sociale_kaart", pad, beeindig_ontbrekende=True)

    assert capsys.readouterr().out.splitlines() == [
        "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 beëindigd",
        "0 nieuw, 0 gewijzigd, 1 ongewijzigd, 1 beëindigd",
    ]


def test_de_opdracht_zegt_wat_er_mis_is(bestand, tmp_path):
    pad = tmp_path / "kaart.csv"
    pad.write_bytes(bestand(*({"email": "x"} for _ in range(MAX_FOUTEN + 5))))

    with pytest.raises(CommandError) as fout:
        call_command("importeer_sociale_kaart", pad)

    regels = str(fout.value).splitlines()
    assert regels[0].startswith("regel 2: email: verwacht een e-mailadres")
    assert regels[-2:] == ["en nog 5 andere fouten", "Er is niets ingelezen."]
    assert fout.value.returncode == 1
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("importeer_sociale_kaart", tmp_path / "is er niet.csv")
