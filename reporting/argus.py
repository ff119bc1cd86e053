"""Secondary suppression by tau-argus, the engine of the statistics offices, in a process of its own.

Its solver keeps state per process, so every job has one: `python -m reporting.argus` reads sums from standard input and
writes which of their parts to hide besides the small ones. It sees counts without any name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

TIJD = 20
"""Seconds that a job may take."""
GENOEG = 300
"""A larger count counts as this much: it is as good at covering for a small one, and takes a row per thing."""
HIER = Path(__file__).resolve().parent.parent
BESCHERMING = 60
"""Per cents of a small count by which its neighbours have to cover for it."""


class GeenArgus(Exception):
    """There is no tau-argus on this machine, or it gave no answer."""


def uitgave() -> str:
    """Which tau-argus this machine has; nothing where it has none."""
    try:
        return version("pytauargus")
    except PackageNotFoundError:
        return ""


def bijverborgen(sommen: Sequence[Sequence[int]], drempel: int) -> list[list[int]]:
    """Per sum the places of the parts to hide besides those below `drempel`, so that these can't be computed.

    Raises GeenArgus, which tells nothing of the counts.
    """
    vraag = json.dumps({"drempel": drempel, "sommen": [[min(n, GENOEG) for n in som] for som in sommen]})
    try:
        proces = subprocess.run(
            [sys.executable, "-m", "reporting.argus"],
            input=vraag,
            capture_output=True,
            text=True,
            timeout=TIJD,
            check=True,
            cwd=HIER,
        )
        antwoord: list[list[int]] = json.loads(proces.stdout.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError) as fout:
        raise GeenArgus(type(fout).__name__) from None
    return antwoord


def _som(aantallen: Sequence[int], drempel: int) -> list[int]:
    from pytauargus import protect

    rijen = [
        {"deel": f"{plaats:04}", "aantal": 1}
        for plaats, aantal in enumerate(aantallen)
        for _ in range(aantal)
    ]
    # Its solver leaves files with counts in the folder that it runs in.
    with TemporaryDirectory() as map, chdir(map):
        uitkomst = protect(
            rijen,
            ["deel"],
            response="aantal",
            safety_rules=f"FREQ({drempel},{BESCHERMING})",
            suppress="OPT(1)",
            workdir=map,
        )
        (tabel,) = uitkomst.tables
        # The codes come back padded to one width, and the total has none.
        codes = [str(rij["deel"]).strip() for rij in tabel.rows]
        return [
            int(code)
            for code, stand in zip(codes, tabel.status(), strict=True)
            if stand == "M" and code.isdecimal()
        ]


if __name__ == "__main__":
    gevraagd = json.load(sys.stdin)
    print(json.dumps([_som(som, gevraagd["drempel"]) for som in gevraagd["sommen"]]))
