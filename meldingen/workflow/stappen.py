"""The verbs of a wijkwerker: the only place that writes facts about a melding, besides the import.

Every verb locks the melding, takes the step, writes the fact that belongs to it, and saves the status. Each
returns the melding as it is then; the one that was handed in is out of date. What can't be done is refused
with `StapGeweigerd`, and nothing is written. Dates are days in the Netherlands; the moment of registration is
the database's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django_fsm import TransitionNotAllowed, can_proceed

from households.models import Huishouden, Levensgebied, Persoon
from meldingen.models import (
    STATUS_DOOR,
    Aanleiding,
    Categorie,
    Gebeurtenis,
    Kanaal,
    Melding,
    Soort,
    Status,
)
from meldingen.workflow.meelezen import lees_weer_mee, sluit_gesprekken
from meldingen.workflow.vertellen import vertel_stand
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Team
from voorzieningen.models import Besluit

UITGEPRAAT = {
    Status.VOORVELD: "is al afgerond in het voorveld",
    Status.TOEGEKEND: "is al toegekend",
    Status.NIET_TOEGEKEND: "is al afgewezen",
    Status.INGETROKKEN: "is al ingetrokken",
    Status.DOORGEZET: "is al doorgezet",
    Status.VERVALLEN: "telt niet meer mee",
}


NA_HET_ONDERZOEK = (Status.ONDERZOEK_AFGEROND, Status.PLAN_AKKOORD)
"""Where a melding waits for a besluit."""
BESLIST = (*NA_HET_ONDERZOEK, Status.TOEGEKEND)
"""Where another besluit can still be prepared: a plan can have several (R12)."""


class Ongewijzigd(Enum):
    """Stands for what a correction leaves as it is; None may be a new value."""

    ONGEWIJZIGD = "ongewijzigd"


ONGEWIJZIGD = Ongewijzigd.ONGEWIJZIGD


class StapGeweigerd(TransitionNotAllowed, Geweigerd):
    """A step that can't be taken now; the text is Dutch, names the reason, and is meant for the user."""


@contextmanager
def vergrendel(melding: Melding, *, door: Medewerker) -> Iterator[Melding]:
    """Lock `melding` and hand out the locked one; two at once take turns, so the second sees what the first did.

    Whatever software brought it is told when it is further after this than before.
    StapGeweigerd when `door` may not sign in (any more).
    """
    _in_gebruik(door)
    with transaction.atomic():
        melding = Melding.objects.select_for_update().get(pk=melding.pk)
        was = melding.stand_buiten
        yield melding
        if melding.stand_buiten != was:
            vertel_stand(melding)


@contextmanager
def stap(melding: Melding, *, door: Medewerker) -> Iterator[Melding]:
    """Lock `melding`, hand out the locked one, and save its status when the facts are written.

    The database checks the status against the facts, hence the order. When the melding is done, so are its gesprekken;
    when it turns out not to be, who went to them reads along again.
    """
    with vergrendel(melding, door=door) as melding:
        was_klaar = melding.is_klaar
        try:
            yield melding
        except StapGeweigerd:
            raise
        except TransitionNotAllowed as fout:
            raise StapGeweigerd(
                _waarom_niet(melding, fout.method), object=melding, method=fout.method
            ) from fout
        melding.save(update_fields=["status"])
        if melding.is_klaar:
            sluit_gesprekken(melding, door=door)
        elif was_klaar:
            lees_weer_mee(melding, door=door)


def beletsel(melding: Melding, overgang: str) -> str | None:
    """Why the state machine doesn't allow `overgang` now, in the user's words; None when it does."""
    methode = getattr(melding, overgang)
    return None if can_proceed(methode) else _waarom_niet(melding, methode)


def feit(melding: Melding, soort: Soort, *, op: date, door: Medewerker, **velden: Any) -> Gebeurtenis:
    """Write what happened on the day `op`; call it inside `stap`. StapGeweigerd when the days don't fit."""
    _controleer_dag(melding, soort, op)
    return Gebeurtenis.objects.create(melding=melding, soort=soort, datum=op, door=door, **velden)


