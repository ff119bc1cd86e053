"""The page of the werkvoorraad, as every view around it shows it: also again, with what could not be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from meldingen.agenda import gesprekken_van
from meldingen.forms.keuzelijsten import Keuzelijsten
from meldingen.forms.verdelen import Verdelen
from meldingen.forms.werkvoorraad import FilterBewaren, Keuzes, mogelijke_lijsten
from meldingen.models import BewaardFilter, Gesprek, Melding, Opschaling
from meldingen.rijen import maak_rijen, onlangs_nagekomen
from meldingen.voorraad import Lijst, Volgorde, Voorraad, Vraag
from teams.access import Actie, mag_ooit, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import BEWAARD_FILTER, MELDING, Wie
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling
from teams.toegang import Verzoek

PER_BLADZIJDE = 25
IN_DE_WAARSCHUWING = 10
SEE_OTHER = 303
CONFLICT = 409

NAMEN = {
    Lijst.VAN_MIJ: "Van mij",
    Lijst.TEAM: "Mijn team",
    Lijst.TRIAGE: "Triage",
    Lijst.TERUGBELLEN: "Terugbellen",
    Lijst.ALLES: "Alles",
}
KOLOMMEN = (
    (Volgorde.NUMMER, "Nummer"),
    (None, "Huishouden en vraag"),
    (Volgorde.FASE, "Fase"),
    (Volgorde.LEEFTIJD, "Oud"),
    (Volgorde.TERMIJN, "Termijn"),
    (None, "Contactpersoon"),
    (Volgorde.BEHANDELAAR, "Behandelaar"),
)


@dataclass(frozen=True)
class Kolom:
    """A heading; `volgorde` is what a click on it asks for, `richting` how it is sorted by it now."""

    naam: str
    volgorde: str
    richting: str


def toon(
    request: Verzoek,
    invoer: QueryDict,
    *,
    status: int = 200,
    verdelen: Verdelen | None = None,
    bewaren: FilterBewaren | None = None,
) -> HttpResponse:
    """The list that `invoer` asks for; with forms that were filled in before, as they were."""
    spoor = request.spoor
    wie = spoor.wie
    lijsten = Keuzelijsten.voor(wie)
    keuzes = Keuzes(invoer, wie, lijsten)
    voorraad, vraag = Voorraad(wie), keuzes.vraag
    per_fase = voorraad.per_fase(vraag)
    plaatsen = range(voorraad.aantal(vraag, per_fase))
    bladzijde = Paginator(plaatsen, PER_BLADZIJDE).get_page(invoer.get("pagina"))
    sleutels = voorraad.rijen(vraag, max(bladzijde.start_index() - 1, 0), bladzijde.end_index())
    per_lijst = voorraad.per_lijst()
    te_lang = list(voorraad.te_lang_onopgepakt().select_related("team")[: IN_DE_WAARSCHUWING + 1])
    inhoud: dict[str, Any] = {
        "keuzes": keuzes,
        "adres": keuzes.adres,
        "pagina": _adres(keuzes.gekozen_lijst, wie),
        "lijst": keuzes.gekozen_lijst.value,
        "titel": NAMEN[keuzes.gekozen_lijst],
        "tabs": [(lijst.value, NAMEN[lijst], per_lijst[lijst]) for lijst in keuzes.lijsten],
        "fasen": [(fase, aantal) for fase, aantal in per_fase.items() if aantal or fase == vraag.fase],
        "kolommen": _kolommen(vraag),
        "bladzijde": bladzijde,
        "bladnummers": bladzijde.paginator.get_elided_page_range(bladzijde.number),
        "rijen": maak_rijen(sleutels, spoor),
        "te_lang": te_lang[:IN_DE_WAARSCHUWING],
        "te_lang_meer": len(te_lang) > IN_DE_WAARSCHUWING,
        "antwoorden": _antwoorden(spoor),
        "agenda": _agenda(spoor),
        "nu": wie.moment,
        "nagekomen": onlangs_nagekomen(spoor) if keuzes.gekozen_lijst is Lijst.TERUGBELLEN else [],
        "filters": _filters(wie),
    }
    if mag_ooit(wie, Actie.VERDELEN, MELDING) and keuzes.gekozen_lijst is not Lijst.TERUGBELLEN:
        inhoud["verdelen"] = verdelen or Verdelen(wie, lijsten)
    if mag_ooit(wie, Actie.WERKEN, BEWAARD_FILTER):
        inhoud["bewaren"] = bewaren or FilterBewaren(wie, lijsten)
    return render(request, "meldingen/werkvoorraad.html", inhoud, status=status)


def _antwoorden(spoor: Spoor) -> list[Opschaling]:
    """The answers to what the reader asked of another team and hasn't read yet, the longest first."""
    mijn = Opschaling.objects.ongelezen().filter(gevraagd_door=spoor.wie.medewerker).select_related("team")
    rijen = list(zichtbaar(mijn, spoor.wie, Actie.LEZEN).order_by("beantwoord_op")[:IN_DE_WAARSCHUWING])
    leg_vast(rijen, spoor=spoor, handeling=Handeling.IN_LIJST)
    return rijen


