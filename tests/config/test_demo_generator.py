"""The demo of Almere 2015 yields the published figures: counted straight from its files, with plain loops."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from config import demo
from config.demo.generator import schrijf_overdracht

Rij = dict[str, str]
GEPUBLICEERD: dict[str, Any] = json.loads(
    Path(demo.__file__).with_name("almere_2015.json").read_text(encoding="utf-8")
)
AANNAMES = GEPUBLICEERD["aannames"]
KWARTALEN = {
    "2014-Q1": ("2014-01-01", "2014-03-31"),
    "2014-Q2": ("2014-04-01", "2014-06-30"),
    "2015-Q1": ("2015-01-01", "2015-03-31"),
    "2015-Q2": ("2015-04-01", "2015-06-30"),
}
VAN_2015 = ("2015-Q1", "2015-Q2")
CODE = {team["naam"]: team["code"] for team in GEPUBLICEERD["wijkteams"]}
GEEN_GEMEENTELIJKE_REGISTRATIE = ("beschermd wonen", "opvang")
VERWIJZINGEN = {
    ("postcodes", "team_code"): ("teams", "code"),
    ("inwoners", "team_code"): ("teams", "code"),
    ("spreekuren", "team_code"): ("teams", "code"),
    ("activiteiten", "team_code"): ("teams", "code"),
    ("consulten", "team_code"): ("teams", "code"),
    ("verblijven", "team_code"): ("teams", "code"),
    ("verblijven", "persoon_ref"): ("personen", "ref"),
    ("contacten", "melding_ref"): ("meldingen", "ref"),
    ("meldingen", "persoon_ref"): ("personen", "ref"),
    ("gebeurtenissen", "melding_ref"): ("meldingen", "ref"),
    ("gebeurtenissen", "team_code"): ("teams", "code"),
    ("beschikkingen", "persoon_ref"): ("personen", "ref"),
    ("beschikkingen", "melding_ref"): ("meldingen", "ref"),
    ("klachten", "beschikking_ref"): ("beschikkingen", "ref"),
}


class Map:
    """The files of one folder, and what of them is in force now."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self.rijen: dict[str, list[Rij]] = {}
        for bestand in sorted(pad.glob("*.csv")):
            with bestand.open(encoding="utf-8", newline="") as stroom:
                self.rijen[bestand.stem] = list(csv.DictReader(stroom, strict=True))

    def nu(self, bestand: str) -> Iterator[Rij]:
        """Rows that have not lapsed."""
        return (rij for rij in self.rijen[bestand] if not rij["vervallen_op"])

    def in_kwartaal(self, bestand: str, kwartaal: str) -> Iterator[Rij]:
        """Rows in force, dated in the quarter."""
        van, tot_en_met = KWARTALEN[kwartaal]
        return (rij for rij in self.nu(bestand) if van <= rij["datum"] <= tot_en_met)

    def loopt(self, wet: str, kwartaal: str) -> Iterator[Rij]:
        """Beschikkingen of this law that are in force on a day of the quarter."""
        van, tot_en_met = KWARTALEN[kwartaal]
        for rij in self.nu("beschikkingen"):
            open_op = not rij["einddatum"] or rij["einddatum"] >= van
            if rij["wet"] == wet and rij["ingangsdatum"] <= tot_en_met and open_op:
                yield rij


@pytest.fixture(scope="session")
def almere(tmp_path_factory: pytest.TempPathFactory) -> Map:
    pad = tmp_path_factory.mktemp("demo") / "almere"
    schrijf_overdracht(pad)
    return Map(pad)


def afgerond(deel: float, geheel: float, op: int = 1) -> float:
    """Percentage, half up, in whole per cents (`op` 1) or tenths (`op` 10)."""
    return int(deel * 100 * op / geheel + 0.5) / op


def op_vijf(aantal: int) -> int:
    return (aantal + 2) // 5 * 5


def rangorde(aantallen: dict[str, int]) -> list[str]:
    return sorted(aantallen, key=lambda sleutel: aantallen[sleutel])


