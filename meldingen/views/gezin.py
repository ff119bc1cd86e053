"""The people of a household: who lives here, how they are related, who else works with them, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import workflow as huishoudens
from households.gezag import gezag_over, is_volwassen
from households.leden import relaties_voor
from households.models import Huishouden, Persoon, Relatie, Relatiesoort
from households.wonen import huishoudnaam
from meldingen.dossierlijn import Dossier, dossier, herkomst
from meldingen.forms import gezin as formulieren
from meldingen.forms.velden import Handeling
from meldingen.views.mensen import Mensen, grond, lopende_noodtoegang, mensen
from teams.access import Actie, mag, zichtbaar
from teams.gronden import HUISHOUDEN
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist

WIJZIGEN = (
    formulieren.Geboorteformulier,
    formulieren.Intrekformulier,
    formulieren.Nieuwlidformulier,
    formulieren.Splitsformulier,
    formulieren.Verhuisformulier,
    formulieren.Samenvoegformulier,
    formulieren.Overlijdenformulier,
    formulieren.Rolformulier,
)


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """Who belongs to the household, and what can change there."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Handeling[Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    huishouden = lees(Huishouden, pk, spoor=request.spoor)
    wie_is_wie = mensen(pk, request.spoor)
    forms = _Formulieren(request, huishouden, formulier)
    wijzigingen = _wijzigingen(huishouden, wie_is_wie, request)
    relaties, namen = _relaties(huishouden, request)
    return render(
        request,
        "meldingen/gezin.html",
        {
            "huishouden": huishouden,
            "naam": huishoudnaam(gezien.rij for gezien in wie_is_wie.bewoners if gezien.leesbaar),
            "mensen": wie_is_wie,
            "noodtoegang": lopende_noodtoegang(pk, grond(huishouden), request.spoor),
            "wijzigen": forms.wijzigen(wie_is_wie),
            "relatieformulier": forms.een(formulieren.Relatieformulier),
            "ketenpartnerformulier": forms.een(formulieren.Ketenpartnerformulier),
            "relaties": [
                (rij, wat, forms.einde(formulieren.Relatieeindeformulier, rij)) for rij, wat in relaties
            ],
            "instemmingen": _instemmingen(wie_is_wie, namen, request),
            "ketenpartners": [
                (rij, forms.einde(formulieren.Ketenpartnereindeformulier, rij))
                for rij in huishouden.ketenpartners.order_by("tot", "organisatie", "pk")
            ],
            "regels": [
                (regel, None if regel.vervallen else forms.een(formulieren.Ongedaanformulier, regel.sleutel))
                for regel in wijzigingen.regels
            ],
            "herkomst": herkomst(wijzigingen.regels),
            "formulier": formulier,
            "zonder_plaats": forms.zonder_plaats,
            "versie": huishoudens.gezinsversie(pk),
        },
        status=status,
    )


class _Formulieren:
    """The forms of the page, none for who may only read; the one that was filled in wrong takes its place."""

    def __init__(self, request: Verzoek, huishouden: Huishouden, ingevuld: Handeling[Any] | None) -> None:
        self._spoor, self._huishouden, self._ingevuld = request.spoor, huishouden, ingevuld
        self._geplaatst = False
        self._werken = mag(request.spoor.wie, Actie.WERKEN, huishouden)

    def een(self, soort: type[Handeling[Huishouden]], doel: int | None = None) -> Handeling[Any] | None:
        if not self._werken:
            return None
        formulier = soort(self._huishouden, self._spoor, doel=doel)
        if self._ingevuld and self._ingevuld.sleutel == formulier.sleutel:
            self._geplaatst = True
            return self._ingevuld
        return formulier

    def einde(self, soort: type[Handeling[Huishouden]], rij: Any) -> Handeling[Any] | None:
        return None if rij.tot else self.een(soort, rij.pk)

    def wijzigen(self, wie_is_wie: Mensen) -> list[Handeling[Any]]:
        soorten: list[type[Handeling[Huishouden]]] = [*WIJZIGEN]
        vertrekt = self._ingevuld and self._ingevuld.route == formulieren.Vertrekformulier.route
        if vertrekt or any(gezien.ook_in for gezien in wie_is_wie.bewoners):
            soorten.append(formulieren.Vertrekformulier)
        return [formulier for soort in soorten if (formulier := self.een(soort))]

    @property
    def zonder_plaats(self) -> Handeling[Any] | None:
        """The form that was filled in, where what it was about is gone."""
        return None if self._geplaatst else self._ingevuld


def _wijzigingen(huishouden: Huishouden, wie_is_wie: Mensen, request: Verzoek) -> Dossier:
    """The lines about what changed here, and the names and households that the reader may know of."""
    gelogd = [gezien.rij.persoon_id for gezien in wie_is_wie.bewoners if gezien.leesbaar]
    alles = dossier(huishouden.pk, {}, gelogd, request.spoor)
    regels = [regel for regel in alles.regels if regel.soort == "gezinswijziging"]
    return Dossier(regels, alles.namen)


def _relaties(huishouden: Huishouden, request: Verzoek) -> tuple[list[tuple[Relatie, str]], dict[int, str]]:
    """The relations in words, and how everybody in them is called.

    Who doesn't live here by name for who may read, masked for others, and logged.
    """
    wie = request.spoor.wie
    rijen = list(relaties_voor(huishouden, wie, Actie.LEZEN))
    sleutels = {pk for rij in rijen for pk in (rij.van_id, rij.naar_id)}
    leesbaar = set(zichtbaar(Persoon, wie, Actie.LEZEN).filter(pk__in=sleutels).values_list("pk", flat=True))
    bekend = list(zichtbaar(Persoon, wie, Actie.ZIEN).filter(pk__in=sleutels))
    leg_vast(bekend, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    namen = {rij.pk: rij.naam if rij.pk in leesbaar else rij.gemaskeerd for rij in bekend}
    return [
        (rij, f"{namen[rij.van_id]}: {Relatiesoort(rij.soort).label} {namen[rij.naar_id]}") for rij in rijen
    ], namen


def _instemmingen(
    wie_is_wie: Mensen, bekend: Mapping[int, str], request: Verzoek
) -> list[tuple[Persoon, str, str]]:
    """Who has to agree with help for each child that lives here, and what has to be known first."""
    dag, regels = request.spoor.wie.dag, []
    for gezien in wie_is_wie.bewoners:
        kind = gezien.rij.persoon
        if not gezien.leesbaar or not kind.geboortedatum or is_volwassen(kind, dag):
            continue
        instemming = gezag_over(kind, dag)
        namen = [kind.naam] * instemming.zelf
        namen += [bekend.get(drager.pk, "nog iemand met gezag") for drager in instemming.gezagdragers]
        regels.append((kind, ", ".join(namen), instemming.ontbreekt))
    return regels
