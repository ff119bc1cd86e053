"""Every format of every answer, read back: the same figures, the words that explain them, and no formulas."""

from __future__ import annotations

import io
import re
import sys
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from meldingen.pdf import kan_pdf
from reporting import formaten
from reporting.antwoord import Antwoord, Stroomschema, beantwoord
from reporting.charts.getallen import getal, procent
from reporting.charts.tabellen import GRAFIEKEN
from reporting.correcties import correcties
from reporting.fouten import Invoerfout
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from teams.models import Team
from tests.factories import TeamFactory

from .conftest import Registratie, moment
from .lezers import cijfers, lees_csv, lees_ods, lees_pdf, lees_xlsx, lees_zip, pdf_kenmerken, verwacht

met_pango = pytest.mark.skipif(not kan_pdf(), reason="Pango is er niet")
FORMULES = ["=1+1", "+31 36", "-1+cmd|'/C calc'!A0", "@SUM(A1)", "goed;=1+1", "\t=1+1", "＝1+1"]
BLADEN = {"xlsx": lees_xlsx, "ods": lees_ods}


@pytest.fixture
def gemeente(registratie: Registratie) -> Registratie:
    """A bit of everything in two quarters."""
    for dag, team, stappen in (
        ("2015-02-01", "W2", ["voorveld"]),
        ("2015-04-01", "W10", ["gesprek_gestart"]),
        ("2015-05-01", "W10", ["toegekend"]),
        ("2015-05-02", "W2", []),
    ):
        registratie.melding(dag, team, stappen=stappen)
    registratie.contact("2015-04-03", "telefoon", "zorg_en_ondersteuning")
    registratie.klacht("2015-05-01", "klacht", "wmo")
    registratie.clienten(5)
    registratie.extern("2.17", "meldingen", "2015-Q2", "12.5")
    return registratie


def vraag(tabel: str, **meer: Any) -> Vraag:
    return Vraag.van_invoer(tabel, periode="2015-Q2", vergelijk="2015-Q1", **meer)


def antwoord_op(tabel: str, **meer: Any) -> Antwoord:
    return beantwoord(vraag(tabel, **meer))


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("tabel", TABELLEN)
def test_elke_tabel_is_in_elk_rekenblad_dezelfde(tabel: str, formaat: str) -> None:
    antwoord = antwoord_op(tabel)
    inhoud = formaten.schrijf(antwoord, formaat)
    if formaat == "csv":
        if tabel != "2.6":
            assert cijfers(lees_csv(inhoud)) == verwacht(antwoord, formaat)
        return
    bladen = BLADEN[formaat](inhoud)
    assert list(bladen) == [tabel, "Definities"]
    assert cijfers(bladen[tabel]) == verwacht(antwoord, formaat)
    woorden = [rij[1:] for rij in bladen["Definities"][1:]]
    for wat, tekst in (
        ("Titel", antwoord.tabel.titel),
        ("Definitie", antwoord.tabel.definitie),
        ("Eenheid", antwoord.tabel.eenheid),
        ("Bron", antwoord.tabel.bron),
        ("Periode", "2015-Q1 en 2015-Q2"),
        *(("Noot", noot) for noot in antwoord.noten),
    ):
        assert [wat, tekst] in woorden


@met_pango
@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("tabel", TABELLEN)
def test_elke_tabel_staat_leesbaar_in_een_pdf(tabel: str) -> None:
    antwoord = antwoord_op(tabel)
    tekst = lees_pdf(formaten.schrijf(antwoord, "pdf"))
    kaal = tekst.replace(" ", "").replace("\ufffe", "")
    assert antwoord.tabel.titel.replace(" ", "") in kaal
    for rij in antwoord.rijen if not isinstance(antwoord, Stroomschema) else ():
        toont = "".join(procent(w) if p else getal(w) for w, p in rij.cellen)
        assert toont.replace(" ", "") in kaal
        assert all(woord in kaal for woord in re.split("[ -]", rij.label))


@met_pango
@pytest.mark.usefixtures("gemeente")
def test_een_pdf_is_toegankelijk() -> None:
    inhoud = formaten.schrijf(antwoord_op("2.6"), "pdf")
    alles = pdf_kenmerken(inhoud)
    for kenmerk in (
        *(b"/StructTreeRoot", b"/MarkInfo", b"/Lang (nl)", b"pdfuaid", b"/DisplayDocTitle true"),
        *(b"/H1", b"/TH", b"/Caption", b"/Figure", b"/Alt"),
    ):
        assert kenmerk in alles, kenmerk
    titel = "2.6 Stroomschema"
    assert titel.encode() in alles or titel.encode("utf-16-be") in alles
    assert "Maatwerkvoorziening toegekend" in lees_pdf(inhoud)


