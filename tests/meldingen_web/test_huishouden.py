"""The page of a household in two tiers, what one does there, and the list."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Noodtoegang, Rol
from meldingen import workflow
from meldingen.models import Melding
from teams.models import Grond, Handeling, Inzage, Medewerker, Team
from teams.models import Rol as Teamrol
from tests.factories import HuishoudenFactory, MedewerkerFactory, PersoonFactory
from tests.meldingen_web.conftest import meld, werkt
from tests.meldingen_web.hulp import berichten, fouten, rijen, zonder_slot

pytestmark = pytest.mark.django_db


def pad(melding: Melding, rest: str = "") -> str:
    return f"/huishoudens/{melding.huishouden_id}{rest}"


def tekst(antwoord: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", antwoord.content.decode()).split())


def test_wie_het_dossier_leest_ziet_leden_adressen_meldingen_en_tijdlijn(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    huishoudens.maak_contactpersoon(melding.huishouden, wijkwerker, door=wijkwerker)
    workflow.noteer(melding, tekst="Belde terug", door=wijkwerker)
    antwoord = bezoek.get(pad(melding))
    gelezen = tekst(antwoord)
    assert antwoord.status_code == 200
    assert "Jo Jansen (1-5-1943)" in gelezen
    assert "1316AA 1 Wijkteam Haven" in gelezen
    assert "Vaste contactpersoon wijkwerker sinds" in gelezen
    assert melding.nummer in gelezen
    assert "Belde terug" in gelezen
    gelogd = list(Inzage.objects.order_by("pk").values_list("onderwerp", "handeling", "grond"))
    assert gelogd[0] == ("households.Huishouden", Handeling.GEOPEND, Grond.BETROKKEN)
    assert {rij[0] for rij in gelogd[1:]} == {"households.Persoon", "meldingen.Melding"}


def test_afdrukken_staat_als_afdruk_in_het_logboek(bezoek: Client, melding: Melding) -> None:
    antwoord = bezoek.get(pad(melding, "?afdruk"))
    assert "Wat kan nu" not in tekst(antwoord)
    assert Inzage.objects.filter(handeling=Handeling.AFGEDRUKT, huishouden=melding.huishouden_id).count() == 1


def test_wie_alleen_mag_weten_dat_en_wie_ziet_niet_meer(
    client: Client, collega: Medewerker, stad: Team, wijkwerker: Medewerker, melding: Melding
) -> None:
    huishoudens.maak_contactpersoon(melding.huishouden, wijkwerker, door=wijkwerker)
    client.force_login(collega)
    antwoord = client.get(pad(melding))
    gelezen = tekst(antwoord)
    assert "is bekend" in gelezen
    assert "Wijkteam Haven" in gelezen
    assert "wijkwerker" in gelezen
    assert timezone.localdate().strftime("%Y") in gelezen
    for geheim in ("Jansen", "1316", "0612345678", "Hulp na", melding.nummer):
        assert geheim not in antwoord.content.decode()
    regel = Inzage.objects.get()
    assert (regel.grond, regel.handeling, regel.huishouden) == (
        Grond.BEKEND,
        Handeling.GEOPEND,
        melding.huishouden_id,
    )
    assert "Noodtoegang" in gelezen


def test_het_kcc_weet_dat_en_wie_zonder_noodtoegang(client: Client, melding: Melding) -> None:
    client.force_login(werkt(MedewerkerFactory(), None, Teamrol.KCC))
    antwoord = client.get(pad(melding))
    assert (antwoord.status_code, "Noodtoegang" in tekst(antwoord)) == (200, False)
    assert client.post(pad(melding, "/noodtoegang"), {"reden": "x"}).status_code == 403


def test_wie_noodtoegang_had_leest_tot_wanneer_die_liep(
    client: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    nood = huishoudens.open_noodtoegang(melding.huishouden, reden="kind alleen thuis", medewerker=collega)
    eerder = timezone.now() - timedelta(hours=2)
    Noodtoegang.objects.filter(pk=nood.pk).update(vanaf=eerder - timedelta(hours=3), tot=eerder)
    client.force_login(collega)
    gelezen = tekst(client.get(pad(melding)))
    assert "Jansen" not in gelezen
    assert (
        f"Uw vorige noodtoegang liep tot {date_format(timezone.localtime(eerder), 'j F Y H:i')} uur"
        in gelezen
    )


def test_een_afgeschermd_huishouden_is_voor_ieder_ander_een_404(
    client: Client,
    wijkwerker: Medewerker,
    buur: Medewerker,
    collega: Medewerker,
    stad: Team,
    melding: Melding,
) -> None:
    huishoudens.scherm_af(melding.huishouden, reden="veiligheid", door=wijkwerker)
    for wie in (buur, collega):
        client.force_login(wie)
        sleutels = (melding.huishouden_id, melding.huishouden_id + 1000, 10**30)
        antwoorden = [client.get(f"/huishoudens/{sleutel}") for sleutel in sleutels]
        assert {antwoord.status_code for antwoord in antwoorden} == {404}
        assert len({zonder_slot(antwoord) for antwoord in antwoorden}) == 1
    assert Inzage.objects.filter(toegestaan=False).count() == 6
    client.force_login(wijkwerker)
    assert "afgeschermd" in tekst(client.get(pad(melding)))


def test_afschermen_en_opheffen_met_reden(bezoek: Client, wijkwerker: Medewerker, melding: Melding) -> None:
    reden = {"reden": "bedreigd door ex"}
    assert bezoek.post(pad(melding, "/afscherming"), reden).status_code == 404
    huishoudens.betrek(melding.huishouden, wijkwerker, door=wijkwerker)
    assert fouten(bezoek.post(pad(melding, "/afscherming"), {"reden": " "})) == {
        "reden": ["Dit veld is vereist."]
    }
    assert bezoek.post(pad(melding, "/afscherming"), reden).status_code == 303
    huishouden = Huishouden.objects.get(pk=melding.huishouden_id)
    assert (huishouden.afgeschermd, huishouden.afgeschermd_reden) == (True, "bedreigd door ex")
    assert bezoek.post(pad(melding, "/afscherming/einde"), {"reden": "voorbij"}).status_code == 303
    huishouden.refresh_from_db()
    assert not huishouden.afgeschermd
    assert Inzage.objects.filter(reden="voorbij", handeling=Handeling.GEWIJZIGD).exists()


def test_een_collega_betrekken_en_weer_beeindigen(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    assert bezoek.post(pad(melding, "/betrokkenen"), {"medewerker": collega.pk}).status_code == 303
    rij = Betrokkenheid.objects.get(medewerker=collega)
    assert (rij.soort, rij.tot) == (Betrokkenheidsoort.BETROKKEN, None)
    einde = pad(melding, f"/betrokkenen/{rij.pk}/einde")
    assert bezoek.post(einde).status_code == 303
    assert bezoek.post(einde).status_code == 404
    assert "Wie was betrokken collega" in tekst(bezoek.get(pad(melding)))
    ander = meld("Bakker", door=collega, postcode="1315AA", telefoon="0687654321")
    vreemd = huishoudens.betrek(ander.huishouden, collega, door=collega)
    assert bezoek.post(pad(melding, f"/betrokkenen/{vreemd.pk}/einde")).status_code == 404


def test_de_contactpersoon_wisselt_en_dat_blijft_te_tellen(
    bezoek: Client,
    wijkwerker: Medewerker,
    buur: Medewerker,
    collega: Medewerker,
    stad: Team,
    melding: Melding,
) -> None:
    for wie in (wijkwerker, buur):
        antwoord = bezoek.post(pad(melding, "/contactpersoon"), {"medewerker": wie.pk})
        assert berichten(antwoord)[-1] == f"{wie.naam} is nu de vaste contactpersoon."
    assert Betrokkenheid.objects.filter(soort=Betrokkenheidsoort.CONTACTPERSOON).count() == 2
    antwoord = bezoek.post(pad(melding, "/contactpersoon"), {"medewerker": collega.pk})
    assert "Selecteer een geldige keuze" in fouten(antwoord)["medewerker"][0]


@pytest.mark.parametrize(
    "rest",
    [
        "/contactpersoon",
        "/betrokkenen",
        "/betrokkenen/1/einde",
        "/opschalingen",
        "/afscherming",
        "/afscherming/einde",
    ],
)
def test_wie_er_niet_mee_werkt_wijzigt_niets(
    client: Client, collega: Medewerker, stad: Team, melding: Melding, rest: str
) -> None:
    voor = rijen()
    client.force_login(collega)
    assert client.post(pad(melding, rest), {"reden": "x"}).status_code == 404
    assert not Inzage.objects.get().toegestaan
    client.force_login(werkt(MedewerkerFactory(), None, Teamrol.FG))
    assert client.post(pad(melding, rest)).status_code == 403
    client.logout()
    assert client.post(pad(melding, rest))["Location"].startswith("/aanmelden")
    assert rijen() == voor


@pytest.mark.parametrize("rest", ["/afscherming", "/opschalingen", "/contactpersoon", "/noodtoegang"])
def test_een_get_wijzigt_niets(bezoek: Client, melding: Melding, rest: str) -> None:
    assert bezoek.get(pad(melding, rest))["Location"] == pad(melding)


# De lijst


def test_de_lijst_toont_de_huishoudens_van_het_team_met_wie_en_hoeveel(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    dag = timezone.localdate()
    hoofd, partner, kind = (PersoonFactory(achternaam=naam) for naam in ("Vries", "Yılmaz", "Kind"))
    hoofd.tussenvoegsel = "de"
    hoofd.save()
    gezin = HuishoudenFactory()
    for lid, rol in ((kind, Rol.KIND), (partner, Rol.PARTNER), (hoofd, Rol.HOOFD)):
        huishoudens.neem_op(
            lid, gezin, vanaf=dag - timedelta(days=9), postcode="1316AB", door=wijkwerker, rol=rol
        )
    huishoudens.maak_contactpersoon(gezin, wijkwerker, door=wijkwerker)
    meld("Vreemd", door=collega, postcode="1315AA", telefoon="0687654321")
    antwoord = bezoek.get("/huishoudens")
    regels = [
        (regel.naam, regel.aantal, regel.contactpersoon, regel.open_meldingen)
        for regel in antwoord.context["regels"]
    ]
    assert regels == [("Jansen", 1, None, 1), ("de Vries – Yılmaz", 3, wijkwerker, 0)]
    gelogd = Inzage.objects.all()
    assert {rij.huishouden for rij in gelogd} == {gezin.pk, melding.huishouden_id}
    assert {rij.handeling for rij in gelogd} == {Handeling.IN_LIJST}


def test_een_lege_lijst_zegt_wat_er_zou_staan(client: Client, collega: Medewerker, stad: Team) -> None:
    client.force_login(collega)
    assert "Er zijn er nog geen." in tekst(client.get("/huishoudens"))


def test_de_lijst_gaat_per_vijfentwintig_en_kost_evenveel_vragen(
    bezoek: Client,
    wijkwerker: Medewerker,
    melding: Melding,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # Session, user, roles (3); count and rows (2); log (1); who lives there, contactpersonen, meldingen (3).
    bezoek.get("/huishoudens")
    with CaptureQueriesContext(connection) as een:
        bezoek.get("/huishoudens")
    for nummer in range(30):
        nieuw = huishoudens.nieuw_huishouden(
            persoon=PersoonFactory(), vanaf=timezone.localdate(), postcode="1316AB", door=wijkwerker
        )
        if nummer % 2:
            huishoudens.maak_contactpersoon(nieuw, wijkwerker, door=wijkwerker)
    with django_assert_num_queries(len(een)):
        antwoord = bezoek.get("/huishoudens")
    assert len(antwoord.context["regels"]) == 25
    assert len(bezoek.get("/huishoudens?bladzijde=2").context["regels"]) == 6
    for onzin in ("0", "-1", "x", "9" * 30, "", "\x00"):
        assert bezoek.get("/huishoudens", {"bladzijde": onzin}).status_code == 200


def test_het_dossier_kost_evenveel_vragen_hoe_groot_het_ook_is(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    # As the page of a melding, without milestones and term; rights per form don't depend on the rows. Beside it who
    # ever lived there, what happened to the household, notes, ketenpartners, relations and loose promises (10);
    # opschalingen, their steps, what can be asked of whom, and how long it circles (9).
    def vul(keer: int) -> None:
        for nummer in range(keer):
            huishoudens.neem_op(
                PersoonFactory(),
                melding.huishouden,
                vanaf=timezone.localdate(),
                postcode="1316AA",
                door=wijkwerker,
            )
            workflow.noteer(melding, tekst=f"notitie {nummer}", door=wijkwerker)
            huishoudens.maak_contactpersoon(
                melding.huishouden, (buur, wijkwerker)[nummer % 2], door=wijkwerker
            )
            workflow.neem_aan(
                voor=melding.persoon,
                melder=workflow.Melder(1, "Jansen", telefoon="0612345678"),
                vraag=f"vraag {nummer}",
                op=timezone.localdate(),
                toch_apart=True,
                door=wijkwerker,
            )

    vul(2)
    bezoek.get(pad(melding))
    with CaptureQueriesContext(connection) as weinig:
        bezoek.get(pad(melding))
    vul(10)
    with CaptureQueriesContext(connection) as veel:
        bezoek.get(pad(melding))
    assert len(veel) == len(weinig) <= 65
