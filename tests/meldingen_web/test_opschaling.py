"""Scaling up: asking, taking, answering and going on; who may do what, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden
from meldingen import workflow
from meldingen.models import Melding, Opschaling, Opschalingsoort, Opschalingstap
from meldingen.workflow import StapGeweigerd
from teams.berichten import _effecten
from teams.geweigerd import Geweigerd
from teams.models import Aanstelling, Instelling, Inzage, Medewerker, Rol, Team, Teamsoort
from teams.post import Bericht
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from tests.meldingen.test_tegelijk import tegelijk
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import berichten

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


# de pagina's


def test_wijkwerker_vraagt_expert_antwoordt_wijkwerker_leest_en_schaalt_af(
    bezoek: Client, melding: Melding, expert: Medewerker, expertteam: Team
) -> None:
    huis = f"/huishoudens/{melding.huishouden_id}"
    vraag = {**VRAAG, "wat": f"bindend_advies-{expertteam.pk}", "melding": melding.pk}
    assert "Bindend advies: Expertteam Haven" in bezoek.get(huis).content.decode()
    gevraagd = bezoek.post(f"{huis}/opschalingen", vraag)
    rij = Opschaling.objects.get()
    assert (gevraagd.status_code, gevraagd.headers["Location"]) == (303, huis)
    assert berichten(gevraagd)[-1].startswith("Gevraagd van Expertteam Haven; het antwoord komt uiterlijk op")
    nog_eens = bezoek.post(f"{huis}/opschalingen", vraag)
    assert nog_eens.status_code == 409
    assert "Er loopt al een vraag" in nog_eens.content.decode()

    daar = browser(expert)
    lijst = daar.get("/opschalingen").content.decode()
    assert "Jansen" in lijst
    assert "nog niemand" in lijst
    adres = f"/opschalingen/{rij.pk}"
    assert daar.post(f"{adres}/antwoord/oppakken").status_code == 303
    assert daar.post(f"{adres}/antwoord/oppakken").status_code == 409
    leeg = daar.post(f"{adres}/antwoord/antwoord", {"antwoord": ""})
    assert leeg.status_code == 200
    assert "antwoord" in leeg.context["formulier"].errors
    assert daar.post(f"{adres}/antwoord/antwoord", {"antwoord": "Nee, zoek <b>iets</b>."}).status_code == 303

    assert "Antwoord op wat u vroeg" in bezoek.get("/werkvoorraad").content.decode()
    for pagina in (huis, f"/meldingen/{melding.pk}", adres):
        html = bezoek.get(pagina).content.decode()
        assert "Bindend advies" in html, pagina
        assert "Het wijkteam volgt dit advies." in html, pagina
        assert "Nee, zoek &lt;b&gt;iets&lt;/b&gt;." in html, pagina
    assert bezoek.post(f"{adres}/stappen/gelezen").status_code == 303
    assert "Antwoord op wat u vroeg" not in bezoek.get("/werkvoorraad").content.decode()
    assert bezoek.post(f"{adres}/stappen/afschalen", {"verder": "wij zoeken een plek"}).status_code == 303
    html = bezoek.get(f"{huis}?soort=opschaling").content.decode()
    assert "Eerdere opschalingen (1)" in html
    assert "Bindend advies: afgeschaald" in html
    assert "Bindend advies: opgepakt" in html


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"wat": "consult-999999"}, "wat"),
        ({"wat": ""}, "wat"),
        ({"vraag": ""}, "vraag"),
        ({"vraag": "x" * 4001}, "vraag"),
        ({"uiterlijk_op": "31-02-2026"}, "uiterlijk_op"),
        ({"melding": "999999"}, "melding"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_er_is_niets_gevraagd(
    bezoek: Client, melding: Melding, expertteam: Team, velden: dict[str, str], veld: str
) -> None:
    goed = {**VRAAG, "wat": f"consult-{expertteam.pk}"}
    antwoord = bezoek.post(f"/huishoudens/{melding.huishouden_id}/opschalingen", {**goed, **velden})
    assert antwoord.status_code == 200
    assert veld in antwoord.context["formulier"].errors
    assert not Opschaling.objects.exists()


def test_een_dag_die_voorbij_is_en_een_soort_zonder_team_worden_gezegd(
    bezoek: Client, melding: Melding, expertteam: Team
) -> None:
    pad = f"/huishoudens/{melding.huishouden_id}/opschalingen"
    gisteren = f"{dag(-1):%d-%m-%Y}"
    laat = bezoek.post(pad, {**VRAAG, "wat": f"consult-{expertteam.pk}", "uiterlijk_op": gisteren})
    assert laat.status_code == 409
    assert f"Antwoord op {gisteren} kan niet" in laat.content.decode()
    zonder = bezoek.post(pad, {**VRAAG, "wat": "interventieteam-"})
    assert zonder.status_code == 409
    assert "Er is geen Tijdelijk Interventieteam voor stadsdeel Haven" in zonder.content.decode()


def test_wie_niet_in_het_expertteam_werkt_komt_niet_bij_wat_daar_gevraagd_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    pad = f"/opschalingen/{opgeschaald.pk}"
    mijn = browser(wijkwerker)
    assert mijn.get("/opschalingen").status_code == 403
    assert mijn.post(f"{pad}/antwoord/oppakken").status_code == 403
    assert mijn.post(f"{pad}/stappen/oppakken").status_code == 404
    assert browser(collega).get(pad).status_code == 404
    elders = stel_aan(MedewerkerFactory(), Rol.EXPERT, TeamFactory(soort=Teamsoort.EXPERTTEAM))
    assert browser(elders).post(f"{pad}/antwoord/oppakken").status_code == 404
    assert browser(elders).get("/opschalingen").status_code == 200


def test_de_lijst_zet_wat_het_eerst_moet_bovenaan_en_vraagt_niet_meer_voor_meer(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    daar = browser(expert)
    daar.get("/opschalingen")
    with CaptureQueriesContext(
        connection,
    ) as een:
        daar.get("/opschalingen")
    for nummer in range(6):
        ander = meld(f"Bakker{nummer}", door=wijkwerker, telefoon=f"06876543{nummer:02}")
        assert ander.huishouden
        workflow.schaal_op(
            ander.huishouden,
            soort=Opschalingsoort.CONSULT,
            uiterlijk_op=dag(nummer),
            **VRAAG,
            door=wijkwerker,
        )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE meldingen_opschaling DISABLE TRIGGER bewaak_opschaling")
    Opschaling.objects.filter(uiterlijk_op=dag()).update(uiterlijk_op=dag(-3))
    logregels = Inzage.objects.count()
    with CaptureQueriesContext(connection) as zeven:
        html = daar.get("/opschalingen").content.decode()
    assert len(zeven) == len(een)
    assert Inzage.objects.count() == logregels + 7
    assert html.index("Bakker0") < html.index("Bakker1") < html.index("Bakker5") < html.index("Jansen")
    assert html.count("3 dagen te laat") == 1


def test_de_mail_zegt_alleen_dat_er_antwoord_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    Medewerker.objects.filter(pk=wijkwerker.pk).update(email="w@voorbeeld.nl")
    tot(opgeschaald, "beantwoord", expert)
    bericht = Bericht.objects.get(soort="opschaling_beantwoord")
    assert bericht.gegevens == {"soort": "bindend advies", "pad": f"/opschalingen/{opgeschaald.pk}"}
    _effecten[bericht.soort].voer_uit(bericht)
    [brief] = mail.outbox
    assert brief.to == ["w@voorbeeld.nl"]
    assert brief.subject == "Er is antwoord op uw vraag om bindend advies"
    assert "Jansen" not in str(brief.message())


def test_op_de_afdruk_voor_een_lid_staat_niet_wat_gevraagd_en_geantwoord_is(
    bezoek: Client, opgeschaald: Opschaling, melding: Melding
) -> None:
    adres = f"/huishoudens/{melding.huishouden_id}?afdruk"
    assert "Is thuis wonen nog veilig?" in bezoek.get(adres).content.decode()
    assert (
        "Is thuis wonen nog veilig?" not in bezoek.get(f"{adres}&lid={melding.persoon_id}").content.decode()
    )
