"""Who works with a household, noodtoegang, afscherming, and two rows that are one person."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0003_zoeken"),
        ("teams", "0003_aanstelling_inzage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Betrokkenheid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vanaf",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("tot", models.DateTimeField(editable=False, null=True)),
                ("reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[(1, "vaste contactpersoon"), (2, "betrokken"), (3, "erbij gevraagd")]
                    ),
                ),
                (
                    "beeindigd_door",
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
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="betrokkenen",
                        to="households.huishouden",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="betrokkenheden",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="betrokkenheden",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "betrokkenheid",
                "verbose_name_plural": "betrokkenheden",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3])), name="betrokkenheid_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="betrokkenheid_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("medewerker__isnull", True), ("soort", 3), ("team__isnull", False)),
                            models.Q(
                                models.Q(("soort", 3), _negated=True),
                                ("medewerker__isnull", False),
                                ("team__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="betrokkenheid_van_medewerker_of_expertteam",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True), ("soort", 1)),
                        fields=("huishouden",),
                        name="betrokkenheid_een_contactpersoon",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("huishouden", "medewerker", "team", "soort"),
                        name="betrokkenheid_een_keer",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gelijkstelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vanaf",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("tot", models.DateTimeField(editable=False, null=True)),
                ("reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "beeindigd_door",
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
                    "dubbel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gelijkstellingen",
                        to="households.persoon",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.persoon"
                    ),
                ),
            ],
            options={
                "verbose_name": "gelijkstelling",
                "verbose_name_plural": "gelijkstellingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("dubbel", models.F("persoon")), _negated=True),
                        name="gelijkstelling_van_twee",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("dubbel",),
                        name="gelijkstelling_een_keer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Noodtoegang",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vanaf",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("tot", models.DateTimeField(editable=False, null=True)),
                ("reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "oordeel",
                    models.SmallIntegerField(choices=[(1, "terecht"), (2, "niet terecht")], null=True),
                ),
                ("oordeel_toelichting", models.TextField(blank=True, db_default="", default="")),
                ("beoordeeld_op", models.DateTimeField(null=True)),
                (
                    "beeindigd_door",
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
                    "beoordeeld_door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noodtoegangen",
                        to="households.huishouden",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noodtoegangen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "noodtoegang",
                "verbose_name_plural": "noodtoegangen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("oordeel__in", [1, 2])), name="noodtoegang_oordeel_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="noodtoegang_met_reden"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tot__isnull", False)), name="noodtoegang_eindigt"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("beoordeeld_door__isnull", True),
                            models.Q(("beoordeeld_door", models.F("medewerker")), _negated=True),
                            _connector="OR",
                        ),
                        name="noodtoegang_niet_zelf_beoordeeld",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="huishouden",
            name="afgeschermd",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="huishouden",
            name="afgeschermd_reden",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="persoon",
            name="zelfde_als",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dubbelen",
                to="households.persoon",
                verbose_name="zelfde als",
            ),
        ),
        migrations.AddConstraint(
            model_name="huishouden",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgeschermd", False),
                    models.Q(("afgeschermd_reden", ""), _negated=True),
                    _connector="OR",
                ),
                name="huishouden_afgeschermd_met_reden",
            ),
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(
                fields=["zelfde_als"],
                condition=models.Q(zelfde_als__isnull=False),
                name="persoon_zelfde_als",
            ),
        ),
        migrations.AddConstraint(
            model_name="persoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("zelfde_als__isnull", True),
                    models.Q(("zelfde_als", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="persoon_niet_zelfde_als_zichzelf",
            ),
        ),
    ]
