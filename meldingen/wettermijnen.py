"""The terms of the law for one melding, computed from what happened; pure functions over days.

Source: Wmo 2015 art. 2.3.2 (persoonlijk plan, onderzoek) and 2.3.5 (besluit), Awb art. 4:13 to 4:15, and
the Algemene termijnenwet. Only a term for giving a beschikking can be suspended; that of the onderzoek can't.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from teams.kalender import eerste_werkdag

PERSOONLIJK_PLAN = "persoonlijk_plan_dagen"
ONDERZOEK = "wmo_onderzoek_dagen"
WMO_BESLUIT = "wmo_besluit_dagen"
JEUGD_BESLUIT = "jeugd_besluit_dagen"
"""Instellingen: the length of each term in days."""

ONDERZOEK_KLAAR, BESLUIT = "Onderzoek", "Besluit"
"""What a term of the municipality is about."""

Lengte = Callable[[str, date], int]
"""Gives the length of a term, by the key of its Instelling, that began on a day."""


@dataclass(frozen=True)
class Stilstand:
    """A term stands still from the day after `van` up to and including `tot`; open while `tot` is None."""

    van: date
    tot: date | None
    waarom: str = ""


@dataclass(frozen=True)
class Verloop:
    """What happened, as far as terms depend on it; a day is None while it didn't happen.

    `persoonlijk_plan_op` is the day on which the plan of the resident came, `afgezien_op` that from which it no longer
    had to be waited for: the onderzoek began, with it or without. `verdaagd_tot` are the days until which the besluit
    was put off by letter (Awb art. 4:14).
    """

    jeugd: bool
    gemeld_op: date
    persoonlijk_plan_op: date | None = None
    afgezien_op: date | None = None
    onderzocht_op: date | None = None
    aangevraagd_op: date | None = None
    besloten_op: date | None = None
    geeindigd_op: date | None = None
    stilstanden: Sequence[Stilstand] = ()
    verdaagd_tot: Sequence[date] = ()
    vrij: Collection[date] = field(default=frozenset())


@dataclass(frozen=True)
class Wettermijn:
    """A term: what has to be done, by when, and why then.

    `uiterlijk` is None while the term stands still; `gedaan_op` the day on which it was done, or on which nothing had
    to be done any more.
    """

    wat: str
    begin: date
    uiterlijk: date | None
    waarom: str
    gedaan_op: date | None = None

    def te_laat_op(self, dag: date) -> bool:
        """Whether it was not, or too late, done on a day."""
        return self.uiterlijk is not None and self.uiterlijk < (self.gedaan_op or dag)

    def dagen_over(self, dag: date) -> int | None:
        """Days that are left; negative when it is over, None while it stands still or when it is done."""
        return None if self.gedaan_op or self.uiterlijk is None else (self.uiterlijk - dag).days


def wettermijnen(verloop: Verloop, lengte: Lengte) -> list[Wettermijn]:
    """Every term that runs or ran, in the order of the law."""
    if verloop.jeugd:
        return [_jeugdbesluit(verloop, lengte)]
    termijnen = [_persoonlijk_plan(verloop, lengte), _onderzoek(verloop, lengte)]
    if verloop.aangevraagd_op:
        termijnen.append(_wmobesluit(verloop, verloop.aangevraagd_op, lengte))
    return termijnen


def te_halen(termijnen: Iterable[Wettermijn]) -> Wettermijn | None:
    """The term that the municipality has to keep next; None when it has to keep none.

    Not that of the persoonlijk plan, which is the resident's. The werkvoorraad asks the database the same
    (`meldingen.termijnen.wettermijn`).
    """
    van_de_gemeente = (termijn for termijn in termijnen if termijn.wat in (ONDERZOEK_KLAAR, BESLUIT))
    return next((termijn for termijn in van_de_gemeente if termijn.gedaan_op is None), None)


def aanvraag_kan_op(verloop: Verloop, dag: date, lengte: Lengte) -> bool:
    """Whether an aanvraag can be made: in the Wmo after the onderzoek, or when its term has passed (art. 2.3.2(9))."""
    if verloop.jeugd or (verloop.onderzocht_op and verloop.onderzocht_op <= dag):
        return True
    uiterlijk = _onderzoek(verloop, lengte).uiterlijk
    return uiterlijk is not None and dag > uiterlijk


def einde(begin: date, dagen: int, stilstanden: Iterable[Stilstand], vrij: Collection[date]) -> date | None:
    """The last day of a term of `dagen`, the day after `begin` being the first; None while it stands still.

    Days of standing still don't count. A term that would end on a Saturday, Sunday or holiday runs on to the next
    working day, and standing still that begins before then puts that off, too.
    """
    laatste = begin + timedelta(days=dagen)
    for van, tot in _aaneen(stilstanden, begin):
        if van > eerste_werkdag(laatste, vrij):
            break
        if tot is None:
            return None
        laatste = max(laatste, van) + (tot - van) + timedelta(days=1)
    return eerste_werkdag(laatste, vrij)


def _uitgesteld(laatste: date, tot: date, stilstanden: Iterable[Stilstand]) -> date | None:
    """The last day of a term that would end on `laatste` and was put off until `tot`; None while it stands still.

    Days of standing still after `laatste` come on top. A letter names a day, which isn't moved to a working day.
    """
    for van, einde_stilstand in _aaneen(stilstanden, laatste):
        if van > tot:
            break
        if einde_stilstand is None:
            return None
        tot += einde_stilstand - van + timedelta(days=1)
    return tot


def _aaneen(stilstanden: Iterable[Stilstand], begin: date) -> list[tuple[date, date | None]]:
    """The days of standing still after `begin`, from and up to and including, those that touch made into one."""
    aaneen: list[tuple[date, date | None]] = []
    eerste = begin + timedelta(days=1)
    for stilstand in sorted(stilstanden, key=lambda stil: stil.van):
        van, tot = max(stilstand.van + timedelta(days=1), eerste), stilstand.tot
        if tot is not None and tot < van:
            continue
        if aaneen:
            vorige_van, vorige_tot = aaneen[-1]
            if vorige_tot is None:
                break
            if van <= vorige_tot + timedelta(days=1):
                aaneen[-1] = vorige_van, None if tot is None else max(tot, vorige_tot)
                continue
        aaneen.append((van, tot))
    return aaneen


def _persoonlijk_plan(verloop: Verloop, lengte: Lengte) -> Wettermijn:
    return Wettermijn(
        "Persoonlijk plan van de inwoner",
        verloop.gemeld_op,
        einde(verloop.gemeld_op, lengte(PERSOONLIJK_PLAN, verloop.gemeld_op), (), verloop.vrij),
        "De inwoner heeft zeven dagen na de melding voor een persoonlijk plan (Wmo 2015, art. 2.3.2, tweede lid).",
        verloop.persoonlijk_plan_op or verloop.afgezien_op or verloop.geeindigd_op,
    )


def _onderzoek(verloop: Verloop, lengte: Lengte) -> Wettermijn:
    return Wettermijn(
        ONDERZOEK_KLAAR,
        verloop.gemeld_op,
        einde(verloop.gemeld_op, lengte(ONDERZOEK, verloop.gemeld_op), (), verloop.vrij),
        "Het onderzoek is klaar binnen zes weken na de melding (Wmo 2015, art. 2.3.2, eerste lid).",
        verloop.onderzocht_op or verloop.geeindigd_op,
    )


def _wmobesluit(verloop: Verloop, aangevraagd_op: date, lengte: Lengte) -> Wettermijn:
    return _besluit(
        verloop,
        aangevraagd_op,
        lengte(WMO_BESLUIT, aangevraagd_op),
        "Het besluit valt binnen twee weken na de aanvraag (Wmo 2015, art. 2.3.5, tweede lid).",
    )


def _jeugdbesluit(verloop: Verloop, lengte: Lengte) -> Wettermijn:
    begin = verloop.aangevraagd_op or verloop.gemeld_op
    return _besluit(
        verloop,
        begin,
        lengte(JEUGD_BESLUIT, begin),
        "De Jeugdwet noemt geen termijn: het besluit valt dan binnen acht weken (Awb art. 4:13, tweede lid).",
    )


def _besluit(verloop: Verloop, begin: date, dagen: int, waarom: str) -> Wettermijn:
    uiterlijk = einde(begin, dagen, verloop.stilstanden, verloop.vrij)
    redenen = [waarom, *(stil.waarom for stil in verloop.stilstanden if stil.waarom)]
    uitgesteld = [tot for tot in sorted(verloop.verdaagd_tot) if uiterlijk is not None and tot > uiterlijk]
    for tot in uitgesteld:
        if uiterlijk is not None and tot > uiterlijk:
            uiterlijk = _uitgesteld(uiterlijk, tot, verloop.stilstanden)
    if uitgesteld:
        redenen.append("Het besluit is schriftelijk uitgesteld (Awb art. 4:14).")
    return Wettermijn(
        BESLUIT, begin, uiterlijk, " ".join(redenen), verloop.besloten_op or verloop.geeindigd_op
    )
