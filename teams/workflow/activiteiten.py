"""What the disciplines of a team do, registered once, together (R21); every change is a next version.

Geweigerd, besides what each function names, when somebody else changed the row since it was read.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from teams.geweigerd import Geweigerd
from teams.models import Aanstelling, Activiteit, Consult, Medewerker, Team
from teams.workflow.versies import herzie, laat_vervallen, registreer

A = TypeVar("A", Activiteit, Consult)

ACTIVITEITVELDEN = ("team", "datum", "discipline", "soort", "bewoners", "verwezen")
CONSULTVELDEN = ("team", "datum", "discipline", "uren", "vervolg")


@transaction.atomic
def registreer_activiteit(*, door: Medewerker, toch: bool = False, **velden: Any) -> Activiteit:
    """An activity with `ACTIVITEITVELDEN`, of all who took part at once.

    Geweigerd for a day to come, and unless `toch` when the team registered one of that kind for that day already.
    """
    _gedaan(velden["datum"])
    Team.objects.select_for_update().get(pk=velden["team"].pk)
    if not toch and (er_is := zelfde_dag(velden["team"], velden["soort"], velden["datum"])):
        raise Geweigerd(
            f"Dit team heeft voor {velden['datum']:%d-%m-%Y} al een {er_is.get_soort_display()} geregistreerd"
            f"{f' ({er_is.discipline})' if er_is.discipline else ''}. Wat disciplines samen doen, telt één keer. Is dit"
            " een andere, vink dat dan aan."
        )
    return registreer(Activiteit, door=door, **velden)


def registreer_consult(*, door: Medewerker, **velden: Any) -> Consult:
    """A consult with `CONSULTVELDEN`; Geweigerd for a day to come."""
    _gedaan(velden["datum"])
    return registreer(Consult, door=door, **_op_volgorde(velden))


def corrigeer_activiteit(rij: A, *, reden: str, door: Medewerker, **velden: Any) -> A:
    """An activity or consult was otherwise than registered; Geweigerd for a day to come, or when nothing differs."""
    velden = _op_volgorde(velden)
    if all(getattr(rij, veld) == waarde for veld, waarde in velden.items()):
        raise Geweigerd("Er is niets gewijzigd.")
    _gedaan(velden.get("datum", rij.datum))
    return herzie(rij, reden=reden, door=door, **velden)


def trek_activiteit_in(rij: Activiteit | Consult, *, reden: str, door: Medewerker) -> None:
    """It was registered twice, or never took place: no figure counts it from now on."""
    laat_vervallen(rij, reden=reden, door=door)


def zelfde_dag(team: Team, soort: int, datum: date) -> Activiteit | None:
    """What a team has registered of a kind for a day, as one knows now; the first that was."""
    rijen = Activiteit.objects.bekend_op(None).filter(team=team, soort=soort, datum=datum)
    return rijen.order_by("geregistreerd_op", "pk").first()


def disciplines(teams: QuerySet[Team], *erbij: str) -> list[str]:
    """What one can choose from: the disciplines of who works in the teams, and `erbij`."""
    namen = Aanstelling.objects.filter(team__in=teams).values_list("discipline", flat=True).distinct()
    return sorted({*namen, *erbij} - {""}, key=str.lower)


def _op_volgorde(velden: dict[str, Any]) -> dict[str, Any]:
    """What followed in the order of its list, once each, as an overdracht stores it."""
    return velden | ({"vervolg": sorted(set(velden["vervolg"]))} if "vervolg" in velden else {})


def _gedaan(datum: date) -> None:
    if datum > timezone.localdate():
        raise Geweigerd("Deze dag ligt in de toekomst: registreer wat er is gedaan.")
