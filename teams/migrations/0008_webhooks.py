"""Where software outside the house is told of what changed, and the postbus of who reads mail there."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "webhook_pogingen": (24, "Na zoveel pogingen wordt een bericht aan software buiten de deur opgegeven."),
    "webhook_uit_na_uren": (120, "Komt er zoveel uren niets aan, dan gaat de webhook uit."),
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
        ("teams", "0007_logboek"),
    ]

    operations = [
        migrations.CreateModel(
            name="Abonnement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adres", models.CharField(max_length=500)),
                (
                    "voorvallen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("melding.ontvangen", "een melding is ontvangen"),
                                ("melding.in_behandeling", "iemand is met een melding bezig"),
                                ("melding.afgerond", "een melding is afgerond"),
                                ("terugbelverzoek.nagekomen", "er is teruggebeld"),
                                ("terugbelverzoek.te_laat", "er had al teruggebeld moeten zijn"),
                            ],
                            max_length=40,
                        ),
                        size=None,
                    ),
                ),
                (
                    "gemaakt_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("uitgezet_op", models.DateTimeField(editable=False, null=True)),
                ("uitgezet_omdat", models.CharField(blank=True, default="", editable=False, max_length=100)),
                ("faalt_sinds", models.DateTimeField(editable=False, null=True)),
                ("mislukt", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ("rust_tot", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "abonnement",
                "verbose_name_plural": "abonnementen",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("adres__regex", "^https?://\\S+$")), name="abonnement_adres"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "voorvallen__contained_by",
                                [
                                    "melding.ontvangen",
                                    "melding.in_behandeling",
                                    "melding.afgerond",
                                    "terugbelverzoek.nagekomen",
                                    "terugbelverzoek.te_laat",
                                ],
                            ),
                            ("voorvallen__len__gt", 0),
                        ),
                        name="abonnement_voorvallen_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("uitgezet_omdat", ""), ("uitgezet_op__isnull", True)),
                            models.Q(
                                ("uitgezet_op__isnull", False),
                                models.Q(("uitgezet_omdat", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="abonnement_uitgezet_met_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("faalt_sinds__isnull", True), ("mislukt", 0), ("rust_tot__isnull", True)
                            ),
                            models.Q(
                                ("faalt_sinds__isnull", False),
                                ("mislukt__gt", 0),
                                ("rust_tot__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="abonnement_faalt_of_niet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Abonnementgeheim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("versleuteld", models.BinaryField()),
                (
                    "gemaakt_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("eindigt_op", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "geheim van een abonnement",
                "verbose_name_plural": "geheimen van abonnementen",
            },
        ),
        migrations.AddField(
            model_name="afnemer",
            name="postbus",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(
                condition=models.Q(("mislukt_op__isnull", False)),
                fields=["soort", "aan"],
                name="bericht_mislukt",
            ),
        ),
        migrations.AddField(
            model_name="abonnement",
            name="afnemer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="abonnementen",
                to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="abonnementgeheim",
            name="abonnement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="geheimen", to="teams.abonnement"
            ),
        ),
        migrations.AddConstraint(
            model_name="abonnement",
            constraint=models.UniqueConstraint(fields=("afnemer", "adres"), name="abonnement_een_per_adres"),
        ),
        migrations.AddConstraint(
            model_name="abonnementgeheim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("eindigt_op__isnull", True)),
                fields=("abonnement",),
                name="abonnementgeheim_een_in_gebruik",
            ),
        ),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
