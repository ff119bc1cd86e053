"""The demo's accounts: one per role, whose name is the role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from teams.models import Aanstelling, Medewerker, Rol, Team, Teamsoort

SINDS = date(2015, 1, 1)


@dataclass(frozen=True)
class Account:
    """Somebody of the demo; `team` counts from the first wijkteam or expertteam by code."""

    naam: str
    voornaam: str
    achternaam: str
    rol: Rol
    team: int | None = None
    discipline: str = ""
    moederorganisatie: str = ""


ACCOUNTS = (
    Account(
        "wijkwerker", "Sanne", "de Wit", Rol.WIJKWERKER, 0, "maatschappelijk werk", "welzijnsorganisatie"
    ),
    Account("collega", "Youssef", "El Amrani", Rol.WIJKWERKER, 1, "wijkverpleging", "thuiszorgorganisatie"),
    Account("coordinator", "Marijke", "Hoekstra", Rol.COORDINATOR, 0),
    Account("expert", "Daan", "Visser", Rol.EXPERT, 0, "gedragswetenschapper"),
    Account("toetser", "Fatma", "Kaya", Rol.TOETSER),
    Account("kcc", "Joyce", "Blom", Rol.KCC),
    Account("klachten", "Peter", "Smit", Rol.KLACHTEN),
    Account("analist", "Anna", "Bos", Rol.ANALIST),
    Account("manager", "Karin", "Mulder", Rol.MANAGER, 0),
    Account("beheer", "Ruben", "Prins", Rol.BEHEER),
    Account("fg", "Els", "van Dam", Rol.FG),
)


def maak_accounts(wachtwoord: str) -> None:
    """Every account exists, with this password and its role; what somebody changed about the rest stays.

    The password is no secret and the same for all, so it is hashed once: a good hash takes a second.
    """
    gehasht = ""
    teams = {
        soort: list(Team.objects.filter(soort=soort).order_by("code"))
        for soort in (Teamsoort.WIJKTEAM, Teamsoort.EXPERTTEAM)
    }
    for account in ACCOUNTS:
        medewerker, _ = Medewerker.objects.get_or_create(
            username=account.naam,
            defaults={
                "first_name": account.voornaam,
                "last_name": account.achternaam,
                "email": f"{account.naam}@example.org",
            },
        )
        medewerker.is_staff = medewerker.is_superuser = account.rol == Rol.BEHEER
        if not medewerker.password or (
            medewerker.password != gehasht and not medewerker.check_password(wachtwoord)
        ):
            medewerker.password = gehasht or make_password(wachtwoord)
        gehasht = medewerker.password
        medewerker.save()
        soort = Teamsoort.EXPERTTEAM if account.rol == Rol.EXPERT else Teamsoort.WIJKTEAM
        Aanstelling.objects.get_or_create(
            medewerker=medewerker,
            rol=account.rol,
            team=None if account.team is None else teams[soort][account.team],
            tot=None,
            defaults={
                "discipline": account.discipline,
                "moederorganisatie": account.moederorganisatie,
                "vanaf": SINDS,
            },
        )
