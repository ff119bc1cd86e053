"""Keys occur once, and what is referred to exists: in the folder or in the database."""

from __future__ import annotations

import pytest

from tests.factories import PersoonFactory, TeamFactory
from tests.overdracht.hulp import Map, geweigerd, lees_in, plaatsen
from tests.overdracht.inhoud import vraag
from tests.overdracht.voorbeeld import GOED, alles, ontvangen, rij, stap

VERWIJZINGEN = [
    ("postcodes", "team_code", "teams"),
    ("inwoners", "team_code", "teams"),
    ("verblijven", "persoon_ref", "personen"),
    ("verblijven", "team_code", "teams"),
    ("meldingen", "persoon_ref", "personen"),
    ("contacten", "melding_ref", "meldingen"),
    ("gebeurtenissen", "melding_ref", "meldingen"),
    ("gebeurtenissen", "team_code", "teams"),
    ("beschikkingen", "persoon_ref", "personen"),
    ("beschikkingen", "melding_ref", "meldingen"),
    ("klachten", "beschikking_ref", "beschikkingen"),
    ("spreekuren", "team_code", "teams"),
    ("activiteiten", "team_code", "teams"),
    ("consulten", "team_code", "teams"),
]
SLEUTELS = {
    "teams": "code",
    "postcodes": "postcode",
    "inwoners": "team_code, peildatum",
    "spreekuren": "team_code, locatie, dag, van, geldig_van",
    "externe_cijfers": "tabel, rij, kolom, periode, geregistreerd_op",
}
ZONDER_VERWIJZING = [
    "teams",
    "personen",
    "meldingen",
    "contacten",
    "klachten",
    "activiteiten",
    "consulten",
    "externe_cijfers",
]


@pytest.mark.django_db
@pytest.mark.parametrize(("bestand", "kolom", "doel"), VERWIJZINGEN)
def test_wat_wordt_aangewezen_moet_bestaan(map, bestand, kolom, doel):
    goed = rij(bestand)
    fout = goed | {kolom: "nergens"} | ({"ref": "X"} if "ref" in goed else {})
    if bestand == "gebeurtenissen" and kolom == "team_code":
        fout |= {"vervallen_op": fout["geregistreerd_op"]}
    if bestand == "postcodes":
        fout["postcode"] = "1316"
    map.alle(alles() | {bestand: [goed, fout]})

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:3: {kolom}"]
    assert "nergens" in fouten[0].tekst
    assert "verwacht" in fouten[0].tekst
    assert doel in fouten[0].tekst


@pytest.mark.django_db
@pytest.mark.parametrize(("bestand", "kolom", "doel"), VERWIJZINGEN)
def test_ook_als_het_bestand_waarin_het_hoort_er_niet_is(map, bestand, kolom, doel):
    map.rijen(bestand, GOED[bestand])

    assert f"{bestand}.csv:2: {kolom}" in plaatsen(map.pad)


@pytest.mark.django_db
def test_wat_er_al_staat_mag_worden_aangewezen(map):
    """The rest of the overdracht comes a day later."""
    TeamFactory(code="W1")
    PersoonFactory(ref="P1")
    map.alle({naam: rijen for naam, rijen in alles().items() if naam not in ("teams", "personen")})

    assert set(lees_in(map.pad)) == GOED.keys() - {"teams", "personen"}


@pytest.mark.django_db
@pytest.mark.parametrize("bestand", ZONDER_VERWIJZING)
def test_elk_bestand_dat_niets_aanwijst_mag_alleen_komen(map, bestand):
    leeg = {kolom: "" for kolom in GOED[bestand] if kolom.endswith(("_ref", "team_code"))}

    assert lees_in(map.rijen(bestand, rij(bestand, **leeg)).pad) == {bestand: (1, 0, 0)}


@pytest.mark.django_db
def test_een_aangewezen_rij_met_een_fout_is_er_wel(map):
    """A mistake in a person is told once, not again at everything that refers to the person."""
    map.alle(alles() | {"personen": [rij("personen", geslacht="onbekend")]})

    assert plaatsen(map.pad) == ["personen.csv:2: geslacht"]