def ontvang(
    *,
    persoon: Persoon | None = None,
    huishouden: Huishouden | None = None,
    vraag: str = "",
    spoed: bool = False,
    levensgebieden: Iterable[Levensgebied] = (),
    op: date,
    team: Team | None = None,
    categorie: Categorie | None = None,
    kanaal: Kanaal | None = None,
    aanleiding: Aanleiding | None = None,
    door: Medewerker,
    **melder: Any,
) -> Melding:
    """Register a melding that came in on the day `op`; nothing but the day is needed to begin with.

    `team` has it from now on, and counts it. `melder` are the fields of `Melding` about who brought it.
    """
    _in_gebruik(door)
    _niet_in_de_toekomst(Soort.ONTVANGEN, op)
    # Nothing is refused from here on, so there is nothing to go back to halfway.
    with transaction.atomic(savepoint=False):
        melding = Melding.objects.create(
            persoon=persoon, huishouden=huishouden, vraag=vraag, spoed=spoed, team=team, **melder
        )
        if gebieden := list(levensgebieden):
            melding.levensgebieden.set(gebieden)
        # Nobody else sees the new row, so there is no lock to wait for and no other fact to check against; the
        # status that follows from the fact is set with it, by a trigger.
        melding.ontvang()
        Gebeurtenis.objects.create(
            melding=melding,
            soort=Soort.ONTVANGEN,
            datum=op,
            door=door,
            team=team,
            categorie=categorie,
            kanaal=kanaal,
            aanleiding=aanleiding,
        )
        vertel_stand(melding)
    return melding


def rond_af_in_voorveld(melding: Melding, *, op: date, reden: str, door: Medewerker) -> Melding:
    """Advice or a referral was enough; `reden` says which."""
    with stap(melding, door=door) as melding:
        melding.rond_af_in_voorveld()
        feit(melding, Soort.VOORVELD, op=op, reden=_verplicht(reden), door=door)
    return melding


def start_gesprek(melding: Melding, *, op: date, door: Medewerker) -> Melding:
    """The keukentafelgesprek began."""
    with stap(melding, door=door) as melding:
        melding.start_gesprek()
        feit(melding, Soort.GESPREK_GESTART, op=op, door=door)
    return melding


def start_onderzoek(melding: Melding, *, op: date, door: Medewerker) -> Melding:
    """The team began to weigh what fits best."""
    with stap(melding, door=door) as melding:
        melding.start_onderzoek()
        feit(melding, Soort.ONDERZOEK_GESTART, op=op, door=door)
    return melding


def rond_onderzoek_af(melding: Melding, *, op: date, door: Medewerker) -> Melding:
    """The onderzoek is done; a decision follows."""
    with stap(melding, door=door) as melding:
        melding.rond_onderzoek_af()
        feit(melding, Soort.ONDERZOEK_AFGEROND, op=op, door=door)
    return melding


def leg_akkoord_vast(melding: Melding, *, op: date, door: Medewerker) -> Melding:
    """The client agreed with the plan."""
    with stap(melding, door=door) as melding:
        melding.leg_akkoord_vast()
        feit(melding, Soort.PLAN_AKKOORD, op=op, door=door)
    return melding


def ken_toe(melding: Melding, *, op: date, door: Medewerker) -> Melding:
    """A maatwerkvoorziening is granted, where no aanvraag was registered; else the besluit on that does this."""
    with stap(melding, door=door) as melding:
        melding.ken_toe()
        if hasattr(melding, "aanvraag"):
            raise StapGeweigerd(
                "Er is een aanvraag: ken het besluit daarop toe, dan volgt de melding vanzelf."
            )
        feit(melding, Soort.TOEGEKEND, op=op, door=door)
    return melding


def wijs_af(melding: Melding, *, op: date, reden: str, door: Medewerker) -> Melding:
    """No maatwerkvoorziening comes of it; `reden` says why not."""
    with stap(melding, door=door) as melding:
        melding.wijs_af()
        _past_bij_besluiten(melding)
        feit(melding, Soort.NIET_TOEGEKEND, op=op, reden=_verplicht(reden), door=door)
    return melding


