"""A besluit that was put off in writing (Awb art. 4:14)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("voorzieningen", "0005_catalogus_versies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verdaging",
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
                ("op", models.DateField()),
                ("tot", models.DateField(verbose_name="tot en met")),
                (
                    "wijze",
                    models.SmallIntegerField(
                        choices=[(1, "per post"), (2, "per e-mail"), (3, "overhandigd")]
                    ),
                ),
                ("reden", models.TextField()),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdagingen",
                        to="voorzieningen.aanvraag",
                    ),
                ),
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
                "verbose_name": "verdaging",
                "verbose_name_plural": "verdagingen",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="verdaging_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="verdaging_vervallen_na_registratie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wijze__in", [1, 2, 3])), name="verdaging_wijze_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="verdaging_met_reden"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tot__gt", models.F("op"))), name="verdaging_tot_later"
                    ),
                ],
            },
        ),
        bewaak_versies("voorzieningen_verdaging"),
    ]
