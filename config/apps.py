"""The composition root as an app, for the commands that touch every other app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds `importeer` and `demo`."""

    name = "config"
    label = "config"
