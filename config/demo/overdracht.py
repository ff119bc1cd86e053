"""The folder of CSV files: which files, which columns, and writing them row by row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_TWEE_KLOKKEN = " geregistreerd_op vervallen_op"
_KOLOMMEN = {
    "teams": "code naam soort stadsdeel",
    "postcodes": "postcode team_code",
    "inwoners": "team_code peildatum inwoners jeugdigen",
    "personen": "ref achternaam tussenvoegsel voornamen geboortedatum geslacht bsn telefoon email"
    + _TWEE_KLOKKEN,
    "verblijven": "ref persoon_ref huishouden_ref postcode huisnummer team_code vanaf tot rol"
    + _TWEE_KLOKKEN,
    "contacten": "ref datum kanaal thema wet afhandeling melding_ref" + _TWEE_KLOKKEN,
    "meldingen": "ref persoon_ref spoed vraag levensgebieden" + _TWEE_KLOKKEN,
    "gebeurtenissen": "ref melding_ref soort datum reden team_code categorie kanaal aanleiding"
    + _TWEE_KLOKKEN,
    "beschikkingen": "ref persoon_ref melding_ref wet voorzieningengroep voorziening financieringsvorm"
    " aanbieder besluitdatum ingangsdatum einddatum" + _TWEE_KLOKKEN,
    "klachten": "ref datum wet soort onderwerp beschikking_ref" + _TWEE_KLOKKEN,
    "spreekuren": "team_code locatie dag van tot frequentie geldig_van geldig_tot",
    "activiteiten": "ref team_code discipline soort datum bewoners verwezen" + _TWEE_KLOKKEN,
    "consulten": "ref team_code discipline datum uren vervolg" + _TWEE_KLOKKEN,
    "externe_cijfers": "tabel rij kolom periode waarde status bron" + _TWEE_KLOKKEN,
}
KOLOMMEN = {bestand: tuple(kolommen.split()) for bestand, kolommen in _KOLOMMEN.items()}
LETTERS = {
    "personen": "P", "verblijven": "V", "contacten": "C", "meldingen": "M", "gebeurtenissen": "G",
    "beschikkingen": "B", "klachten": "K", "activiteiten": "A", "consulten": "N", "huishoudens": "H",
}  # fmt: skip


class Overdracht:
    """An open overdracht folder: hands out refs that never repeat, writes rows, and counts them per file."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.aantallen = dict.fromkeys(KOLOMMEN, 0)
        self._nummers = dict.fromkeys(LETTERS, 0)
        self._schrijvers: dict[str, Callable[[list[Any]], Any]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self.map.mkdir(parents=True, exist_ok=True)
        for bestand, kolommen in KOLOMMEN.items():
            stroom = self._open.enter_context(
                (self.map / f"{bestand}.csv").open("w", encoding="utf-8", newline="")
            )
            self._schrijvers[bestand] = csv.writer(stroom).writerow
            self._schrijvers[bestand]([*kolommen])
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._open.close()

    def ref(self, bestand: str) -> str:
        """The next key of this file (`M000042`); `huishoudens` has keys, too, though no file."""
        self._nummers[bestand] += 1
        return f"{LETTERS[bestand]}{self._nummers[bestand]:06d}"

    def schrijf(self, bestand: str, **velden: object) -> None:
        """Add one row; a column left out or None is empty. An unknown column is a `KeyError`."""
        rij = [velden.pop(kolom, None) for kolom in KOLOMMEN[bestand]]
        if velden:
            raise KeyError(f"{bestand}.csv kent deze kolommen niet: {', '.join(velden)}")
        self._schrijvers[bestand]([w.isoformat() if isinstance(w, datetime) else w for w in rij])
        self.aantallen[bestand] += 1

    def verbeter(
        self, bestand: str, wanneer: datetime, oud: dict[str, object], nieuw: dict[str, object]
    ) -> str:
        """A correction: the old row until `wanneer`, the new one from then on.

        `nieuw` holds the columns that differ; `oud` carries the `geregistreerd_op` of the mistake. Each row
        has its own ref; returns the new one.
        """
        self.schrijf(bestand, **{**oud, "ref": self.ref(bestand), "vervallen_op": wanneer})
        ref = self.ref(bestand)
        self.schrijf(bestand, **{**oud, **nieuw, "ref": ref, "geregistreerd_op": wanneer})
        return ref
