"""A matrix out of a CSV file: every mistake named by its line, nothing half written, and twice is once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from meldingen.models import Leefgebied, Matrix, Score, Scoresoort
from meldingen.models.matrix import NIVEAUS

KOLOMMEN: dict[str, str] = {
    "leefgebied": "naam van het leefgebied, in de volgorde van het bestand",
    "niveau": f"heel getal van {NIVEAUS[0]} tot en met {NIVEAUS[-1]}",
    "naam": "hoe het niveau heet",
    "tekst": "waaraan u het herkent; mag leeg zijn",
}
VERPLICHT = ("leefgebied", "niveau", "naam")
NAAM_TEKENS = 200
MAX_BYTES = 1_000_000


class Matrixfouten(Exception):
    """The file was refused and nothing was written; `fouten` are Dutch, each with its line."""

    def __init__(self, fouten: list[str]) -> None:
        super().__init__(f"{len(fouten)} fouten in de matrix")
        self.fouten = fouten


@dataclass(frozen=True)
class Niveau:
    """One line: a level of a leefgebied."""

    leefgebied: str
    niveau: int
    naam: str
    tekst: str


def laad_matrix(inhoud: bytes, *, naam: str, geldig_van: date, geldig_tot: date | None = None) -> bool:
    """Load a matrix that is used from a day on; False when it stood there already, just so.

    Another content under the same day takes its place as long as nothing was scored with it. Matrixfouten for a file
    that is no such CSV (UTF-8, columns `KOLOMMEN` divided by ; or ,), or when it was scored with.
    """
    if not naam.strip() or len(naam) > NAAM_TEKENS:
        raise Matrixfouten([f"naam: vul een naam in van hoogstens {NAAM_TEKENS} tekens"])
    if geldig_tot is not None and geldig_tot <= geldig_van:
        raise Matrixfouten([f"geldig tot {geldig_tot}: kies een dag na {geldig_van}"])
    rijen = lees_matrix(inhoud)
    with transaction.atomic():
        oud = Matrix.objects.select_for_update().filter(geldig_van=geldig_van).first()
        if oud and (oud.naam, oud.geldig_tot, _inhoud(oud)) == (naam, geldig_tot, rijen):
            return False
        if oud and (oud.naam, _inhoud(oud)) == (naam, rijen):
            oud.geldig_tot = geldig_tot
            oud.save(update_fields=["geldig_tot"])
            return True
        if oud and Score.objects.filter(leefgebied__matrix=oud).exists():
            raise Matrixfouten(
                [f"met de matrix van {geldig_van} is al gescoord: laad deze met een latere ingangsdatum"]
            )
        if oud:
            oud.delete()
        matrix = Matrix.objects.create(naam=naam, geldig_van=geldig_van, geldig_tot=geldig_tot)
        gebieden = {
            gebied: Leefgebied.objects.create(matrix=matrix, volgorde=volgorde, naam=gebied)
            for volgorde, gebied in enumerate(dict.fromkeys(rij.leefgebied for rij in rijen), start=1)
        }
        Scoresoort.objects.bulk_create(
            Scoresoort(leefgebied=gebieden[rij.leefgebied], niveau=rij.niveau, naam=rij.naam, tekst=rij.tekst)
            for rij in rijen
        )
    return True


def lees_matrix(inhoud: bytes) -> list[Niveau]:
    """The levels in the file, in the order of their leefgebieden; Matrixfouten with everything that is wrong."""
    if len(inhoud) > MAX_BYTES:
        raise Matrixfouten([f"het bestand is groter dan {MAX_BYTES} bytes"])
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Matrixfouten(["het bestand is geen UTF-8; bewaar het als ‘CSV UTF-8’"]) from None
    if "\0" in tekst:
        raise Matrixfouten(["het bestand bevat tekens die niet in tekst horen"])
    scheiding = ";" if ";" in tekst.partition("\n")[0] else ","
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
    try:
        kop = [kolom.strip().lower() for kolom in next(lezer, [])]
        if mist := [kolom for kolom in VERPLICHT if kolom not in kop]:
            raise Matrixfouten([f"regel 1: de kolom {kolom} ontbreekt" for kolom in mist])
        if vreemd := [kolom for kolom in kop if kolom not in KOLOMMEN]:
            raise Matrixfouten(
                [
                    f"regel 1: de kolom ‘{kolom}’ ken ik niet; verwacht: {', '.join(KOLOMMEN)}"
                    for kolom in vreemd
                ]
            )
        if len(set(kop)) < len(kop):
            raise Matrixfouten(["regel 1: een kolom staat er dubbel in"])
        fouten: list[str] = []
        rijen = list(_rijen(lezer, kop, fouten))
    except csv.Error as fout:
        raise Matrixfouten([f"regel {lezer.line_num}: dit is geen geldige CSV ({fout})"]) from None
    if not rijen and not fouten:
        fouten.append("regel 2: er staat geen enkel niveau in")
    if fouten:
        raise Matrixfouten(fouten)
    volgorde = list(dict.fromkeys(rij.leefgebied for rij in rijen))
    return sorted(rijen, key=lambda rij: (volgorde.index(rij.leefgebied), rij.niveau))


def _rijen(lezer: Iterator[list[str]], kop: list[str], fouten: list[str]) -> Iterator[Niveau]:
    gezien: dict[tuple[str, int], int] = {}
    begin = 2
    for waarden in lezer:
        regel, begin = begin, lezer.line_num + 1  # type: ignore[attr-defined]
        if not any(waarde.strip() for waarde in waarden):
            continue
        if len(waarden) != len(kop):
            fouten.append(f"regel {regel}: {len(kop)} kolommen verwacht, {len(waarden)} gevonden")
            continue
        rij = {kolom: waarde.strip() for kolom, waarde in zip(kop, waarden, strict=True)}
        mis = [
            f"regel {regel}: {kolom}: {'is leeg' if not rij[kolom] else f'is langer dan {NAAM_TEKENS} tekens'}"
            for kolom in ("leefgebied", "naam")
            if not 0 < len(rij[kolom]) <= NAAM_TEKENS
        ]
        if rij["niveau"] not in map(str, NIVEAUS):
            mis.append(
                f"regel {regel}: niveau: verwacht {KOLOMMEN['niveau']}, gevonden ‘{rij['niveau'][:40]}’"
            )
        if mis:
            fouten += mis
            continue
        sleutel = (rij["leefgebied"], int(rij["niveau"]))
        if sleutel in gezien:
            fouten.append(
                f"regel {regel}: niveau {sleutel[1]} van {sleutel[0]} staat ook op regel {gezien[sleutel]}"
            )
            continue
        gezien[sleutel] = regel
        yield Niveau(*sleutel, rij["naam"], rij.get("tekst", ""))


def _inhoud(matrix: Matrix) -> list[Niveau]:
    soorten = Scoresoort.objects.filter(leefgebied__matrix=matrix).select_related("leefgebied")
    return [
        Niveau(soort.leefgebied.naam, soort.niveau, soort.naam, soort.tekst)
        for soort in soorten.order_by("leefgebied__volgorde", "niveau")
    ]
