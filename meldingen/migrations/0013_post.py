"""Mail that came into the postbus, with its files, and where it lies there."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "postbus_per_uur": (
        20,
        "Zoveel mails van één afzender in een uur komen in de triage; meer wordt tegengehouden.",
    ),
    "postbus_mail_mb": (
        25,
        "Van een mail die groter is dan zoveel megabyte, wordt alleen het begin gelezen.",
    ),
    "postbus_bijlage_mb": (10, "Een bijlage die groter is dan zoveel megabyte, wordt niet bewaard."),
}
VASTGELEGD = {
    "poststuk": "'afgehandeld_op', 'afgehandeld_door_id', 'melding_id', 'persoon_id', 'reden', 'geweerd'",
    "postplek": "",
    "bijlage": "",
}
"""Tables whose rows never change, and what may be filled in until the first of it is."""


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


def bewaak_vastgelegd(tabel, invulbaar):
    return migrations.RunSQL(
        f"CREATE TRIGGER bewaak_vastgelegd BEFORE UPDATE OR DELETE ON meldingen_{tabel}"
        f" FOR EACH ROW EXECUTE FUNCTION bewaak_vastgelegd({invulbaar});"
        f"CREATE TRIGGER bewaak_alles BEFORE TRUNCATE ON meldingen_{tabel}"
        " FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgelegd()",
        f"DROP TRIGGER bewaak_alles ON meldingen_{tabel}; DROP TRIGGER bewaak_vastgelegd ON meldingen_{tabel}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0009_opgeschaald"),
        ("meldingen", "0012_te_laat_gemeld"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Poststuk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("postbus", models.CharField(max_length=300)),
                ("vingerafdruk", models.CharField(max_length=64, unique=True)),
                ("kenmerk", models.CharField(blank=True, max_length=998)),
                ("ontvangen_op", models.DateTimeField()),
                ("verstuurd_op", models.DateTimeField(null=True)),
                (
                    "opgehaald_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("afzender_naam", models.CharField(blank=True, max_length=200)),
                ("afzender_adres", models.CharField(blank=True, max_length=254)),
                ("onderwerpregel", models.CharField(blank=True, max_length=500)),
                ("tekst", models.TextField(blank=True)),
                (
                    "leesfouten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                (
                    "geweerd",
                    models.SmallIntegerField(
                        choices=[
                            (1, "automatisch antwoord of bericht"),
                            (2, "verstuurd aan velen"),
                            (3, "van een mailinglijst of nieuwsbrief"),
                            (4, "melding van een mailserver"),
                            (5, "van onszelf"),
                            (6, "meer dan één afzender in een uur stuurt"),
                        ],
                        null=True,
                    ),
                ),
                ("afgehandeld_op", models.DateTimeField(null=True)),
                ("reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "afgehandeld_door",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="poststukken",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poststukken",
                        to="households.persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "indexes": [
                    models.Index(
                        condition=models.Q(("afgehandeld_op__isnull", True)),
                        fields=["ontvangen_op", "id"],
                        name="poststuk_te_verdelen",
                    ),
                    models.Index(fields=["afzender_adres", "ontvangen_op"], name="poststuk_afzender"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("geweerd__in", [1, 2, 3, 4, 5, 6])),
                        name="poststuk_geweerd_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgehandeld_door__isnull", True),
                                ("afgehandeld_op__isnull", True),
                                ("melding__isnull", True),
                                ("persoon__isnull", True),
                                ("reden", ""),
                            ),
                            models.Q(
                                ("afgehandeld_door__isnull", False),
                                ("afgehandeld_op__isnull", False),
                                ("geweerd__isnull", True),
                                models.Q(
                                    models.Q(
                                        ("melding__isnull", False), ("persoon__isnull", True), ("reden", "")
                                    ),
                                    models.Q(
                                        ("melding__isnull", True), ("persoon__isnull", False), ("reden", "")
                                    ),
                                    models.Q(
                                        ("melding__isnull", True),
                                        ("persoon__isnull", True),
                                        models.Q(("reden", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="poststuk_een_gevolg",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Postplek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("postbus", models.CharField(max_length=300)),
                ("uidvalidity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                (
                    "poststuk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plekken",
                        to="meldingen.poststuk",
                    ),
                ),
            ],
            options={
                "verbose_name": "plek in een postbus",
                "verbose_name_plural": "plekken in postbussen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("postbus", "uidvalidity", "uid"), name="postplek_een_keer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bijlage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=200)),
                ("grootte", models.BigIntegerField()),
                ("inhoud", models.BinaryField(null=True)),
                ("geweigerd", models.CharField(blank=True, max_length=200)),
                (
                    "poststuk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bijlagen",
                        to="meldingen.poststuk",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijlage",
                "verbose_name_plural": "bijlagen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("geweigerd", ""), ("inhoud__isnull", False)),
                            models.Q(("inhoud__isnull", True), models.Q(("geweigerd", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="bijlage_bewaard_of_geweigerd",
                    )
                ],
            },
        ),
        *(bewaak_vastgelegd(tabel, invulbaar) for tabel, invulbaar in VASTGELEGD.items()),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
