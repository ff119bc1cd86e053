"""What isn't written by somebody who wants something: found by what its headers say (RFC 3834 and its surroundings)."""

from __future__ import annotations

from collections.abc import Collection
from email.message import Message

from meldingen.models import Weringsgrond
from teams.mail import is_eigen_kenmerk

AAN_VELEN = ("bulk", "junk")
LIJST, ANTWOORD = "list", "auto_reply"
"""Values of Precedence."""
RAPPORT = "multipart/report"
"""What mail servers and mail programs tell of a mail: not delivered, opened."""


def weringsgrond(
    mail: Message, *, afzender: str, kenmerk: str, eigen: Collection[str]
) -> Weringsgrond | None:
    """Why a mail is kept out; None when it isn't. `eigen` are our own addresses, in lower case.

    Whoever answers a mail of ours names it in In-Reply-To: that is somebody, and no loop.
    """
    if afzender.lower() in eigen or is_eigen_kenmerk(kenmerk):
        return Weringsgrond.EIGEN
    if _kop(mail, "Return-Path") == "<>" or mail.get_content_type() == RAPPORT:
        return Weringsgrond.GEEN_AFZENDER
    precedence = _kop(mail, "Precedence").lower()
    if _kop(mail, "List-Id") or precedence == LIJST:
        return Weringsgrond.LIJST
    automatisch = _kop(mail, "Auto-Submitted").lower()
    if (automatisch and automatisch.split(";")[0].strip() != "no") or precedence == ANTWOORD:
        return Weringsgrond.AUTOMATISCH
    if precedence in AAN_VELEN:
        return Weringsgrond.BULK
    if _kop(mail, "X-Auto-Response-Suppress").lower() not in ("", "none"):
        return Weringsgrond.AUTOMATISCH
    return None


def _kop(mail: Message, naam: str) -> str:
    return str(mail.get(naam, "")).strip()
