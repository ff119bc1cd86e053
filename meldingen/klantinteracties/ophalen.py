"""Fetching what a register elsewhere asks of our teams, and telling it what is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import requests
from django.db import transaction
from django.utils import timezone

from meldingen import workflow
from meldingen.klantinteracties import elders
from meldingen.klantinteracties.vertaling import OBJECTENREGISTER
from meldingen.models import OpgehaaldeTaak
from teams.berichten import Mededeling, kondig_alle_aan
from teams.models import Medewerker, Team

REGISTER = "openklant"
"""The account in whose name work comes in, and to whom is told that it is done."""
SOORT = "taak_verwerkt"
ERBIJ = "hadBetrokkenen,hadBetrokkenen.digitaleAdressen"

log = logging.getLogger(__name__)


def haal_op() -> int:
    """Every open task for one of our teams becomes work here, once; returns how many were new.

    A task that can't be read doesn't stop the others; a register that doesn't answer ends the round, and the next one
    goes on. What was made stays.
    """
    if not elders.is_er_een():
        return 0
    door = Medewerker.systeem(REGISTER)
    aantal = 0
    try:
        for team, taak in _nieuwe_taken():
            try:
                contact = taak["aanleidinggevendKlantcontact"]["uuid"]
                gelezen = elders.een("klantcontacten", contact, uitgevouwen=ERBIJ)
                with transaction.atomic():
                    gemaakt = workflow.neem_opgehaalde_taak_aan(taak, gelezen, team=team, door=door)
                aantal += gemaakt is not None
            except requests.RequestException:
                raise
            except Exception as fout:
                log.warning("Taak %s is niet op te halen: %s", taak.get("uuid"), type(fout).__name__)
    except requests.RequestException as fout:
        log.warning("Het register van Klantinteracties antwoordt niet goed: %s", type(fout).__name__)
    return aantal


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


def _nieuwe_taken() -> Iterator[tuple[Team, dict[str, Any]]]:
    for team in Team.objects.order_by("code"):
        actoren = elders.lijst(
            "actoren",
            actoridentificatorObjectId=team.code,
            actoridentificatorCodeRegister=OBJECTENREGISTER,
        )
        for actor in list(actoren):
            open_ = list(
                elders.lijst("internetaken", status="te_verwerken", toegewezenAanActor__uuid=actor["uuid"])
            )
            uuids = [taak["uuid"] for taak in open_]
            bekend = set(OpgehaaldeTaak.objects.filter(uuid__in=uuids).values_list("uuid", flat=True))
            yield from ((team, taak) for taak in open_ if taak["uuid"] not in {str(uuid) for uuid in bekend})
