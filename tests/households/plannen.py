"""A household of three with a plan, to test with."""

from __future__ import annotations

from datetime import date

from households import workflow
from households.models import Deelnemer, Doel, Huishouden, Persoon, Plan, Rol
from teams.models import Medewerker
from tests.factories import PersoonFactory


def maak_gezin(door: Medewerker) -> Huishouden:
    """Mila with her child Sem and her partner Joris."""
    huishouden = workflow.nieuw_huishouden(
        persoon=PersoonFactory(voornamen="Mila", achternaam="Bos"),
        vanaf=date(2015, 1, 1),
        door=door,
        postcode="1316AA",
        huisnummer="1",
        rol=Rol.HOOFD,
    )
    for naam, rol in (("Joris", Rol.PARTNER), ("Sem", Rol.KIND)):
        workflow.neem_op(
            PersoonFactory(voornamen=naam, achternaam="Bos"),
            huishouden,
            vanaf=date(2015, 1, 1),
            door=door,
            postcode="1316AA",
            huisnummer="1",
            rol=rol,
        )
    return huishouden


def persoon(huishouden: Huishouden, voornaam: str) -> Persoon:
    """Somebody of the household."""
    return Persoon.objects.get(verblijven__huishouden=huishouden, voornamen=voornaam)


def deelnemer(plan: Plan, voornaam: str) -> Deelnemer:
    """A resident who takes part."""
    return plan.deelnemers.get(persoon__voornamen=voornaam)


def maak_doel(
    plan: Plan, door: Medewerker, tekst: str = "Sem gaat weer naar school", **extra: object
) -> Doel:
    """A goal of Mila."""
    extra.setdefault("eigenaar", deelnemer(plan, "Mila"))
    return workflow.voeg_doel_toe(plan, tekst=tekst, door=door, **extra)  # type: ignore[arg-type]