def stroom(rijen: Iterator[Rij]) -> dict[tuple[str, str, str], Counter[str]]:
    """Leaves of the stroomschema by quarter, categorie and team, from facts in force."""
    soorten: dict[str, set[str]] = defaultdict(set)
    ontvangen: dict[str, Rij] = {}
    for rij in rijen:
        soorten[rij["melding_ref"]].add(rij["soort"])
        if rij["soort"] == "ontvangen":
            ontvangen[rij["melding_ref"]] = rij
    bladen: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for ref, rij in ontvangen.items():
        for kwartaal in VAN_2015:
            if KWARTALEN[kwartaal][0] <= rij["datum"] <= KWARTALEN[kwartaal][1]:
                bladen[kwartaal, rij["categorie"], rij["team_code"]][blad(soorten[ref])] += 1
    return bladen


def blad(soorten: set[str]) -> str:
    if "toegekend" in soorten:
        return "toegekend"
    if "niet_toegekend" in soorten:
        return "niet_toegekend"
    if "onderzoek_afgerond" in soorten:
        return "nog_geen_besluit"
    if "onderzoek_gestart" in soorten:
        return "onderzoek_loopt"
    if "gesprek_gestart" in soorten:
        return "geen_onderzoek_nodig" if "voorveld" in soorten else "overig_na_gesprek"
    return "voorveld" if "voorveld" in soorten else "overig_voor_gesprek"


def bladen_van(map_: Map, kwartaal: str, categorie: str) -> Counter[str]:
    totaal: Counter[str] = Counter()
    for (welk, soort, _), aantallen in stroom(map_.nu("gebeurtenissen")).items():
        if (welk, soort) == (kwartaal, categorie):
            totaal.update(aantallen)
    return totaal


def wmo_per_team(map_: Map, kwartaal: str) -> Counter[str]:
    """Clients by the team of their verblijf on their last day in the quarter with help in force (2.10)."""
    tot_en_met = KWARTALEN[kwartaal][1]
    laatste_dag: dict[str, str] = {}
    for rij in map_.loopt("wmo", kwartaal):
        dag = min(rij["einddatum"] or tot_en_met, tot_en_met)
        laatste_dag[rij["persoon_ref"]] = max(dag, laatste_dag.get(rij["persoon_ref"], ""))
    teams: Counter[str] = Counter()
    verblijven: dict[str, list[Rij]] = defaultdict(list)
    for rij in map_.nu("verblijven"):
        verblijven[rij["persoon_ref"]].append(rij)
    for persoon, dag in laatste_dag.items():
        thuis = [v["team_code"] for v in verblijven[persoon] if v["vanaf"] <= dag < (v["tot"] or "9999")]
        assert len(thuis) == 1, f"{persoon} heeft {len(thuis)} verblijven op {dag}"
        teams[thuis[0]] += 1
    return teams


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_telefoon_en_mail_zijn_die_van_tabel_1_1(almere: Map, kwartaal: str) -> None:
    kanalen = Counter(rij["kanaal"] for rij in almere.in_kwartaal("contacten", kwartaal))
    verwacht = GEPUBLICEERD["1.1"][kwartaal]
    assert kanalen["telefoon"] == verwacht["telefoon"]
    assert kanalen["email"] + kanalen["webformulier"] == verwacht["email_webformulier"]


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_het_deel_dat_het_kcc_zelf_afhandelt_klopt(almere: Map, kwartaal: str) -> None:
    telefoon = [rij for rij in almere.in_kwartaal("contacten", kwartaal) if rij["kanaal"] == "telefoon"]
    direct = sum(rij["afhandeling"] == "direct" for rij in telefoon)
    assert afgerond(direct, len(telefoon)) == GEPUBLICEERD["2.1"]["direct_afgehandeld_pct"][kwartaal]


def test_de_feiten_bij_figuur_2_1_gelden(almere: Map) -> None:
    per_maand: dict[str, Counter[str]] = defaultdict(Counter)
    for rij in almere.nu("contacten"):
        if rij["kanaal"] == "telefoon":
            per_maand[rij["thema"]][rij["datum"][:7]] += 1
    volgorde = [thema.replace(" ", "_") for thema in GEPUBLICEERD["2.1"]["volgorde_thema"]]
    totaal = Counter({thema: sum(maanden.values()) for thema, maanden in per_maand.items()})
    assert [thema for thema, _ in totaal.most_common()] == volgorde
    samen = sum(per_maand.values(), Counter[str]())
    assert max(samen["2015-04"], samen["2015-05"]) < min(samen["2015-01"], samen["2015-02"], samen["2015-03"])
    assert samen["2015-06"] > samen["2015-05"]
    assert max(per_maand["jeugd_en_opvoeding"].items(), key=lambda paar: paar[1])[0] == "2015-06"


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_mails_per_wet_tellen_op_tot_de_gepubliceerde(almere: Map, kwartaal: str) -> None:
    mails = [
        rij for rij in almere.in_kwartaal("contacten", kwartaal) if rij["kanaal"] in ("email", "webformulier")
    ]
    wetten = Counter(rij["wet"] for rij in mails)
    assert wetten["wmo"] + wetten["jeugdwet"] == GEPUBLICEERD["2.2"]["wmo_en_jeugdwet"][kwartaal]
    assert wetten["participatiewet"] == GEPUBLICEERD["2.2"]["participatiewet"][kwartaal]


