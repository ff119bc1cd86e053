"""What hangs on a melding: its number, its Stand and status, its huishouden and its levensgebieden."""

from __future__ import annotations

from typing import Any

from config.overdracht.bestanden import HUISHOUDENS, MELDINGEN, NIEUWE_MELDINGEN, Bestand
from meldingen.models import Soort


def geef_nummers(cursor: Any, gelezen: Bestand | None) -> None:
    """Gives every melding of the file that is not stored yet the id under which facts can name it."""
    cursor.execute(f"CREATE TEMP TABLE {NIEUWE_MELDINGEN} (id bigint, ref text) ON COMMIT DROP")
    if gelezen:
        cursor.execute(
            f"""
            INSERT INTO {NIEUWE_MELDINGEN}
            SELECT nextval('meldingen_melding_id_seq'), s.ref FROM {gelezen.staging} s
            WHERE NOT EXISTS (SELECT FROM meldingen_melding m WHERE m.ref = s.ref)
            """
        )
    cursor.execute(f"ANALYZE {NIEUWE_MELDINGEN}")


def leid_standen_af(cursor: Any) -> None:
    """Makes `Stand` and the stored statuses anew from all facts, as the triggers would have done row by row."""
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
    cursor.execute(
        "UPDATE meldingen_melding m SET status = v.volgens_feiten FROM meldingen_status_volgens_feiten v"
        " WHERE v.melding_id = m.id AND v.status <> v.volgens_feiten"
    )


def zoek_huishoudens(cursor: Any, gelezen: Bestand) -> None:
    """A melding that was read belongs to the household in which its person lived on the day it came in.

    A stored one that has no household yet gets it here, a new one when it is written.
    """
    cursor.execute(
        f"""
        CREATE TEMP TABLE {HUISHOUDENS} ON COMMIT DROP AS
        SELECT DISTINCT ON (m.id) m.id AS melding_id, v.huishouden_id
        FROM {gelezen.staging} s
        JOIN {MELDINGEN} m ON m.ref = s.ref
        JOIN households_persoon p ON p.ref = s.persoon_ref
        JOIN meldingen_stand st ON st.melding_id = m.id AND st.tot IS NULL
        JOIN households_verblijf v ON v.persoon_id = p.id AND v.vervallen_op IS NULL
            AND v.vanaf <= st.ontvangen_op AND (v.tot IS NULL OR v.tot > st.ontvangen_op)
        WHERE v.huishouden_id IS NOT NULL
        ORDER BY m.id, v.vanaf DESC, v.ref COLLATE "C", v.id
        """
    )
    cursor.execute(
        f"""
        UPDATE meldingen_melding m SET huishouden_id = h.huishouden_id FROM {HUISHOUDENS} h
        WHERE h.melding_id = m.id AND m.huishouden_id IS NULL
        """
    )


def volg_teams(cursor: Any, gelezen: Bestand) -> None:
    """A stored melding that nobody was ever given is with the team that its `ontvangen` of this file names.

    `gelezen` is the file of facts, whose facts are written. A new melding has its team when it is written.
    """
    cursor.execute(
        f"""
        UPDATE meldingen_melding m SET team_id = st.team_id
        FROM meldingen_stand st
        WHERE m.ref IN (SELECT s.melding_ref FROM {gelezen.staging} s WHERE s.soort = %s)
            AND st.melding_id = m.id AND st.tot IS NULL AND m.team_id IS DISTINCT FROM st.team_id
            AND NOT EXISTS (SELECT FROM meldingen_toewijzing t WHERE t.melding_id = m.id)
        """,
        [Soort.ONTVANGEN.code],
    )


def schrijf_levensgebieden(cursor: Any, gelezen: Bestand) -> None:
    """Makes the levensgebieden of the meldingen that were read equal to the file."""
    cursor.execute(
        f"""
        CREATE TEMP TABLE overdracht_levensgebieden ON COMMIT DROP AS
        SELECT DISTINCT m.id AS melding_id, l.id AS levensgebied_id
        FROM {gelezen.staging} s
        JOIN meldingen_melding m ON m.ref = s.ref
        CROSS JOIN unnest(string_to_array(s.levensgebieden, ';')) AS deel
        JOIN (
            SELECT id, code AS woord FROM households_levensgebied
            UNION SELECT id, naam FROM households_levensgebied
        ) l ON l.woord = btrim(deel)
        WHERE s.levensgebieden IS NOT NULL
        """
    )
    cursor.execute(
        f"""
        DELETE FROM meldingen_melding_levensgebieden oud
        USING {gelezen.staging} s, meldingen_melding m
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
