"""The signals of one page, with what the reader may see of each; what is read is logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from households.models import Huishouden, Persoon, Verblijf
from households.wonen import bewoners, huishoudnaam
from meldingen.models import Melding, Opschaling, Opschalingsoort
from meldingen.signalen.inbox import Sleutel
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling, Medewerker


@dataclass(frozen=True)
class Onderwerp:
    """What a signal is about: its name, None when it is masked, its address, and a number to tell it by."""

    naam: str | None
    adres: str
    nummer: str = ""


@dataclass(frozen=True)
class Rij:
    """A signal in a list. `dagen` is how long it lasts, or how long there is left; that is below zero when over."""

    soort: str
    onderwerp: Onderwerp
    sinds: date | None
    uiterlijk: date | None
    dagen: int
    van: Medewerker | None

    @property
    def te_laat(self) -> bool:
        """Whether it had to be done already."""
        return self.uiterlijk is not None and self.dagen < 0

    def in_woorden(self) -> str:
        """How much time there is left, or went by."""
        dagen = "1 dag" if abs(self.dagen) == 1 else f"{abs(self.dagen)} dagen"
        if self.uiterlijk is None:
            return dagen
        if self.te_laat:
            return f"{dagen} te laat"
        return f"nog {dagen}" if self.dagen else "vandaag"


def maak_rijen(sleutels: Sequence[Sleutel], spoor: Spoor) -> list[Rij]:
    """The rows for these keys, in their order, in as many statements for one row as for fifty."""
    dag = spoor.wie.dag
    onderwerpen = {
        **_meldingen(sleutels, spoor),
        **_personen(sleutels, spoor),
        **_huishoudens(sleutels, spoor),
        **_opschalingen(sleutels, spoor),
    }
    wie = Medewerker.objects.in_bulk({sleutel.van for sleutel in sleutels if sleutel.van})
    return [
        Rij(
            soort=sleutel.soort,
            onderwerp=onderwerpen[sleutel.model, sleutel.pk],
            sinds=sleutel.sinds,
            uiterlijk=sleutel.uiterlijk,
            dagen=(sleutel.uiterlijk - dag if sleutel.uiterlijk else dag - (sleutel.sinds or dag)).days,
            van=wie.get(sleutel.van or 0),
        )
        for sleutel in sleutels
        if (sleutel.model, sleutel.pk) in onderwerpen
    ]


def _meldingen(sleutels: Iterable[Sleutel], spoor: Spoor) -> dict[tuple[str, int], Onderwerp]:
    deze = Melding.objects.filter(pk__in=_pks(sleutels, "melding"))
    gezien = zichtbaar(deze, spoor.wie, Actie.ZIEN)
    leesbaar = {
        melding.pk: melding for melding in zichtbaar(deze, spoor.wie, Actie.LEZEN).select_related("persoon")
    }
    leg_vast(leesbaar.values(), spoor=spoor, handeling=Handeling.IN_LIJST)
    onderwerpen = {}
    for melding in gezien:
        inhoud = leesbaar.get(melding.pk)
        naam = (
            (inhoud.persoon.naam if inhoud.persoon else inhoud.melder_naam or "naam onbekend")
            if inhoud
            else None
        )
        adres = reverse("melding", args=[melding.pk]) if inhoud else ""
        onderwerpen["melding", melding.pk] = Onderwerp(naam, adres, melding.nummer)
    return onderwerpen


def _personen(sleutels: Iterable[Sleutel], spoor: Spoor) -> dict[tuple[str, int], Onderwerp]:
    personen = list(
        zichtbaar(Persoon.objects.filter(pk__in=_pks(sleutels, "persoon")), spoor.wie, Actie.LEZEN)
    )
    leg_vast(personen, spoor=spoor, handeling=Handeling.IN_LIJST)
    woont = Verblijf.objects.op_dag(spoor.wie.dag).bekend_op(None).filter(persoon__in=personen)
    leesbaar = zichtbaar(Huishouden, spoor.wie, Actie.LEZEN).values("pk")
    thuis = dict(
        woont.filter(huishouden__in=leesbaar).order_by("vanaf", "pk").values_list("persoon", "huishouden")
    )
    return {
        ("persoon", persoon.pk): Onderwerp(
            persoon.naam,
            reverse("huishouden", args=[thuis[persoon.pk]]) if persoon.pk in thuis else "",
        )
        for persoon in personen
    }


def _huishoudens(sleutels: Iterable[Sleutel], spoor: Spoor) -> dict[tuple[str, int], Onderwerp]:
    deze = Huishouden.objects.filter(pk__in=_pks(sleutels, "huishouden"))
    huishoudens = list(zichtbaar(deze, spoor.wie, Actie.LEZEN))
    leg_vast(huishoudens, spoor=spoor, handeling=Handeling.IN_LIJST)
    wonen = bewoners([huishouden.pk for huishouden in huishoudens], spoor.wie.dag)
    return {
        ("huishouden", huishouden.pk): Onderwerp(
            huishoudnaam(wonen.get(huishouden.pk, [])),
            reverse("huishouden", args=[huishouden.pk]),
            f"huishouden {huishouden.pk}",
        )
        for huishouden in huishoudens
    }


def _opschalingen(sleutels: Iterable[Sleutel], spoor: Spoor) -> dict[tuple[str, int], Onderwerp]:
    deze = Opschaling.objects.filter(pk__in=_pks(sleutels, "opschaling"))
    opschalingen = list(zichtbaar(deze, spoor.wie, Actie.LEZEN))
    leg_vast(opschalingen, spoor=spoor, handeling=Handeling.IN_LIJST)
    wonen = bewoners([rij.huishouden_id for rij in opschalingen], spoor.wie.dag)
    return {
        ("opschaling", rij.pk): Onderwerp(
            huishoudnaam(wonen.get(rij.huishouden_id, [])),
            reverse("opschaling", args=[rij.pk]),
            Opschalingsoort(rij.soort).label,
        )
        for rij in opschalingen
    }


def _pks(sleutels: Iterable[Sleutel], model: str) -> set[int]:
    return {sleutel.pk for sleutel in sleutels if sleutel.model == model}
