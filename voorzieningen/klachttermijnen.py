"""Before when the municipality has to answer a klacht or bezwaar: computed from what is registered and dated settings.

Source: Awb art. 9:11 (klacht: six weeks, ten with a commissie, put off by four), 7:10 (bezwaar: six weeks from the day
after the term for filing ended, twelve with a commissie, put off by six), 6:7 and 6:8 (that term: six weeks from the
day after the decision was made known), and the Algemene termijnenwet. What a court or the ombudsman answers has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from teams.kalender import eerste_werkdag
from teams.models import Instelling
from voorzieningen.models import Klacht, Klachtsoort

KLACHT, KLACHT_COMMISSIE, KLACHT_VERDAGING = (
    "klacht_dagen",
    "klacht_commissie_dagen",
    "klacht_verdaging_dagen",
)
INDIENEN, BEZWAAR, BEZWAAR_COMMISSIE, BEZWAAR_VERDAGING = (
    "bezwaar_indienen_dagen",
    "bezwaar_dagen",
    "bezwaar_commissie_dagen",
    "bezwaar_verdaging_dagen",
)
SLEUTELS = (
    *(KLACHT, KLACHT_COMMISSIE, KLACHT_VERDAGING),
    *(INDIENEN, BEZWAAR, BEZWAAR_COMMISSIE, BEZWAAR_VERDAGING),
)

Lengte = Callable[[str, date], int]
"""Gives the length of a term in days, by the key of its Instelling, that began on a day."""


@dataclass(frozen=True)
class Klachttermijn:
    """The last day on which the municipality can answer in time, and why then.

    `uiterlijk` is None as long as it isn't known when the decision was made known; `ingediend_uiterlijk` is the last
    day on which a bezwaar could be filed.
    """

    uiterlijk: date | None
    waarom: str
    ingediend_uiterlijk: date | None = None

    def te_laat_op(self, dag: date) -> bool:
        """Whether it is over on a day."""
        return self.uiterlijk is not None and self.uiterlijk < dag


def lengtes() -> Lengte:
    """The length of every term, asked once; Instelling.DoesNotExist where none is set for a day."""
    per_sleutel: dict[str, list[Instelling]] = defaultdict(list)
    for rij in Instelling.objects.filter(sleutel__in=SLEUTELS).order_by("-geldig_van"):
        per_sleutel[rij.sleutel].append(rij)

    def lengte_van(sleutel: str, op: date) -> int:
        for rij in per_sleutel[sleutel]:
            if rij.geldig_van <= op:
                return int(rij.waarde)
        raise Instelling.DoesNotExist(f"{sleutel} op {op}")

    return lengte_van


def termijn_van(klacht: Klacht, lengte: Lengte) -> Klachttermijn | None:
    """The term for a klacht or bezwaar, with `beschikking` read along; None for what others answer."""
    if klacht.soort == Klachtsoort.KLACHT:
        return _klacht(klacht, lengte)
    if klacht.soort == Klachtsoort.BEZWAAR:
        return _bezwaar(klacht, lengte)
    return None


def _klacht(klacht: Klacht, lengte: Lengte) -> Klachttermijn:
    begin = klacht.datum
    dagen = lengte(KLACHT_COMMISSIE if klacht.commissie else KLACHT, begin)
    waarom = f"Een klacht is afgehandeld binnen {_weken(dagen)} na ontvangst"
    if klacht.commissie:
        waarom += ", als een commissie adviseert"
    if klacht.verdaagd_op:
        erbij = lengte(KLACHT_VERDAGING, begin)
        dagen, waarom = dagen + erbij, f"{waarom}; dat is {_weken(erbij)} verdaagd"
    return Klachttermijn(eerste_werkdag(begin + timedelta(days=dagen)), f"{waarom} (Awb art. 9:11).")


def _bezwaar(klacht: Klacht, lengte: Lengte) -> Klachttermijn:
    besluit = klacht.besluit_van
    if besluit is None:
        return Klachttermijn(
            None,
            "De termijn is te berekenen als is ingevuld wanneer het besluit is bekendgemaakt (Awb art. 7:10).",
        )
    ingediend = eerste_werkdag(besluit + timedelta(days=lengte(INDIENEN, besluit)))
    dagen = lengte(BEZWAAR_COMMISSIE if klacht.commissie else BEZWAAR, ingediend)
    waarom = (
        f"Het besluit op een bezwaar valt binnen {_weken(dagen)} na de dag waarop de bezwaartermijn eindigde"
    )
    if klacht.commissie:
        waarom += ", als een commissie adviseert"
    if klacht.verdaagd_op:
        erbij = lengte(BEZWAAR_VERDAGING, ingediend)
        dagen, waarom = dagen + erbij, f"{waarom}; dat is {_weken(erbij)} verdaagd"
    return Klachttermijn(
        eerste_werkdag(ingediend + timedelta(days=dagen)), f"{waarom} (Awb art. 7:10).", ingediend
    )


def _weken(dagen: int) -> str:
    return f"{dagen // 7} weken" if dagen % 7 == 0 else f"{dagen} dagen"
