"""What the tests of rights have in common: asking, and saying what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import unquote_plus

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from teams.models import Inzage
from tests.rechten.invoer import adres, invoer
from tests.rechten.regels import AANMELDEN, PAGINA, POORT, Mag, Uitkomst
from tests.rechten.wereld import KANARIES, Wereld, proef

BOEKHOUDING = {
    "teams_inzage",
    "reporting_meegenomen",
    "django_session",
    "teams_cache",
    "reporting_antwoorden",
    "django_admin_log",
}
"""Tables in which any answer may write: the logs, the session, the count of attempts."""
NIETS: frozenset[tuple[str, str]] = frozenset()
SCHRIJFT = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def adressen() -> set[str]:
    """The name of every address that there is, as `TABEL` has it."""
    return set(_namen(get_resolver().url_patterns, ""))


def _namen(patronen: Any, ruimte: str) -> Iterator[str]:
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            binnen = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
            vorm = str(patroon.pattern).replace("/", "_").strip("_")
            for naam in _namen(patroon.url_patterns, binnen):
                # In the admin each model has an address without a name, for old links.
                kaal = naam == "admin:/" and binnen == "admin:" and vorm and not patroon.namespace
                yield f"admin:{vorm}/" if kaal else naam
        elif isinstance(patroon, URLPattern):
            begin = re.match(r"\^([\w/]*)", str(patroon.pattern))
            yield ruimte + (patroon.name or "/" + (begin[1] if begin else ""))


@dataclass(frozen=True)
class Antwoord:
    """What somebody got, what was written meanwhile (names of tables), and which lines came into the log."""

    antwoord: Any
    geschreven: frozenset[str]
    log: list[Inzage]

    @property
    def status(self) -> int:
        """Of HTTP."""
        status: int = self.antwoord.status_code
        return status

    @property
    def tekst(self) -> str:
        """The body."""
        return bytes(self.antwoord.content).decode(errors="replace")

    @property
    def naar(self) -> str:
        """Where it sends one to."""
        return str(self.antwoord.headers.get("Location", ""))

    @cached_property
    def woorden(self) -> frozenset[tuple[str, str]]:
        """The canaries in it, as plight and word."""
        return kanaries_in(self.tekst)

    @property
    def in_adressen(self) -> frozenset[tuple[str, str]]:
        """Those in an address that it points to."""
        return (
            kanaries_in("\n".join([*adressen_in(self.tekst), self.naar]))
            if self.woorden or self.naar
            else NIETS
        )

    def kaal(self) -> tuple[int, str, dict[str, str]]:
        """All of it but what differs every time: tokens, the number of the request, keys of which one asked."""
        tekst = re.sub(
            r'(name="(?:csrfmiddlewaretoken|zegel|sleutel|kenmerk)" value=)"[^"]*"', r"\1", self.tekst
        )
        tekst = re.sub(r'"requestId": ?"[^"]*"', "", tekst)
        koppen = {naam: waarde for naam, waarde in self.antwoord.headers.items() if naam != "Request-Id"}
        koppen["Location"] = re.sub("[0-9]+", "0", self.naar)
        return self.status, tekst, koppen


def kanaries_in(tekst: str) -> frozenset[tuple[str, str]]:
    """The canaries in a text, however it is escaped, as plight and word."""
    if not tekst:
        return NIETS
    tekst = unquote_plus(unescape(tekst)).lower()
    return frozenset(
        (soort, woord) for soort, kanarie in KANARIES.items() for woord in kanarie if woord.lower() in tekst
    )


ADRES = re.compile(r"""(?:href|src|action|hx-get|hx-post|hx-push-url)\s*=\s*["']([^"']*)""", re.IGNORECASE)


def adressen_in(tekst: str) -> list[str]:
    """Where a page points to; a phone number or mail address that one can click on is no address of the product."""
    gevonden = (unescape(adres) for adres in ADRES.findall(tekst))
    return [adres for adres in gevonden if not adres.startswith(("tel:", "mailto:", "data:"))]


def vraag(
    w: Wereld,
    wie: str,
    methode: str,
    naam: str,
    soort: str = "",
    onderdeel: str | None = None,
    velden: Mapping[str, Any] | None = None,
) -> Antwoord:
    """`wie` asks the address `naam` with what belongs there, in a transaction that is undone."""
    url = adres(w, naam, soort, onderdeel)
    with proef():
        gegevens = invoer(w, naam, soort, wie) if methode == "POST" else {}
        return stel(w, wie, methode, url, gegevens | dict(velden or {}))


def stel(w: Wereld, wie: str, methode: str, url: str, gegevens: Any = None, **extra: Any) -> Antwoord:
    """As `vraag`, for any address; what it does stays."""
    laatste = Inzage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with _opgelet() as geschreven:
        antwoord = w.vraag(wie, methode, url, gegevens, **extra)
    log = list(Inzage.objects.filter(pk__gt=laatste).order_by("pk"))
    return Antwoord(antwoord, frozenset(geschreven), log)


@contextmanager
def _opgelet() -> Iterator[set[str]]:
    geschreven: set[str] = set()

    def kijk(doe: Any, sql: str, *rest: Any) -> Any:
        geschreven.update(set(SCHRIJFT.findall(sql)) - BOEKHOUDING)
        return doe(sql, *rest)

    with connection.execute_wrapper(kijk):
        yield geschreven


def klopt(gekregen: Antwoord, verwacht: Uitkomst, regel: Any) -> bool:
    """Whether this is the answer that the table promises."""
    if verwacht == AANMELDEN:
        return gekregen.status == 302 and gekregen.naar.startswith("/aanmelden?")
    if verwacht == POORT:
        return gekregen.status == 302 and gekregen.naar.startswith("/beheer/")
    if verwacht == PAGINA:
        return gekregen.status == 302 and bool(
            re.fullmatch(r"/\w+(/consulten)?/\d+(/plan|/verslag|/vraagverheldering)?", gekregen.naar)
        )
    if isinstance(verwacht, int):
        return gekregen.status == verwacht and not gekregen.naar.startswith("/aanmelden?")
    assert isinstance(regel, Mag)
    naar_buiten = gekregen.naar.startswith("/aanmelden")
    return gekregen.status in regel.goed and not naar_buiten and bool(gekregen.geschreven) >= regel.schrijft
