"""From aanvraag to beschikking: what is refused, and what it does to the melding and the figures."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from households.models import Documentsoort, Persoon
from households.workflow import zie_identiteit
from meldingen import workflow
from meldingen.models import Melding, Soort, Status
from meldingen.verloop import termijnen_van
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Team
from tests.besluiten.conftest import hulp, inhoud, maak_inwoner, maak_zaak, toets_goed, vandaag
from tests.factories import PersoonFactory
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import (
    Aanvraag,
    Afwijsgrond,
    Beschikking,
    Besluit,
    Besluitstatus,
    Financieringsvorm,
    Leveringstatus,
    Opschortgrond,
    Toets,
    Wet,
)
from voorzieningen.volledigheid import ontbreekt

PGB = {
    "financieringsvorm": Financieringsvorm.PGB,
    "pgb_bekwaam": True,
    "pgb_motivatie": "mijn zus helpt mij al jaren",
    "pgb_kwaliteit": True,
}


def opnieuw(melding: Melding) -> Melding:
    return Melding.objects.get(pk=melding.pk)


def test_een_aanvraag_voor_het_onderzoek_wordt_geweigerd(haven: Team, wijkwerker: Medewerker) -> None:
    melding = maak_zaak(haven, wijkwerker, tot="onderzoek")
    with pytest.raises(workflow.StapGeweigerd, match="pas na het onderzoek"):
        workflow.dien_aanvraag_in(melding, op=vandaag(), door=wijkwerker)
    assert not Aanvraag.objects.exists()


def test_na_zes_weken_kan_de_aanvraag_ook_zonder_onderzoek(haven: Team, wijkwerker: Medewerker) -> None:
    melding = maak_zaak(haven, wijkwerker, tot="onderzoek")
    feit = melding.gebeurtenissen.get(soort=Soort.ONTVANGEN)
    workflow.corrigeer(feit, datum=vandaag() - timedelta(days=60), reden="eerder gebeld", door=wijkwerker)
    assert workflow.dien_aanvraag_in(melding, op=vandaag(), door=wijkwerker).datum == vandaag()


def test_een_tweede_aanvraag_bij_dezelfde_melding_wordt_geweigerd(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    with pytest.raises(workflow.StapGeweigerd, match="al een aanvraag"):
        workflow.dien_aanvraag_in(melding, op=vandaag(), door=wijkwerker)


def test_een_aanvraag_in_de_toekomst_wordt_geweigerd(haven: Team, wijkwerker: Medewerker) -> None:
    melding = maak_zaak(haven, wijkwerker, tot="onderzoek")
    with pytest.raises(workflow.StapGeweigerd, match="het is vandaag"):
        workflow.dien_aanvraag_in(melding, op=vandaag() + timedelta(days=1), door=wijkwerker)


def test_een_einddatum_voor_de_ingangsdatum_wordt_geweigerd(melding: Melding, wijkwerker: Medewerker) -> None:
    verkeerd = inhoud(einddatum=vandaag() - timedelta(days=1))
    with pytest.raises(Geweigerd, match="einddatum ligt voor"):
        workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **verkeerd)
    assert not Besluit.objects.exists()


def test_pgb_naast_zin_voor_een_product_wordt_geweigerd(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    with pytest.raises(Geweigerd, match="zorg in natura en een pgb naast elkaar"):
        workflow.stel_besluit_op(melding, persoon=besluit.persoon, door=wijkwerker, **inhoud(**PGB))
    later = inhoud(**PGB, ingangsdatum=vandaag() + timedelta(days=182), einddatum=None)
    workflow.stel_besluit_op(melding, persoon=besluit.persoon, door=wijkwerker, **later)
    assert Besluit.objects.count() == 2


@pytest.mark.parametrize("dubbel", [False, True])
def test_pgb_naast_zin_uit_een_overdracht_wordt_geweigerd_ook_onder_een_dubbel_nummer(
    melding: Melding, wijkwerker: Medewerker, dubbel: bool
) -> None:
    wie = PersoonFactory(zelfde_als=melding.persoon) if dubbel else melding.persoon
    assert wie
    tot = vandaag() + timedelta(days=30)
    Beschikking.objects.create(
        persoon=wie,
        voorziening=hulp(),
        financieringsvorm=Financieringsvorm.ZIN,
        ingangsdatum=vandaag() - timedelta(days=400),
        einddatum=tot,
        door=wijkwerker,
    )
    voorzieningen.hernoem_voorziening(hulp(), "Thuis geholpen", vanaf=tot, door=wijkwerker)
    for einddatum in (tot, None):
        with pytest.raises(Geweigerd, match="zorg in natura en een pgb naast elkaar"):
            workflow.stel_besluit_op(
                melding, persoon=melding.persoon, door=wijkwerker, **inhoud(**PGB, einddatum=einddatum)
            )
    daarna = inhoud(**PGB, ingangsdatum=tot + timedelta(days=1), einddatum=None)
    nieuw = hulp().groep.voorzieningen.get(naam="Thuis geholpen")
    workflow.stel_besluit_op(
        melding, persoon=melding.persoon, door=wijkwerker, **{**daarna, "voorziening": nieuw}
    )
    workflow.stel_besluit_op(melding, persoon=wie, door=wijkwerker, **inhoud(einddatum=tot))


def test_zin_die_er_na_de_toets_bij_kwam_houdt_een_pgb_tegen(
    melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **inhoud(**PGB))
    toets_goed(besluit, van=wijkwerker, door=toetser)
    Beschikking.objects.create(
        persoon=besluit.persoon,
        voorziening=besluit.voorziening,
        financieringsvorm=Financieringsvorm.ZIN,
        ingangsdatum=vandaag(),
        door=wijkwerker,
    )
    with pytest.raises(Geweigerd, match="zorg in natura en een pgb naast elkaar"):
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)


def test_de_database_weigert_pgb_naast_zin_ook(besluit: Besluit, wijkwerker: Medewerker) -> None:
    with pytest.raises(IntegrityError, match="besluit_geen_pgb_naast_zin"), transaction.atomic():
        Besluit.objects.create(
            aanvraag=besluit.aanvraag,
            melding_id=besluit.melding_id,
            persoon=besluit.persoon,
            bandbreedte=10,
            door=wijkwerker,
            **inhoud(**PGB),
        )


def test_ook_onder_een_nieuwe_naam_komt_er_geen_pgb_naast_zin(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    vanaf = vandaag() + timedelta(days=30)
    nieuw = voorzieningen.hernoem_voorziening(
        besluit.voorziening, "Thuis geholpen", vanaf=vanaf, door=wijkwerker
    )
    later = inhoud(**PGB, voorziening=nieuw, ingangsdatum=vanaf)
    with pytest.raises(Geweigerd, match="zorg in natura en een pgb naast elkaar"):
        workflow.stel_besluit_op(melding, persoon=besluit.persoon, door=wijkwerker, **later)


def test_wat_ontbreekt_staat_er_voor_de_toets(haven: Team, wijkwerker: Medewerker) -> None:
    kaal = maak_inwoner(haven, wijkwerker, bsn="")
    kaal.identiteitscontroles.all().delete()
    melding = maak_zaak(haven, wijkwerker, persoon=kaal)
    besluit = workflow.stel_besluit_op(
        melding, persoon=kaal, door=wijkwerker, **inhoud(motivering="", prijs=None, aanbieder=None)
    )
    mist = ["Burgerservicenummer", "Identiteit gezien", "Motivering", "Prijs", "Aanbieder"]
    assert ontbreekt(besluit, vandaag()) == mist
    with pytest.raises(Geweigerd, match="Dit ontbreekt nog voor de toets: Burgerservicenummer, Identiteit"):
        voorzieningen.vraag_toets(besluit, door=wijkwerker)
    assert not Toets.objects.exists()


def test_een_pgb_vraagt_bekwaamheid_motivatie_en_kwaliteit(melding: Melding, wijkwerker: Medewerker) -> None:
    leeg = inhoud(financieringsvorm=Financieringsvorm.PGB)
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **leeg)
    assert ontbreekt(besluit, vandaag()) == ["Pgb: bekwaam", "Pgb: gemotiveerd", "Pgb: goede kwaliteit"]
    anders = {naam: waarde for naam, waarde in PGB.items() if naam != "financieringsvorm"}
    besluit = voorzieningen.wijzig_besluit(besluit, gezien=besluit.versie, door=wijkwerker, **anders)
    assert ontbreekt(besluit, vandaag()) == []


def test_jeugdhulp_begint_voor_de_achttiende_verjaardag(haven: Team, wijkwerker: Medewerker) -> None:
    bijna = maak_inwoner(haven, wijkwerker, geboren=vandaag().replace(year=vandaag().year - 18, day=1))
    melding = maak_zaak(haven, wijkwerker, persoon=bijna)
    wat = inhoud(voorziening=hulp(Wet.JEUGDWET), ingangsdatum=vandaag() + timedelta(days=32))
    besluit = workflow.stel_besluit_op(melding, persoon=bijna, door=wijkwerker, **wat)
    assert ontbreekt(besluit, vandaag()) == ["Jonger dan 18 bij de start"]


def test_zonder_akkoord_van_de_inwoner_is_er_geen_beschikking(
    haven: Team, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    melding = maak_zaak(haven, wijkwerker, tot="onderzoek_afgerond")
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **inhoud())
    toets_goed(besluit, van=wijkwerker, door=toetser)
    with pytest.raises(workflow.StapGeweigerd, match="nog niet akkoord met het plan"):
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    assert not Beschikking.objects.exists()
    assert Besluit.objects.get().status == Besluitstatus.GETOETST


def test_zonder_toets_is_er_geen_beschikking(besluit: Besluit, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="het besluit staat op ‘in voorbereiding’"):
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    assert not Beschikking.objects.exists()


def test_toekennen_maakt_de_beschikking_en_de_levering_en_de_melding_is_toegekend(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)

    besluit = workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)

    beschikking = Beschikking.objects.get()
    assert besluit.beschikking == beschikking
    assert (beschikking.besluitdatum, beschikking.einddatum) == (vandaag(), besluit.einddatum)
    assert beschikking.melding_id == melding.pk
    assert besluit.levering.status == Leveringstatus.OPGEDRAGEN
    assert opnieuw(melding).status == Status.TOEGEKEND
    assert melding.gebeurtenissen.filter(soort=Soort.TOEGEKEND).count() == 1
    stappen = list(besluit.stappen.order_by("pk").values_list("stap", flat=True))
    assert stappen == ["opgesteld", "toets gevraagd", "toets opgepakt", "akkoord na toets", "toegekend"]


def test_met_een_aanvraag_is_er_geen_toekenning_buiten_het_besluit_om(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    with pytest.raises(workflow.StapGeweigerd, match="ken het besluit daarop toe"):
        workflow.ken_toe(melding, op=vandaag(), door=wijkwerker)
    assert opnieuw(melding).status == Status.PLAN_AKKOORD
    assert not melding.gebeurtenissen.filter(soort=Soort.TOEGEKEND).exists()


def test_onder_een_melding_passen_meer_beschikkingen(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    ander = workflow.stel_besluit_op(
        melding,
        persoon=besluit.persoon,
        door=wijkwerker,
        **inhoud(voorziening=besluit.voorziening.groep.voorzieningen.order_by("-pk")[0]),
    )
    for rij in (besluit, ander):
        toets_goed(rij, van=wijkwerker, door=toetser)
        workflow.ken_besluit_toe(rij, op=vandaag(), door=wijkwerker)
    assert Beschikking.objects.filter(melding=melding).count() == 2
    assert melding.gebeurtenissen.filter(soort=Soort.TOEGEKEND).count() == 1


def test_de_laatste_afwijzing_sluit_de_melding(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    ander = workflow.stel_besluit_op(
        melding,
        persoon=besluit.persoon,
        door=wijkwerker,
        **inhoud(voorziening=besluit.voorziening.groep.voorzieningen.order_by("-pk")[0]),
    )
    nee = {"op": vandaag(), "grond": Afwijsgrond.ALGEMENE_VOORZIENING, "door": wijkwerker}
    workflow.wijs_besluit_af(besluit, motivering="De eettafel in de buurt is genoeg.", **nee)
    assert opnieuw(melding).status == Status.PLAN_AKKOORD
    workflow.wijs_besluit_af(ander, motivering="Ook dit kan in het buurthuis.", **nee)
    assert opnieuw(melding).status == Status.NIET_TOEGEKEND
    feit = melding.gebeurtenissen.get(soort=Soort.NIET_TOEGEKEND)
    assert feit.reden == "een algemene voorziening is genoeg: Ook dit kan in het buurthuis."


def test_een_afwijzing_zonder_motivering_wordt_geweigerd(besluit: Besluit, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="Geef een motivering op"):
        workflow.wijs_besluit_af(
            besluit, op=vandaag(), grond=Afwijsgrond.AFGEWEZEN, motivering=" ", door=wijkwerker
        )


def test_een_besluit_in_de_toekomst_of_voor_de_aanvraag_wordt_geweigerd(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    with pytest.raises(Geweigerd, match="het is vandaag"):
        workflow.ken_besluit_toe(besluit, op=vandaag() + timedelta(days=1), door=wijkwerker)
    with pytest.raises(Geweigerd, match="aanvraag is pas van"):
        workflow.ken_besluit_toe(besluit, op=vandaag() - timedelta(days=9), door=wijkwerker)


def test_wie_na_de_toets_overleed_krijgt_niets_meer_toegekend(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    dubbel = PersoonFactory(zelfde_als=besluit.persoon)
    for overleden in (besluit.persoon, dubbel):
        Persoon.objects.filter(pk=overleden.pk).update(overleden_op=vandaag())
        with pytest.raises(Geweigerd, match="De inwoner overleed op"):
            workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
        Persoon.objects.filter(pk=overleden.pk).update(overleden_op=None)
    assert not Beschikking.objects.exists()


def test_wat_op_de_ingangsdatum_niet_meer_in_de_catalogus_staat_wordt_niet_toegekend(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    voorzieningen.wijzig_groep(besluit.voorziening.groep, vanaf=vandaag(), naam="anders", door=wijkwerker)
    with pytest.raises(Geweigerd, match="niet in de catalogus"):
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    assert not Beschikking.objects.exists()


def test_wat_na_de_toets_niet_meer_compleet_is_wordt_niet_toegekend(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    besluit.persoon.identiteitscontroles.all().delete()
    with pytest.raises(Geweigerd, match="Dit klopt niet meer sinds de toets: Identiteit gezien"):
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    assert Besluit.objects.get().status == Besluitstatus.GETOETST

    with pytest.raises(Geweigerd, match="reden"):
        voorzieningen.neem_besluit_terug(besluit, reden=" ", door=wijkwerker)
    terug = voorzieningen.neem_besluit_terug(besluit, reden="het paspoort verliep", door=wijkwerker)
    stap = terug.stappen.latest("pk")
    assert (stap.stap, stap.toelichting, stap.door) == (
        "terug in voorbereiding",
        "het paspoort verliep",
        wijkwerker,
    )
    for te_vroeg in (
        lambda: voorzieningen.neem_besluit_terug(terug, reden="nog eens", door=wijkwerker),
        lambda: workflow.ken_besluit_toe(terug, op=vandaag(), door=wijkwerker),
    ):
        with pytest.raises(Geweigerd, match="het besluit staat op ‘in voorbereiding’"):
            te_vroeg()
    zie_identiteit(besluit.persoon, document=Documentsoort.PASPOORT, gezien_op=vandaag(), door=wijkwerker)
    toets_goed(terug, van=wijkwerker, door=toetser)
    assert workflow.ken_besluit_toe(terug, op=vandaag(), door=wijkwerker).beschikking


def test_een_besluit_van_voor_de_toets_wordt_geweigerd(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    with pytest.raises(Geweigerd, match="De toets was pas klaar op"):
        workflow.ken_besluit_toe(besluit, op=vandaag() - timedelta(days=1), door=wijkwerker)
    assert not Beschikking.objects.exists()


def test_wie_op_een_oude_versie_bewaart_hoort_wie_er_eerder_was(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    voorzieningen.wijzig_besluit(besluit, gezien=1, door=wijkwerker, aantal=Decimal(3))
    with pytest.raises(Geweigerd, match="Wil Werker wijzigde dit besluit intussen"):
        voorzieningen.wijzig_besluit(besluit, gezien=1, door=toetser, aantal=Decimal(4))
    assert Besluit.objects.get().aantal == 3


def test_de_termijn_van_het_besluit_staat_stil_zolang_gegevens_ontbreken(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    aanvraag = Aanvraag.objects.get()
    workflow.schort_op(
        aanvraag,
        grond=Opschortgrond.AANVULLING,
        van=aanvraag.datum,
        reden="een rekening ontbreekt",
        door=wijkwerker,
    )
    besluit = termijnen_van(melding)[-1]
    assert besluit.uiterlijk is None
    assert "4:15" in besluit.waarom
    with pytest.raises(workflow.StapGeweigerd, match="staat al stil"):
        workflow.schort_op(
            aanvraag, grond=Opschortgrond.OVERMACHT, van=aanvraag.datum, reden="brand", door=wijkwerker
        )
    rij = workflow.hef_opschorting_op(aanvraag, tot=vandaag(), door=wijkwerker)
    assert rij.opgeheven_door == wijkwerker
    assert rij.opgeheven_op
    uiterlijk = termijnen_van(melding)[-1].uiterlijk
    assert uiterlijk
    assert uiterlijk >= aanvraag.datum + timedelta(days=14 + 3)
    with pytest.raises(workflow.StapGeweigerd, match="staat niet stil"):
        workflow.hef_opschorting_op(aanvraag, tot=vandaag(), door=wijkwerker)


@pytest.mark.parametrize(
    "terug",
    [workflow.draai_terug, workflow.registreer_als_vergissing],
)
def test_een_melding_gaat_niet_terug_onder_een_besluit_vandaan(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker, terug: Any
) -> None:
    if terug is workflow.draai_terug:
        melding = workflow.draai_terug(melding, reden="toch niet akkoord", door=wijkwerker)
    with pytest.raises(workflow.StapGeweigerd, match="nog een besluit in voorbereiding"):
        terug(melding, reden="te vroeg", door=wijkwerker)
    if melding.status == Status.ONDERZOEK_AFGEROND:
        melding = workflow.leg_akkoord_vast(melding, op=vandaag(), door=wijkwerker)
    toets_goed(besluit, van=wijkwerker, door=toetser)
    workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    with pytest.raises(workflow.StapGeweigerd, match="hulp toegekend, en dat blijft staan"):
        terug(melding, reden="te vroeg", door=wijkwerker)
    assert opnieuw(melding).status == Status.TOEGEKEND


def test_een_melding_wordt_niet_afgewezen_om_een_besluit_heen(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    with pytest.raises(workflow.StapGeweigerd, match="nog een besluit in voorbereiding"):
        workflow.wijs_af(melding, op=vandaag(), reden="niet nodig", door=wijkwerker)
    voorzieningen.trek_besluit_in(besluit, reden="toch niet", door=wijkwerker)
    assert workflow.wijs_af(melding, op=vandaag(), reden="niet nodig", door=wijkwerker).is_klaar


def test_een_afgewezen_besluit_laat_de_melding_wel_teruggaan(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker
) -> None:
    workflow.wijs_besluit_af(
        besluit, op=vandaag(), grond=Afwijsgrond.AFGEWEZEN, motivering="niet nodig", door=wijkwerker
    )
    melding = workflow.draai_terug(melding, reden="verkeerde dag", door=wijkwerker)
    assert melding.status == Status.PLAN_AKKOORD


@pytest.mark.parametrize(
    ("weg", "waarom"),
    [
        ({"overleden_op": vandaag()}, "is overleden op"),
        ({"vervallen_op": timezone.now()}, "staat niet meer ingeschreven"),
    ],
)
def test_een_besluit_is_voor_iemand_die_leeft(
    melding: Melding, wijkwerker: Medewerker, weg: dict[str, Any], waarom: str
) -> None:
    ander = PersoonFactory(achternaam="Bos", **weg)
    with pytest.raises(Geweigerd, match=waarom):
        workflow.stel_besluit_op(melding, persoon=ander, door=wijkwerker, **inhoud())
    assert not Besluit.objects.exists()


def test_een_toekenning_die_uit_een_besluit_volgt_wordt_niet_gecorrigeerd(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    feit = melding.gebeurtenissen.get(soort=Soort.TOEGEKEND)
    with pytest.raises(workflow.StapGeweigerd, match="volgt uit het besluit"):
        workflow.corrigeer(feit, datum=vandaag() - timedelta(days=1), reden="eerder", door=wijkwerker)
    assert melding.gebeurtenissen.bekend_op(None).filter(pk=feit.pk).exists()
