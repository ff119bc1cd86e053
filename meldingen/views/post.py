"""The triage: mail of which nobody made anything yet, and each mail with what one can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from meldingen import workflow
from meldingen.forms import post as formulieren
from meldingen.forms.velden import Handeling
from meldingen.klantinteracties.onvolledig import NAMEN, contacten
from meldingen.klantinteracties.onvolledig import Lijst as Contactlijst
from meldingen.models import Bijlage, Poststuk
from meldingen.postbus.ophalen import LAATST
from meldingen.views.handelen import handel
from teams.access import Actie, mag, mag_ooit, zichtbaar
from teams.gronden import KLANTINTERACTIE, POSTSTUK, Wie
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling

PER_BLADZIJDE = 25
TE_VERDELEN, TEGENGEHOUDEN = "mail", "tegengehouden"
GEWEERD = {TE_VERDELEN: "Mail", TEGENGEHOUDEN: "Tegengehouden mail"}
NEUTRAAL = "application/octet-stream"
"""A file of a stranger is never shown by the browser, whatever it says it is."""


@require_safe
@vereist(Actie.VERDELEN, POSTSTUK)
def triage(request: Verzoek) -> HttpResponse:
    """What waits for somebody: mail first, what was kept out apart, and the contacts of the KCC beside it."""
    wie = request.spoor.wie
    gekozen = TEGENGEHOUDEN if request.GET.get("lijst") == TEGENGEHOUDEN else TE_VERDELEN
    rijen = per_lijst(wie)[gekozen].select_related("melding").defer("tekst")
    bladzijde = Paginator(rijen.annotate(aantal_bijlagen=Count("bijlagen")), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    getoond = list(bladzijde.object_list)
    leg_vast(getoond, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    inhoud = {
        "lijst": gekozen,
        "tabs": tabs(wie),
        "rijen": getoond,
        "adres": request.GET,
        "bladzijde": bladzijde,
        "bladnummers": bladzijde.paginator.get_elided_page_range(bladzijde.number),
        "postbus": bool(settings.POSTBUS_URL),
        "laatst": cache.get(LAATST) if settings.POSTBUS_URL else None,
    }
    return render(request, "meldingen/triage.html", inhoud)


def per_lijst(wie: Wie) -> dict[str, Any]:
    """The mails of each list, for this reader."""
    return {
        TE_VERDELEN: zichtbaar(Poststuk.objects.te_verdelen(), wie, Actie.VERDELEN),
        TEGENGEHOUDEN: zichtbaar(Poststuk.objects.tegengehouden(), wie, Actie.VERDELEN),
    }


def tabs(wie: Wie) -> list[tuple[str, str, str, int]]:
    """The lists of the triage: key, address, name and how many; those of the KCC for who may divide them."""
    van_mail = [
        (lijst, f"{reverse('triage')}?lijst={lijst}", GEWEERD[lijst], rijen.count())
        for lijst, rijen in per_lijst(wie).items()
    ]
    if not mag_ooit(wie, Actie.VERDELEN, KLANTINTERACTIE):
        return van_mail
    return van_mail + [
        (
            lijst,
            f"{reverse('kcc-contacten')}?lijst={lijst}",
            f"Contacten KCC: {NAMEN[lijst].lower()}",
            zichtbaar(contacten(lijst, wie.moment), wie, Actie.VERDELEN).count(),
        )
        for lijst in Contactlijst
    ]


@vereist(Actie.LEZEN, POSTSTUK)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """A mail as text, its files, and what one can do with it."""
    return _toon(request, pk)


def _toon(
    request: Verzoek, pk: int, ingevuld: Handeling[Any] | None = None, status: int = 200
) -> HttpResponse:
    poststuk = lees(
        Poststuk.objects.select_related("melding", "persoon", "afgehandeld_door"), pk, spoor=request.spoor
    )
    open_ = poststuk.afgehandeld_op is None and mag(request.spoor.wie, Actie.VERDELEN, poststuk)
    inhoud = {
        "poststuk": poststuk,
        "bijlagen": poststuk.bijlagen.defer("inhoud").order_by("pk"),
        "handelingen": [
            ingevuld if isinstance(ingevuld, soort) else soort(poststuk, request.spoor)
            for soort in (_FORMULIEREN if poststuk.geweerd is None else (formulieren.Toelaten,))
        ]
        if open_
        else [],
        "maakbaar": open_ and poststuk.geweerd is None,
        "melding_zichtbaar": poststuk.melding and mag(request.spoor.wie, Actie.LEZEN, poststuk.melding),
        "formulier": ingevuld,
    }
    return render(request, "meldingen/poststuk.html", inhoud, status=status)


_FORMULIEREN = (formulieren.Meldingformulier, formulieren.Inwonerformulier, formulieren.Wegleggen)


@vereist(Actie.VERDELEN, POSTSTUK)
@handeling("poststuk")
def bij_melding(request: Verzoek, pk: int) -> HttpResponse:
    """It belongs to a melding that runs."""

    def doe(poststuk: Poststuk, schoon: dict[str, Any]) -> str:
        workflow.voeg_poststuk_toe(poststuk, schoon["melding"], door=request.user)
        return f"De mail is toegevoegd aan melding {schoon['melding'].nummer}."

    return _doe(request, pk, formulieren.Meldingformulier, doe)


@vereist(Actie.VERDELEN, POSTSTUK)
@handeling("poststuk")
def bij_inwoner(request: Verzoek, pk: int) -> HttpResponse:
    """It is about somebody known."""

    def doe(poststuk: Poststuk, schoon: dict[str, Any]) -> str:
        workflow.leg_poststuk_bij(poststuk, schoon["persoon"], door=request.user)
        return f"De mail ligt bij inwoner {schoon['persoon'].pk}."

    return _doe(request, pk, formulieren.Inwonerformulier, doe)


@vereist(Actie.VERDELEN, POSTSTUK)
@handeling("poststuk")
def afdoen(request: Verzoek, pk: int) -> HttpResponse:
    """Nothing more has to be done."""

    def doe(poststuk: Poststuk, schoon: dict[str, Any]) -> str:
        workflow.leg_poststuk_weg(poststuk, door=request.user, **schoon)
        return "De mail is weggelegd."

    return _doe(request, pk, formulieren.Wegleggen, doe)


@vereist(Actie.VERDELEN, POSTSTUK)
@handeling("poststuk")
def toelaten(request: Verzoek, pk: int) -> HttpResponse:
    """It was kept out, and is of somebody after all."""

    def doe(poststuk: Poststuk, schoon: dict[str, Any]) -> str:
        workflow.laat_toe(poststuk, door=request.user)
        return "De mail staat nu bij de andere mails."

    return _doe(request, pk, formulieren.Toelaten, doe)


def _doe(
    request: Verzoek,
    pk: int,
    formulier: type[Handeling[Poststuk]],
    doe: Callable[[Poststuk, dict[str, Any]], str],
) -> HttpResponse:
    """Afterwards one goes on with the next."""
    antwoord = handel(
        request,
        Poststuk.objects.all(),
        pk,
        lambda rij: formulier(rij, request.spoor, request.POST),
        doe,
        toon=_toon,
        pagina="poststuk",
        actie=Actie.VERDELEN,
    )
    return HttpResponseRedirect(reverse("triage"), status=303) if antwoord.status_code == 303 else antwoord


@vereist(Actie.LEZEN, POSTSTUK)
@require_safe
def bijlage(request: Verzoek, pk: int, bijlage: int) -> HttpResponse:
    """A file to save: never shown, and of no kind that a browser would do anything with."""
    poststuk = lees(Poststuk, pk, spoor=request.spoor, handeling=Logregel.GEEXPORTEERD)
    rij = Bijlage.objects.filter(poststuk=poststuk, pk=bijlage, inhoud__isnull=False).first()
    if rij is None or rij.inhoud is None:
        raise Http404
    return HttpResponse(
        bytes(rij.inhoud),
        content_type=NEUTRAAL,
        headers={
            "Content-Disposition": content_disposition_header(True, rij.naam),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
