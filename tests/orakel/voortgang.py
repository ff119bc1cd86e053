"""How long meldingen take, what is open, how long people wait and how complete it all is (tables D.1 to D.6)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .lezen import Gemeente, Rij, datum, einde_van_dag, moment, veld
from .perioden import Periode
from .stroom import KOLOM_VAN_FILTER, meldingen, procent

Waarden = dict[str, list[int | float | str]]

NNB = "n.n.b."
MIJLPALEN = {
    "gesprek": ("gesprek_gestart",),
    "onderzoek": ("onderzoek_gestart",),
    "afgerond": ("onderzoek_afgerond",),
    "besluit": ("toegekend", "niet_toegekend"),
}
TRAJECTEN = {
    "gesprek": ("ontvangen", "gesprek"),
    "onderzoek": ("gesprek", "onderzoek"),
    "afgerond": ("onderzoek", "afgerond"),
    "besluit": ("afgerond", "besluit"),
    "melding_afgerond": ("ontvangen", "afgerond"),
    "melding_besluit": ("ontvangen", "besluit"),
}
TERMIJNEN = {
    ("melding_afgerond", "volwassenen"): 6 * 7,
    ("melding_besluit", "volwassenen"): 6 * 7 + 2 * 7,
    ("melding_besluit", "jeugd"): 8 * 7,
}
EERSTE_FEESTDAGEN = 2015
STERKSTE_EERST = {
    "toegekend": "",
    "niet_toegekend": "",
    "ingetrokken": "",
    "doorgezet": "",
    "plan_akkoord": "plan_akkoord",
    "onderzoek_afgerond": "onderzoek_afgerond",
    "onderzoek_gestart": "onderzoek",
    "voorveld": "",
    "gesprek_gestart": "gesprek",
    "ontvangen": "ontvangen",
}
FASEN = ("ontvangen", "gesprek", "onderzoek", "onderzoek_afgerond", "plan_akkoord")
LEEFTIJDEN = {
    "tot_2_weken": (0, 13),
    "tot_6_weken": (14, 41),
    "tot_13_weken": (42, 90),
    "13_weken_of_meer": (91, 10**9),
}
SPOED_UREN = 4


def rond_af(teller: int, noemer: int) -> float:
    """Return a quotient to one decimal, half up; 0 of nothing is 0."""
    return ((20 * teller + noemer) // (2 * noemer)) / 10 if noemer else 0.0


def _pasen(jaar: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian reckoning)."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(jaar, f // 31, f % 31 + 1)


def _vrij(dag: date) -> bool:
    pasen = _pasen(dag.year)
    koningsdag = date(dag.year, 4, 27)
    feest = {pasen + timedelta(days=dagen) for dagen in (-2, 0, 1, 39, 49, 50)}
    feest |= {date(dag.year, 1, 1), date(dag.year, 5, 5), date(dag.year, 12, 25), date(dag.year, 12, 26)}
    feest.add(koningsdag - timedelta(days=1) if koningsdag.weekday() == 6 else koningsdag)
    return dag.weekday() > 4 or (dag.year >= EERSTE_FEESTDAGEN and dag in feest)


def laatste_dag(begin: date, dagen: int) -> date:
    """Return the last day of a term: the first working day from there on (Algemene termijnenwet art. 1).

    Holidays before the Wmo 2015 and the Jeugdwet began are not looked at: no term of theirs ended then.
    """
    dag = begin + timedelta(days=dagen)
    while _vrij(dag):
        dag += timedelta(days=1)
    return dag


def _percentiel(waarden: list[int], deel: int) -> int | str:
    """Return the smallest value that at least `deel` per cent of the values don't exceed."""
    for waarde in sorted(waarden):
        if 100 * len([ander for ander in waarden if ander <= waarde]) >= deel * len(waarden):
            return waarde
    return NNB


def _per_melding(bekend: Gemeente) -> dict[str, list[Rij]]:
    gevonden: dict[str, list[Rij]] = {}
    for feit in bekend.get("gebeurtenissen", []):
        gevonden.setdefault(veld(feit, "melding_ref"), []).append(feit)
    return gevonden


