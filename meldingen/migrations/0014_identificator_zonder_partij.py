"""The number of a company that is only known through one of its vestigingen."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0013_post"),
    ]

    operations = [
        migrations.AlterField(
            model_name="partijidentificator",
            name="partij",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identificatoren",
                to="meldingen.partij",
            ),
        ),
    ]
