"""The choosers of a page of the monitor: every choice stands in the URL, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from meldingen.models import Aanleiding, Categorie, Kanaal, Stand
from reporting.gebied import SOORTEN, STAD, STADSDEEL, TEAM, stadsdelen
from reporting.periode import DAG, Periode
from reporting.register import TABELLEN, Tabel
from reporting.vraag import FILTERS, Invoerfout, Vraag
from teams.codes import Code
from teams.models import Team

VORIGE, GEEN = "vorige", "geen"

Opties = list[tuple[str, str]]


def lees_vraag(tabel: Tabel | None, invoer: Mapping[str, str]) -> tuple[Vraag | None, dict[str, str]]:
    """A question from the parameters of a URL (`bekendOp`, the others by their own name).

    Returns the question, or None and everything that is wrong with it by the name of the parameter. Without a
    table the question is about the first one, for who asks the same of all.
    """
    over, fouten = dict(invoer), dict[str, str]()
    while True:
        try:
            vraag = Vraag.van_invoer(
                tabel.sleutel if tabel else next(iter(TABELLEN)),
                periode=over.get("periode", ""),
                vergelijk=over.get("vergelijk"),
                bekend_op=over.get("bekendOp"),
                filters={naam: over.get(naam) for naam in FILTERS},
            )
            return (None if fouten else vraag), fouten
        except Invoerfout as fout:
            naam = "bekendOp" if fout.parameter == "bekend_op" else fout.parameter
            fouten[naam] = str(fout)
            over |= {naam: "2000" if naam == "periode" else ""}
            if naam in SOORTEN and over.get("vergelijk") == STAD:
                # Beside a part of the city that can't be read the whole would look like the same.
                over["vergelijk"] = ""


def kwartalen_met_meldingen(vandaag: date) -> list[Periode]:
    """The quarters up to `vandaag` in which a melding came in, the last first.

    Steps from quarter to quarter through the index `stand_nu`, categorie by categorie as that begins with it,
    so it takes as long as there are quarters, whatever the number of meldingen.
    """
    laatste = ", ".join(
        f"""(
            SELECT ontvangen_op FROM {Stand._meta.db_table}
            WHERE tot IS NULL AND categorie {categorie} AND ontvangen_op < kwartaal.begin
            ORDER BY categorie DESC, ontvangen_op DESC LIMIT 1
        )"""
        for categorie in ("IS NULL", *(f"= {categorie}" for categorie in Categorie.values))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE kwartaal (begin) AS (
                SELECT %s::date
                UNION ALL
                SELECT date_trunc('quarter', greatest({laatste}))::date
                FROM kwartaal WHERE begin IS NOT NULL
            )
            SELECT begin FROM kwartaal WHERE begin IS NOT NULL OFFSET 1
            """,
            [vandaag + DAG],
        )
        return [Periode.kwartaal_van(begin) for (begin,) in cursor.fetchall()]


def _in_de_lijst(gekozen: dict[str, str]) -> dict[str, str]:
    """The choices with a typed period in the list; one that can't be read stays where it was typed."""
    try:
        Periode.van_tekst(gekozen.get("andere_periode", ""))
    except Invoerfout:
        return gekozen
    return {**gekozen, "periode": gekozen["andere_periode"], "andere_periode": ""}


