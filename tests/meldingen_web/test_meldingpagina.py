"""The page of a melding: what it shows, to whom, and that the log says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from households import workflow as huishoudens
from meldingen import workflow
from meldingen.models import Gebeurtenis, Melding, Soort, Status, Uitkomst
from meldingen.workflow import STAPPEN
from teams.kalender import eerste_werkdag
from teams.models import Grond, Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import WEGEN, MedewerkerFactory, MeldingFactory, PersoonFactory
from tests.meldingen_web.conftest import meld, werkt
from tests.meldingen_web.hulp import zonder_slot

pytestmark = pytest.mark.django_db


def tekst(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_de_pagina_zegt_wat_wie_hoe_ver_en_wat_er_kan(bezoek: Client, melding: Melding) -> None:
    antwoord = bezoek.get(f"/meldingen/{melding.pk}")
    html = antwoord.content.decode()
    gelezen = tekst(html)
    assert antwoord.status_code == 200
    assert f"Melding {melding.nummer}: Jo Jansen" in gelezen
    assert 'href="tel:0612345678"' in html
    assert 'href="mailto:jo@voorbeeld.nl"' in html
    assert "Toegang" in gelezen
    assert "telefoon" in gelezen
    dagen = (eerste_werkdag(timezone.localdate() + timedelta(days=42)) - timezone.localdate()).days
    assert f"Nog {dagen} dagen : uiterlijk" in gelezen
    assert "Wmo 2015, art. 2.3.2" in gelezen
    assert "Hulp na een val" in gelezen
    assert "Kim (dochter)" in gelezen
    assert "Toestemming: ja, de inwoner weet ervan en vindt het goed" in gelezen
    assert "SPOED" not in gelezen
    assert antwoord.context["handelingen"].kan[0].titel == "Afronden in het voorveld"


def test_spoed_staat_er_in_letters_met_voor_wanneer(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    workflow.wijzig(melding, spoed=True, vraag=melding.vraag, levensgebieden=[], door=wijkwerker)
    gelezen = tekst(bezoek.get(f"/meldingen/{melding.pk}").content.decode())
    assert "SPOED Melding" in gelezen
    assert "Nog door niemand opgepakt" in gelezen
    assert "Nu met spoed." in gelezen


@pytest.mark.parametrize("tot", WEGEN)
def test_kan_en_kan_niet_zeggen_hetzelfde_als_de_workflow(
    bezoek: Client, wijkwerker: Medewerker, haven: Team, tot: str
) -> None:
    melding = MeldingFactory(tot=tot, team=haven, door=wijkwerker)
    handelingen = bezoek.get(f"/meldingen/{melding.pk}").context["handelingen"]
    kan = {stap.doel for stap in handelingen.kan}
    waarom = {stap.doel: stap.beletsel for stap in handelingen.kan_niet}
    assert kan.isdisjoint(waarom)
    assert kan | waarom.keys() == STAPPEN.keys()
    for werkwoord, stap in STAPPEN.items():
        proef = MeldingFactory(tot=tot, team=haven, door=wijkwerker)
        if werkwoord in kan:
            stap.zet(proef, op=timezone.localdate(), reden="zo is het", door=wijkwerker)
        else:
            with pytest.raises(workflow.StapGeweigerd, match=re.escape(waarom[werkwoord])):
                stap.zet(proef, op=timezone.localdate(), reden="zo is het", door=wijkwerker)


def test_wat_niet_kan_staat_er_met_waarom(bezoek: Client, melding: Melding) -> None:
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert re.search(r"disabled>Onderzoek starten</button>", html)
    assert "onderzoek starten kan alleen zolang zij op ‘gesprek gestart’ staat" in html


def test_de_tijdlijn_vertelt_alles_het_nieuwste_eerst_en_wat_verviel_doorgehaald(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker, haven: Team, melding: Melding
) -> None:
    wijkwerker.first_name = "Wil"
    wijkwerker.save()
    feit = Gebeurtenis.objects.get(melding=melding, soort=Soort.ONTVANGEN)
    gisteren = timezone.localdate() - timedelta(days=1)
    workflow.corrigeer(feit, datum=gisteren, reden="verkeerde dag", door=wijkwerker)
    workflow.pak_op(melding, door=wijkwerker)
    workflow.noteer(melding, tekst="Belde terug", door=wijkwerker)
    gesprek = workflow.plan_gesprek(
        melding,
        op=timezone.now() + timedelta(days=2),
        plaats="thuis",
        deelnemers=[wijkwerker],
        door=wijkwerker,
    )
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=wijkwerker)
    verzoek = workflow.neem_terugbelverzoek_aan(
        naam="Jo", telefoon="0612345678", melding=melding, door=wijkwerker
    )
    workflow.leg_belpoging_vast(verzoek, Uitkomst.GEEN_GEHOOR, door=wijkwerker)
    antwoord = bezoek.get(f"/meldingen/{melding.pk}")
    regels = [(regel.soort, bool(regel.vervallen)) for regel, _ in antwoord.context["regels"]]
    assert regels == [
        ("belpoging", False),
        ("terugbelverzoek", False),
        ("gesprek", True),
        ("notitie", False),
        ("toewijzing", False),
        ("koppeling", False),
        ("feit", True),
        ("feit", False),
    ]
    html = antwoord.content.decode()
    assert "<del>Ontvangen</del>" in html
    gelezen = tekst(html)
    assert "door Wil : verkeerde dag" in gelezen
    assert "door Wil : ziek" in gelezen
    assert "Gebeld: geen gehoor" in gelezen


@pytest.mark.parametrize("afdruk", [False, True])
def test_openen_en_afdrukken_staan_in_het_logboek(bezoek: Client, melding: Melding, afdruk: bool) -> None:
    antwoord = bezoek.get(f"/meldingen/{melding.pk}{'?afdruk' if afdruk else ''}")
    regel = Inzage.objects.get()
    assert regel.handeling == (Handeling.AFGEDRUKT if afdruk else Handeling.GEOPEND)
    assert (regel.onderwerp, regel.sleutel, regel.persoon, regel.huishouden) == (
        "meldingen.Melding",
        melding.pk,
        melding.persoon_id,
        melding.huishouden_id,
    )
    assert bool(antwoord.context["handelingen"]) is not afdruk
    assert str(regel.verzoek) == antwoord["Request-Id"]


def test_een_vreemde_een_afgeschermde_en_een_onbekende_melding_zijn_dezelfde_404(
    client: Client, wijkwerker: Medewerker, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    afgeschermd = meld("Verstopt", door=wijkwerker, telefoon="0611111111")
    huishoudens.scherm_af(afgeschermd.huishouden, reden="veiligheid", door=wijkwerker)
    client.force_login(collega)
    sleutels = (melding.pk, afgeschermd.pk, melding.pk + 1000, 10**30)
    antwoorden = [client.get(f"/meldingen/{sleutel}") for sleutel in sleutels]
    assert {antwoord.status_code for antwoord in antwoorden} == {404}
    assert len({zonder_slot(antwoord) for antwoord in antwoorden}) == 1
    weigeringen = Inzage.objects.filter(medewerker=collega)
    assert [rij.sleutel for rij in weigeringen.order_by("pk")] == [*sleutels[:3], None]
    assert not weigeringen.filter(toegestaan=True).exists()


def test_wie_geen_dossiers_leest_krijgt_geen_pagina(client: Client, haven: Team, melding: Melding) -> None:
    for rol in (Rol.ANALIST, Rol.BEHEER, Rol.FG, Rol.KCC, Rol.KLACHTEN):
        client.force_login(werkt(MedewerkerFactory(), None, rol))
        assert client.get(f"/meldingen/{melding.pk}").status_code == 403


def test_zonder_aanmelding_gaat_het_naar_aanmelden(client: Client, melding: Melding) -> None:
    antwoord = client.get(f"/meldingen/{melding.pk}")
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/aanmelden?next=/meldingen/")


def test_de_toetser_leest_wat_te_toetsen_is_en_wijzigt_niets(
    client: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = MeldingFactory(tot="onderzoek_afgerond", team=haven, door=wijkwerker)
    client.force_login(werkt(MedewerkerFactory(), None, Rol.TOETSER))
    antwoord = client.get(f"/meldingen/{melding.pk}")
    assert antwoord.status_code == 200
    assert antwoord.context["handelingen"] is None
    assert "Wat kan nu" not in antwoord.content.decode()
    assert Inzage.objects.get().grond == Grond.TOETS


def test_van_een_ander_team_zijn_leden_en_meldingen_alleen_bekend(
    client: Client, collega: Medewerker, stad: Team, wijkwerker: Medewerker, melding: Melding
) -> None:
    andere = workflow.neem_aan(
        voor=melding.persoon,
        melder=workflow.Melder(1, "Jansen", telefoon="0612345678"),
        vraag="GEHEIME VRAAG",
        op=timezone.localdate(),
        toch_apart=True,
        door=wijkwerker,
    )
    partner = PersoonFactory(achternaam="Pietersen", voornamen="Piet")
    huishoudens.neem_op(
        partner, melding.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker
    )
    workflow.wijs_toe(melding, team=stad, medewerker=None, door=wijkwerker)
    client.force_login(collega)
    html = client.get(f"/meldingen/{melding.pk}").content.decode()
    assert andere.nummer in html
    assert "GEHEIME VRAAG" not in html
    assert "Pietersen" not in html
    assert "P. P." in html
    assert not Inzage.objects.filter(medewerker=collega, handeling=Handeling.IN_LIJST).exists()


def test_leden_en_andere_meldingen_die_men_leest_staan_in_het_logboek(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    partner = PersoonFactory(achternaam="Pietersen")
    huishoudens.neem_op(
        partner, melding.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker
    )
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert "Pietersen" in html
    gezien = Inzage.objects.filter(handeling=Handeling.IN_LIJST)
    assert [(rij.onderwerp, rij.persoon) for rij in gezien] == [("households.Persoon", partner.pk)]


def test_wat_iemand_typt_wordt_nooit_opmaak(bezoek: Client, wijkwerker: Medewerker, melding: Melding) -> None:
    script = "<script>alert(1)</script>"
    workflow.noteer(melding, tekst=script, door=wijkwerker)
    workflow.wijzig(melding, spoed=False, vraag=script, levensgebieden=[], door=wijkwerker)
    workflow.trek_in(melding, op=timezone.localdate(), reden=script, door=wijkwerker)
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert script not in html
    assert "&lt;script&gt;" in html


def test_een_vergissing_blijft_te_lezen(bezoek: Client, wijkwerker: Medewerker, melding: Melding) -> None:
    workflow.registreer_als_vergissing(melding, reden="dubbel", door=wijkwerker)
    antwoord = bezoek.get(f"/meldingen/{melding.pk}")
    assert "Telt niet mee" in tekst(antwoord.content.decode())
    assert [stap.doel for stap in antwoord.context["handelingen"].kan] == []


def test_het_aantal_vragen_hangt_niet_af_van_de_lengte_van_de_tijdlijn(
    bezoek: Client,
    wijkwerker: Medewerker,
    buur: Medewerker,
    melding: Melding,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # Session, user and roles (3); the melding and its levensgebieden, logged (3); the seven kinds of lines, with
    # deelnemers (8); rights (4); milestones, term and reason (4); people, meldingen and who works there (7);
    # choices and the draft in the forms (10 or so). What it is for one line, it is for fifty.
    def vul(keer: int) -> None:
        for nummer in range(keer):
            workflow.noteer(melding, tekst=f"notitie {nummer}", door=(wijkwerker, buur)[nummer % 2])
            workflow.wijs_toe(
                melding, team=melding.team, medewerker=(buur, wijkwerker)[nummer % 2], door=buur, reden="om"
            )
            workflow.plan_gesprek(
                melding,
                op=timezone.now() + timedelta(days=2),
                plaats="thuis",
                deelnemers=[wijkwerker, buur],
                door=wijkwerker,
            )
            verzoek = workflow.neem_terugbelverzoek_aan(
                naam="Jo", telefoon="0612345678", melding=melding, door=wijkwerker
            )
            workflow.leg_belpoging_vast(verzoek, Uitkomst.GEEN_GEHOOR, door=wijkwerker)
            feit = Gebeurtenis.objects.get(melding=melding, soort=Soort.ONTVANGEN, vervallen_op=None)
            dag = timezone.localdate() - timedelta(days=nummer % 2 + 1)
            workflow.corrigeer(feit, datum=dag, reden="dag", door=wijkwerker)
            workflow.neem_aan(
                voor=melding.persoon,
                melder=workflow.Melder(1, "Jansen", telefoon="0612345678"),
                vraag=f"vraag {nummer}",
                op=timezone.localdate(),
                toch_apart=True,
                door=wijkwerker,
            )
            lid = PersoonFactory()
            huishoudens.neem_op(
                lid, melding.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker
            )

    vul(2)
    bezoek.get(f"/meldingen/{melding.pk}")
    with CaptureQueriesContext(connection) as weinig:
        bezoek.get(f"/meldingen/{melding.pk}")
    vul(10)
    with django_assert_num_queries(len(weinig)):
        bezoek.get(f"/meldingen/{melding.pk}")
    assert len(weinig) <= 63
    assert Status(Melding.objects.get(pk=melding.pk).status) == Status.ONTVANGEN
