"""That somebody saw who a person is."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0005_zichtbaarheid"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Identiteitscontrole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.SmallIntegerField(
                        choices=[
                            (1, "paspoort"),
                            (2, "identiteitskaart"),
                            (3, "rijbewijs"),
                            (4, "vreemdelingendocument"),
                        ]
                    ),
                ),
                ("gezien_op", models.DateField()),
                (
                    "geregistreerd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identiteitscontroles",
                        to="households.persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "identiteitscontrole",
                "verbose_name_plural": "identiteitscontroles",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("document__in", [1, 2, 3, 4])),
                        name="identiteitscontrole_document_in_lijst",
                    )
                ],
            },
        ),
    ]
