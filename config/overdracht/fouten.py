"""What is wrong with a folder: counted in full, kept up to a maximum."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fout:
    """One thing that is wrong, at the line where its row begins; line 0 is the file as a whole."""

    volgorde: int
    regel: int
    kolom: str
    tekst: str
    bestand: str = field(compare=False)

    def __str__(self) -> str:
        plaats = f"{self.bestand}:{self.regel}" if self.regel else self.bestand
        return f"{plaats}: {self.kolom}: {self.tekst}" if self.kolom else f"{plaats}: {self.tekst}"


class Overdrachtfouten(Exception):
    """The folder was refused and nothing was written; `fouten` holds the first ones in reading order."""

    def __init__(self, fouten: list[Fout], totaal: int) -> None:
        self.fouten = fouten
        self.totaal = totaal
        super().__init__(f"{totaal} fouten in de overdracht")


class Foutenlijst:
    """Collects mistakes file by file; memory is bounded by `maximum` per file and check."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.totaal = 0
        self._bewaard: list[Fout] = []

    def meld(
        self, volgorde: int, bestand: str, regel: int, kolom: str, tekst: str, *, aantal: int = 1
    ) -> None:
        """Adds a mistake; `aantal` more than 1 says that this one stands for that many."""
        self.totaal += aantal
        self._bewaard.append(Fout(volgorde, regel, _leesbaar(kolom), _leesbaar(tekst), bestand))
        if len(self._bewaard) > 4 * self.maximum + 1000:
            self._bewaard = sorted(self._bewaard)[: self.maximum]

    def controleer(self) -> None:
        """Raises Overdrachtfouten when anything was wrong."""
        if self.totaal:
            raise Overdrachtfouten(sorted(set(self._bewaard))[: self.maximum], self.totaal)


def _leesbaar(tekst: str) -> str:
    """One line, without characters that steer a terminal."""
    return "".join(teken if teken.isprintable() else "�" for teken in tekst)
