"""Who lifted an opschorting, and when, is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voorzieningen", "0007_product"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="opschorting",
            name="opgeheven_door",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="opschorting",
            name="opgeheven_op",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="opschorting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("opgeheven_door__isnull", True),
                        ("opgeheven_op__isnull", True),
                        ("tot__isnull", True),
                    ),
                    models.Q(
                        ("opgeheven_door__isnull", False),
                        ("opgeheven_op__isnull", False),
                        ("tot__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="opschorting_opgeheven_door_iemand",
            ),
        ),
    ]
