"""The aanvraag, and taking the besluit on it: what moves the melding as well as the besluit (Wmo art. 2.3.2, 2.3.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from households.models import Akkoord, Antwoord, Persoon
from households.plannen import akkoord_voor, laatste_versie, lopend_plan
from meldingen.models import Gebeurtenis, Melding, Soort, Status
from meldingen.verloop import lengtes, termijnen_van, verloop
from meldingen.wettermijnen import BESLUIT, aanvraag_kan_op
from meldingen.workflow.stappen import (
    BESLIST,
    NA_HET_ONDERZOEK,
    StapGeweigerd,
    feit,
    leg_akkoord_vast,
    stap,
    vergrendel,
)
from teams.berichten import kondig_aan
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import (
    Aanvraag,
    Afwijsgrond,
    Beschikking,
    Besluit,
    Besluitstatus,
    Levering,
    Opschortgrond,
    Opschorting,
    Verdaging,
    Verzendwijze,
)
from voorzieningen.workflow import controleer_toekenning, log_stap, stel_op, vergrendel_besluit

VERDAGING = "verdaging"
UITGEVRAAGD = (Status.VOORVELD, Status.INGETROKKEN, Status.DOORGEZET, Status.NIET_TOEGEKEND)
"""Where nothing can be asked for any more; on a new question follows a new melding."""


def dien_aanvraag_in(melding: Melding, *, op: date, door: Medewerker) -> Aanvraag:
    """The resident asks for a maatwerkvoorziening on the day `op`.

    StapGeweigerd before the onderzoek is done and its six weeks have passed (Wmo art. 2.3.2, ninth paragraph), in the
    future, before the melding, or when there is one already.
    """
    with vergrendel(melding, door=door) as melding:
        wat = verloop(melding)
        if wat is None or melding.status in UITGEVRAAGD:
            raise StapGeweigerd("Deze melding is klaar; op een nieuwe vraag volgt een nieuwe melding.")
        if Aanvraag.objects.filter(melding=melding).exists():
            raise StapGeweigerd("Er is al een aanvraag bij deze melding.")
        vandaag = timezone.localdate()
        if op > vandaag:
            raise StapGeweigerd(f"Een aanvraag op {op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
        if op < wat.gemeld_op:
            raise StapGeweigerd(f"De melding kwam pas binnen op {wat.gemeld_op:%d-%m-%Y}.")
        if not aanvraag_kan_op(wat, op, lengtes()):
            raise StapGeweigerd(
                "Een aanvraag kan pas na het onderzoek, of als de zes weken daarvoor om zijn "
                "(Wmo 2015, art. 2.3.2, negende lid)."
            )
        return Aanvraag.objects.create(melding=melding, datum=op, door=door)


def aanvraag_van(melding: Melding) -> Aanvraag:
    """The aanvraag of a melding; StapGeweigerd when there is none yet."""
    aanvraag = Aanvraag.objects.filter(melding=melding).first()
    if aanvraag is None:
        raise StapGeweigerd("Leg eerst de aanvraag vast.")
    return aanvraag


def schort_op(
    aanvraag: Aanvraag, *, grond: Opschortgrond, van: date, reden: str, door: Medewerker
) -> Opschorting:
    """The term of the besluit stands still from the day after `van` (Awb art. 4:15)."""
    with vergrendel(aanvraag.melding, door=door) as melding:
        if aanvraag.opschortingen.filter(tot__isnull=True).exists():
            raise StapGeweigerd("De termijn staat al stil.")
        if melding.is_klaar:
            raise StapGeweigerd("Er is al een besluit; de termijn loopt niet meer.")
        if not aanvraag.datum <= van <= timezone.localdate():
            raise StapGeweigerd(f"De opschorting begint tussen {aanvraag.datum:%d-%m-%Y} en vandaag.")
        return Opschorting.objects.create(
            aanvraag=aanvraag, grond=grond, van=van, reden=verplicht(reden), door=door
        )


def hef_opschorting_op(aanvraag: Aanvraag, *, tot: date, door: Medewerker) -> Opschorting:
    """The last day on which the term stands still."""
    with vergrendel(aanvraag.melding, door=door):
        rij = aanvraag.opschortingen.filter(tot__isnull=True).first()
        if rij is None:
            raise StapGeweigerd("De termijn staat niet stil.")
        if not rij.van <= tot <= timezone.localdate():
            raise StapGeweigerd(f"De opschorting eindigt tussen {rij.van:%d-%m-%Y} en vandaag.")
        rij.tot, rij.opgeheven_op, rij.opgeheven_door = tot, timezone.now(), door
        rij.save(update_fields=["tot", "opgeheven_op", "opgeheven_door"])
        return rij


def verdaag(
    aanvraag: Aanvraag, *, op: date, tot: date, wijze: Verzendwijze, reden: str, door: Medewerker
) -> Verdaging:
    """The resident was told in writing on the day `op` that the besluit follows by `tot` at the latest (Awb art. 4:14).

    By e-mail the product tells so itself, today. StapGeweigerd when there is no term to put off any more, it is over or
    stands still, the new day isn't later, or there is no address to mail to.
    """
    reden = verplicht(reden)
    with vergrendel(aanvraag.melding, door=door) as melding:
        termijn = next(rij for rij in termijnen_van(melding) if rij.wat == BESLUIT)
        vandaag = timezone.localdate()
        if melding.is_klaar:
            raise StapGeweigerd("Er is al een besluit; de termijn loopt niet meer.")
        if termijn.uiterlijk is None:
            raise StapGeweigerd("De termijn staat stil; laat haar eerst weer lopen.")
        if not aanvraag.datum <= op <= vandaag:
            raise StapGeweigerd(f"De brief is van een dag tussen {aanvraag.datum:%d-%m-%Y} en vandaag.")
        if op > termijn.uiterlijk:
            raise StapGeweigerd(
                f"De termijn liep tot en met {termijn.uiterlijk:%d-%m-%Y}; daarna kan er niet meer worden uitgesteld."
            )
        if tot <= termijn.uiterlijk:
            raise StapGeweigerd(
                f"De termijn loopt al tot en met {termijn.uiterlijk:%d-%m-%Y}; kies een latere dag."
            )
        if wijze == Verzendwijze.EMAIL:
            if op != vandaag:
                raise StapGeweigerd(
                    f"De e-mail gaat vandaag uit, {vandaag:%d-%m-%Y}; alleen een brief kan van een eerdere dag zijn."
                )
            adres = melding.persoon.email if melding.persoon else ""
            if not adres:
                raise StapGeweigerd("Van de inwoner is geen e-mailadres bekend; stuur een brief.")
            kondig_aan(
                VERDAGING, aan=adres, gegevens={"nummer": melding.nummer, "tot": date_format(tot, "j F Y")}
            )
        return Verdaging.objects.create(
            aanvraag=aanvraag, op=op, tot=tot, wijze=wijze, reden=reden, door=door
        )


def volg_akkoord(akkoord: Akkoord, *, door: Medewerker) -> list[Melding]:
    """A resident agreed with the plan: their meldingen that wait for that go on, so that nobody is asked twice (R4).

    Only those about that person, of the household of the plan, whose onderzoek was done by then. Gives the meldingen
    that moved.
    """
    persoon = akkoord.deelnemer.persoon_id
    if persoon is None or akkoord.antwoord == Antwoord.NEE:
        return []
    wachtend = Melding.objects.filter(
        huishouden=akkoord.versie.plan.huishouden_id,
        persoon=persoon,
        status=Status.ONDERZOEK_AFGEROND,
    )
    klaar = Gebeurtenis.objects.bekend_op(None).filter(
        soort=Soort.ONDERZOEK_AFGEROND, datum__lte=akkoord.datum, melding=OuterRef("pk")
    )
    rijen = wachtend.filter(Exists(klaar)).order_by("pk")
    return [leg_akkoord_vast(melding, op=akkoord.datum, door=door) for melding in rijen]


def geen_besluit(melding: Melding) -> str:
    """Why no besluit can be prepared on a melding now, in Dutch; empty when it can (Wmo art. 2.3.5)."""
    if not Aanvraag.objects.filter(melding=melding).exists():
        return "Leg eerst de aanvraag vast."
    return "" if melding.status in BESLIST else "Een besluit volgt op een onderzoek dat is afgerond."


def stel_besluit_op(melding: Melding, *, persoon: Persoon, door: Medewerker, **wat: Any) -> Besluit:
    """Prepare a besluit on the aanvraag of a melding; Geweigerd without aanvraag, or before the onderzoek is done."""
    with vergrendel(melding, door=door) as melding:
        if waarom_niet := geen_besluit(melding):
            raise StapGeweigerd(waarom_niet)
        return stel_op(
            aanvraag_van(melding),
            persoon=persoon,
            huishouden=melding.huishouden,
            door=door,
            op=timezone.localdate(),
            **wat,
        )


def ken_besluit_toe(besluit: Besluit, *, op: date, door: Medewerker) -> Besluit:
    """Grant it: the beschikking becomes a fact, the help is ordered, and the melding is toegekend with the first.

    Geweigerd before the client's akkoord with the plan, in its latest version, before the toets, or when
    something changed since the toets (`controleer_toekenning`).
    """
    with (
        stap(besluit.aanvraag.melding, door=door) as melding,
        vergrendel_besluit(besluit, door=door) as besluit,
    ):
        if melding.status not in (Status.PLAN_AKKOORD, Status.TOEGEKEND):
            raise StapGeweigerd(
                "De inwoner is nog niet akkoord met het plan; zonder akkoord is er geen beschikking."
            )
        _plan_akkoord(melding, besluit, op)
        besluit.ken_toe()
        _dag_kan(besluit, op)
        controleer_toekenning(besluit, op=op)
        besluit.beschikking = Beschikking.objects.create(
            persoon=besluit.persoon,
            melding=melding,
            voorziening=besluit.voorziening,
            financieringsvorm=besluit.financieringsvorm,
            aanbieder=besluit.aanbieder,
            besluitdatum=op,
            ingangsdatum=besluit.ingangsdatum,
            einddatum=besluit.einddatum,
            door=door,
        )
        besluit.besluitdatum = op
        besluit.save(update_fields=["status", "besluitdatum", "beschikking"])
        Levering.objects.create(besluit=besluit, opgedragen_op=op)
        log_stap(besluit, "toegekend", door=door)
        if melding.status == Status.PLAN_AKKOORD:
            melding.ken_toe()
            feit(melding, Soort.TOEGEKEND, op=op, door=door)
    return besluit


def wijs_besluit_af(
    besluit: Besluit, *, op: date, grond: Afwijsgrond, motivering: str, door: Medewerker
) -> Besluit:
    """Don't grant it, with a reason that the resident understands.

    When nothing was granted and nothing is left to decide, the melding is niet toegekend.
    """
    motivering = verplicht(motivering, "een motivering")
    with (
        stap(besluit.aanvraag.melding, door=door) as melding,
        vergrendel_besluit(besluit, door=door) as besluit,
    ):
        besluit.wijs_af()
        _dag_kan(besluit, op)
        besluit.besluitdatum, besluit.afwijsgrond, besluit.motivering = op, grond, motivering
        besluit.save(update_fields=["status", "besluitdatum", "afwijsgrond", "motivering"])
        log_stap(besluit, "niet toegekend", toelichting=motivering, door=door)
        _sluit(melding, besluit, op=op, door=door)
    return besluit


def _plan_akkoord(melding: Melding, besluit: Besluit, op: date) -> None:
    """Geweigerd when the resident doesn't agree, or no longer, with the latest version of the running plan (R4)."""
    plan = lopend_plan(melding.huishouden) if melding.huishouden else None
    versie = laatste_versie(plan) if plan else None
    if plan and versie and akkoord_voor(plan, besluit.persoon, op) is None:
        raise StapGeweigerd(
            f"De inwoner is niet akkoord met versie {versie.nummer} van het plan. Leg bij die versie eerst vast dat "
            "de inwoner akkoord is, of wie het gezag heeft of de inwoner vertegenwoordigt."
        )


