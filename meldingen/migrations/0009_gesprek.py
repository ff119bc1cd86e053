"""Gesprekken with place, guests and moves; what came up per levensgebied; a matrix and its scores; how a verslag went."""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0008_plan"),
        ("meldingen", "0008_opschaling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gespreksgenoot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hoedanigheid",
                    models.SmallIntegerField(
                        choices=[
                            (1, "lid van het huishouden"),
                            (2, "cliëntondersteuner"),
                            (3, "mantelzorger"),
                            (4, "iemand anders"),
                        ]
                    ),
                ),
                ("naam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("aanwezig", models.BooleanField(null=True)),
                (
                    "gesprek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="genoten",
                        to="meldingen.gesprek",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "gespreksgenoot",
                "verbose_name_plural": "gespreksgenoten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hoedanigheid__in", [1, 2, 3, 4])),
                        name="gespreksgenoot_hoedanigheid_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hoedanigheid", 1), ("naam", ""), ("persoon__isnull", False)),
                            models.Q(
                                models.Q(("hoedanigheid", 1), _negated=True),
                                ("persoon__isnull", True),
                                models.Q(("naam", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gespreksgenoot_lid_of_naam",
                    ),
                    models.UniqueConstraint(
                        fields=("gesprek", "hoedanigheid", "persoon", "naam"),
                        name="gespreksgenoot_een_keer",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Matrix",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=200)),
                ("geldig_van", models.DateField(unique=True, verbose_name="geldig van")),
                ("geldig_tot", models.DateField(null=True, verbose_name="geldig tot")),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "matrix",
                "verbose_name_plural": "matrices",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geldig_tot__isnull", True),
                            ("geldig_tot__gte", models.F("geldig_van")),
                            _connector="OR",
                        ),
                        name="matrix_geldig_tot_niet_voor_geldig_van",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leefgebied",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgorde", models.PositiveSmallIntegerField()),
                ("naam", models.CharField(max_length=200)),
                (
                    "matrix",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leefgebieden",
                        to="meldingen.matrix",
                    ),
                ),
            ],
            options={
                "verbose_name": "leefgebied",
                "verbose_name_plural": "leefgebieden",
                "ordering": ["matrix", "volgorde"],
                "constraints": [
                    models.UniqueConstraint(fields=("matrix", "naam"), name="leefgebied_naam_uniek"),
                    models.UniqueConstraint(fields=("matrix", "volgorde"), name="leefgebied_volgorde_uniek"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scoresoort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("niveau", models.PositiveSmallIntegerField()),
                ("naam", models.CharField(max_length=200)),
                ("tekst", models.TextField(blank=True, db_default="", default="")),
                (
                    "leefgebied",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scoresoorten",
                        to="meldingen.leefgebied",
                    ),
                ),
            ],
            options={
                "verbose_name": "scoresoort",
                "verbose_name_plural": "scoresoorten",
                "ordering": ["leefgebied", "niveau"],
                "constraints": [
                    models.UniqueConstraint(fields=("leefgebied", "niveau"), name="scoresoort_niveau_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(("niveau__gte", 1), ("niveau__lte", 5)),
                        name="scoresoort_niveau_1_tot_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
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
                    "leefgebied",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.leefgebied",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="households.persoon",
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
                    "scoresoort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.scoresoort",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="score_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="score_vervallen_na_registratie",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("persoon", "leefgebied", "datum"),
                        name="score_een_per_dag",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verheldering",
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
                ("huishouden", models.BooleanField(db_default=False, default=False)),
                ("tekst", models.TextField(blank=True, db_default="", default="")),
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
                    "levensgebied",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.levensgebied",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verhelderingen",
                        to="meldingen.melding",
                    ),
                ),
                ("personen", models.ManyToManyField(related_name="+", to="households.persoon")),
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
                "verbose_name": "verheldering",
                "verbose_name_plural": "verhelderingen",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="verheldering_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="verheldering_vervallen_na_registratie",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("melding", "levensgebied"),
                        name="verheldering_een_per_levensgebied",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verplaatsing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gepland_op", models.DateTimeField()),
                ("plaats", models.CharField(blank=True, max_length=240)),
                ("reden", models.TextField()),
                (
                    "op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
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
                    "gesprek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verplaatsingen",
                        to="meldingen.gesprek",
                    ),
                ),
            ],
            options={
                "verbose_name": "verplaatsing",
                "verbose_name_plural": "verplaatsingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="verplaatsing_met_reden"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="gesprek",
            name="aanwezigen",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="betrokkenheden",
            field=models.ManyToManyField(related_name="+", to="households.betrokkenheid"),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="gehouden_door",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="gehouden_op",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="gehouden_vastgelegd_op",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="plaatssoort",
            field=models.SmallIntegerField(
                choices=[(1, "bij de inwoner thuis"), (2, "op kantoor"), (3, "online"), (4, "ergens anders")],
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="uid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True
            ),
        ),
        migrations.AddField(
            model_name="gesprek",
            name="volgnummer",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="verslag",
            name="huisgenoten",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="verslag",
            name="huisgenoten_gevraagd_op",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verslag",
            name="mantelzorger_gevraagd_op",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verslag",
            name="ondersteuning_gewenst",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verslag",
            name="persoonlijk_plan_verteld_op",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verslag",
            name="verstuurd_aan",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="verslag",
            name="wijze",
            field=models.SmallIntegerField(
                choices=[(1, "per post"), (2, "per e-mail"), (3, "overhandigd")], editable=False, null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(("plaatssoort__in", [1, 2, 3, 4])), name="gesprek_plaatssoort_in_lijst"
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgezegd_op__isnull", True), ("gehouden_op__isnull", True), _connector="OR"
                ),
                name="gesprek_afgezegd_of_gehouden",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("gehouden_door__isnull", True),
                        ("gehouden_op__isnull", True),
                        ("gehouden_vastgelegd_op__isnull", True),
                    ),
                    models.Q(
                        ("gehouden_door__isnull", False),
                        ("gehouden_op__isnull", False),
                        ("gehouden_vastgelegd_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="gesprek_gehouden_door_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="verslag",
            constraint=models.CheckConstraint(
                condition=models.Q(("wijze__in", [1, 2, 3])), name="verslag_wijze_in_lijst"
            ),
        ),
        migrations.AddConstraint(
            model_name="verslag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verstuurd_aan", ""), ("wijze__isnull", True)),
                    models.Q(
                        ("verstuurd_op__isnull", False),
                        ("wijze__isnull", False),
                        models.Q(("verstuurd_aan", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="verslag_wijze_van_versturen",
            ),
        ),
        bewaak_versies("meldingen_verheldering"),
        bewaak_versies("meldingen_score"),
    ]
