"""Figures that a named source outside delivered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from teams.codes import Code, codeveld, in_lijst
from teams.versies import Versie, VersieQuerySet


class Cijferstatus(Code):
    """How sure the source is of its figure."""

    VOORLOPIG = 1, "voorlopig"
    DEFINITIEF = 2, "definitief"
    NNB = 3, "nog niet bekend"


class ExternCijfer(Versie):
    """One delivered cell of a table of the monitor; shown instead of a derived count when there is one."""

    tabel = models.CharField(max_length=20)
    rij = models.CharField(max_length=200)
    kolom = models.CharField(max_length=200, blank=True, default="", db_default="")
    periode = models.CharField(max_length=40)
    waarde = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    status = codeveld(Cijferstatus)
    bron = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "extern cijfer"
        verbose_name_plural = "externe cijfers"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("externcijfer", "status", Cijferstatus),
            models.CheckConstraint(
                condition=Q(status=Cijferstatus.NNB, waarde__isnull=True)
                | (~Q(status=Cijferstatus.NNB) & Q(waarde__isnull=False)),
                name="externcijfer_waarde_tenzij_nnb",
            ),
            models.UniqueConstraint(
                fields=["tabel", "rij", "kolom", "periode"],
                condition=Q(vervallen_op__isnull=True),
                name="externcijfer_een_van_kracht",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tabel} {self.rij} {self.periode}"