def _agenda(spoor: Spoor) -> list[tuple[Gesprek, Melding]]:
    """The gesprekken to which the reader goes, each with its melding; logged as any list. Four statements."""
    gesprekken = list(gesprekken_van(spoor.wie))
    pks = [gesprek.melding_id for gesprek in gesprekken]
    rijen = zichtbaar(Melding.objects.filter(pk__in=pks), spoor.wie, Actie.LEZEN).select_related("persoon")
    meldingen = {rij.pk: rij for rij in (rijen if pks else ())}
    leg_vast(meldingen.values(), spoor=spoor, handeling=Handeling.IN_LIJST)
    return [(gesprek, meldingen[gesprek.melding_id]) for gesprek in gesprekken]


def weiger(request: Verzoek, fout: Geweigerd, **formulieren: Any) -> HttpResponse:
    """The list that somebody came from, with why it could not be done."""
    messages.error(request, str(fout))
    return toon(request, terug_naar(request), status=CONFLICT, **formulieren)


def klaar(request: Verzoek, bericht: str) -> HttpResponse:
    """Back to the list that somebody came from, with what was done."""
    messages.success(request, bericht)
    vraag = terug_naar(request)
    adres = _adres(Lijst.ALLES, request.spoor.wie)
    return HttpResponseRedirect(f"{adres}?{vraag.urlencode()}" if vraag else adres, status=SEE_OTHER)


def terug_naar(request: Verzoek) -> QueryDict:
    """The query of the list that a form was on, which came along in it."""
    return QueryDict(request.POST.get("terug", "")[:2000])


def _adres(lijst: Lijst, wie: Wie) -> str:
    """The address of the page; who has no meldingen has their promises on one of its own."""
    alleen_bellen = mogelijke_lijsten(wie) == [Lijst.TERUGBELLEN]
    return reverse("terugbelverzoeken" if alleen_bellen else "werkvoorraad")


def _kolommen(vraag: Vraag) -> list[Kolom]:
    kolommen = []
    for volgorde, naam in KOLOMMEN:
        nu = vraag.volgorde is volgorde
        richting = ("descending" if vraag.aflopend else "ascending") if nu else ""
        anders = f"-{volgorde}" if nu and not vraag.aflopend else volgorde
        kolommen.append(Kolom(naam, str(anders or ""), richting))
    return kolommen


def _filters(wie: Wie) -> list[BewaardFilter]:
    """Those of the reader, and those that were shared with a team of theirs."""
    gezien = zichtbaar(BewaardFilter, wie, Actie.LEZEN)
    return list(gezien.select_related("team", "medewerker").order_by("naam", "pk"))
