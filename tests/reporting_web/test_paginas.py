"""The pages of the monitor: a question in the URL, the answer, and what is wrong with the question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from reporting.register import TABELLEN
from reporting.urls import urlpatterns
from teams.models import Medewerker, Rol, Team
from tests.factories import MeldingFactory, stel_aan

STROOMSCHEMA = "/rapportage/stroomschema"
PAGINAS = [
    "/rapportage",
    STROOMSCHEMA,
    *(f"/rapportage/tabel/{sleutel}" for sleutel in TABELLEN if sleutel != "2.6"),
]
Telt = Callable[..., Any]


class Tabellezer(HTMLParser):
    """Reads the cells of the only table of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rijen: list[list[str]] = []
        self.cel: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rijen.append([])
        elif tag in ("th", "td"):
            self.cel = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self.cel is not None:
            self.rijen[-1].append(" ".join("".join(self.cel).split()))
            self.cel = None

    def handle_data(self, data: str) -> None:
        if self.cel is not None:
            self.cel.append(data)


def tabel(html: str) -> dict[str, list[str]]:
    """The cells of each row by its header; of two with the same one the first."""
    lezer = Tabellezer()
    lezer.feed(html)
    return {rij[0]: rij[1:] for rij in reversed(lezer.rijen) if rij}


def gekozen(html: str) -> dict[str, str]:
    """What each list stands at."""
    lijsten = re.findall(r'<select name="(\w+)".*?</select>', html, re.S)
    keuzes = re.findall(r'<select name="\w+".*?<option value="([^"]*)" selected>', html, re.S)
    return dict(zip(lijsten, keuzes, strict=True))


def alle_adressen(patronen: list[URLPattern | URLResolver], begin: str = "/") -> list[str]:
    """One address for every route outside the admin, with something filled in for what varies."""
    adressen = []
    for patroon in patronen:
        route = begin + re.sub(r"<int:\w+>", "1", str(patroon.pattern)).removeprefix("^")
        route = re.sub(r"<\w+:\w+>", "2.4", route)
        if isinstance(patroon, URLResolver):
            adressen += [] if patroon.app_name == "admin" else alle_adressen(patroon.url_patterns, route)
        else:
            adressen.append(route)
    return adressen


@pytest.mark.django_db
def test_zonder_aanmelden_is_er_niets_te_zien(client: Client) -> None:
    adressen = set(alle_adressen(urlpatterns))
    assert {"/rapportage", "/rapportage/tabel/2.4"} < adressen

    for adres in [*adressen, "/api/v1/stroomschema", "/api/v1/monitor/2.4"]:
        antwoord = client.get(adres)
        if adres.startswith("/api/"):
            assert antwoord.status_code == 401
        else:
            assert antwoord.status_code == 302, adres
            assert antwoord["Location"] == f"/aanmelden?next={adres}"


def test_wie_geen_account_meer_heeft_komt_er_niet_in(client: Client, buitenstaander: Medewerker) -> None:
    buitenstaander.set_password("een-lang-wachtwoord")
    buitenstaander.save()

    antwoord = client.post("/aanmelden", {"login": "buitenstaander", "password": "een-lang-wachtwoord"})

    assert antwoord.status_code == 200
    assert "niet juist" in antwoord.content.decode()
    assert 'value="buitenstaander"' in antwoord.content.decode()
    assert client.get("/rapportage").status_code == 302


def test_aanmelden_brengt_je_terug_waar_je_wilde_zijn(client: Client, wijkwerker: Medewerker) -> None:
    stel_aan(wijkwerker, Rol.ANALIST).set_password("een-lang-wachtwoord")
    wijkwerker.save()
    gegevens = {
        "login": "wijkwerker",
        "password": "een-lang-wachtwoord",
        "next": f"{STROOMSCHEMA}?periode=2015",
    }

    antwoord = client.post("/aanmelden", gegevens)

    assert antwoord["Location"] == f"{STROOMSCHEMA}?periode=2015"
    assert client.get(antwoord["Location"]).status_code == 200


