"""A KCC hands a melding over, and hears how far it is: never lost, never twice, and never what stands in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.models import Persoon
from meldingen import workflow
from meldingen.models import Klantcontact, Melding, Terugbelverzoek, Uitkomst
from teams.models import Inzage, Medewerker, Team, Weg
from tests.api.conftest import Kcc, melding

MAX_INNAME, MAX_LIJST = 15, 6


def _opdrachten(bezig: CaptureQueriesContext) -> list[str]:
    """What the database was asked; all but the first mark of a transaction, which is the call's own."""
    sql = [vraag["sql"] for vraag in bezig.captured_queries]
    marken = [nummer for nummer, tekst in enumerate(sql) if tekst.startswith(("SAVEPOINT", "RELEASE"))]
    return [tekst for nummer, tekst in enumerate(sql) if nummer not in (marken[0], marken[-1])]


def test_een_melding_in_een_keer(kcc: Kcc, team: Team) -> None:
    antwoord = kcc.stuur("meldingen", melding())

    assert antwoord.status_code == 201, antwoord.json()
    rij = Melding.objects.get()
    belofte = Terugbelverzoek.objects.get()
    assert antwoord["Location"] == f"http://testserver/api/v1/meldingen/{rij.nummer}"
    assert antwoord["API-Version"] == "1.0.0"
    gekregen = antwoord.json()
    assert gekregen == kcc.get(antwoord["Location"]).json()
    assert (gekregen["nummer"], gekregen["stand"]) == (rij.nummer, "ontvangen")
    assert gekregen["team"] == {"code": "haven", "naam": "Team Haven"}
    assert [(b["stand"], b["melding"]) for b in gekregen["terugbelverzoeken"]] == [("open", rij.nummer)]
    assert (belofte.naam, belofte.telefoon, belofte.persoon) == ("Ans de Boer", "0612345678", rij.persoon)
    assert (rij.team, rij.persoon.naam, rij.aangenomen_door) == (
        team,
        "Truus de Boer",
        kcc.afnemer.medewerker,
    )
    contact = Klantcontact.objects.get()
    assert (contact.melding, contact.afhandeling.label if hasattr(contact.afhandeling, "label") else 2) == (
        rij,
        2,
    )
    regel = Inzage.objects.get()
    assert (regel.medewerker, regel.weg, regel.persoon) == (
        kcc.afnemer.medewerker,
        Weg.API,
        rij.persoon_id,
    )


def test_wie_voor_zichzelf_belt_hoeft_geen_persoon_te_noemen(kcc: Kcc) -> None:
    melder = {"soort": "inwoner", "naam": "Boer", "email": "boer@example.org"}
    antwoord = kcc.stuur("meldingen", {"melder": melder, "vraag": "Ik wil hulp."})

    assert antwoord.status_code == 201
    assert antwoord.json()["team"] is None
    assert antwoord.json()["terugbelverzoeken"] == []
    assert Persoon.objects.get().email == "boer@example.org"


def test_hoe_ver_het_is_in_drie_woorden_en_of_er_gebeld_is(kcc: Kcc, wijkwerker: Medewerker) -> None:
    adres = kcc.stuur("meldingen", melding())["Location"]
    rij, belofte = Melding.objects.get(), Terugbelverzoek.objects.get()

    def stand() -> tuple[str, str]:
        nu = kcc.get(adres).json()
        return nu["stand"], nu["terugbelverzoeken"][0]["stand"]

    assert stand() == ("ontvangen", "open")
    workflow.start_gesprek(rij, op=timezone.localdate(rij.geregistreerd_op), door=wijkwerker)
    Terugbelverzoek.objects.update(uiterlijk_op="2026-01-01T00:00Z")
    assert stand() == ("in_behandeling", "te_laat")
    workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=wijkwerker)
    workflow.rond_af_in_voorveld(
        rij, op=timezone.localdate(rij.geregistreerd_op), reden="advies", door=wijkwerker
    )
    assert stand() == ("afgerond", "nagekomen")


