"""From an aanvraag to help that runs. A pgb next to zin for one product is refused by an exclusion constraint."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0006_identiteit"),
        ("meldingen", "0005_verwijzing"),
        ("teams", "0007_logboek"),
        ("voorzieningen", "0003_sociale_kaart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Aanvraag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField()),
                (
                    "geregistreerd_op",
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
                    "melding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aanvraag",
                        to="meldingen.melding",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanvraag",
                "verbose_name_plural": "aanvragen",
            },
        ),
        migrations.CreateModel(
            name="Besluit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "financieringsvorm",
                    models.SmallIntegerField(choices=[(1, "zorg in natura"), (2, "persoonsgebonden budget")]),
                ),
                ("aantal", models.DecimalField(decimal_places=2, max_digits=8)),
                (
                    "eenheid",
                    models.SmallIntegerField(
                        choices=[(1, "uur"), (2, "dagdeel"), (3, "etmaal"), (4, "stuk"), (5, "euro")]
                    ),
                ),
                (
                    "per",
                    models.SmallIntegerField(
                        choices=[(1, "per week"), (2, "per maand"), (3, "per jaar"), (4, "eenmalig")]
                    ),
                ),
                (
                    "prijs",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="prijs per eenheid",
                    ),
                ),
                (
                    "bandbreedte",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="bandbreedte in procenten"
                    ),
                ),
                ("ingangsdatum", models.DateField()),
                ("einddatum", models.DateField(blank=True, null=True, verbose_name="einddatum (tot en met)")),
                ("motivering", models.TextField(blank=True, db_default="", default="")),
                ("pgb_bekwaam", models.BooleanField(db_default=False, default=False)),
                ("pgb_motivatie", models.TextField(blank=True, db_default="", default="")),
                ("pgb_kwaliteit", models.BooleanField(db_default=False, default=False)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("concept", "in voorbereiding"),
                            ("ter_toets", "ligt bij de toetser"),
                            ("getoetst", "akkoord na de toets"),
                            ("toegekend", "toegekend"),
                            ("afgewezen", "niet toegekend"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        default="concept",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                ("besluitdatum", models.DateField(editable=False, null=True)),
                (
                    "afwijsgrond",
                    models.SmallIntegerField(
                        choices=[
                            (1, "de inwoner vond een andere oplossing"),
                            (2, "een algemene voorziening is genoeg"),
                            (3, "een andere wet gaat voor"),
                            (4, "de inwoner wil de eigen bijdrage niet betalen"),
                            (5, "afgewezen"),
                        ],
                        editable=False,
                        null=True,
                    ),
                ),
                ("versie", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "aanbieder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="voorzieningen.aanvraag",
                    ),
                ),
                (
                    "beschikking",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluit",
                        to="voorzieningen.beschikking",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="households.huishouden",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="households.persoon",
                    ),
                ),
                (
                    "voorziening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="besluiten",
                        to="voorzieningen.voorziening",
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit",
                "verbose_name_plural": "besluiten",
                "indexes": [
                    models.Index(fields=["persoon", "voorziening"], name="besluit_van_persoon"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("financieringsvorm__in", [1, 2])),
                        name="besluit_financieringsvorm_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("eenheid__in", [1, 2, 3, 4, 5])), name="besluit_eenheid_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per__in", [1, 2, 3, 4])), name="besluit_per_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["concept", "ter_toets", "getoetst", "toegekend", "afgewezen", "ingetrokken"],
                            )
                        ),
                        name="besluit_status_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("afwijsgrond__in", [1, 2, 3, 4, 5])),
                        name="besluit_afwijsgrond_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("einddatum__isnull", True),
                            ("einddatum__gte", models.F("ingangsdatum")),
                            _connector="OR",
                        ),
                        name="besluit_einddatum_niet_voor_ingangsdatum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aantal__gt", 0)), name="besluit_aantal_boven_nul"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prijs__isnull", True), ("prijs__gte", 0), _connector="OR"),
                        name="besluit_prijs_niet_negatief",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bandbreedte__gte", 0), ("bandbreedte__lte", 100)),
                        name="besluit_bandbreedte",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "toegekend"), _negated=True),
                            models.Q(("beschikking__isnull", False), ("besluitdatum__isnull", False)),
                            _connector="OR",
                        ),
                        name="besluit_toegekend_met_beschikking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "afgewezen"), _negated=True),
                            models.Q(
                                ("afwijsgrond__isnull", False),
                                ("beschikking__isnull", True),
                                ("besluitdatum__isnull", False),
                                models.Q(("motivering", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="besluit_afgewezen_met_reden",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status__in", ["concept", "ter_toets", "getoetst", "toegekend"])),
                        expressions=[
                            ("persoon", "="),
                            ("voorziening", "="),
                            ("financieringsvorm", "<>"),
                            (
                                models.Func(
                                    "ingangsdatum",
                                    "einddatum",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="besluit_geen_pgb_naast_zin",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Besluitstap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stap", models.CharField(max_length=40)),
                ("toelichting", models.TextField(blank=True, db_default="", default="")),
                (
                    "op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stappen",
                        to="voorzieningen.besluit",
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
            ],
            options={
                "verbose_name": "besluitstap",
                "verbose_name_plural": "besluitstappen",
            },
        ),
        migrations.CreateModel(
            name="Bijstelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aantal", models.DecimalField(decimal_places=2, max_digits=8)),
                ("vanaf", models.DateField()),
                ("tot", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("reden", models.TextField()),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bijstellingen",
                        to="voorzieningen.besluit",
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
            ],
            options={
                "verbose_name": "bijstelling",
                "verbose_name_plural": "bijstellingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="bijstelling_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aantal__gt", 0)), name="bijstelling_aantal_boven_nul"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="bijstelling_met_reden"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Budget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wet",
                    models.SmallIntegerField(choices=[(1, "Wmo"), (2, "Jeugdwet"), (3, "Participatiewet")]),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                ("bedrag", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgetten",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget",
                "verbose_name_plural": "budgetten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wet__in", [1, 2, 3])), name="budget_wet_in_lijst"
                    ),
                    models.UniqueConstraint(
                        fields=("team", "wet", "jaar"), name="budget_een_per_jaar", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bedrag__gte", Decimal("0"))), name="budget_niet_negatief"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Levering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("opgedragen", "wacht op de start"),
                            ("gestart", "loopt"),
                            ("gestopt", "gestopt"),
                            ("vervallen", "nooit gestart"),
                        ],
                        default="opgedragen",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                ("opgedragen_op", models.DateField()),
                ("gestart_op", models.DateField(editable=False, null=True)),
                ("start_geregistreerd_op", models.DateTimeField(editable=False, null=True)),
                ("gestopt_op", models.DateField(editable=False, null=True)),
                ("stopreden", models.TextField(blank=True, db_default="", default="", editable=False)),
                (
                    "besluit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levering",
                        to="voorzieningen.besluit",
                    ),
                ),
            ],
            options={
                "verbose_name": "levering",
                "verbose_name_plural": "leveringen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "opgedragen")),
                        fields=["opgedragen_op"],
                        name="levering_wacht",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["opgedragen", "gestart", "gestopt", "vervallen"])),
                        name="levering_status_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gestart_op__isnull", True),
                            ("gestart_op__gte", models.F("opgedragen_op")),
                            _connector="OR",
                        ),
                        name="levering_gestart_op_niet_voor_opgedragen_op",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gestopt_op__isnull", True),
                            ("gestopt_op__gte", models.F("gestart_op")),
                            _connector="OR",
                        ),
                        name="levering_gestopt_op_niet_voor_gestart_op",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("gestart_op__isnull", True),
                                ("gestopt_op__isnull", True),
                                ("status", "opgedragen"),
                            ),
                            models.Q(
                                ("gestart_op__isnull", False),
                                ("gestopt_op__isnull", True),
                                ("status", "gestart"),
                            ),
                            models.Q(
                                ("gestart_op__isnull", False),
                                ("gestopt_op__isnull", False),
                                ("status", "gestopt"),
                            ),
                            models.Q(
                                ("gestart_op__isnull", True),
                                ("gestopt_op__isnull", True),
                                ("status", "vervallen"),
                            ),
                            _connector="OR",
                        ),
                        name="levering_status_volgt_de_dagen",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Opschorting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grond",
                    models.SmallIntegerField(
                        choices=[
                            (1, "de aanvraag moet worden aangevuld (art. 4:15, eerste lid)"),
                            (2, "de aanvrager stemt er schriftelijk mee in (art. 4:15, tweede lid, onder a)"),
                            (3, "de vertraging ligt aan de aanvrager (art. 4:15, tweede lid, onder b)"),
                            (4, "overmacht (art. 4:15, tweede lid, onder c)"),
                        ]
                    ),
                ),
                ("van", models.DateField()),
                ("tot", models.DateField(null=True, verbose_name="tot en met")),
                ("reden", models.TextField()),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opschortingen",
                        to="voorzieningen.aanvraag",
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
            ],
            options={
                "verbose_name": "opschorting",
                "verbose_name_plural": "opschortingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grond__in", [1, 2, 3, 4])), name="opschorting_grond_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("van")), _connector="OR"
                        ),
                        name="opschorting_tot_niet_voor_van",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="opschorting_met_reden"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("aanvraag",),
                        name="opschorting_een_tegelijk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Toets",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gevraagd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("uiterlijk_op", models.DateField()),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("gevraagd", "wacht op een toetser"),
                            ("in_behandeling", "in behandeling"),
                            ("vraag_open", "wacht op antwoord van de aanvrager"),
                            ("goedgekeurd", "akkoord"),
                            ("afgekeurd", "niet akkoord"),
                            ("ingetrokken", "teruggenomen"),
                        ],
                        default="gevraagd",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                ("oordeel", models.TextField(blank=True, db_default="", default="", editable=False)),
                ("afgerond_op", models.DateTimeField(editable=False, null=True)),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toetsen",
                        to="voorzieningen.besluit",
                    ),
                ),
                (
                    "gevraagd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gevraagde_toetsen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "toetser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toetsen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "toets",
                "verbose_name_plural": "toetsen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("gevraagd", "in_behandeling", "vraag_open"))),
                        fields=["uiterlijk_op"],
                        name="toets_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "gevraagd",
                                    "in_behandeling",
                                    "vraag_open",
                                    "goedgekeurd",
                                    "afgekeurd",
                                    "ingetrokken",
                                ],
                            )
                        ),
                        name="toets_status_in_lijst",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("gevraagd", "in_behandeling", "vraag_open"))),
                        fields=("besluit",),
                        name="toets_een_tegelijk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("toetser__isnull", True),
                            models.Q(("toetser", models.F("gevraagd_door")), _negated=True),
                            _connector="OR",
                        ),
                        name="toets_vier_ogen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["goedgekeurd", "afgekeurd"]), _negated=True),
                            models.Q(
                                ("afgerond_op__isnull", False),
                                ("toetser__isnull", False),
                                models.Q(("oordeel", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="toets_afgerond_met_oordeel",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Toetsvraag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vraag", models.TextField()),
                (
                    "gesteld_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("antwoord", models.TextField(blank=True, db_default="", default="")),
                ("beantwoord_op", models.DateTimeField(null=True)),
                (
                    "beantwoord_door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gesteld_door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "toets",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vragen",
                        to="voorzieningen.toets",
                    ),
                ),
            ],
            options={
                "verbose_name": "toetsvraag",
                "verbose_name_plural": "toetsvragen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vraag", ""), _negated=True), name="toetsvraag_niet_leeg"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("antwoord", ""),
                                ("beantwoord_door__isnull", True),
                                ("beantwoord_op__isnull", True),
                            ),
                            models.Q(
                                models.Q(("antwoord", ""), _negated=True),
                                ("beantwoord_door__isnull", False),
                                ("beantwoord_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="toetsvraag_beantwoord_door_iemand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("antwoord", "")),
                        fields=("toets",),
                        name="toetsvraag_een_tegelijk",
                    ),
                ],
            },
        ),
    ]
