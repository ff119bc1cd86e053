"""The page of a household in two tiers, and what one can do there; the list of one's own households."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from households import workflow
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Noodtoegang, Persoon, Verblijf
from households.wonen import bewoners, huishoudnaam
from meldingen import workflow as opschalen
from meldingen.dossierlijn import dossier, herkomst, te_kiezen, voor_lid, weet_van
from meldingen.forms import huishouden as formulieren
from meldingen.forms.notities import Huishoudnotitieformulier
from meldingen.forms.opschaling import Opschaalformulier
from meldingen.forms.tijdlijn import Notitiekeuze, Tijdlijnkeuze
from meldingen.forms.velden import Handeling
from meldingen.models import Melding
from meldingen.scorebeeld import scorebeeld
from meldingen.views.handelen import handel
from meldingen.views.mensen import Mensen, grond, lopende_noodtoegang, mensen
from meldingen.views.opschalingzicht import van_huishouden
from teams.access import Actie, mag, zichtbaar
from teams.gronden import HUISHOUDEN
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.models import Medewerker
from teams.perioden import lopend
from teams.toegang import Verzoek, vereist
from teams.web import handeling

PER_BLADZIJDE = 25


@vereist(Actie.ZIEN, HUISHOUDEN)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """Everything for who may read it; for who may know of it, that and who."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Handeling[Huishouden] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    if mag(request.spoor.wie, Actie.LEZEN, Huishouden(pk=pk)):
        return _dossier(request, pk, formulier, status)
    return _bekend(request, pk, formulier, status)


def _dossier(request: Verzoek, pk: int, formulier: Handeling[Huishouden] | None, status: int) -> HttpResponse:
    afdruk = "afdruk" in request.GET
    gelogd_als = Logregel.AFGEDRUKT if afdruk else Logregel.GEOPEND
    huishouden = lees(Huishouden, pk, spoor=request.spoor, handeling=gelogd_als)
    wie_is_wie = mensen(pk, request.spoor)
    leesbaar = {gezien.rij.pk: gezien.rij for gezien in wie_is_wie.meldingen if gezien.leesbaar}
    gelogd = [gezien.rij.persoon_id for gezien in wie_is_wie.bewoners if gezien.leesbaar]
    alles = dossier(pk, leesbaar, gelogd, request.spoor)
    lid = _lid(request, gelogd) if afdruk else None
    regels, notitiekeuze = alles.regels, None
    if lid:
        weet = weet_van(lid, request.spoor.wie.dag)
        notitiekeuze = Notitiekeuze(te_kiezen(regels, weet), request.GET)
        regels = voor_lid(regels, weet, lid.pk, notities=notitiekeuze.gekozen)
        eigen = [gezien for gezien in wie_is_wie.meldingen if gezien.rij.persoon_id in {None, *weet}]
        wie_is_wie = replace(wie_is_wie, meldingen=eigen)
    gescoord = [gezien.rij.persoon for gezien in wie_is_wie.bewoners if gezien.leesbaar]
    if lid:
        gescoord = [persoon for persoon in gescoord if persoon.pk in weet]
    keuze = Tijdlijnkeuze(alles.namen, request.GET)
    werken = not afdruk and mag(request.spoor.wie, Actie.WERKEN, huishouden)
    betrokken = [rij for rij in alles.rijen("betrokkenheid") if rij.tot]
    return render(
        request,
        "meldingen/huishouden.html",
        {
            "huishouden": huishouden,
            "naam": huishoudnaam(gezien.rij for gezien in wie_is_wie.bewoners if gezien.leesbaar),
            "mensen": wie_is_wie,
            "plan": huishouden.plannen.lopend().in_het_kort().first(),
            "scores": scorebeeld(gescoord),
            "adressen": _adressen(huishouden),
            "eerdere_betrokkenen": betrokken,
            "hoeveelste": _hoeveelste(wie_is_wie.contactpersoon, betrokken),
            "ketenpartners": sorted(
                alles.rijen("ketenpartner"), key=lambda rij: (rij.tot is not None, rij.wie)
            ),
            "herkomst": herkomst(regels),
            "regels": [(regel, None) for regel in keuze.kies(regels)],
            "keuze": keuze,
            "lid": lid,
            "notitiekeuze": notitiekeuze,
            "noodtoegang": lopende_noodtoegang(pk, grond(huishouden), request.spoor),
            "handelingen": list(_handelingen(request, huishouden, wie_is_wie, formulier)) if werken else [],
            "notitie": _notitie(request, huishouden, formulier) if werken else None,
            # what is asked and answered may be about another member
            "opschalingen": None if lid else van_huishouden(pk, request.spoor, werken=werken),
            "formulier": formulier,
            "afdruk": afdruk,
            "gedrukt_op": request.spoor.wie.moment,
        },
        status=status,
    )


