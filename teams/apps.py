"""App of the teams, their areas and their people."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TeamsConfig(AppConfig):
    """Lowest layer: imports nothing of the other apps."""

    name = "teams"
    verbose_name = "Teams"

    def ready(self) -> None:
        """Every app says in its `tasks` which effects it knows."""
        autodiscover_modules("tasks")
