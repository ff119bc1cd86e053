"""Who took a melding on: software that handed it over hears how far it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0008_plan"),
        ("meldingen", "0009_gesprek"),
        ("teams", "0004_afnemers"),
        ("voorzieningen", "0008_opschorting_opgeheven"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="melding",
            name="aangenomen_door",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                condition=models.Q(("aangenomen_door__isnull", False)),
                fields=["aangenomen_door", "id"],
                name="melding_aangenomen_door",
            ),
        ),
    ]
