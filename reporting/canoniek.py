"""One way to write something as bytes, so that the same content always has the same sum."""

from __future__ import annotations

import json
from typing import Any


def canoniek(inhoud: Any) -> bytes:
    """JSON in UTF-8: keys sorted, no spaces, letters as they are; ValueError for what is no number (NaN)."""
    return json.dumps(
        inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()
