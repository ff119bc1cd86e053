"""What the description of the API says of every resource."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from teams.api.bladeren import HOOGSTENS, STANDAARD

BLADEREN = [
    OpenApiParameter(
        "paginaGrootte",
        {"type": "integer", "minimum": 1, "maximum": HOOGSTENS, "default": STANDAARD},
        description="Hoeveel er op een pagina staan.",
    ),
    OpenApiParameter(
        "vanaf",
        OpenApiTypes.STR,
        description="Uit `volgende` van het vorige antwoord; zonder begint u vooraan.",
    ),
]
