"""The page of a melding: what, who, how far, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from households.tijdlijn import Regel
from meldingen import workflow
from meldingen.forms import besluiten as aanvraagformulieren
from meldingen.forms import gesprek as gesprekformulieren
from meldingen.forms import melding as formulieren
from meldingen.forms.termijn import Verdaagformulier
from meldingen.forms.velden import Handeling
from meldingen.models import Melding, Status
from meldingen.stadia import voortgang
from meldingen.termijnen import spoed_uiterlijk_op
from meldingen.tijdlijn import tijdlijn
from meldingen.verloop import termijnen_van
from meldingen.views.mensen import grond, lopende_noodtoegang, mensen
from meldingen.views.opschalingzicht import van_huishouden
from meldingen.wettermijnen import Wettermijn
from meldingen.workflow import STAPPEN, versie
from teams.access import Actie, mag, zichtbaar
from teams.gronden import MELDING
from teams.lezen import lees
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from voorzieningen.models import Aanvraag

KAN_VRAGEN = (
    Status.ONTVANGEN,
    Status.GESPREK,
    Status.ONDERZOEK,
    Status.ONDERZOEK_AFGEROND,
    Status.PLAN_AKKOORD,
)
"""Where a resident can ask for a maatwerkvoorziening; the verb says whether it is time."""
WERK = (
    formulieren.Oppakformulier,
    formulieren.Toewijsformulier,
    gesprekformulieren.Gesprekformulier,
    formulieren.Kenmerkenformulier,
)
HERSTEL = (
    formulieren.Terugdraaiformulier,
    formulieren.Vergissingformulier,
    formulieren.Koppelformulier,
)


@vereist(Actie.LEZEN, MELDING)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """The page; with `?afdruk` as it goes on paper, which the log says."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Handeling[Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    afdruk = "afdruk" in request.GET
    rijen = Melding.objects.select_related("persoon", "huishouden", "team", "behandelaar")
    melding = lees(
        rijen.prefetch_related("levensgebieden"),
        pk,
        spoor=request.spoor,
        handeling=Logregel.AFGEDRUKT if afdruk else Logregel.GEOPEND,
    )
    gezien = versie(melding)
    regels = tijdlijn([melding.pk])
    werken = not afdruk and mag(request.spoor.wie, Actie.WERKEN, melding)
    handelingen = _Handelingen(request, melding, regels, formulier) if werken else None
    termijnen = termijnen_van(melding)
    return render(
        request,
        "meldingen/melding.html",
        {
            "melding": melding,
            "gesprekken": [regel.rij for regel in regels if regel.soort == "gesprek"],
            "voortgang": voortgang(melding, termijnen, timezone.localdate()),
            "spoed_voor": spoed_uiterlijk_op(melding)
            if melding.spoed and not melding.is_klaar and not melding.behandelaar_id
            else None,
            "regels": handelingen.regels if handelingen else [(regel, None) for regel in regels],
            "mensen": mensen(melding.huishouden_id, request.spoor, behalve=melding),
            "huishouden_bekend": melding.huishouden
            and mag(request.spoor.wie, Actie.ZIEN, melding.huishouden),
            "noodtoegang": lopende_noodtoegang(melding.huishouden_id, grond(melding), request.spoor),
            "handelingen": handelingen,
            "formulier": formulier,
            "versie": gezien,
            **_aanvraag(melding, termijnen, request.spoor.wie.dag),
            "opschalingen": van_huishouden(melding.huishouden_id, request.spoor, werken=False),
            "post": zichtbaar(melding.poststukken.order_by("pk"), request.spoor.wie, Actie.LEZEN).defer(
                "tekst"
            ),
            "afdruk": afdruk,
            "gedrukt_op": timezone.now(),
        },
        status=status,
    )


