"""What each address of the API Klantinteracties answers, field for field; without a statement of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from meldingen.klantinteracties.vertaling import adresobject, contactnaam, identificator
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
)
from meldingen.models.partijen import Aangeleverd

Object = dict[str, Any]
Rij = Any


@dataclass(frozen=True)
class Basis:
    """The address under which everything stands, as whoever asks knows it."""

    url: str

    def verwijzing(self, soort: str, rij: Aangeleverd | None) -> Object | None:
        """`{"uuid", "url"}` of a row, or None for none."""
        return {"uuid": str(rij.uuid), "url": self.van(soort, rij)} if rij else None

    def verwijzingen(self, soort: str, rijen: Iterable[Aangeleverd]) -> list[Object | None]:
        """The same of several, in the order in which they came."""
        return [self.verwijzing(soort, rij) for rij in sorted(rijen, key=lambda rij: rij.pk)]

    def van(self, soort: str, rij: Aangeleverd) -> str:
        """Where a row stands."""
        return f"{self.url}/{soort}/{rij.uuid}"


def _kop(basis: Basis, soort: str, rij: Aangeleverd) -> Object:
    return {"uuid": str(rij.uuid), "url": basis.van(soort, rij)}


def actor(rij: Actor, basis: Basis) -> Object:
    """Of actoren."""
    return {
        **_kop(basis, "actoren", rij),
        "naam": rij.naam,
        "soortActor": Actorsoort(rij.soort).code,
        "indicatieActief": rij.actief,
        "actoridentificator": identificator(rij),
        "actorIdentificatie": {},
    }


def actor_bij_contact(rij: ActorBijContact, basis: Basis) -> Object:
    """Of actorklantcontacten."""
    return {
        **_kop(basis, "actorklantcontacten", rij),
        "actor": basis.verwijzing("actoren", rij.actor),
        "klantcontact": basis.verwijzing("klantcontacten", rij.interactie),
    }


def interactie(rij: Klantinteractie, basis: Basis) -> Object:
    """Of klantcontacten."""
    bij_actoren = sorted(rij.bij_actoren.all(), key=lambda bij: bij.pk)
    return {
        **_kop(basis, "klantcontacten", rij),
        "gingOverOnderwerpobjecten": basis.verwijzingen("onderwerpobjecten", rij.onderwerpobjecten.all()),
        "hadBetrokkenActoren": [actor(bij.actor, basis) for bij in bij_actoren],
        "omvatteBijlagen": [],
        "hadBetrokkenen": basis.verwijzingen("betrokkenen", rij.betrokkenen.all()),
        "leiddeTotInterneTaken": basis.verwijzingen("internetaken", rij.internetaken.all()),
        "nummer": rij.nummer,
        "referentienummer": rij.referentienummer,
        "kanaal": rij.kanaal,
        "onderwerp": rij.onderwerp_tekst,
        "inhoud": rij.inhoud,
        "reactie": rij.reactie,
        "indicatieContactGelukt": rij.gelukt,
        "verdereActieOndernomen": rij.verdere_actie,
        "taal": rij.taal,
        "vertrouwelijk": rij.vertrouwelijk,
        "plaatsgevondenOp": tijd(rij.plaatsgevonden_op),
        "metadata": rij.metadata,
    }


def betrokkene(rij: Betrokkene, basis: Basis) -> Object:
    """Of betrokkenen."""
    return {
        **_kop(basis, "betrokkenen", rij),
        "wasPartij": basis.verwijzing("partijen", rij.partij),
        "hadKlantcontact": basis.verwijzing("klantcontacten", rij.interactie),
        "digitaleAdressen": basis.verwijzingen("digitaleadressen", rij.adressen.all()),
        "bezoekadres": adresobject(rij.bezoekadres),
        "correspondentieadres": adresobject(rij.correspondentieadres),
        "contactnaam": contactnaam(rij),
        "volledigeNaam": rij.volledige_naam,
        "rol": Betrokkenerol(rij.rol).code,
        "organisatienaam": rij.organisatienaam,
        "initiator": rij.initiator,
    }


def digitaal_adres(rij: DigitaalAdres, basis: Basis) -> Object:
    """Of digitaleadressen."""
    return {
        **_kop(basis, "digitaleadressen", rij),
        "verstrektDoorBetrokkene": basis.verwijzing("betrokkenen", rij.betrokkene),
        "verstrektDoorPartij": basis.verwijzing("partijen", rij.partij),
        "adres": rij.adres,
        "soortDigitaalAdres": Adressoort(rij.soort).code,
        "isStandaardAdres": rij.standaard,
        "omschrijving": rij.omschrijving,
        "referentie": rij.referentie,
        "verificatieDatum": rij.verificatie_op.isoformat() if rij.verificatie_op else None,
    }


def internetaak(rij: Internetaak, basis: Basis) -> Object:
    """Of internetaken."""
    actoren = [
        basis.verwijzing("actoren", bij.actor)
        for bij in sorted(rij.toewijzingen.all(), key=lambda bij: bij.pk)
    ]
    status = rij.status
    return {
        **_kop(basis, "internetaken", rij),
        "nummer": rij.nummer,
        "referentienummer": rij.referentienummer,
        "gevraagdeHandeling": rij.gevraagde_handeling,
        "aanleidinggevendKlantcontact": basis.verwijzing("klantcontacten", rij.interactie),
        "toegewezenAanActor": actoren[0] if actoren else None,
        "toegewezenAanActoren": actoren,
        "toelichting": rij.toelichting,
        "status": status.code,
        "toegewezenOp": tijd(rij.toegewezen_op),
        "afgehandeldOp": tijd(rij.klaar_op),
    }


def onderwerpobject(rij: Onderwerpobject, basis: Basis) -> Object:
    """Of onderwerpobjecten."""
    return {
        **_kop(basis, "onderwerpobjecten", rij),
        "klantcontact": basis.verwijzing("klantcontacten", rij.interactie),
        "wasKlantcontact": basis.verwijzing("klantcontacten", rij.was_interactie),
        "onderwerpobjectidentificator": identificator(rij),
    }


def partij(rij: Partij, basis: Basis) -> Object:
    """Of partijen."""
    soort = Partijsoort(rij.soort)
    if soort == Partijsoort.ORGANISATIE:
        wie: Object = {"naam": rij.organisatienaam}
    else:
        wie = {"contactnaam": contactnaam(rij), "volledigeNaam": rij.volledige_naam}
    if soort == Partijsoort.CONTACTPERSOON:
        wie["werkteVoorPartij"] = basis.verwijzing("partijen", rij.werkte_voor)
    return {
        **_kop(basis, "partijen", rij),
        "nummer": f"{rij.pk:010d}",
        "interneNotitie": rij.interne_notitie,
        "betrokkenen": basis.verwijzingen("betrokkenen", rij.betrokkenen.all()),
        "categorieRelaties": [],
        "digitaleAdressen": basis.verwijzingen("digitaleadressen", rij.adressen.all()),
        "voorkeursDigitaalAdres": None,
        "vertegenwoordigden": [],
        "rekeningnummers": [],
        "voorkeursRekeningnummer": None,
        "partijIdentificatoren": basis.verwijzingen("partij-identificatoren", rij.identificatoren.all()),
        "soortPartij": soort.code,
        "indicatieGeheimhouding": rij.geheimhouding,
        "voorkeurstaal": rij.voorkeurstaal,
        "indicatieActief": rij.actief,
        "bezoekadres": adresobject(None),
        "correspondentieadres": adresobject(None),
        "partijIdentificatie": wie,
    }


def partij_identificator(rij: PartijIdentificator, basis: Basis) -> Object:
    """Of partij-identificatoren."""
    return {
        **_kop(basis, "partij-identificatoren", rij),
        "identificeerdePartij": basis.verwijzing("partijen", rij.partij),
        "anderePartijIdentificator": rij.andere,
        "partijIdentificator": identificator(rij, rij.sleutel),
        "subIdentificatorVan": basis.verwijzing("partij-identificatoren", rij.sub_van),
    }


def tijd(moment: datetime | None) -> str | None:
    """A moment in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


MAKERS: Mapping[str, Callable[[Rij, Basis], Object]] = {
    "actoren": actor,
    "klantcontacten": interactie,
    "actorklantcontacten": actor_bij_contact,
    "betrokkenen": betrokkene,
    "digitaleadressen": digitaal_adres,
    "internetaken": internetaak,
    "onderwerpobjecten": onderwerpobject,
    "partijen": partij,
    "partij-identificatoren": partij_identificator,
}