def _eerste(feiten: Iterable[Rij], soorten: tuple[str, ...]) -> date | None:
    dagen = [dag for feit in feiten if veld(feit, "soort") in soorten and (dag := datum(feit, "datum"))]
    return min(dagen, default=None)


def doorlooptijden(bekend: Gemeente, periode: Periode, filters: Rij) -> Waarden:
    """Count D.1: days between milestones of the cohort, and the share within the term of the law."""
    per_melding = _per_melding(bekend)
    dagen: dict[str, list[int]] = {traject: [] for traject in TRAJECTEN}
    op_tijd: dict[str, list[bool]] = {traject: [] for traject in TRAJECTEN}
    for melding in meldingen(bekend, periode, filters):
        ontvangen = melding.ontvangen
        feiten = per_melding[veld(ontvangen, "melding_ref")]
        op = {naam: _eerste(feiten, soorten) for naam, soorten in MIJLPALEN.items()}
        begin = op["ontvangen"] = datum(ontvangen, "datum")
        for traject, (van, tot) in TRAJECTEN.items():
            eerst, dan = op[van], op[tot]
            if eerst is None or dan is None or begin is None or dan < eerst:
                continue
            dagen[traject].append((dan - eerst).days)
            termijn = TERMIJNEN.get((traject, veld(ontvangen, "categorie")))
            if termijn:
                op_tijd[traject].append(dan <= laatste_dag(begin, termijn))
    return {
        traject: [
            len(dagen[traject]),
            _percentiel(dagen[traject], 50),
            _percentiel(dagen[traject], 90),
            procent(op_tijd[traject].count(True), len(op_tijd[traject])) if op_tijd[traject] else NNB,
        ]
        for traject in TRAJECTEN
    }


def _open(bekend: Gemeente, dag: date) -> list[tuple[Rij, str, int, int]]:
    """Return the open meldingen at the end of a day: `ontvangen`, fase, days since, days since the last step."""
    gevonden = []
    for feiten in _per_melding(bekend).values():
        eerste = {soort: _eerste(feiten, (soort,)) for soort in STERKSTE_EERST}
        bereikt = {soort: op for soort, op in eerste.items() if op is not None and op <= dag}
        for ontvangen in (feit for feit in feiten if veld(feit, "soort") == "ontvangen"):
            if "ontvangen" not in bereikt:
                continue
            fase = next(fase for soort, fase in STERKSTE_EERST.items() if soort in bereikt)
            if fase:
                leeftijd = (dag - bereikt["ontvangen"]).days
                gevonden.append((ontvangen, fase, leeftijd, (dag - max(bereikt.values())).days))
    return gevonden


def werkvoorraad(
    bekend: Gemeente, periode: Periode, filters: Rij, wijkteams: list[str], import_op: datetime
) -> Waarden:
    """Count D.2; of what an overdracht brings in nobody has a melding yet."""
    spoed = {veld(rij, "ref"): rij for rij in bekend.get("meldingen", []) if veld(rij, "spoed") == "ja"}
    rijen: Waarden = {}
    openstaand = [
        melding
        for melding in _open(bekend, periode.laatste)
        if all(veld(melding[0], KOLOM_VAN_FILTER[naam]) == waarde for naam, waarde in filters.items())
    ]
    for sleutel in [*wijkteams, "overige", "totaal"]:
        van_team = [
            melding
            for melding in openstaand
            if sleutel == "totaal"
            or veld(melding[0], "team_code") == sleutel
            or (sleutel == "overige" and veld(melding[0], "team_code") not in wijkteams)
        ]
        te_laat = 0
        for ontvangen, _, _, _ in van_team:
            if rij := spoed.get(veld(ontvangen, "melding_ref")):
                binnen = moment(rij, "geregistreerd_op") or import_op
                te_laat += binnen + timedelta(hours=SPOED_UREN) <= einde_van_dag(periode.laatste)
        rijen[sleutel] = [
            len(van_team),
            *(len([m for m in van_team if m[1] == fase]) for fase in FASEN),
            *(len([m for m in van_team if van <= m[2] <= tot]) for van, tot in LEEFTIJDEN.values()),
            len(van_team),
            0,
            0,
            te_laat,
        ]
    return rijen


