"""Notes about a household: a new one, and correcting one that another may be correcting, too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from households.models import Huishouden, Huishoudnotitie
from meldingen.forms.gezin import Ledenformulier, Personenveld, Persoonveld
from meldingen.forms.velden import NOTITIE_TEKENS, Handeling, Tekstveld
from meldingen.models import Concept
from teams.lezen import Spoor

HUN, MIJN, SAMEN = "hun", "mijn", "samen"


def concept_van(slug: str, spoor: Spoor) -> Concept | None:
    """What the reader was typing in the form with this name."""
    return Concept.objects.filter(medewerker=spoor.medewerker, formulier=slug).first()


class Huishoudnotitieformulier(Ledenformulier):
    """Write something down about the household; what is being typed is kept as a draft."""

    route = "huishouden-noteer"
    titel, knop = "Notitie", "Bewaar notitie"
    tekst = Tekstveld(label="Notitie", max_length=NOTITIE_TEKENS, rijen=5)
    personen = Personenveld(
        label="Over wie gaat dit?",
        required=False,
        help_text="Kies niemand als het over het hele huishouden gaat.",
    )
    eigen_van = Persoonveld(
        label="Alleen voor",
        required=False,
        empty_label="Het hele huishouden mag dit weten",
        help_text="Kies iemand van 12 jaar of ouder als de anderen dit niet mogen weten.",
    )

    def bereid_voor(self) -> None:
        """The draft, if there is one."""
        super().bereid_voor()
        self.concept = None if self.is_bound else concept_van(self.formulier, self.spoor)
        if self.concept:
            self.fields["tekst"].initial = self.concept.inhoud.get("tekst", "")

    @property
    def formulier(self) -> str:
        """What the draft is called."""
        return f"huishouden-notitie-{self.rij.pk}"


class Verbeterformulier(Handeling[Huishouden]):
    """Correct a note; `doel` is the key of a version of it.

    After a colleague was first (`tegelijk` is what one had written) it asks what must stand there: the text of the
    colleague, one's own, or both made into one.
    """

    route = "huishouden-notitie"
    titel, knop = "Verbeter deze notitie", "Bewaar de verbetering"
    tekst = Tekstveld(label="Notitie", max_length=NOTITIE_TEKENS, rijen=8)
    gezien = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    keuze = forms.ChoiceField(
        label="Wat moet er staan?",
        choices=[
            (SAMEN, "de twee teksten samen, zoals hieronder"),
            (MIJN, "mijn tekst"),
            (HUN, "de tekst van mijn collega; die van mij blijft in de geschiedenis staan"),
        ],
        widget=forms.RadioSelect,
        initial=SAMEN,
    )
    samen = Tekstveld(label="De twee teksten samen", max_length=2 * NOTITIE_TEKENS, rijen=10, required=False)

    def __init__(
        self,
        rij: Huishouden,
        spoor: Spoor,
        data: Any = None,
        *,
        doel: Any = None,
        huidig: Huishoudnotitie,
        tegelijk: str | None = None,
    ) -> None:
        self.huidig, self.tegelijk = huidig, tegelijk
        super().__init__(rij, spoor, data, doel=doel)

    def bereid_voor(self) -> None:
        """What stands there now, or the draft with the version on which that was based."""
        self.concept = (
            None if self.is_bound or self.tegelijk is not None else concept_van(self.formulier, self.spoor)
        )
        inhoud = self.concept.inhoud if self.concept else {}
        self.fields["tekst"].initial = inhoud.get("tekst", self.huidig.tekst)
        self.fields["gezien"].initial = inhoud.get("gezien", self.huidig.versie)
        if self.tegelijk is not None:
            self.fields["tekst"].label, self.fields["tekst"].initial = "Mijn tekst", self.tegelijk
            self.fields["samen"].initial = f"{self.huidig.tekst}\n\n{self.tegelijk}"
            self.fields["gezien"].initial = self.huidig.versie
            self.knop = "Bewaar mijn keuze"
        elif "keuze" not in self.data:
            del self.fields["keuze"], self.fields["samen"]

    def clean(self) -> dict[str, Any]:
        """With the text that was made of both, where that was chosen."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("keuze") == SAMEN and not schoon.get("samen", "").strip():
            raise ValidationError({"samen": "Vul de tekst in die er moet staan."})
        return schoon

    @property
    def formulier(self) -> str:
        """What the draft is called."""
        return f"huishouden-notitie-{self.rij.pk}-{self.huidig.reeks.hex}"
