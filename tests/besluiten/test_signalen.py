"""What the flow of decisions asks of somebody: a question unanswered, a late toets, help that doesn't begin."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldingen import workflow
from meldingen.models import Melding
from meldingen.signalen import Inbox, Lijst
from teams.gronden import Wie
from teams.models import Medewerker, Team
from tests.besluiten.conftest import toets_goed, vandaag
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Besluit, Levering, Toets


def soorten(medewerker: Medewerker, na: timedelta = timedelta()) -> set[str]:
    """The kinds that somebody gets so much later, of what this is about."""
    inbox = Inbox.van(Wie.van(medewerker, timezone.now() + na))
    return {rij.soort for rij in inbox.rijen(Lijst.VAN_MIJ, 0, 100)} & {"toetsvraag", "toets", "start"}


def neem(melding: Melding, door: Medewerker) -> None:
    workflow.pak_op(melding, door=door)


def test_een_vraag_van_de_toetser_is_een_signaal_tot_zij_is_beantwoord(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker, haven: Team
) -> None:
    toets = voorzieningen.vraag_toets(besluit, door=wijkwerker)
    voorzieningen.pak_toets_op(toets, door=toetser)
    assert soorten(wijkwerker) == set()
    voorzieningen.stel_toetsvraag(toets, vraag="Waarom?", door=toetser)
    neem(melding, wijkwerker)
    assert soorten(wijkwerker) == {"toetsvraag"}
    voorzieningen.beantwoord_toetsvraag(toets, antwoord="Daarom.", door=wijkwerker)
    assert soorten(wijkwerker) == set()


def test_een_toets_die_te_lang_duurt_is_een_signaal(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    neem(melding, wijkwerker)
    toets = voorzieningen.vraag_toets(besluit, door=wijkwerker)
    over = toets.uiterlijk_op - vandaag()
    assert soorten(wijkwerker, over) == set()
    assert soorten(wijkwerker, over + timedelta(days=1)) == {"toets"}
    voorzieningen.trek_toets_in(toets, reden="anders", door=wijkwerker)
    assert soorten(wijkwerker, over + timedelta(days=1)) == set()
    assert Toets.objects.count() == 1


def test_toegekende_hulp_die_niet_begint_is_een_signaal_tot_zij_begint_of_vervalt(
    besluit: Besluit, melding: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    neem(melding, wijkwerker)
    toets_goed(besluit, van=wijkwerker, door=toetser)
    workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    drie_weken = timedelta(days=21)
    assert soorten(wijkwerker, drie_weken - timedelta(days=1)) == set()
    assert soorten(wijkwerker, drie_weken) == {"start"}
    voorzieningen.start_levering(Levering.objects.get(), op=vandaag(), door=wijkwerker)
    assert soorten(wijkwerker, drie_weken) == set()