def _lid(request: Verzoek, wonend: list[int]) -> Persoon | None:
    """For whom alone this is printed, which the log says of that person; Http404 for who doesn't live here."""
    gevraagd = request.GET.get("lid", "")
    if not gevraagd:
        return None
    if gevraagd not in map(str, wonend):
        raise Http404
    return lees(Persoon, int(gevraagd), spoor=request.spoor, handeling=Logregel.AFGEDRUKT)


def _hoeveelste(nu: Betrokkenheid | None, eerder: Iterable[Betrokkenheid]) -> tuple[int, datetime] | None:
    """How many the vaste contactpersoon of now is, and since when there is one; None for the first."""
    gezichten = [rij for rij in eerder if rij.soort == Betrokkenheidsoort.CONTACTPERSOON]
    return (len(gezichten) + 1, min(rij.vanaf for rij in gezichten)) if nu and gezichten else None


def _notitie(
    request: Verzoek, huishouden: Huishouden, ingevuld: Handeling[Huishouden] | None
) -> Handeling[Huishouden]:
    """The empty note, or the one that was filled in wrong."""
    if isinstance(ingevuld, Huishoudnotitieformulier):
        return ingevuld
    return Huishoudnotitieformulier(huishouden, request.spoor)


def _bekend(request: Verzoek, pk: int, formulier: Handeling[Huishouden] | None, status: int) -> HttpResponse:
    huishouden = lees(Huishouden, pk, spoor=request.spoor, actie=Actie.ZIEN)
    wonend = (
        Verblijf.objects.op_dag(request.spoor.wie.dag)
        .bekend_op(None)
        .filter(huishouden=huishouden, team__isnull=False)
    )
    nood = mag(request.spoor.wie, Actie.NOODTOEGANG, huishouden)
    if nood and formulier is None:
        formulier = formulieren.Noodtoegangformulier(huishouden, request.spoor)
    return render(
        request,
        "meldingen/huishouden_bekend.html",
        {
            "huishouden": huishouden,
            "teams": sorted({str(verblijf.team) for verblijf in wonend.select_related("team")}),
            "contactpersoon": Betrokkenheid.objects.filter(
                lopend(), huishouden=huishouden, soort=Betrokkenheidsoort.CONTACTPERSOON
            )
            .select_related("medewerker")
            .first(),
            "laatste_contact": _laatste_contact(huishouden),
            "formulier": formulier if nood else None,
            "afgelopen": Noodtoegang.objects.filter(
                huishouden=huishouden, medewerker=request.user, tot__lte=request.spoor.wie.moment
            )
            .order_by("-tot")
            .first(),
            "uren": workflow.duur_op(request.spoor.wie.moment) / timedelta(hours=1),
        },
        status=status,
    )


