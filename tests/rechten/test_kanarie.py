"""A canary sings where it should not be: everybody walks through everything, and no foreign word turns up."""

from __future__ import annotations

import io
import logging
import logging.config
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import Resolver404, resolve

from meldingen.periodic import let_op_spoed
from teams.berichten import _effecten
from teams.post import Bericht
from tests.rechten.hulp import adressen_in, kanaries_in, stel, uitslag, vraag
from tests.rechten.matrix import BUITEN, LEEST, TABEL, te_proberen
from tests.rechten.wereld import IEDEREEN, KANARIES, SOORTEN, Wereld, proef

NAAM = ("achternaam", "voornamen")
PER_ADRES, HOOGSTENS = 6, 120
"""So many pages of one address, and so many in all, for one who walks around."""


def mag_lezen(wie: str) -> set[tuple[str, str]]:
    """The words that are meant for somebody: of the dossiers they read, and for the FG every name."""
    if wie == "fg":
        return {(soort, getattr(kanarie, deel)) for soort, kanarie in KANARIES.items() for deel in NAAM}
    return {
        (soort, woord)
        for soort in SOORTEN
        if wie in LEEST[soort] and wie not in BUITEN
        for woord in KANARIES[soort]
    }


@pytest.mark.parametrize("naam", TABEL)
def test_geen_antwoord_uit_de_tabel_bevat_woorden_van_een_ander(wereld: Wereld, naam: str) -> None:
    for methode, regel in TABEL[naam].methoden():
        for wie in IEDEREEN:
            for soort in te_proberen(TABEL[naam], regel, wie):
                gekregen = uitslag(wereld, wie, methode, naam, soort)
                assert gekregen.woorden <= mag_lezen(wie), (naam, methode, wie, soort)
                assert not gekregen.in_adressen, (naam, methode, wie, soort)


