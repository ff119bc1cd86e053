"""The search box of the header: who finds whom, how much of them, and that every hit is logged."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Persoon
from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import Melder, NieuwePersoon
from teams.models import Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def browser(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def tekst(antwoord) -> str:
    kaal = re.sub(r"<[^>]*>", " ", antwoord.content.decode())
    return " ".join(unescape(kaal).split())


def zoek(medewerker: Medewerker, wat: object, **koppen: object):
    return browser(medewerker).post("/zoek", {"tekst": wat}, **koppen)


def meld(door: Medewerker, achternaam: str, voornamen: str = "Jo", nummer: int = 1) -> Melding:
    return workflow.neem_aan(
        voor=NieuwePersoon(
            achternaam,
            voornamen=voornamen,
            geboortedatum=date(1943, 5, nummer),
            postcode="1316AA",
            huisnummer=str(nummer),
        ),
        melder=Melder(Meldersoort.NAASTE, "Kim", telefoon="0612345678"),
        vraag="Geheime hulp na een val",
        op=timezone.localdate(),
        toch_apart=True,
        door=door,
    )


@pytest.fixture
def melding(wijkwerker: Medewerker) -> Melding:
    """Jo Jansen, in the area of Haven."""
    return meld(wijkwerker, "Jansen")


def gevonden() -> list[tuple[str, int | None]]:
    return list(
        Inzage.objects.filter(handeling=Handeling.GEVONDEN).order_by("pk").values_list("onderwerp", "sleutel")
    )


def test_wie_het_dossier_mag_lezen_ziet_de_naam_en_gaat_naar_het_huishouden(
    wijkwerker: Medewerker, melding: Melding
) -> None:
    antwoord = zoek(wijkwerker, "jansen")
    gelezen = tekst(antwoord)
    assert "1 persoon gevonden op ‘jansen’" in gelezen
    assert "Jo Jansen 01-05-1943 · Wijkteam Haven" in gelezen
    assert f'href="/huishoudens/{melding.huishouden_id}"' in antwoord.content.decode()
    assert melding.nummer in gelezen
    assert "Geheime" not in gelezen
    assert gevonden() == [
        ("households.Persoon", melding.persoon_id),
        ("meldingen.Melding", melding.pk),
    ]


def test_een_ander_team_ziet_dat_en_wie_maar_geen_naam(
    wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    huishoudens.maak_contactpersoon(melding.huishouden, wijkwerker, door=wijkwerker)
    gelezen = tekst(zoek(collega, "jansen"))
    assert "J. J., 1943 · Wijkteam Haven" in gelezen
    assert "contactpersoon wijkwerker" in gelezen
    assert "laatste contact" in gelezen
    assert "Jo Jansen" not in gelezen
    assert "01-05-1943" not in gelezen
    op_nummer = tekst(zoek(collega, melding.nummer))
    assert f"{melding.nummer} J. J., 1943" in op_nummer
    assert "Jo Jansen" not in op_nummer


@pytest.mark.parametrize("vorm", ["M{:06d}", "m{}", "{}", " M {:06d} "])
def test_een_melding_is_te_vinden_op_haar_nummer(vorm: str, wijkwerker: Medewerker, melding: Melding) -> None:
    antwoord = zoek(wijkwerker, vorm.format(melding.pk))
    assert f"{melding.nummer} Jo Jansen" in tekst(antwoord)
    assert f'href="/meldingen/{melding.pk}"' in antwoord.content.decode()
    assert gevonden() == [("meldingen.Melding", melding.pk)]


@pytest.mark.parametrize(
    "onzin", ["M0", "999999999", "9" * 60, "M12x", "²", "\x00", "%", "مرحبا", "<script>"]
)
def test_wat_niets_is_geeft_niets_en_geen_fout(onzin: str, wijkwerker: Medewerker, melding: Melding) -> None:
    antwoord = zoek(wijkwerker, onzin)
    assert antwoord.status_code in (200, 400)
    assert antwoord.context.get("treffers", []) == []
    assert antwoord.context.get("genummerd") is None
    assert b"<script>" not in antwoord.content
    assert gevonden() == []


def test_een_afgeschermd_huishouden_en_iets_onbekends_geven_hetzelfde(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, melding: Melding
) -> None:
    huishoudens.scherm_af(melding.huishouden, reden="veiligheid", door=wijkwerker)
    afgeschermd, onbekend = (
        zoek(collega, melding.nummer, headers=HTMX),
        zoek(collega, "M999999", headers=HTMX),
    )
    assert afgeschermd.content == onbekend.content
    assert zoek(collega, "jansen", headers=HTMX).content == zoek(collega, "qwerty", headers=HTMX).content
    assert gevonden() == []
    assert "Jo Jansen" in tekst(zoek(wijkwerker, "jansen"))
    # het eigen team heeft haar nog in de rij staan, zonder te weten over wie zij gaat
    buur = stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven)
    in_de_rij = tekst(zoek(buur, melding.nummer))
    assert f"{melding.nummer} afgeschermd" in in_de_rij
    assert "J. J." not in in_de_rij


def test_een_melding_zonder_bekende_inwoner_heeft_geen_naam(wijkwerker: Medewerker, melding: Melding) -> None:
    Melding.objects.filter(pk=melding.pk).update(persoon=None)
    assert "inwoner nog niet bekend" in tekst(zoek(wijkwerker, melding.nummer))


def test_met_htmx_alleen_de_lijst_en_het_aantal(wijkwerker: Medewerker, melding: Melding) -> None:
    antwoord = zoek(wijkwerker, "jansen", headers=HTMX)
    inhoud = antwoord.content.decode()
    assert "<html" not in inhoud
    assert 'hx-swap-oob="innerHTML:#zoek-aantal"' in inhoud
    assert "Jo Jansen" in inhoud
    leeg = zoek(wijkwerker, "", headers=HTMX)
    assert leeg.status_code == 200
    assert tekst(leeg) == ""


def test_met_de_verkeerde_sleutels_is_een_bsn_niet_onbekend_maar_een_storing(
    wijkwerker: Medewerker, melding: Melding, tmp_path: Path, settings, caplog: pytest.LogCaptureFixture
) -> None:
    bsn, fg = "999990019", stel_aan(MedewerkerFactory(username="fg"), Rol.FG)
    huishoudens.vul_persoon_aan(melding.persoon, bsn=bsn)
    assert "1 persoon gevonden" in tekst(zoek(wijkwerker, bsn))
    assert "Niets gevonden" in tekst(zoek(wijkwerker, "999990020"))

    settings.EENPLAN_SLEUTELS, settings.SLEUTELS_ZELF_MAKEN = tmp_path / "anders.json", True
    for antwoord in (zoek(wijkwerker, bsn), browser(fg).post("/logboek/inwoner", {"tekst": bsn})):
        assert antwoord.status_code == 503
        assert "niet worden gelezen of opgezocht" in tekst(antwoord)
        assert "anders.json" not in tekst(antwoord)
    stuk = zoek(wijkwerker, bsn, headers=HTMX)
    assert (stuk.status_code, stuk["HX-Retarget"]) == (200, "#storing")
    assert tekst(stuk).startswith("Een burgerservicenummer kan nu niet")
    assert "Zet die sleutel terug" in caplog.text
    assert bsn not in caplog.text
    assert "1 persoon gevonden" in tekst(zoek(wijkwerker, "jansen"))


def test_niets_getypt_is_een_fout_bij_het_zoekvak(wijkwerker: Medewerker) -> None:
    antwoord = zoek(wijkwerker, "  ")
    assert antwoord.status_code == 400
    assert 'href="#zoek-tekst"' in antwoord.content.decode()
    lang = zoek(wijkwerker, "x" * 300)
    assert lang.status_code == 400
    assert "x" * 300 in lang.content.decode()


def test_wat_men_zoekt_staat_in_geen_adres(wijkwerker: Medewerker, melding: Melding) -> None:
    client = browser(wijkwerker)
    antwoord = client.get("/zoek?tekst=jansen")
    assert "Jo Jansen" not in tekst(antwoord)
    assert gevonden() == []
    assert 'method="post"' in antwoord.content.decode()
    assert Client(enforce_csrf_checks=True).post("/zoek", {"tekst": "x"}).status_code == 403


@pytest.mark.parametrize("rol", [Rol.TOETSER, Rol.KLACHTEN, Rol.ANALIST, Rol.BEHEER])
def test_wie_geen_inwoners_mag_zien_heeft_geen_zoekvak(rol: Rol, melding: Melding) -> None:
    medewerker = stel_aan(MedewerkerFactory(), rol)
    assert zoek(medewerker, "jansen").status_code == 403
    assert b"zoek-tekst" not in browser(medewerker).get("/bestaat-niet").content
    assert gevonden() == []


def test_het_kcc_ziet_dat_en_wie(melding: Melding) -> None:
    gelezen = tekst(zoek(stel_aan(MedewerkerFactory(), Rol.KCC), "jansen"))
    assert "J. J., 1943" in gelezen
    assert "Jo Jansen" not in gelezen


def test_de_fg_gaat_naar_het_uittreksel_en_ziet_geen_meldingen(melding: Melding) -> None:
    fg = stel_aan(MedewerkerFactory(), Rol.FG)
    antwoord = zoek(fg, "jansen")
    assert f'href="/logboek/inwoner/{melding.persoon_id}"' in antwoord.content.decode()
    assert melding.nummer not in tekst(antwoord)
    assert "Niets gevonden" in tekst(zoek(fg, melding.nummer))


def test_acht_treffers_kosten_niet_meer_vragen_dan_een(
    wijkwerker: Medewerker, melding: Melding, django_assert_num_queries
) -> None:
    # sessie, medewerker, rollen; savepoint heen en terug; zoeken, verblijven, rechten, contactpersonen, laatste
    # contact, open meldingen, teams, logboek van de personen, logboek van de meldingen
    client = browser(wijkwerker)
    with django_assert_num_queries(17):
        assert len(client.post("/zoek", {"tekst": "jansen"}).context["treffers"]) == 1
    for nummer in range(2, 9):
        meld(wijkwerker, "Jansen", f"Jo{nummer}", nummer)
    with django_assert_num_queries(17):
        assert len(client.post("/zoek", {"tekst": "jansen"}).context["treffers"]) == 8


# Het raam


@pytest.mark.parametrize(
    ("rol", "begin"),
    [
        (Rol.WIJKWERKER, "/werkvoorraad"),
        (Rol.COORDINATOR, "/werkvoorraad"),
        (Rol.FG, "/logboek"),
        (Rol.KCC, "/triage"),
        (Rol.KLACHTEN, "/rapportage"),
        (Rol.ANALIST, "/rapportage"),
        (Rol.TOETSER, "/toetsen"),
        (Rol.BEHEER, "/rapportage"),
        (None, "/rapportage"),
    ],
)
def test_iedereen_begint_waar_het_eigen_werk_is(rol: Rol | None, begin: str, haven: Team) -> None:
    medewerker = MedewerkerFactory()
    if rol:
        stel_aan(medewerker, rol, haven if rol in (Rol.WIJKWERKER, Rol.COORDINATOR) else None)
    assert browser(medewerker).get("/")["Location"] == begin


def test_wie_nog_niet_is_aangemeld_begint_daarmee(client: Client) -> None:
    assert client.get("/")["Location"] == "/aanmelden?next=/"


@pytest.mark.parametrize(("rol", "mag"), [(Rol.WIJKWERKER, True), (Rol.KCC, True), (Rol.FG, False)])
def test_nieuwe_melding_staat_in_de_kop_voor_wie_haar_mag_aannemen(rol: Rol, mag: bool, haven: Team) -> None:
    medewerker = stel_aan(MedewerkerFactory(), rol, haven if rol == Rol.WIJKWERKER else None)
    inhoud = browser(medewerker).get("/bestaat-niet").content.decode()
    assert ('href="/meldingen/nieuw" aria-keyshortcuts="n"' in " ".join(inhoud.split())) == mag


def test_onbekend_en_niet_voor_u_zijn_dezelfde_pagina(
    collega: Medewerker, wijkwerker: Medewerker, melding: Melding
) -> None:
    assert Persoon.objects.exists()
    client = browser(stel_aan(MedewerkerFactory(), Rol.FG))
    namen = [tekst(client.get(adres)) for adres in ("/logboek/inwoner/999999", "/bestaat-niet")]
    assert namen[0] == namen[1]


# Een sessie die is afgelopen


def test_een_afgelopen_sessie_komt_niet_in_een_stuk_van_een_pagina(client: Client) -> None:
    antwoord = client.post(
        "/zoek",
        {"tekst": "jansen"},
        headers={**HTMX, "HX-Current-URL": "http://testserver/sociale-kaart?q=eten"},
    )
    assert antwoord.status_code == 401
    assert antwoord["HX-Redirect"] == "/aanmelden?next=/sociale-kaart%3Fq%3Deten"
    assert antwoord.content == b""


@pytest.mark.parametrize("waar", ["https://elders.example/x", "", "//elders.example"])
def test_na_het_aanmelden_gaat_niemand_naar_een_andere_site(waar: str, client: Client) -> None:
    antwoord = client.get("/sociale-kaart", headers={**HTMX, "HX-Current-URL": waar})
    assert antwoord["HX-Redirect"] == "/aanmelden?next=/"


def test_zonder_htmx_gaat_een_afgelopen_sessie_gewoon_naar_aanmelden(client: Client) -> None:
    assert client.get("/logboek?persoon=1")["Location"] == "/aanmelden?next=/logboek%3Fpersoon%3D1"
