"""`/klantcontacten`: what came in at the KCC, also what was handled there and then."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from meldingen.api.invoer import Klantcontactinvoer
from meldingen.api.uitvoer import Klantcontactuitvoer, van_klantcontact
from meldingen.models import Klantcontact
from meldingen.workflow import leg_klantcontact_vast
from teams.access import Actie, zichtbaar
from teams.api.basis import ApiView
from teams.api.nummers import rijnummer
from teams.models import Scope


class Klantcontacten(ApiView):
    """Register a contact."""

    scope = Scope.KLANTCONTACTEN

    @extend_schema(
        operation_id="klantcontactVastleggen",
        summary="Een klantcontact vastleggen",
        request=Klantcontactinvoer,
        responses={201: Klantcontactuitvoer},
    )
    def post(self, request: Request) -> Response:
        """Leg een contact vast, ook een dat u zelf afhandelde: het telt mee in de monitor."""
        gegevens = Klantcontactinvoer.lees(request.data)
        contact = leg_klantcontact_vast(
            afhandeling=gegevens["afhandeling"],
            kanaal=gegevens["kanaal"],
            thema=gegevens["thema"],
            wet=gegevens["wet"],
            op=gegevens["datum"],
            door=self.door,
        )
        waar = request.build_absolute_uri(f"{request.path}/{contact.pk}")
        return Response(van_klantcontact(contact), status=status.HTTP_201_CREATED, headers={"Location": waar})


class EenKlantcontact(ApiView):
    """One contact."""

    scope = Scope.KLANTCONTACTEN

    @extend_schema(
        operation_id="klantcontactLezen",
        summary="Een klantcontact lezen",
        responses={200: Klantcontactuitvoer},
    )
    def get(self, request: Request, nummer: str) -> Response:
        """Een contact dat u zelf vastlegde."""
        rijen = zichtbaar(Klantcontact.objects.bekend_op(None), self.spoor.wie, Actie.LEZEN)
        contact = rijen.filter(pk=rijnummer(nummer)).first()
        if contact is None:
            raise Http404
        return Response(van_klantcontact(contact))
