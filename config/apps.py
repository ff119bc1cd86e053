"""The composition root as an app, for the commands that touch every other app."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """Holds `importeer` and `demo`."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """What a web process announces goes to the broker of the settings; every sign-in notes when it began."""
        import_module("config.celery")
        import_module("config.sessie")


class BeheerConfig(AdminConfig):
    """The admin, with rights from the one table of rights."""

    default_site = "teams.beheer.Beheer"
