"""For the FG: who read whom, what a resident may ask about that, and whether a noodtoegang was right."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import workflow
from households.forms.toezicht import LogboekForm, OordeelForm, ZoekForm
from households.models import Noodtoegang, Persoon
from households.uittreksel import wie_keek_er
from households.zoeken import vind
from teams.access import INZAGE, NOODTOEGANG, Actie, mag_ooit, zichtbaar
from teams.geweigerd import Geweigerd
from teams.lezen import lees, leg_vast
from teams.models import Grond, Handeling, Inzage
from teams.toegang import Verzoek, vereist

PER_PAGINA = 50


@vereist(Actie.LEZEN, INZAGE)
@require_safe
def logboek(request: Verzoek) -> HttpResponse:
    """Who saw what; that somebody looks here is a line of it, too."""
    form = LogboekForm(request.GET or None)
    regels = zichtbaar(Inzage, request.spoor.wie, Actie.LEZEN).select_related("medewerker", "team")
    if form.is_valid():
        regels = form.filter(regels)
    pagina = Paginator(regels.order_by("-op", "-pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    request.spoor.regel(INZAGE, Handeling.GEOPEND, toegestaan=True, grond=_grond(pagina.object_list)).save()
    return render(request, "households/logboek.html", {"form": form, "pagina": pagina})


@vereist(Actie.LEZEN, INZAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def zoek_inwoner(request: Verzoek) -> HttpResponse:
    """Find the resident who asks who looked; the name travels in the body, never in an address."""
    form = ZoekForm(request.POST or None)
    gevonden: list[Persoon] = []
    if form.is_valid():
        vindbaar = zichtbaar(Persoon, request.spoor.wie, Actie.ZIEN)
        kandidaten = vind(vindbaar, form.cleaned_data["tekst"], op=timezone.localdate())
        gevonden = list(vindbaar.filter(pk__in=[kandidaat.persoon.pk for kandidaat in kandidaten]))
        leg_vast(gevonden, spoor=request.spoor, handeling=Handeling.GEVONDEN)
    return render(request, "households/zoek_inwoner.html", {"form": form, "gevonden": gevonden})


@vereist(Actie.LEZEN, INZAGE)
@require_safe
def uittreksel(request: Verzoek, pk: int) -> HttpResponse:
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
    regels = zichtbaar(Inzage, request.spoor.wie, Actie.LEZEN)
    context = {"persoon": persoon, "dagen": wie_keek_er(persoon, regels), "afdruk": afdruk}
    return render(request, "households/uittreksel.html", context)


@vereist(Actie.LEZEN, NOODTOEGANG)
@require_safe
def noodtoegangen(request: Verzoek) -> HttpResponse:
    """The inbox: what has still to be reviewed first; a contact person sees those of the own households."""
    rijen = (
        zichtbaar(Noodtoegang, request.spoor.wie, Actie.LEZEN)
        .select_related("medewerker", "beoordeeld_door")
        .order_by("beoordeeld_op", "-vanaf")
    )
    pagina = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina"))
    leg_vast(pagina.object_list, spoor=request.spoor, handeling=Handeling.IN_LIJST)
    context = {
        "pagina": pagina,
        "mag_beoordelen": mag_ooit(request.spoor.wie, Actie.BEOORDELEN, NOODTOEGANG),
        "form": OordeelForm(),
    }
    return render(request, "households/noodtoegangen.html", context)


@vereist(Actie.BEOORDELEN, NOODTOEGANG)
@require_POST
def beoordeel(request: Verzoek, pk: int) -> HttpResponseBase:
    """Right or not right, once, and not one's own."""
    noodtoegang = lees(
        Noodtoegang, pk, spoor=request.spoor, actie=Actie.BEOORDELEN, handeling=Handeling.GEWIJZIGD
    )
    form = OordeelForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fout) for fouten in form.errors.values() for fout in fouten))
        return redirect("noodtoegangen")
    try:
        workflow.beoordeel_noodtoegang(noodtoegang, door=request.user, **form.cleaned_data)
    except Geweigerd as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Het oordeel is vastgelegd.")
    return redirect("noodtoegangen")


def _grond(rijen: object) -> int:
    eerste = next(iter(rijen), None)  # type: ignore[call-overload]
    return int(getattr(eerste, "grond", 0)) or Grond.TOEZICHT