def _laatste_contact(huishouden: Huishouden) -> Any:
    """The last day on which something happened with a melding of the household; None when nothing ever did."""
    laatste = Melding.objects.filter(huishouden=huishouden).aggregate(
        feit=Max("gebeurtenissen__datum", filter=Q(gebeurtenissen__vervallen_op__isnull=True)),
        notitie=Max("notities__geregistreerd_op"),
        gebeld=Max("terugbelverzoeken__nagekomen_op"),
    )
    momenten = filter(None, (laatste["notitie"], laatste["gebeld"]))
    dagen = [*filter(None, [laatste["feit"]]), *(timezone.localdate(moment) for moment in momenten)]
    return max(dagen, default=None)


def _adressen(huishouden: Huishouden) -> list[Verblijf]:
    """Where the household lived until when, the latest first, since the first of them came to live there."""
    verblijven = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden).select_related("team")
    adressen: dict[tuple[object, ...], Verblijf] = {}
    for verblijf in verblijven.order_by("-vanaf", "postcode", "huisnummer", "pk"):
        adressen[verblijf.postcode, verblijf.huisnummer, verblijf.team_id, verblijf.tot] = verblijf
    return list(adressen.values())


def _handelingen(
    request: Verzoek, huishouden: Huishouden, wie_is_wie: Mensen, ingevuld: Handeling[Huishouden] | None
) -> Iterator[Handeling[Huishouden]]:
    """The forms of the page; the one that was filled in wrong takes the place of the empty one."""
    soorten: list[type[Handeling[Huishouden]]] = [
        formulieren.Contactpersoonformulier,
        formulieren.Betrekformulier,
        Opschaalformulier,
    ]
    if mag(request.spoor.wie, Actie.AFSCHERMEN, huishouden):
        afgeschermd = huishouden.afgeschermd
        soorten.append(formulieren.Hefopformulier if afgeschermd else formulieren.Schermafformulier)
    for soort in soorten:
        formulier = soort(huishouden, request.spoor)
        yield ingevuld if ingevuld and ingevuld.sleutel == formulier.sleutel else formulier


def _met_huishouden(
    request: Verzoek,
    pk: int,
    soort: type[Handeling[Huishouden]],
    doe: Any,
    *,
    actie: Actie = Actie.WERKEN,
    doel: int | None = None,
    reden: str = "",
) -> HttpResponse:
    return handel(
        request,
        Huishouden.objects.all(),
        pk,
        lambda huishouden: soort(huishouden, request.spoor, request.POST, doel=doel),
        doe,
        toon=toon,
        pagina="huishouden",
        actie=actie,
        reden=reden,
    )


