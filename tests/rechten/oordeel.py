"""What must hold of every answer, whoever asks what: each judgement gives a complaint, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from teams.lezen import Onderwerp
from tests.rechten.hulp import Antwoord, klopt
from tests.rechten.keuze import Vraag
from tests.rechten.matrix import TABEL
from tests.rechten.regels import BUITEN, IN, LEEST, Mag
from tests.rechten.wereld import KANARIES, SOORTEN, Wereld

NAAM = ("achternaam", "voornamen")
OVER_INWONERS = ("klacht", "melding", "tweede_melding", "huishouden", "persoon", "belofte", "noodtoegang")
"""Models of the table that are about somebody."""


def mag_lezen(wie: str) -> set[tuple[str, str]]:
    """The words that are meant for somebody: of the dossiers they read, and for the FG every name.

    A toetser reads what besluiten say, and for whom; not who it is where that is afgeschermd. Who answers klachten
    reads what they are about.
    """
    if wie == "fg":
        return {(soort, getattr(kanarie, deel)) for soort, kanarie in KANARIES.items() for deel in NAAM}
    if wie == "toetser":
        namen = {(soort, getattr(KANARIES[soort], deel)) for soort in ("haven", "stad") for deel in NAAM}
        return namen | {(soort, kanarie.vraag) for soort, kanarie in KANARIES.items()}
    if wie == "klachten":
        return {(soort, kanarie.vraag) for soort, kanarie in KANARIES.items()}
    return {
        (soort, woord)
        for soort in SOORTEN
        if wie in LEEST[soort] and wie not in BUITEN
        for woord in KANARIES[soort]
    }


def klachten(w: Wereld, v: Vraag, gekregen: Antwoord) -> Iterator[str]:
    """All that is wrong with one answer."""
    yield from _anders_dan_de_tabel(v, gekregen)
    yield from _een_vreemde_kanarie(v, gekregen)
    yield from _gezien_zonder_logregel(w, gekregen)
    yield from _rij_zonder_logregel(w, v, gekregen)


def _anders_dan_de_tabel(v: Vraag, gekregen: Antwoord) -> Iterator[str]:
    """Who isn't let in changes nothing, whoever looks changes nothing, and who is let in to change does."""
    mag_schrijven = v.verwacht in (IN, 409) and isinstance(v.regel, Mag) and v.regel.schrijft
    if not klopt(gekregen, v.verwacht, v.regel):
        yield f"{gekregen.status} {gekregen.naar} in plaats van {v.verwacht}; schreef {sorted(gekregen.geschreven)}"
    elif gekregen.geschreven and not mag_schrijven:
        yield f"{gekregen.status} schreef {sorted(gekregen.geschreven)}"


def _een_vreemde_kanarie(v: Vraag, gekregen: Antwoord) -> Iterator[str]:
    if vreemd := gekregen.woorden - mag_lezen(v.wie):
        yield f"toont {sorted(vreemd)}"
    if gekregen.in_adressen:
        yield f"heeft in een adres {sorted(gekregen.in_adressen)}"


def _gezien_zonder_logregel(w: Wereld, gekregen: Antwoord) -> Iterator[str]:
    """Whatever shows something of a household, says in the log that somebody saw it."""
    for soort, woord in gekregen.woorden:
        huishouden = w.sleutel("huishouden", soort)
        personen = {w.sleutel(model, soort) for model in ("persoon", "vrij")}
        if not any(
            rij.toegestaan and (rij.huishouden == huishouden or rij.persoon in personen)
            for rij in gekregen.log
        ):
            yield f"toont {woord} zonder logregel"


def _rij_zonder_logregel(w: Wereld, v: Vraag, gekregen: Antwoord) -> Iterator[str]:
    """Who opens a row stands in the log with the ground, and who is refused does too: once, and nothing else."""
    model = TABEL[v.naam].model
    if v.wie in BUITEN or model not in OVER_INWONERS or not isinstance(v.regel, Mag) or v.regel.rijen is None:
        return
    rij = w.rijen[model, "haven" if v.soort == "onbekend" else v.soort]
    over = Onderwerp() if v.soort == "onbekend" else rij.onderwerp()
    mijn = [
        regel
        for regel in gekregen.log
        if (regel.onderwerp, regel.sleutel) == (rij._meta.label, w.sleutel(model, v.soort))
    ]
    if not mijn:
        yield "staat niet in het logboek"
    if v.verwacht == IN:
        if v.regel.rijen[v.soort][v.wie] not in [regel.grond for regel in mijn if regel.toegestaan]:
            yield f"staat niet in het logboek op grond van {v.regel.rijen[v.soort][v.wie]}"
        if any((regel.persoon, regel.huishouden) != (over.persoon, over.huishouden) for regel in mijn):
            yield "staat in het logboek over een ander"
    elif v.verwacht in (403, 404) and [regel.toegestaan for regel in gekregen.log] != [False]:
        yield "heeft niet precies een weigering in het logboek"
    if {regel.medewerker_id for regel in gekregen.log} - {w.wie[v.wie].pk}:
        yield "staat in het logboek als een ander"
    if len({regel.verzoek for regel in gekregen.log}) > 1:
        yield "staat in het logboek als meer dan een verzoek"
