"""What one can do with a plan: each a small form, with what is seldom needed folded away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import Http404
from django.utils import timezone

from households.models import (
    Afsluiting,
    Afspraak,
    Afspraaksoort,
    Antwoord,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Doelstand,
    Evaluatie,
    Huishouden,
    Levensgebied,
    Persoon,
    Plan,
    Planversie,
    Regiesoort,
    Resultaat,
    Tevredenheid,
    Wijze,
)
from meldingen.forms.velden import (
    NOTITIE_TEKENS,
    Handeling,
    Medewerkerveld,
    Tekstveld,
    collegas,
    dagveld,
    redenveld,
)
from meldingen.planblad import IEMAND, Blad
from teams.codes import Code
from teams.models import Medewerker
from teams.perioden import lopend

DOEL_TEKENS = 1_000
Keuzes = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Planzicht:
    """What the forms of one page share: the plan as the reader sees it, and what that reader was typing."""

    plan: Plan | None
    blad: Blad = field(default_factory=Blad)
    versie: Planversie | None = None
    concepten: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    bewoners: Keuzes = field(default_factory=list)
    """Who lives there now and doesn't take part."""


class Keuzeveld(forms.TypedChoiceField):
    """A value of a closed list."""

    def __init__(self, lijst: type[Code], *, leeg: str = "", **kwargs: Any) -> None:
        keuzes = [("", leeg), *lijst.choices] if leeg else lijst.choices
        super().__init__(choices=keuzes, coerce=lambda waarde: lijst(int(waarde)), empty_value=None, **kwargs)


