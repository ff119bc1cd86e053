"""Beheer says where software is told of what changed, and sends again what didn't arrive."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teams.models import Aanstelling, Abonnement, Afnemer, Bericht, Medewerker, Rol, Voorval
from teams.webhooks import kondig_voorval_aan
from teams.workflow import afnemers

pytestmark = pytest.mark.django_db
NIEUW = {"adres": "https://kcc.example.nl/haak", "voorvallen": ["melding.afgerond", "melding.ontvangen"]}


@pytest.fixture
def beheer() -> Client:
    """A functioneel beheerder."""
    medewerker = Medewerker.objects.create(username="beheer")
    Aanstelling.objects.create(medewerker=medewerker, rol=Rol.BEHEER, vanaf=timezone.localdate())
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.fixture
def afnemer() -> Afnemer:
    """One that does meldingen."""
    return afnemers.maak_afnemer(naam="KISS", scopes=["meldingen"])[0]


def _geheim(tekst: str) -> str:
    gevonden = re.findall(r"<code>(whsec_[A-Za-z0-9+/=]+)</code>", tekst)
    return gevonden[0] if gevonden else ""


def test_van_maken_tot_uitzetten(beheer: Client, afnemer: Afnemer) -> None:
    lijst = f"/afnemers/{afnemer.pk}/webhooks"
    assert "nog geen webhook" in beheer.get(lijst).content.decode()
    geheim = _geheim(beheer.post(lijst, NIEUW).content.decode())
    rij = Abonnement.objects.get()
    pagina = f"/webhooks/{rij.pk}"
    assert geheim
    assert geheim not in beheer.get(pagina).content.decode()
    assert "een melding is afgerond; een melding is ontvangen" in beheer.get(lijst).content.decode()

    assert beheer.post(pagina, {**NIEUW, "voorvallen": ["melding.afgerond"]}).status_code == 302
    rij.refresh_from_db()
    assert rij.voorvallen == ["melding.afgerond"]
    assert _geheim(beheer.post(f"{pagina}/geheim").content.decode()) not in ("", geheim)
    assert "geldt nog tot" in beheer.get(pagina).content.decode()
    assert beheer.post(f"{pagina}/geheim").status_code == 409
    assert _geheim(beheer.post(f"{pagina}/geheim", {"direct": "on"}).content.decode())
    for stap, tekst in (("uit", "Uit sinds"), ("aan", "Uitzetten")):
        assert beheer.post(f"{pagina}/{stap}").status_code == 302
        assert tekst in beheer.get(pagina).content.decode()
        assert beheer.post(f"{pagina}/{stap}").status_code == 409

    for adres in (lijst, pagina):
        for fout, tekst in (
            ({**NIEUW, "adres": "http://kcc.example.nl"}, "https://"),
            ({"adres": NIEUW["adres"]}, "Kies minstens een"),
            ({**NIEUW, "adres": ""}, "Vul het adres"),
            ({**NIEUW, "voorvallen": ["alles"]}, "geldige keuze"),
        ):
            antwoord = beheer.post(adres, fout)
            assert (antwoord.status_code, tekst in antwoord.content.decode()) == (422, True), fout
    assert beheer.post(lijst, NIEUW).status_code == 422
    assert Abonnement.objects.count() == 1

    verhuisd = {**NIEUW, "adres": "https://nieuw.example.nl/", "voorvallen": ["melding.afgerond"]}
    assert beheer.post(pagina, verhuisd).status_code == 302
    adres = f"webhook {NIEUW['adres']}"
    geschiedenis = list(reversed(afnemer.wijzigingen.select_related("door")))[1:]
    assert {str(stap.door) for stap in geschiedenis} == {"beheer"}
    assert [stap.wijzigingen for stap in geschiedenis] == [
        {adres: ["", "melding.afgerond, melding.ontvangen"]},
        {adres: ["melding.afgerond, melding.ontvangen", "melding.afgerond"]},
        {adres: ["", "nieuw geheim"]},
        {adres: ["", "nieuw geheim, het vorige geldt niet meer"]},
        {adres: ["aan", "uitgezet door beheer"]},
        {adres: ["uitgezet door beheer", "aan"]},
        {"webhook": [NIEUW["adres"], verhuisd["adres"]]},
    ]
    assert f"{adres}: aan → uitgezet door beheer" in beheer.get(f"/afnemers/{afnemer.pk}").content.decode()
    afnemers.beeindig_afnemer(afnemer)
    assert "Nieuwe webhook" not in beheer.get(lijst).content.decode()
    assert "Uitzetten" not in beheer.get(pagina).content.decode()
    assert beheer.post(f"{pagina}/uit").status_code == 409


def test_wat_niet_aankwam_staat_per_afnemer_en_gaat_opnieuw(beheer: Client, afnemer: Afnemer) -> None:
    lijst = "/afnemers/niet-bezorgd"
    assert "Alles is aangekomen" in beheer.get(lijst).content.decode()
    beheer.post(f"/afnemers/{afnemer.pk}/webhooks", NIEUW)
    rij = Abonnement.objects.get()

    def dood(aantal: int) -> None:
        for nummer in range(aantal):
            kondig_voorval_aan([rij], Voorval.MELDING_AFGEROND, nummer=f"M{nummer:06d}")
        Bericht.objects.update(mislukt_op=Now(), laatste_fout="antwoord 500")

    def vragen() -> int:
        with CaptureQueriesContext(connection) as bezig:
            tekst = beheer.get(lijst).content.decode()
        assert "antwoord 500" in tekst
        return len(bezig)

    dood(1)
    weinig = vragen()
    dood(4)
    assert vragen() == weinig
    eerste = Bericht.objects.first()
    assert beheer.post(f"{lijst}/{eerste.pk}").status_code == 302
    assert beheer.post(f"{lijst}/{eerste.pk}").status_code == 409
    assert beheer.get(f"{lijst}/{eerste.pk}").status_code == 302
    alles = f"/afnemers/{afnemer.pk}/webhooks/opnieuw"
    assert beheer.post(alles).status_code == 302
    assert beheer.post(alles).status_code == 409
    assert Bericht.objects.wachtend().count() == 5


def test_een_ander_bericht_is_hier_niet_te_vinden(beheer: Client) -> None:
    bericht = Bericht.objects.create(soort="proefmail", aan="jan@example.nl", mislukt_op=Now())
    assert beheer.post(f"/afnemers/niet-bezorgd/{bericht.pk}").status_code == 404
    assert "jan@" not in beheer.get("/afnemers/niet-bezorgd").content.decode()