def wachttijd(bekend: Gemeente, periode: Periode, groepen: list[str], aanbieders: list[str]) -> Waarden:
    """Count D.3: days between besluit and start, never less than 0, of what began in the period."""
    wachten = [
        (veld(rij, "voorzieningengroep"), veld(rij, "aanbieder"), max(0, (begin - besluit).days))
        for rij in bekend.get("beschikkingen", [])
        if periode.bevat(begin := datum(rij, "ingangsdatum"))
        and begin is not None
        and (besluit := datum(rij, "besluitdatum")) is not None
    ]
    per_rij = {groep: [dagen for g, _, dagen in wachten if g == groep] for groep in groepen}
    per_rij |= {
        f"aanbieder: {naam}": [dagen for _, van, dagen in wachten if van == naam] for naam in aanbieders
    }
    per_rij["aanbieder onbekend"] = [dagen for _, van, dagen in wachten if not van]
    per_rij["totaal"] = [dagen for _, _, dagen in wachten]
    return {
        rij: [len(dagen), _percentiel(dagen, 50), _percentiel(dagen, 90)] for rij, dagen in per_rij.items()
    }


def herindicaties(bekend: Gemeente, periode: Periode, filters: Rij) -> Waarden:
    """Count D.4: the meldingen by aanleiding."""
    aanleidingen = [veld(m.ontvangen, "aanleiding") for m in meldingen(bekend, periode, filters)]
    rijen: Waarden = {
        aanleiding: [aanleidingen.count(aanleiding)]
        for aanleiding in ("nieuwe_vraag", "herindicatie", "melding_professional")
    }
    rijen["totaal"] = [len(aanleidingen)]
    rijen["herindicatie_pct"] = [procent(aanleidingen.count("herindicatie"), len(aanleidingen))]
    return rijen


def huishoudens(per_wet: dict[str, set[str]]) -> Waarden:
    """Count D.5 of the households under each law; an overdracht brings no plans and no contactpersonen."""
    alle, twee = per_wet["wmo"] | per_wet["jeugdwet"], per_wet["wmo"] & per_wet["jeugdwet"]
    return {
        "huishoudens": [len(alle)],
        "twee_wetten": [len(twee)],
        "met_plan": [0],
        "met_coordinator": [0],
        "twee_wetten_pct": [procent(len(twee), len(alle))],
        "met_plan_pct": [0],
        "met_coordinator_pct": [0],
        "wisselingen_contactpersoon": [0],
    }


def volledigheid(bekend: Gemeente, periode: Periode) -> Waarden:
    """Count D.6: of how many registrations each field is known, and which open meldingen stand still."""

    def gevuld(bestand: str, dag: str, kolom: str, soort: str = "") -> list[bool]:
        return [
            veld(rij, kolom) != ""
            for rij in bekend.get(bestand, [])
            if periode.bevat(datum(rij, dag)) and (not soort or veld(rij, "soort") == soort)
        ]

    per_rij = {
        f"melding_{naam}": gevuld("gebeurtenissen", "datum", kolom, "ontvangen")
        for naam, kolom in (
            ("team", "team_code"),
            ("categorie", "categorie"),
            ("kanaal", "kanaal"),
            ("aanleiding", "aanleiding"),
        )
    }
    for naam in ("thema", "wet", "afhandeling"):
        per_rij[f"contact_{naam}"] = gevuld("contacten", "datum", naam)
    for naam in ("financieringsvorm", "aanbieder", "besluitdatum"):
        per_rij[f"beschikking_{naam}"] = gevuld("beschikkingen", "ingangsdatum", naam)
    per_rij["klacht_wet"] = gevuld("klachten", "datum", "wet")
    per_rij["klacht_beschikking"] = gevuld("klachten", "datum", "beschikking_ref")
    stil = [dagen >= 14 for _, _, _, dagen in _open(bekend, periode.laatste)]
    per_rij["melding_zonder_stap_14_dagen"] = stil
    return {
        rij: [len(heeft), heeft.count(True), procent(heeft.count(True), len(heeft)) if heeft else NNB]
        for rij, heeft in per_rij.items()
    }
