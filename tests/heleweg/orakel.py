"""What must hold after every step, worked out from the rows alone; shares nothing with the product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from tests.heleweg.stand import Rij, Stand

WEGEN = {
    frozenset(weg): status
    for status, wegen in {
        "ontvangen": [{1}],
        "voorveld": [{1, 2}, {1, 2, 3}],
        "gesprek": [{1, 3}],
        "onderzoek": [{1, 3, 4}],
        "onderzoek_afgerond": [{1, 3, 4, 5}],
        "plan_akkoord": [{1, 3, 4, 5, 6}],
        "toegekend": [{1, 3, 4, 5, 6, 7}],
        "niet_toegekend": [{1, 3, 4, 5, 8}, {1, 3, 4, 5, 6, 8}],
        "ingetrokken": [{1, 9}, {1, 3, 9}, {1, 3, 4, 9}],
        "doorgezet": [{1, 10}],
    }.items()
    for weg in wegen
}
"""Which kinds of facts can be in force together, and where the melding stands then."""
VOLGORDE = (1, 3, 4, 5, 6)
"""Facts before an end, in the order in which they happen."""
LOPEND = ("concept", "ter_toets", "getoetst")
BESLUITSTAPPEN: dict[str, tuple[tuple[str, ...], str]] = {
    "opgesteld": (("",), "concept"),
    "gewijzigd": (("concept",), "concept"),
    "toets gevraagd": (("concept",), "ter_toets"),
    "toets opgepakt": (("ter_toets",), "ter_toets"),
    "vraag van de toetser": (("ter_toets",), "ter_toets"),
    "vraag beantwoord": (("ter_toets",), "ter_toets"),
    "akkoord na toets": (("ter_toets",), "getoetst"),
    "niet akkoord na toets": (("ter_toets",), "concept"),
    "toets teruggenomen": (("ter_toets",), "concept"),
    "terug in voorbereiding": (("getoetst",), "concept"),
    "toegekend": (("getoetst",), "toegekend"),
    "niet toegekend": (("concept", "getoetst"), "afgewezen"),
    "ingetrokken": (("concept", "getoetst"), "ingetrokken"),
    "hulp gestart": (("toegekend",), "toegekend"),
    "hulp gestopt": (("toegekend",), "toegekend"),
    "hulp vervallen": (("toegekend",), "toegekend"),
    "bijgesteld": (("toegekend",), "toegekend"),
}
"""Per step: from where a besluit may take it, and where it stands then."""
TOETSSTAPPEN: dict[str, tuple[tuple[str, ...], str]] = {
    "toets opgepakt": (("gevraagd",), "in_behandeling"),
    "vraag van de toetser": (("in_behandeling",), "vraag_open"),
    "vraag beantwoord": (("vraag_open",), "in_behandeling"),
    "akkoord na toets": (("in_behandeling",), "goedgekeurd"),
    "niet akkoord na toets": (("in_behandeling",), "afgekeurd"),
    "toets teruggenomen": (("gevraagd", "in_behandeling", "vraag_open"), "ingetrokken"),
}
LEVERINGSTAPPEN: dict[str, tuple[tuple[str, ...], str]] = {
    "toegekend": (("",), "opgedragen"),
    "hulp gestart": (("opgedragen",), "gestart"),
    "hulp gestopt": (("gestart",), "gestopt"),
    "hulp vervallen": (("opgedragen",), "vervallen"),
}


def controleer(stand: Stand) -> None:
    """AssertionError that names the rule that doesn't hold, and the row."""
    for regel in (meldingen, besluiten, plannen, wonen, herindicaties):
        regel(stand)


def meldingen(stand: Stand) -> None:
    """Every melding stands where its facts in force say, which came one after the other; reports say the same."""
    feiten = _per(stand["meldingen_gebeurtenis"], "melding_id")
    standen = _per(stand.waar("meldingen_stand", lambda rij: rij["tot"] is None), "melding_id")
    koppelingen = _per(stand.waar("meldingen_koppeling", lambda rij: rij["tot"] is None), "melding_id")
    for melding in stand["meldingen_melding"]:
        pk = melding["id"]
        gelden = [feit for feit in feiten[pk] if feit["vervallen_op"] is None]
        soorten = frozenset(feit["soort"] for feit in gelden)
        assert len(soorten) == len(gelden), ("een feit staat er dubbel", pk, gelden)
        if 1 in soorten:
            assert melding["status"] == WEGEN.get(soorten), ("status volgt de feiten niet", pk, soorten)
            dagen = {feit["soort"]: feit["datum"] for feit in gelden}
            begin = [dagen[soort] for soort in VOLGORDE if soort in dagen]
            einde = [dag for soort, dag in dagen.items() if soort not in VOLGORDE]
            assert [*begin, *einde] == sorted(begin + einde), ("de dagen lopen niet op", pk, dagen)
        else:
            assert melding["status"] == "vervallen", ("telt mee zonder ontvangst", pk)
        assert len(standen[pk]) == (1 in soorten), ("niet een stand", pk)
        assert [(rij["persoon_id"], rij["huishouden_id"]) for rij in koppelingen[pk]] == [
            (melding["persoon_id"], melding["huishouden_id"])
        ], ("de koppeling die loopt zegt iets anders", pk)


