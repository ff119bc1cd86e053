"""App config of meldingen."""

from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    """Above voorzieningen."""

    name = "meldingen"
    verbose_name = "Meldingen"

    def ready(self) -> None:
        """Tell the tijdlijn what there is to tell here, where else a BSN is kept, and what is fetched and how."""
        from households.sleutels import BEWAARPLAATSEN, Bewaarplaats
        from meldingen import (  # noqa: F401
            besluitlijn,
            gespreklijn,
            opschalingslijn,
            postlijn,
        )
        from meldingen.klantinteracties import ophalen  # noqa: F401
        from meldingen.models.partijen import BSN, PartijIdentificator
        from meldingen.postbus import ophalen as postbus  # noqa: F401

        BEWAARPLAATSEN.append(Bewaarplaats(PartijIdentificator._meta.db_table, BSN))
