"""Which households are afgeschermd, and who lives in the area of a team, found without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0004_betrokkenheid"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="huishouden",
            index=models.Index(
                condition=models.Q(("afgeschermd", True)), fields=["id"], name="huishouden_afgeschermd"
            ),
        ),
        migrations.AddIndex(
            model_name="verblijf",
            index=models.Index(
                condition=models.Q(("vervallen_op__isnull", True)),
                fields=["team"],
                include=("huishouden", "vanaf", "tot"),
                name="verblijf_van_team",
            ),
        ),
    ]
