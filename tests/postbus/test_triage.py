"""Somebody of the KCC or a coördinator reads a mail and makes something of it, once; then it is out of the triage."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.demo.post import maak_mail
from meldingen import workflow
from meldingen.models import (
    Afhandeling,
    Bijlage,
    Kanaal,
    Klantcontact,
    Melding,
    Poststuk,
    Weringsgrond,
)
from meldingen.postbus.lezen import Gelezen, Stuk
from teams.geweigerd import Geweigerd
from teams.models import Handeling, Inzage, Medewerker, Postcodegebied, Rol, Team
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory, stel_aan


@pytest.fixture
def haven(request: pytest.FixtureRequest) -> Team:
    """Postcode 1316."""
    request.getfixturevalue("eigen_database" if "eigen_database" in request.fixturenames else "db")
    team = TeamFactory(code="haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


@pytest.fixture
def kcc(haven: Team) -> Medewerker:
    """Answers the phone, and the mail."""
    return stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC)


@pytest.fixture
def bezoek(kcc: Medewerker) -> Client:
    """The browser of the KCC."""
    client = Client()
    client.force_login(kcc)
    return client


def bezorg(n: int = 1, grond: Weringsgrond | None = None, **anders: Any) -> Poststuk:
    """A mail with two files came in."""
    gelezen = Gelezen(
        vingerafdruk=sha256(bytes([n])).hexdigest(),
        afzender_naam="Jo Jansen",
        afzender_adres="jo@voorbeeld.example",
        onderwerp=f"Hulp {n}",
        tekst="<b>Mijn moeder</b> valt steeds.",
        grond=grond,
        bijlagen=[Stuk('b"rief\n.pdf', 8, b"<script>"), Stuk("x.exe", 2, None, "Niet bewaard.")],
        **anders,
    )
    workflow.neem_poststuk_aan(
        gelezen, plek=("post@gemeente.example/INBOX", 1, n), ontvangen_op=timezone.now()
    )
    return Poststuk.objects.get(vingerafdruk=gelezen.vingerafdruk)


def geteld(poststuk: Poststuk) -> list[tuple[int | None, int | None]]:
    """How its contact counts now: the afhandeling and the melding."""
    rijen = Klantcontact.objects.bekend_op(None).filter(ref=poststuk.ref)
    return list(rijen.values_list("afhandeling", "melding"))


@pytest.mark.django_db
def test_lezen_toont_een_mail_als_tekst_en_staat_in_het_logboek(bezoek: Client, kcc: Medewerker) -> None:
    poststuk, weg = bezorg(), bezorg(2, Weringsgrond.LIJST, fouten=["Niet alle letters zijn te lezen."])
    lijst = bezoek.get("/triage").content.decode()
    assert ("Hulp 1" in lijst, "Hulp 2" in lijst, "moeder" in lijst) == (True, False, False)
    tegen = bezoek.get("/triage?lijst=tegengehouden").content.decode()
    assert all(woord in tegen for woord in ("Hulp 2", "nieuwsbrief", "Niet alle letters"))
    pagina = bezoek.get(f"/poststukken/{poststuk.pk}").content.decode()
    assert "&lt;b&gt;Mijn moeder&lt;/b&gt;" in pagina
    assert "Niet bewaard." in pagina
    assert bezoek.get(f"/poststukken/{weg.pk}").status_code == 200
    log = Inzage.objects.filter(onderwerp="meldingen.Poststuk", medewerker=kcc).order_by("pk")
    assert [(rij.sleutel, rij.handeling) for rij in log] == [
        (poststuk.pk, Handeling.IN_LIJST),
        (weg.pk, Handeling.IN_LIJST),
        (poststuk.pk, Handeling.GEOPEND),
        (weg.pk, Handeling.GEOPEND),
    ]


@pytest.mark.django_db
def test_een_bijlage_wordt_bewaard_en_nooit_getoond(bezoek: Client) -> None:
    poststuk = bezorg()
    goed, geweigerd = Bijlage.objects.order_by("pk")
    antwoord = bezoek.get(f"/poststukken/{poststuk.pk}/bijlagen/{goed.pk}")
    assert (antwoord.content, antwoord["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert "\n" not in antwoord["Content-Disposition"]
    assert antwoord["Content-Security-Policy"].startswith("sandbox")
    assert Inzage.objects.filter(handeling=Handeling.GEEXPORTEERD, sleutel=poststuk.pk).exists()
    for bijlage in (geweigerd.pk, goed.pk + 99):
        assert bezoek.get(f"/poststukken/{poststuk.pk}/bijlagen/{bijlage}").status_code == 404
    ander = bezorg(2)
    assert bezoek.get(f"/poststukken/{ander.pk}/bijlagen/{goed.pk}").status_code == 404


@pytest.mark.django_db
def test_een_mail_wordt_een_melding_met_het_gewone_formulier(bezoek: Client, haven: Team) -> None:
    poststuk = bezorg()
    begin = bezoek.get(f"/meldingen/nieuw?poststuk={poststuk.pk}")
    velden = begin.context["form"].initial
    assert (velden["melder_naam"], velden["bereikbaar"]) == ("Jo Jansen", "jo@voorbeeld.example")
    assert velden["vraag"] == "Hulp 1\n\n<b>Mijn moeder</b> valt steeds."
    invoer = {
        **velden,
        "melder_soort": 1,
        "aanleiding": 1,
        "vervolg": "triage",
        "postcode": "1316AA",
        "wie": "nieuw",
        "sleutel": "0d3f3b6e-0000-4000-8000-000000000001",
    }
    invoer.pop("levensgebieden", None)
    assert bezoek.post("/meldingen/nieuw", invoer).status_code == 303
    melding = Melding.objects.get()
    poststuk.refresh_from_db()
    assert (poststuk.melding, melding.team, melding.melder_email) == (melding, haven, "jo@voorbeeld.example")
    assert melding.gebeurtenissen.get().kanaal == Kanaal.EMAIL
    assert geteld(poststuk) == [(Afhandeling.DOORGEZET_WIJKTEAM, melding.pk)]

    assert bezoek.post("/meldingen/nieuw", invoer).status_code == 303, "the same form once more"
    assert Melding.objects.count() == 1
    ander = invoer | {"sleutel": "0d3f3b6e-0000-4000-8000-000000000002", "wie": melding.persoon.pk}
    assert bezoek.post("/meldingen/nieuw", ander).status_code == 404
    assert (Melding.objects.count(), Klantcontact.objects.count()) == (1, 2)
    assert bezoek.post("/meldingen/nieuw", invoer | {"poststuk": "x"}).status_code == 422

    wijkwerker = Client()
    wijkwerker.force_login(stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven))
    assert "Hulp 1" in wijkwerker.get(f"/meldingen/{melding.pk}").content.decode()
    assert "Mijn moeder" in wijkwerker.get(f"/poststukken/{poststuk.pk}").content.decode()
    assert bezoek.get(f"/poststukken/{poststuk.pk}").status_code == 404, "it is of the team now"


@pytest.mark.django_db
def test_een_mail_hoort_bij_een_melding_of_een_inwoner_die_er_al_is(bezoek: Client, haven: Team) -> None:
    melding = MeldingFactory(team=haven, op=timezone.localdate())
    bij_melding, bij_inwoner = bezorg(1), bezorg(2)
    adres = f"/poststukken/{bij_melding.pk}/melding"
    for fout in ("", "geen nummer", "M999999", str(10**17)):
        assert b"Er is niets gewijzigd" in bezoek.post(adres, {"melding": fout}).content
    assert bezoek.post(adres, {"melding": f"m{melding.pk}"})["Location"] == "/triage"
    assert melding.notities.get().tekst.startswith("Nieuw contact met Jo Jansen")
    assert geteld(bij_melding) == [(Afhandeling.DOORGEZET_WIJKTEAM, melding.pk)]

    vraag = bezoek.post(f"/poststukken/{bij_inwoner.pk}/inwoner", {"persoon": melding.persoon.pk})
    assert vraag.status_code == 303
    bij_inwoner.refresh_from_db()
    assert (bij_inwoner.persoon, bij_inwoner.onderwerp().persoon) == (melding.persoon, melding.persoon.pk)
    assert geteld(bij_inwoner) == [(Afhandeling.DOORGEZET_WIJKTEAM, None)]
    assert not Poststuk.objects.te_verdelen().exists()


@pytest.mark.django_db
def test_weggelegd_telt_als_contact_of_niet_en_altijd_met_een_reden(bezoek: Client, kcc: Medewerker) -> None:
    contact, reclame = bezorg(1), bezorg(2)
    adres = f"/poststukken/{contact.pk}/afdoen"
    for fout in ({"soort": "beantwoord"}, {"reden": "gebeld"}, {"soort": "x", "reden": "gebeld"}):
        assert b"Er is niets gewijzigd" in bezoek.post(adres, fout).content
    assert bezoek.post(adres, {"soort": "beantwoord", "reden": "gebeld"}).status_code == 303
    assert (
        bezoek.post(
            f"/poststukken/{reclame.pk}/afdoen", {"soort": "geen-contact", "reden": "reclame"}
        ).status_code
        == 303
    )
    assert (geteld(contact), geteld(reclame)) == ([(Afhandeling.DIRECT, None)], [])
    contact.refresh_from_db()
    assert (contact.afgehandeld_door, contact.reden) == (kcc, "gebeld")
    assert bezoek.get(f"/poststukken/{contact.pk}").status_code == 404


@pytest.mark.django_db
def test_wat_ten_onrechte_werd_tegengehouden_komt_alsnog_in_de_triage(
    bezoek: Client, kcc: Medewerker
) -> None:
    poststuk = bezorg(1, Weringsgrond.BULK)
    assert geteld(poststuk) == []
    with pytest.raises(Geweigerd, match="tegengehouden"):
        workflow.leg_poststuk_weg(poststuk, reden="x", telt=True, door=kcc)
    adres = f"/poststukken/{poststuk.pk}/toelaten"
    assert (bezoek.post(adres).status_code, bezoek.post(adres).status_code) == (303, 409)
    assert geteld(poststuk) == [(None, None)]
    assert Poststuk.objects.te_verdelen().get() == poststuk


@pytest.mark.django_db
def test_de_triage_kost_evenveel_opdrachten_hoe_lang_zij_ook_is(bezoek: Client) -> None:
    def opdrachten() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            assert bezoek.get("/triage").status_code == 200
        return len(gevraagd)

    bezorg(1)
    opdrachten()
    een = opdrachten()
    for n in range(2, 9):
        bezorg(n)
    assert opdrachten() == een


def test_twee_die_tegelijk_iets_met_een_mail_doen_doen_het_een_keer(
    eigen_database: EigenDatabase, kcc: Medewerker, haven: Team
) -> None:
    poststuk = bezorg()
    melding = MeldingFactory(team=haven, op=timezone.localdate())
    uitkomsten: list[str] = []
    start = threading.Barrier(4)

    def doe(verb: Callable[[], object]) -> None:
        start.wait()
        try:
            verb()
            uitkomsten.append("gelukt")
        except Geweigerd as fout:
            uitkomsten.append(str(fout))
        finally:
            connections.close_all()

    verbs: list[Callable[[], object]] = [
        lambda: workflow.voeg_poststuk_toe(poststuk, melding, door=kcc),
        lambda: workflow.leg_poststuk_weg(poststuk, reden="gebeld", telt=True, door=kcc),
        lambda: workflow.leg_poststuk_weg(poststuk, reden="reclame", telt=False, door=kcc),
        lambda: workflow.leg_poststuk_bij(poststuk, melding.persoon, door=kcc),
    ]
    draden = [threading.Thread(target=doe, args=[verb]) for verb in verbs]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) == sorted(["gelukt", *["Deze mail is al afgehandeld door kcc."] * 3])
    assert len(geteld(poststuk)) <= 1


def test_de_mail_van_de_demo_staat_eenmaal_in_de_triage(bezoek: Client) -> None:
    assert [maak_mail(timezone.now()) for _ in range(2)] == [True, False]
    poststuk = Poststuk.objects.get()
    assert poststuk.titel in bezoek.get("/triage").content.decode()
    tekst = bezoek.get(reverse("poststuk", args=[poststuk.pk])).content.decode()
    assert "Fatma Kaya" in tekst
    assert "medicijnlijst.txt" in tekst
    assert Klantcontact.objects.bekend_op(None).count() == 1
