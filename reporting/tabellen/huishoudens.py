"""Whether one household is approached as one (table D.5)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from households.models import (
    Betrokkenheid,
    Betrokkenheidsoort,
    Plan,
    Regie,
    Regiesoort,
    Verblijf,
)
from reporting.open_meldingen import einde_van
from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Samen, Telling
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
    moment = _tot(vraag)
    liep = Q(Q(tot__isnull=True) | Q(tot__gte=moment), vanaf__lt=moment)
    plan = Plan.objects.filter(liep, huishouden=OuterRef("woont__huishouden"))
    regie = Regie.objects.filter(
        liep, soort=Regiesoort.DAGELIJKS, plan__huishouden=OuterRef("woont__huishouden")
    )
    wet = "voorziening__groep__wet"
    kenmerken = {
        "wmo": ExpressionWrapper(Q((wet, Wet.WMO)), BooleanField()),
        "jeugdwet": ExpressionWrapper(Q((wet, Wet.JEUGDWET)), BooleanField()),
        "met_plan": Exists(plan),
        "met_regie": Exists(regie),
    }
    clienten = clienten_met_verblijf(
        beschikkingen.filter((f"{wet}__in", (Wet.WMO, Wet.JEUGDWET))), vraag, wet, nummer="huishouden"
    ).annotate(wat=Value(HUISHOUDEN, CharField()), **kenmerken)
    wisselingen = wisselingen_van_contactpersoon(vraag).annotate(
        nummer=F("pk"), wat=Value(WISSELING, CharField()), **dict.fromkeys(kenmerken, Value(False))
    )
    huishouden = {"wat": (HUISHOUDEN,)}
    delen = {
        "twee_wetten": ("Met Wmo en Jeugdwet", {"wmo": (True,), "jeugdwet": (True,)}),
        "met_plan": ("Met één plan", {"met_plan": (True,)}),
        "met_coordinator": ("Met iemand die de dagelijkse regie heeft", {"met_regie": (True,)}),
    }
    return Telling(
        achter=[Samen(clienten, "nummer", frozenset(kenmerken)), wisselingen],
        eenheid=("nummer", "wat"),
        dimensies=("wat", *kenmerken),
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
