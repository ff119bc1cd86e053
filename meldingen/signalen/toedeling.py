"""Whose a signal is, in one statement for all kinds: the menu, the page and the mail ask the same.

What names somebody is theirs first, as far as they may read it; then also of who else it names, and of who divides the
work of the teams it names. Else it is the behandelaar's, else of who handles a melding of the household, else the vaste
contactpersoon's, else of who divides the work of the team. Who doesn't work in a team (any more) is passed over. Where
a team has nobody who divides, it is everybody's in it; a melding without a team is of all who divide. What is
afgeschermd goes to somebody who works with that household and to no team, so that whoever gets a signal may see what
it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Model

from households.models import Betrokkenheidsoort, Huishouden, Persoon
from meldingen.models import KLAAR, Melding, Opschaling
from meldingen.signalen.peiling import Besluitdagen, Geldend, Peiling
from meldingen.signalen.soorten import SOORTEN
from teams.models import IN_TEAM, Rol
from teams.perioden import begin_van

KOLOMMEN = ("pk", "sinds", "uiterlijk", "aan", "verdelers")
PLAATS = re.compile("(?<!%)%s")
MODELLEN: Mapping[type[Model], str] = {
    Melding: "melding",
    Persoon: "persoon",
    Huishouden: "huishouden",
    Opschaling: "opschaling",
}

WOONT = "w.vervallen_op IS NULL AND w.vanaf <= %(dag)s AND (w.tot IS NULL OR w.tot > %(dag)s)"
VERBORGEN = """
    EXISTS (SELECT FROM households_verblijf w JOIN households_huishouden h ON h.id = w.huishouden_id
            WHERE w.persoon_id = {persoon} AND h.afgeschermd AND w.vervallen_op IS NULL
            AND (w.tot IS NULL OR w.tot > %(dag)s))
"""
GELDT = "b.vanaf <= %(moment)s AND (b.tot IS NULL OR b.tot > %(moment)s)"
MAG_LEZEN = f"""
    (EXISTS (SELECT FROM households_betrokkenheid b JOIN werkt e ON e.medewerker_id = b.medewerker_id
             WHERE b.huishouden_id = {{huishouden}} AND b.medewerker_id = lezer.medewerker_id AND {GELDT})
     OR EXISTS (SELECT FROM werkt e JOIN households_huishouden eh ON eh.id = {{huishouden}} AND NOT eh.afgeschermd
                WHERE e.medewerker_id = lezer.medewerker_id AND (
                    (e.rol <> %(expert)s AND EXISTS (SELECT FROM households_verblijf w
                        WHERE w.huishouden_id = eh.id AND w.team_id = e.team_id AND {WOONT}))
                    OR (e.rol = %(expert)s AND EXISTS (SELECT FROM households_betrokkenheid b
                        WHERE b.huishouden_id = eh.id AND b.team_id = e.team_id AND {GELDT})))))
