"""Unchangeable facts, and the projection `Stand` that follows them in the same statement.

`STANDEN` is the only place that says how facts become periods of knowledge: `standen_uit_feiten(ids)` for these
meldingen, which the triggers and `manage.py herbouw_stand` use, and `standen_uit_alle_feiten()` for the import in bulk.
"""

from django.db import migrations

from teams.sql import bewaak_versies

MIJLPALEN = {
    2: "voorveld",
    3: "gesprek",
    4: "onderzoek",
    5: "afgerond",
    6: "akkoord",
    7: "toegekend",
    8: "niet_toegekend",
    9: "ingetrokken",
    10: "doorgezet",
}
DAGEN = [f"{mijlpaal}_op" for mijlpaal in MIJLPALEN.values()]
SINDS = [f"{mijlpaal}_sinds" for mijlpaal in MIJLPALEN.values()]
VAN_ONTVANGEN = ["ontvangen_op", "team_id", "categorie", "kanaal", "aanleiding"]
INHOUD = [*VAN_ONTVANGEN, *DAGEN, *SINDS]


def _lijst(sql: str, kolommen: list[str]) -> str:
    """The SQL for each of these columns, in the place of `{}`."""
    return ", ".join(sql.format(kolom) for kolom in kolommen)


def _per_mijlpaal(sql: str, kolommen: list[str]) -> str:
    """`sql` over the facts `f` of each milestone, as these columns."""
    return ", ".join(
        f"{sql} FILTER (WHERE f.soort = {soort}) AS {kolom}"
        for soort, kolom in zip(MIJLPALEN, kolommen, strict=True)
    )


TOESTAND = f"""
    min(f.datum) FILTER (WHERE f.soort = 1) AS ontvangen_op, {_lijst("min(f.{0}) AS {0}", VAN_ONTVANGEN[1:])},
    {_per_mijlpaal("min(f.datum)", DAGEN)}
"""
"""How a melding stands by the facts `f` of a group."""

STANDEN = f"""
RETURNS TABLE (
    melding_id bigint, van timestamptz, tot timestamptz, ontvangen_op date, team_id smallint,
    categorie smallint, kanaal smallint, aanleiding smallint, {_lijst("{} date", DAGEN)}, {_lijst("{} timestamptz", SINDS)}
) LANGUAGE sql STABLE AS $$
    WITH feit AS NOT MATERIALIZED (
        SELECT g.* FROM meldingen_gebeurtenis g WHERE {{welke}}
    ), opgeteld AS MATERIALIZED (
        -- began with ontvangen, and after that of each kind came one fact that never lapsed: one row
        SELECT f.melding_id, min(f.geregistreerd_op) AS van, {TOESTAND}, {_per_mijlpaal("min(f.geregistreerd_op)", SINDS)},
            min(f.geregistreerd_op) = min(f.geregistreerd_op) FILTER (WHERE f.soort = 1)
            AND sum(1 << f.soort) = bit_or(1 << f.soort) AND count(f.vervallen_op) = 0 AS alleen_erbij
        FROM feit f GROUP BY f.melding_id
    ), herzien AS MATERIALIZED (
        SELECT f.* FROM feit f
        WHERE f.melding_id IN (SELECT o.melding_id FROM opgeteld o WHERE o.alleen_erbij IS NOT TRUE)
    ), moment AS (
        SELECT DISTINCT f.melding_id, unnest(ARRAY[f.geregistreerd_op, f.vervallen_op]) AS van FROM herzien f
    ), toestand AS (
        -- the others are counted anew for every moment at which something changed
        SELECT m.melding_id, m.van, lead(m.van) OVER (PARTITION BY m.melding_id ORDER BY m.van) AS tot, {TOESTAND}
        FROM moment m LEFT JOIN herzien f ON f.melding_id = m.melding_id
            AND f.geregistreerd_op <= m.van AND (f.vervallen_op IS NULL OR f.vervallen_op > m.van)
        WHERE m.van IS NOT NULL
        GROUP BY m.melding_id, m.van
    ), vergeleken AS (
        -- a row begins where what was there is not there as it was
        SELECT t.*, ({_lijst("t.{}", [*VAN_ONTVANGEN, *DAGEN])}) IS DISTINCT FROM (
            {_lijst("lag(t.{}) OVER w", VAN_ONTVANGEN)}, {_lijst("coalesce(lag(t.{0}) OVER w, t.{0})", DAGEN)}
        ) AS begint
        FROM toestand t WINDOW w AS (PARTITION BY t.melding_id ORDER BY t.van)
    ), genummerd AS (
        SELECT v.*, count(*) FILTER (WHERE v.begint) OVER (PARTITION BY v.melding_id ORDER BY v.van) AS rij
        FROM vergeleken v
    )
    SELECT o.melding_id, o.van, NULL::timestamptz, {_lijst("o.{}", INHOUD)} FROM opgeteld o WHERE o.alleen_erbij
    UNION ALL
    SELECT g.melding_id, min(g.van), CASE WHEN count(g.tot) = count(*) THEN max(g.tot) END,
        {_lijst("min(g.{})", [*VAN_ONTVANGEN, *DAGEN])}, {_lijst("min(g.van) FILTER (WHERE g.{} IS NOT NULL)", DAGEN)}
    FROM genummerd g WHERE g.ontvangen_op IS NOT NULL
    GROUP BY g.melding_id, g.rij
$$;
"""

