"""Promises to call back: taken on, called, no answer, kept, and known to who took them on (R9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from meldingen import workflow
from meldingen.models import Terugbelverzoek, Uitkomst
from teams.models import Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.werk import maak_belofte, maak_melding

pytestmark = pytest.mark.django_db
ADRES = "/terugbelverzoeken"


@pytest.fixture
def client(client: Client, wijkwerker: Medewerker) -> Client:
    client.force_login(wijkwerker)
    return client


@pytest.fixture
def kcc(db: None) -> Medewerker:
    return stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC)


def poging(client: Client, belofte: Terugbelverzoek, uitkomst: str) -> Any:
    return client.post(f"{ADRES}/{belofte.pk}/poging", {"uitkomst": uitkomst, "terug": "lijst=terugbellen"})


def tekst(antwoord: Any) -> str:
    return " ".join(antwoord.content.decode().split())


def test_gesproken_met_een_klik_komt_de_belofte_na(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    belofte = maak_belofte(haven)
    antwoord = poging(client, belofte, "gesproken")
    assert (antwoord.status_code, antwoord.url) == (303, "/werkvoorraad?lijst=terugbellen")
    belofte.refresh_from_db()
    assert belofte.nagekomen_door == wijkwerker
    assert client.get(ADRES).context["rijen"] == []
    assert Inzage.objects.get(handeling=Handeling.GEWIJZIGD).sleutel == belofte.pk


def test_geen_gehoor_telt_mee_en_het_verzoek_blijft_open(client: Client, haven: Team) -> None:
    belofte = maak_belofte(haven)
    assert "nog niet gebeld" in tekst(client.get(ADRES))
    poging(client, belofte, "geen_gehoor")
    poging(client, belofte, "geen_gehoor")
    assert "2 keer geprobeerd" in tekst(client.get(ADRES))
    poging(client, belofte, "gesproken")
    assert [rij.uitkomst for rij in belofte.pogingen.order_by("pk")] == [
        Uitkomst.GEEN_GEHOOR,
        Uitkomst.GEEN_GEHOOR,
        Uitkomst.GESPROKEN,
    ]


def test_wie_als_tweede_belt_hoort_dat_het_al_gedaan_is(client: Client, haven: Team) -> None:
    belofte = maak_belofte(haven)
    poging(client, belofte, "gesproken")
    for uitkomst in ("gesproken", "geen_gehoor"):
        antwoord = poging(client, belofte, uitkomst)
        assert antwoord.status_code == 409
        assert [str(b) for b in get_messages(antwoord.wsgi_request)][-1] == "Er is al teruggebeld."
    assert belofte.pogingen.count() == 1


def test_een_onbekende_uitkomst_verandert_niets(client: Client, haven: Team) -> None:
    belofte = maak_belofte(haven)
    for onzin in ("", "GESPROKEN", "1", "<script>"):
        assert poging(client, belofte, onzin).status_code == 404
    assert not belofte.pogingen.exists()


def test_verboden_en_onbekend_zijn_hetzelfde(client: Client, haven: Team, stad: Team) -> None:
    vreemd = maak_belofte(stad)
    afgeschermd = maak_belofte(haven, melding=maak_melding(haven, afgeschermd=True))
    for pk in (vreemd.pk, afgeschermd.pk, afgeschermd.pk + 1000):
        assert client.post(f"{ADRES}/{pk}/poging", {"uitkomst": "gesproken"}).status_code == 404
    assert client.get(ADRES).context["rijen"] == []


def test_het_telefoonnummer_is_te_bellen_en_de_melding_te_openen(client: Client, haven: Team) -> None:
    melding = maak_melding(haven)
    maak_belofte(haven, telefoon="036 - 123 45 67", melding=melding, vraag="over de taxi")
    inhoud = tekst(client.get("/werkvoorraad", {"lijst": "team"}))
    assert 'href="tel:0361234567"' in inhoud
    assert f"/meldingen/{melding.pk}" in inhoud
    assert "over de taxi" in inhoud


def test_het_logboek_weet_over_wie_een_belofte_bij_een_melding_gaat(client: Client, haven: Team) -> None:
    melding = maak_melding(haven)
    maak_belofte(haven, melding=melding)
    client.get(ADRES)
    regel = Inzage.objects.get()
    assert (regel.persoon, regel.huishouden) == (melding.persoon_id, melding.huishouden_id)


def test_het_kcc_legt_een_terugbelverzoek_vast_bij_het_team_van_de_postcode(
    client: Client, kcc: Medewerker, haven: Team
) -> None:
    client.force_login(kcc)
    antwoord = client.post(
        f"{ADRES}/nieuw",
        {
            "naam": "De Beller",
            "telefoon": "036 123 45 67",
            "postcode": "1316 ab",
            "vraag": "taxi",
            "spoed": "on",
        },
    )
    assert (antwoord.status_code, antwoord.url) == (303, ADRES)
    belofte = Terugbelverzoek.objects.get()
    assert (belofte.naam, belofte.team, belofte.aangenomen_door) == ("De Beller", haven, kcc)
    assert (belofte.vraag, belofte.spoed) == ("taxi", True)


def test_het_gekozen_team_gaat_voor_de_postcode_en_zonder_beide_is_het_voor_iedereen(
    client: Client, wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    basis = {"naam": "De Beller", "telefoon": "0361234567"}
    client.post(f"{ADRES}/nieuw", basis | {"postcode": "1316AB", "team": stad.pk})
    client.post(f"{ADRES}/nieuw", basis | {"postcode": "9999"})
    client.post(f"{ADRES}/nieuw", basis)
    assert [belofte.team for belofte in Terugbelverzoek.objects.order_by("pk")] == [stad, None, None]


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("naam", ""),
        ("naam", "x" * 201),
        ("telefoon", "123"),
        ("telefoon", "javascript:alert(1)0612345678"),
        ("postcode", "0123"),
        ("postcode", "1316ABC"),
        ("vraag", "x" * 10_001),
        ("team", "999"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_wat_getypt_was_blijft(
    client: Client, haven: Team, veld: str, waarde: str
) -> None:
    goed = {"naam": "<b>De Beller</b> 🙂", "telefoon": "0361234567", "vraag": "taxi"}
    antwoord = client.post(f"{ADRES}/nieuw", goed | {veld: waarde})
    assert antwoord.status_code == 200
    formulier = antwoord.context["form"]
    assert set(formulier.errors) == {veld}
    assert all(formulier[naam].value() == {**goed, veld: waarde}[naam] for naam in goed)
    assert "<b>De Beller" not in tekst(antwoord)
    assert not Terugbelverzoek.objects.exists()


def test_het_kcc_ziet_de_eigen_beloftes_en_of_ze_zijn_nagekomen_en_meer_niet(
    client: Client, kcc: Medewerker, wijkwerker: Medewerker, haven: Team
) -> None:
    maak_belofte(haven, naam="Kanarie")
    mijn = maak_belofte(haven, naam="Mevrouw Open", door=kcc)
    nagekomen = maak_belofte(haven, naam="Meneer Klaar", door=kcc)
    workflow.leg_belpoging_vast(nagekomen, Uitkomst.GESPROKEN, door=wijkwerker)
    client.force_login(kcc)
    antwoord = client.get(ADRES)
    inhoud = tekst(antwoord)
    assert [rij.verzoek for rij in antwoord.context["rijen"]] == [mijn]
    assert antwoord.context["nagekomen"] == [nagekomen]
    assert "Meneer Klaar: teruggebeld" in inhoud
    assert "door wijkwerker" in inhoud
    for niet in ("Kanarie", "Gesproken</button>", '="/werkvoorraad'):
        assert niet not in inhoud
    assert client.get("/werkvoorraad").status_code == 403
    assert poging(client, mijn, "gesproken").status_code == 403


@pytest.mark.parametrize("rol", [Rol.TOETSER, Rol.KLACHTEN, Rol.ANALIST, Rol.BEHEER, Rol.FG])
def test_wie_niet_terugbelt_ziet_geen_terugbelverzoeken(client: Client, rol: Rol) -> None:
    client.force_login(stel_aan(MedewerkerFactory(), rol))
    assert client.get(ADRES).status_code == 403
    assert client.get(f"{ADRES}/nieuw").status_code == 403
