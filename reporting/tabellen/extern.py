"""What other organisations deliver, shown as they deliver it (tables 2.17 to 2.26 and 2.28)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db.models.functions import Collate

from reporting.fouten import Invoerfout
from reporting.maten import Onbekend
from reporting.models import ExternCijfer
from reporting.periode import Periode
from reporting.register import tabel
from reporting.telling import Kolom, Regel, Telling
from reporting.vraag import Vraag


@dataclass(frozen=True)
class Levering:
    """A table that another organisation delivers: its words, and the rows that it always has, key by label."""

    titel: str
    definitie: str
    eenheid: str
    bron: str
    rijen: Mapping[str, str] = field(default_factory=dict)


VEILIG_THUIS = "levering van Veilig Thuis"
WERK_EN_INKOMEN = "levering van Werk en Inkomen"
SCHULDHULP = "levering van de organisatie voor schulddienstverlening"

LEVERINGEN = {
    "2.17": Levering(
        "Politiemeldingen van kindermishandeling",
        "Hoeveel meldingen van kindermishandeling er van de politie kwamen.",
        "meldingen",
        VEILIG_THUIS,
        {"kindermishandeling_politiemeldingen": "Politiemeldingen kindermishandeling"},
    ),
    "2.18": Levering(
        "Veilig Thuis: informatie, advies en onderzoek",
        "Hoe vaak Veilig Thuis informatie of advies gaf, onderzoek deed of een crisistraject begon.",
        "contacten en trajecten bij Veilig Thuis",
        VEILIG_THUIS,
        {
            "informatie_adviescontacten": "Informatie- en adviescontacten",
            "adviezen": "Adviezen",
            "onderzoeken": "Onderzoeken",
            "crisistraject": "Crisistrajecten",
        },
    ),
    "2.19": Levering(
        "Veilig Thuis: frontoffice en meldcode",
        "Hoe vaak de frontoffice van Veilig Thuis contact had of een traject begon, en de meldcode.",
        "contacten en trajecten bij Veilig Thuis",
        VEILIG_THUIS,
        {
            "frontofficecontact": "Contacten met de frontoffice",
            "frontofficetraject": "Trajecten van de frontoffice",
            "meldcode_flevoland": "Meldcode",
        },
    ),
    "2.20": Levering(
        "Huishoudens met bijstand",
        "Hoeveel huishoudens op de eerste dag van het kwartaal bijstand kregen.",
        "huishoudens met bijstand",
        WERK_EN_INKOMEN,
        {"huishoudens_bijstand": "Huishoudens met bijstand"},
    ),
    "2.21": Levering(
        "In en uit de bijstand",
        "Hoeveel huishoudens per maand nieuw in de bijstand kwamen, en hoeveel er niet meer van afhankelijk waren.",
        "huishoudens met bijstand",
        WERK_EN_INKOMEN,
        {"nieuwe_huishoudens": "Nieuwe huishoudens", "niet_meer_afhankelijk": "Niet meer afhankelijk"},
    ),
    "2.22": Levering(
        "Participatieladder",
        "Op welke trede van de participatieladder de mensen met bijstand staan.",
        "mensen met bijstand",
        WERK_EN_INKOMEN,
        {
            **{f"trede {trede}": f"Trede {trede}" for trede in range(6, -1, -1)},
            "niet ingedeeld": "Niet ingedeeld",
            "totaal": "Totaal",
        },
    ),
    "2.23": Levering(
        "Beweging op de participatieladder",
        "Welk deel van de mensen met bijstand na een jaar op dezelfde, een hogere of een lagere trede staat.",
        "mensen met bijstand",
        WERK_EN_INKOMEN,
        {"zelfde_trede_pct": "Zelfde trede", "hoger_pct": "Hoger", "lager_pct": "Lager"},
    ),
    "2.24": Levering(
        "Aanmeldingen voor schulddienstverlening",
        "Hoeveel mensen zich aanmeldden voor schulddienstverlening.",
        "aanmeldingen",
        SCHULDHULP,
        {"aanmeldingen_plangroep": "Aanmeldingen"},
    ),
    "2.25": Levering(
        "Schulddienstverlening: wat op de screening volgde",
        "Hoeveel aanmeldingen zijn gescreend, en welk deel daarna welke hulp kreeg.",
        "screeningen",
        SCHULDHULP,
        {
            "screening": "Screeningen",
            "schulddienstverlening_pct": "Schulddienstverlening",
            "oss_pct_ongeveer": "Ondersteuning bij schulden en stabilisatie, ongeveer",
            "advies_pct_ongeveer": "Advies, ongeveer",
        },
    ),
    "2.26": Levering(
        "Ondersteuning bij schulden en stabilisatie",
        "Hoeveel trajecten van ondersteuning bij schulden er waren, gewoon en bij een crisis.",
        "trajecten bij schulden",
        "levering van de organisatie voor ondersteuning bij schulden",
        {"regulier": "Regulier", "crisis": "Crisis", "totaal": "Totaal"},
    ),
    "2.28": Levering(
        "Klachten, bezwaren en beroepen Participatiewet",
        "Hoeveel klachten, bezwaren en beroepen er binnenkwamen over de Participatiewet.",
        "klachten en bezwaren",
        WERK_EN_INKOMEN,
        {
            "klachten": "Klachten",
            "bezwaren": "Bezwaren",
            "beroepen": "Beroepen",
            "hoger beroepen": "Hogere beroepen",
            "voorlopige voorzieningen": "Voorlopige voorzieningen",
        },
    ),
}


def geleverd(levering: Levering, vraag: Vraag) -> Telling:
    """The figures delivered for days, months or longer that lie within the period; a column for each, in order.

    Rows that the source adds come after those that the table always has. What was not delivered is not known yet,
    and so is the whole period when nothing was: never 0.
    """
    cijfers = (
        ExternCijfer.objects.filter(tabel=vraag.tabel)
        .bekend_op(vraag.bekend_op)
        .order_by(Collate("rij", "C"))
        .values_list("rij", "periode", "kolom")
    )
    alle = list(cijfers)
    perioden = {tekst: gelezen for _, tekst, _ in alle if (gelezen := _lees(tekst))}
    kolommen = {
        (periode.begin, periode.einde, tekst, "" if kolom == tekst else kolom): (tekst, kolom)
        for _, tekst, kolom in alle
        if (periode := perioden.get(tekst))
        and vraag.periode.begin <= periode.begin
        and periode.einde <= vraag.periode.einde
    }
    labels = {**dict.fromkeys(rij for rij, _, _ in alle), **levering.rijen}
    volgorde = [*levering.rijen, *(rij for rij in labels if rij not in levering.rijen)]
    return Telling(
        achter=[],
        eenheid=(),
        dimensies=(),
        rijen=[
            Regel(rij, labels[rij] or rij[:1].upper() + rij[1:], maat=Onbekend(in_procenten="_pct" in rij))
            for rij in volgorde
        ],
        kolommen=[
            Kolom(tekst if kolom in ("", tekst) else f"{tekst} {kolom}", geleverd=(tekst, kolom))
            for _, (tekst, kolom) in sorted(kolommen.items())
        ]
        or [Kolom(vraag.periode.sleutel)],
        feiten=[],
    )


def _lees(tekst: str) -> Periode | None:
    """The days for which a figure was delivered: a period, or a single day."""
    for spelling in (tekst, f"{tekst}..{tekst}"):
        try:
            return Periode.van_tekst(spelling)
        except Invoerfout:
            continue
    return None


for _sleutel, _levering in LEVERINGEN.items():
    tabel(
        _sleutel,
        titel=_levering.titel,
        definitie=_levering.definitie,
        eenheid=_levering.eenheid,
        bron=_levering.bron,
        extern=True,
    )(partial(geleverd, _levering))
