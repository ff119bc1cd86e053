"""The way back: which indicatie a melding is about, and from when something is a signal."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

INSTELLINGEN = {
    "herindicatie_weken": (10, "Zoveel weken voor het einde van een indicatie komt er een herindicatie."),
    "termijn_dagen": (7, "Zoveel dagen voor het einde van een termijn komt er een signaal."),
    "stilte_dagen": (14, "Na zoveel dagen zonder stap in een open melding komt er een signaal."),
    "achttien_weken": (26, "Zoveel weken voor de achttiende verjaardag komt er een signaal."),
    "opschaling_dagen": (42, "Na zoveel dagen zonder einde van een opschaling komt er een signaal."),
}


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
        ("meldingen", "0005_verwijzing"),
        ("teams", "0007_logboek"),
        ("voorzieningen", "0003_sociale_kaart"),
    ]

    operations = [
        migrations.AddField(
            model_name="melding",
            name="herindicatie_van",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="herindicatie",
                to="voorzieningen.beschikking",
            ),
        ),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