def test_een_ander_hoort_er_niets_van(kcc: Kcc, ander: Kcc) -> None:
    adres = kcc.stuur("meldingen", melding())["Location"]

    vreemd, onbekend = ander.get(adres), ander.vraag("meldingen/M999999")

    assert vreemd.status_code == onbekend.status_code == 404
    assert {**vreemd.json(), "requestId": ""} == {**onbekend.json(), "requestId": ""}
    assert ander.vraag("meldingen").json() == {"resultaten": [], "volgende": None}
    assert Inzage.objects.filter(medewerker=ander.afnemer.medewerker, toegestaan=False).count() == 2
    for nummer in ("1", "M0", "m1", "M1e3", "M" + "9" * 30, "٣"):
        assert kcc.vraag(f"meldingen/{nummer}").status_code == 404


def test_wie_afgeschermd_wordt_is_er_ook_voor_het_kcc_niet_meer(kcc: Kcc) -> None:
    adres = kcc.stuur("meldingen", melding())["Location"]
    huishouden = Melding.objects.get().huishouden
    assert huishouden
    huishouden.afgeschermd, huishouden.afgeschermd_reden = True, "veiligheid"
    huishouden.save()

    assert kcc.get(adres).status_code == 404
    assert kcc.vraag("meldingen").json()["resultaten"] == []


@pytest.mark.parametrize(
    ("anders", "wijzers"),
    [
        ({"vraag": " "}, {"/vraag"}),
        ({"melder": {}}, {"/melder/soort", "/melder/naam"}),
        ({"melder": "boe"}, {"/melder"}),
        ({"melder": {"soort": "inwoner", "naam": "Boer"}}, {"/melder/telefoon"}),
        (
            {
                "melder": {"soort": "boe", "naam": "A\x00", "telefoon": "123", "email": "boe"},
                "kanaal": "afloop_indicatie",
                "spoed": "boe",
                "ontvangenOp": "2999-01-01",
                "levensgebieden": ["boe"],
                "terugbelverzoek": {"telefoon": "boe"},
            },
            {
                "/melder/soort",
                "/melder/naam",
                "/melder/telefoon",
                "/melder/email",
                "/kanaal",
                "/spoed",
                "/ontvangenOp",
                "/levensgebieden",
                "/terugbelverzoek/telefoon",
            },
        ),
        ({"persoon": None}, {"/persoon"}),
        ({"persoon": {}}, {"/persoon/achternaam"}),
        ({"persoon": {"kenmerk": "boe"}}, {"/persoon/kenmerk"}),
        ({"persoon": {"kenmerk": "boe", "achternaam": "Boer"}}, {"/persoon/kenmerk"}),
        ({"persoon": {"achternaam": "Boer", "boe": 1}}, {"/persoon"}),
        ({"boe": 1, "vraag": ""}, {"", "/vraag"}),
        ({"persoon": {"achternaam": "Boer", "geboortedatum": "0001-01-01"}}, {"/persoon/geboortedatum"}),
    ],
)
def test_alles_wat_niet_klopt_staat_er_in_een_keer(
    kcc: Kcc, anders: dict[str, Any], wijzers: set[str]
) -> None:
    antwoord = kcc.stuur("meldingen", melding(**anders))

    assert antwoord.status_code == 400
    assert antwoord["Content-Type"] == "application/problem+json"
    assert {fout["pointer"] for fout in antwoord.json()["invalidParams"]} == wijzers
    assert "boe" not in antwoord.content.decode()
    assert not Melding.objects.exists()
    assert not Persoon.objects.exists()