@pytest.mark.usefixtures("gemeente")
def test_een_werkblad_heeft_getalnotaties_een_vaste_kop_en_wat_er_gevraagd_is() -> None:
    inhoud = formaten.schrijf(antwoord_op("2.4", bekend_op="2015-06-30", filters={"team": "W2"}), "xlsx")
    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    vel = boek["2.4"]
    assert [cel.value for cel in vel[1]] == ["Sleutel", "Meldingen", "2015-Q1", "2015-Q2"]
    assert vel.freeze_panes == "C2"
    assert vel["C1"].font.bold
    notaties = {rij[0].value: rij[2].number_format for rij in vel.iter_rows(min_row=2)}
    assert notaties["totaal"] == "#,##0"
    assert notaties["voorveld_volwassenen_pct"] == '#,##0"%"'
    woorden = {rij[1].value: rij[2].value for rij in boek["Definities"].iter_rows(min_row=2)}
    assert woorden["Bekend op"] == "30-06-2015 23:59:59"
    assert woorden["Team"] == "W2"
    zelfde = formaten.schrijf(antwoord_op("2.4", bekend_op="2015-06-30", filters={"team": "W2"}), "xlsx")
    assert zelfde == inhoud


@pytest.mark.usefixtures("gemeente")
def test_een_rekenblad_zegt_wat_verborgen_of_niet_bekend_is() -> None:
    antwoord = antwoord_op("2.9")
    assert "< 10" in antwoord.rijen[0].waarden
    for formaat, lees in BLADEN.items():
        assert cijfers(lees(formaten.schrijf(antwoord, formaat))["2.9"]) == verwacht(antwoord, formaat)


@pytest.mark.parametrize("naam", FORMULES)
def test_wat_op_een_formule_lijkt_blijft_tekst(registratie: Registratie, naam: str) -> None:
    Team.objects.filter(code="W2").update(naam=naam)
    registratie.melding("2015-04-01")
    antwoord = antwoord_op("2.5")
    inhoud = formaten.schrijf(antwoord, "csv")
    for formaat, lees in BLADEN.items():
        labels = [rij[1] for rij in lees(formaten.schrijf(antwoord, formaat))["2.5"][1:]]
        assert any(label.strip() == naam.strip() for label in labels)
    assert b"'" in inhoud
    for gescheiden in (",", ";", "\t"):
        for cel in re.split(f"[{gescheiden}\r\n]", inhoud.decode()):
            assert not re.match(r"\s*[=+\-@＝]", cel.strip('"')), cel


def test_een_getal_onder_nul_blijft_een_getal(registratie: Registratie) -> None:
    klok = moment("2015-06-15T12:00")
    melding = registratie.melding("2015-03-31", ref="f1", vervallen_op=klok, vervallen_reden="=fout")
    registratie.ontvangen(melding, "2015-04-01", ref="f2", geregistreerd_op=klok)
    verschillen = correcties(
        Vraag.van_invoer("2.4", periode="2015-Q1"), moment("2015-05-01T00:00"), moment("2015-06-30T00:00")
    )
    regels = formaten.csv(verschillen).splitlines()
    assert regels[2].startswith("cel,2015-Q1 totaal,1,0,-1,")
    assert "'=fout" in regels[-1] or "'=fout" in regels[-2]
    for formaat, lees in BLADEN.items():
        bladen = lees(formaten.schrijf(verschillen, formaat))
        assert list(bladen) == ["2.4 cellen", "2.4 registraties", "Definities"]
        assert ["2015-Q1 totaal", 1, 0, -1] in bladen["2.4 cellen"]
        assert "=fout" in [cel for rij in bladen["2.4 registraties"] for cel in rij]
    if kan_pdf():
        assert "2015-Q1 totaal 1 0 -1" in lees_pdf(formaten.schrijf(verschillen, "pdf"))
    with pytest.raises(Invoerfout, match="geen tekening"):
        formaten.schrijf(verschillen, "svg")


@pytest.mark.usefixtures("gemeente")
def test_het_stroomschema_is_er_ook_als_tekening() -> None:
    schema = antwoord_op("2.6")
    boom = ElementTree.fromstring(formaten.schrijf(schema, "svg"))
    assert boom.tag == "{http://www.w3.org/2000/svg}svg"
    tekst = "".join(boom.itertext())
    assert "Onderzoek gestart" in tekst
    assert "2015-Q1" in tekst
    assert {f.naam for f in formaten.mogelijk(schema)} == set(formaten.FORMATEN)


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("tabel", GRAFIEKEN)
def test_elke_grafiek_is_er_als_tekening_met_wat_verborgen_is_verborgen(tabel: str) -> None:
    antwoord = antwoord_op(tabel)
    boom = ElementTree.fromstring(formaten.schrijf(antwoord, "svg"))
    tekst = " ".join(boom.itertext())
    assert antwoord.tabel.titel in tekst
    assert {f.naam for f in formaten.mogelijk(antwoord)} == set(formaten.FORMATEN)
    rijen = [rij for rij in antwoord.rijen if rij.sleutel not in ("totaal", "gemiddelde")]
    assert all(rij.label in tekst for rij in rijen)
    assert ("< 10" in tekst) == any("< 10" in rij.waarden for rij in rijen)


