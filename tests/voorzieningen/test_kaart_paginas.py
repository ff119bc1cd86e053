"""The pages of the sociale kaart: find, read, change and import, with and without JavaScript."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from households.models import Levensgebied
from voorzieningen.models import AlgemeneVoorziening
from voorzieningen.socialekaart import MAX_BYTES

KAART = "/sociale-kaart"
NIEUW = f"{KAART}/nieuw"
IMPORT = f"{KAART}/importeren"
SCRIPT = "<script>alert('x')</script>"
HTMX = {"HTTP_HX_REQUEST": "true"}


def tekst(antwoord):
    return antwoord.content.decode()


def namen(antwoord):
    """The names in the results, in order."""
    return re.findall(r'<h2[^>]*>\s*<a[^>]*href="/sociale-kaart/\d+">([^<]*)</a>', tekst(antwoord))


def invoer(**anders):
    return {"soort": "1", "naam": "Taalmaatje", "hele_gemeente": "on", **anders}


def test_wie_niet_is_aangemeld_komt_er_niet_in(client, op_de_kaart):
    rij = op_de_kaart("Taalmaatje")

    for adres in (KAART, f"{KAART}/{rij.pk}", NIEUW, f"{KAART}/{rij.pk}/wijzig", IMPORT):
        assert client.get(adres).headers["Location"].startswith("/aanmelden?")
        assert client.post(adres).status_code in (302, 405)


def test_wie_niet_beheert_leest_alleen(lezer, op_de_kaart):
    rij = op_de_kaart("Taalmaatje")

    for adres in (NIEUW, f"{KAART}/{rij.pk}/wijzig", IMPORT):
        assert lezer.get(adres).status_code == 403
        assert lezer.post(adres, invoer()).status_code == 403
    assert AlgemeneVoorziening.objects.count() == 1
    for adres in (KAART, f"{KAART}/{rij.pk}"):
        assert NIEUW not in tekst(lezer.get(adres))
        assert "/wijzig" not in tekst(lezer.get(adres))
        assert "Geschiedenis" not in tekst(lezer.get(adres))
        assert lezer.post(adres).status_code == 405


def test_de_zoekvraag_is_een_gewoon_formulier(lezer, op_de_kaart):
    op_de_kaart("Maaltijdservice")
    op_de_kaart("Taalmaatje")
    pagina = tekst(lezer.get(KAART))

    assert re.search(r'<form[^>]*method="get"[^>]*action="/sociale-kaart"', pagina)
    assert 'type="submit"' in pagina
    assert "<script" not in pagina.split("</head>")[1]
    assert namen(lezer.get(KAART, {"q": "maaltij"})) == ["Maaltijdservice"]


def test_htmx_krijgt_alleen_de_resultaten_en_het_aantal(lezer, op_de_kaart):
    op_de_kaart("Maaltijdservice")
    antwoord = lezer.get(KAART, {"q": "maaltij"}, **HTMX)

    assert namen(antwoord) == ["Maaltijdservice"]
    assert "<html" not in tekst(antwoord)
    assert '<p hx-swap-oob="innerHTML:#aantal">' in tekst(antwoord)
    assert "HX-Request" in antwoord.headers["Vary"]
    assert "<html" in tekst(lezer.get(KAART, HTTP_HX_HISTORY_RESTORE_REQUEST="true", **HTMX))


def test_een_resultaat_zegt_waar_waarvoor_en_hoe_te_bereiken(lezer, op_de_kaart, noord):
    rij = op_de_kaart(
        "Taalmaatje",
        hele_gemeente=False,
        stadsdeel="Stad",
        telefoon="088 000 0123",
        email="taal@example.org",
        website="https://example.org/taal",
    )
    rij.teams.add(noord)
    rij.levensgebieden.add(Levensgebied.objects.get(code="onderwijs"))
    pagina = " ".join(tekst(lezer.get(KAART, {"q": "taal"})).split())

    assert "Stadsdeel Stad, Wijkteam Noord." in pagina
    assert "Voor onderwijs. Gevonden in naam." in pagina
    assert 'href="tel:0880000123">088 000 0123</a>' in pagina
    assert 'href="mailto:taal@example.org"' in pagina
    assert 'href="https://example.org/taal"' in pagina


def test_filters_op_levensgebied_team_en_soort(lezer, op_de_kaart, noord, zuid):
    op_de_kaart("Overal").levensgebieden.add(Levensgebied.objects.get(code="wonen"))
    op_de_kaart("Noord", hele_gemeente=False).teams.add(noord)
    op_de_kaart("School", soort=2)

    assert namen(lezer.get(KAART, {"levensgebied": "wonen"})) == ["Overal"]
    assert namen(lezer.get(KAART, {"team": "ZUI"})) == ["Overal", "School"]
    assert namen(lezer.get(KAART, {"team": "NRD", "soort": "algemene_voorziening"})) == ["Noord", "Overal"]


@pytest.mark.parametrize(
    "mis", [{"team": "XXX"}, {"levensgebied": "x"}, {"soort": "x"}, {"q": "x" * 201}, {"q": "a\0b"}]
)
def test_een_vraag_die_niet_kan_zegt_wat_er_mis_is(lezer, op_de_kaart, mis):
    op_de_kaart("Taalmaatje")
    antwoord = lezer.get(KAART, mis)

    assert antwoord.status_code == 400
    assert "Deze vraag is niet te beantwoorden" in tekst(antwoord)
    assert namen(antwoord) == []
    assert "Deze vraag is niet te beantwoorden" in tekst(lezer.get(KAART, mis, **HTMX))


def test_wat_nu_niet_geldt_ziet_alleen_beheer_die_erom_vraagt(lezer, beheerder, op_de_kaart):
    vandaag = timezone.localdate()
    op_de_kaart("Voorbij", geldig_tot=vandaag)
    op_de_kaart("Straks", geldig_van=vandaag + timedelta(days=1))
    op_de_kaart("Nu", geldig_van=vandaag, geldig_tot=vandaag + timedelta(days=1))

    assert namen(lezer.get(KAART, {"beeindigd": "on"})) == ["Nu"]
    assert namen(beheerder.get(KAART)) == ["Nu"]
    assert namen(beheerder.get(KAART, {"beeindigd": "on"})) == ["Nu", "Straks", "Voorbij"]


def test_een_rij_die_nu_niet_geldt_zegt_dat(lezer, op_de_kaart):
    voorbij = op_de_kaart("Voorbij", geldig_tot=date(2015, 2, 1))
    straks = op_de_kaart("Straks", geldig_van=date(2999, 2, 1))
    nu = op_de_kaart("Nu", geldig_van=date(2015, 2, 1), geldig_tot=date(2999, 2, 1))

    assert "Dit gold tot 1 februari 2015." in tekst(lezer.get(f"{KAART}/{voorbij.pk}"))
    assert "Dit geldt vanaf 1 februari 2999." in tekst(lezer.get(f"{KAART}/{straks.pk}"))
    assert 'class="leegte"' not in tekst(lezer.get(f"{KAART}/{nu.pk}"))


def test_vijfentwintig_per_pagina(lezer, op_de_kaart):
    for nummer in range(26):
        op_de_kaart(f"Taalmaatje {nummer:02}")
    eerste, tweede = lezer.get(KAART, {"q": "taal"}), lezer.get(KAART, {"q": "taal", "pagina": "2"})

    assert len(namen(eerste)) == 25
    assert 'href="/sociale-kaart?q=taal&amp;pagina=2"' in tekst(eerste)
    assert namen(tweede) == ["Taalmaatje 25"]
    assert namen(lezer.get(KAART, {"pagina": "onzin"})) == namen(eerste)
    assert "26 resultaten" in tekst(eerste)


def test_een_typefout_geeft_wat_erop_lijkt_en_zegt_dat(lezer, op_de_kaart):
    op_de_kaart("Maaltijdservice")
    antwoord = lezer.get(KAART, {"q": "maaltidservice"})

    assert namen(antwoord) == ["Maaltijdservice"]
    assert "die op uw woorden lijken" in tekst(antwoord)


def test_leeg_is_iets_anders_dan_niets_gevonden(lezer, op_de_kaart):
    assert "De sociale kaart is nog leeg" in tekst(lezer.get(KAART))
    assert "De sociale kaart is nog leeg" in tekst(lezer.get(KAART, {"q": "taal"}))
    op_de_kaart("Taalmaatje")

    antwoord = tekst(lezer.get(KAART, {"q": "zwemles"}))
    assert "Geen resultaten" in antwoord
    assert "Er is niets gevonden" in antwoord
    assert 'value="zwemles"' in antwoord


@pytest.mark.parametrize("vraag", [{}, {"q": "taal"}, {"q": "taal", "team": "NRD", "levensgebied": "wonen"}])
def test_vijftig_rijen_kosten_niet_meer_vragen_dan_een(
    lezer, op_de_kaart, noord, vraag, django_assert_max_num_queries
):
    """Session, user, roles, the transaction (2); levensgebieden and teams of the choosers, and those chosen (2);
    stems, count, rows with their two links."""
    wonen = Levensgebied.objects.get(code="wonen")

    def vul(aantal):
        for nummer in range(aantal):
            rij = op_de_kaart(f"Taalmaatje {nummer}", hele_gemeente=False)
            rij.teams.add(noord)
            rij.levensgebieden.add(wonen)

    vul(1)
    with django_assert_max_num_queries(20) as een:
        assert len(namen(lezer.get(KAART, vraag))) == 1
    vul(49)
    with django_assert_max_num_queries(20) as vijftig:
        assert len(namen(lezer.get(KAART, vraag))) == 25
    assert len(vijftig) == len(een) <= 14


@pytest.mark.parametrize(
    "adres", [f"{KAART}/999999", f"{KAART}/99999999999999999999", f"{KAART}/999999/wijzig"]
)
def test_een_onbekende_rij_is_er_niet(beheerder, adres):
    assert beheerder.get(adres).status_code == 404


def test_script_in_elk_veld_blijft_tekst(lezer, beheerder, op_de_kaart, beheer):
    rij = op_de_kaart(
        SCRIPT,
        **dict.fromkeys(("organisatie", "omschrijving", "doelgroep", "kosten", "adres", "stadsdeel"), SCRIPT),
        hele_gemeente=False,
    )
    rij.teams.create(code="X", naam=SCRIPT, soort=1)
    rij.levensgebieden.create(code="x", naam=SCRIPT)
    rij.wijzigingen.create(door=beheer, wijzigingen={SCRIPT: [SCRIPT, SCRIPT]})

    for browser in (lezer, beheerder):
        for adres in (KAART, f"{KAART}?q=script", f"{KAART}/{rij.pk}", f"{KAART}?q={SCRIPT}&team={SCRIPT}"):
            antwoord = browser.get(adres)
            assert "<script>alert" not in tekst(antwoord)
            assert "&lt;script&gt;alert" in tekst(antwoord)
    for antwoord in (
        beheerder.get(f"{KAART}/{rij.pk}/wijzig"),
        beheerder.post(
            NIEUW, dict.fromkeys(("soort", "naam", "email", "website", "telefoon", "ref"), SCRIPT)
        ),
        beheerder.post(IMPORT, {"bestand": SimpleUploadedFile("x.csv", SCRIPT.encode())}),
    ):
        assert "<script>alert" not in tekst(antwoord)
        assert "&lt;script&gt;alert" in tekst(antwoord)


def test_beheer_voegt_een_rij_toe_en_wijzigt_haar(beheerder, beheer, noord):
    antwoord = beheerder.post(NIEUW, invoer(levensgebieden=[Levensgebied.objects.get(code="wonen").pk]))
    rij = AlgemeneVoorziening.objects.get()
    assert antwoord.headers["Location"] == f"{KAART}/{rij.pk}"
    assert rij.ref is None

    gezien = re.search(r'name="gezien" value="([^"]+)"', tekst(beheerder.get(f"{KAART}/{rij.pk}/wijzig")))
    nieuw = {"soort": "1", "naam": "Taalcoach", "teams": [noord.pk], "gezien": gezien[1]}
    assert beheerder.post(f"{KAART}/{rij.pk}/wijzig", nieuw).status_code == 302

    rij.refresh_from_db()
    assert (rij.naam, rij.gebied) == ("Taalcoach", ["Wijkteam Noord"])
    eerste, tweede = rij.wijzigingen.order_by("pk")
    assert eerste.wijzigingen["naam"] == ["", "Taalmaatje"]
    assert tweede.door == beheer
    assert tweede.wijzigingen == {
        "naam": ["Taalmaatje", "Taalcoach"],
        "hele_gemeente": ["ja", "nee"],
        "teams": ["", "NRD"],
        "levensgebieden": ["wonen", ""],
    }
    assert "Taalmaatje → Taalcoach" in tekst(beheerder.get(f"{KAART}/{rij.pk}"))


def test_wie_intussen_wordt_ingehaald_overschrijft_niets(beheerder, op_de_kaart):
    rij = op_de_kaart("Taalmaatje")
    gezien = rij.gewijzigd_op.isoformat()
    beheerder.post(f"{KAART}/{rij.pk}/wijzig", invoer(naam="Van een ander", gezien=gezien))

    antwoord = beheerder.post(f"{KAART}/{rij.pk}/wijzig", invoer(naam="Van mij", gezien=gezien))

    assert antwoord.status_code == 400
    assert "Iemand anders heeft deze regel intussen gewijzigd" in tekst(antwoord)
    assert 'value="Van mij"' in tekst(antwoord)
    rij.refresh_from_db()
    assert rij.naam == "Van een ander"
    assert beheerder.post(f"{KAART}/{rij.pk}/wijzig", invoer(gezien="")).status_code == 400


@pytest.mark.parametrize(
    ("mis", "fout"),
    [
        ({"naam": ""}, "Dit veld is vereist."),
        ({"hele_gemeente": ""}, "verwacht de hele gemeente, een stadsdeel, of een of meer teams"),
        ({"stadsdeel": "Haven"}, "de hele gemeente gaat niet samen met een stadsdeel of teams"),
        ({"stadsdeel": "Atlantis", "hele_gemeente": ""}, "Selecteer een geldige keuze"),
        ({"telefoon": "bel ons"}, "verwacht een telefoonnummer"),
        ({"email": "geen adres"}, "verwacht een e-mailadres"),
        ({"website": "javascript:alert(1)"}, "verwacht een adres dat begint met https://"),
        ({"geldig_van": "30-02-2026"}, "Deze dag bestaat niet."),
        ({"geldig_van": "01-02-2026", "geldig_tot": "01-01-2026"}, "verwacht een dag die niet voor"),
        ({"omschrijving": "x" * 5001}, "Zorg dat deze waarde niet meer dan 5000 tekens bevat"),
        ({"ref": "K1"}, "bestaat al"),
    ],
)
def test_een_fout_in_het_formulier_staat_bij_het_veld_en_het_getypte_blijft(
    beheerder, op_de_kaart, noord, mis, fout
):
    op_de_kaart("Er was al een", ref="K1")
    antwoord = beheerder.post(NIEUW, invoer(organisatie="Wat ik typte 🙂", **mis))

    assert antwoord.status_code == 400
    assert fout in tekst(antwoord)
    assert 'value="Wat ik typte 🙂"' in tekst(antwoord)
    assert AlgemeneVoorziening.objects.count() == 1


def test_beheer_leest_een_bestand_in(beheerder, beheer, bestand):
    inhoud = bestand({}, {})
    antwoord = beheerder.post(IMPORT, {"bestand": SimpleUploadedFile("kaart.csv", inhoud)})

    assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 beëindigd" in tekst(antwoord)
    assert AlgemeneVoorziening.objects.get(ref="K1").wijzigingen.get().door == beheer

    minder = SimpleUploadedFile("kaart.csv", bestand({}))
    antwoord = beheerder.post(IMPORT, {"bestand": minder, "beeindig": "on"})

    assert "0 nieuw, 0 gewijzigd, 1 ongewijzigd, 1 beëindigd" in tekst(antwoord)
    assert AlgemeneVoorziening.objects.get(ref="K2").geldig_tot == timezone.localdate()


def test_de_pagina_zegt_wat_er_mis_is_met_een_bestand(beheerder, bestand):
    antwoord = beheerder.post(IMPORT, {"bestand": SimpleUploadedFile("x.csv", bestand({"email": "x"}))})

    assert antwoord.status_code == 400
    assert "Er is niets ingelezen: 1 fout<" in tekst(antwoord)
    assert "regel 2: email: verwacht een e-mailadres" in tekst(antwoord)
    groot = SimpleUploadedFile("x.csv", b"x" * (MAX_BYTES + 1))
    assert "het bestand is te groot" in tekst(beheerder.post(IMPORT, {"bestand": groot}))
    assert "het bestand is leeg" in tekst(
        beheerder.post(IMPORT, {"bestand": SimpleUploadedFile("x.csv", b"")})
    )
    assert "Dit veld is vereist." in tekst(beheerder.post(IMPORT))
    assert not AlgemeneVoorziening.objects.exists()


def test_de_pagina_legt_elke_kolom_uit(beheerder):
    pagina = tekst(beheerder.get(IMPORT))

    assert "<dt>levensgebieden</dt>" in pagina
    assert "<dt>geldig_tot</dt>" in pagina


def test_zonder_csrf_gaat_er_niets_door(beheer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(beheer)

    assert browser.post(NIEUW, invoer()).status_code == 403
    assert not AlgemeneVoorziening.objects.exists()
