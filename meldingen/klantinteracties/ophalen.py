"""Fetching what a register elsewhere asks of our teams, and telling it what is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import requests
from django.db import transaction
from django.utils import timezone

from meldingen import workflow
from meldingen.klantinteracties import elders
from meldingen.klantinteracties.vertaling import OBJECTENREGISTER
from meldingen.models import OpgehaaldeTaak
from teams.berichten import Mededeling, effect, kondig_aan, kondig_alle_aan
from teams.models import Medewerker, Team
from teams.post import Bericht

REGISTER = "openklant"
"""The account in whose name work comes in, and to whom is told that it is done."""
SOORT = "taak_verwerkt"
OPHALEN = "taak_ophalen"
ERBIJ = "hadBetrokkenen,hadBetrokkenen.digitaleAdressen"
OPEN = "te_verwerken"

log = logging.getLogger(__name__)


def haal_op() -> int:
    """Every open task for one of our teams becomes work here, once; returns how many were new.

    A task that can't be read doesn't stop the others; a register that doesn't answer ends the round, and the next one
    goes on. What was made stays.
    """
    if not elders.is_er_een():
        return 0
    aantal = 0
    try:
        for team, taak in _nieuwe_taken():
            try:
                aantal += _neem_aan(taak, team)
            except requests.RequestException:
                raise
            except Exception as fout:
                log.warning("Taak %s is niet op te halen: %s", taak.get("uuid"), type(fout).__name__)
    except requests.RequestException as fout:
        log.warning("Het register van Klantinteracties antwoordt niet goed: %s", type(fout).__name__)
    return aantal


def kondig_ophalen_aan(taak: UUID, *, gemeld_op: datetime) -> None:
    """There is news of a task elsewhere: it is fetched soon. The same news counts once, a task that is here never."""
    if not elders.is_er_een() or OpgehaaldeTaak.objects.filter(uuid=taak).exists():
        return
    sleutel = f"{OPHALEN}:{taak}:{gemeld_op.timestamp()}"
    kondig_aan(OPHALEN, aan=REGISTER, gegevens={"taak": str(taak)}, sleutel=sleutel)


@effect(OPHALEN, "taak")
def haal_een_op(bericht: Bericht) -> None:
    """Fetch one task from the register of the settings; it becomes work where it is open and for one of our teams.

    Safe to run twice; requests.RequestException when the register can't be asked, and it is tried again later.
    """
    uuid = str(UUID(bericht.gegevens["taak"]))
    if not elders.is_er_een() or OpgehaaldeTaak.objects.filter(uuid=uuid).exists():
        return
    taak = elders.een_of_geen("internetaken", uuid)
    if taak is None or taak["status"] != OPEN:
        return
    for actor in taak.get("toegewezenAanActoren") or []:
        gelezen = elders.een_of_geen("actoren", str(UUID(actor["uuid"]))) or {}
        wie = gelezen.get("actoridentificator") or {}
        if wie.get("codeRegister") != OBJECTENREGISTER:
            continue
        if team := Team.objects.filter(code=wie.get("objectId")).first():
            _neem_aan(taak, team)
            return


def kondig_verwerkte_taken_aan() -> int:
    """What is done here is told to the register there, at least once; returns how many tasks that were."""
    with transaction.atomic():
        rijen = list(OpgehaaldeTaak.objects.te_melden().select_for_update(of=("self",), skip_locked=True))
        kondig_alle_aan(
            SOORT,
            [Mededeling(REGISTER, {"taak": str(rij.uuid)}, f"{SOORT}:{rij.uuid}") for rij in rijen],
        )
        pks = [rij.pk for rij in rijen]
        return OpgehaaldeTaak.objects.filter(pk__in=pks).update(aangekondigd_op=timezone.now())


def _neem_aan(taak: dict[str, Any], team: Team) -> bool:
    """Whether the task, with the contact that it came of, was new."""
    contact = str(UUID(taak["aanleidinggevendKlantcontact"]["uuid"]))
    gelezen = elders.een("klantcontacten", contact, uitgevouwen=ERBIJ)
    door = Medewerker.systeem(REGISTER)
    with transaction.atomic():
        return workflow.neem_opgehaalde_taak_aan(taak, gelezen, team=team, door=door) is not None


def _nieuwe_taken() -> Iterator[tuple[Team, dict[str, Any]]]:
    for team in Team.objects.order_by("code"):
        actoren = elders.lijst(
            "actoren",
            actoridentificatorObjectId=team.code,
            actoridentificatorCodeRegister=OBJECTENREGISTER,
        )
        for actor in list(actoren):
            open_ = list(elders.lijst("internetaken", status=OPEN, toegewezenAanActor__uuid=actor["uuid"]))
            uuids = [taak["uuid"] for taak in open_]
            bekend = set(OpgehaaldeTaak.objects.filter(uuid__in=uuids).values_list("uuid", flat=True))
            yield from ((team, taak) for taak in open_ if taak["uuid"] not in {str(uuid) for uuid in bekend})
