"""The published figures of Almere 2015, counted from the demo that came in through the import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.demo.cijfers import lees_cijfers
from config.demo.generator import schrijf_overdracht
from config.overdracht.importeren import importeer
from meldingen.pdf import kan_pdf
from reporting.antwoord import Stroomschema, beantwoord
from reporting.dataversie import dataversie
from reporting.formaten import bestandsnaam, schrijf_alle
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from tests.conftest import EigenDatabase

from .lezers import cijfers as rijen_in
from .lezers import lees_ods, lees_pdf, lees_xlsx, lees_zip, verwacht

Q1, Q2 = "2015-Q1", "2015-Q2"


@pytest.fixture
def cijfers(eigen_database: EigenDatabase, tmp_path: Path) -> Any:
    """The published figures, with the demo imported; that is a change that the mark of the data knows."""
    schrijf_overdracht(tmp_path / "almere")
    ervoor = dataversie()
    importeer(tmp_path / "almere")
    assert dataversie() != ervoor
    return lees_cijfers()


def kolom(tabel: str, periode: str) -> dict[str, Any]:
    """The one column of a table, by key."""
    antwoord = beantwoord(Vraag.van_invoer(tabel, periode=periode))
    return {rij.sleutel: rij.waarden[0] for rij in antwoord.rijen}


def per_maand(tabel: str, periode: str) -> dict[str, list[Any]]:
    antwoord = beantwoord(Vraag.van_invoer(tabel, periode=periode))
    return {rij.sleutel: rij.waarden for rij in antwoord.rijen}


def op_vijf(aantal: int) -> int:
    return 5 * ((aantal + 2) // 5)


def codes(cijfers: Any, namen: list[str]) -> list[str]:
    per_naam = {team["naam"]: team["code"] for team in cijfers["wijkteams"]}
    return [per_naam[naam] for naam in namen]


def geordend(tabel: str, periode: str) -> list[str]:
    """The wijkteams of a table, most first."""
    rijen = kolom(tabel, periode)
    teams = [sleutel for sleutel in rijen if sleutel not in ("totaal", "onbekend")]
    return sorted(teams, key=lambda sleutel: -rijen[sleutel])


def test_de_demo_telt_wat_almere_publiceerde(cijfers: Any) -> None:
    _toegang(cijfers)
    _meldingen(cijfers)
    _wmo(cijfers)
    _jeugd(cijfers)
    _klachten(cijfers)
    _teamwerk(cijfers)
    _bewoners(cijfers)
    _geleverd(cijfers)
    _meegenomen(cijfers)


def _toegang(cijfers: Any) -> None:
    for periode in (Q1, Q2):
        assert kolom("1.1", periode) == cijfers["1.1"][periode]
        mails = per_maand("2.2", periode)
        assert sum(mails["wmo"]) + sum(mails["jeugdwet"]) == cijfers["2.2"]["wmo_en_jeugdwet"][periode]
        assert sum(mails["participatiewet"]) == cijfers["2.2"]["participatiewet"][periode]
        assert sum(mails["totaal"]) == cijfers["1.1"][periode]["email_webformulier"]
        calls = per_maand("2.1", periode)
        assert (
            sum(calls["werk_en_uitkering"])
            > sum(calls["zorg_en_ondersteuning"])
            > sum(calls["jeugd_en_opvoeding"])
        )
        direct = beantwoord(Vraag.van_invoer("2.1", periode=periode)).rijen[-1]
        deel = [aandeel * aantal for aandeel, aantal in zip(direct.waarden, calls["totaal"], strict=True)]
        assert round(sum(deel) / sum(calls["totaal"])) == cijfers["2.1"]["direct_afgehandeld_pct"][periode]  # type: ignore[arg-type]
    eerste, tweede = per_maand("2.1", Q1), per_maand("2.1", Q2)
    for thema in ("werk_en_uitkering", "zorg_en_ondersteuning"):
        april, mei, juni = tweede[thema]
        assert max(april, mei) < min(*eerste[thema], juni)
    jeugd = eerste["jeugd_en_opvoeding"] + tweede["jeugd_en_opvoeding"]
    assert max(jeugd) == jeugd[-1] > max(jeugd[:-1])


def _meldingen(cijfers: Any) -> None:
    for periode in (Q1, Q2):
        assert kolom("2.4", periode) == cijfers["2.4"][periode]
        stroom = beantwoord(Vraag.van_invoer("2.6", periode=periode))
        assert isinstance(stroom, Stroomschema)
        bron = cijfers["2.6"][periode]
        assert stroom.knopen["meldingen"] == bron["meldingen"]
        assert stroom.percentages["voorveld"] == bron["voorveld_pct"]
        assert stroom.percentages["toegekend"] == bron["toegekend_pct_van_afgerond"]
    assert stroom.als_object() == {
        "tabel": "2.6",
        "periode": Q2,
        "bekend_op": None,
        "filters": {"categorie": "volwassenen"},
        "knopen": {
            "meldingen": 2079,
            "voorveld": 520,
            "overig_voor_gesprek": 0,
            "gesprek": 1559,
            "geen_onderzoek_nodig": 296,
            "overig_na_gesprek": 0,
            "onderzoek": 1263,
            "onderzoek_loopt": 177,
            "afgerond": 1086,
            "niet_toegekend": 141,
            "nog_geen_besluit": 0,
            "toegekend": 945,
        },
        "percentages": {"voorveld": 25, "gesprek": 75, "onderzoek": 81, "afgerond": 86, "toegekend": 87},
        "noten": [],
    }
    volgorde = geordend("2.5", Q2)
    assert volgorde[:3] == codes(cijfers, cijfers["2.5"]["meeste_2015-Q2"])
    assert volgorde[::-1][:3] == codes(cijfers, cijfers["2.5"]["minste_2015-Q2"])


def _wmo(cijfers: Any) -> None:
    for periode in (Q1, Q2):
        assert kolom("2.9", periode) == {"clienten": cijfers["2.9"][periode]}
        assert kolom("2.12", periode) == cijfers["2.12"][periode]
        groepen = kolom("2.13", periode)
        assert {groep: groepen[groep] for groep in cijfers["2.13"][periode]} == cijfers["2.13"][periode]
        volgorde = geordend("2.10", periode)
        assert volgorde[:3] == codes(cijfers, cijfers["2.10"]["meeste"])
        assert volgorde[::-1][:3] == codes(cijfers, cijfers["2.10"]["minste"])


def _jeugd(cijfers: Any) -> None:
    assert kolom("2.14", Q1) == cijfers["2.14"][Q1]
    trajecten = kolom("2.16", Q1)
    sleutel = {
        "jeugdhulp zonder verblijf": "jeugdhulp_zonder_verblijf",
        "jeugdhulp met verblijf": "jeugdhulp_met_verblijf",
        "toezicht en begeleiding gedwongen": "toezicht en begeleiding gedwongen kader",
    }
    for rij, aantal in cijfers["2.16"]["2015-03-31"].items():
        assert op_vijf(trajecten[sleutel.get(rij, rij)]) == aantal, rij


def _klachten(cijfers: Any) -> None:
    for periode in ("2014-Q1", "2014-Q2", Q1, Q2):
        bron = cijfers["2.27"][periode]
        geteld = kolom("2.27", periode)
        assert (geteld["klacht"], geteld["bezwaar"], geteld["beroep"]) == (
            bron["klachten"],
            bron["bezwaren"],
            bron["beroepen"],
        )
    assert kolom("2.29", Q2) == {"ombudsman": cijfers["2.29"][Q2]}


def _teamwerk(cijfers: Any) -> None:
    bron = cijfers["2.3"]
    rijen = per_maand("2.3", Q2)
    per_week, locaties, uren, _ = rijen.pop("gemiddelde")
    assert (per_week, locaties, uren) == (
        bron["gemiddeld_per_week"],
        bron["gemiddeld_locaties"],
        bron["gemiddeld_uren_per_week"],
    )
    vaakst = sorted(rijen, key=lambda team: (-rijen[team][0], -rijen[team][2], team))
    assert sorted(vaakst[:2]) == sorted(codes(cijfers, bron["vaakst_en_langst"]))
    assert sorted(vaakst[-2:]) == sorted(codes(cijfers, bron["minst_en_kortst"]))
    avond = [team for team, waarden in rijen.items() if waarden[3]]
    assert sorted(avond) == sorted(codes(cijfers, bron["avondspreekuur_maandelijks"]))
    for periode in (Q1, Q2):
        assert kolom("2.7", periode) == {rij: per[periode] for rij, per in cijfers["2.7"].items()}
    consulten = per_maand("2.8", "2015-01-01..2015-06-30")
    assert {rij: waarden[0] for rij, waarden in consulten.items()} == {
        rij: aantal for rij, aantal in cijfers["2.8"].items() if rij != "periode"
    }


def _bewoners(cijfers: Any) -> None:
    for periode in (Q1, Q2):
        hoogste = geordend("2.11", periode)[:5]
        assert hoogste == codes(cijfers, cijfers["2.11"]["hoogste_aandeel"])
    stadsdelen = per_maand("2.15", Q1)
    assert stadsdelen["totaal"][0] == cijfers["2.14"][Q1]["totaal"]
    assert (
        sum(waarden[0] for rij, waarden in stadsdelen.items() if rij != "totaal") == stadsdelen["totaal"][0]
    )


def _geleverd(cijfers: Any) -> None:
    """What others delivered, as they did; what is not a number there is not known here, never 0."""

    def zoals(waarde: Any) -> Any:
        return waarde if isinstance(waarde, int) else "n.n.b."

    for tabel in ("2.17", "2.18", "2.19", "2.24"):
        for periode in (Q1, Q2):
            gepubliceerd = {rij: zoals(per[periode]) for rij, per in cijfers[tabel].items()}
            assert kolom(tabel, periode) == gepubliceerd, tabel
    for tabel, perioden in (("2.22", ("2014-04", "2015-04")), ("2.26", (Q1, Q2)), ("2.28", ("2014-Q1", Q2))):
        for periode in perioden:
            gepubliceerd = {rij: zoals(waarde) for rij, waarde in cijfers[tabel][periode].items()}
            assert kolom(tabel, periode) == gepubliceerd, tabel
    stand = cijfers["2.20"]["huishoudens_bijstand"]
    assert [kolom("2.20", periode)["huishoudens_bijstand"] for periode in (Q1, Q2)] == [*stand.values()]
    reeks = per_maand("2.21", "2014-10-01..2015-03-31")
    assert [*reeks["nieuwe_huishoudens"], *reeks["niet_meer_afhankelijk"]] == cijfers["2.21"]["reeks"]
    assert kolom("2.23", Q2) == cijfers["2.23"]
    assert [*kolom("2.25", Q2).values()] == [*cijfers["2.25"].values()]


GEPUBLICEERD = ("1.1", "2.4", "2.12", "2.13", "2.17", "2.18", "2.19", "2.24")
"""Tables of which the figures are printed by row and quarter."""


def _meegenomen(cijfers: Any) -> None:
    """Both quarters side by side in every format, read back: every table as it was answered, and as it was printed."""
    antwoorden = {tabel: beantwoord(Vraag.van_invoer(tabel, periode=Q2, vergelijk=Q1)) for tabel in TABELLEN}
    for formaat, lees in (("csv", lees_zip), ("xlsx", lees_xlsx), ("ods", lees_ods)):
        bladen = lees(schrijf_alle([*antwoorden.values()], formaat))
        for tabel, antwoord in antwoorden.items():
            naam = bestandsnaam(antwoord, "csv") if formaat == "csv" else tabel
            gelezen = rijen_in(bladen[naam])
            if formaat != "csv" or tabel != "2.6":
                assert gelezen == verwacht(antwoord, formaat), (tabel, formaat)
            if tabel in GEPUBLICEERD:
                _als_gedrukt(cijfers, tabel, gelezen)
        knopen = rijen_in(bladen[bestandsnaam(antwoorden["2.6"], "csv") if formaat == "csv" else "2.6"])
        aantal = 1 if formaat == "csv" else 2
        assert knopen["meldingen"][aantal] == cijfers["2.6"][Q2]["meldingen"] == 2079
    if kan_pdf():
        tekst = lees_pdf(schrijf_alle([*antwoorden.values()], "pdf"))
        assert "Meldingen 2.760 2.079" in tekst
        assert "Totaal 8.050 8.037" in tekst


def _als_gedrukt(cijfers: Any, tabel: str, gelezen: dict[str, list[Any]]) -> None:
    bron = cijfers[tabel]
    per_periode = bron if Q1 in bron else {p: {rij: per[p] for rij, per in bron.items()} for p in (Q1, Q2)}
    for plaats, periode in enumerate((Q1, Q2)):
        for rij, waarde in per_periode[periode].items():
            if isinstance(waarde, int):
                assert gelezen[rij][plaats] == waarde, (tabel, rij, periode)
