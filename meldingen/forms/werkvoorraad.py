"""The filter of the werkvoorraad, which stands in the URL, and the name under which somebody keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from meldingen.forms.keuzelijsten import GEEN_KEUZE, Keuzelijsten, Opties
from meldingen.models import Categorie, Kanaal, Status
from meldingen.voorraad import FASEN, Lijst, Niemand, Tijd, Volgorde, Vraag
from teams.access import Actie, mag_ooit
from teams.codes import Code
from teams.gronden import TERUGBELVERZOEK, Wie
from teams.models import Team

TIJDEN = {Tijd.TE_LAAT: "te laat", Tijd.DEZE_WEEK: "nog deze week"}
OPLOPEND, AFLOPEND = "", "-"
_CATEGORIEEN = {categorie.code: categorie for categorie in Categorie}
_KANALEN = {kanaal.code: kanaal for kanaal in Kanaal}


def _codes(lijst: type[Code]) -> Opties:
    return [GEEN_KEUZE, *((code, waarde.label) for code, waarde in lijst.codes().items())]


class Keuzes(forms.Form):
    """Which list, and what of it. What isn't among the choices gets an error at its field, and counts as no choice."""

    lijst = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    volgorde = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    fase = forms.ChoiceField(required=False)
    categorie = forms.ChoiceField(required=False, choices=_codes(Categorie))
    termijn = forms.ChoiceField(required=False, choices=[GEEN_KEUZE, *TIJDEN.items()])
    team = forms.ChoiceField(required=False)
    behandelaar = forms.ChoiceField(required=False)
    levensgebied = forms.ChoiceField(required=False)
    kanaal = forms.ChoiceField(required=False, choices=_codes(Kanaal))

    def __init__(self, invoer: QueryDict, wie: Wie, lijsten: Keuzelijsten) -> None:
        super().__init__(invoer)
        self.lijsten = mogelijke_lijsten(wie)
        velden: dict[str, Any] = self.fields
        velden["lijst"].choices = [(lijst.value, lijst.value) for lijst in self.lijsten]
        velden["volgorde"].choices = [(f"{r}{v}", v) for v in Volgorde for r in (OPLOPEND, AFLOPEND)]
        velden["fase"].choices = [GEEN_KEUZE, *((fase.value, fase.label) for fase in FASEN)]
        velden["team"].choices = [GEEN_KEUZE, *((team.code, team.naam) for team in lijsten.teams)]
        velden["behandelaar"].choices = [
            GEEN_KEUZE,
            (Niemand.NIEMAND.value, "nog niemand"),
            *((str(collega.pk), collega.naam) for collega in lijsten.collegas()),
        ]
        velden["levensgebied"].choices = [
            GEEN_KEUZE,
            *((gebied.code, gebied.naam) for gebied in lijsten.levensgebieden),
        ]
        self._teams = {team.code: team.pk for team in lijsten.teams}
        self._gebieden = {gebied.code: gebied.pk for gebied in lijsten.levensgebieden}
        self.full_clean()

    @property
    def vraag(self) -> Vraag:
        """What was asked, as far as it can be answered."""
        gekozen: dict[str, str] = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}
        volgorde = gekozen.get("volgorde", Volgorde.TERMIJN.value)
        categorie, kanaal = gekozen.get("categorie", ""), gekozen.get("kanaal", "")
        return Vraag(
            lijst=self.gekozen_lijst,
            fase=Status(gekozen["fase"]) if "fase" in gekozen else None,
            categorie=_CATEGORIEEN.get(categorie),
            kanaal=_KANALEN.get(kanaal),
            levensgebied=self._gebieden.get(gekozen.get("levensgebied", "")),
            termijn=Tijd(gekozen["termijn"]) if "termijn" in gekozen else None,
            team=self._teams.get(gekozen.get("team", "")),
            behandelaar=_behandelaar(gekozen.get("behandelaar")),
            volgorde=Volgorde(volgorde.removeprefix(AFLOPEND)),
            aflopend=volgorde.startswith(AFLOPEND),
        )

    @property
    def gekozen_lijst(self) -> Lijst:
        """The list asked for, else the first that somebody has."""
        return Lijst(self.cleaned_data.get("lijst") or self.lijsten[0])

    @property
    def adres(self) -> QueryDict:
        """The query of the URL that asks this again; what says nothing is left out."""
        adres = QueryDict(mutable=True)
        adres.update({naam: waarde for naam, waarde in self.cleaned_data.items() if waarde})
        return adres

    @property
    def is_gefilterd(self) -> bool:
        """Whether something of the list is left out."""
        return any(waarde for naam, waarde in self.cleaned_data.items() if naam not in ("lijst", "volgorde"))


class FilterBewaren(forms.Form):
    """A name for the filter, and whether the team has it too."""

    naam = forms.CharField(label="Naam", max_length=60)
    voor = forms.ChoiceField(label="Voor wie", required=False)

    def __init__(self, wie: Wie, lijsten: Keuzelijsten, invoer: QueryDict | None = None) -> None:
        super().__init__(invoer)
        self._teams = {str(team.pk): team for team in lijsten.van(wie.teams | wie.expertteams)}
        keuzes = [("", "alleen voor mij"), *((pk, f"heel {team.naam}") for pk, team in self._teams.items())]
        self.fields["voor"].choices = keuzes  # type: ignore[attr-defined]

    @property
    def team(self) -> Team | None:
        """With whom it is shared."""
        return self._teams.get(self.cleaned_data["voor"])


def mogelijke_lijsten(wie: Wie) -> list[Lijst]:
    """The lists that make sense for somebody's roles; the first is what the page opens with."""
    lijsten: list[Lijst] = []
    if mag_ooit(wie, Actie.WERKEN, "meldingen.Melding"):
        lijsten += [Lijst.VAN_MIJ, Lijst.TEAM, Lijst.TRIAGE]
    if mag_ooit(wie, Actie.LEZEN, TERUGBELVERZOEK):
        lijsten.append(Lijst.TERUGBELLEN)
    if mag_ooit(wie, Actie.LEZEN, "meldingen.Melding"):
        lijsten.append(Lijst.ALLES)
    return lijsten


def _behandelaar(keuze: str | None) -> int | Niemand | None:
    if not keuze:
        return None
    return Niemand.NIEMAND if keuze == Niemand.NIEMAND.value else int(keuze)
