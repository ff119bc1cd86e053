"""No log row, no data: what the table lets anybody see stands in the log, what it refuses too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from teams.lezen import Onderwerp
from tests.rechten.hulp import Uitslag, kanaries_in, uitslag, vraag
from tests.rechten.matrix import BUITEN, IN, TABEL, Mag, te_proberen
from tests.rechten.wereld import IEDEREEN, ONBEKEND, Wereld, proef

OVER_INWONERS = ("melding", "tweede_melding", "huishouden", "persoon", "belofte", "noodtoegang")
"""Models of the table that are about somebody."""


def _regels(modellen: tuple[str, ...] = OVER_INWONERS) -> Iterator[tuple[str, str]]:
    for naam, adres in TABEL.items():
        for methode, regel in adres.methoden():
            if isinstance(regel, Mag) and regel.rijen is not None and adres.model in modellen:
                yield naam, methode


@pytest.mark.parametrize(("naam", "methode"), list(_regels()))
def test_wie_een_rij_opent_staat_in_het_logboek_en_wie_wordt_geweigerd_ook(
    wereld: Wereld, naam: str, methode: str
) -> None:
    adres = TABEL[naam]
    regel = dict(adres.methoden())[methode]
    assert isinstance(regel, Mag)
    assert regel.rijen is not None
    gezien = {True: 0, False: 0}
    for wie in IEDEREEN:
        if wie in BUITEN:
            continue
        for soort in te_proberen(adres, regel, wie):
            verwacht, gekregen = regel.voor(wie, soort), uitslag(wereld, wie, methode, naam, soort)
            label, over = _onderwerp(wereld, adres.model, soort)
            mijn = [
                rij
                for rij in gekregen.log
                if (rij.onderwerp, rij.sleutel) == (label, wereld.sleutel(adres.model, soort))
            ]
            wat = (naam, methode, wie, soort)
            if verwacht == IN:
                assert regel.rijen[soort][wie] in [rij.grond for rij in mijn if rij.toegestaan], wat
                assert all(
                    (rij.persoon, rij.huishouden) == (over.persoon, over.huishouden) for rij in mijn
                ), wat
            elif verwacht in (403, 404):
                assert [rij.toegestaan for rij in gekregen.log] == [False], wat
                assert mijn, wat
            else:
                assert mijn, wat
            assert {rij.medewerker_id for rij in gekregen.log} == {wereld.wie[wie].pk}, wat
            assert len({rij.verzoek for rij in gekregen.log}) == 1, wat
            gezien[verwacht == IN] += 1
    assert gezien[False]
    assert gezien[True] or regel.kan_niet


def _onderwerp(w: Wereld, model: str, soort: str) -> tuple[str, Onderwerp]:
    rij = w.rijen[model, "haven" if soort == "onbekend" else soort]
    return rij._meta.label, Onderwerp() if soort == "onbekend" else rij.onderwerp()


def _over(w: Wereld, soort: str, gekregen: Uitslag) -> bool:
    """Whether the log says that somebody saw something of the household in this plight."""
    huishouden = w.sleutel("huishouden", soort)
    personen = {w.sleutel(model, soort) for model in ("persoon", "vrij")}
    return any(
        rij.toegestaan and (rij.huishouden == huishouden or rij.persoon in personen) for rij in gekregen.log
    )


@pytest.mark.parametrize("naam", TABEL)
def test_wat_iemand_van_een_inwoner_ziet_staat_in_het_logboek(wereld: Wereld, naam: str) -> None:
    toont = False
    for methode, regel in TABEL[naam].methoden():
        for wie in IEDEREEN:
            for soort in te_proberen(TABEL[naam], regel, wie):
                gekregen = uitslag(wereld, wie, methode, naam, soort)
                for van, woord in gekregen.woorden:
                    assert _over(wereld, van, gekregen), (
                        f"{methode} {naam} {soort} {wie}: {woord} zonder logregel"
                    )
                toont |= bool(gekregen.woorden)
    assert toont == TABEL[naam].persoonsgegevens, f"persoonsgegevens klopt niet bij {naam} in TABEL"


@pytest.mark.parametrize("naam", [naam for naam, adres in TABEL.items() if adres.persoonsgegevens])
def test_zonder_logregel_geen_gegevens(wereld: Wereld, naam: str) -> None:
    """A log that can't be written stops whatever would show or change something."""
    geprobeerd = 0
    for methode, regel in TABEL[naam].methoden():
        for wie in IEDEREEN:
            for soort in te_proberen(TABEL[naam], regel, wie):
                if regel.voor(wie, soort) != IN or not uitslag(wereld, wie, methode, naam, soort).log:
                    continue
                with proef(), connection.cursor() as cursor:
                    cursor.execute(
                        "CREATE FUNCTION pg_temp.vol() RETURNS trigger LANGUAGE plpgsql AS"
                        " $$ BEGIN RAISE EXCEPTION 'het logboek is vol'; END $$;"
                        "CREATE TRIGGER vol BEFORE INSERT ON teams_inzage"
                        " FOR EACH ROW EXECUTE FUNCTION pg_temp.vol()"
                    )
                    gekregen = vraag(wereld, wie, methode, naam, soort)
                assert gekregen.status == 500, (naam, methode, wie, soort)
                assert not kanaries_in(gekregen.tekst)
                geprobeerd += 1
                break
    assert geprobeerd


@pytest.fixture(autouse=True)
def _fouten_worden_antwoorden(wereld: Wereld) -> Iterator[None]:
    """As in production: what goes wrong is a page with status 500, not an exception in the test."""
    _zet(wereld.clients.values(), aan=False)
    yield
    _zet(wereld.clients.values(), aan=True)


def _zet(clients: object, *, aan: bool) -> None:
    for client in clients:  # type: ignore[attr-defined]
        assert isinstance(client, Client)
        client.raise_request_exception = aan


def test_een_sleutel_die_niemand_heeft_is_ook_een_weigering(wereld: Wereld) -> None:
    gekregen = uitslag(wereld, "wijkwerker", "GET", "melding", "onbekend")
    assert [(rij.sleutel, rij.toegestaan, rij.grond) for rij in gekregen.log] == [(ONBEKEND, False, None)]
