"""Versions that can't be overwritten, and the first settings."""

import datetime

from django.db import migrations

from teams.sql import bewaak_versies

BEWAAK_VERSIE = """
CREATE FUNCTION bewaak_versie() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- what may be filled in once, when we know better
    slot CONSTANT text[] := ARRAY['vervallen_op', 'vervallen_door_id', 'vervallen_reden'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.vervallen_op IS NULL AND NEW.vervallen_op IS NOT NULL
           AND to_jsonb(NEW) - slot = to_jsonb(OLD) - slot THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Een geregistreerde rij van % wordt niet gewijzigd of verwijderd, alleen eenmaal vervallen verklaard.',
        TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def eerste_instellingen(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.create(
        sleutel="kleine_aantallen",
        geldig_van=datetime.date(1900, 1, 1),
        waarde=10,
        toelichting="Een aantal cliënten van 1 tot deze waarde wordt niet getoond.",
    )


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_begin")]

    operations = [
        migrations.RunSQL(BEWAAK_VERSIE, "DROP FUNCTION bewaak_versie()"),
        bewaak_versies("teams_activiteit"),
        bewaak_versies("teams_consult"),
        migrations.RunPython(eerste_instellingen, migrations.RunPython.noop),
    ]
