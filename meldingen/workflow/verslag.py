"""Writing and sending the account of the onderzoek; what stood there stays readable."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from meldingen.models import ONDERWERPEN, Melding, Verslag
from meldingen.verloop import verloop
from meldingen.workflow.stappen import StapGeweigerd, vergrendel
from teams.geweigerd import verplicht
from teams.models import Medewerker
from voorzieningen.models import Verzendwijze

VERSLAGVELDEN = (
    *ONDERWERPEN,
    "huisgenoten",
    "conclusie",
    "mantelzorger_gevraagd_op",
    "huisgenoten_gevraagd_op",
    "ondersteuning_aangeboden_op",
    "ondersteuning_gewenst",
    "persoonlijk_plan_verteld_op",
    "persoonlijk_plan_op",
    "pgb_uitgelegd_op",
)
"""What is written in a verslag."""


class VerslagGewijzigd(StapGeweigerd):
    """Somebody else wrote meanwhile; `nu` is what stands there."""

    def __init__(self, nu: Verslag) -> None:
        wie = nu.door.naam if nu.door else "Iemand anders"
        super().__init__(
            f"{wie} schreef intussen ook in dit verslag. Er is nog niets bewaard; wat er nu staat ziet u hieronder."
        )
        self.nu = nu


def verslag_van(melding: Melding) -> Verslag | None:
    """The one in force; None when nothing was written yet."""
    return melding.verslagen.bekend_op(None).select_related("door").first()


def schrijf_verslag(melding: Melding, *, gezien: int | None, door: Medewerker, **inhoud: Any) -> Verslag:
    """Write the verslag anew; `gezien` is the key of the version that was on the screen, None for none.

    VerslagGewijzigd when another stands there, StapGeweigerd when it was sent or says nothing.
    """
    with vergrendel(melding, door=door) as melding:
        oud = verslag_van(melding)
        if oud and oud.pk != gezien:
            raise VerslagGewijzigd(oud)
        if oud and oud.verstuurd_op:
            raise StapGeweigerd(
                f"Dit verslag is op {oud.verstuurd_op:%d-%m-%Y} verstuurd en verandert niet meer."
            )
        if not any(waarde not in ("", None) for waarde in inhoud.values()):
            raise StapGeweigerd("Er staat nog niets in het verslag.")
        return _volgende(melding, oud, door=door, **inhoud)


def verstuur_verslag(
    melding: Melding, *, gezien: int | None, op: date, wijze: Verzendwijze, aan: str, door: Medewerker
) -> Verslag:
    """It went to `aan`, the resident mostly, on the day `op` (Wmo art. 2.3.2, eighth paragraph).

    `gezien` is the key of the version that was on the screen; VerslagGewijzigd when another stands there.
    StapGeweigerd, naming what is missing, while a subject or the conclusion is empty, or cliëntondersteuning wasn't
    offered; and for a day before the melding or still to come. Geweigerd without anybody to send it to.
    """
    aan = verplicht(aan, "iemand aan wie het verslag is gestuurd")
    with vergrendel(melding, door=door) as melding:
        oud = verslag_van(melding)
        if oud is None:
            raise StapGeweigerd("Er is nog geen verslag.")
        if oud.verstuurd_op:
            raise StapGeweigerd(f"Dit verslag is al op {oud.verstuurd_op:%d-%m-%Y} verstuurd.")
        if oud.pk != gezien:
            raise VerslagGewijzigd(oud)
        if weg := ontbreekt_in(oud):
            raise StapGeweigerd(f"Dit ontbreekt nog in het verslag: {', '.join(weg)}.")
        vandaag = timezone.localdate()
        if op > vandaag:
            raise StapGeweigerd(f"Verstuurd op {op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
        wat = verloop(melding)
        if wat and op < wat.gemeld_op:
            raise StapGeweigerd(
                f"Verstuurd op {op:%d-%m-%Y} kan niet: de melding kwam pas binnen op {wat.gemeld_op:%d-%m-%Y}."
            )
        inhoud = {veld: getattr(oud, veld) for veld in VERSLAGVELDEN}
        return _volgende(melding, oud, door=door, verstuurd_op=op, wijze=wijze, verstuurd_aan=aan, **inhoud)


def ontbreekt_in(verslag: Verslag) -> list[str]:
    """What must still be written before it can be sent, in the words of the form."""
    leeg = [naam for veld, naam in ONDERWERPEN.items() if not getattr(verslag, veld).strip()]
    if not verslag.conclusie.strip():
        leeg.append("Conclusie")
    if verslag.ondersteuning_aangeboden_op is None:
        leeg.append("Cliëntondersteuning aangeboden")
    return leeg


def _volgende(melding: Melding, oud: Verslag | None, *, door: Medewerker, **inhoud: Any) -> Verslag:
    if oud:
        Verslag.objects.filter(pk=oud.pk).update(
            vervallen_op=Greatest(Now(), F("geregistreerd_op")),
            vervallen_door=door,
            vervallen_reden="er is verder aan geschreven",
        )
    return Verslag.objects.create(melding=melding, door=door, **inhoud)
