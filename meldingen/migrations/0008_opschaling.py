"""Scaling up: who is asked what by when, the word back, and the rondetafel with its evaluations."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "opschaling_consult_dagen": (7, "Zoveel dagen na de vraag is er antwoord op een consult."),
    "opschaling_bindend_advies_dagen": (14, "Zoveel dagen na de vraag is er een bindend advies."),
    "opschaling_coordinatie_dagen": (
        14,
        "Zoveel dagen na de vraag is er antwoord op een vraag om coördinatie.",
    ),
    "opschaling_interventieteam_dagen": (
        3,
        "Zoveel dagen na de vraag antwoordt het Tijdelijk Interventieteam.",
    ),
    "opschaling_brandpunt_dagen": (14, "Zoveel dagen na de vraag antwoordt de brandpuntfunctionaris."),
    "rondetafel_evaluatie_1_weken": (6, "Zoveel weken na een rondetafel worden de afspraken geëvalueerd."),
    "rondetafel_evaluatie_2_weken": (12, "Zoveel weken na een rondetafel worden zij nog eens geëvalueerd."),
    "omloop_rust_dagen": (
        182,
        "Wie binnen zoveel dagen na het einde opnieuw meldt, is nog met dezelfde zaak bezig.",
    ),
}
BEWAAK_OPSCHALING = """
CREATE FUNCTION bewaak_opschaling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    vast text[] := ARRAY['huishouden_id', 'melding_id', 'soort', 'vraag', 'van_team_id', 'team_id',
        'uiterlijk_op', 'betrokkenheid_id', 'gevraagd_op', 'gevraagd_door_id'];
    sleutel text;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'Een opschaling wordt niet verwijderd.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.beeindigd_op IS NOT NULL AND (OLD.beantwoord_op IS NULL OR OLD.gezien_op IS NOT NULL
            OR to_jsonb(NEW) - 'gezien_op' IS DISTINCT FROM to_jsonb(OLD) - 'gezien_op') THEN
        RAISE EXCEPTION 'Opschaling % is beëindigd en verandert niet meer.', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.beantwoord_op IS NOT NULL THEN
        vast := vast || ARRAY['medewerker_id', 'antwoord', 'beantwoord_op', 'beantwoord_door_id'];
    END IF;
    FOREACH sleutel IN ARRAY vast LOOP
        IF to_jsonb(NEW)->sleutel IS DISTINCT FROM to_jsonb(OLD)->sleutel THEN
            RAISE EXCEPTION 'Wat gevraagd en geantwoord is, wordt niet gewijzigd (opschaling %, %).', OLD.id, sleutel
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_opschaling BEFORE UPDATE OR DELETE ON meldingen_opschaling
    FOR EACH ROW EXECUTE FUNCTION bewaak_opschaling();
