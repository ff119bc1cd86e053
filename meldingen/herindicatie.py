"""The way back: an indicatie that ends becomes a melding again, without anybody having to remember it.

An indicatie is a beschikking whatever its version; `Melding.herindicatie_van` names its first one, and is unique. So
there is one melding per indicatie, however often this runs, runs beside itself, or dies.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from meldingen.models import Aanleiding, Categorie, Kanaal, Soort, Status
from teams.models import Instelling, Medewerker
from voorzieningen.models import Leveringstatus, Wet

HERINDICATIE_WEKEN = "herindicatie_weken"
"""Instelling: so many weeks ahead an indicatie that ends becomes a melding."""
NACHTWERK = "nachtwerk"
"""The account in whose name they are registered."""

OM_BEURTEN = "SELECT pg_advisory_xact_lock(hashtextextended('meldingen.herindicatie', 0))"
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
AFLOPEND = """
WITH af AS MATERIALIZED (
    SELECT DISTINCT ON (indicatie) coalesce(eerste.id, b.id) AS indicatie, b.id AS beschikking, b.persoon_id,
           coalesce(p.zelfde_als_id, p.id) AS wie, b.melding_id, b.einddatum, g.code AS groep, g.wet,
           concat_ws(': ', nullif(g.naam, v.naam), v.naam) AS naam
    FROM voorzieningen_beschikking b
    JOIN voorzieningen_voorziening v ON v.id = b.voorziening_id
    JOIN voorzieningen_voorzieningengroep g ON g.id = v.groep_id
    JOIN households_persoon p ON p.id = b.persoon_id
    LEFT JOIN voorzieningen_beschikking eerste ON b.versie > 1 AND eerste.ref = b.ref AND eerste.versie = 1
    WHERE b.vervallen_op IS NULL AND b.einddatum BETWEEN %(op)s AND %(tot_en_met)s
        AND (%(ook_gemeld)s
            OR NOT EXISTS (SELECT FROM meldingen_melding m WHERE m.herindicatie_van_id = coalesce(eerste.id, b.id)))
    ORDER BY indicatie, b.versie DESC
), zelfde AS MATERIALIZED (
    -- everybody who ends something, under each number that they are registered by
    SELECT DISTINCT wie, wie AS persoon_id FROM af
    UNION ALL
    SELECT dubbel.zelfde_als_id, dubbel.id FROM households_persoon dubbel
    WHERE dubbel.zelfde_als_id IN (SELECT wie FROM af)
), voorbij AS (
    -- who died, by whichever number that is registered, and help that never began or stopped already
    SELECT af.indicatie FROM af
    JOIN zelfde ON zelfde.wie = af.wie
    JOIN households_persoon p ON p.id = zelfde.persoon_id AND p.overleden_op IS NOT NULL
    UNION ALL
    SELECT af.indicatie FROM af
    JOIN voorzieningen_besluit b ON b.beschikking_id = af.beschikking
    JOIN voorzieningen_levering l ON l.besluit_id = b.id AND l.status = ANY (%(geen_hulp)s)
), voortgezet AS (
    SELECT af.indicatie FROM af
    JOIN zelfde ON zelfde.wie = af.wie
    JOIN voorzieningen_beschikking ander ON ander.persoon_id = zelfde.persoon_id
    JOIN voorzieningen_voorziening v ON v.id = ander.voorziening_id
    JOIN voorzieningen_voorzieningengroep g ON g.id = v.groep_id AND g.wet = af.wet AND g.code = af.groep
    WHERE ander.vervallen_op IS NULL AND ander.id <> af.beschikking
        AND ander.ingangsdatum <= af.einddatum + 1
        AND (ander.einddatum IS NULL OR ander.einddatum > af.einddatum)
), woont AS (
    SELECT DISTINCT ON (zelfde.wie, af.persoon_id) af.persoon_id, w.huishouden_id, w.team_id
    FROM (SELECT DISTINCT wie, persoon_id FROM af) af
    JOIN zelfde ON zelfde.wie = af.wie
    JOIN households_verblijf w ON w.persoon_id = zelfde.persoon_id
    WHERE w.vervallen_op IS NULL AND w.vanaf <= %(op)s AND (w.tot IS NULL OR w.tot > %(op)s)
    ORDER BY zelfde.wie, af.persoon_id, w.huishouden_id IS NULL, w.persoon_id = af.persoon_id DESC,
        w.vanaf DESC, w.id DESC
)
"""
"""Which indicaties end, of whom, and who goes on with what; the statements below choose from these."""
NOG_NIET_VOORTGEZET = """
FROM af
LEFT JOIN woont ON woont.persoon_id = af.persoon_id
LEFT JOIN meldingen_melding vorige ON vorige.id = af.melding_id
WHERE af.indicatie NOT IN (SELECT indicatie FROM voortgezet UNION ALL SELECT indicatie FROM voorbij)
"""
PER_TEAM = f"""
{AFLOPEND}
SELECT coalesce(woont.team_id, vorige.team_id), count(*) {NOG_NIET_VOORTGEZET} GROUP BY 1
"""
TE_MELDEN = f"""
{AFLOPEND}
SELECT nextval(pg_get_serial_sequence('meldingen_melding', 'id')) AS melding, statement_timestamp() AS moment,
       af.indicatie, af.persoon_id, woont.huishouden_id, coalesce(woont.team_id, vorige.team_id) AS team_id,
       CASE WHEN af.wet = %(jeugdwet)s THEN %(jeugd)s ELSE %(volwassenen)s END::smallint AS categorie,
       format('De indicatie voor ‘%%s’ loopt af op %%s %%s %%s. Kijk samen met de inwoner wat daarna nodig is.',
              af.naam, extract(day FROM af.einddatum), (%(maanden)s::text[])[extract(month FROM af.einddatum)::int],
              extract(year FROM af.einddatum)) AS vraag
{NOG_NIET_VOORTGEZET}
"""
KIES = f"CREATE TEMP TABLE herindicatie ON COMMIT DROP AS {TE_MELDEN}"
# The fact comes first, so that its trigger has made the Stand when the status of the melding is checked against it.
FEITEN = """
INSERT INTO meldingen_gebeurtenis
    (melding_id, soort, datum, team_id, categorie, kanaal, aanleiding, door_id, geregistreerd_op)
