"""Frozen reports, that nobody changes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BEWAAK_EDITIE = """
CREATE FUNCTION bewaak_editie() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een vastgestelde editie wordt niet gewijzigd of verwijderd (%).', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER bewaak_editie BEFORE UPDATE OR DELETE OR TRUNCATE ON reporting_editie
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_editie();
CREATE TRIGGER bewaak_editie BEFORE UPDATE OR DELETE OR TRUNCATE ON reporting_editietabel
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_editie();
"""
LAAT_LOS = """
DROP TRIGGER bewaak_editie ON reporting_editietabel;
DROP TRIGGER bewaak_editie ON reporting_editie;
DROP FUNCTION bewaak_editie();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_bewaking"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Editie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("titel", models.CharField(max_length=200)),
                ("opmerking", models.TextField(blank=True, db_default="", default="")),
                ("periode", models.CharField(max_length=40)),
                ("vergelijk", models.CharField(blank=True, db_default="", default="", max_length=40)),
                ("bekend_op", models.DateTimeField(editable=False)),
                (
                    "vastgesteld_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "namens",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
                ),
                ("stamgegevens", models.BinaryField()),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "editie",
                "verbose_name_plural": "edities",
            },
        ),
        migrations.CreateModel(
            name="Editietabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgnummer", models.PositiveSmallIntegerField()),
                ("tabel", models.CharField(max_length=20)),
                ("filters", models.JSONField(default=dict)),
                ("vorige", models.JSONField(default=dict)),
                ("bescherming", models.JSONField(default=list)),
                ("inhoud", models.BinaryField()),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "editie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tabellen",
                        to="reporting.editie",
                    ),
                ),
            ],
            options={
                "verbose_name": "tabel van een editie",
                "verbose_name_plural": "tabellen van edities",
                "ordering": ["editie", "volgnummer"],
            },
        ),
        migrations.AddConstraint(
            model_name="editie",
            constraint=models.CheckConstraint(
                condition=models.Q(("titel", ""), _negated=True), name="editie_met_titel"
            ),
        ),
        migrations.AddConstraint(
            model_name="editie",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="editie_sha256"
            ),
        ),
        migrations.AddIndex(
            model_name="editietabel",
            index=models.Index(fields=["tabel", "-editie"], name="editietabel_vorige"),
        ),
        migrations.AddConstraint(
            model_name="editietabel",
            constraint=models.UniqueConstraint(fields=("editie", "tabel"), name="editietabel_een_keer"),
        ),
        migrations.AddConstraint(
            model_name="editietabel",
            constraint=models.UniqueConstraint(
                fields=("editie", "volgnummer"), name="editietabel_volgnummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="editietabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func(
                                models.F("inhoud"), function="sha256", output_field=models.BinaryField()
                            ),
                            models.Value("hex"),
                            function="encode",
                            output_field=models.CharField(),
                        ),
                    )
                ),
                name="editietabel_sha256_klopt",
            ),
        ),
        migrations.RunSQL(BEWAAK_EDITIE, LAAT_LOS),
    ]
