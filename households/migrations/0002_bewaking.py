"""A BSN that is encrypted or not there, unchangeable stays, and the areas of life."""

from django.db import migrations

from teams.sql import bewaak_versies

BSN_GEHEIM = """
ALTER TABLE households_persoon ADD CONSTRAINT persoon_bsn_geheim CHECK (
    (bsn_versleuteld IS NULL) = (bsn_index IS NULL)
    AND octet_length(bsn_versleuteld) = 42 AND get_byte(bsn_versleuteld, 0) = 1 AND octet_length(bsn_index) = 20
);
"""
LEVENSGEBIEDEN = [
    "gezondheid",
    "wonen",
    "werken",
    "inkomen",
    "onderwijs",
    "vrije tijd",
    "sociale contacten",
    "veiligheid",
    "mobiliteit",
    "zingeving",
    "relaties",
    "opgroeien",
    "opvoeden",
]


def eerste_levensgebieden(apps, schema_editor):
    levensgebied = apps.get_model("households", "Levensgebied")
    levensgebied.objects.bulk_create(
        levensgebied(code=naam.replace(" ", "_"), naam=naam) for naam in LEVENSGEBIEDEN
    )


class Migration(migrations.Migration):
    dependencies = [("households", "0001_begin"), ("teams", "0002_bewaking")]

    operations = [
        migrations.RunSQL(BSN_GEHEIM, "ALTER TABLE households_persoon DROP CONSTRAINT persoon_bsn_geheim"),
        bewaak_versies("households_verblijf"),
        migrations.RunPython(eerste_levensgebieden, migrations.RunPython.noop),
    ]
