"""`manage.py demo`: everything from an empty folder to a running site with Almere 2015 in it."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection, connections

from config.achtergrond import achtergrond
from config.broker.server import BrokerError
from config.broker.server import Server as Broker
from config.demo.accounts import ACCOUNTS, maak_accounts
from config.demo.afnemer import maak_demoafnemer
from config.demo.generator import schrijf_overdracht
from config.demo.naast_elkaar import naast_elkaar
from config.demo.sociale_kaart import vul_sociale_kaart
from config.demo.vandaag import maak_vandaag
from config.geheimen import bewaard_geheim
from config.overdracht.importeren import importeer
from config.voortgang import Voortgang
from meldingen.models import Melding
from teams.geweigerd import Geweigerd
from teams.kluis import KluisFout, maak_sleutels, sleutelbestand

ADRES = "127.0.0.1"


class Command(BaseCommand):
    """Sets up the demo, prints its figures and its accounts, and serves until Ctrl-C."""

    help = "Zet de demo van Almere 2015 klaar en start de site op 127.0.0.1 (poort uit PORT, anders 8000)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmalig", action="store_true", help="stop na het tonen van de cijfers")
        parser.add_argument("--schaal", type=int, default=1, help="zoveel keer Almere (standaard 1)")

    def handle(self, *args: Any, **opties: Any) -> None:
        poort = _poort()
        if not opties["eenmalig"]:
            _controleer_poort(poort)
        try:
            self._zeg("Database klaarzetten...")
            call_command("migrate", verbosity=0, interactive=False)
            if maak_sleutels():
                self._zeg(f"De sleutels van de BSN's staan in {sleutelbestand()}.")
            self._start_broker()
            self._vul(opties["schaal"])
            vul_sociale_kaart()
            wachtwoord = _wachtwoord()
            maak_accounts(wachtwoord)
            maak_vandaag()
            maak_demoafnemer(**_kcc())
            self._toon(wachtwoord)
            if not opties["eenmalig"]:
                self._serveer(poort)
        except OperationalError as fout:
            raise CommandError(f"De database antwoordt niet: {fout}") from None
        except (KluisFout, Geweigerd) as fout:
            raise CommandError(str(fout)) from None
        finally:
            connections.close_all()
            _laat_servers_los()

    def _zeg(self, tekst: str) -> None:
        self.stdout.write(tekst)
        self.stdout.flush()

    def _start_broker(self) -> None:
        """The cases of today announce berichten; without a broker these wait for the next round."""
        if not settings.BROKER_URL:
            try:
                Broker(settings.EENPLAN_DATA).start()
            except BrokerError as fout:
                self._zeg(str(fout))

    def _vul(self, schaal: int) -> None:
        if Melding.objects.exists():
            self._zeg("De gegevens van Almere 2015 staan er al.")
            return
        begin = time.monotonic()
        voortgang = Voortgang()
        with tempfile.TemporaryDirectory(prefix="demo-", dir=_datamap()) as map:
            self._zeg("Registraties van Almere 2015 maken...")
            aantallen = schrijf_overdracht(Path(map), schaal=schaal, voortgang=voortgang)
            voortgang.klaar()
            self._zeg(f"{sum(aantallen.values())} registraties inlezen...")
            importeer(Path(map), voortgang=voortgang)
            voortgang.klaar()
        self._zeg(f"Klaar in {time.monotonic() - begin:.0f} seconden.")

    def _toon(self, wachtwoord: str) -> None:
        self._zeg(f"\n{naast_elkaar()}\n")
        namen = [account.naam for account in ACCOUNTS]
        kcc = _kcc()
        self._zeg(f"API voor een KCC: client-id {kcc['client_id']}, geheim {kcc['geheim']}")
        self._zeg(f"Klantinteracties: teken {kcc['teken']}")
        self._zeg(f"Aanmelden als {', '.join(namen[:-1])} of {namen[-1]}, met wachtwoord {wachtwoord}")

    def _serveer(self, poort: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        connections.close_all()
        self._zeg(f"\nOpen http://{ADRES}:{poort}/ in een browser. Ctrl-C stopt.\n")
        server = Granian(
            "config.wsgi:application",
            address=ADRES,
            port=poort,
            interface=Interfaces.WSGI,
            workers=2,
            blocking_threads=4,
            log_enabled=False,
        )
        with achtergrond():
            server.serve()
        self._zeg("Gestopt.")


def _datamap() -> Path:
    settings.EENPLAN_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.EENPLAN_DATA


def _wachtwoord() -> str:
    """That of every account of the demo."""
    return os.environ.get("DEMO_WACHTWOORD") or bewaard_geheim(_datamap() / "demo_wachtwoord", bytes_=12)


def _kcc() -> dict[str, str]:
    """By what software signs in."""
    return {
        "client_id": os.environ.get("DEMO_KCC_CLIENT_ID") or "demo-kcc",
        "geheim": os.environ.get("DEMO_KCC_CLIENT_SECRET")
        or bewaard_geheim(_datamap() / "demo_kcc_geheim", bytes_=30),
        "teken": os.environ.get("DEMO_KLANTINTERACTIES_TOKEN")
        or bewaard_geheim(_datamap() / "demo_klantinteracties_teken", bytes_=30),
    }


def _poort() -> int:
    tekst = os.environ.get("PORT", "8000")
    if not (tekst.isdigit() and 0 < int(tekst) < 65536):
        raise CommandError(f"PORT is ‘{tekst}’; verwacht een getal van 1 tot en met 65535.")
    return int(tekst)


def _controleer_poort(poort: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((ADRES, poort))
        except PermissionError:
            raise CommandError(
                f"Poort {poort} mag je niet gebruiken. Kies een andere, bijvoorbeeld met PORT=8000."
            ) from None
        except OSError:
            raise CommandError(
                f"Poort {poort} is al in gebruik. Kies een andere, bijvoorbeeld met PORT={poort % 65000 + 1}."
            ) from None


def _laat_servers_los() -> None:
    """Stops the embedded servers, unless somebody else is using them."""
    broker = Broker(settings.EENPLAN_DATA)
    if not settings.BROKER_URL and broker.pid() and not broker.clients():
        broker.stop()
    if connection.settings_dict["ENGINE"] == "config.embedded":
        from config.embedded.server import Server

        server = Server(Path(connection.settings_dict["DATA"]))
        if server.pid() and not server.clients():
            server.stop()
