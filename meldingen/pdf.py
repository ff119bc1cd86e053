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


def maak_pdf(html: str, stijl: str) -> bytes | None:
    """`html` in the style sheet `stijl` (a path under static) as tagged PDF/UA; None where no PDF can be made.

    Nothing is fetched: a document about people has no pictures or links from elsewhere.
    """
    if not kan_pdf():
        return None
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Niets(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError("een plan haalt niets op")

    bestand = finders.find(stijl)
    assert isinstance(bestand, str), stijl
    document = HTML(string=html, url_fetcher=Niets())
    pdf: bytes = document.write_pdf(
        stylesheets=[CSS(filename=bestand)], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return pdf