def trek_in(melding: Melding, *, op: date, reden: str, door: Medewerker) -> Melding:
    """The resident took it back; `reden` says why."""
    with stap(melding, door=door) as melding:
        melding.trek_in()
        feit(melding, Soort.INGETROKKEN, op=op, reden=_verplicht(reden), door=door)
    return melding


def zet_door(melding: Melding, *, op: date, reden: str, door: Medewerker) -> Melding:
    """It belongs elsewhere; `reden` says where."""
    with stap(melding, door=door) as melding:
        melding.zet_door()
        feit(melding, Soort.DOORGEZET, op=op, reden=_verplicht(reden), door=door)
    return melding


def corrigeer(
    gebeurtenis: Gebeurtenis,
    *,
    reden: str,
    door: Medewerker,
    datum: date | Ongewijzigd = ONGEWIJZIGD,
    team: Team | Ongewijzigd | None = ONGEWIJZIGD,
    categorie: Categorie | Ongewijzigd | None = ONGEWIJZIGD,
    kanaal: Kanaal | Ongewijzigd | None = ONGEWIJZIGD,
    aanleiding: Aanleiding | Ongewijzigd | None = ONGEWIJZIGD,
) -> Gebeurtenis:
    """Close a fact with who and why, and write the right one beside it, in force from that very moment.

    Only `ontvangen` has a team, categorie, kanaal and aanleiding. Returns the new fact. StapGeweigerd when
    the fact has lapsed already, nothing changes, or the new day doesn't fit between the other steps.
    """
    gevraagd: dict[str, Any] = {
        "datum": datum,
        "team": team,
        "categorie": categorie,
        "kanaal": kanaal,
        "aanleiding": aanleiding,
    }
    with stap(gebeurtenis.melding, door=door) as melding:
        melding.herzie(Status(melding.status))
        oud = Gebeurtenis.objects.select_related("team").get(pk=gebeurtenis.pk)
        if oud.vervallen_op is not None:
            raise StapGeweigerd("Deze registratie is al vervallen; er staat misschien al een nieuwe naast.")
        nu = {veld: getattr(oud, veld) for veld in gevraagd}
        nieuw = {veld: nu[veld] if waarde is ONGEWIJZIGD else waarde for veld, waarde in gevraagd.items()}
        if nieuw == nu:
            raise StapGeweigerd("Er verandert niets: de correctie is gelijk aan wat er al staat.")
        if waarom_niet := geen_correctie(oud):
            raise StapGeweigerd(waarom_niet)
        if oud.soort != Soort.ONTVANGEN and any(nieuw[veld] != nu[veld] for veld in nu.keys() - {"datum"}):
            raise StapGeweigerd("Team, categorie, kanaal en aanleiding staan alleen bij de ontvangst.")
        moment = _laat_vervallen(oud, reden=reden, door=door)
        if nieuw["team"] != oud.team and melding.team_id == oud.team_id:
            melding.team = nieuw["team"]
            melding.save(update_fields=["team"])
        op = nieuw.pop("datum")
        return feit(
            melding, Soort(oud.soort), op=op, door=door, reden=oud.reden, geregistreerd_op=moment, **nieuw
        )


def geen_correctie(gebeurtenis: Gebeurtenis) -> str:
    """Why this fact can't be corrected by itself, in the user's words; empty when it can."""
    toegekend = Besluit.objects.toegekend().filter(melding=gebeurtenis.melding_id)
    if gebeurtenis.soort == Soort.TOEGEKEND and toegekend.exists():
        return "Deze stap volgt uit het besluit, en krijgt geen andere dag dan dat."
    return ""


def draai_terug(melding: Melding, *, reden: str, door: Medewerker) -> Melding:
    """Withdraw the last step, the one that the status comes from, and go back to what remains.

    StapGeweigerd when a besluit rests on that step.
    """
    with stap(melding, door=door) as melding:
        stappen = list(melding.gebeurtenissen.laatste_stap())
        melding.herzie(STATUS_DOOR[Soort(stappen[1].soort)] if stappen[1:] else Status.VERVALLEN)
        if not stappen[1:]:
            raise StapGeweigerd(
                "Na de ontvangst is nog geen stap gezet. "
                "Hoort deze melding er niet te zijn, registreer haar dan als vergissing."
            )
        _past_bij_besluiten(melding)
        _laat_vervallen(stappen[0], reden=reden, door=door)
    return melding


