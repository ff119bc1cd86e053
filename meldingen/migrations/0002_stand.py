"""Unchangeable facts, and the projection `Stand` that follows them in the same statement.

`standen_uit_feiten(ids)` is the only place that says how facts become periods of knowledge, for these meldingen
or, without ids, for all; the triggers, the import in bulk and `manage.py herbouw_stand` use it.
"""

from django.db import migrations

from teams.sql import bewaak_versies

STANDEN_UIT_FEITEN = """
CREATE FUNCTION standen_uit_feiten(ids bigint[]) RETURNS TABLE (
    melding_id bigint, van timestamptz, tot timestamptz, ontvangen_op date, team_id smallint,
    categorie smallint, kanaal smallint, aanleiding smallint,
    voorveld_op date, gesprek_op date, onderzoek_op date, afgerond_op date, akkoord_op date,
    toegekend_op date, niet_toegekend_op date, ingetrokken_op date, doorgezet_op date
) LANGUAGE sql STABLE AS $$
    WITH feit AS NOT MATERIALIZED (
        SELECT g.* FROM meldingen_gebeurtenis g WHERE ids IS NULL OR g.melding_id = ANY (ids)
    ), gebeuren AS (
        -- what is in force still counts from its registration on ...
        SELECT feit.melding_id, feit.geregistreerd_op AS moment, feit.soort, feit.datum,
               feit.team_id, feit.categorie, feit.kanaal, feit.aanleiding
        FROM feit WHERE feit.vervallen_op IS NULL
        UNION ALL
        -- ... and what has lapsed marks two moments, and counts between them
        SELECT feit.melding_id, unnest(ARRAY[feit.geregistreerd_op, feit.vervallen_op]), 0::smallint, NULL,
               NULL, NULL, NULL, NULL
        FROM feit WHERE feit.vervallen_op IS NOT NULL
    ), tijdvak AS (
        SELECT g.melding_id, g.moment, lead(g.moment) OVER w AS tot,
               min(g.datum) FILTER (WHERE g.soort = 1) OVER w AS ontvangen_op,
               min(g.team_id) OVER w AS team_id, min(g.categorie) OVER w AS categorie,
               min(g.kanaal) OVER w AS kanaal, min(g.aanleiding) OVER w AS aanleiding,
               min(g.datum) FILTER (WHERE g.soort = 2) OVER w AS voorveld_op,
               min(g.datum) FILTER (WHERE g.soort = 3) OVER w AS gesprek_op,
               min(g.datum) FILTER (WHERE g.soort = 4) OVER w AS onderzoek_op,
               min(g.datum) FILTER (WHERE g.soort = 5) OVER w AS afgerond_op,
               min(g.datum) FILTER (WHERE g.soort = 6) OVER w AS akkoord_op,
               min(g.datum) FILTER (WHERE g.soort = 7) OVER w AS toegekend_op,
               min(g.datum) FILTER (WHERE g.soort = 8) OVER w AS niet_toegekend_op,
               min(g.datum) FILTER (WHERE g.soort = 9) OVER w AS ingetrokken_op,
               min(g.datum) FILTER (WHERE g.soort = 10) OVER w AS doorgezet_op
        FROM gebeuren g WINDOW w AS (PARTITION BY g.melding_id ORDER BY g.moment ROWS UNBOUNDED PRECEDING)
    ), vervallen AS (
        SELECT f.melding_id, f.moment,
               min(f.datum) FILTER (WHERE f.soort = 1) AS ontvangen_op,
               min(f.team_id) AS team_id, min(f.categorie) AS categorie,
               min(f.kanaal) AS kanaal, min(f.aanleiding) AS aanleiding,
               min(f.datum) FILTER (WHERE f.soort = 2) AS voorveld_op,
               min(f.datum) FILTER (WHERE f.soort = 3) AS gesprek_op,
               min(f.datum) FILTER (WHERE f.soort = 4) AS onderzoek_op,
               min(f.datum) FILTER (WHERE f.soort = 5) AS afgerond_op,
               min(f.datum) FILTER (WHERE f.soort = 6) AS akkoord_op,
               min(f.datum) FILTER (WHERE f.soort = 7) AS toegekend_op,
               min(f.datum) FILTER (WHERE f.soort = 8) AS niet_toegekend_op,
               min(f.datum) FILTER (WHERE f.soort = 9) AS ingetrokken_op,
               min(f.datum) FILTER (WHERE f.soort = 10) AS doorgezet_op
        FROM (
            SELECT f.*, unnest(ARRAY[g.geregistreerd_op, g.vervallen_op]) AS moment
            FROM feit f JOIN feit g ON g.melding_id = f.melding_id WHERE f.vervallen_op IS NOT NULL
        ) f
        WHERE f.moment >= f.geregistreerd_op AND f.moment < f.vervallen_op
        GROUP BY f.melding_id, f.moment
    )
    SELECT t.melding_id, t.moment, t.tot, least(t.ontvangen_op, v.ontvangen_op),
           least(t.team_id, v.team_id), least(t.categorie, v.categorie),
           least(t.kanaal, v.kanaal), least(t.aanleiding, v.aanleiding),
           least(t.voorveld_op, v.voorveld_op), least(t.gesprek_op, v.gesprek_op),
           least(t.onderzoek_op, v.onderzoek_op), least(t.afgerond_op, v.afgerond_op),
           least(t.akkoord_op, v.akkoord_op), least(t.toegekend_op, v.toegekend_op),
           least(t.niet_toegekend_op, v.niet_toegekend_op), least(t.ingetrokken_op, v.ingetrokken_op),
           least(t.doorgezet_op, v.doorgezet_op)
    FROM tijdvak t LEFT JOIN vervallen v ON v.melding_id = t.melding_id AND v.moment = t.moment
    -- of the facts of one moment the last row has all
    WHERE (t.tot IS NULL OR t.tot > t.moment) AND (t.ontvangen_op IS NOT NULL OR v.ontvangen_op IS NOT NULL)
$$;
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

WERK_STANDEN_BIJ = """
CREATE FUNCTION werk_standen_bij(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO meldingen_stand AS s (
        melding_id, van, tot, ontvangen_op, team_id, categorie, kanaal, aanleiding,
        voorveld_op, gesprek_op, onderzoek_op, afgerond_op, akkoord_op,
        toegekend_op, niet_toegekend_op, ingetrokken_op, doorgezet_op
    )
    SELECT * FROM standen_uit_feiten(ids) ORDER BY melding_id, van
    ON CONFLICT (melding_id, van) DO UPDATE SET
        (tot, ontvangen_op, team_id, categorie, kanaal, aanleiding,
         voorveld_op, gesprek_op, onderzoek_op, afgerond_op, akkoord_op,
         toegekend_op, niet_toegekend_op, ingetrokken_op, doorgezet_op)
        = (excluded.tot, excluded.ontvangen_op, excluded.team_id,
           excluded.categorie, excluded.kanaal, excluded.aanleiding,
           excluded.voorveld_op, excluded.gesprek_op, excluded.onderzoek_op, excluded.afgerond_op,
           excluded.akkoord_op, excluded.toegekend_op, excluded.niet_toegekend_op,
           excluded.ingetrokken_op, excluded.doorgezet_op)
    WHERE s IS DISTINCT FROM excluded;
    UPDATE meldingen_melding m SET status = v.volgens_feiten
    FROM unnest(ids) AS gevraagd (id)
    JOIN meldingen_status_volgens_feiten v ON v.melding_id = gevraagd.id
    WHERE m.id = gevraagd.id AND v.status <> v.volgens_feiten;
$$;
"""

VOLG_FEITEN = """
CREATE FUNCTION volg_nieuwe_feiten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM werk_standen_bij(ARRAY(SELECT DISTINCT melding_id FROM nieuw));
    RETURN NULL;
END $$;
CREATE FUNCTION volg_vervallen_feiten() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := ARRAY(SELECT DISTINCT melding_id FROM nieuw);
BEGIN
    -- a fact that lapses in the past takes periods of knowledge away
    DELETE FROM meldingen_stand s WHERE s.melding_id = ANY (ids) AND NOT EXISTS (
        SELECT FROM standen_uit_feiten(ids) n WHERE n.melding_id = s.melding_id AND n.van = s.van
    );
    PERFORM werk_standen_bij(ids);
    RETURN NULL;
END $$;
CREATE TRIGGER volg_nieuwe_feiten AFTER INSERT ON meldingen_gebeurtenis
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION volg_nieuwe_feiten();
CREATE TRIGGER volg_vervallen_feiten AFTER UPDATE ON meldingen_gebeurtenis
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION volg_vervallen_feiten();
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
        migrations.RunSQL(STANDEN_UIT_FEITEN, "DROP FUNCTION standen_uit_feiten(bigint[])"),
        migrations.RunSQL(STATUS_VOLGENS_FEITEN, "DROP VIEW meldingen_status_volgens_feiten"),
        migrations.RunSQL(WERK_STANDEN_BIJ, "DROP FUNCTION werk_standen_bij(bigint[])"),
        migrations.RunSQL(
            VOLG_FEITEN,
            "DROP TRIGGER volg_vervallen_feiten ON meldingen_gebeurtenis;"
            "DROP TRIGGER volg_nieuwe_feiten ON meldingen_gebeurtenis;"
            "DROP FUNCTION volg_vervallen_feiten(); DROP FUNCTION volg_nieuwe_feiten()",
        ),
        migrations.RunSQL(
            BEWAAK_STATUS,
            "DROP TRIGGER bewaak_gewijzigde_status ON meldingen_melding;"
            "DROP TRIGGER bewaak_nieuwe_status ON meldingen_melding; DROP FUNCTION bewaak_status()",
        ),
    ]
