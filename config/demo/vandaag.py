"""The cases of today beside Almere 2015: a werkvoorraad in which everything is to be seen, the same every time.

People come in by an overdracht, as from the BRP; what is done for them goes through the verbs of the product. Only
what somebody should have done already comes in with its moment of registration, by the overdracht as well, since
the product itself registers nothing in the past.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from config.demo.namen import proefnummers
from config.demo.opschaling import houd_rondetafel, maak_opschaalteams, vraag_consult
from config.demo.overdracht import Overdracht
from config.demo.plan import maak_plan
from config.demo.post import maak_mail
from config.demo.zaken import BELOFTES, FORMULIEREN, GEZINNEN, INDICATIES, MET_BSN, ZAKEN, Zaak
from config.overdracht.importeren import importeer
from households import workflow as huishoudens
from households.models import Huishouden, Levensgebied, Persoon, Verblijf
from meldingen import workflow
from meldingen.models import (
    Aanleiding,
    Categorie,
    Kanaal,
    Meldersoort,
    Melding,
    Toestemming,
    Uitkomst,
)
from teams.models import Aanstelling, Medewerker, Rol, Team, Teamsoort

ZAAD = 2016
LETTERS = "ABCDEFGHJKLMNPRSTVW"
WOONT_SINDS = date(2016, 3, 1)
ROLLEN = {"h": "hoofd", "p": "partner", "k": "kind", "o": "ouder"}
COLLEGAS = (
    # account, first and last name, team (as in GEZINNEN), discipline, moederorganisatie
    ("nadia", "Nadia", "Bakkali", 0, "jeugd en gezin", "jeugdgezondheidszorg"),
    ("tim", "Tim", "Jansen", 0, "cliëntondersteuning", "welzijnsorganisatie"),
    ("ilse", "Ilse", "van Vliet", 1, "maatschappelijk werk", "welzijnsorganisatie"),
)


def _ref(soort: str, *delen: object) -> str:
    return "-".join(("vandaag", soort, *map(str, delen)))


def maak_vandaag() -> int:
    """Make the cases, when they aren't there yet and the accounts of the demo are; returns how many meldingen came.

    All of it or nothing, in one transaction; after that the mail, which has its own as one that is fetched.
    """
    eerder = Melding.objects.count()
    if not Persoon.objects.filter(ref=_ref("P", next(iter(GEZINNEN)), 0)).exists():
        with transaction.atomic():
            _Vandaag().speel()
    maak_mail(timezone.now())
    return Melding.objects.count() - eerder


@dataclass
class _Vandaag:
    """Whoever plays a part, and where."""

    nu: datetime = field(default_factory=timezone.now)
    rng: Random = field(default_factory=lambda: Random(ZAAD))

    def __post_init__(self) -> None:
        self.dag = timezone.localdate(self.nu)
        self.teams = list(Team.objects.wijkteams()[:2])
        self.expertteam = Team.objects.filter(soort=Teamsoort.EXPERTTEAM).order_by("code")[0]
        self.gebieden = {gebied.code: gebied for gebied in Levensgebied.objects.all()}

    def speel(self) -> None:
        """From the first household to the last judgement that is awaited."""
        self._stel_collegas_aan()
        self.wie = {medewerker.username: medewerker for medewerker in Medewerker.objects.all()}
        with tempfile.TemporaryDirectory(prefix="vandaag-") as map_:
            self._schrijf(Path(map_))
            importeer(Path(map_))
        personen = Persoon.objects.filter(ref__startswith=_ref("P", ""))
        self.personen = {persoon.ref: persoon for persoon in personen}
        for nummer, zaak in enumerate(ZAKEN):
            self._zaak(nummer, zaak)
        self._formulieren()
        self._beloftes()
        self._bijzonder()

    def _stel_collegas_aan(self) -> None:
        """People to divide the work among; they can't sign in."""
        for naam, voornaam, achternaam, team, discipline, organisatie in COLLEGAS:
            medewerker, nieuw = Medewerker.objects.get_or_create(
                username=naam,
                defaults={"first_name": voornaam, "last_name": achternaam, "email": f"{naam}@example.org"},
            )
            if nieuw:
                medewerker.set_unusable_password()
                medewerker.save()
                Aanstelling.objects.create(
                    medewerker=medewerker,
                    rol=Rol.WIJKWERKER,
                    team=self.teams[team],
                    discipline=discipline,
                    moederorganisatie=organisatie,
                    vanaf=WOONT_SINDS,
                )

    def _schrijf(self, map_: Path) -> None:
        """The households, and what came in hours ago."""
        met_bsn = Persoon.objects.filter(bsn_versleuteld__isnull=False).only("bsn_versleuteld")
        gebruikt = {persoon.bsn for persoon in met_bsn.iterator()}
        self._bsns = (nummer for nummer in proefnummers() if nummer not in gebruikt)
        self._telefoons = [f"036-55501{nummer:02d}" for nummer in self.rng.sample(range(100), 100)]
        with Overdracht(map_) as uit:
            for gezin, (team, naam, leden) in GEZINNEN.items():
                self._schrijf_gezin(uit, gezin, team, naam, leden.split(", "))
            for nummer, zaak in enumerate(ZAKEN):
                if zaak.uren:
                    self._schrijf_melding(uit, nummer, zaak)
            self._schrijf_indicaties(uit)
        for bestand in map_.glob("*.csv"):
            if not uit.aantallen[bestand.stem]:
                bestand.unlink()

    def _schrijf_gezin(
        self, uit: Overdracht, gezin: str, team: int | None, naam: str, leden: list[str]
    ) -> None:
        postcode, huisnummer = self._adres(team), str(self.rng.randrange(1, 200))
        for plaats, lid in enumerate(leden):
            kenmerken, _, eigen = lid.partition("/")
            code, _, voornaam = kenmerken.partition(" ")
            voor, _, achternaam = (eigen or naam).rpartition("|")
            geboren = self.dag - timedelta(days=int(code[2:]) * 365.25 + self.rng.randrange(1, 360))
            volwassen = int(code[2:]) >= 16
            uit.schrijf(
                "personen",
                ref=_ref("P", gezin, plaats),
                achternaam=achternaam,
                tussenvoegsel=voor,
                voornamen=voornaam,
                geboortedatum=geboren,
                geslacht=code[1],
                bsn=next(self._bsns, "") if gezin in MET_BSN and plaats == 0 else "",
                telefoon=self._telefoons.pop() if volwassen and plaats < 2 else "",
            )
            if team is not None:
                uit.schrijf(
                    "verblijven",
                    ref=_ref("V", gezin, plaats),
                    persoon_ref=_ref("P", gezin, plaats),
                    huishouden_ref=_ref("H", gezin),
                    postcode=postcode,
                    huisnummer=huisnummer,
                    team_code=self.teams[team].code,
                    vanaf=max(WOONT_SINDS, geboren),
                    rol=ROLLEN[code[0]],
                )

    def _adres(self, team: int | None) -> str:
        if team is None:
            return ""
        gebieden = self.teams[team].postcodegebieden.order_by("postcode").values_list("postcode", flat=True)
        return str(gebieden[0])[:4] + "".join(self.rng.choices(LETTERS, k=2))

    def _schrijf_indicaties(self, uit: Overdracht) -> None:
        for nummer, (gezin, lid, wet, groep, voorziening, begon, eindigt) in enumerate(INDICATIES):
            ingang = self.dag - timedelta(days=begon)
            uit.schrijf(
                "beschikkingen",
                ref=_ref("B", nummer),
                persoon_ref=_ref("P", gezin, lid),
                wet=wet,
                voorzieningengroep=groep,
                voorziening=voorziening,
                financieringsvorm="zin",
                besluitdatum=min(ingang, self.dag) - timedelta(days=14),
                ingangsdatum=ingang,
                einddatum=None if eindigt is None else self.dag + timedelta(days=eindigt),
            )

    def _schrijf_melding(self, uit: Overdracht, nummer: int, zaak: Zaak) -> None:
        moment = self.nu - timedelta(hours=zaak.uren)
        team = GEZINNEN[zaak.gezin][0]
        uit.schrijf(
            "meldingen",
            ref=_ref("M", nummer),
            persoon_ref=_ref("P", zaak.gezin, zaak.lid),
            spoed="ja" if zaak.spoed else "nee",
            vraag=zaak.vraag,
            levensgebieden=zaak.gebieden,
            geregistreerd_op=moment,
        )
        uit.schrijf(
            "gebeurtenissen",
            ref=_ref("G", nummer),
            melding_ref=_ref("M", nummer),
            soort="ontvangen",
            datum=timezone.localdate(moment),
            team_code=None if team is None else self.teams[team].code,
            categorie="jeugd" if zaak.jeugd else "volwassenen",
            kanaal="professional",
            aanleiding="melding_professional",
            geregistreerd_op=moment,
        )

    def _persoon(self, gezin: str, lid: int = 0) -> Persoon:
        return self.personen[_ref("P", gezin, lid)]

    def _huishouden(self, gezin: str) -> Huishouden:
        verblijf = Verblijf.objects.woont(self._persoon(gezin), self.dag)
        if verblijf is None or verblijf.huishouden is None:
            raise LookupError(f"{gezin} woont nergens")
        return verblijf.huishouden

    def _melding(self, gezin: str) -> Melding:
        """The last melding about somebody of the household."""
        personen = [
            persoon for ref, persoon in self.personen.items() if ref and ref.startswith(_ref("P", gezin, ""))
        ]
        return Melding.objects.filter(persoon__in=personen).latest("pk")

    def _zaak(self, nummer: int, zaak: Zaak) -> None:
        melding = Melding.objects.get(ref=_ref("M", nummer)) if zaak.uren else self._neem_aan(zaak)
        behandelaar = self.wie.get(zaak.wie)
        door = behandelaar or self.wie["coordinator"]
        if zaak.wie == "expert":
            workflow.wijs_toe(
                melding, team=self.expertteam, medewerker=behandelaar, door=self.wie["coordinator"]
            )
        elif behandelaar:
            workflow.pak_op(melding, door=behandelaar)
            if melding.huishouden:
                huishoudens.maak_contactpersoon(melding.huishouden, behandelaar, door=behandelaar)
        for tekst in zaak.notities:
            workflow.noteer(melding, tekst=tekst, door=door)
        for plaats, verb in enumerate(zaak.stappen, start=1):
            op = self.dag - timedelta(days=zaak.dagen - zaak.dagen * plaats // (len(zaak.stappen) + 1))
            waarom = {"reden": zaak.reden} if zaak.reden and plaats == len(zaak.stappen) else {}
            melding = getattr(workflow, verb)(melding, op=op, door=door, **waarom)
        if zaak.gesprek:
            self._plan(melding, zaak.gesprek, door)

    def _neem_aan(self, zaak: Zaak) -> Melding:
        persoon = self._persoon(zaak.gezin, zaak.lid)
        soort, naam, bij = zaak.melder or ("inwoner", persoon.naam, "")
        professional = soort == "professional"
        return workflow.neem_aan(
            voor=persoon,
            melder=workflow.Melder(
                Meldersoort[soort.upper()],
                naam,
                telefoon=self._telefoons.pop() if zaak.melder else persoon.telefoon or self._telefoons.pop(),
                relatie=bij if soort == "naaste" else "",
                organisatie=bij if professional else "",
            ),
            vraag=zaak.vraag,
            op=self.dag - timedelta(days=zaak.dagen),
            door=self.wie["kcc" if zaak.kanaal == "telefoon" else zaak.wie or "wijkwerker"],
            toch_apart=True,
            toestemming=Toestemming.JA if soort != "professional" else Toestemming.ONBEKEND,
            spoed=zaak.spoed,
            levensgebieden=[self.gebieden[code] for code in zaak.gebieden.split(";")],
            categorie=Categorie.JEUGD if zaak.jeugd else Categorie.VOLWASSENEN,
            kanaal=Kanaal.PROFESSIONAL if professional else Kanaal[zaak.kanaal.upper()],
            aanleiding=Aanleiding.MELDING_PROFESSIONAL if professional else Aanleiding.NIEUWE_VRAAG,
        )

    def _plan(self, melding: Melding, dagen: int, door: Medewerker) -> None:
        op = timezone.localtime(self.nu).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(
            days=dagen
        )
        workflow.plan_gesprek(melding, op=op, plaats="bij de inwoner thuis", deelnemers=[door], door=door)

    def _formulieren(self) -> None:
        """What people sent themselves, about nobody yet."""
        for soort, naam, email, vraag, team in FORMULIEREN:
            workflow.neem_formulier_aan(
                soort=Meldersoort[soort.upper()],
                naam=naam,
                email=email,
                vraag=vraag,
                organisatie="politie" if soort == "professional" else "",
                postcode=self._adres(team),
                afzender=naam,
            )

    def _beloftes(self) -> None:
        """Promises to call back: on time, late, tried, and kept."""
        verzoeken = []
        for gezin, naam, vraag, wie, uren in BELOFTES:
            medewerker = self.wie.get(wie)
            melding = self._melding(gezin) if gezin else None
            verzoeken.append(
                workflow.neem_terugbelverzoek_aan(
                    naam=naam,
                    telefoon=self._telefoons.pop(),
                    vraag=vraag,
                    team=melding.team if melding else self.teams[0],
                    medewerker=medewerker,
                    melding=melding,
                    persoon=melding.persoon if melding else None,
                    op=self.nu - timedelta(hours=uren),
                    door=self.wie["kcc"],
                )
            )
        workflow.leg_belpoging_vast(verzoeken[2], Uitkomst.GEEN_GEHOOR, door=self.wie["wijkwerker"])
        workflow.leg_belpoging_vast(verzoeken[-1], Uitkomst.GESPROKEN, door=self.wie["wijkwerker"])

    def _bijzonder(self) -> None:
        """What happens less often: handing over, scaling up, hiding, breaking the glass, putting right."""
        wijkwerker, collega, coordinator = (
            self.wie[naam] for naam in ("wijkwerker", "collega", "coordinator")
        )
        workflow.wijs_toe(
            self._melding("terhorst"),
            team=self.teams[0],
            medewerker=wijkwerker,
            door=coordinator,
            reden="verhuist volgende maand naar ons gebied",
        )
        functionaris = maak_opschaalteams(WOONT_SINDS)
        vraag_consult(self._huishouden("benali"), self.expertteam, collega)
        houd_rondetafel(
            self._huishouden("opdenkamp"), self._persoon("opdenkamp"), self.dag, wijkwerker, functionaris
        )
        workflow.koppel(
            self._melding("degraaf2"),
            persoon=self._persoon("degraaf"),
            huishouden=self._huishouden("degraaf"),
            reden="de huisarts belde over Bram de Graaf",
            door=wijkwerker,
        )
        workflow.zet_koppeling_terug(
            self._melding("degraaf"), reden="het gaat om de zoon, niet om de vader", door=wijkwerker
        )
        huishoudens.stel_gelijk(
            self._persoon("ozturk2"),
            self._persoon("ozturk"),
            reden="zelfde geboortejaar en telefoon, anders gespeld",
            door=wijkwerker,
        )
        huishoudens.maak_contactpersoon(
            self._huishouden("brouwer"), self.wie["ilse"], door=collega, reden="kent het gezin van school"
        )
        maak_plan(self._huishouden("yilmaz"), self.dag, wijkwerker)
        self._meest_vertrouwelijk(wijkwerker, collega)

    def _meest_vertrouwelijk(self, wijkwerker: Medewerker, collega: Medewerker) -> None:
        huishoudens.scherm_af(
            self._huishouden("afgeschermd"), reden="gevlucht voor geweld in huis", door=wijkwerker
        )
        huishoudens.open_noodtoegang(
            self._huishouden("opdenkamp"),
            reden="staat verward aan onze balie en noemt zijn wijkwerker",
            medewerker=collega,
        )
