"""How forms are rendered, whatever app they belong to."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.formulier import KLASSEN
from config.ontwerp import tokens
from config.ontwerp.__main__ import DOEL, GeenTokens, lees_huisstijl
from teams.velden import Datumveld, Postcodeveld, Telefoonveld

SCRIPT = "<script>alert('x')</script>"
KLEUREN = [("r", "Rood"), ("b", "Blauw")]


class Proefformulier(forms.Form):
    """Every kind of field that pages use."""

    naam = forms.CharField(label="Naam", help_text="Zoals iemand zich noemt")
    vraag = forms.CharField(label="Vraag", widget=forms.Textarea)
    email = forms.EmailField(label="E-mail", required=False)
    aantal = forms.IntegerField(label="Aantal", required=False)
    kleur = forms.ChoiceField(label="Kleur", choices=KLEUREN)
    een = forms.ChoiceField(label="Kies er een", choices=KLEUREN, widget=forms.RadioSelect, help_text="Eén")
    meer = forms.MultipleChoiceField(
        label="Kies er meer", choices=KLEUREN, widget=forms.CheckboxSelectMultiple, required=False
    )
    spoed = forms.BooleanField(label="Spoed", required=False)
    akkoord = forms.BooleanField(label="Akkoord", help_text="Anders gaat het niet")
    datum = Datumveld(label="Geboortedatum", verleden=True)
    postcode = Postcodeveld(label="Postcode", required=False)
    telefoon = Telefoonveld(label="Telefoon", required=False)
    wachtwoord = forms.CharField(
        label="Wachtwoord", widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    bestand = forms.FileField(label="Bestand", required=False)
    verborgen = forms.CharField(widget=forms.HiddenInput, required=False)


class Lezer(HTMLParser):
    """Keeps every element: its name and attributes, and the text in it by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elementen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append((tag, dict(attrs)))

    def met(self, **eigenschappen: str) -> list[dict[str, str | None]]:
        """The attributes of the elements that have all these."""
        return [a for _, a in self.elementen if eigenschappen.items() <= a.items()]

    @property
    def ids(self) -> list[str]:
        return [a["id"] or "" for _, a in self.elementen if "id" in a]


def formulier(**gegevens: Any) -> Proefformulier:
    return Proefformulier(gegevens)


def test_elk_veld_heeft_de_klassen_van_het_ontwerp() -> None:
    lezer = Lezer(str(Proefformulier()))
    invoer = [
        (tag, attrs)
        for tag, attrs in lezer.elementen
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "file")
    ]

    assert len(invoer) == 15
    for tag, attrs in invoer:
        assert (attrs["class"] or "").startswith("utrecht-"), (tag, attrs)
    assert "veld-datum" in (lezer.met(id="id_datum")[0]["class"] or "").split()


def test_het_label_staat_boven_het_veld_en_hoort_erbij() -> None:
    html = str(Proefformulier()["naam"].as_field_group())

    assert re.search(r'<label [^>]*for="id_naam">Naam\s*</label>', html)
    assert html.index("<label") < html.index("id_naam_helptext") < html.index("<input")


def test_de_browser_houdt_niets_tegen_en_zegt_wel_wat_moet() -> None:
    lezer = Lezer(str(Proefformulier()))

    assert not any("required" in attrs for _, attrs in lezer.elementen)
    verplicht = {attrs["name"] for _, attrs in lezer.elementen if attrs.get("aria-required") == "true"}
    assert verplicht == {"naam", "vraag", "datum", "wachtwoord"}


def test_wat_niet_hoeft_staat_er_in_woorden_bij() -> None:
    form = Proefformulier()

    assert "(niet verplicht)" in form["email"].as_field_group()
    assert "(niet verplicht)" in form["meer"].as_field_group()
    for naam in ("naam", "datum", "spoed", "akkoord"):
        assert "(niet verplicht)" not in form[naam].as_field_group(), naam


@pytest.mark.parametrize("naam", ["naam", "vraag", "aantal", "kleur", "datum", "postcode", "telefoon"])
def test_de_fout_is_aan_het_veld_verbonden(naam: str) -> None:
    form = formulier(aantal="veel", kleur="groen", datum="31-02-1990", postcode="12", telefoon="bel me")
    lezer = Lezer(str(form))
    (veld,) = lezer.met(id=f"id_{naam}")

    assert veld["aria-invalid"] == "true"
    assert f"id_{naam}_error" in (veld["aria-describedby"] or "").split()
    assert f"id_{naam}_error" in lezer.ids
    assert "--invalid" in (veld["class"] or "")


def test_hint_en_fout_worden_beide_voorgelezen() -> None:
    (veld,) = Lezer(str(formulier())).met(id="id_naam")

    assert veld["aria-describedby"] == "id_naam_helptext id_naam_error"


def test_een_groep_keuzes_is_een_fieldset_met_een_legend() -> None:
    html = str(formulier()["een"].as_field_group())

    assert re.search(
        r'<fieldset [^>]*aria-describedby="id_een_helptext id_een_error"\s*>\s*<legend [^>]*>\s*Kies er een',
        html,
    )
    assert html.count("<label") == 2
    assert html.count('type="radio"') == 2


