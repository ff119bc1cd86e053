"""What each form on the page of a besluit does, and what is told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from households import workflow as huishoudens
from meldingen import workflow
from teams.geweigerd import Geweigerd
from teams.toegang import Verzoek
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Besluit, Levering, Toets, Toetsstatus

Doe = Callable[[Verzoek, Besluit, dict[str, Any]], str]


def _toets(besluit: Besluit, *statussen: Toetsstatus) -> Toets:
    toets = besluit.toetsen.filter(status__in=statussen).first()
    if toets is None:
        raise Geweigerd("Er is nu geen toets waarvoor dit kan.")
    return toets


def _levering(besluit: Besluit) -> Levering:
    levering = Levering.objects.filter(besluit=besluit).first()
    if levering is None:
        raise Geweigerd("Er is nog geen hulp toegekend.")
    return levering


def _vul_aan(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    document, gezien_op = schoon.pop("document"), schoon.pop("gezien_op")
    huishoudens.vul_persoon_aan(besluit.persoon, **schoon)
    if document:
        huishoudens.zie_identiteit(besluit.persoon, document=document, gezien_op=gezien_op, door=request.user)
    return "De gegevens zijn aangevuld."


def _vraag_toets(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    toets = voorzieningen.vraag_toets(besluit, door=request.user)
    return f"De toets is gevraagd; het antwoord komt uiterlijk {toets.uiterlijk_op:%d-%m-%Y}."


def _antwoord(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.beantwoord_toetsvraag(_toets(besluit, Toetsstatus.VRAAG_OPEN), door=request.user, **schoon)
    return "Uw antwoord is bij de toetser."


def _neem_terug(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    open_ = (Toetsstatus.GEVRAAGD, Toetsstatus.IN_BEHANDELING, Toetsstatus.VRAAG_OPEN)
    voorzieningen.trek_toets_in(_toets(besluit, *open_), door=request.user, **schoon)
    return "De toets is teruggenomen; u kunt het besluit weer wijzigen."


def _ken_toe(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    workflow.ken_besluit_toe(besluit, door=request.user, **schoon)
    return "De voorziening is toegekend en de hulp is opgedragen."


def _zet_terug(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.neem_besluit_terug(besluit, door=request.user, **schoon)
    return "Het besluit is terug in voorbereiding; vraag een nieuwe toets als u klaar bent."


def _wijs_af(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    workflow.wijs_besluit_af(besluit, door=request.user, **schoon)
    return "De voorziening is niet toegekend."


def _trek_in(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    workflow.trek_besluit_in(besluit, op=timezone.localdate(), door=request.user, **schoon)
    return "Het besluit is ingetrokken."


def _start(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    levering = voorzieningen.start_levering(_levering(besluit), door=request.user, **schoon)
    assert levering.gestart_op
    dagen = (levering.gestart_op - levering.opgedragen_op).days
    return f"De hulp is gestart, {dagen} {'dag' if dagen == 1 else 'dagen'} na het besluit."


def _vervallen(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.laat_levering_vervallen(_levering(besluit), door=request.user, **schoon)
    return "Vastgelegd dat de hulp niet begint."


def _stop(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.stop_levering(_levering(besluit), door=request.user, **schoon)
    return "De hulp is gestopt."


def _stel_bij(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.stel_bij(besluit, door=request.user, **schoon)
    return "Het aantal is bijgesteld."


def _pak_op(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.pak_toets_op(_toets(besluit, Toetsstatus.GEVRAAGD), door=request.user)
    return "De toets is van u."


def _stel_vraag(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.stel_toetsvraag(_toets(besluit, Toetsstatus.IN_BEHANDELING), door=request.user, **schoon)
    return "Uw vraag is bij de wijkwerker."


def _keur_goed(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.keur_toets_goed(_toets(besluit, Toetsstatus.IN_BEHANDELING), door=request.user, **schoon)
    return "U gaf akkoord; de wijkwerker kan het besluit nemen."


def _keur_af(request: Verzoek, besluit: Besluit, schoon: dict[str, Any]) -> str:
    voorzieningen.keur_toets_af(_toets(besluit, Toetsstatus.IN_BEHANDELING), door=request.user, **schoon)
    return "Het besluit is terug bij de wijkwerker."


STAPPEN: dict[str, Doe] = {
    "persoon": _vul_aan,
    "toets-vragen": _vraag_toets,
    "toets-antwoord": _antwoord,
    "toets-terugnemen": _neem_terug,
    "toekennen": _ken_toe,
    "terugnemen": _zet_terug,
    "afwijzen": _wijs_af,
    "intrekken": _trek_in,
    "hulp-gestart": _start,
    "hulp-vervallen": _vervallen,
    "hulp-gestopt": _stop,
    "bijstellen": _stel_bij,
    "toets-oppakken": _pak_op,
    "toets-vraag": _stel_vraag,
    "toets-akkoord": _keur_goed,
    "toets-niet-akkoord": _keur_af,
}
