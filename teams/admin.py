"""Beheer of accounts, teams and settings."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from teams.models import Aanstelling, Instelling, Inwonertal, Medewerker, Postcodegebied, Team


class AanstellingInline(admin.TabularInline):
    """Since when somebody has which role, and where."""

    model = Aanstelling
    extra = 0


@admin.register(Medewerker)
class MedewerkerAdmin(UserAdmin):
    """Accounts and their roles; what a role may do stands in `teams.access`, and nowhere else."""

    list_display = ["username", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "aanstellingen__rol", "aanstellingen__team"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Wie", {"fields": ["first_name", "last_name", "email", "is_active"]}),
        ("Sinds", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    inlines = [AanstellingInline]


class PostcodegebiedInline(admin.TabularInline):
    """The area of a team."""

    model = Postcodegebied
    extra = 0


class InwonertalInline(admin.TabularInline):
    """The denominators of a team."""

    model = Inwonertal
    extra = 0


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    """Teams with their area and inhabitants; their open hours have a page of their own."""

    list_display = ["naam", "code", "soort", "stadsdeel"]
    list_filter = ["soort", "stadsdeel"]
    search_fields = ["naam", "code"]
    inlines = [PostcodegebiedInline, InwonertalInline]


@admin.register(Instelling)
class InstellingAdmin(admin.ModelAdmin):
    """Terms, thresholds and amounts, each from a day on."""

    list_display = ["sleutel", "geldig_van", "waarde"]
    list_filter = ["sleutel"]
    ordering = ["sleutel", "-geldig_van"]
