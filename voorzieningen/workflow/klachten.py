"""What is done with klachten, bezwaren and what follows them: every step is a next version, and nothing is overwritten.

Geweigerd, besides what each function names, when somebody else changed the klacht since it was read.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from teams.workflow.versies import herzie, laat_vervallen, registreer
from voorzieningen.klachttermijnen import lengtes, termijn_van
from voorzieningen.models import MET_TERMIJN, UITKOMSTEN, Klacht, Klachtsoort, Klachtuitkomst

VERDAAGD, AFGEHANDELD = "verdaagd", "afgehandeld"
"""Why a version made place for the next, where nothing was wrong with it."""
KLACHTVELDEN = (
    *("soort", "datum", "wet", "betreft", "team", "indiener"),
    *("bekendgemaakt_op", "commissie", "verdaagd_op", "uitkomst", "afgehandeld_op"),
)
"""What a correction may change."""


def registreer_klacht(*, door: Medewerker, **velden: Any) -> Klacht:
    """What came in, with as much of `KLACHTVELDEN` as is known; Geweigerd when its days can't be, or its outcome."""
    _controleer(Klacht(**velden))
    return registreer(Klacht, door=door, **velden)


def verdaag_klacht(klacht: Klacht, *, op: date, door: Medewerker) -> Klacht:
    """The answer is put off, once, by a letter of the day `op` (Awb art. 9:11(2) and 7:10(3)).

    Geweigerd where that can't be: no term of the municipality, answered or put off already, or the term has passed.
    """
    _nog_open(klacht)
    if klacht.soort not in MET_TERMIJN:
        raise Geweigerd("Alleen een klacht of bezwaar kan de gemeente verdagen.")
    if klacht.verdaagd_op:
        raise Geweigerd(f"Dit is al verdaagd op {klacht.verdaagd_op:%d-%m-%Y}; dat kan één keer.")
    _na_ontvangst(klacht.datum, op, "De dag van verdaging")
    termijn = termijn_van(klacht, lengtes())
    if termijn and termijn.te_laat_op(op):
        raise Geweigerd(
            f"De termijn liep tot {termijn.uiterlijk:%d-%m-%Y}: verdagen kan niet meer op die dag."
        )
    return herzie(klacht, reden=VERDAAGD, door=door, verdaagd_op=op)


def handel_klacht_af(klacht: Klacht, *, uitkomst: Klachtuitkomst, op: date, door: Medewerker) -> Klacht:
    """How it ended, and on which day; Geweigerd when it had ended, on an impossible day, or with another's outcome."""
    _nog_open(klacht)
    _past(klacht.soort, uitkomst)
    _na_ontvangst(klacht.datum, op, "De dag van de uitkomst")
    return herzie(klacht, reden=AFGEHANDELD, door=door, uitkomst=uitkomst, afgehandeld_op=op)


def corrigeer_klacht(klacht: Klacht, *, reden: str, door: Medewerker, **velden: Any) -> Klacht:
    """What was registered otherwise than it is, with `velden` out of `KLACHTVELDEN`; Geweigerd when nothing differs."""
    nieuw = Klacht(**({veld: getattr(klacht, veld) for veld in KLACHTVELDEN} | velden))
    if all(getattr(nieuw, veld) == getattr(klacht, veld) for veld in KLACHTVELDEN):
        raise Geweigerd("Er is niets gewijzigd.")
    _controleer(nieuw)
    return herzie(klacht, reden=reden, door=door, **velden)


def registreer_klacht_als_vergissing(klacht: Klacht, *, reden: str, door: Medewerker) -> None:
    """It never was one: no figure counts it from now on, and what was known before stays to be read."""
    laat_vervallen(klacht, reden=reden, door=door)


def _controleer(klacht: Klacht) -> None:
    """The days can be, and the outcome fits."""
    if klacht.datum > timezone.localdate():
        raise Geweigerd("De dag van ontvangst ligt in de toekomst.")
    if klacht.bekendgemaakt_op and klacht.bekendgemaakt_op > klacht.datum:
        raise Geweigerd("Het besluit is bekendgemaakt na de dag van ontvangst; controleer beide dagen.")
    if klacht.commissie and klacht.soort not in MET_TERMIJN:
        raise Geweigerd("Een adviescommissie hoort bij een klacht of bezwaar.")
    if klacht.verdaagd_op:
        if klacht.soort not in MET_TERMIJN:
            raise Geweigerd("Alleen een klacht of bezwaar kan de gemeente verdagen.")
        _na_ontvangst(klacht.datum, klacht.verdaagd_op, "De dag van verdaging")
    if (klacht.uitkomst is None) != (klacht.afgehandeld_op is None):
        raise Geweigerd("Vul van de uitkomst zowel de uitkomst als de dag in, of geen van beide.")
    if klacht.uitkomst is not None and klacht.afgehandeld_op:
        _past(klacht.soort, Klachtuitkomst(klacht.uitkomst))
        _na_ontvangst(klacht.datum, klacht.afgehandeld_op, "De dag van de uitkomst")


def _nog_open(klacht: Klacht) -> None:
    if klacht.afgehandeld_op:
        raise Geweigerd(f"Dit is al afgehandeld op {klacht.afgehandeld_op:%d-%m-%Y}; corrigeer dat zo nodig.")


def _past(soort: int, uitkomst: Klachtuitkomst) -> None:
    kan = UITKOMSTEN[Klachtsoort(soort)]
    if uitkomst not in kan:
        kent = ", ".join(keuze.label for keuze in kan)
        raise Geweigerd(f"De uitkomst ‘{uitkomst.label}’ hoort hier niet bij; kies uit: {kent}.")


def _na_ontvangst(ontvangen: date, dag: date, wat: str) -> None:
    if dag < ontvangen:
        raise Geweigerd(f"{wat} ligt voor de ontvangst op {ontvangen:%d-%m-%Y}.")
    if dag > timezone.localdate():
        raise Geweigerd(f"{wat} ligt in de toekomst.")
