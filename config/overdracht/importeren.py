"""The import as a whole: read, check, write, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from config.overdracht import meldingen
from config.overdracht.bestanden import Bestand, Voortgang, alle_bestanden
from config.overdracht.bron import Bron
from config.overdracht.bulk import bulklading
from config.overdracht.controle import Controle
from config.overdracht.fouten import Foutenlijst
from config.overdracht.lezen import Lezer
from config.overdracht.lezen_snel import lees_in_een_keer, maak_tijdelijke_tabel
from config.overdracht.schrijven import Resultaat, schrijf

SLOT = 0x6F766572  # "over": one import at a time

BULK_VANAF = 10_000
FEITEN = "meldingen_gebeurtenis"
BIJ_DE_FEITEN = ("meldingen_melding", "meldingen_melding_levensgebieden", "meldingen_stand")


class ImportBezig(Exception):
    """Another import runs, or somebody changed the same rows meanwhile; try again."""


def importeer(
    pad: Path, *, maximum: int = 100, voortgang: Voortgang = lambda _: None
) -> dict[str, Resultaat]:
    """Imports the folder or zip at `pad`; gives per file what it did.

    Raises Bronfout when there is nothing to read, Overdrachtfouten with at most `maximum` mistakes when anything is
    wrong, ImportBezig when another import runs. Then nothing has been written, nor when the process is killed.
    """
    with Bron(pad) as bron:
        with transaction.atomic(), connection.cursor() as cursor:
            resultaat, tabellen = _importeer(bron, cursor, maximum, voortgang)
        voortgang("statistieken bijwerken")
        with connection.cursor() as cursor:
            if not connection.in_atomic_block:
                cursor.execute(f"ANALYZE {', '.join(tabellen)}")
                cursor.execute("VACUUM meldingen_stand")
    return resultaat


def _importeer(
    bron: Bron, cursor: Any, maximum: int, voortgang: Voortgang
) -> tuple[dict[str, Resultaat], list[str]]:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
    if not cursor.fetchone()[0]:
        raise ImportBezig("Er loopt al een import. Probeer het opnieuw als die klaar is.")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("SET LOCAL work_mem = '128MB'")
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute("SET LOCAL jit = off")
    fouten = Foutenlijst(maximum)
    bestanden, aantallen = _lees(bron, cursor, fouten, voortgang)
    voortgang("controleren")
    volgorde = {bestand.naam: plaats for plaats, bestand in enumerate(alle_bestanden())}
    Controle(cursor, volgorde, fouten).controleer(bestanden)
    fouten.controleer()
    bulk = _in_bulk(cursor, bestanden, aantallen)
    try:
        with bulklading(cursor, bulk):
            resultaat = _schrijf(cursor, bestanden, aantallen, FEITEN in bulk, voortgang)
            voortgang("indexen opbouwen")
    except IntegrityError as fout:
        if not isinstance(fout.__cause__, UniqueViolation):
            raise
        raise ImportBezig("Iemand wijzigde tegelijk dezelfde gegevens. Probeer het opnieuw.") from fout
    return resultaat, sorted({bestand.tabel for bestand in bestanden} | {"meldingen_stand"})


def _lees(
    bron: Bron, cursor: Any, fouten: Foutenlijst, voortgang: Voortgang
) -> tuple[list[Bestand], dict[str, int]]:
    """Copies every file into its temporary table."""
    bekend = alle_bestanden()
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
    bestanden = [bestand for bestand in bekend if bestand.naam in bron.namen()]
    aantallen = {}
    for bestand in bestanden:
        maak_tijdelijke_tabel(cursor, bestand)
        with bron.open(bestand.naam) as stroom:
            aantal = lees_in_een_keer(bestand, stroom, cursor, voortgang)
        if aantal is None:
            with bron.open(bestand.naam) as stroom:
                aantal = Lezer(bestand, namen.index(bestand.naam), fouten).lees(stroom, cursor, voortgang)
        aantallen[bestand.naam] = aantal
        if bestand.afgeleide_ref:
            cursor.execute(f"UPDATE {bestand.staging} s SET ref = {bestand.afgeleide_ref}")
        verwijzend = dict.fromkeys(
            [bestand.sleutel[0], *(verwijzing.kolom for verwijzing in bestand.verwijzingen)]
        )
        cursor.execute(f"ANALYZE {bestand.staging} ({', '.join(verwijzend)})")
    return bestanden, aantallen


def _schrijf(
    cursor: Any, bestanden: list[Bestand], aantallen: dict[str, int], bulk: bool, voortgang: Voortgang
) -> dict[str, Resultaat]:
    """Writes every file; the meldingen last, whose status and huishouden follow from the others."""
    resultaat: dict[str, Resultaat] = dict.fromkeys(
        (bestand.naam for bestand in bestanden), Resultaat(0, 0, 0)
    )
    gelezen = next((bestand for bestand in bestanden if bestand.naam == "meldingen"), None)
    meldingen.geef_nummers(cursor, gelezen)
    for bestand in bestanden:
        if bestand is not gelezen:
            voortgang(f"{bestand.naam}: schrijven")
            resultaat[bestand.naam] = schrijf(cursor, bestand, aantallen[bestand.naam])
    if bulk:
        voortgang("standen afleiden uit de feiten")
        meldingen.leid_standen_af(cursor)
    feiten = next((bestand for bestand in bestanden if bestand.naam == "gebeurtenissen"), None)
    if feiten:
        meldingen.volg_teams(cursor, feiten)
    if gelezen:
        voortgang("meldingen: schrijven")
        meldingen.zoek_huishoudens(cursor, gelezen)
        resultaat["meldingen"] = schrijf(cursor, gelezen, aantallen["meldingen"])
        meldingen.schrijf_levensgebieden(cursor, gelezen)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return resultaat


def _in_bulk(cursor: Any, bestanden: list[Bestand], aantallen: dict[str, int]) -> list[str]:
    """The tables that get many rows, at least twice as many as they hold."""
    tabellen = []
    for bestand in bestanden:
        aantal = aantallen[bestand.naam]
        if aantal >= BULK_VANAF:
            cursor.execute(f"SELECT count(*) FROM (SELECT FROM {bestand.tabel} LIMIT %s) AS t", [aantal])
            if 2 * cursor.fetchone()[0] <= aantal:
                tabellen.append(bestand.tabel)
    if FEITEN in tabellen:
        tabellen = list(dict.fromkeys([*tabellen, *BIJ_DE_FEITEN]))
    return tabellen
