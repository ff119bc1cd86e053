"""App config of meldingen."""

from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    """Above voorzieningen."""

    name = "meldingen"
    verbose_name = "Meldingen"
