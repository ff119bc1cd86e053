"""Who works on the server."""

from __future__ import annotations

import os
import pwd


def gebruiker() -> str:
    """Who runs this according to the operating system, whatever the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"gebruiker {os.getuid()}"
