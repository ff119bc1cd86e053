"""Notes about a household: for several at once, for one alone, and never a word lost between two writers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households import workflow
from households.models import Huishouden, Huishoudnotitie, Persoon
from households.workflow import NotitieGewijzigd
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.factories import PersoonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kleuter(huishouden: Huishouden, wijkwerker: Medewerker) -> Persoon:
    """Somebody of five who lives there, too."""
    persoon = PersoonFactory(voornamen="Kees", geboortedatum=date(2022, 1, 1))
    workflow.neem_op(persoon, huishouden, vanaf=date(2022, 1, 1), door=wijkwerker)
    return persoon


@pytest.fixture
def notitie(huishouden: Huishouden, inwoner: Persoon, wijkwerker: Medewerker) -> Huishoudnotitie:
    return workflow.noteer(huishouden, tekst="Het gaat beter", personen=[inwoner], door=wijkwerker)


def versies(notitie: Huishoudnotitie) -> list[tuple[int, str, bool, str]]:
    """Every version: number, text, whether it holds, and why not."""
    rijen = Huishoudnotitie.objects.filter(reeks=notitie.reeks).order_by("versie")
    return [(rij.versie, rij.tekst, rij.vervallen_op is None, rij.vervallen_reden) for rij in rijen]


def test_een_notitie_gaat_over_meer_leden_of_over_het_huishouden(huishouden, inwoner, kleuter, wijkwerker):
    een = workflow.noteer(huishouden, tekst="Samen eten", personen=[inwoner, kleuter], door=wijkwerker)
    alle = workflow.noteer(huishouden, tekst="Het dak lekt", door=wijkwerker)
    assert set(een.personen.all()) == {inwoner, kleuter}
    assert not alle.personen.exists()


def test_een_eigen_notitie_is_van_wie_hier_hoort_en_twaalf_of_ouder_is(
    huishouden, inwoner, kleuter, wijkwerker
):
    eigen = workflow.noteer(huishouden, tekst="Wil weg", eigen_van=inwoner, door=wijkwerker)
    assert (eigen.eigen_van, set(eigen.personen.all())) == (inwoner, {inwoner})
    with pytest.raises(Geweigerd, match="jonger dan 12"):
        workflow.noteer(huishouden, tekst="x", eigen_van=kleuter, door=wijkwerker)
    with pytest.raises(Geweigerd, match="hoort niet bij dit huishouden"):
        workflow.noteer(huishouden, tekst="x", personen=[PersoonFactory()], door=wijkwerker)
    with pytest.raises(Geweigerd, match="Geef een tekst op"):
        workflow.noteer(huishouden, tekst="  ", door=wijkwerker)


def test_verbeteren_laat_staan_wat_er_stond(huishouden, inwoner, notitie, wijkwerker, collega):
    nieuw = workflow.verbeter_notitie(
        huishouden, notitie.reeks, gezien=1, tekst="Het gaat veel beter", door=collega
    )
    assert versies(notitie) == [
        (1, "Het gaat beter", False, "aangepast"),
        (2, "Het gaat veel beter", True, ""),
    ]
    assert set(nieuw.personen.all()) == {inwoner}
    with pytest.raises(Geweigerd, match="Er verandert niets"):
        workflow.verbeter_notitie(
            huishouden, notitie.reeks, gezien=2, tekst="Het gaat veel beter", door=collega
        )


def test_wie_tweede_is_hoort_dat_en_kiest(huishouden, notitie, wijkwerker, collega):
    workflow.verbeter_notitie(huishouden, notitie.reeks, gezien=1, tekst="Van de eerste", door=collega)
    with pytest.raises(NotitieGewijzigd, match="Youssef El Amrani heeft deze notitie intussen") as fout:
        workflow.verbeter_notitie(huishouden, notitie.reeks, gezien=1, tekst="Van de tweede", door=wijkwerker)
    assert fout.value.huidig.tekst == "Van de eerste"
    workflow.verbeter_notitie(
        huishouden, notitie.reeks, gezien=2, tekst="Van beiden", tegelijk=True, door=wijkwerker
    )
    assert versies(notitie)[1:] == [
        (2, "Van de eerste", False, "aangepast; twee mensen schreven tegelijk"),
        (3, "Van beiden", True, ""),
    ]


def test_wie_de_tekst_van_de_ander_laat_staan_raakt_de_eigen_niet_kwijt(
    huishouden, notitie, wijkwerker, collega
):
    workflow.verbeter_notitie(huishouden, notitie.reeks, gezien=1, tekst="Van de eerste", door=collega)
    workflow.bewaar_ernaast(huishouden, notitie.reeks, gezien=2, tekst="Van de tweede", door=wijkwerker)
    assert versies(notitie)[1:] == [
        (2, "Van de eerste", True, ""),
        (3, "Van de tweede", False, "niet gekozen; de tekst van een collega bleef staan"),
    ]
    workflow.verbeter_notitie(huishouden, notitie.reeks, gezien=2, tekst="Later", door=collega)
    assert versies(notitie)[-1] == (4, "Later", True, "")


def test_de_database_laat_een_notitie_niet_overschrijven_noch_twee_keer_gelden(notitie, wijkwerker):
    with pytest.raises(IntegrityError), transaction.atomic():
        Huishoudnotitie.objects.filter(pk=notitie.pk).update(tekst="stiekem anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        Huishoudnotitie.objects.create(
            huishouden=notitie.huishouden, reeks=notitie.reeks, versie=2, tekst="ook", door=wijkwerker
        )