def test_spreekuren_geven_de_gemiddelden_en_uitersten_van_2_3(almere: Map) -> None:
    tabel, teams = GEPUBLICEERD["2.3"], len(CODE)
    zittingen: Counter[str] = Counter()
    minuten: Counter[str] = Counter()
    locaties: dict[str, set[str]] = defaultdict(set)
    for rij in almere.rijen["spreekuren"]:
        locaties[rij["team_code"]].add(rij["locatie"])
        if rij["frequentie"] == "wekelijks":
            duur = datetime.strptime(rij["tot"], "%H:%M") - datetime.strptime(rij["van"], "%H:%M")  # noqa: DTZ007
            zittingen[rij["team_code"]] += 1
            minuten[rij["team_code"]] += duur // timedelta(minutes=1)
    assert sum(zittingen.values()) / teams == tabel["gemiddeld_per_week"]
    assert (
        int(sum(len(plekken) for plekken in locaties.values()) / teams * 10 + 0.5) / 10
        == tabel["gemiddeld_locaties"]
    )
    assert int(sum(minuten.values()) / 60 / teams * 10 + 0.5) / 10 == tabel["gemiddeld_uren_per_week"]
    for maat in (zittingen, minuten):
        assert {team for team, _ in maat.most_common(2)} == {CODE[naam] for naam in tabel["vaakst_en_langst"]}
        assert set(rangorde(maat)[:2]) == {CODE[naam] for naam in tabel["minst_en_kortst"]}
    avond = {rij["team_code"] for rij in almere.rijen["spreekuren"] if rij["van"] >= "18:00"}
    assert avond == {CODE[naam] for naam in tabel["avondspreekuur_maandelijks"]}


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_meldingen_zijn_die_van_tabel_2_4(almere: Map, kwartaal: str) -> None:
    verwacht = GEPUBLICEERD["2.4"][kwartaal]
    volwassenen, jeugd = (bladen_van(almere, kwartaal, categorie) for categorie in ("volwassenen", "jeugd"))
    assert volwassenen.total() == verwacht["volwassenen"]
    assert jeugd.total() == verwacht["jeugd"]
    assert afgerond(volwassenen["voorveld"], volwassenen.total()) == verwacht["voorveld_volwassenen_pct"]


def test_de_volgorde_van_wijkteams_is_die_van_figuur_2_5(almere: Map) -> None:
    teams: Counter[str] = Counter()
    for (kwartaal, categorie, team), aantallen in stroom(almere.nu("gebeurtenissen")).items():
        if (kwartaal, categorie) == ("2015-Q2", "volwassenen"):
            teams[team] += aantallen.total()
    assert rangorde(teams)[::-1][:3] == [CODE[naam] for naam in GEPUBLICEERD["2.5"]["meeste_2015-Q2"]]
    assert rangorde(teams)[:3] == [CODE[naam] for naam in GEPUBLICEERD["2.5"]["minste_2015-Q2"]]


