"""A canary sings where it should not be: everybody walks through everything, and no foreign word turns up."""

from __future__ import annotations

import io
import logging
import logging.config
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import Resolver404, resolve
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Levensgebied
from meldingen import workflow
from meldingen.models import Leefgebied
from meldingen.periodic import let_op_spoed
from teams.berichten import _effecten
from teams.post import Bericht
from tests.rechten.hulp import adressen_in, kanaries_in, stel, vraag
from tests.rechten.matrix import TABEL
from tests.rechten.oordeel import mag_lezen
from tests.rechten.regels import BUITEN, FG, INWONERS, LEEST, Mag
from tests.rechten.wereld import IEDEREEN, KANARIES, SOORTEN, Wereld, proef
from voorzieningen.models import Verdaging, Verzendwijze

GRENZEN = [(1, 12), pytest.param((3, 50), marks=pytest.mark.vol)]
"""So many pages of one address, and so many in all, for one who walks around."""


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
    "sociale-kaart": {"q"},
    "logboek": {"medewerker", "persoon", "huishouden", "vanaf", "tot_en_met"},
    "meegenomen": {"medewerker", "vanaf", "tot_en_met"},
    "rapportage": {"andere_periode"},
    "stroomschema": {"andere_periode"},
    "stroomschema-knoop": {"andere_periode"},
    "tabel": {"andere_periode"},
    "correcties": {"andere_periode", "van", "tot"},
    "teams": {"periode"},
    "dashboard": {"periode"},
}
"""What one may type that then stands in an address: words about voorzieningen, user names, bare numbers, days."""


BEGIN = ("/", "/melden", "/werkvoorraad?lijst=alles", "/huishoudens")


def _loop_rond(w: Wereld, wie: str, per_naam: int, hoogstens: int) -> Iterator[tuple[str, Any]]:
    """Every page that one comes by from the begin, following links and sending forms that ask as they are."""
    wachtend, gezien, per_adres = [*BEGIN], set[str](), Counter[str]()
    while wachtend and len(gezien) < hoogstens:
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
        if per_adres[naam] >= per_naam:
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
            mag_vrij = VRIJ_IN_EEN_ADRES.get(resolve(pad).view_name, set())
            assert pad.startswith("/beheer") or vrij <= mag_vrij, (
                f"op {url} staat een formulier dat met GET gaat; wat men typt in {vrij} komt in een adres te staan"
            )
            wachtend.append(f"{pad}?{urlencode(velden)}")
        wachtend += [urljoin(url, link).partition("#")[0] for link in wegen.links]


@pytest.mark.usefixtures("stil")
@pytest.mark.parametrize("grenzen", GRENZEN)
@pytest.mark.parametrize("wie", IEDEREEN)
def test_wie_overal_rondloopt_vindt_geen_kanarie_van_een_ander(
    wereld: Wereld, wie: str, grenzen: tuple[int, int]
) -> None:
    paginas, gezien = 0, set()
    for url, gekregen in _loop_rond(wereld, wie, *grenzen):
        assert gekregen.status < 500, url
        woorden = kanaries_in(gekregen.tekst)
        assert woorden <= mag_lezen(wie), (url, woorden - mag_lezen(wie))
        assert not kanaries_in("\n".join([*adressen_in(gekregen.tekst), gekregen.naar, url])), url
        gezien |= woorden
        paginas += 1
    assert paginas >= (3 if wie in BUITEN else 4)
    eigen = {soort for soort in SOORTEN if wie in LEEST[soort] and wie not in BUITEN}
    if wie == "toetser":
        eigen = {soort for soort, _ in gezien}
        assert eigen
    if wie == "klachten":
        eigen = set(SOORTEN)
    assert {soort for soort, _ in gezien} == (set() if wie in ("expert", "nood") and not gezien else eigen), (
        gezien
    )


Zoekvraag = tuple[str, str, dict[str, str]]
"""The name of an address in the table, the address, and what is sent there."""


def _zoekvragen(soort: str) -> Iterator[Zoekvraag]:
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


ZOEKERS = sorted(INWONERS | FG)


def _bij_toerbeurt(wie: str, soort: str) -> Iterator[Zoekvraag]:
    """Of the questions about one household, those that are this reader's turn: each is asked by one of them."""
    plaats = ZOEKERS.index(wie) + SOORTEN.index(soort)
    for nummer, zoekvraag in enumerate(_zoekvragen(soort)):
        if (nummer - plaats) % len(ZOEKERS) == 0:
            yield zoekvraag


def _alle(wie: str, soort: str) -> Iterator[Zoekvraag]:
    yield from _zoekvragen(soort)


