"""The fixture `eigen_database`: commits are real, and gone afterwards."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from households.models import Levensgebied
from teams.models import Medewerker
from tests.sjabloon import APPS, bronnen


def test_wat_een_andere_verbinding_schrijft_is_hier_te_zien(eigen_database, wijkwerker):
    draad = Thread(target=lambda: (Medewerker.objects.create(username="draad"), connection.close()))
    draad.start()
    draad.join()

    assert connection.settings_dict["NAME"] == eigen_database.naam
    assert set(Medewerker.objects.values_list("username", flat=True)) == {"wijkwerker", "draad"}
    assert Levensgebied.objects.filter(code="wonen").exists()


def test_een_ander_proces_komt_er_ook(eigen_database, wijkwerker):
    opdracht = "from teams.models import Medewerker; Medewerker.objects.create(username='proces')"

    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", opdracht],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": eigen_database.url},
        check=True,
        timeout=120,
    )

    assert set(Medewerker.objects.values_list("username", flat=True)) == {"wijkwerker", "proces"}


def test_daarna_is_er_niets_van_over(db):
    assert connection.settings_dict["NAME"].startswith("test_")
    assert not Medewerker.objects.exists()


def test_de_proefdatabase_is_gemigreerd_zoals_het_product_nu_is(db):
    loper = MigrationExecutor(connection)

    assert loper.migration_plan(loper.loader.graph.leaf_nodes()) == []


def test_waar_migraties_uit_putten_bepaalt_welk_sjabloon_het_is():
    """Else a template that was made before would do for what it isn't."""
    gelezen = set(bronnen())
    for migratie in (bron for bron in gelezen if bron.parent.name == "migrations"):
        for regel in ast.walk(ast.parse(migratie.read_text())):
            modules = [naam.name for naam in regel.names] if isinstance(regel, ast.Import) else []
            modules += [regel.module] if isinstance(regel, ast.ImportFrom) and regel.module else []
            for module in modules:
                if module.partition(".")[0] in APPS:
                    pad = settings.BASE_DIR.joinpath(*module.split("."))
                    assert gelezen & {pad.with_suffix(".py"), pad / "__init__.py"}, (migratie.name, module)
    assert {
        app for app in APPS if settings.BASE_DIR / app / "migrations" / "0001_begin.py" in gelezen
    } == set(APPS)
