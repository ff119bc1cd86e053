"""Beside the wijkteams and expertteams those to which one scales up further."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0006_logboek"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="team",
            name="team_soort_in_lijst",
        ),
        migrations.AlterField(
            model_name="team",
            name="soort",
            field=models.SmallIntegerField(
                choices=[
                    (1, "wijkteam"),
                    (2, "expertteam"),
                    (3, "Tijdelijk Interventieteam"),
                    (4, "brandpuntfunctionaris"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("soort__in", [1, 2, 3, 4])), name="team_soort_in_lijst"
            ),
        ),
    ]
