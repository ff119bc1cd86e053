"""The few SVG elements that the charts are made of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def element(naam: str, inhoud: str | Iterable[SafeString] = "", **attributen: object) -> SafeString:
    """One element; text is escaped, elements are taken as they are.

    `klasse` becomes `class`, an underscore a hyphen, a float one decimal at most; an attribute that is None
    is left out.
    """
    delen = "".join(
        f' {"class" if sleutel == "klasse" else sleutel.replace("_", "-")}="{escape(_waarde(waarde))}"'
        for sleutel, waarde in attributen.items()
        if waarde is not None
    )
    binnen = escape(inhoud) if isinstance(inhoud, str) else "".join(inhoud)
    return mark_safe(f"<{naam}{delen}>{binnen}</{naam}>")


def pad(*stappen: str | float) -> str:
    """The `d` of a path from commands and coordinates."""
    return " ".join(_waarde(stap) for stap in stappen)


def tekening(
    breedte: float,
    hoogte: float,
    inhoud: Iterable[SafeString],
    *,
    id: str,
    titel: str,
    omschrijving: str,
    klasse: str,
) -> SafeString:
    """A whole picture that stands alone, with its name and description for who does not see it."""
    return element(
        "svg",
        [
            element("title", titel, id=f"{id}-titel"),
            element("desc", omschrijving, id=f"{id}-omschrijving"),
            *inhoud,
        ],
        xmlns="http://www.w3.org/2000/svg",
        klasse=klasse,
        viewBox=f"0 0 {_waarde(breedte)} {_waarde(hoogte)}",
        role="img",
        aria_labelledby=f"{id}-titel {id}-omschrijving",
        font_family="system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    )


def _waarde(waarde: object) -> str:
    return f"{waarde:.1f}".removesuffix(".0") if isinstance(waarde, float) else str(waarde)
