"""Every format in which answers leave: text to read, for machines, for spreadsheets, on paper, as a picture.

`schrijf` gives one answer as bytes, `schrijf_alle` several in one file. What small numbers hide was hidden before, in
the answer itself.
"""

from __future__ import annotations

import io
import json as jsonmodule
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reporting.antwoord import Antwoord
from reporting.correcties import Correcties
from reporting.formaten import correcties as correctietekst
from reporting.formaten import kommas
from reporting.formaten import tabel as tabeltekst
from reporting.formaten.blad import blad_van
from reporting.formaten.ods import ods
from reporting.formaten.papier import pdf
from reporting.formaten.tekening import png, svg, teken
from reporting.formaten.xlsx import xlsx
from reporting.fouten import Invoerfout

__all__ = [
    "FORMATEN",
    "Formaat",
    "Toonbaar",
    "bestandsnaam",
    "csv",
    "csv_regels",
    "json",
    "mogelijk",
    "schrijf",
    "schrijf_alle",
    "tekst",
    "veilige_naam",
]

Toonbaar: TypeAlias = Antwoord | Correcties


def tekst(uitkomst: Toonbaar) -> str:
    """For a terminal or a letter, in Dutch, 80 columns where the table allows it."""
    return correctietekst.tekst(uitkomst) if isinstance(uitkomst, Correcties) else tabeltekst.tekst(uitkomst)


def json(uitkomst: Toonbaar) -> str:
    """The object of the overdracht, one line per key deep enough to read and to compare."""
    return jsonmodule.dumps(uitkomst.als_object(), ensure_ascii=False, indent=1) + "\n"


def csv(uitkomst: Toonbaar) -> str:
    """Comma-separated with a header, RFC 4180 quoting, the texts of hidden and unknown cells as they are."""
    return "".join(csv_regels(uitkomst))


def csv_regels(uitkomst: Toonbaar) -> Iterator[str]:
    """The same, line by line."""
    return kommas.regels(
        correctietekst.regels(uitkomst) if isinstance(uitkomst, Correcties) else tabeltekst.regels(uitkomst)
    )


@dataclass(frozen=True)
class Formaat:
    """How answers become a file: `schrijf` one of them, `schrijf_alle` several; None where that makes no sense.

    `leesbaar` says that it is text, which may go to a terminal.
    """

    naam: str
    label: str
    mime: str
    schrijf: Callable[[Toonbaar], bytes]
    schrijf_alle: Callable[[Sequence[Toonbaar]], bytes] | None = None
    leesbaar: bool = False
    tekening: bool = False
    van_alle: str = ""
    """The extension of a file with several, where that is another."""

    @property
    def uitgang_van_alle(self) -> str:
        """The extension of a file with several."""
        return self.van_alle or self.naam


def _als_xlsx(uitkomsten: Sequence[Toonbaar]) -> bytes:
    vast = {u.tot if isinstance(u, Correcties) else u.vraag.bekend_op for u in uitkomsten}
    return xlsx([blad_van(u) for u in uitkomsten], vast.pop() if len(vast) == 1 else None)


def _als_ods(uitkomsten: Sequence[Toonbaar]) -> bytes:
    return ods([blad_van(u) for u in uitkomsten])


def _als_pdf(uitkomsten: Sequence[Toonbaar]) -> bytes:
    tekeningen = [None if isinstance(u, Correcties) else teken(u) for u in uitkomsten]
    return pdf([blad_van(u) for u in uitkomsten], tekeningen)


def _als_zip(uitkomsten: Sequence[Toonbaar]) -> bytes:
    """A CSV per table, and one with what each of them counts."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as map_:
        for uitkomst in uitkomsten:
            map_.writestr(bestandsnaam(uitkomst, "csv"), csv(uitkomst))
        woorden = ((blad.sleutel, *paar) for blad in map(blad_van, uitkomsten) for paar in blad.definities)
        map_.writestr("definities.csv", "".join(kommas.regels([("tabel", "wat", "tekst"), *woorden])))
    return uit.getvalue()


def _een(schrijf_alle: Callable[[Sequence[Toonbaar]], bytes]) -> Callable[[Toonbaar], bytes]:
    return lambda uitkomst: schrijf_alle([uitkomst])


def _getekend(schrijf_antwoord: Callable[[Antwoord], bytes]) -> Callable[[Toonbaar], bytes]:
    def schrijf_uitkomst(uitkomst: Toonbaar) -> bytes:
        if isinstance(uitkomst, Correcties):
            raise Invoerfout("formaat", "Van correcties is er geen tekening. Kies een ander formaat.")
        return schrijf_antwoord(uitkomst)

    return schrijf_uitkomst


_UTF8 = "; charset=utf-8"
FORMATEN: dict[str, Formaat] = {
    formaat.naam: formaat
    for formaat in (
        Formaat("tekst", "Tekst", f"text/plain{_UTF8}", lambda u: tekst(u).encode(), leesbaar=True),
        Formaat("json", "JSON", "application/json", lambda u: json(u).encode(), leesbaar=True),
        Formaat(
            "csv",
            "CSV",
            f"text/csv{_UTF8}",
            lambda u: csv(u).encode(),
            _als_zip,
            leesbaar=True,
            van_alle="zip",
        ),
        Formaat(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _een(_als_xlsx),
            _als_xlsx,
        ),
        Formaat(
            "ods",
            "LibreOffice (ODS)",
            "application/vnd.oasis.opendocument.spreadsheet",
            _een(_als_ods),
            _als_ods,
        ),
        Formaat("svg", "Tekening (SVG)", "image/svg+xml", _getekend(svg), leesbaar=True, tekening=True),
        Formaat("png", "Afbeelding (PNG)", "image/png", _getekend(png), tekening=True),
        Formaat("pdf", "PDF", "application/pdf", _een(_als_pdf), _als_pdf),
    )
}
"""What `--formaat` takes, and what a page offers."""


def schrijf(uitkomst: Toonbaar, formaat: str) -> bytes:
    """One answer as a file; Invoerfout for a format that it doesn't have, or that this server can't make."""
    return FORMATEN[formaat].schrijf(uitkomst)


def schrijf_alle(uitkomsten: Sequence[Toonbaar], formaat: str) -> bytes:
    """Several answers as one file; Invoerfout for a format that takes one at a time."""
    schrijver = FORMATEN[formaat].schrijf_alle
    if schrijver is None:
        raise Invoerfout("formaat", f"In {formaat} past maar een tabel. Kies een ander formaat.")
    return schrijver(uitkomsten)


def mogelijk(uitkomst: Toonbaar) -> list[Formaat]:
    """The formats in which this answer can be taken along."""
    getekend = not isinstance(uitkomst, Correcties) and teken(uitkomst) is not None
    return [formaat for formaat in FORMATEN.values() if getekend or not formaat.tekening]


def bestandsnaam(uitkomst: Toonbaar, formaat: str) -> str:
    """Name of the file: what it is and over when, and nothing of who asked."""
    perioden = "-en-".join(dict.fromkeys(een.periode.sleutel for een in uitkomst.vraag.per_deel()))
    soort = "correcties" if isinstance(uitkomst, Correcties) else "monitor"
    uitgang = "txt" if formaat == "tekst" else formaat
    return veilige_naam(f"{soort}-{uitkomst.tabel.sleutel}-{perioden}.{uitgang}")


def veilige_naam(naam: str) -> str:
    """A name that any file system and header takes."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", naam)
