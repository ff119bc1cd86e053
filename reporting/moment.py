"""A moment of which everything is known: nobody can still register something that lies before it.

A registration bears the moment at which its statement began (of an import: its transaction), and is seen when that
was committed. Of "known up to now" a transaction that runs now could still change the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.db import connection

from teams.geweigerd import Geweigerd

WACHT = timedelta(seconds=10)
TUSSENPOOS = 0.05
"""Seconds between two looks; also how long a statement may take from its begin until others see that it runs."""

LOPEND = """
SELECT min(s.xact_start) FROM pg_stat_activity s
WHERE s.datname = current_database() AND s.pid <> pg_backend_pid() AND s.backend_type = 'client backend'
    AND s.xact_start <= %s
    AND (
        s.backend_xid IS NOT NULL
        OR s.state = 'active' AND s.query_start <= %s
        OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = s.pid AND l.locktype = 'advisory')
    )
"""
"""The begin of the oldest transaction of others that may have registered something up to a moment, or still will: it
wrote, its statement runs, or it holds the lock with which an import begins."""


def veilig_moment(wacht: timedelta = WACHT, *, slaap: Callable[[float], None] = sleep) -> datetime:
    """The present moment, as soon as everything that was being registered at it is known; at most after `wacht`.

    Geweigerd when somebody is still registering then, with since when. Asks for a transaction in which later
    statements see what was committed meanwhile (read committed).
    """
    uiterlijk = monotonic() + wacht.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (moment,) = cursor.fetchone()
        while True:
            slaap(TUSSENPOOS)
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(LOPEND, [moment, moment])
            (sinds,) = cursor.fetchone()
            if sinds is None:
                bekend: datetime = moment
                return bekend
            if monotonic() > uiterlijk:
                raise Geweigerd(
                    f"Er wordt nog iets geregistreerd, al sinds {sinds.astimezone():%H:%M:%S} uur; misschien een"
                    " overdracht. Wat dan bekend is, staat pas vast als dat klaar is. Probeer het daarna opnieuw."
                )
