"""`manage.py correcties`: what changed in a table between two moments, with who and why."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.correcties import correcties
from reporting.management.uitvoer import lever, neem_opties
from reporting.vraag import Invoerfout, Vraag, lees_moment


class Command(BaseCommand):
    """Lists the cells that differ, and the registrations behind that."""

    help = "Toont wat er in een tabel veranderde tussen twee momenten, per cel en per registratie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the overdracht, section "Commands"."""
        parser.add_argument("tabel", help="nummer van de tabel, zoals 2.6")
        parser.add_argument("--periode", required=True, help="2015-Q2, 2015-04, 2015 of een reeks dagen")
        parser.add_argument("--van", required=True, metavar="MOMENT", help="wat toen bekend was")
        parser.add_argument("--tot", required=True, metavar="MOMENT", help="en wat toen bekend was")
        neem_opties(parser)

    def handle(self, **opties: Any) -> None:
        """Print the differences; a question that can't be read ends with status 1 and the reason."""
        try:
            vraag = Vraag.van_invoer(opties["tabel"], periode=opties["periode"])
            van, tot = (lees_moment(opties[naam], naam) for naam in ("van", "tot"))
            verschillen = correcties(vraag, van, tot)
        except Invoerfout as fout:
            raise CommandError(str(fout)) from fout
        lever(self, verschillen, opties)
