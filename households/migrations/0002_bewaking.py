"""The 11-proef, unchangeable stays, and the areas of life."""

from django.db import migrations

from teams.sql import bewaak_versies

BSN_ELFPROEF = """
ALTER TABLE households_persoon ADD CONSTRAINT persoon_bsn_elfproef CHECK (
    bsn = '' OR (
        bsn ~ '^[0-9]{9}$' AND bsn <> '000000000' AND (
            9 * substr(bsn, 1, 1)::int + 8 * substr(bsn, 2, 1)::int + 7 * substr(bsn, 3, 1)::int
            + 6 * substr(bsn, 4, 1)::int + 5 * substr(bsn, 5, 1)::int + 4 * substr(bsn, 6, 1)::int
            + 3 * substr(bsn, 7, 1)::int + 2 * substr(bsn, 8, 1)::int - substr(bsn, 9, 1)::int
        ) % 11 = 0
    )
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
        migrations.RunSQL(
            BSN_ELFPROEF, "ALTER TABLE households_persoon DROP CONSTRAINT persoon_bsn_elfproef"
        ),
        bewaak_versies("households_verblijf"),
        migrations.RunPython(eerste_levensgebieden, migrations.RunPython.noop),
    ]
