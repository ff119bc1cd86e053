"""What one can do with a melding: each a small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from households.models import Gelijkstelling, Levensgebied
from meldingen.forms.inwonerkeuze import Inwonerkeuze
from meldingen.forms.velden import (
    NOTITIE_TEKENS,
    Handeling,
    Medewerkerveld,
    Tekstveld,
    collegas,
    dagveld,
    redenveld,
)
from meldingen.models import (
    Aanleiding,
    Categorie,
    Concept,
    Gebeurtenis,
    Kanaal,
    Melding,
    Soort,
)
from meldingen.workflow import ONGEWIJZIGD, STAPPEN, beletsel, geen_correctie, geen_toewijzing
from teams.access import Actie, mag
from teams.codes import Code
from teams.models import IN_TEAM, Aanstelling, Medewerker, Team


class Stapformulier(Handeling[Melding]):
    """A step of the process; `doel` is the name of its verb."""

    route = "melding-stap"
    op = dagveld()

    def bereid_voor(self) -> None:
        """Today, and why where the verb asks for it."""
        self.stap = STAPPEN[self.doel]
        self.titel = self.knop = self.stap.naam.capitalize()
        self.fields["op"].initial = timezone.localdate()
        if self.stap.vraagt_reden:
            self.fields["reden"] = redenveld()

    @property
    def beletsel(self) -> str | None:
        """Why the step can't be taken now."""
        return self.stap.beletsel(self.rij)


class Oppakformulier(Handeling[Melding]):
    """Take it oneself."""

    route = "melding-oppakken"
    titel = knop = "Pak op"

    @property
    def beletsel(self) -> str | None:
        """Why nobody can get it any more."""
        return geen_toewijzing(self.rij)


class Toewijsformulier(Handeling[Melding]):
    """Give it to a colleague in the team that has it; who divides the work may also give it to nobody."""

    route = "melding-toewijzen"
    titel, knop = "Toewijzen", "Wijs toe"
    medewerker = Medewerkerveld(
        label="Aan wie", queryset=Medewerker.objects.none(), empty_label="Kies een collega"
    )
    reden = redenveld("Toelichting", required=False)

    def bereid_voor(self) -> None:
        """The colleagues of the team; without one, those of one's own teams."""
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)
        wie = self.spoor.wie
        veld.queryset = collegas(self._teams)
        veld.initial = self.rij.behandelaar_id
        if self.rij.team_id and mag(wie, Actie.VERDELEN, self.rij):
            veld.required, veld.empty_label = False, "Nog niemand (terug naar de triage van het team)"

    @property
    def beletsel(self) -> str | None:
        """Why nobody can get it any more."""
        return geen_toewijzing(self.rij)

    def schoon(self) -> dict[str, Any]:
        """The team, too: the one that has it, else the one in which the colleague works."""
        werkt = Aanstelling.objects.op_dag(timezone.localdate()).filter(
            medewerker=self.cleaned_data["medewerker"], rol__in=IN_TEAM
        )
        team = self.rij.team or Team.objects.filter(pk__in=self._teams, aanstellingen__in=werkt).first()
        return {"team": team, **self.cleaned_data}

    @property
    def _teams(self) -> set[int]:
        wie = self.spoor.wie
        return {self.rij.team_id} if self.rij.team_id else {*wie.teams, *wie.expertteams}


class Notitieformulier(Handeling[Melding]):
    """Write something down; what is being typed is kept as a draft."""

    route = "melding-noteer"
    titel, knop = "Notitie", "Bewaar notitie"
    tekst = Tekstveld(label="Notitie", max_length=NOTITIE_TEKENS, rijen=5)

    def bereid_voor(self) -> None:
        """What was typed before and not saved."""
        self.concept = None
        if not self.is_bound:
            self.concept = Concept.objects.filter(
                medewerker=self.spoor.wie.medewerker, formulier=self.formulier
            ).first()
        if self.concept:
            self.fields["tekst"].initial = self.concept.inhoud.get("tekst", "")

    @staticmethod
    def concept_van(melding: Melding) -> str:
        """Under which name the draft is kept."""
        return f"melding-{melding.pk}-notitie"

    @property
    def formulier(self) -> str:
        """The same, for the page."""
        return self.concept_van(self.rij)


class Correctieformulier(Handeling[Melding]):
    """Put right what was registered; `doel` is the key of the fact."""

    route = "melding-corrigeer"
    titel, knop = "Corrigeer", "Leg correctie vast"
    datum = dagveld()
    reden = redenveld("Waarom klopte het niet")

    def __init__(self, *args: Any, feit: Gebeurtenis | None = None, **kwargs: Any) -> None:
        self._feit = feit
        super().__init__(*args, **kwargs)

    def bereid_voor(self) -> None:
        """What it says now; team, categorie, kanaal and aanleiding only stand on the reception.

        Http404 when the melding has no such fact.
        """
        self.feit = self._feit or get_object_or_404(
            self.rij.gebeurtenissen.select_related("team"), pk=self.doel
        )
        self.fields["datum"].initial = self.feit.datum
        if self.feit.soort != Soort.ONTVANGEN:
            return
        self.fields["team"] = forms.ModelChoiceField(
            label="Team", queryset=Team.objects.all(), required=False, initial=self.feit.team_id
        )
        lijsten: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}
        for naam, lijst in lijsten.items():
            self.fields[naam] = forms.TypedChoiceField(
                label=naam.capitalize(),
                choices=[("", "onbekend"), *lijst.choices],
                coerce=lambda waarde, lijst=lijst: lijst(int(waarde)),
                empty_value=None,
                required=False,
                initial=getattr(self.feit, naam) or "",
            )
        self.order_fields(["datum", "team", *lijsten, "reden"])

    @property
    def beletsel(self) -> str | None:
        """Why nothing about this melding, or this fact of it, can be corrected any more."""
        return beletsel(self.rij, "herzie") or geen_correctie(self.feit) or None

    def schoon(self) -> dict[str, Any]:
        """What is as it was, is left alone."""
        return {"gebeurtenis": self.feit} | {
            naam: ONGEWIJZIGD if naam != "reden" and waarde == getattr(self.feit, naam) else waarde
            for naam, waarde in self.cleaned_data.items()
        }


