"""The few households for which an expertteam was asked along, found among all who are involved with one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0008_plan")]

    operations = [
        migrations.AddIndex(
            model_name="betrokkenheid",
            index=models.Index(
                fields=["huishouden", "vanaf"],
                condition=models.Q(soort=3),
                name="betrokkenheid_opgeschaald",
            ),
        ),
    ]