@pytest.mark.django_db
def test_een_sleutel_komt_maar_een_keer_voor(map):
    map.alle({naam: rijen * 2 for naam, rijen in alles().items()})

    fouten = [fout for fout in geweigerd(map.pad) if "staat ook" in fout.tekst]

    assert [fout.plaats for fout in sorted(fouten)] == [
        f"{naam}.csv:3: {SLEUTELS.get(naam, 'ref')}" for naam in sorted(GOED)
    ]
    assert all("regel 2" in fout.tekst for fout in fouten)


@pytest.mark.django_db
def test_een_sleutel_die_vaker_voorkomt_staat_bij_elke_herhaling(map):
    personen = [rij("personen", ref=ref) for ref in ("P1", "P2", "P1", "P3", "P1", "P2")]

    fouten = geweigerd(map.rijen("personen", *personen).pad)

    assert [(fout.plaats, "regel 2" in fout.tekst) for fout in fouten] == [
        ("personen.csv:4: ref", True),
        ("personen.csv:6: ref", True),
        ("personen.csv:7: ref", False),
    ]


@pytest.mark.django_db
def test_hetzelfde_spreekuur_zonder_begin_is_ook_dubbel(map):
    spreekuur = rij("spreekuren", geldig_van="", locatie="")
    map.alle({"teams": [GOED["teams"]], "spreekuren": [spreekuur, spreekuur | {"tot": "13:00"}]})

    assert [plaats.split(":")[1] for plaats in plaatsen(map.pad)] == ["3"]


@pytest.mark.django_db
def test_refs_zijn_precies_wat_er_staat(map):
    """Case, accents and outer spaces make another key; two files may use the same one."""
    refs = ["p1", "P1", "P1 ", " P1", "é", "e", "E", "e\u0301"]
    map.rijen("personen", *({"ref": ref} for ref in refs))
    map.rijen("meldingen", *({"ref": ref, "persoon_ref": ref} for ref in refs))

    lees_in(map.pad)

    gekoppeld = vraag(
        "SELECT m.ref, p.ref FROM meldingen_melding m JOIN households_persoon p ON p.id = m.persoon_id"
    )
    assert sorted(gekoppeld) == sorted((ref, ref) for ref in refs)


TOEN, DAARNA, LATER, NU = (
    "2015-04-02T00:00:00+02:00",
    "2015-05-01T12:00:00+02:00",
    "2015-06-01T12:00:00+02:00",
    "",
)


def met_ontvangsten(map: Map, *ontvangsten: dict[str, str]) -> Map:
    """An overdracht with one melding and these rows of gebeurtenissen."""
    return map.alle({naam: alles()[naam] for naam in ("teams", "personen", "meldingen")}).rijen(
        "gebeurtenissen", *ontvangsten
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ((TOEN, NU), (DAARNA, NU)),
        ((NU, NU), (NU, NU)),
        ((TOEN, NU), (NU, NU)),
        ((TOEN, LATER), (DAARNA, NU)),
        ((TOEN, LATER), (TOEN, DAARNA)),
        ((TOEN, LATER), (TOEN, LATER)),
        ((DAARNA, LATER), (TOEN, NU)),
        ((TOEN, "2015-05-01T12:00:00.000001+02:00"), (DAARNA, LATER)),
    ],
)
def test_twee_keer_ontvangen_tegelijk_van_kracht_wordt_geweigerd(map, een, ander):
    met_ontvangsten(map, ontvangen("G1", "M1", *een), ontvangen("G2", "M1", *ander))

    fouten = geweigerd(map.pad)

    assert len(fouten) == 1
    assert fouten[0].plaats in ("gebeurtenissen.csv:2: soort", "gebeurtenissen.csv:3: soort")
    assert "M1" in fouten[0].tekst
    assert "hoogstens een" in fouten[0].tekst


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ((TOEN, DAARNA), (DAARNA, NU)),
        ((DAARNA, NU), (TOEN, DAARNA)),
        ((TOEN, DAARNA), (LATER, NU)),
        ((TOEN, DAARNA), (NU, NU)),
        ((DAARNA, DAARNA), (TOEN, NU)),
        ((TOEN, "2015-05-01T10:00:00Z"), (DAARNA, NU)),
    ],
)
def test_ontvangen_na_elkaar_mag(map, een, ander):
    met_ontvangsten(map, ontvangen("G1", "M1", *een), ontvangen("G2", "M1", *ander))

    assert lees_in(map.pad)["gebeurtenissen"] == (2, 0, 0)


