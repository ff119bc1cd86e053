"""Hypothesis strategies: random small municipalities, and questions that are awkward for them."""

import operator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from .bouwer import AANLEIDINGEN, KALENDERPERIODEN, KANALEN, KWARTALEN, REFSTIJLEN, TEAMS, Bouwer
from .catalogus import WMO
from .lezen import AMSTERDAM, Gemeente, einde_van_dag, moment
from .perioden import lees_periode
from .telling import FILTERS, TABELLEN
from .toeval import GRENSDAGEN

_ZADEN = st.integers(0, 2**20)
_MICROSECONDE = timedelta(microseconds=1)
_DATUMKOLOMMEN = ("datum", "ingangsdatum", "einddatum", "vanaf", "tot")


class Vraag(NamedTuple):
    """One question to the monitor, in the words of the command `monitor`."""

    tabel: str
    periode: str
    bekend_op: datetime | None
    filters: dict[str, str]


@st.composite
def _zaden(draw: st.DrawFn, meest: int, minst: int = 0) -> list[int]:
    """Draw different seeds; the number first, as a plain list is mostly short however long it may be."""
    aantal = draw(st.integers(minst, meest))
    return draw(st.lists(_ZADEN, min_size=aantal, max_size=aantal, unique=True))


@st.composite
def gemeenten(draw: st.DrawFn) -> Gemeente:
    """Draw a municipality as an overdracht folder in memory: file name to rows, only files with rows.

    At most 6 teams, 1 to 6 persons, 18 meldingen of 9 facts, 18 contacten and beschikkingen, each fact with
    up to 4 corrections. What hypothesis draws is the number of entities and a seed for each; it shrinks by
    leaving entities and facts out.
    """
    teams = draw(st.lists(st.integers(0, len(TEAMS) - 1), unique=True, max_size=6))
    bouwer = Bouwer(draw(_ZADEN), draw(st.sampled_from(REFSTIJLEN)), teams)
    for zaad in draw(_zaden(6, minst=1)):
        bouwer.persoon(zaad, verblijven=draw(st.integers(0, 3)))
    for zaad in draw(_zaden(18)):
        bouwer.melding(zaad, feiten=draw(st.integers(0, 8)))
    for zaad in draw(_zaden(18)):
        bouwer.contact(zaad)
    for zaad in draw(_zaden(18)):
        bouwer.beschikking(zaad)
    for zaad in draw(_zaden(10)):
        bouwer.klacht(zaad)
    for zaad in draw(_zaden(6)):
        bouwer.buurt(zaad)
    for zaad in draw(_zaden(10)):
        bouwer.teamwerk(zaad)
    cellen = st.tuples(st.sampled_from(list(WMO)), st.sampled_from(KALENDERPERIODEN))
    for (groep, periode), zaad in draw(st.dictionaries(cellen, _ZADEN, max_size=4)).items():
        bouwer.extern_cijfer(groep, periode, zaad)
    return bouwer.gemeente


def momenten(gemeente: Gemeente) -> list[datetime]:
    """Return every moment of registration or withdrawal in a municipality, in UTC and in order."""
    gelezen = {
        moment(rij, kolom)
        for rijen in gemeente.values()
        for rij in rijen
        for kolom in ("geregistreerd_op", "vervallen_op")
    }
    return sorted(wanneer.astimezone(UTC) for wanneer in gelezen if wanneer is not None)


def _afkappen(gemeente: Gemeente, import_op: datetime | None) -> st.SearchStrategy[datetime | None]:
    bekend = momenten(gemeente) + ([import_op] if import_op else [])
    dagen = {*GRENSDAGEN, *(wanneer.astimezone(AMSTERDAM).date() for wanneer in bekend)}
    einden = sorted(einde_van_dag(dag - timedelta(days=terug)) for dag in dagen for terug in (0, 1))
    keuzes = [st.none(), st.sampled_from(einden)]
    if bekend:
        verschuivingen = st.sampled_from((timedelta(0), -_MICROSECONDE, _MICROSECONDE))
        rondom = st.builds(operator.add, st.sampled_from(bekend), verschuivingen)
        keuzes += [st.sampled_from(bekend), rondom]
    return st.one_of(keuzes)