def besluiten(stand: Stand) -> None:
    """Besluit, toets and levering stand where their steps lead; what is granted has its akkoord and its beschikking."""
    stappen = _per(stand["voorzieningen_besluitstap"], "besluit_id")
    toetsen = _per(stand["voorzieningen_toets"], "besluit_id")
    leveringen = _per(stand["voorzieningen_levering"], "besluit_id")
    beschikkingen = {rij["id"]: rij for rij in stand["voorzieningen_beschikking"]}
    feiten = _per(stand.waar("meldingen_gebeurtenis", lambda rij: rij["vervallen_op"] is None), "melding_id")
    meldingen = {rij["id"]: rij for rij in stand["meldingen_melding"]}
    for besluit in stand["voorzieningen_besluit"]:
        pk, gezet = besluit["id"], [rij["stap"] for rij in stappen[besluit["id"]]]
        assert set(gezet) <= BESLUITSTAPPEN.keys(), ("onbekende stap", pk, gezet)
        assert besluit["status"] == _loop(BESLUITSTAPPEN, gezet), (
            "besluit volgt zijn stappen niet",
            pk,
            gezet,
        )
        verwacht = [_loop(TOETSSTAPPEN, ronde, "gevraagd") for ronde in _rondes(gezet)]
        assert [rij["status"] for rij in toetsen[pk]] == verwacht, ("toets volgt de stappen niet", pk, gezet)
        lopend = [rij for rij in toetsen[pk] if rij["status"] in ("gevraagd", "in_behandeling", "vraag_open")]
        assert len(lopend) == (besluit["status"] == "ter_toets"), ("niet een lopende toets", pk)
        wie = {rij["door_id"] for rij in stappen[pk] if rij["stap"] in ("opgesteld", "gewijzigd")}
        assert all(rij["toetser_id"] not in {*wie, rij["gevraagd_door_id"]} for rij in toetsen[pk]), pk
        status = meldingen[besluit["melding_id"]]["status"]
        soorten = {feit["soort"] for feit in feiten[besluit["melding_id"]]}
        if besluit["status"] == "toegekend":
            assert {1, 6, 7} <= soorten, ("toegekend zonder akkoord of feit", pk, soorten)
            beschikking = beschikkingen.pop(besluit["beschikking_id"])
            assert beschikking["vervallen_op"] is None, ("de beschikking is vervallen", pk)
            for veld in ("persoon_id", "voorziening_id", "financieringsvorm", "ingangsdatum", "einddatum"):
                assert beschikking[veld] == besluit[veld], ("de beschikking zegt iets anders", pk, veld)
        else:
            assert besluit["beschikking_id"] is None, ("beschikking zonder toekenning", pk)
        if besluit["status"] in LOPEND:
            assert status in ("onderzoek_afgerond", "plan_akkoord", "toegekend"), (
                "besluit in voorbereiding bij een melding die daar niet is",
                pk,
                status,
            )
        levering = _loop(LEVERINGSTAPPEN, gezet)
        assert [rij["status"] for rij in leveringen[pk]] == [levering] * bool(levering), ("levering", pk)
    assert not beschikkingen, ("beschikking zonder besluit", beschikkingen)
    _pgb_naast_zin(stand)
    open_ = Counter(rij["aanvraag_id"] for rij in stand["voorzieningen_opschorting"] if rij["tot"] is None)
    assert not open_ or max(open_.values()) == 1, "twee opschortingen tegelijk"


def _pgb_naast_zin(stand: Stand) -> None:
    geldend = stand.waar("voorzieningen_besluit", lambda rij: rij["status"] in (*LOPEND, "toegekend"))
    for een, ander in combinations(geldend, 2):
        zelfde = all(een[veld] == ander[veld] for veld in ("persoon_id", "voorziening_id"))
        vormen = een["financieringsvorm"] != ander["financieringsvorm"]
        tegelijk = een["ingangsdatum"] <= (ander["einddatum"] or "9999") and ander["ingangsdatum"] <= (
            een["einddatum"] or "9999"
        )
        assert not (zelfde and vormen and tegelijk), ("pgb naast zin", een["id"], ander["id"])


