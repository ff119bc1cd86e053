"""What may be sent to each address of the API Klantinteracties; every mistake at once, and never what was sent."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.validators import EmailValidator
from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import empty
from stdnum.nl import bsn

from meldingen.klantinteracties.vertaling import ADRESVELDEN, is_telefoonnummer
from meldingen.models import (
    Actor,
    Actorsoort,
    Adressoort,
    Betrokkene,
    Betrokkenerol,
    Klantinteractie,
    Partij,
    PartijIdentificator,
    Partijsoort,
    Taakstatus,
)
from teams.access import Actie, zichtbaar
from teams.codes import Code

GETAL = re.compile("[0-9]{1,10}")


class Keuze(serializers.Field[Code, Any, str, Any]):
    """One of a closed list, by its code."""

    default_error_messages = {"invalid_choice": "Verwacht een van: {codes}."}

    def __init__(self, lijst: type[Code], **opties: Any) -> None:
        self.lijst = lijst
        super().__init__(**opties)

    def to_internal_value(self, data: Any) -> Code:
        """The value with this code."""
        waarde = self.lijst.codes().get(data) if isinstance(data, str) else None
        if waarde is None:
            self.fail("invalid_choice", codes=", ".join(self.lijst.codes()))
        return waarde


class Verwijzing(serializers.Field[Model, Any, str, Any]):
    """`{"uuid": …}` of something that the same afnemer sent; of what it didn't, nobody knows whether it exists."""

    default_error_messages = {
        "invalid": 'Verwacht een object als {{"uuid": "…"}}.',
        "does_not_exist": "Er is hier niets met dit uuid.",
    }

    def __init__(self, model: type[Model], **opties: Any) -> None:
        self.verwijst_naar = model
        super().__init__(**opties)

    def to_internal_value(self, data: Any) -> Model:
        """The row."""
        if not isinstance(data, dict):
            self.fail("invalid")
        try:
            sleutel = serializers.UUIDField().run_validation(data.get("uuid", empty))
        except serializers.ValidationError as fout:
            raise serializers.ValidationError({"uuid": fout.detail}) from fout
        rijen = zichtbaar(self.verwijst_naar, self.context["spoor"].wie, Actie.LEZEN)
        rij = rijen.filter(uuid=sleutel).first()
        if rij is None:
            reden = self.error_messages["does_not_exist"]
            raise serializers.ValidationError({"uuid": [reden]}, code="does_not_exist")
        return rij


class Moment(serializers.DateTimeField):
    """A moment of our time: what lies at the edge of the calendar can't be told in another zone."""

    default_error_messages = {"buiten_bereik": "Verwacht een moment tussen 1900 en 2200."}

    def to_internal_value(self, value: Any) -> datetime:
        """With its zone."""
        moment = super().to_internal_value(value)
        if not 1900 <= moment.year < 2200:
            self.fail("buiten_bereik")
        return moment


class Metadata(serializers.DictField):
    """Words by their name."""

    child = serializers.CharField(max_length=255, allow_blank=True)

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """Of a name is asked what is asked of any text; no mistake names it, as it is what was sent."""
        for naam in data if isinstance(data, dict) else ():
            serializers.CharField(max_length=255).run_validation(naam)
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as fout:
            if not isinstance(fout.detail, dict):
                raise
            alle = [reden for redenen in fout.detail.values() for reden in redenen]
            raise serializers.ValidationError(list(dict.fromkeys(alle))) from fout


class Invoer(serializers.Serializer[Any]):
    """What the addresses have in common: fields that we don't have are left alone, as that API does."""

    vlak: tuple[str, ...] = ()
    """Objects of which the fields stand on the row itself; null is the same as without."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Fields of the row."""
        for naam in self.vlak:
            attrs |= attrs.pop(naam, None) or {}
        return attrs


def tekst(hoogstens: int, **opties: Any) -> serializers.CharField:
    """A text that may be left out or empty."""
    return serializers.CharField(max_length=hoogstens, required=False, allow_blank=True, **opties)


class Nummer(serializers.CharField):
    """At most ten digits; empty and null are none."""

    default_error_messages = {"invalid": "Verwacht hoogstens tien cijfers."}

    def __init__(self, **opties: Any) -> None:
        super().__init__(required=False, allow_blank=True, allow_null=True, **opties)

    def to_internal_value(self, data: Any) -> str | None:  # type: ignore[override]
        """None for nothing."""
        waarde = super().to_internal_value(data)
        if waarde and not GETAL.fullmatch(waarde):
            self.fail("invalid")
        return waarde or None

    def run_validation(self, data: Any = empty) -> Any:
        """As any text, but empty is None."""
        return super().run_validation(data) or None


