"""What people objected to, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.db.models import Q

from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.lezen import Onderwerp
from teams.models import Team
from teams.versies import Versie, VersieQuerySet
from voorzieningen.models.maatwerk import Beschikking, Wet


class Klachtsoort(Code):
    """Ways to disagree (tables 2.27 and 2.29)."""

    KLACHT = 1, "klacht"
    BEZWAAR = 2, "bezwaar"
    BEROEP = 3, "beroep"
    HOGER_BEROEP = 4, "hoger beroep"
    VOORLOPIGE_VOORZIENING = 5, "voorlopige voorziening"
    OMBUDSMAN = 6, "klacht bij de ombudsman"


MET_TERMIJN = (Klachtsoort.KLACHT, Klachtsoort.BEZWAAR)
"""What the municipality itself answers, within a term of the Awb; the others are for a court or the ombudsman."""


class Klachtuitkomst(Code):
    """How it ended."""

    GEGROND = 1, "gegrond"
    DEELS_GEGROND = 2, "deels gegrond"
    ONGEGROND = 3, "ongegrond"
    NIET_ONTVANKELIJK = 4, "niet-ontvankelijk"
    INGETROKKEN = 5, "ingetrokken"
    OPGELOST = 6, "in overleg opgelost"
    NIET_BEHANDELD = 7, "niet in behandeling genomen"
    TOEGEWEZEN = 8, "toegewezen"
    AFGEWEZEN = 9, "afgewezen"


_OORDEEL = (Klachtuitkomst.GEGROND, Klachtuitkomst.DEELS_GEGROND, Klachtuitkomst.ONGEGROND)
_BIJ_KLACHT = (
    *_OORDEEL,
    Klachtuitkomst.INGETROKKEN,
    Klachtuitkomst.OPGELOST,
    Klachtuitkomst.NIET_BEHANDELD,
)
_BIJ_RECHT = (*_OORDEEL, Klachtuitkomst.NIET_ONTVANKELIJK, Klachtuitkomst.INGETROKKEN)
UITKOMSTEN: Mapping[Klachtsoort, tuple[Klachtuitkomst, ...]] = {
    Klachtsoort.KLACHT: _BIJ_KLACHT,
    Klachtsoort.OMBUDSMAN: _BIJ_KLACHT,
    Klachtsoort.BEZWAAR: _BIJ_RECHT,
    Klachtsoort.BEROEP: _BIJ_RECHT,
    Klachtsoort.HOGER_BEROEP: _BIJ_RECHT,
    Klachtsoort.VOORLOPIGE_VOORZIENING: (
        Klachtuitkomst.TOEGEWEZEN,
        Klachtuitkomst.AFGEWEZEN,
        Klachtuitkomst.NIET_ONTVANKELIJK,
        Klachtuitkomst.INGETROKKEN,
    ),
}
"""Which outcomes each kind can have: a klacht has an oordeel (Awb art. 9:12), a bezwaar can be niet-ontvankelijk."""


class KlachtQuerySet(VersieQuerySet["Klacht"]):
    """Questions about what came in."""

    def open(self) -> KlachtQuerySet:
        """What nobody answered yet."""
        return self.filter(afgehandeld_op__isnull=True)

    def van_zaak(self, klacht: Klacht) -> KlachtQuerySet:
        """Every version of one klacht, the last first."""
        zelfde = Q(ref=klacht.ref) if klacht.ref else Q(pk=klacht.pk)
        return self.filter(zelfde).order_by("-versie")


class Klacht(Versie):
    """A klacht, bezwaar or beroep that came in, with how far it is; `beschikking` is the first version of the one it
    is about.

    `betreft` and `indiener` are words, since who objects need not be a resident we know, and a klacht may be about a
    medewerker: neither is ever a figure. `bekendgemaakt_op` is the day of the decision, from which the term for a
    bezwaar follows.
    """

    datum = models.DateField("ontvangen op", db_index=True)
    wet = codeveld(Wet, null=True)
    soort = codeveld(Klachtsoort)
    betreft = models.TextField(blank=True, default="", db_default="", db_column="onderwerp")
    beschikking = models.ForeignKey(Beschikking, models.PROTECT, null=True, related_name="klachten")
    team = models.ForeignKey(Team, models.PROTECT, null=True, db_index=False, related_name="klachten")
    indiener = models.CharField("van wie", max_length=200, blank=True, default="", db_default="")
    bekendgemaakt_op = models.DateField("besluit bekendgemaakt op", null=True)
    commissie = models.BooleanField("met adviescommissie", default=False, db_default=False)
    verdaagd_op = models.DateField("verdaagd op", null=True)
    uitkomst = codeveld(Klachtuitkomst, null=True)
    afgehandeld_op = models.DateField("afgehandeld op", null=True)

    objects = KlachtQuerySet.as_manager()

    class Meta:
        verbose_name = "klacht"
        verbose_name_plural = "klachten"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("klacht", "wet", Wet),
            in_lijst("klacht", "soort", Klachtsoort),
            in_lijst("klacht", "uitkomst", Klachtuitkomst),
            niet_voor("klacht", "datum", "verdaagd_op"),
            niet_voor("klacht", "datum", "afgehandeld_op"),
            models.CheckConstraint(
                condition=Q(uitkomst__isnull=True, afgehandeld_op__isnull=True)
                | Q(uitkomst__isnull=False, afgehandeld_op__isnull=False),
                name="klacht_uitkomst_met_dag",
            ),
            models.CheckConstraint(
                condition=Q(verdaagd_op__isnull=True) | Q(soort__in=MET_TERMIJN),
                name="klacht_verdaagd_met_termijn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.datum:%d-%m-%Y}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log: the person of the beschikking, where one is known."""
        return Onderwerp(persoon=self.beschikking.persoon_id if self.beschikking else None)

    @property
    def besluit_van(self) -> date | None:
        """The day on which the decision was made known against which this is; None when nobody noted it."""
        if self.bekendgemaakt_op or not self.beschikking:
            return self.bekendgemaakt_op
        return self.beschikking.besluitdatum
