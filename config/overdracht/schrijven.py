"""Set-based writing: a new row is added, a known one with other content is corrected, the same is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.overdracht.bestand import Bestand
from config.overdracht.controle import INGANG

REDEN = "gecorrigeerd in de overdracht"


@dataclass(frozen=True)
class Resultaat:
    """What writing one file did, in rows."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int


def schrijf(cursor: Any, bestand: Bestand, aantal: int, leeg: bool) -> Resultaat:
    """Writes the staging table of `bestand`, which holds `aantal` rows, all checked.

    `leeg` says that its table holds none.
    """
    for opdracht in bestand.vooraf:
        cursor.execute(opdracht % {"s": bestand.staging})
        if opdracht.startswith("DELETE"):
            aantal -= cursor.rowcount
    nieuw, gewijzigd = (
        _versies(cursor, bestand, aantal, leeg) if bestand.versies else _bijwerken(cursor, bestand, leeg)
    )
    return Resultaat(nieuw, gewijzigd, aantal - nieuw - gewijzigd)


def _als(inhoud: dict[str, str]) -> str:
    return ", ".join(f"{sql} AS {kolom}" for kolom, sql in inhoud.items())


def _lijst(voorvoegsel: str, kolommen: list[str]) -> str:
    return ", ".join(f"{voorvoegsel}{kolom}" for kolom in kolommen)


def _versies(cursor: Any, bestand: Bestand, aantal: int, leeg: bool) -> tuple[int, int]:
    """Versioned rows: what is known is looked up first, and corrected where it differs."""
    doel = list(bestand.doel)
    inhoud = ", ".join(bestand.inhoud.values())
    kop = f'INSERT INTO "{bestand.tabel}" (ref, versie, geregistreerd_op, vervallen_op, {", ".join(doel)}'
    bron = f"FROM {bestand.staging} s {bestand.koppelingen}"
    bekend, gewijzigd = (0, 0) if leeg else _zoek_bekend(cursor, bestand, doel, inhoud)
    if gewijzigd:
        cursor.execute(
            f"""
            UPDATE {bestand.tabel} o
            SET vervallen_op =
                    CASE WHEN bekend.gelijk THEN bekend.vervallen_op ELSE greatest(now(), o.geregistreerd_op) END,
                vervallen_reden = %s
            FROM overdracht_bekend bekend
            WHERE o.id = bekend.id AND bekend.van_kracht AND (NOT bekend.gelijk OR bekend.vervallen_op IS NOT NULL)
            """,
            [REDEN],
        )
        erbij = "".join(f", {kolom}" for kolom in bestand.blijft)
        cursor.execute(
            f"""
            {kop}{erbij}) SELECT s.ref, bekend.versie + 1, now(), CASE WHEN s.vervallen_op IS NOT NULL THEN now() END,
            {", ".join([inhoud, *bestand.blijft.values()])}
            {bron} JOIN overdracht_bekend bekend ON bekend.regel = s.regel
            JOIN {bestand.tabel} oud ON oud.id = bekend.id
            WHERE NOT bekend.gelijk
            """
        )
    if aantal > bekend:
        nieuw = (
            "WHERE NOT EXISTS (SELECT FROM overdracht_bekend oud WHERE oud.regel = s.regel)" if bekend else ""
        )
        cursor.execute(f"{kop}) SELECT s.ref, 1, {INGANG}, s.vervallen_op, {inhoud} {bron} {nieuw}")
    return aantal - bekend, gewijzigd


def _zoek_bekend(cursor: Any, bestand: Bestand, doel: list[str], inhoud: str) -> tuple[int, int]:
    """Makes `overdracht_bekend`: the rows whose ref is stored, and what they say; counts all and those that differ."""
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
        "SELECT count(*), count(*) FILTER (WHERE NOT gelijk OR van_kracht AND vervallen_op IS NOT NULL)"
        " FROM overdracht_bekend"
    )
    bekend, gewijzigd = cursor.fetchone()
    return bekend, gewijzigd


def _bijwerken(cursor: Any, bestand: Bestand, leeg: bool) -> tuple[int, int]:
    """Persons, meldingen and reference data: the stored row itself is updated where it differs.

    What the file has no column for was possibly filled in here, and stays.
    """
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
    wordt = {
        kolom: f"coalesce(n.{kolom}, o.{kolom})" if kolom in bestand.leeg_laat_staan else f"n.{kolom}"
        for kolom in doel
        if kolom not in bestand.doelsleutel and bestand.uit.get(kolom, kolom) not in bestand.weggelaten
    }
    gewijzigd = 0
    if wordt and not leeg:
        cursor.execute(
            f"""
            UPDATE {bestand.tabel} o SET {", ".join(f"{kolom} = {sql}" for kolom, sql in wordt.items())}
            FROM (SELECT {bekend} {bron}) n
            WHERE {zelfde_rij} AND ({_lijst("o.", list(wordt))}) IS DISTINCT FROM ({", ".join(wordt.values())})
            """
        )
        gewijzigd = cursor.rowcount
    kolommen = [*doel, *erbij]
    cursor.execute(
        f"""
        INSERT INTO {bestand.tabel} ({", ".join(kolommen)}) SELECT {_lijst("n.", kolommen)}
        FROM (SELECT {_als(bestand.inhoud | erbij)} {bron} {bestand.koppelingen_nieuw}) n
        {"" if leeg else f"WHERE NOT EXISTS (SELECT FROM {bestand.tabel} o WHERE {zelfde_rij})"}
        {"ORDER BY n.id" if "id" in erbij else ""}
        """
    )
    return cursor.rowcount, gewijzigd
