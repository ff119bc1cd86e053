"""The pages of scaling up: the queue, the page of an opschaling, and what household, melding and werkvoorraad show."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen import workflow
from meldingen.models import Melding, Opschaling, Opschalingsoort
from teams.berichten import _effecten
from teams.models import Inzage, Medewerker, Rol, Team, Teamsoort
from teams.post import Bericht
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory, stel_aan
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import berichten
from tests.meldingen_web.test_opschaling import VRAAG, browser, dag, tot


def test_wijkwerker_vraagt_expert_antwoordt_wijkwerker_leest_en_schaalt_af(
    bezoek: Client, melding: Melding, expert: Medewerker, expertteam: Team
) -> None:
    huis = f"/huishoudens/{melding.huishouden_id}"
    vraag = {**VRAAG, "wat": f"bindend_advies-{expertteam.pk}", "melding": melding.pk}
    assert "Bindend advies: Expertteam Haven" in bezoek.get(huis).content.decode()
    gevraagd = bezoek.post(f"{huis}/opschalingen", vraag)
    rij = Opschaling.objects.get()
    assert (gevraagd.status_code, gevraagd.headers["Location"]) == (303, huis)
    assert berichten(gevraagd)[-1].startswith("Gevraagd van Expertteam Haven; het antwoord komt uiterlijk op")
    nog_eens = bezoek.post(f"{huis}/opschalingen", vraag)
    assert nog_eens.status_code == 409
    assert "Er loopt al een vraag" in nog_eens.content.decode()

    daar = browser(expert)
    lijst = daar.get("/opschalingen").content.decode()
    assert "Jansen" in lijst
    assert "nog niemand" in lijst
    adres = f"/opschalingen/{rij.pk}"
    assert daar.post(f"{adres}/antwoord/oppakken").status_code == 303
    assert daar.post(f"{adres}/antwoord/oppakken").status_code == 409
    leeg = daar.post(f"{adres}/antwoord/antwoord", {"antwoord": ""})
    assert leeg.status_code == 200
    assert "antwoord" in leeg.context["formulier"].errors
    assert daar.post(f"{adres}/antwoord/antwoord", {"antwoord": "Nee, zoek <b>iets</b>."}).status_code == 303

    assert "Antwoord op wat u vroeg" in bezoek.get("/werkvoorraad").content.decode()
    for pagina in (huis, f"/meldingen/{melding.pk}", adres):
        html = bezoek.get(pagina).content.decode()
        assert "Bindend advies" in html, pagina
        assert "Het wijkteam volgt dit advies." in html, pagina
        assert "Nee, zoek &lt;b&gt;iets&lt;/b&gt;." in html, pagina
    assert bezoek.post(f"{adres}/stappen/gelezen").status_code == 303
    assert "Antwoord op wat u vroeg" not in bezoek.get("/werkvoorraad").content.decode()
    assert bezoek.post(f"{adres}/stappen/afschalen", {"verder": "wij zoeken een plek"}).status_code == 303
    html = bezoek.get(f"{huis}?soort=opschaling").content.decode()
    assert "Eerdere opschalingen (1)" in html
    assert "Bindend advies: afgeschaald" in html
    assert "Bindend advies: opgepakt" in html


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"wat": "consult-999999"}, "wat"),
        ({"wat": ""}, "wat"),
        ({"vraag": ""}, "vraag"),
        ({"vraag": "x" * 4001}, "vraag"),
        ({"uiterlijk_op": "31-02-2026"}, "uiterlijk_op"),
        ({"melding": "999999"}, "melding"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_er_is_niets_gevraagd(
    bezoek: Client, melding: Melding, expertteam: Team, velden: dict[str, str], veld: str
) -> None:
    goed = {**VRAAG, "wat": f"consult-{expertteam.pk}"}
    antwoord = bezoek.post(f"/huishoudens/{melding.huishouden_id}/opschalingen", {**goed, **velden})
    assert antwoord.status_code == 200
    assert veld in antwoord.context["formulier"].errors
    assert not Opschaling.objects.exists()


def test_een_dag_die_voorbij_is_en_een_soort_zonder_team_worden_gezegd(
    bezoek: Client, melding: Melding, expertteam: Team
) -> None:
    pad = f"/huishoudens/{melding.huishouden_id}/opschalingen"
    gisteren = f"{dag(-1):%d-%m-%Y}"
    laat = bezoek.post(pad, {**VRAAG, "wat": f"consult-{expertteam.pk}", "uiterlijk_op": gisteren})
    assert laat.status_code == 409
    assert f"Antwoord op {gisteren} kan niet" in laat.content.decode()
    zonder = bezoek.post(pad, {**VRAAG, "wat": "interventieteam-"})
    assert zonder.status_code == 409
    assert "Er is geen Tijdelijk Interventieteam voor stadsdeel Haven" in zonder.content.decode()


def test_wie_niet_in_het_expertteam_werkt_komt_niet_bij_wat_daar_gevraagd_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    pad = f"/opschalingen/{opgeschaald.pk}"
    mijn = browser(wijkwerker)
    assert mijn.get("/opschalingen").status_code == 403
    assert mijn.post(f"{pad}/antwoord/oppakken").status_code == 403
    assert mijn.post(f"{pad}/stappen/oppakken").status_code == 404
    assert browser(collega).get(pad).status_code == 404
    elders = stel_aan(MedewerkerFactory(), Rol.EXPERT, TeamFactory(soort=Teamsoort.EXPERTTEAM))
    assert browser(elders).post(f"{pad}/antwoord/oppakken").status_code == 404
    assert browser(elders).get("/opschalingen").status_code == 200


def test_de_lijst_zet_wat_het_eerst_moet_bovenaan_en_vraagt_niet_meer_voor_meer(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    daar = browser(expert)
    daar.get("/opschalingen")
    with CaptureQueriesContext(
        connection,
    ) as een:
        daar.get("/opschalingen")
    for nummer in range(6):
        ander = meld(f"Bakker{nummer}", door=wijkwerker, telefoon=f"06876543{nummer:02}")
        assert ander.huishouden
        workflow.schaal_op(
            ander.huishouden,
            soort=Opschalingsoort.CONSULT,
            uiterlijk_op=dag(nummer),
            **VRAAG,
            door=wijkwerker,
        )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE meldingen_opschaling DISABLE TRIGGER bewaak_opschaling")
    Opschaling.objects.filter(uiterlijk_op=dag()).update(uiterlijk_op=dag(-3))
    logregels = Inzage.objects.count()
    with CaptureQueriesContext(connection) as zeven:
        html = daar.get("/opschalingen").content.decode()
    assert len(zeven) == len(een)
    assert Inzage.objects.count() == logregels + 7
    assert html.index("Bakker0") < html.index("Bakker1") < html.index("Bakker5") < html.index("Jansen")
    assert html.count("3 dagen te laat") == 1


def test_de_mail_zegt_alleen_dat_er_antwoord_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    Medewerker.objects.filter(pk=wijkwerker.pk).update(email="w@voorbeeld.nl")
    tot(opgeschaald, "beantwoord", expert)
    bericht = Bericht.objects.get(soort="opschaling_beantwoord")
    assert bericht.gegevens == {"soort": "bindend advies", "pad": f"/opschalingen/{opgeschaald.pk}"}
    _effecten[bericht.soort].voer_uit(bericht)
    [brief] = mail.outbox
    assert brief.to == ["w@voorbeeld.nl"]
    assert brief.subject == "Er is antwoord op uw vraag om bindend advies"
    assert "Jansen" not in str(brief.message())


def test_op_de_afdruk_voor_een_lid_staat_niet_wat_gevraagd_en_geantwoord_is(
    bezoek: Client, opgeschaald: Opschaling, melding: Melding
) -> None:
    adres = f"/huishoudens/{melding.huishouden_id}?afdruk"
    assert "Is thuis wonen nog veilig?" in bezoek.get(adres).content.decode()
    assert (
        "Is thuis wonen nog veilig?" not in bezoek.get(f"{adres}&lid={melding.persoon_id}").content.decode()
    )


def test_het_meelezen_eindigt_met_de_opschaling_en_niet_met_een_losse_knop(
    bezoek: Client, opgeschaald: Opschaling, wijkwerker: Medewerker
) -> None:
    huis = f"/huishoudens/{opgeschaald.huishouden_id}"
    einde = f"{huis}/betrokkenen/{opgeschaald.betrokkenheid_id}/einde"
    assert einde not in bezoek.get(huis).content.decode()
    geweigerd = bezoek.post(einde)
    assert geweigerd.status_code == 409
    assert "Schaal die af" in geweigerd.content.decode()


def test_de_pagina_van_het_huishouden_kost_evenveel_vragen_bij_een_of_meer_opschalingen(
    bezoek: Client, opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    huis = f"/huishoudens/{opgeschaald.huishouden_id}"
    bezoek.get(huis)
    with CaptureQueriesContext(connection) as een:
        bezoek.get(huis)
    for soort in (Opschalingsoort.CONSULT, Opschalingsoort.COORDINATIE):
        rij = workflow.schaal_op(opgeschaald.huishouden, soort=soort, **VRAAG, door=wijkwerker)
        tot(rij, "beantwoord", expert)
    with CaptureQueriesContext(connection) as drie:
        html = bezoek.get(huis).content.decode()
    assert len(drie) == len(een)
    assert html.count("beantwoord op <time") == 2


def test_de_melding_toont_hoe_lang_de_zaak_loopt(
    bezoek: Client, opgeschaald: Opschaling, melding: Melding
) -> None:
    html = " ".join(bezoek.get(f"/meldingen/{melding.pk}").content.decode().split())
    assert "Deze zaak loopt 0 dagen" in html
    assert "1 opschaling, 0 herhaalde meldingen." in html


def test_wie_de_melding_leest_en_het_huishouden_niet_ziet_daar_niets_van_opschalen(
    opgeschaald: Opschaling, melding: Melding, stad: Team, collega: Medewerker
) -> None:
    elders = MeldingFactory(team=stad, persoon=melding.persoon, op=dag(-30), tot="onderzoek_afgerond")
    Melding.objects.filter(pk=elders.pk).update(huishouden=melding.huishouden)
    toetser = stel_aan(MedewerkerFactory(username="toetser"), Rol.TOETSER)
    for wie in (collega, toetser):
        antwoord = browser(wie).get(f"/meldingen/{elders.pk}")
        html = antwoord.content.decode()
        assert antwoord.status_code == 200, wie
        assert "Deze zaak loopt" not in html, wie
        assert "Er is nu niet opgeschaald" not in html, wie
