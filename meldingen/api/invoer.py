"""The bodies that a KCC sends, as the words of this product."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils import timezone
from rest_framework import serializers
from stdnum.nl import bsn as elfproef

from households.models import Levensgebied, Persoon
from meldingen.models import (
    Aanleiding,
    Afhandeling,
    Categorie,
    Contactkanaal,
    Kanaal,
    Meldersoort,
    Thema,
    Toestemming,
)
from meldingen.workflow import Melder, NieuwePersoon
from teams.access import Actie
from teams.api.velden import Dag, Invoer, Keuze, Postcode, Tekst, Telefoon
from teams.lezen import GeenToegang, Spoor, lees
from teams.models import Handeling, Team
from voorzieningen.models import Wet

MAX_NAAM, MAX_VRAAG = 200, 5000
CONTACTKANALEN = list(Keuze(Contactkanaal).choices.items())
MELDINGKANALEN = list(Keuze(Kanaal, zonder=(Kanaal.AFLOOP_INDICATIE,)).choices.items())
KENMERK_ZOUT = "meldingen.api.persoon"
KENMERK_SECONDEN = 3600
KENMERK_WEG = "Dit kenmerk geldt niet, of niet meer. Zoek de persoon opnieuw."


class Klantcontactinvoer(Invoer):
    """A contact with the KCC, also one that was handled there and then."""

    afhandeling = Keuze(Afhandeling, help_text="Wat er met het contact is gedaan.")
    kanaal = Keuze(Contactkanaal, default=None, allow_null=True, help_text="Hoe het contact binnenkwam.")
    thema = Keuze(Thema, default=None, allow_null=True, help_text="Waarover het ging.")
    wet = Keuze(Wet, default=None, allow_null=True, help_text="Onder welke wet het valt.")
    datum = Dag(
        hoogstens=timezone.localdate,
        default=None,
        allow_null=True,
        help_text="De dag van het contact; zonder is het vandaag.",
    )


class ContactBijMelding(Invoer):
    """The contact from which a melding came."""

    kanaal = Keuze(Contactkanaal, default=None, allow_null=True)
    thema = Keuze(Thema, default=None, allow_null=True)
    wet = Keuze(Wet, default=None, allow_null=True)


class Melderinvoer(Invoer):
    """Who brings it, and where they are reached: by phone or by mail."""

    soort = Keuze(Meldersoort)
    naam = Tekst(max_length=MAX_NAAM)
    telefoon = Telefoon(default="", allow_blank=True, max_length=40)
    email = serializers.EmailField(default="", allow_blank=True, max_length=254)
    relatie = Tekst(
        required=False, max_length=MAX_NAAM, help_text="Bij een naaste: wat die van de persoon is."
    )
    organisatie = Tekst(required=False, max_length=MAX_NAAM, help_text="Bij een professional.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of both, else nobody is reached (R5)."""
        if not (attrs["telefoon"] or attrs["email"]):
            raise serializers.ValidationError(
                {"telefoon": ["Geef een telefoonnummer of e-mailadres op, zodat wij iemand kunnen bereiken."]}
            )
        return attrs


class Persooninvoer(Invoer):
    """Whom it is about: the kenmerk of somebody who was found, or who it is as far as is known."""

    kenmerk = Tekst(required=False, max_length=500, help_text="Uit zoek-persoon; dan niets anders.")
    achternaam = Tekst(required=False, max_length=MAX_NAAM)
    voornamen = Tekst(required=False, max_length=MAX_NAAM)
    tussenvoegsel = Tekst(required=False, max_length=40)
    geboortedatum = Dag(hoogstens=timezone.localdate, default=None, allow_null=True)
    postcode = Postcode(default="", allow_blank=True, max_length=10)
    huisnummer = Tekst(required=False, max_length=20)
    telefoon = Telefoon(default="", allow_blank=True, max_length=40)
    email = serializers.EmailField(default="", allow_blank=True, max_length=254)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either the kenmerk or a name."""
        anders = [naam for naam, waarde in attrs.items() if waarde and naam != "kenmerk"]
        if attrs["kenmerk"] and anders:
            raise serializers.ValidationError({"kenmerk": ["Geef het kenmerk, of wie het is; niet allebei."]})
        if not attrs["kenmerk"] and not attrs["achternaam"]:
            raise serializers.ValidationError({"achternaam": ["Geef een achternaam, of het kenmerk."]})
        return attrs


class Terugbelwens(Invoer):
    """A promise to call back that goes with the melding; without a name or number those of the melder."""

    naam = Tekst(required=False, max_length=MAX_NAAM)
    telefoon = Telefoon(default="", allow_blank=True, max_length=40)
    vraag = Tekst(required=False, max_length=MAX_VRAAG)


class Meldinginvoer(Invoer):
    """A melding in one call: contact, melder, person, question, and a promise to call back where that was made."""

    melder = Melderinvoer()
    persoon = Persooninvoer(
        required=False, allow_null=True, default=None, help_text="Zonder is het de melder zelf."
    )
    vraag = Tekst(max_length=MAX_VRAAG, help_text="In de woorden van wie belt.")
    spoed = serializers.BooleanField(default=False, help_text="Iemand moet dit vandaag oppakken.")
    kanaal = Keuze(Kanaal, zonder=(Kanaal.AFLOOP_INDICATIE,), default=Kanaal.TELEFOON)
    aanleiding = Keuze(Aanleiding, default=Aanleiding.NIEUWE_VRAAG)
    categorie = Keuze(Categorie, default=None, allow_null=True)
    toestemming = Keuze(
        Toestemming, default=None, allow_null=True, help_text="Of de persoon van de melding weet."
    )
    levensgebieden = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, max_length=50, help_text="Codes."
    )
    ontvangenOp = Dag(
        hoogstens=timezone.localdate,
        default=None,
        allow_null=True,
        help_text="De dag waarop het binnenkwam; zonder is het vandaag.",
    )
    klantcontact = ContactBijMelding(required=False, allow_null=True, default=None)
    terugbelverzoek = Terugbelwens(required=False, allow_null=True, default=None)
    tochApart = serializers.BooleanField(
        default=False, help_text="Het gaat om iets anders dan de melding die zojuist is vastgelegd."
    )

    def validate_levensgebieden(self, codes: list[str]) -> list[Levensgebied]:
        """Those that there are."""
        if not codes:
            return []
        bekend = {gebied.code: gebied for gebied in Levensgebied.objects.geldig_op(timezone.localdate())}
        if not bekend.keys() >= set(codes):
            raise serializers.ValidationError(f"Verwacht codes uit: {', '.join(bekend)}.")
        return [bekend[code] for code in dict.fromkeys(codes)]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Who reports about another says who that is, and who is to be called has a number."""
        fouten: dict[str, Any] = {}
        if attrs["persoon"] is None and attrs["melder"]["soort"] != Meldersoort.INWONER:
            fouten["persoon"] = ["Geef op om wie het gaat."]
        wens = attrs["terugbelverzoek"]
        if wens is not None and not (wens["telefoon"] or attrs["melder"]["telefoon"]):
            fouten["terugbelverzoek"] = {"telefoon": ["Geef het nummer op dat gebeld moet worden."]}
        if fouten:
            raise serializers.ValidationError(fouten)
        return attrs


