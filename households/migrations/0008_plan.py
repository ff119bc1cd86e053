"""One plan per household, with everything that a plan holds; the database keeps what is closed or set down."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BEWAAK_PLAN = """
CREATE FUNCTION bewaak_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rij CONSTANT jsonb := to_jsonb(coalesce(NEW, OLD));
    van bigint := coalesce(
        (rij->>'plan_id')::bigint,
        (SELECT plan_id FROM households_doel WHERE id = (rij->>'doel_id')::bigint)
    );
    wie CONSTANT bigint := coalesce(rij->>'eigenaar_id', rij->>'wie_id', rij->>'deelnemer_id')::bigint;
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'households_doel_voor_wie' THEN
        RAISE EXCEPTION 'Een rij van een plan wordt niet verwijderd (%).', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM households_plan WHERE id = van AND tot IS NOT NULL) THEN
        RAISE EXCEPTION 'Plan % is afgesloten en verandert niet meer (%).', van, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW)->'plan_id' IS DISTINCT FROM to_jsonb(OLD)->'plan_id' THEN
        RAISE EXCEPTION 'Een rij van een plan gaat niet naar een ander plan (%).', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF wie IS NOT NULL AND NOT EXISTS (SELECT FROM households_deelnemer WHERE id = wie AND plan_id = van)
       OR rij->>'doel_id' IS NOT NULL AND NOT EXISTS (
           SELECT FROM households_doel WHERE id = (rij->>'doel_id')::bigint AND plan_id = van) THEN
        RAISE EXCEPTION 'Wie iets doet in plan %, en het doel daarvan, horen bij dat plan (%).', van, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE FUNCTION bewaak_afgesloten_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.tot IS NULL AND NEW.huishouden_id = OLD.huishouden_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een plan wordt niet verwijderd, en een afgesloten plan verandert niet meer.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER bewaak_plan BEFORE UPDATE OR DELETE ON households_plan
    FOR EACH ROW EXECUTE FUNCTION bewaak_afgesloten_plan();
"""
BEWAAK_VASTGELEGD = """
CREATE FUNCTION bewaak_vastgelegd() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- the arguments name what may be filled in once; the first of them says whether it was
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        IF to_jsonb(OLD)->>TG_ARGV[0] IS NULL AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Wat in % is vastgelegd, wordt niet gewijzigd of verwijderd.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BINNEN_PLAN = ("deelnemer", "doel", "doel_voor_wie", "afspraak", "regie", "evaluatie", "planversie")
VASTGELEGD = {
    "planversie": "",
    "akkoord": "",
    "planwijziging": "",
    "afsluiting": "'waakvlam_gehad_op', 'waakvlam_verslag'",
}


