"""Whether one household is approached as one (table D.5)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from households.models import (
    Betrokkenheid,
    Betrokkenheidsoort,
    Huishouden,
    Plan,
    Regie,
    Regiesoort,
    Verblijf,
)
from reporting.open_meldingen import einde_van
from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wonen import clienten_met_verblijf
from teams.perioden import begin_van
from voorzieningen.models import Beschikking, Wet

HUISHOUDEN, WISSELING = "huishouden", "wisseling"


@tabel(
    "D.5",
    titel="Eén huishouden, één aanpak",
    definitie=(
        "Hoeveel huishoudens in de periode een maatwerkvoorziening hadden, hoeveel daarvan onder twee wetten, met één"
        " plan en met iemand die de dagelijkse regie heeft. En hoe vaak een huishouden een andere vaste contactpersoon"
        " kreeg."
    ),
    eenheid="huishoudens",
    bron="registratie van beschikkingen, verblijven, plannen en contactpersonen",
)
def huishoudens(vraag: Vraag) -> Telling:
    """Households by the verblijf of their clients on the last day with a voorziening of that law, chosen as in 2.10.

    Plan and regie as they were at the end of the last day. A contactpersoon who isn't the first one of the household is
    a change, in any household.
    """
    beschikkingen = Beschikking.objects.loopt_tussen(vraag.periode.begin, vraag.periode.einde)
    per_wet = {
        wet.code: clienten_met_verblijf(
            beschikkingen.filter(voorziening__groep__wet=wet), vraag, thuis="huishouden"
        )
        for wet in (Wet.WMO, Wet.JEUGDWET)
    }
    moment = _tot(vraag)
    liep = Q(Q(tot__isnull=True) | Q(tot__gte=moment), vanaf__lt=moment)
    plan = Plan.objects.filter(liep, huishouden=OuterRef("pk"))
    regie = Regie.objects.filter(liep, soort=Regiesoort.DAGELIJKS, plan__huishouden=OuterRef("pk"))
    met_hulp = (
        Huishouden.objects.annotate(
            **{wet: Coalesce(Q(pk__in=clienten.values("thuis")), False) for wet, clienten in per_wet.items()}
        )
        .filter(
            pk__in=per_wet[Wet.WMO.code].values("thuis").union(per_wet[Wet.JEUGDWET.code].values("thuis"))
        )
        .annotate(wat=Value(HUISHOUDEN, CharField()), met_plan=Exists(plan), met_regie=Exists(regie))
    )
    nooit = Value(False)
    wisselingen = wisselingen_van_contactpersoon(vraag).annotate(
        wat=Value(WISSELING, CharField()), wmo=nooit, jeugdwet=nooit, met_plan=nooit, met_regie=nooit
    )
    huishouden = {"wat": (HUISHOUDEN,)}
    delen = {
        "twee_wetten": ("Met Wmo en Jeugdwet", {"wmo": (True,), "jeugdwet": (True,)}),
        "met_plan": ("Met één plan", {"met_plan": (True,)}),
        "met_coordinator": ("Met iemand die de dagelijkse regie heeft", {"met_regie": (True,)}),
    }
    return Telling(
        achter=[met_hulp, wisselingen],
        eenheid=("pk", "wat"),
        dimensies=("wat", "wmo", "jeugdwet", "met_plan", "met_regie"),
        rijen=[
            Regel("huishoudens", "Huishoudens met een maatwerkvoorziening", huishouden),
            *(Regel(sleutel, label, {**huishouden, **telt}) for sleutel, (label, telt) in delen.items()),
            *(
                Regel(f"{sleutel}_pct", f"{label}, aandeel", {**huishouden, **telt}, van=huishouden)
                for sleutel, (label, telt) in delen.items()
            ),
            Regel("wisselingen_contactpersoon", "Wisselingen van contactpersoon", {"wat": (WISSELING,)}),
        ],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[
            Feiten(
                beschikkingen.annotate(wat=Value(HUISHOUDEN, CharField())).distinct(),
                ("persoon__verblijven__huishouden", "wat"),
            ),
            Feiten(Verblijf.objects.annotate(wat=Value(HUISHOUDEN, CharField())), ("huishouden", "wat")),
        ],
        noten=[Noot("Wie geen bekend huishouden heeft, telt hier niet mee.")],
    )


def wisselingen_van_contactpersoon(vraag: Vraag) -> QuerySet[Betrokkenheid, Betrokkenheid]:
    """Contactpersonen who weren't the first of their household, begun in the period, as far as it was known."""
    contactpersonen = Betrokkenheid.objects.filter(soort=Betrokkenheidsoort.CONTACTPERSOON)
    eerder = contactpersonen.filter(huishouden=OuterRef("huishouden"), vanaf__lt=OuterRef("vanaf"))
    return contactpersonen.filter(
        Exists(eerder), vanaf__gte=begin_van(vraag.periode.begin), vanaf__lt=_tot(vraag)
    )


def _tot(vraag: Vraag) -> datetime:
    einde = einde_van(vraag.periode.peildatum)
    return min(einde, vraag.bekend_op) if vraag.bekend_op else einde
