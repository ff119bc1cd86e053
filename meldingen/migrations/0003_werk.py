"""Who has a melding, who brought it, and the work around it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0004_betrokkenheid"),
        ("meldingen", "0002_stand"),
        ("teams", "0003_aanstelling_inzage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Terugbelverzoek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=200)),
                ("telefoon", models.CharField(max_length=40)),
                ("vraag", models.TextField(blank=True, db_default="", default="")),
                ("spoed", models.BooleanField(db_default=False, default=False)),
                (
                    "aangenomen_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("uiterlijk_op", models.DateTimeField()),
                ("nagekomen_op", models.DateTimeField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
                ("ingetrokken_reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "aangenomen_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aangenomen_terugbelverzoeken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugbelverzoeken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugbelverzoeken",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "nagekomen_door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugbelverzoeken",
                        to="households.persoon",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugbelverzoeken",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "terugbelverzoek",
                "verbose_name_plural": "terugbelverzoeken",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ingetrokken_op__isnull", True), ("nagekomen_op__isnull", True)),
                        fields=["team", "uiterlijk_op"],
                        name="terugbelverzoek_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nagekomen_op__isnull", True), ("ingetrokken_op__isnull", True), _connector="OR"
                        ),
                        name="terugbelverzoek_nagekomen_of_ingetrokken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("naam", ""), _negated=True), models.Q(("telefoon", ""), _negated=True)
                        ),
                        name="terugbelverzoek_wie_en_waar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Belpoging",
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
                ("uitkomst", models.SmallIntegerField(choices=[(1, "gesproken"), (2, "geen gehoor")])),
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
                    "terugbelverzoek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pogingen",
                        to="meldingen.terugbelverzoek",
                    ),
                ),
            ],
            options={
                "verbose_name": "belpoging",
                "verbose_name_plural": "belpogingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("uitkomst__in", [1, 2])), name="belpoging_uitkomst_in_lijst"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BewaardFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=60)),
                ("vraag", models.CharField(blank=True, db_default="", default="", max_length=500)),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaard filter",
                "verbose_name_plural": "bewaarde filters",
                "constraints": [
                    models.UniqueConstraint(fields=("medewerker", "naam"), name="bewaardfilter_naam_uniek"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("formulier", models.CharField(max_length=100)),
                ("inhoud", models.JSONField(default=dict)),
                ("gewijzigd_op", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concepten",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "concept",
                "verbose_name_plural": "concepten",
                "indexes": [
                    models.Index(fields=["gewijzigd_op"], name="concept_gewijzigd_op"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medewerker", "formulier"), name="concept_een_per_formulier"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gesprek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gepland_op", models.DateTimeField()),
                ("plaats", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("afgezegd_op", models.DateTimeField(editable=False, null=True)),
                ("afgezegd_reden", models.TextField(blank=True, db_default="", default="", editable=False)),
                (
                    "deelnemers",
                    models.ManyToManyField(related_name="gesprekken", to=settings.AUTH_USER_MODEL),
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
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gesprekken",
                        to="meldingen.melding",
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
            },
        ),
        migrations.CreateModel(
            name="Koppeling",
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
                    "huishouden",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.huishouden",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="koppelingen",
                        to="meldingen.melding",
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
                "verbose_name": "koppeling",
                "verbose_name_plural": "koppelingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("melding",),
                        name="koppeling_een_tegelijk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notitie",
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
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notities",
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
                "verbose_name": "notitie",
                "verbose_name_plural": "notities",
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "versie"), name="notitie_ref_versie_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vervallen_op__isnull", True),
                            ("vervallen_op__gte", models.F("geregistreerd_op")),
                            _connector="OR",
                        ),
                        name="notitie_vervallen_na_registratie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="notitie_niet_leeg"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Toewijzing",
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
                    "medewerker",
                    models.ForeignKey(
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
                        related_name="toewijzingen",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "toewijzing",
                "verbose_name_plural": "toewijzingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("melding",),
                        name="toewijzing_een_tegelijk",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="melding",
            name="behandelaar",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meldingen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_email",
            field=models.CharField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_naam",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_organisatie",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_relatie",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_soort",
            field=models.SmallIntegerField(
                choices=[(1, "de inwoner zelf"), (2, "een naaste"), (3, "een professional")], null=True
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="melder_telefoon",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="melding",
            name="sleutel",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="melding",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meldingen",
                to="teams.team",
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="toestemming",
            field=models.SmallIntegerField(
                choices=[
                    (1, "ja, de inwoner weet ervan en vindt het goed"),
                    (2, "nee, de inwoner wil dit niet"),
                    (3, "nog niet gevraagd"),
                ],
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                condition=models.Q(
                    ("status", "nieuw"),
                    ("status", "ontvangen"),
                    ("status", "gesprek"),
                    ("status", "onderzoek"),
                    ("status", "onderzoek_afgerond"),
                    ("status", "plan_akkoord"),
                    _connector="OR",
                ),
                fields=["team", "behandelaar"],
                name="melding_werkvoorraad",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                condition=models.Q(
                    ("status", "nieuw"),
                    ("status", "ontvangen"),
                    ("status", "gesprek"),
                    ("status", "onderzoek"),
                    ("status", "onderzoek_afgerond"),
                    ("status", "plan_akkoord"),
                    _connector="OR",
                ),
                fields=["behandelaar"],
                name="melding_van_mij",
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(("melder_soort__in", [1, 2, 3])), name="melding_melder_soort_in_lijst"
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(("toestemming__in", [1, 2, 3])), name="melding_toestemming_in_lijst"
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(
                fields=("sleutel",), condition=models.Q(sleutel__isnull=False), name="melding_sleutel_uniek"
            ),
        ),
        bewaak_versies("meldingen_notitie"),
    ]