"""
"""Whether `lezer.medewerker_id` may read the dossier of a household, as `teams.access` has it."""
TOEGEDEELD = f"""
WITH bron (soort, model, pk, sinds, uiterlijk, aan, verdelers) AS MATERIALIZED ({{bronnen}}),
werkt AS MATERIALIZED (
    SELECT a.medewerker_id, a.rol, a.team_id
    FROM teams_aanstelling a JOIN teams_medewerker m ON m.id = a.medewerker_id AND m.is_active
    WHERE a.rol = ANY (%(in_team)s) AND a.vanaf <= %(dag)s AND (a.tot IS NULL OR a.tot > %(dag)s)
), waar AS (
    SELECT bron.*, m.behandelaar_id, ARRAY[m.huishouden_id] AS huishoudens, m.team_id AS bij_team,
           m.team_id IS NULL
               AND (coalesce(h.afgeschermd, false) OR {VERBORGEN.format(persoon="m.persoon_id")}) AS besloten
    FROM bron JOIN meldingen_melding m ON m.id = bron.pk
    LEFT JOIN households_huishouden h ON h.id = m.huishouden_id
    WHERE bron.model = 'melding'
    UNION ALL
    SELECT bron.*, NULL, thuis.huishoudens, thuis.team, thuis.team IS NULL OR {VERBORGEN.format(persoon="bron.pk")}
    FROM bron CROSS JOIN LATERAL (
        SELECT array_agg(w.huishouden_id) AS huishoudens,
               (array_agg(w.team_id ORDER BY w.vanaf DESC, w.id DESC))[1] AS team
        FROM households_verblijf w WHERE w.persoon_id = bron.pk AND {WOONT}
    ) thuis
    WHERE bron.model = 'persoon'
    UNION ALL
    SELECT bron.*, NULL, ARRAY[h.id], thuis.team, thuis.team IS NULL OR h.afgeschermd
    FROM bron JOIN households_huishouden h ON h.id = bron.pk CROSS JOIN LATERAL (
        SELECT (array_agg(w.team_id ORDER BY w.vanaf DESC, w.id DESC))[1] AS team
        FROM households_verblijf w WHERE w.huishouden_id = h.id AND {WOONT}
    ) thuis
    WHERE bron.model = 'huishouden'
    UNION ALL
    SELECT bron.*, eerste.medewerker_id, ARRAY[h.id], thuis.team, thuis.team IS NULL OR h.afgeschermd
    FROM bron JOIN meldingen_opschaling o ON o.id = bron.pk JOIN households_huishouden h ON h.id = o.huishouden_id
    CROSS JOIN LATERAL (
        SELECT (array_agg(w.team_id ORDER BY w.vanaf DESC, w.id DESC))[1] AS team
        FROM households_verblijf w WHERE w.huishouden_id = h.id AND {WOONT}
    ) thuis
    LEFT JOIN LATERAL (
        SELECT lezer.medewerker_id FROM unnest(bron.aan) WITH ORDINALITY AS lezer (medewerker_id, plaats)
        WHERE {MAG_LEZEN.format(huishouden="h.id")} ORDER BY lezer.plaats LIMIT 1
    ) eerste ON true
    WHERE bron.model = 'opschaling'
), toegedeeld AS (
    SELECT waar.*, coalesce(
        (SELECT werkt.medewerker_id FROM werkt WHERE werkt.medewerker_id = waar.behandelaar_id LIMIT 1),
        (SELECT b.medewerker_id
         FROM households_betrokkenheid b JOIN households_huishouden h ON h.id = b.huishouden_id
         CROSS JOIN LATERAL (SELECT EXISTS (
             SELECT FROM meldingen_melding m WHERE m.huishouden_id = b.huishouden_id
             AND m.behandelaar_id = b.medewerker_id AND m.status <> ALL (%(klaar)s)
         ) AS hier) behandelt
         WHERE b.huishouden_id = ANY (waar.huishoudens) AND {GELDT}
             AND b.medewerker_id IN (SELECT werkt.medewerker_id FROM werkt)
             AND (behandelt.hier OR b.soort = %(contactpersoon)s OR h.afgeschermd)
         ORDER BY behandelt.hier DESC, b.soort, b.vanaf DESC, b.id DESC LIMIT 1)
    ) AS van
    FROM waar
    -- of one reader no more than what can be theirs
    WHERE %(wie)s::bigint IS NULL OR waar.behandelaar_id = %(wie)s OR waar.bij_team = ANY (%(teams)s)
        OR waar.bij_team IS NULL OR %(wie)s = ANY (waar.aan) OR waar.verdelers && %(teams)s::bigint[]
        OR EXISTS (SELECT FROM households_betrokkenheid b
                   WHERE b.huishouden_id = ANY (waar.huishoudens) AND b.medewerker_id = %(wie)s AND {GELDT})
), ontvangen AS (
    SELECT t.*, t.van AS ontvanger FROM toegedeeld t WHERE t.van IS NOT NULL
    UNION ALL
    SELECT t.*, ontvanger.medewerker_id FROM toegedeeld t CROSS JOIN LATERAL (
        SELECT DISTINCT w.medewerker_id FROM werkt w
        WHERE (w.rol = %(coordinator)s AND (w.team_id = t.bij_team OR t.bij_team IS NULL))
            -- who lives in an area is no business of an expertteam until it is asked along
            OR (w.team_id = t.bij_team AND (t.model = 'melding' OR w.rol <> %(expert)s) AND NOT EXISTS (
                SELECT FROM werkt c WHERE c.rol = %(coordinator)s AND c.team_id = t.bij_team
            ))
    ) ontvanger
    WHERE t.van IS NULL AND NOT t.besloten
    UNION ALL
    SELECT t.*, lezer.medewerker_id FROM toegedeeld t CROSS JOIN LATERAL (
        SELECT DISTINCT w.medewerker_id FROM werkt w
        WHERE w.medewerker_id = ANY (t.aan) OR (w.rol = %(coordinator)s AND w.team_id = ANY (t.verdelers))
    ) lezer
    WHERE t.van IS NOT NULL AND lezer.medewerker_id <> t.van AND {MAG_LEZEN.format(huishouden="t.huishoudens[1]")}
)
"""


def vraag(
    slot: str,
    peiling: Peiling,
    *,
    wie: int | None = None,
    teams: frozenset[int] = frozenset(),
    **waarden: Any,
) -> tuple[str, dict[str, Any]]:
    """The statement that ends in `slot`, which selects from `toegedeeld` or `ontvangen`, and its parameters.

    `toegedeeld` has per signal `soort`, `model`, `pk`, `sinds`, `uiterlijk`, `bij_team`, `besloten` (not for a
    team), and `van` (whose it is, if somebody's); `ontvangen` has it once per `ontvanger`. With `wie`, who is in
    `teams`, the first holds no more than concerns that reader, and the second only is whole for them.
    """
    bronnen, parameters = _bronnen(peiling.dag, peiling.instellingen, peiling.besluiten)
    begin = begin_van(peiling.dag)
    echt = {naam: peiling.moment if waarde == begin else waarde for naam, waarde in parameters.items()}
    return TOEGEDEELD.format(bronnen=bronnen) + slot, {
        **echt,
        "dag": peiling.dag,
        "moment": peiling.moment,
        "wie": wie,
        "teams": sorted(teams),
        "in_team": [rol.value for rol in IN_TEAM],
        "expert": Rol.EXPERT.value,
        "coordinator": Rol.COORDINATOR.value,
        "contactpersoon": Betrokkenheidsoort.CONTACTPERSOON.value,
        "klaar": [status.value for status in KLAAR],
        **waarden,
    }


@lru_cache(maxsize=8)
def _bronnen(dag: date, instellingen: Geldend, besluiten: Besluitdagen) -> tuple[str, dict[str, Any]]:
    """The questions of all kinds as one, with named parameters; the begin of the day stands for the moment.

    The ORM takes longer to write them than PostgreSQL to answer, and they differ from one day to the next alone, or
    when what is set or put off changes: what is asked of the database to write them is part of the key.
    """
    peiling = Peiling(begin_van(dag), instellingen, besluiten)
    delen: list[str] = []
    parameters: dict[str, Any] = {}
    for soort in SOORTEN:
        rijen = soort.rijen(peiling)
        sql, waarden = (
            rijen.order_by()
            .values_list("pk", "sinds", "uiterlijk", "aan", "verdelers")
            .query.sql_with_params()
        )
        namen = [f"{soort.code}_{plaats}" for plaats in range(len(waarden))]
        parameters |= dict(zip(namen, waarden, strict=True))
        sql = PLAATS.sub("{}", sql.replace("{", "{{").replace("}", "}}")).format(
            *(f"%({naam})s" for naam in namen)
        )
        delen.append(
            f"SELECT '{soort.code}', '{MODELLEN[rijen.model]}', pk, sinds::date, uiterlijk::date,"
            f" aan::bigint[], verdelers::bigint[] FROM ({sql}) AS deze ({', '.join(KOLOMMEN)})"
        )
    return " UNION ALL ".join(delen), parameters
