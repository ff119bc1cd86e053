"""What pages show of opschalingen: in the queue, on their own page, and with the household and the melding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from households.models import Huishouden, Persoon
from households.wonen import bewoners, huishoudnaam
from meldingen.forms.opschaling import handelingen
from meldingen.forms.rondetafel import Afspraakformulier, Evaluatieformulier, Rondetafelformulier
from meldingen.forms.velden import Handeling
from meldingen.models import Opschaling, Opschalingsvraag, Tafelafspraak, Tafelevaluatie
from meldingen.omloop import Omloop, omloop
from teams.access import Actie, mag, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling as Logregel
from teams.perioden import lopend


@dataclass(frozen=True)
class Regel:
    """An opschaling with what the reader can do about it; `dagen` is how long there is left, below zero when late."""

    opschaling: Opschaling
    naam: str
    dagen: int
    handelingen: list[Handeling[Any]] = field(default_factory=list)

    @property
    def te_laat(self) -> bool:
        """Whether the answer should have come already."""
        return self.opschaling.is_te_laat(timezone.localdate())

    @property
    def hoe_lang(self) -> str:
        """How much time there is left, in words."""
        dagen = "1 dag" if abs(self.dagen) == 1 else f"{abs(self.dagen)} dagen"
        return f"{dagen} te laat" if self.dagen < 0 else f"nog {dagen}" if self.dagen else "vandaag"


@dataclass(frozen=True)
class Opschalingen:
    """What a page about a household shows; `bindend` are the answers that the wijkteam has to follow."""

    lopend: list[Regel]
    eerder: list[Opschaling]
    bindend: list[Opschaling]
    omloop: Omloop | None

    @property
    def meelezers(self) -> set[int]:
        """The betrokkenheden that end with an opschaling, and not by themselves."""
        return {regel.opschaling.betrokkenheid_id for regel in self.lopend}


def opschalingen() -> QuerySet[Opschaling]:
    """With everything at hand that a page shows."""
    vragen = Opschalingsvraag.objects.select_related("gesteld_door", "beantwoord_door").order_by("pk")
    return (
        Opschaling.objects.in_het_kort()
        .select_related("huishouden", "melding", "eerdere_contactpersoon", "betrokkenheid")
        .prefetch_related(Prefetch("vragen", vragen))
    )


def van_huishouden(huishouden: int | None, spoor: Spoor, *, werken: bool) -> Opschalingen | None:
    """Those of a household that the reader may see, logged; with `werken` also what can be done about them.

    None where there is no household that the reader may look into.
    """
    if huishouden is None or not mag(spoor.wie, Actie.LEZEN, Huishouden(pk=huishouden)):
        return None
    rijen = list(
        zichtbaar(opschalingen().filter(huishouden=huishouden), spoor.wie, Actie.LEZEN).order_by("-pk")
    )
    leg_vast(rijen, spoor=spoor, handeling=Logregel.IN_LIJST)
    return Opschalingen(
        lopend=[_regel(rij, "", spoor, werken=werken) for rij in rijen if rij.loopt],
        eerder=[rij for rij in rijen if not rij.loopt],
        bindend=[rij for rij in rijen if rij.bindt],
        omloop=omloop(huishouden, spoor.wie.dag),
    )


def rijen_voor(rijen: Iterable[Opschaling], spoor: Spoor) -> list[Regel]:
    """Rows of the queue, with the names of the households as far as the reader may know them."""
    rijen = list(rijen)
    wonen = bewoners({rij.huishouden_id for rij in rijen}, spoor.wie.dag)
    personen = {verblijf.persoon_id for verblijven in wonen.values() for verblijf in verblijven}
    leesbaar = set(
        zichtbaar(Persoon.objects.filter(pk__in=personen), spoor.wie, Actie.LEZEN).values_list(
            "pk", flat=True
        )
    )
    namen = {
        pk: huishoudnaam(verblijf for verblijf in verblijven if verblijf.persoon_id in leesbaar)
        for pk, verblijven in wonen.items()
    }
    return [_regel(rij, namen.get(rij.huishouden_id, "naam onbekend"), spoor, werken=True) for rij in rijen]


def _regel(rij: Opschaling, naam: str, spoor: Spoor, *, werken: bool) -> Regel:
    dagen = (rij.uiterlijk_op - spoor.wie.dag).days
    return Regel(rij, naam, dagen, handelingen(rij, spoor) if werken else [])


def paginazicht(opschaling: Opschaling, spoor: Spoor, ingevuld: Handeling[Any] | None) -> dict[str, Any]:
    """What the page of an opschaling shows, for a reader whom `lees` let in."""
    werken = mag(spoor.wie, Actie.WERKEN, opschaling)
    formulieren = handelingen(opschaling, spoor, ingevuld) if werken else []
    tafel = Rondetafelformulier(opschaling, spoor) if _kan_tafelen(opschaling) and werken else None
    if tafel and ingevuld and ingevuld.sleutel == tafel.sleutel:
        formulieren.append(ingevuld)
    elif tafel:
        formulieren.append(tafel)
    [regel] = rijen_voor([opschaling], spoor)
    tafels = _tafels(opschaling, spoor, werken=werken, ingevuld=ingevuld)
    bij_tafels = [formulier for tafel in tafels for formulier in tafel["formulieren"]]
    return {
        "regel": regel,
        "handelingen": formulieren,
        "zonder_plaats": ingevuld if ingevuld not in [*formulieren, *bij_tafels] else None,
        "stappen": opschaling.stappen.select_related("door").order_by("-pk"),
        "tafels": tafels,
        "contactpersoon": opschaling.huishouden.betrokkenen.filter(lopend(), soort=1)
        .select_related("medewerker")
        .first(),
    }


def _kan_tafelen(opschaling: Opschaling) -> bool:
    return opschaling.met_rondetafel and opschaling.loopt and opschaling.medewerker_id is not None


def _tafels(
    opschaling: Opschaling, spoor: Spoor, *, werken: bool, ingevuld: Handeling[Any] | None
) -> list[dict[str, Any]]:
    """The rondetafels, the latest first, each with who sat there, what was agreed and what came of it."""
    if not opschaling.met_rondetafel:
        return []
    evaluaties = Tafelevaluatie.objects.select_related("door").prefetch_related("resultaten")
    tafels = list(
        opschaling.rondetafels.select_related("door")
        .prefetch_related(
            "tafelgenoten__medewerker",
            "tafelgenoten__ketenpartner",
            "tafelgenoten__persoon",
            Prefetch("afspraken", Tafelafspraak.objects.order_by("pk")),
            Prefetch("evaluaties", evaluaties.order_by("weken")),
        )
        .order_by("-datum")
    )
    genoten = [genoot for tafel in tafels for genoot in tafel.tafelgenoten.all()]
    personen = Persoon.objects.filter(pk__in=[rij.persoon_id for rij in genoten if rij.persoon_id])
    gelezen = list(zichtbaar(personen, spoor.wie, Actie.LEZEN))
    leg_vast(gelezen, spoor=spoor, handeling=Logregel.IN_LIJST)
    leesbaar = {persoon.pk for persoon in gelezen}

    def noem(genoot: Any) -> str:
        if genoot.persoon:
            return str(genoot.persoon.naam if genoot.persoon_id in leesbaar else genoot.persoon.gemaskeerd)
        return str(genoot.medewerker.naam if genoot.medewerker else genoot.ketenpartner.wie)

    def eigen(formulier: Handeling[Any]) -> Handeling[Any]:
        return ingevuld if ingevuld and ingevuld.sleutel == formulier.sleutel else formulier

    zicht = []
    for tafel in tafels:
        namen = {genoot.pk: noem(genoot) for genoot in tafel.tafelgenoten.all()}
        te_doen = [rij for rij in tafel.evaluaties.all() if rij.gehouden_op is None]
        formulieren: list[Handeling[Any]] = []
        if werken and te_doen:
            afspraak = eigen(Afspraakformulier(opschaling, spoor, doel=tafel.pk))
            assert isinstance(afspraak, Afspraakformulier)
            afspraak.zet(namen)
            evaluatie = eigen(Evaluatieformulier(opschaling, spoor, doel=te_doen[0].pk))
            formulieren = [afspraak, evaluatie]
        zicht.append(
            {
                "tafel": tafel,
                "namen": namen.values(),
                "afspraken": [
                    (rij, namen[rij.wie_id], _resultaten(tafel, rij)) for rij in tafel.afspraken.all()
                ],
                "evaluaties": [(rij, rij.gepland_op < spoor.wie.dag) for rij in tafel.evaluaties.all()],
                "formulieren": formulieren,
            }
        )
    return zicht


def _resultaten(tafel: Any, afspraak: Tafelafspraak) -> list[tuple[Tafelevaluatie, Any]]:
    """What each evaluatie that was held found of an afspraak."""
    return [
        (evaluatie, resultaat)
        for evaluatie in tafel.evaluaties.all()
        for resultaat in evaluatie.resultaten.all()
        if resultaat.afspraak_id == afspraak.pk
    ]
