"""Scaling up: asking, taking, answering and going on; who may do what, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden
from meldingen import workflow
from meldingen.models import Melding, Opschaling, Opschalingsoort, Opschalingstap
from meldingen.workflow import StapGeweigerd
from teams.access import Actie, mag
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.models import Aanstelling, Instelling, Medewerker, Rol, Team, Teamsoort
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from tests.meldingen.test_tegelijk import tegelijk
from tests.meldingen_web.conftest import meld

VRAAG = {"vraag": "Is thuis wonen nog veilig?"}


def dag(verder: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=verder)


def browser(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def leest_mee(huishouden: Huishouden, team: Team) -> bool:
    return huishouden.betrokkenen.filter(team=team, tot__isnull=True).exists()


def contactpersoon(huishouden: Huishouden) -> Medewerker | None:
    rij = huishouden.betrokkenen.filter(soort=Betrokkenheidsoort.CONTACTPERSOON, tot__isnull=True).first()
    return rij.medewerker if rij else None


def tot(opschaling: Opschaling, status: str, expert: Medewerker) -> Opschaling:
    """Taken, and answered where that is asked."""
    opschaling = workflow.pak_opschaling_op(opschaling, door=expert)
    if status == "beantwoord":
        opschaling = workflow.beantwoord_opschaling(opschaling, antwoord="Nee.", door=expert)
    return opschaling


# vragen, oppakken, beantwoorden, afschalen


def test_een_vraag_komt_terug_bij_wie_hem_stelde_en_zolang_leest_het_expertteam_mee(
    melding: Melding, wijkwerker: Medewerker, expert: Medewerker, expertteam: Team, opgeschaald: Opschaling
) -> None:
    huishouden = opgeschaald.huishouden
    assert (opgeschaald.team, opgeschaald.van_team.code) == (expertteam, "haven")
    assert opgeschaald.uiterlijk_op >= dag(14)
    assert browser(expert).get(f"/huishoudens/{huishouden.pk}").status_code == 200
    opgeschaald = tot(opgeschaald, "beantwoord", expert)
    assert (opgeschaald.medewerker, opgeschaald.beantwoord_door, opgeschaald.gezien_op) == (
        expert,
        expert,
        None,
    )
    workflow.lees_antwoord(opgeschaald, door=wijkwerker)
    opgeschaald = workflow.schaal_af(opgeschaald, verder="wij zoeken een andere plek", door=wijkwerker)
    assert (opgeschaald.status, opgeschaald.eind) == ("afgeschaald", "wij zoeken een andere plek")
    assert not leest_mee(huishouden, expertteam)
    assert browser(expert).get(f"/huishoudens/{huishouden.pk}").status_code == 200
    assert browser(expert).get(f"/opschalingen/{opgeschaald.pk}").status_code == 404
    assert [rij.get_stap_display() for rij in opgeschaald.stappen.order_by("pk")] == [
        "gevraagd",
        "opgepakt",
        "beantwoord",
        "antwoord gelezen",
        "afgeschaald",
    ]


def test_de_termijn_komt_uit_de_instelling_van_die_dag_en_mag_eerder(
    melding: Melding, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    vraag: dict[str, Any] = {**VRAAG, "door": wijkwerker}
    Instelling.objects.create(sleutel="opschaling_consult_dagen", geldig_van=dag(), waarde=30)
    consult = workflow.schaal_op(melding.huishouden, soort=Opschalingsoort.CONSULT, **vraag)
    assert dag(30) <= consult.uiterlijk_op <= dag(34)
    eerder = workflow.schaal_op(
        melding.huishouden, soort=Opschalingsoort.COORDINATIE, uiterlijk_op=dag(1), **vraag
    )
    assert eerder.uiterlijk_op == dag(1)
    for wanneer, waarom in ((dag(-1), "het is vandaag"), (dag(60), "eerder vragen mag")):
        with pytest.raises(StapGeweigerd, match=waarom):
            workflow.schaal_op(
                melding.huishouden, soort=Opschalingsoort.BINDEND_ADVIES, uiterlijk_op=wanneer, **vraag
            )


def test_twee_vragen_aan_een_team_delen_het_meelezen_tot_de_laatste_af_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expertteam: Team
) -> None:
    huishouden = opgeschaald.huishouden
    consult = workflow.schaal_op(huishouden, soort=Opschalingsoort.CONSULT, **VRAAG, door=wijkwerker)
    assert consult.betrokkenheid_id == opgeschaald.betrokkenheid_id
    workflow.trek_opschaling_in(consult, reden="niet meer nodig", door=wijkwerker)
    assert leest_mee(huishouden, expertteam)
    workflow.trek_opschaling_in(opgeschaald, reden="niet meer nodig", door=wijkwerker)
    assert not leest_mee(huishouden, expertteam)


def test_met_coordinatie_gaat_de_contactpersoon_mee_en_na_afschalen_terug(
    melding: Melding, wijkwerker: Medewerker, buur: Medewerker, expert: Medewerker
) -> None:
    huishouden = melding.huishouden
    assert huishouden
    huishoudens.maak_contactpersoon(huishouden, buur, door=buur)
    rij = workflow.schaal_op(huishouden, soort=Opschalingsoort.COORDINATIE, **VRAAG, door=wijkwerker)
    assert contactpersoon(huishouden) == buur
    rij = tot(rij, "beantwoord", expert)
    assert contactpersoon(huishouden) == expert
    Aanstelling.objects.filter(medewerker=buur).update(tot=dag())
    workflow.schaal_af(rij, verder="het gezin kan weer zelf", door=wijkwerker)
    assert contactpersoon(huishouden) == wijkwerker


def test_wie_coordineert_gaat_niet_mee_naar_het_huishouden_dat_zich_afsplitst(
    melding: Melding, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    assert melding.huishouden
    lid = PersoonFactory(achternaam="Lid")
    huishoudens.neem_op(lid, melding.huishouden, vanaf=dag(), postcode="1316AA", door=wijkwerker)
    rij = workflow.schaal_op(
        melding.huishouden, soort=Opschalingsoort.COORDINATIE, vraag="Wie doet wat?", door=wijkwerker
    )
    rij = workflow.pak_opschaling_op(rij, door=expert)
    nieuw = workflow.splits(melding.huishouden, [lid], op=dag(), door=wijkwerker).ander
    assert mag(Wie.van(expert), Actie.LEZEN, melding.huishouden)
    assert not mag(Wie.van(expert), Actie.LEZEN, nieuw)
    rij = workflow.beantwoord_opschaling(rij, antwoord="De school belt.", door=expert)
    workflow.schaal_af(rij, verder="met de school", door=wijkwerker)
    assert not Betrokkenheid.objects.filter(medewerker=expert, tot=None).exists()


def test_zonder_coordinatie_blijft_de_contactpersoon_van_het_wijkteam(
    opgeschaald: Opschaling, buur: Medewerker, expert: Medewerker
) -> None:
    huishoudens.maak_contactpersoon(opgeschaald.huishouden, buur, door=buur)
    tot(opgeschaald, "beantwoord", expert)
    assert contactpersoon(opgeschaald.huishouden) == buur


def test_wie_niet_verder_kan_legt_terug_en_een_collega_pakt_op(
    opgeschaald: Opschaling, expert: Medewerker, expertteam: Team
) -> None:
    ander = stel_aan(MedewerkerFactory(), Rol.EXPERT, expertteam)
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    with pytest.raises(StapGeweigerd, match="opgepakt door expert"):
        workflow.beantwoord_opschaling(opgeschaald, antwoord="Ja.", door=ander)
    workflow.leg_opschaling_terug(opgeschaald, reden="ziek", door=ander)
    assert workflow.pak_opschaling_op(opgeschaald, door=ander).medewerker == ander


def test_een_vraag_heen_en_weer(opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker) -> None:
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    workflow.vraag_wijkteam(opgeschaald, vraag="Wie woont er nog?", door=expert)
    with pytest.raises(StapGeweigerd, match="al een vraag open"):
        workflow.vraag_wijkteam(opgeschaald, vraag="En waar?", door=expert)
    with pytest.raises(StapGeweigerd, match="vanuit het wijkteam"):
        workflow.beantwoord_opschalingsvraag(opgeschaald, antwoord="Oma.", door=expert)
    rij = workflow.beantwoord_opschalingsvraag(opgeschaald, antwoord="Oma.", door=wijkwerker)
    with pytest.raises(StapGeweigerd, match="geen vraag open"):
        workflow.beantwoord_opschalingsvraag(opgeschaald, antwoord="Opa.", door=wijkwerker)
    with pytest.raises(IntegrityError, match="niet gewijzigd"), transaction.atomic():
        type(rij).objects.filter(pk=rij.pk).update(antwoord="Opa.")


def test_een_vraag_die_openstaat_bij_het_antwoord_is_niet_meer_nodig_en_kan_niet_meer_beantwoord(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    vraag = workflow.vraag_wijkteam(opgeschaald, vraag="Wie woont er nog?", door=expert)
    workflow.leg_opschaling_terug(opgeschaald, reden="ziek", door=expert)
    with pytest.raises(StapGeweigerd, match="nog door niemand opgepakt"):
        workflow.beantwoord_opschalingsvraag(opgeschaald, antwoord="Oma.", door=wijkwerker)
    tot(opgeschaald, "beantwoord", expert)
    laat = browser(wijkwerker).post(
        f"/opschalingen/{opgeschaald.pk}/stappen/vraag-antwoord", {"antwoord": "laat"}
    )
    assert laat.status_code == 409
    vraag.refresh_from_db()
    assert (vraag.antwoord or "").startswith("niet meer nodig")
    assert vraag.beantwoord_door == expert


@pytest.mark.parametrize(
    ("soort", "teamsoort"),
    [
        (Opschalingsoort.INTERVENTIETEAM, Teamsoort.INTERVENTIETEAM),
        (Opschalingsoort.BRANDPUNT, Teamsoort.BRANDPUNT),
    ],
)
def test_interventieteam_en_brandpuntfunctionaris_zijn_er_voor_de_hele_gemeente(
    melding: Melding,
    wijkwerker: Medewerker,
    expertteam: Team,
    soort: Opschalingsoort,
    teamsoort: Teamsoort,
) -> None:
    with pytest.raises(StapGeweigerd, match=f"Er is geen {teamsoort.label} voor stadsdeel Haven"):
        workflow.schaal_op(melding.huishouden, soort=soort, **VRAAG, door=wijkwerker)
    team = TeamFactory(soort=teamsoort)
    assert workflow.schaal_op(melding.huishouden, soort=soort, **VRAAG, door=wijkwerker).team == team


# wat niet kan


def test_een_tweede_van_dezelfde_soort_kan_niet_ook_niet_in_de_database(
    opgeschaald: Opschaling, wijkwerker: Medewerker
) -> None:
    with pytest.raises(StapGeweigerd, match="Er loopt al een vraag om bindend advies bij Expertteam Haven"):
        workflow.schaal_op(
            opgeschaald.huishouden, soort=Opschalingsoort.BINDEND_ADVIES, **VRAAG, door=wijkwerker
        )
    kopie = {
        veld.attname: getattr(opgeschaald, veld.attname)
        for veld in Opschaling._meta.concrete_fields
        if not veld.primary_key
    }
    with pytest.raises(IntegrityError, match="opschaling_een_per_soort"), transaction.atomic():
        Opschaling.objects.create(**kopie)


def test_zonder_expertteam_in_het_stadsdeel_wordt_het_geweigerd(
    melding: Melding, wijkwerker: Medewerker, haven: Team
) -> None:
    Team.objects.filter(pk=haven.pk).update(stadsdeel="Haven")
    elders = TeamFactory(soort=Teamsoort.EXPERTTEAM, stadsdeel="Buiten")
    for team in (None, elders):
        with pytest.raises(StapGeweigerd, match=r"voor stadsdeel Haven\. Vraag de beheerder"):
            workflow.schaal_op(
                melding.huishouden, soort=Opschalingsoort.CONSULT, team=team, **VRAAG, door=wijkwerker
            )
    assert not Betrokkenheid.objects.filter(soort=Betrokkenheidsoort.OPGESCHAALD).exists()


def test_zonder_adres_is_er_geen_stadsdeel(wijkwerker: Medewerker, expertteam: Team) -> None:
    with pytest.raises(StapGeweigerd, match="geen wijkteam bekend"):
        workflow.schaal_op(
            Huishouden.objects.create(), soort=Opschalingsoort.CONSULT, **VRAAG, door=wijkwerker
        )


def test_van_twee_expertteams_in_een_stadsdeel_kiest_men_er_een(
    melding: Melding, wijkwerker: Medewerker, expertteam: Team
) -> None:
    ander = TeamFactory(soort=Teamsoort.EXPERTTEAM, stadsdeel="Haven", naam="Expertteam Kade")
    vraag: dict[str, Any] = {"soort": Opschalingsoort.CONSULT, **VRAAG, "door": wijkwerker}
    with pytest.raises(StapGeweigerd, match="Kies welk team"):
        workflow.schaal_op(melding.huishouden, **vraag)
    assert workflow.schaal_op(melding.huishouden, team=ander, **vraag).team == ander


def test_van_een_afgeschermd_huishouden_leest_geen_team_mee(
    melding: Melding, wijkwerker: Medewerker, expertteam: Team
) -> None:
    assert melding.huishouden
    huishoudens.scherm_af(melding.huishouden, reden="gevlucht", door=wijkwerker)
    with pytest.raises(StapGeweigerd, match="afgeschermd"):
        workflow.schaal_op(melding.huishouden, soort=Opschalingsoort.CONSULT, **VRAAG, door=wijkwerker)


def test_afschermen_beeindigt_wat_er_aan_opschaling_loopt_en_geeft_het_contact_terug(
    melding: Melding, wijkwerker: Medewerker, buur: Medewerker, expert: Medewerker, expertteam: Team
) -> None:
    huishouden = melding.huishouden
    assert huishouden
    huishoudens.maak_contactpersoon(huishouden, buur, door=buur)
    soorten = (Opschalingsoort.CONSULT, Opschalingsoort.COORDINATIE, Opschalingsoort.BINDEND_ADVIES)
    gevraagd, opgepakt, beantwoord = (
        workflow.schaal_op(huishouden, soort=soort, **VRAAG, door=wijkwerker) for soort in soorten
    )
    tot(opgepakt, "opgepakt", expert)
    tot(beantwoord, "beantwoord", expert)
    assert contactpersoon(huishouden) == expert
    huishoudens.betrek(huishouden, wijkwerker, door=buur)
    pad = f"/huishoudens/{huishouden.pk}"
    assert browser(wijkwerker).post(f"{pad}/afscherming", {"reden": "gevlucht"}).status_code == 303
    rijen = {rij.pk: (rij.status, rij.eind, rij.beeindigd_door) for rij in Opschaling.objects.all()}
    eind = ("het huishouden is afgeschermd", wijkwerker)
    assert rijen == {
        gevraagd.pk: ("ingetrokken", *eind),
        opgepakt.pk: ("ingetrokken", *eind),
        beantwoord.pk: ("afgeschaald", *eind),
    }
    assert contactpersoon(huishouden) == buur
    assert not leest_mee(huishouden, expertteam)
    assert browser(expert).get(pad).status_code == 404
    assert browser(buur).get(pad).status_code == browser(wijkwerker).get(pad).status_code == 200
    huishoudens.hef_afscherming_op(huishouden, door=wijkwerker)
    assert not leest_mee(huishouden, expertteam)
    assert browser(expert).get(f"/opschalingen/{opgepakt.pk}").status_code == 404


def test_afschermen_zonder_reden_of_door_wie_weg_is_beeindigt_niets(
    opgeschaald: Opschaling, wijkwerker: Medewerker
) -> None:
    with pytest.raises(Geweigerd, match="reden"):
        workflow.scherm_af(opgeschaald.huishouden, reden=" ", door=wijkwerker)
    wijkwerker.is_active = False
    with pytest.raises(StapGeweigerd, match="niet meer in gebruik"):
        workflow.scherm_af(opgeschaald.huishouden, reden="gevlucht", door=wijkwerker)
    opgeschaald.refresh_from_db()
    assert opgeschaald.loopt
    assert not opgeschaald.huishouden.afgeschermd


def test_een_melding_van_een_ander_huishouden_een_lege_vraag_en_wie_weg_is(
    melding: Melding, wijkwerker: Medewerker, expertteam: Team, collega: Medewerker
) -> None:
    ander = meld("Bakker", door=collega, postcode="1315AA", telefoon="0687654321")
    soort = Opschalingsoort.CONSULT
    with pytest.raises(StapGeweigerd, match="ander huishouden"):
        workflow.schaal_op(melding.huishouden, soort=soort, **VRAAG, melding=ander, door=wijkwerker)
    with pytest.raises(Geweigerd, match="Geef een vraag op"):
        workflow.schaal_op(melding.huishouden, soort=soort, vraag=" ", door=wijkwerker)
    wijkwerker.is_active = False
    with pytest.raises(StapGeweigerd, match="niet meer in gebruik"):
        workflow.schaal_op(melding.huishouden, soort=soort, **VRAAG, door=wijkwerker)


def test_antwoorden_kan_alleen_iemand_van_het_team_die_het_opgepakt_heeft_en_een_keer(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    elders = stel_aan(MedewerkerFactory(), Rol.EXPERT, TeamFactory(soort=Teamsoort.EXPERTTEAM))
    for wie in (wijkwerker, elders):
        for doe in (
            lambda wie=wie: workflow.pak_opschaling_op(opgeschaald, door=wie),
            lambda wie=wie: workflow.beantwoord_opschaling(opgeschaald, antwoord="Ja.", door=wie),
        ):
            with pytest.raises(StapGeweigerd, match="gevraagd van Expertteam Haven"):
                doe()
    with pytest.raises(StapGeweigerd, match="nog door niemand opgepakt"):
        workflow.beantwoord_opschaling(opgeschaald, antwoord="Ja.", door=expert)
    tot(opgeschaald, "beantwoord", expert)
    with pytest.raises(StapGeweigerd, match="al beantwoord"):
        workflow.beantwoord_opschaling(opgeschaald, antwoord="Toch wel.", door=expert)
    with pytest.raises(StapGeweigerd, match="deze opschaling is beantwoord"):
        workflow.pak_opschaling_op(opgeschaald, door=expert)
    assert Opschaling.objects.get().antwoord == "Nee."


def test_afschalen_kan_pas_na_het_antwoord_en_niet_door_een_derde(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker, collega: Medewerker
) -> None:
    with pytest.raises(StapGeweigerd, match="nog door niemand opgepakt"):
        workflow.schaal_af(opgeschaald, verder="verder", door=wijkwerker)
    tot(opgeschaald, "beantwoord", expert)
    derde = stel_aan(MedewerkerFactory(), Rol.EXPERT, TeamFactory(soort=Teamsoort.EXPERTTEAM))
    for wie in (collega, derde):
        with pytest.raises(StapGeweigerd, match="Afschalen doet wie vanuit het wijkteam"):
            workflow.schaal_af(opgeschaald, verder="verder", door=wie)
    with pytest.raises(StapGeweigerd, match="vanuit het wijkteam"):
        workflow.lees_antwoord(opgeschaald, door=expert)
    with pytest.raises(StapGeweigerd, match="deze opschaling is beantwoord"):
        workflow.trek_opschaling_in(opgeschaald, reden="toch niet", door=wijkwerker)
    workflow.schaal_af(opgeschaald, verder="verder", door=expert)
    with pytest.raises(StapGeweigerd, match="deze opschaling is afgeschaald"):
        workflow.schaal_af(opgeschaald, verder="verder", door=wijkwerker)


def test_lezen_kan_een_keer_en_pas_als_er_een_antwoord_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    with pytest.raises(StapGeweigerd, match="nog geen antwoord"):
        workflow.lees_antwoord(opgeschaald, door=wijkwerker)
    tot(opgeschaald, "beantwoord", expert)
    workflow.lees_antwoord(opgeschaald, door=wijkwerker)
    with pytest.raises(StapGeweigerd, match="al gelezen"):
        workflow.lees_antwoord(opgeschaald, door=wijkwerker)


def test_een_team_dat_voor_een_opschaling_meeleest_wordt_niet_los_daarvan_beeindigd(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expertteam: Team
) -> None:
    with pytest.raises(StapGeweigerd, match="Schaal die af"):
        workflow.beeindig_betrokkenheid(opgeschaald.betrokkenheid, door=wijkwerker)
    assert leest_mee(opgeschaald.huishouden, expertteam)


def test_een_huishouden_dat_opgaat_in_een_ander_heeft_geen_opschaling_meer(
    opgeschaald: Opschaling, wijkwerker: Medewerker
) -> None:
    ander = meld("Bakker", door=wijkwerker, telefoon="0687654321").huishouden
    assert ander
    with pytest.raises(Geweigerd, match="loopt nog een opschaling"):
        workflow.voeg_samen(ander, opgeschaald.huishouden, op=dag(), door=wijkwerker)


def test_de_database_houdt_vast_wat_gevraagd_en_geantwoord_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    rij = Opschaling.objects.filter(pk=opgeschaald.pk)
    for wijziging in ({"vraag": "anders"}, {"uiterlijk_op": dag(90)}, {"status": "beantwoord"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rij.update(**wijziging)
    tot(opgeschaald, "beantwoord", expert)
    with pytest.raises(IntegrityError, match="gevraagd en geantwoord"), transaction.atomic():
        rij.update(antwoord="toch wel")
    workflow.schaal_af(opgeschaald, verder="verder", door=wijkwerker)
    for verkeerd in (lambda: rij.update(eind="anders"), lambda: rij.delete(), lambda: _veeg(Opschalingstap)):
        with pytest.raises(IntegrityError), transaction.atomic():
            verkeerd()


def _veeg(model: Any) -> None:
    model.objects.update(toelichting="anders")


def test_van_twee_experts_tegelijk_heeft_er_een_het(
    eigen_database: EigenDatabase, opgeschaald: Opschaling, expert: Medewerker, expertteam: Team
) -> None:
    ander = stel_aan(MedewerkerFactory(username="ander"), Rol.EXPERT, expertteam)
    uitkomsten = tegelijk(
        lambda: workflow.pak_opschaling_op(opgeschaald, door=expert),
        lambda: workflow.pak_opschaling_op(opgeschaald, door=ander),
    )
    rij = Opschaling.objects.get()
    assert sorted(uitkomsten) == ["", f"Dit kan nu niet: deze opschaling is opgepakt door {rij.medewerker}."]
    assert rij.stappen.count() == 2


def test_van_twee_dezelfde_vragen_tegelijk_komt_er_een(
    eigen_database: EigenDatabase,
    melding: Melding,
    wijkwerker: Medewerker,
    buur: Medewerker,
    expertteam: Team,
) -> None:
    uitkomsten = tegelijk(
        *(
            lambda wie=wie: workflow.schaal_op(
                melding.huishouden, soort=Opschalingsoort.CONSULT, **VRAAG, door=wie
            )
            for wie in (wijkwerker, buur)
        )
    )
    assert sorted(map(bool, uitkomsten)) == [False, True]
    assert Opschaling.objects.count() == Betrokkenheid.objects.filter(team=expertteam).count() == 1
