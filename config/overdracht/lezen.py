"""Reading a file row by row, in blocks so that memory does not grow with it, to say where and what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from config.overdracht.bestand import Bestand, Voortgang
from config.overdracht.fouten import Foutenlijst
from config.overdracht.kolommen import Kolom, Waardefout

BLOK = 1_000_000
"""Bytes read at a time; also the longest row that is read."""
GROOTSTE_GEHEUGEN = 50_000
"""Distinct values per column that are remembered as good."""

GEEN_RFC_4180 = "geen goede rij; verwacht komma's en aanhalingstekens volgens RFC 4180"

Rij = list[str]


class Lezer:
    """Reads one file of an overdracht into its staging table, and says line by line what is wrong."""

    def __init__(self, bestand: Bestand, volgorde: int, fouten: Foutenlijst) -> None:
        self.bestand = bestand
        self.volgorde = volgorde
        self.fouten = fouten
        self.kop: list[Kolom] = []
        self.aantal = 0
        self._goed: dict[str, set[str]] = {kolom.naam: {""} for kolom in bestand.kolommen}
        self._regel = 1
        csv.field_size_limit(BLOK)

    def lees(self, stroom: BinaryIO, cursor: Any, voortgang: Voortgang) -> int:
        """Copies the rows of `stroom` into the staging table; gives the number of rows read.

        `cursor` is a psycopg cursor inside the import's transaction. A value that is wrong goes in as unknown, so
        that the checks between rows still find everything else.
        """
        blokken = self.blokken(stroom)
        if not self.lees_kop(next(blokken, b"")):
            return 0
        velden = ", ".join(f'"{kolom.naam}"' for kolom in self.kop)
        with cursor.copy(f"COPY {self.bestand.staging} (regel, {velden}) FROM STDIN (FORMAT csv)") as kopie:
            for blok in blokken:
                kopie.write(self._lees_blok(blok))
                voortgang(f"{self.bestand.naam}: {self.aantal} rijen gelezen")
        return self.aantal

    def _meld(self, regel: int, kolom: str, tekst: str) -> None:
        self.fouten.meld(self.volgorde, f"{self.bestand.naam}.csv", regel, kolom, tekst)

    def blokken(self, stroom: BinaryIO, grootte: int = BLOK) -> Iterator[bytes]:
        """First the header row, then blocks of whole rows; a row never ends inside quotes."""
        rest = stroom.readline(BLOK).removeprefix(b"\xef\xbb\xbf")
        if not rest.endswith(b"\n") and len(rest) >= BLOK - 3:
            self._meld(1, "", f"de kopregel is langer dan {BLOK} bytes")
            return
        yield rest
        rest = b""
        while nieuw := stroom.read(grootte):
            rest += nieuw
            einde = _einde_van_rij(rest)
            if einde:
                yield rest[:einde]
                rest = rest[einde:]
            elif len(rest) > 2 * BLOK:
                self._meld(
                    self._regel, "", f"vanaf hier volgt in {BLOK} bytes geen einde van een rij; verwacht CSV"
                )
                return
        if rest:
            yield rest

    def lees_kop(self, kopregel: bytes) -> bool:
        """Sets the columns in the order of the header; False when the header is no use."""
        try:
            namen = next(csv.reader([kopregel.decode()], strict=True), [])
        except (UnicodeDecodeError, csv.Error):
            self._meld(1, "", "de kopregel is geen CSV in UTF-8")
            return False
        kolommen = {kolom.naam: kolom for kolom in self.bestand.kolommen}
        bezwaren = [
            (
                f"kolom {plaats}" if self.bestand.gevoelig else naam[:64],
                f"deze kolom kent het bestand niet; verwacht {', '.join(kolommen)}",
            )
            for plaats, naam in enumerate(namen, start=1)
            if naam not in kolommen
        ]
        bezwaren += [
            (naam, "deze kolom staat er meer dan eens; verwacht haar eenmaal")
            for naam in kolommen
            if namen.count(naam) > 1
        ]
        bezwaren += [
            (kolom.naam, "deze kolom ontbreekt en is verplicht")
            for kolom in self.bestand.kolommen
            if kolom.verplicht and kolom.naam not in namen
        ]
        for kolomnaam, tekst in bezwaren:
            self._meld(1, kolomnaam, tekst)
        if not bezwaren:
            self.kop = [kolommen[naam] for naam in namen]
        self._regel = 2
        return not bezwaren

    def _lees_blok(self, blok: bytes) -> str:
        """The block as CSV for COPY, each row preceded by its line number."""
        tekst = self._als_tekst(blok)
        regels, rijen = self._neem_uiteen(tekst)
        self.aantal += len(rijen)
        if not rijen:
            return ""
        kolommen = list(zip(*rijen, strict=True))
        fouten = [self._fouten(kolom, waarden) for kolom, waarden in zip(self.kop, kolommen, strict=True)]
        for plaats, (kolom, fout) in enumerate(zip(self.kop, fouten, strict=True)):
            if fout:
                kolommen[plaats] = self._zonder_fouten(kolom, regels, kolommen[plaats], fout)
        uit = io.StringIO()
        csv.writer(uit, lineterminator="\n").writerows(zip(regels, *kolommen, strict=True))
        return uit.getvalue()

    def _neem_uiteen(self, tekst: str) -> tuple[list[int], list[Rij]]:
        """Line numbers and rows of a block; a row that is no CSV, or too wide or narrow, is reported."""
        begin = self._regel
        breedte = len(self.kop)
        ruw: list[str] = []
        lezer = csv.reader(_onthoud(_tekstregels(tekst), ruw), strict=True)
        regels: list[int] = []
        rijen: list[Rij] = []
        eerste = begin
        while True:
            try:
                for rij in lezer:
                    if len(rij) != breedte and rij:
                        self._meld(eerste, "", f"{len(rij)} velden; verwacht {breedte}, zoals in de kopregel")
                    elif _kaal_aanhalingsteken(ruw, rij):
                        self._meld(eerste, "", GEEN_RFC_4180)
                    elif rij:
                        regels.append(eerste)
                        rijen.append([veld.replace("\r", "\n") for veld in rij] if "\r" in tekst else rij)
                    ruw.clear()
                    eerste = begin + lezer.line_num
                break
            except csv.Error:
                self._meld(eerste, "", GEEN_RFC_4180)
                ruw.clear()
                eerste = begin + lezer.line_num
        self._regel = begin + lezer.line_num
        return regels, rijen

    def _als_tekst(self, blok: bytes) -> str:
        """The block decoded; lines that are no UTF-8 or hold a NUL are reported."""
        try:
            tekst = blok.decode()
        except UnicodeDecodeError:
            for plaats, regel in enumerate(blok.split(b"\n")):
                try:
                    regel.decode()
                except UnicodeDecodeError as fout:
                    self._meld(
                        self._regel + plaats, "", f"byte {fout.start + 1} is geen UTF-8; verwacht UTF-8"
                    )
            tekst = blok.decode(errors="replace")
        tekst = tekst.replace("\r\n", "\n")
        if "\0" in tekst:
            for plaats, tekstregel in enumerate(tekst.split("\n")):
                if "\0" in tekstregel:
                    self._meld(self._regel + plaats, "", "het teken NUL; verwacht tekst")
            tekst = tekst.replace("\0", "")
        return tekst

    def _fouten(self, kolom: Kolom, waarden: tuple[str, ...]) -> dict[str, str]:
        """What was expected, per distinct value that is wrong."""
        fouten: dict[str, str] = {}
        if kolom.maximum is not None and max(map(len, waarden)) > kolom.maximum:
            fouten = {w: f"hoogstens {kolom.maximum} tekens" for w in set(waarden) if len(w) > kolom.maximum}
        if kolom.controleer is not None:
            goed = self._goed[kolom.naam]
            for waarde in set(waarden) - goed:
                try:
                    kolom.controleer(waarde)
                    goed.add(waarde)
                except Waardefout as verwacht:
                    fouten[waarde] = str(verwacht)
            if len(goed) > GROOTSTE_GEHEUGEN:
                self._goed[kolom.naam] = {""}
        if kolom.verplicht and "" in waarden:
            fouten[""] = "een waarde"
        return fouten

    def _zonder_fouten(
        self, kolom: Kolom, regels: list[int], waarden: tuple[str, ...], fouten: dict[str, str]
    ) -> tuple[str, ...]:
        geheim = kolom.gevoelig or self.bestand.gevoelig
        for regel, waarde in zip(regels, waarden, strict=True):
            if waarde in fouten:
                wat = "leeg" if not waarde else "ongeldige waarde" if geheim else f"‘{waarde[:40]}’"
                self._meld(regel, kolom.naam, f"{wat}; verwacht {fouten[waarde]}")
        return tuple("" if waarde in fouten else waarde for waarde in waarden)


def _einde_van_rij(blok: bytes) -> int:
    """Just past the last line end that is outside quotes; 0 when there is none.

    A quote inside a quoted field is doubled, so the number of quotes before the end of a row is even.
    """
    einde = blok.rfind(b"\n") + 1
    oneven = blok.count(b'"', 0, einde) % 2
    while oneven and einde:
        vorige = blok.rfind(b"\n", 0, einde - 1) + 1
        oneven ^= blok.count(b'"', vorige, einde) % 2
        einde = vorige
    return einde


def _tekstregels(tekst: str) -> Iterator[str]:
    """The lines of a text, ended by LF alone: a CR inside quotes ends nothing."""
    regels = tekst.split("\n")
    yield from (f"{regel}\n" for regel in regels[:-1])
    if regels[-1]:
        yield regels[-1]


def _onthoud(regels: Iterator[str], ruw: list[str]) -> Iterator[str]:
    """The same lines, each also kept in `ruw`."""
    for regel in regels:
        ruw.append(regel)
        yield regel


def _kaal_aanhalingsteken(ruw: list[str], rij: Rij) -> bool:
    """Whether a field holds a quote without being quoted: then there are too few of them in the row as written."""
    nodig = sum(2 + 2 * veld.count('"') for veld in rij if '"' in veld)
    return nodig > 0 and sum(regel.count('"') for regel in ruw) < nodig