def test_afmelden_gaat_alleen_met_een_knop(lezer: Client) -> None:
    assert lezer.get("/afmelden").status_code == 405
    assert lezer.post("/afmelden")["Location"] == "/aanmelden"
    assert lezer.get("/rapportage").status_code == 302


def test_het_begin_is_de_rapportage(lezer: Client) -> None:
    assert lezer.get("/")["Location"] == "/rapportage"


@pytest.mark.parametrize("pagina", PAGINAS)
def test_elke_pagina_werkt_met_en_zonder_meldingen(
    lezer: Client, pagina: str, request: pytest.FixtureRequest
) -> None:
    leeg = lezer.get(pagina)
    assert leeg.status_code == 200
    assert "Er zijn nog geen meldingen geregistreerd" in leeg.content.decode()

    request.getfixturevalue("meldingen")
    vol = lezer.get(pagina).content.decode()

    assert gekozen(vol)["periode"] == "2015-Q2"
    assert gekozen(vol)["vergelijk"] == "vorige"
    assert "nog geen meldingen" not in vol


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize("pagina", PAGINAS)
def test_elke_pagina_is_veilig_te_bekijken(lezer: Client, pagina: str) -> None:
    antwoord = lezer.get(pagina)
    html = antwoord.content.decode()

    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    assert "unsafe" not in antwoord["Content-Security-Policy"]
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert not re.search(r'<script(?! src="/static/[^"]+" defer></script>)|<style|\sstyle=|\son\w+=', html)
    assert len(re.findall(r"<h1[ >]", html)) == 1


@pytest.mark.usefixtures("meldingen")
def test_het_stroomschema_staat_naast_dat_van_de_vorige_periode(lezer: Client) -> None:
    html = lezer.get(STROOMSCHEMA).content.decode()
    cijfers = tabel(html)

    assert cijfers["Stap"] == ["2015-Q1", "2015-Q2"]
    assert cijfers["Meldingen"] == ["1", "", "5", ""]
    assert cijfers["Voorveld"] == ["1", "100%", "1", "20%"]
    assert cijfers["Gesprek gestart"] == ["0", "0%", "4", "80%"]
    assert cijfers["Nog geen onderzoek of overig"] == ["0", "", "1", ""]
    assert cijfers["Onderzoek afgerond"] == ["0", "0%", "3", "100%"]
    assert cijfers["Maatwerkvoorziening toegekend"] == ["0", "0%", "2", "67%"]
    assert html.count('role="img"') == 2
    assert "2015-Q1: 1 · 100%" in html


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("vraag", "aantallen"),
    [
        ("team=noord", ["1", "", "3", ""]),
        ("categorie=jeugd", ["0", "", "1", ""]),
        ("kanaal=balie", ["0", "", "1", ""]),
        ("aanleiding=herindicatie", ["0", "", "0", ""]),
        ("vergelijk=geen", ["5", ""]),
        ("vergelijk=2015", ["6", "", "5", ""]),
        ("periode=2015-06", ["1", "", "2", ""]),
        ("periode=2015-Q1&andere_periode=2015", ["0", "", "6", ""]),
        ("andere_periode=2015-04-01..2015-04-01", ["0", "", "1", ""]),
        ("bekendOp=2015-12-31", ["0", "", "0", ""]),
        ("periode=&team=&bekendOp=", ["1", "", "5", ""]),
    ],
)
def test_elke_keuze_telt_mee_en_blijft_staan(lezer: Client, vraag: str, aantallen: list[str]) -> None:
    html = lezer.get(f"{STROOMSCHEMA}?{vraag}").content.decode()

    assert tabel(html)["Meldingen"] == aantallen
    for deel in vraag.split("&"):
        naam, waarde = deel.split("=")
        if naam in gekozen(html) and "andere_periode" not in vraag and waarde:
            assert gekozen(html)[naam] == waarde


