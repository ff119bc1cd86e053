"""The monitor as JSON and as CSV: one address per table, the question in the parameters."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reporting.etag import etag_van
from reporting.formaten import FORMATEN, bestandsnaam, csv_regels
from reporting.forms import lees_vraag
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from teams.access import Actie, mag_ooit
from teams.api.aanmelden import Bearer, Toegang
from teams.api.basis import ApiView
from teams.api.scopes import eis_scope
from teams.gronden import RAPPORTAGE
from teams.lezen import Spoor
from teams.models import Scope

VERWACHT = {
    "periode": "Verplicht; een kwartaal (2015-Q2), een maand (2015-04), een jaar (2015) of een reeks dagen"
    " (2015-04-01..2015-06-30).",
    "vergelijk": "Wat ernaast staat: een tweede periode, of bij een tabel die op team filtert ook team:CODE,"
    " stadsdeel:NAAM of stad; niet wat de vraag zelf al is.",
    "team": "De code van een bekend team, bij een tabel die op team filtert.",
    "stadsdeel": "De naam van een bekend stadsdeel, bij een tabel die op stadsdeel filtert.",
    "categorie": "volwassenen of jeugd, bij een tabel die op categorie filtert.",
    "kanaal": "De code van een kanaal, bij een tabel die op kanaal filtert.",
    "aanleiding": "De code van een aanleiding, bij een tabel die op aanleiding filtert.",
    "bekendOp": "Een dag (2015-06-30) of een moment (2015-06-30T17:00:00+02:00).",
}
"""What each parameter takes; all that an error says, so that no input comes back."""
VRAGEN = [
    OpenApiParameter(naam, OpenApiTypes.STR, required=naam == "periode", description=wat)
    for naam, wat in VERWACHT.items()
]
EERDER = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="De ETag van een eerder antwoord. Is er niets geregistreerd dat het anders maakt, dan is het antwoord"
    " 304, zonder inhoud.",
)
ANTWOORDEN = {
    (200, "application/json"): OpenApiTypes.OBJECT,
    (200, "text/csv"): OpenApiTypes.STR,
    304: OpenApiResponse(description="Hetzelfde als het antwoord met deze ETag."),
}
DUBBEL = "Deze parameter mag maar één keer voorkomen."
ONBEKEND = f"Dit adres kent alleen deze parameters: {', '.join(VERWACHT)}."


class MagRapporten(BasePermission):
    """Who reads reports on the pages reads them here; an afnemer whose token says so as well."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the role of who asks reads reports; ZonderScope for a token that doesn't say so."""
        if not request.user:
            return False
        if isinstance(request.auth, Toegang):
            eis_scope(request.auth, Scope.RAPPORTAGE)
        spoor: Spoor = request._request.spoor  # type: ignore[attr-defined]
        return mag_ooit(spoor.wie, Actie.LEZEN, RAPPORTAGE)


class Csv(JSONRenderer):
    """Says that there is CSV; rendered with it is an error alone, and that is JSON whatever was asked for."""

    media_type = "text/csv"
    format = "csv"


class MonitorView(ApiView):
    """`GET /api/v1/monitor/{tabel}`: the object of the overdracht, section "Commands"; or its rows as CSV."""

    http_method_names = ["get", "head"]
    scope = Scope.RAPPORTAGE
    authentication_classes = [Bearer, SessionAuthentication]
    permission_classes = [MagRapporten]
    renderer_classes = [JSONRenderer, Csv]

    @extend_schema(
        operation_id="monitorTabel",
        summary="Een tabel van de monitor",
        parameters=[*VRAGEN, EERDER],
        responses=ANTWOORDEN,
    )
    def get(self, request: Request, tabel: str) -> HttpResponseBase:
        """Een tabel van de monitor; kleine aantallen staan er niet in."""
        if tabel not in TABELLEN:
            raise Http404
        gegeven = request.query_params
        fouten = {naam: [DUBBEL] for naam in VERWACHT if len(gegeven.getlist(naam)) > 1}
        if set(gegeven) - set(VERWACHT):
            fouten["parameters"] = [ONBEKEND]
        vraag, onjuist = lees_vraag(TABELLEN[tabel], gegeven.dict())
        fouten |= {naam: [VERWACHT[naam]] for naam in onjuist}
        if vraag is None or fouten:
            raise ValidationError(fouten)
        vorm = request.accepted_renderer.format
        koppen = {"ETag": etag_van(vraag, vorm), "Cache-Control": "private, no-cache"}
        if _is_gelijk(request.headers.get("If-None-Match", ""), koppen["ETag"]):
            return HttpResponse(status=304, headers=koppen)
        antwoord = antwoord_met_noten(vraag)
        if vorm == Csv.format:
            koppen["Content-Disposition"] = f'attachment; filename="{bestandsnaam(antwoord, vorm)}"'
            return StreamingHttpResponse(
                csv_regels(antwoord), content_type=FORMATEN[vorm].mime, headers=koppen
            )
        return Response(antwoord.als_object(), headers=koppen)


class StroomschemaView(MonitorView):
    """`GET /api/v1/stroomschema`: table 2.6 under its own name."""

    @extend_schema(
        operation_id="stroomschema",
        summary="Het stroomschema",
        parameters=[*VRAGEN, EERDER],
        responses=ANTWOORDEN,
    )
    def get(self, request: Request, tabel: str = "2.6") -> HttpResponseBase:
        """Het stroomschema van een periode, met `vergelijking` als u om een tweede vraagt."""
        return super().get(request, tabel)


def _is_gelijk(gegeven: str, huidig: str) -> bool:
    """Whether `If-None-Match` names this answer; weakly, as RFC 9110 has it there."""
    return bool({"*", huidig} & set(parse_etags(gegeven))) or huidig.removeprefix("W/") in parse_etags(
        gegeven
    )
