"""Many rows into empty tables go another way, and end in the same place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from config.overdracht import importeren
from tests.overdracht.hulp import geweigerd, lees_in, op_proef
from tests.overdracht.inhoud import afdruk, afdruk_zonder_ids, schema, vraag
from tests.overdracht.test_opnieuw import ruim
from tests.overdracht.voorbeeld import ontvangen, rij, stap

NOOIT = 2**31


@pytest.fixture(params=["in bulk", "gewoon"])
def weg(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing, one after the other."""
    monkeypatch.setattr(importeren, "BULK_VANAF", 1 if request.param == "in bulk" else NOOIT)
    return request.param


def geschiedenis() -> dict[str, list[dict[str, str]]]:
    """An overdracht with lapsed and corrected facts, and a melding that no longer counts."""
    bestanden = ruim()
    bestanden["meldingen"].append(rij("meldingen", ref="M3", persoon_ref=""))
    bestanden["gebeurtenissen"] = [
        ontvangen("G1", "M1", "2015-04-02T00:00:00Z", "2015-05-01T00:00:00Z"),
        ontvangen("G2", "M1", "2015-05-01T00:00:00Z", kanaal="balie"),
        ontvangen("G3", "M2", "2015-04-02T00:00:00Z", "2015-05-01T00:00:00Z"),
        stap("G4", "M1", "gesprek_gestart"),
        stap("G5", "M2", "toegekend"),
        stap("G6", "M1", "onderzoek_gestart", vervallen_op="2015-08-01T00:00:00Z"),
    ]
    return bestanden


@pytest.mark.django_db
def test_beide_wegen_schrijven_hetzelfde(nieuwe_map, monkeypatch):
    """In one transaction each, taken back at the end, so that the clock is the same."""
    pad = nieuwe_map(geschiedenis())
    gezien = []

    for vanaf in (NOOIT, 1):
        monkeypatch.setattr(importeren, "BULK_VANAF", vanaf)
        with op_proef():
            geteld = lees_in(pad)
            gezien.append((geteld, afdruk_zonder_ids()))

    assert gezien[0] == gezien[1]


@pytest.mark.django_db
def test_van_twee_huishoudens_op_een_dag_kiest_de_volgorde_van_de_rijen_niet(nieuwe_map):
    """Else the way of writing decides, or the plan of a query."""
    twee = [rij("verblijven"), rij("verblijven", ref="V2", huishouden_ref="H2")]
    gekozen = []

    for verblijven in (twee, twee[::-1]):
        with op_proef():
            lees_in(nieuwe_map(ruim() | {"verblijven": verblijven}))
            gekozen += vraag(
                "SELECT h.ref FROM meldingen_melding m JOIN households_huishouden h ON h.id = m.huishouden_id"
            )

    assert len(gekozen) == 2
    assert gekozen[0] == gekozen[1]


def test_erna_staan_alle_indexen_beperkingen_en_triggers_er_weer(eigen_database, nieuwe_map, weg):
    ervoor = schema()

    lees_in(nieuwe_map(geschiedenis()))

    assert schema() == ervoor