@pytest.mark.usefixtures("gemeente")
def test_geen_twee_tekeningen_in_een_bestand_hebben_een_naam_gemeen() -> None:
    namen = [
        str(deel.get("id"))
        for tabel in (*GRAFIEKEN, "2.6")
        for deel in ElementTree.fromstring(formaten.schrijf(antwoord_op(tabel), "svg")).iter()
        if deel.get("id")
    ]
    assert len(set(namen)) == len(namen) >= 2 * (len(GRAFIEKEN) + 1)


@met_pango
@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("teams", [2, 30])
def test_een_tekening_past_op_haar_blad(teams: int) -> None:
    for nummer in range(teams - 2):
        TeamFactory(naam=f"Een wijkteam met een lange naam, het {nummer}e")
    with PdfDocument(formaten.schrijf(antwoord_op("2.5"), "pdf")) as document:
        for blad in document:
            breedte, hoogte = blad.get_size()
            for deel in blad.get_objects():
                links, onder, rechts, boven = deel.get_bounds()
                assert 0 <= links <= rechts <= breedte
                assert 0 <= onder <= boven <= hoogte


@met_pango
@pytest.mark.usefixtures("gemeente")
def test_een_tabel_met_veel_kolommen_gaat_verder_in_een_tabel_eronder() -> None:
    antwoord = antwoord_op("D.2")
    tekst = lees_pdf(formaten.schrijf(antwoord, "pdf"))
    assert len(antwoord.kolommen) == 28
    assert [f"deel {nummer} van 3" in tekst for nummer in (1, 2, 3)] == [True] * 3
    assert tekst.count(antwoord.rijen[0].label) == 3


@met_pango
@pytest.mark.usefixtures("gemeente")
def test_de_afbeelding_is_scherp_en_op_wit() -> None:
    beeld = Image.open(io.BytesIO(formaten.schrijf(antwoord_op("2.6"), "png")))
    assert beeld.format == "PNG"
    assert abs(beeld.width - 2 * (1160 + 2 * 16)) <= 2
    assert beeld.convert("RGB").getpixel((beeld.width - 1, beeld.height - 1)) == (255, 255, 255)
    assert len(beeld.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 10


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("formaat", ["svg", "png"])
def test_een_tabel_zonder_tekening_zegt_dat(formaat: str) -> None:
    antwoord = antwoord_op("D.6")
    with pytest.raises(Invoerfout, match=r"Van tabel D\.6 is er geen tekening"):
        formaten.schrijf(antwoord, formaat)
    assert formaat not in {f.naam for f in formaten.mogelijk(antwoord)}


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("formaat", ["pdf", "png"])
def test_zonder_pango_zegt_het_formaat_dat_het_niet_kan(
    formaat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Invoerfout, match=f"Pango, dus {formaat} kan niet"):
        formaten.schrijf(antwoord_op("2.6"), formaat)


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods", "pdf"])
def test_alle_tabellen_gaan_samen_in_een_bestand(formaat: str) -> None:
    antwoorden = [antwoord_op(tabel) for tabel in TABELLEN]
    if formaat == "pdf" and not kan_pdf():
        pytest.skip("Pango is er niet")
    inhoud = formaten.schrijf_alle(antwoorden, formaat)
    if formaat == "pdf":
        tekst = lees_pdf(inhoud)
        assert tekst.startswith("Monitor 2015-Q1 en 2015-Q2 1.1 ")
        assert all(f"{a.tabel.sleutel} {a.tabel.titel}"[:30] in tekst for a in antwoorden)
        return
    bladen = lees_zip(inhoud) if formaat == "csv" else BLADEN[formaat](inhoud)
    namen = [f"monitor-{tabel}-2015-Q1-en-2015-Q2.csv" if formaat == "csv" else tabel for tabel in TABELLEN]
    assert [
        naam for naam in bladen if naam.lower() not in ("definities", "definities.csv", "inhoud")
    ] == namen
    for antwoord, naam in zip(antwoorden, namen, strict=True):
        if not isinstance(antwoord, Stroomschema):
            assert cijfers(bladen[naam]) == verwacht(antwoord, formaat)


@pytest.mark.django_db
@pytest.mark.parametrize("formaat", ["tekst", "json", "svg", "png"])
def test_een_formaat_voor_een_tabel_neemt_er_niet_meer(formaat: str) -> None:
    with pytest.raises(Invoerfout, match="past maar een tabel"):
        formaten.schrijf_alle([], formaat)
