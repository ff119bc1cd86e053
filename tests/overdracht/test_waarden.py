"""A value that does not fit is refused at its line and column, with what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import MedewerkerFactory
from tests.overdracht.hulp import Fout, geweigerd, lees_in, plaatsen
from tests.overdracht.inhoud import vraag
from tests.overdracht.voorbeeld import GOED, TABEL, alles, ontvangen, rij, stap
from voorzieningen.models import Voorziening
from voorzieningen.workflow import hernoem_voorziening

pytestmark = pytest.mark.django_db

CODES = {
    ("teams", "soort"): "wijkteam expertteam interventieteam brandpunt",
    ("personen", "geslacht"): "m v x",
    ("verblijven", "rol"): "hoofd partner kind ouder overig",
    ("contacten", "kanaal"): "telefoon email webformulier balie",
    ("contacten", "thema"): "werk_en_uitkering zorg_en_ondersteuning jeugd_en_opvoeding",
    ("contacten", "wet"): "wmo jeugdwet participatiewet",
    ("contacten", "afhandeling"): "direct doorgezet_wijkteam doorgezet_werk_en_inkomen",
    ("meldingen", "spoed"): "ja nee",
    ("meldingen", "levensgebieden"): "wonen gezondheid",
    ("gebeurtenissen", "soort"): (
        "ontvangen voorveld gesprek_gestart onderzoek_gestart onderzoek_afgerond plan_akkoord toegekend"
        " niet_toegekend ingetrokken doorgezet"
    ),
    ("gebeurtenissen", "categorie"): "volwassenen jeugd",
    ("gebeurtenissen", "kanaal"): (
        "telefoon email webformulier inloopspreekuur professional balie outreach afloop_indicatie"
    ),
    ("gebeurtenissen", "aanleiding"): "nieuwe_vraag herindicatie melding_professional",
    ("beschikkingen", "wet"): "wmo jeugdwet",
    ("beschikkingen", "financieringsvorm"): "zin pgb",
    ("klachten", "wet"): "wmo jeugdwet participatiewet",
    ("klachten", "soort"): "klacht bezwaar beroep hoger_beroep voorlopige_voorziening ombudsman",
    ("spreekuren", "dag"): "ma di wo do vr za zo",
    ("spreekuren", "frequentie"): "wekelijks tweewekelijks maandelijks",
    ("activiteiten", "soort"): "spreekuur collectief_arrangement buurtactiviteit wijknetwerkbijeenkomst",
    ("consulten", "vervolg"): (
        "keukentafelgesprek begeleidingsgesprekken algemene_voorziening verwezen_vrijwilligerswerk"
        " actief_geworden informatie_advies zelf_geholpen_regelzaken"
    ),
    ("externe_cijfers", "status"): "voorlopig definitief nnb",
}
DATUMS = [
    ("inwoners", "peildatum"),
    ("personen", "geboortedatum"),
    ("verblijven", "vanaf"),
    ("verblijven", "tot"),
    ("contacten", "datum"),
    ("gebeurtenissen", "datum"),
    ("beschikkingen", "besluitdatum"),
    ("beschikkingen", "ingangsdatum"),
    ("beschikkingen", "einddatum"),
    ("klachten", "datum"),
    ("spreekuren", "geldig_van"),
    ("spreekuren", "geldig_tot"),
    ("activiteiten", "datum"),
    ("consulten", "datum"),
]
MET_KLOK = [bestand for bestand, goed in GOED.items() if "geregistreerd_op" in goed]
TEKSTREFS = [
    (bestand, kolom)
    for bestand, goed in GOED.items()
    for kolom in goed
    if kolom == "ref" or kolom.endswith("_ref")
]


def een_fout(map, bestand: str, kolom: str, waarde: str) -> str:
    """What is said about this one value, with everything else in the overdracht right."""
    map.alle(alles() | {bestand: [rij(bestand, **{kolom: waarde})]})
    fouten = geweigerd(map.pad)
    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:2: {kolom}"]
    return fouten[0].tekst


def een_fout_per_kolom(map, kolommen: Iterable[tuple[str, str]], waarde: str) -> list[Fout]:
    """One row per column with this value in it, in the file of that column, and the rest right."""
    bestanden = alles()
    verwacht = []
    for bestand, kolom in kolommen:
        sleutel = {"teams": "code", "spreekuren": "locatie", "inwoners": "", "externe_cijfers": "rij"}
        uniek = sleutel.get(bestand, "ref")
        anders = {uniek: f"{bestand} {kolom}"} if uniek and uniek != kolom else {}
        if bestand == "gebeurtenissen":
            melding = rij("meldingen", ref=f"M {kolom}")
            bestanden["meldingen"].append(melding)
            anders["melding_ref"] = melding["ref"]
        bestanden[bestand].append(rij(bestand, **anders, **{kolom: waarde}))
        verwacht.append(f"{bestand}.csv:{len(bestanden[bestand]) + 1}: {kolom}")
    fouten = geweigerd(map.alle(bestanden).pad)
    assert sorted(fout.plaats for fout in fouten) == sorted(verwacht)
    return fouten


def test_een_onbekende_code_wordt_geweigerd_met_wat_er_wel_mag(map):
    for fout in een_fout_per_kolom(map, CODES, "bestaat_niet"):
        codes = CODES[fout.bestand.removesuffix(".csv"), fout.kolom]
        assert "verwacht" in fout.tekst
        assert set(codes.split()) <= set(fout.tekst.replace(",", " ").replace(";", " ").split())


@pytest.mark.parametrize("waarde", ["Telefoon", "telefoon ", "1", "TELEFOON", "tele\u00adfoon"])
def test_een_code_is_precies_het_afgesproken_woord(map, waarde):
    een_fout(map, "gebeurtenissen", "kanaal", waarde)


def test_elke_code_die_mag_komt_binnen(map):
    """Every value of every list, one row each."""
    bestanden = alles()
    sleutels = {"teams": "code", "spreekuren": "locatie", "externe_cijfers": "rij"}
    for (bestand, kolom), codes in CODES.items():
        for nummer, code in enumerate(codes.split()):
            anders = {sleutels.get(bestand, "ref"): f"{kolom} {nummer}", kolom: code}
            if (bestand, code) == ("beschikkingen", "jeugdwet"):
                anders |= {"voorzieningengroep": "pleegzorg", "voorziening": "crisispleegzorg"}
            if code == "nnb":
                anders["waarde"] = ""
            if bestand == "gebeurtenissen":
                nieuw = stap("", "", code) if code in CODES["gebeurtenissen", "soort"][10:] else rij(bestand)
                melding = rij("meldingen", ref=f"M {kolom} {nummer}")
                bestanden["meldingen"].append(melding)
                anders = nieuw | anders | {"melding_ref": melding["ref"]}
            bestanden[bestand].append(rij(bestand, **anders))

    resultaat = lees_in(map.alle(bestanden).pad)

    assert {naam: nieuw for naam, (nieuw, _, _) in resultaat.items()} == {
        naam: len(rijen) for naam, rijen in bestanden.items()
    }


def test_een_datum_is_een_dag_die_bestaat(map):
    for fout in een_fout_per_kolom(map, DATUMS, "2015-02-30"):
        assert "verwacht" in fout.tekst
        assert "bestaat" in fout.tekst


@pytest.mark.parametrize(
    "waarde",
    [
        "2015-2-3",
        "02-03-2015",
        "20150203",
        "2015-02-03T00:00:00",
        "2015-W06-2",
        "2015-02",
        "0000-01-01",
        "2015-13-01",
        "infinity",
        "today",
        "2015-02-03 BC",
        "٢٠١٥-٠٢-٠٣",
        " 2015-02-03",
        "12015-02-03",
    ],
)
def test_een_datum_wordt_alleen_zo_geschreven_als_is_afgesproken(map, waarde):
    een_fout(map, "contacten", "datum", waarde)


@pytest.mark.parametrize("kolom", ["geregistreerd_op", "vervallen_op"])
def test_een_moment_heeft_een_tijdzone_en_ligt_niet_in_de_toekomst(map, kolom):
    kolommen = [(bestand, kolom) for bestand in MET_KLOK]
    straks = (timezone.now() + timedelta(hours=2)).isoformat()

    assert all("tijdzone" in fout.tekst for fout in een_fout_per_kolom(map, kolommen, "2016-04-02T09:30:00"))
    assert all("toekomst" in fout.tekst for fout in een_fout_per_kolom(map, kolommen, straks))


@pytest.mark.parametrize(
    "waarde",
    [
        "2016-04-02",
        "2016-02-30T09:30:00+01:00",
        "2016-04-02T25:00:00+01:00",
        "2016-04-02T09:30:61+01:00",
        "2016-04-02T09:30:00+1",
        "2016-04-02T09:30:00 Europe/Amsterdam",
        "now",
        "-infinity",
    ],
)
def test_een_moment_wordt_alleen_zo_geschreven_als_is_afgesproken(map, waarde):
    een_fout(map, "contacten", "vervallen_op", waarde)


@pytest.mark.parametrize("offset", ["+16:00", "-23:59", "+23:59", "+15:60", "+24:00", "+99:99"])
def test_een_tijdzone_die_nergens_bestaat_wordt_geweigerd_en_niet_pas_door_de_database(map, offset):
    een_fout(map, "contacten", "vervallen_op", f"2016-04-02T09:30:00{offset}")


@pytest.mark.parametrize(
    ("waarde", "in_utc"),
    [
        ("2015-04-02T09:30:00+02:00", "2015-04-02 07:30:00"),
        ("2015-04-02T09:30:00Z", "2015-04-02 09:30:00"),
        ("2015-04-02T09:30:00.123456-11:30", "2015-04-02 21:00:00.123456"),
        ("2015-10-25T02:30:00+01:00", "2015-10-25 01:30:00"),
    ],
)
def test_een_moment_is_het_moment_dat_er_staat(map, waarde, in_utc):
    lees_in(map.rijen("meldingen", rij("meldingen", persoon_ref="", geregistreerd_op=waarde)).pad)

    assert vraag("SELECT (geregistreerd_op AT TIME ZONE 'UTC')::text FROM meldingen_melding") == [(in_utc,)]


@pytest.mark.parametrize(
    ("bestand", "kolom", "anders"),
    [
        ("verblijven", "tot", {"vanaf": "2015-02-02", "tot": "2015-02-01"}),
        ("beschikkingen", "einddatum", {"ingangsdatum": "2015-02-02", "einddatum": "2015-02-01"}),
        ("spreekuren", "geldig_tot", {"geldig_van": "2015-02-02", "geldig_tot": "2015-02-01"}),
        ("spreekuren", "tot", {"van": "12:00", "tot": "11:59"}),
        *((bestand, "vervallen_op", {"vervallen_op": "2015-04-02T07:29:59.999999Z"}) for bestand in MET_KLOK),
    ],
)
def test_het_einde_ligt_niet_voor_het_begin(map, bestand, kolom, anders):
    map.alle(alles() | {bestand: [rij(bestand, **anders)]})

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:2: {kolom}"]
    assert "verwacht" in fouten[0].tekst


def test_een_begin_en_einde_op_dezelfde_dag_mogen(map):
    bestanden = alles() | {
        "beschikkingen": [rij("beschikkingen", ingangsdatum="2015-02-02", einddatum="2015-02-02")],
        "spreekuren": [rij("spreekuren", geldig_van="2015-02-02", geldig_tot="2015-02-02")],
        "contacten": [rij("contacten", vervallen_op=rij("contacten")["geregistreerd_op"])],
    }

    lees_in(map.alle(bestanden).pad)


@pytest.mark.parametrize(("bestand", "kolom"), TEKSTREFS)
def test_een_ref_heeft_hoogstens_64_tekens(map, bestand, kolom):
    assert "64" in een_fout_in(map, bestand, kolom, "é" * 65)


def test_een_ref_van_64_tekens_past(map):
    lang = "é" * 64
    bestanden = alles()
    for bestand, kolom in TEKSTREFS:
        bestanden[bestand][0][kolom] = lang

    lees_in(map.alle(bestanden).pad)

    assert vraag("SELECT count(*) FROM voorzieningen_klacht WHERE ref = %s", [lang]) == [(1,)]


def een_fout_in(map, bestand: str, kolom: str, waarde: str) -> str:
    """As `een_fout`, for a column to which other rows may refer; those rows are left out."""
    map.alle(alles() | {bestand: [rij(bestand, **{kolom: waarde})]})
    fouten = [fout for fout in geweigerd(map.pad) if fout.bestand == f"{bestand}.csv"]
    assert [fout.plaats for fout in fouten] == [f"{bestand}.csv:2: {kolom}"]
    return fouten[0].tekst


@pytest.mark.parametrize(
    ("bestand", "kolom", "waarden"),
    [
        ("personen", "bsn", ["999990018", "99999001", "0999990019", "9999 90019", "٩٩٩٩٩٠٠١٩", "000000000"]),
        ("postcodes", "postcode", ["131", "13155", "1315A", "1315ABC", "AB1315", "1315-AB", "١٣١٥"]),
        ("verblijven", "postcode", ["131", "1315A", "1315  AB"]),
        ("inwoners", "inwoners", ["-1", "1.5", "1,000", "+1", "1e3", "٣", "2147483648", "9" * 30]),
        ("activiteiten", "bewoners", ["-1", "veel", "1 "]),
        ("consulten", "uren", ["1,5", "anderhalf", "1.505", "100000", "NaN", "1e2", "Infinity", ".5", "5."]),
        ("spreekuren", "van", ["9:00", "09:60", "24:00", "09:00:00", "9 uur"]),
    ],
)
def test_een_waarde_die_niet_past_wordt_geweigerd(map, bestand, kolom, waarden):
    sleutel = {"postcodes": "team_code", "inwoners": "team_code", "spreekuren": "locatie"}.get(bestand, "ref")
    rijen = [
        rij(bestand, **{kolom: waarde} | ({} if sleutel == "team_code" else {sleutel: f"X{nummer}"}))
        for nummer, waarde in enumerate(waarden)
    ]
    (map.alle(alles() | {bestand: rijen}).pad / "klachten.csv").unlink()

    fouten = [fout for fout in geweigerd(map.pad) if fout.kolom == kolom]

    assert [fout.plaats for fout in fouten] == [
        f"{bestand}.csv:{nr}: {kolom}" for nr in range(2, len(rijen) + 2)
    ]
    assert all("verwacht" in fout.tekst for fout in fouten)


def test_een_cijfer_dat_geen_getal_is_wordt_geweigerd(map):
    waarden = ["1.23456", "1" * 15, "1.000,5", "nan"]
    rijen = [rij("externe_cijfers", rij=waarde, waarde=waarde) for waarde in waarden]

    geen_getal = [
        fout for fout in geweigerd(map.rijen("externe_cijfers", *rijen).pad) if "punt" in fout.tekst
    ]

    assert [fout.plaats for fout in geen_getal] == [f"externe_cijfers.csv:{n}: waarde" for n in range(2, 6)]


@pytest.mark.parametrize(
    ("bestand", "kolom", "maximum"),
    [
        ("teams", "naam", 200),
        ("personen", "achternaam", 200),
        ("personen", "telefoon", 40),
        ("personen", "email", 254),
        ("verblijven", "huisnummer", 20),
        ("beschikkingen", "aanbieder", 200),
        ("spreekuren", "locatie", 200),
        ("consulten", "discipline", 200),
        ("externe_cijfers", "kolom", 200),
    ],
)
def test_tekst_die_niet_in_de_database_past_wordt_vooraf_geweigerd(map, bestand, kolom, maximum):
    assert str(maximum) in een_fout(map, bestand, kolom, "x" * (maximum + 1))
    lees_in(map.alle(alles() | {bestand: [rij(bestand, **{kolom: "x" * maximum})]}).pad)


@pytest.mark.parametrize(("status", "waarde"), [("nnb", "12"), ("voorlopig", ""), ("definitief", "")])
def test_een_extern_cijfer_heeft_een_waarde_tenzij_het_nnb_is(map, status, waarde):
    pad = map.rijen("externe_cijfers", rij("externe_cijfers", status=status, waarde=waarde)).pad

    assert plaatsen(pad) == ["externe_cijfers.csv:2: waarde"]


@pytest.mark.parametrize("kolom", ["team_code", "categorie", "kanaal", "aanleiding"])
@pytest.mark.parametrize("soort", ["voorveld", "toegekend", "doorgezet"])
def test_kenmerken_staan_alleen_op_ontvangen(map, kolom, soort):
    fout = stap("G2", "M1", soort) | {kolom: rij("gebeurtenissen")[kolom]}
    map.alle(alles() | {"gebeurtenissen": [rij("gebeurtenissen"), fout]})

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == [f"gebeurtenissen.csv:3: {kolom}"]
    assert "ontvangen" in fouten[0].tekst


@pytest.mark.parametrize(
    ("naam", "begin", "goed"),
    [
        ("individuele ondersteuning licht", "2015-06-30", True),
        ("individuele ondersteuning licht", "2015-07-01", False),
        ("lichte hulp", "2015-06-30", False),
        ("lichte hulp", "2015-07-01", True),
    ],
)
def test_een_beschikking_noemt_wat_er_op_haar_eerste_dag_in_de_catalogus_stond(map, naam, begin, goed):
    product = Voorziening.objects.get(naam="individuele ondersteuning licht", groep__naam="begeleiding")
    hernoem_voorziening(product, "lichte hulp", vanaf=date(2015, 7, 1), door=MedewerkerFactory())
    map.alle(alles() | {"beschikkingen": [rij("beschikkingen", voorziening=naam, ingangsdatum=begin)]})

    if goed:
        lees_in(map.pad)
        van = "voorzieningen_beschikking JOIN voorzieningen_voorziening v ON v.id = voorziening_id"
        assert vraag(f"SELECT v.naam FROM {van}") == [(naam,)]
    else:
        assert [fout.plaats for fout in geweigerd(map.pad)] == ["beschikkingen.csv:2: voorziening"]


@pytest.mark.parametrize(
    ("kolom", "wet", "groep", "voorziening"),
    [
        ("voorzieningengroep", "wmo", "pleegzorg", "crisispleegzorg"),
        ("voorzieningengroep", "jeugdwet", "begeleiding", "individuele ondersteuning licht"),
        ("voorzieningengroep", "wmo", "Begeleiding", "individuele ondersteuning licht"),
        ("voorziening", "wmo", "begeleiding", "individuele ondersteuning"),
        ("voorziening", "wmo", "begeleiding", "huishoudelijke hulp"),
    ],
)
def test_wat_niet_in_de_catalogus_staat_wordt_geweigerd(map, kolom, wet, groep, voorziening):
    goed = rij("beschikkingen", ref="B0")
    fout = rij("beschikkingen", wet=wet, voorzieningengroep=groep, voorziening=voorziening)
    map.alle(alles() | {"beschikkingen": [goed, fout]})
    (map.pad / "klachten.csv").unlink()

    fouten = geweigerd(map.pad)

    assert [fout.plaats for fout in fouten] == [f"beschikkingen.csv:3: {kolom}"]
    assert "catalogus" in fouten[0].tekst


def test_een_postcode_wordt_zonder_spatie_en_met_hoofdletters_bewaard(map):
    lees_in(map.alle(alles() | {"postcodes": [rij("postcodes", postcode="1315 ab")]}).pad)

    assert vraag("SELECT postcode FROM teams_postcodegebied") == [("1315AB",)]


def test_twee_schrijfwijzen_van_een_postcode_zijn_dezelfde_sleutel(map):
    rijen = [rij("postcodes", postcode=postcode) for postcode in ("1315 ab", "1315AB")]

    assert plaatsen(map.alle({"teams": [GOED["teams"]], "postcodes": rijen}).pad) == [
        "postcodes.csv:3: postcode"
    ]


def test_herhaalde_waarden_in_een_lijst_tellen_een_keer(map):
    bestanden = alles() | {
        "consulten": [rij("consulten", vervolg="actief_geworden; informatie_advies;actief_geworden;")],
        "meldingen": [rij("meldingen", levensgebieden="wonen; wonen;gezondheid")],
    }

    lees_in(map.alle(bestanden).pad)

    assert vraag("SELECT vervolg FROM teams_consult") == [([5, 6],)]
    assert vraag("SELECT count(*) FROM meldingen_melding_levensgebieden") == [(2,)]


def test_elke_waarde_komt_terecht_in_haar_kolom(map):
    lees_in(map.alle(alles()).pad)

    for bestand, goed in GOED.items():
        kolommen = {
            kolom
            for (kolom,) in vraag(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [TABEL[bestand]]
            )
        }
        for kolom in kolommen & goed.keys() - {naam for van, naam in CODES if van == bestand}:
            gelijk = vraag(
                f"SELECT {kolom} IS NOT DISTINCT FROM %s FROM {TABEL[bestand]}", [goed[kolom] or None]
            )
            assert gelijk == [(True,)], (bestand, kolom)


def test_een_melding_hoort_bij_het_huishouden_waarin_de_persoon_toen_woonde(map):
    toen = rij("verblijven", ref="V0", huishouden_ref="H0", vanaf="2000-01-01", tot="2010-01-01")
    map.alle(alles() | {"verblijven": [rij("verblijven"), toen]})

    lees_in(map.pad)

    assert vraag(
        "SELECT h.ref FROM meldingen_melding m JOIN households_huishouden h ON h.id = m.huishouden_id"
    ) == [("H1",)]


def test_de_leegte_van_geregistreerd_op_is_het_moment_van_de_import(map):
    map.alle(alles() | {"gebeurtenissen": [ontvangen("G1", "M1")]})

    lees_in(map.pad)

    assert vraag("SELECT geregistreerd_op = now() FROM meldingen_gebeurtenis") == [(True,)]
