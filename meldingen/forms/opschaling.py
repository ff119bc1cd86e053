"""What one can do with an opschaling, and asking for one: each a small form."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from households.models import Huishouden
from meldingen import workflow
from meldingen.forms.velden import Handeling, Tekstveld, dagveld, redenveld
from meldingen.models import ONBEANTWOORD, Melding, Opschaling, Opschalingsoort, Opschalingstatus
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor
from teams.models import Team

LANG = 4_000


class Opschaalformulier(Handeling[Huishouden]):
    """Ask something of a team to which the wijkteam can scale up."""

    route = "huishouden-opschalen"
    titel, knop = "Schaal op", "Vraag"
    wat = forms.ChoiceField(label="Wat vraagt u van wie")
    vraag = Tekstveld(label="Wat wilt u weten of gedaan krijgen", max_length=LANG, rijen=4)
    melding = forms.TypedChoiceField(label="Bij welke melding", required=False, empty_value=None)
    uiterlijk_op = dagveld("Antwoord uiterlijk op", required=False)

    def bereid_voor(self) -> None:
        """Every kind with the teams of the stadsdeel, and the meldingen that are open and may be read."""
        self._keuzes = {
            f"{soort.code}-{team.pk if team else ''}": (soort, team)
            for soort, team in workflow.opschaalkeuzes(self.rij)
        }
        self._meldingen = {
            str(melding.pk): melding
            for melding in zichtbaar(
                Melding.objects.open().filter(huishouden=self.rij), self.spoor.wie, Actie.LEZEN
            ).order_by("-pk")
        }
        wat, melding = self.fields["wat"], self.fields["melding"]
        assert isinstance(wat, forms.ChoiceField)
        assert isinstance(melding, forms.TypedChoiceField)
        wat.choices = [
            ("", "Kies"),
            *((sleutel, _keuze(soort, team)) for sleutel, (soort, team) in self._keuzes.items()),
        ]
        melding.choices = [("", "geen"), *((pk, rij.nummer) for pk, rij in self._meldingen.items())]
        melding.coerce = self._meldingen.__getitem__
        self.fields["uiterlijk_op"].help_text = "dd-mm-jjjj; leeg is de termijn die ervoor staat"

    def schoon(self) -> dict[str, Any]:
        """The kind and the team apart."""
        schoon = dict(self.cleaned_data)
        soort, team = self._keuzes[schoon.pop("wat")]
        return {**schoon, "soort": soort, "team": team}


def _keuze(soort: Opschalingsoort, team: Team | None) -> str:
    naam = f"{soort.label[0].upper()}{soort.label[1:]}"
    if team is None:
        return f"{naam}: geen team voor dit stadsdeel"
    return naam if naam == team.naam else f"{naam}: {team}"


class Opschalingshandeling(Handeling[Opschaling]):
    """Something that can be done with an opschaling while it stands on one of `bij`."""

    route = "opschaling-stap"
    stap: ClassVar[str]
    bij: ClassVar[tuple[Opschalingstatus, ...]] = ()

    def __init__(self, rij: Opschaling, spoor: Spoor, data: Any = None, *, doel: Any = None) -> None:
        super().__init__(rij, spoor, data, doel=self.stap)

    @property
    def sleutel(self) -> str:
        """Of several opschalingen on one page, too."""
        return f"{super().sleutel}-{self.rij.pk}"

    @classmethod
    def kan(cls, opschaling: Opschaling) -> bool:
        """Whether its state lets it; `vragen` are at hand."""
        return opschaling.status in cls.bij


class Lees(Opschalingshandeling):
    """The answer has been read."""

    stap, titel, knop = "gelezen", "Ik heb het antwoord gelezen", "Leg vast"

    @classmethod
    def kan(cls, opschaling: Opschaling) -> bool:
        """While nobody of the wijkteam has."""
        return opschaling.beantwoord_op is not None and opschaling.gezien_op is None


class BeantwoordVraag(Opschalingshandeling):
    """Tell the other team what it asked."""

    stap, titel, knop = "vraag-antwoord", "Beantwoord de vraag", "Verstuur antwoord"
    antwoord = Tekstveld(label="Antwoord", max_length=LANG, rijen=4)

    @classmethod
    def kan(cls, opschaling: Opschaling) -> bool:
        """While a question is open."""
        vragen = opschaling.vragen.all()
        return opschaling.status == Opschalingstatus.OPGEPAKT and any(rij.antwoord is None for rij in vragen)


class SchaalAf(Opschalingshandeling):
    """The wijkteam goes on by itself."""

    stap, titel, knop = "afschalen", "Schaal af", "Schaal af"
    bij = (Opschalingstatus.BEANTWOORD,)
    verder = Tekstveld(label="Waarmee gaat het wijkteam verder", max_length=LANG, rijen=3)


class TrekIn(Opschalingshandeling):
    """It needn't be answered any more."""

    stap, titel, knop = "intrekken", "Trek de vraag in", "Trek in"
    bij = ONBEANTWOORD
    reden = redenveld()


class PakOp(Opschalingshandeling):
    """Take it."""

    route = "opschaling-antwoord"
    stap, titel, knop = "oppakken", "Pak op", "Pak op"
    bij = (Opschalingstatus.GEVRAAGD,)


class Antwoord(Opschalingshandeling):
    """Give the word back."""

    route = "opschaling-antwoord"
    stap, titel, knop = "antwoord", "Geef antwoord", "Verstuur antwoord"
    bij = (Opschalingstatus.OPGEPAKT,)
    antwoord = Tekstveld(label="Antwoord", max_length=LANG, rijen=6)


class StelVraag(Opschalingshandeling):
    """Ask the wijkteam something first."""

    route = "opschaling-antwoord"
    stap, titel, knop = "vraag", "Stel een vraag aan het wijkteam", "Stel vraag"
    vraag = Tekstveld(label="Vraag", max_length=LANG, rijen=3)

    @classmethod
    def kan(cls, opschaling: Opschaling) -> bool:
        """While no question is open."""
        return opschaling.status == Opschalingstatus.OPGEPAKT and not BeantwoordVraag.kan(opschaling)


class LegTerug(Opschalingshandeling):
    """A colleague of the same team can take it."""

    route = "opschaling-antwoord"
    stap, titel, knop = "terugleggen", "Leg terug bij het team", "Leg terug"
    bij = (Opschalingstatus.OPGEPAKT,)
    reden = redenveld()


VAN_WIJKTEAM = (Lees, BeantwoordVraag, TrekIn, SchaalAf)
VAN_GEVRAAGD_TEAM = (PakOp, Antwoord, StelVraag, LegTerug, SchaalAf)
HANDELINGEN = {
    (soort.route, soort.stap): soort for soort in dict.fromkeys((*VAN_WIJKTEAM, *VAN_GEVRAAGD_TEAM))
}
"""By the name of the address and the step in it."""


def handelingen(
    opschaling: Opschaling, spoor: Spoor, ingevuld: Handeling[Any] | None = None
) -> list[Handeling[Any]]:
    """What this reader, who may work on it, can do now; a form that was filled in wrong takes its own place."""
    hier = opschaling.team_id in spoor.wie.expertteams
    soorten: tuple[type[Opschalingshandeling], ...] = VAN_GEVRAAGD_TEAM if hier else VAN_WIJKTEAM
    leeg = [soort(opschaling, spoor) for soort in soorten if soort.kan(opschaling)]
    return [
        ingevuld if ingevuld and ingevuld.sleutel == formulier.sleutel else formulier for formulier in leeg
    ]
