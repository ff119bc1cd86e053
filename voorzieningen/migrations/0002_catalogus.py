"""The catalogue of 2015, and unchangeable beschikkingen and klachten."""

import json
from pathlib import Path

from django.db import migrations

from teams.sql import bewaak_versies

CATALOGUS = Path(__file__).resolve().parent.parent / "catalogus" / "2015.json"
WET = {"wmo": 1, "jeugdwet": 2}
JEUGDSOORT = {"jeugdhulp": 1, "jeugdbescherming": 2, "jeugdreclassering": 3, None: None}


def vul_catalogus(apps, schema_editor):
    voorzieningengroep = apps.get_model("voorzieningen", "Voorzieningengroep")
    voorziening = apps.get_model("voorzieningen", "Voorziening")
    for wet, clusters in json.loads(CATALOGUS.read_text(encoding="utf-8"))["wetten"].items():
        for cluster, groepen in clusters.items():
            for naam, inhoud in groepen.items():
                groep = voorzieningengroep.objects.create(
                    wet=WET[wet],
                    cluster=cluster,
                    naam=naam,
                    telt_als_wmo_client=inhoud.get("telt_als_wmo_client", False),
                    jeugdsoort=JEUGDSOORT[inhoud.get("jeugdsoort")],
                    met_verblijf=inhoud.get("met_verblijf", False),
                )
                voorziening.objects.bulk_create(
                    voorziening(groep=groep, naam=product) for product in inhoud["voorzieningen"]
                )


class Migration(migrations.Migration):
    dependencies = [("voorzieningen", "0001_begin"), ("teams", "0002_bewaking")]

    operations = [
        bewaak_versies("voorzieningen_beschikking"),
        bewaak_versies("voorzieningen_klacht"),
        migrations.RunPython(vul_catalogus, migrations.RunPython.noop),
    ]
