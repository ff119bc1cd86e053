"""The import as a whole: read, check, write, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from config.overdracht import meldingen
from config.overdracht.bestand import Bestand, Voortgang
from config.overdracht.bestanden import alle_bestanden
from config.overdracht.bron import Bron
from config.overdracht.bsn import versleutel_bsns
from config.overdracht.bulk import bulklading
from config.overdracht.controle import Controle
from config.overdracht.fouten import Foutenlijst
from config.overdracht.lezen import Lezer
from config.overdracht.lezen_snel import lees_in_een_keer, maak_staging, ruim_staging_op
from config.overdracht.schrijven import Resultaat, schrijf
from reporting.dataversie import merk_wijziging

SLOT = 0x6F766572  # "over": one import at a time

BULK_VANAF = 10_000
FEITEN = "meldingen_gebeurtenis"
HUISHOUDEN_VOLGT_UIT = frozenset({"meldingen", "gebeurtenissen", "verblijven"})
BIJ_DE_FEITEN = ("meldingen_melding", "meldingen_melding_levensgebieden", "meldingen_stand")


class ImportBezig(Exception):
    """Another import runs, or somebody changed the same rows meanwhile; try again."""


def importeer(
    pad: Path,
    *,
    maximum: int = 100,
    voortgang: Voortgang = lambda _: None,
    bestanden: Sequence[Bestand] | None = None,
) -> dict[str, Resultaat]:
    """Imports the folder or zip at `pad`, or of it only `bestanden`; gives per file what it did.

    Raises Bronfout when there is nothing to read, Overdrachtfouten with at most `maximum` mistakes when anything is
    wrong, ImportBezig when another import runs. Then nothing has been written, nor when the process is killed.
    """
    with Bron(pad) as bron:
        with transaction.atomic(), connection.cursor() as cursor:
            resultaat = _importeer(bron, cursor, maximum, voortgang, bestanden or alle_bestanden())
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM meldingen_stand")
    return resultaat


def _importeer(
    bron: Bron, cursor: Any, maximum: int, voortgang: Voortgang, bekend: Sequence[Bestand]
) -> dict[str, Resultaat]:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
    if not cursor.fetchone()[0]:
        raise ImportBezig("Er loopt al een import. Probeer het opnieuw als die klaar is.")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("SET LOCAL work_mem = '128MB'")
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute("SET LOCAL jit = off")
    # Enough to plan by what follows; autovacuum samples more after the commit.
    cursor.execute("SET LOCAL default_statistics_target = 10")
    fouten = Foutenlijst(maximum)
    bestanden, aantallen = _lees(bron, cursor, fouten, voortgang, bekend)
    voortgang("controleren")
    bulk, leeg = _in_bulk(cursor, bestanden, aantallen)
    volgorde = {bestand.naam: plaats for plaats, bestand in enumerate(bekend)}
    controle = Controle(cursor, volgorde, fouten)
    controle.controleer(bestanden, leeg)
    fouten.controleer()
    try:
        with transaction.atomic(), bulklading(cursor, bulk):
            resultaat = _schrijf(cursor, bestanden, aantallen, bulk, leeg, voortgang)
            merk_wijziging()
            voortgang("indexen opbouwen")
    except IntegrityError as fout:
        controle.alsnog()
        fouten.controleer()
        if not isinstance(fout.__cause__, UniqueViolation):
            raise
        raise ImportBezig("Iemand wijzigde tegelijk dezelfde gegevens. Probeer het opnieuw.") from fout
    ruim_staging_op(cursor, bekend)
    return resultaat


def _lees(
    bron: Bron, cursor: Any, fouten: Foutenlijst, voortgang: Voortgang, bekend: Sequence[Bestand]
) -> tuple[list[Bestand], dict[str, int]]:
    """Copies every file into its staging table."""
    namen = [bestand.naam for bestand in bekend]
    for naam in bron.namen():
        if naam not in namen:
            fouten.meld(
                len(bekend),
                bron.bestandsnaam(naam),
                0,
                "",
                f"dit bestand kent de overdracht niet; verwacht {', '.join(namen)}",
            )
    bestanden = [
        replace(bestand, weggelaten=_weggelaten(bron, bestand))
        for bestand in bekend
        if bestand.naam in bron.namen()
    ]
    aantallen = {}
    for bestand in bekend:
        if bestand.naam not in bron.namen():
            maak_staging(cursor, bestand)
    for bestand in bestanden:
        with bron.open(bestand.naam) as stroom:
            aantal = lees_in_een_keer(bestand, stroom, cursor, voortgang)
        if aantal is None:
            maak_staging(cursor, bestand)
            with bron.open(bestand.naam) as stroom:
                aantal = Lezer(bestand, namen.index(bestand.naam), fouten).lees(stroom, cursor, voortgang)
        aantallen[bestand.naam] = aantal
        for opdracht in bestand.na_lezen:
            cursor.execute(opdracht)
        if bestand.afgeleide_ref:
            cursor.execute(f"UPDATE {bestand.staging} s SET ref = {bestand.afgeleide_ref}")
        verwijzend = dict.fromkeys(
            [bestand.sleutel[0], *(verwijzing.kolom for verwijzing in bestand.verwijzingen)]
        )
        cursor.execute(f"ANALYZE {bestand.staging} ({', '.join(verwijzend)})")
    return bestanden, aantallen


def _weggelaten(bron: Bron, bestand: Bestand) -> frozenset[str]:
    """The columns that the header leaves out; of a header that is no use all, but then nothing is written."""
    lezer = Lezer(bestand, 0, Foutenlijst(1))
    with bron.open(bestand.naam) as stroom:
        lezer.lees_kop(next(lezer.blokken(stroom), b""))
    return frozenset(kolom.naam for kolom in bestand.kolommen) - {kolom.naam for kolom in lezer.kop}


def _schrijf(
    cursor: Any,
    bestanden: list[Bestand],
    aantallen: dict[str, int],
    bulk: list[str],
    leeg: set[str],
    voortgang: Voortgang,
) -> dict[str, Resultaat]:
    """Writes every file; the meldingen last, whose status and huishouden follow from the others."""
    resultaat: dict[str, Resultaat] = dict.fromkeys(
        (bestand.naam for bestand in bestanden), Resultaat(0, 0, 0)
    )
    gelezen = next((bestand for bestand in bestanden if bestand.naam == "meldingen"), None)
    if gelezen:
        meldingen.geef_nummers(cursor, gelezen)
    personen = next((bestand for bestand in bestanden if bestand.naam == "personen"), None)
    if personen:
        voortgang("personen: BSN's versleutelen")
        versleutel_bsns(cursor, personen)
    for bestand in bestanden:
        if bestand is not gelezen:
            voortgang(f"{bestand.naam}: schrijven")
            resultaat[bestand.naam] = schrijf(cursor, bestand, aantallen[bestand.naam], bestand.tabel in leeg)
            cursor.execute(f"ANALYZE {bestand.tabel}")
    if FEITEN in bulk:
        voortgang("standen afleiden uit de feiten")
        meldingen.leid_standen_af(cursor)
    feiten = next((bestand for bestand in bestanden if bestand.naam == "gebeurtenissen"), None)
    if feiten and "meldingen_melding" not in leeg:
        meldingen.volg_teams(cursor, feiten)
    if not HUISHOUDEN_VOLGT_UIT.isdisjoint(resultaat):
        meldingen.zoek_huishoudens(cursor)
    if gelezen:
        voortgang("meldingen: schrijven")
        resultaat["meldingen"] = schrijf(cursor, gelezen, aantallen["meldingen"], gelezen.tabel in leeg)
        cursor.execute(f"ANALYZE {gelezen.tabel}")
        meldingen.schrijf_levensgebieden(cursor, gelezen)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return resultaat


def _in_bulk(cursor: Any, bestanden: list[Bestand], aantallen: dict[str, int]) -> tuple[list[str], set[str]]:
    """The tables that get many rows, at least twice as many as they hold; and those of them that hold none.

    Of an empty table PostgreSQL assumes that it holds some rows, until it has looked.
    """
    tabellen = []
    leeg = set()
    for bestand in bestanden:
        aantal = aantallen[bestand.naam]
        if aantal >= BULK_VANAF:
            cursor.execute(f"SELECT count(*) FROM (SELECT FROM {bestand.tabel} LIMIT %s) AS t", [aantal])
            stond_er = cursor.fetchone()[0]
            if 2 * stond_er <= aantal:
                tabellen.append(bestand.tabel)
                if not stond_er:
                    leeg.add(bestand.tabel)
                    cursor.execute(f"ANALYZE {bestand.tabel}")
    if FEITEN in tabellen:
        tabellen = list(dict.fromkeys([*tabellen, *BIJ_DE_FEITEN]))
    return tabellen, leeg
