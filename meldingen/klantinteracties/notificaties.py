"""Notifications of a register elsewhere, in the shape of the Notificaties API: a hint to fetch, and nothing more.

Of what is sent only the key of the task and the moment are looked at, and the task is read from the register of the
settings: no address from a notification is gone to, and no text in it is kept or logged.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from meldingen.klantinteracties.fouten import VERSIEKOP, als_fout
from meldingen.klantinteracties.ophalen import kondig_ophalen_aan
from teams.api.basis import ApiView

VERSIE = "1.0.0"
"""Of the Notificaties API, as a receiver answers."""
KANAAL, RESOURCE = "internetaken", "internetaak"
GAAT_WEG = "destroy"


class Notificatie(serializers.Serializer[None]):
    """What the standard says of a notification; `kenmerken` may hold anything."""

    kanaal = serializers.CharField(max_length=50)
    hoofdObject = serializers.URLField(max_length=1_000)
    resource = serializers.CharField(max_length=100)
    resourceUrl = serializers.URLField(max_length=1_000)
    actie = serializers.CharField(max_length=100)
    aanmaakdatum = serializers.DateTimeField()
    kenmerken = serializers.DictField(required=False)


class MetNotificatieToken(BaseAuthentication):
    """`Authorization` ends with the token of the settings; who has another, or none, gets 403.

    The service that sends notifications tries both before it takes our address, and asks for 403.
    """

    def authenticate(self, request: Request) -> tuple[None, str]:
        """Nobody in person; PermissionDenied without the token."""
        _, _, teken = request.META.get("HTTP_AUTHORIZATION", "").rpartition(" ")
        verwacht = settings.OPENKLANT_NOTIFICATIE_TOKEN
        if not (verwacht and constant_time_compare(teken, verwacht)):
            raise PermissionDenied
        return None, teken


class Notificaties(ApiView):
    """Takes notifications."""

    http_method_names = ["post"]
    authentication_classes = [MetNotificatieToken]
    permission_classes = []
    eenmalige_post = False

    def check_throttles(self, request: Request) -> None:
        """There is one sender, the municipality's own."""

    def get_exception_handler(self) -> Any:
        """In the shape of Klantinteracties."""
        return als_fout

    def post(self, request: Request) -> Response:
        """204 for whatever is a notification; one about a task that may be ours is fetched soon."""
        bericht = Notificatie(data=request.data)
        bericht.is_valid(raise_exception=True)
        gegevens = bericht.validated_data
        van_een_taak = (gegevens["kanaal"], gegevens["resource"]) == (KANAAL, RESOURCE)
        taak = _uuid(gegevens["resourceUrl"])
        if van_een_taak and taak and gegevens["actie"] != GAAT_WEG:
            kondig_ophalen_aan(taak, gemeld_op=gegevens["aanmaakdatum"])
        return Response(status=204, headers={VERSIEKOP: VERSIE})


def _uuid(adres: str) -> UUID | None:
    """The key at the end of an address."""
    try:
        return UUID(adres.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