@pytest.mark.parametrize(
    ("inhoud", "soort", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"vraag": NaN}', "application/json", 400),
        (b'{"vraag": "\\ud800"}', "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"vraag": "\xff"}', "application/json", 400),
        (b"", "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b'"' + b"a" * 1_000_001 + b'"', "application/json", 413),
    ],
)
def test_wat_geen_json_is_wordt_geweigerd(kcc: Kcc, inhoud: bytes, soort: str, status: int) -> None:
    antwoord = kcc.generic("POST", "/api/v1/meldingen", inhoud, soort)
    assert antwoord.status_code == status
    assert antwoord["Content-Type"] == "application/problem+json"
    if status == 400:
        redenen = [fout["reason"] for fout in antwoord.json()["invalidParams"]]
        assert redenen, "it says in Dutch what was expected"
        assert not any(woord in str(redenen) for woord in ("dictionary", "allowed", "Surrogate"))


def test_dezelfde_beller_kort_daarna_is_een_botsing(kcc: Kcc) -> None:
    eerste = kcc.stuur("meldingen", melding()).json()

    tweede = kcc.stuur("meldingen", melding(vraag="Nog een keer"))

    assert tweede.status_code == 409
    assert eerste["nummer"] in tweede.json()["detail"]
    assert kcc.stuur("meldingen", melding(tochApart=True)).status_code == 201
    assert Melding.objects.count() == 2


def test_de_lijst_gaat_per_pagina_en_wat_erbij_komt_schuift_niets_op(kcc: Kcc) -> None:
    nummers = [kcc.stuur("meldingen", melding(tochApart=True)).json()["nummer"] for _ in range(5)]

    eerste = kcc.vraag("meldingen", paginaGrootte=2).json()
    kcc.stuur("meldingen", melding(tochApart=True))
    tweede = kcc.get(eerste["volgende"]).json()
    derde = kcc.get(tweede["volgende"]).json()

    gezien = [rij["nummer"] for pagina in (eerste, tweede, derde) for rij in pagina["resultaten"]]
    assert gezien == nummers[::-1]
    assert derde["volgende"] is None
    cursor = eerste["volgende"].split("vanaf=")[1]
    for pad in (
        "meldingen?paginaGrootte=0",
        "meldingen?paginaGrootte=101",
        "meldingen?paginaGrootte=٣",
        "meldingen?vanaf=boe",
        "meldingen?boe=1",
        "meldingen?vanaf=a&vanaf=b",
        f"terugbelverzoeken?vanaf={cursor}",
    ):
        antwoord = kcc.get(f"/api/v1/{pad}")
        assert antwoord.status_code == 400, pad
        assert "boe" not in antwoord.content.decode()


def test_innemen_kost_hooguit_vijftien_opdrachten_en_een_lijst_zes(kcc: Kcc) -> None:
    def neem_in(nummer: int, **anders: object) -> list[str]:
        wie = {"soort": "naaste", "naam": "Piet", "telefoon": f"068765432{nummer}"}
        with CaptureQueriesContext(connection) as bezig:
            gedaan = kcc.stuur("meldingen", melding(melder=wie, **anders), Idempotency_Key=f"k{nummer}")
        assert gedaan.status_code == 201
        return _opdrachten(bezig)

    neem_in(0)
    gevonden = kcc.stuur("zoek-persoon", {"naam": "Truus de Boer", "postcode": "1315AB"}).json()["personen"]
    bekende = {"kenmerk": gevonden[0]["kenmerk"]}
    Melding.objects.update(geregistreerd_op=timezone.now() - timedelta(days=1))
    innamen = [neem_in(1), neem_in(2, persoon=bekende)]
    for _ in range(10):
        kcc.stuur("meldingen", melding(tochApart=True))
    lijsten = []
    for pad in ("meldingen", "terugbelverzoeken"):
        with CaptureQueriesContext(connection) as bezig:
            assert len(kcc.vraag(pad).json()["resultaten"]) == 13
        lijsten.append(_opdrachten(bezig))

    for opdrachten, hoogstens in [(een, MAX_INNAME) for een in innamen] + [
        (een, MAX_LIJST) for een in lijsten
    ]:
        assert len(opdrachten) <= hoogstens, "\n".join(opdrachten)
