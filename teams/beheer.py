"""The rights of Django's admin, from the one table of rights."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from teams.access import STAMGEGEVENS, Actie, mag_ooit
from teams.gronden import MEDEWERKER, Wie
from teams.models import Medewerker


class Rechten(ModelBackend):
    """Password sign-in as always; every permission follows from `teams.access`, none from groups or flags."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether somebody keeps the model that `perm` names, such as `teams.change_team`."""
        app, _, rest = perm.partition(".")
        try:
            model = apps.get_model(app, rest.partition("_")[2])
        except LookupError:
            return False
        return mag_ooit(_wie(user_obj), Actie.BEHEREN, model)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether somebody keeps anything of an app."""
        wie = _wie(user_obj)
        return any(
            mag_ooit(wie, Actie.BEHEREN, model) for model in apps.get_app_config(app_label).get_models()
        )


class Beheer(admin.AdminSite):
    """The admin: for who keeps accounts, in a role that says so."""

    site_header = site_title = "Eenplan beheer"
    index_title = "Stamgegevens"

    def has_permission(self, request: HttpRequest) -> bool:
        """Not by `is_staff`, but by role."""
        return mag_ooit(_wie(request.user), Actie.BEHEREN, MEDEWERKER)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what somebody may keep; what installed apps bring along (groups, keys) has no address at all."""
        modellen: list[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        beheerd = [model for model in modellen if model._meta.label in STAMGEGEVENS]
        super().register(beheerd, admin_class, **options)


def _wie(medewerker: Any) -> Wie:
    """The roles of somebody, looked up once per object, that is per request."""
    if not isinstance(medewerker, Medewerker):
        return Wie.van(medewerker)
    if not hasattr(medewerker, "_wie"):
        medewerker._wie = Wie.van(medewerker)  # type: ignore[attr-defined]
    wie: Wie = medewerker._wie  # type: ignore[attr-defined]
    return wie
