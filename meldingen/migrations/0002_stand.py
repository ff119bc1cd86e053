"""Unchangeable facts, and the projection `Stand` that follows them in the same statement.

`standen_uit_feiten(ids)` is the only place that says how facts become periods of knowledge, for these meldingen
or, without ids, for all; the triggers, the import in bulk and `manage.py herbouw_stand` use it.
"""

from django.db import migrations

from teams.sql import bewaak_versies

MIJLPALEN = {
    2: "voorveld_op",
    3: "gesprek_op",
    4: "onderzoek_op",
    5: "afgerond_op",
    6: "akkoord_op",
    7: "toegekend_op",
    8: "niet_toegekend_op",
    9: "ingetrokken_op",
    10: "doorgezet_op",
}


def _stand(venster: str = "") -> str:
    """How a melding stands by the facts `f` of a group, or of a window."""
    kolommen = [f"min(f.datum) FILTER (WHERE f.soort = 1) {venster} AS ontvangen_op"]
    kolommen += [
        f"min(f.{kolom}) {venster} AS {kolom}" for kolom in ("team_id", "categorie", "kanaal", "aanleiding")
    ]
    kolommen += [
        f"min(f.datum) FILTER (WHERE f.soort = {soort}) {venster} AS {op}" for soort, op in MIJLPALEN.items()
    ]
    return ", ".join(kolommen)


STANDEN_UIT_FEITEN = f"""
CREATE FUNCTION standen_uit_feiten(ids bigint[]) RETURNS TABLE (
    melding_id bigint, van timestamptz, tot timestamptz, ontvangen_op date, team_id smallint,
    categorie smallint, kanaal smallint, aanleiding smallint,
    voorveld_op date, gesprek_op date, onderzoek_op date, afgerond_op date, akkoord_op date,
    toegekend_op date, niet_toegekend_op date, ingetrokken_op date, doorgezet_op date
) LANGUAGE sql STABLE AS $$
    WITH feit AS NOT MATERIALIZED (
        SELECT g.* FROM meldingen_gebeurtenis g WHERE ids IS NULL OR g.melding_id = ANY (ids)
    ), herzien AS MATERIALIZED (
        SELECT feit.* FROM feit
        WHERE feit.melding_id IN (SELECT weg.melding_id FROM feit weg WHERE weg.vervallen_op IS NOT NULL)
    ), opgebouwd AS (
        -- while nothing lapses, each registration adds to what was known
        SELECT f.melding_id, f.geregistreerd_op AS van, lead(f.geregistreerd_op) OVER w AS tot, {_stand("OVER w")}
        FROM feit f
        WHERE NOT EXISTS (SELECT FROM feit weg WHERE weg.melding_id = f.melding_id AND weg.vervallen_op IS NOT NULL)
        WINDOW w AS (PARTITION BY f.melding_id ORDER BY f.geregistreerd_op ROWS UNBOUNDED PRECEDING)
    ), moment AS (
        SELECT DISTINCT f.melding_id, unnest(ARRAY[f.geregistreerd_op, f.vervallen_op]) AS van FROM herzien f
    ), herteld AS (
        -- otherwise it is counted anew for every moment at which something changed
        SELECT m.melding_id, m.van, lead(m.van) OVER (PARTITION BY m.melding_id ORDER BY m.van) AS tot, {_stand()}
        FROM moment m LEFT JOIN herzien f ON f.melding_id = m.melding_id
            AND f.geregistreerd_op <= m.van AND (f.vervallen_op IS NULL OR f.vervallen_op > m.van)
        WHERE m.van IS NOT NULL
        GROUP BY m.melding_id, m.van
    )
    -- of the facts of one moment the last row has all
    SELECT * FROM opgebouwd o WHERE (o.tot IS NULL OR o.tot > o.van) AND o.ontvangen_op IS NOT NULL
    UNION ALL
    SELECT * FROM herteld h WHERE h.ontvangen_op IS NOT NULL
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
