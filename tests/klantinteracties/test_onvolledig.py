"""What the software of a KCC told halfway stays, and whoever divides the work sees what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen.models import Klantcontact, Klantinteractie, Melding, Terugbelverzoek
from teams.models import Handeling, Inzage, Medewerker, Team
from tests.klantinteracties.kiss import Kiss

pytestmark = pytest.mark.django_db
PAGINA = "/kcc-contacten"


@pytest.fixture
def bezoek(client: Client, coordinator: Medewerker) -> Client:
    """The browser of the coördinator."""
    bezoek = Client()
    bezoek.force_login(coordinator)
    return bezoek


def later() -> None:
    """The quarter of an hour is over."""
    Klantinteractie.objects.update(aangeleverd_op=timezone.now() - timedelta(minutes=16))


def gezien(bezoek: Client, lijst: str = "onvolledig") -> dict[str, list[str]]:
    """What is missing, by subject."""
    return {
        rij.onderwerp_tekst: wat for rij, wat, *_ in bezoek.get(f"{PAGINA}?lijst={lijst}").context["regels"]
    }


def test_wat_halverwege_stopt_staat_er_met_wat_er_ontbreekt(kiss: Kiss, bezoek: Client) -> None:
    kiss.begin("na het contact")
    kiss.betrokkene(kiss.begin("na de betrokkene"))
    kiss.adres(kiss.betrokkene(kiss.begin("na het adres")), "0612345678")
    weg = kiss.begin("voor een ander")
    kiss.taak(weg, kiss.afdeling("burgerzaken"))
    kiss.contactverzoek()
    assert gezien(bezoek) == {}
    later()

    wie, adres, taak, elders = (
        "Er is niet doorgegeven wie er contact zocht.",
        "Er is geen telefoonnummer of e-mailadres doorgegeven.",
        "Er is geen vraag aan een team doorgegeven.",
        "De vraag is voor een team of medewerker die hier niet bekend is.",
    )
    assert gezien(bezoek) == {
        "na het contact": [wie, adres, taak],
        "na het adres": [taak],
        "voor een ander": [wie, adres, elders],
    }
    assert gezien(bezoek, "zonder-vraag") == {"na de betrokkene": [adres, taak]}
    assert (
        Inzage.objects.filter(onderwerp="meldingen.Klantinteractie", handeling=Handeling.IN_LIJST).count()
        >= 4
    )
    assert "te verdelen" in bezoek.get("/werkvoorraad").content.decode()


def test_een_team_krijgt_wat_er_lag_en_niet_tweemaal(kiss: Kiss, bezoek: Client, haven: Team) -> None:
    contact = kiss.begin()
    kiss.adres(kiss.betrokkene(contact), "0612345678")
    later()
    rij = Klantinteractie.objects.get()
    stap = f"{PAGINA}/{rij.pk}/team"

    leeg = bezoek.post(stap, {f"{rij.pk}-team": ""})
    assert (leeg.status_code, Terugbelverzoek.objects.count()) == (422, 0)
    assert bezoek.post(stap, {f"{rij.pk}-team": haven.pk}).status_code == 303

    belofte = Terugbelverzoek.objects.get()
    assert (belofte.team, belofte.telefoon, belofte.naam) == (haven, "0612345678", "Jo van Jansen")
    assert bezoek.post(stap, {f"{rij.pk}-team": haven.pk}).status_code == 404
    uit = kiss.doe("GET", f"klantcontacten/{contact['uuid']}?expand=leiddeTotInterneTaken")
    assert uit["_expand"]["leiddeTotInterneTaken"][0]["toegewezenAanActor"]
    assert Klantcontact.objects.bekend_op(None).count() == 1


def test_een_vraag_voor_wie_hier_niet_bekend_is_gaat_alsnog_naar_een_team(
    kiss: Kiss, bezoek: Client, haven: Team
) -> None:
    contact = kiss.begin()
    taak = kiss.taak(contact, kiss.afdeling("haventeam"))
    later()
    rij = Klantinteractie.objects.get()
    assert not Melding.objects.exists()
    bezoek.post(f"{PAGINA}/{rij.pk}/team", {f"{rij.pk}-team": haven.pk})
    assert (Melding.objects.get().team, kiss.doe("GET", "internetaken")["count"]) == (haven, 1)
    assert kiss.doe("GET", f"internetaken/{taak['uuid']}")["status"] == "te_verwerken"


def test_afdoen_vraagt_een_reden_en_haalt_het_van_de_lijst(
    kiss: Kiss, bezoek: Client, coordinator: Medewerker
) -> None:
    kiss.begin()
    later()
    rij = Klantinteractie.objects.get()
    stap = f"{PAGINA}/{rij.pk}/afgedaan"
    assert bezoek.post(stap, {f"{rij.pk}-reden": "  "}).status_code == 422
    assert bezoek.post(stap, {f"{rij.pk}-reden": "Verkeerd verbonden"}).status_code == 303
    rij.refresh_from_db()
    assert (rij.afgedaan_door, rij.afgedaan_reden) == (coordinator, "Verkeerd verbonden")
    assert gezien(bezoek) == {}
    assert bezoek.post(stap, {f"{rij.pk}-reden": "nog eens"}).status_code == 404


def test_de_lijst_kost_evenveel_opdrachten_hoe_lang_zij_ook_is(kiss: Kiss, bezoek: Client) -> None:
    def opdrachten() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            bezoek.get(PAGINA)
        return len(gevraagd)

    kiss.adres(kiss.betrokkene(kiss.begin()), "0612345678")
    later()
    een = opdrachten()
    for _ in range(5):
        kiss.adres(kiss.betrokkene(kiss.begin()), "0612345678")
    later()
    assert opdrachten() == een


def test_wat_later_komt_bereikt_wie_het_al_heeft(kiss: Kiss, haven: Team) -> None:
    contact = kiss.begin()
    kiss.taak(contact)
    melding = Melding.objects.get()
    assert melding.melder_telefoon == ""
    betrokkene = kiss.betrokkene(contact)
    kiss.adres(betrokkene, "0612345678")
    kiss.adres(betrokkene, "0687654321")
    melding.refresh_from_db()
    assert (melding.melder_naam, melding.melder_telefoon) == ("Jo van Jansen", "0612345678")
    assert "0687654321" in melding.notities.get().tekst
    taak = kiss.contactverzoek()
    wie = kiss.doe("GET", f"betrokkenen?hadKlantcontact__uuid={taak['aanleidinggevendKlantcontact']['uuid']}")
    kiss.adres(wie["results"][0], "jo@voorbeeld.example", "email")
    assert "jo@voorbeeld.example" in Terugbelverzoek.objects.get().vraag
