"""Contacts that the software of a KCC began to tell and perhaps didn't finish: seen by who divides the work."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from meldingen.models import Betrokkene, DigitaalAdres, Internetaak, Klantinteractie
from teams.models import Instelling

ONVOLLEDIG_MINUTEN = "kcc_onvolledig_minuten"


class Lijst(StrEnum):
    """Which contacts one looks at."""

    ONVOLLEDIG = "onvolledig"
    ZONDER_VRAAG = "zonder-vraag"


NAMEN = {Lijst.ONVOLLEDIG: "Onvolledig", Lijst.ZONDER_VRAAG: "Zonder vraag aan een team"}


def contacten(lijst: Lijst, moment: datetime) -> QuerySet[Klantinteractie]:
    """Those that arrived `kcc_onvolledig_minuten` or longer ago and of which nothing came, the oldest first.

    Onvolledig is what can't be whole: nobody in it, an address to call back without a task, a contact that failed, or
    a task of which the team isn't known here. Without those signs the KCC may have handled it alone; or the software
    broke off before it told how to reach somebody. That is the other list.
    """
    minuten = Instelling.objects.waarde_op(ONVOLLEDIG_MINUTEN, timezone.localdate(moment))
    hier = OuterRef("pk")
    taken = Internetaak.objects.filter(interactie=hier)
    rijen = Klantinteractie.objects.filter(
        aangeleverd_op__lte=moment - timedelta(minutes=float(minuten)), afgedaan_op__isnull=True
    ).annotate(
        heeft_betrokkene=Exists(Betrokkene.objects.filter(interactie=hier)),
        heeft_adres=Exists(DigitaalAdres.objects.filter(betrokkene__interactie=hier)),
        heeft_taak=Exists(taken),
        heeft_open_taak=Exists(
            taken.filter(terugbelverzoek__isnull=True, melding__isnull=True, afgehandeld_op__isnull=True)
        ),
    )
    begonnen = Q(heeft_betrokkene=False) | Q(heeft_adres=True) | Q(gelukt=False)
    onvolledig = Q(heeft_open_taak=True) | Q(begonnen, heeft_taak=False)
    hiervan = onvolledig if lijst == Lijst.ONVOLLEDIG else ~onvolledig & Q(heeft_taak=False)
    return rijen.filter(hiervan).order_by("aangeleverd_op", "pk")


def wat_ontbreekt(contact: Klantinteractie) -> list[str]:
    """In sentences, of a row of `contacten`."""
    rij = vars(contact)
    regels = [
        (not rij["heeft_betrokkene"], "Er is niet doorgegeven wie er contact zocht."),
        (not rij["heeft_adres"], "Er is geen telefoonnummer of e-mailadres doorgegeven."),
        (not rij["heeft_taak"], "Er is geen vraag aan een team doorgegeven."),
        (rij["heeft_open_taak"], "De vraag is voor een team of medewerker die hier niet bekend is."),
        (contact.gelukt is False, "Het contact is volgens het KCC niet gelukt."),
    ]
    return [zin for klopt, zin in regels if klopt]
