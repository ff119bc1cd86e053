"""The import as a whole: read, check, write, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

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


def importeer(pad: Path, *, maximum: int = 100, voortgang: Voortgang = lambda _: None) -> dict[str, Resultaat]:
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
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
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
        resultaat = {}
        with bulklading(cursor, bulk):
            for bestand in bestanden:
                voortgang(f"{bestand.naam}: schrijven")
                resultaat[bestand.naam] = schrijf(cursor, bestand, aantallen[bestand.naam])
            _schrijf_levensgebieden(cursor, bestanden)
            if FEITEN in bulk:
                voortgang("standen afleiden uit de feiten")
                _leid_standen_af(cursor)
            voortgang("indexen opbouwen")
        _koppel_huishoudens(cursor, bestanden)
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
            fouten.meld(len(bekend), f"{naam}.csv", 0, "", f"dit bestand kent de overdracht niet; verwacht {', '.join(namen)}")
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
        cursor.execute(f"ANALYZE {bestand.staging} ({bestand.sleutel[0]})")
    return bestanden, aantallen


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


def _schrijf_levensgebieden(cursor: Any, bestanden: list[Bestand]) -> None:
    """Makes the levensgebieden of the meldingen that were read equal to the file."""
    for bestand in bestanden:
        if bestand.naam == "meldingen":
            cursor.execute(
                f"""
                CREATE TEMP TABLE overdracht_levensgebieden ON COMMIT DROP AS
                SELECT DISTINCT m.id AS melding_id, l.id AS levensgebied_id
                FROM {bestand.staging} s
                JOIN meldingen_melding m ON m.ref = s.ref
                CROSS JOIN unnest(string_to_array(s.levensgebieden, ';')) AS deel
                JOIN (
                    SELECT id, code AS woord FROM households_levensgebied
                    UNION SELECT id, naam FROM households_levensgebied
                ) l ON l.woord = btrim(deel)
                """
            )
            cursor.execute(
                f"""
                DELETE FROM meldingen_melding_levensgebieden oud
                USING {bestand.staging} s, meldingen_melding m
                WHERE m.ref = s.ref AND oud.melding_id = m.id AND NOT EXISTS (
                    SELECT FROM overdracht_levensgebieden n
                    WHERE n.melding_id = oud.melding_id AND n.levensgebied_id = oud.levensgebied_id
                )
                """
            )
            cursor.execute(
                """
                INSERT INTO meldingen_melding_levensgebieden (melding_id, levensgebied_id)
                SELECT n.melding_id, n.levensgebied_id FROM overdracht_levensgebieden n
                WHERE NOT EXISTS (
                    SELECT FROM meldingen_melding_levensgebieden oud
                    WHERE oud.melding_id = n.melding_id AND oud.levensgebied_id = n.levensgebied_id
                )
                """
            )


def _leid_standen_af(cursor: Any) -> None:
    """Makes `Stand` and the statuses anew from all facts, as the triggers would have done row by row."""
    cursor.execute("ANALYZE meldingen_gebeurtenis")
    cursor.execute("TRUNCATE meldingen_stand")
    cursor.execute(
        """
        INSERT INTO meldingen_stand (
            melding_id, van, tot, ontvangen_op, team_id, categorie, kanaal, aanleiding,
            voorveld_op, gesprek_op, onderzoek_op, afgerond_op, akkoord_op,
            toegekend_op, niet_toegekend_op, ingetrokken_op, doorgezet_op
        ) SELECT * FROM standen_uit_feiten(NULL)
        """
    )
    cursor.execute("ANALYZE meldingen_stand, meldingen_melding")
    cursor.execute(
        "UPDATE meldingen_melding m SET status = v.volgens_feiten FROM meldingen_status_volgens_feiten v"
        " WHERE v.melding_id = m.id AND v.status <> v.volgens_feiten"
    )


def _koppel_huishoudens(cursor: Any, bestanden: list[Bestand]) -> None:
    """A melding that was read belongs to the household in which its person lived on the day it came in."""
    for bestand in bestanden:
        if bestand.naam == "meldingen":
            cursor.execute(
                f"""
                UPDATE meldingen_melding m SET huishouden_id = w.huishouden_id FROM (
                    SELECT DISTINCT ON (n.id) n.id, v.huishouden_id
                    FROM {bestand.staging} s
                    JOIN meldingen_melding n ON n.ref = s.ref AND n.huishouden_id IS NULL
                    JOIN meldingen_stand st ON st.melding_id = n.id AND st.tot IS NULL
                    JOIN households_verblijf v ON v.persoon_id = n.persoon_id AND v.vervallen_op IS NULL
                        AND v.vanaf <= st.ontvangen_op AND (v.tot IS NULL OR v.tot > st.ontvangen_op)
                    WHERE v.huishouden_id IS NOT NULL
                    ORDER BY n.id, v.vanaf DESC, v.id
                ) w WHERE w.id = m.id
                """
            )
