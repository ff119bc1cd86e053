"""Plan, move, cancel and hold a gesprek."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from households.models import Persoon
from households.wonen import bewoners
from meldingen.forms.besluiten import codekeuze
from meldingen.forms.velden import (
    Handeling,
    Medewerkersveld,
    Medewerkerveld,
    Tekstveld,
    collegas,
    dagveld,
    redenveld,
)
from meldingen.models import Gesprek, Gespreksgenoot, Hoedanigheid, Melding, Plaatssoort
from meldingen.workflow import geen_gesprek
from teams.access import Actie, zichtbaar
from teams.gronden import Wie
from teams.models import IN_TEAM, Aanstelling, Medewerker

NAAM_TEKENS = 200


class Duoveld(Medewerkerveld):
    """A choice of colleagues of any team, with the team behind the name."""

    def label_from_instance(self, obj: Model) -> str:
        """Such as `Bo Buur (Wijkteam Haven)`."""
        return f"{super().label_from_instance(obj)} ({getattr(obj, 'in_team', None) or 'zonder team'})"


class Ledenveld(forms.ModelMultipleChoiceField):
    """A choice of members of a household, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Model) -> str:
        """The name."""
        return obj.naam if isinstance(obj, Persoon) else str(obj)


class Genotenveld(forms.ModelMultipleChoiceField):
    """A choice out of who is expected at a gesprek."""

    widget = forms.CheckboxSelectMultiple
    namen: Mapping[int, str] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        """The name, and as what somebody comes who isn't a member of the household."""
        naam = self.namen[obj.pk]
        return naam if obj.persoon_id else f"{naam} ({obj.get_hoedanigheid_display()})"


def noem(genoten: Iterable[Gespreksgenoot], wie: Wie) -> tuple[dict[int, str], list[Persoon]]:
    """The name of each by key, masked of a member whom the reader may not read; and the members who were named."""
    genoten = list(genoten)
    leden = Persoon.objects.filter(pk__in=[genoot.persoon_id for genoot in genoten if genoot.persoon_id])
    genoemd = list(zichtbaar(leden, wie, Actie.LEZEN))
    leesbaar = {persoon.pk for persoon in genoemd}
    namen = {
        genoot.pk: (genoot.persoon.naam if genoot.persoon_id in leesbaar else genoot.persoon.gemaskeerd)
        if genoot.persoon
        else genoot.naam
        for genoot in genoten
    }
    return namen, genoemd


def leden_van(huishouden: int | None, wie: Wie) -> QuerySet[Persoon]:
    """Who lives in a household today, as far as the reader may read of them; nobody where there is none."""
    wonend = bewoners([huishouden], timezone.localdate()).get(huishouden, []) if huishouden else []
    rijen = Persoon.objects.filter(pk__in=[verblijf.persoon_id for verblijf in wonend])
    return zichtbaar(rijen, wie, Actie.LEZEN).order_by("geboortedatum", "pk")


def tijdveld() -> forms.TimeField:
    """A time of the day, typed as 10:30."""
    return forms.TimeField(
        label="Tijd",
        help_text="uu:mm",
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "class": "veld-kort"}),
    )


def moment(schoon: dict[str, Any]) -> datetime:
    """Day and time in one, in the Netherlands."""
    return datetime.combine(schoon["dag"], schoon["tijd"], tzinfo=timezone.get_current_timezone())


