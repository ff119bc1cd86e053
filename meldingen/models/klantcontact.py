"""Contacts with the KCC."""

from __future__ import annotations

from django.db import models

from meldingen.models.melding import Melding
from teams.codes import Code, codeveld, in_lijst
from teams.versies import Versie, VersieQuerySet
from voorzieningen.models import Wet


class Contactkanaal(Code):
    """The way by which somebody reached the KCC."""

    TELEFOON = 1, "telefoon"
    EMAIL = 2, "e-mail"
    WEBFORMULIER = 3, "webformulier"
    BALIE = 4, "balie"


class Thema(Code):
    """What a contact was about (table 2.1)."""

    WERK_EN_UITKERING = 1, "werk en uitkering"
    ZORG_EN_ONDERSTEUNING = 2, "zorg en ondersteuning"
    JEUGD_EN_OPVOEDING = 3, "jeugd en opvoeding"


class Afhandeling(Code):
    """What the KCC did with a contact."""

    DIRECT = 1, "direct afgehandeld"
    DOORGEZET_WIJKTEAM = 2, "doorgezet naar het wijkteam"
    DOORGEZET_WERK_EN_INKOMEN = 3, "doorgezet naar werk en inkomen"


class Klantcontact(Versie):
    """One contact with the KCC, whether or not it became a melding."""

    datum = models.DateField(db_index=True)
    kanaal = codeveld(Contactkanaal, null=True)
    thema = codeveld(Thema, null=True)
    wet = codeveld(Wet, null=True)
    afhandeling = codeveld(Afhandeling, null=True)
    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="klantcontacten")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "klantcontact"
        verbose_name_plural = "klantcontacten"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("klantcontact", "kanaal", Contactkanaal),
            in_lijst("klantcontact", "thema", Thema),
            in_lijst("klantcontact", "wet", Wet),
            in_lijst("klantcontact", "afhandeling", Afhandeling),
        ]

    def __str__(self) -> str:
        return f"klantcontact op {self.datum}"