@pytest.mark.parametrize("kwartaal", VAN_2015)
@pytest.mark.parametrize("categorie", ["volwassenen", "jeugd"])
def test_het_stroomschema_heeft_de_aantallen_van_figuur_2_6(
    almere: Map, kwartaal: str, categorie: str
) -> None:
    verwacht = AANNAMES["stroomschema"][categorie][kwartaal]
    geteld = bladen_van(almere, kwartaal, categorie)
    assert {naam: geteld[naam] for naam in verwacht} == verwacht


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_het_stroomschema_heeft_de_gepubliceerde_percentages(almere: Map, kwartaal: str) -> None:
    geteld, verwacht = bladen_van(almere, kwartaal, "volwassenen"), GEPUBLICEERD["2.6"][kwartaal]
    af = geteld["toegekend"] + geteld["niet_toegekend"] + geteld["nog_geen_besluit"]
    onderzoek = af + geteld["onderzoek_loopt"]
    gesprek = onderzoek + geteld["geen_onderzoek_nodig"] + geteld["overig_na_gesprek"]
    percentages = {
        "voorveld_pct": afgerond(geteld["voorveld"], geteld.total()),
        "onderzoek_pct_van_gesprek": afgerond(onderzoek, gesprek),
        "afgerond_pct_van_onderzoek": afgerond(af, onderzoek),
        "toegekend_pct_van_afgerond": afgerond(geteld["toegekend"], af),
    }
    assert {naam: pct for naam, pct in percentages.items() if naam in verwacht} == {
        naam: pct for naam, pct in verwacht.items() if naam.endswith("_pct") or "_pct_" in naam
    }


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_opbouwwerk_is_dat_van_tabel_2_7(almere: Map, kwartaal: str) -> None:
    rijen = [rij for rij in almere.in_kwartaal("activiteiten", kwartaal) if rij["discipline"] == "opbouwwerk"]
    aantal = Counter(rij["soort"] for rij in rijen)
    bewoners: Counter[str] = Counter()
    for rij in rijen:
        bewoners[rij["soort"]] += int(rij["bewoners"])
    geteld = {
        "bewoners_spreekuur": bewoners["spreekuur"],
        "verwezen": sum(int(rij["verwezen"]) for rij in rijen),
        "collectieve_arrangementen": aantal["collectief_arrangement"],
        "unieke_deelnemers": bewoners["collectief_arrangement"],
        "buurtactiviteiten": aantal["buurtactiviteit"],
        "betrokken_bewoners": bewoners["buurtactiviteit"],
    }
    assert geteld == {rij: waarden[kwartaal] for rij, waarden in GEPUBLICEERD["2.7"].items()}


def test_vrijwilligersconsulenten_zijn_die_van_tabel_2_8(almere: Map) -> None:
    geteld: Counter[str] = Counter()
    for rij in almere.nu("consulten"):
        if rij["discipline"] == "vrijwilligersconsulent" and "2015-01-01" <= rij["datum"] <= "2015-06-30":
            geteld.update(["contacten", *filter(None, rij["vervolg"].split(";"))])
    assert geteld == {naam: aantal for naam, aantal in GEPUBLICEERD["2.8"].items() if naam != "periode"}


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_wmo_clienten_zijn_die_van_2_9_en_2_12(almere: Map, kwartaal: str) -> None:
    vormen: dict[str, set[str]] = defaultdict(set)
    for rij in almere.loopt("wmo", kwartaal):
        vormen[rij["persoon_ref"]].add(rij["financieringsvorm"])
    geteld = Counter("beide" if len(soorten) == 2 else next(iter(soorten)) for soorten in vormen.values())
    assert geteld.total() == GEPUBLICEERD["2.9"][kwartaal]
    assert {**geteld, "totaal": geteld.total()} == GEPUBLICEERD["2.12"][kwartaal]


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_wmo_clienten_per_groep_zijn_die_van_2_13(almere: Map, kwartaal: str) -> None:
    groepen: dict[str, set[str]] = defaultdict(set)
    for rij in almere.loopt("wmo", kwartaal):
        groepen[rij["voorzieningengroep"]].add(rij["persoon_ref"])
    geteld: dict[str, int | str] = {groep: len(personen) for groep, personen in groepen.items()}
    assert 1 <= len(groepen["kortdurend verblijf"]) <= 9
    geteld["kortdurend verblijf"] = "< 10"
    tabel = GEPUBLICEERD["2.13"][kwartaal]
    assert geteld == {groep: n for groep, n in tabel.items() if groep not in GEEN_GEMEENTELIJKE_REGISTRATIE}
    extern = {
        rij["rij"]: rij["waarde"] or "n.n.b."
        for rij in almere.rijen["externe_cijfers"]
        if rij["tabel"] == "2.13" and rij["periode"] == kwartaal
    }
    assert extern == {groep: str(tabel[groep]) for groep in GEEN_GEMEENTELIJKE_REGISTRATIE}