class Keuzes(forms.Form):
    """A question by choosers; without a table, what one can ask of every table.

    Without any parameter it asks for the last quarter with meldingen, beside the one before it. A period that
    is not in the list is typed in `andere_periode`, which goes before the list.
    """

    use_required_attribute = False

    def __init__(self, tabel: Tabel | None, gegeven: QueryDict) -> None:
        self.tabel = tabel
        self.filters = tabel.filters if tabel else frozenset()
        self.standaard = tabel.standaard if tabel else {}
        vandaag = timezone.localdate()
        self.kwartalen = kwartalen_met_meldingen(vandaag)
        begin = {
            "periode": (self.kwartalen or [Periode.kwartaal_van(vandaag)])[0].sleutel,
            "vergelijk": VORIGE,
            **self.standaard,
        }
        gekozen = {naam: str(gegeven[naam]).strip() for naam in gegeven}
        super().__init__(
            _in_de_lijst({**begin, **{naam: waarde for naam, waarde in gekozen.items() if waarde}})
        )
        self.gegeven = gegeven
        self._vraag: Vraag | None = None
        self._bouw_velden()

    def _bouw_velden(self) -> None:
        kwartalen = [(periode.sleutel, periode.sleutel) for periode in self.kwartalen]
        self.fields["periode"] = self._lijst("periode", "Periode", kwartalen)
        vergelijk: Opties = [(VORIGE, "Vorige periode"), (GEEN, "Niets"), *kwartalen]
        if "team" in self.filters:
            alle = Team.objects.order_by("naam")
            teams = [(team.code, team.naam) for team in alle]
            delen = [(deel, deel) for deel in stadsdelen(alle)]
            self.fields["team"] = self._lijst("team", "Team", [("", "Alle teams"), *teams])
            self.fields["stadsdeel"] = self._lijst("stadsdeel", "Stadsdeel", [("", "Hele stad"), *delen])
            vergelijk += [
                (STAD, "Hele stad"),
                *((f"{STADSDEEL}:{deel}", f"Stadsdeel {naam}") for deel, naam in delen),
                *((f"{TEAM}:{code}", naam) for code, naam in teams),
            ]
        self._filter("categorie", "Categorie", Categorie, "Alle categorieën")
        self.fields["vergelijk"] = self._lijst("vergelijk", "Vergelijk met", vergelijk)
        self.fields["andere_periode"] = forms.CharField(
            label="Andere periode",
            required=False,
            help_text="Bijvoorbeeld 2015, 2015-03 of 2015-01-01..2015-02-15",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self._filter("kanaal", "Kanaal", Kanaal, "Alle kanalen")
        self._filter("aanleiding", "Aanleiding", Aanleiding, "Alle aanleidingen")
        self.fields["bekendOp"] = forms.CharField(
            label="Zoals bekend op",
            required=False,
            help_text="Leeg: zoals nu bekend",
            widget=forms.TextInput(attrs={"type": self._soort_datumveld(), "autocomplete": "off"}),
        )

    def _filter(self, naam: str, label: str, lijst: type[Code], alle: str) -> None:
        if naam in self.filters:
            opties = [(code, waarde.label.capitalize()) for code, waarde in lijst.codes().items()]
            if naam not in self.standaard:
                opties.insert(0, ("", alle))
            self.fields[naam] = self._lijst(naam, label, opties)

    def _lijst(self, naam: str, label: str, opties: Opties) -> forms.CharField:
        """A list to choose from, in which what the URL says is never lost."""
        gekozen = self.data.get(naam, "")
        if gekozen and gekozen not in dict(opties):
            opties = [*opties, (gekozen, gekozen)]
        return forms.CharField(label=label, required=False, widget=forms.Select(choices=opties))

    def _soort_datumveld(self) -> str:
        """A date picker, unless it would lose a moment or a mistake."""
        try:
            date.fromisoformat(self.data.get("bekendOp") or "2000-01-01")
        except ValueError:
            return "text"
        return "date"

    def clean(self) -> dict[str, Any]:
        """Read the question; every mistake goes to its own field."""
        invoer = {naam: waarde for naam, waarde in self.data.items() if naam in self.fields}
        veld_van_periode = "andere_periode" if invoer.get("andere_periode") else "periode"
        invoer["periode"] = invoer[veld_van_periode]
        vergelijk = invoer.pop("vergelijk")
        if vergelijk not in (VORIGE, GEEN):
            invoer["vergelijk"] = vergelijk
        vraag, fouten = lees_vraag(self.tabel, invoer)
        for naam, fout in fouten.items():
            self.add_error(veld_van_periode if naam == "periode" else naam, fout)
        for naam in self.onbekend():
            self.add_error(None, f"Deze pagina kent de keuze '{naam}' niet.")
        if vraag is not None:
            ernaast = vraag.periode.vorige() if vergelijk == VORIGE else vraag.vergelijk
            self._vraag = replace(vraag, vergelijk=ernaast)
        return self.cleaned_data

    @property
    def vraag(self) -> Vraag | None:
        """What is asked; None as long as anything is wrong with it."""
        return self._vraag if self.is_valid() else None

    def onbekend(self) -> Iterable[str]:
        """Parameters of the URL that no field takes, so that no choice is dropped in silence."""
        return [naam for naam in self.gegeven if naam not in self.fields]

    @property
    def meer_open(self) -> bool:
        """Whether a choice of the second row is made or wrong."""
        return any(self.data.get(veld.name) or veld.errors for veld in self.tweede_rij())

    def eerste_rij(self) -> list[forms.BoundField]:
        """The choices that one makes often."""
        return [
            self[naam]
            for naam in ("periode", "team", "stadsdeel", "categorie", "vergelijk")
            if naam in self.fields
        ]

    def tweede_rij(self) -> list[forms.BoundField]:
        """The choices that one makes now and then."""
        tweede = ("andere_periode", "kanaal", "aanleiding", "bekendOp")
        return [self[naam] for naam in tweede if naam in self.fields]

    def eigen_in_woorden(self) -> str:
        """The question as one reads it, without what stands beside it; empty as long as there is none."""
        if self.vraag is None:
            return ""
        delen = [self.vraag.periode.naam]
        for naam, code in self.vraag.filters.items():
            optie = dict(self.fields[naam].widget.choices)[code]
            gewoon = f"stadsdeel {optie}" if naam == STADSDEEL else optie.lower()
            delen.append(optie if naam == TEAM else gewoon)
        return ", ".join(delen)

    def in_woorden(self) -> str:
        """The whole question as one reads it above the figures; empty as long as there is none."""
        if self.vraag is None or self.vraag.vergelijk is None:
            return self.eigen_in_woorden()
        return f"{self.eigen_in_woorden()}, naast {self.vraag.vergelijk.naam}"
