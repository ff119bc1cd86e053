"""Names and phone numbers in a form that can be looked up whatever way they are written, and the indexes for it."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

ZOEKNAAM = r"""
CREATE FUNCTION zoeknaam(achternaam text, voornamen text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $functie$
-- Runs for every imported person: replace() costs a tenth of translate() or a regular expression.
DECLARE
    n text := replace(achternaam, ',', ' ') || ',' || replace(voornamen, ',', ' ');
    a text;
    kaal text := '';
    woord text;
BEGIN
    IF octet_length(n) <> length(n) THEN
        n := translate(
            normalize(n, NFKD),
            'ıłøđŁØĐßæœ’‘´'
            || E'\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u031B\u0323\u0326\u0327\u0328',
            'ilodLODsee'''''''
        );
    END IF;
    n := replace(replace(replace(replace(replace(lower(n), 'y', 'i'), 'c', 'k'), 'q', 'k'), 'z', 's'), 'v', 'f');
    n := replace(replace(replace(n, '-', ' '), '.', ' '), '''', '');
    IF n ~ '[^a-z0-9, ]|  ' THEN
        n := regexp_replace(
            replace(n, '`', ''), '[\u0001-\u002b\u002d-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g'
        );
    END IF;
    IF strpos(n, ' ') = 0 THEN
        RETURN n;
    END IF;
    a := btrim(split_part(n, ',', 1));
    n := btrim(substr(n, strpos(n, ',') + 1));
    IF strpos(a, ' ') > 0 THEN
        FOREACH woord IN ARRAY string_to_array(a, ' ') LOOP
            IF woord <> ALL ('{de,den,der,des,fan,fon,het,te,ten,ter,tot,op,in,aan,bij,uit,el,al,ben,bin,da,das,do,dos,di,del,la,le,les,du,d,s,t,f,l,ef,geb}'::text[]) THEN
                kaal := kaal || ' ' || woord;
            END IF;
        END LOOP;
        IF kaal <> '' THEN
            a := substr(kaal, 2);
        END IF;
    END IF;
    RETURN a || ',' || n;
END
$functie$;
COMMENT ON FUNCTION zoeknaam IS 'achternaam zonder tussenvoegsels, komma, voornamen; gevouwen zoals households.namen';

CREATE FUNCTION naamwoord(zoeknaam text, deel int, plaats int) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $functie$
BEGIN
    RETURN split_part(split_part(zoeknaam, ',', deel), ' ', plaats);
END
$functie$;
COMMENT ON FUNCTION naamwoord IS 'deel 1: woord van de achternaam, deel 2: voornaam; duur, zodat de planner een index neemt';

CREATE FUNCTION telefoon_cijfers(telefoon text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $functie$
DECLARE
    d text;
BEGIN
    IF telefoon = '' THEN
        RETURN '';
    END IF;
    d := CASE WHEN ltrim(telefoon) LIKE '+%' THEN '00' ELSE '' END || regexp_replace(telefoon, '[^0-9]', '', 'g');
    d := regexp_replace(d, '^00310?', '0');
    RETURN regexp_replace(d, '^(?:310?(?=[1-9][0-9]{8}$)|(?=6[0-9]{8}$))', '0');
END
$functie$;
COMMENT ON FUNCTION telefoon_cijfers IS 'cijfers van een telefoonnummer, zoals binnen Nederland gekozen';
"""
TERUG = """
DROP FUNCTION zoeknaam;
DROP FUNCTION naamwoord;
DROP FUNCTION telefoon_cijfers;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0002_bewaking")]

    operations = [
        migrations.RunSQL(ZOEKNAAM, TERUG),
        migrations.AddField(
            model_name="persoon",
            name="telefoon_cijfers",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("telefoon", function="telefoon_cijfers"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="persoon",
            name="zoeknaam",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("achternaam", "voornamen", function="zoeknaam"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                models.Func("zoeknaam", 1, 1, function="naamwoord", output_field=models.TextField()),
                models.Func("zoeknaam", 2, 1, function="naamwoord", output_field=models.TextField()),
                name="persoon_naam",
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                models.Func("zoeknaam", 1, 2, function="naamwoord", output_field=models.TextField()),
                condition=models.Q(("zoeknaam__regex", "^[^,]* ")),
                name="persoon_tweede_naam",
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(fields=["geboortedatum"], name="persoon_geboortedatum"),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                condition=models.Q(("telefoon_cijfers", ""), _negated=True),
                fields=["telefoon_cijfers"],
                name="persoon_telefoon",
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("email"), "text_pattern_ops"
                ),
                condition=models.Q(("email", ""), _negated=True),
                name="persoon_email",
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                condition=models.Q(("bsn_index__isnull", False)), fields=["bsn_index"], name="persoon_bsn"
            ),
        ),
        migrations.AddIndex(
            model_name="verblijf",
            index=models.Index(
                condition=models.Q(("vervallen_op__isnull", True), models.Q(("postcode", ""), _negated=True)),
                fields=["postcode", "huisnummer"],
                name="verblijf_adres",
            ),
        ),
    ]
