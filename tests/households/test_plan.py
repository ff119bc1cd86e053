"""One plan per household: what the verbs do and refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from households import workflow
from households.models import (
    Afspraaksoort,
    Antwoord,
    Deelnemersoort,
    Doel,
    Doelstand,
    Evaluatie,
    Huishouden,
    Plan,
    Planstap,
    Planwijziging,
    Regiesoort,
    Resultaat,
    Tevredenheid,
    Wijze,
)
from households.planbeeld import beeld
from households.plannen import (
    evaluaties_te_doen,
    gewijzigd_na_versie,
    laatste_akkoord,
    laatste_plan,
    lopend_plan,
    waakvlam_te_doen,
)
from households.workflow import Botsing
from teams.geweigerd import Geweigerd
from teams.models import Instelling, Medewerker
from tests.households.plannen import deelnemer, maak_doel, maak_gezin, persoon

pytestmark = pytest.mark.django_db


@pytest.fixture
def huishouden(wijkwerker: Medewerker) -> Huishouden:
    return maak_gezin(wijkwerker)


@pytest.fixture
def plan(huishouden: Huishouden, wijkwerker: Medewerker) -> Plan:
    return workflow.begin_plan(huishouden, door=wijkwerker)


def vandaag(verder: int = 0) -> date:
    return timezone.localdate() + timedelta(days=verder)


def sluit_af(plan: Plan, door: Medewerker, **anders: Any) -> Any:
    gewoon = {
        "over_resultaat": Tevredenheid.TEVREDEN,
        "over_proces": Tevredenheid.GAAT_WEL,
        "waakvlam_op": vandaag(90),
        "waakvlam_wie": door,
    }
    return workflow.sluit_af(plan, door=door, **(gewoon | anders))


def test_aan_een_nieuw_plan_doet_ieder_mee_die_er_woont_en_wie_het_begint(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    namen = [rij["naam"] for rij in beeld(plan)["deelnemers"]]
    assert namen == ["Mila Bos", "Joris Bos", "Sem Bos", wijkwerker.naam]
    assert lopend_plan(plan.huishouden) == plan


def test_een_tweede_plan_wordt_geweigerd(plan: Plan, collega: Medewerker) -> None:
    with pytest.raises(Geweigerd, match=r"loopt al een plan, sinds .* Een huishouden heeft één plan"):
        workflow.begin_plan(plan.huishouden, door=collega)
    assert Plan.objects.count() == 1


def test_een_doel_begint_vandaag_en_krijgt_een_evaluatie_na_de_afgesproken_tijd(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    Instelling.objects.create(sleutel="evaluatie_weken", geldig_van=vandaag(), waarde=6)
    doel = maak_doel(plan, wijkwerker, voor_wie=[persoon(plan.huishouden, "Sem")])
    assert doel.begin == vandaag()
    assert doel.evaluaties.get().gepland_op == vandaag(42)
    assert list(doel.voor_wie.all()) == [persoon(plan.huishouden, "Sem")]


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"tekst": " \n"}, "Geef het doel op"),
        ({"begin": date(2016, 2, 2), "streefdatum": date(2016, 2, 1)}, "voor de begindatum"),
        ({"besloten": True}, "kies voor wie"),
    ],
)
def test_een_doel_dat_niet_kan_wordt_geweigerd(
    plan: Plan, wijkwerker: Medewerker, anders: dict[str, Any], melding: str
) -> None:
    with pytest.raises(Geweigerd, match=melding):
        maak_doel(plan, wijkwerker, **anders)
    assert not plan.doelen.exists()


def test_wie_niet_meedoet_krijgt_geen_doel_actie_of_regie(plan: Plan, wijkwerker: Medewerker) -> None:
    ander = workflow.begin_plan(maak_gezin(wijkwerker), door=wijkwerker)
    vreemd = ander.deelnemers.first()
    assert vreemd
    for doe in (
        lambda: maak_doel(plan, wijkwerker, eigenaar=vreemd),
        lambda: workflow.voeg_afspraak_toe(
            plan, soort=Afspraaksoort.ACTIE, tekst="x", wie=vreemd, door=wijkwerker
        ),
        lambda: workflow.leg_regie_vast(plan, Regiesoort.DAGELIJKS, vreemd, door=wijkwerker),
    ):
        with pytest.raises(Geweigerd, match="doet niet"):
            doe()


def test_iemand_uit_het_netwerk_heeft_een_actie_die_wordt_afgevinkt(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    riet = workflow.voeg_deelnemer_toe(
        plan, soort=Deelnemersoort.NETWERK, naam=" Riet ", rol="buurvrouw", door=wijkwerker
    )
    doel = maak_doel(plan, wijkwerker)
    actie = workflow.voeg_afspraak_toe(
        plan,
        soort=Afspraaksoort.ACTIE,
        tekst="loopt maandag mee naar school",
        wie=riet,
        doel=doel,
        uiterlijk_op=vandaag(7),
        door=wijkwerker,
    )
    with pytest.raises(Geweigerd, match="Riet heeft nog een open actie of afspraak"):
        workflow.beeindig_deelnemer(riet, door=wijkwerker)
    assert workflow.vink_af(actie, door=wijkwerker).gedaan_op == vandaag()
    with pytest.raises(Geweigerd, match="al gedaan"):
        workflow.vink_af(actie, door=wijkwerker)
    workflow.beeindig_deelnemer(riet, door=wijkwerker)
    mensen = {rij["naam"]: rij["doet_mee"] for rij in beeld(plan)["deelnemers"]}
    assert mensen["Riet"] is False


def test_een_doel_gaat_niet_weer_open_bij_wie_niet_meer_meedoet(plan: Plan, wijkwerker: Medewerker) -> None:
    riet = workflow.voeg_deelnemer_toe(
        plan, soort=Deelnemersoort.NETWERK, naam="Riet", rol="buurvrouw", door=wijkwerker
    )
    doel = maak_doel(plan, wijkwerker, eigenaar=riet)

    def zet(stand: Doelstand) -> Doel:
        doel.refresh_from_db()
        return workflow.wijzig_doel(
            doel, bewerking=doel.bewerking, tekst=doel.tekst, eigenaar=riet, stand=stand, door=wijkwerker
        )

    zet(Doelstand.BEREIKT)
    workflow.beeindig_deelnemer(riet, door=wijkwerker)
    with pytest.raises(Geweigerd, match="Deze persoon doet niet"):
        zet(Doelstand.OPEN)
    assert zet(Doelstand.LOSGELATEN).stand == Doelstand.LOSGELATEN


def test_dezelfde_persoon_doet_een_keer_mee(plan: Plan, wijkwerker: Medewerker) -> None:
    for velden in (
        {"soort": Deelnemersoort.BEWONER, "persoon": persoon(plan.huishouden, "Sem")},
        {"soort": Deelnemersoort.MEDEWERKER, "medewerker": wijkwerker},
    ):
        with pytest.raises(Geweigerd, match="doet al mee"):
            workflow.voeg_deelnemer_toe(plan, door=wijkwerker, **velden)
    with pytest.raises(Geweigerd, match="naam of een organisatie"):
        workflow.voeg_deelnemer_toe(plan, soort=Deelnemersoort.SCHOOL, naam="  ", door=wijkwerker)


def test_van_elke_regie_is_er_een_tegelijk_en_wie_haar_had_blijft_bekend(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    mila, joris = deelnemer(plan, "Mila"), deelnemer(plan, "Joris")
    workflow.leg_regie_vast(plan, Regiesoort.DAGELIJKS, mila, door=wijkwerker)
    workflow.leg_regie_vast(plan, Regiesoort.HOOFDLIJNEN, mila, door=wijkwerker)
    with pytest.raises(Geweigerd, match="heeft deze regie al"):
        workflow.leg_regie_vast(plan, Regiesoort.DAGELIJKS, mila, door=wijkwerker)
    workflow.leg_regie_vast(plan, Regiesoort.DAGELIJKS, joris, reden="Mila is ziek", door=wijkwerker)
    assert [(rij.soort, rij.deelnemer_id, rij.tot is None) for rij in plan.regie.order_by("pk")] == [
        (Regiesoort.DAGELIJKS, mila.pk, False),
        (Regiesoort.HOOFDLIJNEN, mila.pk, True),
        (Regiesoort.DAGELIJKS, joris.pk, True),
    ]


def test_wie_een_oude_tekst_wijzigt_botst_en_niemands_woorden_gaan_weg(
    plan: Plan, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    doel = maak_doel(plan, wijkwerker)
    zelfde = {"eigenaar": doel.eigenaar, "stand": Doelstand.OPEN, "bewerking": doel.bewerking}
    workflow.wijzig_doel(doel, tekst="Sem gaat elke dag naar school", door=collega, **zelfde)
    with pytest.raises(Botsing):
        workflow.wijzig_doel(doel, tekst="Sem gaat graag naar school", door=wijkwerker, **zelfde)
    doel.refresh_from_db()
    workflow.wijzig_doel(
        doel,
        tekst="Sem gaat elke dag graag naar school",
        door=wijkwerker,
        **zelfde | {"bewerking": doel.bewerking},
    )
    stappen = Planwijziging.objects.filter(stap=Planstap.DOEL_GEWIJZIGD).order_by("pk")
    assert [(rij.voor, rij.na, rij.door) for rij in stappen] == [
        ({"tekst": "Sem gaat weer naar school"}, {"tekst": "Sem gaat elke dag naar school"}, collega),
        (
            {"tekst": "Sem gaat elke dag naar school"},
            {"tekst": "Sem gaat elke dag graag naar school"},
            wijkwerker,
        ),
    ]


def test_een_wijziging_die_niets_wijzigt_wordt_geweigerd(plan: Plan, wijkwerker: Medewerker) -> None:
    doel = maak_doel(plan, wijkwerker)
    actie = workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.ACTIE, tekst="bellen", wie=doel.eigenaar, door=wijkwerker
    )
    with pytest.raises(Geweigerd, match="verandert niets"):
        workflow.wijzig_doel(
            doel, bewerking=1, tekst=doel.tekst, eigenaar=doel.eigenaar, stand=Doelstand.OPEN, door=wijkwerker
        )
    with pytest.raises(Geweigerd, match="verandert niets"):
        workflow.wijzig_afspraak(
            actie,
            bewerking=1,
            soort=Afspraaksoort.ACTIE,
            tekst="bellen",
            wie=actie.wie,
            door=wijkwerker,
        )


@pytest.mark.parametrize(
    ("resultaat", "stand", "volgende"),
    [
        (Resultaat.BEREIKT, Doelstand.BEREIKT, 0),
        (Resultaat.NIET_MEER_NODIG, Doelstand.LOSGELATEN, 0),
        (Resultaat.DEELS_BEREIKT, Doelstand.OPEN, 1),
        (Resultaat.NIET_BEREIKT, Doelstand.OPEN, 1),
    ],
)
def test_een_evaluatie_sluit_het_doel_of_plant_de_volgende(
    plan: Plan, wijkwerker: Medewerker, resultaat: Resultaat, stand: Doelstand, volgende: int
) -> None:
    doel = maak_doel(plan, wijkwerker)
    evaluatie = doel.evaluaties.get()
    workflow.houd_evaluatie(evaluatie, op=vandaag(), resultaat=resultaat, toelichting="goed", door=wijkwerker)
    doel.refresh_from_db()
    assert doel.stand == stand
    assert doel.evaluaties.filter(gehouden_op__isnull=True).count() == volgende
    with pytest.raises(Geweigerd, match="al gehouden"):
        workflow.houd_evaluatie(evaluatie, op=vandaag(), resultaat=resultaat, door=wijkwerker)


def test_een_evaluatie_kan_niet_in_de_toekomst_worden_gehouden_of_in_het_verleden_worden_gepland(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    doel = maak_doel(plan, wijkwerker)
    evaluatie = doel.evaluaties.get()
    with pytest.raises(Geweigerd, match="nog komt"):
        workflow.houd_evaluatie(evaluatie, op=vandaag(1), resultaat=Resultaat.BEREIKT, door=wijkwerker)
    with pytest.raises(Geweigerd, match="al voorbij"):
        workflow.plan_evaluatie(doel, op=vandaag(-1), door=wijkwerker)
    with pytest.raises(Geweigerd, match="al een evaluatie"):
        workflow.plan_evaluatie(doel, op=evaluatie.gepland_op, door=wijkwerker)


def test_te_evalueren_is_wat_open_is_in_een_lopend_plan(plan: Plan, wijkwerker: Medewerker) -> None:
    doel = maak_doel(plan, wijkwerker)
    evaluatie = doel.evaluaties.get()
    assert not evaluaties_te_doen(evaluatie.gepland_op - timedelta(days=1)).exists()
    assert evaluaties_te_doen(evaluatie.gepland_op).get() == evaluatie
    workflow.houd_evaluatie(evaluatie, op=vandaag(), resultaat=Resultaat.NIET_BEREIKT, door=wijkwerker)
    assert evaluaties_te_doen(vandaag(1000)).get() != evaluatie
    sluit_af(plan, wijkwerker)
    assert Evaluatie.objects.filter(gehouden_op__isnull=True).exists()
    assert not evaluaties_te_doen(vandaag(1000)).exists()


def test_een_versie_houdt_vast_wat_er_stond(plan: Plan, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="nog geen doel"):
        workflow.stel_vast(plan, door=wijkwerker)
    doel = maak_doel(plan, wijkwerker)
    assert gewijzigd_na_versie(plan)
    een = workflow.stel_vast(plan, door=wijkwerker)
    assert not gewijzigd_na_versie(plan)
    with pytest.raises(Geweigerd, match="niets gewijzigd"):
        workflow.stel_vast(plan, door=wijkwerker)
    workflow.wijzig_doel(
        doel, bewerking=1, tekst="anders", eigenaar=doel.eigenaar, stand=Doelstand.OPEN, door=wijkwerker
    )
    assert gewijzigd_na_versie(plan)
    twee = workflow.stel_vast(plan, door=wijkwerker)
    een.refresh_from_db()
    assert (een.nummer, een.inhoud["doelen"][0]["tekst"]) == (1, "Sem gaat weer naar school")
    assert (twee.nummer, twee.inhoud["doelen"][0]["tekst"]) == (2, "anders")


def test_akkoord_telt_alleen_met_de_laatste_versie_en_wie_nee_zegt_houdt_het_tegen(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    doel = maak_doel(plan, wijkwerker)
    versie = workflow.stel_vast(plan, door=wijkwerker)
    assert laatste_akkoord(plan) is None
    mila, joris = deelnemer(plan, "Mila"), deelnemer(plan, "Joris")

    def zegt(wie: Any, antwoord: Antwoord, opmerking: str = "") -> Any:
        return workflow.leg_mening_vast(
            versie,
            wie,
            antwoord=antwoord,
            wijze=Wijze.MONDELING,
            datum=vandaag(),
            opmerking=opmerking,
            door=wijkwerker,
        )

    ja = zegt(mila, Antwoord.JA)
    assert laatste_akkoord(plan) == ja
    with pytest.raises(Geweigerd, match="opmerking"):
        zegt(joris, Antwoord.NEE)
    zegt(joris, Antwoord.NEE, "te veel hulpverleners")
    assert laatste_akkoord(plan) is None
    assert laatste_akkoord(plan, persoon(plan.huishouden, "Mila")) == ja
    assert laatste_akkoord(plan, persoon(plan.huishouden, "Joris")) is None
    bedacht = zegt(joris, Antwoord.JA_MET_OPMERKING, "als Riet blijft helpen")
    assert laatste_akkoord(plan) == bedacht
    workflow.wijzig_doel(
        doel, bewerking=1, tekst="anders", eigenaar=mila, stand=Doelstand.OPEN, door=wijkwerker
    )
    assert laatste_akkoord(plan) == bedacht
    workflow.stel_vast(plan, door=wijkwerker)
    assert laatste_akkoord(plan) is None
    with pytest.raises(Geweigerd, match="intussen versie 2"):
        zegt(mila, Antwoord.JA)


def test_het_akkoord_van_een_ander_dan_een_bewoner_telt_niet(plan: Plan, wijkwerker: Medewerker) -> None:
    maak_doel(plan, wijkwerker)
    versie = workflow.stel_vast(plan, door=wijkwerker)
    zelf = plan.deelnemers.get(medewerker=wijkwerker)
    velden = {"antwoord": Antwoord.JA, "wijze": Wijze.EMAIL, "door": wijkwerker}
    workflow.leg_mening_vast(versie, zelf, datum=vandaag(), **velden)
    assert laatste_akkoord(plan) is None
    for dag in (-1, 1):
        with pytest.raises(Geweigerd, match="tussen de dag"):
            workflow.leg_mening_vast(versie, zelf, datum=vandaag(dag), **velden)


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"over_proces": None}, "hoe tevreden"),
        ({"over_resultaat": None, "over_proces": None}, "hoe tevreden"),
        ({"niet_gevraagd_omdat": "verhuisd"}, "hoe tevreden"),
        ({"waakvlam_op": None}, "wie er wanneer"),
        ({"waakvlam_wie": None, "waakvlam_op": None}, "wie er wanneer"),
        ({"geen_waakvlam_omdat": "hoeft niet"}, "wie er wanneer"),
        ({"waakvlam_op": date(2015, 1, 1)}, "nog komt"),
    ],
)
def test_afsluiten_vraagt_tevredenheid_en_een_waakvlam_of_waarom_niet(
    plan: Plan, wijkwerker: Medewerker, anders: dict[str, Any], melding: str
) -> None:
    with pytest.raises(Geweigerd, match=melding):
        sluit_af(plan, wijkwerker, **anders)
    assert lopend_plan(plan.huishouden) == plan


def test_een_afgesloten_plan_is_vastgelegd_en_verandert_niet_meer(plan: Plan, wijkwerker: Medewerker) -> None:
    doel = maak_doel(plan, wijkwerker)
    actie = workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.ACTIE, tekst="bellen", wie=doel.eigenaar, doel=doel, door=wijkwerker
    )
    mila = doel.eigenaar
    sluit_af(plan, wijkwerker, over_resultaat=None, over_proces=None, niet_gevraagd_omdat="verhuisd")
    plan.refresh_from_db()
    assert plan.tot
    assert plan.versies.get().inhoud["doelen"][0]["tekst"] == doel.tekst
    stappen: list[Callable[[], Any]] = [
        lambda: maak_doel(plan, wijkwerker, eigenaar=mila),
        lambda: workflow.vink_af(actie, door=wijkwerker),
        lambda: workflow.stel_vast(plan, door=wijkwerker),
        lambda: workflow.leg_regie_vast(plan, Regiesoort.INWONER, mila, door=wijkwerker),
        lambda: workflow.plan_evaluatie(doel, op=vandaag(9), door=wijkwerker),
        lambda: workflow.beeindig_deelnemer(mila, door=wijkwerker),
        lambda: sluit_af(plan, wijkwerker),
    ]
    for stap in stappen:
        with pytest.raises(Geweigerd, match="afgesloten en verandert niet meer"):
            stap()


def test_een_nieuw_plan_neemt_de_open_doelen_en_wie_daarbij_hoort_mee(
    plan: Plan, wijkwerker: Medewerker
) -> None:
    riet = workflow.voeg_deelnemer_toe(plan, soort=Deelnemersoort.NETWERK, naam="Riet", door=wijkwerker)
    open_ = maak_doel(plan, wijkwerker, voor_wie=[persoon(plan.huishouden, "Sem")])
    klaar = maak_doel(plan, wijkwerker, tekst="schulden op orde")
    for tekst in ("bellen", "fietsen"):
        workflow.voeg_afspraak_toe(
            plan, soort=Afspraaksoort.ACTIE, tekst=tekst, wie=riet, doel=open_, door=wijkwerker
        )
    workflow.vink_af(plan.afspraken.get(tekst="bellen"), door=wijkwerker)
    workflow.houd_evaluatie(
        klaar.evaluaties.get(), op=vandaag(), resultaat=Resultaat.BEREIKT, door=wijkwerker
    )
    sluit_af(plan, wijkwerker)
    nieuw = workflow.begin_plan(plan.huishouden, door=wijkwerker, neem_over=True)
    assert nieuw.vorige_id == plan.pk
    over = nieuw.doelen.get()
    assert (over.tekst, over.eigenaar.persoon) == (open_.tekst, persoon(plan.huishouden, "Mila"))
    assert list(over.voor_wie.all()) == [persoon(plan.huishouden, "Sem")]
    assert [(rij.tekst, rij.wie.naam) for rij in over.afspraken.all()] == [("fietsen", "Riet")]
    assert over.evaluaties.count() == 1
    assert nieuw.deelnemers.count() == 5
    assert laatste_plan(plan.huishouden) == nieuw


def test_het_waakvlamcontact_is_te_doen_tot_het_is_gehad(plan: Plan, wijkwerker: Medewerker) -> None:
    afsluiting = sluit_af(plan, wijkwerker)
    assert not waakvlam_te_doen(vandaag(89)).exists()
    assert waakvlam_te_doen(vandaag(90)).get() == afsluiting
    with pytest.raises(Geweigerd, match="tussen de dag"):
        workflow.leg_waakvlam_vast(afsluiting, op=vandaag(1), verslag="goed", door=wijkwerker)
    workflow.leg_waakvlam_vast(afsluiting, op=vandaag(), verslag="Het gaat goed", door=wijkwerker)
    assert not waakvlam_te_doen(vandaag(90)).exists()
    with pytest.raises(Geweigerd, match="al vastgelegd"):
        workflow.leg_waakvlam_vast(afsluiting, op=vandaag(), verslag="nog eens", door=wijkwerker)


def test_elke_stap_laat_een_regel_na(plan: Plan, wijkwerker: Medewerker) -> None:
    doel = maak_doel(plan, wijkwerker)
    actie = workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.AFSPRAAK, tekst="om tien uur naar bed", wie=doel.eigenaar, door=wijkwerker
    )
    workflow.wijzig_afspraak(
        actie,
        bewerking=1,
        soort=Afspraaksoort.AFSPRAAK,
        tekst="om negen uur naar bed",
        wie=doel.eigenaar,
        vervallen=True,
        door=wijkwerker,
    )
    workflow.plan_evaluatie(doel, op=vandaag(3), door=wijkwerker)
    versie = workflow.stel_vast(plan, door=wijkwerker)
    workflow.leg_mening_vast(
        versie, doel.eigenaar, antwoord=Antwoord.JA, wijze=Wijze.POST, datum=vandaag(), door=wijkwerker
    )
    sluit_af(plan, wijkwerker)
    assert list(plan.wijzigingen.order_by("pk").values_list("stap", flat=True)) == [
        Planstap.BEGONNEN,
        Planstap.DOEL_TOEGEVOEGD,
        Planstap.AFSPRAAK_TOEGEVOEGD,
        Planstap.AFSPRAAK_GEWIJZIGD,
        Planstap.EVALUATIE_GEPLAND,
        Planstap.VASTGESTELD,
        Planstap.AKKOORD,
        Planstap.AFGESLOTEN,
    ]
