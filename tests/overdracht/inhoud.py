"""What is in the database, and whether it agrees with itself; shares nothing with the product."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import connection

# References that the database itself does not guard.
LOSSE_VERWIJZINGEN = {
    ("meldingen_stand", "melding_id"): "meldingen_melding",
    ("meldingen_stand", "team_id"): "teams_team",
}
# Filled by an import, or by triggers that follow it; the order does not matter.
GEVULD = (
    "teams_team",
    "teams_postcodegebied",
    "teams_inwonertal",
    "teams_spreekuur",
    "teams_activiteit",
    "teams_consult",
    "households_persoon",
    "households_huishouden",
    "households_verblijf",
    "meldingen_melding",
    "meldingen_melding_levensgebieden",
    "meldingen_gebeurtenis",
    "meldingen_klantcontact",
    "meldingen_stand",
    "voorzieningen_aanbieder",
    "voorzieningen_beschikking",
    "voorzieningen_klacht",
    "reporting_externcijfer",
)
# An id is handed out, and what is encrypted differs each time; `bsn_index` says whether it is the same BSN.
NOOIT_HETZELFDE = ("id", "bsn_versleuteld")
# The strongest fact in force gives a melding its status.
STATUS = (
    ("toegekend", 7),
    ("niet_toegekend", 8),
    ("ingetrokken", 9),
    ("doorgezet", 10),
    ("plan_akkoord", 6),
    ("onderzoek_afgerond", 5),
    ("onderzoek", 4),
    ("voorveld", 2),
    ("gesprek", 3),
    ("ontvangen", 1),
)

Afdruk = dict[str, list[str]]


def vraag(opdracht: str, waarden: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return cursor.fetchall()


def tabellen() -> list[str]:
    """Every table of the database; the server's own and temporary ones left out, and the random marks of changes."""
    namen = vraag(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'reporting_wijziging' ORDER BY 1"
    )
    return [naam for (naam,) in namen]


def aantallen() -> dict[str, int]:
    """The number of rows of every table."""
    tellen = " UNION ALL ".join(f"SELECT '{tabel}', count(*) FROM {tabel}" for tabel in tabellen())
    return dict(vraag(tellen))


def afdruk() -> Afdruk:
    """Every row of every table, ids and all."""
    return {
        tabel: [rij for (rij,) in vraag(f"SELECT to_jsonb(t)::text FROM {tabel} t ORDER BY 1")]
        for tabel in tabellen()
    }


def afdruk_zonder_ids(*, zonder: tuple[str, ...] = ()) -> Afdruk:
    """Every row of every table with what it refers to in the place of ids, so that two databases compare.

    The columns `zonder` are left out everywhere.
    """
    verwijzingen: dict[str, dict[str, str]] = defaultdict(dict)
    for tabel, kolom, doel in vraag(
        "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'f' AND cardinality(c.conkey) = 1"
    ):
        verwijzingen[tabel][kolom] = doel
    for (tabel, kolom), doel in LOSSE_VERWIJZINGEN.items():
        verwijzingen[tabel][kolom] = doel
    rijen = {
        tabel: [json.loads(rij) for (rij,) in vraag(f"SELECT to_jsonb(t)::text FROM {tabel} t")]
        for tabel in tabellen()
    }
    op_id = {tabel: {rij["id"]: rij for rij in inhoud if "id" in rij} for tabel, inhoud in rijen.items()}
    bekend: dict[tuple[str, Any], Any] = {}

    def natuurlijk(tabel: str, rij: dict[str, Any]) -> dict[str, Any]:
        return {
            kolom: aangewezen(verwijzingen[tabel][kolom], waarde) if kolom in verwijzingen[tabel] else waarde
            for kolom, waarde in rij.items()
            if kolom not in NOOIT_HETZELFDE and kolom not in zonder
        }

    def aangewezen(doel: str, sleutel: Any) -> Any:
        if sleutel is not None and (doel, sleutel) not in bekend:
            bekend[doel, sleutel] = natuurlijk(doel, op_id[doel][sleutel])
        return None if sleutel is None else bekend[doel, sleutel]

    return {
        tabel: sorted(json.dumps(natuurlijk(tabel, rij), sort_keys=True) for rij in inhoud)
        for tabel, inhoud in rijen.items()
        if not tabel.startswith(("django_", "auth_"))
    }


def schema() -> dict[str, list[tuple[Any, ...]]]:
    """Indexes, constraints and triggers, each with its definition and whether it is on."""
    return {
        "indexen": vraag(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid, indisready,"
            " indisunique FROM pg_index JOIN pg_class c ON c.oid = indrelid"
            " WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1"
        ),
        "beperkingen": vraag(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred,"
            " convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        ),
        "triggers": vraag(
            "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1, 2"
        ),
        "bewaakte_verwijzingen": vraag(
            "SELECT tgrelid::regclass::text, tgfoid::regproc::text, tgenabled, count(*) FROM pg_trigger"
            " WHERE tgisinternal GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ),
    }


def controleer_standen() -> None:
    """`Stand` is what follows from all facts, and every status is what the facts in force imply."""
    kolommen = ", ".join(
        kolom
        for (kolom,) in vraag(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'meldingen_stand'::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''"
        )
    )
    opgeslagen = vraag(f"SELECT {kolommen} FROM meldingen_stand")
    afgeleid = vraag(f"SELECT {kolommen} FROM standen_uit_alle_feiten()")
    assert len(opgeslagen) == len(afgeleid)
    assert set(opgeslagen) == set(afgeleid)
    feiten: dict[int, set[int]] = defaultdict(set)
    met_feiten = set()
    for melding, soort, vervallen_op in vraag(
        "SELECT melding_id, soort, vervallen_op FROM meldingen_gebeurtenis"
    ):
        met_feiten.add(melding)
        if vervallen_op is None:
            feiten[melding].add(soort)
    for melding, status in vraag("SELECT id, status FROM meldingen_melding"):
        soorten = feiten[melding]
        if melding not in met_feiten:
            verwacht = "nieuw"
        elif 1 not in soorten:
            verwacht = "vervallen"
        else:
            verwacht = next(woord for woord, soort in STATUS if soort in soorten)
        assert status == verwacht


def maak_leeg() -> None:
    """Takes everything away that imports brought, so that one database serves many cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        bewaakt = [tabel for (tabel,) in cursor.fetchall()]
        for tabel in bewaakt:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(GEVULD)} RESTART IDENTITY CASCADE")
        for tabel in bewaakt:
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
