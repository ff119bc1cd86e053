"""What changes in a household: who came, went, was born or died, with who lived where before and after."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models.mensen import Huishouden, Persoon
from teams.codes import Code, codeveld, in_lijst


class Wijzigingsoort(Code):
    """What happened to a household."""

    GEBOORTE = 1, "geboorte"
    INTREK = 2, "kwam hier wonen"
    OOK_HIER = 3, "woont hier ook"
    VERTREK = 4, "woont alleen nog in een ander huishouden"
    UIT_HUIS = 5, "uit huis gegaan"
    SPLITSING = 6, "scheiding of splitsing"
    VERHUIZING = 7, "verhuizing van het hele huishouden"
    SAMENVOEGING = 8, "samengevoegd met een ander huishouden"
    OVERLIJDEN = 9, "overleden"
    ROL = 10, "andere plaats in het huishouden"


class Gezinswijziging(models.Model):
    """Something happened to a household on a day; undone, everything is as it was.

    `huishoudens` are all that it touched, `huishouden` the one in which it was registered, `ander` the one that came of
    it or went up in it. `voor` and `na` say who lived in those, as keys: rows of `Verblijf` are never overwritten,
    so the key of one is enough to know what stood there. `begonnen` are the keys of the rows of `Betrokkenheid`
    that began with it. An address stands in `Verblijf` alone.
    """

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="wijzigingen")
    ander = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="ontstaan_uit")
    huishoudens = models.ManyToManyField(Huishouden, related_name="geschiedenis")
    personen = models.ManyToManyField(Persoon, related_name="gezinswijzigingen")
    soort = codeveld(Wijzigingsoort)
    datum = models.DateField()
    reden = models.TextField(blank=True, default="", db_default="")
    voor = models.JSONField(default=list)
    na = models.JSONField(default=list)
    begonnen = models.JSONField(default=list)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    ongedaan_op = models.DateTimeField(null=True, editable=False)
    ongedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    ongedaan_reden = models.TextField(blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = "gezinswijziging"
        verbose_name_plural = "gezinswijzigingen"
        constraints = [
            in_lijst("gezinswijziging", "soort", Wijzigingsoort),
            models.CheckConstraint(
                condition=Q(ongedaan_op__isnull=True, ongedaan_door__isnull=True, ongedaan_reden="")
                | Q(ongedaan_op__isnull=False, ongedaan_door__isnull=False) & ~Q(ongedaan_reden=""),
                name="gezinswijziging_ongedaan_met_wie_en_waarom",
            ),
            models.CheckConstraint(
                condition=Q(ander__isnull=True) | ~Q(ander=models.F("huishouden")),
                name="gezinswijziging_ander_huishouden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} in huishouden {self.huishouden_id}"
