"""Referrals to the sociale kaart, never overwritten."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0004_gesprek_afgezegd_door"),
        ("voorzieningen", "0003_sociale_kaart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verwijzing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(editable=False, max_length=64, null=True)),
                ("versie", models.PositiveSmallIntegerField(db_default=1, default=1, editable=False)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("vervallen_op", models.DateTimeField(editable=False, null=True)),
                ("vervallen_reden", models.TextField(blank=True, db_default="", default="", editable=False)),
                ("toelichting", models.TextField(blank=True, db_default="", default="")),
                ("datum", models.DateField()),
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
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verwijzingen",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "vervallen_door",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voorziening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verwijzingen",
                        to="voorzieningen.algemenevoorziening",
                    ),
                ),
            ],
            options={
                "verbose_name": "verwijzing",
                "verbose_name_plural": "verwijzingen",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="verwijzing_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="verwijzing_vervallen_na_registratie",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("melding", "voorziening"),
                        name="verwijzing_een_keer",
                    ),
                ],
            },
        ),
        bewaak_versies("meldingen_verwijzing"),
    ]
