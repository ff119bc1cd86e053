"""Where an overdracht comes from: a folder, or a zip of one."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast


class Bronfout(Exception):
    """The path is no overdracht at all; the text says why."""


class Bron:
    """The CSV files of one overdracht, by name without `.csv`."""

    def __init__(self, pad: Path) -> None:
        self._stapel = ExitStack()
        if pad.is_dir():
            self._zip = None
            self._leden: dict[str, str | Path] = {
                lid.stem: lid for lid in sorted(pad.iterdir()) if lid.suffix.lower() == ".csv"
            }
        elif pad.is_file() and zipfile.is_zipfile(pad):
            self._zip = self._stapel.enter_context(zipfile.ZipFile(pad))
            namen = [
                n for n in sorted(self._zip.namelist()) if n.lower().endswith(".csv") and "__MACOSX" not in n
            ]
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

    def bestandsnaam(self, naam: str) -> str:
        """How the file is written in the folder or zip."""
        return PurePosixPath(self._leden[naam]).name

    @contextmanager
    def open(self, naam: str) -> Iterator[BinaryIO]:
        """The bytes of a file, to be read once; Bronfout when they can't be."""
        lid = self._leden[naam]
        try:
            with ExitStack() as stapel:
                if isinstance(lid, Path):
                    yield stapel.enter_context(lid.open("rb"))
                elif self._zip:
                    yield cast(BinaryIO, stapel.enter_context(self._zip.open(lid)))
        except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as fout:
            raise Bronfout(f"{lid}: dit bestand is beschadigd, versleuteld of geen bestand") from fout

    def sluit(self) -> None:
        """Lets go of the zip."""
        self._stapel.close()

    def __enter__(self) -> Bron:
        return self

    def __exit__(self, *_: object) -> None:
        self.sluit()
