"""The file of meldingen, and what hangs on a melding: its number, Stand and status, huishouden and levensgebieden."""

from __future__ import annotations

from typing import Any

from config.overdracht import kolommen as k
from config.overdracht.bestand import HUISHOUDENS, KLOKKEN, MET_PERSOON, NAAR_PERSOON, Bestand, zelfde
from households.models import Levensgebied
from meldingen.models import Soort, Stand, Status


def meldingen() -> Bestand:
    """The file of meldingen; its levensgebieden are those that the database knows now."""
    bekend = list(
        dict.fromkeys(woord for paar in Levensgebied.objects.values_list("code", "naam") for woord in paar)
    )
    return Bestand(
        "meldingen",
        "meldingen_melding",
        (
            k.ref("ref", verplicht=True),
            k.ref("persoon_ref"),
            k.ja_nee("spoed"),
            k.tekst("vraag", gevoelig=True),
            k.namen("levensgebieden", bekend),
            *KLOKKEN,
        ),
        ("ref",),
        {
            **zelfde("ref", "vervallen_op", "vraag"),
            "persoon_id": "p.id",
            "spoed": "",
        },
        koppelingen=MET_PERSOON,
        bij_nieuw={
            "id": "s.id",
            "huishouden_id": "h.huishouden_id",
            "team_id": "st.team_id",
            "status": (
                "coalesce(st.status, CASE WHEN EXISTS (SELECT FROM meldingen_gebeurtenis g WHERE g.melding_id = s.id)"
                f" THEN '{Status.VERVALLEN}' ELSE '{Status.NIEUW}' END)"
            ),
        },
        koppelingen_nieuw=(
            f" LEFT JOIN {HUISHOUDENS} h ON h.melding_id = s.id"
            " LEFT JOIN meldingen_stand st ON st.melding_id = s.id AND st.tot IS NULL"
        ),
        verwijzingen=(NAAR_PERSOON,),
        teller="meldingen_melding_id_seq",
        uit={"persoon_id": "persoon_ref"},
    )


NIET_GELEZEN = "NOT EXISTS (SELECT FROM overdracht_meldingen komt WHERE komt.id = m.id)"


def geef_nummers(cursor: Any, gelezen: Bestand) -> None:
    """Gives every melding of the file the id under which others can name it: a stored one has its own."""
    cursor.execute(f"UPDATE {gelezen.staging} s SET id = m.id FROM meldingen_melding m WHERE m.ref = s.ref")


def leid_standen_af(cursor: Any) -> None:
    """Makes `Stand` and the stored statuses anew from all facts, as the triggers would have done row by row.

    In the order of the meldingen: a report reads those of a period, which then lie side by side.
    """
    cursor.execute("TRUNCATE meldingen_stand")
    cursor.execute(
        f"INSERT INTO meldingen_stand ({Stand.kolommen()})"
        " SELECT * FROM standen_uit_alle_feiten() ORDER BY melding_id, van"
    )
    cursor.execute("ANALYZE meldingen_stand")
    cursor.execute(
        "UPDATE meldingen_melding m SET status = v.volgens_feiten FROM meldingen_status_volgens_feiten v"
        " WHERE v.melding_id = m.id AND v.status <> v.volgens_feiten"
    )


def zoek_huishoudens(cursor: Any) -> None:
    """A melding belongs to the household in which its person lived on the day it came in.

    That is looked up for what was read, and for stored meldingen without household of which facts were read, or
    verblijven of their person. A stored one gets its household here, a new one when it is written.
    """
    cursor.execute(
        f"""
        CREATE TEMP TABLE {HUISHOUDENS} ON COMMIT DROP AS
        SELECT DISTINCT ON (s.id) s.id AS melding_id, v.huishouden_id
        FROM (
            SELECT komt.id, p.id AS persoon_id FROM overdracht_meldingen komt
            JOIN households_persoon p ON p.ref = komt.persoon_ref
            UNION ALL
            SELECT m.id, m.persoon_id FROM meldingen_melding m
            WHERE m.huishouden_id IS NULL AND {NIET_GELEZEN} AND EXISTS (
                SELECT FROM overdracht_gebeurtenissen g WHERE g.melding_ref = m.ref
            )
            UNION ALL
            SELECT m.id, m.persoon_id FROM meldingen_melding m JOIN households_persoon p ON p.id = m.persoon_id
            WHERE m.huishouden_id IS NULL AND {NIET_GELEZEN} AND EXISTS (
                SELECT FROM overdracht_verblijven w WHERE w.persoon_ref = p.ref
            )
        ) s
        JOIN meldingen_stand st ON st.melding_id = s.id AND st.tot IS NULL
        JOIN households_verblijf v ON v.persoon_id = s.persoon_id AND v.vervallen_op IS NULL
            AND v.vanaf <= st.ontvangen_op AND (v.tot IS NULL OR v.tot > st.ontvangen_op)
        WHERE v.huishouden_id IS NOT NULL
        ORDER BY s.id, v.vanaf DESC, v.ref COLLATE "C", v.id
        """
    )
    cursor.execute(f"ANALYZE {HUISHOUDENS}")
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
    """Makes the levensgebieden of the meldingen that were read equal to the file, where it has that column."""
    if "levensgebieden" in gelezen.weggelaten:
        return
    cursor.execute(
        f"""
        CREATE TEMP TABLE overdracht_levensgebieden ON COMMIT DROP AS
        SELECT DISTINCT s.id AS melding_id, l.id AS levensgebied_id
        FROM {gelezen.staging} s
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
        USING {gelezen.staging} s
        WHERE oud.melding_id = s.id AND NOT EXISTS (
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
