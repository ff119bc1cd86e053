"""The choices above the list of corrections: a table, a period, its filters, and two moments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from reporting.forms import Keuzes, lees_vraag
from reporting.noten import vorige_edities
from reporting.register import TABELLEN
from reporting.vraag import FILTERS, Invoerfout, Vraag, lees_moment

STANDAARD_TERUG = timedelta(days=30)


class Correctiekeuzes(forms.Form):
    """The question that the page of corrections answers; `tot` left empty is now, `van` since the last edition."""

    use_required_attribute = False

    def __init__(self, gegeven: QueryDict) -> None:
        gekozen = {naam: str(gegeven[naam]).strip() for naam in gegeven}
        nummer = gekozen.get("tabel", "")
        self.tabel = TABELLEN.get(nummer) or next(iter(TABELLEN.values()))
        self.keuzes = Keuzes(self.tabel, QueryDict())
        self.kwartalen = self.keuzes.kwartalen
        self.gegeven = gegeven
        self._vraag: Vraag | None = None
        self.van = self.tot = timezone.now()
        begin = {
            "tabel": self.tabel.sleutel,
            "periode": self.keuzes.data["periode"],
            **self.tabel.standaard,
            **{naam: waarde for naam, waarde in gekozen.items() if waarde},
        }
        super().__init__({"van": self._sinds(begin) if "van" not in begin else "", **begin})
        self._bouw_velden()

    def _sinds(self, gekozen: dict[str, str]) -> str:
        """The moment of the last edition of this very table, or else a day a month ago."""
        vraag, _ = lees_vraag(self.tabel, {**gekozen, "vergelijk": "", "bekendOp": ""})
        vorige = vorige_edities(vraag, None).get(vraag.periode.sleutel) if vraag else None
        if vorige:
            return timezone.localtime(vorige.editie.bekend_op).isoformat()
        return (timezone.localdate() - STANDAARD_TERUG).isoformat()

    def _bouw_velden(self) -> None:
        tabellen = [(tabel.sleutel, f"{tabel.sleutel} {tabel.titel}") for tabel in TABELLEN.values()]
        self.fields["tabel"] = self._lijst("tabel", "Tabel", tabellen)
        kwartalen = [(periode.sleutel, periode.sleutel) for periode in self.kwartalen]
        self.fields["periode"] = self._lijst("periode", "Periode", kwartalen)
        self.fields["van"] = self._moment("van", "Bekend op", "Een dag is het einde van die dag")
        self.fields["tot"] = self._moment("tot", "En daarna op", "Leeg: nu")
        self.fields["andere_periode"] = self.keuzes.fields["andere_periode"]
        for naam in FILTERS:
            if naam in self.keuzes.fields:
                self.fields[naam] = self.keuzes.fields[naam]

    def _lijst(self, naam: str, label: str, opties: list[tuple[str, str]]) -> forms.CharField:
        gekozen = self.data.get(naam, "")
        if gekozen and gekozen not in dict(opties):
            opties = [*opties, (gekozen, gekozen)]
        return forms.CharField(label=label, required=False, widget=forms.Select(choices=opties))

    def _moment(self, naam: str, label: str, uitleg: str) -> forms.CharField:
        """A date picker, unless it would lose a moment or a mistake."""
        try:
            date.fromisoformat(self.data.get(naam) or "2000-01-01")
            soort = "date"
        except ValueError:
            soort = "text"
        invoer = forms.TextInput(attrs={"type": soort, "autocomplete": "off"})
        return forms.CharField(label=label, required=False, help_text=uitleg, widget=invoer)

    def clean(self) -> dict[str, Any]:
        """Read the question; every mistake goes to its own field."""
        invoer = {naam: self.data.get(naam, "") for naam in self.fields}
        if invoer["tabel"] not in TABELLEN:
            self.add_error("tabel", f"Tabel '{invoer['tabel']}' bestaat niet.")
        veld_van_periode = "andere_periode" if invoer["andere_periode"] else "periode"
        vraag, fouten = lees_vraag(self.tabel, {**invoer, "periode": invoer[veld_van_periode]})
        for naam, fout in fouten.items():
            self.add_error(veld_van_periode if naam == "periode" else naam, fout)
        self.van = self._lees("van")
        self.tot = self._lees("tot") if invoer["tot"] else timezone.now()
        if not self.errors and self.van >= self.tot:
            self.add_error("van", "Het eerste moment ligt niet voor het tweede.")
        for naam in self.gegeven:
            if naam not in self.fields and str(self.gegeven[naam]).strip():
                self.add_error(None, f"Tabel {self.tabel.sleutel} kent de keuze '{naam}' niet.")
        self._vraag = vraag
        return self.cleaned_data

    def _lees(self, naam: str) -> datetime:
        try:
            return lees_moment(self.data[naam], naam)
        except Invoerfout as fout:
            self.add_error(naam, str(fout))
            return timezone.now()

    @property
    def vraag(self) -> Vraag | None:
        """What is asked; None as long as anything is wrong with it."""
        return self._vraag if self.is_valid() else None

    @property
    def meer_open(self) -> bool:
        """Whether a choice of the second row is made or wrong."""
        return any(self.data.get(veld.name) or veld.errors for veld in self.tweede_rij())

    def eerste_rij(self) -> list[forms.BoundField]:
        """The choices that one makes often."""
        return [self[naam] for naam in ("tabel", "periode", "van", "tot")]

    def tweede_rij(self) -> list[forms.BoundField]:
        """The choices that one makes now and then."""
        return [self[naam] for naam in self.fields if naam not in ("tabel", "periode", "van", "tot")]
