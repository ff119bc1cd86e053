"""Writes the meldingen and their facts, with what was registered wrong at first and put right later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from .kalender import Klok, dag_tussen, werkdag_vanaf, werkdagen
from .meldingen import KANALEN, REDENEN, Melding
from .overdracht import Overdracht
from .vragen import kies_vraag

LAAT_GEREGISTREERD = (date(2015, 5, 4), date(2015, 6, 30))
VERGISSINGEN = ("voorveld", "onderzoek_gestart", "ingetrokken", "toegekend")
CORRECTIES_OVERAL = (
    "ontvangen_datum",
    "ontvangen_team",
    "ontvangen_categorie",
    "stap_vergissing",
    "dubbele_melding",
)
ANDERE_CATEGORIE = {"volwassenen": "jeugd", "jeugd": "volwassenen"}
GESLOTEN_TUSSEN = (date(2016, 1, 4), date(2016, 2, 26))
NOG_IN_TE_TREKKEN = ("", "gesprek_gestart", "onderzoek_gestart")
DAGEN_ERNAAST = (-9, -6, -4, -2, -1, 1, 2, 3, 5, 8)
NIETS_GEHOORD = "niets meer gehoord"
Rij = dict[str, object]


class Feitenschrijver:
    """Writes `meldingen.csv` and `gebeurtenissen.csv`; every melding has at most one kind of correction."""

    def __init__(self, cijfers: dict[str, Any], uit: Overdracht, rng: Random) -> None:
        self.uit, self.rng, self.klok = uit, rng, Klok(rng)
        self.aantallen: dict[str, int] = cijfers["aannames"]["correcties"]
        self.teams = [team["code"] for team in cijfers["wijkteams"]]

    def schrijf(self, meldingen: list[Melding]) -> None:
        """All meldingen, in the order in which they came in."""
        correcties = self._verdeel_correcties(meldingen)
        for melding in meldingen:
            self._schrijf_melding(melding, correcties.get(melding.ref, ""))
        for melding in meldingen:
            if (melding.stappen[-1].soort if melding.stappen else "") in NOG_IN_TE_TREKKEN:
                self._sluit(melding)

    def _sluit(self, melding: Melding) -> None:
        """What nobody went on with is withdrawn after the year, which changes no leaf of the stroomschema."""
        dag = werkdag_vanaf(dag_tussen(self.rng, *GESLOTEN_TUSSEN))
        rij: Rij = {"melding_ref": melding.ref, "soort": "ingetrokken", "datum": dag, "reden": NIETS_GEHOORD}
        self._feit(rij, self.klok.na_feit(dag))

    def _verdeel_correcties(self, meldingen: list[Melding]) -> dict[str, str]:
        """Which melding gets which correction: at most one.

        Late ones come from the first quarter, a wrong kanaal from those where residents chose it.
        """
        eerste_kwartaal = werkdagen("2015-Q1")[-1]
        kandidaten = {
            "late_melding": [melding for melding in meldingen if melding.ontvangen <= eerste_kwartaal],
            "ontvangen_kanaal": [melding for melding in meldingen if melding.aanleiding == "nieuwe_vraag"],
            "stap_datum": [melding for melding in meldingen if melding.stappen],
        }
        gekozen: dict[str, str] = {}
        for soort in (*kandidaten, *CORRECTIES_OVERAL):
            vrij = [melding.ref for melding in kandidaten.get(soort, meldingen) if melding.ref not in gekozen]
            gekozen |= dict.fromkeys(self.rng.sample(vrij, self.aantallen[soort]), soort)
        return gekozen

    def _schrijf_melding(self, melding: Melding, correctie: str) -> None:
        laat = dag_tussen(self.rng, *LAAT_GEREGISTREERD) if correctie == "late_melding" else melding.ontvangen
        geregistreerd = self.klok.na_feit(laat)
        ontvangen = self._ontvangen(melding, melding.ref)
        vraag, gebieden = kies_vraag(melding, self.rng)
        tekst = {"spoed": "ja" if melding.spoed else "nee", "vraag": vraag, "levensgebieden": gebieden}
        self._schrijf_tekst(melding.ref, melding, tekst, geregistreerd)
        fout = self._fout(melding, correctie)
        if fout:
            gezien = self.klok.na_feit(
                max(melding.ontvangen, fout.get("datum", melding.ontvangen)), geregistreerd
            )
            self._verbeter({**ontvangen, **fout}, ontvangen, gezien)
        else:
            self._feit(ontvangen, geregistreerd)
        if correctie == "dubbele_melding":
            self._schrijf_dubbel(melding, tekst, geregistreerd)
        if correctie == "stap_vergissing":
            self._schrijf_vergissing(melding, geregistreerd)
        self._schrijf_stappen(melding, geregistreerd, met_fout=correctie == "stap_datum")

    def _fout(self, melding: Melding, correctie: str) -> dict[str, Any]:
        """What stood wrong on `ontvangen` at first; empty for other corrections."""
        if correctie == "ontvangen_datum":
            return {
                "datum": werkdag_vanaf(melding.ontvangen + timedelta(days=self.rng.choice(DAGEN_ERNAAST)))
            }
        if correctie == "ontvangen_team":
            return {"team_code": self._ander(self.teams, melding.team)}
        if correctie == "ontvangen_kanaal":
            return {"kanaal": self._ander(KANALEN, melding.kanaal)}
        if correctie == "ontvangen_categorie":
            return {"categorie": ANDERE_CATEGORIE[melding.categorie]}
        return {}

    def _ander(self, keuzes: Iterable[str], dan: str) -> str:
        return self.rng.choice([keuze for keuze in keuzes if keuze != dan])

    def _ontvangen(self, melding: Melding, ref: str) -> Rij:
        return {
            "melding_ref": ref,
            "soort": "ontvangen",
            "datum": melding.ontvangen,
            "team_code": melding.team,
            "categorie": melding.categorie,
            "kanaal": melding.kanaal,
            "aanleiding": melding.aanleiding,
        }

    def _schrijf_tekst(
        self, ref: str, melding: Melding, tekst: dict[str, str], geregistreerd: datetime
    ) -> None:
        self.uit.schrijf(
            "meldingen", ref=ref, persoon_ref=melding.persoon.ref, geregistreerd_op=geregistreerd, **tekst
        )

    def _feit(self, rij: Rij, geregistreerd: datetime, vervallen: datetime | None = None) -> None:
        ref = self.uit.ref("gebeurtenissen")
        self.uit.schrijf(
            "gebeurtenissen", ref=ref, **rij, geregistreerd_op=geregistreerd, vervallen_op=vervallen
        )

    def _verbeter(self, fout: Rij, goed: Rij, geregistreerd: datetime) -> None:
        wanneer = self.klok.verbeterd(geregistreerd)
        self.uit.verbeter("gebeurtenissen", wanneer, {**fout, "geregistreerd_op": geregistreerd}, goed)

    def _schrijf_stappen(self, melding: Melding, geregistreerd: datetime, *, met_fout: bool) -> None:
        for stap in melding.stappen:
            geregistreerd = self.klok.na_feit(stap.datum, geregistreerd)
            rij: Rij = {
                "melding_ref": melding.ref,
                "soort": stap.soort,
                "datum": stap.datum,
                "reden": stap.reden,
            }
            if met_fout and stap is melding.stappen[-1]:
                fout = {**rij, "datum": stap.datum - timedelta(days=self.rng.randrange(1, 9))}
                self._verbeter(fout, rij, geregistreerd)
            else:
                self._feit(rij, geregistreerd)

    def _schrijf_vergissing(self, melding: Melding, geregistreerd: datetime) -> None:
        """A step that belonged to somebody else's melding, taken back later."""
        soort = self.rng.choice(VERGISSINGEN)
        reden = self.rng.choice(REDENEN[soort]) if soort in REDENEN else ""
        gezien = geregistreerd + timedelta(minutes=self.rng.randrange(1, 30))
        rij: Rij = {"melding_ref": melding.ref, "soort": soort, "datum": melding.ontvangen, "reden": reden}
        self._feit(rij, gezien, self.klok.verbeterd(gezien))

    def _schrijf_dubbel(self, melding: Melding, tekst: dict[str, str], geregistreerd: datetime) -> None:
        """The same melding registered by a colleague, too: it stays, but without an `ontvangen` in force."""
        ref = self.uit.ref("meldingen")
        gezien = self.klok.na_feit(melding.ontvangen, geregistreerd)
        self._schrijf_tekst(ref, melding, tekst, gezien)
        self._feit(self._ontvangen(melding, ref), gezien, self.klok.verbeterd(gezien))
