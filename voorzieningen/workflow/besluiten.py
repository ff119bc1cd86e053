"""The verbs of a besluit up to the moment that it is taken.

Every verb locks the besluit, checks, changes, and writes one `Besluitstap`. What can't be done is refused with
`Geweigerd`, in Dutch, and then nothing is written. Taking the besluit itself moves the melding, too: that verb stands
in `meldingen.workflow.besluiten`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from households.models import Huishouden, Persoon
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Instelling, Medewerker
from voorzieningen.models import (
    Aanvraag,
    Beschikking,
    Besluit,
    Besluitstap,
    Besluitstatus,
    Financieringsvorm,
    Toetsstatus,
    Voorziening,
)
from voorzieningen.volledigheid import ontbreekt

BANDBREEDTE = "bandbreedte_procent"
PGB_NAAST_ZIN = (
    "Voor deze inwoner en voorziening staat er in deze periode al een andere vorm: zorg in natura en een pgb naast "
    "elkaar kan niet voor één product."
)
BESLUITVELDEN = (
    "voorziening",
    "financieringsvorm",
    "aanbieder",
    "aantal",
    "eenheid",
    "per",
    "prijs",
    "ingangsdatum",
    "einddatum",
    "motivering",
    "pgb_bekwaam",
    "pgb_motivatie",
    "pgb_kwaliteit",
)
"""What can be changed while a besluit is in preparation."""


@contextmanager
def vergrendel_besluit(besluit: Besluit, *, door: Medewerker) -> Iterator[Besluit]:
    """Lock a besluit and hand out the locked one; two at once take turns.

    A step that the state doesn't allow becomes Geweigerd, with where the besluit stands.
    """
    if not door.is_active:
        raise Geweigerd(f"Het account {door.username} is niet meer in gebruik.")
    with transaction.atomic():
        rijen = Besluit.objects.select_related("aanvraag", "persoon", "voorziening__groep")
        rij = rijen.select_for_update(of=("self",)).get(pk=besluit.pk)
        try:
            yield rij
        except Geweigerd:
            raise
        except TransitionNotAllowed as fout:
            staat = Besluitstatus(rij.status).label
            raise Geweigerd(f"Dit kan nu niet: het besluit staat op ‘{staat}’.") from fout


def log_stap(besluit: Besluit, stap: str, *, door: Medewerker, toelichting: str = "") -> Besluitstap:
    """One line of the history of a besluit."""
    return Besluitstap.objects.create(besluit=besluit, stap=stap, toelichting=toelichting, door=door)


def stel_op(
    aanvraag: Aanvraag,
    *,
    persoon: Persoon,
    huishouden: Huishouden | None,
    door: Medewerker,
    op: date,
    **wat: Any,
) -> Besluit:
    """Prepare a besluit on a voorziening for a person; `wat` are values of `BESLUITVELDEN`.

    The bandwidth is the one that holds on the day `op`; of the voorziening it is the version on the ingangsdatum,
    whichever was chosen. Geweigerd for an end before the begin, for a pgb next to zin, and for who died or isn't
    registered any more.
    """
    if persoon.vervallen_op:
        raise Geweigerd(f"{persoon.naam} staat niet meer ingeschreven.")
    if persoon.overleden_op:
        raise Geweigerd(f"{persoon.naam} is overleden op {persoon.overleden_op:%d-%m-%Y}.")
    bandbreedte = Instelling.objects.waarde_op(BANDBREEDTE, op)
    besluit = Besluit(
        aanvraag=aanvraag,
        melding_id=aanvraag.melding_id,
        huishouden=huishouden,
        persoon=persoon,
        bandbreedte=bandbreedte,
        door=door,
        **wat,
    )
    besluit.voorziening = _versie(besluit.voorziening, besluit.ingangsdatum)
    _controleer(besluit)
    _bewaar(besluit)
    log_stap(besluit, "opgesteld", door=door)
    return besluit


def wijzig_besluit(besluit: Besluit, *, gezien: int, door: Medewerker, **wat: Any) -> Besluit:
    """Change what is in preparation; `gezien` is the `versie` that was on the screen.

    Geweigerd when somebody else changed it meanwhile, or when it is no longer in preparation.
    """
    with vergrendel_besluit(besluit, door=door) as besluit:
        if besluit.status != Besluitstatus.CONCEPT:
            raise Geweigerd(f"Dit kan nu niet: het besluit staat op ‘{besluit.get_status_display()}’.")
        if besluit.versie != gezien:
            laatste = besluit.stappen.select_related("door").latest("pk")
            raise Geweigerd(
                f"{laatste.door.naam} wijzigde dit besluit intussen. Er is nog niets bewaard; "
                "vergelijk het met wat u typte en bewaar opnieuw."
            )
        ingangsdatum = wat.get("ingangsdatum", besluit.ingangsdatum)
        wat["voorziening"] = _versie(wat.get("voorziening", besluit.voorziening), ingangsdatum)
        anders = [veld for veld in BESLUITVELDEN if veld in wat and getattr(besluit, veld) != wat[veld]]
        stond = f". Er stond: {besluit.motivering}" if "motivering" in anders and besluit.motivering else ""
        for veld in anders:
            setattr(besluit, veld, wat[veld])
        besluit.versie += 1
        _controleer(besluit)
        _bewaar(besluit, update_fields=[*anders, "versie"])
        log_stap(besluit, "gewijzigd", toelichting=", ".join(anders) + stond, door=door)
    return besluit


def neem_besluit_terug(besluit: Besluit, *, reden: str, door: Medewerker) -> Besluit:
    """Back into preparation after the toets, since something changed; before it is granted there is a new toets."""
    reden = verplicht(reden)
    with vergrendel_besluit(besluit, door=door) as besluit:
        besluit.neem_terug()
        besluit.save(update_fields=["status"])
        log_stap(besluit, "terug in voorbereiding", toelichting=reden, door=door)
    return besluit


def trek_besluit_in(besluit: Besluit, *, reden: str, door: Medewerker) -> Besluit:
    """The resident doesn't ask for it any more."""
    reden = verplicht(reden)
    with vergrendel_besluit(besluit, door=door) as besluit:
        besluit.trek_in()
        besluit.save(update_fields=["status"])
        log_stap(besluit, "ingetrokken", toelichting=reden, door=door)
    return besluit


