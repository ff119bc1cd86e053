"""The outbox."""

import datetime

import django.db.models.functions.datetime
from django.db import migrations, models


def instellingen(apps, schema_editor):
    Instelling = apps.get_model("teams", "Instelling")
    Instelling.objects.create(
        sleutel="bericht_pogingen",
        geldig_van=datetime.date(1900, 1, 1),
        waarde=24,
        toelichting="Na zoveel pogingen (ruim drie dagen) wordt een bericht opgegeven.",
    )
    Instelling.objects.create(
        sleutel="bericht_bewaardagen",
        geldig_van=datetime.date(1900, 1, 1),
        waarde=30,
        toelichting="Zoveel dagen blijft een verzonden bericht bewaard.",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0004_afnemers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("soort", models.CharField(max_length=64)),
                ("aan", models.CharField(blank=True, max_length=320)),
                ("gegevens", models.JSONField(default=dict)),
                ("sleutel", models.CharField(max_length=200, null=True, unique=True)),
                (
                    "gemaakt_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("niet_voor", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("pogingen", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("verzonden_op", models.DateTimeField(null=True)),
                ("mislukt_op", models.DateTimeField(null=True)),
                ("laatste_fout", models.CharField(blank=True, db_default="", default="", max_length=100)),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "indexes": [
                    models.Index(
                        condition=models.Q(("mislukt_op__isnull", True), ("verzonden_op__isnull", True)),
                        fields=["niet_voor", "id"],
                        name="bericht_wachtend",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verzonden_op__isnull", True), ("mislukt_op__isnull", True), _connector="OR"
                        ),
                        name="bericht_verzonden_of_mislukt",
                    )
                ],
            },
        ),
        migrations.RunPython(instellingen, migrations.RunPython.noop),
    ]
