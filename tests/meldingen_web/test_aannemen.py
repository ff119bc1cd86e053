"""The screen for a new melding: what is typed stays, who is known is shown, and choosing is explicit."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Persoon
from meldingen import workflow
from meldingen.forms.aannemen import AannameForm, splits_naam
from meldingen.models import Categorie, Concept, Melding, Notitie
from teams.models import Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.conftest import meld

pytestmark = pytest.mark.django_db

NIEUW = "/meldingen/nieuw"
HERKEN = "/meldingen/nieuw/herken"
HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert('x')</script>"
VELDEN = {
    "melder_soort": "1",
    "melder_naam": "Fenna de Vries",
    "bereikbaar": "06-87654321",
    "vraag": "Hulp bij het huishouden",
    "kanaal": "1",
    "aanleiding": "1",
    "vervolg": "triage",
    "wie": "nieuw",
}


def tekst(antwoord: Any) -> str:
    return str(antwoord.content.decode())


def bewaar(browser: Client, **anders: Any) -> Any:
    return browser.post(NIEUW, {**VELDEN, **anders})


@pytest.fixture
def lang_geleden(melding: Melding) -> Melding:
    """The melding of Jo Jansen runs since last month."""
    Melding.objects.update(geregistreerd_op=timezone.now() - timedelta(days=30))
    return melding


def test_een_naam_een_nummer_en_een_vraag_zijn_genoeg(bezoek: Client, wijkwerker: Medewerker) -> None:
    antwoord = bewaar(bezoek)
    melding = Melding.objects.get()
    assert (antwoord.status_code, antwoord["Location"]) == (303, NIEUW)
    assert (melding.melder_naam, melding.melder_telefoon) == ("Fenna de Vries", "0687654321")
    assert (melding.persoon.tussenvoegsel, melding.persoon.achternaam) == ("de", "Vries")
    assert melding.persoon.telefoon == "0687654321"
    assert melding.team is None
    assert melding.gebeurtenissen.get().categorie is None
    assert f"Melding {melding.nummer} is vastgelegd." in tekst(bezoek.get(NIEUW))


def test_met_htmx_komt_de_bevestiging_in_hetzelfde_scherm(bezoek: Client, haven: Team) -> None:
    antwoord = bezoek.post(NIEUW, {**VELDEN, "postcode": "1316 ab"}, headers=HTMX)
    assert antwoord.status_code == 200
    assert "is vastgelegd" in tekst(antwoord)
    assert "Wijkteam Haven, in de triage" in tekst(antwoord)
    assert "<html" not in tekst(antwoord)
    assert Melding.objects.get().team == haven


@pytest.mark.parametrize(
    ("veld", "waarde", "melding_erbij"),
    [
        ("postcode", "1234", "Een postcode is vier cijfers en twee letters"),
        ("postcode", "1234SS", "Een postcode is vier cijfers en twee letters"),
        ("geboortedatum", "31-02-1990", "Deze dag bestaat niet"),
        ("geboortedatum", "gisteren", "Dit is geen datum"),
        ("geboortedatum", "31-12-2099", "Deze datum ligt in de toekomst"),
        ("bereikbaar", "geen", "Dit is geen telefoonnummer en geen e-mailadres"),
        ("bereikbaar", "jan@", "Dit is geen telefoonnummer en geen e-mailadres"),
        ("bereikbaar", "", "Vul een telefoonnummer of e-mailadres in"),
        ("melder_naam", "   ", "Vul een naam in"),
        ("melder_naam", "x" * 201, "niet meer dan 200 tekens"),
        ("vraag", "", "Vul in wat er gevraagd wordt"),
        ("vraag", "ë" * 10_000, "niet meer dan 5000 tekens"),
        ("vraag", "nul \0 teken", "Null-tekens zijn niet toegestaan"),
        ("huisnummer", "1" * 21, "niet meer dan 20 tekens"),
        ("levensgebieden", "999999", "999999 is geen beschikbare keuze"),
        ("kanaal", "8", "Selecteer een geldige keuze"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_wat_getypt_is_staat_er_nog(
    bezoek: Client, veld: str, waarde: str, melding_erbij: str
) -> None:
    antwoord = bewaar(bezoek, **{veld: waarde})
    assert antwoord.status_code == 422
    form = antwoord.context["form"]
    assert melding_erbij in " ".join(form.errors[veld])
    assert tekst(antwoord).count(melding_erbij) == 2, "in the summary and at the field"
    assert form[veld].value() == ([waarde] if veld == "levensgebieden" else waarde)
    assert "Hulp bij het huishouden" in tekst(antwoord) or veld == "vraag"
    assert not Melding.objects.exists()


@pytest.mark.parametrize("inhoud", [SCRIPT, "🙂👩‍👩‍👧‍👦", "‮שלום مرحبا", "' OR 1=1 --", "{{ 7|add:7 }}"])
def test_vreemde_tekst_in_elk_veld_blijft_tekst(bezoek: Client, inhoud: str) -> None:
    velden = dict.fromkeys([*AannameForm.base_fields, "kenmerk", "toevoegen"], inhoud)
    for adres in (NIEUW, HERKEN):
        antwoord = bezoek.post(adres, velden)
        assert antwoord.status_code in (200, 422)
        assert SCRIPT not in tekst(antwoord)
    assert not Melding.objects.exists()
    bewaar(bezoek, melder_naam=inhoud, vraag=inhoud)
    assert Melding.objects.get().vraag == inhoud
    assert SCRIPT not in tekst(bezoek.get(NIEUW))


def test_tijdens_het_typen_staat_er_wie_bekend_is_en_wat_er_loopt(
    bezoek: Client, wijkwerker: Medewerker, lang_geleden: Melding
) -> None:
    antwoord = bezoek.post(HERKEN, {**VELDEN, "melder_naam": "jo janssen", "wie": ""}, headers=HTMX)
    assert "Jo Jansen" in tekst(antwoord)
    assert "naam klinkt gelijk" in tekst(antwoord) or "naam lijkt erop" in tekst(antwoord)
    assert f"Voeg toe aan {lang_geleden.nummer}" in tekst(antwoord)
    assert "checked" not in tekst(antwoord)
    regel = Inzage.objects.get()
    assert (regel.medewerker, regel.persoon, regel.handeling) == (
        wijkwerker,
        lang_geleden.persoon_id,
        Handeling.GEVONDEN,
    )


def test_wat_niets_verandert_zoekt_en_leest_niet_opnieuw(bezoek: Client, lang_geleden: Melding) -> None:
    eerst = tekst(bezoek.post(HERKEN, {**VELDEN, "melder_naam": "jo jansen"}, headers=HTMX))
    kenmerk = re.findall('name="kenmerk" value="([0-9a-f]+)"', eerst)[0]
    verder = {**VELDEN, "melder_naam": "jo jansen", "vraag": "Nog meer woorden", "kenmerk": kenmerk}
    assert bezoek.post(HERKEN, verder, headers=HTMX).status_code == 204
    assert Inzage.objects.count() == 1
    assert Concept.objects.get().inhoud["vraag"] == ["Nog meer woorden"]


def test_zonder_keuze_wordt_niets_bewaard(bezoek: Client) -> None:
    antwoord = bewaar(bezoek, wie="")
    assert "Kies of het om een bekende inwoner gaat of om iemand anders." in tekst(antwoord)
    assert not Melding.objects.exists()


def test_iemand_anders_geldt_alleen_voor_wie_de_bekenden_heeft_gezien(
    bezoek: Client, lang_geleden: Melding
) -> None:
    """The typed name changed after choosing: somebody turns up who was not on the screen then."""
    antwoord = bewaar(bezoek, melder_naam="Jo Jansen", gezien="")
    assert antwoord.status_code == 422
    assert "Er zijn inwoners die hierop lijken" in tekst(antwoord)
    assert Melding.objects.count() == 1
    antwoord = bewaar(bezoek, melder_naam="Jo Jansen", gezien=str(lang_geleden.persoon_id))
    assert antwoord.status_code == 303
    assert Persoon.objects.filter(achternaam="Jansen").count() == 2


def test_een_keuze_die_niet_meer_past_vervalt(bezoek: Client, lang_geleden: Melding) -> None:
    keuze = {"wie": str(lang_geleden.persoon_id), "gezien": str(lang_geleden.persoon_id)}
    antwoord = bezoek.post(HERKEN, {**VELDEN, **keuze, "melder_naam": "Jo Jansen"}, headers=HTMX)
    assert "checked" in tekst(antwoord)
    antwoord = bezoek.post(HERKEN, {**VELDEN, **keuze}, headers=HTMX)
    assert "Kies opnieuw wie het is" in tekst(antwoord)
    assert "checked" not in tekst(antwoord)
    antwoord = bewaar(bezoek, **keuze)
    assert "past niet meer bij wat u invulde" in tekst(antwoord)
    assert Melding.objects.count() == 1


def test_iemand_anders_blijft_gekozen_terwijl_men_de_vraag_typt(
    bezoek: Client, lang_geleden: Melding
) -> None:
    velden = {**VELDEN, "melder_naam": "Jo Jansen", "gezien": str(lang_geleden.persoon_id)}
    antwoord = tekst(bezoek.post(HERKEN, velden, headers=HTMX))
    assert re.search(r'value="nieuw"\s+checked', antwoord)


def test_een_bekende_houdt_zijn_huishouden(bezoek: Client, lang_geleden: Melding) -> None:
    bewaar(bezoek, melder_naam="Jo Jansen", wie=str(lang_geleden.persoon_id))
    nieuwste = Melding.objects.latest("pk")
    assert (nieuwste.persoon, nieuwste.huishouden) == (lang_geleden.persoon, lang_geleden.huishouden)
    assert nieuwste.team == lang_geleden.team


def test_wie_afgeschermd_is_wordt_niet_herkend_en_is_niet_te_kiezen(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    geheim = meld("Geheim", door=collega, postcode="1315AA")
    huishoudens.betrek(geheim.huishouden, collega, door=collega)
    huishoudens.scherm_af(geheim.huishouden, reden="veiligheid", door=collega)
    zelfde = {"melder_naam": "Jo Geheim", "bereikbaar": "0612345678", "geboortedatum": "01-05-1943"}
    assert "Niemand gevonden" in tekst(bezoek.post(HERKEN, {**VELDEN, **zelfde}, headers=HTMX))
    assert bewaar(bezoek, **zelfde, wie=str(geheim.persoon_id)).status_code == 422
    assert bewaar(bezoek, **zelfde, toevoegen=str(geheim.pk)).status_code == 404
    antwoord = bewaar(bezoek, **zelfde)
    assert antwoord.status_code == 303, "not even that somebody called from this number a moment ago"
    assert geheim.nummer not in tekst(bezoek.get(NIEUW))


def test_wie_alleen_mag_weten_dat_ziet_geen_naam(
    client: Client, collega: Medewerker, lang_geleden: Melding
) -> None:
    client.force_login(collega)
    antwoord = tekst(client.post(HERKEN, {**VELDEN, "melder_naam": "Jo Jansen"}, headers=HTMX))
    assert "J. J., 1943" in antwoord
    assert "Jansen" not in antwoord
    assert "Wijkteam Haven" in antwoord


def test_een_lopende_melding_wordt_aangevuld(
    bezoek: Client, wijkwerker: Medewerker, lang_geleden: Melding
) -> None:
    velden = {"melder_naam": "Jo Jansen", "toevoegen": str(lang_geleden.pk), "wie": "", "spoed": "on"}
    for _ in range(2):
        assert bewaar(bezoek, **velden).status_code == 303
    notitie = Notitie.objects.get()
    assert notitie.melding == lang_geleden
    assert notitie.tekst.endswith("0687654321):\nHulp bij het huishouden")
    lang_geleden = Melding.objects.get()
    assert lang_geleden.spoed
    assert not Concept.objects.exists()


def test_aan_een_afgeronde_melding_komt_niets_meer(
    bezoek: Client, wijkwerker: Medewerker, lang_geleden: Melding
) -> None:
    workflow.trek_in(lang_geleden, op=timezone.localdate(), reden="hoeft niet meer", door=wijkwerker)
    antwoord = bewaar(bezoek, toevoegen=str(lang_geleden.pk))
    assert antwoord.status_code == 409
    assert "al afgerond" in tekst(antwoord)
    assert not Notitie.objects.exists()


@pytest.mark.parametrize("sleutel", ["0", "999999", "99999999999999999999", "x", "-1", "٣"])
def test_toevoegen_aan_wat_er_niet_is(bezoek: Client, sleutel: str) -> None:
    assert bewaar(bezoek, toevoegen=sleutel).status_code == 404


def test_wie_net_iemand_anders_vastlegde_krijgt_de_keus(bezoek: Client, melding: Melding) -> None:
    zelfde = {"melder_naam": "Kim", "bereikbaar": "06 1234 5678", "gezien": str(melding.persoon_id)}
    antwoord = bewaar(bezoek, **zelfde)
    assert antwoord.status_code == 409
    assert f"zojuist melding {melding.nummer} vastgelegd" in tekst(antwoord)
    assert 'name="toch_apart"' in tekst(antwoord)
    assert f"Voeg toe aan {melding.nummer}" in tekst(antwoord)
    assert Melding.objects.count() == 1
    assert bewaar(bezoek, **zelfde, toch_apart="on").status_code == 303
    assert Melding.objects.count() == 2


def test_tweemaal_verzonden_is_een_melding(bezoek: Client) -> None:
    sleutel = "7e0b3f6e-0f43-4c0a-9a63-0f7d2f5d1c11"
    for _ in range(2):
        assert bewaar(bezoek, sleutel=sleutel, vervolg="advies", toelichting="bel de bank").status_code == 303
    assert Melding.objects.get().status == "voorveld"


@pytest.mark.parametrize(
    ("vervolg", "status", "behandelaar"),
    [
        ("triage", "ontvangen", None),
        ("oppakken", "ontvangen", "wijkwerker"),
        ("advies", "voorveld", None),
        ("verwijzen", "ontvangen", None),
        ("doorzetten", "doorgezet", None),
    ],
)
def test_wat_er_meteen_gebeurt(bezoek: Client, vervolg: str, status: str, behandelaar: str | None) -> None:
    antwoord = bewaar(bezoek, postcode="1316AA", vervolg=vervolg, toelichting="Veilig Thuis")
    melding = Melding.objects.get()
    assert melding.status == status
    assert (melding.behandelaar and melding.behandelaar.username) == behandelaar
    verwijst = vervolg == "verwijzen"
    assert antwoord["Location"] == (f"/meldingen/{melding.pk}/verwijzen" if verwijst else NIEUW)


@pytest.mark.parametrize("vervolg", ["advies", "doorzetten"])
def test_een_advies_zegt_welk(bezoek: Client, vervolg: str) -> None:
    antwoord = bewaar(bezoek, vervolg=vervolg)
    assert "Vul in welk advies u gaf" in tekst(antwoord)
    assert not Melding.objects.exists()


def test_wat_van_een_ander_team_is_gaat_daar_naar_de_triage(bezoek: Client, stad: Team) -> None:
    antwoord = bewaar(bezoek, postcode="1315AA", vervolg="advies", toelichting="bel de bank")
    assert antwoord.status_code == 409
    assert "alleen naar de triage" in tekst(antwoord)
    assert not Melding.objects.exists()
    assert not Persoon.objects.exists()
    bewaar(bezoek, postcode="1315AA")
    assert Melding.objects.get().team == stad


def test_het_kcc_neemt_aan_en_stuurt_door(client: Client, haven: Team) -> None:
    client.force_login(stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC))
    assert "ik pak het zelf op" not in tekst(client.get(NIEUW))
    assert bewaar(client, vervolg="oppakken").status_code == 422
    assert bewaar(client, postcode="1316AA").status_code == 303
    assert Melding.objects.get().team == haven


def test_een_naaste_meldt_over_een_ander(bezoek: Client) -> None:
    ander = {"melder_soort": "2", "melder_naam": "Kim", "relatie": "dochter", "toestemming": "1"}
    assert "Vul in om wie het gaat." in tekst(bewaar(bezoek, **ander))
    bewaar(bezoek, **ander, voor_naam="Fenna de Vries")
    melding = Melding.objects.get()
    assert (melding.melder_naam, melding.melder_relatie) == ("Kim", "dochter")
    assert melding.persoon.naam == "Fenna de Vries"
    assert melding.persoon.telefoon == "", "the number is of who calls"


def test_wat_bij_een_ander_hoort_telt_niet_als_de_inwoner_zelf_belt(bezoek: Client) -> None:
    bewaar(bezoek, voor_naam="Iemand anders", relatie="dochter", toestemming="2")
    melding = Melding.objects.get()
    assert melding.persoon.naam == "Fenna de Vries"
    assert (melding.melder_relatie, melding.toestemming) == ("", None)


def test_een_categorie_wordt_voorgesteld_en_nooit_vanzelf_gezet(bezoek: Client) -> None:
    jong = {"geboortedatum": f"01-01-{timezone.localdate().year - 9}"}
    voorstel = tekst(bezoek.post(HERKEN, {**VELDEN, **jong}, headers=HTMX))
    assert f"Neem als categorie over: {Categorie.JEUGD.label} (9 jaar)" in voorstel
    assert not re.search(r'id="voorstel"[^>]*checked', voorstel)
    bewaar(bezoek, **jong)
    gezien = str(Melding.objects.get().persoon_id)
    overgenomen = {"voorstel": str(Categorie.JEUGD.value), "gezien": gezien, "bereikbaar": "0687654322"}
    bewaar(bezoek, **jong, **overgenomen)
    gezet = [melding.gebeurtenissen.get().categorie for melding in Melding.objects.order_by("pk")]
    assert gezet == [None, Categorie.JEUGD]


def test_wat_getypt_is_komt_terug_tot_men_leeg_begint(bezoek: Client, lang_geleden: Melding) -> None:
    velden = {**VELDEN, "melder_naam": "Jo Jansen", "vraag": "Het dak lekt", "postcode": "12"}
    bezoek.post(HERKEN, velden, headers=HTMX)
    pagina = bezoek.get(NIEUW)
    assert "Het dak lekt" in tekst(pagina)
    assert "Dit typte u op" in tekst(pagina)
    assert "Voeg toe aan" in tekst(pagina), "who is known is shown again"
    assert not pagina.context["form"].errors
    assert bezoek.post(NIEUW, {"leeg": "ja"}).status_code == 302
    assert "Het dak lekt" not in tekst(bezoek.get(NIEUW))


def test_een_concept_is_van_wie_het_typte(bezoek: Client, collega: Medewerker) -> None:
    bezoek.post(HERKEN, VELDEN, headers=HTMX)
    ander = Client()
    ander.force_login(collega)
    assert "Fenna" not in tekst(ander.get(NIEUW))


def test_een_laatste_woord_na_het_bewaren_wordt_geen_concept(bezoek: Client) -> None:
    velden = {**VELDEN, "sleutel": "7e0b3f6e-0f43-4c0a-9a63-0f7d2f5d1c11"}
    bezoek.post(NIEUW, velden)
    bezoek.post(HERKEN, velden, headers=HTMX)
    assert "Dit typte u op" not in tekst(bezoek.get(NIEUW))


def test_zonder_javascript_zoekt_een_knop(bezoek: Client, lang_geleden: Melding) -> None:
    antwoord = bezoek.post(NIEUW, {"melder_naam": "Jo Jansen", "postcode": "12", "herken": "ja"})
    assert "<html" in tekst(antwoord)
    assert "Jo Jansen" in tekst(antwoord)
    assert not antwoord.context["form"].errors, "nothing is wrong yet"
    assert 'value="12"' in tekst(antwoord)


def test_alleen_wie_meldingen_aanneemt_komt_hier(client: Client, wijkwerker: Medewerker) -> None:
    for adres in (NIEUW, HERKEN):
        assert client.post(adres)["Location"] == f"/aanmelden?next={adres}"
        plek = {**HTMX, "HX-Current-URL": f"http://testserver{NIEUW}"}
        assert client.post(adres, headers=plek)["HX-Redirect"] == f"/aanmelden?next={NIEUW}"
    client.force_login(stel_aan(MedewerkerFactory(username="analist"), Rol.ANALIST))
    assert client.get(NIEUW).status_code == 403
    assert client.post(HERKEN).status_code == 403
    client.force_login(wijkwerker)
    assert client.get(HERKEN).status_code == 405


def test_geen_persoonsgegevens_in_een_adres_of_logboek(
    bezoek: Client, lang_geleden: Melding, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        pagina = tekst(bezoek.post(HERKEN, {**VELDEN, "melder_naam": "Jo Jansen"}, headers=HTMX))
        bewaar(bezoek, melder_naam="Jo Jansen", toevoegen="999999")
    assert "hx-get" not in pagina + tekst(bezoek.get(NIEUW))
    assert "Jansen" not in caplog.text
    assert "87654321" not in caplog.text


def test_acht_bekenden_kosten_niet_meer_vragen_dan_een(
    bezoek: Client, wijkwerker: Medewerker, django_assert_max_num_queries: Any
) -> None:
    """The transaction (2), session, user, roles; the concept with its savepoint (4); levensgebieden and team of the
    form; search (2), names, contact persons, last contact, meldingen, teams, log; the team of the postcode."""

    def herken() -> tuple[int, int]:
        with django_assert_max_num_queries(40) as vragen:
            antwoord = bezoek.post(HERKEN, {**VELDEN, "melder_naam": "Jansen", "postcode": "1316AA"})
        return len(vragen), tekst(antwoord).count('class="bekende"')

    meld("Jansen", door=wijkwerker, telefoon="0610000000")
    herken()
    een, aantal = herken()
    assert aantal == 1
    for nummer in range(1, 8):
        meld("Jansen", door=wijkwerker, telefoon=f"061000000{nummer}")
    acht, aantal = herken()
    assert aantal == 8
    assert acht == een


@pytest.mark.parametrize(
    ("naam", "delen"),
    [
        ("Jan van der Berg", ("Jan", "van der", "Berg")),
        ("de Vries", ("", "de", "Vries")),
        ("jan jansen", ("jan", "", "jansen")),
        ("Ben el Amrani", ("Ben", "el", "Amrani")),
        ("Anna 't Hooft", ("Anna", "'t", "Hooft")),
        ("Ali", ("", "", "Ali")),
        ("van", ("", "", "van")),
        ("Maria de Vries-van den Berg", ("Maria", "de", "Vries-van den Berg")),
    ],
)
def test_een_naam_valt_uiteen(naam: str, delen: tuple[str, str, str]) -> None:
    assert tuple(splits_naam(naam)[deel] for deel in ("voornamen", "tussenvoegsel", "achternaam")) == delen