@pytest.mark.usefixtures("meldingen")
def test_een_periode_waarin_niets_gebeurde_zegt_dat(lezer: Client) -> None:
    html = lezer.get(f"{STROOMSCHEMA}?periode=2013").content.decode()

    assert "In deze periode kwamen geen meldingen binnen die bij uw keuzes passen." in html
    assert tabel(html)["Meldingen"] == ["0", "", "0", ""]


@pytest.mark.usefixtures("meldingen")
def test_de_lijst_noemt_alleen_kwartalen_met_meldingen(lezer: Client, noord: Team) -> None:
    MeldingFactory(op=date(2012, 12, 31), team=noord)
    html = lezer.get(STROOMSCHEMA).content.decode()
    lijst = re.search(r'<select name="periode".*?</select>', html, re.S)

    assert lijst is not None
    assert re.findall(r'value="([^"]+)"', lijst[0]) == ["2015-Q2", "2015-Q1", "2012-Q4"]


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("vraag", "veld", "getypt"),
    [
        ("periode=2015-Q9", "id_periode", '<option value="2015-Q9" selected>'),
        ("andere_periode=vorig+jaar", "id_andere_periode", 'value="vorig jaar"'),
        ("vergelijk=ooit", "id_vergelijk", '<option value="ooit" selected>'),
        ("team=west", "id_team", '<option value="west" selected>'),
        ("categorie=senioren", "id_categorie", '<option value="senioren" selected>'),
        ("kanaal=fax", "id_kanaal", '<option value="fax" selected>'),
        ("aanleiding=zomaar", "id_aanleiding", '<option value="zomaar" selected>'),
        ("bekendOp=gisteren", "id_bekendOp", 'value="gisteren"'),
        ("team=%3Cb%3E%00", "id_team", "&lt;b&gt;"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_boven_aan_en_wat_je_typte_blijft(
    lezer: Client, vraag: str, veld: str, getypt: str
) -> None:
    antwoord = lezer.get(f"{STROOMSCHEMA}?{vraag}")
    html = antwoord.content.decode()

    assert antwoord.status_code == 400
    assert f'<a href="#{veld}">' in html
    assert f'id="{veld}_error"' in html
    assert re.search(rf'<(input|select)[^>]*aria-describedby="[^"]*{veld}_error"[^>]*id="{veld}"', html)
    assert re.search(rf'<(input|select)[^>]*aria-invalid="true"[^>]*id="{veld}"', html)
    assert "<title>Fout: " in html
    assert getypt in html
    assert "<table" not in html


@pytest.mark.usefixtures("meldingen")
def test_alle_fouten_staan_er_tegelijk(lezer: Client) -> None:
    html = lezer.get(f"{STROOMSCHEMA}?periode=x&team=y&bekendOp=z&vergelijk=q&kleur=rood").content.decode()

    assert set(re.findall(r'<a href="#(id_\w+)">', html)) == {
        "id_periode",
        "id_team",
        "id_bekendOp",
        "id_vergelijk",
    }
    assert "Deze pagina kent de keuze &#x27;kleur&#x27; niet." in html


@pytest.mark.usefixtures("meldingen")
def test_een_keuze_die_de_tabel_niet_kent_wordt_niet_stil_vergeten(lezer: Client) -> None:
    assert lezer.get("/rapportage/tabel/1.1?team=noord").status_code == 400
    assert lezer.get("/rapportage?kanaal=balie").status_code == 400


@pytest.mark.usefixtures("meldingen")
def test_een_tabel_toont_de_perioden_naast_elkaar_met_het_verschil(lezer: Client) -> None:
    html = lezer.get("/rapportage/tabel/2.4").content.decode()

    assert tabel(html) == {
        "Meldingen": ["2015-Q1", "2015-Q2", "verschil"],
        "Volwassenen": ["1", "5", "+4"],
        "Jeugd": ["0", "1", "+1"],
        "Totaal": ["1", "6", "+5"],
        "Volwassenen, afgerond in het voorveld": ["100%", "20%", "−80"],
    }
    assert TABELLEN["2.4"].definitie in html
    assert TABELLEN["2.4"].bron in html


@pytest.mark.usefixtures("meldingen")
def test_het_overzicht_noemt_elke_tabel_met_zijn_cijfer(lezer: Client) -> None:
    html = " ".join(lezer.get("/rapportage").content.decode().split())

    for sleutel, een in TABELLEN.items():
        assert f'<span class="nummer">{sleutel}</span>' in html
        assert een.titel in html
    assert re.search(
        r'href="/rapportage/stroomschema\?periode=2015-Q2&amp;vergelijk=2015-Q1">', html
    ) or re.search(r'href="/rapportage/stroomschema\?vergelijk=2015-Q1&amp;periode=2015-Q2">', html)
    assert '<b>5</b> <span class="stil">meldingen, 2015-Q2</span>' in html
    assert '<b>6</b> <span class="stil">totaal, 2015-Q2</span>' in html


@pytest.mark.usefixtures("meldingen")
def test_elke_link_uit_het_overzicht_en_naar_de_cijfers_werkt(lezer: Client) -> None:
    overzicht = lezer.get("/rapportage?bekendOp=2099-01-31").content.decode()
    elders = "kosten|teams|edities|correcties|extern|bestanden"
    for adres in set(re.findall(rf'href="(/rapportage/(?!{elders})[^"]+)"', overzicht)):
        antwoord = lezer.get(adres.replace("&amp;", "&"))
        assert antwoord.status_code == 200, adres
        assert 'type="date" name="bekendOp" value="2099-01-31"' in antwoord.content.decode()
        (als_json,) = re.findall(r'href="(/api/[^"]+)"', antwoord.content.decode())
        assert lezer.get(als_json.replace("&amp;", "&")).status_code == 200, als_json


def test_een_onbekende_pagina_zegt_dat_in_het_nederlands(lezer: Client) -> None:
    for adres in ("/bestaat-niet", "/rapportage/tabel/9.9"):
        antwoord = lezer.get(adres)
        assert antwoord.status_code == 404
        assert "Deze pagina is er niet" in antwoord.content.decode()


def test_de_tabel_van_het_stroomschema_is_zijn_pagina(lezer: Client) -> None:
    assert lezer.get("/rapportage/tabel/2.6?periode=2015")["Location"] == f"{STROOMSCHEMA}?periode=2015"


def test_een_pagina_is_alleen_te_lezen(lezer: Client) -> None:
    assert lezer.post(STROOMSCHEMA).status_code == 405


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("pagina", "aantal"),
    [
        # session, user, roles, the transaction (2); quarters, teams; the team; what was kept, and the marks before and
        # after; both periods and the trend counted, and what has no categorie; edities
        (f"{STROOMSCHEMA}?team=noord", 17),
        # session, user, roles, the transaction (2); quarters, teams; what was kept, and the marks before and after;
        # both periods counted and their figures; edities
        ("/rapportage/tabel/2.4", 15),
    ],
)
def test_het_aantal_vragen_aan_de_database_hangt_niet_af_van_wat_er_staat(
    lezer: Client, noord: Team, pagina: str, aantal: int, django_assert_num_queries: Telt
) -> None:
    with django_assert_num_queries(aantal):
        lezer.get(pagina)
    for tot in ("toegekend", "voorveld", "ingetrokken", "onderzoek"):
        MeldingFactory(tot=tot, team=noord)
    with django_assert_num_queries(aantal):
        lezer.get(pagina)


@pytest.mark.usefixtures("meldingen")
def test_ook_het_overzicht_vraagt_niet_meer_naarmate_er_meer_staat(
    lezer: Client, noord: Team, django_assert_max_num_queries: Telt
) -> None:
    with django_assert_max_num_queries(223) as eerst:
        lezer.get("/rapportage")
    for tot in ("toegekend", "voorveld", "ingetrokken", "onderzoek"):
        MeldingFactory(tot=tot, team=noord)
    with django_assert_max_num_queries(len(eerst)):
        lezer.get("/rapportage")
