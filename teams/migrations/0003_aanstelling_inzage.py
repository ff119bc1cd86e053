"""Roles with a period, and the log of who read whom, which only grows."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BEWAAK_LOGBOEK = """
CREATE FUNCTION bewaak_logboek() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Het logboek van % wordt alleen aangevuld.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER bewaak_logboek BEFORE UPDATE OR DELETE OR TRUNCATE ON teams_inzage
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_logboek();
"""
INSTELLINGEN = {
    "noodtoegang_uren": (3, "Zo lang duurt een noodtoegang."),
    "spoed_uren": (4, "Binnen zoveel uur moet iemand een spoedmelding hebben opgepakt."),
    "terugbel_uren": (24, "Binnen zoveel uur bellen wij terug."),
    "dubbel_minuten": (30, "Wie binnen zoveel minuten hetzelfde meldt, wordt op de eerste melding gewezen."),
    "concept_dagen": (14, "Zo lang blijft staan wat iemand typte en niet opsloeg."),
    "wmo_onderzoek_dagen": (42, "Onderzoek na een melding (Wmo 2015, art. 2.3.2, eerste lid: zes weken)."),
    "wmo_besluit_dagen": (14, "Besluit op een aanvraag (Wmo 2015, art. 2.3.5, tweede lid: twee weken)."),
    "persoonlijk_plan_dagen": (7, "Persoonlijk plan na een melding (Wmo 2015, art. 2.3.2, tweede lid)."),
    "start_dagen": (21, "Na zoveel dagen zonder start van toegekende hulp komt er een signaal."),
    "toets_werkdagen": (5, "Binnen zoveel werkdagen is een besluit getoetst."),
    "bandbreedte_procent": (
        20,
        "Zoveel procent mag het aantal van een voorziening in één stap worden bijgesteld.",
    ),
    "jeugd_besluit_dagen": (56, "Besluit over jeugdhulp (Awb, art. 4:13, tweede lid: acht weken)."),
}


def zet_instellingen(apps, schema_editor):
    apps.get_model("teams", "Instelling").objects.bulk_create(
        apps.get_model("teams", "Instelling")(
            sleutel=sleutel, geldig_van=datetime.date(1900, 1, 1), waarde=waarde, toelichting=toelichting
        )
        for sleutel, (waarde, toelichting) in INSTELLINGEN.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0002_bewaking"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanstelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rol",
                    models.SmallIntegerField(
                        choices=[
                            (1, "wijkwerker"),
                            (2, "teamcoördinator"),
                            (3, "expertteamlid"),
                            (4, "toetser"),
                            (5, "KCC-medewerker"),
                            (6, "klachtenfunctionaris"),
                            (7, "analist"),
                            (8, "functioneel beheerder"),
                            (9, "privacyfunctionaris (FG)"),
                            (10, "manager"),
                        ]
                    ),
                ),
                ("discipline", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "moederorganisatie",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                ("vanaf", models.DateField()),
                ("tot", models.DateField(blank=True, null=True)),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aanstellingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aanstellingen",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanstelling",
                "verbose_name_plural": "aanstellingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rol__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
                        name="aanstelling_rol_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True), ("tot__gte", models.F("vanaf")), _connector="OR"
                        ),
                        name="aanstelling_tot_niet_voor_vanaf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rol__in", (1, 2, 3, 10)), ("team__isnull", False)),
                            models.Q(
                                models.Q(("rol__in", (1, 2, 3, 10)), _negated=True), ("team__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="aanstelling_team_bij_teamrol",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("medewerker", "rol", "team"),
                        name="aanstelling_een_open",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inzage",
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
                (
                    "namens",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
                ),
                (
                    "rollen",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
                ),
                ("onderwerp", models.CharField(editable=False, max_length=64)),
                ("sleutel", models.BigIntegerField(editable=False, null=True)),
                ("persoon", models.BigIntegerField(editable=False, null=True)),
                ("huishouden", models.BigIntegerField(editable=False, null=True)),
                (
                    "handeling",
                    models.SmallIntegerField(
                        choices=[
                            (1, "geopend"),
                            (2, "in een lijst gezien"),
                            (3, "gevonden bij het zoeken"),
                            (4, "afgedrukt"),
                            (5, "geëxporteerd"),
                            (6, "gewijzigd"),
                        ],
                        editable=False,
                    ),
                ),
                (
                    "grond",
                    models.SmallIntegerField(
                        choices=[
                            (1, "mag weten dat dit huishouden bekend is en bij wie"),
                            (2, "werkt in het team van dit huishouden"),
                            (3, "is betrokken bij dit huishouden"),
                            (4, "het expertteam is erbij gevraagd"),
                            (5, "noodtoegang met opgave van reden"),
                            (6, "werkt in het team dat deze melding heeft"),
                            (7, "behandelt deze melding"),
                            (8, "toetst het voorgenomen besluit"),
                            (9, "ziet toe op de privacy"),
                            (10, "hoort bij de rol"),
                            (11, "legde dit zelf vast"),
                            (12, "ziet dat dit in de rij van het team staat"),
                            (13, "nog bij geen enkel team"),
                            (14, "verdeelt het werk van dit team"),
                            (15, "leidt het team dat deze melding heeft"),
                        ],
                        editable=False,
                        null=True,
                    ),
                ),
                ("reden", models.TextField(blank=True, db_default="", default="", editable=False)),
                (
                    "weg",
                    models.SmallIntegerField(
                        choices=[
                            (1, "website"),
                            (2, "koppeling"),
                            (3, "opdracht op de server"),
                            (4, "achtergrondtaak"),
                        ],
                        editable=False,
                    ),
                ),
                ("verzoek", models.UUIDField(editable=False, null=True)),
                ("toegestaan", models.BooleanField(editable=False)),
                (
                    "medewerker",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inzagen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "inzage",
                "verbose_name_plural": "inzagen",
                "indexes": [
                    models.Index(fields=["persoon", "op"], name="inzage_persoon"),
                    models.Index(fields=["huishouden", "op"], name="inzage_huishouden"),
                    models.Index(fields=["op"], name="inzage_op"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handeling__in", [1, 2, 3, 4, 5, 6])),
                        name="inzage_handeling_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grond__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
                        ),
                        name="inzage_grond_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weg__in", [1, 2, 3, 4])), name="inzage_weg_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("toegestaan", False), ("grond__isnull", False), _connector="OR"),
                        name="inzage_toegestaan_op_een_grond",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            BEWAAK_LOGBOEK, "DROP TRIGGER bewaak_logboek ON teams_inzage; DROP FUNCTION bewaak_logboek()"
        ),
        migrations.RunPython(zet_instellingen, migrations.RunPython.noop),
    ]
