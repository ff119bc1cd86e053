"""The form for everybody: without account, against robots, and silent about who is known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from meldingen.forms.melden import MINSTENS_SECONDEN, MeldForm
from meldingen.models import Kanaal, Meldersoort, Melding, Toestemming
from teams.access import Actie, zichtbaar
from teams.berichten import bezorg
from teams.gronden import Wie
from teams.models import Grond, Instelling, Medewerker, Team
from teams.post import Bericht

pytestmark = pytest.mark.django_db

MELDEN = "/melden"
SCRIPT = "<script>alert('x')</script>"
VELDEN = {
    "soort": "1",
    "naam": "Fenna de Vries",
    "email": "fenna@voorbeeld.nl",
    "vraag": "Het gaat niet goed thuis.",
    "postcode": "1316 ab",
    "akkoord": "on",
}


def tekst(antwoord: Any) -> str:
    return str(antwoord.content.decode())


def zegel(browser: Client) -> str:
    """Asks for the form, and lets as long pass as people need to fill it in."""
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(seconds=60)):
        pagina = tekst(browser.get(MELDEN))
    return re.findall('name="zegel" value="([^"]+)"', pagina)[0]


def verstuur(browser: Client, **anders: Any) -> Any:
    return browser.post(MELDEN, {"zegel": zegel(browser), **VELDEN, **anders})


def test_wie_meldt_krijgt_een_nummer_per_mail_en_de_melding_staat_in_de_triage(
    client: Client, haven: Team, wijkwerker: Medewerker
) -> None:
    antwoord = verstuur(client)
    assert antwoord["Location"] == "/melden/ontvangen"
    assert "Uw melding is ontvangen" in tekst(client.get("/melden/ontvangen"))
    melding = Melding.objects.get()
    assert (melding.team, melding.behandelaar, melding.persoon) == (haven, None, None)
    assert (melding.melder_soort, melding.toestemming) == (Meldersoort.INWONER, Toestemming.JA)
    assert melding.gebeurtenissen.get().kanaal == Kanaal.WEBFORMULIER
    assert zichtbaar(Melding, Wie.van(wijkwerker), Actie.WERKEN).get().grond == Grond.TEAM_VAN_MELDING
    bezorg(hoogstens=timedelta(seconds=10))
    (brief,) = mail.outbox
    assert brief.to == ["fenna@voorbeeld.nl"]
    assert melding.nummer in brief.subject
    assert melding.nummer in brief.body
    assert "niet goed thuis" not in brief.body


def test_zonder_postcode_van_een_team_wacht_de_melding_op_wie_verdeelt(client: Client, haven: Team) -> None:
    verstuur(client, postcode="")
    verstuur(client, postcode="9999ZZ")
    assert {melding.team for melding in Melding.objects.all()} == {None}


def test_een_professional_meldt_over_een_ander(client: Client, haven: Team) -> None:
    antwoord = verstuur(client, soort="3")
    assert "Vul de naam van uw organisatie in." in tekst(antwoord)
    assert "Vul in over wie het gaat." in tekst(antwoord)
    verstuur(client, soort="3", organisatie="Huisarts", over="Jo Jansen", geboortedatum="1-5-1943")
    melding = Melding.objects.get()
    assert melding.melder_organisatie == "Huisarts"
    assert melding.vraag.endswith("Over: Jo Jansen\nGeboren: 01-05-1943\nPostcode: 1316AB")


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("naam", "", "Vul uw naam in"),
        ("email", "geen", "Dit e-mailadres klopt niet"),
        ("telefoon", "12", "Dit telefoonnummer klopt niet"),
        ("postcode", "12", "Een postcode is vier cijfers en twee letters"),
        ("geboortedatum", "31-02-2000", "Deze dag bestaat niet"),
        ("geboortedatum", "31-12-2099", "ligt in de toekomst"),
        ("vraag", "ë" * 10_000, "niet meer dan 3000 tekens"),
        ("akkoord", "", "Zonder toestemming"),
        ("soort", "", "Kies voor wie u hulp vraagt"),
        ("soort", "7", "Selecteer een geldige keuze"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_wat_getypt_is_staat_er_nog(
    client: Client, veld: str, waarde: str, fout: str
) -> None:
    antwoord = verstuur(client, **{veld: waarde})
    assert antwoord.status_code == 422
    assert tekst(antwoord).count(fout) == 2
    assert antwoord.context["form"][veld].value() in (waarde, False)
    assert "Fenna de Vries" in tekst(antwoord) or veld == "naam"
    assert not Melding.objects.exists()
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("inhoud", [SCRIPT, "🙂👩‍👩‍👧‍👦", "‮שלום مرحبا"])
def test_vreemde_tekst_in_elk_veld_blijft_tekst(client: Client, inhoud: str) -> None:
    antwoord = client.post(MELDEN, dict.fromkeys(MeldForm.base_fields, inhoud))
    assert antwoord.status_code == 422
    assert SCRIPT not in tekst(antwoord)
    verstuur(client, naam=inhoud, vraag=inhoud)
    assert Melding.objects.get().melder_naam == inhoud


@pytest.mark.parametrize("robot", [{"website": "https://voorbeeld.nl"}, {"zegel": ""}, {"zegel": "x:y:z"}])
def test_een_robot_komt_er_niet_in_en_een_mens_mag_het_nog_eens_doen(
    client: Client, robot: dict[str, str]
) -> None:
    antwoord = verstuur(client, **robot)
    assert "Dat ging erg snel" in tekst(antwoord)
    assert not Melding.objects.exists()
    nieuw = re.findall('name="zegel" value="([^"]+)"', tekst(antwoord))[0]
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(seconds=10)):
        assert client.post(MELDEN, {**VELDEN, "zegel": nieuw}).status_code == 302


def test_sneller_dan_een_mens_of_pas_na_een_dag_is_geen_mens(client: Client) -> None:
    vers = re.findall('name="zegel" value="([^"]+)"', tekst(client.get(MELDEN)))[0]
    assert client.post(MELDEN, {**VELDEN, "zegel": vers}).status_code == 422
    with mock.patch("time.time", return_value=timezone.now().timestamp() + 25 * 3600):
        assert client.post(MELDEN, {**VELDEN, "zegel": vers}).status_code == 422
    later = timezone.now() + timedelta(seconds=MINSTENS_SECONDEN + 1)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert client.post(MELDEN, {**VELDEN, "zegel": vers}).status_code == 302


def test_hetzelfde_formulier_tweemaal_verzonden_is_een_melding(client: Client) -> None:
    velden = {**VELDEN, "zegel": zegel(client)}
    for _ in range(2):
        assert client.post(MELDEN, velden)["Location"] == "/melden/ontvangen"
    assert Melding.objects.count() == Bericht.objects.count() == 1


def test_wie_te_vaak_meldt_moet_wachten(client: Client) -> None:
    grens = int(Instelling.objects.waarde_op("formulier_per_uur", timezone.localdate()))
    for nummer in range(grens):
        assert verstuur(client, email=f"nummer{nummer}@voorbeeld.nl").status_code == 302
    antwoord = verstuur(client, email="nog-een@voorbeeld.nl")
    assert "Wacht een uur, of bel ons" in tekst(antwoord)
    assert "Het gaat niet goed thuis." in tekst(antwoord)
    ander = Client(REMOTE_ADDR="10.9.8.7")
    assert verstuur(ander, email="nummer0@voorbeeld.nl").status_code == 302
    assert Melding.objects.count() == grens + 1


def test_een_adres_krijgt_niet_van_overal_post(client: Client) -> None:
    grens = int(Instelling.objects.waarde_op("formulier_per_uur", timezone.localdate()))
    for nummer in range(grens + 3):
        verstuur(Client(REMOTE_ADDR=f"10.0.0.{nummer}"), email=VELDEN["email"].upper())
    assert Bericht.objects.count() == grens


def test_het_antwoord_verraadt_niet_wie_bekend_is(client: Client, melding: Melding) -> None:
    onbekend = verstuur(client)
    bekend = verstuur(client, naam="Jo Jansen", email="jo@voorbeeld.nl", telefoon="0612345678")
    assert (bekend.status_code, bekend["Location"]) == (onbekend.status_code, onbekend["Location"])
    assert bekend.content == onbekend.content
    assert Melding.objects.latest("pk").persoon is None, "a person links it"


def test_wie_is_aangemeld_mag_het_ook_gebruiken(bezoek: Client) -> None:
    assert verstuur(bezoek).status_code == 302
    assert Melding.objects.count() == 1


def test_het_formulier_vraagt_geen_script_en_geen_derde(client: Client) -> None:
    pagina = tekst(client.get(MELDEN))
    assert "hx-" not in pagina.replace("htmx-config", "")
    assert not re.findall(r'(?:src|action)="https?://', pagina)
    assert client.get("/melden/ontvangen").status_code == 200
    assert client.post("/melden/ontvangen").status_code == 405
