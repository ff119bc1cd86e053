"""The account of gesprek and onderzoek that goes to the resident (Wmo art. 2.3.2, fourth and eighth paragraph)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meldingen.models.melding import Melding
from teams.codes import codeveld, in_lijst
from teams.versies import Versie, VersieQuerySet
from voorzieningen.models import Verzendwijze

ONDERWERPEN: dict[str, str] = {
    "behoeften": "Wat de inwoner nodig heeft en belangrijk vindt",
    "eigen_kracht": "Wat de inwoner zelf kan, en wat gebruikelijk is in huis",
    "netwerk": "Wat mantelzorgers en het netwerk kunnen doen",
    "mantelzorger": "Wat de mantelzorger nodig heeft",
    "algemeen": "Wat algemene voorzieningen en activiteiten kunnen bieden",
    "samenwerking": "Wat samen met zorg, school, wonen, werk of inkomen kan",
    "bijdrage": "Welke bijdrage de inwoner zou betalen",
}
"""The subjects of the onderzoek, a to g of the fourth paragraph, by the name of their column."""


class Verslag(Versie):
    """What was found, subject by subject; a subject that doesn't apply says why. Sending it is a version, too.

    One is in force per melding. Days are those on which it was done; empty where it wasn't. `huisgenoten` is what
    the other members need. Sent before that was kept, it has no `wijze` and nobody in `verstuurd_aan`.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="verslagen")
    behoeften = models.TextField(blank=True, default="")
    eigen_kracht = models.TextField(blank=True, default="")
    netwerk = models.TextField(blank=True, default="")
    mantelzorger = models.TextField(blank=True, default="")
    algemeen = models.TextField(blank=True, default="")
    samenwerking = models.TextField(blank=True, default="")
    bijdrage = models.TextField(blank=True, default="")
    huisgenoten = models.TextField(blank=True, default="", db_default="")
    conclusie = models.TextField(blank=True, default="")
    ondersteuning_aangeboden_op = models.DateField(null=True, blank=True)
    ondersteuning_gewenst = models.BooleanField(null=True, blank=True)
    mantelzorger_gevraagd_op = models.DateField(null=True, blank=True)
    huisgenoten_gevraagd_op = models.DateField(null=True, blank=True)
    persoonlijk_plan_verteld_op = models.DateField(null=True, blank=True)
    persoonlijk_plan_op = models.DateField(null=True, blank=True)
    pgb_uitgelegd_op = models.DateField(null=True, blank=True)
    verstuurd_op = models.DateField(null=True, editable=False)
    wijze = codeveld(Verzendwijze, null=True, editable=False)
    verstuurd_aan = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("verslag", "wijze", Verzendwijze),
            models.CheckConstraint(
                condition=Q(wijze__isnull=True, verstuurd_aan="")
                | Q(wijze__isnull=False, verstuurd_op__isnull=False) & ~Q(verstuurd_aan=""),
                name="verslag_wijze_van_versturen",
            ),
            models.UniqueConstraint(
                fields=["melding"], condition=Q(vervallen_op__isnull=True), name="verslag_een_per_melding"
            ),
            models.CheckConstraint(
                condition=Q(verstuurd_op__isnull=True)
                | ~Q(conclusie="")
                & ~Q(behoeften="")
                & ~Q(eigen_kracht="")
                & ~Q(netwerk="")
                & ~Q(mantelzorger="")
                & ~Q(algemeen="")
                & ~Q(samenwerking="")
                & ~Q(bijdrage=""),
                name="verslag_volledig_verstuurd",
            ),
        ]

    def __str__(self) -> str:
        return f"verslag bij melding {self.melding_id}"
