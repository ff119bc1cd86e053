"""Where an overdracht comes from: a folder, or a zip of one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO


class Bronfout(Exception):
    """The path is no overdracht at all; the text says why."""


class Bron:
    """The CSV files of one overdracht, by name without `.csv`."""

    def __init__(self, pad: Path) -> None:
        self._stapel = ExitStack()
        if pad.is_dir():
            self._zip = None
            self._leden: dict[str, str | Path] = {lid.stem: lid for lid in sorted(pad.glob("*.csv"))}
        elif pad.is_file() and zipfile.is_zipfile(pad):
            self._zip = self._stapel.enter_context(zipfile.ZipFile(pad))
            namen = [n for n in sorted(self._zip.namelist()) if n.endswith(".csv") and "__MACOSX" not in n]
            self._leden = {PurePosixPath(naam).stem: naam for naam in namen}
            if len(self._leden) != len(namen):
                raise Bronfout(f"{pad}: een bestandsnaam staat meer dan eens in de zip")
        elif pad.exists():
            raise Bronfout(f"{pad}: verwacht een map met CSV-bestanden, of een zip daarvan")
        else:
            raise Bronfout(f"{pad}: deze map of zip bestaat niet")
        if not self._leden:
            self.sluit()
            raise Bronfout(f"{pad}: hierin staan geen CSV-bestanden")

    def namen(self) -> list[str]:
        """Names of the files, without `.csv`."""
        return list(self._leden)

    @contextmanager
    def open(self, naam: str) -> Iterator[BinaryIO]:
        """The bytes of a file, to be read once."""
        lid = self._leden[naam]
        with lid.open("rb") if isinstance(lid, Path) else self._zip.open(lid) as stroom:  # type: ignore[union-attr]
            yield stroom  # type: ignore[misc]

    def sluit(self) -> None:
        """Lets go of the zip."""
        self._stapel.close()

    def __enter__(self) -> Bron:
        return self

    def __exit__(self, *_: object) -> None:
        self.sluit()