@vereist(Actie.NOODTOEGANG, HUISHOUDEN)
@handeling("huishouden")
def open_noodtoegang(request: Verzoek, pk: int) -> HttpResponse:
    """Open another team's dossier for a while, with a reason."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        nood = workflow.open_noodtoegang(huishouden, medewerker=request.user, **schoon)
        tot = f"{timezone.localtime(nood.tot):%H:%M}"
        return f"U heeft toegang tot {tot} uur. De contactpersoon en de privacyfunctionaris krijgen bericht."

    return _met_huishouden(
        request,
        pk,
        formulieren.Noodtoegangformulier,
        doe,
        actie=Actie.NOODTOEGANG,
        reden=request.POST.get("reden", "").strip(),
    )


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def maak_contactpersoon(request: Verzoek, pk: int) -> HttpResponse:
    """Who is the one face for this household."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        workflow.maak_contactpersoon(huishouden, door=request.user, **schoon)
        return f"{schoon['medewerker'].naam} is nu de vaste contactpersoon."

    return _met_huishouden(request, pk, formulieren.Contactpersoonformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def betrek(request: Verzoek, pk: int) -> HttpResponse:
    """A colleague works with this household too."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        medewerker: Medewerker = schoon["medewerker"]
        opschalen.betrek(huishouden, medewerker, door=request.user)
        return f"{medewerker.naam} is nu betrokken."

    return _met_huishouden(request, pk, formulieren.Betrekformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def beeindig(request: Verzoek, pk: int, betrokkenheid: int) -> HttpResponse:
    """Somebody works with this household no longer."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        opschalen.beeindig_betrokkenheid(door=request.user, **schoon)
        return "De betrokkenheid is beëindigd."

    return _met_huishouden(request, pk, formulieren.Beeindigformulier, doe, doel=betrokkenheid)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def schaal_op(request: Verzoek, pk: int) -> HttpResponse:
    """Ask something of an expertteam, or of who stands beside it."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        rij = opschalen.schaal_op(huishouden, door=request.user, **schoon)
        return f"Gevraagd van {rij.team}; het antwoord komt uiterlijk op {rij.uiterlijk_op:%d-%m-%Y}."

    return _met_huishouden(request, pk, Opschaalformulier, doe)


@vereist(Actie.AFSCHERMEN, HUISHOUDEN)
@handeling("huishouden")
def scherm_af(request: Verzoek, pk: int) -> HttpResponse:
    """Hide the household from everybody but those who work with it; opschalingen of it end."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        opschalen.scherm_af(huishouden, door=request.user, **schoon)
        return "Dit huishouden is afgeschermd: alleen wie ermee werkt, kan het nog vinden."

    return _met_huishouden(request, pk, formulieren.Schermafformulier, doe, actie=Actie.AFSCHERMEN)


@vereist(Actie.AFSCHERMEN, HUISHOUDEN)
@handeling("huishouden")
def hef_afscherming_op(request: Verzoek, pk: int) -> HttpResponse:
    """The household may be found again; the reason stands in the log."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        workflow.hef_afscherming_op(huishouden, door=request.user)
        return "De afscherming is opgeheven."

    return _met_huishouden(
        request,
        pk,
        formulieren.Hefopformulier,
        doe,
        actie=Actie.AFSCHERMEN,
        reden=request.POST.get("reden", "").strip(),
    )


@dataclass(frozen=True)
class Regel:
    """A household in the list."""

    huishouden: Huishouden
    naam: str
    aantal: int
    contactpersoon: Medewerker | None
    open_meldingen: int


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def lijst(request: Verzoek) -> HttpResponse:
    """The households of one's own work, by the surname of their head, a page at a time."""
    hoofd = (
        Verblijf.objects.op_dag(request.spoor.wie.dag)
        .bekend_op(None)
        .filter(huishouden=OuterRef("pk"))
        .order_by("rol", "pk")
        .values("persoon__achternaam")[:1]
    )
    rijen = zichtbaar(Huishouden, request.spoor.wie, Actie.LEZEN).annotate(op_naam=Subquery(hoofd))
    bladzijde = Paginator(rijen.order_by("op_naam", "pk"), PER_BLADZIJDE).get_page(
        request.GET.get("bladzijde")
    )
    huishoudens = list(bladzijde.object_list)
    leg_vast(huishoudens, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    sleutels = [huishouden.pk for huishouden in huishoudens]
    wonend = bewoners(sleutels, request.spoor.wie.dag)
    contactpersonen = {
        rij.huishouden_id: rij.medewerker
        for rij in Betrokkenheid.objects.filter(
            lopend(), huishouden__in=sleutels, soort=Betrokkenheidsoort.CONTACTPERSOON
        ).select_related("medewerker")
    }
    open_meldingen = dict(
        zichtbaar(Melding.objects.open(), request.spoor.wie, Actie.LEZEN)
        .filter(huishouden__in=sleutels)
        .order_by()
        .values("huishouden")
        .annotate(aantal=Count("pk"))
        .values_list("huishouden", "aantal")
    )
    regels = [
        Regel(
            huishouden,
            huishoudnaam(wonend.get(huishouden.pk, [])),
            len(wonend.get(huishouden.pk, [])),
            contactpersonen.get(huishouden.pk),
            open_meldingen.get(huishouden.pk, 0),
        )
        for huishouden in huishoudens
    ]
    return render(request, "meldingen/huishoudens.html", {"bladzijde": bladzijde, "regels": regels})
