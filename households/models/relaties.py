"""How people are related to each other, and who of other organisations works with a household."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.mensen import Huishouden, Persoon
from teams.codes import Code, codeveld, in_lijst, niet_voor


class Relatiesoort(Code):
    """What one person is to another; read from `van` to `naar`."""

    PARTNER = 1, "partner van"
    EX_PARTNER = 2, "ex-partner van"
    OUDER = 3, "ouder van"
    PLEEGOUDER = 4, "pleegouder van"
    BROER_OF_ZUS = 5, "broer of zus van"
    GROOTOUDER = 6, "opa of oma van"
    GEZAG = 7, "heeft gezag over"
    MANTELZORGER = 8, "zorgt als mantelzorger voor"
    CURATOR = 9, "curator van"
    BEWINDVOERDER = 10, "bewindvoerder van"
    MENTOR = 11, "mentor van"

    @property
    def omgekeerd(self) -> str:
        """The same relation read from `naar` to `van`."""
        return str(OMGEKEERD.get(self, self.label))


OMGEKEERD = {
    Relatiesoort.OUDER: "kind van",
    Relatiesoort.PLEEGOUDER: "pleegkind van",
    Relatiesoort.GROOTOUDER: "kleinkind van",
    Relatiesoort.GEZAG: "staat onder gezag van",
    Relatiesoort.MANTELZORGER: "krijgt mantelzorg van",
    Relatiesoort.CURATOR: "staat onder curatele van",
    Relatiesoort.BEWINDVOERDER: "heeft als bewindvoerder",
    Relatiesoort.MENTOR: "heeft als mentor",
}
WEDERZIJDS = (Relatiesoort.PARTNER, Relatiesoort.EX_PARTNER, Relatiesoort.BROER_OF_ZUS)
"""The same from both sides; stored once, the smallest key first."""


class GedateerdQuerySet(models.QuerySet["Relatie"]):
    """Questions about what holds on a day."""

    def op_dag(self, dag: date) -> GedateerdQuerySet:
        """Those that hold on a day; one of which nobody knows when it began has always been so."""
        return self.filter(Q(vanaf__isnull=True) | Q(vanaf__lte=dag)).filter(
            Q(tot__isnull=True) | Q(tot__gt=dag)
        )


class Relatie(models.Model):
    """One person is something to another, from a day (or since nobody knows when) until another (exclusive)."""

    van = models.ForeignKey(Persoon, models.PROTECT, related_name="relaties")
    naar = models.ForeignKey(Persoon, models.PROTECT, related_name="relaties_terug")
    soort = codeveld(Relatiesoort)
    vanaf = models.DateField(null=True)
    tot = models.DateField(null=True)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = GedateerdQuerySet.as_manager()

    class Meta:
        verbose_name = "relatie"
        verbose_name_plural = "relaties"
        constraints = [
            in_lijst("relatie", "soort", Relatiesoort),
            niet_voor("relatie", "vanaf", "tot"),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="relatie_niet_met_zichzelf"),
            models.CheckConstraint(
                condition=~Q(soort__in=WEDERZIJDS) | Q(van__lt=F("naar")), name="relatie_wederzijds_een_rij"
            ),
            models.UniqueConstraint(
                fields=["van", "naar", "soort"],
                condition=Q(tot__isnull=True),
                name="relatie_een_keer_tegelijk",
            ),
        ]

    def __str__(self) -> str:
        return f"persoon {self.van_id} {self.get_soort_display()} persoon {self.naar_id}"


class Ketenpartner(models.Model):
    """Somebody of another organisation works with a household, and in which overleg it is spoken of (R23)."""

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="ketenpartners")
    organisatie = models.CharField(max_length=200)
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    rol = models.CharField(max_length=200, blank=True, default="", db_default="")
    telefoon = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    overleg = models.CharField(max_length=200, blank=True, default="", db_default="")
    vanaf = models.DateField()
    tot = models.DateField(null=True)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    beeindigd_op = models.DateTimeField(null=True, editable=False)
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "ketenpartner"
        verbose_name_plural = "ketenpartners"
        constraints = [
            niet_voor("ketenpartner", "vanaf", "tot"),
            models.CheckConstraint(condition=~Q(organisatie=""), name="ketenpartner_met_organisatie"),
        ]

    def __str__(self) -> str:
        return self.wie

    @property
    def wie(self) -> str:
        """The person and the organisation, as one says it."""
        return ", ".join(filter(None, (self.naam, self.organisatie)))
