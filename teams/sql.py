"""Migration operations for rules that only the database can hold."""

from django.db import migrations


def bewaak_versies(tabel: str) -> migrations.RunSQL:
    """The triggers that make the versioned rows of `tabel` unchangeable (see `teams.versies.Versie`)."""
    return migrations.RunSQL(
        sql=f"""
        CREATE TRIGGER bewaak_versie BEFORE UPDATE OR DELETE ON {tabel}
            FOR EACH ROW EXECUTE FUNCTION bewaak_versie();
        CREATE TRIGGER bewaak_versies BEFORE TRUNCATE ON {tabel}
            FOR EACH STATEMENT EXECUTE FUNCTION bewaak_versie();
        """,
        reverse_sql=f"""
        DROP TRIGGER bewaak_versies ON {tabel};
        DROP TRIGGER bewaak_versie ON {tabel};
        """,
    )
