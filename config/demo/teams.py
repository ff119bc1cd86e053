"""The reference files (teams, postcodes, inhabitants, spreekuren), and what teams do (2.3, 2.7, 2.8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from .cijfers import KWARTALEN, spreid
from .kalender import Klok, werkdagen
from .overdracht import Overdracht

PEILDATA = {date(2014, 1, 1): 0.99, date(2015, 1, 1): 1.0}
LOCATIES = ["Buurthuis", "Gezondheidscentrum", "Bibliotheek", "Wijkcentrum"]
DAGEN = ["ma", "di", "wo", "do", "vr"]
AANVANG = ["09:00", "13:30", "10:00", "14:00", "11:00"]
AVOND = {"dag": "do", "van": "19:00", "tot": "20:30", "frequentie": "maandelijks"}
GELDIG_VAN = date(2015, 1, 1)
OPBOUWWERK, CONSULENT, ONDERSTEUNER = "opbouwwerk", "vrijwilligersconsulent", "cliëntondersteuning"
UREN_CONSULT = (0.5, 0.5, 1, 1, 1.5, 2)
GEEN_VERVOLG = ("periode", "contacten")


def schrijf_teams(cijfers: dict[str, Any], schaal: int, uit: Overdracht) -> None:
    """Write the four reference files; inhabitants grow with `schaal`, so that shares (2.11) stay."""
    aannames = cijfers["aannames"]
    for team in cijfers["wijkteams"]:
        uit.schrijf(
            "teams", code=team["code"], naam=team["naam"], soort="wijkteam", stadsdeel=team["stadsdeel"]
        )
    for naam in cijfers["expertteams"]:
        uit.schrijf(
            "teams", naam=f"Expertteam {naam}", soort="expertteam", **aannames["expertteam_codes"][naam]
        )
    for code, gebieden in aannames["postcodes"]["gebieden"].items():
        for postcode in gebieden:
            uit.schrijf("postcodes", postcode=postcode, team_code=code)
    for postcode, code in aannames["postcodes"]["uitzonderingen"].items():
        uit.schrijf("postcodes", postcode=postcode, team_code=code)
    for code, inwoners in aannames["per_wijkteam"]["inwoners"].items():
        jeugdigen = aannames["per_wijkteam"]["jeugdigen"][code]
        for peildatum, deel in PEILDATA.items():
            uit.schrijf(
                "inwoners",
                team_code=code,
                peildatum=peildatum,
                inwoners=round(inwoners * deel) * schaal,
                jeugdigen=round(jeugdigen * deel) * schaal,
            )
    for team in cijfers["wijkteams"]:
        for spreekuur in _spreekuren(team, aannames["spreekuren"]):
            uit.schrijf("spreekuren", team_code=team["code"], geldig_van=GELDIG_VAN, **spreekuur)


def _spreekuren(team: dict[str, str], aannames: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The weekly sessions of one team, in half hours that add up to its hours, and its evening session."""
    week = aannames["per_week"][team["code"]]
    locaties = [f"{soort} {team['naam']}" for soort in LOCATIES[: week["locaties"]]]
    basis, rest = divmod(int(week["uren"] * 2), week["zittingen"])
    for zitting, locatie in zip(range(week["zittingen"]), cycle(locaties), strict=False):
        van = AANVANG[zitting]
        minuten = int(van[:2]) * 60 + int(van[3:]) + 30 * (basis + (zitting < rest))
        yield {
            "locatie": locatie,
            "dag": DAGEN[zitting],
            "van": van,
            "tot": f"{minuten // 60:02d}:{minuten % 60:02d}",
            "frequentie": "wekelijks",
        }
    if team["code"] in aannames["avond_maandelijks"]:
        yield {"locatie": locaties[0], **AVOND}