class Sleutelveld(forms.TypedChoiceField):
    """One of some rows, by key; the form fills in which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


class Planhandeling(Handeling[Huishouden]):
    """A form about the plan of a household. `meer` are the fields that are folded away; with `bewaart` what is typed is
    kept as a draft."""

    meer: ClassVar[tuple[str, ...]] = ()
    bewaart: ClassVar[bool] = False
    huidig: Any
    van_de_rij: dict[str, Any]

    def __init__(
        self, rij: Huishouden, spoor: Any, data: Any = None, *, zicht: Planzicht, doel: Any = None
    ) -> None:
        self.zicht = zicht
        self.heeft_concept = False
        super().__init__(rij, spoor, data, doel=doel)
        if self.bewaart and not self.is_bound:
            self._haal_concept_terug()

    def _haal_concept_terug(self) -> None:
        """What was typed; also which `bewerking` it was about, so that a draft never overwrites somebody unseen."""
        concept = self.zicht.concepten.get(self.formulier, {})
        for naam, waarde in concept.items():
            if naam in self.fields and not isinstance(self.fields[naam], forms.MultipleChoiceField):
                self.initial[naam] = waarde
                self.heeft_concept = True

    @property
    def formulier(self) -> str:
        """Under which name the draft is kept."""
        return f"{self.sleutel}-van-{self.zicht.plan.pk if self.zicht.plan else 0}"

    @property
    def plan(self) -> Plan:
        """The plan; Http404 where there never was one."""
        if self.zicht.plan is None:
            raise Http404
        return self.zicht.plan

    @property
    def hoofdvelden(self) -> list[BoundField]:
        """The fields that are always to be seen."""
        return [veld for veld in self.visible_fields() if veld.name not in self.meer]

    @property
    def meervelden(self) -> list[BoundField]:
        """The fields that are folded away."""
        return [self[naam] for naam in self.meer]

    @property
    def meer_open(self) -> bool:
        """Whether something folded away is wrong, or was filled in by hand."""
        return any(veld.errors or (self.is_bound and veld.data) for veld in self.meervelden)

    def kies(self, naam: str, keuzes: Iterable[tuple[Any, Any]], eerste: Any = None) -> None:
        """Give a field its choices."""
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = list(keuzes)
        if eerste is not None:
            veld.initial = eerste

    def deelnemers(self) -> Keuzes:
        """Who takes part, by key."""
        return [(mens.sleutel, f"{mens.naam} ({mens.omschrijving})") for mens in self.zicht.blad.deelnemers]

    def deelnemers_of_anders(self) -> Keuzes:
        """The same, or somebody whose name one fills in."""
        return [*self.deelnemers(), (ANDERS, "Iemand anders: vul de naam in bij ‘Meer invullen’")]

    def onthoud(self, initial: dict[str, Any]) -> None:
        """What stands in the row now, for who changes it; goes along as `basis`, to tell later what they touched."""
        self.van_de_rij = initial
        self.initial.update(initial)
        self.initial["basis"] = json.dumps(self.in_woorden_van_de_rij())

    def in_woorden_van_de_rij(self) -> dict[str, str]:
        """What stands in the row now, by field; whatever somebody typed."""
        return {
            veld.name: in_woorden(veld.field, self.van_de_rij.get(veld.name))
            for veld in self.visible_fields()
            if veld.name in self.van_de_rij
        }

    def in_woorden(self) -> dict[str, str]:
        """What stands in each field, as one reads it: what was typed, else what stood there at first."""
        return {veld.name: in_woorden(veld.field, veld.value()) for veld in self.visible_fields()}


def in_woorden(veld: forms.Field, waarde: Any) -> str:
    """A value of a field, as one reads it."""
    if isinstance(veld, forms.ChoiceField):
        gekozen = {str(een) for een in (waarde if isinstance(waarde, list) else [waarde])}
        keuzes: Any = veld.choices
        return ", ".join(str(label) for sleutel, label in keuzes if str(sleutel) in gekozen)
    if isinstance(waarde, date):
        return waarde.strftime("%d-%m-%Y")
    if isinstance(veld, forms.BooleanField):
        return "ja" if waarde else "nee"
    return str(waarde or "")


class Beginformulier(Planhandeling):
    """Begin the one plan of the household."""

    route = "plan-begin"
    titel = knop = "Begin het plan"
    neem_over = forms.BooleanField(label="Neem de open doelen van het vorige plan mee", required=False)

    def bereid_voor(self) -> None:
        """Taking along is offered where there is something to take."""
        if any(doel.open for doel in self.zicht.blad.doelen):
            self.fields["neem_over"].initial = True
        else:
            del self.fields["neem_over"]


ANDERS = "anders"
ANDERS_UITLEG = "Staat diegene er niet bij? Vul hier de naam in; dan geldt die."


class Wieveld(forms.TypedChoiceField):
    """Somebody who takes part, or `ANDERS`: somebody whose name is filled in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda waarde: None if waarde == ANDERS else int(waarde), **kwargs)


def _iemand(formulier: Planhandeling) -> None:
    """Who chose somebody else, tells who that is."""
    anders = formulier.cleaned_data.get("anders", "").strip()
    veld = "wie" if "wie" in formulier.fields else "eigenaar"
    if formulier.data.get(veld) == ANDERS and not anders and "anders" not in formulier.errors:
        formulier.add_error("anders", "Vul de naam in.")