CREATE TRIGGER bewaak_opschalingen BEFORE TRUNCATE ON meldingen_opschaling
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_opschaling();
"""
VASTGELEGD = {
    "opschalingstap": "",
    "opschalingsvraag": "'antwoord', 'beantwoord_op', 'beantwoord_door_id'",
    "rondetafel": "",
    "tafelgenoot": "",
    "tafelafspraak": "",
    "tafelevaluatie": "'gehouden_op', 'door_id'",
    "tafelresultaat": "",
}
"""Tables whose rows never change, and what may be filled in once."""


def bewaak_vastgelegd(tabel, invulbaar):
    return migrations.RunSQL(
        f"CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_{tabel}"
        f" FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd({invulbaar});"
        f"CREATE TRIGGER bewaak_alles BEFORE TRUNCATE ON meldingen_{tabel}"
        " FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgelegd()",
        f"DROP TRIGGER bewaak_alles ON meldingen_{tabel}; DROP TRIGGER bewaak_vastgelegd ON meldingen_{tabel}",
    )


def zet_instellingen(apps, schema_editor):
    Instelling = apps.get_model("teams", "Instelling")
    Instelling.objects.bulk_create(
        Instelling(
            sleutel=sleutel, geldig_van=datetime.date(1900, 1, 1), waarde=waarde, toelichting=toelichting
        )
        for sleutel, (waarde, toelichting) in INSTELLINGEN.items()
    )


def haal_instellingen_weg(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.filter(sleutel__in=INSTELLINGEN).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0008_plan"),
        ("meldingen", "0007_verslag"),
        ("teams", "0007_logboek"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opschaling",
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
                            (1, "consult"),
                            (2, "bindend advies"),
                            (3, "coördinatie"),
                            (4, "Tijdelijk Interventieteam"),
                            (5, "brandpuntfunctionaris"),
                        ]
                    ),
                ),
                ("vraag", models.TextField()),
                ("uiterlijk_op", models.DateField(verbose_name="antwoord uiterlijk op")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("gevraagd", "nog door niemand opgepakt"),
                            ("opgepakt", "opgepakt"),
                            ("beantwoord", "beantwoord"),
                            ("afgeschaald", "afgeschaald"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        default="gevraagd",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "gevraagd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("opgepakt_op", models.DateTimeField(editable=False, null=True)),
                ("antwoord", models.TextField(blank=True, db_default="", default="")),
                ("beantwoord_op", models.DateTimeField(editable=False, null=True)),
                ("gezien_op", models.DateTimeField(editable=False, null=True)),
                ("eind", models.TextField(blank=True, db_default="", default="")),
                ("beeindigd_op", models.DateTimeField(editable=False, null=True)),
                (
                    "beantwoord_door",
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
                    "betrokkenheid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.betrokkenheid",
                    ),
                ),
                (
                    "eerdere_contactpersoon",
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
                    "gevraagd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gevraagde_opschalingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "huishouden",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opschalingen",
                        to="households.huishouden",
                    ),
                ),
                (
                    "medewerker",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opschalingen",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opschalingen",
                        to="teams.team",
                    ),
                ),
                (
                    "van_team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "opschaling",
                "verbose_name_plural": "opschalingen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("gevraagd", "opgepakt", "beantwoord"))),
                        fields=["team", "uiterlijk_op"],
                        name="opschaling_lopend",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3, 4, 5])), name="opschaling_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["gevraagd", "opgepakt", "beantwoord", "afgeschaald", "ingetrokken"],
                            )
                        ),
                        name="opschaling_status_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vraag", ""), _negated=True), name="opschaling_met_vraag"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("gevraagd", "opgepakt", "beantwoord"))),
                        fields=("huishouden", "soort"),
                        name="opschaling_een_per_soort",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("medewerker__isnull", True),
                                ("opgepakt_op__isnull", True),
                                ("status", "gevraagd"),
                            ),
                            models.Q(
                                ("medewerker__isnull", False),
                                ("opgepakt_op__isnull", False),
                                ("status__in", ["opgepakt", "beantwoord", "afgeschaald"]),
                            ),
                            ("status", "ingetrokken"),
                            _connector="OR",
                        ),
                        name="opschaling_opgepakt_door_iemand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["beantwoord", "afgeschaald"]),
                                models.Q(("antwoord", ""), _negated=True),
                                ("beantwoord_door__isnull", False),
                                ("beantwoord_op__isnull", False),
                            ),
                            models.Q(
                                ("antwoord", ""),
                                ("beantwoord_door__isnull", True),
                                ("beantwoord_op__isnull", True),
                                ("gezien_op__isnull", True),
                                ("status__in", ["gevraagd", "opgepakt", "ingetrokken"]),
                            ),
                            _connector="OR",
                        ),
                        name="opschaling_beantwoord_met_antwoord",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("beeindigd_door__isnull", True),
                                ("beeindigd_op__isnull", True),
                                ("eind", ""),
                                ("status__in", ("gevraagd", "opgepakt", "beantwoord")),
                            ),
                            models.Q(
                                ("beeindigd_door__isnull", False),
                                ("beeindigd_op__isnull", False),
                                ("status__in", ["afgeschaald", "ingetrokken"]),
                                models.Q(("eind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opschaling_beeindigd_met_reden",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Opschalingstap",
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
                            (1, "gevraagd"),
                            (2, "opgepakt"),
                            (3, "teruggelegd"),
                            (4, "vraag aan het wijkteam"),
                            (5, "vraag beantwoord"),
                            (6, "beantwoord"),
                            (7, "antwoord gelezen"),
                            (8, "afgeschaald"),
                            (9, "ingetrokken"),
                            (10, "rondetafel"),
                            (11, "afspraak aan de rondetafel"),
                            (12, "afspraken geëvalueerd"),
                        ]
                    ),
                ),
                ("toelichting", models.TextField(blank=True, db_default="", default="")),
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
                    "opschaling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stappen",
                        to="meldingen.opschaling",
                    ),
                ),
            ],
            options={
                "verbose_name": "opschalingstap",
                "verbose_name_plural": "opschalingstappen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stap__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
                        name="opschalingstap_stap_in_lijst",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opschalingsvraag",
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
                ("antwoord", models.TextField(null=True)),
                ("beantwoord_op", models.DateTimeField(editable=False, null=True)),
                (
                    "beantwoord_door",
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
                    "gesteld_door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opschaling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vragen",
                        to="meldingen.opschaling",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag bij een opschaling",
                "verbose_name_plural": "vragen bij een opschaling",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vraag", ""), _negated=True), name="opschalingsvraag_niet_leeg"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("antwoord__isnull", True),
                                ("beantwoord_door__isnull", True),
                                ("beantwoord_op__isnull", True),
                            ),
                            models.Q(
                                ("antwoord__isnull", False),
                                ("beantwoord_door__isnull", False),
                                ("beantwoord_op__isnull", False),
                                models.Q(("antwoord", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opschalingsvraag_beantwoord_met_antwoord",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("antwoord__isnull", True)),
                        fields=("opschaling",),
                        name="opschalingsvraag_een_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rondetafel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField()),
                ("plaats", models.CharField(max_length=200)),
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
                    "opschaling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rondetafels",
                        to="meldingen.opschaling",
                    ),
                ),
            ],
            options={
                "verbose_name": "rondetafel",
                "verbose_name_plural": "rondetafels",
                "constraints": [
                    models.UniqueConstraint(fields=("opschaling", "datum"), name="rondetafel_een_per_dag"),
                    models.CheckConstraint(
                        condition=models.Q(("plaats", ""), _negated=True), name="rondetafel_met_plaats"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tafelevaluatie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weken", models.PositiveSmallIntegerField()),
                ("gepland_op", models.DateField()),
                ("gehouden_op", models.DateField(null=True)),
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
                    "rondetafel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluaties",
                        to="meldingen.rondetafel",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluatie van een rondetafel",
                "verbose_name_plural": "evaluaties van een rondetafel",
                "indexes": [
                    models.Index(
                        condition=models.Q(("gehouden_op__isnull", True)),
                        fields=["gepland_op"],
                        name="tafelevaluatie_te_doen",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rondetafel", "weken"), name="tafelevaluatie_een_per_termijn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("door__isnull", True), ("gehouden_op__isnull", True)),
                            models.Q(("door__isnull", False), ("gehouden_op__isnull", False)),
                            _connector="OR",
                        ),
                        name="tafelevaluatie_gehouden_door_iemand",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tafelgenoot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ketenpartner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.ketenpartner",
                    ),
                ),
                (
                    "medewerker",
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.persoon",
                    ),
                ),
                (
                    "rondetafel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tafelgenoten",
                        to="meldingen.rondetafel",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelnemer aan een rondetafel",
                "verbose_name_plural": "deelnemers aan een rondetafel",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ketenpartner__isnull", True),
                                ("medewerker__isnull", False),
                                ("persoon__isnull", True),
                            ),
                            models.Q(
                                ("ketenpartner__isnull", False),
                                ("medewerker__isnull", True),
                                ("persoon__isnull", True),
                            ),
                            models.Q(
                                ("ketenpartner__isnull", True),
                                ("medewerker__isnull", True),
                                ("persoon__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tafelgenoot_is_een_van_drie",
                    ),
                    models.UniqueConstraint(
                        fields=("rondetafel", "medewerker", "ketenpartner", "persoon"),
                        name="tafelgenoot_een_keer",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tafelafspraak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tekst", models.TextField()),
                ("uiterlijk_op", models.DateField()),
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
                    "rondetafel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="meldingen.rondetafel",
                    ),
                ),
                (
                    "wie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="meldingen.tafelgenoot",
                    ),
                ),
            ],
            options={
                "verbose_name": "afspraak aan een rondetafel",
                "verbose_name_plural": "afspraken aan een rondetafel",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="tafelafspraak_niet_leeg"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tafelresultaat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "resultaat",
                    models.SmallIntegerField(
                        choices=[
                            (1, "niet bereikt"),
                            (2, "voor een deel bereikt"),
                            (3, "bereikt"),
                            (4, "niet meer nodig"),
                        ]
                    ),
                ),
                ("toelichting", models.TextField(blank=True, db_default="", default="")),
                (
                    "afspraak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resultaten",
                        to="meldingen.tafelafspraak",
                    ),
                ),
                (
                    "evaluatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resultaten",
                        to="meldingen.tafelevaluatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "resultaat van een afspraak",
                "verbose_name_plural": "resultaten van afspraken",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("resultaat__in", [1, 2, 3, 4])),
                        name="tafelresultaat_resultaat_in_lijst",
                    ),
                    models.UniqueConstraint(fields=("evaluatie", "afspraak"), name="tafelresultaat_een_keer"),
                ],
            },
        ),
        migrations.RunSQL(
            BEWAAK_OPSCHALING,
            "DROP TRIGGER bewaak_opschalingen ON meldingen_opschaling;"
            "DROP TRIGGER bewaak_opschaling ON meldingen_opschaling; DROP FUNCTION bewaak_opschaling()",
        ),
        *(bewaak_vastgelegd(tabel, invulbaar) for tabel, invulbaar in VASTGELEGD.items()),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
