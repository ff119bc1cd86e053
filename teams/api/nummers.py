"""Numbers of rows in an address."""

from __future__ import annotations

import re

from django.http import Http404

_NUMMER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def rijnummer(tekst: str) -> int:
    """The key that stands in an address; Http404 for what can't be one."""
    if not _NUMMER.fullmatch(tekst):
        raise Http404
    return int(tekst)
