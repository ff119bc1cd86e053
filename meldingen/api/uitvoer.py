"""What a KCC hears: numbers, days, teams and words for how far it is; never what was said."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from meldingen.models import (
    Afhandeling,
    Contactkanaal,
    Klantcontact,
    Melding,
    Terugbelverzoek,
    Thema,
)
from meldingen.models.melding import nummer_van
from teams.api.versie import etag
from teams.codes import Code
from teams.models import Team
from voorzieningen.models import Wet

STANDEN = {
    "ontvangen": "Nog niemand is ermee begonnen.",
    "in_behandeling": "Iemand is ermee bezig.",
    "afgerond": "Er hoeft niets meer te gebeuren.",
}
"""How far a melding is, in three words for the caller."""
BELSTANDEN = {
    "open": "Er moet nog worden gebeld.",
    "te_laat": "Er had al gebeld moeten zijn.",
    "nagekomen": "Er is gebeld.",
    "ingetrokken": "Bellen hoeft niet meer.",
}
LIJSTEN: dict[str, type[Code]] = {
    "afhandeling": Afhandeling,
    "kanaal": Contactkanaal,
    "thema": Thema,
    "wet": Wet,
}


class Teamuitvoer(serializers.Serializer[Any]):
    """A team."""

    code = serializers.CharField()
    naam = serializers.CharField()


class Terugbeluitvoer(serializers.Serializer[Any]):
    """A promise to call back, and whether it was kept."""

    nummer = serializers.CharField()
    stand = serializers.ChoiceField(choices=list(BELSTANDEN.items()))
    team = Teamuitvoer(allow_null=True)
    melding = serializers.CharField(allow_null=True, help_text="Nummer van de melding waar het bij hoort.")
    aangenomenOp = serializers.DateTimeField()
    uiterlijkOp = serializers.DateTimeField(help_text="Vóór dit moment is er gebeld.")
    nagekomenOp = serializers.DateTimeField(allow_null=True)
    ingetrokkenOp = serializers.DateTimeField(allow_null=True)


class Meldinguitvoer(serializers.Serializer[Any]):
    """How far a melding is."""

    nummer = serializers.CharField(help_text="Het nummer dat u de inwoner noemt.")
    ontvangenOp = serializers.DateTimeField()
    stand = serializers.ChoiceField(choices=list(STANDEN.items()))
    team = Teamuitvoer(allow_null=True)
    terugbelverzoeken = Terugbeluitvoer(many=True)


class Klantcontactuitvoer(serializers.Serializer[Any]):
    """A contact as it was registered."""

    nummer = serializers.CharField()
    datum = serializers.DateField()
    afhandeling = serializers.CharField()
    kanaal = serializers.CharField(allow_null=True)
    thema = serializers.CharField(allow_null=True)
    wet = serializers.CharField(allow_null=True)
    melding = serializers.CharField(allow_null=True)


class Bekendeuitvoer(serializers.Serializer[Any]):
    """That somebody is known, and who is there for them."""

    naam = serializers.CharField(help_text="Zoveel van de naam als u mag weten.")
    geboortejaar = serializers.IntegerField(allow_null=True)
    team = Teamuitvoer(allow_null=True)
    contactpersoon = serializers.CharField(allow_null=True)
    openMelding = serializers.BooleanField(help_text="Of er al een melding loopt.")
    magDoorverbinden = serializers.BooleanField(help_text="Of er iemand is met wie u kunt doorverbinden.")
    kenmerk = serializers.CharField(help_text="Noem de persoon hiermee in een melding; een uur geldig.")


class Zoekuitvoer(serializers.Serializer[Any]):
    """Who may be meant."""

    bekend = serializers.BooleanField()
    personen = Bekendeuitvoer(many=True)


class Meldinglijst(serializers.Serializer[Any]):
    """One page."""

    resultaten = Meldinguitvoer(many=True)
    volgende = serializers.URLField(allow_null=True)


class Terugbellijst(serializers.Serializer[Any]):
    """One page."""

    resultaten = Terugbeluitvoer(many=True)
    volgende = serializers.URLField(allow_null=True)


def van_team(team: Team | None) -> dict[str, str] | None:
    """Which team."""
    return {"code": team.code, "naam": team.naam} if team else None


def van_terugbelverzoek(verzoek: Terugbelverzoek) -> dict[str, Any]:
    """A promise, with its team at hand."""
    return {
        "nummer": str(verzoek.pk),
        "stand": belstand(verzoek),
        "team": van_team(verzoek.team),
        "melding": nummer_van(verzoek.melding_id) if verzoek.melding_id else None,
        "aangenomenOp": verzoek.aangenomen_op,
        "uiterlijkOp": verzoek.uiterlijk_op,
        "nagekomenOp": verzoek.nagekomen_op,
        "ingetrokkenOp": verzoek.ingetrokken_op,
    }


def van_melding(melding: Melding, verzoeken: list[Terugbelverzoek]) -> dict[str, Any]:
    """How far it is, with its team and the promises at hand."""
    return {
        "nummer": melding.nummer,
        "ontvangenOp": melding.geregistreerd_op,
        "stand": melding.stand_buiten,
        "team": van_team(melding.team),
        "terugbelverzoeken": list(map(van_terugbelverzoek, verzoeken)),
    }


def van_klantcontact(contact: Klantcontact) -> dict[str, Any]:
    """A contact."""
    return {
        "nummer": str(contact.pk),
        "datum": contact.datum,
        **{
            veld: lijst(waarde).code if (waarde := getattr(contact, veld)) is not None else None
            for veld, lijst in LIJSTEN.items()
        },
        "melding": nummer_van(contact.melding_id) if contact.melding_id else None,
    }


def belstand(verzoek: Terugbelverzoek) -> str:
    """One of `BELSTANDEN`."""
    if verzoek.nagekomen_op:
        return "nagekomen"
    if verzoek.ingetrokken_op:
        return "ingetrokken"
    return "te_laat" if verzoek.uiterlijk_op < timezone.now() else "open"


def versie_van(verzoek: Terugbelverzoek) -> str:
    """The ETag of a promise."""
    return etag("terugbelverzoek", verzoek.pk, verzoek.team_id, verzoek.nagekomen_op, verzoek.ingetrokken_op)
