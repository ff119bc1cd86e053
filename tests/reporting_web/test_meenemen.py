"""Taking figures along: from the page of a table in every format, and all tables as one file of one's own."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.pdf import kan_pdf
from reporting.bestanden import OPGEGEVEN
from reporting.formaten import FORMATEN
from reporting.meeneemform import SAMEN
from reporting.models import Bestand, Meegenomen
from reporting.models.bestand import SOORT
from teams.models import Bericht, Medewerker, Rol
from tests.factories import stel_aan
from tests.reporting.lezers import cijfers, lees_csv, lees_xlsx

BESTANDEN = "/rapportage/bestanden"


def adressen(pagina: str) -> dict[str, str]:
    """The formats that a page offers, by name."""
    gevonden = re.findall(r'href="(/rapportage/meenemen/[^"]+/(\w+)\?[^"]*)"', pagina)
    return {formaat: html.unescape(adres) for adres, formaat in gevonden}


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize("formaat", FORMATEN)
def test_het_stroomschema_is_in_elk_formaat_mee_te_nemen_met_dezelfde_vraag(
    lezer: Client, wijkwerker: Medewerker, formaat: str
) -> None:
    if formaat in ("pdf", "png") and not kan_pdf():
        pytest.skip("Pango is er niet")
    pagina = lezer.get("/rapportage/stroomschema?periode=2015-Q2&team=noord&vergelijk=geen")
    adres = adressen(pagina.content.decode())[formaat]
    antwoord = lezer.get(adres)

    assert antwoord.status_code == 200
    assert antwoord["Content-Type"] == FORMATEN[formaat].mime
    uitgang = "txt" if formaat == "tekst" else formaat
    assert antwoord["Content-Disposition"] == f'attachment; filename="monitor-2.6-2015-Q2.{uitgang}"'
    if formaat == "csv":
        assert cijfers(lees_csv(antwoord.content))["meldingen"] == [3]
    if formaat == "xlsx":
        assert cijfers(lees_xlsx(antwoord.content)["2.6"])["meldingen"][0] == 3
    (regel,) = Meegenomen.objects.all()
    assert (regel.medewerker, regel.wat, regel.formaat) == (wijkwerker, "2.6", formaat)
    assert regel.vraag == {"periode": "2015-Q2", "team": "noord", "categorie": "volwassenen"}


@pytest.mark.usefixtures("meldingen")
def test_een_tabel_zonder_tekening_biedt_die_niet_aan_en_zegt_het_wie_haar_toch_vraagt(lezer: Client) -> None:
    pagina = lezer.get("/rapportage/tabel/D.6?periode=2015-Q2").content.decode()
    assert not {"svg", "png"} & set(adressen(pagina))
    antwoord = lezer.get("/rapportage/meenemen/D.6/svg?periode=2015-Q2", follow=True)
    assert antwoord.redirect_chain == [("/rapportage/tabel/D.6?periode=2015-Q2", 302)]
    assert "Van tabel D.6 is er geen tekening" in antwoord.content.decode()
    assert not Meegenomen.objects.exists()


@pytest.mark.usefixtures("meldingen")
def test_een_onjuiste_vraag_gaat_naar_de_pagina_die_zegt_wat_er_mis_is(lezer: Client) -> None:
    antwoord = lezer.get("/rapportage/meenemen/2.4/xlsx?periode=2015-Q7", follow=True)
    assert antwoord.status_code == 400
    assert "is niet te lezen" in antwoord.content.decode()
    for adres in ("9.9/xlsx", "2.4/exe", "2.4/XLSX"):
        assert lezer.get(f"/rapportage/meenemen/{adres}?periode=2015-Q2").status_code == 404
    assert not Meegenomen.objects.exists()


def velden(pagina: str) -> dict[str, str]:
    """The hidden fields of the form on the page with all tables."""
    formulier = re.search(r'<form class="meenemen.*?</form>', pagina, re.DOTALL)
    assert formulier
    gevonden = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', formulier[0])
    return {naam: html.unescape(waarde) for naam, waarde in gevonden if naam != "csrfmiddlewaretoken"}


@pytest.mark.usefixtures("meldingen")
def test_op_de_pagina_met_alle_tabellen_vraagt_men_om_een_bestand(
    lezer: Client, wijkwerker: Medewerker
) -> None:
    pagina = lezer.get("/rapportage?periode=2015-Q2&bekendOp=2015-12-31").content.decode()
    ingevuld = velden(pagina) | {"formaat": "ods"}
    for _ in range(2):
        antwoord = lezer.post(BESTANDEN, ingevuld)
        assert (antwoord.status_code, antwoord["Location"]) == (303, BESTANDEN)
    (bestand,) = Bestand.objects.all()
    assert (bestand.medewerker, bestand.formaat) == (wijkwerker, "ods")
    assert bestand.vraag == {
        "periode": "2015-Q2",
        "vergelijk": "2015-Q1",
        "bekendOp": "2015-12-31T23:59:59.999999+01:00",
    }
    lijst = lezer.get(BESTANDEN).content.decode()
    assert "Alle tabellen, 2015-Q2" in lijst
    assert f"0 van {bestand.totaal} tabellen geteld" in lijst
    assert 'hx-trigger="every 2s"' in lijst
    stuk = lezer.get(BESTANDEN, headers={"HX-Request": "true"}).content.decode()
    assert stuk.lstrip().startswith('<div id="bestanden"')
    assert "<html" not in stuk


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("fout", "zegt"),
    [
        ({"periode": "2015-Q7"}, "is niet te lezen"),
        ({"formaat": "svg"}, "Alle tabellen als"),
        ({"sleutel": "nee"}, "Voer een geldige UUID in"),
        ({"bekendOp": "ooit"}, "is niet te lezen"),
        ({"periode": ""}, "is niet te lezen"),
    ],
)
def test_een_onjuiste_aanvraag_zegt_wat_er_mis_is(lezer: Client, fout: dict[str, str], zegt: str) -> None:
    goed = {"periode": "2015-Q2", "formaat": "xlsx", "sleutel": str(uuid4())}
    antwoord = lezer.post(BESTANDEN, goed | fout)
    assert antwoord.status_code == 400
    assert zegt in html.unescape(antwoord.content.decode())
    assert not Bestand.objects.exists()


def bestand_van(wie: Medewerker, **velden: Any) -> Bestand:
    klaar = {
        "klaar_op": timezone.now(),
        "vervalt_op": timezone.now() + timedelta(days=7),
        "inhoud": b"PK-cijfers",
        "omvang": 10,
    }
    return Bestand.objects.create(
        medewerker=wie,
        sleutel=uuid4(),
        vraag={"periode": "2015-Q2"},
        formaat="csv",
        totaal=40,
        **klaar | velden,
    )


IN_DE_MAAK = {"klaar_op": None, "vervalt_op": None, "inhoud": None, "omvang": 0}


def test_wat_klaar_is_haalt_men_op_en_dat_staat_in_het_log(lezer: Client, wijkwerker: Medewerker) -> None:
    bestand = bestand_van(wijkwerker)
    lijst = lezer.get(BESTANDEN).content.decode()
    assert f'href="/rapportage/bestanden/{bestand.pk}"' in lijst
    assert "hx-trigger" not in lijst
    antwoord = lezer.get(f"{BESTANDEN}/{bestand.pk}")
    assert antwoord.content == b"PK-cijfers"
    assert antwoord["Content-Type"] == "application/zip"
    assert antwoord["Content-Disposition"] == 'attachment; filename="monitor-2015-Q2.zip"'
    (regel,) = Meegenomen.objects.all()
    assert (regel.medewerker, regel.wat, regel.vraag) == (wijkwerker, "alles", {"periode": "2015-Q2"})


def test_een_vreemd_bestand_is_hetzelfde_als_geen(
    lezer: Client, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    stel_aan(collega, Rol.ANALIST)
    vreemd = bestand_van(collega)
    verlopen = bestand_van(wijkwerker, vervalt_op=timezone.now())
    bezig = bestand_van(wijkwerker, **IN_DE_MAAK)
    antwoorden = [lezer.get(f"{BESTANDEN}/{pk}") for pk in (vreemd.pk, verlopen.pk, bezig.pk, 987_654)]
    assert [antwoord.status_code for antwoord in antwoorden] == [404] * 4
    zonder_teken = {
        re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", a.content.decode()) for a in antwoorden
    }
    assert len(zonder_teken) == 1
    assert str(vreemd.pk) not in re.findall(r"bestanden/(\d+)", lezer.get(BESTANDEN).content.decode())
    for pk in (vreemd.pk, 987_654):
        assert lezer.post(f"{BESTANDEN}/{pk}/afbreken").status_code == 404
    assert not Meegenomen.objects.exists()


def test_afbreken_stopt_wat_nog_wordt_gemaakt(lezer: Client, wijkwerker: Medewerker) -> None:
    bezig, klaar = bestand_van(wijkwerker, **IN_DE_MAAK), bestand_van(wijkwerker)
    for bestand in (bezig, klaar):
        assert lezer.post(f"{BESTANDEN}/{bestand.pk}/afbreken").status_code == 303
    bezig.refresh_from_db()
    klaar.refresh_from_db()
    assert bezig.afgebroken_op
    assert klaar.klaar_op
    lijst = lezer.get(BESTANDEN).content.decode()
    assert "Afgebroken op" in lijst
    assert "Er viel niets meer af te breken." in lijst


def test_wat_niet_lukte_zegt_waarom(lezer: Client, wijkwerker: Medewerker) -> None:
    bestand_van(wijkwerker, **IN_DE_MAAK, waarom="Het bestand werd 99 MB")
    opgegeven = bestand_van(wijkwerker, **IN_DE_MAAK)
    Bericht.objects.create(soort=SOORT, sleutel=f"{SOORT}:{opgegeven.pk}", mislukt_op=timezone.now())
    lijst = lezer.get(BESTANDEN).content.decode()
    assert "Niet gelukt. Het bestand werd 99 MB" in lijst
    assert OPGEGEVEN in lijst
    assert "hx-trigger" not in lijst


def test_zonder_bestanden_staat_er_waar_men_ze_vraagt(lezer: Client) -> None:
    assert "U heeft nog geen bestanden" in lezer.get(BESTANDEN).content.decode()
    assert [naam for naam, _ in SAMEN] == ["csv", "xlsx", "ods", "pdf"]
