"""Software outside the house: clients of OAuth, their long-lived tekens, and what was answered to a call."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import oauth2_provider.generators
import oauth2_provider.models
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "api_per_minuut": (120, "Zoveel verzoeken per minuut mag een afnemer doen die geen eigen grens heeft."),
    "api_per_dag": (20000, "Zoveel verzoeken per dag mag een afnemer doen die geen eigen grens heeft."),
    "geheim_overlap_uren": (24, "Zoveel uren blijft het vorige geheim van een afnemer geldig na een nieuw."),
    "idempotentie_dagen": (7, "Zoveel dagen geeft dezelfde Idempotency-Key hetzelfde antwoord."),
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
        ("teams", "0003_aanstelling_inzage"),
    ]
    # The tables of the OAuth library point to the model that stands here.
    run_before = [("oauth2_provider", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Afnemer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "client_id",
                    models.CharField(
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_id,
                        max_length=255,
                        unique=True,
                        verbose_name="client ID",
                    ),
                ),
                (
                    "redirect_uris",
                    models.TextField(
                        blank=True,
                        help_text="Allowed URIs list, space separated",
                        verbose_name="redirect URIs",
                    ),
                ),
                (
                    "post_logout_redirect_uris",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed Post Logout URIs list, space separated",
                        verbose_name="post logout redirect URIs",
                    ),
                ),
                (
                    "client_type",
                    models.CharField(
                        choices=[("confidential", "Confidential"), ("public", "Public")],
                        max_length=32,
                        verbose_name="client type",
                    ),
                ),
                (
                    "authorization_grant_type",
                    models.CharField(
                        choices=[
                            ("authorization-code", "Authorization code"),
                            ("urn:ietf:params:oauth:grant-type:device_code", "Device Code"),
                            ("implicit", "Implicit"),
                            ("password", "Resource owner password-based"),
                            ("client-credentials", "Client credentials"),
                            ("openid-hybrid", "OpenID connect hybrid"),
                        ],
                        max_length=44,
                        verbose_name="authorization grant type",
                    ),
                ),
                (
                    "client_secret",
                    oauth2_provider.models.ClientSecretField(
                        blank=True,
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_secret,
                        help_text="Client secret for authentication",
                        max_length=255,
                        verbose_name="client secret",
                    ),
                ),
                ("hash_client_secret", models.BooleanField(default=True, verbose_name="hash client secret")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("skip_authorization", models.BooleanField(default=False, verbose_name="skip authorization")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "algorithm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No OIDC support"),
                            ("RS256", "RSA with SHA-2 256"),
                            ("HS256", "HMAC with SHA-2 256"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="algorithm",
                    ),
                ),
                (
                    "allowed_origins",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed origins list to enable CORS, space separated",
                        verbose_name="allowed origins",
                    ),
                ),
                (
                    "registration_source",
                    models.CharField(
                        choices=[
                            ("manual", "Manual"),
                            ("dcr", "Dynamic Client Registration"),
                            ("cimd", "Client ID Metadata Document"),
                        ],
                        default="manual",
                        help_text="How this application was registered (manual, DCR per RFC 7591, or CIMD)",
                        max_length=32,
                        verbose_name="registration source",
                    ),
                ),
                (
                    "cimd_expires_at",
                    models.DateTimeField(
                        blank=True,
                        default=None,
                        help_text="When the cached Client ID Metadata Document should be re-fetched",
                        null=True,
                        verbose_name="CIMD expires at",
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("klantcontacten", "klantcontacten vastleggen"),
                                ("meldingen", "meldingen doen, en volgen wat ervan kwam"),
                                ("terugbelverzoeken", "terugbelverzoeken doen, volgen en intrekken"),
                                ("personen", "vragen of iemand bekend is, en bij wie"),
                                ("wijkteams", "het wijkteam van een postcode opzoeken"),
                                ("sociale-kaart", "de sociale kaart doorzoeken"),
                                ("rapportage", "de cijfers van de monitor lezen"),
                                ("klantinteracties", "de API Klantinteracties gebruiken"),
                            ],
                            max_length=40,
                        ),
                        size=None,
                    ),
                ),
                ("per_minuut", models.PositiveIntegerField(blank=True, null=True)),
                ("per_dag", models.PositiveIntegerField(blank=True, null=True)),
                ("vorig_geheim", models.CharField(blank=True, default="", editable=False, max_length=255)),
                ("vorig_geheim_tot", models.DateTimeField(editable=False, null=True)),
                ("beeindigd_op", models.DateTimeField(editable=False, null=True)),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afnemer",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "afnemer",
                "verbose_name_plural": "afnemers",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="afnemer_naam_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="afnemer_heeft_naam"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorization_grant_type", "client-credentials"),
                            ("client_type", "confidential"),
                        ),
                        name="afnemer_alleen_client_credentials",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scopes__contained_by",
                                [
                                    "klantcontacten",
                                    "meldingen",
                                    "terugbelverzoeken",
                                    "personen",
                                    "wijkteams",
                                    "sociale-kaart",
                                    "rapportage",
                                    "klantinteracties",
                                ],
                            )
                        ),
                        name="afnemer_scopes_in_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("per_minuut__isnull", True), ("per_minuut__gt", 0), _connector="OR"),
                            models.Q(("per_dag__isnull", True), ("per_dag__gt", 0), _connector="OR"),
                        ),
                        name="afnemer_grenzen_positief",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vorig_geheim", ""), ("vorig_geheim_tot__isnull", True)),
                            models.Q(
                                models.Q(("vorig_geheim", ""), _negated=True),
                                ("vorig_geheim_tot__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="afnemer_vorig_geheim_met_einde",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Herhaling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sleutel", models.CharField(max_length=255)),
                ("verzoek", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("koppen", models.JSONField(default=dict)),
                ("inhoud", models.TextField(blank=True, db_default="", default="")),
                (
                    "op",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True),
                ),
                (
                    "afnemer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.afnemer"
                    ),
                ),
            ],
            options={
                "verbose_name": "herhaling",
                "verbose_name_plural": "herhalingen",
                "constraints": [
                    models.UniqueConstraint(fields=("afnemer", "sleutel"), name="herhaling_een_per_sleutel")
                ],
            },
        ),
        migrations.CreateModel(
            name="Teken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("afdruk", models.CharField(editable=False, max_length=64, unique=True)),
                ("begin", models.CharField(editable=False, max_length=6)),
                (
                    "gemaakt_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("eindigt_op", models.DateTimeField(blank=True, null=True)),
                (
                    "afnemer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tekens", to="teams.afnemer"
                    ),
                ),
            ],
            options={
                "verbose_name": "teken",
                "verbose_name_plural": "tekens",
                "ordering": ["-gemaakt_op", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("afdruk__regex", "^[0-9a-f]{64}$")), name="teken_afdruk_is_sha256"
                    )
                ],
            },
        ),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
