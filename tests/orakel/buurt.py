"""What teams do in their area, who lives there, and what others deliver (2.3, 2.7, 2.8, 2.11, 2.15, 2.17-2.28)."""

from datetime import date, time

from .lezen import Gemeente, Rij, datum, veld
from .perioden import Periode, lees_periode
from .stroom import procent
from .voortgang import NNB, Waarden, rond_af

KEER_PER_JAAR = {"wekelijks": 52, "tweewekelijks": 26, "maandelijks": 12}
VERVOLGEN = (
    "keukentafelgesprek",
    "begeleidingsgesprekken",
    "algemene_voorziening",
    "verwezen_vrijwilligerswerk",
    "actief_geworden",
    "informatie_advies",
    "zelf_geholpen_regelzaken",
)
GELEVERD: dict[str, tuple[str, ...]] = {
    "2.17": ("kindermishandeling_politiemeldingen",),
    "2.18": ("informatie_adviescontacten", "adviezen", "onderzoeken", "crisistraject"),
    "2.19": ("frontofficecontact", "frontofficetraject", "meldcode_flevoland"),
    "2.20": ("huishoudens_bijstand",),
    "2.21": ("nieuwe_huishoudens", "niet_meer_afhankelijk"),
    "2.22": (*(f"trede {trede}" for trede in (6, 5, 4, 3, 2, 1, 0)), "niet ingedeeld", "totaal"),
    "2.23": ("zelfde_trede_pct", "hoger_pct", "lager_pct"),
    "2.24": ("aanmeldingen_plangroep",),
    "2.25": ("screening", "schulddienstverlening_pct", "oss_pct_ongeveer", "advies_pct_ongeveer"),
    "2.26": ("regulier", "crisis", "totaal"),
    "2.28": ("klachten", "bezwaren", "beroepen", "hoger beroepen", "voorlopige voorzieningen"),
}


def _minuten(tekst: str) -> int:
    tijd = time.fromisoformat(tekst)
    return 60 * tijd.hour + tijd.minute


def spreekuren(bekend: Gemeente, periode: Periode, wijkteams: list[str]) -> Waarden:
    """Count 2.3: the roster of the last day, weighed by how often, and the average over all wijkteams."""
    dag = periode.laatste
    per_team: dict[str, list[int]] = {}
    for team in wijkteams:
        lijst = [
            rij
            for rij in bekend.get("spreekuren", [])
            if veld(rij, "team_code") == team
            and (datum(rij, "geldig_van") or dag) <= dag
            and (datum(rij, "geldig_tot") or date.max) > dag
        ]
        keer = [KEER_PER_JAAR[veld(rij, "frequentie")] for rij in lijst]
        duur = [_minuten(veld(rij, "tot")) - _minuten(veld(rij, "van")) for rij in lijst]
        per_team[team] = [
            sum(keer),
            len({veld(rij, "locatie") for rij in lijst} - {""}),
            sum(aantal * minuten for aantal, minuten in zip(keer, duur, strict=True)),
            len([rij for rij in lijst if _minuten(veld(rij, "van")) >= 18 * 60]),
        ]
    rijen: Waarden = {
        team: [rond_af(keer, 52), plekken, rond_af(minuten, 52 * 60), avond]
        for team, (keer, plekken, minuten, avond) in per_team.items()
    }
    samen = [sum(waarden[plaats] for waarden in per_team.values()) for plaats in range(4)]
    delers = (52, 1, 52 * 60, 1)
    rijen["gemiddelde"] = [
        rond_af(som, deler * len(wijkteams)) for som, deler in zip(samen, delers, strict=True)
    ]
    return rijen


def _gedaan(bekend: Gemeente, bestand: str, periode: Periode, discipline: str) -> list[Rij]:
    return [
        rij
        for rij in bekend.get(bestand, [])
        if veld(rij, "discipline").lower() == discipline and periode.bevat(datum(rij, "datum"))
    ]


def opbouwwerk(bekend: Gemeente, periode: Periode) -> Waarden:
    """Count 2.7: what the opbouwwerk did; an unknown number of residents adds nothing."""
    gedaan = _gedaan(bekend, "activiteiten", periode, "opbouwwerk")

    def som(kolom: str, *soorten: str) -> int:
        return sum(
            int(veld(rij, kolom) or 0) for rij in gedaan if not soorten or veld(rij, "soort") in soorten
        )

    def aantal(soort: str) -> int:
        return len([rij for rij in gedaan if veld(rij, "soort") == soort])

    return {
        "bewoners_spreekuur": [som("bewoners", "spreekuur")],
        "verwezen": [som("verwezen")],
        "collectieve_arrangementen": [aantal("collectief_arrangement")],
        "unieke_deelnemers": [som("bewoners", "collectief_arrangement")],
        "buurtactiviteiten": [aantal("buurtactiviteit")],
        "betrokken_bewoners": [som("bewoners", "buurtactiviteit")],
    }


def consulten(bekend: Gemeente, periode: Periode) -> Waarden:
    """Count 2.8: contacts and what followed, each in per cents of all contacts."""
    vervolgen = [
        veld(rij, "vervolg").split(";")
        for rij in _gedaan(bekend, "consulten", periode, "vrijwilligersconsulent")
    ]
    aantallen = {"contacten": len(vervolgen)}
    aantallen |= {soort: len([v for v in vervolgen if soort in v]) for soort in VERVOLGEN}
    return {rij: [aantal, procent(aantal, len(vervolgen))] for rij, aantal in aantallen.items()}


def inwoners(bekend: Gemeente, dag: date, kolom: str, wijkteams: list[str]) -> int | None:
    """Return how many live in these areas by the latest peildatum on or before a day; None when any is unknown."""
    som = 0
    for team in wijkteams:
        geteld = {
            veld(rij, "peildatum"): int(veld(rij, kolom))
            for rij in bekend.get("inwoners", [])
            if veld(rij, "team_code") == team
            and veld(rij, kolom)
            and veld(rij, "peildatum") <= dag.isoformat()
        }
        if not geteld:
            return None
        som += geteld[max(geteld)]
    return som


def aandeel(clienten: int, van: int | None) -> float | str:
    """Return clients in per cents of inhabitants, to one decimal; not known of nobody."""
    return rond_af(100 * clienten, van) if van else NNB


def geleverd(bekend: Gemeente, sleutel: str, periode: Periode) -> tuple[list[str], Waarden]:
    """Return the columns and rows of a delivered table: every figure for days within the period, in order."""
    cijfers = [rij for rij in bekend.get("externe_cijfers", []) if veld(rij, "tabel") == sleutel]
    rijen = [*GELEVERD[sleutel]]
    rijen += sorted({veld(cijfer, "rij") for cijfer in cijfers} - set(rijen))
    binnen = {
        (gelezen.eerste, gelezen.laatste, gelezen.sleutel)
        for gelezen in (lees_periode(veld(cijfer, "periode")) for cijfer in cijfers)
        if periode.eerste <= gelezen.eerste and gelezen.laatste <= periode.laatste
    }
    kolommen = [tekst for _, _, tekst in sorted(binnen)] or [periode.sleutel]
    waarden: Waarden = {rij: [NNB for _ in kolommen] for rij in rijen}
    for cijfer in cijfers:
        if veld(cijfer, "periode") in kolommen and veld(cijfer, "status") != "nnb":
            waarden[veld(cijfer, "rij")][kolommen.index(veld(cijfer, "periode"))] = int(
                veld(cijfer, "waarde")
            )
    return kolommen, waarden
