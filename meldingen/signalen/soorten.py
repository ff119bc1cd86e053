"""The kinds of signals there are; a new one is a question in `bronnen` and a line in `SOORTEN`.

What a kind gives is a melding, a persoon, a huishouden or an opschaling: `toedeling` knows of each whose it is, `rijen`
how it is shown and where it leads. A kind may come from any table below, as long as it leads to one of these four.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from meldingen.signalen import bronnen
from meldingen.signalen.peiling import Peiling


@dataclass(frozen=True)
class Signaalsoort:
    """A kind of signal: `titel` above the list and in the mail, `wat_nu` what one can do, `rijen` its question.

    `rijen` gives rows by `peiling.signaal`, each once; only of what still runs.
    """

    code: str
    titel: str
    wat_nu: str
    rijen: Callable[[Peiling], QuerySet[Any]]


SOORTEN = (
    Signaalsoort(
        "termijn",
        "Termijn bijna om of voorbij",
        "Rond het onderzoek af, of spreek met de inwoner af hoe het verdergaat.",
        bronnen.termijnen,
    ),
    Signaalsoort(
        "opschalingsantwoord",
        "Antwoord op uw opschaling",
        "Lees het antwoord, en leg vast dat u het gelezen heeft.",
        bronnen.antwoorden,
    ),
    Signaalsoort(
        "opschalingsvraag",
        "Vraag over uw opschaling",
        "Beantwoord de vraag, zodat het andere team verder kan.",
        bronnen.opschalingsvragen,
    ),
    Signaalsoort(
        "opschaling_te_laat",
        "Antwoord op een opschaling is te laat",
        "Bel het team waaraan het gevraagd is, of geef het antwoord.",
        bronnen.late_opschalingen,
    ),
    Signaalsoort(
        "rondetafel",
        "Evaluatie van een rondetafel",
        "Kijk samen wat er van elke afspraak is gekomen, en leg dat vast.",
        bronnen.tafelevaluaties,
    ),
    Signaalsoort(
        "toetsvraag",
        "Vraag van de toetser",
        "Beantwoord de vraag bij het besluit.",
        bronnen.toetsvragen,
    ),
    Signaalsoort(
        "toets",
        "Toets is te laat",
        "Vraag de toetsers wanneer het antwoord komt.",
        bronnen.late_toetsen,
    ),
    Signaalsoort(
        "start",
        "Toegekende hulp is nog niet gestart",
        "Bel de aanbieder, en leg vast wanneer de hulp begint.",
        bronnen.zonder_start,
    ),
    Signaalsoort(
        "stilte",
        "Lang geen stap gezet",
        "Zet een stap, plan een gesprek, of rond de melding af.",
        bronnen.stilte,
    ),
    Signaalsoort(
        "evaluatie",
        "Evaluatie van een doel",
        "Kijk met de inwoner of het doel is bereikt, en leg dat vast in het plan.",
        bronnen.evaluaties,
    ),
    Signaalsoort(
        "waakvlam",
        "Waakvlamcontact",
        "Neem nog eens contact op, en leg dat vast bij het afgesloten plan.",
        bronnen.waakvlammen,
    ),
    Signaalsoort(
        "achttien",
        "Wordt binnenkort 18",
        "Bespreek met de jongere en de ouders hoe de hulp na de achttiende verjaardag verdergaat.",
        bronnen.achttien,
    ),
    Signaalsoort(
        "opschaling",
        "Opschaling duurt lang",
        "Vraag het expertteam om antwoord, of schaal af.",
        bronnen.opschalingen,
    ),
)
"""In the order of the page."""
