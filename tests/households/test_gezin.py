"""What changes in a household: written as new versions, with nobody lost, and undone without a trace in the stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from households import workflow
from households.models import (
    Betrokkenheid,
    Betrokkenheidsoort,
    Geslacht,
    Gezinswijziging,
    Huishouden,
    Persoon,
    Rol,
    Verblijf,
    Wijzigingsoort,
)
from households.wonen import bewoners
from households.workflow import Adres
from teams.access import Actie, mag
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.models import Medewerker, Team
from tests.factories import PersoonFactory

pytestmark = pytest.mark.django_db
BEGIN, DAG = date(2015, 1, 1), date(2015, 6, 1)


def lid(
    huis: Huishouden, naam: str, geboren: date, rol: Rol, door: Medewerker, vanaf: date = BEGIN
) -> Persoon:
    """Somebody who lives there since `vanaf`, at the address of the household."""
    persoon = PersoonFactory(voornamen=naam, achternaam="Bos", geboortedatum=geboren)
    workflow.neem_op(persoon, huis, vanaf=vanaf, door=door, rol=rol, postcode="1316AA", huisnummer="1")
    return persoon


@pytest.fixture
def gezin(haven: Team, wijkwerker: Medewerker) -> Huishouden:
    """Anna, her partner Ben and their children Cas (14) and Dirk (5), in Haven; the wijkwerker is contact person."""
    huis = Huishouden.objects.create()
    lid(huis, "Anna", date(1980, 2, 1), Rol.HOOFD, wijkwerker)
    lid(huis, "Ben", date(1979, 2, 1), Rol.PARTNER, wijkwerker)
    lid(huis, "Cas", date(2001, 2, 1), Rol.KIND, wijkwerker)
    lid(huis, "Dirk", date(2010, 2, 1), Rol.KIND, wijkwerker)
    workflow.maak_contactpersoon(huis, wijkwerker, door=wijkwerker)
    return huis


def wie(naam: str) -> Persoon:
    return Persoon.objects.get(voornamen=naam)


def woont(huis: Huishouden | None, dag: date = DAG) -> dict[str, Rol | None]:
    """Who lives in a household on a day, with which place."""
    assert huis
    return {
        rij.persoon.voornamen: Rol(rij.rol) if rij.rol else None
        for rij in bewoners([huis.pk], dag).get(huis.pk, [])
    }


def alles() -> set[tuple[object, ...]]:
    """Every stay in force, by what it says."""
    velden = ("persoon", "huishouden", "postcode", "huisnummer", "team", "vanaf", "tot", "rol")
    return set(Verblijf.objects.bekend_op(None).values_list(*velden))


def test_een_kind_wordt_geboren(gezin, wijkwerker, haven):
    wijziging = workflow.leg_geboorte_vast(
        gezin, achternaam="Bos", voornamen="Evi", geslacht=Geslacht.V, op=DAG, door=wijkwerker
    )
    verblijf = Verblijf.objects.get(persoon=wie("Evi"))
    assert (verblijf.rol, verblijf.vanaf, verblijf.postcode, verblijf.team) == (
        Rol.KIND,
        DAG,
        "1316AA",
        haven,
    )
    assert wie("Evi").geboortedatum == DAG
    assert [rij["persoon"] for rij in wijziging.na if rij not in wijziging.voor] == [wie("Evi").pk]
    with pytest.raises(Geweigerd, match="Evi Bos staat al in dit huishouden"):
        workflow.leg_geboorte_vast(gezin, achternaam="Bos", voornamen="evi", op=DAG, door=wijkwerker)


def test_bij_een_scheiding_houden_beide_huishoudens_hun_geschiedenis(gezin, wijkwerker, haven):
    wijziging = workflow.splits(
        gezin,
        [wie("Ben"), wie("Dirk")],
        op=DAG,
        adres=Adres("1316ZZ", "9"),
        reden="uit elkaar",
        door=wijkwerker,
    )
    assert woont(gezin) == {"Anna": Rol.HOOFD, "Cas": Rol.KIND}
    assert woont(wijziging.ander) == {"Ben": Rol.HOOFD, "Dirk": Rol.KIND}
    assert woont(gezin, DAG - timedelta(days=1)).keys() == {"Anna", "Ben", "Cas", "Dirk"}
    assert set(wijziging.huishoudens.all()) == {gezin, wijziging.ander}
    assert set(wijziging.personen.all()) == {wie("Ben"), wie("Dirk")}
    nieuw = Verblijf.objects.get(huishouden=wijziging.ander, persoon=wie("Dirk"))
    assert (nieuw.postcode, nieuw.huisnummer, nieuw.team) == ("1316ZZ", "9", haven)
    oud = Verblijf.objects.exclude(vervallen_op=None).get(persoon=wie("Dirk"))
    assert (oud.tot, oud.vervallen_door, oud.vervallen_reden) == (None, wijkwerker, "scheiding of splitsing")


def test_wie_met_het_oude_huishouden_werkt_werkt_ook_met_het_nieuwe(gezin, wijkwerker, collega):
    workflow.betrek(gezin, collega, door=wijkwerker)
    wijziging = workflow.splits(gezin, [wie("Ben")], op=DAG, door=wijkwerker)
    rijen = Betrokkenheid.objects.filter(huishouden=wijziging.ander)
    assert {(rij.medewerker, rij.soort) for rij in rijen} == {
        (wijkwerker, Betrokkenheidsoort.BETROKKEN),
        (collega, Betrokkenheidsoort.BETROKKEN),
    }
    assert gezin.betrokkenen.filter(tot__isnull=True).count() == 2


def test_vertrekt_het_hoofd_dan_wordt_de_partner_hoofd(gezin, wijkwerker):
    workflow.splits(gezin, [wie("Anna")], soort=Wijzigingsoort.UIT_HUIS, op=DAG, door=wijkwerker)
    assert woont(gezin) == {"Ben": Rol.HOOFD, "Cas": Rol.KIND, "Dirk": Rol.KIND}
    wijziging = Gezinswijziging.objects.get()
    assert set(wijziging.personen.all()) == {wie("Anna")}


def test_een_kind_dat_op_zichzelf_gaat_wonen_is_hoofd_als_het_volwassen_is(gezin, wijkwerker):
    later = date(2020, 6, 1)
    wijziging = workflow.splits(gezin, [wie("Cas")], op=later, door=wijkwerker)
    assert woont(wijziging.ander, later) == {"Cas": Rol.HOOFD}
    assert woont(workflow.splits(gezin, [wie("Dirk")], op=later, door=wijkwerker).ander, later) == {
        "Dirk": Rol.KIND
    }


def test_een_leeg_huishouden_achterlaten_wordt_geweigerd(gezin, wijkwerker):
    voor = alles()
    allen = [rij.persoon for rij in bewoners([gezin.pk], DAG)[gezin.pk]]
    with pytest.raises(Geweigerd, match="Er moet iemand blijven wonen"):
        workflow.splits(gezin, allen, op=DAG, door=wijkwerker)
    with pytest.raises(Geweigerd, match="Kies wie er gaat"):
        workflow.splits(gezin, [], op=DAG, door=wijkwerker)
    assert alles() == voor
    assert not Gezinswijziging.objects.exists()
    assert Huishouden.objects.count() == 1


def test_wie_niet_in_het_huishouden_woont_kan_er_niet_uit(gezin, huishouden, inwoner, wijkwerker):
    with pytest.raises(Geweigerd, match="Jo Jansen woont niet"):
        workflow.splits(gezin, [inwoner], op=DAG, door=wijkwerker)


def test_datums_kloppen_met_vandaag_met_de_geboorte_en_met_het_verblijf(gezin, huishouden, wijkwerker):
    morgen = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Geweigerd, match="ligt in de toekomst"):
        workflow.splits(gezin, [wie("Ben")], op=morgen, door=wijkwerker)
    with pytest.raises(Geweigerd, match="woont hier pas sinds 01-01-2015"):
        workflow.splits(gezin, [wie("Ben")], op=date(2014, 12, 31), door=wijkwerker)
    baby = lid(gezin, "Evi", DAG, Rol.KIND, wijkwerker, vanaf=DAG)
    with pytest.raises(Geweigerd, match="pas sinds 01-06-2015"):
        workflow.trek_in(huishouden, baby, rol=Rol.KIND, op=DAG - timedelta(days=1), door=wijkwerker)
    with pytest.raises(Geweigerd, match="pas geboren op 01-06-2015"):
        workflow.trek_in(
            huishouden, baby, rol=Rol.KIND, op=DAG - timedelta(days=1), blijft_ook=True, door=wijkwerker
        )


def test_wie_van_een_vertrokken_account_iets_vastlegt_wordt_geweigerd(gezin, wijkwerker):
    wijkwerker.is_active = False
    with pytest.raises(Geweigerd, match="niet meer in gebruik"):
        workflow.verhuis(gezin, adres=Adres("1316ZZ", "9"), op=DAG, door=wijkwerker)


# Afgeschermd


def test_wat_van_een_afgeschermd_huishouden_afsplitst_is_het_ook(gezin, wijkwerker):
    workflow.scherm_af(gezin, reden="bedreigd", door=wijkwerker)
    nieuw = workflow.splits(gezin, [wie("Ben")], op=DAG, door=wijkwerker).ander
    assert (nieuw.afgeschermd, nieuw.afgeschermd_reden) == (True, "bedreigd")


def test_bij_een_geheim_adres_werkt_alleen_wie_het_vastlegt_met_het_nieuwe_huishouden(
    gezin, wijkwerker, collega
):
    workflow.betrek(gezin, collega, door=wijkwerker)
    nieuw = workflow.splits(
        gezin,
        [wie("Anna"), wie("Dirk")],
        op=DAG,
        adres=Adres("1316ZZ", "9"),
        geheim="geweld door ex",
        door=wijkwerker,
    ).ander
    assert (nieuw.afgeschermd, nieuw.afgeschermd_reden) == (True, "geweld door ex")
    gezin.refresh_from_db()
    assert not gezin.afgeschermd
    assert [mag(Wie.van(m), Actie.ZIEN, nieuw) for m in (wijkwerker, collega)] == [True, False]
    assert not mag(Wie.van(collega), Actie.ZIEN, wie("Anna"))
    assert mag(Wie.van(collega), Actie.LEZEN, wie("Ben"))


def test_niemand_komt_door_in_te_trekken_uit_de_afscherming(gezin, huishouden, wijkwerker):
    workflow.scherm_af(gezin, reden="bedreigd", door=wijkwerker)
    with pytest.raises(Geweigerd, match="afgeschermd en het andere niet"):
        workflow.trek_in(huishouden, wie("Ben"), rol=Rol.OVERIG, op=DAG, door=wijkwerker)
    with pytest.raises(Geweigerd, match="afgeschermd en het andere niet"):
        workflow.voeg_samen(huishouden, gezin, op=DAG, door=wijkwerker)


# Komen, verhuizen, samen verder


def test_een_huishouden_met_een_lopend_plan_gaat_niet_op_in_een_ander(gezin, huishouden, wijkwerker):
    workflow.begin_plan(huishouden, door=wijkwerker)
    with pytest.raises(
        Geweigerd, match=r"heeft nog een lopend plan.*schrijf doelen die verdergaan zelf over"
    ):
        workflow.voeg_samen(gezin, huishouden, op=DAG, door=wijkwerker)
    workflow.voeg_samen(huishouden, gezin, op=DAG, door=wijkwerker)


def test_iemand_komt_hier_wonen_en_is_weg_waar_die_woonde(gezin, huishouden, wijkwerker):
    wijziging = workflow.trek_in(huishouden, wie("Ben"), rol=Rol.PARTNER, op=DAG, door=wijkwerker)
    assert woont(huishouden) == {"Jo": None, "Ben": Rol.PARTNER}
    assert "Ben" not in woont(gezin)
    assert wijziging.ander == gezin


def test_wie_alleen_woonde_gaat_samen_in_plaats_van_een_leeg_huishouden_na_te_laten(
    gezin, huishouden, inwoner, wijkwerker
):
    with pytest.raises(Geweigerd, match="Voeg de twee huishoudens samen"):
        workflow.trek_in(gezin, inwoner, rol=Rol.OUDER, op=DAG, door=wijkwerker)
    wijziging = workflow.voeg_samen(gezin, huishouden, op=DAG, reden="bij dochter", door=wijkwerker)
    assert woont(gezin).keys() == {"Anna", "Ben", "Cas", "Dirk", "Jo"}
    assert woont(huishouden) == {}
    assert woont(huishouden, DAG - timedelta(days=1)) == {"Jo": None}
    assert wijziging.ander == huishouden
    assert mag(Wie.van(wijkwerker), Actie.WERKEN, huishouden)


def test_wie_niemand_kende_komt_hier_wonen(gezin, wijkwerker):
    workflow.schrijf_in(gezin, achternaam="Nieuw", voornamen="Noor", rol=Rol.OVERIG, op=DAG, door=wijkwerker)
    assert woont(gezin)["Noor"] == Rol.OVERIG


def test_het_hele_huishouden_verhuist_en_het_team_volgt(gezin, wijkwerker, stad):
    stad.postcodegebieden.create(postcode="1315")
    workflow.verhuis(gezin, adres=Adres("1315BB", "7"), op=DAG, door=wijkwerker)
    rijen = bewoners([gezin.pk], DAG)[gezin.pk]
    assert {(rij.postcode, rij.huisnummer, rij.team) for rij in rijen} == {("1315BB", "7", stad)}
    assert {rij.team for rij in bewoners([gezin.pk], DAG - timedelta(days=1))[gezin.pk]} != {stad}
    assert mag(Wie.van(wijkwerker), Actie.WERKEN, gezin)
    with pytest.raises(Geweigerd, match="woont al op dit adres"):
        workflow.verhuis(gezin, adres=Adres("1315BB", "7"), op=DAG, door=wijkwerker)


def test_wie_overlijdt_woont_nergens_meer_en_blijft_bekend(gezin, wijkwerker):
    workflow.leg_overlijden_vast(gezin, wie("Anna"), op=DAG, door=wijkwerker)
    assert woont(gezin) == {"Ben": Rol.HOOFD, "Cas": Rol.KIND, "Dirk": Rol.KIND}
    assert wie("Anna").overleden_op == DAG
    assert "Anna" in woont(gezin, DAG - timedelta(days=1))
    with pytest.raises(Geweigerd, match="woont niet"):
        workflow.splits(gezin, [wie("Anna")], op=DAG, door=wijkwerker)


def test_een_andere_plaats_in_het_huishouden_geldt_vanaf_de_dag(gezin, wijkwerker):
    workflow.wijzig_rol(gezin, wie("Cas"), rol=Rol.OVERIG, op=DAG, door=wijkwerker)
    assert (woont(gezin)["Cas"], woont(gezin, BEGIN)["Cas"]) == (Rol.OVERIG, Rol.KIND)
    with pytest.raises(Geweigerd, match="is al overig"):
        workflow.wijzig_rol(gezin, wie("Cas"), rol=Rol.OVERIG, op=DAG, door=wijkwerker)


# Een kind in twee huishoudens


@pytest.fixture
def vader(gezin: Huishouden, wijkwerker: Medewerker) -> Huishouden:
    """Ben, who lives on his own since the divorce; Dirk lives with both parents."""
    nieuw = workflow.splits(gezin, [wie("Ben")], op=DAG, adres=Adres("1316ZZ", "9"), door=wijkwerker).ander
    assert nieuw
    workflow.trek_in(nieuw, wie("Dirk"), rol=Rol.KIND, op=DAG, blijft_ook=True, door=wijkwerker)
    return nieuw


def test_een_kind_woont_bij_beide_ouders_en_is_een_persoon(gezin, vader):
    assert woont(gezin)["Dirk"] == woont(vader)["Dirk"] == Rol.KIND
    in_kracht = Verblijf.objects.op_dag(DAG).bekend_op(None)
    assert in_kracht.filter(persoon=wie("Dirk")).count() == 2
    assert in_kracht.values("persoon").distinct().count() == 4


def test_een_kind_woont_daarna_nog_maar_bij_een_ouder(gezin, vader, wijkwerker):
    with pytest.raises(Geweigerd, match="geen ander huishouden bekend"):
        workflow.vertrek(gezin, wie("Cas"), op=DAG, door=wijkwerker)
    workflow.vertrek(gezin, wie("Dirk"), op=DAG + timedelta(days=9), door=wijkwerker)
    assert "Dirk" not in woont(gezin, DAG + timedelta(days=9))
    assert "Dirk" in woont(vader, DAG + timedelta(days=9))


def test_overlijdt_een_kind_met_twee_huishoudens_dan_woont_het_in_geen_van_beide(gezin, vader, wijkwerker):
    dag = DAG + timedelta(days=9)
    wijziging = workflow.leg_overlijden_vast(gezin, wie("Dirk"), op=dag, door=wijkwerker)
    assert "Dirk" not in {**woont(gezin, dag), **woont(vader, dag)}
    workflow.maak_ongedaan(wijziging, reden="vergissing", door=wijkwerker)
    assert "Dirk" in woont(gezin, dag)
    assert "Dirk" in woont(vader, dag)
    assert wie("Dirk").overleden_op is None


def test_wie_in_twee_huishoudens_woonde_die_samengaan_woont_er_een_keer(gezin, vader, wijkwerker):
    workflow.voeg_samen(gezin, vader, op=DAG + timedelta(days=9), door=wijkwerker)
    rijen = bewoners([gezin.pk], DAG + timedelta(days=9))[gezin.pk]
    assert sorted(rij.persoon.voornamen for rij in rijen) == ["Anna", "Ben", "Cas", "Dirk"]


def test_iemand_weghalen_uit_een_huishouden_van_een_ander_team_wordt_geweigerd(
    gezin, huishouden, collega, wijkwerker
):
    elders = workflow.nieuw_huishouden(persoon=PersoonFactory(), vanaf=BEGIN, door=collega)
    with pytest.raises(Geweigerd, match="waar u niet mee werkt"):
        workflow.trek_in(huishouden, elders.verblijven.get().persoon, rol=Rol.OVERIG, op=DAG, door=wijkwerker)


# Ongedaan maken


@pytest.mark.parametrize(
    "doe",
    [
        lambda huis, door: workflow.leg_geboorte_vast(
            huis, achternaam="Bos", voornamen="Evi", op=DAG, door=door
        ),
        lambda huis, door: workflow.splits(
            huis, [wie("Anna"), wie("Dirk")], op=DAG, adres=Adres("1316ZZ", "9"), geheim="geweld", door=door
        ),
        lambda huis, door: workflow.splits(huis, [wie("Ben")], op=BEGIN, door=door),
        lambda huis, door: workflow.verhuis(huis, adres=Adres("1316ZZ", "9"), op=DAG, door=door),
        lambda huis, door: workflow.voeg_samen(
            huis, Huishouden.objects.exclude(pk=huis.pk).get(), op=DAG, door=door
        ),
        lambda huis, door: workflow.leg_overlijden_vast(huis, wie("Anna"), op=DAG, door=door),
        lambda huis, door: workflow.wijzig_rol(huis, wie("Cas"), rol=Rol.OVERIG, op=DAG, door=door),
        lambda huis, door: workflow.trek_in(
            Huishouden.objects.exclude(pk=huis.pk).get(), wie("Ben"), rol=Rol.OVERIG, op=DAG, door=door
        ),
    ],
)
def test_ongedaan_maken_zet_alles_terug_zoals_het_was(gezin, huishouden, wijkwerker, doe):
    voor, betrokken = alles(), Betrokkenheid.objects.filter(tot__isnull=True).count()
    wijziging = doe(gezin, wijkwerker)
    assert alles() != voor
    terug = workflow.maak_ongedaan(wijziging, reden="verkeerde mensen", door=wijkwerker)
    assert alles() == voor
    assert (terug.ongedaan_door, terug.ongedaan_reden) == (wijkwerker, "verkeerde mensen")
    assert Betrokkenheid.objects.filter(tot__isnull=True).count() == betrokken
    assert not Persoon.objects.filter(overleden_op__isnull=False).exists()
    with pytest.raises(Geweigerd, match="was al ongedaan gemaakt"):
        workflow.maak_ongedaan(wijziging, reden="nog eens", door=wijkwerker)


def test_ongedaan_maken_kan_niet_als_iets_later_erop_voortbouwt_en_daarna_wel(gezin, wijkwerker):
    voor = alles()
    eerst = workflow.splits(gezin, [wie("Ben"), wie("Dirk")], op=DAG, door=wijkwerker)
    later = workflow.splits(eerst.ander, [wie("Dirk")], op=DAG, door=wijkwerker)
    with pytest.raises(
        Geweigerd, match=r"‘scheiding of splitsing’ op 01-06-2015 vastgelegd\. Maak dat eerst"
    ):
        workflow.maak_ongedaan(eerst, reden="vergissing", door=wijkwerker)
    workflow.maak_ongedaan(later, reden="vergissing", door=wijkwerker)
    workflow.maak_ongedaan(eerst, reden="vergissing", door=wijkwerker)
    assert alles() == voor


def test_ongedaan_maken_kan_ook_niet_als_wat_later_kwam_alweer_is_teruggedraaid(gezin, wijkwerker):
    eerst, *_ = (
        workflow.wijzig_rol(gezin, wie("Cas"), rol=rol, op=DAG, door=wijkwerker)
        for rol in (Rol.OVERIG, Rol.PARTNER, Rol.OVERIG)
    )
    with pytest.raises(Geweigerd, match="‘andere plaats in het huishouden’ op 01-06-2015 vastgelegd"):
        workflow.maak_ongedaan(eerst, reden="vergissing", door=wijkwerker)


def test_wie_niet_met_elk_huishouden_werkt_maakt_niets_ongedaan(gezin, wijkwerker, collega):
    workflow.betrek(gezin, collega, door=wijkwerker)
    wijziging = workflow.splits(gezin, [wie("Anna")], op=DAG, geheim="geweld door ex", door=wijkwerker)
    voor = alles()
    with pytest.raises(Geweigerd, match="U werkt niet met elk huishouden"):
        workflow.maak_ongedaan(wijziging, reden="x", door=collega)
    assert alles() == voor


# Twee tegelijk


def test_wie_een_verouderde_pagina_had_hoort_wat_er_gebeurde(gezin, wijkwerker):
    gezien = workflow.gezinsversie(gezin.pk)
    workflow.wijzig_rol(gezin, wie("Cas"), rol=Rol.OVERIG, op=DAG, door=wijkwerker, gezien=gezien)
    with pytest.raises(workflow.IntussenVeranderd, match="Sanne de Wit: andere plaats in het huishouden op"):
        workflow.wijzig_rol(gezin, wie("Dirk"), rol=Rol.OVERIG, op=DAG, door=wijkwerker, gezien=gezien)