class Wegen(HTMLParser):
    """The links of a page, and its forms that ask: address, fields with what stands in them, names of text fields."""

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.formulieren: list[tuple[str, dict[str, str], set[str]]] = []
        self._binnen = False
        self.feed(tekst)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what leads on."""
        eigen = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "a" and "href" in eigen:
            self.links.append(eigen["href"])
        if tag == "form":
            self._binnen = eigen.get("method", "get").lower() == "get"
            if self._binnen:
                self.formulieren.append((eigen.get("action", ""), {}, set()))
        if self._binnen and tag in ("input", "select", "textarea") and eigen.get("name"):
            _, velden, vrij = self.formulieren[-1]
            velden[eigen["name"]] = eigen.get("value", "")
            if tag == "textarea" or (tag == "input" and eigen.get("type", "text") in ("text", "search")):
                vrij.add(eigen["name"])

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        self._binnen = self._binnen and tag != "form"


VRIJ_IN_EEN_ADRES = {
    ("/sociale-kaart", "q"),
    ("/logboek", "medewerker"),
    ("/logboek", "persoon"),
    ("/logboek", "huishouden"),
}
"""What one may type that then stands in an address: words about voorzieningen, user names, bare numbers."""


def _loop_rond(w: Wereld, wie: str) -> Iterator[tuple[str, Any]]:
    """Every page that one comes by from the begin, following links and sending forms that ask as they are."""
    wachtend, gezien, per_adres = ["/", "/melden"], set(), Counter[str]()
    while wachtend and len(gezien) < HOOGSTENS:
        url = wachtend.pop(0)
        delen = urlsplit(url)
        if (
            url in gezien
            or delen.netloc
            or delen.scheme
            or not url.startswith("/")
            or delen.path.startswith("/static")
        ):
            continue
        try:
            naam = resolve(delen.path).view_name
        except Resolver404:
            naam = delen.path
        if per_adres[naam] >= PER_ADRES:
            continue
        per_adres[naam] += 1
        gezien.add(url)
        with proef():
            gekregen = stel(w, wie, "GET", url)
        yield url, gekregen
        if gekregen.naar:
            wachtend.append(gekregen.naar)
        if "html" not in gekregen.antwoord.headers.get("Content-Type", ""):
            continue
        wegen = Wegen(gekregen.tekst)
        for actie, velden, vrij in wegen.formulieren:
            pad = urlsplit(urljoin(url, actie)).path
            assert pad.startswith("/beheer") or {(pad, naam) for naam in vrij} <= VRIJ_IN_EEN_ADRES, (
                f"op {url} staat een formulier dat met GET gaat; wat men typt in {vrij} komt in een adres te staan"
            )
            wachtend.append(f"{pad}?{urlencode(velden)}")
        wachtend += [urljoin(url, link).partition("#")[0] for link in wegen.links]


@pytest.mark.parametrize("wie", IEDEREEN)
def test_wie_overal_rondloopt_vindt_geen_kanarie_van_een_ander(wereld: Wereld, wie: str) -> None:
    paginas, gezien = 0, set()
    for url, gekregen in _loop_rond(wereld, wie):
        assert gekregen.status < 500, url
        woorden = kanaries_in(gekregen.tekst)
        assert woorden <= mag_lezen(wie), (url, woorden - mag_lezen(wie))
        assert not kanaries_in("\n".join([*adressen_in(gekregen.tekst), gekregen.naar, url])), url
        gezien |= woorden
        paginas += 1
    assert paginas >= (3 if wie in BUITEN else 4)
    eigen = {soort for soort in SOORTEN if wie in LEEST[soort] and wie not in BUITEN}
    assert {soort for soort, _ in gezien} == (set() if wie in ("expert", "nood") and not gezien else eigen), (
        gezien
    )


def _zoekvragen(soort: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every way to ask after somebody, in words that don't say the canary."""
    kanarie, dag = KANARIES[soort], f"0{1 + SOORTEN.index(soort)}-01-1950"
    telefoon = f"{kanarie.telefoon[:2]} {kanarie.telefoon[2:]}"
    aanname = {"melder_soort": "1", "kanaal": "1", "aanleiding": "1", "vervolg": "triage", "herken": "1"}
    voor_de_helft = {
        "melder_naam": f"{kanarie.voornamen[:-1]} {kanarie.achternaam[:-1]}",
        "bereikbaar": telefoon,
        "geboortedatum": dag,
        "postcode": "1315AA" if soort == "stad" else "1316AA",
        "huisnummer": str(10 * (1 + SOORTEN.index(soort))),
    }
    for tekst in (
        kanarie.achternaam[:-1],
        f"{kanarie.voornamen[:-1]} {kanarie.achternaam[:-1]}",
        telefoon,
        kanarie.email[:-1],
        dag,
        f"{kanarie.bsn[:3]} {kanarie.bsn[3:]}",
        f"{voor_de_helft['postcode']} {voor_de_helft['huisnummer']}",
    ):
        yield "zoek", "/zoek", {"tekst": tekst}
        yield "logboek-inwoner", "/logboek/inwoner", {"tekst": tekst}
    for pad in ("/meldingen/nieuw/herken", "/meldingen/nieuw"):
        yield "melding-nieuw", pad, aanname | voor_de_helft
        yield "melding-nieuw", pad, aanname | {"melder_naam": kanarie.achternaam[:-1]}


@pytest.mark.parametrize("wie", [wie for wie in IEDEREEN if wie not in BUITEN])
def test_wie_zoekt_vindt_geen_kanarie_van_een_ander(wereld: Wereld, wie: str) -> None:
    for soort in SOORTEN:
        gezien = set()
        for naam, pad, velden in _zoekvragen(soort):
            if wie not in getattr(TABEL[naam].POST, "rollen", ()):
                continue
            for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
                with proef():
                    gekregen = stel(wereld, wie, "POST", pad, velden, **extra)
                woorden = kanaries_in(gekregen.tekst)
                assert woorden <= mag_lezen(wie), (soort, pad, velden, woorden - mag_lezen(wie))
                assert not kanaries_in("\n".join(adressen_in(gekregen.tekst)))
                gezien |= woorden
                if soort == "afgeschermd" and wie not in (*LEEST[soort], "fg"):
                    assert not re.search(
                        r"X\. S\.|1950", gekregen.tekst.replace(velden.get("geboortedatum", "-"), "")
                    )
        if wie in LEEST[soort]:
            assert (soort, KANARIES[soort].achternaam) in gezien