def test_erna_bewaken_zij_ook_weer(eigen_database, nieuwe_map, weg):
    lees_in(nieuwe_map(geschiedenis()))

    for opdracht in (
        "UPDATE meldingen_gebeurtenis SET datum = '2015-01-01'",
        "DELETE FROM voorzieningen_beschikking",
        "TRUNCATE teams_consult",
        "UPDATE meldingen_melding SET status = 'voorveld'",
        "INSERT INTO meldingen_gebeurtenis (melding_id, soort, datum)"
        " SELECT id, 1, '2015-04-01' FROM meldingen_melding WHERE ref = 'M1'",
        "UPDATE households_persoon SET bsn_index = '999990018'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht)


def test_een_import_die_halverwege_strandt_laat_alles_zoals_het_was(eigen_database, nieuwe_map, weg):
    """The database has a rule of which the import knows nothing, on a file that is written late."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voorzieningen_klacht ADD CONSTRAINT proef CHECK (onderwerp <> 'boem')")
    ervoor, leeg = schema(), afdruk()
    bestanden = geschiedenis()
    bestanden["klachten"][0]["onderwerp"] = "boem"

    with pytest.raises(IntegrityError):
        importeren.importeer(nieuwe_map(bestanden))

    assert schema() == ervoor
    assert afdruk() == leeg
    bestanden["klachten"][0]["onderwerp"] = "pais en vree"
    lees_in(nieuwe_map(bestanden))
    assert schema() == ervoor


@pytest.mark.django_db
def test_fouten_houden_ook_veel_rijen_tegen(nieuwe_map, weg):
    bestanden = geschiedenis()
    bestanden["gebeurtenissen"].append(ontvangen("G7", "M1"))
    bestanden["verblijven"].append(rij("verblijven", ref="V2", persoon_ref="P9"))

    assert [fout.plaats for fout in geweigerd(nieuwe_map(bestanden))] == [
        "verblijven.csv:3: persoon_ref",
        "gebeurtenissen.csv:8: soort",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bestand", ["personen", "verblijven", "meldingen", "gebeurtenissen", "beschikkingen"]
)
def test_ook_zonder_andere_fouten_wordt_een_dubbele_ref_bij_haar_regel_genoemd(nieuwe_map, weg, bestand):
    """In an empty table the index finds it, when the rows have been written."""
    bestanden = geschiedenis()
    eerste = bestanden[bestand][0]
    anders = {"vervallen_op": "2016-01-01T00:00:00Z"} if bestand == "gebeurtenissen" else {}
    bestanden[bestand].append(eerste | anders)
    aantal = len(bestanden[bestand])

    fouten = [fout for fout in geweigerd(nieuwe_map(bestanden)) if fout.kolom == "ref"]

    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:{aantal + 1}: ref"]
    assert "staat ook op regel 2" in fouten[0].tekst
    assert not vraag("SELECT FROM pg_tables WHERE tablename LIKE 'overdracht%%'")


@pytest.mark.parametrize(
    ("fout", "verwacht"),
    [
        ([ontvangen("G9", "M9")], {"gebeurtenissen.csv:{}: melding_ref": "‘M9’ bestaat niet"}),
        (
            [ontvangen("G8", "M2"), ontvangen("G9", "M2", kanaal="balie")],
            {"gebeurtenissen.csv:{}: soort": "twee keer ontvangen"},
        ),
        (
            [
                ontvangen("G8", "M2", "2015-04-02T00:00:00Z", "2015-06-01T00:00:00Z"),
                ontvangen("G9", "M2", "2015-05-01T00:00:00Z", kanaal="balie"),
                ontvangen("G10", "M9"),
            ],
            {
                "gebeurtenissen.csv:{}: soort": "twee keer ontvangen",
                "gebeurtenissen.csv:{}: melding_ref": "‘M9’ bestaat niet",
            },
        ),
    ],
    ids=["naar niets", "twee die gelden", "een die vervallen is"],
)
def test_wat_pas_bij_het_schrijven_blijkt_wordt_evengoed_bij_zijn_regel_gemeld(
    eigen_database, nieuwe_map, weg, fout, verwacht
):
    """In an empty table an index or column refuses it, and only then it is looked up; all of it at once."""
    bestanden = geschiedenis()
    bestanden["gebeurtenissen"] = [
        feit for feit in bestanden["gebeurtenissen"] if feit["melding_ref"] != "M2"
    ]
    bestanden["gebeurtenissen"] += fout
    laatste = len(bestanden["gebeurtenissen"]) + 1
    plaatsen = range(laatste - len(verwacht) + 1, laatste + 1)

    fouten = geweigerd(nieuwe_map(bestanden))

    gezocht = [
        (plaats.format(op), tekst) for op, (plaats, tekst) in zip(plaatsen, verwacht.items(), strict=True)
    ]
    assert [fout.plaats for fout in fouten] == [plaats for plaats, _ in gezocht]
    assert all(tekst in fout.tekst for fout, (_, tekst) in zip(fouten, gezocht, strict=True))
    assert vraag("SELECT count(*) FROM meldingen_melding") == [(0,)]


def test_een_tweede_grotere_map_in_bulk_komt_bij_wat_er_al_staat(eigen_database, nieuwe_map, monkeypatch):
    """The second is at least twice the first, with old rows that stay, that change and that lapse."""
    lees_in(nieuwe_map(ruim()))
    monkeypatch.setattr(importeren, "BULK_VANAF", 1)
    bestanden = ruim()
    bestanden["meldingen"] += [rij("meldingen", ref=f"N{nummer}") for nummer in range(10)]
    bestanden["gebeurtenissen"] = [
        rij("gebeurtenissen", kanaal="balie"),
        *(ontvangen(f"N{nummer}", f"N{nummer}") for nummer in range(10)),
    ]
    bestanden["contacten"] += [rij("contacten", ref=f"N{nummer}", melding_ref="N1") for nummer in range(10)]
    ervoor = schema()
    pad = nieuwe_map(bestanden)

    resultaat = lees_in(pad)

    assert resultaat["gebeurtenissen"] == (10, 1, 0)
    assert resultaat["contacten"] == (10, 0, 1)
    assert resultaat["meldingen"] == (10, 0, 2)
    assert schema() == ervoor
    assert vraag("SELECT count(*), count(*) FILTER (WHERE tot IS NULL) FROM meldingen_stand") == [(12, 11)]
    dit = afdruk()
    lees_in(pad)
    assert afdruk() == dit