def registreer_als_vergissing(melding: Melding, *, reden: str, door: Medewerker) -> Melding:
    """Registered by mistake, or twice: it counts no longer. Its other facts stay as they are.

    StapGeweigerd when a besluit rests on it.
    """
    with stap(melding, door=door) as melding:
        melding.herzie(Status.VERVALLEN)
        _past_bij_besluiten(melding)
        ontvangen = melding.gebeurtenissen.bekend_op(None).get(soort=Soort.ONTVANGEN)
        _laat_vervallen(ontvangen, reden=reden, door=door)
    return melding


def _past_bij_besluiten(melding: Melding) -> None:
    """StapGeweigerd when where the melding is to stand takes the ground from under a besluit on it (Wmo art. 2.3.5)."""
    besluiten = Besluit.objects.filter(melding=melding)
    if melding.status != Status.TOEGEKEND and besluiten.toegekend().exists():
        raise StapGeweigerd(
            "Met een besluit is op deze melding hulp toegekend, en dat blijft staan. "
            "Stop de hulp, of neem een nieuw besluit."
        )
    if melding.status not in BESLIST and besluiten.te_nemen().exists():
        raise StapGeweigerd(
            "Er is nog een besluit in voorbereiding. Wijs het af of trek het in, en doe dit dan opnieuw."
        )


def _laat_vervallen(gebeurtenis: Gebeurtenis, *, reden: str, door: Medewerker) -> datetime | None:
    """Close a fact, and return the moment from which it holds no longer.

    That is never before its registration, which an import may have put ahead of this clock.
    """
    deze = Gebeurtenis.objects.filter(pk=gebeurtenis.pk)
    deze.update(
        vervallen_op=Greatest(Now(), F("geregistreerd_op")),
        vervallen_door=door,
        vervallen_reden=_verplicht(reden),
    )
    return deze.values_list("vervallen_op", flat=True).get()


def _verplicht(reden: str) -> str:
    if not (kaal := reden.strip()):
        raise StapGeweigerd("Geef een reden op.")
    return kaal


def _controleer_dag(melding: Melding, soort: Soort, op: date) -> None:
    """Steps follow each other in time, and none lies in the future."""
    wat = _niet_in_de_toekomst(soort, op)
    rang = list(STATUS_DOOR).index
    for ander in melding.gebeurtenissen.bekend_op(None):
        eerder = rang(Soort(ander.soort)) - rang(soort)
        if eerder < 0 and ander.datum > op:
            raise StapGeweigerd(f"{wat}: {ander.get_soort_display()} was pas op {ander.datum:%d-%m-%Y}.")
        if eerder > 0 and ander.datum < op:
            raise StapGeweigerd(f"{wat}: {ander.get_soort_display()} was al op {ander.datum:%d-%m-%Y}.")


def _niet_in_de_toekomst(soort: Soort, op: date) -> str:
    """The beginning of every refusal of this day; StapGeweigerd for one that is still to come."""
    wat = f"{soort.label.capitalize()} op {op:%d-%m-%Y} kan niet"
    vandaag = timezone.localdate()
    if op > vandaag:
        raise StapGeweigerd(f"{wat}: het is vandaag {vandaag:%d-%m-%Y}.")
    return wat


def _in_gebruik(door: Medewerker) -> None:
    if not door.is_active:
        raise StapGeweigerd(f"Het account {door.username} is niet meer in gebruik.")


def _waarom_niet(melding: Melding, overgang: Any) -> str:
    """In the user's words: where the melding stands, and where it should stand for this step."""
    status = Status(melding.status)
    overgangen = overgang._django_fsm.transitions
    voor = next(iter(overgangen.values())).custom
    bronnen = " of ".join(f"‘{Status(bron).label}’" for bron in overgangen)
    staat = UITGEPRAAT.get(status, f"staat op ‘{status.label}’")
    zolang = voor.get("zolang", f"zij op {bronnen} staat")
    return f"Deze melding {staat}; {voor['naam']} kan alleen zolang {zolang}."
