"""Who signs in, and since when in which role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.models.waar import Team


class Rol(Code):
    """What somebody is here for; `teams.access` says what it lets them do."""

    WIJKWERKER = 1, "wijkwerker"
    COORDINATOR = 2, "teamcoördinator"
    EXPERT = 3, "expertteamlid"
    TOETSER = 4, "toetser"
    KCC = 5, "KCC-medewerker"
    KLACHTEN = 6, "klachtenfunctionaris"
    ANALIST = 7, "analist"
    BEHEER = 8, "functioneel beheerder"
    FG = 9, "privacyfunctionaris (FG)"
    MANAGER = 10, "manager"


IN_TEAM = (Rol.WIJKWERKER, Rol.COORDINATOR, Rol.EXPERT)
"""The roles of who does the work of a team."""
MET_TEAM = (*IN_TEAM, Rol.MANAGER)
"""The roles that one has in a team, and in no other way."""


class Medewerker(AbstractUser):
    """Somebody who signs in."""

    hoort_niets = False
    """Whether it was found, when its key was, that nothing is told to the afnemer whose account this is."""
    rollen_op: tuple[date, list[tuple[int, int | None]]] | None = None
    """The day and the roles, each with a team, that were found when the key of the afnemer was."""

    class Meta(AbstractUser.Meta):
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"

    @property
    def naam(self) -> str:
        """What colleagues call this person."""
        return self.get_full_name() or self.get_username()

    @classmethod
    def systeem(cls, naam: str) -> Medewerker:
        """The account in whose name the product itself registers something; nobody can sign in with it."""
        medewerker, _ = cls._default_manager.get_or_create(
            username=naam, defaults={"password": make_password(None)}
        )
        return medewerker

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Rights come from roles alone; no flag on the account goes round them."""
        backends: list[Any] = get_backends()
        return self.is_active and any(backend.has_perm(self, perm, obj) for backend in backends)

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`, for anything of an app."""
        backends: list[Any] = get_backends()
        return self.is_active and any(backend.has_module_perms(self, app_label) for backend in backends)


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    """Questions about who works where."""

    def op_dag(self, dag: date) -> AanstellingQuerySet:
        """What holds on a day: `vanaf` inclusive, `tot` exclusive or open."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=dag), vanaf__lte=dag)


class Aanstelling(models.Model):
    """Somebody has a role, in a team where the role belongs to one, from a day until another (exclusive)."""

    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="aanstellingen")
    rol = codeveld(Rol)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    discipline = models.CharField(max_length=200, blank=True, default="", db_default="")
    moederorganisatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    vanaf = models.DateField()
    tot = models.DateField(null=True, blank=True)

    objects = AanstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanstelling"
        verbose_name_plural = "aanstellingen"
        constraints = [
            in_lijst("aanstelling", "rol", Rol),
            niet_voor("aanstelling", "vanaf", "tot"),
            models.CheckConstraint(
                condition=Q(rol__in=MET_TEAM, team__isnull=False)
                | ~Q(rol__in=MET_TEAM) & Q(team__isnull=True),
                name="aanstelling_team_bij_teamrol",
            ),
            models.UniqueConstraint(
                fields=["medewerker", "rol", "team"],
                condition=Q(tot__isnull=True),
                nulls_distinct=False,
                name="aanstelling_een_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rol_display()} sinds {self.vanaf}"
