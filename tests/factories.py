"""Things to test with; a melding comes about by the same verbs that a wijkwerker uses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from households.models import Huishouden, Persoon
from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Kanaal, Melding
from teams.models import Aanstelling, Medewerker, Rol, Team, Teamsoort

ONTVANGEN_OP = date(2015, 4, 1)


class MedewerkerFactory(DjangoModelFactory):
    """Somebody who may sign in."""

    class Meta:
        model = Medewerker

    username = factory.Sequence(lambda n: f"medewerker{n}")


def stel_aan(medewerker: Medewerker, rol: Rol, team: Team | None = None) -> Medewerker:
    """Gives somebody a role, since long."""
    Aanstelling.objects.create(medewerker=medewerker, rol=rol, team=team, vanaf=date(2015, 1, 1))
    return medewerker


class TeamFactory(DjangoModelFactory):
    """A wijkteam."""

    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"wijkteam-{n}")
    naam = factory.Sequence(lambda n: f"Wijkteam {n}")
    soort = Teamsoort.WIJKTEAM


class PersoonFactory(DjangoModelFactory):
    """A resident of whom we know no more than a name."""

    class Meta:
        model = Persoon

    achternaam = factory.Sequence(lambda n: f"Inwoner{n}")


class HuishoudenFactory(DjangoModelFactory):
    """A household without anybody in it yet."""

    class Meta:
        model = Huishouden


WEGEN: dict[str, tuple[str, ...]] = {
    "ontvangen": (),
    "voorveld": ("rond_af_in_voorveld",),
    "gesprek": ("start_gesprek",),
    "onderzoek": ("start_gesprek", "start_onderzoek"),
    "onderzoek_afgerond": ("start_gesprek", "start_onderzoek", "rond_onderzoek_af"),
    "plan_akkoord": ("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast"),
    "toegekend": ("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast", "ken_toe"),
    "niet_toegekend": ("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "wijs_af"),
    "ingetrokken": ("trek_in",),
    "doorgezet": ("zet_door",),
}
MET_REDEN = frozenset({"rond_af_in_voorveld", "wijs_af", "trek_in", "zet_door"})


class MeldingFactory(factory.Factory):
    """A melding that came in on 1 April 2015 and went on to `tot`, one step a day (see `WEGEN`).

    `door` is who did it all; what else it takes goes to `workflow.ontvang`.
    """

    class Meta:
        model = Melding

    op = ONTVANGEN_OP
    tot = "ontvangen"
    categorie = Categorie.VOLWASSENEN
    kanaal = Kanaal.TELEFOON
    aanleiding = Aanleiding.NIEUWE_VRAAG
    team = factory.SubFactory(TeamFactory)
    persoon = factory.SubFactory(PersoonFactory)
    door = factory.SubFactory(MedewerkerFactory)

    @classmethod
    def _create(
        cls, model_class: type[Melding], *args: Any, op: date, tot: str, door: Medewerker, **kenmerken: Any
    ) -> Melding:
        melding = workflow.ontvang(op=op, door=door, **kenmerken)
        for dagen, werkwoord in enumerate(WEGEN[tot], start=1):
            reden = {"reden": "zo gebeurde het"} if werkwoord in MET_REDEN else {}
            melding = getattr(workflow, werkwoord)(melding, op=op + timedelta(days=dagen), door=door, **reden)
        return melding