def test_wie_alleen_mag_weten_dat_iemand_bekend_is_ziet_voorletters(wereld: Wereld) -> None:
    for wie in ("collega", "kcc", "expert_elders"):
        gekregen = vraag(wereld, wie, "POST", "zoek")
        assert "W. H., 1950" in gekregen.tekst
        assert not kanaries_in(gekregen.tekst)


@pytest.fixture
def logtekst() -> Iterator[io.StringIO]:
    """What the product would have written to its log, in the form that it has there."""
    tekst = io.StringIO()
    zo = settings.LOGGING | {
        "handlers": {"console": {**settings.LOGGING["handlers"]["console"], "stream": tekst}}
    }
    oud = list(logging.getLogger().handlers)
    logging.config.dictConfig(zo)
    yield tekst
    logging.config.dictConfig(settings.LOGGING)
    logging.getLogger().handlers[:] = oud


def test_een_fout_in_de_database_zet_geen_gegevens_in_het_log(wereld: Wereld, logtekst: io.StringIO) -> None:
    """PostgreSQL tells the whole row with a constraint that fails, and an exception repeats it."""
    client = wereld.clients["wijkwerker"]
    client.raise_request_exception = False
    try:
        with proef(), connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE meldingen_notitie ADD CONSTRAINT proef CHECK (length(tekst) < 1) NOT VALID"
            )
            gekregen = vraag(
                wereld, "wijkwerker", "POST", "melding-noteer", "haven", tekst=KANARIES["haven"].notitie
            )
    finally:
        client.raise_request_exception = True
    assert gekregen.status == 500
    assert not kanaries_in(gekregen.tekst)
    assert "IntegrityError" in logtekst.getvalue()
    assert "workflow/schrijven.py" in logtekst.getvalue()
    assert not kanaries_in(logtekst.getvalue())


def test_het_log_noemt_niemand(wereld: Wereld, logtekst: io.StringIO) -> None:
    """Refusals, wrong methods, wrong forms: what one sees in the log of any day."""
    for soort in (*SOORTEN, "onbekend"):
        for wie in ("wijkwerker", "collega", "analist", "anoniem"):
            for methode in ("GET", "POST", "DELETE"):
                vraag(wereld, wie, methode, "melding", soort)
            vraag(wereld, wie, "POST", "melding-koppelen", soort)
    with proef():
        stel(
            wereld,
            "anoniem",
            "POST",
            "/aanmelden",
            {"login": "wijkwerker", "password": KANARIES["haven"].bsn},
        )
    assert "Not Found" in logtekst.getvalue()
    assert not kanaries_in(logtekst.getvalue())


def test_post_en_berichten_noemen_niemand(wereld: Wereld) -> None:
    """Noodtoegang, spoed that waits, a form that came in: what is told goes without names."""
    with proef():
        Bericht.objects.all().delete()
        nood = f"/huishoudens/{wereld.sleutel('huishouden', 'stad')}/noodtoegang"
        reden = {"reden": f"{KANARIES['stad'].vraag} {KANARIES['stad'].achternaam}"}
        assert stel(wereld, "wijkwerker", "POST", nood, reden).status == 303
        let_op_spoed()
        assert vraag(wereld, "anoniem", "POST", "meldingenformulier").status == 302
        berichten = list(Bericht.objects.all())
        for bericht in berichten:
            _effecten[bericht.soort].voer_uit(bericht)
        post = [brief for brief in mail.outbox if isinstance(brief, EmailMessage)]
        teksten = [f"{b.soort} {b.gegevens} {b.sleutel}" for b in berichten] + [
            f"{brief.subject}\n{brief.body}\n{brief.message()}" for brief in post
        ]
    assert {bericht.soort for bericht in berichten} >= {"noodtoegang_geopend", "spoed_te_laat"}
    assert post
    assert not kanaries_in("\n".join(teksten))
