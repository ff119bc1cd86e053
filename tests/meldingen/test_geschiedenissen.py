"""Whatever happens to a melding, in whatever order: status, `Stand` and facts say the same."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Gebeurtenis, Kanaal, Melding, Soort
from meldingen.workflow import StapGeweigerd
from tests.factories import MET_REDEN, ONTVANGEN_OP

WERKWOORDEN = [
    "rond_af_in_voorveld",
    "start_gesprek",
    "start_onderzoek",
    "rond_onderzoek_af",
    "leg_akkoord_vast",
    "ken_toe",
    "wijs_af",
    "trek_in",
    "zet_door",
]
MIJLPALEN = {
    1: "ontvangen_op",
    2: "voorveld_op",
    3: "gesprek_op",
    4: "onderzoek_op",
    5: "afgerond_op",
    6: "akkoord_op",
    7: "toegekend_op",
    8: "niet_toegekend_op",
    9: "ingetrokken_op",
    10: "doorgezet_op",
}
KENMERKEN = ("team_id", "categorie", "kanaal", "aanleiding")

dagen = st.integers(0, 40).map(lambda dag: ONTVANGEN_OP + timedelta(days=dag))
kenmerken = st.fixed_dictionaries(
    {},
    optional={
        "categorie": st.sampled_from([None, *Categorie]),
        "kanaal": st.sampled_from([None, *Kanaal]),
        "aanleiding": st.sampled_from([None, *Aanleiding]),
        "datum": dagen,
    },
)
minuten = st.integers(0, 500).map(lambda minuten: timedelta(minutes=minuten))
stappen = st.tuples(st.just("stap"), st.sampled_from(WERKWOORDEN), dagen)
feiten_los = st.tuples(st.just("feit"), st.sampled_from(list(Soort)), dagen, minuten, st.none() | minuten)
vervallen = st.tuples(st.just("vervalt"), st.integers(0, 2), st.none() | minuten)
handelingen = st.one_of(
    stappen,
    stappen,
    st.tuples(st.just("correctie"), st.integers(0, 20), kenmerken),
    st.tuples(st.just("terug")),
    st.tuples(st.just("vergissing")),
    feiten_los,
    feiten_los,
    vervallen,
    vervallen,
)
geschiedenissen = st.lists(st.lists(handelingen, min_size=1, max_size=4), max_size=8)


def status_volgens(feiten: Iterable[Gebeurtenis]) -> str:
    """What the facts say of a melding now; shares nothing with the product."""
    feiten = list(feiten)
    soorten = {feit.soort for feit in feiten if feit.vervallen_op is None}
    if not feiten:
        return "nieuw"
    if 1 not in soorten:
        return "vervallen"
    for soort, status in (
        (7, "toegekend"),
        (8, "niet_toegekend"),
        (9, "ingetrokken"),
        (10, "doorgezet"),
        (6, "plan_akkoord"),
        (5, "onderzoek_afgerond"),
        (4, "onderzoek"),
        (2, "voorveld"),
        (3, "gesprek"),
    ):
        if soort in soorten:
            return status
    return "ontvangen"


def stand_volgens(feiten: list[Gebeurtenis], moment: datetime) -> dict[str, Any] | None:
    """What was known of a melding at a moment: its milestones and features; None when it did not count."""
    gold = [
        feit
        for feit in feiten
        if feit.geregistreerd_op <= moment and (feit.vervallen_op is None or feit.vervallen_op > moment)
    ]
    ontvangen = [feit for feit in gold if feit.soort == 1]
    if not ontvangen:
        return None
    mijlpalen = {
        naam: min((feit.datum for feit in gold if feit.soort == soort), default=None)
        for soort, naam in MIJLPALEN.items()
    }
    return mijlpalen | {
        naam: min(
            (getattr(feit, naam) for feit in ontvangen if getattr(feit, naam) is not None), default=None
        )
        for naam in KENMERKEN
    }


def stand_op(rij: dict[str, Any], moment: datetime) -> dict[str, Any]:
    """What a row says of a moment in it: the milestones that were known since then or before."""
    bekend = {
        naam: rij[naam] if sinds is not None and sinds <= moment else None
        for naam in MIJLPALEN.values()
        if naam != "ontvangen_op"
        for sinds in [rij[naam.removesuffix("_op") + "_sinds"]]
    }
    return {naam: bekend.get(naam, rij[naam]) for naam in [*MIJLPALEN.values(), *KENMERKEN]}


def blijft(eerst: dict[str, Any] | None, dan: dict[str, Any] | None) -> bool:
    """Whether `dan` needs no row of its own: nothing of what was there became something else."""
    if eerst is None or dan is None:
        return dan is None
    return all(
        dan[naam] == waarde or (waarde is None and naam not in KENMERKEN) for naam, waarde in eerst.items()
    )


def doe(melding: Melding, handeling: tuple[Any, ...], wie: Any, begin: datetime) -> None:
    """One act; a direct fact or lapse goes round the workflow, as an import does."""
    feiten = list(melding.gebeurtenissen.order_by("pk"))
    match handeling:
        case "stap", werkwoord, op:
            reden = {"reden": "zo gebeurde het"} if werkwoord in MET_REDEN else {}
            getattr(workflow, werkwoord)(melding, op=op, door=wie, **reden)
        case "correctie", nummer, wijziging if feiten:
            workflow.corrigeer(feiten[nummer % len(feiten)], reden="typefout", door=wie, **wijziging)
        case ("terug",):
            workflow.draai_terug(melding, reden="terug", door=wie)
        case ("vergissing",):
            workflow.registreer_als_vergissing(melding, reden="dubbel", door=wie)
        case "feit", soort, datum, na, duur:
            Gebeurtenis.objects.create(
                melding=melding,
                soort=soort,
                datum=datum,
                geregistreerd_op=begin + na,
                vervallen_op=None if duur is None else begin + na + duur,
            )
        case "vervalt", nummer, duur if feiten:
            feit = feiten[nummer % len(feiten)]
            moment = Now() if duur is None else feit.geregistreerd_op + duur
            melding.gebeurtenissen.filter(pk=feit.pk).update(vervallen_op=moment, vervallen_reden="import")


def controleer(melding: Melding) -> None:
    """Status now, and `Stand` at and just before every moment at which something was registered or lapsed."""
    feiten = list(melding.gebeurtenissen.all())
    assert Melding.objects.get(pk=melding.pk).status == status_volgens(feiten)
    grenzen = {moment for feit in feiten for moment in (feit.geregistreerd_op, feit.vervallen_op) if moment}
    net_ervoor = {moment - timedelta(microseconds=1) for moment in grenzen}
    toestanden = []
    for moment in sorted(grenzen | net_ervoor):
        standen = [stand_op(rij, moment) for rij in melding.standen.bekend_op(moment).values()]
        verwacht = stand_volgens(feiten, moment)
        assert standen == ([] if verwacht is None else [verwacht])
        toestanden.append(verwacht)
    begonnen = sum(not blijft(eerst, dan) for eerst, dan in pairwise([None, *toestanden]))
    assert melding.standen.count() == begonnen
    nu = melding.standen.bekend_op(None).values_list("status", flat=True)
    assert list(nu) == ([] if status_volgens(feiten) in ("nieuw", "vervallen") else [status_volgens(feiten)])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(geschiedenis=geschiedenissen, ontvangst=st.sampled_from(["workflow", "import", "geen"]))
def test_status_en_stand_zeggen_altijd_wat_de_feiten_zeggen(
    eigen_database, wijkwerker, geschiedenis, ontvangst
):
    if ontvangst == "workflow":
        melding = workflow.ontvang(op=ONTVANGEN_OP, categorie=Categorie.JEUGD, door=wijkwerker)
    else:
        melding = Melding.objects.create()
    begin = melding.geregistreerd_op - timedelta(days=1)
    if ontvangst == "import":
        doe(melding, ("feit", Soort.ONTVANGEN, ONTVANGEN_OP, timedelta(0), None), wijkwerker, begin)

    for samen in geschiedenis:
        with transaction.atomic():
            for handeling in samen:
                with suppress(StapGeweigerd, IntegrityError), transaction.atomic():
                    doe(melding, handeling, wijkwerker, begin)
                controleer(melding)

    controleer(melding)
    scherm = StringIO()
    call_command("herbouw_stand", controleer=True, stdout=scherm)
    assert scherm.getvalue() == "0 verschillen tussen de projectie en de feiten.\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ladingen=st.lists(st.lists(feiten_los, max_size=6), min_size=1, max_size=4), einde=minuten)
def test_een_lading_die_in_een_opdracht_komt_en_vervalt_geeft_dezelfde_stand(eigen_database, ladingen, einde):
    begin = timezone.now() - timedelta(days=1)
    meldingen = Melding.objects.bulk_create(Melding() for _ in ladingen)
    feiten = [
        Gebeurtenis(
            melding=melding,
            soort=soort,
            datum=datum,
            geregistreerd_op=begin + na,
            vervallen_op=begin + na + (duur or timedelta(0)) if duur or soort == Soort.ONTVANGEN else None,
        )
        for melding, lading in zip(meldingen, ladingen, strict=True)
        for _, soort, datum, na, duur in lading
    ]

    Gebeurtenis.objects.bulk_create(feiten)
    Gebeurtenis.objects.bulk_create(
        Gebeurtenis(melding=melding, soort=Soort.ONTVANGEN, datum=ONTVANGEN_OP, geregistreerd_op=begin)
        for melding in meldingen
    )

    for melding in meldingen:
        controleer(melding)

    Gebeurtenis.objects.filter(melding__in=meldingen, soort=Soort.ONTVANGEN, vervallen_op=None).update(
        vervallen_op=begin + einde
    )

    for melding in meldingen:
        controleer(melding)
