"""A register elsewhere that speaks the API Klantinteracties: asked and told over HTTP, and nothing decided here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from django.conf import settings

TIJD = (5, 20)
"""Seconds to connect, and to wait for an answer."""
BLADZIJDEN = 1_000
"""More pages than this is a register that goes round in circles."""
WEG = 404


def is_er_een() -> bool:
    """Whether the settings name one."""
    return bool(settings.OPENKLANT_URL)


def lijst(soort: str, **vraag: str) -> Iterator[dict[str, Any]]:
    """Everything that answers to the question, page by page; requests.RequestException when it can't be asked.

    Pages are counted here: an address that the other side names is not gone to.
    """
    for bladzijde in range(1, BLADZIJDEN):
        antwoord = _vraag("GET", soort, params={**vraag, "page": str(bladzijde)}).json()
        yield from antwoord["results"]
        if not antwoord["next"]:
            return


def een(soort: str, uuid: str, *, uitgevouwen: str = "") -> dict[str, Any]:
    """One row, with what hangs at it."""
    vraag = {"expand": uitgevouwen} if uitgevouwen else {}
    inhoud: dict[str, Any] = _vraag("GET", f"{soort}/{uuid}", params=vraag).json()
    return inhoud


def een_of_geen(soort: str, uuid: str) -> dict[str, Any] | None:
    """One row; None when it isn't there (any more)."""
    try:
        return een(soort, uuid)
    except requests.HTTPError as fout:
        if fout.response is None or fout.response.status_code != WEG:
            raise
        return None


def zet_op_verwerkt(uuid: str) -> None:
    """Tell that a task is done; one that is gone there needs no telling."""
    try:
        _vraag("PATCH", f"internetaken/{uuid}", json={"status": "verwerkt"})
    except requests.HTTPError as fout:
        if fout.response is None or fout.response.status_code != WEG:
            raise


def _vraag(methode: str, pad: str, **wat: Any) -> requests.Response:
    antwoord = requests.request(
        methode,
        f"{settings.OPENKLANT_URL}/{pad}",
        headers={"Authorization": f"Token {settings.OPENKLANT_TOKEN}", "Accept": "application/json"},
        timeout=TIJD,
        allow_redirects=False,
        **wat,
    )
    antwoord.raise_for_status()
    return antwoord
