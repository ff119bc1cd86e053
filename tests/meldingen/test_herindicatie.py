"""An indicatie that ends becomes one melding: which ones, when, and what is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Verblijf
from meldingen import workflow
from meldingen.herindicatie import NACHTWERK, maak_herindicaties
from meldingen.models import (
    Aanleiding,
    Categorie,
    Gebeurtenis,
    Kanaal,
    Koppeling,
    Meldersoort,
    Melding,
    Soort,
    Stand,
    Toewijzing,
)
from meldingen.workflow import Melder
from teams.models import Instelling, Medewerker, Rol
from tests.besluiten.conftest import inhoud, maak_zaak, toets_goed, vandaag
from tests.factories import (
    HuishoudenFactory,
    MedewerkerFactory,
    MeldingFactory,
    PersoonFactory,
    TeamFactory,
    stel_aan,
)
from tests.meldingen.indicaties import (
    OP,
    corrigeer,
    indicatie,
    laat_vervallen,
    meldingen_van,
    voorziening,
)
from voorzieningen import workflow as hulp
from voorzieningen.models import Voorzieningengroep, Wet
from voorzieningen.workflow import wijzig_groep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("eindigt", "aan_de_beurt"),
    [(-1, False), (0, True), (1, True), (70, True), (71, False), (None, False)],
)
def test_aan_de_beurt_is_wat_van_vandaag_tot_en_met_over_tien_weken_eindigt(
    eindigt: int | None, aan_de_beurt: bool
) -> None:
    beschikking = indicatie(eindigt=eindigt)
    assert maak_herindicaties(OP) == int(aan_de_beurt)
    assert len(meldingen_van(beschikking)) == int(aan_de_beurt)


@pytest.mark.parametrize(
    ("begint", "eindigt", "zet_voort"),
    [
        (1, None, True),
        (2, None, False),
        (-10, None, True),
        (1, 1, True),
        (0, 1, True),
        (-400, 200, True),
        (-10, 0, False),
        (-10, -5, False),
        (2, 200, False),
    ],
    ids=lambda waarde: str(waarde),
)
def test_wie_uiterlijk_de_dag_erna_iets_van_dezelfde_groep_krijgt_dat_langer_loopt_is_voorzien(
    begint: int, eindigt: int | None, zet_voort: bool
) -> None:
    """Days are counted from the end of the first."""
    eerste = indicatie()
    assert eerste.einddatum
    indicatie(
        eerste.persoon,
        eindigt=None,
        ingangsdatum=eerste.einddatum + timedelta(days=begint),
        **({"einddatum": eerste.einddatum + timedelta(days=eindigt)} if eindigt is not None else {}),
    )
    maak_herindicaties(OP)
    assert bool(meldingen_van(eerste)) is not zet_voort


def test_een_ander_product_van_dezelfde_groep_zet_voort_en_een_andere_groep_niet() -> None:
    eerste, zelfde_groep = indicatie(), voorziening(Wet.JEUGDWET, plaats=1)
    jeugd = indicatie(eindigt=20, voorziening=voorziening(Wet.JEUGDWET))
    assert jeugd.voorziening.groep == zelfde_groep.groep
    assert jeugd.voorziening != zelfde_groep
    indicatie(jeugd.persoon, eindigt=None, voorziening=zelfde_groep)
    indicatie(eerste.persoon, eindigt=None, voorziening=voorziening(groep=1))
    maak_herindicaties(OP)
    assert meldingen_van(jeugd) == []
    assert len(meldingen_van(eerste)) == 1


def test_wat_een_ander_heeft_of_wat_vervallen_is_zet_niet_voort() -> None:
    eerste = indicatie()
    indicatie(eindigt=None)
    laat_vervallen(indicatie(eerste.persoon, eindigt=None))
    assert maak_herindicaties(OP) == 1
    assert len(meldingen_van(eerste)) == 1


def test_wie_twee_keer_ingeschreven_staat_is_een_persoon(wijkwerker: Medewerker) -> None:
    eerste, ander = indicatie(), indicatie(eindigt=None)
    stand = huishoudens.stel_gelijk(ander.persoon, eerste.persoon, reden="dubbel", door=wijkwerker)
    assert maak_herindicaties(OP) == 0
    huishoudens.maak_los(stand, door=wijkwerker)
    assert maak_herindicaties(OP) == 1
    andersom = indicatie(eerste.persoon, eindigt=40)
    indicatie(ander.persoon, eindigt=None)
    huishoudens.stel_gelijk(eerste.persoon, ander.persoon, reden="dubbel", door=wijkwerker)
    assert maak_herindicaties(OP) == 0
    assert meldingen_van(andersom) == []


@pytest.mark.parametrize("dubbel", [False, True])
def test_wie_is_overleden_krijgt_geen_herindicatie(dubbel: bool, wijkwerker: Medewerker) -> None:
    dood = PersoonFactory(overleden_op=OP)
    persoon = PersoonFactory() if dubbel else dood
    if dubbel:
        huishoudens.stel_gelijk(persoon, dood, reden="dubbel", door=wijkwerker)
    indicatie(persoon)
    assert maak_herindicaties(OP) == 0


@pytest.mark.parametrize(
    ("loopt", "aantal"), [("opgedragen", 1), ("gestart", 1), ("gestopt", 0), ("vervallen", 0)]
)
def test_hulp_die_niet_begon_of_al_stopte_krijgt_geen_herindicatie(
    loopt: str, aantal: int, wijkwerker: Medewerker
) -> None:
    team = TeamFactory()
    melding = maak_zaak(team, wijkwerker)
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **inhoud())
    toets_goed(besluit, van=wijkwerker, door=stel_aan(MedewerkerFactory(), Rol.TOETSER))
    levering = workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker).levering
    if loopt == "vervallen":
        hulp.laat_levering_vervallen(levering, reden="toch niet", door=wijkwerker)
    if loopt in ("gestart", "gestopt"):
        levering = hulp.start_levering(levering, op=vandaag(), door=wijkwerker)
    if loopt == "gestopt":
        hulp.stop_levering(levering, op=vandaag(), reden="verhuisd", door=wijkwerker)
    assert besluit.einddatum
    assert maak_herindicaties(besluit.einddatum - timedelta(days=7)) == aantal


def test_van_een_keten_is_alleen_de_laatste_aan_de_beurt() -> None:
    persoon = PersoonFactory()
    keten = [
        indicatie(persoon, eindigt=eindigt, ingangsdatum=OP + timedelta(days=eindigt - 19))
        for eindigt in (10, 30, 50)
    ]
    assert maak_herindicaties(OP) == 1
    assert [len(meldingen_van(schakel)) for schakel in keten] == [0, 0, 1]


def test_twee_die_op_dezelfde_dag_eindigen_zijn_er_twee() -> None:
    eerste = indicatie()
    tweede = indicatie(eerste.persoon)
    assert maak_herindicaties(OP) == 2
    assert len(meldingen_van(eerste, tweede)) == 2


def test_een_vervallen_versie_is_niet_aan_de_beurt() -> None:
    laat_vervallen(indicatie())
    assert maak_herindicaties(OP) == 0


def test_een_gecorrigeerde_indicatie_krijgt_geen_tweede_melding() -> None:
    eerste = indicatie(ref="B1")
    assert maak_herindicaties(OP) == 1
    corrigeer(eerste, einddatum=OP + timedelta(days=40))
    assert maak_herindicaties(OP) == 0
    assert len(meldingen_van(eerste)) == 1


def test_een_melding_noemt_de_eerste_versie_van_de_indicatie() -> None:
    eerste = indicatie(ref="B1", eindigt=300)
    derde = corrigeer(corrigeer(eerste), einddatum=OP + timedelta(days=40))
    assert maak_herindicaties(OP) == 1
    [melding] = meldingen_van(eerste)
    assert melding.herindicatie_van == eerste
    assert meldingen_van(derde) == []
    corrigeer(derde, einddatum=OP + timedelta(days=41))
    assert maak_herindicaties(OP) == 0


def test_wat_niet_meer_afloopt_na_een_correctie_geeft_geen_melding() -> None:
    corrigeer(indicatie(ref="B1"), einddatum=None)
    assert maak_herindicaties(OP) == 0


def test_een_melding_die_een_vergissing_was_telt_ook(wijkwerker: Medewerker) -> None:
    beschikking = indicatie()
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    workflow.registreer_als_vergissing(melding, reden="al verhuisd", door=wijkwerker)
    assert maak_herindicaties(OP + timedelta(days=1)) == 0


def test_hoeveel_weken_vooraf_hangt_af_van_wat_op_die_dag_geldt() -> None:
    Instelling.objects.create(sleutel="herindicatie_weken", geldig_van=OP, waarde=4)
    beschikking = indicatie(eindigt=29)
    assert maak_herindicaties(OP) == 0
    assert maak_herindicaties(OP + timedelta(days=1)) == 1
    ander = indicatie(eindigt=68)
    assert maak_herindicaties(OP - timedelta(days=1)) == 1
    assert len(meldingen_van(beschikking, ander)) == 2


@pytest.mark.parametrize(
    ("wet", "categorie"),
    [
        (Wet.WMO, Categorie.VOLWASSENEN),
        (Wet.JEUGDWET, Categorie.JEUGD),
    ],
)
def test_de_wet_zegt_onder_welke_categorie_zij_telt(wet: Wet, categorie: Categorie) -> None:
    beschikking = indicatie(voorziening=voorziening(wet))
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    ontvangen = melding.gebeurtenissen.get()
    assert (ontvangen.categorie, ontvangen.kanaal) == (categorie, Kanaal.AFLOOP_INDICATIE)
    assert (ontvangen.aanleiding, ontvangen.datum) == (Aanleiding.HERINDICATIE, OP)


def test_wat_onder_geen_van_beide_valt_telt_bij_volwassenen() -> None:
    groep = Voorzieningengroep.objects.create(wet=Wet.PARTICIPATIEWET, naam="Begeleid werken")
    beschikking = indicatie(voorziening=groep.voorzieningen.create(naam="Jobcoach"))
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert melding.gebeurtenissen.get().categorie == Categorie.VOLWASSENEN


def test_de_vraag_noemt_de_voorziening_en_de_laatste_dag() -> None:
    product = voorziening().groep.voorzieningen.create(naam="Hulp bij 100% van ’t huis")
    beschikking = indicatie(voorziening=product, einddatum=date(2026, 5, 3))
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert melding.vraag == (
        "De indicatie voor ‘hulp bij het huishouden: Hulp bij 100% van ’t huis’ loopt af op 3 mei 2026. "
        "Kijk samen met de inwoner wat daarna nodig is."
    )


def test_een_groep_die_een_andere_naam_kreeg_zet_zichzelf_voort() -> None:
    eerste = indicatie()
    oud = eerste.voorziening.groep
    anders = wijzig_groep(oud, vanaf=OP, naam="anders genoemd", door=MedewerkerFactory())
    indicatie(eerste.persoon, eindigt=None, voorziening=anders.voorzieningen.order_by("pk")[0])
    maak_herindicaties(OP)
    assert not meldingen_van(eerste)


def test_een_voorziening_die_heet_als_haar_groep_wordt_een_keer_genoemd() -> None:
    groep = Voorzieningengroep.objects.create(wet=Wet.WMO, naam="klussen", telt_als_wmo_client=True)
    beschikking = indicatie(voorziening=groep.voorzieningen.create(naam="klussen"))
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert melding.vraag.startswith("De indicatie voor ‘klussen’ loopt af")


def test_huishouden_en_team_zijn_die_van_waar_iemand_die_dag_woont(wijkwerker: Medewerker) -> None:
    toen, nu, straks = HuishoudenFactory(), HuishoudenFactory(), HuishoudenFactory()
    team, elders = TeamFactory(), TeamFactory()
    beschikking = indicatie(melding=MeldingFactory(team=elders, door=wijkwerker))
    persoon = beschikking.persoon
    Verblijf.objects.create(persoon=persoon, huishouden=toen, team=elders, vanaf=date(2020, 1, 1), tot=OP)
    Verblijf.objects.create(persoon=persoon, huishouden=nu, team=team, vanaf=OP, tot=OP + timedelta(days=1))
    Verblijf.objects.create(persoon=persoon, huishouden=straks, team=elders, vanaf=OP + timedelta(days=1))
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert (melding.huishouden, melding.team) == (nu, team)
    assert melding.gebeurtenissen.get().team == team


def test_een_vervallen_verblijf_telt_niet() -> None:
    beschikking = indicatie()
    verblijf = Verblijf.objects.create(
        persoon=beschikking.persoon,
        huishouden=HuishoudenFactory(),
        team=TeamFactory(),
        vanaf=date(2020, 1, 1),
    )
    Verblijf.objects.filter(pk=verblijf.pk).update(vervallen_op=timezone.now(), vervallen_reden="fout")
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert (melding.huishouden, melding.team) == (None, None)


def test_zonder_team_bij_het_adres_is_het_dat_van_de_melding_van_toen(wijkwerker: Medewerker) -> None:
    vorige = MeldingFactory(door=wijkwerker)
    zonder_adres, zonder_team = indicatie(melding=vorige), indicatie(melding=vorige)
    huishouden = huishoudens.nieuw_huishouden(
        persoon=zonder_team.persoon, vanaf=date(2020, 1, 1), door=wijkwerker
    )
    maak_herindicaties(OP)
    [eerste], [tweede] = meldingen_van(zonder_adres), meldingen_van(zonder_team)
    assert (eerste.huishouden, eerste.team) == (None, vorige.team)
    assert (tweede.huishouden, tweede.team) == (huishouden, vorige.team)


def _rijen(melding: Melding) -> dict[str, list[dict[str, Any]]]:
    """Everything that stands about it, without keys and moments."""
    eigen = {"id", "melding_id", "geregistreerd_op", "van", "vanaf", "herindicatie_van_id", "sleutel"}
    eigen |= {"melder_soort", "melder_naam", "melder_telefoon"}
    modellen = (Gebeurtenis, Stand, Koppeling, Toewijzing)
    rijen = {model.__name__: list(model._base_manager.filter(melding=melding).values()) for model in modellen}
    rijen["Melding"] = list(Melding.objects.filter(pk=melding.pk).values())
    return {
        naam: [{veld: waarde for veld, waarde in rij.items() if veld not in eigen} for rij in deze]
        for naam, deze in rijen.items()
    }


def test_wat_er_staat_is_wat_de_workflow_zou_schrijven(wijkwerker: Medewerker) -> None:
    beschikking, team = indicatie(), TeamFactory()
    huishouden = HuishoudenFactory()
    Verblijf.objects.create(
        persoon=beschikking.persoon, huishouden=huishouden, team=team, vanaf=date(2020, 1, 1)
    )
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    met_de_hand = workflow.neem_aan(
        voor=beschikking.persoon,
        melder=Melder(Meldersoort.INWONER, "Jan", telefoon="06"),
        vraag=melding.vraag,
        op=OP,
        door=Medewerker.systeem(NACHTWERK),
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.AFLOOP_INDICATIE,
        aanleiding=Aanleiding.HERINDICATIE,
        toch_apart=True,
    )
    assert _rijen(melding) == _rijen(met_de_hand)
    assert melding.gebeurtenissen.get().geregistreerd_op == melding.geregistreerd_op
    assert not Medewerker.systeem(NACHTWERK).has_usable_password()


def test_zij_gaat_daarna_gewoon_verder(wijkwerker: Medewerker) -> None:
    beschikking = indicatie()
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    melding = workflow.start_gesprek(melding, op=OP, door=wijkwerker)
    assert melding.status == "gesprek"


def test_twee_keer_draaien_geeft_er_een() -> None:
    beschikking = indicatie()
    assert [maak_herindicaties(OP), maak_herindicaties(OP), maak_herindicaties(OP + timedelta(days=7))] == [
        1,
        0,
        0,
    ]
    assert len(meldingen_van(beschikking)) == 1
    assert Gebeurtenis.objects.filter(soort=Soort.ONTVANGEN).count() == 1


def test_een_tweede_melding_van_een_indicatie_weigert_de_database() -> None:
    beschikking = indicatie()
    maak_herindicaties(OP)
    with pytest.raises(IntegrityError, match="herindicatie_van"), transaction.atomic():
        Melding.objects.create(herindicatie_van=beschikking)


def test_het_aantal_opdrachten_hangt_niet_af_van_hoeveel_er_aflopen() -> None:
    Medewerker.systeem(NACHTWERK)
    aantallen = []
    for hoeveel in (0, 1, 50):
        for _ in range(hoeveel):
            indicatie()
        with CaptureQueriesContext(connection) as gedaan:
            assert maak_herindicaties(OP) == hoeveel
        aantallen.append(len(gedaan))
    # weken, account, savepoint en einde daarvan, slot, selectie, drie keer schrijven, tijdelijke tabel weg
    assert aantallen == [10, 10, 10]


def test_bij_een_afgeschermd_huishouden_staat_in_de_melding_niet_meer_dan_anders(
    wijkwerker: Medewerker,
) -> None:
    beschikking = indicatie()
    huishouden = huishoudens.nieuw_huishouden(
        persoon=beschikking.persoon, vanaf=date(2020, 1, 1), door=wijkwerker
    )
    huishoudens.scherm_af(huishouden, reden="veiligheid", door=wijkwerker)
    maak_herindicaties(OP)
    [melding] = meldingen_van(beschikking)
    assert melding.huishouden == huishouden
    assert {melding.melder_naam, melding.melder_telefoon, melding.melder_email} == {""}
