"""The people of one municipality: persons, the households they live in, and where they live when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from . import namen
from .kalender import RAPPORTAGE, Klok, dag_tussen
from .overdracht import Overdracht

MEERDERJARIG_SINDS = date(1997, 8, 31)
VOLWASSENEN, KINDEREN = (date(1925, 1, 1), date(1995, 12, 31)), (date(1999, 1, 1), date(2014, 6, 30))
BEGIN_VERBLIJF = (date(1982, 1, 1), date(2014, 12, 31))
KANS_ZELFDE_HERKOMST = 0.85
KANS_BSN, KANS_TELEFOON, KANS_EMAIL, KANS_UITZONDERING = 0.4, 0.7, 0.35, 0.02
BSNS_VOOR_ANDEREN = 2
POSTCODELETTERS = "ABCDEGHJKLMNPRTVW"


@dataclass(slots=True)
class Verblijf:
    """A person lives at an address with a household, from a day until another (exclusive, None = still).

    `geregistreerd` is the moment of registration where it isn't that of the person. When an end becomes known
    (`einde_bekend_op`), the row without end lapses and one with the end stands beside it.
    """

    huishouden: Huishouden
    rol: str
    postcode: str
    huisnummer: str
    team: str
    vanaf: date
    tot: date | None = None
    geregistreerd: datetime | None = None
    einde_bekend_op: datetime | None = None


@dataclass(slots=True)
class Persoon:
    """A person; `gezien` is the day on which the municipality first heard of them."""

    ref: str
    voorvoegsel: str
    achternaam: str
    voornamen: str
    geboren: date
    geslacht: str
    bsn: str
    telefoon: str
    email: str
    gezien: date
    herkomst: namen.Herkomst
    verblijven: list[Verblijf] = field(default_factory=list)

    @property
    def volwassen(self) -> bool:
        """Whether a melding about this person is one of volwassenen."""
        return self.geboren < MEERDERJARIG_SINDS

    def eerder_gezien(self, dag: date) -> None:
        """Something of `dag` is known about this person, so the person was known by then."""
        self.gezien = min(self.gezien, dag)


@dataclass(slots=True)
class Huishouden:
    """People who live together; `vast` once something counted hangs on where they live."""

    ref: str
    team: str
    leden: list[Persoon] = field(default_factory=list)
    vast: bool = False


class Bevolking:
    """Makes households and persons, and knows who lives in which team's area."""

    def __init__(self, uit: Overdracht, cijfers: dict[str, Any], rng: Random, *, met_bsn: bool) -> None:
        self.uit, self.rng, self.klok = uit, rng, Klok(rng)
        postcodes = cijfers["aannames"]["postcodes"]
        self.gebieden: dict[str, list[str]] = postcodes["gebieden"]
        self.uitzonderingen = defaultdict(list)
        for postcode, team in postcodes["uitzonderingen"].items():
            self.uitzonderingen[team].append(postcode)
        nummers = list(namen.proefnummers()) if met_bsn else []
        rng.shuffle(nummers)
        del nummers[-BSNS_VOOR_ANDEREN:]
        self._bsns: Iterator[str] = iter(nummers)
        self.personen: list[Persoon] = []
        self.huishoudens: dict[str, list[Huishouden]] = defaultdict(list)

    def adres(self, team: str) -> tuple[str, str]:
        """A made-up postcode and huisnummer in the area of `team`."""
        huisnummer = str(self.rng.randrange(1, 240)) + self.rng.choice(["", "", "", "", "", "A", "B"])
        if self.uitzonderingen[team] and self.rng.random() < KANS_UITZONDERING:
            return self.rng.choice(self.uitzonderingen[team]), huisnummer
        letters = self.rng.choice(POSTCODELETTERS) + self.rng.choice(POSTCODELETTERS)
        return self.rng.choice(self.gebieden[team]) + letters, huisnummer

    def los_persoon(self, geboren: date, verwant: Persoon | None = None, rol: str = "hoofd") -> Persoon:
        """A person without an address; a child has the surname of `verwant`, the others their own."""
        rng = self.rng
        zelfde = verwant is not None and (rol == "kind" or rng.random() < KANS_ZELFDE_HERKOMST)
        herkomst = verwant.herkomst if verwant is not None and zelfde else namen.kies_herkomst(rng)
        geslacht = rng.choices("mvx", [47, 52, 1])[0]
        voornamen = namen.kies_voornamen(rng, herkomst, geslacht)
        voorvoegsel, achternaam = namen.kies_achternaam(rng, herkomst)
        if verwant is not None and rol == "kind":
            voorvoegsel, achternaam = verwant.voorvoegsel, verwant.achternaam
        persoon = Persoon(
            ref=self.uit.ref("personen"),
            voorvoegsel=voorvoegsel,
            achternaam=achternaam,
            voornamen=voornamen,
            geboren=geboren,
            geslacht=geslacht,
            bsn=next(self._bsns, "") if rng.random() < KANS_BSN else "",
            telefoon=namen.kies_telefoon(rng) if rng.random() < KANS_TELEFOON else "",
            email=namen.kies_email(rng, voornamen, achternaam) if rng.random() < KANS_EMAIL else "",
            gezien=RAPPORTAGE.date(),
            herkomst=herkomst,
        )
        self.personen.append(persoon)
        return persoon

    def huishouden(self, team: str, geboren: date) -> tuple[Huishouden, Persoon]:
        """A new household in the area of `team`, with one adult at its head."""
        huishouden = Huishouden(self.uit.ref("huishoudens"), team)
        self.huishoudens[team].append(huishouden)
        hoofd = self.los_persoon(geboren)
        vanaf = dag_tussen(self.rng, max(geboren, BEGIN_VERBLIJF[0]), BEGIN_VERBLIJF[1])
        hoofd.verblijven.append(Verblijf(huishouden, "hoofd", *self.adres(team), team, vanaf))
        huishouden.leden.append(hoofd)
        return huishouden, hoofd

    def erbij(self, huishouden: Huishouden, rol: str, geboren: date) -> Persoon:
        """Somebody more in this household, at the address of its head."""
        hoofd = huishouden.leden[0]
        thuis = hoofd.verblijven[0]
        persoon = self.los_persoon(geboren, hoofd, rol)
        vanaf = max(geboren, thuis.vanaf)
        persoon.verblijven.append(
            Verblijf(huishouden, rol, thuis.postcode, thuis.huisnummer, thuis.team, vanaf, thuis.tot)
        )
        huishouden.leden.append(persoon)
        return persoon

    def gezin(self, team: str, geboren: list[date]) -> list[Persoon]:
        """A family of one or two parents with children born on these days; returns the children."""
        leeftijd_ouder = timedelta(days=self.rng.randrange(20 * 365, 38 * 365))
        huishouden, hoofd = self.huishouden(team, min(geboren) - leeftijd_ouder)
        if self.rng.random() < 0.6:
            self.erbij(huishouden, "partner", hoofd.geboren + timedelta(days=self.rng.randrange(-1000, 1000)))
        return [self.erbij(huishouden, "kind", dag) for dag in geboren]

    def willekeurig(self, team: str, *, volwassen: bool) -> Persoon:
        """Somebody of that age who lives in the area: often known already, else new."""
        if self.rng.random() < 0.55:
            for huishouden in self.rng.sample(self.huishoudens[team], 6):
                passend = [lid for lid in huishouden.leden if lid.volwassen == volwassen]
                if passend:
                    return self.rng.choice(passend)
        if volwassen:
            return self.huishouden(team, dag_tussen(self.rng, *VOLWASSENEN))[1]
        return self.gezin(team, [dag_tussen(self.rng, *KINDEREN) for _ in range(self.rng.randrange(1, 4))])[0]

    def verhuis(self, leden: list[Persoon], team: str, dag: date, nieuw: Huishouden | None = None) -> None:
        """These people move to the area of `team`; into a household of their own when `nieuw` is given."""
        postcode, huisnummer = self.adres(team)
        bekend = self.klok.na_feit(dag)
        for persoon in leden:
            oud = persoon.verblijven[-1]
            oud.tot, oud.einde_bekend_op = dag, bekend
            rol = "hoofd" if nieuw else oud.rol
            persoon.verblijven.append(
                Verblijf(nieuw or oud.huishouden, rol, postcode, huisnummer, team, dag, geregistreerd=bekend)
            )

    def schrijf(self, verbeterde_verblijven: int) -> None:
        """Write `personen.csv` and `verblijven.csv`; so many stays first had a wrong huisnummer."""
        mis = {id(persoon) for persoon in islice(self._vaste_bewoners(), verbeterde_verblijven)}
        for persoon in self.personen:
            thuis = persoon.verblijven[0].huishouden.leden if persoon.verblijven else [persoon]
            gezien = min(lid.gezien for lid in thuis)
            self.uit.schrijf(
                "personen",
                ref=persoon.ref,
                achternaam=persoon.achternaam,
                tussenvoegsel=persoon.voorvoegsel,
                voornamen=persoon.voornamen,
                geboortedatum=persoon.geboren,
                geslacht=persoon.geslacht,
                bsn=persoon.bsn,
                telefoon=persoon.telefoon,
                email=persoon.email,
                geregistreerd_op=self.klok.op(gezien),
            )
            for verblijf in persoon.verblijven:
                self._schrijf_verblijf(persoon, verblijf, gezien, mis=id(persoon) in mis)

    def _vaste_bewoners(self) -> Iterator[Persoon]:
        """Persons with exactly one stay, in random order."""
        volgorde = self.rng.sample(self.personen, len(self.personen))
        return (
            persoon for persoon in volgorde if [verblijf.tot for verblijf in persoon.verblijven] == [None]
        )

    def _schrijf_verblijf(self, persoon: Persoon, verblijf: Verblijf, gezien: date, *, mis: bool) -> None:
        geregistreerd = verblijf.geregistreerd or self.klok.op(max(gezien, verblijf.vanaf))
        rij: dict[str, object] = {
            "persoon_ref": persoon.ref,
            "huishouden_ref": verblijf.huishouden.ref,
            "postcode": verblijf.postcode,
            "huisnummer": verblijf.huisnummer,
            "team_code": verblijf.team,
            "vanaf": verblijf.vanaf,
            "tot": verblijf.tot,
            "rol": verblijf.rol,
            "geregistreerd_op": geregistreerd,
        }
        if verblijf.einde_bekend_op is not None:
            self.uit.verbeter(
                "verblijven", verblijf.einde_bekend_op, {**rij, "tot": None}, {"tot": verblijf.tot}
            )
        elif mis:
            fout = {**rij, "huisnummer": f"{verblijf.huisnummer}1"}
            self.uit.verbeter(
                "verblijven", self.klok.verbeterd(geregistreerd), fout, {"huisnummer": verblijf.huisnummer}
            )
        else:
            self.uit.schrijf("verblijven", ref=self.uit.ref("verblijven"), **rij)
