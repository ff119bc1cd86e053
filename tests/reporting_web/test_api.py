"""The monitor as JSON, and its errors as problem details (RFC 9457)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from pytest_django import Settings

from config import urls
from reporting.register import TABELLEN
from teams.models import Team

STROOMSCHEMA = "/api/v1/stroomschema"
PROBLEEM = "application/problem+json"


@pytest.mark.usefixtures("meldingen")
def test_het_stroomschema_als_json(lezer: Client) -> None:
    antwoord = lezer.get(STROOMSCHEMA, {"periode": "2015-Q2"})

    assert antwoord["Content-Type"] == "application/json"
    assert antwoord["Cache-Control"] == "private, no-cache"
    assert antwoord.json() == {
        "tabel": "2.6",
        "periode": "2015-Q2",
        "bekend_op": None,
        "filters": {"categorie": "volwassenen"},
        "knopen": {
            "meldingen": 5,
            "voorveld": 1,
            "overig_voor_gesprek": 0,
            "gesprek": 4,
            "geen_onderzoek_nodig": 0,
            "overig_na_gesprek": 1,
            "onderzoek": 3,
            "onderzoek_loopt": 0,
            "afgerond": 3,
            "niet_toegekend": 1,
            "nog_geen_besluit": 0,
            "toegekend": 2,
        },
        "percentages": {"voorveld": 20, "gesprek": 80, "onderzoek": 75, "afgerond": 100, "toegekend": 67},
        "noten": [],
    }


@pytest.mark.usefixtures("meldingen")
def test_een_team_staat_naast_de_hele_stad_en_een_stadsdeel_is_een_keuze(lezer: Client, noord: Team) -> None:
    Team.objects.filter(pk=noord.pk).update(stadsdeel="Boven")
    vraag = {"periode": "2015-Q2", "stadsdeel": "Boven", "vergelijk": "stad"}
    gekregen = lezer.get(STROOMSCHEMA, vraag).json()

    assert gekregen["filters"] == {"stadsdeel": "Boven", "categorie": "volwassenen"}
    assert gekregen["knopen"]["meldingen"] == 3
    assert gekregen["vergelijking"]["periode"] == "2015-Q2"
    assert gekregen["vergelijking"]["filters"] == {"categorie": "volwassenen"}
    assert gekregen["vergelijking"]["knopen"]["meldingen"] == 5
    tabel = lezer.get(
        "/api/v1/monitor/2.4", {"periode": "2015-Q2", "team": "zuid", "vergelijk": "stadsdeel:Boven"}
    ).json()
    assert tabel["kolommen"] == ["team:zuid 2015-Q2", "stadsdeel:Boven 2015-Q2"]
    assert [rij["waarden"] for rij in tabel["rijen"]][:3] == [[2, 3], [0, 1], [2, 4]]


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("tabel", "vraag", "veld"),
    [
        ("2.6", {"vergelijk": "stad"}, "vergelijk"),
        ("2.6", {"vergelijk": "team:west"}, "vergelijk"),
        ("2.6", {"stadsdeel": "Onder"}, "stadsdeel"),
        ("2.9", {"vergelijk": "team:noord"}, "vergelijk"),
        ("2.9", {"stadsdeel": "Boven"}, "stadsdeel"),
    ],
)
def test_een_gebied_dat_er_niet_is_of_niet_kan_is_een_fout_bij_zijn_veld(
    lezer: Client, tabel: str, vraag: dict[str, str], veld: str
) -> None:
    antwoord = lezer.get(f"/api/v1/monitor/{tabel}", {"periode": "2015-Q2", **vraag})

    assert antwoord.status_code == 400
    assert veld in antwoord.content.decode()


@pytest.mark.usefixtures("meldingen")
def test_alle_keuzes_gaan_door_naar_de_telling(lezer: Client) -> None:
    vraag = {
        "periode": "2015-Q2",
        "vergelijk": "2015-Q1",
        "team": "noord",
        "kanaal": "balie",
        "aanleiding": "nieuwe_vraag",
        "categorie": "volwassenen",
        "bekendOp": "2099-01-01T12:00:00+01:00",
    }

    gekregen = lezer.get(STROOMSCHEMA, vraag).json()

    assert gekregen["filters"] == {
        naam: vraag[naam] for naam in ("team", "categorie", "kanaal", "aanleiding")
    }
    assert gekregen["bekend_op"] == "2099-01-01T12:00:00+01:00"
    assert gekregen["knopen"]["meldingen"] == 1
    assert gekregen["vergelijking"]["periode"] == "2015-Q1"
    assert gekregen["vergelijking"]["knopen"]["meldingen"] == 0


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize("tabel", TABELLEN)
def test_elke_tabel_als_json(lezer: Client, tabel: str) -> None:
    antwoord = lezer.get(f"/api/v1/monitor/{tabel}", {"periode": "2015-Q2", "vergelijk": "2015-Q1"})

    assert antwoord.status_code == 200
    gekregen = antwoord.json()
    assert gekregen["tabel"] == tabel
    if tabel == "2.6":
        assert gekregen == lezer.get(STROOMSCHEMA, {"periode": "2015-Q2", "vergelijk": "2015-Q1"}).json()
    else:
        assert set(gekregen) == {"tabel", "bekend_op", "filters", "kolommen", "rijen", "noten"}
        for rij in gekregen["rijen"]:
            assert set(rij) == {"sleutel", "label", "waarden"}
            assert len(rij["waarden"]) == len(gekregen["kolommen"])


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("vraag", "namen"),
    [
        ({}, {"periode"}),
        ({"periode": "boe-verboden"}, {"periode"}),
        ({"periode": "2015", "team": "boe-verboden"}, {"team"}),
        ({"periode": "2015", "kanaal": "boe-verboden"}, {"kanaal"}),
        ({"periode": "2015", "bekend_op": "boe-verboden"}, {"parameters"}),
        ({"periode": "2015", "boe-verboden": "1"}, {"parameters"}),
        ({"periode": ["2015", "boe-verboden"]}, {"periode"}),
        (
            {
                "periode": "boe-verboden",
                "vergelijk": "boe",
                "categorie": "boe",
                "aanleiding": "boe",
                "bekendOp": "boe",
            },
            {"periode", "vergelijk", "categorie", "aanleiding", "bekendOp"},
        ),
        ({"periode": "2015\x00boe-verboden"}, {"periode"}),
    ],
)
def test_een_onjuiste_vraag_noemt_alles_wat_er_mis_is_en_niets_van_wat_er_kwam(
    lezer: Client, vraag: dict[str, str | list[str]], namen: set[str]
) -> None:
    antwoord = lezer.get(STROOMSCHEMA, vraag)

    assert antwoord.status_code == 400
    assert antwoord["Content-Type"] == PROBLEEM
    inhoud = antwoord.json()
    assert inhoud["status"] == 400
    assert inhoud["title"] == "Ongeldige vraag"
    assert {fout["name"] for fout in inhoud["invalidParams"]} == namen
    assert all(fout["reason"] for fout in inhoud["invalidParams"])
    assert "boe" not in antwoord.content.decode()


def test_een_filter_dat_de_tabel_niet_kent_is_een_fout(lezer: Client) -> None:
    antwoord = lezer.get("/api/v1/monitor/1.1", {"periode": "2015", "categorie": "jeugd"})

    assert antwoord.status_code == 400
    assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == ["categorie"]


@pytest.mark.parametrize(
    "adres",
    [
        "/api/v1/monitor/9.9",
        "/api/v1/monitor/2.6/",
        f"{STROOMSCHEMA}/",
        "/api/",
        "/api/v2",
        "/api/v1/<script>",
    ],
)
def test_wat_er_niet_is_is_een_probleem_404(lezer: Client, adres: str) -> None:
    antwoord = lezer.get(adres)

    assert antwoord.status_code == 404
    assert antwoord["Content-Type"] == PROBLEEM
    assert antwoord.json() == {
        "status": 404,
        "title": "Niet gevonden",
        "detail": "Hier is niets, of het is niet voor u.",
        "requestId": antwoord["Request-Id"],
    }


@pytest.mark.django_db
def test_zonder_aanmelden_zegt_de_api_niets(client: Client) -> None:
    for adres in (STROOMSCHEMA, "/api/v1/monitor/2.4", "/api/v1/monitor/9.9"):
        antwoord = client.get(adres, {"periode": "onzin"})
        assert antwoord.status_code == 401
        assert antwoord["WWW-Authenticate"].startswith("Bearer ")
        assert antwoord["Content-Type"] == PROBLEEM
        assert antwoord.json()["title"] == "Niet aangemeld"


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete", "options"])
def test_de_api_is_alleen_te_lezen(lezer: Client, methode: str) -> None:
    antwoord = getattr(lezer, methode)(STROOMSCHEMA)

    assert antwoord.status_code == 405
    assert antwoord["Content-Type"] == PROBLEEM
    assert antwoord["Allow"] == "GET, HEAD"


def test_een_ander_formaat_is_er_niet(lezer: Client) -> None:
    antwoord = lezer.get(STROOMSCHEMA, {"periode": "2015"}, headers={"accept": "application/xml"})

    assert antwoord.status_code == 406
    assert antwoord["Content-Type"] == PROBLEEM


def lees_csv(antwoord: Any) -> list[list[str]]:
    assert antwoord.streaming
    return list(csv.reader(io.StringIO(b"".join(antwoord.streaming_content).decode())))


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize("tabel", TABELLEN)
def test_elke_tabel_als_csv(lezer: Client, tabel: str) -> None:
    vraag = {"periode": "2015-Q2", "vergelijk": "2015-Q1"}
    adres = f"/api/v1/monitor/{tabel}"
    antwoord = lezer.get(adres, vraag, headers={"accept": "text/csv"})

    assert antwoord.status_code == 200
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    assert "Accept" in antwoord["Vary"]
    kop, *rijen = lees_csv(antwoord)
    als_json = lezer.get(adres, vraag).json()
    if tabel == "2.6":
        knopen = {rij[0]: rij[3] for rij in rijen}
        assert knopen["meldingen"] == str(als_json["knopen"]["meldingen"])
        assert lees_csv(lezer.get(STROOMSCHEMA, vraag, headers={"accept": "text/csv"})) == [kop, *rijen]
    else:
        assert kop == ["sleutel", "label", *als_json["kolommen"]]
        assert rijen == [[r["sleutel"], r["label"], *map(str, r["waarden"])] for r in als_json["rijen"]]


@pytest.mark.usefixtures("meldingen")
def test_een_fout_is_ook_voor_wie_csv_vraagt_een_probleem(lezer: Client) -> None:
    antwoord = lezer.get(STROOMSCHEMA, {"periode": "onzin"}, headers={"accept": "text/csv"})

    assert (antwoord.status_code, antwoord["Content-Type"]) == (400, PROBLEEM)
    assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == ["periode"]


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
@pytest.mark.parametrize("vraag", [{}, {"bekendOp": "2015-06-30"}])
def test_wie_de_etag_heeft_krijgt_niets_opnieuw_tot_er_iets_verandert(
    lezer: Client, noord: Team, accept: str, vraag: dict[str, str]
) -> None:
    vraag |= {"periode": "2015-Q2"}
    eerste = lezer.get("/api/v1/monitor/2.5", vraag, headers={"accept": accept})

    for gegeven in (eerste["ETag"], f'"iets", {eerste["ETag"]}', "*", eerste["ETag"].removeprefix("W/")):
        koppen = {"accept": accept, "if-none-match": gegeven}
        with CaptureQueriesContext(connection) as vragen:
            nog_eens = lezer.get("/api/v1/monitor/2.5", vraag, headers=koppen)
        assert (nog_eens.status_code, nog_eens.content) == (304, b"")
        assert nog_eens["ETag"] == eerste["ETag"]
        assert not any("meldingen_stand" in een["sql"] for een in vragen.captured_queries)
    noord.naam = "Wijkteam Nieuw-Noord"
    noord.save()
    koppen = {"accept": accept, "if-none-match": eerste["ETag"]}
    daarna = lezer.get("/api/v1/monitor/2.5", vraag, headers=koppen)
    assert daarna.status_code == 200
    assert daarna["ETag"] != eerste["ETag"]


@pytest.mark.usefixtures("meldingen")
def test_elke_vraag_heeft_een_eigen_etag(lezer: Client) -> None:
    vragen = [{"periode": "2015-Q2"}, {"periode": "2015-Q1"}, {"periode": "2015-Q2", "team": "noord"}]
    merken = [lezer.get(STROOMSCHEMA, vraag)["ETag"] for vraag in vragen]
    merken.append(lezer.get(STROOMSCHEMA, vragen[0], headers={"accept": "text/csv"})["ETag"])
    assert len(set(merken)) == 4


def _stuk(request: object) -> None:
    raise RuntimeError("geheim")


class AdressenMetFout:
    """The addresses of the product, and two that break."""

    handler500 = urls.handler500
    urlpatterns = [path("api/v1/stuk", _stuk), path("stuk", _stuk), *urls.urlpatterns]


def test_een_fout_van_ons_verraadt_niets(lezer: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = AdressenMetFout
    lezer.raise_request_exception = False

    api, pagina = lezer.get("/api/v1/stuk"), lezer.get("/stuk")

    assert api.status_code == pagina.status_code == 500
    assert api["Content-Type"] == PROBLEEM
    assert api.json()["title"] == "Er ging iets mis"
    assert "Er ging iets mis" in pagina.content.decode()
    assert b"geheim" not in api.content + pagina.content
