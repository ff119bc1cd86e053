"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from households.models import Levensgebied, Persoon, Verblijf
from meldingen.models import Aanleiding, Categorie, Gebeurtenis, Kanaal, Melding, Soort, Stand
from teams.models import Afnemer, Consult, Spreekuur, Team
from teams.versies import Versie
from tests.factories import ONTVANGEN_OP, TeamFactory
from voorzieningen.models import Beschikking, Voorziening, Voorzieningengroep

ONZE_APPS = ("teams", "households", "voorzieningen", "meldingen", "reporting")
ONZE_MODELLEN = [model for app in ONZE_APPS for model in apps.get_app_config(app).get_models()]
LIJSTVELDEN = [
    (model, veld)
    for model in ONZE_MODELLEN
    for veld in model._meta.local_concrete_fields
    # The lists of an Afnemer are those of the OAuth library; its own constraints have a test beside it.
    if veld.choices and model not in (Stand, Afnemer)
]
GISTEREN, VANDAAG = date(2015, 4, 1), date(2015, 4, 2)
VOLGORDEN = [
    (Levensgebied, "geldig_van", "geldig_tot"),
    (Verblijf, "vanaf", "tot"),
    (Voorzieningengroep, "geldig_van", "geldig_tot"),
    (Voorziening, "geldig_van", "geldig_tot"),
    (Beschikking, "ingangsdatum", "einddatum"),
    (Spreekuur, "geldig_van", "geldig_tot"),
    *((model, "geregistreerd_op", "vervallen_op") for model in ONZE_MODELLEN if issubclass(model, Versie)),
]


def weigert(opdracht, waarom):
    with pytest.raises(IntegrityError, match=waarom), transaction.atomic():
        opdracht()


