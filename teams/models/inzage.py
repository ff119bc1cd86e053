"""Who read whom, when, and on what ground: rows that are only ever added."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from teams.codes import Code, codeveld, in_lijst
from teams.models.waar import Team


class Handeling(Code):
    """What somebody did with what they saw."""

    GEOPEND = 1, "geopend"
    IN_LIJST = 2, "in een lijst gezien"
    GEVONDEN = 3, "gevonden bij het zoeken"
    AFGEDRUKT = 4, "afgedrukt"
    GEEXPORTEERD = 5, "geëxporteerd"
    GEWIJZIGD = 6, "gewijzigd"


ZELDEN = (Handeling.AFGEDRUKT, Handeling.GEEXPORTEERD)
"""What is done so seldom that reading the log by time would pass millions of lines to find it."""


class Grond(Code):
    """Why somebody was let in, in the words of the log; `teams.access` says what each means per model."""

    BEKEND = 1, "mag weten dat dit huishouden bekend is en bij wie"
    EIGEN_TEAM = 2, "werkt in het team van dit huishouden"
    BETROKKEN = 3, "is betrokken bij dit huishouden"
    OPGESCHAALD = 4, "het expertteam is erbij gevraagd"
    NOODTOEGANG = 5, "noodtoegang met opgave van reden"
    TEAM_VAN_MELDING = 6, "werkt in het team dat deze melding heeft"
    BEHANDELAAR = 7, "behandelt deze melding"
    TOETS = 8, "toetst het voorgenomen besluit"
    TOEZICHT = 9, "ziet toe op de privacy"
    ALLES = 10, "hoort bij de rol"
    ZELF = 11, "legde dit zelf vast"
    IN_DE_RIJ = 12, "ziet dat dit in de rij van het team staat"
    ZONDER_TEAM = 13, "nog bij geen enkel team"
    VERDEELT = 14, "verdeelt het werk van dit team"
    LEIDT = 15, "leidt het team dat deze melding heeft"


class Weg(Code):
    """By which door somebody came in."""

    WEB = 1, "website"
    API = 2, "koppeling"
    OPDRACHT = 3, "opdracht op de server"
    TAAK = 4, "achtergrondtaak"


class Inzage(models.Model):
    """Somebody saw, or was refused, something about a person or household (after NEN 7513).

    The keys are bare numbers: the log outlives what it is about. A trigger refuses changes and deletions;
    `onderwerp` names the model, and `sleutel` its row.
    """

    op = models.DateTimeField(db_default=Now(), editable=False)
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="inzagen",
    )
    namens = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    rollen = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    onderwerp = models.CharField(max_length=64, editable=False)
    sleutel = models.BigIntegerField(null=True, editable=False)
    persoon = models.BigIntegerField(null=True, editable=False)
    huishouden = models.BigIntegerField(null=True, editable=False)
    handeling = codeveld(Handeling, editable=False)
    grond = codeveld(Grond, null=True, editable=False)
    reden = models.TextField(blank=True, default="", db_default="", editable=False)
    weg = codeveld(Weg, editable=False)
    verzoek = models.UUIDField(null=True, editable=False)
    toegestaan = models.BooleanField(editable=False)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagen"
        indexes = [
            models.Index(fields=["persoon", "op"], name="inzage_persoon"),
            models.Index(fields=["huishouden", "op"], name="inzage_huishouden"),
            models.Index(fields=["op"], name="inzage_op"),
            models.Index(fields=["medewerker", "op"], name="inzage_medewerker"),
            models.Index(fields=["op"], name="inzage_geweigerd", condition=models.Q(toegestaan=False)),
            models.Index(
                fields=["op"], name="inzage_noodtoegang", condition=models.Q(grond=Grond.NOODTOEGANG)
            ),
            models.Index(
                fields=["handeling", "op"],
                name="inzage_zelden",
                condition=models.Q(handeling__in=ZELDEN),
            ),
        ]
        constraints = [
            in_lijst("inzage", "handeling", Handeling),
            in_lijst("inzage", "grond", Grond),
            in_lijst("inzage", "weg", Weg),
            models.CheckConstraint(
                condition=models.Q(toegestaan=False) | models.Q(grond__isnull=False),
                name="inzage_toegestaan_op_een_grond",
            ),
        ]

    def __str__(self) -> str:
        return f"inzage {self.pk}"

    @property
    def wat(self) -> str:
        """What kind of thing was seen, as one calls it."""
        try:
            return str(apps.get_model(self.onderwerp)._meta.verbose_name)
        except LookupError:
            return self.onderwerp.rpartition(".")[2].lower()

    @property
    def is_noodtoegang(self) -> bool:
        """Whether it was read with noodtoegang."""
        return bool(self.grond == Grond.NOODTOEGANG)
