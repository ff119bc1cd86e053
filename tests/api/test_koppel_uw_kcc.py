"""The page for who integrates: every command on it runs as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from config.demo.afnemer import maak_demoafnemer
from meldingen.models import Klantcontact, Melding, Terugbelverzoek
from teams.models import Afnemer, Teken
from tests.api.conftest import maak_team
from tests.e2e.conftest import site  # noqa: F401

GEHEIM, TEKEN = "g" * 40, "t" * 40
NODIG = ("bash", "curl", "jq", "openssl")


@pytest.mark.skipif(not all(map(shutil.which, NODIG)), reason=f"hiervoor zijn {', '.join(NODIG)} nodig")
def test_elke_stap_van_de_bladzijde_werkt_zoals_zij_er_staat(
    site: str,  # noqa: F811
    django_db_blocker: Any,
    tmp_path: Path,
) -> None:
    tekst = (settings.BASE_DIR / "docs" / "koppel-uw-kcc.md").read_text(encoding="utf-8")
    stappen = re.findall(r"```sh\n(.*?)```", tekst, re.DOTALL)
    with django_db_blocker.unblock():
        maak_team()
        for _ in range(2):
            maak_demoafnemer("demo-kcc", GEHEIM, TEKEN)
        omgeving = {
            **os.environ,
            "EENPLAN": site,
            "CLIENT_ID": "demo-kcc",
            "CLIENT_SECRET": GEHEIM,
            "TEKEN": TEKEN,
        }
        uitkomst = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join(stappen)],
            cwd=tmp_path,
            env=omgeving,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert uitkomst.returncode == 0, uitkomst.stderr
        assert "Team Haven" in uitkomst.stdout
        assert "ingetrokken" in uitkomst.stdout
        assert "/melder: " in uitkomst.stdout
        assert "de handtekening klopt" in uitkomst.stdout
        assert (Melding.objects.count(), Terugbelverzoek.objects.count(), Klantcontact.objects.count()) == (
            1,
            2,
            2,
        )
        assert (Afnemer.objects.count(), Teken.objects.count()) == (1, 1)
