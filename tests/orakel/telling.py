"""The derived tables of the monitor, counted row by row from an overdracht folder in memory.

Written from the definitions of the monitor alone: slow on purpose, day by day and client by client, without
any arithmetic on intervals, so that a reader can check it against the definition. Counts are raw: nothing is
suppressed here.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from . import buurt, voortgang
from .catalogus import BUITEN_TABEL_2_9, JEUGDHULP_MET_VERBLIJF, JEUGDWET, WMO
from .lezen import Gemeente, Rij, datum, veld, zoals_bekend
from .perioden import Periode, lees_periode
from .stroom import PERCENTAGES, Melding, in_blad, knopen, meldingen, procent

Kolom = dict[str, int | float | str]

FILTERS = {
    "2.4": frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
    "2.5": frozenset({"team", "stadsdeel", "kanaal", "aanleiding"}),
    "2.6": frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
    "D.1": frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
    "D.2": frozenset({"categorie", "kanaal", "aanleiding"}),
    "D.4": frozenset({"team", "stadsdeel", "categorie", "kanaal"}),
}


def wijkteams(bekend: Gemeente) -> list[str]:
    """Return the codes of the wijkteams in the order of their code (rows of 2.5 and 2.10)."""
    return sorted(veld(team, "code") for team in bekend.get("teams", []) if veld(team, "soort") == "wijkteam")


def _in_periode(rijen: Iterable[Rij], periode: Periode) -> list[Rij]:
    return [rij for rij in rijen if periode.bevat(datum(rij, "datum"))]


def _met(rijen: Iterable[Rij], kolom: str, *waarden: str) -> list[Rij]:
    return [rij for rij in rijen if veld(rij, kolom) in waarden]


def _contacten(bekend: Gemeente, periode: Periode, *kanalen: str) -> list[Rij]:
    return _met(_in_periode(bekend.get("contacten", []), periode), "kanaal", *kanalen)


def _toegang(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    return {
        "telefoon": len(_contacten(bekend, periode, "telefoon")),
        "email_webformulier": len(_contacten(bekend, periode, "email", "webformulier")),
    }


def _telefoon_per_thema(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    gesprekken = _contacten(bekend, periode, "telefoon")
    kolom: Kolom = {
        thema: len(_met(gesprekken, "thema", thema))
        for thema in ("werk_en_uitkering", "zorg_en_ondersteuning", "jeugd_en_opvoeding")
    }
    kolom["totaal"] = len(gesprekken)
    kolom["direct_afgehandeld_pct"] = procent(len(_met(gesprekken, "afhandeling", "direct")), len(gesprekken))
    return kolom


def _mail_per_wet(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    mails = _contacten(bekend, periode, "email", "webformulier")
    kolom: Kolom = {wet: len(_met(mails, "wet", wet)) for wet in ("wmo", "jeugdwet", "participatiewet")}
    kolom["totaal"] = len(mails)
    return kolom


def _van_categorie(lijst: Iterable[Melding], categorie: str) -> list[Melding]:
    return [melding for melding in lijst if veld(melding.ontvangen, "categorie") == categorie]


def _meldingen(bekend: Gemeente, periode: Periode, filters: Rij) -> Kolom:
    alle = meldingen(bekend, periode, filters)
    volwassenen = _van_categorie(alle, "volwassenen")
    return {
        "volwassenen": len(volwassenen),
        "jeugd": len(_van_categorie(alle, "jeugd")),
        "totaal": len(alle),
        "voorveld_volwassenen_pct": procent(len(in_blad(volwassenen, "voorveld")), len(volwassenen)),
    }


def _meldingen_per_wijkteam(bekend: Gemeente, periode: Periode, filters: Rij) -> Kolom:
    volwassenen = _van_categorie(meldingen(bekend, periode, filters), "volwassenen")
    kolom: Kolom = {
        code: len([melding for melding in volwassenen if veld(melding.ontvangen, "team_code") == code])
        for code in wijkteams(bekend)
    }
    kolom["totaal"] = len(volwassenen)
    return kolom


def geldt(beschikking: Rij, dag: date) -> bool:
    """Tell whether a beschikking is in force on a day: `einddatum` is its last day, empty is open."""
    ingangsdatum, einddatum = datum(beschikking, "ingangsdatum"), datum(beschikking, "einddatum")
    return ingangsdatum is not None and ingangsdatum <= dag and (einddatum is None or dag <= einddatum)


def _lopend(bekend: Gemeente, wet: str, dagen: list[date]) -> list[Rij]:
    return [
        beschikking
        for beschikking in _met(bekend.get("beschikkingen", []), "wet", wet)
        if any(geldt(beschikking, dag) for dag in dagen)
    ]


def _clienten(beschikkingen: Iterable[Rij]) -> set[str]:
    return {veld(beschikking, "persoon_ref") for beschikking in beschikkingen}


def _geteld_in_2_9(bekend: Gemeente, periode: Periode) -> dict[str, list[Rij]]:
    """Return per client of table 2.9 the Wmo beschikkingen that make them one."""
    geteld = [
        beschikking
        for beschikking in _lopend(bekend, "wmo", periode.dagen())
        if veld(beschikking, "voorzieningengroep") not in BUITEN_TABEL_2_9
    ]
    return {client: _met(geteld, "persoon_ref", client) for client in _clienten(geteld)}


def _wmo_clienten(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    return {"clienten": len(_geteld_in_2_9(bekend, periode))}


def _verblijf_op(bekend: Gemeente, client: str, dag: date) -> Rij | None:
    """Return where a client stayed on a day: of several the latest `vanaf`, then the smallest ref."""
    gekozen: Rij | None = None
    van_client = _met(bekend.get("verblijven", []), "persoon_ref", client)
    for verblijf in sorted(van_client, key=lambda rij: veld(rij, "ref")):
        vanaf, tot = datum(verblijf, "vanaf"), datum(verblijf, "tot")
        if vanaf is None or vanaf > dag or (tot is not None and tot <= dag):
            continue
        if gekozen is None or veld(verblijf, "vanaf") > veld(gekozen, "vanaf"):
            gekozen = verblijf
    return gekozen


def _laatste_verblijven(bekend: Gemeente, periode: Periode, clienten: dict[str, list[Rij]]) -> list[Rij]:
    """Return per client the verblijf on the last day in the period with a voorziening; empty without one."""
    verblijven = []
    for client, beschikkingen in clienten.items():
        laatste_dag = max(dag for dag in periode.dagen() if any(geldt(b, dag) for b in beschikkingen))
        verblijven.append(_verblijf_op(bekend, client, laatste_dag) or {})
    return verblijven


def _wmo_clienten_per_wijkteam(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    geteld = _geteld_in_2_9(bekend, periode)
    aantallen = dict.fromkeys([*wijkteams(bekend), "onbekend"], 0)
    for verblijf in _laatste_verblijven(bekend, periode, geteld):
        code = veld(verblijf, "team_code")
        aantallen[code if code in wijkteams(bekend) else "onbekend"] += 1
    return {**aantallen, "totaal": len(geteld)}


def _wmo_aandeel(bekend: Gemeente, periode: Periode, filters: Rij) -> Kolom:
    clienten = _wmo_clienten_per_wijkteam(bekend, periode, filters)
    alle = wijkteams(bekend)
    return {
        rij: buurt.aandeel(
            int(clienten[rij]),
            buurt.inwoners(bekend, periode.eerste, "inwoners", alle if rij == "totaal" else [rij]),
        )
        for rij in [*alle, "totaal"]
    }


def _jeugd_per_stadsdeel(bekend: Gemeente, periode: Periode) -> voortgang.Waarden:
    lopend = _lopend(bekend, "jeugdwet", periode.dagen())
    geteld = {client: _met(lopend, "persoon_ref", client) for client in _clienten(lopend)}
    codes = [veld(v, "team_code") for v in _laatste_verblijven(bekend, periode, geteld)]
    delen = {
        veld(team, "code"): veld(team, "stadsdeel")
        for team in bekend.get("teams", [])
        if veld(team, "soort") == "wijkteam"
    }
    rijen: voortgang.Waarden = {}
    for stadsdeel in sorted(set(delen.values()) - {""}):
        teams = [code for code, deel in delen.items() if deel == stadsdeel]
        aantal = len([code for code in codes if code in teams])
        van = buurt.inwoners(bekend, periode.eerste, "jeugdigen", teams)
        rijen[stadsdeel] = [aantal, buurt.aandeel(aantal, van)]
    rijen["onbekend"] = [len([code for code in codes if not delen.get(code)]), voortgang.NNB]
    alle = buurt.inwoners(bekend, periode.eerste, "jeugdigen", wijkteams(bekend))
    rijen["totaal"] = [len(codes), buurt.aandeel(len(codes), alle)]
    return rijen


def _huishoudens(bekend: Gemeente, periode: Periode) -> voortgang.Waarden:
    per_wet: dict[str, set[str]] = {}
    for wet in ("wmo", "jeugdwet"):
        lopend = _lopend(bekend, wet, periode.dagen())
        geteld = {client: _met(lopend, "persoon_ref", client) for client in _clienten(lopend)}
        verblijven = _laatste_verblijven(bekend, periode, geteld)
        per_wet[wet] = {veld(verblijf, "huishouden_ref") for verblijf in verblijven} - {""}
    return voortgang.huishoudens(per_wet)


def _wmo_clienten_per_financiering(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    geteld = _geteld_in_2_9(bekend, periode)
    vormen = [
        {veld(beschikking, "financieringsvorm") for beschikking in beschikkingen} - {""}
        for beschikkingen in geteld.values()
    ]
    return {
        "pgb": vormen.count({"pgb"}),
        "zin": vormen.count({"zin"}),
        "beide": vormen.count({"pgb", "zin"}),
        "totaal": len(geteld),
    }


def _geleverd(bekend: Gemeente, sleutel: str, rij: str, periode: Periode) -> list[int | str]:
    return [
        "n.n.b." if veld(cijfer, "status") == "nnb" else int(veld(cijfer, "waarde"))
        for cijfer in _met(bekend.get("externe_cijfers", []), "tabel", sleutel)
        if veld(cijfer, "rij") == rij and veld(cijfer, "periode") == periode.sleutel
    ]


def _wmo_clienten_per_groep(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    lopend = _lopend(bekend, "wmo", periode.dagen())
    kolom: Kolom = {}
    for groep in WMO:
        geleverd = _geleverd(bekend, "2.13", groep, periode)
        if len(geleverd) > 1:
            raise ValueError(f"two external figures in force for {groep} in {periode.sleutel}")
        kolom[groep] = geleverd[0] if geleverd else len(_clienten(_met(lopend, "voorzieningengroep", groep)))
    return kolom


def _jeugdhulp(beschikkingen: Iterable[Rij]) -> list[Rij]:
    gedwongen = ("jeugdbescherming", "jeugdreclassering")
    return [b for b in beschikkingen if veld(b, "voorzieningengroep") not in gedwongen]


def _jeugd_clienten(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    lopend = _lopend(bekend, "jeugdwet", periode.dagen())
    return {
        "jeugdhulp": len(_clienten(_jeugdhulp(lopend))),
        "jeugdbescherming": len(_clienten(_met(lopend, "voorzieningengroep", "jeugdbescherming"))),
        "jeugdreclassering": len(_clienten(_met(lopend, "voorzieningengroep", "jeugdreclassering"))),
        "totaal": len(_clienten(lopend)),
    }


def _jeugd_trajecten(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    trajecten = _lopend(bekend, "jeugdwet", [periode.laatste])
    hulp = _jeugdhulp(trajecten)
    met_verblijf = _met(hulp, "voorzieningengroep", *JEUGDHULP_MET_VERBLIJF)
    kolom: Kolom = {
        "jeugdhulp": len(hulp),
        "jeugdhulp_zonder_verblijf": len(hulp) - len(met_verblijf),
        "jeugdhulp_met_verblijf": len(met_verblijf),
    }
    for groep in ("jeugdbescherming", "jeugdreclassering"):
        van_groep = _met(trajecten, "voorzieningengroep", groep)
        kolom[groep] = len(van_groep)
        kolom.update({naam: len(_met(van_groep, "voorziening", naam)) for naam in JEUGDWET[groep]})
    kolom["totaal"] = len(trajecten)
    return kolom


def _klachten(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    ontvangen = _met(_in_periode(bekend.get("klachten", []), periode), "wet", "wmo", "jeugdwet")
    soorten = ("klacht", "bezwaar", "beroep", "hoger_beroep", "voorlopige_voorziening")
    return {soort: len(_met(ontvangen, "soort", soort)) for soort in soorten}


def _ombudsman(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    return {"ombudsman": len(_met(_in_periode(bekend.get("klachten", []), periode), "soort", "ombudsman"))}


_TELLINGEN: dict[str, Callable[[Gemeente, Periode, Rij], Kolom]] = {
    "1.1": _toegang,
    "2.1": _telefoon_per_thema,
    "2.2": _mail_per_wet,
    "2.4": _meldingen,
    "2.5": _meldingen_per_wijkteam,
    "2.9": _wmo_clienten,
    "2.10": _wmo_clienten_per_wijkteam,
    "2.11": _wmo_aandeel,
    "2.12": _wmo_clienten_per_financiering,
    "2.13": _wmo_clienten_per_groep,
    "2.14": _jeugd_clienten,
    "2.16": _jeugd_trajecten,
    "2.27": _klachten,
    "2.29": _ombudsman,
}
_KOLOMMEN = {
    "2.3": ("per_week", "locaties", "uren_per_week", "avond"),
    "2.8": ("aantal", "pct"),
    "2.15": ("aantal", "pct"),
    "D.1": ("aantal", "mediaan", "p90", "binnen_termijn_pct"),
    "D.2": (
        "open",
        *voortgang.FASEN,
        *voortgang.LEEFTIJDEN,
        "zonder_medewerker",
        "medewerkers",
        "per_medewerker",
        "spoed_te_laat",
    ),
    "D.3": ("aantal", "mediaan", "p90"),
    "D.6": ("registraties", "aantal", "pct"),
}
"""The columns of the tables that have others than periods."""
TABELLEN = (
    *("1.1", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10", "2.11", "2.12", "2.13"),
    *("2.14", "2.15", "2.16", "2.17", "2.18", "2.19", "2.20", "2.21", "2.22", "2.23", "2.24", "2.25", "2.26"),
    *("2.27", "2.28", "2.29", "D.1", "D.2", "D.3", "D.4", "D.5", "D.6"),
)


def _met_kolommen(
    bekend: Gemeente,
    sleutel: str,
    periode: Periode,
    filters: Rij,
    aanbieders: list[str],
    import_op: datetime,
) -> dict[str, Any] | None:
    """Count a table that gives its columns itself; None for another."""
    teams = wijkteams(bekend)
    if sleutel in buurt.GELEVERD:
        kolommen, rijen = buurt.geleverd(bekend, sleutel, periode)
        return {"kolommen": kolommen, "rijen": rijen}
    per_tabel: dict[str, Callable[[], voortgang.Waarden]] = {
        "2.3": lambda: buurt.spreekuren(bekend, periode, teams),
        "2.7": lambda: buurt.opbouwwerk(bekend, periode),
        "2.8": lambda: buurt.consulten(bekend, periode),
        "2.15": lambda: _jeugd_per_stadsdeel(bekend, periode),
        "D.1": lambda: voortgang.doorlooptijden(bekend, periode, filters),
        "D.2": lambda: voortgang.werkvoorraad(bekend, periode, filters, teams, import_op),
        "D.3": lambda: voortgang.wachttijd(bekend, periode, [*WMO, *JEUGDWET], aanbieders),
        "D.4": lambda: voortgang.herindicaties(bekend, periode, filters),
        "D.5": lambda: _huishoudens(bekend, periode),
        "D.6": lambda: voortgang.volledigheid(bekend, periode),
    }
    if sleutel not in per_tabel:
        return None
    return {"kolommen": [*_KOLOMMEN.get(sleutel, (periode.sleutel,))], "rijen": per_tabel[sleutel]()}


def _stroomschema(bekend: Gemeente, periode: Periode, filters: Rij) -> dict[str, Any]:
    aantallen = knopen(meldingen(bekend, periode, {"categorie": "volwassenen"} | filters))
    return {
        "knopen": aantallen,
        "percentages": {deel: procent(aantallen[deel], aantallen[van]) for deel, van in PERCENTAGES.items()},
    }


def _kolommen(sleutel: str, periode: Periode) -> dict[str, Periode]:
    if sleutel in ("2.1", "2.2"):
        return {maand.sleutel: maand for maand in periode.maanden()}
    if sleutel == "2.16":
        return {periode.laatste.isoformat(): periode}
    return {periode.sleutel: periode}


def tabel(
    gemeente: Gemeente,
    sleutel: str,
    periode: str,
    *,
    bekend_op: datetime | None = None,
    filters: dict[str, str] | None = None,
    import_op: datetime,
) -> dict[str, Any]:
    """Count one derived table, before any suppression.

    Table 2.6 gives `{"knopen": {...}, "percentages": {...}}`; every other one gives `{"kolommen": [...],
    "rijen": {key: [one value per column]}}`, rows in the order of the monitor. `bekend_op` is an aware moment
    (for a date: `einde_van_dag`), None is now; `import_op` is when rows without `geregistreerd_op` came in.
    ValueError for a filter that the table does not take, for an unknown period, and for a folder with two
    `ontvangen` of a melding, or two external figures of a cell, in force at once. KeyError for an unknown
    table.
    """
    filters = filters or {}
    if vreemd := set(filters) - FILTERS.get(sleutel, frozenset()):
        raise ValueError(f"table {sleutel} takes no filter {', '.join(sorted(vreemd))}")
    bekend = zoals_bekend(gemeente, bekend_op, import_op)
    gelezen = lees_periode(periode)
    if sleutel == "2.6":
        return _stroomschema(bekend, gelezen, filters)
    aanbieders = {veld(rij, "aanbieder") for rij in gemeente.get("beschikkingen", [])} - {""}
    eigen = _met_kolommen(bekend, sleutel, gelezen, filters, sorted(aanbieders), import_op)
    if eigen is not None:
        return eigen
    perioden = _kolommen(sleutel, gelezen)
    kolommen = [_TELLINGEN[sleutel](bekend, per_kolom, filters) for per_kolom in perioden.values()]
    rijen = {rij: [kolom[rij] for kolom in kolommen] for rij in kolommen[0]}
    return {"kolommen": list(perioden), "rijen": rijen}
