"""A page as an accessible PDF, where the system can make one.

WeasyPrint draws with Pango, a library of the operating system. Where that isn't there the product works all the same,
and whoever asks for a PDF gets the page to print instead.
"""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.staticfiles import finders

log = logging.getLogger(__name__)


def kan_pdf() -> bool:
    """Whether Pango is there."""
    try:
        # Only here: importing it looks for Pango, and takes a second.
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as fout:
        log.warning("Er kan geen PDF worden gemaakt: %s", type(fout).__name__)
        return False
    return True


def maak_pdf(html: str, stijl: str = "", *, css: str = "") -> bytes | None:
    """`html` in the style sheet `stijl` (a path under static) as tagged PDF/UA; None where no PDF can be made.

    `css` is what holds for this document alone, as the size of a sheet.

    Nothing is fetched: a document has no pictures or links from elsewhere.
    """
    if not kan_pdf():
        return None
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Niets(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError("een document haalt niets op")

    bladen = [CSS(string=css)] if css else []
    if stijl:
        bestand = finders.find(stijl)
        assert isinstance(bestand, str), stijl
        bladen.append(CSS(filename=bestand))
    document = HTML(string=html, url_fetcher=Niets())
    pdf: bytes = document.write_pdf(stylesheets=bladen, pdf_variant="pdf/ua-1", pdf_tags=True)
    return pdf
