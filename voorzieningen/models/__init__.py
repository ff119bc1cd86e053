"""What a municipality has to offer: maatwerk that it grants, and the sociale kaart that is open to all."""

from voorzieningen.models.maatwerk import (
    Aanbieder,
    Beschikking,
    BeschikkingQuerySet,
    Financieringsvorm,
    Jeugdsoort,
    Klacht,
    Klachtsoort,
    Voorziening,
    Voorzieningengroep,
    Wet,
)
from voorzieningen.models.sociale_kaart import (
    AlgemeneVoorziening,
    AlgemeneVoorzieningQuerySet,
    Kaartsoort,
    Kaartwijziging,
    controleer_gebied,
)

__all__ = [
    "Aanbieder",
    "AlgemeneVoorziening",
    "AlgemeneVoorzieningQuerySet",
    "Beschikking",
    "BeschikkingQuerySet",
    "Financieringsvorm",
    "Jeugdsoort",
    "Kaartsoort",
    "Kaartwijziging",
    "Klacht",
    "Klachtsoort",
    "Voorziening",
    "Voorzieningengroep",
    "Wet",
    "controleer_gebied",
]
