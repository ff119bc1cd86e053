"""The questions behind the kinds of signals; each gives rows (melding, persoon, …) of what still runs."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, TruncDate

from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Persoon, Verblijf
from households.plannen import evaluaties_te_doen, waakvlam_te_doen
from meldingen.models import (
    Gesprek,
    Melding,
    Opschaling,
    Opschalingsoort,
    Opschalingstatus,
    Opschalingsvraag,
    Status,
    Tafelevaluatie,
)
from meldingen.signalen.peiling import Peiling, signaal
from meldingen.termijnen import wettermijn
from teams.perioden import geldt_op
from voorzieningen.models import Beschikking, Levering, Toets, Toetsstatus, Toetsvraag, Wet

TERMIJN_DAGEN = "termijn_dagen"
STILTE_DAGEN = "stilte_dagen"
ACHTTIEN_WEKEN = "achttien_weken"
OPSCHALING_DAGEN = "opschaling_dagen"
START_DAGEN = "start_dagen"
DAG = timedelta(days=1)
STAPPEN = ("ontvangen_op", "gesprek_op", "onderzoek_op", "afgerond_op", "akkoord_op")


class Achttien(Func):
    """The day on which somebody turns 18: for who was born on 29 February the first of March."""

    template = (
        "((%(expressions)s) + interval '18 years' + CASE WHEN to_char(%(expressions)s, 'MMDD') = '0229'"
        " THEN interval '1 day' ELSE interval '0' END)::date"
    )
    arity = 1
    output_field = DateField()


def termijnen(peiling: Peiling) -> QuerySet[Any]:
    """Open meldingen whose term ends within `termijn_dagen`, or has ended."""
    open_ = Melding.objects.open().met_stand()
    open_ = open_.annotate(dag=wettermijn(dict(peiling.besluiten)))
    return signaal(open_.filter(dag__lte=peiling.dag + peiling.dagen(TERMIJN_DAGEN)), uiterlijk=F("dag"))


def stilte(peiling: Peiling) -> QuerySet[Any]:
    """Open meldingen in which no step was taken for `stilte_dagen`, and no gesprek is planned either."""
    gepland = Gesprek.objects.filter(
        melding=OuterRef("pk"), gepland_op__gte=peiling.moment, afgezegd_op__isnull=True
    )
    open_ = Melding.objects.open().met_stand()
    open_ = open_.annotate(laatste=Greatest(*(F(f"nu__{stap}") for stap in STAPPEN)))
    stil = open_.filter(~Exists(gepland), laatste__lte=peiling.dag - peiling.dagen(STILTE_DAGEN))
    return signaal(stil, sinds=F("laatste"))


def achttien(peiling: Peiling) -> QuerySet[Any]:
    """Who turns 18 within `achttien_weken`, with jeugdhulp that runs or a melding that is open (R24)."""
    tot_en_met = peiling.dag + peiling.weken(ACHTTIEN_WEKEN)
    hulp = Beschikking.objects.bekend_op(None).filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=peiling.dag),
        voorziening__groep__wet=Wet.JEUGDWET,
        ingangsdatum__lte=peiling.dag,
    )
    jarig = Persoon.objects.filter(
        zelfde_als__isnull=True,
        vervallen_op__isnull=True,
        # a day too wide on either side, and found by the index; the exact day follows
        geboortedatum__range=(_geboren(peiling.dag - DAG), _geboren(tot_en_met + DAG)),
    ).annotate(dag=Achttien("geboortedatum"))
    jarig = jarig.filter(dag__gte=peiling.dag, dag__lte=tot_en_met)
    # each apart, so that each is found by its own index
    wat = [
        Exists(iets.filter(**{van: OuterRef("pk")}))
        for iets in (hulp, Melding.objects.open())
        for van in ("persoon", "persoon__zelfde_als")
    ]
    return signaal(jarig.filter(reduce(or_, map(Q, wat))), uiterlijk=F("dag"))


def opschalingen(peiling: Peiling) -> QuerySet[Any]:
    """Households for which an expertteam was asked along longer than `opschaling_dagen` ago, while the case runs."""
    erbij = Betrokkenheid.objects.filter(geldt_op(peiling.moment), soort=Betrokkenheidsoort.OPGESCHAALD)
    lang = _met_eerste(Huishouden.objects.all(), erbij, "huishouden", "vanaf")
    lang = lang.filter(dag__date__lte=peiling.dag - peiling.dagen(OPSCHALING_DAGEN))
    return signaal(lang.filter(_loopt(peiling)), sinds=TruncDate("dag"))


def antwoorden(peiling: Peiling) -> QuerySet[Any]:
    """Opschalingen whose answer the wijkteam hasn't read yet: for who asked (R10)."""
    rijen = Opschaling.objects.ongelezen().filter(_loopt(peiling, "huishouden"))
    return signaal(rijen, sinds=TruncDate("beantwoord_op"), aan=_sleutels("gevraagd_door_id"))


def late_opschalingen(peiling: Peiling) -> QuerySet[Any]:
    """Opschalingen whose answer is overdue: for who asked, who has it, and who divides the work of their teams."""
    return signaal(
        Opschaling.objects.te_laat_op(peiling.dag),
        uiterlijk=F("uiterlijk_op"),
        aan=_sleutels("gevraagd_door_id", "medewerker_id"),
        verdelers=_sleutels("van_team_id", "team_id"),
    )


