"""Reading every format back with other software than wrote it: figures by row, and the words beside them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdfium2

from reporting.antwoord import Antwoord
from reporting.formaten.blad import blad_van

Blad = list[list[Any]]
RUIMTE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABEL, RIJ, CEL, NAAM = (RUIMTE % "table" + wat for wat in ("table", "table-row", "table-cell", "name"))
SOORT, WAARDE = (RUIMTE % "office" + wat for wat in ("value-type", "value"))


def lees_csv(inhoud: bytes) -> Blad:
    """The rows, with numbers where there are."""
    return [[_getal(cel) for cel in rij] for rij in csv.reader(io.StringIO(inhoud.decode()))]


def lees_zip(inhoud: bytes) -> dict[str, Blad]:
    """The rows per file."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as map_:
        return {naam: lees_csv(map_.read(naam)) for naam in map_.namelist()}


def lees_xlsx(inhoud: bytes) -> dict[str, Blad]:
    """The rows per sheet; a formula would be one, as nothing is computed here."""
    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    for vel in boek.worksheets:
        assert all(cel.data_type != "f" for rij in vel.iter_rows() for cel in rij)
    return {vel.title: [[cel.value for cel in rij] for rij in vel.iter_rows()] for vel in boek.worksheets}


def lees_ods(inhoud: bytes) -> dict[str, Blad]:
    """The rows per sheet, out of the XML itself."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as map_:
        assert map_.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        boom = ElementTree.fromstring(map_.read("content.xml"))
    assert not [e for e in boom.iter() if RUIMTE % "table" + "formula" in e.attrib]
    return {
        tabel.attrib[NAAM]: [[_van_xml(cel) for cel in rij.iter(CEL)] for rij in tabel.iter(RIJ)]
        for tabel in boom.iter(TABEL)
    }


def _van_xml(cel: ElementTree.Element) -> Any:
    if cel.attrib.get(SOORT) == "float":
        return _getal(cel.attrib[WAARDE])
    return "".join(cel.itertext()) or None


def lees_pdf(inhoud: bytes) -> str:
    """All text, on one line."""
    with pypdfium2.PdfDocument(inhoud) as document:
        return " ".join(" ".join(blz.get_textpage().get_text_range().split()) for blz in document)


def pdf_kenmerken(inhoud: bytes) -> bytes:
    """Everything in a PDF, what is compressed unpacked."""
    delen = [inhoud]
    for rauw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", inhoud, re.DOTALL):
        try:
            delen.append(zlib.decompress(rauw))
        except zlib.error:
            continue
    return b"\n".join(delen)


def _getal(tekst: str) -> Any:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", tekst):
        return tekst
    return float(tekst) if "." in tekst else int(tekst)


def cijfers(rijen: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Figures by key, of a sheet that begins with a header, a key and a label."""
    return {rij[0]: list(rij[2:]) for rij in rijen[1:]}


def verwacht(antwoord: Antwoord, formaat: str) -> Mapping[str, list[Any]]:
    """The figures that a file of this answer has, by key: in a CSV its rows, in sheets as one reads them."""
    if formaat == "csv" and antwoord.tabel.sleutel != "2.6":
        return {rij.sleutel: rij.waarden for rij in antwoord.rijen}
    (deel,) = blad_van(antwoord).delen
    return {str(rij[0].waarde): [cel.waarde for cel in rij[2:]] for rij in deel.rijen}
