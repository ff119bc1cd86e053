"""The sociale kaart as a CSV file: read, checked line by line, and written whole or not at all.

The file is UTF-8 (with or without a byte order mark), its columns are separated by `;` or `,`, and its first
line names all of `KOLOMMEN`, in any order. A row is known by its `code`: the same file twice changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from households.models import Levensgebied
from teams.models import Medewerker, Team
from voorzieningen.models import AlgemeneVoorziening, Kaartsoort, controleer_gebied
from voorzieningen.workflow import Kaartrij, Resultaat, bewaar_op_kaart

KOLOMMEN = {
    "code": "Verplicht. Kenmerk van de regel, hooguit 64 tekens; elke code staat één keer in het bestand.",
    "soort": "algemene_voorziening of partij. Leeg is algemene_voorziening.",
    "naam": "Verplicht. Hooguit 200 tekens.",
    "organisatie": "Wie het aanbiedt.",
    "omschrijving": "Wat het is, in gewone woorden.",
    "doelgroep": "Voor wie het is.",
    "kosten": "Wat het kost, in gewone woorden.",
    "hele_gemeente": "ja of nee. Bij nee moet er een stadsdeel of een team staan.",
    "stadsdeel": "Naam van een stadsdeel, als het daar overal is.",
    "teams": "Codes van teams, gescheiden door |",
    "levensgebieden": "Codes van levensgebieden, gescheiden door |",
    "telefoon": "Bijvoorbeeld 088 000 0123",
    "email": "Bijvoorbeeld naam@example.org",
    "website": "Begint met https:// of http://",
    "adres": "Straat, huisnummer en plaats.",
    "geldig_van": "De eerste dag, als 2026-01-31 of 31-01-2026. Leeg: al langer.",
    "geldig_tot": "De eerste dag waarop het niet meer geldt. Leeg: tot nader order.",
}
"""The columns of the file, with what belongs in them."""

MAX_BYTES = 5_000_000
MAX_FOUTEN = 100
JA_NEE = {"ja": True, "nee": False, "": False}
OVERGENOMEN = [
    "naam",
    "organisatie",
    "omschrijving",
    "doelgroep",
    "kosten",
    "stadsdeel",
    "telefoon",
    "email",
    "website",
    "adres",
]
TEKSTVELDEN = frozenset({"omschrijving", "doelgroep", "kosten", "adres"})


@dataclass(frozen=True)
class Kaartfout:
    """One thing that is wrong; without `regel` it is about the file, without `kolom` about the line."""

    regel: int
    kolom: str
    tekst: str

    def __str__(self) -> str:
        plaats = [f"regel {self.regel}"] if self.regel else []
        return ": ".join([*plaats, *([self.kolom] if self.kolom else []), self.tekst])


class Kaartfouten(Exception):
    """The file was refused and nothing was written; `fouten` are the first of `totaal`."""

    def __init__(self, fouten: list[Kaartfout], totaal: int) -> None:
        self.fouten = fouten
        self.totaal = totaal
        super().__init__(f"{totaal} fouten in de sociale kaart")

    @property
    def rest(self) -> int:
        """How many mistakes are not among `fouten`."""
        return self.totaal - len(self.fouten)


def importeer_kaart(
    inhoud: bytes, *, door: Medewerker | None, beeindig_ontbrekende_op: date | None = None
) -> Resultaat:
    """Write the rows of a file; `beeindig_ontbrekende_op` ends the imported rows that it lacks on that day.

    Kaartfouten, with every mistake by line and column, when anything is wrong; then nothing is written.
    """
    rijen = _Lezer().lees(inhoud)
    return bewaar_op_kaart(rijen, door=door, beeindig_overige_op=beeindig_ontbrekende_op)


class _Lezer:
    """Reads one file; mistakes pile up, and are raised together at its end."""

    def __init__(self) -> None:
        self.teams = {team.code: team for team in Team.objects.all()}
        self.stadsdelen = sorted({team.stadsdeel for team in self.teams.values() if team.stadsdeel})
        self.levensgebieden = {gebied.code: gebied for gebied in Levensgebied.objects.all()}
        self.fouten: list[Kaartfout] = []
        self.totaal = 0

    def lees(self, inhoud: bytes) -> list[Kaartrij]:
        """Every row of the file; Kaartfouten when one of them, or the file, is wrong."""
        regel_van: dict[str, int] = {}
        rijen = []
        for regel, cellen in self._regels(_tekst(inhoud)):
            aantal = self.totaal
            rij = self._rij(regel, cellen)
            code = cellen["code"]
            if code in regel_van:
                self._meld(regel, "code", f"‘{_kort(code)}’ staat ook op regel {regel_van[code]}")
            elif code:
                regel_van[code] = regel
            if self.totaal == aantal:
                rijen.append(rij)
        if self.totaal:
            raise Kaartfouten(self.fouten, self.totaal)
        if not rijen:
            raise _bestandsfout("het bestand bevat geen regels onder de kop")
        return rijen

    def _meld(self, regel: int, kolom: str, tekst: str) -> None:
        self.totaal += 1
        if len(self.fouten) < MAX_FOUTEN:
            self.fouten.append(Kaartfout(regel, kolom, tekst))

    def _regels(self, tekst: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row that holds anything, with the number of its first line."""
        scheiding = ";" if ";" in tekst.partition("\n")[0] else ","
        lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
        regel, kop = 1, None
        try:
            for cellen in lezer:
                begin, regel = regel, lezer.line_num + 1
                cellen = [cel.replace("\r\n", "\n").strip() for cel in cellen]
                if kop is None:
                    kop = _kop(cellen)
                elif not any(cellen):
                    continue
                elif len(cellen) != len(kop):
                    self._meld(begin, "", f"verwacht {len(kop)} kolommen, hier staan er {len(cellen)}")
                else:
                    yield begin, dict(zip(kop, cellen, strict=True))
        except csv.Error:
            self._meld(regel, "", "een aanhalingsteken staat verkeerd of sluit niet; verder lezen kan niet")

    def _rij(self, regel: int, cellen: dict[str, str]) -> Kaartrij:
        voorziening = AlgemeneVoorziening(
            ref=cellen["code"] or None,
            soort=self._keuze(regel, "soort", cellen, {"": Kaartsoort.ALGEMENE_VOORZIENING, **Kaartsoort.codes()}),
            hele_gemeente=self._keuze(regel, "hele_gemeente", cellen, JA_NEE),
            geldig_van=self._datum(regel, "geldig_van", cellen),
            geldig_tot=self._datum(regel, "geldig_tot", cellen),
            **{naam: cellen[naam] for naam in OVERGENOMEN},
        )  # fmt: skip
        teams = self._lijst(regel, "teams", cellen, self.teams)
        levensgebieden = self._lijst(regel, "levensgebieden", cellen, self.levensgebieden)
        if not cellen["code"]:
            self._meld(regel, "code", "verwacht een code, de cel is leeg")
        for naam, cel in cellen.items():
            if not _leesbaar(cel, meer_regels=naam in TEKSTVELDEN):
                self._meld(regel, naam, "bevat een teken dat geen tekst is, of loopt over meer regels")
        if cellen["stadsdeel"] and cellen["stadsdeel"] not in self.stadsdelen:
            self._verwacht(regel, "stadsdeel", cellen["stadsdeel"], self.stadsdelen)
        with self._meldt(regel):
            voorziening.clean_fields(exclude=["soort"])
        with self._meldt(regel):
            voorziening.clean()
        if cellen["hele_gemeente"].lower() in JA_NEE:
            with self._meldt(regel):
                controleer_gebied(
                    voorziening.hele_gemeente, plaatselijk=bool(cellen["stadsdeel"] or cellen["teams"])
                )
        return Kaartrij(
            voorziening,
            frozenset(team.pk for team in teams),
            frozenset(gebied.pk for gebied in levensgebieden),
        )

    @contextmanager
    def _meldt(self, regel: int) -> Iterator[None]:
        """What a check of the model refuses, as mistakes in the columns of that name."""
        try:
            yield
        except ValidationError as fout:
            for veld, teksten in fout.message_dict.items():
                for tekst in teksten:
                    self._meld(regel, "code" if veld == "ref" else veld, tekst)

    def _keuze(self, regel: int, naam: str, cellen: dict[str, str], keuzes: dict[str, Any]) -> Any:
        cel = cellen[naam].lower()
        if cel not in keuzes:
            self._verwacht(regel, naam, cel, [keuze for keuze in keuzes if keuze])
            return keuzes[""]
        return keuzes[cel]

    def _lijst(self, regel: int, naam: str, cellen: dict[str, str], bekend: dict[str, Any]) -> list[Any]:
        codes = [code for code in map(str.strip, cellen[naam].split("|")) if code]
        for code in codes:
            if code not in bekend:
                self._verwacht(regel, naam, code, bekend)
        return [bekend[code] for code in codes if code in bekend]

    def _datum(self, regel: int, naam: str, cellen: dict[str, str]) -> date | None:
        cel = cellen[naam]
        for vorm in ("%Y-%m-%d", "%d-%m-%Y"):
            try:
                return datetime.strptime(cel, vorm).date()  # noqa: DTZ007
            except ValueError:
                continue
        if cel:
            self._meld(regel, naam, f"‘{_kort(cel)}’; verwacht een dag, zoals 2026-01-31 of 31-01-2026")
        return None

    def _verwacht(self, regel: int, naam: str, cel: str, bekend: Any) -> None:
        verwacht = f"verwacht {', '.join(sorted(bekend))}" if bekend else "er zijn er nog geen"
        self._meld(regel, naam, f"‘{_kort(cel)}’ is niet bekend; {verwacht}")


