"""Rules about meldingen: taken on, moved on, put right, given to somebody, and coming back by themselves."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from households.models import Persoon
from meldingen import workflow
from meldingen.herindicatie import maak_herindicaties
from meldingen.models import ONDERWERPEN, Categorie, Gebeurtenis, Gesprek, Melding
from tests.heleweg.machine import REDEN, Weg, dagen, heeft, nummers
from tests.heleweg.wereld import dagen_geleden, meld
from voorzieningen.models import Verzendwijze

VERDER = {
    "rond_af_in_voorveld": ("ontvangen", "gesprek"),
    "start_gesprek": ("ontvangen",),
    "start_onderzoek": ("gesprek",),
    "rond_onderzoek_af": ("onderzoek",),
    "leg_akkoord_vast": ("onderzoek_afgerond",),
    "ken_toe": ("plan_akkoord",),
    "wijs_af": ("onderzoek_afgerond", "plan_akkoord"),
    "trek_in": ("ontvangen", "gesprek", "onderzoek"),
    "zet_door": ("ontvangen",),
}
MET_REDEN = ("rond_af_in_voorveld", "wijs_af", "trek_in", "zet_door")
HEEN = ("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast")


class Meldingen(Weg):
    """From the call to the end of a melding, and back."""

    @rule(wie=nummers, over=nummers, geleden=dagen)
    def neem_aan(self, wie: int, over: int, geleden: int) -> None:
        persoon = self.kies(Persoon, over, heeft(vervallen_op=None, overleden_op=None))
        assert persoon
        self.doe(
            lambda: meld(self.wereld, persoon, op=dagen_geleden(geleden), door=self.wie(wie)),
            naam="neem aan",
            gebeurtenis=1,
            koppeling=1,
        )

    @rule(wie=nummers, welke=nummers, werkwoord=st.sampled_from(sorted(VERDER)), geleden=dagen)
    def zet_stap(self, wie: int, welke: int, werkwoord: str, geleden: int) -> None:
        self._zet(wie, welke, werkwoord, geleden)

    def _zet(self, wie: int, welke: int, werkwoord: str, geleden: int) -> None:
        melding = self.kies(Melding, welke, heeft(status=VERDER[werkwoord]))
        reden = {"reden": REDEN} if werkwoord in MET_REDEN else {}
        if melding:
            self.doe(
                lambda: getattr(workflow, werkwoord)(
                    melding, op=dagen_geleden(geleden), door=self.wie(wie), **reden
                ),
                naam=werkwoord,
                gebeurtenis=1,
            )

    @rule(wie=nummers, welke=nummers)
    def ga_verder(self, wie: int, welke: int) -> None:
        """The next step of the way, today: else few would come far."""
        status = tuple(VERDER[werkwoord][0] for werkwoord in HEEN)
        rij = self.rij("meldingen_melding", welke, heeft(status=status))
        assert rij
        if rij["status"] in status:
            self._zet(wie, welke, HEEN[status.index(rij["status"])], 0)

    @rule(wie=nummers, welke=nummers, geleden=dagen, ook_anders=st.booleans())
    def corrigeer(self, wie: int, welke: int, geleden: int, ook_anders: bool) -> None:
        feit = self.kies(Gebeurtenis, welke, heeft(vervallen_op=None))
        anders = {"categorie": Categorie.JEUGD} if ook_anders else {}
        assert feit
        self.doe(
            lambda: workflow.corrigeer(
                feit, datum=dagen_geleden(geleden), reden=REDEN, door=self.wie(wie), **anders
            ),
            naam="corrigeer",
            gebeurtenis=1,
            gebeurtenis_gesloten=1,
        )

    @rule(wie=nummers, welke=nummers, vergissing=st.integers(0, 3))
    def ga_terug(self, wie: int, welke: int, vergissing: int) -> None:
        melding = self.kies(Melding, welke)
        verb = workflow.draai_terug if vergissing else workflow.registreer_als_vergissing
        assert melding
        self.doe(
            lambda: verb(melding, reden=REDEN, door=self.wie(wie)),
            naam=verb.__name__,
            gebeurtenis_gesloten=1,
        )

    @rule(wie=nummers, aan=nummers, welke=nummers)
    def wijs_toe(self, wie: int, aan: int, welke: int) -> None:
        melding = self.kies(Melding, welke)
        assert melding
        team = self.wereld.team
        lopend = self.stand.waar("meldingen_toewijzing", heeft(melding_id=melding.pk, tot=None))
        self.doe(
            lambda: workflow.wijs_toe(melding, team=team, medewerker=self.wie(aan), door=self.wie(wie)),
            naam="wijs toe",
            toewijzing=1,
            toewijzing_gesloten=len(lopend),
        )

    @rule(wie=nummers, welke=nummers, afzeggen=st.booleans())
    def plan_gesprek(self, wie: int, welke: int, afzeggen: bool) -> None:
        morgen = datetime.combine(dagen_geleden(-1), time(10), tzinfo=timezone.get_current_timezone())
        if afzeggen and (gesprek := self.kies(Gesprek, welke)):
            self.doe(
                lambda: workflow.zeg_gesprek_af(gesprek, reden=REDEN, door=self.wie(wie)),
                naam="zeg gesprek af",
                gesprek_gesloten=1,
            )
        elif melding := self.kies(Melding, welke, heeft(status=("ontvangen", "gesprek"))):
            self.doe(
                lambda: workflow.plan_gesprek(
                    melding,
                    op=morgen,
                    plaats="thuis",
                    deelnemers=self.wereld.wijkwerkers,
                    door=self.wie(wie),
                ),
                naam="plan gesprek",
                gesprek=1,
            )

    @rule(
        wie=nummers, welke=nummers, wat=st.sampled_from(["half", "heel", "verstuur"]), oud=st.integers(0, 4)
    )
    def schrijf_verslag(self, wie: int, welke: int, wat: str, oud: int) -> None:
        melding = self.kies(Melding, welke)
        assert melding
        geldt = self.stand.waar("meldingen_verslag", heeft(melding_id=melding.pk, vervallen_op=None))
        if wat == "verstuur":
            naam = "verstuur verslag"

            def verb() -> object:
                return workflow.verstuur_verslag(
                    melding,
                    gezien=geldt[0]["id"] if geldt else None,
                    op=timezone.localdate(),
                    wijze=Verzendwijze.POST,
                    aan="de inwoner",
                    door=self.wie(wie),
                )

        else:
            naam, gezien = "schrijf verslag", geldt[0]["id"] if geldt and oud else None
            velden = {**dict.fromkeys(ONDERWERPEN, "zie het gesprek"), "conclusie": "hulp past"}
            heel = velden | {"ondersteuning_aangeboden_op": timezone.localdate()}
            inhoud = heel if wat == "heel" else {"behoeften": "hulp in huis"}

            def verb() -> object:
                return workflow.schrijf_verslag(melding, gezien=gezien, door=self.wie(wie), **inhoud)

        self.doe(verb, naam=naam, verslag=1, verslag_gesloten=len(geldt))

    @rule(over=st.integers(0, 250))
    def nachtwerk(self, over: int) -> None:
        """So many days from now; the second time there is nothing left to do."""
        op = timezone.localdate() + timedelta(days=over)
        for naam, hoogstens in (("nachtwerk", 99), ("nachtwerk nog eens", 0)):
            voor = len(self.stand["meldingen_melding"])
            nieuw = self.doe(
                lambda: maak_herindicaties(op),
                naam=naam,
                gebeurtenis=lambda aantal: aantal,
                koppeling=lambda aantal: aantal,
            )
            assert nieuw is not None
            assert nieuw <= hoogstens
            assert len(self.stand["meldingen_melding"]) == voor + nieuw
