"""Which registrations behind a correction somebody may see, by `teams.access`, and how many others there are.

Why a registration changed is text that a worker wrote, and may say something about a resident: it goes to who may
read what it is about, and to nobody else. A manager, who follows the meldingen of her team and reads none, sees that
they changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from reporting.correcties import Cel, Correcties, Registratie
from reporting.models import ExternCijfer
from reporting.onderdrukking import drempel_op, verberg
from teams.access import Actie, mag_ooit, zichtbaar
from teams.gronden import MELDING, PERSOON
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling
from teams.versies import Versie

HOOGSTENS = 200
"""How many registrations a page shows."""
OVER_WAT = {
    "meldingen.Gebeurtenis": (MELDING, "melding_id"),
    "households.Verblijf": (PERSOON, "persoon_id"),
    "voorzieningen.Beschikking": (PERSOON, "persoon_id"),
}
"""What a registration is about, as far as that isn't the registration itself: label, and field with its key."""
Onderwerp = tuple[str, int]


@dataclass(frozen=True)
class Gezien:
    """A registration that the reader may see; `melding` is its key for a link, `reden` None when it isn't for them."""

    registratie: Registratie
    melding: int | None
    reden: str | None
    uit: list[str]
    naar: list[str]


@dataclass(frozen=True)
class Rest:
    """Registrations of one kind that stay unseen: how many, small numbers hidden where the table hides them."""

    soort: str
    gebeurd: str
    aantal: int | float | str


@dataclass(frozen=True)
class Inzicht:
    """What of the registrations one sees, and what is left; `afgekapt` is how many more one could see."""

    gezien: list[Gezien]
    rest: list[Rest]
    afgekapt: int


def inzicht(verschillen: Correcties, spoor: Spoor) -> Inzicht:
    """Divide registrations into those that the reader sees and numbers of the others; what is seen is logged."""
    leesbaar, gevolgd = _toegankelijk(verschillen.registraties, spoor)
    mag = [
        r for r in verschillen.registraties if _onderwerp(r.feit) in leesbaar.keys() | gevolgd.keys() | {None}
    ]
    getoond = mag[:HOOGSTENS]
    over = {onderwerp for r in getoond if (onderwerp := _onderwerp(r.feit))}
    _log([leesbaar[o] for o in over if o in leesbaar], spoor)
    _log([gevolgd[o] for o in over - leesbaar.keys()], spoor)
    gezien = [
        Gezien(
            r,
            onderwerp[1] if onderwerp and onderwerp[0] == MELDING and onderwerp in leesbaar else None,
            r.reden if onderwerp is None or onderwerp in leesbaar else None,
            _woorden(verschillen, r.uit),
            _woorden(verschillen, r.naar),
        )
        for r in getoond
        for onderwerp in [_onderwerp(r.feit)]
    ]
    gezien_nummers = {id(r) for r in mag}
    verborgen = [r for r in verschillen.registraties if id(r) not in gezien_nummers]
    return Inzicht(gezien, per_soort(verschillen, verborgen), len(mag) - len(getoond))


def _woorden(verschillen: Correcties, cellen: Iterable[Cel]) -> list[str]:
    """Cells as one reads them in the table."""
    periode, labels = verschillen.vraag.periode.sleutel, verschillen.labels
    return [
        labels.get(cel.sleutel, cel.sleutel) + ("" if cel.kolom == periode else f", {cel.kolom}")
        for cel in cellen
    ]


def per_soort(verschillen: Correcties, registraties: Iterable[Registratie]) -> list[Rest]:
    """How many there are of each kind."""
    drempel = drempel_op(verschillen.vraag.periode.begin) if verschillen.tabel.over_personen else 0
    aantallen = Counter((r.soort, r.gebeurd) for r in registraties)
    return [Rest(soort, gebeurd, verberg(n, drempel)) for (soort, gebeurd), n in sorted(aantallen.items())]


def _onderwerp(feit: Versie | None) -> Onderwerp | None:
    """What has to be readable; None for a figure that another organisation delivered, which is for every reader."""
    if isinstance(feit, ExternCijfer):
        return None
    if feit is None:
        return "", 0
    label = feit._meta.label
    model, veld = OVER_WAT.get(label, (label, "pk"))
    return model, getattr(feit, veld)


def _toegankelijk(
    registraties: Iterable[Registratie], spoor: Spoor
) -> tuple[dict[Onderwerp, Model], dict[Onderwerp, Model]]:
    """The rows that the reader may read, and the meldingen that they follow; one statement per model and right."""
    sleutels: defaultdict[str, set[int]] = defaultdict(set)
    for registratie in registraties:
        if (onderwerp := _onderwerp(registratie.feit)) and onderwerp[0]:
            sleutels[onderwerp[0]].add(onderwerp[1])
    gevonden: list[dict[Onderwerp, Model]] = []
    for actie in (Actie.LEZEN, Actie.VOLGEN):
        rijen: dict[Onderwerp, Model] = {}
        for label, pks in sleutels.items():
            if mag_ooit(spoor.wie, actie, label):
                model: Any = apps.get_model(label)
                deze = zichtbaar(model._default_manager.filter(pk__in=pks), spoor.wie, actie)
                rijen |= {(label, rij.pk): rij for rij in deze}
        gevonden.append(rijen)
    return gevonden[0], gevonden[1]


def _log(rijen: list[Model], spoor: Spoor) -> None:
    leg_vast([rij for rij in rijen if hasattr(rij, "onderwerp")], spoor=spoor, handeling=Handeling.IN_LIJST)
