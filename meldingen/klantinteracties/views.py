"""The API Klantinteracties over HTTP: let in by token, checked, one verb, logged, and answered in its own shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, QuerySet, Window
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from meldingen import workflow
from meldingen.klantinteracties.bronnen import BRONNEN, Bron, als_object, lees_boom
from meldingen.klantinteracties.fouten import VERSIE, VERSIEKOP, als_fout
from meldingen.klantinteracties.invoer import MaakKlantcontactInvoer
from meldingen.klantinteracties.objecten import Basis
from meldingen.klantinteracties.vragen import OnjuisteVraag
from teams.access import Actie, zichtbaar
from teams.api.aanmelden import TekenAanmelding
from teams.api.basis import ApiView
from teams.lezen import GeenToegang, leg_vast
from teams.models import Handeling, Medewerker, Scope

PAD = "/klantinteracties/api/v1"
PER_BLADZIJDE, HOOGSTENS = 100, 500


class Teken(TekenAanmelding):
    """A 401 names the scheme and nothing else, as that API does."""

    def authenticate_header(self, request: Request) -> str:
        """The name of the scheme."""
        return self.woord


class Adres(ApiView):
    """What every address has in common; `soort` is the last part of its path."""

    scope = Scope.KLANTINTERACTIES
    authentication_classes = [Teken]
    eenmalige_post = False
    soort = ""

    @property
    def bron(self) -> Bron:
        """What can be asked and sent here."""
        return BRONNEN[self.soort]

    @property
    def door(self) -> Medewerker:
        """The account of the afnemer."""
        assert self.spoor.medewerker
        return self.spoor.medewerker

    @property
    def basis(self) -> Basis:
        """The address under which everything stands."""
        return Basis(self.request.build_absolute_uri(PAD))

    def get_exception_handler(self) -> Any:
        """In the shape of this API."""
        return als_fout

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """With the version of the API."""
        antwoord: Response = super().finalize_response(request, response, *args, **kwargs)
        antwoord.headers[VERSIEKOP] = VERSIE
        return antwoord

    def geldig(self, invoer: type[Any], rij: Any = None, *, deel: bool = False) -> dict[str, Any]:
        """What was sent, as fields of the row; ValidationError with everything that is wrong."""
        formulier = invoer(rij, data=self.request.data, partial=deel, context={"spoor": self.spoor})
        formulier.is_valid(raise_exception=True)
        gegevens: dict[str, Any] = formulier.validated_data
        return gegevens

    def toon(self, soort: str, pk: int) -> dict[str, Any]:
        """A row that was just written."""
        rij = BRONNEN[soort].rijen({}).get(pk=pk)
        return als_object(soort, rij, self.basis)


class Lijst(Adres):
    """`GET` and `POST` of everything of one kind."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: Request) -> Response:
        """A page of the afnemer's own, the newest first."""
        boom, gevraagd = self._vraag()
        rijen = zichtbaar(self.bron.rijen(boom), self.spoor.wie, Actie.LEZEN).order_by("-pk")
        if gevraagd:
            zelfde = self.bron.model._default_manager.filter(*gevraagd).values("pk")
            rijen = rijen.filter(pk__in=zelfde)
        bladzijde, per_bladzijde = self._bladzijde()
        aantal, hier = _blader(rijen, (bladzijde - 1) * per_bladzijde, per_bladzijde)
        if not hier and bladzijde > 1:
            raise NotFound
        leg_vast(hier, spoor=self.spoor, handeling=Handeling.IN_LIJST)
        laatste = -(-aantal // per_bladzijde)
        return Response(
            {
                "count": aantal,
                "next": self._adres(bladzijde + 1) if bladzijde < laatste else None,
                "previous": self._adres(bladzijde - 1) if bladzijde > 1 else None,
                "results": [als_object(self.soort, rij, self.basis, boom) for rij in hier],
            }
        )

    def post(self, request: Request) -> Response:
        """Something was told."""
        rij = self.bron.maak(door=self.door, **self.geldig(self.bron.invoer))
        inhoud = self.toon(self.soort, rij.pk)
        return Response(inhoud, status=201, headers={"Location": inhoud["url"]})

    def _vraag(self) -> tuple[dict[str, Any], list[Any]]:
        """What to expand, and the conditions; ValidationError for every parameter that isn't right."""
        fouten: dict[str, list[ErrorDetail]] = {}
        boom: dict[str, Any] = {}
        voorwaarden = []
        for naam, waarden in self.request.query_params.lists():
            waarde = ",".join(waarden)
            try:
                if "\x00" in waarde:
                    raise OnjuisteVraag("Hier staat een teken in dat geen tekst is.")
                if naam == "expand":
                    boom = lees_boom(self.soort, waarde)
                elif naam in ("page", "pageSize"):
                    continue
                elif naam not in self.bron.filters:
                    raise OnjuisteVraag("Deze parameter kent dit adres niet.", "unknown-parameters")
                elif waarde:
                    voorwaarden.append(self.bron.filters[naam](waarde))
            except OnjuisteVraag as fout:
                naam = naam if naam in self.bron.filters or naam == "expand" else "nonFieldErrors"
                fouten.setdefault(naam, []).append(ErrorDetail(str(fout), fout.code))
        if fouten:
            raise ValidationError(fouten)
        return boom, voorwaarden

    def _bladzijde(self) -> tuple[int, int]:
        """Which page, and how many rows on it."""
        try:
            bladzijde = int(self.request.query_params.get("page") or 1)
            gevraagd = int(self.request.query_params.get("pageSize") or PER_BLADZIJDE)
        except ValueError:
            raise NotFound from None
        if not 0 < bladzijde <= 1_000_000:
            raise NotFound
        return bladzijde, min(gevraagd, HOOGSTENS) if gevraagd > 0 else PER_BLADZIJDE

    def _adres(self, bladzijde: int) -> str:
        """The same question for another page."""
        vraag = {**self.request.query_params.dict(), "page": str(bladzijde)}
        return f"{self.basis.url}/{self.soort}?{urlencode(vraag)}"


class Rij(Adres):
    """`GET`, `PUT` and `PATCH` of one."""

    http_method_names = ["get", "head", "put", "patch"]

    def get(self, request: Request, uuid: UUID) -> Response:
        """The row, with what hangs at it where that is asked."""
        try:
            boom = lees_boom(self.soort, request.query_params.get("expand", ""))
        except OnjuisteVraag as fout:
            raise ValidationError({"expand": [ErrorDetail(str(fout), fout.code)]}) from fout
        rij = self._lees(uuid, Actie.LEZEN, Handeling.GEOPEND, boom)
        return Response(als_object(self.soort, rij, self.basis, boom))

    def put(self, request: Request, uuid: UUID) -> Response:
        """Told otherwise, all of it."""
        return self._wijzig(uuid, deel=False)

    def patch(self, request: Request, uuid: UUID) -> Response:
        """Told otherwise, as far as it was sent."""
        if not self.bron.gedeeltelijk:
            self.http_method_not_allowed(request)
        return self._wijzig(uuid, deel=True)

    def _wijzig(self, uuid: UUID, *, deel: bool) -> Response:
        if self.bron.wijzig is None:
            self.http_method_not_allowed(self.request)
        assert self.bron.wijzig
        rij = self._lees(uuid, Actie.WERKEN, Handeling.GEWIJZIGD, {})
        gegevens = self.geldig(self.bron.invoer, rij, deel=deel)
        self.bron.wijzig(rij, gegevens, door=self.door)
        return Response(self.toon(self.soort, rij.pk))

    def _lees(self, uuid: UUID, actie: Actie, handeling: Handeling, boom: dict[str, Any]) -> Any:
        """As `teams.lezen.lees`, by the key that is known outside."""
        rij = zichtbaar(self.bron.rijen(boom), self.spoor.wie, actie).filter(uuid=uuid).first()
        if rij is None:
            raise GeenToegang(self.spoor, self.bron.model._meta.label, None, handeling)
        leg_vast([rij], spoor=self.spoor, handeling=handeling)
        return rij


class MaakKlantcontact(Adres):
    """`POST maak-klantcontact`: a contact with who took part and what it was about, all or nothing."""

    http_method_names = ["post"]

    def post(self, request: Request) -> Response:
        """The three of them; a task comes apart."""
        gegevens = self.geldig(MaakKlantcontactInvoer)
        betrokkene, onderwerp = gegevens.get("betrokkene"), gegevens.get("onderwerpobject")
        interactie = workflow.leg_interactie_vast(door=self.door, **gegevens["klantcontact"])
        if betrokkene is not None:
            betrokkene = workflow.voeg_betrokkene_toe(door=self.door, interactie=interactie, **betrokkene)
        if onderwerp is not None:
            maak = BRONNEN["onderwerpobjecten"].maak
            onderwerp = maak(door=self.door, interactie=interactie, **onderwerp)
        contact = self.toon("klantcontacten", interactie.pk)
        inhoud = {
            "klantcontact": contact,
            "betrokkene": self.toon("betrokkenen", betrokkene.pk) if betrokkene else None,
            "onderwerpobject": self.toon("onderwerpobjecten", onderwerp.pk) if onderwerp else None,
        }
        return Response(inhoud, status=201, headers={"Location": contact["url"]})


def _blader(rijen: QuerySet[Any], begin: int, aantal: int) -> tuple[int, list[Any]]:
    """How many rows there are, and those from `begin` on; the count comes with them."""
    hier = list(rijen.annotate(totaal=Window(Count("*")))[begin : begin + aantal])
    return (hier[0].totaal if hier else rijen.count()), hier
