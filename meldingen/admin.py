"""A look at where meldingen stand; only `meldingen.workflow` changes them.

What a melding is about, and whom, is left out: beheer is no way round who may read a file.
"""

from __future__ import annotations

from django.contrib import admin

from meldingen.models import Gebeurtenis, Melding
from teams.admin import AlleenLezen

KENMERKEN = ("soort", "datum", "team", "categorie", "kanaal", "aanleiding")
GETOOND = (*KENMERKEN, "geregistreerd_op", "door", "vervallen_op", "vervallen_door")


class GebeurtenisInline(AlleenLezen, admin.TabularInline):
    """The facts of a melding, with the lapsed ones."""

    model = Gebeurtenis
    ordering = ["geregistreerd_op", "pk"]
    fields = GETOOND
    readonly_fields = GETOOND


@admin.register(Melding)
class MeldingAdmin(AlleenLezen, admin.ModelAdmin):
    """Where a melding stands, and by which facts."""

    list_display = ["pk", "status", "spoed", "geregistreerd_op"]
    list_filter = ["status", "spoed"]
    fields = ["status", "spoed", "geregistreerd_op"]
    inlines = [GebeurtenisInline]