def rij(model: type[models.Model], regel: str, **waarden: object) -> None:
    """Insert these columns alone, in a copy of the table with only the checks whose name ends in `regel`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS proef (LIKE {model._meta.db_table} INCLUDING CONSTRAINTS)"
        )
        for veld in model._meta.local_concrete_fields:
            cursor.execute(f'ALTER TABLE proef ALTER COLUMN "{veld.column}" DROP NOT NULL')
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'proef'::regclass AND conname !~ %s",
            [f"{regel}$"],
        )
        for (naam,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE proef DROP CONSTRAINT "{naam}"')
        cursor.execute(
            f"INSERT INTO proef ({', '.join(waarden)}) VALUES ({', '.join('%s' for _ in waarden)})",
            [*waarden.values()],
        )


@pytest.mark.parametrize(
    ("model", "veld"), LIJSTVELDEN, ids=lambda deel: getattr(deel, "__name__", getattr(deel, "name", None))
)
def test_een_code_komt_uit_haar_lijst(db, model, veld):
    waarden = [waarde for waarde, _ in veld.choices]
    lijst = f"_{veld.name}_in_lijst"
    vreemd = ["", "anders"] if isinstance(waarden[0], str) else [min(waarden) - 1, max(waarden) + 1, -1]

    for waarde in waarden:
        rij(model, lijst, **{veld.column: waarde})
    for waarde in vreemd:
        weigert(lambda waarde=waarde: rij(model, lijst, **{veld.column: waarde}), lijst)


def test_een_vervolg_komt_uit_zijn_lijst(db):
    rij(Consult, "vervolg_in_lijst", vervolg=[1, 7])

    weigert(lambda: rij(Consult, "vervolg_in_lijst", vervolg=[1, 8]), "consult_vervolg_in_lijst")


@pytest.mark.parametrize(
    ("model", "begin", "einde"), VOLGORDEN, ids=lambda deel: getattr(deel, "__name__", deel)
)
def test_het_einde_ligt_niet_voor_het_begin(db, model, begin, einde):
    volgorde = "vervallen_na_registratie" if einde == "vervallen_op" else f"{einde}_niet_voor_{begin}"

    rij(model, volgorde, **{begin: GISTEREN, einde: VANDAAG})
    rij(model, volgorde, **{begin: VANDAAG, einde: VANDAAG})
    rij(model, volgorde, **{begin: VANDAAG, einde: None})

    weigert(lambda: rij(model, volgorde, **{begin: VANDAAG, einde: GISTEREN}), volgorde)


def test_een_spreekuur_duurt_langer_dan_niets(db):
    rij(Spreekuur, "tot_na_van", van="09:00", tot="09:01")

    weigert(lambda: rij(Spreekuur, "tot_na_van", van="09:00", tot="09:00"), "spreekuur_tot_na_van")


@pytest.mark.parametrize("soort", [soort for soort in Soort if soort is not Soort.ONTVANGEN])
def test_kenmerken_staan_alleen_bij_de_ontvangst(db, soort):
    melding, team = Melding.objects.create(), TeamFactory()

    for kenmerk in (
        {"team": team},
        {"categorie": Categorie.JEUGD},
        {"kanaal": Kanaal.BALIE},
        {"aanleiding": Aanleiding.NIEUWE_VRAAG},
    ):
        weigert(
            lambda kenmerk=kenmerk: Gebeurtenis.objects.create(
                melding=melding, soort=soort, datum=ONTVANGEN_OP, **kenmerk
            ),
            "gebeurtenis_kenmerken_alleen_op_ontvangen",
        )


def test_een_melding_heeft_een_ontvangst_van_kracht(db):
    melding, nu = Melding.objects.create(), timezone.now()
    ontvangst = {"melding": melding, "soort": Soort.ONTVANGEN, "datum": ONTVANGEN_OP}
    Gebeurtenis.objects.create(**ontvangst, geregistreerd_op=nu - timedelta(days=2), vervallen_op=nu)
    Gebeurtenis.objects.create(**ontvangst, geregistreerd_op=nu)

    weigert(lambda: Gebeurtenis.objects.create(**ontvangst), "gebeurtenis_een_ontvangen_van_kracht")
    weigert(
        lambda: Gebeurtenis.objects.bulk_create(
            Gebeurtenis(melding=ander, soort=Soort.ONTVANGEN, datum=ONTVANGEN_OP)
            for ander in [Melding.objects.create()] * 2
        ),
        "gebeurtenis_een_ontvangen_van_kracht",
    )


def test_een_ref_heeft_elke_versie_eenmaal(db):
    feit = {"melding": Melding.objects.create(), "soort": Soort.GESPREK_GESTART, "datum": ONTVANGEN_OP}
    Gebeurtenis.objects.create(**feit, ref="g1")
    Gebeurtenis.objects.create(**feit, ref="g1", versie=2)
    Gebeurtenis.objects.create(**feit)
    Gebeurtenis.objects.create(**feit)

    weigert(lambda: Gebeurtenis.objects.create(**feit, ref="g1"), "gebeurtenis_ref_versie_uniek")
    weigert(lambda: Gebeurtenis.objects.create(**feit, ref="g1", versie=2), "gebeurtenis_ref_versie_uniek")


def test_een_postcodegebied_is_een_postcode(db):
    team = TeamFactory()
    for postcode in ("1315", "1315AB"):
        team.postcodegebieden.create(postcode=postcode)

    for postcode in ("131", "13155", "1315ab", "1315A", "AB1315", ""):
        weigert(
            lambda postcode=postcode: team.postcodegebieden.create(postcode=postcode),
            "postcodegebied_postcode_geldig",
        )


def test_een_teamcode_is_van_een_team(db):
    weigert(
        lambda: Team.objects.bulk_create(
            [Team(code="a", naam="A", soort=1), Team(code="a", naam="B", soort=1)]
        ),
        "unique",
    )


def test_een_bsn_is_negen_cijfers_of_leeg(db):
    Persoon.objects.create(bsn="")
    Persoon.objects.create(bsn="111222333")

    for nummer in ("11122233", "111222334", "000000000", "11122233a", "1112223 3", " 11122233", "١١١٢٢٢٣٣٣"):
        with pytest.raises(ValueError, match="elfproef"):
            Persoon.objects.create(bsn=nummer)


def test_een_bsn_dat_niet_versleuteld_is_komt_de_database_niet_in(db):
    goed = Persoon.objects.create(bsn="111222333")
    for anders in (
        {"bsn_versleuteld": b"111222333"},
        {"bsn_versleuteld": b"1" * 42},
        {"bsn_versleuteld": None},
        {"bsn_index": b"111222333"},
        {"bsn_index": None},
    ):
        weigert(
            lambda anders=anders: Persoon.objects.filter(pk=goed.pk).update(**anders), "persoon_bsn_geheim"
        )
