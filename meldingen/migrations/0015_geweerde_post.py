"""Mail that was kept out is removed after a while; where it lay stays, so that it isn't fetched again."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

DAGEN = "postbus_geweerd_dagen"
TOELICHTING = (
    "Tegengehouden mail wordt zoveel dagen na het ophalen verwijderd, als niemand haar naar de triage haalde."
)
BEWAAK = """
CREATE FUNCTION bewaak_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- what hangs at a mail that was kept out goes with it; of its place only the link
    IF EXISTS (SELECT FROM meldingen_poststuk WHERE id = OLD.poststuk_id AND geweerd IS NOT NULL) THEN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'meldingen_bijlage' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'meldingen_postplek'
            AND to_jsonb(NEW) = to_jsonb(OLD) || '{"poststuk_id": null}' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Wat in % is vastgelegd, wordt niet gewijzigd of verwijderd.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

DROP TRIGGER bewaak_vastgelegd ON meldingen_poststuk;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE ON meldingen_poststuk FOR EACH ROW EXECUTE FUNCTION
    bewaak_vastgelegd('afgehandeld_op', 'afgehandeld_door_id', 'melding_id', 'persoon_id', 'reden', 'geweerd');
CREATE TRIGGER bewaak_weren BEFORE UPDATE ON meldingen_poststuk FOR EACH ROW
    WHEN (OLD.geweerd IS NULL AND NEW.geweerd IS NOT NULL) EXECUTE FUNCTION bewaak_vastgelegd();
CREATE TRIGGER bewaak_verwijderen BEFORE DELETE ON meldingen_poststuk FOR EACH ROW
    WHEN (OLD.geweerd IS NULL) EXECUTE FUNCTION bewaak_vastgelegd();

DROP TRIGGER bewaak_vastgelegd ON meldingen_bijlage;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_bijlage
    FOR EACH ROW EXECUTE FUNCTION bewaak_post();
DROP TRIGGER bewaak_vastgelegd ON meldingen_postplek;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_postplek
    FOR EACH ROW EXECUTE FUNCTION bewaak_post();
"""
WEER_ALLES = """
DROP TRIGGER bewaak_vastgelegd ON meldingen_postplek;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_postplek
    FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd();
DROP TRIGGER bewaak_vastgelegd ON meldingen_bijlage;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_bijlage
    FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd();
DROP TRIGGER bewaak_verwijderen ON meldingen_poststuk;
DROP TRIGGER bewaak_weren ON meldingen_poststuk;
DROP TRIGGER bewaak_vastgelegd ON meldingen_poststuk;
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_poststuk FOR EACH ROW EXECUTE FUNCTION
    bewaak_vastgelegd('afgehandeld_op', 'afgehandeld_door_id', 'melding_id', 'persoon_id', 'reden', 'geweerd');
DROP FUNCTION bewaak_post();
"""


def zet_instelling(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.create(
        sleutel=DAGEN, geldig_van=datetime.date(1900, 1, 1), waarde=30, toelichting=TOELICHTING
    )


def haal_instelling_weg(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.filter(sleutel=DAGEN).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0014_identificator_zonder_partij"),
    ]

    operations = [
        migrations.AlterField(
            model_name="postplek",
            name="poststuk",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plekken",
                to="meldingen.poststuk",
            ),
        ),
        migrations.RunSQL(BEWAAK, WEER_ALLES),
        migrations.RunPython(zet_instelling, haal_instelling_weg),
    ]
