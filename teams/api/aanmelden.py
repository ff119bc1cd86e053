"""Who asks: a Bearer token of OAuth, or the long-lived teken of Klantinteracties; in one statement, with the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oauth2_provider.models import AccessToken
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from teams.models import Afnemer, Instelling, Medewerker, Scope, Teken
from teams.models.instellingen import uit_rij
from teams.workflow.afnemers import afdruk

PER_MINUUT, PER_DAG = "api_per_minuut", "api_per_dag"
"""Instelling: what holds for an afnemer without a limit of its own."""
ONGELDIG = "Dit token klopt niet, of is verlopen. Vraag een nieuw token aan."


@dataclass(frozen=True)
class Toegang:
    """Which afnemer it is, what it may ask for with this token, and the settings that hold on `dag`, today."""

    afnemer: Afnemer
    scopes: frozenset[str]
    dag: date
    instellingen: Mapping[str, Decimal]

    @property
    def per_minuut(self) -> int:
        """How often in a minute."""
        return self.afnemer.per_minuut or int(self.instellingen[PER_MINUUT])

    @property
    def per_dag(self) -> int:
        """How often in a day."""
        return self.afnemer.per_dag or int(self.instellingen[PER_DAG])


class _MetSleutel(BaseAuthentication):
    """`Authorization: <woord> <sleutel>`; None for who brings something else, 401 for a key that opens nothing."""

    woord = ""

    def authenticate(self, request: Request) -> tuple[Medewerker, Toegang] | None:
        """The account in whose name the afnemer acts, and what it may."""
        woord, _, sleutel = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if woord.lower() != self.woord.lower():
            return None
        toegang = self.zoek(sleutel.strip()) if sleutel.isascii() else None
        if toegang is None:
            raise AuthenticationFailed(ONGELDIG)
        return toegang.afnemer.medewerker, toegang

    def authenticate_header(self, request: Request) -> str:
        """What goes into WWW-Authenticate of a 401."""
        fout = ', error="invalid_token"' if request.META.get("HTTP_AUTHORIZATION") else ""
        return f'{self.woord} realm="Eenplan"{fout}'

    def zoek(self, sleutel: str) -> Toegang | None:
        """What this key opens."""
        raise NotImplementedError


class Bearer(_MetSleutel):
    """A token that was got with client credentials; its scopes are those of the token that the client still has."""

    woord = "Bearer"

    def zoek(self, sleutel: str) -> Toegang | None:
        """By its hash: the token itself is kept nowhere."""
        dag = timezone.localdate()
        token = (
            AccessToken.objects.annotate(instellingen=Instelling.objects.van_dag(dag))
            .filter(
                token_checksum=afdruk(sleutel),
                expires__gt=timezone.now(),
                application__beeindigd_op__isnull=True,
                application__medewerker__is_active=True,
            )
            .select_related("application__medewerker")
            .first()
        )
        if token is None:
            return None
        return _toegang(token.application, frozenset(token.scope.split()), dag, token.instellingen)


class TekenAanmelding(_MetSleutel):
    """`Authorization: Token …`, as software for Klantinteracties does; only for that API."""

    woord = "Token"

    def zoek(self, sleutel: str) -> Toegang | None:
        """By its hash."""
        dag = timezone.localdate()
        teken = (
            Teken.objects.geldig_op(timezone.now())
            .annotate(instellingen=Instelling.objects.van_dag(dag))
            .filter(afdruk=afdruk(sleutel), afnemer__medewerker__is_active=True)
            .select_related("afnemer__medewerker")
            .first()
        )
        if teken is None:
            return None
        return _toegang(teken.afnemer, frozenset([Scope.KLANTINTERACTIES.value]), dag, teken.instellingen)


def _toegang(afnemer: Afnemer, scopes: frozenset[str], dag: date, rijen: Any) -> Toegang:
    return Toegang(afnemer, scopes & frozenset(afnemer.scopes), dag, uit_rij(rijen))
