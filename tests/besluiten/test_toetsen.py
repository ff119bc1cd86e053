"""The toets: a queue with a term, four eyes, and a question back and forth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.besluiten.conftest import toets_goed
from voorzieningen import workflow
from voorzieningen.models import Besluit, Besluitstatus, Toets, Toetsstatus
from voorzieningen.workflow import toets_uiterlijk


def opnieuw(toets: Toets) -> Toets:
    return Toets.objects.get(pk=toets.pk)


@pytest.fixture
def toets(besluit: Besluit, wijkwerker: Medewerker) -> Toets:
    return workflow.vraag_toets(besluit, door=wijkwerker)


def test_de_termijn_telt_werkdagen(db: None) -> None:
    # vrijdag 24 april 2015; maandag erna is het Koningsdag
    assert toets_uiterlijk(date(2015, 4, 24)) == date(2015, 5, 4)


def test_een_gevraagde_toets_staat_in_de_rij(toets: Toets, besluit: Besluit) -> None:
    assert list(Toets.objects.open()) == [toets]
    assert Besluit.objects.get().status == Besluitstatus.TER_TOETS
    assert list(Toets.objects.te_laat_op(toets.uiterlijk_op)) == []
    assert list(Toets.objects.te_laat_op(toets.uiterlijk_op + timedelta(days=1))) == [toets]


def test_wie_het_vroeg_toetst_niet(toets: Toets, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="U werkte zelf aan dit besluit"):
        workflow.pak_toets_op(toets, door=wijkwerker)
    assert opnieuw(toets).status == Toetsstatus.GEVRAAGD


def test_wie_eraan_meeschreef_toetst_niet(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    besluit = workflow.wijzig_besluit(besluit, gezien=1, door=toetser, motivering="beter gezegd")
    toets = workflow.vraag_toets(besluit, door=wijkwerker)
    with pytest.raises(Geweigerd, match="U werkte zelf"):
        workflow.pak_toets_op(toets, door=toetser)


def test_de_database_weigert_twee_ogen(toets: Toets, wijkwerker: Medewerker) -> None:
    with pytest.raises(IntegrityError, match="toets_vier_ogen"), transaction.atomic():
        Toets.objects.filter(pk=toets.pk).update(toetser=wijkwerker)


def test_een_vraag_gaat_heen_en_het_antwoord_terug(
    toets: Toets, besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    workflow.pak_toets_op(toets, door=toetser)
    workflow.stel_toetsvraag(toets, vraag="Waarom geen dagbesteding?", door=toetser)
    assert opnieuw(toets).status == Toetsstatus.VRAAG_OPEN
    with pytest.raises(Geweigerd, match="wacht op antwoord"):
        workflow.keur_toets_goed(toets, oordeel="prima", door=toetser)
    with pytest.raises(Geweigerd, match="stelde deze vraag zelf"):
        workflow.beantwoord_toetsvraag(toets, antwoord="zomaar", door=toetser)
    vraag = workflow.beantwoord_toetsvraag(toets, antwoord="Mevrouw komt het huis niet uit.", door=wijkwerker)
    assert vraag.beantwoord_door == wijkwerker
    workflow.keur_toets_goed(toets, oordeel="Nu klopt het.", door=toetser)
    assert opnieuw(toets).status == Toetsstatus.GOEDGEKEURD
    assert Besluit.objects.get().status == Besluitstatus.GETOETST


def test_niet_akkoord_gaat_terug_en_kan_opnieuw(
    toets: Toets, besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    workflow.pak_toets_op(toets, door=toetser)
    with pytest.raises(Geweigerd, match="oordeel in gewone woorden"):
        workflow.keur_toets_af(toets, oordeel="", door=toetser)
    workflow.keur_toets_af(toets, oordeel="Er staat niet wat mevrouw zelf nog kan.", door=toetser)
    besluit = Besluit.objects.get()
    assert besluit.status == Besluitstatus.CONCEPT
    besluit = workflow.wijzig_besluit(besluit, gezien=1, door=wijkwerker, motivering="Zij kookt zelf.")
    toets_goed(besluit, van=wijkwerker, door=toetser)
    assert Toets.objects.count() == 2


def test_een_toets_van_een_ander_neemt_men_niet_over(
    toets: Toets, toetser: Medewerker, haven: object
) -> None:
    from tests.factories import MedewerkerFactory

    ander = MedewerkerFactory(username="tweede")
    workflow.pak_toets_op(toets, door=toetser)
    with pytest.raises(Geweigerd, match="deze toets staat op ‘in behandeling’"):
        workflow.pak_toets_op(toets, door=ander)
    with pytest.raises(Geweigerd, match="Deze toets is van Toos Toetser"):
        workflow.keur_toets_goed(toets, oordeel="prima", door=ander)


def test_teruggenomen_is_het_weer_te_wijzigen(toets: Toets, wijkwerker: Medewerker) -> None:
    workflow.trek_toets_in(toets, reden="het aantal klopt niet", door=wijkwerker)
    assert opnieuw(toets).status == Toetsstatus.INGETROKKEN
    assert Besluit.objects.get().status == Besluitstatus.CONCEPT
    with pytest.raises(Geweigerd, match="deze toets staat op ‘teruggenomen’"):
        workflow.trek_toets_in(toets, reden="nog eens", door=wijkwerker)
