"""A plan as far as one reader may see it, for the pages and forms about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from households.models import Huishouden, Persoon, Plan, Planversie
from households.planbeeld import beeld
from households.plannen import laatste_plan, laatste_versie
from households.wonen import bewoners, huishoudnaam
from meldingen.forms.planbasis import Planzicht
from meldingen.models import Concept
from meldingen.planblad import Blad, maak_blad, personen_in
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling


@dataclass(frozen=True)
class Gezicht:
    """The plan that runs, or was closed last, as the reader sees it; `nu` is its `beeld`."""

    huishouden: Huishouden
    naam: str
    namen: Mapping[int, str] = field(default_factory=dict)
    plan: Plan | None = None
    versie: Planversie | None = None
    nu: dict[str, Any] = field(default_factory=dict)
    formulieren: Planzicht = field(default_factory=lambda: Planzicht(None))

    @property
    def blad(self) -> Blad:
        """What stands in it."""
        return self.formulieren.blad

    @property
    def gewijzigd(self) -> bool:
        """Whether it is no longer what was set down last."""
        return self.versie is not None and self.nu != self.versie.inhoud


def bekijk(huishouden: Huishouden, spoor: Spoor, *, plan: Plan | None = None) -> Gezicht:
    """The plan (the latest, or `plan`) with everybody in it called as the reader may know them; who is read is logged.

    A closed plan is shown as it was set down when it was closed.
    """
    plan = plan or laatste_plan(huishouden)
    versie = laatste_versie(plan) if plan else None
    nu = (versie.inhoud if plan.tot and versie else beeld(plan)) if plan else {}
    wonend = bewoners([huishouden.pk], spoor.wie.dag).get(huishouden.pk, [])
    wie_er_zijn = {verblijf.persoon_id for verblijf in wonend}
    namen = noem(wie_er_zijn | (personen_in(nu) if nu else set()), spoor)
    blad = maak_blad(nu, namen.alle) if nu else Blad()
    al = {mens.persoon for mens in blad.deelnemers}
    return Gezicht(
        huishouden=huishouden,
        naam=huishoudnaam(verblijf for verblijf in wonend if verblijf.persoon_id in namen.gelezen),
        namen=namen.alle,
        plan=plan,
        versie=versie,
        nu=nu,
        formulieren=Planzicht(
            plan=plan,
            blad=blad,
            versie=versie,
            concepten=_concepten(plan, spoor),
            bewoners=[
                (verblijf.persoon_id, namen.alle[verblijf.persoon_id])
                for verblijf in wonend
                if verblijf.persoon_id in namen.alle and verblijf.persoon_id not in al
            ],
        ),
    )


@dataclass(frozen=True)
class Namen:
    """What residents are called, by key, and whose dossier was read for it."""

    alle: dict[int, str]
    gelezen: frozenset[int]


def noem(personen: Iterable[int], spoor: Spoor) -> Namen:
    """Names for who may be read, masked for who may be known of, nothing for others; three queries and the log."""
    rijen = Persoon.objects.filter(pk__in=personen)
    leesbaar = {rij.pk: rij for rij in zichtbaar(rijen, spoor.wie, Actie.LEZEN)}
    bekend = {rij.pk: rij.gemaskeerd for rij in zichtbaar(rijen, spoor.wie, Actie.ZIEN)}
    leg_vast(leesbaar.values(), spoor=spoor, handeling=Handeling.IN_LIJST)
    return Namen(bekend | {pk: rij.naam for pk, rij in leesbaar.items()}, frozenset(leesbaar))


def _concepten(plan: Plan | None, spoor: Spoor) -> dict[str, dict[str, Any]]:
    if plan is None:
        return {}
    mijn = Concept.objects.filter(medewerker=spoor.wie.medewerker, formulier__endswith=f"-van-{plan.pk}")
    return dict(mijn.values_list("formulier", "inhoud"))