class Gesprekformulier(Handeling[Melding]):
    """Agree on when and where the gesprek is, and who is expected."""

    route = "melding-gesprek"
    titel, knop = "Plan een gesprek", "Plan het gesprek"
    dag = dagveld()
    tijd = tijdveld()
    plaatssoort = codekeuze(Plaatssoort, "Waar", initial=Plaatssoort.THUIS)
    plaats = Tekstveld(label="Plaats", max_length=200, rijen=1, required=False, help_text="Als dat nodig is.")
    deelnemers = Medewerkersveld(label="Wie gaan erheen", queryset=Medewerker.objects.none())
    duo = Duoveld(
        label="Tweede collega, ook van een ander team",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Niemand",
        help_text="Zij kan het dossier lezen zolang de melding loopt.",
    )
    leden = Ledenveld(label="Wie van het huishouden verwacht u", queryset=None, required=False)

    ANDEREN: ClassVar[dict[str, tuple[Hoedanigheid, str]]] = {
        "ondersteuner": (Hoedanigheid.ONDERSTEUNER, "Cliëntondersteuner (naam)"),
        "mantelzorger": (Hoedanigheid.MANTELZORGER, "Mantelzorger (naam)"),
        "ander": (Hoedanigheid.ANDER, "Iemand anders (naam)"),
    }

    def bereid_voor(self) -> None:
        """The colleagues of the team, oneself among them; anybody for the duo; who lives in the household."""
        wie = self.spoor.wie
        self._keuzes("deelnemers", collegas({self.rij.team_id, *wie.teams, *wie.expertteams}))
        self.fields["deelnemers"].initial = [self.rij.behandelaar_id or wie.medewerker]
        vandaag = timezone.localdate()
        team = Aanstelling.objects.op_dag(vandaag).filter(medewerker=OuterRef("pk"), rol__in=IN_TEAM)
        self._keuzes("duo", collegas().annotate(in_team=Subquery(team.values("team__naam")[:1])))
        if self.rij.huishouden_id:
            self._keuzes("leden", leden_van(self.rij.huishouden_id, wie))
        else:
            del self.fields["leden"]
        for naam, (_, label) in self.ANDEREN.items():
            self.fields[naam] = forms.CharField(label=label, max_length=NAAM_TEKENS, required=False)

    def _keuzes(self, naam: str, rijen: QuerySet[Any]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = rijen

    @property
    def beletsel(self) -> str | None:
        """Why no gesprek can be planned."""
        return geen_gesprek(self.rij)

    def schoon(self) -> dict[str, Any]:
        """The moment in one, and the others by what they come as."""
        schoon = self.cleaned_data
        return {
            "op": moment(schoon),
            "anderen": {als: schoon[naam] for naam, (als, _) in self.ANDEREN.items()},
            "leden": schoon.get("leden", ()),
            **{naam: schoon[naam] for naam in ("plaatssoort", "plaats", "deelnemers", "duo")},
        }


class _OverGesprek(Handeling[Melding]):
    """Does something with a gesprek of the melding; `doel` is its key. Http404 when the melding has no such."""

    def bereid_voor(self) -> None:
        """The gesprek, with who is expected."""
        rijen = self.rij.gesprekken.select_related("melding")
        self.gesprek: Gesprek = get_object_or_404(rijen, pk=self.doel)

    def schoon(self) -> dict[str, Any]:
        """The gesprek itself, too."""
        return {"gesprek": self.gesprek, **self.cleaned_data}


class Afzegformulier(_OverGesprek):
    """The gesprek will not be held then."""

    route = "melding-gesprek-afzeggen"
    titel = knop = "Zeg af"
    reden = redenveld()


class Verplaatsformulier(_OverGesprek):
    """The gesprek will be held at another moment, or elsewhere."""

    route = "melding-gesprek-verplaatsen"
    titel = knop = "Verplaats"
    dag = dagveld()
    tijd = tijdveld()
    plaatssoort = codekeuze(Plaatssoort, "Waar", initial=Plaatssoort.THUIS)
    plaats = Tekstveld(label="Plaats", max_length=200, rijen=1, required=False)
    reden = redenveld()

    def bereid_voor(self) -> None:
        """When and where it is planned now."""
        super().bereid_voor()
        nu = timezone.localtime(self.gesprek.gepland_op)
        for naam, waarde in (
            ("dag", nu.date()),
            ("tijd", nu.time()),
            ("plaatssoort", self.gesprek.plaatssoort or Plaatssoort.THUIS),
            ("plaats", self.gesprek.plaats),
        ):
            self.fields[naam].initial = waarde

    def schoon(self) -> dict[str, Any]:
        """The moment in one."""
        schoon = super().schoon()
        op = moment(schoon)
        return {naam: waarde for naam, waarde in schoon.items() if naam not in ("dag", "tijd")} | {"op": op}


class Houdformulier(_OverGesprek):
    """It was held: when, and who was there."""

    route = "melding-gesprek-houden"
    titel, knop = "Het gesprek is gehouden", "Leg vast"
    op = dagveld("Gehouden op")
    aanwezigen = Medewerkersveld(label="Wie van ons was erbij", queryset=Medewerker.objects.none())
    genoten = Genotenveld(label="Wie nog meer", queryset=None, required=False)
    ander = forms.CharField(label="Nog iemand (naam)", max_length=NAAM_TEKENS, required=False)

    def bereid_voor(self) -> None:
        """Everybody who was expected, as if they came."""
        super().bereid_voor()
        wij, genoten = self.gesprek.deelnemers.all(), self.gesprek.genoten.select_related("persoon")
        for naam, rijen in (("aanwezigen", wij), ("genoten", genoten)):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ModelChoiceField)
            veld.queryset = rijen.order_by("pk")
            veld.initial = [rij.pk for rij in rijen]
        veld = self.fields["genoten"]
        assert isinstance(veld, Genotenveld)
        veld.namen, _ = noem(genoten, self.spoor.wie)
        if not veld.initial:
            del self.fields["genoten"]
        vandaag = timezone.localdate()
        self.fields["op"].initial = min(timezone.localdate(self.gesprek.gepland_op), vandaag)

    def schoon(self) -> dict[str, Any]:
        """Who came, by key."""
        genoten = [rij.pk for rij in self.cleaned_data.get("genoten", ())]
        return {**super().schoon(), "genoten": genoten}