def opschalingsvragen(peiling: Peiling) -> QuerySet[Any]:
    """Opschalingen about which the other team asked something that nobody answered: for who scaled up."""
    vragen = Opschalingsvraag.objects.filter(antwoord__isnull=True)
    opgepakt = Opschaling.objects.filter(status=Opschalingstatus.OPGEPAKT)
    rijen = _met_eerste(opgepakt, vragen, "opschaling", "gesteld_op")
    return signaal(rijen, sinds=TruncDate("dag"), aan=_sleutels("gevraagd_door_id"))


def tafelevaluaties(peiling: Peiling) -> QuerySet[Any]:
    """Opschalingen with a rondetafel that should be evaluated by now: for who led it, also after the afschaling."""
    te_doen = Tafelevaluatie.objects.filter(gehouden_op__isnull=True, gepland_op__lte=peiling.dag)
    tafels = Opschaling.objects.filter(soort=Opschalingsoort.BRANDPUNT)
    rijen = _met_eerste(tafels, te_doen, "rondetafel__opschaling", "gepland_op")
    rijen = rijen.filter(_loopt(peiling, "huishouden"))
    return signaal(rijen, uiterlijk=F("dag"), aan=_sleutels("medewerker_id", "gevraagd_door_id"))


def toetsvragen(peiling: Peiling) -> QuerySet[Any]:
    """Meldingen with a besluit about which a toetser asked something that nobody answered."""
    vragen = Toetsvraag.objects.filter(antwoord="", toets__status=Toetsstatus.VRAAG_OPEN)
    rijen = _met_eerste(_met_besluiten(), vragen, "toets__besluit__melding", "gesteld_op")
    return signaal(rijen, sinds=TruncDate("dag"))


def late_toetsen(peiling: Peiling) -> QuerySet[Any]:
    """Meldingen with a besluit whose toets should have been done."""
    toetsen = Toets.objects.te_laat_op(peiling.dag)
    rijen = _met_eerste(_met_besluiten(), toetsen, "besluit__melding", "uiterlijk_op")
    return signaal(rijen, uiterlijk=F("dag"))


def _met_besluiten() -> QuerySet[Melding]:
    """Meldingen on which a besluit can still be taken: open ones, and a second one after the first was granted."""
    return Melding.objects.open() | Melding.objects.filter(status=Status.TOEGEKEND)


def zonder_start(peiling: Peiling) -> QuerySet[Any]:
    """Meldingen with help that was granted longer than `start_dagen` ago and didn't begin (R15)."""
    lang = peiling.dag - peiling.dagen(START_DAGEN)
    wacht = Levering.objects.wacht().filter(opgedragen_op__lte=lang)
    rijen = _met_eerste(Melding.objects.all(), wacht, "besluit__melding", "opgedragen_op")
    return signaal(rijen, sinds=F("dag"))


def evaluaties(peiling: Peiling) -> QuerySet[Any]:
    """Households in whose plan a goal was to be evaluated by now (R16)."""
    te_doen = evaluaties_te_doen(peiling.dag)
    rijen = _met_eerste(Huishouden.objects.all(), te_doen, "doel__plan__huishouden", "gepland_op")
    return signaal(rijen, uiterlijk=F("dag"))


def waakvlammen(peiling: Peiling) -> QuerySet[Any]:
    """Households of which a closed plan asks somebody to look in again by now."""
    te_doen = waakvlam_te_doen(peiling.dag)
    rijen = _met_eerste(Huishouden.objects.all(), te_doen, "plan__huishouden", "waakvlam_op")
    return signaal(rijen, uiterlijk=F("dag"))


def _met_eerste(rijen: QuerySet[Any], van: QuerySet[Any], pad: str, veld: str) -> QuerySet[Any]:
    """The rows to which `pad` leads from any of `van`, each with the earliest value of `veld` there as `dag`.

    They are found from `van`, which holds what is to be done: `rijen` can be all that was ever registered.
    """
    eigen = van.filter(**{pad: OuterRef("pk")}).order_by(veld).values(veld)[:1]
    met: QuerySet[Any] = rijen.filter(pk__in=van.order_by().values(pad)).annotate(dag=Subquery(eigen))
    return met


def _sleutels(*velden: str) -> Combinable:
    """The keys in these columns as one array."""
    lijst = ArrayField(BigIntegerField(null=True))
    return Func(*map(F, velden), template="(ARRAY[%(expressions)s])::bigint[]", output_field=lijst)


def _loopt(peiling: Peiling, pad: str = "pk") -> Q:
    """The household at `pad` has a melding or an opschaling that is open, or somebody in it has help that runs."""
    woont = Verblijf.objects.op_dag(peiling.dag).bekend_op(None)
    hulp = Beschikking.objects.bekend_op(None).filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=peiling.dag),
        ingangsdatum__lte=peiling.dag,
        persoon=OuterRef("persoon"),
    )
    geholpen = woont.filter(Exists(hulp), huishouden=OuterRef(pad))
    open_ = (Melding.objects.open(), Opschaling.objects.lopend())
    loopt = (Exists(rijen.filter(huishouden=OuterRef(pad))) for rijen in open_)
    return reduce(or_, map(Q, loopt), Q(Exists(geholpen)))


def _geboren(jarig: date) -> date:
    """When somebody was born who turns 18 on a day, give or take a day around 29 February."""
    return (jarig - DAG if (jarig.month, jarig.day) == (2, 29) else jarig).replace(year=jarig.year - 18)