def controleer_toekenning(besluit: Besluit, *, op: date) -> None:
    """Look again, on the day `op` of the besluit, at what the toetser approved: meanwhile things can have changed.

    Geweigerd for somebody who died, before the toets was done, and for what `stel_op` and `vraag_toets` refuse.
    """
    if zelf := _nummers(besluit.persoon).filter(overleden_op__isnull=False).first():
        raise Geweigerd(f"De inwoner overleed op {zelf.overleden_op:%d-%m-%Y}; trek het besluit in.")
    toets = besluit.toetsen.filter(status=Toetsstatus.GOEDGEKEURD).latest("afgerond_op")
    if op < (klaar := timezone.localdate(toets.afgerond_op)):
        raise Geweigerd(f"De toets was pas klaar op {klaar:%d-%m-%Y}; kies die dag of later.")
    _controleer(besluit)
    if weg := ontbreekt(besluit, op):
        raise Geweigerd(
            f"Dit klopt niet meer sinds de toets: {', '.join(weg)}. "
            "Zet het besluit terug in voorbereiding, vul het aan en vraag een nieuwe toets."
        )


def _controleer(besluit: Besluit) -> None:
    if besluit.einddatum and besluit.einddatum < besluit.ingangsdatum:
        raise Geweigerd("De einddatum ligt voor de ingangsdatum.")
    if besluit.aantal <= 0:
        raise Geweigerd("Het aantal is groter dan nul.")
    for geldig in (besluit.voorziening, besluit.voorziening.groep):
        van, tot = geldig.geldig_van, geldig.geldig_tot
        if (van and van > besluit.ingangsdatum) or (tot and tot <= besluit.ingangsdatum):
            raise Geweigerd(f"‘{geldig}’ staat op {besluit.ingangsdatum:%d-%m-%Y} niet in de catalogus.")
    if besluit.financieringsvorm == Financieringsvorm.PGB and besluit.aanbieder_id:
        raise Geweigerd("Bij een pgb kiest de inwoner zelf wie helpt; laat de aanbieder leeg.")
    if _andere_vorm(besluit).exists():
        raise Geweigerd(PGB_NAAST_ZIN)


def _versie(voorziening: Voorziening, dag: date) -> Voorziening:
    """The version of the same product on a day; without one `voorziening` itself, which `_controleer` refuses."""
    versies = Voorziening.objects.select_related("groep").van_product(voorziening)
    return versies.op_dag(dag).first() or voorziening


def _nummers(persoon: Persoon) -> QuerySet[Persoon]:
    """A person under every number they were registered with."""
    hoofd = persoon.zelfde_als_id or persoon.pk
    return Persoon.objects.filter(Q(pk=hoofd) | Q(zelfde_als=hoofd))


def _andere_vorm(besluit: Besluit) -> QuerySet[Beschikking]:
    """What the person has of this product in these days, otherwise paid: also imported, or under another number."""
    return Beschikking.objects.bekend_op(None).filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=besluit.ingangsdatum),
        ingangsdatum__lte=besluit.einddatum or date.max,
        persoon__in=_nummers(besluit.persoon),
        voorziening__in=Voorziening.objects.van_product(besluit.voorziening),
        financieringsvorm__in=set(Financieringsvorm) - {besluit.financieringsvorm},
    )


def _bewaar(besluit: Besluit, **hoe: Any) -> None:
    try:
        with transaction.atomic():
            besluit.save(**hoe)
    except IntegrityError as fout:
        diag = getattr(fout.__cause__, "diag", None)
        if diag is not None and diag.constraint_name == "besluit_geen_pgb_naast_zin":
            raise Geweigerd(PGB_NAAST_ZIN) from fout
        raise
