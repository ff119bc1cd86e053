"""HTML as text: what somebody wrote, without layout, links that load something, or anything that runs."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

MAX_HTML = 200_000
"""Characters that are looked at: a parser may take long over what isn't HTML at all."""
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


class _Tekst(HTMLParser):
    """Gathers the words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.delen: list[str] = []
        self._stil = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STIL:
            self._stil += 1
        elif tag in REGEL:
            self.delen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in STIL and self._stil:
            self._stil -= 1
        elif tag in REGEL:
            self.delen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._stil:
            self.delen.append(re.sub(r"\s+", " ", data))


def als_tekst(html: str) -> str:
    """The words of a page, line by line."""
    lezer = _Tekst()
    lezer.feed(html[:MAX_HTML])
    lezer.close()
    regels = (regel.strip() for regel in "".join(lezer.delen).splitlines())
    return schoon(re.sub(r"\n{3,}", "\n\n", "\n".join(regels)).strip())


def schoon(tekst: str) -> str:
    """Without what a database doesn't take, or what one can't see: control characters and halves of a letter."""
    tekst = tekst.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in tekst if letter in "\n\t" or unicodedata.category(letter) != "Cc")