STANDEN_UIT_FEITEN = f"""
CREATE FUNCTION standen_uit_feiten(ids bigint[]) {STANDEN.format(welke="g.melding_id = ANY (ids)")}
CREATE FUNCTION standen_uit_alle_feiten() {STANDEN.format(welke="true")}
"""

STATUS_VOLGENS_FEITEN = """
CREATE VIEW meldingen_status_volgens_feiten AS
    SELECT m.id AS melding_id, m.status AS status, coalesce(
        s.status,
        CASE WHEN EXISTS (SELECT FROM meldingen_gebeurtenis g WHERE g.melding_id = m.id)
             THEN 'vervallen' ELSE 'nieuw' END
    ) AS volgens_feiten
    FROM meldingen_melding m
    LEFT JOIN meldingen_stand s ON s.melding_id = m.id AND s.tot IS NULL;
"""

WERK_STANDEN_BIJ = f"""
CREATE FUNCTION werk_standen_bij(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO meldingen_stand AS s (melding_id, van, tot, {", ".join(INHOUD)})
    SELECT * FROM standen_uit_feiten(ids) ORDER BY melding_id, van
    ON CONFLICT (melding_id, van) DO UPDATE SET
        (tot, {", ".join(INHOUD)}) = (excluded.tot, {_lijst("excluded.{}", INHOUD)})
    WHERE s IS DISTINCT FROM excluded;
    UPDATE meldingen_melding m SET status = v.volgens_feiten
    FROM unnest(ids) AS gevraagd (id)
    JOIN meldingen_status_volgens_feiten v ON v.melding_id = gevraagd.id
    WHERE m.id = gevraagd.id AND v.status <> v.volgens_feiten;
END $$;
"""

VOLG_FEITEN = """
CREATE FUNCTION volg_feiten() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ids bigint[] := ARRAY(SELECT DISTINCT melding_id FROM nieuw);
BEGIN
    -- planning takes ten times as long as doing it for one melding; a plan for a few is none for many
    IF cardinality(ids) > 20 THEN
        PERFORM set_config('plan_cache_mode', 'force_custom_plan', true);
    END IF;
    -- of two that write facts of one melding at once, the second counts what the first wrote
    PERFORM FROM meldingen_melding m WHERE m.id = ANY (ids) ORDER BY m.id FOR NO KEY UPDATE;
    -- where it comes or lapses before a row began, that row may begin no longer
    IF EXISTS (
        SELECT FROM nieuw JOIN meldingen_stand s ON s.melding_id = nieuw.melding_id AND s.van >= nieuw.geregistreerd_op
    ) THEN
        DELETE FROM meldingen_stand s WHERE s.melding_id = ANY (ids) AND NOT EXISTS (
            SELECT FROM standen_uit_feiten(ids) n WHERE n.melding_id = s.melding_id AND n.van = s.van
        );
    END IF;
    PERFORM werk_standen_bij(ids);
    RETURN NULL;
END $$;
CREATE TRIGGER volg_nieuwe_feiten AFTER INSERT ON meldingen_gebeurtenis
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION volg_feiten();
CREATE TRIGGER volg_vervallen_feiten AFTER UPDATE ON meldingen_gebeurtenis
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION volg_feiten();
"""

BEWAAK_STATUS = """
CREATE FUNCTION bewaak_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fout record;
BEGIN
    SELECT v.* INTO fout
    FROM nieuw JOIN meldingen_status_volgens_feiten v ON v.melding_id = nieuw.id
    WHERE v.status <> v.volgens_feiten LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Melding %: de status % past niet bij de feiten, die zeggen %.',
            fout.melding_id, fout.status, fout.volgens_feiten USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bewaak_nieuwe_status AFTER INSERT ON meldingen_melding
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bewaak_status();
CREATE TRIGGER bewaak_gewijzigde_status AFTER UPDATE ON meldingen_melding
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bewaak_status();
"""


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0001_begin"), ("teams", "0002_bewaking")]

    operations = [
        bewaak_versies("meldingen_gebeurtenis"),
        bewaak_versies("meldingen_klantcontact"),
        migrations.RunSQL(
            STANDEN_UIT_FEITEN,
            "DROP FUNCTION standen_uit_feiten(bigint[]); DROP FUNCTION standen_uit_alle_feiten()",
        ),
        migrations.RunSQL(STATUS_VOLGENS_FEITEN, "DROP VIEW meldingen_status_volgens_feiten"),
        migrations.RunSQL(WERK_STANDEN_BIJ, "DROP FUNCTION werk_standen_bij(bigint[])"),
        migrations.RunSQL(
            VOLG_FEITEN,
            "DROP TRIGGER volg_vervallen_feiten ON meldingen_gebeurtenis;"
            "DROP TRIGGER volg_nieuwe_feiten ON meldingen_gebeurtenis;"
            "DROP FUNCTION volg_feiten()",
        ),
        migrations.RunSQL(
            BEWAAK_STATUS,
            "DROP TRIGGER bewaak_gewijzigde_status ON meldingen_melding;"
            "DROP TRIGGER bewaak_nieuwe_status ON meldingen_melding; DROP FUNCTION bewaak_status()",
        ),
    ]
