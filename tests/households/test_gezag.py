"""How people are related, and who has to agree with help for whom (Jeugdwet art. 7.3.4 and 7.3.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from households import workflow
from households.gezag import gezag_over, heeft_gezag, leeftijd
from households.models import Huishouden, Ketenpartner, Persoon, Relatie, Relatiesoort
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.factories import HuishoudenFactory, PersoonFactory

pytestmark = pytest.mark.django_db
DAG = date(2015, 6, 1)


@pytest.fixture
def kind(db: None) -> Persoon:
    """Born on 1 June 2005."""
    return PersoonFactory(voornamen="Kim", geboortedatum=date(2005, 6, 1))


@pytest.fixture
def ouders(kind: Persoon, wijkwerker: Medewerker) -> list[Persoon]:
    """Both have gezag over the child since its birth."""
    twee = [PersoonFactory(voornamen=naam, geboortedatum=date(1980, 1, 1)) for naam in ("Anna", "Ben")]
    for ouder in twee:
        workflow.leg_relatie_vast(ouder, Relatiesoort.GEZAG, kind, vanaf=kind.geboortedatum, door=wijkwerker)
    return twee


@pytest.mark.parametrize(
    ("dag", "zelf", "met_ouders"),
    [
        (date(2017, 5, 31), False, True),
        (date(2017, 6, 1), True, True),
        (date(2021, 5, 31), True, True),
        (date(2021, 6, 1), True, False),
        (date(2030, 6, 1), True, False),
    ],
)
def test_wie_instemt_hangt_af_van_de_leeftijd(kind, ouders, dag, zelf, met_ouders):
    instemming = gezag_over(kind, dag)
    assert instemming.zelf is zelf
    assert instemming.gezagdragers == (ouders if met_ouders else [])
    assert not instemming.ontbreekt


def test_wie_op_29_februari_werd_geboren_is_op_1_maart_een_jaar_ouder():
    assert leeftijd(date(2004, 2, 29), date(2016, 2, 28)) == 11
    assert leeftijd(date(2004, 2, 29), date(2016, 2, 29)) == 12
    assert leeftijd(date(2004, 2, 29), date(2015, 3, 1)) == 11
    assert leeftijd(date(2004, 2, 29), date(2015, 2, 28)) == 10


def test_wat_niet_bekend_is_wordt_gezegd(kind):
    assert gezag_over(kind, DAG).ontbreekt == "Er is niet vastgelegd wie het gezag heeft."
    onbekend = PersoonFactory()
    assert "geboortedatum is niet bekend" in gezag_over(onbekend, DAG).ontbreekt


def test_gezag_dat_is_beeindigd_of_van_wie_is_overleden_telt_niet(kind, ouders, wijkwerker):
    anna, ben = ouders
    relatie = Relatie.objects.get(van=anna)
    workflow.beeindig_relatie(relatie, op=DAG, door=wijkwerker)
    assert gezag_over(kind, DAG).gezagdragers == [ben]
    assert gezag_over(kind, DAG - timedelta(days=1)).gezagdragers == [anna, ben]
    assert not heeft_gezag(anna, kind, DAG)
    assert heeft_gezag(ben, kind, DAG)
    Persoon.objects.filter(pk=ben.pk).update(overleden_op=DAG)
    assert gezag_over(kind, DAG).ontbreekt == "Er is niet vastgelegd wie het gezag heeft."


def test_een_mentor_staat_naast_wie_zelf_instemt(wijkwerker):
    oud, mentor = PersoonFactory(geboortedatum=date(1940, 1, 1)), PersoonFactory()
    workflow.leg_relatie_vast(mentor, Relatiesoort.MENTOR, oud, door=wijkwerker)
    instemming = gezag_over(oud, DAG)
    assert (instemming.zelf, [rij.van for rij in instemming.vertegenwoordigers]) == (True, [mentor])


def test_een_relatie_is_van_twee_kanten_dezelfde_rij(wijkwerker):
    een, ander = PersoonFactory(), PersoonFactory()
    rij = workflow.leg_relatie_vast(ander, Relatiesoort.PARTNER, een, door=wijkwerker)
    assert (rij.van, rij.naar) == (een, ander)
    with pytest.raises(Geweigerd, match="is al partner van"):
        workflow.leg_relatie_vast(een, Relatiesoort.PARTNER, ander, door=wijkwerker)
    assert Relatiesoort.OUDER.omgekeerd == "kind van"
    assert Relatiesoort.PARTNER.omgekeerd == "partner van"


def test_wie_geen_partner_meer_is_is_ex_partner(wijkwerker):
    een, ander = PersoonFactory(), PersoonFactory()
    rij = workflow.leg_relatie_vast(een, Relatiesoort.PARTNER, ander, vanaf=date(2010, 1, 1), door=wijkwerker)
    with pytest.raises(Geweigerd, match="begon pas op 01-01-2010"):
        workflow.beeindig_relatie(rij, op=date(2009, 1, 1), door=wijkwerker)
    workflow.beeindig_relatie(rij, op=DAG, door=wijkwerker)
    ex = Relatie.objects.get(soort=Relatiesoort.EX_PARTNER)
    assert (ex.van, ex.naar, ex.vanaf) == (een, ander, DAG)
    with pytest.raises(Geweigerd, match="was al beëindigd"):
        workflow.beeindig_relatie(rij, op=DAG, door=wijkwerker)


def test_wat_niet_kan_wordt_geweigerd(kind, wijkwerker):
    volwassen = PersoonFactory(voornamen="Jo", geboortedatum=date(1990, 1, 1))
    morgen = timezone.localdate() + timedelta(days=1)
    for soort, naar, vanaf, waarom in (
        (Relatiesoort.OUDER, volwassen, None, "met zichzelf"),
        (Relatiesoort.GEZAG, PersoonFactory(geboortedatum=date(1980, 1, 1)), None, "18 jaar of ouder"),
        (Relatiesoort.OUDER, kind, date(2005, 5, 31), "pas geboren op 01-06-2005"),
        (Relatiesoort.OUDER, kind, morgen, "in de toekomst"),
    ):
        with pytest.raises(Geweigerd, match=waarom):
            workflow.leg_relatie_vast(volwassen, soort, naar, vanaf=vanaf, door=wijkwerker)
    assert not Relatie.objects.exists()


@pytest.mark.parametrize("hoe", ["zichzelf", "dubbel", "omgekeerd"])
def test_de_database_weigert_een_relatie_die_niet_kan(wijkwerker, hoe):
    een, ander = PersoonFactory(), PersoonFactory()
    Relatie.objects.create(van=een, naar=ander, soort=Relatiesoort.PARTNER, door=wijkwerker)
    van, naar = {"zichzelf": (een, een), "dubbel": (een, ander), "omgekeerd": (ander, een)}[hoe]
    with pytest.raises(IntegrityError), transaction.atomic():
        Relatie.objects.create(van=van, naar=naar, soort=Relatiesoort.PARTNER, door=wijkwerker)


def test_iemand_van_een_andere_organisatie_is_betrokken_in_een_overleg(wijkwerker):
    huis: Huishouden = HuishoudenFactory()
    velden = {"organisatie": "Basisschool De Ark", "naam": "I. Meester", "vanaf": DAG, "door": wijkwerker}
    rij = workflow.betrek_ketenpartner(huis, **velden, rol="intern begeleider", overleg="zorgadviesteam")
    assert (rij.wie, rij.overleg) == ("I. Meester, Basisschool De Ark", "zorgadviesteam")
    with pytest.raises(Geweigerd, match="is al betrokken"):
        workflow.betrek_ketenpartner(huis, **velden, overleg="Zorgadviesteam")
    workflow.betrek_ketenpartner(huis, **velden, overleg="casusoverleg")
    with pytest.raises(Geweigerd, match="begon pas op 01-06-2015"):
        workflow.beeindig_ketenpartner(rij, op=DAG - timedelta(days=1), door=wijkwerker)
    workflow.beeindig_ketenpartner(rij, op=DAG, door=wijkwerker)
    with pytest.raises(Geweigerd, match="was al beëindigd"):
        workflow.beeindig_ketenpartner(rij, op=DAG, door=wijkwerker)
    assert Ketenpartner.objects.filter(tot__isnull=True).count() == 1
