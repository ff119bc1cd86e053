"""The log can be read by who, by refusal, by noodtoegang and by what left the screen, however long it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0006_cache"),
    ]

    operations = [
        migrations.AlterField(
            model_name="inzage",
            name="medewerker",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inzagen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="inzage",
            index=models.Index(fields=["medewerker", "op"], name="inzage_medewerker"),
        ),
        migrations.AddIndex(
            model_name="inzage",
            index=models.Index(
                condition=models.Q(("toegestaan", False)), fields=["op"], name="inzage_geweigerd"
            ),
        ),
        migrations.AddIndex(
            model_name="inzage",
            index=models.Index(condition=models.Q(("grond", 5)), fields=["op"], name="inzage_noodtoegang"),
        ),
        migrations.AddIndex(
            model_name="inzage",
            index=models.Index(
                condition=models.Q(("handeling__in", (4, 5))),
                fields=["handeling", "op"],
                name="inzage_zelden",
            ),
        ),
    ]
