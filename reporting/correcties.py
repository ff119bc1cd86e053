"""What changed in a table between two moments: per cell, and per registration with who and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from reporting.antwoord import Antwoord, Waarde, beantwoord
from reporting.extern import cellen_van, externe_cellen, geleverd
from reporting.fouten import Invoerfout
from reporting.onderdrukking import NNB
from reporting.register import TABELLEN, Tabel
from reporting.telling import Feiten, Plaats, Telling, maat_van, past, verplaatst
from reporting.vraag import Vraag
from teams.versies import Versie

OVERDRACHT = "overdracht"
"""Who registered what came in without the name of a medewerker."""
ZONDER_REGISTRATIE = "wijziging zonder eigen registratie"
"""What moved something that is no fact with two clocks: who has a melding, a plan, help that began."""

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

    `nummer` is the ref of the source, or else our own number; `gebeurd` is `geregistreerd` or `vervallen`. Of several
    about one `eenheid` (the melding, the client) each has its cells; `feit` is None for what no registration says
    (`ZONDER_REGISTRATIE`).
    """

    soort: str
    nummer: str
    gebeurd: str
    moment: datetime
    door: str
    reden: str
    uit: tuple[Cel, ...]
    naar: tuple[Cel, ...]
    eenheid: Eenheid = field(default=(), compare=False)
    feit: Versie | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Correcties:
    """The differences of one table between what was known at `van` and at `tot`.

    `labels` are those of the rows; `te_veel` is how many things moved when that was more than was asked for, and then
    there are no `registraties`.
    """

    tabel: Tabel
    vraag: Vraag
    van: datetime
    tot: datetime
    cellen: list[Celverschil]
    registraties: list[Registratie]
    labels: dict[str, str] = field(default_factory=dict, compare=False)
    te_veel: int = 0

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


def correcties(vraag: Vraag, van: datetime, tot: datetime, *, hoogstens: int | None = None) -> Correcties:
    """List what changed between two moments; `Invoerfout` unless `van` lies before `tot`.

    A thing of which the place did not change is left out, whatever was registered about it. Cells are
    suppressed like everywhere; the registrations are for those who may see registrations (`reporting.inzicht`).
    When more than `hoogstens` things moved, their registrations stay out.
    """
    if van >= tot:
        raise Invoerfout("tot", "Het tweede moment ligt niet na het eerste.")
    tabel = TABELLEN[vraag.tabel]
    verplaatst = [_Verplaatst.tussen(tabel, een, van, tot) for een in vraag.per_deel()]
    aantal = sum(len(een.eenheden) for een in verplaatst)
    te_veel = aantal if hoogstens is not None and aantal > hoogstens else 0
    registraties = [] if te_veel else [r for een in verplaatst for r in _registraties(een, van, tot)]
    cellen, labels = _celverschillen(vraag, van, tot)
    return Correcties(
        tabel,
        vraag,
        van,
        tot,
        cellen,
        sorted(registraties, key=lambda r: (r.moment, r.gebeurd, r.soort, r.nummer)),
        labels,
        te_veel,
    )


def _celverschillen(vraag: Vraag, van: datetime, tot: datetime) -> tuple[list[Celverschil], dict[str, str]]:
    verschillen: list[Celverschil] = []
    labels: dict[str, str] = {}
    for een in vraag.per_deel():
        toen = beantwoord(replace(een, bekend_op=van))
        straks = beantwoord(replace(een, bekend_op=tot))
        labels |= {rij.sleutel: rij.label for rij in (*toen.rijen, *straks.rijen)}
        verschillen += vergelijk(cellen_in(toen), cellen_in(straks))
    return verschillen, labels


def registraties_tussen(vraag: Vraag, van: datetime, tot: datetime, hoogstens: int) -> int:
    """How many registrations changed a table of one period; of more than `hoogstens` things, how many moved."""
    verplaatst = _Verplaatst.tussen(TABELLEN[vraag.tabel], vraag, van, tot)
    if len(verplaatst.eenheden) > hoogstens:
        return len(verplaatst.eenheden)
    return sum(r.feit is not None for r in _registraties(verplaatst, van, tot))


