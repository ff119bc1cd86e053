"""A mark per statement that changes what answers are counted from, and the answers that are kept by it.

See `docs/adr/0022-dataversie.md`.
"""

from django.db import migrations

WIJZIGING = """
CREATE TABLE reporting_wijziging (tabel text NOT NULL, kenmerk bigint DEFAULT (random() * 2 ^ 62)::bigint);
CREATE FUNCTION merk_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_wijziging (tabel) VALUES (TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""
BEWAARD = """
CREATE TABLE reporting_antwoorden (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX reporting_antwoorden_expires ON reporting_antwoorden (expires);
"""
GETELD = (
    "households_betrokkenheid",
    "households_plan",
    "households_regie",
    "households_verblijf",
    "meldingen_gebeurtenis",
    "meldingen_klantcontact",
    "meldingen_melding",
    "meldingen_stand",
    "meldingen_toewijzing",
    "reporting_editie",
    "reporting_editietabel",
    "reporting_externcijfer",
    "teams_activiteit",
    "teams_consult",
    "teams_instelling",
    "teams_inwonertal",
    "teams_spreekuur",
    "teams_team",
    "voorzieningen_aanbieder",
    "voorzieningen_beschikking",
    "voorzieningen_besluit",
    "voorzieningen_klacht",
    "voorzieningen_levering",
    "voorzieningen_voorziening",
    "voorzieningen_voorzieningengroep",
)
MERK = ";".join(
    f"CREATE TRIGGER merk_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}"
    " FOR EACH STATEMENT EXECUTE FUNCTION merk_wijziging()"
    for tabel in GETELD
)
VERGEET = ";".join(f"DROP TRIGGER merk_wijziging ON {tabel}" for tabel in GETELD)


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_bestand"),
        ("households", "0008_plan"),
        ("meldingen", "0003_werk"),
        ("voorzieningen", "0004_besluit"),
        ("teams", "0005_berichten"),
    ]

    operations = [
        migrations.RunSQL(WIJZIGING, "DROP FUNCTION merk_wijziging(); DROP TABLE reporting_wijziging"),
        migrations.RunSQL(MERK, VERGEET),
        migrations.RunSQL(BEWAARD, "DROP TABLE reporting_antwoorden"),
    ]