class Terugbelinvoer(Invoer):
    """A call-back by the team of the melding, of the postcode, or with that code; else of all."""

    naam = Tekst(max_length=MAX_NAAM)
    telefoon = Telefoon(max_length=40)
    vraag = Tekst(required=False, max_length=MAX_VRAAG)
    spoed = serializers.BooleanField(default=False)
    melding = Tekst(required=False, max_length=20, help_text="Nummer van een melding die u zelf deed.")
    postcode = Postcode(default="", allow_blank=True, max_length=10)
    team = Tekst(required=False, max_length=64, help_text="Code van het team.")

    def validate_team(self, code: str) -> Team | None:
        """The team with this code."""
        team = Team.objects.filter(code=code).first() if code else None
        if code and team is None:
            raise serializers.ValidationError("Er is geen team met deze code.")
        return team


class Intrekking(Invoer):
    """Why nobody has to call any more."""

    reden = Tekst(max_length=1000)


class Zoekinvoer(Invoer):
    """What is known about a caller; one detail isn't enough to look into who is known here."""

    naam = Tekst(required=False, max_length=MAX_NAAM)
    geboortedatum = Dag(hoogstens=timezone.localdate, default=None, allow_null=True)
    telefoon = Telefoon(default="", allow_blank=True, max_length=40)
    email = serializers.EmailField(default="", allow_blank=True, max_length=254)
    postcode = Postcode(default="", allow_blank=True, max_length=10)
    huisnummer = Tekst(required=False, max_length=20)
    burgerservicenummer = Tekst(required=False, max_length=20)

    def validate_burgerservicenummer(self, nummer: str) -> str:
        """Nine digits that pass the 11-proef."""
        if nummer and not elfproef.is_valid(nummer):
            raise serializers.ValidationError("Verwacht negen cijfers die aan de elfproef voldoen.")
        return nummer

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A BSN, or two of the others; an address is one."""
        gegeven = [
            attrs["naam"],
            attrs["geboortedatum"],
            attrs["telefoon"],
            attrs["email"],
            attrs["postcode"],
        ]
        if not attrs["burgerservicenummer"] and sum(map(bool, gegeven)) < 2:
            raise serializers.ValidationError(
                "Geef het burgerservicenummer, of minstens twee van: naam, geboortedatum, telefoon, email, postcode."
            )
        return attrs


def kenmerk_van(persoon: Persoon, spoor: Spoor) -> str:
    """By which who found somebody names them for an hour: sealed, and of no use to another."""
    return signing.dumps([spoor.wie.medewerker, persoon.pk], salt=KENMERK_ZOUT)


def melder(gegevens: dict[str, Any]) -> Melder:
    """Who brings it."""
    return Melder(**gegevens)


def voor(gegevens: dict[str, Any], spoor: Spoor) -> Persoon | NieuwePersoon:
    """Whom it is about: somebody whom the caller found, somebody new, or the melder.

    400 for a kenmerk that is not, or no longer, for this caller.
    """
    persoon, zelf = gegevens["persoon"], gegevens["melder"]
    if persoon is None:
        return NieuwePersoon(achternaam=zelf["naam"], telefoon=zelf["telefoon"], email=zelf["email"])
    if not persoon["kenmerk"]:
        return NieuwePersoon(**{naam: waarde for naam, waarde in persoon.items() if naam != "kenmerk"})
    try:
        wie, sleutel = signing.loads(persoon["kenmerk"], salt=KENMERK_ZOUT, max_age=KENMERK_SECONDEN)
        if wie != spoor.wie.medewerker:
            raise signing.BadSignature
        return lees(Persoon, sleutel, spoor=spoor, actie=Actie.ZIEN, handeling=Handeling.GEVONDEN)
    except (signing.BadSignature, GeenToegang) as fout:
        raise serializers.ValidationError({"persoon": {"kenmerk": [KENMERK_WEG]}}) from fout
