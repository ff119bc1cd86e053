"""Freezing tables as they are known now, and making them again (docs/adr/0025-edities.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from reporting.antwoord import Antwoord, beantwoord
from reporting.canoniek import canoniek
from reporting.correcties import Celverschil, cellen_in, vergelijk
from reporting.models import Editie, Editietabel
from reporting.moment import veilig_moment
from reporting.noten import bewaarde_cellen, niet_erin, noten_sinds, vorige_edities
from reporting.onderdrukking import Bescherming, Keuzes, met_keuzes
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.stamgegevens import gewijzigd, met_stamgegevens, stamgegevens
from reporting.vraag import Vraag
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker


@dataclass(frozen=True)
class Controle:
    """One table made again: whether it is byte for byte what was kept, and what it shows now.

    `ongeschonden` tells that the kept bytes are those of their sum; `anders` which cells of the same moment differ, and
    `woorden` that something else than cells does; `sindsdien` what every period shows otherwise today.
    """

    rij: Editietabel
    ongeschonden: bool
    gelijk: bool
    anders: list[tuple[str, Celverschil]]
    woorden: bool
    sindsdien: list[tuple[str, Celverschil]]

    @property
    def tabel(self) -> Any:
        """The entry in the registry."""
        return TABELLEN[self.rij.tabel]


@dataclass(frozen=True)
class Uitslag:
    """An editie made again; `ongeschonden` is about the whole, `stamgegevens` what changed in them since, per kind."""

    tabellen: list[Controle]
    ongeschonden: bool
    stamgegevens: Mapping[str, int]

    @property
    def gelijk(self) -> bool:
        """Whether every byte is the same."""
        return self.ongeschonden and all(deel.ongeschonden and deel.gelijk for deel in self.tabellen)


def stel_vast(
    tabellen: Sequence[str],
    *,
    periode: Periode,
    vergelijk: Periode | None = None,
    filters: Mapping[str, str] | None = None,
    titel: str,
    opmerking: str = "",
    door: Medewerker | None = None,
    namens: str = "",
) -> Editie:
    """Keep tables as they are known now, small numbers hidden; `filters` only for a single table.

    Waits until what is being registered at this moment is known (`veilig_moment`). Geweigerd without a title, without
    tables, for a period that begins after today, and when that takes too long.
    """
    titel = verplicht(titel, "een titel")
    if not tabellen:
        raise Geweigerd("Kies ten minste één tabel.")
    if periode.begin > timezone.localdate():
        raise Geweigerd(f"De periode {periode.sleutel} is nog niet begonnen; er is niets om vast te stellen.")
    with transaction.atomic():
        bekend_op = veilig_moment()
        basis = stamgegevens()
        editie = Editie(
            titel=titel,
            opmerking=opmerking.strip(),
            periode=periode.sleutel,
            vergelijk=vergelijk.sleutel if vergelijk else "",
            bekend_op=bekend_op,
            door=door,
            namens=namens,
            stamgegevens=basis,
        )
        rijen = []
        with met_stamgegevens(basis):
            for nummer, tabel in enumerate(tabellen, start=1):
                gekozen = {**TABELLEN[tabel].standaard, **(filters or {})}
                vraag = Vraag(tabel, periode, bekend_op, gekozen, vergelijk)
                vorige = vorige_edities(vraag, bekend_op)
                keuzes = Keuzes()
                inhoud = _inhoud(vraag, vorige, keuzes)
                rijen.append(
                    Editietabel(
                        volgnummer=nummer,
                        tabel=tabel,
                        filters=gekozen,
                        vorige={periode: rij.pk for periode, rij in vorige.items()},
                        bescherming=[
                            {"weg": sorted(keuze.weg), "afgerond": keuze.afgerond} for keuze in keuzes.gemaakt
                        ],
                        inhoud=inhoud,
                        sha256=sha256(inhoud).hexdigest(),
                    )
                )
        editie.sha256 = _som(editie, rijen)
        editie.save(force_insert=True)
        for rij in rijen:
            rij.editie = editie
        Editietabel.objects.bulk_create(rijen)
    return editie


def controleer(editie: Editie) -> Uitslag:
    """Make every table again, with the stamgegevens that were kept, and compare; and with what is known now."""
    rijen = list(editie.tabellen.all())
    basis = bytes(editie.stamgegevens)
    with met_stamgegevens(basis):
        opnieuw = [_opnieuw(editie, rij) for rij in rijen]
    nu = [_nu(vraag_van(editie, rij)) for rij in rijen]
    return Uitslag(
        [_controle(*paar) for paar in zip(rijen, opnieuw, nu, strict=True)],
        _som(editie, rijen) == editie.sha256,
        gewijzigd(basis),
    )


def vraag_van(editie: Editie, rij: Editietabel) -> Vraag:
    """The question that a table of an editie answered, with its moment."""
    return Vraag(
        rij.tabel,
        Periode.van_tekst(editie.periode),
        editie.bekend_op,
        rij.filters,
        Periode.van_tekst(editie.vergelijk) if editie.vergelijk else None,
    )


def inhoud_van(rij: Editietabel) -> dict[str, Any]:
    """What was kept, to show; never counted again."""
    inhoud: dict[str, Any] = json.loads(bytes(rij.inhoud))
    return inhoud


def _inhoud(vraag: Vraag, vorige: Mapping[str, Editietabel], keuzes: Keuzes) -> bytes:
    """The canonical content: the answer per period, its words, and its notes."""
    with met_keuzes(keuzes):
        delen = [beantwoord(een) for een in vraag.per_deel()]
    tabel = TABELLEN[vraag.tabel]
    noten = dict.fromkeys(noot for deel in delen for noot in (*deel.noten, *niet_erin(deel.vraag)))
    return canoniek(
        {
            "tabel": vraag.tabel,
            "titel": tabel.titel,
            "definitie": tabel.definitie,
            "eenheid": tabel.eenheid,
            "bron": tabel.bron,
            "bekend_op": delen[0].bekend_op,
            "filters": vraag.filters,
            "delen": [_deel(deel) for deel in delen],
            "noten": [*noten, *noten_sinds(delen, vorige)],
        }
    )


def _deel(antwoord: Antwoord) -> dict[str, Any]:
    return {
        "periode": antwoord.vraag.periode.sleutel,
        "kolommen": antwoord.kolommen,
        "koppen": antwoord.koppen,
        "rijen": [
            {
                "sleutel": rij.sleutel,
                "label": rij.label,
                "waarden": rij.waarden,
                "procenten": rij.procenten,
            }
            for rij in antwoord.rijen
        ],
    }


def _opnieuw(editie: Editie, rij: Editietabel) -> bytes:
    """Counted again: with what was hidden then when that gives the same, and else with what is to be hidden now."""
    bewaard = Editietabel.objects.select_related("editie").defer("editie__stamgegevens")
    rijen = bewaard.in_bulk(rij.vorige.values()) if rij.vorige else {}
    vorige = {periode: rijen[pk] for periode, pk in rij.vorige.items()}
    vraag = vraag_van(editie, rij)
    eerder = [Bescherming(frozenset(keuze["weg"]), keuze["afgerond"]) for keuze in rij.bescherming]
    inhoud = _inhoud(vraag, vorige, Keuzes(eerder))
    # what was chosen to hide fits those counts alone
    return inhoud if inhoud == bytes(rij.inhoud) else _inhoud(vraag, vorige, Keuzes())


def _nu(vraag: Vraag) -> list[Antwoord]:
    return [beantwoord(replace(een, bekend_op=None)) for een in vraag.per_deel()]


def _controle(rij: Editietabel, opnieuw: bytes, nu: Sequence[Antwoord]) -> Controle:
    bewaard = bytes(rij.inhoud)
    ander = Editietabel(inhoud=opnieuw)
    perioden = [antwoord.vraag.periode.sleutel for antwoord in nu]
    anders = [
        (periode, verschil)
        for periode in perioden
        for verschil in vergelijk(bewaarde_cellen(rij, periode), bewaarde_cellen(ander, periode))
    ]
    sindsdien = [
        (antwoord.vraag.periode.sleutel, verschil)
        for antwoord in nu
        for verschil in vergelijk(bewaarde_cellen(rij, antwoord.vraag.periode.sleutel), cellen_in(antwoord))
    ]
    return Controle(
        rij,
        sha256(bewaard).hexdigest() == rij.sha256,
        bewaard == opnieuw,
        anders,
        bewaard != opnieuw and not anders,
        sindsdien,
    )


def _som(editie: Editie, rijen: Sequence[Editietabel]) -> str:
    return sha256(editie.manifest(_sommen(rijen)).encode()).hexdigest()


def _sommen(rijen: Sequence[Editietabel]) -> Iterator[tuple[str, str]]:
    for rij in sorted(rijen, key=lambda rij: rij.volgnummer):
        yield rij.tabel, rij.sha256


def manifest(editie: Editie) -> str:
    """The sums of every part of an editie."""
    return editie.manifest(_sommen(list(editie.tabellen.defer("inhoud"))))
