"""The fixture `eigen_database`: commits are real, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.db import connection

from households.models import Levensgebied
from teams.models import Medewerker


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