@pytest.mark.usefixtures("stil")
@pytest.mark.parametrize("kies", [_bij_toerbeurt, pytest.param(_alle, marks=pytest.mark.vol)])
@pytest.mark.parametrize("wie", ZOEKERS)
def test_wie_zoekt_vindt_geen_kanarie_van_een_ander(
    wereld: Wereld, wie: str, kies: Callable[[str, str], Iterator[Zoekvraag]]
) -> None:
    for soort in SOORTEN:
        gezien: set[tuple[str, str]] = set()
        for naam, pad, velden in kies(wie, soort):
            regel = TABEL[naam].POST
            if not isinstance(regel, Mag) or wie not in regel.rollen:
                continue
            with proef():
                gekregen = stel(wereld, wie, "POST", pad, velden, HTTP_HX_REQUEST="true")
            woorden = kanaries_in(gekregen.tekst)
            assert woorden <= mag_lezen(wie), (soort, pad, velden, woorden - mag_lezen(wie))
            assert not kanaries_in("\n".join(adressen_in(gekregen.tekst)))
            gezien |= woorden
            if soort == "afgeschermd" and wie not in (*LEEST[soort], "fg"):
                assert "X. S." not in gekregen.tekst, (pad, velden)
        if wie in LEEST[soort] and kies is _alle:
            assert (soort, KANARIES[soort].achternaam) in gezien


@pytest.mark.parametrize(
    ("wie", "soort"), [("wijkwerker", "haven"), ("collega", "stad"), ("ingewijde", "afgeschermd")]
)
def test_wie_zoekt_vindt_wel_wie_in_het_eigen_dossier_staat(wereld: Wereld, wie: str, soort: str) -> None:
    with proef():
        gekregen = stel(wereld, wie, "POST", "/zoek", {"tekst": KANARIES[soort].achternaam[:-1]})
    assert (soort, KANARIES[soort].achternaam) in gekregen.woorden


def test_wie_alleen_mag_weten_dat_iemand_bekend_is_ziet_voorletters(wereld: Wereld) -> None:
    for wie in ("collega", "kcc", "expert_elders"):
        gekregen = vraag(wereld, wie, "POST", "zoek")
        assert "W. H., 1950" in gekregen.tekst
        assert not kanaries_in(gekregen.tekst)


def test_wie_gevlucht_is_laat_geen_woord_na_op_de_tijdlijn_van_wie_achterblijft(wereld: Wereld) -> None:
    """The melding of who fled still hangs on the old household; what is written in it is for who may read it."""
    huishouden, melding, persoon = (
        wereld.rijen[wat, "haven"] for wat in ("huishouden", "melding", "persoon")
    )
    vertrouwd = wereld.wie["wijkwerker"]
    wonen = Leefgebied.objects.get(naam="Wonen")
    pad = f"/huishoudens/{huishouden.pk}"
    nieuws = ("bij tante Geheim", "1 leefgebied gescoord", ": opgesteld", "Besluit uitgesteld")
    with proef():
        workflow.schrijf_verheldering(
            melding,
            {
                Levensgebied.objects.order_by("pk")[0]: workflow.Ingevuld(
                    None, True, frozenset(), frozenset(), "verblijft bij tante Geheim"
                )
            },
            door=vertrouwd,
        )
        workflow.leg_scores_vast(
            melding,
            persoon,
            scores={wonen: wonen.scoresoorten.get()},
            datum=timezone.localdate(),
            gezien=0,
            door=vertrouwd,
        )
        Verdaging.objects.create(
            aanvraag=melding.aanvraag,
            op=timezone.localdate(),
            tot=timezone.localdate() + timedelta(days=20),
            wijze=Verzendwijze.POST,
            reden="wacht op een rapport",
            door=vertrouwd,
        )
        for wie in ("coordinator", "expert", "nood"):
            tekst = stel(wereld, wie, "GET", pad).tekst
            assert [woorden for woorden in nieuws if woorden not in tekst] == [], wie
        huishoudens.splits(
            huishouden, [persoon], op=timezone.localdate(), geheim="veiligheid", door=vertrouwd
        )
        for wie in ("coordinator", "expert", "nood"):
            assert vraag(wereld, wie, "GET", "melding", "haven").status == 404
            gekregen = stel(wereld, wie, "GET", pad)
            assert gekregen.status == 200
            assert [woorden for woorden in nieuws if woorden in gekregen.tekst] == [], wie
        assert "bij tante Geheim" in stel(wereld, "wijkwerker", "GET", pad).tekst


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
    with proef(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE meldingen_notitie ADD CONSTRAINT proef CHECK (length(tekst) < 1) NOT VALID"
        )
        gekregen = vraag(
            wereld,
            "wijkwerker",
            "POST",
            "melding-noteer",
            "haven",
            velden={"tekst": KANARIES["haven"].notitie},
        )
    assert gekregen.status == 500
    assert not kanaries_in(gekregen.tekst)
    assert "IntegrityError" in logtekst.getvalue()
    assert "workflow/schrijven.py" in logtekst.getvalue()
    assert not kanaries_in(logtekst.getvalue())


def test_het_log_noemt_niemand(wereld: Wereld, logtekst: io.StringIO) -> None:
    """Refusals, wrong methods, wrong forms: what one sees in the log of any day."""
    for soort in ("haven", "onbekend"):
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
