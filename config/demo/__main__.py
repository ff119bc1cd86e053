"""Command line of the demo generator: `python -m config.demo MAP [--schaal N] [--zaad Z]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .generator import ZAAD, schrijf_overdracht


def main() -> None:
    """Write the folder that the arguments name, tell how far it is, and end with the rows per file."""
    argumenten = argparse.ArgumentParser(
        prog="python -m config.demo", description="Maak de demogegevens van Almere."
    )
    argumenten.add_argument("map", type=Path, help="map waarin de bestanden komen (wordt gemaakt)")
    argumenten.add_argument("--schaal", type=int, default=1, help="zoveel keer Almere (standaard 1)")
    argumenten.add_argument("--zaad", type=int, default=ZAAD, help=f"zaad van het toeval (standaard {ZAAD})")
    keuze = argumenten.parse_args()
    if keuze.schaal < 1:
        argumenten.error("--schaal moet 1 of meer zijn")
    aantallen = schrijf_overdracht(
        keuze.map,
        schaal=keuze.schaal,
        zaad=keuze.zaad,
        voortgang=lambda regel: print(regel, file=sys.stderr),
    )
    for bestand, aantal in aantallen.items():
        print(f"{bestand:16} {aantal:>9}")
    print(f"{'samen':16} {sum(aantallen.values()):>9}")


if __name__ == "__main__":
    main()