def test_elke_verwijzing_binnen_het_formulier_komt_aan_en_elk_id_is_uniek() -> None:
    lezer = Lezer(str(formulier(verborgen="x")))
    genoemd = {a["for"] for _, a in lezer.elementen if a.get("for")}
    genoemd |= {deel for _, a in lezer.elementen for deel in (a.get("aria-describedby") or "").split()}
    genoemd |= {(a["href"] or "").removeprefix("#") for tag, a in lezer.elementen if tag == "a"}

    assert genoemd - set(lezer.ids) == set()
    assert len(lezer.ids) == len(set(lezer.ids))


def test_de_samenvatting_noemt_elke_fout_met_een_link() -> None:
    form = formulier(naam="Jan", datum="morgen")
    form.add_error(None, "Samen klopt het niet.")
    html = render_to_string("formulier/fouten.html", {"form": form})

    assert 'role="alert" tabindex="-1"' in html
    assert "<li>Samen klopt het niet.</li>" in html
    assert re.findall(r'href="#(\w+)"', html) == [
        *("id_vraag", "id_kleur", "id_een_0", "id_akkoord", "id_datum", "id_wachtwoord")
    ]
    assert render_to_string("formulier/fouten.html", {"form": Proefformulier()}).strip() == ""


def test_wat_getypt_is_blijft_staan() -> None:
    html = str(
        formulier(
            naam="Ömer 🙂", aantal="veel", vraag="regel 1\nregel 2", datum="31-02-1990", een="b", meer=["r"]
        )
    )

    assert 'value="Ömer 🙂"' in html
    assert '<input type="text" name="aantal" value="veel"' in html
    assert "regel 1\nregel 2</textarea>" in html
    assert 'value="31-02-1990"' in html
    assert re.search(r'<input type="radio" name="een" value="b"[^>]*checked', html)
    assert re.search(r'<input type="checkbox" name="meer" value="r"[^>]*checked', html)


def test_script_in_een_veld_wordt_nergens_uitgevoerd() -> None:
    """Typed, as a choice, as a label, as a hint and as an error."""
    form = Proefformulier(dict.fromkeys(Proefformulier.base_fields, SCRIPT) | {"meer": [SCRIPT]})
    for veld in form.fields.values():
        veld.label = veld.help_text = SCRIPT
        if isinstance(veld, forms.ChoiceField):
            veld.choices = [(SCRIPT, SCRIPT)]
    for naam in form.fields:
        form.add_error(naam, SCRIPT)
    form.add_error(None, SCRIPT)
    html = str(form)
    gewoon = {tag for tag, _ in Lezer(str(formulier())).elementen}

    assert "script" not in gewoon
    assert html.count("&lt;script&gt;") > 3 * len(form.fields)
    assert {tag for tag, _ in Lezer(html).elementen} == gewoon


def test_een_formulier_mag_zelf_een_klasse_geven() -> None:
    widget = forms.TextInput(attrs={"class": "veld-kort"})

    assert Lezer(widget.render("x", "")).elementen[0][1]["class"] == f"{KLASSEN['text']} veld-kort"
    assert isinstance(widget.render("x", ""), SafeString)


def test_het_slot_van_npm_noemt_geen_adres_en_elk_pakket_een_controlegetal() -> None:
    tekst = (settings.BASE_DIR / "package-lock.json").read_text()
    pakketten = {naam: pakket for naam, pakket in json.loads(tekst)["packages"].items() if naam}

    assert "://" not in tekst
    assert "resolved" not in tekst
    assert all(pakket["integrity"].startswith("sha512-") for pakket in pakketten.values())
    assert not any(pakket.get("hasInstallScript") for pakket in pakketten.values())


def test_elk_token_dat_ons_eigen_ontwerp_vraagt_is_er() -> None:
    if not DOEL.exists():
        pytest.fail("De vormgeving is niet gebouwd: typ make setup")
    eigen = "".join(pad.read_text() for pad in (DOEL.parent.parent / "eenplan").glob("*.css"))
    gemaakt = set(re.findall(r"(--[\w-]+)\s*:", DOEL.read_text() + eigen))

    assert tokens.verwijzingen(eigen) - gemaakt - {"--_utrecht-alert-icon-color"} == set()
    assert "http" not in re.sub(r"http://www.w3.org/2000/svg", "", DOEL.read_text() + eigen)
    assert "@import" not in DOEL.read_text()


def test_de_huisstijl_van_een_gemeente_is_een_bestand_met_tokens(tmp_path: Path) -> None:
    pad = tmp_path / "ons thema.css"
    pad.write_text(
        """/* --a: nee; */ @media (prefers-color-scheme: dark) { .gemeente-theme { --a: zwart; } }
        .gemeente-theme { --a: "x;y"; --b : var(--a) ; } .knop { --c: 1; } :root { --d: url(data:x;y) }"""
    )

    assert lees_huisstijl(pad) == {"--a": '"x;y"', "--b": "var(--a)", "--d": "url(data:x;y)"}
    pad.write_text("body { color: red }")
    with pytest.raises(GeenTokens, match="geen tokens"):
        lees_huisstijl(pad)
    with pytest.raises(GeenTokens, match="niet te lezen"):
        lees_huisstijl(tmp_path / "weg.css")


def test_alleen_wat_gebruikt_wordt_blijft_over() -> None:
    alle = {"--a": "var(--b)", "--b": "1", "--c": "2", "--basis-d": "var(--e, 3)", "--e": "4"}

    assert tokens.gebruikt(alle, {"--a", "--onbekend"}) == {
        k: alle[k] for k in ("--a", "--b", "--basis-d", "--e")
    }