def vergelijk(toen: Mapping[Cel, Waarde], straks: Mapping[Cel, Waarde]) -> list[Celverschil]:
    """The cells of two tables that don't show the same; one that isn't there is not known."""
    return [
        Celverschil(cel, was, werd, _verschil(was, werd))
        for cel in {**toen, **straks}
        if (was := toen.get(cel, NNB)) != (werd := straks.get(cel, NNB))
    ]


def cellen_in(antwoord: Antwoord) -> dict[Cel, Waarde]:
    """What each cell of an answer shows."""
    return {
        Cel(rij.sleutel, kolom): waarde
        for rij in antwoord.rijen
        for kolom, waarde in zip(antwoord.kolommen, rij.waarden, strict=True)
    }


def _verschil(van: Waarde, tot: Waarde) -> int | float | None:
    if isinstance(van, str) or isinstance(tot, str):
        return None
    return round(tot - van, 4)


@dataclass(frozen=True)
class _Verplaatst:
    """What stands behind a table at both moments, and which cells each thing left and entered between them."""

    vraag: Vraag
    toen: Telling
    straks: Telling
    uit: Mapping[Eenheid, set[tuple[Cel, Any]]]
    naar: Mapping[Eenheid, set[tuple[Cel, Any]]]

    @classmethod
    def tussen(cls, tabel: Tabel, vraag: Vraag, van: datetime, tot: datetime) -> _Verplaatst:
        toen, straks = tabel.tel(replace(vraag, bekend_op=van)), tabel.tel(replace(vraag, bekend_op=tot))
        uit, naar = verplaatst(toen, straks)
        return cls(vraag, toen, straks, _per_eenheid(toen, uit), _per_eenheid(straks, naar))

    @property
    def eenheden(self) -> set[Eenheid]:
        return {*self.uit, *self.naar}


def _registraties(wat: _Verplaatst, van: datetime, tot: datetime) -> Iterator[Registratie]:
    toen, straks = replace(wat.vraag, bekend_op=van), replace(wat.vraag, bekend_op=tot)
    extern_toen, extern_straks = externe_cellen(toen, wat.toen), externe_cellen(straks, wat.straks)
    bewogen: dict[Eenheid, tuple[tuple[Cel, ...], tuple[Cel, ...]]] = {}
    for eenheid in wat.eenheden:
        uit, naar = wat.uit.get(eenheid, set()), wat.naar.get(eenheid, set())
        weg = _op_volgorde(wat.toen, {cel for cel, _ in uit - naar} - extern_toen.keys())
        bij = _op_volgorde(wat.straks, {cel for cel, _ in naar - uit} - extern_straks.keys())
        if weg or bij:
            bewogen[eenheid] = weg, bij
    verklaard: set[Eenheid] = set()
    for feiten in wat.straks.feiten:
        for feit, eenheid in _veranderd(feiten, bewogen, van, tot):
            verklaard.add(eenheid)
            yield _registratie(feit, tot, *bewogen[eenheid], eenheid)
    for eenheid in bewogen.keys() - verklaard:
        weg, bij = bewogen[eenheid]
        yield Registratie(ZONDER_REGISTRATIE, "", "gewijzigd", tot, "", "", weg, bij, eenheid)
    for cijfer in (
        (geleverd(wat.vraag, wat.toen) | geleverd(wat.vraag, wat.straks))
        .filter(_omgeslagen(van, tot))
        .select_related(*_WIE)
    ):
        vervallen = _vervallen(cijfer, tot)
        telling = wat.toen if vervallen else wat.straks
        cellen = tuple(Cel(*cel) for cel in cellen_van(cijfer, wat.vraag, telling))
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


def _registratie(
    feit: Versie, tot: datetime, uit: tuple[Cel, ...], naar: tuple[Cel, ...], eenheid: Eenheid = ()
) -> Registratie:
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
        eenheid=eenheid,
        feit=feit,
    )
