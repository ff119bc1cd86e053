"""Reading what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from teams.api.problemen import TeGroot

GROOTST = 1_000_000
"""Bytes of a body."""


class Json(JSONParser):
    """JSON of a size that people write; nested as deep as one likes it is a mistake of the sender, not of ours."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """What stands in it; 400 for what is no JSON, 413 for too much."""
        request = (parser_context or {}).get("request")
        if request is not None and int(request.META.get("CONTENT_LENGTH") or 0) > GROOTST:
            raise TeGroot
        try:
            return super().parse(stream, media_type, dict(parser_context or {}))
        except RecursionError:
            raise ParseError from None