class Teamwerk:
    """Writes `activiteiten.csv` and `consulten.csv` of one municipality."""

    def __init__(self, cijfers: dict[str, Any], uit: Overdracht, rng: Random) -> None:
        self.cijfers, self.uit, self.rng, self.klok = cijfers, uit, rng, Klok(rng)
        self.teams = [team["code"] for team in cijfers["wijkteams"]]

    def schrijf(self) -> None:
        """Both files, both quarters."""
        for kwartaal in KWARTALEN:
            self._activiteiten(kwartaal)
        self._consulten()

    def _activiteiten(self, kwartaal: str) -> None:
        """Opbouwwerk as in table 2.7, and what the other disciplines and the network of the area did."""
        tabel = {rij: waarden[kwartaal] for rij, waarden in self.cijfers["2.7"].items()}
        aanname = self.cijfers["aannames"]["spreekuurbezoek_per_kwartaal"]
        op_spreekuur = tabel["verwezen"] * aanname["verwezen_op_spreekuur_pct"] // 100
        elders = tabel["verwezen"] - op_spreekuur
        self._reeks(
            "spreekuur", OPBOUWWERK, kwartaal, aanname["zittingen"], tabel["bewoners_spreekuur"], op_spreekuur
        )
        self._reeks(
            "collectief_arrangement",
            OPBOUWWERK,
            kwartaal,
            tabel["collectieve_arrangementen"],
            tabel["unieke_deelnemers"],
            0,
        )
        self._reeks(
            "buurtactiviteit",
            OPBOUWWERK,
            kwartaal,
            tabel["buurtactiviteiten"],
            tabel["betrokken_bewoners"],
            elders,
        )
        self._reeks("wijknetwerkbijeenkomst", OPBOUWWERK, kwartaal, len(self.teams), 0, 0)
        self._reeks("spreekuur", ONDERSTEUNER, kwartaal, len(self.teams) * 3, len(self.teams) * 12, 0)

    def _reeks(
        self, soort: str, discipline: str, kwartaal: str, aantal: int, bewoners: int, verwezen: int
    ) -> None:
        per_keer = zip(spreid(bewoners, aantal, self.rng), spreid(verwezen, aantal, self.rng), strict=True)
        for aanwezig, door in per_keer:
            datum = self.rng.choice(werkdagen(kwartaal))
            self.uit.schrijf(
                "activiteiten",
                ref=self.uit.ref("activiteiten"),
                team_code=self.rng.choice(self.teams),
                discipline=discipline,
                soort=soort,
                datum=datum,
                bewoners=aanwezig,
                verwezen=door,
                geregistreerd_op=self.klok.na_feit(datum),
            )

    def _consulten(self) -> None:
        """Contacts of the vrijwilligersconsulenten with what followed (2.8), and of cliëntondersteuners."""
        tabel = self.cijfers["2.8"]
        vervolgen: list[list[str]] = [[] for _ in range(tabel["contacten"])]
        for vervolg, aantal in tabel.items():
            if vervolg not in GEEN_VERVOLG:
                for rij in self.rng.sample(vervolgen, aantal):
                    rij.append(vervolg)
        mis = set(self.rng.sample(range(len(vervolgen)), self.cijfers["aannames"]["correcties"]["consulten"]))
        for plaats, vervolg in enumerate(vervolgen):
            self._consult(CONSULENT, vervolg, fout=plaats in mis)
        for _ in range(self.cijfers["aannames"]["clienten_mee"]["consulten"]):
            self._consult(ONDERSTEUNER, ["informatie_advies"], fout=False)

    def _consult(self, discipline: str, vervolg: list[str], *, fout: bool) -> None:
        datum = self.rng.choice(werkdagen(self.rng.choice(KWARTALEN)))
        geregistreerd = self.klok.na_feit(datum)
        uren = self.rng.choice(UREN_CONSULT)
        rij: dict[str, object] = {
            "team_code": self.rng.choice(self.teams),
            "discipline": discipline,
            "datum": datum,
            "uren": uren,
            "vervolg": ";".join(vervolg),
            "geregistreerd_op": geregistreerd,
        }
        if fout:
            self.uit.verbeter(
                "consulten", self.klok.verbeterd(geregistreerd), {**rij, "uren": uren * 10}, {"uren": uren}
            )
        else:
            self.uit.schrijf("consulten", ref=self.uit.ref("consulten"), **rij)
