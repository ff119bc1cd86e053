"""Who may read what, and that no reading goes unlogged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Huishouden, Persoon
from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import Melder, NieuwePersoon
from teams.access import Actie, mag, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.lezen import GeenToegang, Spoor, lees
from teams.models import Aanstelling, Grond, Inzage, Medewerker, Postcodegebied, Rol, Team
from tests.factories import MedewerkerFactory, TeamFactory

pytestmark = pytest.mark.django_db


def werkt(medewerker: Medewerker, team: Team | None, rol: Rol = Rol.WIJKWERKER) -> Medewerker:
    Aanstelling.objects.create(medewerker=medewerker, rol=rol, team=team, vanaf=date(2015, 1, 1))
    return medewerker


@pytest.fixture
def haven() -> Team:
    team = TeamFactory(code="haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


@pytest.fixture
def stad() -> Team:
    return TeamFactory(code="stad")


@pytest.fixture
def melding(wijkwerker: Medewerker, haven: Team) -> Melding:
    werkt(wijkwerker, haven)
    return workflow.neem_aan(
        voor=NieuwePersoon("Jansen", postcode="1316AA", huisnummer="1"),
        melder=Melder(Meldersoort.INWONER, "Jansen", telefoon="0612345678"),
        vraag="Hulp na een val",
        op=timezone.localdate(),
        door=wijkwerker,
    )


def test_het_team_van_het_adres_krijgt_de_melding_en_leest_het_dossier(
    wijkwerker: Medewerker, haven: Team, melding: Melding
) -> None:
    wie = Wie.van(wijkwerker)
    assert melding.team == haven
    assert mag(wie, Actie.LEZEN, melding)
    assert zichtbaar(Huishouden, wie, Actie.LEZEN).get().grond == Grond.EIGEN_TEAM
    assert zichtbaar(Persoon, wie, Actie.LEZEN).get().grond == Grond.EIGEN_TEAM


def test_een_ander_team_weet_dat_en_wie_maar_leest_niet(
    collega: Medewerker, stad: Team, melding: Melding
) -> None:
    wie = Wie.van(werkt(collega, stad))
    for rij in (melding, melding.huishouden, melding.persoon):
        assert mag(wie, Actie.ZIEN, rij)
        assert not mag(wie, Actie.LEZEN, rij)
        assert not mag(wie, Actie.WERKEN, rij)


def test_wie_de_melding_krijgt_is_betrokken(collega: Medewerker, haven: Team, melding: Melding) -> None:
    werkt(collega, haven)
    workflow.pak_op(melding, door=collega)
    assert zichtbaar(Huishouden, Wie.van(collega), Actie.LEZEN).get().grond == Grond.BETROKKEN


def test_een_afgeschermd_huishouden_bestaat_alleen_voor_wie_ermee_werkt(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, stad: Team, melding: Melding
) -> None:
    huishoudens.scherm_af(melding.huishouden, reden="veiligheid", door=wijkwerker)
    zelfde_team, ander_team = Wie.van(werkt(collega, haven)), Wie.van(werkt(MedewerkerFactory(), stad))
    assert mag(Wie.van(wijkwerker), Actie.LEZEN, melding.huishouden)
    for wie in (zelfde_team, ander_team):
        assert not zichtbaar(Huishouden, wie, Actie.ZIEN).exists()
        assert not zichtbaar(Persoon, wie, Actie.ZIEN).exists()
        assert not zichtbaar(Melding, wie, Actie.LEZEN).exists()
    assert mag(zelfde_team, Actie.ZIEN, melding)
    assert not mag(ander_team, Actie.ZIEN, melding)


def test_noodtoegang_duurt_zo_lang_als_is_ingesteld(
    collega: Medewerker, stad: Team, melding: Melding
) -> None:
    werkt(collega, stad)
    nood = huishoudens.open_noodtoegang(melding.huishouden, reden="kind alleen thuis", medewerker=collega)
    assert nood.tot - nood.vanaf == timedelta(hours=3)
    assert zichtbaar(Huishouden, Wie.van(collega), Actie.LEZEN).get().grond == Grond.NOODTOEGANG
    assert not mag(Wie.van(collega, nood.tot), Actie.LEZEN, melding.huishouden)
    assert not mag(Wie.van(collega), Actie.WERKEN, melding.huishouden)


def test_noodtoegang_tot_een_afgeschermd_huishouden_wordt_geweigerd(
    wijkwerker: Medewerker, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    werkt(collega, stad)
    huishoudens.scherm_af(melding.huishouden, reden="veiligheid", door=wijkwerker)
    with pytest.raises(Geweigerd, match="geen noodtoegang"):
        huishoudens.open_noodtoegang(melding.huishouden, reden="nieuwsgierig", medewerker=collega)


def test_wat_iemand_leest_staat_in_het_logboek(wijkwerker: Medewerker, melding: Melding) -> None:
    spoor = Spoor.van(wijkwerker)
    lees(Melding, melding.pk, spoor=spoor)
    regel = Inzage.objects.get()
    assert (regel.medewerker, regel.onderwerp, regel.sleutel) == (wijkwerker, "meldingen.Melding", melding.pk)
    assert (regel.persoon, regel.huishouden) == (melding.persoon_id, melding.huishouden_id)
    assert regel.verzoek == spoor.verzoek
    assert regel.toegestaan


def test_onbekend_en_verboden_zijn_dezelfde_weigering(
    collega: Medewerker, stad: Team, melding: Melding
) -> None:
    spoor = Spoor.van(werkt(collega, stad))
    for sleutel in (melding.pk, melding.pk + 1000):
        with pytest.raises(GeenToegang, match="Niet gevonden") as fout:
            lees(Melding, sleutel, spoor=spoor)
        assert not fout.value.weigering.toegestaan


def test_het_logboek_wordt_alleen_aangevuld(wijkwerker: Medewerker, melding: Melding) -> None:
    lees(Melding, melding.pk, spoor=Spoor.van(wijkwerker))
    with pytest.raises(IntegrityError, match="alleen aangevuld"), transaction.atomic():
        Inzage.objects.update(toegestaan=False)
    with pytest.raises(IntegrityError, match="alleen aangevuld"), transaction.atomic():
        Inzage.objects.all().delete()


def test_een_account_dat_niet_meer_in_gebruik_is_ziet_niets(
    buitenstaander: Medewerker, haven: Team, melding: Melding
) -> None:
    werkt(buitenstaander, haven)
    assert not zichtbaar(Melding, Wie.van(buitenstaander), Actie.ZIEN).exists()
