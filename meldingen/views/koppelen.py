"""About whom a melding is: linked to somebody else, put back, made one with another, taken apart again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Huishouden, Persoon, Verblijf
from meldingen import workflow
from meldingen.forms import melding as formulieren
from meldingen.models import Melding
from meldingen.views.stappen import met_melding
from teams.access import Actie
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING
from teams.lezen import lees
from teams.models import Handeling
from teams.toegang import Verzoek, vereist
from teams.web import handeling


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def koppel(request: Verzoek, pk: int) -> HttpResponse:
    """It turns out to be about somebody else, and the household in which that person lives."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        persoon = schoon["persoon"]
        verblijf = Verblijf.objects.woont(persoon, timezone.localdate())
        workflow.koppel(
            melding,
            persoon=persoon,
            huishouden=verblijf.huishouden if verblijf else None,
            reden=schoon["reden"],
            door=request.user,
        )
        return "De melding is gekoppeld. Klopt het niet, zet de koppeling dan terug."

    return met_melding(request, pk, formulieren.Koppelformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def zet_koppeling_terug(request: Verzoek, pk: int) -> HttpResponse:
    """Undo the last link."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.zet_koppeling_terug(melding, door=request.user, **schoon)
        return "De koppeling is teruggezet: de melding gaat weer over wie zij eerder ging."

    return met_melding(request, pk, formulieren.Koppelingterugformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def stel_gelijk(request: Verzoek, pk: int) -> HttpResponse:
    """The person of the melding and another are one; for who may work with both."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        if melding.persoon_id is None:
            raise Geweigerd("Deze melding is nog aan niemand gekoppeld.")
        dubbel = lees(
            Persoon,
            melding.persoon_id,
            spoor=request.spoor,
            actie=Actie.WERKEN,
            handeling=Handeling.GEWIJZIGD,
        )
        huishoudens.stel_gelijk(dubbel, schoon["persoon"], reden=schoon["reden"], door=request.user)
        return "Deze twee zijn nu een en dezelfde. Klopt het niet, maak ze dan weer los."

    return met_melding(request, pk, formulieren.Gelijkstelformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def maak_los(request: Verzoek, pk: int, gelijkstelling: int) -> HttpResponse:
    """They were two after all."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        rij = schoon["gelijkstelling"]
        lees(
            Persoon,
            rij.dubbel_id,
            spoor=request.spoor,
            actie=Actie.WERKEN,
            handeling=Handeling.GEWIJZIGD,
        )
        huishoudens.maak_los(rij, door=request.user)
        return "Deze twee zijn weer los van elkaar."

    return met_melding(request, pk, formulieren.Losmaakformulier, doe, doel=gelijkstelling)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def maak_contactpersoon(request: Verzoek, pk: int) -> HttpResponse:
    """Who is the one face for the household of the melding; for who may work with that household."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        if melding.huishouden_id is None:
            raise Geweigerd("Deze melding is nog aan geen huishouden gekoppeld.")
        huishouden = lees(
            Huishouden,
            melding.huishouden_id,
            spoor=request.spoor,
            actie=Actie.WERKEN,
            handeling=Handeling.GEWIJZIGD,
        )
        huishoudens.maak_contactpersoon(huishouden, door=request.user, **schoon)
        return f"{schoon['medewerker'].naam} is nu de vaste contactpersoon."

    return met_melding(request, pk, formulieren.Contactpersoonformulier, doe)
