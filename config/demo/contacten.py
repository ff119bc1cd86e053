"""The klantcontacten of the KCC and the mailbox (1.1, 2.1, 2.2); some of them led to a melding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from .cijfers import KWARTALEN, in_kwartaal
from .kalender import Klok, werkdagen
from .meldingen import Melding
from .overdracht import Overdracht

WET_BIJ_THEMA = {
    "werk_en_uitkering": "participatiewet",
    "zorg_en_ondersteuning": "wmo",
    "jeugd_en_opvoeding": "jeugdwet",
}
THEMA_BIJ_WET = {wet: thema for thema, wet in WET_BIJ_THEMA.items()}
THEMA_BIJ_CATEGORIE = {"volwassenen": "zorg_en_ondersteuning", "jeugd": "jeugd_en_opvoeding"}
KANS_DIRECT_ANDERS, KANS_EMAIL = 0.3, 0.55
Contact = tuple[date, str, str, bool]


def schrijf_contacten(
    cijfers: dict[str, Any], meldingen: list[Melding], uit: Overdracht, rng: Random
) -> None:
    """One row per contact by day; one passed on to a wijkteam is tied to a melding of that day."""
    klok = Klok(rng)
    contacten = sorted([*_telefoon(cijfers, rng), *_mail(cijfers, rng), *_balie(cijfers, rng)])
    mis = set(rng.sample(range(len(contacten)), cijfers["aannames"]["correcties"]["contacten"]))
    wachtend: dict[tuple[date, str, str], list[str]] = defaultdict(list)
    for melding in meldingen:
        wachtend[melding.ontvangen, melding.kanaal, THEMA_BIJ_CATEGORIE[melding.categorie]].append(
            melding.ref
        )
    for plaats, (datum, kanaal, thema, direct) in enumerate(contacten):
        afhandeling = _afhandeling(thema, direct)
        horend = wachtend[datum, kanaal, thema] if afhandeling == "doorgezet_wijkteam" else []
        rij: dict[str, object] = {
            "datum": datum,
            "kanaal": kanaal,
            "thema": thema,
            "wet": WET_BIJ_THEMA[thema],
            "afhandeling": afhandeling,
            "melding_ref": horend.pop() if horend else "",
            "geregistreerd_op": klok.op(datum),
        }
        if plaats in mis:
            geregistreerd = klok.op(datum)
            ander = rng.choice([keuze for keuze in WET_BIJ_THEMA if keuze != thema])
            fout = {**rij, "thema": ander, "wet": WET_BIJ_THEMA[ander], "geregistreerd_op": geregistreerd}
            goed: dict[str, object] = {"thema": thema, "wet": WET_BIJ_THEMA[thema]}
            uit.verbeter("contacten", klok.verbeterd(geregistreerd), fout, goed)
        else:
            uit.schrijf("contacten", ref=uit.ref("contacten"), **rij)


def _afhandeling(thema: str, direct: bool) -> str:
    if direct:
        return "direct"
    return "doorgezet_werk_en_inkomen" if thema == "werk_en_uitkering" else "doorgezet_wijkteam"


def _telefoon(cijfers: dict[str, Any], rng: Random) -> Iterator[Contact]:
    """Calls by thema and month, with the published share per quarter handled directly."""
    per_maand = cijfers["aannames"]["telefoon_per_maand"]
    direct = {}
    for kwartaal in KWARTALEN:
        totaal = sum(in_kwartaal(per_maand, kwartaal))
        aantal = round(totaal * cijfers["2.1"]["direct_afgehandeld_pct"][kwartaal] / 100)
        direct[kwartaal] = [True] * aantal + [False] * (totaal - aantal)
        rng.shuffle(direct[kwartaal])
    for thema, maanden in per_maand.items():
        for maand, aantal in maanden.items():
            kwartaal = f"{maand[:4]}-Q{(int(maand[5:]) + 2) // 3}"
            for dag in rng.choices(werkdagen(maand), k=aantal):
                yield dag, "telefoon", thema, direct[kwartaal].pop()


def _mail(cijfers: dict[str, Any], rng: Random) -> Iterator[Contact]:
    """Mails and web forms by law and month."""
    for wet, maanden in cijfers["aannames"]["mail_per_maand"].items():
        for maand, aantal in maanden.items():
            for dag in rng.choices(werkdagen(maand), k=aantal):
                kanaal = "email" if rng.random() < KANS_EMAIL else "webformulier"
                yield dag, kanaal, THEMA_BIJ_WET[wet], rng.random() < KANS_DIRECT_ANDERS


def _balie(cijfers: dict[str, Any], rng: Random) -> Iterator[Contact]:
    for maand, aantal in cijfers["aannames"]["balie_per_maand"].items():
        for dag in rng.choices(werkdagen(maand), k=aantal):
            yield dag, "balie", rng.choice(list(WET_BIJ_THEMA)), rng.random() < KANS_DIRECT_ANDERS
