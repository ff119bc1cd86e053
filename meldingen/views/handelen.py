"""What every address that changes something has in common: let in, check, do, log, and lose no words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from meldingen.forms.velden import Handeling
from teams.access import Actie, mag
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.lezen import lees
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek

R = TypeVar("R", bound=Model)
Toon = Callable[..., HttpResponse]


class Niet(Exception):
    """Nothing is changed, and the page is shown again with what was typed; `status` is that of the answer."""

    def __init__(self, formulier: Handeling[Any], status: int) -> None:
        self.formulier, self.status = formulier, status


def handel(
    request: Verzoek,
    rijen: QuerySet[R],
    pk: int,
    maak: Callable[[R], Handeling[R]],
    doe: Callable[[R, dict[str, Any]], str],
    *,
    toon: Toon,
    pagina: str,
    actie: Actie = Actie.WERKEN,
    reden: str = "",
) -> HttpResponse:
    """Do with the row what the form says; `doe` returns what to tell the user.

    Afterwards one goes to `pagina`, or home when the row isn't for this reader any more. When the form is wrong
    or the workflow refuses, `toon(request, pk, formulier, status)` shows the page again, nothing was changed, and
    the log has no change either.
    """
    try:
        with transaction.atomic():
            rij = lees(rijen, pk, spoor=request.spoor, actie=actie, handeling=Logregel.GEWIJZIGD, reden=reden)
            formulier = maak(rij)
            if not formulier.is_valid():
                raise Niet(formulier, status=200)
            try:
                bericht = doe(rij, formulier.schoon())
            except Geweigerd as fout:
                formulier.add_error(None, str(fout))
                raise Niet(formulier, status=409) from fout
    except Niet as niet:
        if niet.formulier.weigering:
            niet.formulier.weigering.save()
        return toon(request, pk, niet.formulier, niet.status)
    messages.success(request, bericht)
    leesbaar = mag(Wie.van(request.user), Actie.LEZEN, rij)
    return HttpResponseRedirect(resolve_url(pagina, pk) if leesbaar else "/", status=303)
