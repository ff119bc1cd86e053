"""How far a klacht is and how it ended, and the terms of the Awb for it."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "klacht_dagen": (42, "Afhandeling van een klacht (Awb art. 9:11, eerste lid: zes weken)."),
    "klacht_commissie_dagen": (
        70,
        "Klacht waarover een commissie adviseert (Awb art. 9:11, eerste lid: tien weken).",
    ),
    "klacht_verdaging_dagen": (28, "Verdaging bij een klacht (Awb art. 9:11, tweede lid: vier weken)."),
    "bezwaar_indienen_dagen": (42, "Bezwaar maken na een besluit (Awb art. 6:7: zes weken)."),
    "bezwaar_dagen": (42, "Besluit op een bezwaar (Awb art. 7:10, eerste lid: zes weken)."),
    "bezwaar_commissie_dagen": (
        84,
        "Bezwaar waarover een commissie adviseert (Awb art. 7:10, eerste lid: twaalf weken).",
    ),
    "bezwaar_verdaging_dagen": (42, "Verdaging bij een bezwaar (Awb art. 7:10, derde lid: zes weken)."),
}


def zet_instellingen(apps, schema_editor):
    instelling = apps.get_model("teams", "Instelling")
    instelling.objects.bulk_create(
        instelling(
            sleutel=sleutel, geldig_van=datetime.date(1900, 1, 1), waarde=waarde, toelichting=toelichting
        )
        for sleutel, (waarde, toelichting) in INSTELLINGEN.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0009_afnemerwijziging"),
        ("voorzieningen", "0008_opschorting_opgeheven"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="klacht",
            name="onderwerp",
            field=models.TextField(blank=True, db_column="onderwerp", db_default="", default=""),
        ),
        migrations.RenameField(
            model_name="klacht",
            old_name="onderwerp",
            new_name="betreft",
        ),
        migrations.AddField(
            model_name="klacht",
            name="afgehandeld_op",
            field=models.DateField(null=True, verbose_name="afgehandeld op"),
        ),
        migrations.AddField(
            model_name="klacht",
            name="bekendgemaakt_op",
            field=models.DateField(null=True, verbose_name="besluit bekendgemaakt op"),
        ),
        migrations.AddField(
            model_name="klacht",
            name="commissie",
            field=models.BooleanField(db_default=False, default=False, verbose_name="met adviescommissie"),
        ),
        migrations.AddField(
            model_name="klacht",
            name="indiener",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="van wie"
            ),
        ),
        migrations.AddField(
            model_name="klacht",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="klachten",
                to="teams.team",
            ),
        ),
        migrations.AddField(
            model_name="klacht",
            name="uitkomst",
            field=models.SmallIntegerField(
                choices=[
                    (1, "gegrond"),
                    (2, "deels gegrond"),
                    (3, "ongegrond"),
                    (4, "niet-ontvankelijk"),
                    (5, "ingetrokken"),
                    (6, "in overleg opgelost"),
                    (7, "niet in behandeling genomen"),
                    (8, "toegewezen"),
                    (9, "afgewezen"),
                ],
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="klacht",
            name="verdaagd_op",
            field=models.DateField(null=True, verbose_name="verdaagd op"),
        ),
        migrations.AlterField(
            model_name="klacht",
            name="datum",
            field=models.DateField(db_index=True, verbose_name="ontvangen op"),
        ),
        migrations.AddConstraint(
            model_name="klacht",
            constraint=models.CheckConstraint(
                condition=models.Q(("uitkomst__in", [1, 2, 3, 4, 5, 6, 7, 8, 9])),
                name="klacht_uitkomst_in_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="klacht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdaagd_op__isnull", True), ("verdaagd_op__gte", models.F("datum")), _connector="OR"
                ),
                name="klacht_verdaagd_op_niet_voor_datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="klacht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgehandeld_op__isnull", True),
                    ("afgehandeld_op__gte", models.F("datum")),
                    _connector="OR",
                ),
                name="klacht_afgehandeld_op_niet_voor_datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="klacht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afgehandeld_op__isnull", True), ("uitkomst__isnull", True)),
                    models.Q(("afgehandeld_op__isnull", False), ("uitkomst__isnull", False)),
                    _connector="OR",
                ),
                name="klacht_uitkomst_met_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="klacht",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdaagd_op__isnull", True), ("soort__in", (1, 2)), _connector="OR"),
                name="klacht_verdaagd_met_termijn",
            ),
        ),
        migrations.RunPython(zet_instellingen, migrations.RunPython.noop),
    ]
