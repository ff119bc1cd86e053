"""Many who take the same step at the same moment: one wins, the others hear why not, and nothing is doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pytest
from django.apps import apps

from households import workflow as huishoudens
from households.models import Documentsoort, Huishouden, Persoon, Rol
from meldingen import workflow
from meldingen.models import Melding
from teams.models import Medewerker, Postcodegebied, Team
from teams.models import Rol as Teamrol
from tests.besluiten.conftest import BSN, inhoud, maak_zaak, toets_goed, vandaag
from tests.conftest import EigenDatabase
from tests.draden import Draden
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Besluit

SINDS = date(2015, 1, 1)
Stap = Callable[[Medewerker], object]


@dataclass(frozen=True)
class Plek:
    """A team, and who writes and who checks a besluit in it before the many come."""

    team: Team
    schrijver: Medewerker
    toetser: Medewerker

    def huis(self) -> Huishouden:
        """Two who live together in the area of the team; of the first everything is known."""
        huis = Huishouden.objects.create()
        for naam, rol in (("Mila", Rol.HOOFD), ("Joris", Rol.PARTNER)):
            persoon = PersoonFactory(
                voornamen=naam, achternaam="Bos", geboortedatum=date(1980, 1, 1), bsn=BSN
            )
            huishoudens.zie_identiteit(
                persoon, document=Documentsoort.PASPOORT, gezien_op=SINDS, door=self.schrijver
            )
            huishoudens.neem_op(persoon, huis, vanaf=SINDS, postcode="1316AA", rol=rol, door=self.schrijver)
        return huis

    def zaak(self, tot: str) -> Melding:
        """A melding of the first of them that came as far as `tot`."""
        huis = self.huis()
        persoon = bewoner(huis)
        return maak_zaak(self.team, self.schrijver, tot=tot, persoon=persoon, huishouden=huis)

    def besluit(self, *, getoetst: bool) -> Besluit:
        """One on such a melding, ready to be granted or still in preparation."""
        melding = self.zaak("plan_akkoord")
        assert melding.persoon
        besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=self.schrijver, **inhoud())
        if getoetst:
            toets_goed(besluit, van=self.schrijver, door=self.toetser)
        return besluit


def bewoner(huis: Huishouden) -> Persoon:
    """Mila."""
    return Persoon.objects.get(verblijven__huishouden=huis, voornamen="Mila")


def start_gesprek(plek: Plek) -> Stap:
    melding = plek.zaak("ontvangen")
    return lambda wie: workflow.start_gesprek(melding, op=vandaag(), door=wie)


def pak_melding_op(plek: Plek) -> Stap:
    melding = plek.zaak("ontvangen")
    return lambda wie: workflow.pak_op(melding, door=wie)


def dien_aanvraag_in(plek: Plek) -> Stap:
    melding = plek.zaak("onderzoek")
    workflow.rond_onderzoek_af(melding, op=vandaag(), door=plek.schrijver)
    return lambda wie: workflow.dien_aanvraag_in(melding, op=vandaag(), door=wie)


def begin_plan(plek: Plek) -> Stap:
    huis = plek.huis()
    return lambda wie: huishoudens.begin_plan(huis, door=wie)


def splits(plek: Plek) -> Stap:
    huis = plek.huis()
    gaat = [bewoner(huis)]
    return lambda wie: huishoudens.splits(huis, gaat, op=vandaag(), door=wie)


def pak_toets_op(plek: Plek) -> Stap:
    toets = voorzieningen.vraag_toets(plek.besluit(getoetst=False), door=plek.schrijver)
    return lambda wie: voorzieningen.pak_toets_op(toets, door=wie)


def ken_besluit_toe(plek: Plek) -> Stap:
    besluit = plek.besluit(getoetst=True)
    return lambda wie: workflow.ken_besluit_toe(besluit, op=vandaag(), door=wie)


def start_levering(plek: Plek) -> Stap:
    besluit = workflow.ken_besluit_toe(plek.besluit(getoetst=True), op=vandaag(), door=plek.schrijver)
    levering = besluit.levering
    return lambda wie: voorzieningen.start_levering(levering, op=vandaag(), door=wie)


STAPPEN: dict[Callable[[Plek], Stap], str] = {
    start_gesprek: (
        "Deze melding staat op ‘gesprek gestart’; gesprek starten kan alleen zolang zij op ‘ontvangen’ staat."
    ),
    pak_melding_op: "Wijkwerker * was net eerder: die heeft deze melding al.",
    dien_aanvraag_in: "Er is al een aanvraag bij deze melding.",
    begin_plan: (
        "Voor dit huishouden loopt al een plan, sinds *. Een huishouden heeft één plan: werk daarin verder."
    ),
    splits: "Mila Bos woont niet (meer) in dit huishouden.",
    pak_toets_op: "Dit kan nu niet: deze toets staat op ‘in behandeling’.",
    ken_besluit_toe: "Dit kan nu niet: het besluit staat op ‘toegekend’.",
    start_levering: "Dit kan nu niet: deze hulp staat op ‘loopt’.",
}
"""What makes a case that is ready for a step and gives the step, with what who comes second is told."""


def rijen() -> Counter[str]:
    """How many rows there are of everything that is stored but the log of reading and the accounts."""
    return Counter(
        {
            model._meta.label: model._base_manager.count()
            for app in ("households", "voorzieningen", "meldingen")
            for model in apps.get_app_config(app).get_models(include_auto_created=True)
        }
    ) + Counter({"teams.Bericht": apps.get_model("teams.Bericht").objects.count()})


@pytest.mark.parametrize(
    ("samen", "rondes"),
    [pytest.param(4, 1, id="klein"), pytest.param(50, 100, id="vol", marks=pytest.mark.vol)],
)
@pytest.mark.parametrize("maak", STAPPEN, ids=lambda maak: maak.__name__)
def test_van_velen_die_tegelijk_dezelfde_stap_zetten_wint_er_een(
    eigen_database: EigenDatabase, maak: Callable[[Plek], Stap], samen: int, rondes: int
) -> None:
    """What the winner leaves is what the same step leaves that nobody else takes, table by table."""
    team = TeamFactory(code="haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    schrijver, toetser, *velen = (
        stel_aan(MedewerkerFactory(first_name="Wijkwerker", last_name=str(nummer)), Teamrol.WIJKWERKER, team)
        for nummer in range(samen + 2)
    )
    plek = Plek(team, schrijver, toetser)
    alleen = maak(plek)
    voor = rijen()
    alleen(velen[0])
    een_stap = rijen() - voor
    assert een_stap

    with Draden(samen) as draden:
        for ronde in range(rondes):
            stap = maak(plek)
            voor = rijen()
            uitkomsten = draden.doe(*(partial(stap, wie) for wie in velen))
            assert uitkomsten.count("") == 1, (ronde, uitkomsten)
            begin, _, einde = STAPPEN[maak].partition("*")
            anders = [
                nee for nee in uitkomsten if nee and not (nee.startswith(begin) and nee.endswith(einde))
            ]
            assert not anders, (ronde, anders)
            assert rijen() - voor == een_stap, (ronde, rijen() - voor, een_stap)
