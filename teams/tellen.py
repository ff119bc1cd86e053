"""Counting attempts, exactly, however many come at once: one row per key in PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta

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


BINNEN = """
WITH kort AS (
    INSERT INTO teams_teller AS t (sleutel, aantal, tot) VALUES (%s, 1, %s)
    ON CONFLICT (sleutel) DO UPDATE SET
        aantal = CASE WHEN t.tot > statement_timestamp() THEN t.aantal + 1 ELSE 1 END,
        tot = CASE WHEN t.tot > statement_timestamp() THEN t.tot ELSE excluded.tot END
    RETURNING aantal, tot
), lang AS (
    INSERT INTO teams_teller AS t (sleutel, aantal, tot) SELECT %s, 1, %s FROM kort WHERE aantal <= %s
    ON CONFLICT (sleutel) DO UPDATE SET
        aantal = CASE WHEN t.tot > statement_timestamp() THEN t.aantal + 1 ELSE 1 END,
        tot = CASE WHEN t.tot > statement_timestamp() THEN t.tot ELSE excluded.tot END
    RETURNING aantal, tot
)
SELECT tot FROM kort WHERE aantal > %s UNION ALL SELECT tot FROM lang WHERE aantal > %s
"""

Grens = tuple[str, int, datetime]
"""What is counted, how many may be, and when counting begins anew if it begins now."""


def tel_binnen(kort: Grens, lang: Grens) -> datetime | None:
    """Count one for both limits in one statement; until when to wait where it is one too many, else None.

    What the short limit refuses isn't counted for the long one. As with `tel`, not inside a transaction.
    """
    (sleutel, hoogstens, tot), (sleutel_lang, hoogstens_lang, tot_lang) = kort, lang
    with connection.cursor() as cursor:
        cursor.execute(BINNEN, [sleutel, tot, sleutel_lang, tot_lang, hoogstens, hoogstens, hoogstens_lang])
        rij = cursor.fetchone()
    return rij[0] if rij else None


def tel_terug(sleutel: str) -> None:
    """One that was counted does not count after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE teams_teller SET aantal = aantal - 1 WHERE sleutel = %s AND aantal > 0", [sleutel]
        )