class Genummerd(Invoer):
    """With a `nummer`, which is always ours: what is sent is looked at and not kept."""

    nummer = Nummer()
    referentienummer = Nummer()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Without theirs."""
        attrs.pop("nummer", None)
        return super().validate(attrs)


class Identificator(Invoer):
    """A key in a register elsewhere."""

    objectId = tekst(200, source="object_id")
    codeObjecttype = tekst(200, source="code_objecttype")
    codeRegister = tekst(200, source="code_register")
    codeSoortObjectId = tekst(200, source="code_soort_object_id")


class Contactnaam(Invoer):
    """A name of a person in parts."""

    voorletters = tekst(10)
    voornaam = tekst(200)
    voorvoegselAchternaam = tekst(10, source="voorvoegsel")
    achternaam = tekst(200)


class Adres(serializers.DictField):
    """An address, kept as it was told."""

    child = serializers.CharField(max_length=200, allow_blank=True, allow_null=True)

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """Only the fields that an address has."""
        if isinstance(data, dict):
            data = {naam: waarde for naam, waarde in data.items() if naam in ADRESVELDEN}
        return super().to_internal_value(data)


class ActorInvoer(Invoer):
    """POST actoren."""

    vlak = ("actoridentificator",)
    naam = serializers.CharField(max_length=200)
    soortActor = Keuze(Actorsoort, source="soort")
    indicatieActief = serializers.BooleanField(source="actief", required=False)
    actoridentificator = Identificator(required=False, allow_null=True)


class InteractieInvoer(Genummerd):
    """POST klantcontacten."""

    kanaal = serializers.CharField(max_length=50)
    onderwerp = serializers.CharField(max_length=200, source="onderwerp_tekst")
    inhoud = tekst(1_000)
    reactie = tekst(4_000)
    indicatieContactGelukt = serializers.BooleanField(source="gelukt", required=False, allow_null=True)
    verdereActieOndernomen = serializers.BooleanField(source="verdere_actie", required=False, allow_null=True)
    taal = serializers.RegexField(
        "^[a-z]{3}$", error_messages={"invalid": "Verwacht een taalcode van drie letters, zoals nld."}
    )
    vertrouwelijk = serializers.BooleanField()
    plaatsgevondenOp = Moment(source="plaatsgevonden_op", required=False)
    metadata = Metadata(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Not both succeeded and still to be followed up."""
        if attrs.get("gelukt") and attrs.get("verdere_actie"):
            raise serializers.ValidationError(
                {"verdereActieOndernomen": ["Dit kan niet waar zijn als indicatieContactGelukt waar is."]}
            )
        return super().validate(attrs)


class ActorBijContactInvoer(Invoer):
    """POST actorklantcontacten."""

    actor = Verwijzing(Actor)
    klantcontact = Verwijzing(Klantinteractie, source="interactie")


class LosseBetrokkene(Invoer):
    """The betrokkene of maak-klantcontact, whose contact is the one beside it."""

    vlak = ("contactnaam",)
    wasPartij = Verwijzing(Partij, source="partij", required=False, allow_null=True)
    rol = Keuze(Betrokkenerol)
    initiator = serializers.BooleanField()
    organisatienaam = tekst(200)
    contactnaam = Contactnaam(required=False, allow_null=True)
    bezoekadres = Adres(required=False, allow_null=True)
    correspondentieadres = Adres(required=False, allow_null=True)


class BetrokkeneInvoer(LosseBetrokkene):
    """POST betrokkenen."""

    hadKlantcontact = Verwijzing(Klantinteractie, source="interactie")