def plannen(stand: Stand) -> None:
    """One running plan per household; who owns or holds something takes part; a closed plan has nothing running."""
    lopend = {rij["id"]: rij["huishouden_id"] for rij in stand["households_plan"] if rij["tot"] is None}
    assert len(set(lopend.values())) == len(lopend), ("twee lopende plannen", lopend)
    doet_mee = {rij["id"]: rij["plan_id"] for rij in stand["households_deelnemer"] if rij["tot"] is None}
    assert set(doet_mee.values()) <= lopend.keys(), "deelnemer aan een afgesloten plan"
    regie = stand.waar("households_regie", lambda rij: rij["tot"] is None)
    assert len({(rij["plan_id"], rij["soort"]) for rij in regie}) == len(regie), "twee keer dezelfde regie"
    doelen = stand.waar("households_doel", lambda rij: rij["stand"] == 1 and rij["plan_id"] in lopend)
    for rij, wie in [(rij, "deelnemer_id") for rij in regie] + [(rij, "eigenaar_id") for rij in doelen]:
        assert doet_mee.get(rij[wie]) == rij["plan_id"], ("wie dit heeft doet niet mee", rij)
    for plan in stand["households_plan"]:
        nummers = [rij["nummer"] for rij in stand["households_planversie"] if rij["plan_id"] == plan["id"]]
        assert sorted(nummers) == list(range(1, len(nummers) + 1)), ("versies", plan["id"], nummers)
        afgesloten = [rij for rij in stand["households_afsluiting"] if rij["plan_id"] == plan["id"]]
        assert len(afgesloten) == (plan["tot"] is not None), ("afsluiting", plan["id"])


def wonen(stand: Stand) -> None:
    """Everybody has a household's history; who lives, lives somewhere, and nowhere twice; the dead live nowhere."""
    gelden = stand.waar("households_verblijf", lambda rij: rij["vervallen_op"] is None)
    ooit = {rij["persoon_id"] for rij in gelden if rij["huishouden_id"] is not None}
    nu = [(rij["persoon_id"], rij["huishouden_id"]) for rij in gelden if rij["tot"] is None]
    assert len(nu) == len(set(nu)), "iemand woont dubbel in een huishouden"
    personen = {rij["id"]: rij for rij in stand["households_persoon"]}
    for pk, persoon in personen.items():
        woont = any(wie == pk for wie, _ in nu)
        if persoon["vervallen_op"] is not None:
            assert not woont, ("wie vervallen is woont ergens", pk)
            continue
        assert pk in ooit, ("iemand zonder geschiedenis", pk)
        assert woont == (persoon["overleden_op"] is None), ("wonen en leven passen niet", pk)
    for rij in gelden:
        geboren = personen[rij["persoon_id"]]["geboortedatum"]
        assert geboren is None or rij["vanaf"] >= geboren, ("woont voor de geboorte", rij)
    actief = [rij for rij in stand["meldingen_melding"] if rij["status"] != "vervallen"]
    for rij in actief + stand["voorzieningen_besluit"]:
        wie = personen[rij["persoon_id"]]
        assert wie["vervallen_op"] is None, ("gaat over iemand die niet bestaat", rij["id"])


def herindicaties(stand: Stand) -> None:
    """An indicatie comes back once."""
    terug = [rij["herindicatie_van_id"] for rij in stand["meldingen_melding"] if rij["herindicatie_van_id"]]
    assert len(terug) == len(set(terug)), ("dubbele herindicatie", terug)


def _loop(stappen: dict[str, tuple[tuple[str, ...], str]], gezet: Iterable[str], begin: str = "") -> str:
    """Where one ends that takes these steps, of which those it doesn't know are somebody else's."""
    staat = begin
    for stap in gezet:
        if stap in stappen:
            van, naar = stappen[stap]
            assert staat in van, ("stap die daar niet kan", stap, staat)
            staat = naar
    return staat


def _rondes(gezet: list[str]) -> list[list[str]]:
    """The steps after each time that a toets was asked for."""
    rondes: list[list[str]] = []
    for stap in gezet:
        if stap == "toets gevraagd":
            rondes.append([])
        elif rondes and stap in TOETSSTAPPEN:
            rondes[-1].append(stap)
    return rondes


def _per(rijen: list[Rij], veld: str) -> defaultdict[Any, list[Rij]]:
    per: defaultdict[Any, list[Rij]] = defaultdict(list)
    for rij in rijen:
        per[rij[veld]].append(rij)
    return per
