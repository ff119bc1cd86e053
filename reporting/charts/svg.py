"""The few SVG elements that the charts are made of."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

GEWOON, VET = 0.59, 0.66
ANDERS = {"%": 0.96, ".": 0.33, ",": 0.33, **dict.fromkeys("0123456789", 0.64)}
"""Width of a character of our labels in the widest font that systems bring (DejaVu Sans), in em: the mean of letters,
plain and bold, and what figures are made of."""
INKT, GRIJS_INKT = "#16202b", "#4a5663"


def breed(tekst: str, maat: int, *, vet: bool = False) -> float:
    """How much room a text takes at most."""
    gewoon = sum(ANDERS.get(teken, GEWOON) for teken in tekst)
    return gewoon * maat * (VET / GEWOON if vet else 1)


def wikkel(tekst: str, maat: int, breedte: float, *, vet: bool = False) -> list[str]:
    """A text in lines that fit; a word that doesn't is broken."""
    return wrap(tekst, max(1, int(breedte / breed("x", maat, vet=vet)))) or [""]


def regel(
    tekst: str, x: float, y: float, maat: int, *, vet: bool = False, plek: str | None = None
) -> SafeString:
    """A line of text on a baseline; `plek` is its `text-anchor`."""
    stuk = element("tspan", tekst, font_size=maat, font_weight="700" if vet else None, fill=INKT)
    return element("text", [stuk], x=x, y=y, text_anchor=plek)


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
    met_links: bool = False,
) -> SafeString:
    """A whole picture that stands alone, with its name and description for who does not see it.

    With links in it one walks through it, and each of them says what it is about.
    """
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
        role="group" if met_links else "img",
        aria_labelledby=f"{id}-titel" if met_links else f"{id}-titel {id}-omschrijving",
        font_family="system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    )


def _waarde(waarde: object) -> str:
    return f"{waarde:.1f}".removesuffix(".0") if isinstance(waarde, float) else str(waarde)
