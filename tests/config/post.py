"""The mails that the development mailer wrote to files."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from pathlib import Path

STREEP = b"-" * 79 + b"\n"


def geadresseerden(data: Path) -> Counter[str]:
    """To whom how many mails were written, whole ones alone; Django may put several in one file."""
    bestanden = (data / "post").glob("*.log")
    mails = [mail for bestand in bestanden for mail in bestand.read_bytes().split(STREEP)[:-1]]
    return Counter(str(message_from_bytes(mail)["To"]) for mail in mails)
