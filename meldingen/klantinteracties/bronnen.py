"""The addresses of the API Klantinteracties: of each what can be asked, what can be sent and what comes along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from meldingen import workflow
from meldingen.klantinteracties import invoer
from meldingen.klantinteracties.objecten import MAKERS, Basis, Object
from meldingen.klantinteracties.vragen import (
    Filter,
    OnjuisteVraag,
    code,
    gelijk,
    is_uuid,
    nummer,
    op,
    status,
    van_identificator,
    van_partij,
    waar,
)
from meldingen.models import (
    Actor,
    ActorBijContact,
    Actorsoort,
    Adressoort,
    Betrokkene,
    Betrokkenerol,
    DigitaalAdres,
    Internetaak,
    Klantinteractie,
    Onderwerpobject,
    Partij,
    PartijIdentificator,
    Partijsoort,
    Taakactor,
)

Boom = dict[str, Any]
"""What has to be expanded, and within that again."""


TUSSENIN = {
    "bij_actoren": Prefetch("bij_actoren", queryset=ActorBijContact.objects.select_related("actor")),
    "toewijzingen": Prefetch("toewijzingen", queryset=Taakactor.objects.select_related("actor")),
}
"""Rows that only tie one to another, with that other in the same statement."""


@dataclass(frozen=True)
class Schakel:
    """What hangs at a row: the relation, and under which address it stands; None when there never is any."""

    relatie: str = ""
    soort: str | None = None


@dataclass(frozen=True)
class Bron:
    """One address: `maak` makes a row of what `invoer` made of a body, `wijzig` changes one.

    `erbij` comes with the row itself, `vooraf` are relations of which every answer names the rows; `schakels` are what
    `expand` may ask for.
    """

    model: type[Model]
    invoer: type[invoer.Invoer]
    maak: Callable[..., Any]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    erbij: tuple[str, ...] = ()
    vooraf: tuple[str, ...] = ()
    schakels: Mapping[str, Schakel] = field(default_factory=dict)
    wijzig: Callable[..., Any] | None = None
    gedeeltelijk: bool = False

    def rijen(self, boom: Boom) -> QuerySet[Any]:
        """Every row, with all that an answer needs: in one statement, and one for each relation."""
        rijen: QuerySet[Any] = self.model._default_manager.all()
        if self.model is Internetaak:
            rijen = Internetaak.objects.met_stand()
        uitgevouwen = {self.schakels[naam].relatie: (naam, onder) for naam, onder in boom.items()}
        rijen = rijen.select_related(*(naam for naam in self.erbij if naam not in uitgevouwen))
        for relatie in (*self.vooraf, *(naam for naam in uitgevouwen if naam not in self.vooraf)):
            schakel = self.schakels[uitgevouwen[relatie][0]] if relatie in uitgevouwen else None
            if schakel and schakel.soort:
                onder = BRONNEN[schakel.soort].rijen(uitgevouwen[relatie][1])
                rijen = rijen.prefetch_related(Prefetch(relatie, queryset=onder))
            elif relatie:
                rijen = rijen.prefetch_related(TUSSENIN.get(relatie, relatie))
        return rijen


def _maker(model: type[Any]) -> Callable[..., Any]:
    def maak(**velden: Any) -> Any:
        return workflow.leg_aangeleverde_rij_vast(model, **velden)

    return maak


BRONNEN: dict[str, Bron] = {
    "actoren": Bron(
        Actor,
        invoer.ActorInvoer,
        _maker(Actor),
        {
            **van_identificator("", "actoridentificator"),
            "naam": gelijk("naam"),
            "soortActor": code("soort", Actorsoort),
            "indicatieActief": waar("actief"),
        },
    ),
    "klantcontacten": Bron(
        Klantinteractie,
        invoer.InteractieInvoer,
        workflow.leg_interactie_vast,
        {
            "hadBetrokkene__uuid": is_uuid("betrokkenen__uuid"),
            "hadBetrokkene__url": is_uuid("betrokkenen__uuid"),
            "hadBetrokkene__wasPartij__uuid": is_uuid("betrokkenen__partij__uuid"),
            "hadBetrokkene__wasPartij__url": is_uuid("betrokkenen__partij__uuid"),
            **van_partij("betrokkenen__partij__", "hadBetrokkene__wasPartij__partijIdentificator"),
            **van_identificator("onderwerpobjecten__", "onderwerpobject__onderwerpobjectidentificator"),
            "onderwerpobject__uuid": is_uuid("onderwerpobjecten__uuid"),
            "onderwerpobject__url": is_uuid("onderwerpobjecten__uuid"),
            "indicatieContactGelukt": waar("gelukt"),
            "inhoud": gelijk("inhoud"),
            "kanaal": gelijk("kanaal"),
            "nummer": nummer("pk"),
            "referentienummer": gelijk("referentienummer"),
            "onderwerp": gelijk("onderwerp_tekst"),
            "plaatsgevondenOp": op("plaatsgevonden_op"),
            "vertrouwelijk": waar("vertrouwelijk"),
        },
        vooraf=("onderwerpobjecten", "bij_actoren", "betrokkenen", "internetaken"),
        schakels={
            "gingOverOnderwerpobjecten": Schakel("onderwerpobjecten", "onderwerpobjecten"),
            "hadBetrokkenen": Schakel("betrokkenen", "betrokkenen"),
            "leiddeTotInterneTaken": Schakel("internetaken", "internetaken"),
            "omvatteBijlagen": Schakel(),
        },
    ),
    "actorklantcontacten": Bron(
        ActorBijContact,
        invoer.ActorBijContactInvoer,
        _maker(ActorBijContact),
        {
            "actor__uuid": is_uuid("actor__uuid"),
            "actor__url": is_uuid("actor__uuid"),
            "klantcontact__uuid": is_uuid("interactie__uuid"),
            "klantcontact__url": is_uuid("interactie__uuid"),
        },
        erbij=("actor", "interactie"),
    ),
    "betrokkenen": Bron(
        Betrokkene,
        invoer.BetrokkeneInvoer,
        workflow.voeg_betrokkene_toe,
        {
            "contactnaamAchternaam": gelijk("achternaam"),
            "contactnaamVoorletters": gelijk("voorletters"),
            "contactnaamVoornaam": gelijk("voornaam"),
            "contactnaamVoorvoegselAchternaam": gelijk("voorvoegsel"),
            "organisatienaam": gelijk("organisatienaam"),
            "rol": code("rol", Betrokkenerol),
            "hadKlantcontact__uuid": is_uuid("interactie__uuid"),
            "hadKlantcontact__url": is_uuid("interactie__uuid"),
            "hadKlantcontact__nummer": nummer("interactie"),
            "hadKlantcontact__referentienummer": gelijk("interactie__referentienummer"),
            "wasPartij__uuid": is_uuid("partij__uuid"),
            "wasPartij__url": is_uuid("partij__uuid"),
            **van_partij("partij__", "wasPartij__partijIdentificator"),
            "verstrektedigitaalAdres__adres": gelijk("adressen__adres"),
            "verstrektedigitaalAdres__uuid": is_uuid("adressen__uuid"),
            "verstrektedigitaalAdres__url": is_uuid("adressen__uuid"),
        },
        erbij=("partij", "interactie"),
        vooraf=("adressen",),
        schakels={
            "digitaleAdressen": Schakel("adressen", "digitaleadressen"),
            "wasPartij": Schakel("partij", "partijen"),
            "hadKlantcontact": Schakel("interactie", "klantcontacten"),
        },
    ),
    "digitaleadressen": Bron(
        DigitaalAdres,
        invoer.DigitaalAdresInvoer,
        workflow.voeg_adres_toe,
        {
            "adres": gelijk("adres"),
            "soortDigitaalAdres": code("soort", Adressoort),
            "referentie": gelijk("referentie"),
            "isStandaardAdres": waar("standaard"),
            "verstrektDoorBetrokkene__uuid": is_uuid("betrokkene__uuid"),
            "verstrektDoorBetrokkene__url": is_uuid("betrokkene__uuid"),
            "verstrektDoorBetrokkene__rol": code("betrokkene__rol", Betrokkenerol),
            "verstrektDoorPartij__uuid": is_uuid("partij__uuid"),
            "verstrektDoorPartij__url": is_uuid("partij__uuid"),
            "verstrektDoorPartij__soortPartij": code("partij__soort", Partijsoort),
            **van_partij("partij__", "verstrektDoorPartij__partijIdentificator"),
        },
        erbij=("betrokkene", "partij"),
        schakels={
            "verstrektDoorBetrokkene": Schakel("betrokkene", "betrokkenen"),
            "verstrektDoorPartij": Schakel("partij", "partijen"),
        },
    ),
    "internetaken": Bron(
        Internetaak,
        invoer.InternetaakInvoer,
        workflow.geef_taak,
        {
            "status": status,
            "nummer": nummer("pk"),
            "referentienummer": gelijk("referentienummer"),
            "toegewezenOp": op("toegewezen_op"),
            "toegewezenAanActor__uuid": is_uuid("toewijzingen__actor__uuid"),
            "toegewezenAanActor__url": is_uuid("toewijzingen__actor__uuid"),
            "actoren__naam": gelijk("toewijzingen__actor__naam"),
            "aanleidinggevendKlantcontact__uuid": is_uuid("interactie__uuid"),
            "aanleidinggevendKlantcontact__url": is_uuid("interactie__uuid"),
            "klantcontact__uuid": is_uuid("interactie__uuid"),
            "klantcontact__nummer": nummer("interactie"),
            "klantcontact__referentienummer": gelijk("interactie__referentienummer"),
        },
        erbij=("interactie",),
        vooraf=("toewijzingen",),
        schakels={
            "aanleidinggevendKlantcontact": Schakel("interactie", "klantcontacten"),
            "toegewezenAanActoren": Schakel("actoren", "actoren"),
        },
        wijzig=workflow.wijzig_taak,
        gedeeltelijk=True,
    ),
    "onderwerpobjecten": Bron(
        Onderwerpobject,
        invoer.OnderwerpobjectInvoer,
        _maker(Onderwerpobject),
        {
            **van_identificator("", "onderwerpobjectidentificator"),
            "klantcontact__uuid": is_uuid("interactie__uuid"),
            "klantcontact__url": is_uuid("interactie__uuid"),
            "wasKlantcontact__uuid": is_uuid("was_interactie__uuid"),
            "wasKlantcontact__url": is_uuid("was_interactie__uuid"),
        },
        erbij=("interactie", "was_interactie"),
    ),
    "partijen": Bron(
        Partij,
        invoer.PartijInvoer,
        _maker(Partij),
        {
            **van_partij("", "partijIdentificator"),
            "soortPartij": code("soort", Partijsoort),
            "nummer": nummer("pk"),
            "indicatieActief": waar("actief"),
            "werkteVoorPartij__uuid": is_uuid("werkte_voor__uuid"),
        },
        erbij=("werkte_voor",),
        vooraf=("betrokkenen", "adressen", "identificatoren"),
        schakels={
            "betrokkenen": Schakel("betrokkenen", "betrokkenen"),
            "digitaleAdressen": Schakel("adressen", "digitaleadressen"),
            "partijIdentificatoren": Schakel("identificatoren", "partij-identificatoren"),
            "categorieRelaties": Schakel(),
        },
        wijzig=workflow.wijzig_aangeleverde_rij,
    ),
    "partij-identificatoren": Bron(
        PartijIdentificator,
        invoer.PartijIdentificatorInvoer,
        _maker(PartijIdentificator),
        {
            **van_identificator("", "partijIdentificator"),
            "partijIdentificatorObjectId": lambda waarde: Q(
                pk__in=PartijIdentificator.objects.met_object_id(waarde)
            ),
            "anderePartijIdentificator": gelijk("andere"),
            "identificeerdePartij__uuid": is_uuid("partij__uuid"),
        },
        erbij=("partij", "sub_van"),
        wijzig=workflow.wijzig_aangeleverde_rij,
    ),
}
"""By the last part of their address."""


def als_object(soort: str, rij: Any, basis: Basis, boom: Boom | None = None) -> Object:
    """The answer about a row of `rijen`, with under `_expand` what was asked for."""
    inhoud = MAKERS[soort](rij, basis)
    if not boom:
        return inhoud
    uit: Object = {}
    inhoud["_expand"] = uit
    for naam, onder in boom.items():
        schakel = BRONNEN[soort].schakels[naam]
        if schakel.soort is None:
            uit[naam] = []
            continue
        daar = getattr(rij, schakel.relatie)
        if hasattr(daar, "all"):
            rijen = sorted(daar.all(), key=lambda deze: deze.pk)
            uit[naam] = [als_object(schakel.soort, deze, basis, onder) for deze in rijen]
        else:
            uit[naam] = als_object(schakel.soort, daar, basis, onder) if daar else None
    return inhoud


def lees_boom(soort: str, gevraagd: str) -> Boom:
    """What `expand=a,b.c` asks for, as a tree; OnjuisteVraag names what there is to ask."""
    boom: Boom = {}
    for pad in filter(None, (deel.strip() for deel in gevraagd.split(","))):
        hier, bron = boom, soort
        for naam in pad.split("."):
            schakel = BRONNEN[bron].schakels.get(naam) if bron else None
            if schakel is None:
                mogelijk = ", ".join(BRONNEN[bron].schakels) if bron else ""
                raise OnjuisteVraag(f"Hier kan alleen worden uitgevouwen: {mogelijk or 'niets'}.")
            hier, bron = hier.setdefault(naam, {}), schakel.soort or ""
    return boom