def _aanvraag(melding: Melding, termijnen: list[Wettermijn], dag: date) -> dict[str, Any]:
    """What the page shows of terms, aanvraag and besluiten; three statements."""
    getoond = [
        {
            "wat": termijn.wat,
            "waarom": termijn.waarom,
            "uiterlijk": termijn.uiterlijk,
            "gedaan_op": termijn.gedaan_op,
            "dagen": (over := termijn.dagen_over(dag)),
            "te_laat": -over if over is not None and over < 0 else 0,
        }
        for termijn in termijnen
    ]
    aanvraag = Aanvraag.objects.filter(melding=melding).first()
    besluiten = (
        list(melding.besluiten.select_related("voorziening__groep").order_by("pk")) if aanvraag else []
    )
    return {
        "termijnen": getoond,
        "aanvraag": aanvraag,
        "besluiten": besluiten,
        "mag_besluit": not workflow.geen_besluit(melding),
    }


class _Handelingen:
    """The forms of the page, and the lines of the tijdlijn each with what can be done about it.

    The form that was filled in wrong takes the place of the empty one; `zonder_plaats` is that form where what it
    was about is gone, so that what was typed is still there.
    """

    def __init__(
        self, request: Verzoek, melding: Melding, regels: list[Regel], ingevuld: Handeling[Any] | None
    ) -> None:
        self._spoor, self._melding, self._ingevuld = request.spoor, melding, ingevuld
        self._geplaatst = False
        stappen = [self._form(formulieren.Stapformulier, werkwoord) for werkwoord in STAPPEN]
        self.kan = [stap for stap in stappen if not stap.beletsel or stap.is_bound]
        self.kan_niet = [stap for stap in stappen if stap.beletsel]
        self.notitie = self._form(formulieren.Notitieformulier)
        self.werk = [*map(self._form, WERK), *self._contactpersoon()]
        self.herstel = [*map(self._form, HERSTEL), *self._ongedaan(regels)]
        self.aanvraag = list(self._aanvraagformulieren())
        self.regels = [(regel, self._bij(regel)) for regel in regels]
        self.zonder_plaats = None if self._geplaatst else ingevuld

    def _bij(self, regel: Regel) -> Handeling[Any] | None:
        if regel.vervallen:
            return None
        if regel.soort == "feit":
            formulier = self._form(formulieren.Correctieformulier, regel.sleutel, feit=regel.rij)
            return None if formulier.beletsel else formulier
        return None

    def _aanvraagformulieren(self) -> Iterator[Handeling[Any]]:
        """What can be done with the aanvraag now."""
        aanvraag = Aanvraag.objects.filter(melding=self._melding).prefetch_related("opschortingen").first()
        if aanvraag is None:
            if self._melding.status in KAN_VRAGEN:
                yield self._form(aanvraagformulieren.Aanvraagformulier)
        elif not self._melding.is_klaar:
            stil = any(rij.tot is None for rij in aanvraag.opschortingen.all())
            soort = aanvraagformulieren.Ophefformulier if stil else aanvraagformulieren.Opschortformulier
            yield self._form(soort)
            if not stil:
                yield self._form(Verdaagformulier)

    def _contactpersoon(self) -> Iterator[Handeling[Any]]:
        huishouden = self._melding.huishouden
        if huishouden and mag(self._spoor.wie, Actie.WERKEN, huishouden):
            yield self._form(formulieren.Contactpersoonformulier)

    def _ongedaan(self, regels: list[Regel]) -> Iterator[Handeling[Any]]:
        if sum(regel.soort == "koppeling" for regel in regels) > 1:
            yield self._form(formulieren.Koppelingterugformulier)
        if self._melding.persoon and mag(self._spoor.wie, Actie.WERKEN, self._melding.persoon):
            yield self._form(formulieren.Gelijkstelformulier)
            for rij in formulieren.gelijkstellingen(self._melding):
                yield self._form(formulieren.Losmaakformulier, rij.pk, gelijkstelling=rij)

    def _form(self, soort: Any, doel: Any = None, **extra: Any) -> Handeling[Any]:
        formulier: Handeling[Any] = soort(self._melding, self._spoor, doel=doel, **extra)
        if self._ingevuld and self._ingevuld.sleutel == formulier.sleutel:
            self._geplaatst = True
            return self._ingevuld
        return formulier
