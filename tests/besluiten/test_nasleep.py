"""A besluit follows its melding: closed, withdrawn, or linked to somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen import workflow
from meldingen.models import Melding, Soort, Status
from meldingen.signalen.bronnen import late_toetsen, toetsvragen
from meldingen.signalen.peiling import Peiling, alle_instellingen
from meldingen.workflow.stappen import stap
from teams.models import Medewerker, Team
from tests.besluiten.conftest import inhoud, maak_inwoner, maak_zaak, toets_goed, vandaag
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import (
    Afwijsgrond,
    Besluit,
    Voorziening,
)

TERUG = pytest.mark.parametrize("terug", [workflow.draai_terug, workflow.registreer_als_vergissing])


def toegekend(besluit: Besluit, door: Medewerker, toetser: Medewerker) -> Besluit:
    toets_goed(besluit, van=door, door=toetser)
    return workflow.ken_besluit_toe(besluit, op=vandaag(), door=door)


def ander_product(besluit: Besluit) -> Voorziening:
    return besluit.voorziening.groep.voorzieningen.order_by("-pk")[0]


@pytest.fixture
def tweede(besluit: Besluit, melding: Melding, wijkwerker: Medewerker) -> Besluit:
    """Another besluit on the same aanvraag."""
    wat = inhoud(voorziening=ander_product(besluit))
    return workflow.stel_besluit_op(melding, persoon=besluit.persoon, door=wijkwerker, **wat)


def test_een_melding_die_klaar_is_vraagt_niet_meer_om_een_toets(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets = voorzieningen.vraag_toets(besluit, door=wijkwerker)
    voorzieningen.pak_toets_op(toets, door=toetser)
    voorzieningen.stel_toetsvraag(toets, vraag="Waarom?", door=toetser)
    over = Peiling(timezone.now() + timedelta(days=60), alle_instellingen(), ())
    assert toetsvragen(over).count() == late_toetsen(over).count() == 1
    with stap(melding, door=wijkwerker) as dicht:
        dicht.wijs_af()
        workflow.feit(dicht, Soort.NIET_TOEGEKEND, op=vandaag(), reden="ingelezen", door=wijkwerker)
    assert toetsvragen(over).count() == late_toetsen(over).count() == 0


@pytest.fixture
def zaak(haven: Team, wijkwerker: Medewerker) -> Melding:
    persoon = maak_inwoner(haven, wijkwerker)
    return maak_zaak(haven, wijkwerker, persoon=persoon, huishouden=persoon.verblijven.get().huishouden)


def test_een_besluit_gaat_met_zijn_melding_naar_het_andere_huishouden_en_weer_terug(
    zaak: Melding, haven: Team, wijkwerker: Medewerker
) -> None:
    persoon, oud = zaak.persoon, zaak.huishouden
    assert persoon
    assert oud
    besluit = workflow.stel_besluit_op(zaak, persoon=persoon, door=wijkwerker, **inhoud())
    nieuw = maak_inwoner(haven, wijkwerker, bsn="").verblijven.get().huishouden
    wijziging = workflow.voeg_samen(nieuw, oud, op=vandaag(), door=wijkwerker)
    assert Besluit.objects.get(pk=besluit.pk).huishouden == nieuw
    workflow.maak_gezinswijziging_ongedaan(wijziging, reden="vergissing", door=wijkwerker)
    assert Besluit.objects.get(pk=besluit.pk).huishouden == oud


def test_een_melding_met_een_besluit_in_voorbereiding_gaat_niet_naar_iemand_anders(
    zaak: Melding, haven: Team, wijkwerker: Medewerker
) -> None:
    assert zaak.persoon
    besluit = workflow.stel_besluit_op(zaak, persoon=zaak.persoon, door=wijkwerker, **inhoud())
    ander = maak_inwoner(haven, wijkwerker, bsn="")
    wie = {"persoon": ander, "huishouden": ander.verblijven.get().huishouden, "reden": "verwisseld"}
    with pytest.raises(workflow.StapGeweigerd, match="Trek dat eerst in"):
        workflow.koppel(zaak, door=wijkwerker, **wie)
    voorzieningen.trek_besluit_in(besluit, reden="verwisseld", door=wijkwerker)
    assert workflow.koppel(zaak, door=wijkwerker, **wie).persoon == ander
    assert Besluit.objects.get(pk=besluit.pk).huishouden == zaak.huishouden


def test_na_een_afwijzing_sluit_ook_het_intrekken_van_het_laatste_besluit_de_melding(
    besluit: Besluit, tweede: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    workflow.wijs_besluit_af(
        besluit, op=vandaag(), grond=Afwijsgrond.AFGEWEZEN, motivering="U redt het zelf.", door=wijkwerker
    )
    workflow.trek_besluit_in(tweede, op=vandaag(), reden="niet meer nodig", door=wijkwerker)
    assert Melding.objects.get(pk=melding.pk).status == Status.NIET_TOEGEKEND
    feit = melding.gebeurtenissen.bekend_op(None).get(soort=Soort.NIET_TOEGEKEND)
    assert (feit.datum, feit.reden) == (vandaag(), "afgewezen: U redt het zelf.")


def test_wie_alles_intrekt_heeft_nog_geen_afwijzing(
    besluit: Besluit, tweede: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    for deze in (besluit, tweede):
        workflow.trek_besluit_in(deze, op=vandaag(), reden="anders", door=wijkwerker)
    assert Melding.objects.get(pk=melding.pk).status == Status.PLAN_AKKOORD
