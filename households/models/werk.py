"""Who has to do with a household, and since when: working with it, looking in once, knowing that two are one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from households.models.mensen import Huishouden, Persoon
from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.lezen import Onderwerp
from teams.models import Team
from teams.perioden import Periode, lopend


class Betrokkenheidsoort(Code):
    """In what way somebody has to do with a household."""

    CONTACTPERSOON = 1, "vaste contactpersoon"
    BETROKKEN = 2, "betrokken"
    OPGESCHAALD = 3, "erbij gevraagd"


class Betrokkenheid(Periode):
    """A medewerker, or an expertteam that was asked along, works with a household.

    The vaste contactpersoon is one of them, never two at a time; rows stay, so every change can be counted.
    """

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="betrokkenen")
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="betrokkenheden"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="betrokkenheden")
    soort = codeveld(Betrokkenheidsoort)

    class Meta:
        verbose_name = "betrokkenheid"
        verbose_name_plural = "betrokkenheden"
        constraints = [
            in_lijst("betrokkenheid", "soort", Betrokkenheidsoort),
            niet_voor("betrokkenheid", "vanaf", "tot"),
            models.CheckConstraint(
                condition=Q(soort=Betrokkenheidsoort.OPGESCHAALD, team__isnull=False, medewerker__isnull=True)
                | ~Q(soort=Betrokkenheidsoort.OPGESCHAALD) & Q(team__isnull=True, medewerker__isnull=False),
                name="betrokkenheid_van_medewerker_of_expertteam",
            ),
            models.UniqueConstraint(
                fields=["huishouden"],
                condition=lopend() & Q(soort=Betrokkenheidsoort.CONTACTPERSOON),
                name="betrokkenheid_een_contactpersoon",
            ),
            models.UniqueConstraint(
                fields=["huishouden", "medewerker", "team", "soort"],
                condition=lopend(),
                nulls_distinct=False,
                name="betrokkenheid_een_keer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["huishouden", "vanaf"],
                condition=Q(soort=Betrokkenheidsoort.OPGESCHAALD),
                name="betrokkenheid_opgeschaald",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} bij huishouden {self.huishouden_id}"


class Oordeel(Code):
    """What the review of a noodtoegang came to."""

    TERECHT = 1, "terecht"
    NIET_TERECHT = 2, "niet terecht"


class Noodtoegang(Periode):
    """Somebody opened the dossier of another team, for a set time, with a reason; reviewed afterwards."""

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="noodtoegangen")
    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="noodtoegangen")
    oordeel = codeveld(Oordeel, null=True)
    oordeel_toelichting = models.TextField(blank=True, default="", db_default="")
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    beoordeeld_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        constraints = [
            in_lijst("noodtoegang", "oordeel", Oordeel),
            models.CheckConstraint(condition=~Q(reden=""), name="noodtoegang_met_reden"),
            models.CheckConstraint(condition=Q(tot__isnull=False), name="noodtoegang_eindigt"),
            models.CheckConstraint(
                condition=Q(beoordeeld_door__isnull=True) | ~Q(beoordeeld_door=F("medewerker")),
                name="noodtoegang_niet_zelf_beoordeeld",
            ),
        ]

    def __str__(self) -> str:
        return f"noodtoegang tot huishouden {self.huishouden_id}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(huishouden=self.huishouden_id)


class Gelijkstelling(Periode):
    """Two rows turned out to be one person: `dubbel` is the same as `persoon`. Ended, everything is as it was.

    Whether each had a BSN then, since one may be given the other's while they are one.
    """

    dubbel = models.ForeignKey(Persoon, models.PROTECT, related_name="gelijkstellingen")
    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="+")
    dubbel_met_bsn = models.BooleanField(null=True, editable=False)
    persoon_met_bsn = models.BooleanField(null=True, editable=False)

    class Meta:
        verbose_name = "gelijkstelling"
        verbose_name_plural = "gelijkstellingen"
        constraints = [
            models.CheckConstraint(condition=~Q(dubbel=F("persoon")), name="gelijkstelling_van_twee"),
            models.UniqueConstraint(fields=["dubbel"], condition=lopend(), name="gelijkstelling_een_keer"),
        ]

    def __str__(self) -> str:
        return f"persoon {self.dubbel_id} is persoon {self.persoon_id}"
