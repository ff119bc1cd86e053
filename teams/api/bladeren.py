"""Pages of a list by cursor: what is added meanwhile moves nothing, and page a thousand costs what the first does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

M = TypeVar("M", bound=Model)
STANDAARD, HOOGSTENS = 25, 100
ZOUT = "teams.api.bladeren"
VERWACHT_GROOTTE = f"Een getal van 1 tot en met {HOOGSTENS}."
VERWACHT_VANAF = "De waarde uit volgende van het vorige antwoord; laat de parameter weg voor het begin."
DUBBEL = "Deze parameter mag maar één keer voorkomen."


def parameters(request: Request, *namen: str) -> dict[str, str]:
    """The parameters of the address; 400 for one that is unknown or comes twice, or no text that a database holds."""
    bekend = (*namen, "paginaGrootte", "vanaf")
    fouten: dict[str, list[str]] = {}
    for naam, waarden in request.query_params.lists():
        if naam not in bekend:
            fouten["parameters"] = [f"Dit adres kent alleen deze parameters: {', '.join(bekend)}."]
        elif len(waarden) > 1:
            fouten[naam] = [DUBBEL]
        elif "\x00" in waarden[0]:
            fouten[naam] = ["Verwacht tekst."]
    if fouten:
        raise ValidationError(fouten)
    return {naam: str(waarden[0]) for naam, waarden in request.query_params.lists()}


def nieuwste_eerst(request: Request, rijen: QuerySet[M]) -> tuple[list[M], str | None]:
    """One page of rows by key, the last first, and where the next one begins; None at the end. One statement."""
    grootte, vanaf = _lees(request, "sleutel")
    if vanaf is not None:
        rijen = rijen.filter(pk__lt=vanaf)
    gevonden = list(rijen.order_by("-pk")[: grootte + 1])
    meer = len(gevonden) > grootte
    gevonden = gevonden[:grootte]
    return gevonden, _volgende(request, "sleutel", gevonden[-1].pk) if meer else None


def op_rang(request: Request, pagina: Callable[[int, int], list[Any]]) -> tuple[list[Any], str | None]:
    """One page of what is ordered by how well it fits; `pagina` gives rows from and up to a place."""
    grootte, vanaf = _lees(request, "plaats")
    begin = vanaf or 0
    gevonden = pagina(begin, begin + grootte + 1)
    meer = len(gevonden) > grootte
    return gevonden[:grootte], _volgende(request, "plaats", begin + grootte) if meer else None


def _lees(request: Request, soort: str) -> tuple[int, int | None]:
    fouten = {}
    grootte, vanaf = STANDAARD, None
    if (tekst := request.query_params.get("paginaGrootte")) is not None:
        if tekst.isascii() and tekst.isdigit() and len(tekst) < 4 and 1 <= int(tekst) <= HOOGSTENS:
            grootte = int(tekst)
        else:
            fouten["paginaGrootte"] = [VERWACHT_GROOTTE]
    if (teken := request.query_params.get("vanaf")) is not None:
        try:
            naam, vanaf = signing.loads(teken, salt=ZOUT)
            if naam != f"{request.path}:{soort}":
                raise signing.BadSignature
        except (signing.BadSignature, ValueError, TypeError):
            fouten["vanaf"] = [VERWACHT_VANAF]
    if fouten:
        raise ValidationError(fouten)
    return grootte, vanaf


def _volgende(request: Request, soort: str, plaats: int) -> str:
    """The address of the next page; the cursor is sealed, so that nobody makes one up or uses it elsewhere."""
    vragen = request.query_params.copy()
    vragen["vanaf"] = signing.dumps([f"{request.path}:{soort}", plaats], salt=ZOUT)
    return request.build_absolute_uri(f"{request.path}?{vragen.urlencode()}")
