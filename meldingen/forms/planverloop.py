"""Who takes part in a plan, and how it goes: begin, regie, versions, the end; each a small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone

from households.models import (
    Afsluiting,
    Antwoord,
    Deelnemer,
    Deelnemersoort,
    Persoon,
    Regiesoort,
    Tevredenheid,
    Wijze,
)
from meldingen.forms.planbasis import (
    Keuzeveld,
    Planhandeling,
    Sleutelveld,
    van_plan,
)
from meldingen.forms.velden import (
    NOTITIE_TEKENS,
    Medewerkerveld,
    Tekstveld,
    collegas,
    dagveld,
    redenveld,
)
from teams.models import Medewerker
from teams.perioden import lopend


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
        return {"deelnemer": van_plan(Deelnemer.objects.select_related("plan"), self.rij, self.doel)}


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
        rij = van_plan(Afsluiting.objects.all(), self.rij, self.doel)
        return self.cleaned_data | {"afsluiting": rij}
