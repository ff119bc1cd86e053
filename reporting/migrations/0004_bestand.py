"""Files to take along, who took what, and for how long a file is kept."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = (
    ("bestand_bewaardagen", 7, "Zoveel dagen blijft een bestand onder Mijn bestanden staan."),
    ("bestand_hoogstens_mb", 25, "Groter dan zoveel megabyte wordt een bestand niet bewaard."),
    ("bestand_pogingen", 3, "Na zoveel pogingen wordt een bestand opgegeven."),
)


def zet_instellingen(apps, schema_editor):
    for sleutel, waarde, toelichting in INSTELLINGEN:
        apps.get_model("teams", "Instelling").objects.create(
            sleutel=sleutel, geldig_van=datetime.date(1900, 1, 1), waarde=waarde, toelichting=toelichting
        )


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_editie"),
        ("households", "0008_plan"),
        ("teams", "0005_berichten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bestand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sleutel", models.UUIDField(editable=False)),
                ("vraag", models.JSONField(editable=False)),
                ("formaat", models.CharField(editable=False, max_length=8)),
                (
                    "aangevraagd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("gedaan", models.PositiveSmallIntegerField(db_default=0, default=0, editable=False)),
                ("totaal", models.PositiveSmallIntegerField(editable=False)),
                ("klaar_op", models.DateTimeField(editable=False, null=True)),
                ("vervalt_op", models.DateTimeField(editable=False, null=True)),
                ("afgebroken_op", models.DateTimeField(editable=False, null=True)),
                (
                    "waarom",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
                ),
                ("omvang", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ("inhoud", models.BinaryField(null=True)),
                (
                    "medewerker",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bestand",
                "verbose_name_plural": "bestanden",
                "indexes": [models.Index(fields=["vervalt_op"], name="bestand_vervalt")],
                "constraints": [
                    models.UniqueConstraint(fields=("medewerker", "sleutel"), name="bestand_een_per_klik"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("afgebroken_op__isnull", True), ("klaar_op__isnull", True), ("waarom", "")
                        ),
                        fields=("medewerker", "formaat", "vraag"),
                        name="bestand_een_in_de_maak",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgebroken_op__isnull", True),
                                ("inhoud__isnull", False),
                                ("klaar_op__isnull", False),
                                ("vervalt_op__isnull", False),
                                ("waarom", ""),
                            ),
                            models.Q(
                                ("inhoud__isnull", True),
                                ("klaar_op__isnull", True),
                                ("vervalt_op__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="bestand_klaar_met_inhoud",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meegenomen",
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
                ("wat", models.CharField(editable=False, max_length=40)),
                ("vraag", models.JSONField(editable=False)),
                ("formaat", models.CharField(editable=False, max_length=8)),
                (
                    "weg",
                    models.SmallIntegerField(
                        choices=[
                            (1, "website"),
                            (2, "koppeling"),
                            (3, "opdracht op de server"),
                            (4, "achtergrondtaak"),
                        ],
                        editable=False,
                    ),
                ),
                ("verzoek", models.UUIDField(editable=False)),
                (
                    "medewerker",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "meegenomen cijfers",
                "verbose_name_plural": "meegenomen cijfers",
                "indexes": [models.Index(fields=["op"], name="meegenomen_op")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weg__in", [1, 2, 3, 4])), name="meegenomen_weg_in_lijst"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON reporting_meegenomen"
            " FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd();"
            "CREATE TRIGGER bewaak_alles BEFORE TRUNCATE ON reporting_meegenomen"
            " FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgelegd()",
            "DROP TRIGGER bewaak_alles ON reporting_meegenomen; DROP TRIGGER bewaak_vastgelegd ON reporting_meegenomen",
        ),
        migrations.RunPython(zet_instellingen, migrations.RunPython.noop),
    ]
