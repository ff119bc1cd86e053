"""The software of a KCC works against us as it is: what it tells becomes work, and done is done on both sides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen import workflow
from meldingen.models import (
    Afhandeling,
    Contactkanaal,
    Internetaak,
    Klantcontact,
    Klantinteractie,
    Melding,
    Terugbelverzoek,
    Uitkomst,
)
from reporting.correcties import correcties
from reporting.vraag import Vraag
from teams.models import Afnemer, Medewerker, Team
from tests.factories import TeamFactory
from tests.klantinteracties.kiss import Kiss, naar, vraag

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

    vandaag = timezone.localdate(melding.geregistreerd_op)
    workflow.rond_af_in_voorveld(melding, op=vandaag, reden="advies", door=wijkwerker)

    gelezen = kiss.doe("GET", f"internetaken/{taak['uuid']}")
    assert (gelezen["status"], gelezen["afgehandeldOp"] is not None) == ("verwerkt", True)


def test_een_collega_krijgt_het_op_naam_en_zonder_team_blijft_het_een_taak(
    kiss: Kiss, haven: Team, wijkwerker: Medewerker
) -> None:
    contact = kiss.begin()
    kiss.adres(kiss.betrokkene(contact), "+31612345678")

    def collega(sleutel: str) -> Any:
        wie = {"codeObjecttype": "mdw", "codeRegister": "obj", "codeSoortObjectId": "idf"}
        return kiss.actor("Iemand", "medewerker", objectId=sleutel, **wie)

    kiss.taak(contact, collega("WIJKWERKER@gemeente.example"))
    kiss.taak(contact, kiss.afdeling(), collega("wijkwerker"))
    kiss.taak(contact, kiss.afdeling(), collega("niemand"))
    los = kiss.taak(contact, collega("niemand"))

    beloftes = Terugbelverzoek.objects.order_by("pk")
    assert [(rij.team, rij.medewerker) for rij in beloftes] == [
        (haven, wijkwerker),
        (haven, wijkwerker),
        (haven, None),
    ]
    assert los["status"] == "te_verwerken"
    klaar = kiss.doe("PATCH", f"internetaken/{los['uuid']}", {"status": "verwerkt"})
    assert klaar["afgehandeldOp"]
    open_ = kiss.doe("PATCH", f"internetaken/{los['uuid']}", {"status": "te_verwerken"})
    assert (open_["status"], open_["afgehandeldOp"]) == ("te_verwerken", None)


def test_doorsturen_neemt_de_belofte_mee_en_een_ander_onderdeel_trekt_haar_in(
    kiss: Kiss, haven: Team
) -> None:
    stad = TeamFactory(code="stad")
    taak = kiss.contactverzoek()

    def stuur(actor: Any) -> Any:
        body = {**taak, "toegewezenAanActoren": [naar(actor)], "toelichting": "Liever in de ochtend"}
        del body["toegewezenAanActor"]
        return kiss.doe("PUT", f"internetaken/{taak['uuid']}", body)

    gestuurd = stuur(kiss.afdeling("stad"))
    belofte = Terugbelverzoek.objects.get()
    assert (belofte.team, belofte.vraag.splitlines()[-1]) == (stad, "Liever in de ochtend")
    assert gestuurd["nummer"] == taak["nummer"]
    assert gestuurd["toegewezenOp"] > taak["toegewezenOp"]

    weg = stuur(kiss.afdeling("burgerzaken"))
    belofte.refresh_from_db()
    assert belofte.ingetrokken_op
    assert weg["status"] == "verwerkt"


def test_wat_klaar_is_begint_niet_opnieuw_en_wat_de_wijkwerker_heeft_gaat_niet_weg(
    kiss: Kiss, client: Client, teken: str, haven: Team, wijkwerker: Medewerker
) -> None:
    taak = kiss.contactverzoek()
    pad = f"internetaken/{taak['uuid']}"
    workflow.trek_terugbelverzoek_in(Terugbelverzoek.objects.get(), reden="belde zelf", door=wijkwerker)
    assert kiss.doe("PATCH", pad, {"status": "verwerkt"})["status"] == "verwerkt"
    assert vraag(client, teken, "PATCH", pad, {"status": "te_verwerken"}).status_code == 409
    melding_taak = kiss.contactverzoek(telefoon="")
    workflow.wijs_toe(Melding.objects.get(), team=haven, medewerker=wijkwerker, door=wijkwerker)
    TeamFactory(code="stad")
    door = {"toegewezenAanActoren": [naar(kiss.afdeling("stad"))]}
    weigering = vraag(client, teken, "PATCH", f"internetaken/{melding_taak['uuid']}", door)
    assert (weigering.status_code, "opgepakt" in weigering.json()["detail"]) == (409, True)
    assert (
        kiss.doe("GET", f"internetaken/{melding_taak['uuid']}")["toegewezenAanActor"]
        == melding_taak["toegewezenAanActor"]
    )


def test_een_taak_die_al_klaar_was_wordt_niets(kiss: Kiss) -> None:
    contact = kiss.begin()
    kiss.adres(kiss.betrokkene(contact), "0612345678")
    body = {
        "gevraagdeHandeling": "Bel",
        "aanleidinggevendKlantcontact": naar(contact),
        "toegewezenAanActor": naar(kiss.afdeling()),
        "status": "verwerkt",
    }
    taak = kiss.doe("POST", "internetaken", body)
    assert (taak["status"], Terugbelverzoek.objects.count(), Melding.objects.count()) == ("verwerkt", 0, 0)
    assert Klantcontact.objects.bekend_op(None).get().afhandeling == Afhandeling.DOORGEZET_WIJKTEAM


def test_mislukt_het_gevolg_dan_is_er_ook_geen_taak(
    kiss: Kiss, client: Client, teken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = kiss.begin()
    kiss.adres(kiss.betrokkene(contact), "0612345678")
    actor = kiss.afdeling()

    def stuk(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("meldingen.workflow.klantinteracties.neem_terugbelverzoek_aan", stuk)
    client.raise_request_exception = False
    body = {
        "gevraagdeHandeling": "Bel",
        "aanleidinggevendKlantcontact": naar(contact),
        "toegewezenAanActor": naar(actor),
        "status": "te_verwerken",
    }
    antwoord = vraag(client, teken, "POST", "internetaken", body)
    assert (antwoord.status_code, antwoord.json()["code"]) == (500, "error")
    assert (antwoord["API-version"], antwoord["Content-Type"]) == ("0.9.0", "application/json")
    assert not Internetaak.objects.exists()


def test_een_direct_contact_met_later_een_taak_is_een_correctie_in_de_monitor(
    kiss: Kiss, kcc: Afnemer, haven: Team
) -> None:
    nu = timezone.now()
    interactie = Klantinteractie.objects.create(
        van=kcc.medewerker, kanaal="telefoon", taal="nld", vertrouwelijk=False, plaatsgevonden_op=nu
    )
    eerst = Klantcontact.objects.create(
        ref=interactie.ref,
        datum=timezone.localdate(nu),
        kanaal=Contactkanaal.TELEFOON,
        afhandeling=Afhandeling.DIRECT,
        door=kcc.medewerker,
        geregistreerd_op=nu - timedelta(hours=2),
    )

    kiss.taak({"uuid": str(interactie.uuid)})

    eerst.refresh_from_db()
    volgende = Klantcontact.objects.get(versie=2)
    assert (volgende.ref, volgende.afhandeling) == (eerst.ref, Afhandeling.DOORGEZET_WIJKTEAM)
    assert (eerst.vervallen_op, eerst.vervallen_door) == (volgende.geregistreerd_op, kcc.medewerker)
    uitkomst = correcties(
        Vraag.van_invoer("2.1", periode=f"{nu:%Y-%m}"), nu - timedelta(hours=1), timezone.now()
    )
    per_cel = {cel.cel.sleutel: (cel.van, cel.tot) for cel in uitkomst.cellen}
    assert per_cel == {"direct_afgehandeld_pct": (100, 0)}
    assert sorted(rij.gebeurd for rij in uitkomst.registraties) == ["geregistreerd", "vervallen"]