@pytest.mark.parametrize("kwartaal", VAN_2015)
def test_wmo_clienten_per_wijkteam_staan_in_de_volgorde_van_2_10_en_2_11(almere: Map, kwartaal: str) -> None:
    teams = wmo_per_team(almere, kwartaal)
    assert teams.total() == GEPUBLICEERD["2.9"][kwartaal]
    assert rangorde(teams)[::-1][:3] == [CODE[naam] for naam in GEPUBLICEERD["2.10"]["meeste"]]
    assert rangorde(teams)[:3] == [CODE[naam] for naam in GEPUBLICEERD["2.10"]["minste"]]
    inwoners = {
        rij["team_code"]: int(rij["inwoners"])
        for rij in almere.rijen["inwoners"]
        if rij["peildatum"] == "2015-01-01"
    }
    aandeel = {team: afgerond(aantal, inwoners[team], 10) for team, aantal in teams.items()}
    hoogste = sorted(aandeel, key=lambda team: -aandeel[team])
    assert set(hoogste[:5]) == {CODE[naam] for naam in GEPUBLICEERD["2.11"]["hoogste_aandeel"]}
    assert aandeel[hoogste[4]] > aandeel[hoogste[5]]


def test_jeugdclienten_zijn_die_van_tabel_2_14(almere: Map) -> None:
    soorten: dict[str, set[str]] = defaultdict(set)
    for rij in almere.loopt("jeugdwet", "2015-Q1"):
        groep = rij["voorzieningengroep"]
        soort = groep if groep in ("jeugdbescherming", "jeugdreclassering") else "jeugdhulp"
        soorten[soort].add(rij["persoon_ref"])
        soorten["totaal"].add(rij["persoon_ref"])
    assert {soort: len(personen) for soort, personen in soorten.items()} == GEPUBLICEERD["2.14"]["2015-Q1"]


def test_jeugdzorgtrajecten_op_31_maart_zijn_na_afronden_die_van_2_16(almere: Map) -> None:
    met_verblijf = set(AANNAMES["gewicht_jeugdhulp"]["met_verblijf"])
    geteld: Counter[str] = Counter()
    for rij in almere.nu("beschikkingen"):
        if rij["wet"] != "jeugdwet" or not rij["ingangsdatum"] <= "2015-03-31" <= (
            rij["einddatum"] or "9999"
        ):
            continue
        geteld["totaal"] += 1
        groep = rij["voorzieningengroep"]
        if groep in ("jeugdbescherming", "jeugdreclassering"):
            geteld.update([groep, rij["voorziening"].removesuffix(" kader")])
        else:
            geteld.update(["jeugdhulp", f"jeugdhulp {'met' if groep in met_verblijf else 'zonder'} verblijf"])
    verwacht = GEPUBLICEERD["2.16"]["2015-03-31"]
    assert {naam: op_vijf(geteld[naam]) for naam in verwacht} == verwacht


@pytest.mark.parametrize("kwartaal", KWARTALEN)
def test_klachten_en_bezwaren_zijn_die_van_2_27_en_2_29(almere: Map, kwartaal: str) -> None:
    soorten = Counter(rij["soort"] for rij in almere.in_kwartaal("klachten", kwartaal))
    verwacht = GEPUBLICEERD["2.27"][kwartaal]
    assert (soorten["klacht"], soorten["bezwaar"], soorten["beroep"]) == tuple(verwacht.values())
    assert soorten["ombudsman"] == GEPUBLICEERD["2.29"].get(kwartaal, soorten["ombudsman"])


@pytest.mark.parametrize("tabel", ["2.17", "2.18", "2.20", "2.22", "2.24", "2.26", "2.28"])
def test_geleverde_cijfers_staan_er_zoals_gepubliceerd(almere: Map, tabel: str) -> None:
    gepubliceerd = {
        (*sorted([buiten, binnen]), waarde)
        for buiten, rij in GEPUBLICEERD[tabel].items()
        for binnen, waarde in rij.items()
        if isinstance(waarde, int)
    }
    geleverd = {
        (*sorted([rij["rij"], rij["periode"]]), int(rij["waarde"]))
        for rij in almere.rijen["externe_cijfers"]
        if rij["tabel"] == tabel and rij["waarde"]
    }
    assert geleverd == gepubliceerd


