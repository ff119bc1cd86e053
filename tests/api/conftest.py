"""A KCC with a token, and a team that takes what it hands over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken

from teams.models import Afnemer, Postcodegebied, Scope, Team, Teamsoort
from teams.workflow import afnemers

MaakKcc = Callable[..., "Kcc"]


class Kcc(Client):
    """Software of the KCC: sends JSON with its token."""

    def __init__(self, afnemer: Afnemer, token: str) -> None:
        super().__init__(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
        self.afnemer = afnemer

    def stuur(self, pad: str, gegevens: object, **koppen: str):  # type: ignore[no-untyped-def]
        """POST under /api/v1; `koppen` with _ for -."""
        namen = {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
        return self.post(f"/api/v1/{pad}", gegevens, content_type="application/json", headers=namen)

    def vraag(self, pad: str, **vragen: object):  # type: ignore[no-untyped-def]
        """GET under /api/v1."""
        return self.get(f"/api/v1/{pad}", vragen)


def maak_kcc(naam: str = "KISS", scopes: list[str] | None = None, **grenzen: int) -> Kcc:
    """An afnemer with a token, by the same row that the token endpoint writes."""
    afnemer, _ = afnemers.maak_afnemer(naam=naam, scopes=scopes or Scope.values, **grenzen)
    tekst = f"token-{naam}"
    token = AccessToken(
        application=afnemer,
        scope=" ".join(afnemer.scopes),
        expires=timezone.now() + timedelta(minutes=10),
        token="",
    )
    token._raw_token = tekst
    token.save()
    return Kcc(afnemer, tekst)


def maak_team() -> Team:
    """The team of 1315."""
    team, _ = Team.objects.get_or_create(
        code="haven", defaults={"naam": "Team Haven", "soort": Teamsoort.WIJKTEAM, "stadsdeel": "West"}
    )
    Postcodegebied.objects.get_or_create(postcode="1315", defaults={"team": team})
    return team


@pytest.fixture
def team(db: None) -> Team:
    """The team of 1315."""
    return maak_team()


@pytest.fixture
def kcc(team: Team) -> Kcc:
    """With every scope."""
    return maak_kcc()


@pytest.fixture
def ander(team: Team) -> Kcc:
    """Another one, that may as much."""
    return maak_kcc("Ander")


def melding(**anders: object) -> dict[str, object]:
    """A whole body."""
    return {
        "melder": {
            "soort": "naaste",
            "naam": "Ans de Boer",
            "telefoon": "06 1234 5678",
            "relatie": "dochter",
        },
        "persoon": {
            "achternaam": "Boer",
            "tussenvoegsel": "de",
            "voornamen": "Truus",
            "geboortedatum": "1941-05-06",
            "postcode": "1315 AB",
            "huisnummer": "12",
        },
        "vraag": "Moeder valt vaak en redt het niet meer alleen.",
        "klantcontact": {"kanaal": "telefoon", "thema": "zorg_en_ondersteuning", "wet": "wmo"},
        "terugbelverzoek": {"vraag": "Graag na 17 uur"},
        **anders,
    }