class Terugdraaiformulier(Handeling[Melding]):
    """Undo the last step."""

    route = "melding-terugdraaien"
    titel = knop = "Draai de laatste stap terug"
    reden = redenveld()

    @property
    def beletsel(self) -> str | None:
        """Why nothing can be undone."""
        return beletsel(self.rij, "herzie")


class Vergissingformulier(Terugdraaiformulier):
    """It should not have been registered."""

    route = "melding-vergissing"
    titel = knop = "Registreer als vergissing"


class Kenmerkenformulier(Handeling[Melding]):
    """What was asked, how urgent it is, and what it touches."""

    route = "melding-kenmerken"
    titel, knop = "Wijzig vraag, spoed of levensgebieden", "Bewaar wijziging"
    spoed = forms.BooleanField(label="Spoed", required=False)
    vraag = Tekstveld(label="Vraag", max_length=NOTITIE_TEKENS)
    levensgebieden = forms.ModelMultipleChoiceField(
        label="Levensgebieden",
        queryset=Levensgebied.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def bereid_voor(self) -> None:
        """What it says now; of the levensgebieden those of today, and those that were chosen before."""
        self.fields["spoed"].initial, self.fields["vraag"].initial = self.rij.spoed, self.rij.vraag
        dag, gekozen = timezone.localdate(), list(self.rij.levensgebieden.all())
        veld = self.fields["levensgebieden"]
        assert isinstance(veld, forms.ModelMultipleChoiceField)
        van_nu = Q(Q(geldig_van=None) | Q(geldig_van__lte=dag), Q(geldig_tot=None) | Q(geldig_tot__gt=dag))
        veld.queryset = Levensgebied.objects.filter(van_nu | Q(pk__in=[gebied.pk for gebied in gekozen]))
        veld.initial = gekozen


class Koppelformulier(Inwonerkeuze[Melding]):
    """It turns out to be about somebody else."""

    route = "melding-koppelen"
    titel, knop = "Koppel aan een andere inwoner", "Koppel"


class Koppelingterugformulier(Handeling[Melding]):
    """Undo the last link."""

    route = "melding-koppeling-terug"
    titel = knop = "Zet de koppeling terug"
    reden = redenveld()


class Gelijkstelformulier(Inwonerkeuze[Melding]):
    """The person of the melding is known under another number, too."""

    route = "melding-gelijkstellen"
    titel, knop = "Dezelfde als een andere inwoner", "Stel gelijk"
    actie = Actie.WERKEN


class Losmaakformulier(Handeling[Melding]):
    """They were two after all; `doel` is the key of the gelijkstelling."""

    route = "melding-losmaken"
    titel = knop = "Maak los"

    def __init__(self, *args: Any, gelijkstelling: Gelijkstelling | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gelijkstelling:
            twee = (gelijkstelling.dubbel_id, gelijkstelling.persoon_id)
            self.titel = f"Maak inwoner {twee[0]} los van inwoner {twee[1]}"

    def schoon(self) -> dict[str, Any]:
        """The gelijkstelling; Http404 when it isn't about the person of the melding."""
        gevonden = next((rij for rij in gelijkstellingen(self.rij) if rij.pk == self.doel), None)
        if gevonden is None:
            raise Http404
        return {"gelijkstelling": gevonden}


class Contactpersoonformulier(Handeling[Melding]):
    """Who is the one face for the household of the melding from now on."""

    route = "melding-contactpersoon"
    titel, knop = "Wijzig de vaste contactpersoon", "Maak contactpersoon"
    medewerker = Medewerkerveld(label="Wie", queryset=Medewerker.objects.none(), empty_label=None)
    reden = redenveld("Toelichting", required=False)

    def bereid_voor(self) -> None:
        """The colleagues of the team and of one's own teams."""
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = collegas({self.rij.team_id, *self.spoor.wie.teams, *self.spoor.wie.expertteams})
        veld.initial = self.spoor.wie.medewerker


def gelijkstellingen(melding: Melding) -> list[Gelijkstelling]:
    """What holds now about the person of the melding and somebody else."""
    if melding.persoon_id is None:
        return []
    over = Q(dubbel=melding.persoon_id) | Q(persoon=melding.persoon_id)
    return list(Gelijkstelling.objects.filter(over, tot__isnull=True).order_by("pk"))
