"""Search in the sociale kaart: Dutch stems first, then parts of words, then what looks like it.

The Dutch stemmer alone is not enough: it makes `fiets` of `fietsen` but `fiet` of `fiets`, and a compound
(`maaltijdservice`) is one word to it. So a word also matches where its stem stands inside a longer word, or
inside the stem of one (`spreekuren` has `spreekur`, which `opvoedspreekur` ends with).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorExact,
)
from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, FloatField, Func, Q, TextField, Value, When
from django.db.models.fields import BooleanField
from django.db.models.lookups import Contains

TAAL = "dutch"
VELDEN = ("naam", "organisatie", "omschrijving", "doelgroep")
MET_TEKENS = re.compile(r'"|(^|\s)-\w')
KORTSTE_STAM = KORTSTE_VOOR_FOUTEN = 4
DEEL_VAN_NAAM = 0.5


class Kaarttekst(Func):
    """Text in small letters without accents: `Taalcafé` is `taalcafe`. A function of migration 0003."""

    function = "kaarttekst"
    output_field = TextField()


class Zoektekst(Func):
    """The kaarttekst of a text with the stems of its words behind it. A function of migration 0003."""

    function = "kaartzoektekst"
    output_field = TextField()


@dataclass(frozen=True)
class Woord:
    """A word that was typed, as `kaarttekst` writes it, with its stem."""

    woord: str
    stam: str

    @property
    def vraag(self) -> SearchQuery:
        """The word to full-text search."""
        return SearchQuery(self.woord, config=TAAL)

    def deel_van(self, tekst: F | Zoektekst) -> Q:
        """It stands in `tekst`, inside a longer word too; a very short stem would stand everywhere."""
        return Q(Contains(tekst, self.stam if len(self.stam) >= KORTSTE_STAM else self.woord))


def lees_woorden(tekst: str) -> list[Woord]:
    """The words of `tekst`; those that say nothing (`de`, `bij`) only when there are no others."""
    with connection.cursor() as cursor:
        cursor.execute(
            r"""
            SELECT woord, (ts_lexize('dutch_stem', woord))[1]
            FROM unnest(regexp_split_to_array(kaarttekst(%s), '\W+')) AS woord WHERE woord <> ''
            """,
            [tekst],
        )
        woorden = cursor.fetchall()
    zeggend = [Woord(woord, stam) for woord, stam in woorden if stam]
    return zeggend or [Woord(woord, woord) for woord, _ in woorden]


@dataclass(frozen=True)
class Zoekopdracht:
    """What somebody typed, as the parts of a query: a condition, a rank, and where it was found.

    With "quotes" or a -word it is what PostgreSQL makes of it (`websearch_to_tsquery`); otherwise every word
    has to stand somewhere in the row, whole or in part.
    """

    vraag: SearchQuery | CombinedSearchQuery
    woorden: tuple[Woord, ...]

    @classmethod
    def van(cls, tekst: str) -> Zoekopdracht:
        """Read `tekst`; one query, for the stems."""
        woorden = () if MET_TEKENS.search(tekst) else tuple(lees_woorden(tekst))
        if woorden:
            return cls(reduce(or_, (woord.vraag for woord in woorden)), woorden)
        return cls(SearchQuery(Kaarttekst(Value(tekst)), config=TAAL, search_type="websearch"), ())

    @property
    def voorwaarde(self) -> Q:
        """What a row has to meet; both sides of every `or` have an index."""
        if not self.woorden:
            return Q(zoekvector=self.vraag)
        elk = (Q(zoekvector=woord.vraag) | woord.deel_van(F("zoektekst")) for woord in self.woorden)
        return reduce(and_, elk)

    @property
    def rang(self) -> Any:
        """Higher is better: a whole word of the name (0.6 or more), a part of it (0.5), then the rest."""
        naam = Zoektekst("naam")
        delen = (
            Case(When(woord.deel_van(naam), then=DEEL_VAN_NAAM), default=0.0, output_field=FloatField())
            for woord in self.woorden
        )
        return sum(delen, start=SearchRank(F("zoekvector"), self.vraag))

    @property
    def vindplaatsen(self) -> dict[str, Any]:
        """An annotation `gevonden_in_<veld>` for each field: whether any of the words stands there."""
        return {f"gevonden_in_{veld}": self._gevonden(veld) for veld in VELDEN}

    def _gevonden(self, veld: str) -> ExpressionWrapper:
        heel = Q(SearchVectorExact(SearchVector(Kaarttekst(veld), config=TAAL), self.vraag))
        delen = (woord.deel_van(Zoektekst(veld)) for woord in self.woorden)
        return ExpressionWrapper(reduce(or_, delen, heel), output_field=BooleanField())


def lijkt_op(tekst: str) -> Q:
    """Every word of `tekst` looks like one in the row: for typing errors. Nothing when all are too short."""
    woorden = [gelezen.woord for gelezen in lees_woorden(tekst)]
    if not any(len(woord) >= KORTSTE_VOOR_FOUTEN for woord in woorden):
        return Q(pk__in=[])
    return reduce(and_, (Q(zoektekst__trigram_word_similar=woord) for woord in woorden))
