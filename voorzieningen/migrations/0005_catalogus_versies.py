"""The catalogue in versions that are never overwritten, with who changed what."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BEWAAK_CATALOGUS = """
CREATE FUNCTION bewaak_catalogus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.code := coalesce(nullif(NEW.code, ''), NEW.naam);
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - 'geldig_tot' IS DISTINCT FROM to_jsonb(OLD) - 'geldig_tot' THEN
        RAISE EXCEPTION 'Wat in de catalogus staat wordt niet overschreven; maak een volgende versie.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'bewaak_catalogus';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_catalogus BEFORE INSERT OR UPDATE ON voorzieningen_voorziening
    FOR EACH ROW EXECUTE FUNCTION bewaak_catalogus();
CREATE TRIGGER bewaak_catalogus BEFORE INSERT OR UPDATE ON voorzieningen_voorzieningengroep
    FOR EACH ROW EXECUTE FUNCTION bewaak_catalogus();
CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON voorzieningen_cataloguswijziging
    FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd();
CREATE TRIGGER bewaak_alles BEFORE TRUNCATE ON voorzieningen_cataloguswijziging
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgelegd();
"""
WEER_LOS = """
DROP TRIGGER bewaak_alles ON voorzieningen_cataloguswijziging;
DROP TRIGGER bewaak_vastgelegd ON voorzieningen_cataloguswijziging;
DROP TRIGGER bewaak_catalogus ON voorzieningen_voorzieningengroep;
DROP TRIGGER bewaak_catalogus ON voorzieningen_voorziening;
DROP FUNCTION bewaak_catalogus();
"""
NAAM_ALS_CODE = (
    "UPDATE voorzieningen_voorzieningengroep SET code = naam",
    "UPDATE voorzieningen_voorziening SET code = naam",
)


class Migration(migrations.Migration):
    dependencies = [
        ("voorzieningen", "0004_besluit"),
        ("households", "0008_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cataloguswijziging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("wijzigingen", models.JSONField()),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "groep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="voorzieningen.voorzieningengroep",
                    ),
                ),
                (
                    "voorziening",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="voorzieningen.voorziening",
                    ),
                ),
            ],
            options={
                "verbose_name": "wijziging van de catalogus",
                "verbose_name_plural": "wijzigingen van de catalogus",
                "ordering": ["-op", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("groep__isnull", False), ("voorziening__isnull", True)),
                            models.Q(("groep__isnull", True), ("voorziening__isnull", False)),
                            _connector="OR",
                        ),
                        name="cataloguswijziging_van_een_ding",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="voorziening",
            name="voorziening_naam_uniek",
        ),
        migrations.RemoveConstraint(
            model_name="voorzieningengroep",
            name="voorzieningengroep_naam_uniek",
        ),
        migrations.AddField(
            model_name="voorziening",
            name="code",
            field=models.CharField(db_default="", default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="voorzieningengroep",
            name="code",
            field=models.CharField(db_default="", default="", editable=False, max_length=200),
        ),
        *(migrations.RunSQL(opdracht, migrations.RunSQL.noop) for opdracht in NAAM_ALS_CODE),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("groep", "="),
                    ("code", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="voorziening_code_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("groep", "="),
                    ("naam", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="voorziening_naam_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorzieningengroep",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("wet", "="),
                    ("code", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="voorzieningengroep_code_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorzieningengroep",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("wet", "="),
                    ("naam", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="voorzieningengroep_naam_een_tegelijk",
            ),
        ),
        migrations.RunSQL(BEWAAK_CATALOGUS, WEER_LOS),
    ]