def test_op_30_april_was_het_eerste_kwartaal_nog_iets_anders(almere: Map) -> None:
    moment = datetime.fromisoformat("2015-05-01T00:00:00+02:00")
    toen = [
        rij
        for rij in almere.rijen["gebeurtenissen"]
        if datetime.fromisoformat(rij["geregistreerd_op"]) < moment
        and (not rij["vervallen_op"] or datetime.fromisoformat(rij["vervallen_op"]) >= moment)
    ]
    volwassenen = sum(
        aantallen.total()
        for (kwartaal, categorie, _), aantallen in stroom(iter(toen)).items()
        if (kwartaal, categorie) == ("2015-Q1", "volwassenen")
    )
    verschil = abs(volwassenen - GEPUBLICEERD["2.4"]["2015-Q1"]["volwassenen"])
    assert 1 <= verschil <= 100


def test_elke_correctie_vervalt_na_haar_registratie_en_heeft_de_juiste_tijdzone(almere: Map) -> None:
    vervallen = 0
    for bestand, rijen in almere.rijen.items():
        for rij in rijen:
            if "geregistreerd_op" not in rij:
                continue
            geregistreerd = datetime.fromisoformat(rij["geregistreerd_op"])
            if date(2015, 3, 29) <= geregistreerd.date() < date(2015, 10, 25):
                assert rij["geregistreerd_op"].endswith("+02:00")
            if date(2014, 10, 26) <= geregistreerd.date() < date(2015, 3, 29):
                assert rij["geregistreerd_op"].endswith("+01:00")
            assert rij.get("datum", "") <= rij["geregistreerd_op"][:10], f"{bestand} {rij}"
            if rij["vervallen_op"]:
                vervallen += 1
                assert datetime.fromisoformat(rij["vervallen_op"]) > geregistreerd
    assert vervallen > 300


def test_een_melding_heeft_nooit_twee_keer_ontvangen_tegelijk(almere: Map) -> None:
    perioden: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    eeuwig = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
    for rij in almere.rijen["gebeurtenissen"]:
        if rij["soort"] == "ontvangen":
            tot = datetime.fromisoformat(rij["vervallen_op"]) if rij["vervallen_op"] else eeuwig
            perioden[rij["melding_ref"]].append((datetime.fromisoformat(rij["geregistreerd_op"]), tot))
    assert sum(len(reeks) > 1 for reeks in perioden.values()) > 100
    for melding, reeks in perioden.items():
        reeks.sort()
        for (_, tot), (van, _) in pairwise(reeks):
            assert tot <= van, melding


def test_kenmerken_staan_alleen_op_ontvangen_en_stappen_staan_op_volgorde(almere: Map) -> None:
    vorige: dict[str, str] = {}
    for rij in almere.nu("gebeurtenissen"):
        kenmerken = [rij[naam] for naam in ("team_code", "categorie", "kanaal", "aanleiding")]
        assert all(kenmerken) if rij["soort"] == "ontvangen" else not any(kenmerken)
        assert vorige.get(rij["melding_ref"], "") <= rij["datum"]
        vorige[rij["melding_ref"]] = rij["datum"]


def test_refs_zijn_uniek_en_verwijzingen_bestaan(almere: Map) -> None:
    sleutels: dict[tuple[str, str], set[str]] = {}
    for bestand, rijen in almere.rijen.items():
        for kolom in {"ref", "code"} & rijen[0].keys():
            waarden = [rij[kolom] for rij in rijen]
            sleutels[bestand, kolom] = set(waarden)
            assert len(waarden) == len(sleutels[bestand, kolom]), bestand
    for (bestand, kolom), doel in VERWIJZINGEN.items():
        for rij in almere.rijen[bestand]:
            assert not rij[kolom] or rij[kolom] in sleutels[doel], f"{bestand}: {rij}"


def test_bsns_komen_uit_de_proefreeks_en_voldoen_aan_de_elfproef(almere: Map) -> None:
    bsns = [rij["bsn"] for rij in almere.rijen["personen"] if rij["bsn"]]
    assert 1000 < len(bsns) < len(almere.rijen["personen"])
    assert len(set(bsns)) == len(bsns)
    for bsn in bsns:
        assert 999900006 <= int(bsn) <= 999999990
        gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        assert sum(g * int(c) for g, c in zip(gewichten, bsn, strict=True)) % 11 == 0, bsn


