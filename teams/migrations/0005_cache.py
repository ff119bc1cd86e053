"""The table of Django's database cache, which all processes share."""

from django.db import migrations

CACHE = """
CREATE TABLE teams_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX teams_cache_expires ON teams_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0004_berichten")]

    operations = [migrations.RunSQL(CACHE, "DROP TABLE teams_cache")]
