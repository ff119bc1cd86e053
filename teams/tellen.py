"""Counting attempts, exactly, however many come at once: one row per key in PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

TEL = """
INSERT INTO teams_teller AS t (sleutel, aantal, tot)
VALUES (%(sleutel)s, 1, statement_timestamp() + make_interval(secs => %(per)s))
ON CONFLICT (sleutel) DO UPDATE SET
    aantal = CASE WHEN t.tot > statement_timestamp() THEN t.aantal + 1 ELSE 1 END,
    tot = CASE WHEN t.tot > statement_timestamp() THEN t.tot ELSE excluded.tot END
RETURNING aantal
"""


def tel(sleutel: str, *, per: timedelta) -> int:
    """How often `sleutel` was counted within `per` since its first time, this one included.

    Inside a transaction the others wait for its end, and a rollback takes the count back.
    """
    with connection.cursor() as cursor:
        cursor.execute(TEL, {"sleutel": sleutel, "per": per.total_seconds()})
        rij = cursor.fetchone()
    assert rij is not None
    return int(rij[0])


def tel_terug(sleutel: str) -> None:
    """One that was counted does not count after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE teams_teller SET aantal = aantal - 1 WHERE sleutel = %s AND aantal > 0", [sleutel]
        )