def trek_besluit_in(besluit: Besluit, *, op: date, reden: str, door: Medewerker) -> Besluit:
    """The resident doesn't ask for it any more.

    When nothing is left to decide and another one was refused, the melding is niet toegekend as of `op`.
    """
    with stap(besluit.aanvraag.melding, door=door) as melding:
        besluit = voorzieningen.trek_besluit_in(besluit, reden=reden, door=door)
        afgewezen = melding.besluiten.filter(status=Besluitstatus.AFGEWEZEN)
        if laatste := afgewezen.order_by("besluitdatum", "pk").last():
            _sluit(melding, laatste, op=op, door=door)
    return besluit


def _sluit(melding: Melding, afgewezen: Besluit, *, op: date, door: Medewerker) -> None:
    """Nothing was granted and nothing is left to decide: the melding ends for the reason of a besluit."""
    besluiten = melding.besluiten
    if melding.status not in NA_HET_ONDERZOEK or (besluiten.te_nemen() | besluiten.toegekend()).exists():
        return
    melding.wijs_af()
    reden = f"{Afwijsgrond(afgewezen.afwijsgrond).label}: {afgewezen.motivering}"
    feit(melding, Soort.NIET_TOEGEKEND, op=op, reden=reden, door=door)


def _dag_kan(besluit: Besluit, op: date) -> None:
    vandaag = timezone.localdate()
    if op > vandaag:
        raise Geweigerd(f"Een besluit op {op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
    if op < besluit.aanvraag.datum:
        raise Geweigerd(f"De aanvraag is pas van {besluit.aanvraag.datum:%d-%m-%Y}.")
