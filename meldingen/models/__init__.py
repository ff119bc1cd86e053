"""The melding and its facts: from the first contact to a decision."""

from meldingen.models.gebeurtenis import (
    STATUS_DOOR,
    Aanleiding,
    Categorie,
    Gebeurtenis,
    Kanaal,
    Soort,
)
from meldingen.models.klantcontact import Afhandeling, Contactkanaal, Klantcontact, Thema
from meldingen.models.melding import Melding, Status
from meldingen.models.stand import Blad, Stand, StandQuerySet

__all__ = [
    "STATUS_DOOR",
    "Aanleiding",
    "Afhandeling",
    "Blad",
    "Categorie",
    "Contactkanaal",
    "Gebeurtenis",
    "Kanaal",
    "Klantcontact",
    "Melding",
    "Soort",
    "Stand",
    "StandQuerySet",
    "Status",
    "Thema",
]