def _reeksen(gemeente: Gemeente) -> st.SearchStrategy[str]:
    met_dagen = [rijen for bestand, rijen in gemeente.items() if bestand != "spreekuren"]
    teksten = {rij.get(kolom, "") for rijen in met_dagen for rij in rijen for kolom in _DATUMKOLOMMEN}
    genoemd = {date.fromisoformat(tekst) for tekst in teksten if tekst}
    keuze = st.sampled_from(sorted({*GRENSDAGEN, *(dag for dag in genoemd if dag.year >= 2014)}))
    return st.builds(lambda een, ander: f"{min(een, ander)}..{max(een, ander)}", keuze, keuze)


def _perioden(gemeente: Gemeente, tabel: str) -> st.SearchStrategy[str]:
    """Draw a period; for 2.13 also the ones of delivered figures, for 2.10 also ones that end with a move."""
    keuzes = [st.sampled_from(("2015", *KWARTALEN)), st.sampled_from(KALENDERPERIODEN), _reeksen(gemeente)]
    geleverd = sorted({cijfer["periode"] for cijfer in gemeente.get("externe_cijfers", [])})
    if tabel == "2.13" and geleverd:
        keuzes.append(st.sampled_from(geleverd))
    verhuisd = sorted({rij["tot"] for rij in gemeente.get("verblijven", []) if rij["tot"] >= "2014"})
    if tabel == "2.10" and verhuisd:
        keuzes.append(st.sampled_from([f"2014-01-01..{dag}" for dag in verhuisd]))
    return st.one_of(keuzes)


def _kalendernaam(reeks: str) -> str:
    """Return the short key of a range that is exactly a known calendar period, else the range itself."""
    for sleutel in KALENDERPERIODEN:
        if lees_periode(sleutel)[1:] == lees_periode(reeks)[1:]:
            return sleutel
    return reeks


def _filters(gemeente: Gemeente, tabel: str) -> st.SearchStrategy[dict[str, str]]:
    keuzes = {
        "team": [team["code"] for team in gemeente.get("teams", [])],
        "stadsdeel": sorted(
            {team["stadsdeel"] for team in gemeente.get("teams", []) if team["soort"] == "wijkteam"} - {""}
        ),
        "categorie": ["volwassenen", "jeugd"],
        "kanaal": list(KANALEN),
        "aanleiding": list(AANLEIDINGEN),
    }
    namen = [naam for naam in sorted(FILTERS.get(tabel, ())) if keuzes[naam]]
    mogelijk = {naam: st.sampled_from(keuzes[naam]) for naam in namen}
    return st.one_of(st.just({}), st.fixed_dictionaries({}, optional=mogelijk))


@st.composite
def vragen(
    draw: st.DrawFn, gemeente: Gemeente, *, import_op: datetime | None = None, tabel: str | None = None
) -> Vraag:
    """Draw a question: a table (or the given one), a period, a cut-off and the filters that it takes.

    Cut-offs are now (None), the moments in the folder, a microsecond beside them, and ends of days. Once the
    folder is in, `import_op` makes the moment of the import one of them. For table 2.13 a range never spells
    a calendar period: whether a figure delivered for 2015-Q1 also stands for its two days is left open.
    """
    sleutel = tabel or draw(st.sampled_from(TABELLEN))
    periode = draw(_perioden(gemeente, sleutel))
    if sleutel == "2.13" and ".." in periode:
        periode = _kalendernaam(periode)
    return Vraag(sleutel, periode, draw(_afkappen(gemeente, import_op)), draw(_filters(gemeente, sleutel)))
