"""Software outside the house: what it needs to get in, how that is replaced, and how it is put out."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken

from teams.geweigerd import Geweigerd
from teams.models import Afnemer, Rol, Scope, Teken
from teams.workflow import afnemers

pytestmark = pytest.mark.django_db
MONITOR = "/api/v1/stroomschema?periode=2015-Q2"


def maak(*scopes: str, naam: str = "KISS") -> tuple[Afnemer, str]:
    return afnemers.maak_afnemer(naam=naam, scopes=scopes or ["rapportage", "klantinteracties"])


def vraag_token(client: Client, afnemer: Afnemer, geheim: str, scope: str = "") -> tuple[int, dict[str, str]]:
    basis = base64.b64encode(f"{afnemer.client_id}:{geheim}".encode()).decode()
    gegevens = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    antwoord = client.post("/oauth/token", gegevens, headers={"Authorization": f"Basic {basis}"})
    return antwoord.status_code, antwoord.json()


def test_een_afnemer_krijgt_met_zijn_geheim_een_token_en_daarmee_antwoord(client: Client) -> None:
    afnemer, geheim = maak()

    status, token = vraag_token(client, afnemer, geheim)

    assert (status, token["expires_in"], token["token_type"]) == (200, 600, "Bearer")
    assert set(token["scope"].split()) == {"rapportage", "klantinteracties"}
    antwoord = client.get(MONITOR, headers={"Authorization": f"Bearer {token['access_token']}"})
    assert antwoord.status_code == 200
    assert antwoord["API-Version"] == "1.0.0"
    rij = AccessToken.objects.get()
    assert token["access_token"] not in str(vars(rij))
    assert geheim not in Afnemer.objects.get().client_secret


def test_wie_geen_of_een_verkeerd_token_heeft_hoort_dat(client: Client) -> None:
    for koppen, fout in (
        ({}, False),
        ({"Authorization": "Bearer verkeerd"}, True),
        (
            {"Authorization": "Bearer é"},
            True,
        ),
    ):
        antwoord = client.get(MONITOR, headers=koppen)
        assert antwoord.status_code == 401
        assert antwoord["WWW-Authenticate"].startswith("Bearer ")
        assert ("invalid_token" in antwoord["WWW-Authenticate"]) is fout
        assert antwoord["Content-Type"] == "application/problem+json"
        assert antwoord.json()["requestId"] == antwoord["Request-Id"]


def test_een_afnemer_kan_niet_meer_vragen_dan_hij_heeft(client: Client) -> None:
    afnemer, geheim = maak("wijkteams", "meldingen")

    assert vraag_token(client, afnemer, geheim, "rapportage") == (400, {"error": "invalid_scope"})
    status, token = vraag_token(client, afnemer, geheim, "wijkteams")
    assert (status, token["scope"]) == (200, "wijkteams")
    koppen = {"Authorization": f"Bearer {token['access_token']}"}
    assert client.get(MONITOR, headers=koppen).status_code == 403
    assert vraag_token(client, afnemer, "verkeerd")[0] == 401


def test_alleen_client_credentials_wordt_aangeboden(client: Client) -> None:
    afnemer, geheim = maak()
    for soort in ("password", "authorization_code", "refresh_token"):
        gegevens = {
            "grant_type": soort,
            "client_id": afnemer.client_id,
            "client_secret": geheim,
            "username": "a",
            "password": "b",
        }
        assert client.post("/oauth/token", gegevens).json() == {"error": "unsupported_grant_type"}


def test_het_vorige_geheim_geldt_nog_even_na_een_nieuw(client: Client) -> None:
    afnemer, eerste = maak()
    tweede = afnemers.vernieuw_geheim(afnemer)

    assert [vraag_token(client, afnemer, geheim)[0] for geheim in (eerste, tweede)] == [200, 200]
    Afnemer.objects.update(vorig_geheim_tot=timezone.now())
    assert [vraag_token(client, afnemer, geheim)[0] for geheim in (eerste, tweede)] == [401, 200]


def test_een_gelekt_geheim_en_wat_ermee_gehaald_is_gelden_meteen_niet_meer(client: Client) -> None:
    afnemer, eerste = maak()
    _, token = vraag_token(client, afnemer, eerste)
    tweede = afnemers.vernieuw_geheim(afnemer, direct=True)

    assert [vraag_token(client, afnemer, geheim)[0] for geheim in (eerste, tweede)] == [401, 200]
    koppen = {"Authorization": f"Bearer {token['access_token']}"}
    assert client.get(MONITOR, headers=koppen).status_code == 401


def test_andere_scopes_gelden_ook_voor_tokens_die_er_al_zijn(client: Client) -> None:
    afnemer, geheim = maak("rapportage")
    _, token = vraag_token(client, afnemer, geheim)
    koppen = {"Authorization": f"Bearer {token['access_token']}"}
    assert [a.rol for a in afnemer.medewerker.aanstellingen.all()] == [Rol.ANALIST]

    afnemers.wijzig_afnemer(afnemer, scopes=["meldingen"], per_minuut=None, per_dag=None)

    assert client.get(MONITOR, headers=koppen).status_code == 403
    vandaag = timezone.localdate()
    geldend = [
        aanstelling.rol for aanstelling in afnemer.medewerker.aanstellingen.all() if not aanstelling.tot
    ]
    assert geldend == [Rol.KCC]
    assert {a.tot for a in afnemer.medewerker.aanstellingen.all()} == {None, vandaag}


def test_een_verlopen_token_en_een_beeindigde_afnemer_krijgen_geen_antwoord(client: Client) -> None:
    afnemer, geheim = maak()
    _, token = vraag_token(client, afnemer, geheim)
    koppen = {"Authorization": f"Bearer {token['access_token']}"}
    AccessToken.objects.update(expires=timezone.now())
    assert client.get(MONITOR, headers=koppen).status_code == 401

    teken, _ = afnemers.geef_teken(afnemer)
    afnemers.beeindig_afnemer(afnemer)

    assert vraag_token(client, afnemer, geheim)[0] == 401
    assert not Teken.objects.geldig_op(timezone.now()).exists()
    for stap in (
        lambda: afnemers.beeindig_afnemer(afnemer),
        lambda: afnemers.vernieuw_geheim(afnemer),
        lambda: afnemers.geef_teken(afnemer),
        lambda: afnemers.wijzig_afnemer(afnemer, scopes=["meldingen"], per_minuut=1, per_dag=1),
    ):
        with pytest.raises(Geweigerd, match="beëindigd"):
            stap()
    with pytest.raises(Geweigerd, match="beëindigd"):
        afnemers.beeindig_teken(teken)


def test_een_teken_staat_nergens_leesbaar_en_er_gelden_er_meer_tegelijk() -> None:
    afnemer, _ = maak()
    nu = timezone.now()
    (een, tekst), (twee, _) = afnemers.geef_teken(afnemer), afnemers.geef_teken(afnemer)

    assert len(tekst) == 40
    assert tekst not in str(vars(een))
    assert tekst.startswith(een.begin)
    afnemers.beeindig_teken(een)
    assert list(Teken.objects.geldig_op(timezone.now())) == [twee]
    for weigering, stap in (
        ("al voorbij", lambda: afnemers.geef_teken(afnemer, eindigt_op=nu - timedelta(days=1))),
        ("minstens 40", lambda: afnemers.geef_teken(afnemer, tekst="kort")),
    ):
        with pytest.raises(Geweigerd, match=weigering):
            stap()


def test_wat_niet_kan_wordt_geweigerd_met_de_reden() -> None:
    maak(naam="KISS")
    for weigering, naam, scopes in (
        ("een naam", " ", ["meldingen"]),
        ("heet", "KISS", ["meldingen"]),
        ("minstens een", "Ander", []),
        ("Onbekende scope", "Ander", ["alles"]),
    ):
        with pytest.raises(Geweigerd, match=weigering):
            afnemers.maak_afnemer(naam=naam, scopes=scopes)
    ander, _ = maak("meldingen", naam="Ander")
    with pytest.raises(Geweigerd, match="Klantinteracties"):
        afnemers.geef_teken(ander)
    for fout in (
        {"client_type": "public"},
        {"authorization_grant_type": "password"},
        {"scopes": ["alles"]},
        {"per_minuut": 0},
        {"vorig_geheim_tot": timezone.now()},
        {"name": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Afnemer.objects.filter(pk=ander.pk).update(**fout)


def test_wie_te_vaak_om_een_token_vraagt_moet_wachten(client: Client) -> None:
    afnemer, geheim = maak()
    uitkomsten = [vraag_token(client, afnemer, "verkeerd")[0] for _ in range(30)]
    assert set(uitkomsten) == {401}
    assert vraag_token(client, afnemer, geheim)[0] == 429
    assert Scope.RAPPORTAGE in afnemer.scopes


@pytest.mark.parametrize(
    "gegevens",
    [
        {},
        {"grant_type": "client_credentials", "client_id": "a\x00b", "client_secret": "\x00"},
        {"grant_type": "\x00", "scope": "\x00"},
        {"grant_type": "client_credentials", "scope": "é" * 5000},
    ],
)
def test_onzin_aan_de_deur_is_een_fout_van_wie_het_stuurt(gegevens: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    for adres in ("/oauth/token", "/oauth/intrekken"):
        for soort in ({}, {"content_type": "application/json"}):
            for basis in ("", "Basic x", "Basic " + base64.b64encode(b"a\x00:b").decode(), "Basic ///8="):
                koppen = {"Authorization": basis} if basis else {}
                antwoord = client.post(adres, gegevens, headers=koppen, **soort)
                assert antwoord.status_code in (200, 400, 401, 429), (adres, soort, basis)
