"""What changes in a household, relations, people of other organisations, and notes."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0006_identiteit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gezinswijziging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[
                            (1, "geboorte"),
                            (2, "kwam hier wonen"),
                            (3, "woont hier ook"),
                            (4, "woont alleen nog in een ander huishouden"),
                            (5, "uit huis gegaan"),
                            (6, "scheiding of splitsing"),
                            (7, "verhuizing van het hele huishouden"),
                            (8, "samengevoegd met een ander huishouden"),
                            (9, "overleden"),
                            (10, "andere plaats in het huishouden"),
                        ]
                    ),
                ),
                ("datum", models.DateField()),
                ("reden", models.TextField(blank=True, db_default="", default="")),
                ("voor", models.JSONField(default=list)),
                ("na", models.JSONField(default=list)),
                ("begonnen", models.JSONField(default=list)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("ongedaan_op", models.DateTimeField(editable=False, null=True)),
                ("ongedaan_reden", models.TextField(blank=True, db_default="", default="", editable=False)),
                (
                    "ander",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ontstaan_uit",
                        to="households.huishouden",
                    ),
                ),
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
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="households.huishouden",
                    ),
                ),
                (
                    "huishoudens",
                    models.ManyToManyField(related_name="geschiedenis", to="households.huishouden"),
                ),
                (
                    "ongedaan_door",
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
                    "personen",
                    models.ManyToManyField(related_name="gezinswijzigingen", to="households.persoon"),
                ),
            ],
            options={
                "verbose_name": "gezinswijziging",
                "verbose_name_plural": "gezinswijzigingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
                        name="gezinswijziging_soort_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ongedaan_door__isnull", True),
                                ("ongedaan_op__isnull", True),
                                ("ongedaan_reden", ""),
                            ),
                            models.Q(
                                ("ongedaan_door__isnull", False),
                                ("ongedaan_op__isnull", False),
                                models.Q(("ongedaan_reden", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gezinswijziging_ongedaan_met_wie_en_waarom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ander__isnull", True),
                            models.Q(("ander", models.F("huishouden")), _negated=True),
                            _connector="OR",
                        ),
                        name="gezinswijziging_ander_huishouden",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Huishoudnotitie",
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
                ("reeks", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("tekst", models.TextField()),
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
                    "eigen_van",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eigen_notities",
                        to="households.persoon",
                    ),
                ),
                (
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notities",
                        to="households.huishouden",
                    ),
                ),
                ("personen", models.ManyToManyField(related_name="notities", to="households.persoon")),
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
                "verbose_name": "notitie bij een huishouden",
                "verbose_name_plural": "notities bij een huishouden",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ref", "versie"), name="huishoudnotitie_ref_versie_uniek"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="huishoudnotitie_vervallen_na_registratie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="huishoudnotitie_niet_leeg"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("reeks",),
                        name="huishoudnotitie_een_van_kracht",
                    ),
                    models.UniqueConstraint(fields=("reeks", "versie"), name="huishoudnotitie_versie_uniek"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ketenpartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisatie", models.CharField(max_length=200)),
                ("naam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("rol", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("telefoon", models.CharField(blank=True, db_default="", default="", max_length=40)),
                ("email", models.CharField(blank=True, db_default="", default="", max_length=254)),
                ("overleg", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("vanaf", models.DateField()),
                ("tot", models.DateField(null=True)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("beeindigd_op", models.DateTimeField(editable=False, null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ketenpartners",
                        to="households.huishouden",
                    ),
                ),
            ],
            options={
                "verbose_name": "ketenpartner",
                "verbose_name_plural": "ketenpartners",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="ketenpartner_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisatie", ""), _negated=True),
                        name="ketenpartner_met_organisatie",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relatie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[
                            (1, "partner van"),
                            (2, "ex-partner van"),
                            (3, "ouder van"),
                            (4, "pleegouder van"),
                            (5, "broer of zus van"),
                            (6, "opa of oma van"),
                            (7, "heeft gezag over"),
                            (8, "zorgt als mantelzorger voor"),
                            (9, "curator van"),
                            (10, "bewindvoerder van"),
                            (11, "mentor van"),
                        ]
                    ),
                ),
                ("vanaf", models.DateField(null=True)),
                ("tot", models.DateField(null=True)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "naar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relaties_terug",
                        to="households.persoon",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relaties",
                        to="households.persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "relatie",
                "verbose_name_plural": "relaties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
                        name="relatie_soort_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="relatie_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("van", models.F("naar")), _negated=True),
                        name="relatie_niet_met_zichzelf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("soort__in", (1, 2, 5)), _negated=True),
                            ("van__lt", models.F("naar")),
                            _connector="OR",
                        ),
                        name="relatie_wederzijds_een_rij",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("van", "naar", "soort"),
                        name="relatie_een_keer_tegelijk",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="persoon",
            name="overleden_op",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="persoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("overleden_op__isnull", True),
                    ("overleden_op__gte", models.F("geboortedatum")),
                    _connector="OR",
                ),
                name="persoon_overleden_op_niet_voor_geboortedatum",
            ),
        ),
        bewaak_versies("households_huishoudnotitie"),
    ]
