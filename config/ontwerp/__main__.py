"""`python -m config.ontwerp`: `haal` fetches the packages, `bouw [TOKENS]` makes the one file of css from them,
and `vernieuw` looks for newer versions within package.json.
"""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

from config.ontwerp import tokens
from config.ontwerp.npm import NietOpgehaald, haal, vernieuw

BASIS = Path(__file__).resolve().parent.parent.parent
PAKKETTEN = BASIS / "node_modules"
THEMA = PAKKETTEN / "@nl-design-system-unstable" / "voorbeeld-design-tokens" / "dist" / "theme.css"
HUISSTIJL = Path(__file__).with_name("huisstijl.css")
DOEL = BASIS / "config" / "static" / "ontwerp" / "ontwerp.css"
ONDERDELEN = (
    *("heading-1", "heading-2", "heading-3", "paragraph", "link", "unordered-list", "separator"),
    *("page-header", "page-footer", "nav-bar", "skip-link", "breadcrumb-nav", "pagination", "link-list"),
    *("form-field", "form-fieldset", "form-label", "form-field-description", "form-field-error-message"),
    *("textbox", "textarea", "select", "custom-checkbox", "checkbox", "radio-button"),
    *("button", "button-group", "action-group", "alert", "table", "data-list"),
    *("data-badge", "badge-list", "status-badge", "number-badge"),
)
"""The components that pages may use; one more is one more word here."""


class GeenTokens(Exception):
    """The file of tokens cannot be read, or has none."""


def bouw(huisstijl: Path = HUISSTIJL) -> str:
    """The css: the tokens of the example theme under those of `huisstijl`, then the components.

    Raises GeenTokens when `huisstijl` can't be used.
    """
    onderdelen = "".join(
        (PAKKETTEN / "@utrecht" / f"{naam}-css" / "dist" / "index.min.css").read_text("utf-8") + "\n"
        for naam in ONDERDELEN
    )
    alle = tokens.lees(THEMA.read_text("utf-8")) | lees_huisstijl(huisstijl)
    nodig = tokens.gebruikt(alle, tokens.verwijzingen(onderdelen))
    wortel = "".join(f"{naam}:{waarde};" for naam, waarde in nodig.items())
    return f"/* NL Design System, EUPL-1.2 */\n:root{{{wortel}}}\n{onderdelen}"


def lees_huisstijl(pad: Path) -> tokens.Tokens:
    """The tokens of a municipality; raises GeenTokens, in words for who gave the path."""
    try:
        gevonden = tokens.lees(pad.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fout:
        raise GeenTokens(f"De huisstijl {pad} is niet te lezen: {fout}") from None
    if not gevonden:
        raise GeenTokens(
            f"In de huisstijl {pad} staan geen tokens onder :root of een klasse als .gemeente-theme."
        )
    return gevonden


def _schrijf(css: str) -> None:
    """Replace the built file and its compressed copy, each at once."""
    DOEL.parent.mkdir(parents=True, exist_ok=True)
    inhoud = css.encode()
    for pad, bytes_ in ((DOEL.with_name("ontwerp.css.gz"), gzip.compress(inhoud, mtime=0)), (DOEL, inhoud)):
        tijdelijk = pad.with_name(f".{pad.name}.nieuw")
        tijdelijk.write_bytes(bytes_)
        os.replace(tijdelijk, pad)


def main(argumenten: list[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    try:
        match argumenten:
            case ["haal"]:
                haal(BASIS)
            case ["vernieuw"]:
                vernieuw(BASIS)
            case ["bouw"] | ["bouw", ""]:
                _schrijf(bouw())
            case ["bouw", pad]:
                _schrijf(bouw(Path(pad).expanduser()))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except NietOpgehaald as fout:
        print(
            f"{fout}\nDe vormgeving is niet opgehaald. Is er verbinding met de pakketindex van npm?",
            file=sys.stderr,
        )
        return 1
    except GeenTokens as fout:
        print(fout, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
