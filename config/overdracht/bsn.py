"""The BSNs of an overdracht: encrypted after they were checked, before anything is written that stays."""

from __future__ import annotations

from typing import Any

from config.overdracht.bestand import Bestand
from households.models import BSN
from households.sleutels import eis_zoeksleutels
from teams.kluis import kluis

BSNS = "overdracht_bsns"
"""The table of what is stored for the BSN of a row."""
PER_KEER = 5_000


def versleutel_bsns(cursor: Any, personen: Bestand) -> None:
    """Makes `BSNS`: per row of `personen` with a BSN the key of its person and the two columns that are stored.

    A BSN is bound to the key of its person, so a new person gets one here. What is stored and the same stays as it is;
    those rows are locked, so that a rotation of keys waits. KluisFout when there are no keys, or others than
    those under which BSNs are stored.
    """
    eis_zoeksleutels()
    cursor.execute(
        f"CREATE TEMP TABLE {BSNS} (regel integer, id bigint, bsn_versleuteld bytea, bsn_index bytea) ON COMMIT DROP"
    )
    # Whoever renews keys waits for the end of this, also where the persons are new.
    cursor.execute("LOCK TABLE households_persoon IN ROW EXCLUSIVE MODE")
    cursor.execute(
        f"""
        DECLARE bsns NO SCROLL CURSOR FOR
        SELECT s.regel, s.bsn, coalesce(p.id, nextval('households_persoon_id_seq')), p.bsn_versleuteld, p.bsn_index
        FROM {personen.staging} s LEFT JOIN LATERAL (
            SELECT o.id, o.bsn_versleuteld, o.bsn_index FROM households_persoon o WHERE o.ref = s.ref FOR NO KEY UPDATE
        ) p ON true
        WHERE s.bsn IS NOT NULL
        """
    )
    while True:
        cursor.execute(f"FETCH {PER_KEER} FROM bsns")
        if not (rijen := cursor.fetchall()):
            break
        sleutels = kluis()
        with cursor.copy(f"COPY {BSNS} FROM STDIN (FORMAT binary)") as kopie:
            kopie.set_types(["int4", "int8", "bytea", "bytea"])
            for regel, bsn, persoon, oud, index in rijen:
                if index is None or bytes(index) not in sleutels.zoekwaarden(bsn, BSN):
                    oud, index = sleutels.versleutel(bsn, BSN, persoon), sleutels.zoekwaarde(bsn, BSN)
                kopie.write_row((regel, persoon, oud, index))
    cursor.execute("CLOSE bsns")
    cursor.execute(f"ANALYZE {BSNS}")
