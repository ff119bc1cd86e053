"""What an error looks like in the log of the server: where it arose and of what kind, without anybody's data.

The text of an exception repeats what somebody typed, or the row that PostgreSQL refused; the log of a server is read,
copied and kept by people who have no business there (compare `Bericht.laatste_fout`).
"""

from __future__ import annotations

import copy
import logging
import traceback
from typing import Any


class Logregel(logging.Formatter):
    """A line as the settings say, and below it the places in the code, the class of the error and what it came from."""

    def format(self, record: logging.LogRecord) -> str:
        """As always; Celery says the text of an error in its own line, too, and there it is left out as well."""
        fout, woorden = record.exc_info, record.args
        if fout and isinstance(woorden, dict) and "exc" in woorden:
            record = copy.copy(record)
            zonder_tekst: dict[str, object] = {**woorden, "exc": type(fout[1]).__name__, "traceback": ""}
            record.args = zonder_tekst
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """The stack of the error and of those that it came from, the first first, without their texts."""
        delen: list[str] = []
        fout: BaseException | None = ei[1]
        while fout is not None:
            plaatsen = "".join(traceback.format_tb(fout.__traceback__))
            delen.append(f"{plaatsen}{type(fout).__module__}.{type(fout).__qualname__}{_beperking(fout)}")
            fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
        return "\n".join(reversed(delen))


def _beperking(fout: BaseException) -> str:
    """The name of the constraint that was broken, which says nothing about anybody."""
    naam = getattr(getattr(fout, "diag", None), "constraint_name", None)
    return f" ({naam})" if naam else ""
