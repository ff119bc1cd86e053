"""App config of meldingen."""

from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    """Above voorzieningen."""

    name = "meldingen"
    verbose_name = "Meldingen"

    def ready(self) -> None:
        """Tell the tijdlijn of a household what there is to tell here."""
        from meldingen import (  # noqa: F401
            besluitlijn,
            gespreklijn,
            opschalingslijn,
        )
