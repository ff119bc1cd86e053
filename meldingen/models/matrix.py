"""A matrix by which a municipality may score how somebody is doing, and the scores; names after the GGM.

None is shipped: criteria texts are mostly licensed, so a municipality loads its own (`manage.py laad_matrix`).
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models import Persoon
from meldingen.models.melding import Melding
from teams.codes import niet_voor
from teams.versies import Versie, VersieQuerySet

NIVEAUS = range(1, 6)


class MatrixQuerySet(models.QuerySet["Matrix"]):
    """Questions about which matrix is used when."""

    def geldig_op(self, dag: date) -> Matrix | None:
        """The one of a day: the latest that has begun, unless it ended; None when none is used then."""
        laatste = self.filter(geldig_van__lte=dag).order_by("-geldig_van").first()
        return laatste if laatste and (laatste.geldig_tot is None or dag < laatste.geldig_tot) else None


class Matrix(models.Model):
    """Leefgebieden with levels, used from a day; the next one ends it, or `geldig_tot` (that day excluded)."""

    naam = models.CharField(max_length=200)
    geldig_van = models.DateField("geldig van", unique=True)
    geldig_tot = models.DateField("geldig tot", null=True)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)

    objects = MatrixQuerySet.as_manager()

    class Meta:
        verbose_name = "matrix"
        verbose_name_plural = "matrices"
        constraints = [niet_voor("matrix", "geldig_van", "geldig_tot")]

    def __str__(self) -> str:
        return f"{self.naam} vanaf {self.geldig_van}"


class Leefgebied(models.Model):
    """One domain of a matrix; `volgorde` is its place."""

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="leefgebieden")
    volgorde = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=200)

    class Meta:
        verbose_name = "leefgebied"
        verbose_name_plural = "leefgebieden"
        ordering = ["matrix", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "naam"], name="leefgebied_naam_uniek"),
            models.UniqueConstraint(fields=["matrix", "volgorde"], name="leefgebied_volgorde_uniek"),
        ]

    def __str__(self) -> str:
        return self.naam


class Scoresoort(models.Model):
    """One level of a leefgebied, 1 to 5, with what it is called, and by what one knows it where that was loaded."""

    leefgebied = models.ForeignKey(Leefgebied, models.CASCADE, related_name="scoresoorten")
    niveau = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=200)
    tekst = models.TextField(blank=True, default="", db_default="")

    class Meta:
        verbose_name = "scoresoort"
        verbose_name_plural = "scoresoorten"
        ordering = ["leefgebied", "niveau"]
        constraints = [
            models.UniqueConstraint(fields=["leefgebied", "niveau"], name="scoresoort_niveau_uniek"),
            models.CheckConstraint(
                condition=Q(niveau__gte=NIVEAUS[0], niveau__lte=NIVEAUS[-1]), name="scoresoort_niveau_1_tot_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.niveau} {self.naam}"


class Score(Versie):
    """How somebody was doing on a day in one leefgebied; corrected, the old one stays beside the new."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="scores")
    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="scores")
    leefgebied = models.ForeignKey(Leefgebied, models.PROTECT, related_name="+")
    scoresoort = models.ForeignKey(Scoresoort, models.PROTECT, related_name="+")
    datum = models.DateField()

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "score"
        verbose_name_plural = "scores"
        constraints = [
            *Versie.Meta.constraints,
            models.UniqueConstraint(
                fields=["persoon", "leefgebied", "datum"],
                condition=Q(vervallen_op__isnull=True),
                name="score_een_per_dag",
            ),
        ]

    def __str__(self) -> str:
        return f"score van inwoner {self.persoon_id} op {self.datum}"
