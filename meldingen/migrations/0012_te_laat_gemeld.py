"""When the software that brought a promise to call was told that it is late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0011_klantinteracties"),
    ]

    operations = [
        migrations.AddField(
            model_name="terugbelverzoek",
            name="te_laat_gemeld_op",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
