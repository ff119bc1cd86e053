"""HTML as text: what somebody wrote, without layout, links that load something, or anything that runs.

The parser of Python takes hours over what isn't quite HTML; here every step goes on, so a mail costs what it is long.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from string import ascii_lowercase, ascii_uppercase

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})")
STIL = {"script", "style", "head", "title", "template", "noscript"}
REGEL = {
    "br",
    "p",
    "div",
    "tr",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ul",
    "ol",
    "blockquote",
    "hr",
}
KLEIN = str.maketrans(ascii_uppercase, ascii_lowercase)
"""As long as what it was, which `lower` isn't for every letter."""


def als_tekst(html: str) -> str:
    """The words of a page, line by line; what comes after a tag or comment that doesn't end is left out."""
    delen: list[str] = []
    klein, hier = html.translate(KLEIN), 0
    while (begin := html.find("<", hier)) >= 0:
        delen.append(_woorden(html[hier:begin]))
        tag = TAG.match(html, begin)
        naam = tag[1].translate(KLEIN) if tag else ""
        if not tag and html[begin + 1 : begin + 2] not in ("!", "?"):
            delen.append("<")
            hier = begin + 1
            continue
        einde = "-->" if html.startswith("<!--", begin) else ">"
        if naam in STIL and html[begin + 1] != "/":
            begin = klein.find(f"</{naam}", begin)
        hier = html.find(einde, begin) + len(einde) if begin >= 0 else 0
        if hier < len(einde):
            break
        if naam in REGEL:
            delen.append("\n")
    else:
        delen.append(_woorden(html[hier:]))
    regels = (regel.strip() for regel in "".join(delen).splitlines())
    return schoon(re.sub(r"\n{3,}", "\n\n", "\n".join(regels)).strip())


def _woorden(tekst: str) -> str:
    return re.sub(r"\s+", " ", unescape(tekst))


def schoon(tekst: str) -> str:
    """Without what a database doesn't take, or what one can't see: control characters and halves of a letter."""
    tekst = tekst.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in tekst if letter in "\n\t" or unicodedata.category(letter) != "Cc")
