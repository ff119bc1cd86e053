"""App of the teams, their areas and their people."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Lowest layer: imports nothing of the other apps."""

    name = "teams"
    verbose_name = "Teams"
