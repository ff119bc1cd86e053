"""App config of voorzieningen."""

from django.apps import AppConfig


class VoorzieningenConfig(AppConfig):
    """Above households."""

    name = "voorzieningen"
    verbose_name = "Voorzieningen"
