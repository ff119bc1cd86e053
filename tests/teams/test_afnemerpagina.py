"""Beheer lets software in and out by a page; a secret is seen once."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from teams.models import Aanstelling, Afnemer, Medewerker, Rol, Teken

pytestmark = pytest.mark.django_db
NIEUW = {"naam": "KISS", "scopes": ["meldingen", "klantinteracties"]}


@pytest.fixture
def beheer() -> Client:
    """A functioneel beheerder."""
    medewerker = Medewerker.objects.create(username="beheer")
    Aanstelling.objects.create(medewerker=medewerker, rol=Rol.BEHEER, vanaf=timezone.localdate())
    client = Client()
    client.force_login(medewerker)
    return client


def _code(tekst: str, lengte: int) -> str:
    gevonden = re.findall(rf"<code>([A-Za-z0-9]{{{lengte}}})</code>", tekst)
    return gevonden[0] if gevonden else ""


def test_van_maken_tot_beeindigen(beheer: Client) -> None:
    gemaakt = beheer.post("/afnemers", NIEUW)
    rij = Afnemer.objects.get()
    pagina = f"/afnemers/{rij.pk}"
    geheim = _code(gemaakt.content.decode(), 64)
    assert geheim
    assert geheim not in beheer.get(pagina).content.decode()
    assert "KISS" in beheer.get("/afnemers").content.decode()

    anders = {"scopes": ["klantinteracties", "wijkteams"], "per_minuut": "5", "per_dag": ""}
    assert beheer.post(pagina, anders).status_code == 302
    rij.refresh_from_db()
    assert (rij.scopes, rij.per_minuut, rij.per_dag) == (["klantinteracties", "wijkteams"], 5, None)

    assert _code(beheer.post(f"{pagina}/geheim").content.decode(), 64) not in ("", geheim)
    nog_een = beheer.post(f"{pagina}/geheim")
    assert (nog_een.status_code, "geldt nog tot" in nog_een.content.decode()) == (409, True)
    assert _code(beheer.post(f"{pagina}/geheim", {"direct": "on"}).content.decode(), 64)

    tekst = _code(beheer.post(f"{pagina}/teken").content.decode(), 40)
    teken = Teken.objects.get()
    assert tekst.startswith(teken.begin)
    assert beheer.post(f"{pagina}/teken", {"tot": "01-01-2020"}).status_code == 409
    assert beheer.post(f"{pagina}/teken", {"tot": "boe"}).status_code == 422
    assert beheer.post(f"{pagina}/teken/{teken.pk}/einde").status_code == 302
    assert beheer.post(f"{pagina}/teken/{teken.pk}/einde").status_code == 409
    geschiedenis = list(reversed(rij.wijzigingen.select_related("door")))
    assert {stap.door.username for stap in geschiedenis if stap.door} == {"beheer"}
    assert [stap.wijzigingen for stap in geschiedenis] == [
        {"scopes": ["", "klantinteracties, meldingen"]},
        {
            "scopes": ["klantinteracties, meldingen", "klantinteracties, wijkteams"],
            "per minuut": ["", "5"],
        },
        {"geheim": ["", "nieuw"]},
        {"geheim": ["", "nieuw, het vorige geldt niet meer"]},
        {"teken": ["", str(teken)]},
        {"teken": [str(teken), "beëindigd"]},
    ]
    assert (
        "scopes: klantinteracties, meldingen → klantinteracties, wijkteams"
        in beheer.get(pagina).content.decode()
    )
    with pytest.raises(IntegrityError, match="alleen aangevuld"), transaction.atomic():
        rij.wijzigingen.update(door=None)

    assert beheer.post(f"{pagina}/einde").status_code == 302
    weg = beheer.get(pagina).content.decode()
    assert "Beëindigd op" in weg
    assert "Maak een nieuw geheim" not in weg
    assert beheer.post(f"{pagina}/einde").status_code == 409
    assert beheer.post(pagina, anders).status_code == 422


def test_wat_niet_kan_staat_bij_het_veld(beheer: Client) -> None:
    beheer.post("/afnemers", NIEUW)
    for fout, tekst in (
        (NIEUW, "Er is al een afnemer"),
        ({"naam": "", "scopes": ["meldingen"]}, "Vul de naam"),
        ({"naam": "Ander"}, "Kies minstens een"),
        ({"naam": "Ander", "scopes": ["alles"]}, "geldige keuze"),
        ({"naam": "Ander", "scopes": ["meldingen"], "per_minuut": "0"}, "Zorg ervoor"),
    ):
        antwoord = beheer.post("/afnemers", fout)
        assert antwoord.status_code == 422
        assert tekst in antwoord.content.decode(), tekst
    assert Afnemer.objects.count() == 1


def test_ook_zonder_browser() -> None:
    uit = StringIO()
    call_command("afnemer", "KISS", "--scope", "meldingen", stdout=uit)
    assert re.fullmatch(r"client_id: \w{32}\nclient_secret: \w{64}\n", uit.getvalue())
    with pytest.raises(CommandError, match="al een afnemer"):
        call_command("afnemer", "KISS", "--scope", "meldingen")


def test_de_beschrijving_is_er_voor_iedereen(client: Client) -> None:
    antwoord = client.get("/api/v1/openapi.json")
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert antwoord["API-Version"] == "1.0.0"
    paden = antwoord.json()["paths"]
    assert {"/meldingen", "/terugbelverzoeken/{nummer}/_intrekken", "/openapi.json"} <= paden.keys()
    assert paden["/meldingen"]["post"]["security"] == [{"oauth": ["meldingen"]}]
    pagina = client.get("/api/v1/documentatie").content.decode()
    assert "<style" not in pagina
    assert "<script>" not in pagina
