"""Who let which software in and gave it what, which only grows."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BEWAAK = """
CREATE TRIGGER bewaak_logboek BEFORE UPDATE OR DELETE OR TRUNCATE ON teams_afnemerwijziging
    FOR EACH STATEMENT EXECUTE FUNCTION bewaak_logboek();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0008_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Afnemerwijziging",
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
                ("wijzigingen", models.JSONField(editable=False)),
                (
                    "afnemer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wijzigingen",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wijziging van een afnemer",
                "verbose_name_plural": "wijzigingen van afnemers",
                "ordering": ["-op", "-pk"],
            },
        ),
        migrations.RunSQL(BEWAAK, "DROP TRIGGER bewaak_logboek ON teams_afnemerwijziging"),
    ]
