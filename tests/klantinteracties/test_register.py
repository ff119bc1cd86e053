"""The software of a KCC works against us as it is: what it tells becomes work, and done is done on both sides."""

from __future__ import annotations

import pytest
from django.test import Client

from meldingen import workflow
from meldingen.models import (
    Afhandeling,
    Contactkanaal,
    Klantcontact,
    Melding,
    Terugbelverzoek,
    Uitkomst,
)
from teams.models import Afnemer, Medewerker, Team
from tests.klantinteracties.kiss import Kiss, vraag

pytestmark = pytest.mark.django_db


def test_de_reeks_van_kiss_tweemaal_geeft_twee_nummers_en_twee_beloftes(
    kiss: Kiss, haven: Team, kcc: Afnemer
) -> None:
    een, twee = kiss.contactverzoek(), kiss.contactverzoek()

    assert {status for status, _ in kiss.gekregen} == {200, 201}
    assert een["nummer"] != twee["nummer"]
    assert all(taak["nummer"].isdigit() and len(taak["nummer"]) <= 10 for taak in (een, twee))
    beloftes = Terugbelverzoek.objects.order_by("pk")
    assert [(rij.naam, rij.telefoon, rij.team, rij.aangenomen_door) for rij in beloftes] == [
        ("Jo van Jansen", "0612345678", haven, kcc.medewerker)
    ] * 2
    assert (
        beloftes[0].vraag == "Huishoudelijke hulp (wachttijd)\nMevrouw wacht al drie weken\nGraag na 17 uur"
    )
    assert not Melding.objects.exists()


def test_elk_contact_telt_eenmaal_en_een_taak_maakt_het_doorgezet(kiss: Kiss, kcc: Afnemer) -> None:
    kiss.begin()
    kiss.contactverzoek()

    geteld = Klantcontact.objects.bekend_op(None).order_by("pk").values_list("kanaal", "afhandeling", "door")
    assert list(geteld) == [
        (Contactkanaal.TELEFOON, Afhandeling.DIRECT, kcc.medewerker.pk),
        (Contactkanaal.TELEFOON, Afhandeling.DOORGEZET_WIJKTEAM, kcc.medewerker.pk),
    ]
    assert {str(rij.datum) for rij in Klantcontact.objects.all()} == {"2026-11-20"}


@pytest.mark.parametrize("status", ["verwerkt"])
def test_teruggebeld_door_de_wijkwerker_is_verwerkt(kiss: Kiss, wijkwerker: Medewerker, status: str) -> None:
    taak = kiss.contactverzoek()
    assert kiss.doe("GET", "internetaken?status=te_verwerken")["count"] == 1
    assert kiss.doe("GET", f"internetaken?status={status}")["count"] == 0

    workflow.leg_belpoging_vast(Terugbelverzoek.objects.get(), Uitkomst.GESPROKEN, door=wijkwerker)

    gelezen = kiss.doe("GET", f"internetaken/{taak['uuid']}")
    assert (gelezen["status"], gelezen["afgehandeldOp"] is not None) == (status, True)
    assert kiss.doe("GET", f"internetaken?status={status}")["count"] == 1
    assert kiss.doe("GET", "internetaken?status=te_verwerken")["count"] == 0


def test_verwerkt_van_buiten_komt_de_belofte_na_en_nog_eens_verandert_niets(kiss: Kiss, kcc: Afnemer) -> None:
    taak = kiss.contactverzoek()
    eerst = kiss.doe("PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"})
    belofte = Terugbelverzoek.objects.get()
    assert (eerst["status"], belofte.nagekomen_door) == ("verwerkt", kcc.medewerker)
    assert kiss.doe("PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"}) == eerst
    assert belofte.pogingen.count() == 1


def test_zonder_telefoonnummer_wordt_het_een_melding_die_alleen_het_wijkteam_afrondt(
    kiss: Kiss, client: Client, teken: str, haven: Team, wijkwerker: Medewerker
) -> None:
    contact = kiss.begin()
    betrokkene = kiss.betrokkene(contact)
    kiss.adres(betrokkene, "jo@voorbeeld.example", "email")
    taak = kiss.taak(contact)

    melding = Melding.objects.get()
    assert (melding.team, melding.melder_naam, melding.melder_email) == (
        haven,
        "Jo van Jansen",
        "jo@voorbeeld.example",
    )
    assert not Terugbelverzoek.objects.exists()
    assert Klantcontact.objects.bekend_op(None).get().melding == melding
    weigering = vraag(client, teken, "PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"})
    assert (weigering.status_code, weigering.json()["code"]) == (409, "conflict")
    assert melding.nummer in weigering.json()["detail"]

    workflow.rond_af_in_voorveld(melding, op=melding.geregistreerd_op.date(), reden="advies", door=wijkwerker)

    gelezen = kiss.doe("GET", f"internetaken/{taak['uuid']}")
    assert (gelezen["status"], gelezen["afgehandeldOp"] is not None) == ("verwerkt", True)
