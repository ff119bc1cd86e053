"""Dividing: what was ticked goes to somebody or to another team, all or nothing; and everything of a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort
from meldingen import workflow
from meldingen.models import Melding, Toewijzing
from teams.models import Aanstelling, Handeling, Inzage, Medewerker, Rol, Team
from teams.perioden import lopend
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.werk import geef, maak_belofte, maak_melding, vandaag

pytestmark = pytest.mark.django_db
ADRES = "/werkvoorraad/verdelen"
OVERDRAGEN = "/werkvoorraad/overdragen"


@pytest.fixture
def client(client: Client, coordinator: Medewerker) -> Client:
    client.force_login(coordinator)
    return client


def verdeel(client: Client, meldingen: list[Any], naar: str, reden: str = "vakantie") -> Any:
    sleutels = [getattr(melding, "pk", melding) for melding in meldingen]
    return client.post(ADRES, {"melding": sleutels, "naar": naar, "reden": reden, "terug": "lijst=triage"})


def berichten(antwoord: Any) -> list[str]:
    return [str(bericht) for bericht in get_messages(antwoord.wsgi_request)]


def staat_bij(*meldingen: int) -> list[tuple[Team | None, Medewerker | None]]:
    nu = Melding.objects.in_bulk(meldingen)
    return [(nu[pk].team, nu[pk].behandelaar) for pk in meldingen]


def test_wat_is_aangevinkt_gaat_naar_een_teamlid_met_een_reden(
    client: Client, coordinator: Medewerker, wijkwerker: Medewerker, haven: Team
) -> None:
    meldingen = [maak_melding(haven), maak_melding(haven), maak_melding(None)]
    antwoord = verdeel(client, meldingen, f"{haven.pk}-{wijkwerker.pk}")
    assert (antwoord.status_code, antwoord.url) == (303, "/werkvoorraad?lijst=triage")
    assert berichten(antwoord) == ["3 meldingen naar wijkwerker."]
    assert staat_bij(*[melding.pk for melding in meldingen]) == [(haven, wijkwerker)] * 3
    toewijzingen = Toewijzing.objects.filter(lopend(), melding__in=meldingen)
    assert {(rij.door, rij.reden) for rij in toewijzingen} == {(coordinator, "vakantie")}
    gelogd = Inzage.objects.filter(handeling=Handeling.GEWIJZIGD, toegestaan=True)
    assert {regel.sleutel for regel in gelogd} == {melding.pk for melding in meldingen}


def test_terug_naar_de_triage_en_naar_een_ander_team(
    client: Client, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    terug, weg = (geef(maak_melding(haven), wijkwerker, haven) for _ in range(2))
    verdeel(client, [terug], str(haven.pk))
    verdeel(client, [weg], str(stad.pk))
    assert staat_bij(terug.pk, weg.pk) == [(haven, None), (stad, None)]


def test_een_vreemde_melding_ertussen_houdt_alles_tegen(
    client: Client, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    eigen, vreemd = maak_melding(haven), maak_melding(stad)
    for anders in (vreemd.pk, vreemd.pk + 1000, "x", "-1", "9" * 30, "²"):
        antwoord = verdeel(client, [eigen, anders], f"{haven.pk}-{wijkwerker.pk}")
        assert antwoord.status_code == 404, anders
    assert staat_bij(eigen.pk, vreemd.pk) == [(haven, None), (stad, None)]
    assert not Inzage.objects.filter(handeling=Handeling.GEWIJZIGD, toegestaan=True).exists()
    assert Inzage.objects.filter(toegestaan=False).count() == 6


def test_een_afgeronde_melding_ertussen_houdt_alles_tegen_en_wordt_genoemd(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    eigen, klaar = maak_melding(haven), maak_melding(haven, dagen=9, tot="ingetrokken")
    antwoord = verdeel(client, [eigen, klaar], f"{haven.pk}-{wijkwerker.pk}")
    assert antwoord.status_code == 409
    [bericht] = berichten(antwoord)
    assert bericht.startswith(f"{klaar.nummer}: Deze melding is afgerond")
    assert staat_bij(eigen.pk) == [(haven, None)]
    assert antwoord.context["verdelen"]["reden"].value() == "vakantie"
    assert f'value="{eigen.pk}"' in antwoord.content.decode()
    assert "checked" in antwoord.content.decode()
    assert not Inzage.objects.filter(handeling=Handeling.GEWIJZIGD).exists()


@pytest.mark.parametrize(("weg", "veld"), [("melding", "__all__"), ("naar", "naar"), ("reden", "reden")])
def test_zonder_keuze_of_reden_gebeurt_er_niets(client: Client, haven: Team, weg: str, veld: str) -> None:
    melding = maak_melding(haven)
    gegevens = {"melding": [melding.pk], "naar": str(haven.pk), "reden": "druk", "terug": "lijst=team"}
    antwoord = client.post(ADRES, {naam: waarde for naam, waarde in gegevens.items() if naam != weg})
    assert antwoord.status_code == 200
    assert veld in antwoord.context["verdelen"].errors
    assert antwoord.context["lijst"] == "team"
    assert not Toewijzing.objects.exists()


def test_aan_iemand_van_een_ander_team_kan_niet_worden_gegeven(
    client: Client, collega: Medewerker, haven: Team, stad: Team
) -> None:
    melding = maak_melding(haven)
    for naar in (f"{stad.pk}-{collega.pk}", f"{haven.pk}-{collega.pk}", "x", f"{haven.pk}-"):
        assert "naar" in verdeel(client, [melding], naar).context["verdelen"].errors
    assert staat_bij(melding.pk) == [(haven, None)]


def test_wie_niet_meer_werkt_krijgt_niets_meer(client: Client, wijkwerker: Medewerker, haven: Team) -> None:
    melding = maak_melding(haven)
    weg = stel_aan(MedewerkerFactory(is_active=False), Rol.WIJKWERKER, haven)
    Aanstelling.objects.filter(medewerker=wijkwerker).update(tot=date(2020, 1, 1))
    for medewerker in (weg, wijkwerker):
        antwoord = verdeel(client, [melding], f"{haven.pk}-{medewerker.pk}")
        assert "naar" in antwoord.context["verdelen"].errors


def test_wie_geen_coordinator_is_verdeelt_niet_en_ziet_er_niets_van(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = maak_melding(haven)
    client.force_login(wijkwerker)
    assert verdeel(client, [melding], str(haven.pk)).status_code == 403
    assert client.get(OVERDRAGEN).status_code == 403
    assert client.post(OVERDRAGEN, {}).status_code == 403
    antwoord = client.get("/werkvoorraad", {"lijst": "team"})
    assert "verdelen" not in antwoord.context
    assert 'name="melding"' not in antwoord.content.decode()


def test_een_coordinator_verdeelt_ook_wat_afgeschermd_is_zonder_te_zien_over_wie_het_gaat(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = maak_melding(haven, naam="Kanarie", afgeschermd=True)
    inhoud = client.get("/werkvoorraad", {"lijst": "team"}).content.decode()
    assert f'value="{melding.pk}"' in inhoud
    assert "Kanarie" not in inhoud
    assert verdeel(client, [melding], f"{haven.pk}-{wijkwerker.pk}").status_code == 303
    assert staat_bij(melding.pk) == [(haven, wijkwerker)]


def test_alles_van_een_collega_gaat_in_een_keer_over_ook_het_terugbellen(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team, stad: Team
) -> None:
    stel_aan(wijkwerker, Rol.WIJKWERKER, stad)
    nieuw = stel_aan(MedewerkerFactory(username="nieuw"), Rol.WIJKWERKER, haven)
    weg = [geef(maak_melding(haven), wijkwerker, haven) for _ in range(3)]
    klaar = geef(maak_melding(haven), wijkwerker, haven)
    workflow.trek_in(klaar, op=vandaag(), reden="opgelost", door=wijkwerker)
    elders = geef(maak_melding(stad), wijkwerker, stad)
    belofte, belofte_elders = (
        maak_belofte(haven, medewerker=wijkwerker),
        maak_belofte(stad, medewerker=wijkwerker),
    )
    keuze = {"van": f"{haven.pk}-{wijkwerker.pk}", "naar": f"{haven.pk}-{nieuw.pk}", "reden": "uit dienst"}
    assert dict(client.get(OVERDRAGEN).context["form"].fields["van"].choices) == {
        "": "kies",
        keuze["van"]: "wijkwerker (Wijkteam Haven), 4 open",
    }
    antwoord = client.post(OVERDRAGEN, keuze)
    assert antwoord.status_code == 303
    assert berichten(antwoord) == ["3 meldingen en 1 keer terugbellen overgedragen."]
    assert staat_bij(*[melding.pk for melding in weg]) == [(haven, nieuw)] * 3
    assert staat_bij(klaar.pk, elders.pk) == [(haven, wijkwerker), (stad, wijkwerker)]
    for rij, van in ((belofte, nieuw), (belofte_elders, wijkwerker)):
        rij.refresh_from_db()
        assert rij.medewerker == van
    assert Inzage.objects.filter(handeling=Handeling.GEWIJZIGD).count() == 4


def test_wie_vaste_contactpersoon_is_draagt_ook_dat_over_maar_niet_van_wie_afgeschermd_is(
    client: Client, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    nieuw = stel_aan(MedewerkerFactory(username="nieuw"), Rol.WIJKWERKER, haven)
    eigen, verstopt, elders = (
        meld(naam, door=wijkwerker, postcode=postcode).huishouden
        for naam, postcode in (("Bos", "1316AA"), ("Smit", "1316AB"), ("Vos", "1315AA"))
    )
    for huishouden in (eigen, verstopt, elders):
        huishoudens.maak_contactpersoon(huishouden, wijkwerker, door=wijkwerker)
    huishoudens.scherm_af(verstopt, reden="veiligheid", door=wijkwerker)

    keuze = {"van": f"{haven.pk}-{wijkwerker.pk}", "naar": f"{haven.pk}-{nieuw.pk}", "reden": "uit dienst"}
    assert client.get(OVERDRAGEN).context["form"].fields["van"].choices[1][1].endswith("1 open")
    antwoord = client.post(OVERDRAGEN, keuze)

    assert berichten(antwoord) == ["1 huishouden als vaste contactpersoon overgedragen."]
    gezichten = Betrokkenheid.objects.filter(lopend(), soort=Betrokkenheidsoort.CONTACTPERSOON)
    assert dict(gezichten.values_list("huishouden", "medewerker")) == {
        eigen.pk: nieuw.pk,
        verstopt.pk: wijkwerker.pk,
        elders.pk: wijkwerker.pk,
    }
    assert Inzage.objects.filter(handeling=Handeling.GEWIJZIGD, huishouden=eigen.pk).count() == 1


def test_het_werk_van_een_ander_team_wordt_niet_overgedragen(
    client: Client, collega: Medewerker, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    melding = geef(maak_melding(stad), collega, stad)
    eigen = geef(maak_melding(haven), wijkwerker, haven)
    nieuw = stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, stad)
    for van, naar in (
        (f"{stad.pk}-{collega.pk}", f"{stad.pk}-{nieuw.pk}"),
        (f"{haven.pk}-{wijkwerker.pk}", f"{stad.pk}-{nieuw.pk}"),
        (f"{haven.pk}-{wijkwerker.pk}", f"{haven.pk}-{wijkwerker.pk}"),
        ("x", "y"),
    ):
        antwoord = client.post(OVERDRAGEN, {"van": van, "naar": naar, "reden": "ziek"})
        assert antwoord.status_code == 200
        assert antwoord.context["form"].errors
    assert staat_bij(melding.pk, eigen.pk) == [(stad, collega), (haven, wijkwerker)]


def test_wie_twee_teams_verdeelt_draagt_niet_over_van_het_ene_naar_het_andere(
    client: Client,
    coordinator: Medewerker,
    wijkwerker: Medewerker,
    collega: Medewerker,
    haven: Team,
    stad: Team,
) -> None:
    stel_aan(coordinator, Rol.COORDINATOR, stad)
    melding = geef(maak_melding(haven), wijkwerker, haven)
    keuze = {"van": f"{haven.pk}-{wijkwerker.pk}", "naar": f"{stad.pk}-{collega.pk}", "reden": "ziek"}
    antwoord = client.post(OVERDRAGEN, keuze)
    assert antwoord.context["form"].errors["naar"] == ["Kies een collega uit Wijkteam Haven."]
    assert staat_bij(melding.pk) == [(haven, wijkwerker)]


def test_is_alles_intussen_al_weg_dan_staat_dat_er_en_blijft_staan_wat_gekozen_was(
    client: Client,
    wijkwerker: Medewerker,
    coordinator: Medewerker,
    haven: Team,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    melding = geef(maak_melding(haven), wijkwerker, haven)
    echt = workflow.draag_alles_over

    def eerst_een_ander(**wat: Any) -> Any:
        echt(**wat)
        return echt(**wat)

    monkeypatch.setattr(workflow, "draag_alles_over", eerst_een_ander)
    keuze = {"van": f"{haven.pk}-{wijkwerker.pk}", "naar": f"{haven.pk}-{coordinator.pk}", "reden": "ziek"}
    antwoord = client.post(OVERDRAGEN, keuze)
    assert antwoord.status_code == 409
    assert berichten(antwoord) == ["wijkwerker heeft niets meer openstaan in Wijkteam Haven."]
    assert antwoord.context["form"]["reden"].value() == "ziek"
    assert staat_bij(melding.pk) == [(haven, wijkwerker)]


def test_zonder_open_werk_zegt_de_pagina_dat(client: Client) -> None:
    assert "heeft op dit moment niemand iets openstaan" in client.get(OVERDRAGEN).content.decode()


def test_toewijzingen_blijven_staan_met_wie_en_wanneer(
    client: Client, coordinator: Medewerker, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    begin = timezone.now()
    melding = maak_melding(haven)
    verdeel(client, [melding], f"{haven.pk}-{wijkwerker.pk}", "past bij haar")
    verdeel(client, [melding], str(stad.pk), "verhuisd")
    rijen = list(melding.toewijzingen.order_by("pk"))
    assert [(rij.team, rij.medewerker, rij.reden) for rij in rijen] == [
        (haven, wijkwerker, "past bij haar"),
        (stad, None, "verhuisd"),
    ]
    assert rijen[0].tot is not None
    assert rijen[0].beeindigd_door == coordinator
    assert rijen[0].vanaf >= begin or rijen[0].tot >= rijen[0].vanaf
