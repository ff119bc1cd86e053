"""A besluit names its product whatever the version of the voorziening, so that a pgb is never next to zin for it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

ZET_PRODUCT = """
CREATE FUNCTION zet_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT concat_ws(' / ', g.wet, g.code, v.code) INTO NEW.product
    FROM voorzieningen_voorziening v JOIN voorzieningen_voorzieningengroep g ON g.id = v.groep_id
    WHERE v.id = NEW.voorziening_id;
    RETURN NEW;
END $$;
CREATE TRIGGER zet_product BEFORE INSERT OR UPDATE OF voorziening_id, product ON voorzieningen_besluit
    FOR EACH ROW EXECUTE FUNCTION zet_product();
"""


class Migration(migrations.Migration):
    dependencies = [("voorzieningen", "0006_verdaging")]

    operations = [
        migrations.RemoveConstraint(
            model_name="besluit",
            name="besluit_geen_pgb_naast_zin",
        ),
        migrations.AddField(
            model_name="besluit",
            name="product",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.RunSQL(ZET_PRODUCT, "DROP FUNCTION zet_product() CASCADE"),
        # The trigger fills it in, also for the besluiten that were there.
        migrations.RunSQL("UPDATE voorzieningen_besluit SET product = ''", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("status__in", ["concept", "ter_toets", "getoetst", "toegekend"])),
                expressions=[
                    ("persoon", "="),
                    ("product", "="),
                    ("financieringsvorm", "<>"),
                    (
                        models.Func(
                            "ingangsdatum",
                            "einddatum",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="besluit_geen_pgb_naast_zin",
            ),
        ),
    ]
