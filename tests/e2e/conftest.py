"""A real browser on a real server, with a database of its own."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from datetime import date
from functools import partial
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config.sessie import BEGONNEN, GEZIEN
from meldingen.models import Categorie, Kanaal
from teams.models import Medewerker, Postcodegebied, Rol, Team
from tests.conftest import EigenDatabase
from tests.e2e.demo import demodatabase, demosjabloon  # noqa: F401
from tests.e2e.kijken import neem_op
from tests.factories import MeldingFactory, TeamFactory, stel_aan

NAMEN = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else ["chromium-headless-shell", "chromium"]
CHROMIUM = next(filter(None, map(shutil.which, NAMEN)), None)
"""The one without windows takes a third less; Debian has it as a package of its own."""
ARGUMENTEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The suggestions under its own address bar, which Chromium builds anew for every window.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,AimEnabled,"
    "HttpsUpgrades,PaintHolding,MediaRouter,OptimizationHints",
]

VERWACHT = re.compile(
    "status of (4|503)|^Response Status Error|^htmx:(afterRequest|responseError|sendAbort)|redoc/logo-mini.*blocked"
    "|does not conform to the required format"
)
"""What a browser and htmx say of a refusal, of a question that made place for a newer one, of Redoc's own logo, and of
a date that isn't one."""

expect.set_options(timeout=30_000)
"""In milliseconds: a busy machine may take its time."""


class StilleAfhandelaar(WSGIRequestHandler):
    """Logs no request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a file; each has its own windows.

    Playwright keeps an event loop going in this thread, in which Django would refuse to ask its database anything.
    """
    if CHROMIUM is None:
        pytest.skip("geen Chromium gevonden: zet hem in PATH of wijs hem aan met CHROMIUM")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTEN)
        yield browser
        browser.close()


@pytest.fixture
def site(eigen_database: EigenDatabase) -> Iterator[str]:
    """The address of the product, served from a thread."""
    with ThreadPoolExecutor(max_workers=1) as loket:
        server = ThreadedWSGIServer(("127.0.0.1", 0), StilleAfhandelaar)
        server.set_app(partial(in_een_draad, loket, get_wsgi_application()))
        draad = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        draad.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        draad.join()
        loket.submit(connections.close_all).result()


def in_een_draad(
    loket: Executor, product: WSGIHandler, omgeving: dict[str, Any], begin: StartResponse
) -> list[bytes]:
    """Answers a request in the one thread of `loket`.

    As in production, that thread keeps its connection to the database. The server has a thread for each connection
    of the browser, and PostgreSQL would have to read its catalogue again for each.
    """

    def antwoord() -> list[bytes]:
        with closing(product(omgeving, begin)) as delen:
            return list(delen)

    return loket.submit(antwoord).result()


@pytest.fixture
def meldingen(eigen_database: EigenDatabase) -> None:
    """A quarter, and a smaller one before it, in two teams."""
    noord, zuid = (
        TeamFactory(code="noord", naam="Wijkteam Noord"),
        TeamFactory(code="zuid", naam="Wijkteam Zuid"),
    )
    for dag, tot in enumerate(
        ["toegekend"] * 3 + ["niet_toegekend", "onderzoek", "gesprek", "voorveld"], start=1
    ):
        MeldingFactory(op=date(2015, 5, dag), tot=tot, team=noord if dag % 2 else zuid)
    MeldingFactory(op=date(2015, 2, 2), tot="voorveld", team=noord, kanaal=Kanaal.BALIE)
    MeldingFactory(op=date(2015, 3, 3), tot="toegekend", team=noord)
    MeldingFactory(op=date(2015, 5, 1), team=zuid, categorie=Categorie.JEUGD)


def sessie_van(medewerker: Medewerker) -> str:
    """The key of a session in which somebody has just signed in."""
    sessie = SessionStore()
    sessie[BEGONNEN] = sessie[GEZIEN] = int(time.time())
    sessie[SESSION_KEY] = str(medewerker.pk)
    sessie[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sessie[HASH_SESSION_KEY] = medewerker.get_session_auth_hash()
    sessie.create()
    return str(sessie.session_key)


@pytest.fixture
def sessie(wijkwerker: Medewerker) -> str:
    """The session of a wijkwerker who has signed in; a module about others has its own."""
    return sessie_van(stel_aan(wijkwerker, Rol.ANALIST))


@pytest.fixture
def haven(sessie: str, wijkwerker: Medewerker) -> Team:
    """The team of postcode 1316, in which the wijkwerker who has signed in works."""
    team = TeamFactory(code="haven", naam="Wijkteam Haven", stadsdeel="Haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    stel_aan(wijkwerker, Rol.WIJKWERKER, team)
    return team


@pytest.fixture
def pagina(site: str, sessie: str, chromium: Browser) -> Iterator[Page]:
    """A tab of Chromium in which the wijkwerker is signed in; anything on its console is an error."""
    klachten: list[str] = []
    scherm = chromium.new_context(base_url=site, locale="nl-NL", viewport={"width": 1280, "height": 900})
    scherm.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": site}])
    tab = scherm.new_page()
    tab.on("console", lambda bericht: klachten.append(bericht.text))
    yield tab
    scherm.close()
    assert [klacht for klacht in klachten if not VERWACHT.search(klacht)] == []


@pytest.fixture
def bewaar(pagina: Page) -> Callable[[str], None]:
    """Keeps a picture of the tab, as `neem_op`."""
    return partial(neem_op, pagina)
