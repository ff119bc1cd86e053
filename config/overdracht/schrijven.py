"""Set-based writing: a new row is added, a known one with other content is corrected, the same is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.overdracht.bestanden import Bestand
from config.overdracht.controle import INGANG

REDEN = "gecorrigeerd in de overdracht"


@dataclass(frozen=True)
class Resultaat:
    """What writing one file did, in rows."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int


def schrijf(cursor: Any, bestand: Bestand, aantal: int) -> Resultaat:
    """Writes the temporary table of `bestand`, which holds `aantal` rows, all checked."""
    for opdracht in bestand.vooraf:
        cursor.execute(opdracht % {"s": bestand.staging})
    nieuw, gewijzigd = _versies(cursor, bestand, aantal) if bestand.versies else _bijwerken(cursor, bestand)
    return Resultaat(nieuw, gewijzigd, aantal - nieuw - gewijzigd)


def _als(inhoud: dict[str, str]) -> str:
    return ", ".join(f"{sql} AS {kolom}" for kolom, sql in inhoud.items())


def _lijst(voorvoegsel: str, kolommen: list[str]) -> str:
    return ", ".join(f"{voorvoegsel}{kolom}" for kolom in kolommen)


def _versies(cursor: Any, bestand: Bestand, aantal: int) -> tuple[int, int]:
    """Versioned rows: `overdracht_bekend` holds what to do with the rows whose ref is stored already."""
    doel = list(bestand.doel)
    inhoud = ", ".join(bestand.inhoud.values())
    cursor.execute("DROP TABLE IF EXISTS overdracht_bekend")
    cursor.execute(
        f"""
        CREATE TEMP TABLE overdracht_bekend ON COMMIT DROP AS
        SELECT s.regel, o.id, o.versie, s.vervallen_op,
               o.vervallen_op IS NULL AS van_kracht,
               ({_lijst("o.", doel)}) IS NOT DISTINCT FROM ({inhoud}) AS gelijk
        FROM {bestand.staging} s
        JOIN (SELECT DISTINCT ON (ref) * FROM {bestand.tabel} WHERE ref IS NOT NULL ORDER BY ref, versie DESC) o
            ON o.ref = s.ref
        {bestand.koppelingen}
        """
    )
    cursor.execute("ANALYZE overdracht_bekend")
    cursor.execute(
        f"""
        UPDATE {bestand.tabel} o
        SET vervallen_op = CASE WHEN b.gelijk THEN b.vervallen_op ELSE now() END, vervallen_reden = %s
        FROM overdracht_bekend b
        WHERE o.id = b.id AND b.van_kracht AND (NOT b.gelijk OR b.vervallen_op IS NOT NULL)
        """,
        [REDEN],
    )
    cursor.execute(
        "SELECT count(*), count(*) FILTER (WHERE NOT gelijk OR van_kracht AND vervallen_op IS NOT NULL)"
        " FROM overdracht_bekend"
    )
    bekend, gewijzigd = cursor.fetchone()
    cursor.execute(
        f"""
        INSERT INTO {bestand.tabel} (ref, versie, geregistreerd_op, vervallen_op, {", ".join(doel)})
        SELECT s.ref, coalesce(bekend.versie, 0) + 1,
               CASE WHEN bekend.id IS NOT NULL THEN now()
                    ELSE {INGANG} END,
               CASE WHEN bekend.id IS NULL THEN s.vervallen_op WHEN s.vervallen_op IS NOT NULL THEN now() END,
               {inhoud}
        FROM {bestand.staging} s {bestand.koppelingen}
        LEFT JOIN overdracht_bekend bekend ON bekend.regel = s.regel
        WHERE bekend.id IS NULL OR NOT bekend.gelijk
        """
    )
    return aantal - bekend, gewijzigd


def _bijwerken(cursor: Any, bestand: Bestand) -> tuple[int, int]:
    """Persons, meldingen and reference data: the stored row itself is updated where it differs."""
    doel = list(bestand.doel)
    bron = f"FROM {bestand.staging} s {bestand.koppelingen}"
    bekend = _als(bestand.inhoud)
    klok = (
        {"geregistreerd_op": INGANG}
        if any(kolom.naam == "geregistreerd_op" for kolom in bestand.kolommen)
        else {}
    )
    erbij = {**klok, **bestand.bij_nieuw}
    zelfde_rij = " AND ".join(
        f"o.{kolom} {'IS NOT DISTINCT FROM' if kolom in bestand.mag_leeg else '='} n.{kolom}"
        for kolom in bestand.doelsleutel
    )
    anders = [kolom for kolom in doel if kolom not in bestand.doelsleutel]
    cursor.execute(
        f"""
        UPDATE {bestand.tabel} o SET {", ".join(f"{kolom} = n.{kolom}" for kolom in anders)}
        FROM (SELECT {bekend} {bron}) n
        WHERE {zelfde_rij} AND ({_lijst("o.", anders)}) IS DISTINCT FROM ({_lijst("n.", anders)})
        """
    )
    gewijzigd = cursor.rowcount
    kolommen = [*doel, *erbij]
    cursor.execute(
        f"""
        INSERT INTO {bestand.tabel} ({", ".join(kolommen)}) SELECT {_lijst("n.", kolommen)}
        FROM (SELECT {_als(bestand.inhoud | erbij)} {bron} {bestand.koppelingen_nieuw}) n
        WHERE NOT EXISTS (SELECT FROM {bestand.tabel} o WHERE {zelfde_rij})
        """
    )
    return cursor.rowcount, gewijzigd
