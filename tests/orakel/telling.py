"""The derived tables of the monitor, counted row by row from an overdracht folder in memory.

Written from the definitions of the monitor alone: slow on purpose, day by day and client by client, without
any arithmetic on intervals, so that a reader can check it against the definition. Counts are raw: nothing is
suppressed here.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from .catalogus import BUITEN_TABEL_2_9, JEUGDHULP_MET_VERBLIJF, JEUGDWET, WMO
from .lezen import Gemeente, Rij, datum, veld, zoals_bekend
from .perioden import Periode, lees_periode
from .stroom import PERCENTAGES, Melding, in_blad, knopen, meldingen, procent

Kolom = dict[str, int | str]

FILTERS = {
    "2.4": frozenset({"team", "categorie", "kanaal", "aanleiding"}),
    "2.5": frozenset({"team", "kanaal", "aanleiding"}),
    "2.6": frozenset({"team", "categorie", "kanaal", "aanleiding"}),
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


def _wmo_clienten_per_wijkteam(bekend: Gemeente, periode: Periode, _filters: Rij) -> Kolom:
    geteld = _geteld_in_2_9(bekend, periode)
    aantallen = dict.fromkeys([*wijkteams(bekend), "onbekend"], 0)
    for client, beschikkingen in geteld.items():
        laatste_dag = max(dag for dag in periode.dagen() if any(geldt(b, dag) for b in beschikkingen))
        verblijf = _verblijf_op(bekend, client, laatste_dag)
        code = veld(verblijf, "team_code") if verblijf else ""
        aantallen[code if code in wijkteams(bekend) else "onbekend"] += 1
    return {**aantallen, "totaal": len(geteld)}


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


_TELLINGEN: dict[str, Callable[[Gemeente, Periode, Rij], Kolom]] = {
    "1.1": _toegang,
    "2.1": _telefoon_per_thema,
    "2.2": _mail_per_wet,
    "2.4": _meldingen,
    "2.5": _meldingen_per_wijkteam,
    "2.9": _wmo_clienten,
    "2.10": _wmo_clienten_per_wijkteam,
    "2.12": _wmo_clienten_per_financiering,
    "2.13": _wmo_clienten_per_groep,
    "2.14": _jeugd_clienten,
    "2.16": _jeugd_trajecten,
    "2.27": _klachten,
}
TABELLEN = ("1.1", "2.1", "2.2", "2.4", "2.5", "2.6", "2.9", "2.10", "2.12", "2.13", "2.14", "2.16", "2.27")


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
    perioden = _kolommen(sleutel, gelezen)
    kolommen = [_TELLINGEN[sleutel](bekend, per_kolom, filters) for per_kolom in perioden.values()]
    rijen = {rij: [kolom[rij] for kolom in kolommen] for rij in kolommen[0]}
    return {"kolommen": list(perioden), "rijen": rijen}
