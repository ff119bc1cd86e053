"""Who and what there is before the first step: two households, five colleagues, and three cases on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Documentsoort, Huishouden, Identiteitscontrole, Persoon, Relatiesoort, Rol
from meldingen import workflow
from meldingen.models import Categorie, Kanaal, Meldersoort, Melding
from meldingen.workflow import Melder
from teams.models import Medewerker, Postcodegebied, Team
from teams.models import Rol as Teamrol
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import (
    Aanbieder,
    Besluit,
    Eenheid,
    Financieringsvorm,
    Per,
    Voorziening,
    Wet,
)

BSN = ("999990019", "999990020", "999990032", "999990044", "999990056")
SINDS = date(2018, 3, 1)
MELDER = Melder(soort=Meldersoort.INWONER, naam="Mila Bos", telefoon="0612345678")


@dataclass(frozen=True)
class Wereld:
    """What the steps of every run begin with; rows are committed once, and each run is rolled back to them."""

    wijkwerkers: tuple[Medewerker, Medewerker]
    coordinator: Medewerker
    toetser: Medewerker
    team: Team
    producten: list[Voorziening]
    aanbieder: Aanbieder

    @property
    def allen(self) -> list[Medewerker]:
        """Everybody who takes steps; the toetser also tries what is for others."""
        return [*self.wijkwerkers, self.coordinator, self.toetser]


def dagen_geleden(dagen: int) -> date:
    """A day before today; after it for a negative number."""
    return timezone.localdate() - timedelta(days=dagen)


def maak_wereld() -> Wereld:
    """Two households in Haven, with one plan; cases that wait for akkoord, for a besluit, and for the help."""
    haven = TeamFactory(code="haven", naam="Wijkteam Haven")
    Postcodegebied.objects.create(postcode="1316", team=haven)
    namen = {"sanne": Teamrol.WIJKWERKER, "youssef": Teamrol.WIJKWERKER, "carla": Teamrol.COORDINATOR}
    sanne, youssef, carla = (
        stel_aan(MedewerkerFactory(username=naam, first_name=naam.title()), rol, haven)
        for naam, rol in namen.items()
    )
    toos = stel_aan(MedewerkerFactory(username="toos", first_name="Toos"), Teamrol.TOETSER)
    groepen = [
        Voorziening.objects.filter(groep__wet=wet).order_by("pk")[0] for wet in (Wet.WMO, Wet.JEUGDWET)
    ]
    aanbieder = Aanbieder.objects.create(naam="Zorgzaam")
    wereld = Wereld((sanne, youssef), carla, toos, haven, groepen, aanbieder)
    with transaction.atomic():
        mila, joris, sem = _gezin(wereld, (("Mila", 1980), ("Joris", 1978), ("Sem", 2018)))
        ans, bob = _gezin(wereld, (("Ans", 1950), ("Bob", 1948)))
        for ouder in (mila, joris):
            huishoudens.leg_relatie_vast(ouder, Relatiesoort.GEZAG, sem, door=sanne)
        _besluit(wereld, _zaak(wereld, ans, tot=3), eindigt=200)
        besluit = _besluit(wereld, _zaak(wereld, mila, tot=4), eindigt=200)
        _laat_toetsen(wereld, besluit)
        besluit = _besluit(wereld, _zaak(wereld, bob, tot=4), eindigt=100)
        _laat_toetsen(wereld, besluit)
        workflow.ken_besluit_toe(besluit, op=dagen_geleden(0), door=sanne)
        _stel_plan_vast(wereld, ans)
    return wereld


def inhoud(wereld: Wereld, *, product: int, pgb: bool, begint: int, duurt: int) -> dict[str, Any]:
    """What is filled in of a besluit, whole enough for the toets; it begins so many days from now."""
    vorm = Financieringsvorm.PGB if pgb else Financieringsvorm.ZIN
    begin = dagen_geleden(-begint)
    return {
        "voorziening": wereld.producten[product % len(wereld.producten)],
        "financieringsvorm": vorm,
        "aanbieder": None if pgb else wereld.aanbieder,
        "aantal": Decimal(2),
        "eenheid": Eenheid.UUR,
        "per": Per.WEEK,
        "prijs": Decimal("50.00"),
        "ingangsdatum": begin,
        "einddatum": begin + timedelta(days=duurt),
        "motivering": "U kunt uw huishouden niet zelf doen.",
        "pgb_bekwaam": pgb,
        "pgb_motivatie": "Mijn zus helpt mij al jaren." if pgb else "",
        "pgb_kwaliteit": pgb,
    }


def meld(wereld: Wereld, persoon: Persoon, *, op: date, door: Medewerker) -> Melding:
    """Somebody of the cast calls; two calls in a row are about two things."""
    return workflow.neem_aan(
        voor=persoon,
        melder=MELDER,
        vraag="Het lukt niet meer alleen.",
        op=op,
        toch_apart=True,
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.TELEFOON,
        door=door,
    )


def _gezin(wereld: Wereld, leden: tuple[tuple[str, int], ...]) -> list[Persoon]:
    """A household on one address, whose identities were all seen."""
    huishouden = Huishouden.objects.create()
    personen = []
    for (naam, jaar), rol in zip(leden, (Rol.HOOFD, Rol.PARTNER, Rol.KIND), strict=False):
        persoon = Persoon.objects.create(
            achternaam="Bos",
            voornamen=naam,
            geboortedatum=date(jaar, 3, 1),
            bsn=BSN[Persoon.objects.count()],
        )
        door = wereld.wijkwerkers[0]
        huishoudens.neem_op(
            persoon, huishouden, vanaf=SINDS, postcode="1316AA", huisnummer=naam[:1], rol=rol, door=door
        )
        Identiteitscontrole.objects.create(
            persoon=persoon, document=Documentsoort.PASPOORT, gezien_op=SINDS, door=door
        )
        personen.append(persoon)
    return personen


def _zaak(wereld: Wereld, persoon: Persoon, *, tot: int) -> Melding:
    """A melding of forty days ago that took `tot` steps, with its aanvraag."""
    door = wereld.wijkwerkers[0]
    melding = meld(wereld, persoon, op=dagen_geleden(40), door=door)
    verbs = (
        workflow.start_gesprek,
        workflow.start_onderzoek,
        workflow.rond_onderzoek_af,
        workflow.leg_akkoord_vast,
    )
    for dag, verb in enumerate(verbs[:tot]):
        melding = verb(melding, op=dagen_geleden(30 - dag), door=door)
    workflow.dien_aanvraag_in(melding, op=dagen_geleden(20), door=door)
    return melding


def _stel_plan_vast(wereld: Wereld, persoon: Persoon) -> None:
    """A plan with a goal, of which a version waits for what the household says."""
    door = wereld.wijkwerkers[0]
    plan = huishoudens.begin_plan(Huishouden.objects.get(verblijven__persoon=persoon), door=door)
    eigenaar = plan.deelnemers.get(persoon=persoon)
    huishoudens.voeg_doel_toe(plan, tekst="weer zelf koken", eigenaar=eigenaar, door=door)
    huishoudens.stel_vast(plan, door=door)


def _besluit(wereld: Wereld, melding: Melding, *, eindigt: int) -> Besluit:
    assert melding.persoon
    wat = inhoud(wereld, product=0, pgb=False, begint=-5, duurt=eindigt)
    return workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wereld.wijkwerkers[0], **wat)


def _laat_toetsen(wereld: Wereld, besluit: Besluit) -> None:
    toets = voorzieningen.vraag_toets(besluit, door=wereld.wijkwerkers[0])
    voorzieningen.pak_toets_op(toets, door=wereld.toetser)
    voorzieningen.keur_toets_goed(toets, oordeel="Het klopt.", door=wereld.toetser)
