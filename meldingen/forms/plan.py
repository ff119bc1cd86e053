"""What stands in a plan: goals, acties and afspraken, evaluations; each a small form."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from households.models import (
    Afspraak,
    Afspraaksoort,
    Doel,
    Doelstand,
    Evaluatie,
    Levensgebied,
    Persoon,
    Resultaat,
)
from meldingen.forms.planbasis import (
    ANDERS,
    Keuzeveld,
    Planhandeling,
    van_plan,
)
from meldingen.forms.velden import (
    NOTITIE_TEKENS,
    Tekstveld,
    dagveld,
)
from meldingen.planblad import IEMAND

DOEL_TEKENS = 1_000

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
        self.huidig = van_plan(Doel.objects.select_related("plan"), self.rij, self.doel)
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
        return self.cleaned_data | {"bij": van_plan(Doel.objects.all(), self.rij, self.doel)}


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
        self.huidig = van_plan(Afspraak.objects.select_related("plan"), self.rij, self.doel)
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
        return {"afspraak": van_plan(Afspraak.objects.select_related("plan"), self.rij, self.doel)}


class Evaluatieplanformulier(Planhandeling):
    """On which day one looks at a goal; `doel` is its key."""

    route = "plan-evaluatie"
    titel, knop = "Plan een evaluatie", "Plan"
    op = dagveld("Op welke dag")

    def schoon(self) -> dict[str, Any]:
        """The goal, too."""
        return self.cleaned_data | {"bij": van_plan(Doel.objects.select_related("plan"), self.rij, self.doel)}


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
        self.huidig = van_plan(
            Evaluatie.objects.select_related("doel__plan"), self.rij, self.doel, pad="doel__plan__huishouden"
        )
        self.fields["op"].initial = timezone.localdate()
