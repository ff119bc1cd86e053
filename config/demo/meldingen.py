"""The meldingen of both quarters: which leaf of the stroomschema each reaches, where, and on which days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from .cijfers import KWARTALEN, geschud, verdeel
from .kalender import LAATSTE_FEIT, werkdag_vanaf, werkdagen
from .overdracht import Overdracht
from .personen import Persoon

KANS_SPOED = 0.03
TOT_ONDERZOEK = ("gesprek_gestart", "onderzoek_gestart")
TOT_BESLUIT = (*TOT_ONDERZOEK, "onderzoek_afgerond")
WEGEN: dict[str, list[tuple[str, ...]]] = {
    "toegekend": [(*TOT_BESLUIT, "plan_akkoord", "toegekend")],
    "niet_toegekend": [(*TOT_BESLUIT, "niet_toegekend"), (*TOT_BESLUIT, "plan_akkoord", "niet_toegekend")],
    "nog_geen_besluit": [TOT_BESLUIT, (*TOT_BESLUIT, "plan_akkoord")],
    "onderzoek_loopt": [TOT_ONDERZOEK, TOT_ONDERZOEK, TOT_ONDERZOEK, (*TOT_ONDERZOEK, "ingetrokken")],
    "geen_onderzoek_nodig": [("gesprek_gestart", "voorveld")],
    "overig_na_gesprek": [("gesprek_gestart",), ("gesprek_gestart", "ingetrokken")],
    "voorveld": [("voorveld",)],
    "overig_voor_gesprek": [(), ("ingetrokken",), ("doorgezet",)],
}
DAGEN_TOT = {
    "gesprek_gestart": 12,
    "onderzoek_gestart": 7,
    "onderzoek_afgerond": 18,
    "plan_akkoord": 5,
    "toegekend": 4,
    "niet_toegekend": 6,
    "voorveld": 5,
    "ingetrokken": 9,
    "doorgezet": 3,
}
REDENEN = {
    "voorveld": ["advies", "doorverwijzing", "advies en doorverwijzing"],
    "niet_toegekend": [
        "zelf een oplossing gevonden",
        "algemene voorziening is genoeg",
        "voorliggende wet",
        "wil geen eigen bijdrage betalen",
        "afgewezen",
    ],
    "ingetrokken": ["hulp is niet meer nodig", "verhuisd", "wil op dit moment geen hulp"],
    "doorgezet": ["werk en inkomen", "andere gemeente", "Veilig Thuis"],
}
AANLEIDINGEN = ("nieuwe_vraag", "herindicatie", "melding_professional")
GEWICHT_AANLEIDING = {"toegekend": (45, 40, 15), "voorveld": (82, 4, 14)}
GEWICHT_AANLEIDING_ANDERS = (64, 20, 16)
KANAAL_BIJ_AANLEIDING = {"herindicatie": "afloop_indicatie", "melding_professional": "professional"}
KANALEN = {"telefoon": 46, "email": 7, "webformulier": 14, "inloopspreekuur": 22, "balie": 7, "outreach": 4}


@dataclass(frozen=True, slots=True)
class Stap:
    """A fact after `ontvangen`: what, when, and why where a reason belongs to it."""

    soort: str
    datum: date
    reden: str = ""


@dataclass(slots=True, eq=False)
class Melding:
    """A melding as it is known in the end; who it is about and which voorzieningengroep is found later."""

    ref: str
    categorie: str
    blad: str
    team: str
    ontvangen: date
    aanleiding: str
    kanaal: str
    spoed: bool
    stappen: list[Stap] = field(default_factory=list)
    _persoon: Persoon | None = None
    groep: str = ""

    @property
    def besluit(self) -> date:
        """Day of the last step: for a granted melding the day of the decision."""
        return self.stappen[-1].datum

    @property
    def persoon(self) -> Persoon:
        """Whom it is about; asking before anybody was found is a mistake in the order of work."""
        if self._persoon is None:
            raise LookupError(f"melding {self.ref} gaat nog over niemand")
        return self._persoon

    def gaat_over(self, persoon: Persoon, groep: str = "") -> None:
        """Tie it to a person, whose household then stays where it is."""
        self._persoon, self.groep = persoon, groep
        persoon.eerder_gezien(self.ontvangen)
        for verblijf in persoon.verblijven:
            verblijf.huishouden.vast = True


def plan_meldingen(cijfers: dict[str, Any], uit: Overdracht, rng: Random) -> list[Melding]:
    """Every melding of the two quarters (2.4), spread over leaves (2.6) and wijkteams (2.5)."""
    per_team = cijfers["aannames"]["per_wijkteam"]
    gewichten = {"volwassenen": per_team["gewicht_meldingen"], "jeugd": per_team["gewicht_jeugd"]}
    meldingen = []
    for categorie, gewicht in gewichten.items():
        for kwartaal in KWARTALEN:
            bladen = geschud(cijfers["aannames"]["stroomschema"][categorie][kwartaal], rng)
            teams = geschud(verdeel(len(bladen), gewicht), rng)
            dagen = sorted(rng.choices(werkdagen(kwartaal), k=len(bladen)))
            meldingen += [
                _melding(uit.ref("meldingen"), categorie, blad, team, dag, rng)
                for blad, team, dag in zip(bladen, teams, dagen, strict=True)
            ]
    return meldingen


def _melding(ref: str, categorie: str, blad: str, team: str, ontvangen: date, rng: Random) -> Melding:
    aanleiding = rng.choices(AANLEIDINGEN, GEWICHT_AANLEIDING.get(blad, GEWICHT_AANLEIDING_ANDERS))[0]
    kanaal = KANAAL_BIJ_AANLEIDING.get(aanleiding) or rng.choices(list(KANALEN), list(KANALEN.values()))[0]
    spoed = aanleiding != "herindicatie" and rng.random() < KANS_SPOED
    stappen = _stappen(
        ontvangen, rng.choice(WEGEN[blad]), 0.25 if spoed else rng.lognormvariate(0, 0.35), rng
    )
    return Melding(ref, categorie, blad, team, ontvangen, aanleiding, kanaal, spoed, stappen)


def _stappen(ontvangen: date, soorten: tuple[str, ...], tempo: float, rng: Random) -> list[Stap]:
    """The steps in order, on working days; when they would run past the last fact they are squeezed."""
    duren = [DAGEN_TOT[soort] * tempo * rng.uniform(0.4, 1.6) for soort in soorten]
    krimp = min(1.0, (LAATSTE_FEIT - ontvangen).days / max(1.0, sum(duren)))
    stappen, verstreken = [], 0.0
    for soort, duur in zip(soorten, duren, strict=True):
        verstreken += duur * krimp
        reden = rng.choice(REDENEN[soort]) if soort in REDENEN else ""
        stappen.append(Stap(soort, werkdag_vanaf(ontvangen + timedelta(days=int(verstreken))), reden))
    return stappen
