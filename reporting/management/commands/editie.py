"""`manage.py editie`: keep tables as they are known now, show what was kept, make it again and compare."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.edities import Uitslag, controleer, manifest, stel_vast
from reporting.management.gebruiker import gebruiker
from reporting.models import Editie
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.vraag import FILTERS, Invoerfout, Vraag
from teams.geweigerd import Geweigerd


class Command(BaseCommand):
    """Three verbs: vaststellen, toon and controleer."""

    help = "Stelt een editie vast, toont er een, of maakt er een opnieuw en vergelijkt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb with its own options."""
        werkwoorden = parser.add_subparsers(
            dest="werkwoord", required=True, metavar="vaststellen|toon|controleer"
        )
        nieuw = werkwoorden.add_parser("vaststellen", help="bewaar tabellen zoals zij nu bekend zijn")
        nieuw.add_argument("tabel", nargs="*", help="nummers van tabellen; zonder: alle")
        nieuw.add_argument("--periode", required=True, help="2015-Q2, 2015-04, 2015 of een reeks dagen")
        nieuw.add_argument("--vergelijk", metavar="PERIODE", help="zet deze periode ernaast")
        nieuw.add_argument("--titel", required=True)
        nieuw.add_argument("--opmerking", default="")
        for naam in FILTERS:
            nieuw.add_argument(f"--{naam}", help="alleen bij één tabel")
        toon = werkwoorden.add_parser("toon", help="noem alle edities, of wat er in een zit")
        toon.add_argument("nummer", nargs="?", type=int)
        toon.add_argument("tabel", nargs="?", help="schrijf de bewaarde bytes van deze tabel")
        weer = werkwoorden.add_parser(
            "controleer", help="maak een editie opnieuw; status 1 als zij anders is"
        )
        weer.add_argument("nummer", type=int)

    def handle(self, **opties: Any) -> None:
        """Do it; what was refused or isn't the same ends with status 1 and the reason."""
        try:
            getattr(self, f"_{opties['werkwoord']}")(opties)
        except (Invoerfout, Geweigerd) as fout:
            raise CommandError(str(fout)) from fout

    def _vaststellen(self, opties: dict[str, Any]) -> None:
        tabellen = list(dict.fromkeys(opties["tabel"])) or list(TABELLEN)
        filters = {naam: opties[naam] for naam in FILTERS if opties[naam]}
        if filters and len(tabellen) != 1:
            raise Invoerfout(next(iter(filters)), "Een filter kan alleen bij één tabel.")
        vragen = [Vraag.van_invoer(t, periode=opties["periode"], filters=filters) for t in tabellen]
        ernaast = opties["vergelijk"]
        editie = stel_vast(
            tabellen,
            periode=vragen[0].periode,
            vergelijk=Periode.van_tekst(ernaast, "vergelijk") if ernaast else None,
            filters=vragen[0].filters if filters else {},
            titel=opties["titel"],
            opmerking=opties["opmerking"],
            namens=gebruiker(),
        )
        self.stdout.write(
            f"Editie {editie.pk} vastgesteld: {len(tabellen)} tabellen, SHA-256 {editie.sha256}."
        )

    def _toon(self, opties: dict[str, Any]) -> None:
        if opties["nummer"] is None:
            for editie in Editie.objects.nieuwste_eerst():
                self.stdout.write(
                    f"{editie.pk:>4}  {editie.bekend_op.astimezone():%d-%m-%Y %H:%M}  {editie.titel}"
                )
            return
        editie = _editie(opties["nummer"])
        if opties["tabel"] is None:
            self.stdout.write(manifest(editie), ending="")
            return
        rij = editie.tabellen.filter(tabel=opties["tabel"]).first()
        if rij is None:
            raise CommandError(f"Tabel {opties['tabel']} zit niet in editie {editie.pk}.")
        self.stdout.write(bytes(rij.inhoud).decode(), ending="")

    def _controleer(self, opties: dict[str, Any]) -> None:
        editie = _editie(opties["nummer"])
        uitslag = controleer(editie)
        for regel in _regels(uitslag):
            self.stdout.write(regel)
        if not uitslag.gelijk:
            raise CommandError(f"Editie {editie.pk} is opnieuw gemaakt niet gelijk aan wat is vastgesteld.")
        self.stdout.write(f"Editie {editie.pk} is opnieuw gemaakt gelijk, byte voor byte.")


def _regels(uitslag: Uitslag) -> list[str]:
    regels = [] if uitslag.ongeschonden else ["De som van het geheel klopt niet."]
    for deel in uitslag.tabellen:
        if not deel.ongeschonden:
            regels.append(f"{deel.rij.tabel}: de som klopt niet.")
        if deel.woorden:
            regels.append(f"{deel.rij.tabel}: de woorden of de noten zijn anders.")
        for wanneer, verschillen in (("opnieuw", deel.anders), ("nu", deel.sindsdien)):
            regels += [
                f"{deel.rij.tabel} {periode} {c.cel.sleutel}, {c.cel.kolom}: vastgesteld {c.van}, {wanneer} {c.tot}"
                for periode, c in verschillen
            ]
    regels += [f"Stamgegevens gewijzigd: {aantal} {soort}." for soort, aantal in uitslag.stamgegevens.items()]
    return regels


def _editie(nummer: int) -> Editie:
    editie = Editie.objects.filter(pk=nummer).first()
    if editie is None:
        raise CommandError(f"Editie {nummer} is er niet.")
    return editie
