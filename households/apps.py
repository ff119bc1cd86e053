"""App config of households."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """Above teams."""

    name = "households"
    verbose_name = "Huishoudens"