def test_contactgegevens_bereiken_niemand(almere: Map) -> None:
    for rij in almere.rijen["personen"]:
        assert not rij["telefoon"] or rij["telefoon"].startswith("036-55501")
        assert not rij["email"] or rij["email"].endswith(("@example.org", "@example.nl"))


def test_niemand_krijgt_iets_voor_de_geboorte_of_woont_op_twee_plaatsen(almere: Map) -> None:
    geboren = {rij["ref"]: rij["geboortedatum"] for rij in almere.rijen["personen"]}
    for rij in almere.rijen["beschikkingen"]:
        assert geboren[rij["persoon_ref"]] <= rij["ingangsdatum"] <= (rij["einddatum"] or "9999")
        if rij["wet"] == "jeugdwet" and rij["voorzieningengroep"] != "jeugdreclassering":
            assert geboren[rij["persoon_ref"]] > "1997-08-31"
    vorige: dict[str, str] = {}
    for rij in almere.nu("verblijven"):
        assert (
            vorige.get(rij["persoon_ref"], geboren[rij["persoon_ref"]])
            <= rij["vanaf"]
            < (rij["tot"] or "9999")
        )
        vorige[rij["persoon_ref"]] = rij["tot"] or "9999"


def test_een_postcode_wijst_het_team_van_het_verblijf_aan(almere: Map) -> None:
    teams = {rij["postcode"]: rij["team_code"] for rij in almere.rijen["postcodes"]}
    for rij in almere.rijen["verblijven"]:
        assert teams.get(rij["postcode"], teams[rij["postcode"][:4]]) == rij["team_code"]


def test_wat_een_melding_toekende_staat_op_naam_van_dezelfde_persoon(almere: Map) -> None:
    personen = {rij["ref"]: rij["persoon_ref"] for rij in almere.rijen["meldingen"]}
    besluit = {
        rij["melding_ref"]: rij["datum"] for rij in almere.nu("gebeurtenissen") if rij["soort"] == "toegekend"
    }
    gekoppeld = [rij for rij in almere.nu("beschikkingen") if rij["melding_ref"]]
    assert {rij["melding_ref"] for rij in gekoppeld} == set(besluit)
    for rij in gekoppeld:
        assert rij["persoon_ref"] == personen[rij["melding_ref"]]
        assert rij["besluitdatum"] == besluit[rij["melding_ref"]] <= rij["ingangsdatum"]


@pytest.mark.vol
def test_dezelfde_vraag_geeft_dezelfde_bytes_en_meer_schaal_begint_met_hetzelfde(
    almere: Map, tmp_path: Path
) -> None:
    aantallen = schrijf_overdracht(tmp_path, schaal=2)
    dubbel = Map(tmp_path)
    assert aantallen == {bestand: len(rijen) for bestand, rijen in dubbel.rijen.items()}
    for bestand, rijen in dubbel.rijen.items():
        if bestand == "inwoners":
            continue
        eerste_deel = (almere.pad / f"{bestand}.csv").read_bytes()
        assert (tmp_path / f"{bestand}.csv").read_bytes().startswith(eerste_deel), bestand
        if "ref" in rijen[0]:
            assert len({rij["ref"] for rij in rijen}) == len(rijen)
    for kwartaal in VAN_2015:
        assert (
            len({rij["persoon_ref"] for rij in dubbel.loopt("wmo", kwartaal)})
            == 2 * GEPUBLICEERD["2.9"][kwartaal]
        )
        assert (
            bladen_van(dubbel, kwartaal, "volwassenen").total()
            == 2 * GEPUBLICEERD["2.4"][kwartaal]["volwassenen"]
        )


@pytest.mark.vol
def test_een_ander_zaad_geeft_andere_mensen_met_dezelfde_cijfers(almere: Map, tmp_path: Path) -> None:
    schrijf_overdracht(tmp_path, zaad=7)
    ander = Map(tmp_path)
    assert ander.rijen["personen"] != almere.rijen["personen"]
    for kwartaal in VAN_2015:
        teams = wmo_per_team(ander, kwartaal)
        assert teams.total() == GEPUBLICEERD["2.9"][kwartaal]
        assert rangorde(teams)[::-1][:3] == [CODE[naam] for naam in GEPUBLICEERD["2.10"]["meeste"]]
        assert bladen_van(ander, kwartaal, "jeugd").total() == GEPUBLICEERD["2.4"][kwartaal]["jeugd"]