@pytest.mark.django_db
def test_een_lange_ontvangst_botst_ook_met_wat_niet_ernaast_staat(map):
    """Three in a row; the first outlasts the second."""
    met_ontvangsten(
        map,
        ontvangen("G1", "M1", TOEN, "2016-01-01T00:00:00Z"),
        ontvangen("G2", "M1", DAARNA, LATER),
        ontvangen("G3", "M1", "2015-07-01T00:00:00Z", NU),
    )

    assert len(geweigerd(map.pad)) >= 1


def test_ontvangen_naast_wat_er_al_staat_wordt_geweigerd(eigen_database, nieuwe_map):
    nodig = {naam: alles()[naam] for naam in ("teams", "personen", "meldingen")}
    lees_in(nieuwe_map(nodig | {"gebeurtenissen": [ontvangen("G1", "M1", TOEN, DAARNA)]}))
    lees_in(nieuwe_map({"gebeurtenissen": [ontvangen("G2", "M1", LATER)]}))

    for rijen in (
        [ontvangen("G3", "M1", "2015-04-15T00:00:00Z", DAARNA)],
        [ontvangen("G3", "M1")],
        [ontvangen("G3", "M1", DAARNA, "2015-06-01T12:00:00.000001+02:00")],
        [ontvangen("G2", "M1", LATER), ontvangen("G3", "M1")],
    ):
        fouten = geweigerd(nieuwe_map({"gebeurtenissen": rijen}))
        assert [fout.plaats for fout in fouten] == [f"gebeurtenissen.csv:{len(rijen) + 1}: soort"]

    lees_in(nieuwe_map({"gebeurtenissen": [ontvangen("G3", "M1", DAARNA, LATER)]}))
    dicht = ontvangen("G2", "M1", LATER, "2015-07-01T00:00:00Z")
    lees_in(nieuwe_map({"gebeurtenissen": [dicht, ontvangen("G4", "M1", "2015-07-01T00:00:00Z")]}))
    assert vraag("SELECT ref FROM meldingen_gebeurtenis WHERE vervallen_op IS NULL") == [("G4",)]


def test_een_vervallen_ontvangen_komt_niet_terug_naast_een_ander(eigen_database, nieuwe_map):
    """Its row is corrected once more in the source, while another holds: that is two at once."""
    nodig = {naam: alles()[naam] for naam in ("teams", "personen", "meldingen")}
    lees_in(nieuwe_map(nodig | {"gebeurtenissen": [ontvangen("G1", "M1", TOEN, DAARNA)]}))
    lees_in(nieuwe_map({"gebeurtenissen": [ontvangen("G2", "M1", DAARNA)]}))

    fouten = geweigerd(nieuwe_map({"gebeurtenissen": [ontvangen("G1", "M1", TOEN, datum="2015-03-01")]}))

    assert [fout.plaats for fout in fouten] == ["gebeurtenissen.csv:2: soort"]


