"""For the FG: who read whom, what a resident may ask about that, and whether a noodtoegang was right."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from households import workflow
from households.forms.toezicht import LogboekForm, OordeelForm, ZoekForm
from households.logboek import TEL_TOT, TERUGBLIK_DAGEN, blader, opvallend
from households.models import Noodtoegang, Persoon
from households.uittreksel import wie_keek_er
from households.zoeken import Kandidaat, vind
from teams.access import Actie, gronden, mag_ooit, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import HUISHOUDEN, INZAGE, NOODTOEGANG, PERSOON
from teams.lezen import lees, leg_vast
from teams.models import Handeling, Inzage
from teams.toegang import Verzoek, vereist

PER_PAGINA = 25


@vereist(Actie.LEZEN, INZAGE)
@require_safe
def logboek(request: Verzoek) -> HttpResponse:
    """Who saw what; that somebody looks here is a line of it, too, about whom they asked for."""
    form = LogboekForm(request.GET)
    if not form.is_valid():
        return render(request, "households/logboek.html", {"form": form}, status=400)
    gekozen = form.cleaned_data
    request.spoor.regel(
        INZAGE,
        Handeling.GEOPEND,
        toegestaan=True,
        grond=next(iter(gronden(request.spoor.wie, Actie.LEZEN, INZAGE))),
        persoon=gekozen["persoon"],
        huishouden=gekozen["huishouden"],
    ).save()
    alles = zichtbaar(Inzage, request.spoor.wie, Actie.LEZEN)
    context = {
        "form": form,
        "gefilterd": any(gekozen.values()),
        "bladzijde": blader(
            form.filter(alles).select_related("medewerker", "team"),
            voor=_sleutel(request, "voor"),
            na=_sleutel(request, "na"),
        ),
        "opvallend": opvallend(alles),
        "tel_tot": TEL_TOT,
        "terugblik": timezone.localdate() - timedelta(days=TERUGBLIK_DAGEN),
    }
    return render(request, "households/logboek.html", context)


def _sleutel(request: Verzoek, naam: str) -> int | None:
    """The key of a line in the address; None for what can't be one."""
    tekst = request.GET.get(naam, "")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else None


@vereist(Actie.LEZEN, INZAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def zoek_inwoner(request: Verzoek) -> HttpResponse:
    """Find the resident who asks who looked; the name travels in the body, never in an address."""
    form = ZoekForm(request.POST if request.method == "POST" else None)
    gevonden: list[Kandidaat] = []
    if form.is_valid():
        vindbaar = zichtbaar(Persoon, request.spoor.wie, Actie.ZIEN).filter(zelfde_als__isnull=True)
        gevonden = vind(vindbaar, form.cleaned_data["tekst"], op=timezone.localdate())
        rijen = vindbaar.filter(pk__in=[kandidaat.persoon.pk for kandidaat in gevonden])
        leg_vast(rijen, spoor=request.spoor, handeling=Handeling.GEVONDEN)
    return render(
        request,
        "households/zoek_inwoner.html",
        {"form": form, "gevonden": gevonden},
        status=400 if form.errors else 200,
    )


@vereist(Actie.LEZEN, INZAGE, over=PERSOON)
@require_safe
def uittreksel(request: Verzoek, pk: int) -> HttpResponseBase:
    """What a resident gets who asks who looked at them (AVG art. 15), in words that everybody understands."""
    afdruk = "afdruk" in request.GET
    persoon = lees(
        Persoon,
        pk,
        spoor=request.spoor,
        actie=Actie.ZIEN,
        handeling=Handeling.AFGEDRUKT if afdruk else Handeling.GEOPEND,
        reden="uittreksel voor de inwoner",
    )
    if persoon.zelfde_als_id:
        return redirect("uittreksel", persoon.zelfde_als_id)
    regels = zichtbaar(Inzage, request.spoor.wie, Actie.LEZEN)
    context = {
        "persoon": persoon,
        "dagen": wie_keek_er(persoon, regels),
        "afdruk": afdruk,
        "nu": timezone.now(),
    }
    return render(request, "households/uittreksel.html", context)


@vereist(Actie.LEZEN, NOODTOEGANG)
@require_safe
def noodtoegangen(request: Verzoek) -> HttpResponse:
    """The inbox: what has still to be reviewed first; a contact person sees those of the own households."""
    return _toon_noodtoegangen(request)


def _toon_noodtoegangen(
    request: Verzoek, ingevuld: OordeelForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of the inbox; with the form of one row as it was filled in."""
    wie = request.spoor.wie
    rijen = (
        zichtbaar(Noodtoegang, wie, Actie.LEZEN)
        .select_related("medewerker", "beoordeeld_door")
        .order_by(F("beoordeeld_op").desc(nulls_first=True), "-vanaf", "-pk")
    )
    pagina = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina"))
    leg_vast(pagina.object_list, spoor=request.spoor, handeling=Handeling.IN_LIJST)
    beoordeelt = mag_ooit(wie, Actie.BEOORDELEN, NOODTOEGANG)
    regels = []
    for rij in pagina.object_list:
        leeg = OordeelForm(prefix=str(rij.pk))
        form = ingevuld if ingevuld and ingevuld.prefix == leeg.prefix else leeg
        waarom_niet = workflow.waarom_geen_oordeel(rij, request.user)
        regels.append((rij, form if beoordeelt and not waarom_niet else None))
    context = {
        "pagina": pagina,
        "regels": regels,
        "beoordeelt": beoordeelt,
        "leest_logboek": mag_ooit(wie, Actie.LEZEN, INZAGE),
        "ziet_huishoudens": mag_ooit(wie, Actie.ZIEN, HUISHOUDEN),
        "fout": ingevuld,
        "nu": timezone.now(),
    }
    return render(request, "households/noodtoegangen.html", context, status=status)


@vereist(Actie.BEOORDELEN, NOODTOEGANG)
@require_http_methods(["GET", "HEAD", "POST"])
def beoordeel(request: Verzoek, pk: int) -> HttpResponseBase:
    """Right or not right, once, and not one's own; who had to sign in again in the middle lands in the inbox."""
    if request.method != "POST":
        return redirect("noodtoegangen")
    noodtoegang = lees(
        Noodtoegang, pk, spoor=request.spoor, actie=Actie.BEOORDELEN, handeling=Handeling.GEWIJZIGD
    )
    form = OordeelForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _toon_noodtoegangen(request, form, status=400)
    try:
        workflow.beoordeel_noodtoegang(noodtoegang, door=request.user, **form.cleaned_data)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon_noodtoegangen(request, form, status=409)
    messages.success(request, "Het oordeel is vastgelegd.")
    return redirect("noodtoegangen")
