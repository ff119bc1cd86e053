"""Beheer of accounts, teams and settings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from teams.models import Instelling, Inwonertal, Medewerker, Postcodegebied, Spreekuur, Team


class AlleenLezen(admin.options.BaseModelAdmin):
    """For what only a workflow writes: to look at, whatever permissions somebody has."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Medewerker)
class MedewerkerAdmin(UserAdmin):
    """Accounts."""


class PostcodegebiedInline(admin.TabularInline):
    """The area of a team."""

    model = Postcodegebied
    extra = 0


class InwonertalInline(admin.TabularInline):
    """The denominators of a team."""

    model = Inwonertal
    extra = 0


class SpreekuurInline(admin.TabularInline):
    """The open hours of a team."""

    model = Spreekuur
    extra = 0


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    """Teams with their area, inhabitants and open hours."""

    list_display = ["naam", "code", "soort", "stadsdeel"]
    list_filter = ["soort", "stadsdeel"]
    search_fields = ["naam", "code"]
    inlines = [PostcodegebiedInline, InwonertalInline, SpreekuurInline]


@admin.register(Instelling)
class InstellingAdmin(admin.ModelAdmin):
    """Terms, thresholds and amounts, each from a day on."""

    list_display = ["sleutel", "geldig_van", "waarde"]
    list_filter = ["sleutel"]
    ordering = ["sleutel", "-geldig_van"]
