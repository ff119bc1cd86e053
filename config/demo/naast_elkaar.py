"""What was counted beside what was published, for the terminal."""

from __future__ import annotations

from typing import Any

from config.demo.cijfers import lees_cijfers
from reporting.antwoord import Stroomschema, beantwoord
from reporting.stroomschema import KNOPEN
from reporting.vraag import Vraag

PERIODE = "2015-Q2"
GEPUBLICEERD = {
    "voorveld": "voorveld_pct",
    "onderzoek": "onderzoek_pct_van_gesprek",
    "afgerond": "afgerond_pct_van_onderzoek",
    "toegekend": "toegekend_pct_van_afgerond",
}
"""The percentages that the source prints beside the count of meldingen, by node."""
ANDERE = {"2.4": ("volwassenen", "jeugd", "totaal"), "2.9": ("clienten",), "2.12": ("pgb", "zin", "beide")}


def naast_elkaar() -> str:
    """The stroomschema of 2015-Q2 and some other tables, each figure beside the published one."""
    cijfers = lees_cijfers()
    stroom = beantwoord(Vraag.van_invoer("2.6", periode=PERIODE))
    assert isinstance(stroom, Stroomschema)
    bron = cijfers["2.6"][PERIODE]
    regels = [f"{'Stroomschema meldingen volwassenen, ' + PERIODE:<48}{'geteld':>14}{'gepubliceerd':>16}"]
    for sleutel, aantal in stroom.knopen.items():
        procent = f"{stroom.percentages[sleutel]}%" if sleutel in stroom.percentages else ""
        gedrukt = _procent(bron.get(GEPUBLICEERD.get(sleutel))) if sleutel != "meldingen" else bron[sleutel]
        naam = "  " * _diepte(sleutel) + KNOPEN[sleutel].label
        regels.append(f"{naam:<48}{aantal:>7}{procent:>7}{gedrukt:>16}")
    for tabel, rijen in ANDERE.items():
        antwoord = beantwoord(Vraag.van_invoer(tabel, periode=PERIODE))
        regels.append(f"\n{tabel} {antwoord.tabel.titel}")
        waarden = {rij.sleutel: rij for rij in antwoord.rijen}
        gepubliceerd: Any = cijfers[tabel][PERIODE]
        for sleutel in rijen:
            gedrukt = gepubliceerd[sleutel] if isinstance(gepubliceerd, dict) else gepubliceerd
            rij = waarden[sleutel]
            regels.append(f"  {rij.label:<46}{rij.waarden[0]:>7}{'':>7}{gedrukt:>16}")
    return "\n".join(regels)


def _procent(waarde: int | None) -> str:
    return "" if waarde is None else f"{waarde}%"


def _diepte(sleutel: str) -> int:
    ouder = KNOPEN[sleutel].ouder
    return 0 if ouder is None else 1 + _diepte(ouder)
