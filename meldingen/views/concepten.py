"""Drafts: what somebody is typing is kept on the server, for that person alone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from meldingen import workflow
from meldingen.forms.concepten import lees_concept
from teams.toegang import Verzoek


@require_POST
def bewaar(request: Verzoek, formulier: str) -> HttpResponse:
    """Keep what was typed in `formulier`; nothing typed throws the draft away.

    Answers with the words to show beside the text: 401 without a session (never the page to sign in, which the
    script would put in their place), 400 for what can't be kept.
    """
    if not request.user.is_authenticated:
        return _zeg("Niet bewaard: u bent niet meer aangemeld. Meld u in een ander venster aan.", 401)
    try:
        inhoud = lees_concept(request, formulier)
    except ValidationError as fout:
        return _zeg(f"Niet bewaard: {' '.join(fout.messages)}", 400)
    if not inhoud:
        workflow.gooi_concept_weg(formulier, door=request.user)
        return _zeg("", 200)
    workflow.bewaar_concept(formulier, inhoud, door=request.user)
    return _zeg(f"Concept bewaard om {date_format(timezone.localtime(), 'H:i')}.", 200)


def _zeg(tekst: str, status: int) -> HttpResponse:
    return HttpResponse(tekst, status=status, content_type="text/plain; charset=utf-8")
