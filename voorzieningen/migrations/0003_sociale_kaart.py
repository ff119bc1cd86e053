"""The sociale kaart, with what its search needs of the database."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import voorzieningen.models.zoeken

# Both extensions are trusted: the owner of the database may create them. The bodies of the functions are parsed
# here and now (SQL standard form), so that they hold whatever the search_path is when a dump is restored.
KAARTTEKST = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE FUNCTION kaarttekst(tekst text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(unaccent('unaccent'::regdictionary, tekst));
CREATE FUNCTION kaartzoektekst(tekst text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN kaarttekst(tekst) || ' ' || strip(to_tsvector('dutch'::regconfig, kaarttekst(tekst)))::text;
"""
KAARTTEKST_WEG = "DROP FUNCTION kaartzoektekst(text); DROP FUNCTION kaarttekst(text);"


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0002_bewaking"),
        ("teams", "0002_bewaking"),
        ("voorzieningen", "0002_catalogus"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(KAARTTEKST, KAARTTEKST_WEG),
        migrations.CreateModel(
            name="AlgemeneVoorziening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(blank=True, max_length=64, null=True, verbose_name="code")),
                (
                    "soort",
                    models.SmallIntegerField(choices=[(1, "algemene voorziening"), (2, "partij")], default=1),
                ),
                ("naam", models.CharField(max_length=200)),
                ("organisatie", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "omschrijving",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        validators=[django.core.validators.MaxLengthValidator(5000)],
                    ),
                ),
                (
                    "doelgroep",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                    ),
                ),
                (
                    "kosten",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                    ),
                ),
                (
                    "hele_gemeente",
                    models.BooleanField(db_default=False, default=False, verbose_name="hele gemeente"),
                ),
                ("stadsdeel", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "telefoon",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9][0-9 ()-]{2,38}$",
                                "verwacht een telefoonnummer, zoals 088 000 0123",
                            )
                        ],
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=254,
                        validators=[
                            django.core.validators.EmailValidator(
                                "verwacht een e-mailadres, zoals naam@example.org"
                            )
                        ],
                        verbose_name="e-mailadres",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                message="verwacht een adres dat begint met https:// of http://",
                                schemes=["http", "https"],
                            )
                        ],
                    ),
                ),
                ("adres", models.CharField(blank=True, db_default="", default="", max_length=300)),
                ("geldig_van", models.DateField(blank=True, null=True, verbose_name="geldig van")),
                (
                    "geldig_tot",
                    models.DateField(
                        blank=True,
                        help_text="De eerste dag waarop het niet meer geldt.",
                        null=True,
                        verbose_name="geldig tot",
                    ),
                ),
                (
                    "gewijzigd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "zoektekst",
                    models.GeneratedField(
                        db_persist=True,
                        expression=voorzieningen.models.zoeken.Zoektekst(
                            django.db.models.functions.text.Concat(
                                "naam",
                                models.Value(" "),
                                "organisatie",
                                models.Value(" "),
                                "omschrijving",
                                models.Value(" "),
                                "doelgroep",
                                output_field=models.TextField(),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "zoekvector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector(
                                    voorzieningen.models.zoeken.Kaarttekst("naam"), config="dutch", weight="A"
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    voorzieningen.models.zoeken.Kaarttekst("organisatie"),
                                    config="dutch",
                                    weight="B",
                                ),
                                django.contrib.postgres.search.SearchConfig("dutch"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                voorzieningen.models.zoeken.Kaarttekst("omschrijving"),
                                voorzieningen.models.zoeken.Kaarttekst("doelgroep"),
                                config="dutch",
                                weight="C",
                            ),
                            django.contrib.postgres.search.SearchConfig("dutch"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "levensgebieden",
                    models.ManyToManyField(
                        blank=True, related_name="algemene_voorzieningen", to="households.levensgebied"
                    ),
                ),
                (
                    "teams",
                    models.ManyToManyField(
                        blank=True, related_name="algemene_voorzieningen", to="teams.team"
                    ),
                ),
            ],
            options={
                "verbose_name": "algemene voorziening",
                "verbose_name_plural": "algemene voorzieningen",
                "ordering": ["naam", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["zoekvector"], name="kaart_zoekvector"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("zoektekst", "gin_trgm_ops"),
                        name="kaart_zoektekst",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ref",), name="kaart_ref_uniek"),
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2])), name="kaart_soort_in_lijst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geldig_tot__isnull", True),
                            ("geldig_tot__gte", models.F("geldig_van")),
                            _connector="OR",
                        ),
                        name="kaart_geldig_tot_niet_voor_geldig_van",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("naam", ""), _negated=True), models.Q(("ref", ""), _negated=True)
                        ),
                        name="kaart_naam_en_ref_niet_leeg",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hele_gemeente", False), ("stadsdeel", ""), _connector="OR"),
                        name="kaart_gebied_niet_dubbel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("telefoon", ""),
                            ("telefoon__regex", "^\\+?[0-9][0-9 ()-]{2,38}$"),
                            _connector="OR",
                        ),
                        name="kaart_telefoon_geldig",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", ""), ("email__regex", "^[^@\\s]+@[^@\\s]+$"), _connector="OR"
                        ),
                        name="kaart_email_geldig",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("website", ""), ("website__iregex", "^https?://\\S+$"), _connector="OR"
                        ),
                        name="kaart_website_geldig",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kaartwijziging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("wijzigingen", models.JSONField()),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voorziening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to="voorzieningen.algemenevoorziening",
                    ),
                ),
            ],
            options={
                "verbose_name": "wijziging van de sociale kaart",
                "verbose_name_plural": "wijzigingen van de sociale kaart",
                "ordering": ["-op", "-pk"],
            },
        ),
    ]
