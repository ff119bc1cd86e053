"""What all processes share: the table of Django's database cache, and exact counts of attempts."""

import datetime

from django.db import migrations

CACHE = """
CREATE TABLE teams_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX teams_cache_expires ON teams_cache (expires);
CREATE TABLE teams_teller (sleutel varchar(200) PRIMARY KEY, aantal integer NOT NULL, tot timestamptz NOT NULL);
"""


INSTELLINGEN = {
    "formulier_per_uur": (10, "Zoveel meldingen per uur nemen wij via het formulier aan van een adres."),
    "aanmeld_pogingen": (10, "Na zoveel foute wachtwoorden in vijf minuten moet iemand wachten."),
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
    dependencies = [("teams", "0005_berichten")]

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE teams_cache; DROP TABLE teams_teller"),
        migrations.RunPython(zet_instellingen, migrations.RunPython.noop),
    ]