def _tekst(inhoud: bytes) -> str:
    if len(inhoud) > MAX_BYTES:
        raise _bestandsfout(f"het bestand is te groot; verwacht hooguit {MAX_BYTES // 1_000_000} MB")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        raise Kaartfouten(
            [Kaartfout(regel, "", "verwacht UTF-8. Kies bij het opslaan voor ‘CSV UTF-8’")], 1
        ) from None
    if not tekst.strip():
        raise _bestandsfout("het bestand is leeg")
    return tekst


def _kop(cellen: list[str]) -> list[str]:
    kop = [cel.lower() for cel in cellen]
    fouten = [
        *(f"kolom ‘{naam}’ ontbreekt" for naam in KOLOMMEN if naam not in kop),
        *(f"kolom ‘{_kort(naam)}’ is niet bekend" for naam in kop if naam not in KOLOMMEN),
        *(f"kolom ‘{naam}’ staat er meer dan eens" for naam in KOLOMMEN if kop.count(naam) > 1),
    ]
    if fouten:
        alle = [Kaartfout(1, "", tekst) for tekst in fouten]
        raise Kaartfouten(alle[:MAX_FOUTEN], len(alle))
    return kop


def _bestandsfout(tekst: str) -> Kaartfouten:
    return Kaartfouten([Kaartfout(0, "", tekst)], 1)


def _kort(tekst: str) -> str:
    """What was typed, short and without characters that steer a terminal."""
    leesbaar = "".join(teken if teken.isprintable() else "�" for teken in tekst[:60])
    return leesbaar + "…" * (len(tekst) > 60)


def _leesbaar(cel: str, *, meer_regels: bool) -> bool:
    """Whether a cell is text; a space that doesn't break, or joins an emoji, is."""
    tekst = cel.replace("\n", "").replace("\t", "") if meer_regels else cel
    return not any(teken < " " or "\x7f" <= teken <= "\x9f" for teken in tekst)
