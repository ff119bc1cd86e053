"""Secrets of an installation that was given none: made once, kept beside its data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def bewaard_geheim(bestand: Path, *, bytes_: int = 48) -> str:
    """The secret in `bestand`; made (mode 0600) from so many random bytes when it is not there yet.

    Two processes that make it at once end with the same secret: the first to link its file wins.
    """
    if not bestand.exists():
        bestand.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        nieuw = bestand.with_name(f"{bestand.name}.{os.getpid()}")
        nieuw.touch(mode=0o600)
        nieuw.write_text(secrets.token_urlsafe(bytes_), encoding="ascii")
        try:
            os.link(nieuw, bestand)
        except FileExistsError:
            pass
        finally:
            nieuw.unlink()
    return bestand.read_text(encoding="ascii").strip()
