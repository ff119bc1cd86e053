"""Work to look at: meldingen and promises, made by the verbs that people use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from households.workflow import betrek, nieuw_huishouden
from meldingen import workflow
from meldingen.models import Melding, Terugbelverzoek
from meldingen.voorraad import Lijst, Voorraad, Vraag
from teams.gronden import Wie
from teams.models import Medewerker, Team
from tests.factories import MeldingFactory, PersoonFactory


def maak_melding(
    team: Team | None, *, dagen: int = 0, naam: str = "", afgeschermd: bool = False, **kenmerken: Any
) -> Melding:
    """A melding that came in `dagen` ago, of a household of its own."""
    op = vandaag() - timedelta(days=dagen)
    door = kenmerken.pop("door", None)
    persoon = PersoonFactory(achternaam=naam) if naam else PersoonFactory()
    melding = MeldingFactory(
        team=team,
        op=op,
        persoon=persoon,
        **({"door": door} if door else {}),
        vraag=kenmerken.pop("vraag", "hulp na een val"),
        **kenmerken,
    )
    maker = melding.gebeurtenissen.get(soort=1).door
    melding.huishouden = nieuw_huishouden(persoon=persoon, vanaf=op, door=maker)
    melding.save(update_fields=["huishouden"])
    if afgeschermd:
        scherm_af(melding)
    return melding


def scherm_af(melding: Melding, *ingewijden: Medewerker) -> None:
    """Hide the household from everybody but these."""
    huishouden = melding.huishouden
    for medewerker in ingewijden:
        betrek(huishouden, medewerker, door=medewerker)
    huishouden.afgeschermd, huishouden.afgeschermd_reden = True, "veiligheid"
    huishouden.save()


def geef(melding: Melding, medewerker: Medewerker, team: Team) -> Melding:
    """Let somebody have it."""
    return workflow.wijs_toe(melding, team=team, medewerker=medewerker, door=medewerker)


def maak_belofte(team: Team | None, *, uren: float = 24, **kenmerken: Any) -> Terugbelverzoek:
    """A promise to call back within so many hours from now."""
    belofte = workflow.neem_terugbelverzoek_aan(
        naam=kenmerken.pop("naam", "mevrouw De Beller"),
        telefoon=kenmerken.pop("telefoon", "036 123 45 67"),
        team=team,
        door=kenmerken.pop("door", None),
        **kenmerken,
    )
    belofte.uiterlijk_op = timezone.now() + timedelta(hours=uren)
    belofte.save()
    return belofte


def vandaag() -> date:
    """In the Netherlands."""
    return timezone.localdate()


def uren_oud(melding: Melding, uren: float) -> Melding:
    """As if it was registered so many hours ago."""
    Melding.objects.filter(pk=melding.pk).update(geregistreerd_op=timezone.now() - timedelta(hours=uren))
    melding.refresh_from_db(fields=["geregistreerd_op"])
    return melding


def lijst(medewerker: Medewerker, lijst: Lijst, moment: datetime | None = None, **keuzes: Any) -> list[Any]:
    """The rows of a list in order, after a check that its counts say the same."""
    voorraad = Voorraad(Wie.van(medewerker, moment))
    vraag = Vraag(lijst, **keuzes)
    sleutels = voorraad.rijen(vraag, 0, 1000)
    assert voorraad.aantal(vraag, voorraad.per_fase(vraag)) == len(sleutels)
    if not keuzes:
        assert voorraad.per_lijst()[lijst] == len(sleutels)
    modellen = {True: Melding, False: Terugbelverzoek}
    return [modellen[sleutel.is_melding].objects.get(pk=sleutel.pk) for sleutel in sleutels]
