"""What software of a KCC tells by the API Klantinteracties, and what is fetched from a register elsewhere."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTELLINGEN = {
    "kcc_onvolledig_minuten": (
        15,
        "Na zoveel minuten zonder vervolg staat een contact van het KCC als onvolledig.",
    ),
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
        ("meldingen", "0010_aangenomen_door"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("object_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_objecttype", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_register", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "code_soort_object_id",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                ("naam", models.CharField(max_length=200)),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[
                            (1, "medewerker"),
                            (2, "geautomatiseerde actor"),
                            (3, "organisatorische eenheid"),
                        ]
                    ),
                ),
                ("actief", models.BooleanField(db_default=True, default=True)),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "actor",
                "verbose_name_plural": "actoren",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="actor_van")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3])), name="actor_soort_in_lijst"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Klantinteractie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("referentienummer", models.CharField(max_length=10, null=True)),
                ("kanaal", models.CharField(max_length=50)),
                ("onderwerp_tekst", models.CharField(max_length=200)),
                ("inhoud", models.CharField(blank=True, db_default="", default="", max_length=1000)),
                ("reactie", models.CharField(blank=True, db_default="", default="", max_length=4000)),
                ("gelukt", models.BooleanField(null=True)),
                ("verdere_actie", models.BooleanField(null=True)),
                ("taal", models.CharField(max_length=3)),
                ("vertrouwelijk", models.BooleanField()),
                ("plaatsgevonden_op", models.DateTimeField()),
                ("metadata", models.JSONField(default=dict)),
                ("afgedaan_op", models.DateTimeField(editable=False, null=True)),
                ("afgedaan_reden", models.TextField(blank=True, db_default="", default="")),
                (
                    "afgedaan_door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "contact van het KCC",
                "verbose_name_plural": "contacten van het KCC",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="klantinteractie_van")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("van", "referentienummer"), name="klantinteractie_eigen_nummer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referentienummer__isnull", True),
                            ("referentienummer__regex", "^[0-9]{1,10}$"),
                            _connector="OR",
                        ),
                        name="klantinteractie_nummer_cijfers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gelukt", True), ("verdere_actie", True), _negated=True),
                        name="klantinteractie_gelukt_of_verder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("afgedaan_door__isnull", True), ("afgedaan_op__isnull", True)),
                            models.Q(("afgedaan_door__isnull", False), ("afgedaan_op__isnull", False)),
                            _connector="OR",
                        ),
                        name="klantinteractie_afgedaan_door",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Internetaak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("referentienummer", models.CharField(max_length=10, null=True)),
                ("gevraagde_handeling", models.CharField(max_length=200)),
                ("toelichting", models.CharField(blank=True, db_default="", default="", max_length=1000)),
                ("toegewezen_op", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("afgehandeld_op", models.DateTimeField(null=True)),
                (
                    "melding",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="internetaak",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "terugbelverzoek",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="internetaak",
                        to="meldingen.terugbelverzoek",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interactie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="internetaken",
                        to="meldingen.klantinteractie",
                    ),
                ),
            ],
            options={
                "verbose_name": "taak van het KCC",
                "verbose_name_plural": "taken van het KCC",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="internetaak_van")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("van", "referentienummer"), name="internetaak_eigen_nummer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referentienummer__isnull", True),
                            ("referentienummer__regex", "^[0-9]{1,10}$"),
                            _connector="OR",
                        ),
                        name="internetaak_nummer_cijfers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terugbelverzoek__isnull", True), ("melding__isnull", True), _connector="OR"
                        ),
                        name="internetaak_een_gevolg",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Betrokkene",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("voorletters", models.CharField(blank=True, db_default="", default="", max_length=10)),
                ("voornaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("voorvoegsel", models.CharField(blank=True, db_default="", default="", max_length=10)),
                ("achternaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("rol", models.SmallIntegerField(choices=[(1, "klant"), (2, "vertegenwoordiger")])),
                ("initiator", models.BooleanField()),
                ("organisatienaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("bezoekadres", models.JSONField(null=True)),
                ("correspondentieadres", models.JSONField(null=True)),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interactie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="betrokkenen",
                        to="meldingen.klantinteractie",
                    ),
                ),
            ],
            options={
                "verbose_name": "betrokkene bij een contact",
                "verbose_name_plural": "betrokkenen bij contacten",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="betrokkene_van")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rol__in", [1, 2])), name="betrokkene_rol_in_lijst"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorBijContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacten",
                        to="meldingen.actor",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interactie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bij_actoren",
                        to="meldingen.klantinteractie",
                    ),
                ),
            ],
            options={
                "verbose_name": "actor bij een contact",
                "verbose_name_plural": "actoren bij contacten",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="actorbijcontact_van")],
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "interactie"), name="actorbijcontact_een_keer")
                ],
            },
        ),
        migrations.CreateModel(
            name="Onderwerpobject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("object_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_objecttype", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_register", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "code_soort_object_id",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                (
                    "interactie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onderwerpobjecten",
                        to="meldingen.klantinteractie",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "was_interactie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.klantinteractie",
                    ),
                ),
            ],
            options={
                "verbose_name": "onderwerpobject",
                "verbose_name_plural": "onderwerpobjecten",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="onderwerpobject_van")],
            },
        ),
        migrations.CreateModel(
            name="OpgehaaldeTaak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(editable=False, unique=True)),
                (
                    "opgehaald_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("aangekondigd_op", models.DateTimeField(editable=False, null=True)),
                (
                    "melding",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opgehaalde_taak",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "terugbelverzoek",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opgehaalde_taak",
                        to="meldingen.terugbelverzoek",
                    ),
                ),
            ],
            options={
                "verbose_name": "opgehaalde taak",
                "verbose_name_plural": "opgehaalde taken",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("melding__isnull", True), ("terugbelverzoek__isnull", False)),
                            models.Q(("melding__isnull", False), ("terugbelverzoek__isnull", True)),
                            _connector="OR",
                        ),
                        name="opgehaaldetaak_een_gevolg",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partij",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("voorletters", models.CharField(blank=True, db_default="", default="", max_length=10)),
                ("voornaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("voorvoegsel", models.CharField(blank=True, db_default="", default="", max_length=10)),
                ("achternaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[(1, "persoon"), (2, "organisatie"), (3, "contactpersoon")]
                    ),
                ),
                ("organisatienaam", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("voorkeurstaal", models.CharField(blank=True, db_default="", default="", max_length=3)),
                ("actief", models.BooleanField(db_default=True, default=True)),
                ("geheimhouding", models.BooleanField(null=True)),
                ("interne_notitie", models.CharField(blank=True, db_default="", default="", max_length=1000)),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "werkte_voor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.partij",
                    ),
                ),
            ],
            options={
                "verbose_name": "partij",
                "verbose_name_plural": "partijen",
                "abstract": False,
                "indexes": [models.Index(fields=["van", "-id"], name="partij_van")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3])), name="partij_soort_in_lijst"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DigitaalAdres",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("adres", models.CharField(max_length=80)),
                (
                    "soort",
                    models.SmallIntegerField(
                        choices=[(1, "e-mailadres"), (2, "telefoonnummer"), (3, "iets anders")]
                    ),
                ),
                ("omschrijving", models.CharField(blank=True, db_default="", default="", max_length=40)),
                ("standaard", models.BooleanField(db_default=False, default=False)),
                ("referentie", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("verificatie_op", models.DateField(null=True)),
                (
                    "betrokkene",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adressen",
                        to="meldingen.betrokkene",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partij",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adressen",
                        to="meldingen.partij",
                    ),
                ),
            ],
            options={
                "verbose_name": "digitaal adres",
                "verbose_name_plural": "digitale adressen",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["van", "-id"], name="digitaaladres_van"),
                    models.Index(fields=["adres"], name="digitaaladres_adres"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", [1, 2, 3])), name="digitaaladres_soort_in_lijst"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="betrokkene",
            name="partij",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="betrokkenen",
                to="meldingen.partij",
            ),
        ),
        migrations.CreateModel(
            name="PartijIdentificator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "aangeleverd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("object_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_objecttype", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("code_register", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "code_soort_object_id",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                ("andere", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("bsn_versleuteld", models.BinaryField(null=True)),
                ("bsn_index", models.BinaryField(null=True)),
                (
                    "partij",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identificatoren",
                        to="meldingen.partij",
                    ),
                ),
                (
                    "sub_van",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.partijidentificator",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "identificator van een partij",
                "verbose_name_plural": "identificatoren van partijen",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["van", "-id"], name="partijidentificator_van"),
                    models.Index(
                        condition=models.Q(("bsn_index__isnull", False)),
                        fields=["bsn_index"],
                        name="partijidentificator_bsn",
                    ),
                    models.Index(fields=["object_id"], name="partijidentificator_object"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bsn_index__isnull", True), ("bsn_versleuteld__isnull", True)),
                            models.Q(
                                ("bsn_index__isnull", False),
                                ("bsn_versleuteld__isnull", False),
                                ("object_id", ""),
                            ),
                            _connector="OR",
                        ),
                        name="partijidentificator_bsn_of_object_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code_soort_object_id", "bsn"), _negated=True),
                            ("object_id", ""),
                            _connector="OR",
                        ),
                        name="partijidentificator_bsn_niet_leesbaar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Taakactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toewijzingen",
                        to="meldingen.actor",
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="toewijzingen",
                        to="meldingen.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "actor van een taak",
                "verbose_name_plural": "actoren van taken",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("taak", "actor"), name="taakactor_een_keer")],
            },
        ),
        migrations.AddField(
            model_name="internetaak",
            name="actoren",
            field=models.ManyToManyField(
                related_name="+", through="meldingen.Taakactor", to="meldingen.actor"
            ),
        ),
        migrations.RunPython(zet_instellingen, haal_instellingen_weg),
    ]