def test_twee_ontvangsten_die_van_melding_ruilen_botsen_niet(eigen_database, nieuwe_map):
    """Each lapses now and begins now at the other melding."""
    nodig = alles() | {"meldingen": [rij("meldingen", ref=ref) for ref in ("M1", "M2")]}
    nodig["gebeurtenissen"] = [ontvangen("G1", "M1", TOEN), ontvangen("G2", "M2", TOEN)]
    lees_in(nieuwe_map(nodig))

    geruild = [ontvangen("G1", "M2", TOEN), ontvangen("G2", "M1", TOEN)]
    assert lees_in(nieuwe_map({"gebeurtenissen": geruild})) == {"gebeurtenissen": (0, 2, 0)}

    assert sorted(
        vraag(
            "SELECT g.ref, m.ref FROM meldingen_gebeurtenis g JOIN meldingen_melding m ON m.id = g.melding_id"
            " WHERE g.vervallen_op IS NULL"
        )
    ) == [("G1", "M2"), ("G2", "M1")]


def test_een_ontvangst_die_verhuist_maakt_plaats_voor_een_andere(eigen_database, nieuwe_map):
    nodig = alles() | {"meldingen": [rij("meldingen", ref=ref) for ref in ("M1", "M2")]}
    lees_in(nieuwe_map(nodig | {"gebeurtenissen": [ontvangen("G1", "M1", TOEN)]}))

    verhuisd = [ontvangen("G1", "M2", TOEN), ontvangen("G2", "M1")]

    assert lees_in(nieuwe_map({"gebeurtenissen": verhuisd})) == {"gebeurtenissen": (1, 1, 0)}


def test_een_ontvangst_die_verhuist_botst_met_die_er_al_is(eigen_database, nieuwe_map):
    nodig = alles() | {"meldingen": [rij("meldingen", ref=ref) for ref in ("M1", "M2")]}
    nodig["gebeurtenissen"] = [ontvangen("G1", "M1", TOEN), ontvangen("G2", "M2", TOEN)]
    lees_in(nieuwe_map(nodig))

    assert plaatsen(nieuwe_map({"gebeurtenissen": [ontvangen("G1", "M2", TOEN)]})) == [
        "gebeurtenissen.csv:2: soort"
    ]


def test_wat_bij_nader_inzien_geen_ontvangen_was_maakt_plaats(eigen_database, nieuwe_map):
    """The source had the wrong soort: the stored `ontvangen` lapses as the right one comes in."""
    nodig = {naam: alles()[naam] for naam in ("teams", "personen", "meldingen")}
    lees_in(nieuwe_map(nodig | {"gebeurtenissen": [ontvangen("G1", "M1", TOEN)]}))

    anders = [stap("G1", "M1", "gesprek_gestart", geregistreerd_op=TOEN), ontvangen("G2", "M1")]

    assert lees_in(nieuwe_map({"gebeurtenissen": anders})) == {"gebeurtenissen": (1, 1, 0)}
    assert vraag("SELECT status FROM meldingen_melding") == [("gesprek",)]


def test_wat_bij_nader_inzien_wel_ontvangen_was_botst(eigen_database, nieuwe_map):
    nodig = {naam: alles()[naam] for naam in ("teams", "personen", "meldingen")}
    feiten = [ontvangen("G1", "M1", TOEN), stap("G2", "M1", "voorveld", geregistreerd_op=TOEN)]
    lees_in(nieuwe_map(nodig | {"gebeurtenissen": feiten}))

    assert plaatsen(nieuwe_map({"gebeurtenissen": [ontvangen("G2", "M1", TOEN)]})) == [
        "gebeurtenissen.csv:2: soort"
    ]


@pytest.mark.django_db
def test_een_feit_zonder_melding_wordt_geweigerd(map):
    map.alle(alles() | {"gebeurtenissen": [rij("gebeurtenissen"), stap("G2", "", "voorveld")]})

    assert plaatsen(map.pad) == ["gebeurtenissen.csv:3: melding_ref"]


@pytest.mark.django_db
def test_een_melding_zonder_ontvangen_telt_niet(map):
    map.alle(alles() | {"gebeurtenissen": [stap("G2", "M1", "toegekend")]})

    lees_in(map.pad)

    assert vraag("SELECT status FROM meldingen_melding") == [("vervallen",)]
    assert vraag("SELECT count(*) FROM meldingen_stand") == [(0,)]