class Doelformulier(Planhandeling):
    """What somebody wants to reach."""

    route = "plan-doel"
    titel, knop = "Nieuw doel", "Bewaar doel"
    meer = ("anders", "voor_wie", "streefdatum", "begin", "levensgebied", "besloten")
    bewaart = True
    tekst = Tekstveld(
        label="Wat wilt u bereiken",
        help_text="In de woorden van de inwoner.",
        max_length=DOEL_TEKENS,
        rijen=2,
    )
    eigenaar = Wieveld(label="Van wie is dit doel")
    anders = forms.CharField(
        label="Van iemand anders", help_text=ANDERS_UITLEG, max_length=200, required=False
    )
    voor_wie = forms.TypedMultipleChoiceField(
        label="Voor wie",
        help_text="Niets gekozen: voor iedereen in het huishouden.",
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    streefdatum = dagveld("Streefdatum", required=False)
    begin = dagveld("Begint op", required=False)
    levensgebied = forms.ModelChoiceField(
        label="Levensgebied", queryset=Levensgebied.objects.none(), empty_label="Geen", required=False
    )
    besloten = forms.BooleanField(
        label="Besloten: niet op papier voor de anderen in het huishouden", required=False
    )

    def bereid_voor(self) -> None:
        """The people of the plan; the first resident stands there at first."""
        blad = self.zicht.blad
        bewoners = [mens for mens in blad.deelnemers if mens.persoon]
        self.kies("eigenaar", self.deelnemers_of_anders(), bewoners[0].sleutel if bewoners else None)
        self.kies("voor_wie", [(mens.persoon, mens.naam) for mens in bewoners])
        self.fields["levensgebied"].queryset = Levensgebied.objects.geldig_op(timezone.localdate())  # type: ignore[attr-defined]
        self.fields["begin"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """Somebody, chosen or by name."""
        super().clean()
        _iemand(self)
        return self.cleaned_data

    def schoon(self) -> dict[str, Any]:
        """The persons for whom it is, too."""
        personen = Persoon.objects.filter(pk__in=self.cleaned_data["voor_wie"]).order_by("pk")
        schoon = {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "basis"}
        return schoon | {"voor_wie": list(personen)}


class Doelwijzigformulier(Doelformulier):
    """Write a goal anew; `doel` is its key."""

    route = "plan-doel-wijzig"
    titel, knop = "Wijzig dit doel", "Bewaar wijziging"
    stand = Keuzeveld(Doelstand, label="Stand", widget=forms.RadioSelect)
    bewerking = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("tekst", "eigenaar", "stand")

    def bereid_voor(self) -> None:
        """As it is now."""
        super().bereid_voor()
        self.huidig = _van_plan(Doel.objects.select_related("plan"), self.rij, self.doel)
        doel = self.huidig
        # Who owns it but takes part no longer stays a choice.
        if doel.eigenaar_id not in [sleutel for sleutel, _ in self.deelnemers()]:
            wie = {mens.sleutel: mens.naam for mens in self.zicht.blad.mensen}
            self.kies(
                "eigenaar",
                [
                    (doel.eigenaar_id, f"{wie.get(doel.eigenaar_id, IEMAND)} (doet niet meer mee)"),
                    *self.deelnemers(),
                ],
            )
        self.onthoud(
            {
                "tekst": doel.tekst,
                "eigenaar": doel.eigenaar_id,
                "stand": doel.stand,
                "bewerking": doel.bewerking,
                "begin": doel.begin,
                "streefdatum": doel.streefdatum,
                "levensgebied": doel.levensgebied_id,
                "besloten": doel.besloten,
                "voor_wie": [persoon.pk for persoon in doel.voor_wie.all()],
            }
        )


class Afspraakformulier(Planhandeling):
    """Who does what, or keeps to what; for the goal with key `doel`, else for the whole plan."""

    route = "plan-afspraak"
    titel, knop = "Actie of afspraak toevoegen", "Bewaar"
    meer: ClassVar[tuple[str, ...]] = ("anders", "uiterlijk_op")
    bewaart = True
    soort = Keuzeveld(
        Afspraaksoort, label="Soort", widget=forms.RadioSelect, initial=Afspraaksoort.ACTIE.value
    )
    tekst = Tekstveld(label="Wat", max_length=DOEL_TEKENS, rijen=2)
    wie = Wieveld(label="Wie")
    anders = forms.CharField(label="Iemand anders", help_text=ANDERS_UITLEG, max_length=200, required=False)
    uiterlijk_op = dagveld("Uiterlijk op", required=False)

    def bereid_voor(self) -> None:
        """The people of the plan."""
        self.kies("wie", [("", "Kies wie"), *self.deelnemers_of_anders()])

    def clean(self) -> dict[str, Any]:
        """Somebody, chosen or by name."""
        super().clean()
        _iemand(self)
        return self.cleaned_data


class Doelafspraakformulier(Afspraakformulier):
    """The same, under a goal."""

    route = "plan-doel-afspraak"

    def schoon(self) -> dict[str, Any]:
        """The goal, too; Http404 when it isn't one of this household."""
        return self.cleaned_data | {"bij": _van_plan(Doel.objects.all(), self.rij, self.doel)}


class Afspraakwijzigformulier(Afspraakformulier):
    """Write an actie or afspraak anew; `doel` is its key."""

    route = "plan-afspraak-wijzig"
    titel, knop = "Wijzig deze actie of afspraak", "Bewaar wijziging"
    meer = ("anders", "gedaan_op", "vervallen")
    gedaan_op = dagveld("Gedaan op", required=False)
    vervallen = forms.BooleanField(label="Vervallen: dit hoeft niet meer", required=False)
    bewerking = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.CharField(widget=forms.HiddenInput, required=False)

    def bereid_voor(self) -> None:
        """As it is now."""
        super().bereid_voor()
        self.huidig = _van_plan(Afspraak.objects.select_related("plan"), self.rij, self.doel)
        rij = self.huidig
        if rij.wie_id not in [sleutel for sleutel, _ in self.deelnemers()]:
            wie = {mens.sleutel: mens.naam for mens in self.zicht.blad.mensen}
            self.kies(
                "wie",
                [
                    (rij.wie_id, f"{wie.get(rij.wie_id, IEMAND)} (doet niet meer mee)"),
                    *self.deelnemers_of_anders(),
                ],
            )
        self.onthoud(
            {
                "soort": rij.soort,
                "tekst": rij.tekst,
                "wie": rij.wie_id,
                "uiterlijk_op": rij.uiterlijk_op,
                "gedaan_op": rij.gedaan_op,
                "vervallen": rij.vervallen_op is not None,
                "bewerking": rij.bewerking,
            }
        )

    def schoon(self) -> dict[str, Any]:
        """Without what only tells what was touched."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "basis"}


class Vinkafformulier(Planhandeling):
    """It was done; `doel` is the key of the actie or afspraak."""

    route = "plan-afspraak-gedaan"
    titel = knop = "Gedaan"

    def schoon(self) -> dict[str, Any]:
        """The actie or afspraak."""
        return {"afspraak": _van_plan(Afspraak.objects.select_related("plan"), self.rij, self.doel)}


class Deelnemerformulier(Planhandeling):
    """Somebody takes part: of the household, a colleague, the network, or another organisation."""

    route = "plan-deelnemer"
    titel, knop = "Wie doet er nog meer mee", "Voeg toe"
    meer = ("organisatie", "telefoon", "email")
    wie = forms.ChoiceField(label="Wie", required=False)
    soort = Keuzeveld(Deelnemersoort, label="Waar hoort diegene bij", leeg="Kies", required=False)
    naam = forms.CharField(label="Naam", max_length=200, required=False)
    rol = forms.CharField(
        label="Rol", help_text="Bijvoorbeeld: buurvrouw, mentor, schuldhulp.", max_length=200, required=False
    )
    organisatie = forms.CharField(label="Organisatie", max_length=200, required=False)
    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)

    def bereid_voor(self) -> None:
        """Who lives there and colleagues of one's own teams; who takes part already is no choice."""
        teams = self.spoor.wie.teams | self.spoor.wie.expertteams
        collegas_ = collegas(teams)
        if self.zicht.plan:
            al = self.zicht.plan.deelnemers.filter(lopend(), medewerker__isnull=False)
            collegas_ = collegas_.exclude(pk__in=al.values("medewerker"))
        self.kies(
            "wie",
            [
                ("", "Iemand anders: vul de naam hieronder in"),
                ("Huishouden", [(f"p{pk}", naam) for pk, naam in self.zicht.bewoners]),
                ("Collega’s", [(f"m{rij.pk}", rij.naam) for rij in collegas_]),
            ],
        )
        self.kies(
            "soort",
            [
                ("", "Kies"),
                *(
                    (soort.value, soort.label)
                    for soort in Deelnemersoort
                    if soort not in (Deelnemersoort.BEWONER, Deelnemersoort.MEDEWERKER)
                ),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Somebody who was chosen, or of whom is told who it is."""
        schoon = super().clean() or self.cleaned_data
        if not schoon.get("wie") and "wie" not in self.errors:
            if not (schoon.get("naam") or schoon.get("organisatie")):
                self.add_error("naam", "Kies hierboven iemand, of vul een naam in.")
            if not schoon.get("soort"):
                self.add_error("soort", "Kies waar diegene bij hoort.")
        return schoon

    def schoon(self) -> dict[str, Any]:
        """As `voeg_deelnemer_toe` takes it."""
        velden: dict[str, Any] = dict(self.cleaned_data)
        wie = velden.pop("wie")
        if not wie:
            return velden
        sleutel, rol = int(wie[1:]), velden["rol"]
        if wie[0] == "p":
            persoon = Persoon.objects.get(pk=sleutel)
            return {"soort": Deelnemersoort.BEWONER, "persoon": persoon, "rol": rol}
        medewerker = Medewerker.objects.get(pk=sleutel)
        return {"soort": Deelnemersoort.MEDEWERKER, "medewerker": medewerker, "rol": rol}


class Deelnemereindeformulier(Planhandeling):
    """Somebody takes part no longer; `doel` is the key of the deelnemer."""

    route = "plan-deelnemer-einde"
    titel = knop = "Doet niet meer mee"

    def schoon(self) -> dict[str, Any]:
        """The deelnemer."""
        return {"deelnemer": _van_plan(Deelnemer.objects.select_related("plan"), self.rij, self.doel)}


class Regieformulier(Planhandeling):
    """Who holds one kind of regie from now on."""

    route = "plan-regie"
    titel, knop = "Leg vast wie de regie heeft", "Leg vast"
    meer = ("reden",)
    soort = Keuzeveld(Regiesoort, label="Welke regie", leeg="Kies")
    wie = Sleutelveld(label="Wie heeft die vanaf nu")
    reden = redenveld("Waarom", required=False)

    def bereid_voor(self) -> None:
        """The people of the plan."""
        self.kies("wie", [("", "Kies wie"), *self.deelnemers()])


class Evaluatieplanformulier(Planhandeling):
    """On which day one looks at a goal; `doel` is its key."""

    route = "plan-evaluatie"
    titel, knop = "Plan een evaluatie", "Plan"
    op = dagveld("Op welke dag")

    def schoon(self) -> dict[str, Any]:
        """The goal, too."""
        return self.cleaned_data | {
            "bij": _van_plan(Doel.objects.select_related("plan"), self.rij, self.doel)
        }


class Evaluatieformulier(Planhandeling):
    """What an evaluation came to; `doel` is its key."""

    route = "plan-evaluatie-houden"
    titel, knop = "Evaluatie", "Bewaar evaluatie"
    meer = ("op", "volgende_op")
    bewaart = True
    resultaat = Keuzeveld(Resultaat, label="Is het doel bereikt", widget=forms.RadioSelect)
    toelichting = Tekstveld(
        label="Hoe gaat het",
        help_text="Wat vindt de inwoner ervan?",
        max_length=NOTITIE_TEKENS,
        required=False,
    )
    op = dagveld("Gehouden op")
    volgende_op = dagveld("Volgende evaluatie", required=False)

    def bereid_voor(self) -> None:
        """Today."""
        self.huidig = _van_plan(
            Evaluatie.objects.select_related("doel__plan"), self.rij, self.doel, pad="doel__plan__huishouden"
        )
        self.fields["op"].initial = timezone.localdate()


class Vaststelformulier(Planhandeling):
    """Set the plan down as the next version."""

    route = "plan-vaststellen"

    @property
    def titel(self) -> str:  # type: ignore[override]
        """With the number that it gets."""
        return f"Stel versie {self.zicht.versie.nummer + 1 if self.zicht.versie else 1} vast"

    @property
    def knop(self) -> str:  # type: ignore[override]
        """The same."""
        return self.titel


class Meningformulier(Planhandeling):
    """What somebody says to the version with number `doel`."""

    route = "plan-akkoord"
    titel, knop = "Wat vindt de inwoner van deze versie", "Leg vast"
    meer = ("datum",)
    bewaart = True
    wie = Sleutelveld(label="Wie zegt dit")
    antwoord = Keuzeveld(Antwoord, label="Antwoord", widget=forms.RadioSelect)
    wijze = Keuzeveld(Wijze, label="Hoe", initial=Wijze.MONDELING.value)
    opmerking = Tekstveld(
        label="Opmerking, in eigen woorden",
        help_text="Verplicht als iemand niet akkoord is of een opmerking heeft.",
        max_length=NOTITIE_TEKENS,
        rijen=2,
        required=False,
    )
    datum = dagveld("Wanneer")

    def bereid_voor(self) -> None:
        """The residents first; today."""
        self.kies("wie", self.deelnemers())
        self.fields["datum"].initial = timezone.localdate()

    def schoon(self) -> dict[str, Any]:
        """The version, too; Http404 when there is none with this number."""
        versie = self.plan.versies.select_related("plan").filter(nummer=self.doel).first()
        if versie is None:
            raise Http404
        return self.cleaned_data | {"versie": versie}


class Afsluitformulier(Planhandeling):
    """The end of the plan."""

    route = "plan-afsluiten"
    titel, knop = "Plan afsluiten", "Sluit het plan af"
    bewaart = True
    over_resultaat = Keuzeveld(
        Tevredenheid,
        label="Hoe tevreden is het huishouden over het resultaat",
        widget=forms.RadioSelect,
        required=False,
    )
    over_proces = Keuzeveld(
        Tevredenheid,
        label="Hoe tevreden is het huishouden over hoe het ging",
        help_text="De samenwerking, de gesprekken, de snelheid.",
        widget=forms.RadioSelect,
        required=False,
    )
    opmerking = Tekstveld(
        label="Opmerking, in eigen woorden", max_length=NOTITIE_TEKENS, rijen=2, required=False
    )
    niet_gevraagd_omdat = redenveld(
        "Niet gevraagd, omdat", help_text="Alleen als u hierboven niets kunt invullen.", required=False
    )
    waakvlam_op = dagveld("Wanneer nemen wij nog eens contact op (waakvlam)", required=False)
    waakvlam_wie = Medewerkerveld(
        label="Wie doet dat", queryset=Medewerker.objects.none(), empty_label="Niemand", required=False
    )
    geen_waakvlam_omdat = redenveld(
        "Geen contact meer nodig, omdat", help_text="Alleen als u hierboven niemand kiest.", required=False
    )
    reden = redenveld("Waarom stopt het plan", required=False)

    def bereid_voor(self) -> None:
        """Oneself, and the colleagues of one's own teams."""
        veld = self.fields["waakvlam_wie"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = collegas(self.spoor.wie.teams | self.spoor.wie.expertteams)


class Waakvlamformulier(Planhandeling):
    """Somebody looked in once more; `doel` is the key of the afsluiting."""

    route = "plan-waakvlam"
    titel, knop = "Leg het waakvlamcontact vast", "Leg vast"
    bewaart = True
    op = dagveld("Wanneer")
    verslag = Tekstveld(label="Hoe gaat het", max_length=NOTITIE_TEKENS)

    def bereid_voor(self) -> None:
        """Today."""
        self.fields["op"].initial = timezone.localdate()

    def schoon(self) -> dict[str, Any]:
        """The afsluiting, too."""
        rij = _van_plan(Afsluiting.objects.all(), self.rij, self.doel)
        return self.cleaned_data | {"afsluiting": rij}


def _van_plan(rijen: Any, huishouden: Huishouden, sleutel: int, pad: str = "plan__huishouden") -> Any:
    """The row with this key in a plan of the household; Http404 when it has none such."""
    rij = rijen.filter(**{pad: huishouden}, pk=sleutel).first()
    if rij is None:
        raise Http404
    return rij
