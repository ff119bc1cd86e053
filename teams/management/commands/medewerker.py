"""`manage.py medewerker NAAM --rol ROL`: make an account, or give one another role; the first beheerder begins here."""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from teams.models import MET_TEAM, Aanstelling, Medewerker, Rol, Team


class Command(BaseCommand):
    """Asks for the password, or takes it from WACHTWOORD."""

    help = "Maak een account met een rol, of geef een bestaand account er een rol bij."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("naam", help="gebruikersnaam")
        parser.add_argument("--rol", required=True, choices=list(Rol.codes()), help="wat iemand doet")
        parser.add_argument("--team", help="code van het team, bij een rol in een team")

    def handle(self, *args: Any, **opties: Any) -> None:
        rol = Rol.codes()[opties["rol"]]
        team = self._team(opties["team"], in_team=rol in MET_TEAM)
        with transaction.atomic():
            medewerker, nieuw = Medewerker.objects.get_or_create(username=opties["naam"])
            if nieuw:
                medewerker.set_password(self._wachtwoord(medewerker))
                medewerker.save()
            _, erbij = Aanstelling.objects.get_or_create(
                medewerker=medewerker,
                rol=rol,
                team=team,
                tot=None,
                defaults={"vanaf": timezone.localdate()},
            )
        if not erbij:
            raise CommandError(f"{medewerker.username} is al {rol.label}.")
        self.stdout.write(f"{medewerker.username} is vanaf vandaag {rol.label}.")

    def _team(self, code: str | None, *, in_team: bool) -> Team | None:
        if not in_team:
            if code:
                raise CommandError("Deze rol hoort niet bij een team; laat --team weg.")
            return None
        team = Team.objects.filter(code=code or "").first()
        if team is None:
            codes = ", ".join(Team.objects.values_list("code", flat=True)) or "er zijn nog geen teams"
            raise CommandError(f"Noem met --team het team; verwacht een van: {codes}.")
        return team

    def _wachtwoord(self, medewerker: Medewerker) -> str:
        wachtwoord = os.environ.get("WACHTWOORD") or getpass.getpass("Wachtwoord: ")
        try:
            validate_password(wachtwoord, medewerker)
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from None
        return wachtwoord