SELECT melding, %(ontvangen)s, %(op)s, team_id, categorie, %(kanaal)s, %(aanleiding)s, %(door)s, moment
FROM herindicatie ORDER BY melding
"""
MELDINGEN = """
INSERT INTO meldingen_melding
    (id, persoon_id, huishouden_id, team_id, vraag, status, herindicatie_van_id, geregistreerd_op, aangenomen_door_id)
SELECT melding, persoon_id, huishouden_id, team_id, vraag, %(status)s, indicatie, moment, %(door)s
FROM herindicatie ORDER BY melding
"""
KOPPELINGEN = """
INSERT INTO meldingen_koppeling (melding_id, persoon_id, huishouden_id, door_id, vanaf)
SELECT melding, persoon_id, huishouden_id, %(door)s, moment FROM herindicatie ORDER BY melding
"""


def maak_herindicaties(op: date) -> int:
    """Register a herindicatie melding on the day `op` for every indicatie that is due then; returns how many.

    Due is an indicatie in force that ends from `op` until `herindicatie_weken` later, that no other voorziening of
    its group continues for that person, and that has no herindicatie melding yet, also not one by mistake. Beginning
    no later than the day after and running on is continuing. Not of who died, nor of help that never began or
    stopped. What is written is what `workflow.neem_aan` writes, in
    a fixed number of statements, all or nothing.
    """
    waarden = waarden_op(op)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OM_BEURTEN)
        cursor.execute(KIES, waarden)
        aantal: int = cursor.rowcount
        for opdracht in (FEITEN, MELDINGEN, KOPPELINGEN):
            cursor.execute(opdracht, waarden)
        cursor.execute("DROP TABLE herindicatie")
    return aantal


def af_te_lopen(op: date) -> dict[int | None, int]:
    """How many indicaties end from `op` until `herindicatie_weken` later and aren't continued, by the key of the team.

    Also those that have their herindicatie melding already: what a team can expect, or has just got.
    """
    with connection.cursor() as cursor:
        cursor.execute(PER_TEAM, _gevraagd(op) | {"ook_gemeld": True})
        return dict(cursor.fetchall())


def waarden_op(op: date) -> dict[str, Any]:
    """What the statements that write ask for on the day `op`."""
    return _gevraagd(op) | {"door": Medewerker.systeem(NACHTWERK).pk}


def _gevraagd(op: date) -> dict[str, Any]:
    weken = Instelling.objects.waarde_op(HERINDICATIE_WEKEN, op)
    return {
        "op": op,
        "ook_gemeld": False,
        "tot_en_met": op + timedelta(weeks=float(weken)),
        "geen_hulp": [Leveringstatus.VERVALLEN.value, Leveringstatus.GESTOPT.value],
        "jeugdwet": Wet.JEUGDWET,
        "jeugd": Categorie.JEUGD,
        "volwassenen": Categorie.VOLWASSENEN,
        "maanden": list(MAANDEN),
        "ontvangen": Soort.ONTVANGEN,
        "kanaal": Kanaal.AFLOOP_INDICATIE,
        "aanleiding": Aanleiding.HERINDICATIE,
        "status": Status.ONTVANGEN,
    }
