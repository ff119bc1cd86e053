"""Referring to the sociale kaart from a melding, by one click, and counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from households.models import Levensgebied
from meldingen import workflow
from meldingen.models import Melding, Soort, Verwijzing
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from voorzieningen.models import AlgemeneVoorziening

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert('x')</script>"


def tekst(antwoord: Any) -> str:
    return str(antwoord.content.decode())


def op_de_kaart(naam: str, *levensgebieden: str, **kenmerken: Any) -> AlgemeneVoorziening:
    rij = AlgemeneVoorziening.objects.create(naam=naam, **{"hele_gemeente": True, **kenmerken})
    rij.levensgebieden.set(Levensgebied.objects.filter(code__in=levensgebieden))
    return rij


@pytest.fixture
def maatje() -> AlgemeneVoorziening:
    return op_de_kaart("Taalmaatje", "wonen", omschrijving="Samen Nederlands oefenen")


@pytest.fixture
def adres(melding: Melding) -> str:
    return f"/meldingen/{melding.pk}/verwijzen"


def test_het_begint_bij_wat_en_waar_de_melding_speelt(
    bezoek: Client, melding: Melding, adres: str, stad: Team, maatje: AlgemeneVoorziening
) -> None:
    melding.levensgebieden.set(Levensgebied.objects.filter(code="wonen"))
    op_de_kaart("Boodschappendienst")
    op_de_kaart("Buurthuis Stad", "wonen", hele_gemeente=False).teams.add(stad)
    op_de_kaart("Gestopt", "wonen", geldig_tot=timezone.localdate())
    pagina = tekst(bezoek.get(adres))
    assert "Taalmaatje" in pagina
    for ander in ("Boodschappendienst", "Buurthuis Stad", "Gestopt"):
        assert ander not in pagina


def test_zoeken_gaat_zonder_woorden_in_een_adres(
    bezoek: Client, adres: str, maatje: AlgemeneVoorziening
) -> None:
    op_de_kaart("Boodschappendienst")
    for woord in ("taalmaatje", "nederlands", "taalmaatj"):
        gevonden = tekst(bezoek.post(adres, {"q": woord, "zoek": "ja"}, headers=HTMX))
        assert "Taalmaatje" in gevonden
        assert "Boodschappendienst" not in gevonden
        assert "<html" not in gevonden
    assert "Er is niets gevonden" in tekst(bezoek.post(adres, {"q": "zwemles", "zoek": "ja"}))
    assert "hx-get" not in tekst(bezoek.get(adres))
    assert not Verwijzing.objects.exists()


def test_een_klik_verwijst_en_rondt_af(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding, adres: str, maatje: AlgemeneVoorziening
) -> None:
    velden = {"voorziening": str(maatje.pk), "toelichting": "belt zelf", "rond_af": "on"}
    antwoord = bezoek.post(adres, velden)
    assert (antwoord.status_code, antwoord["Location"]) == (303, f"/meldingen/{melding.pk}")
    verwijzing = Verwijzing.objects.get()
    assert (verwijzing.voorziening, verwijzing.datum, verwijzing.door) == (
        maatje,
        timezone.localdate(),
        wijkwerker,
    )
    feit = melding.gebeurtenissen.get(soort=Soort.VOORVELD)
    assert feit.reden == "Verwezen naar Taalmaatje: belt zelf"
    antwoord = bezoek.post(adres, velden)
    assert antwoord.status_code == 409
    assert "al afgerond" in tekst(antwoord)
    assert Verwijzing.objects.count() == 1
    assert "verwijzen kan niet meer" in tekst(bezoek.get(adres))


def test_verwijzen_kan_ook_terwijl_de_melding_doorgaat(
    bezoek: Client, melding: Melding, adres: str, maatje: AlgemeneVoorziening
) -> None:
    assert bezoek.post(adres, {"voorziening": maatje.pk}).status_code == 303
    assert Melding.objects.get().status == "ontvangen"
    antwoord = bezoek.post(adres, {"voorziening": maatje.pk, "toelichting": "nog eens"})
    assert "is al verwezen" in tekst(antwoord)
    assert "nog eens" in tekst(antwoord)
    assert "Hierheen is al verwezen" in tekst(bezoek.get(adres))
    assert Verwijzing.objects.count() == 1


def test_waarheen_niet_kan_staat_erbij(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding, adres: str
) -> None:
    oud = op_de_kaart("Gestopt", geldig_tot=timezone.localdate())
    assert "‘Gestopt’ is er op" in tekst(bezoek.post(adres, {"voorziening": oud.pk}))
    for sleutel in ("999999", "99999999999999999999", "x", "-1", SCRIPT):
        antwoord = bezoek.post(adres, {"voorziening": sleutel, "toelichting": SCRIPT})
        assert antwoord.status_code == 409
        assert SCRIPT not in tekst(antwoord)
    antwoord = bezoek.post(adres, {"voorziening": oud.pk, "toelichting": "x" * 1001})
    assert antwoord.status_code == 422
    assert tekst(antwoord).count("niet meer dan 1000 tekens") == 2
    with pytest.raises(Geweigerd, match="moet nog komen"):
        workflow.verwijs(
            melding, oud, op=timezone.localdate() + timedelta(days=1), rond_af=False, door=wijkwerker
        )
    assert not Verwijzing.objects.exists()


def test_wie_niet_met_de_melding_werkt_verwijst_niet(
    client: Client, collega: Medewerker, melding: Melding, adres: str, maatje: AlgemeneVoorziening
) -> None:
    client.force_login(collega)
    for pad in (adres, "/meldingen/999999/verwijzen"):
        assert client.get(pad).status_code == 404
        assert client.post(pad, {"voorziening": maatje.pk}).status_code == 404
    client.force_login(stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC))
    assert client.get(adres).status_code == 403
    assert not Verwijzing.objects.exists()


def test_beheer_ziet_op_de_kaart_hoe_vaak_verwezen_is(
    bezoek: Client, adres: str, maatje: AlgemeneVoorziening
) -> None:
    bezoek.post(adres, {"voorziening": maatje.pk})
    kaart = f"/sociale-kaart/{maatje.pk}"
    assert "Verwijzingen" not in tekst(bezoek.get(kaart))
    beheer = Client()
    beheer.force_login(stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER))
    assert "<dt>Verwijzingen</dt> <dd> 1 </dd>" in " ".join(tekst(beheer.get(kaart)).split())


def test_een_verwijzing_wordt_niet_overschreven(
    wijkwerker: Medewerker, melding: Melding, maatje: AlgemeneVoorziening
) -> None:
    workflow.verwijs(melding, maatje, op=timezone.localdate(), rond_af=False, door=wijkwerker)
    for wijzig in (
        lambda: Verwijzing.objects.update(datum=date(2015, 1, 1)),
        lambda: Verwijzing.objects.all().delete(),
        lambda: Verwijzing.objects.create(melding=melding, voorziening=maatje, datum=date(2015, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wijzig()


def test_vijfentwintig_rijen_kosten_niet_meer_vragen_dan_een(
    bezoek: Client, adres: str, maatje: AlgemeneVoorziening, django_assert_max_num_queries: Any
) -> None:
    """The transaction (2), session, user, roles; the melding and the log; levensgebieden and teams of the form;
    the words, the rows with their two links; what was referred to already."""

    def zoek() -> tuple[int, int]:
        with django_assert_max_num_queries(25) as vragen:
            antwoord = bezoek.post(adres, {"q": "taalmaatje"}, headers=HTMX)
        return len(vragen), tekst(antwoord).count("Verwijs hierheen</button>")

    een = zoek()
    for nummer in range(30):
        op_de_kaart(f"Taalmaatje {nummer}", "wonen")
    assert (een[1], zoek()) == (1, (een[0], 25))
