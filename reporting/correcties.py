"""What changed in a table between two moments: per cell, and per registration with who and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from reporting.antwoord import Antwoord, Waarde, beantwoord
from reporting.extern import cellen_van, externe_cellen, geleverd
from reporting.fouten import Invoerfout
from reporting.onderdrukking import NNB
from reporting.register import TABELLEN, Tabel
from reporting.telling import Feiten, Plaats, Telling, alleen_in, maat_van, past
from reporting.vraag import Vraag
from teams.versies import Versie

OVERDRACHT = "overdracht"
"""Who registered what came in without the name of a medewerker."""

Eenheid = tuple[Any, ...]


class Cel(NamedTuple):
    """A cell of the table."""

    sleutel: str
    kolom: str


@dataclass(frozen=True)
class Celverschil:
    """A cell that shows something else; `verschil` is None where one of both is no number."""

    cel: Cel
    van: Waarde
    tot: Waarde
    verschil: int | float | None


@dataclass(frozen=True)
class Registratie:
    """A registration that started or stopped to hold, and the cells that what it is about left and entered.

    `nummer` is the ref of the source, or else our own number; `gebeurd` is `geregistreerd` or `vervallen`.
    """

    soort: str
    nummer: str
    gebeurd: str
    moment: datetime
    door: str
    reden: str
    uit: tuple[Cel, ...]
    naar: tuple[Cel, ...]


@dataclass(frozen=True)
class Correcties:
    """The differences of one table between what was known at `van` and at `tot`."""

    tabel: Tabel
    vraag: Vraag
    van: datetime
    tot: datetime
    cellen: list[Celverschil]
    registraties: list[Registratie]

    def als_object(self) -> dict[str, Any]:
        """The differences as JSON."""
        return {
            "tabel": self.tabel.sleutel,
            "periode": self.vraag.periode.sleutel,
            "van": timezone.localtime(self.van).isoformat(),
            "tot": timezone.localtime(self.tot).isoformat(),
            "filters": dict(self.vraag.filters),
            "cellen": [
                {**c.cel._asdict(), "van": c.van, "tot": c.tot, "verschil": c.verschil} for c in self.cellen
            ],
            "registraties": [
                {
                    "soort": r.soort,
                    "nummer": r.nummer,
                    "gebeurd": r.gebeurd,
                    "moment": timezone.localtime(r.moment).isoformat(),
                    "door": r.door,
                    "reden": r.reden,
                    "uit": [cel._asdict() for cel in r.uit],
                    "naar": [cel._asdict() for cel in r.naar],
                }
                for r in self.registraties
            ],
        }


def correcties(vraag: Vraag, van: datetime, tot: datetime) -> Correcties:
    """List what changed between two moments; `Invoerfout` unless `van` lies before `tot`.

    A thing of which the place did not change is left out, whatever was registered about it. Cells are
    suppressed like everywhere; the registrations are for those who may see registrations.
    """
    if van >= tot:
        raise Invoerfout("tot", "Het tweede moment ligt niet na het eerste.")
    tabel = TABELLEN[vraag.tabel]
    registraties = [
        registratie for een in vraag.per_deel() for registratie in _registraties(tabel, een, van, tot)
    ]
    return Correcties(
        tabel,
        vraag,
        van,
        tot,
        list(_celverschillen(vraag, van, tot)),
        sorted(registraties, key=lambda r: (r.moment, r.gebeurd, r.soort, r.nummer)),
    )


def _celverschillen(vraag: Vraag, van: datetime, tot: datetime) -> Iterator[Celverschil]:
    for een in vraag.per_deel():
        toen = _cellen(beantwoord(replace(een, bekend_op=van)))
        straks = _cellen(beantwoord(replace(een, bekend_op=tot)))
        for cel in {**toen, **straks}:
            was, werd = toen.get(cel, NNB), straks.get(cel, NNB)
            if was != werd:
                yield Celverschil(cel, was, werd, _verschil(was, werd))


def _cellen(antwoord: Antwoord) -> dict[Cel, Waarde]:
    return {
        Cel(rij.sleutel, kolom): waarde
        for rij in antwoord.rijen
        for kolom, waarde in zip(antwoord.kolommen, rij.waarden, strict=True)
    }


def _verschil(van: Waarde, tot: Waarde) -> int | float | None:
    return None if isinstance(van, str) or isinstance(tot, str) else tot - van


def _registraties(tabel: Tabel, vraag: Vraag, van: datetime, tot: datetime) -> Iterator[Registratie]:
    toen, straks = replace(vraag, bekend_op=van), replace(vraag, bekend_op=tot)
    telling_toen, telling_straks = tabel.tel(toen), tabel.tel(straks)
    uit = _per_eenheid(telling_toen, alleen_in(telling_toen, telling_straks))
    naar = _per_eenheid(telling_straks, alleen_in(telling_straks, telling_toen))
    extern_toen, extern_straks = externe_cellen(toen, telling_toen), externe_cellen(straks, telling_straks)
    for feiten in telling_straks.feiten:
        for feit, eenheid in _veranderd(feiten, uit.keys() | naar.keys(), van, tot):
            weg = {cel for cel, _ in uit[eenheid] - naar[eenheid]} - extern_toen.keys()
            bij = {cel for cel, _ in naar[eenheid] - uit[eenheid]} - extern_straks.keys()
            if weg or bij:
                yield _registratie(
                    feit, tot, _op_volgorde(telling_toen, weg), _op_volgorde(telling_straks, bij)
                )
    for cijfer in (
        (geleverd(vraag, telling_toen) | geleverd(vraag, telling_straks))
        .filter(_omgeslagen(van, tot))
        .select_related(*_WIE)
    ):
        telling = telling_toen if _vervallen(cijfer, tot) else telling_straks
        cellen = tuple(Cel(*cel) for cel in cellen_van(cijfer, vraag, telling))
        vervallen = _vervallen(cijfer, tot)
        if cellen:
            yield _registratie(cijfer, tot, cellen if vervallen else (), () if vervallen else cellen)


def _per_eenheid(
    telling: Telling, plaatsen: Iterable[tuple[Eenheid, Plaats]]
) -> defaultdict[Eenheid, set[tuple[Cel, Any]]]:
    """The cells in which each counted thing stands, each with the value that it adds to it where that matters."""
    cellen: defaultdict[Eenheid, set[tuple[Cel, Any]]] = defaultdict(set)
    for eenheid, plaats in plaatsen:
        cellen[eenheid] |= {
            (Cel(regel.sleutel, kolom.sleutel), plaats.get(maat_van(regel, kolom).leest))
            for regel in telling.rijen
            for kolom in telling.kolommen
            if past(regel.telt, plaats) and past(kolom.telt, plaats)
        }
    return cellen


def _op_volgorde(telling: Telling, cellen: set[Cel]) -> tuple[Cel, ...]:
    alle = (Cel(regel.sleutel, kolom.sleutel) for kolom in telling.kolommen for regel in telling.rijen)
    return tuple(cel for cel in alle if cel in cellen)


_WIE = ("door", "vervallen_door")


def _omgeslagen(van: datetime, tot: datetime) -> Q:
    """In force at one of both moments, and not at the other."""
    geregistreerd = Q(geregistreerd_op__gt=van, geregistreerd_op__lte=tot) & (
        Q(vervallen_op__isnull=True) | Q(vervallen_op__gt=tot)
    )
    return geregistreerd | Q(geregistreerd_op__lte=van, vervallen_op__gt=van, vervallen_op__lte=tot)


def _veranderd(
    feiten: Feiten, eenheden: Iterable[Eenheid], van: datetime, tot: datetime
) -> Iterator[tuple[Versie, Eenheid]]:
    gevraagd = set(eenheden)
    if not gevraagd:
        return
    paden = {f"eenheid_{nummer}": F(pad) for nummer, pad in enumerate(feiten.eenheid)}
    rijen = (
        feiten.rijen.filter(_omgeslagen(van, tot))
        .annotate(**paden)
        .filter(eenheid_0__in={eenheid[0] for eenheid in gevraagd})
        .select_related(*_WIE)
    )
    for feit in rijen:
        eenheid = tuple(getattr(feit, naam) for naam in paden)
        if eenheid in gevraagd:
            yield feit, eenheid


def _vervallen(feit: Versie, tot: datetime) -> bool:
    return feit.vervallen_op is not None and feit.vervallen_op <= tot


def _registratie(feit: Versie, tot: datetime, uit: tuple[Cel, ...], naar: tuple[Cel, ...]) -> Registratie:
    vervallen = _vervallen(feit, tot)
    wie = feit.vervallen_door if vervallen else feit.door
    moment = feit.vervallen_op if vervallen else feit.geregistreerd_op
    assert moment is not None
    soort = str(feit._meta.verbose_name)
    if hasattr(feit, "get_soort_display"):
        soort += f" {feit.get_soort_display()}"
    return Registratie(
        soort=soort,
        nummer=feit.ref or str(feit.pk),
        gebeurd="vervallen" if vervallen else "geregistreerd",
        moment=moment,
        door=wie.username if wie else OVERDRACHT,
        reden=feit.vervallen_reden if vervallen else getattr(feit, "reden", ""),
        uit=uit,
        naar=naar,
    )
