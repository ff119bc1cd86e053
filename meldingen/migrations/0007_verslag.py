"""The account of gesprek and onderzoek; a version that was written is never overwritten."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0006_terugweg"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verslag",
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
                ("behoeften", models.TextField(blank=True, default="")),
                ("eigen_kracht", models.TextField(blank=True, default="")),
                ("netwerk", models.TextField(blank=True, default="")),
                ("mantelzorger", models.TextField(blank=True, default="")),
                ("algemeen", models.TextField(blank=True, default="")),
                ("samenwerking", models.TextField(blank=True, default="")),
                ("bijdrage", models.TextField(blank=True, default="")),
                ("conclusie", models.TextField(blank=True, default="")),
                ("ondersteuning_aangeboden_op", models.DateField(blank=True, null=True)),
                ("persoonlijk_plan_op", models.DateField(blank=True, null=True)),
                ("pgb_uitgelegd_op", models.DateField(blank=True, null=True)),
                ("verstuurd_op", models.DateField(editable=False, null=True)),
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
                        related_name="verslagen",
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
            ],
            options={
                "verbose_name": "verslag",
                "verbose_name_plural": "verslagen",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="verslag_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="verslag_vervallen_na_registratie",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("melding",),
                        name="verslag_een_per_melding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verstuurd_op__isnull", True),
                            models.Q(
                                models.Q(("conclusie", ""), _negated=True),
                                models.Q(("behoeften", ""), _negated=True),
                                models.Q(("eigen_kracht", ""), _negated=True),
                                models.Q(("netwerk", ""), _negated=True),
                                models.Q(("mantelzorger", ""), _negated=True),
                                models.Q(("algemeen", ""), _negated=True),
                                models.Q(("samenwerking", ""), _negated=True),
                                models.Q(("bijdrage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verslag_volledig_verstuurd",
                    ),
                ],
            },
        ),
        bewaak_versies("meldingen_verslag"),
    ]
