"""Beheer of the catalogue; what was granted is nobody's to change here."""

from __future__ import annotations

from django.contrib import admin

from voorzieningen.models import Aanbieder, Budget, Voorziening, Voorzieningengroep


class VoorzieningInline(admin.TabularInline):
    """The products of a group."""

    model = Voorziening
    extra = 0


@admin.register(Voorzieningengroep)
class VoorzieningengroepAdmin(admin.ModelAdmin):
    """Groups of the catalogue, with how the monitor counts them."""

    list_display = ["naam", "wet", "cluster", "telt_als_wmo_client", "jeugdsoort", "met_verblijf"]
    list_filter = ["wet", "cluster"]
    search_fields = ["naam"]
    inlines = [VoorzieningInline]


@admin.register(Aanbieder)
class AanbiederAdmin(admin.ModelAdmin):
    """Providers."""

    search_fields = ["naam"]


@admin.register(Budget)
class BudgetAdmin(admin.ModelAdmin):
    """What teams may spend."""

    list_display = ["jaar", "wet", "team", "bedrag"]
    list_filter = ["jaar", "wet"]