class DigitaalAdresInvoer(Invoer):
    """POST digitaleadressen; a phone number and a mail address have to look like one."""

    verstrektDoorBetrokkene = Verwijzing(Betrokkene, source="betrokkene", required=False, allow_null=True)
    verstrektDoorPartij = Verwijzing(Partij, source="partij", required=False, allow_null=True)
    adres = serializers.CharField(max_length=80)
    soortDigitaalAdres = Keuze(Adressoort, source="soort")
    omschrijving = tekst(40)
    isStandaardAdres = serializers.BooleanField(source="standaard", required=False)
    referentie = tekst(200)
    verificatieDatum = serializers.DateField(source="verificatie_op", required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The address against its kind."""
        if attrs["soort"] == Adressoort.TELEFOONNUMMER and not is_telefoonnummer(attrs["adres"]):
            reden = "Verwacht een telefoonnummer, zoals 0612345678 of +31612345678."
            raise serializers.ValidationError({"adres": [reden]})
        if attrs["soort"] == Adressoort.EMAIL:
            try:
                EmailValidator()(attrs["adres"])
            except Exception as fout:
                raise serializers.ValidationError({"adres": ["Verwacht een e-mailadres."]}) from fout
        return super().validate(attrs)


class LosOnderwerpobject(Invoer):
    """The onderwerpobject of maak-klantcontact."""

    vlak = ("onderwerpobjectidentificator",)
    wasKlantcontact = Verwijzing(Klantinteractie, source="was_interactie", required=False, allow_null=True)
    onderwerpobjectidentificator = Identificator(required=False, allow_null=True)


class OnderwerpobjectInvoer(LosOnderwerpobject):
    """POST onderwerpobjecten."""

    klantcontact = Verwijzing(Klantinteractie, source="interactie", required=False, allow_null=True)


class InternetaakInvoer(Genummerd):
    """POST, PUT and, with fewer fields, PATCH internetaken."""

    gevraagdeHandeling = serializers.CharField(max_length=200, source="gevraagde_handeling")
    aanleidinggevendKlantcontact = Verwijzing(Klantinteractie, source="interactie")
    toegewezenAanActor = Verwijzing(Actor, required=False)
    toegewezenAanActoren = serializers.ListField(
        child=Verwijzing(Actor), required=False, allow_empty=False, source="actoren"
    )
    toelichting = tekst(1_000)
    status = Keuze(Taakstatus)
    afgehandeldOp = Moment(source="afgehandeld_op", required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One way to name the actoren, no end without being done, and the contact that it was."""
        gegeven = set(self.initial_data) & {"toegewezenAanActor", "toegewezenAanActoren"}
        if len(gegeven) == 2 or (not gegeven and not self.partial):
            raise serializers.ValidationError(
                "Geef precies een van toegewezenAanActor en toegewezenAanActoren."
            )
        if actor := attrs.pop("toegewezenAanActor", None):
            attrs["actoren"] = [actor]
        status = attrs.get("status") or (self.instance.status if self.instance else None)
        if attrs.get("afgehandeld_op") and status != Taakstatus.VERWERKT:
            reden = "Dit kan alleen bij de status verwerkt."
            raise serializers.ValidationError({"afgehandeldOp": [reden]})
        interactie = attrs.get("interactie")
        if self.instance and interactie and interactie.pk != self.instance.interactie_id:
            reden = "Een taak blijft bij het contact waarvoor zij is gemaakt."
            raise serializers.ValidationError({"aanleidinggevendKlantcontact": [reden]})
        return super().validate(attrs)


class MaakKlantcontactInvoer(Invoer):
    """POST maak-klantcontact: all three or nothing."""

    klantcontact = InteractieInvoer()
    betrokkene = LosseBetrokkene(required=False, allow_null=True)
    onderwerpobject = LosOnderwerpobject(required=False, allow_null=True)


class WieIsDePartij(Invoer):
    """The part of a partij that depends on its kind."""

    vlak = ("contactnaam",)
    contactnaam = Contactnaam(required=False, allow_null=True)
    naam = tekst(200, source="organisatienaam")
    werkteVoorPartij = Verwijzing(Partij, source="werkte_voor", required=False, allow_null=True)


class PartijInvoer(Invoer):
    """POST and PUT partijen; `nummer` is ours."""

    vlak = ("partijIdentificatie",)
    nummer = Nummer()
    soortPartij = Keuze(Partijsoort, source="soort")
    indicatieActief = serializers.BooleanField(source="actief")
    indicatieGeheimhouding = serializers.BooleanField(source="geheimhouding", required=False, allow_null=True)
    voorkeurstaal = tekst(3)
    interneNotitie = tekst(1_000, source="interne_notitie")
    partijIdentificatie = WieIsDePartij(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Without their number."""
        attrs.pop("nummer", None)
        return super().validate(attrs)


class PartijIdentificatorInvoer(Invoer):
    """POST and PUT partij-identificatoren; a BSN has to pass the 11-proef."""

    identificeerdePartij = Verwijzing(Partij, source="partij", allow_null=True)
    partijIdentificator = Identificator()
    anderePartijIdentificator = tekst(200, source="andere")
    subIdentificatorVan = Verwijzing(PartijIdentificator, source="sub_van", required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The key is set after what kind of key it is."""
        wie = attrs.pop("partijIdentificator")
        sleutel = wie.pop("object_id", "")
        if wie.get("code_soort_object_id") == "bsn" and not (len(sleutel) == 9 and bsn.is_valid(sleutel)):
            reden = "Verwacht een BSN van negen cijfers dat aan de elfproef voldoet."
            raise serializers.ValidationError({"partijIdentificator": {"objectId": [reden]}})
        return {**attrs, **wie, "sleutel": sleutel}
