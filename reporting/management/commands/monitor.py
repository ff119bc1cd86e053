"""`manage.py monitor`: a table of the monitor on the terminal or in a file."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.management.gebruiker import gebruiker
from reporting.management.uitvoer import lever, neem_opties, schrijf_weg
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from reporting.vraag import FILTERS, Invoerfout, Vraag

ruw_log = logging.getLogger("eenplan.ruw")


class Command(BaseCommand):
    """Answers one question, or lists what can be asked."""

    help = "Toont een tabel van de monitor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the overdracht, section "Commands"."""
        parser.add_argument("tabel", nargs="?", help="nummer van de tabel, zoals 2.6")
        parser.add_argument("--lijst", action="store_true", help="toon alle tabellen met hun definitie")
        parser.add_argument("--periode", help="2015-Q2, 2015-04, 2015 of 2015-04-01..2015-06-30")
        parser.add_argument("--bekend-op", help="tel wat toen bekend was: een dag of een moment")
        parser.add_argument(
            "--vergelijk",
            metavar="WAT",
            help="zet dit ernaast: een periode, team:CODE, stadsdeel:NAAM of stad",
        )
        for naam in FILTERS:
            parser.add_argument(f"--{naam}", help=f"tel alleen meldingen van deze {naam}")
        parser.add_argument("--ruw", action="store_true", help="toon ook kleine aantallen (dit wordt gelogd)")
        neem_opties(parser)

    def handle(self, **opties: Any) -> None:
        """Print or write; a question that can't be read ends with status 1 and the reason."""
        if opties["lijst"]:
            lijst = "".join(f"{t.sleutel:<6}{t.titel}: {t.definitie}\n" for t in TABELLEN.values())
            schrijf_weg(self, lijst.encode(), opties["uit"])
            return
        try:
            vraag = _lees(opties)
        except Invoerfout as fout:
            raise CommandError(str(fout)) from fout
        if opties["ruw"]:
            ruw_log.warning(
                "%s vroeg tabel %s van %s zonder onderdrukking.",
                gebruiker(),
                vraag.tabel,
                " en ".join(dict.fromkeys(een.periode.sleutel for een in vraag.per_deel())),
            )
        lever(self, antwoord_met_noten(vraag, ruw=opties["ruw"]), opties)


def _lees(opties: dict[str, Any]) -> Vraag:
    if not opties["tabel"]:
        raise Invoerfout("tabel", f"Noem een tabel, of --lijst. Kies uit: {', '.join(TABELLEN)}.")
    if not opties["periode"]:
        raise Invoerfout("periode", "Noem een periode, zoals --periode 2015-Q2.")
    return Vraag.van_invoer(
        opties["tabel"],
        periode=opties["periode"],
        bekend_op=opties["bekend_op"],
        vergelijk=opties["vergelijk"],
        filters={naam: opties[naam] for naam in FILTERS},
    )
