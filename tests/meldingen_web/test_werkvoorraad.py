"""The page of the werkvoorraad: what is on it for whom, and what one can do from it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.workflow import maak_contactpersoon
from meldingen.models import BewaardFilter, Melding
from teams.models import Aanstelling, Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.werk import geef, maak_belofte, maak_melding, uren_oud

pytestmark = pytest.mark.django_db
ADRES = "/werkvoorraad"


def tekst(antwoord: Any) -> str:
    """The page with its white space folded, for looking up words."""
    return " ".join(antwoord.content.decode().split())


def berichten(antwoord: Any) -> list[str]:
    return [str(bericht) for bericht in get_messages(antwoord.wsgi_request)]


@pytest.fixture
def client(client: Client, wijkwerker: Medewerker) -> Client:
    client.force_login(wijkwerker)
    return client


def test_wie_niet_is_aangemeld_meldt_zich_eerst_aan() -> None:
    antwoord = Client().get(ADRES)
    assert antwoord.status_code == 302
    assert antwoord.url.startswith("/aanmelden")


@pytest.mark.parametrize("rol", [Rol.KCC, Rol.KLACHTEN, Rol.ANALIST, Rol.BEHEER, Rol.FG])
def test_wie_geen_meldingen_leest_heeft_geen_werkvoorraad(client: Client, rol: Rol) -> None:
    client.force_login(stel_aan(MedewerkerFactory(), rol))
    assert client.get(ADRES).status_code == 403


def test_een_toetser_heeft_alleen_alles(client: Client, haven: Team) -> None:
    melding = maak_melding(haven, dagen=10, tot="onderzoek_afgerond")
    client.force_login(stel_aan(MedewerkerFactory(), Rol.TOETSER))
    antwoord = client.get(ADRES)
    assert [tab[:2] for tab in antwoord.context["tabs"]] == [("alles", "Alles")]
    assert melding.nummer in tekst(antwoord)
    assert "Pak op" not in tekst(antwoord)


def test_een_lege_lijst_zegt_wat_er_zou_staan(client: Client) -> None:
    assert "die u heeft opgepakt of gekregen" in tekst(client.get(ADRES))
    for lijst in ("team", "triage", "terugbellen", "alles"):
        assert client.get(ADRES, {"lijst": lijst}).status_code == 200


def test_een_rij_zegt_wie_wat_hoe_ver_hoe_oud_en_bij_wie(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = geef(maak_melding(haven, dagen=12, naam="Bakker", tot="gesprek"), wijkwerker, haven)
    melding.persoon.geboortedatum = date(1943, 1, 1)
    melding.persoon.save()
    contact = MedewerkerFactory(first_name="Sanne", last_name="Werkster")
    maak_contactpersoon(melding.huishouden, contact, door=wijkwerker)
    inhoud = tekst(client.get(ADRES))
    for woord in (melding.nummer, "Bakker", "hulp na een val", "gesprek gestart", "12 d", "nog 30 dagen"):
        assert woord in inhoud
    for woord in ("Sanne Werkster", "wijkwerker", "Haven", f"/meldingen/{melding.pk}"):
        assert woord in inhoud
    assert "Spoed</strong>" not in inhoud


def test_spoed_en_te_laat_staan_er_in_woorden(client: Client, haven: Team) -> None:
    uren_oud(maak_melding(haven, spoed=True), 6)
    maak_melding(haven, dagen=45)
    inhoud = tekst(client.get(ADRES, {"lijst": "team"}))
    assert "Spoed</strong>" in inhoud
    assert "2 uur te laat" in inhoud
    assert "3 dagen te laat" in inhoud
    assert "nog niemand" in inhoud


def test_een_lange_vraag_wordt_afgekapt_en_onschadelijk_gemaakt(client: Client, haven: Team) -> None:
    maak_melding(haven, vraag="<script>alert(1)</script>" + "x" * 10_000, naam="<b>Vet</b>")
    inhoud = tekst(client.get(ADRES, {"lijst": "team"}))
    assert "<script>alert" not in inhoud
    assert "<b>Vet" not in inhoud
    assert "x" * 81 not in inhoud


def test_van_een_afgeschermd_huishouden_staat_er_geen_naam_en_geen_vraag(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = maak_melding(haven, naam="Kanarie", vraag="kanarievraag", afgeschermd=True)
    antwoord = client.get(ADRES, {"lijst": "team"})
    inhoud = tekst(antwoord)
    assert "afgeschermd huishouden" in inhoud
    assert melding.nummer in inhoud
    for geheim in ("Kanarie", "kanarievraag", f"/meldingen/{melding.pk}", "Pak op"):
        assert geheim not in inhoud
    assert not Inzage.objects.exists()


def test_wat_gelezen_wordt_staat_in_het_logboek_en_wat_op_een_andere_bladzijde_staat_niet(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    meldingen = [maak_melding(haven) for _ in range(27)]
    belofte = maak_belofte(haven, uren=1)
    client.get(ADRES, {"lijst": "team"})
    gelezen = Inzage.objects.filter(medewerker=wijkwerker, handeling=Handeling.IN_LIJST, toegestaan=True)
    assert set(gelezen.filter(onderwerp="meldingen.Melding").values_list("sleutel", flat=True)) == {
        melding.pk for melding in meldingen[:24]
    }
    assert gelezen.get(onderwerp="meldingen.Terugbelverzoek").sleutel == belofte.pk


def test_bladeren_gaat_van_voor_naar_achter_en_houdt_het_filter(client: Client, haven: Team) -> None:
    for _ in range(27):
        maak_melding(haven)
    keuzes = {"lijst": "team", "fase": "ontvangen"}
    eerste = client.get(ADRES, keuzes)
    laatste = client.get(ADRES, keuzes | {"pagina": 2})
    assert (len(eerste.context["rijen"]), len(laatste.context["rijen"])) == (25, 2)
    assert "lijst=team&amp;fase=ontvangen&amp;pagina=2" in tekst(eerste)
    for onzin in ("99", "-1", "x"):
        assert client.get(ADRES, keuzes | {"pagina": onzin}).status_code == 200


def test_het_aantal_vragen_aan_de_database_hangt_niet_af_van_het_aantal_rijen(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    # Session, who, roles; answers to what one asked; teams, colleagues, levensgebieden; terms (2 settings, what was
    # put off, also for the menu); one's gesprekken; per fase and the promises beside it; per list of meldingen and of
    # promises; spoed that waits; the page; its meldingen as seen, as read, the log, as workable, as divisible,
    # contactpersonen; its promises as read, the log, as callable; filters; what waits in the triage (3).
    client.force_login(coordinator)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevangen:
            assert client.get(ADRES, {"lijst": "team"}).status_code == 200
        return len(gevangen)

    maak_melding(haven)
    maak_belofte(haven)
    een = vragen()
    for nummer in range(48):
        melding = geef(maak_melding(haven, dagen=50), wijkwerker, haven)
        maak_contactpersoon(melding.huishouden, wijkwerker, door=wijkwerker)
        if nummer % 4 == 0:
            maak_belofte(haven, melding=melding, uren=-24 * 9)
    assert vragen() == een
    assert een <= 35
    rijen = client.get(ADRES, {"lijst": "team"}).context["rijen"]
    assert {type(rij).__name__: len(rijen) for rij in rijen} == {"Meldingrij": 25, "Belrij": 25}


def test_de_tellingen_per_lijst_en_fase_staan_op_de_pagina(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    geef(maak_melding(haven, dagen=3, tot="gesprek"), wijkwerker, haven)
    maak_melding(haven)
    maak_melding(haven)
    maak_belofte(haven)
    antwoord = client.get(ADRES, {"lijst": "team", "fase": "gesprek"})
    assert {tab[0]: tab[2] for tab in antwoord.context["tabs"]} == {
        "van-mij": 1,
        "team": 4,
        "triage": 2,
        "terugbellen": 1,
        "alles": 4,
    }
    assert {fase.value: aantal for fase, aantal in antwoord.context["fasen"]} == {
        "ontvangen": 2,
        "gesprek": 1,
    }
    assert antwoord.context["bladzijde"].paginator.count == 1


def test_een_keuze_die_er_niet_is_krijgt_een_fout_bij_het_veld(client: Client, haven: Team) -> None:
    maak_melding(haven)
    onzin = dict.fromkeys(
        ("fase", "categorie", "kanaal", "termijn", "team", "behandelaar", "volgorde"), "<x>"
    )
    antwoord = client.get(ADRES, {"lijst": "team", **onzin})
    assert antwoord.status_code == 200
    assert set(antwoord.context["keuzes"].errors) == set(onzin)
    assert len(antwoord.context["rijen"]) == 1
    assert "<x>" not in tekst(antwoord)


def test_oppakken_zet_de_melding_op_mijn_naam_en_gaat_terug_naar_de_lijst(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = maak_melding(haven)
    antwoord = client.post(f"{ADRES}/{melding.pk}/oppakken", {"terug": "lijst=triage&fase=ontvangen"})
    assert antwoord.status_code == 303
    assert parse_qs(urlsplit(antwoord.url).query) == {"lijst": ["triage"], "fase": ["ontvangen"]}
    assert urlsplit(antwoord.url).path == ADRES
    assert Melding.objects.get(pk=melding.pk).behandelaar == wijkwerker


def test_terug_gaat_nooit_naar_een_andere_site(client: Client, haven: Team) -> None:
    melding = maak_melding(haven)
    antwoord = client.post(f"{ADRES}/{melding.pk}/oppakken", {"terug": "https://elders.example/?x=1"})
    assert antwoord.url.startswith(f"{ADRES}?")


def test_wie_te_laat_is_met_oppakken_hoort_wie_er_eerder_was(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    melding = geef(maak_melding(haven), coordinator, haven)
    antwoord = client.post(f"{ADRES}/{melding.pk}/oppakken", {"terug": "lijst=team"})
    assert antwoord.status_code == 409
    assert berichten(antwoord) == ["coordinator was net eerder: die heeft deze melding al."]
    assert antwoord.context["lijst"] == "team"
    assert not Inzage.objects.filter(handeling=Handeling.GEWIJZIGD).exists()


def test_oppakken_kan_alleen_wat_men_mag_doen_en_verboden_is_hetzelfde_als_onbekend(
    client: Client, stad: Team, haven: Team
) -> None:
    vreemd, afgeschermd = maak_melding(stad), maak_melding(haven, afgeschermd=True)
    antwoorden = [
        client.post(f"{ADRES}/{pk}/oppakken") for pk in (vreemd.pk, afgeschermd.pk, afgeschermd.pk + 1000)
    ]
    assert {antwoord.status_code for antwoord in antwoorden} == {404}
    zonder_token = {re.sub(rb'csrfmiddlewaretoken" value="[^"]*', b"", a.content) for a in antwoorden}
    assert len(zonder_token) == 1
    assert Inzage.objects.filter(toegestaan=False).count() == 3


def test_met_get_verandert_er_niets(client: Client, haven: Team) -> None:
    melding = maak_melding(haven)
    for adres in (f"{ADRES}/{melding.pk}/oppakken", f"{ADRES}/verdelen", f"{ADRES}/filters"):
        assert client.get(adres).status_code == 405


def test_de_waarschuwing_staat_er_zolang_niemand_de_spoed_oppakt(
    client: Client, coordinator: Medewerker, collega: Medewerker, haven: Team
) -> None:
    op_tijd = uren_oud(maak_melding(haven, spoed=True), 3)
    te_lang = uren_oud(maak_melding(haven, spoed=True), 5)
    zonder_team = uren_oud(maak_melding(None, spoed=True), 6)
    for lezer, verwacht in ((coordinator, [zonder_team, te_lang]), (collega, [zonder_team])):
        client.force_login(lezer)
        antwoord = client.get(ADRES)
        assert antwoord.context["te_lang"] == verwacht
        assert "niemand op tijd heeft opgepakt" in tekst(antwoord)
    client.force_login(coordinator)
    for melding in (te_lang, zonder_team):
        client.post(f"{ADRES}/{melding.pk}/oppakken")
    assert client.get(ADRES).context["te_lang"] == []
    assert op_tijd.nummer not in tekst(client.get(ADRES))


def test_een_bewaard_filter_opent_dezelfde_lijst(client: Client, wijkwerker: Medewerker) -> None:
    vraag = "lijst=team&volgorde=-leeftijd&fase=gesprek&team=haven"
    client.post(f"{ADRES}/filters", {"terug": vraag, "naam": "Gesprekken"})
    filter_ = BewaardFilter.objects.get(medewerker=wijkwerker)
    assert parse_qs(filter_.vraag) == parse_qs(vraag)
    assert filter_.team is None
    antwoord = client.get(f"{ADRES}?{filter_.vraag}")
    assert antwoord.context["keuzes"].adres.dict() == {k: v[0] for k, v in parse_qs(vraag).items()}
    assert "Gesprekken" in tekst(antwoord)


def test_bewaren_onder_dezelfde_naam_vervangt_het_filter(client: Client) -> None:
    for fase in ("gesprek", "onderzoek"):
        client.post(f"{ADRES}/filters", {"terug": f"lijst=team&fase={fase}", "naam": "Mijn filter"})
    assert BewaardFilter.objects.get().vraag == "lijst=team&fase=onderzoek"


def test_een_filter_zonder_naam_wordt_niet_bewaard_en_wat_gekozen_was_blijft(
    client: Client, haven: Team
) -> None:
    antwoord = client.post(
        f"{ADRES}/filters", {"terug": "lijst=team&fase=gesprek", "naam": " ", "voor": haven.pk}
    )
    assert antwoord.status_code == 200
    assert "naam" in antwoord.context["bewaren"].errors
    assert antwoord.context["adres"].urlencode() == "lijst=team&fase=gesprek"
    assert not BewaardFilter.objects.exists()


def test_een_filter_bewaart_alleen_keuzes_en_geen_andere_tekst(client: Client) -> None:
    client.post(
        f"{ADRES}/filters", {"terug": "lijst=team&fase=onzin&naam=Jansen&x=%3Cscript%3E", "naam": "f"}
    )
    assert BewaardFilter.objects.get().vraag == "lijst=team"


def test_een_gedeeld_filter_heeft_alleen_het_eigen_team(
    client: Client,
    wijkwerker: Medewerker,
    coordinator: Medewerker,
    collega: Medewerker,
    haven: Team,
    stad: Team,
) -> None:
    client.post(f"{ADRES}/filters", {"terug": "lijst=team", "naam": "Van ons", "voor": haven.pk})
    client.post(f"{ADRES}/filters", {"terug": "lijst=team", "naam": "Van mij"})
    van_ons = BewaardFilter.objects.get(naam="Van ons")
    assert van_ons.team == haven
    antwoord = client.post(f"{ADRES}/filters", {"terug": "lijst=team", "naam": "Van hen", "voor": stad.pk})
    assert "voor" in antwoord.context["bewaren"].errors
    for lezer, ziet in ((wijkwerker, ["Van mij", "Van ons"]), (coordinator, ["Van ons"]), (collega, [])):
        client.force_login(lezer)
        assert [filter_.naam for filter_ in client.get(ADRES).context["filters"]] == ziet


def test_alleen_wie_een_filter_bewaarde_gooit_het_weg(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    filter_ = BewaardFilter.objects.create(medewerker=wijkwerker, team=haven, naam="Van ons", vraag="")
    client.force_login(coordinator)
    assert client.post(f"{ADRES}/filters/{filter_.pk}/weg").status_code == 404
    assert client.post(f"{ADRES}/filters/{filter_.pk + 1}/weg").status_code == 404
    client.force_login(wijkwerker)
    assert client.post(f"{ADRES}/filters/{filter_.pk}/weg", {"terug": "lijst=team"}).status_code == 303
    assert not BewaardFilter.objects.exists()


def test_wie_uit_het_team_gaat_ziet_de_rij_niet_meer(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    maak_melding(haven)
    Aanstelling.objects.filter(medewerker=wijkwerker).update(tot=date(2020, 1, 1))
    assert client.get(ADRES).status_code == 403