def bewaak_binnen_plan(tabel):
    """A row of a running plan, which is never deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER bewaak_plan BEFORE INSERT OR UPDATE OR DELETE ON households_{tabel}"
        " FOR EACH ROW EXECUTE FUNCTION bewaak_plan()",
        f"DROP TRIGGER bewaak_plan ON households_{tabel}",
    )


def bewaak_vastgelegd(tabel, invulbaar):
    """A row that is never changed or deleted, but that the columns `invulbaar` are filled in once."""
    return migrations.RunSQL(
        f"CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON households_{tabel}"
        f" FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd({invulbaar});"
        f"CREATE TRIGGER bewaak_alles BEFORE TRUNCATE ON households_{tabel}"
        " FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgelegd()",
        f"DROP TRIGGER bewaak_alles ON households_{tabel}; DROP TRIGGER bewaak_vastgelegd ON households_{tabel}",
    )


def zet_instelling(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.create(
        sleutel="evaluatie_weken",
        geldig_van=datetime.date(1900, 1, 1),
        waarde=12,
        toelichting="Na zoveel weken kijken wij samen of een doel dichterbij is gekomen.",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0007_gezin"),
        ("teams", "0003_aanstelling_inzage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plannen",
                        to="households.huishouden",
                    ),
                ),
                (
                    "vorige",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="volgende",
                        to="households.plan",
                        verbose_name="vorig plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plannen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="plan_tot_niet_voor_vanaf",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("huishouden",),
                        name="plan_een_lopend",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deelnemer",
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
                        choices=[
                            (1, "lid van het huishouden"),
                            (2, "familie, vriend of buur"),
                            (3, "wijkteam"),
                            (4, "school"),
                            (5, "huisarts"),
                            (6, "andere organisatie"),
                        ]
                    ),
                ),
                ("naam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("organisatie", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("rol", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("telefoon", models.CharField(blank=True, db_default="", default="", max_length=40)),
                (
                    "email",
                    models.EmailField(
                        blank=True, db_default="", default="", max_length=254, verbose_name="e-mail"
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
                    "medewerker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deelnames",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deelnames",
                        to="households.persoon",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deelnemers",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelnemer",
                "verbose_name_plural": "deelnemers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3, 4, 5, 6])), name="deelnemer_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="deelnemer_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("medewerker__isnull", True), ("persoon__isnull", False), ("soort", 1)),
                            models.Q(("medewerker__isnull", False), ("persoon__isnull", True), ("soort", 3)),
                            models.Q(
                                models.Q(("soort__in", (1, 3)), _negated=True),
                                ("medewerker__isnull", True),
                                ("persoon__isnull", True),
                                models.Q(("naam", ""), ("organisatie", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="deelnemer_is_iemand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("plan", "persoon"),
                        name="deelnemer_persoon_een_keer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("plan", "medewerker"),
                        name="deelnemer_medewerker_een_keer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Doel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tekst", models.TextField()),
                ("besloten", models.BooleanField(db_default=False, default=False)),
                ("begin", models.DateField()),
                ("streefdatum", models.DateField(null=True)),
                (
                    "stand",
                    models.SmallIntegerField(
                        choices=[(1, "open"), (2, "bereikt"), (3, "losgelaten")], db_default=1, default=1
                    ),
                ),
                ("bewerking", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "eigenaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doelen",
                        to="households.deelnemer",
                    ),
                ),
                (
                    "levensgebied",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.levensgebied",
                    ),
                ),
                ("voor_wie", models.ManyToManyField(related_name="doelen", to="households.persoon")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doelen",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "doel",
                "verbose_name_plural": "doelen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stand__in", [1, 2, 3])), name="doel_stand_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("streefdatum__isnull", True),
                            ("streefdatum__gte", models.F("begin")),
                            _connector="OR",
                        ),
                        name="doel_streefdatum_niet_voor_begin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="doel_met_tekst"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Afspraak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("soort", models.SmallIntegerField(choices=[(1, "actie"), (2, "afspraak")])),
                ("tekst", models.TextField()),
                ("uiterlijk_op", models.DateField(null=True)),
                ("gedaan_op", models.DateField(null=True)),
                ("vervallen_op", models.DateField(null=True)),
                ("bewerking", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "wie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="households.deelnemer",
                    ),
                ),
                (
                    "doel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="households.doel",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "afspraak",
                "verbose_name_plural": "afspraken",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2])), name="afspraak_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="afspraak_met_tekst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gedaan_op__isnull", True), ("vervallen_op__isnull", True), _connector="OR"
                        ),
                        name="afspraak_gedaan_of_vervallen",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Afsluiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "over_resultaat",
                    models.SmallIntegerField(
                        choices=[
                            (1, "helemaal niet tevreden"),
                            (2, "niet tevreden"),
                            (3, "gaat wel"),
                            (4, "tevreden"),
                            (5, "heel tevreden"),
                        ],
                        null=True,
                    ),
                ),
                (
                    "over_proces",
                    models.SmallIntegerField(
                        choices=[
                            (1, "helemaal niet tevreden"),
                            (2, "niet tevreden"),
                            (3, "gaat wel"),
                            (4, "tevreden"),
                            (5, "heel tevreden"),
                        ],
                        null=True,
                    ),
                ),
                ("opmerking", models.TextField(blank=True, db_default="", default="")),
                ("niet_gevraagd_omdat", models.TextField(blank=True, db_default="", default="")),
                ("waakvlam_op", models.DateField(null=True)),
                ("geen_waakvlam_omdat", models.TextField(blank=True, db_default="", default="")),
                ("waakvlam_gehad_op", models.DateField(null=True)),
                ("waakvlam_verslag", models.TextField(blank=True, db_default="", default="")),
                (
                    "waakvlam_wie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waakvlammen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afsluiting",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "afsluiting",
                "verbose_name_plural": "afsluitingen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("waakvlam_gehad_op__isnull", True)),
                        fields=["waakvlam_op"],
                        name="afsluiting_waakvlam",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("over_resultaat__in", [1, 2, 3, 4, 5])),
                        name="afsluiting_over_resultaat_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("over_proces__in", [1, 2, 3, 4, 5])),
                        name="afsluiting_over_proces_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("niet_gevraagd_omdat", ""),
                                ("over_proces__isnull", False),
                                ("over_resultaat__isnull", False),
                            ),
                            models.Q(
                                ("over_proces__isnull", True),
                                ("over_resultaat__isnull", True),
                                models.Q(("niet_gevraagd_omdat", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="afsluiting_gevraagd_of_waarom_niet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("geen_waakvlam_omdat", ""),
                                ("waakvlam_op__isnull", False),
                                ("waakvlam_wie__isnull", False),
                            ),
                            models.Q(
                                ("waakvlam_gehad_op__isnull", True),
                                ("waakvlam_op__isnull", True),
                                ("waakvlam_wie__isnull", True),
                                models.Q(("geen_waakvlam_omdat", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="afsluiting_waakvlam_of_waarom_niet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Planversie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveSmallIntegerField()),
                ("inhoud", models.JSONField()),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versies",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "versie van een plan",
                "verbose_name_plural": "versies van plannen",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "nummer"), name="planversie_nummer_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(("nummer__gte", 1)), name="planversie_nummer_vanaf_een"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Akkoord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField()),
                (
                    "wijze",
                    models.SmallIntegerField(
                        choices=[
                            (1, "mondeling, in een gesprek"),
                            (2, "per telefoon"),
                            (3, "met een handtekening"),
                            (4, "per e-mail"),
                            (5, "per post"),
                        ]
                    ),
                ),
                (
                    "antwoord",
                    models.SmallIntegerField(
                        choices=[(1, "akkoord"), (2, "akkoord, met een opmerking"), (3, "niet akkoord")]
                    ),
                ),
                ("opmerking", models.TextField(blank=True, db_default="", default="")),
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
                    "deelnemer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="akkoorden",
                        to="households.deelnemer",
                    ),
                ),
                (
                    "versie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="akkoorden",
                        to="households.planversie",
                    ),
                ),
            ],
            options={
                "verbose_name": "akkoord",
                "verbose_name_plural": "akkoorden",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wijze__in", [1, 2, 3, 4, 5])), name="akkoord_wijze_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("antwoord__in", [1, 2, 3])), name="akkoord_antwoord_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("antwoord", 1), models.Q(("opmerking", ""), _negated=True), _connector="OR"
                        ),
                        name="akkoord_met_opmerking",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Planwijziging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stap",
                    models.SmallIntegerField(
                        choices=[
                            (1, "plan begonnen"),
                            (2, "doel toegevoegd"),
                            (3, "doel gewijzigd"),
                            (4, "actie of afspraak toegevoegd"),
                            (5, "actie of afspraak gewijzigd"),
                            (6, "doet mee"),
                            (7, "doet niet meer mee"),
                            (8, "regie vastgelegd"),
                            (9, "evaluatie gepland"),
                            (10, "evaluatie gehouden"),
                            (11, "versie vastgesteld"),
                            (12, "mening over een versie vastgelegd"),
                            (13, "plan afgesloten"),
                            (14, "waakvlamcontact gehad"),
                        ]
                    ),
                ),
                ("sleutel", models.BigIntegerField()),
                ("voor", models.JSONField(db_default={}, default=dict)),
                ("na", models.JSONField(db_default={}, default=dict)),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "wijziging van een plan",
                "verbose_name_plural": "wijzigingen van plannen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stap__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])),
                        name="planwijziging_stap_in_lijst",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Regie",
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
                        choices=[
                            (1, "eigen regie van de inwoner"),
                            (2, "dagelijkse regie"),
                            (3, "regie op papieren en aanvragen"),
                            (4, "regie op hoofdlijnen"),
                            (5, "opdrachtgever van de hulp"),
                        ]
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
                    "deelnemer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regie",
                        to="households.deelnemer",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regie",
                        to="households.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "regie",
                "verbose_name_plural": "regie",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3, 4, 5])), name="regie_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="regie_tot_niet_voor_vanaf",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("plan", "soort"),
                        name="regie_een_tegelijk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluatie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gepland_op", models.DateField()),
                ("gehouden_op", models.DateField(null=True)),
                (
                    "resultaat",
                    models.SmallIntegerField(
                        choices=[
                            (1, "niet bereikt"),
                            (2, "voor een deel bereikt"),
                            (3, "bereikt"),
                            (4, "niet meer nodig"),
                        ],
                        null=True,
                    ),
                ),
                ("toelichting", models.TextField(blank=True, db_default="", default="")),
                (
                    "doel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluaties",
                        to="households.doel",
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
            ],
            options={
                "verbose_name": "evaluatie",
                "verbose_name_plural": "evaluaties",
                "indexes": [
                    models.Index(
                        condition=models.Q(("gehouden_op__isnull", True)),
                        fields=["gepland_op"],
                        name="evaluatie_te_houden",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("resultaat__in", [1, 2, 3, 4])),
                        name="evaluatie_resultaat_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gehouden_op__isnull", True), ("resultaat__isnull", True)),
                            models.Q(("gehouden_op__isnull", False), ("resultaat__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluatie_gehouden_met_resultaat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gehouden_op__isnull", True)),
                        fields=("doel", "gepland_op"),
                        name="evaluatie_een_keer_op_een_dag",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            BEWAAK_PLAN,
            "DROP TRIGGER bewaak_plan ON households_plan; DROP FUNCTION bewaak_afgesloten_plan();"
            "DROP FUNCTION bewaak_plan()",
        ),
        migrations.RunSQL(BEWAAK_VASTGELEGD, "DROP FUNCTION bewaak_vastgelegd()"),
        *(bewaak_binnen_plan(tabel) for tabel in BINNEN_PLAN),
        *(bewaak_vastgelegd(tabel, invulbaar) for tabel, invulbaar in VASTGELEGD.items()),
        migrations.RunPython(zet_instelling, migrations.RunPython.noop),
    ]
