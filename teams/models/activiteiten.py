"""What the disciplines in a team do together, registered once."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from teams.codes import Code, codeveld, in_lijst
from teams.models.waar import Team
from teams.versies import Versie, VersieQuerySet

OPBOUWWERK, CONSULENT = "opbouwwerk", "vrijwilligersconsulent"
"""The disciplines of which the monitor tells what they do: tables 2.7 and 2.8."""


class Activiteitsoort(Code):
    """What an activity of a discipline was."""

    SPREEKUUR = 1, "spreekuur"
    COLLECTIEF_ARRANGEMENT = 2, "collectief arrangement"
    BUURTACTIVITEIT = 3, "buurtactiviteit"
    WIJKNETWERKBIJEENKOMST = 4, "wijknetwerkbijeenkomst"


class Activiteit(Versie):
    """An activity of the disciplines in a team, registered once, together (table 2.7)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="activiteiten")
    discipline = models.CharField(max_length=200, blank=True, default="", db_default="")
    soort = codeveld(Activiteitsoort)
    datum = models.DateField(db_index=True)
    bewoners = models.PositiveIntegerField(null=True)
    verwezen = models.PositiveIntegerField(null=True)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [*Versie.Meta.constraints, in_lijst("activiteit", "soort", Activiteitsoort)]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.datum:%d-%m-%Y}"


class Vervolg(Code):
    """What followed from a consult of a vrijwilligersconsulent (table 2.8)."""

    KEUKENTAFELGESPREK = 1, "keukentafelgesprek"
    BEGELEIDINGSGESPREKKEN = 2, "begeleidingsgesprekken"
    ALGEMENE_VOORZIENING = 3, "algemene voorziening"
    VERWEZEN_VRIJWILLIGERSWERK = 4, "verwezen naar vrijwilligerswerk"
    ACTIEF_GEWORDEN = 5, "actief geworden"
    INFORMATIE_ADVIES = 6, "informatie en advies"
    ZELF_GEHOLPEN_REGELZAKEN = 7, "zelf geholpen met regelzaken"


class Consult(Versie):
    """A contact of a discipline with a resident, with everything that followed from it (table 2.8)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="consulten")
    discipline = models.CharField(max_length=200, blank=True, default="", db_default="")
    datum = models.DateField(db_index=True)
    uren = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    vervolg = ArrayField(codeveld(Vervolg), default=list)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "consult"
        verbose_name_plural = "consulten"
        constraints = [
            *Versie.Meta.constraints,
            models.CheckConstraint(
                condition=Q(vervolg__contained_by=Vervolg.values), name="consult_vervolg_in_lijst"
            ),
        ]

    def __str__(self) -> str:
        return f"consult op {self.datum:%d-%m-%Y}"

    @property
    def gevolgd(self) -> list[str]:
        """What followed, in words."""
        return [str(Vervolg(code).label) for code in self.vervolg]
