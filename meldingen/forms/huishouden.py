"""What one can do with a household: each a small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404

from households.models import Huishouden
from meldingen.forms.velden import Handeling, Medewerkerveld, collegas, redenveld
from teams.models import Medewerker
from teams.perioden import lopend


class Noodtoegangformulier(Handeling[Huishouden]):
    """Open the dossier of another team for a while; the reason stands in the log and is judged afterwards."""

    route = "huishouden-noodtoegang"
    titel, knop = "Noodtoegang", "Open met noodtoegang"
    reden = redenveld("Waarom moet u dit dossier nu zien")


class Contactpersoonformulier(Handeling[Huishouden]):
    """Who is the one face for this household from now on."""

    route = "huishouden-contactpersoon"
    titel, knop = "Wijzig de vaste contactpersoon", "Maak contactpersoon"
    medewerker = Medewerkerveld(label="Wie", queryset=Medewerker.objects.none(), empty_label=None)
    reden = redenveld("Toelichting", required=False)

    def bereid_voor(self) -> None:
        """Oneself, and the colleagues of one's own teams."""
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = collegas(self.spoor.wie.teams | self.spoor.wie.expertteams)
        veld.initial = self.spoor.wie.medewerker


class Betrekformulier(Handeling[Huishouden]):
    """A colleague, of whatever team, works with this household too."""

    route = "huishouden-betrek"
    titel, knop = "Betrek een collega", "Betrek"
    medewerker = Medewerkerveld(
        label="Wie", queryset=Medewerker.objects.none(), empty_label="Kies een collega"
    )

    def bereid_voor(self) -> None:
        """Everybody who works in a team."""
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = collegas()


class Beeindigformulier(Handeling[Huishouden]):
    """Somebody works with this household no longer; `doel` is the key of the betrokkenheid."""

    route = "huishouden-beeindig"
    titel = knop = "Beëindig"

    def schoon(self) -> dict[str, Any]:
        """The betrokkenheid; Http404 when it isn't one of this household that still runs."""
        rij = self.rij.betrokkenen.filter(lopend(), pk=self.doel).first()
        if rij is None:
            raise Http404
        return {"betrokkenheid": rij}


class Schermafformulier(Handeling[Huishouden]):
    """Hide the household from everybody but those who work with it."""

    route = "huishouden-scherm-af"
    titel, knop = "Scherm dit huishouden af", "Scherm af"
    reden = redenveld("Waarom (veiligheid of privacy)")


class Hefopformulier(Handeling[Huishouden]):
    """The household may be found again."""

    route = "huishouden-hef-op"
    titel, knop = "Hef de afscherming op", "Hef op"
    reden = redenveld()
