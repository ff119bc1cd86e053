"""What the night makes of indicaties that end, stands in the tables at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from households.models import Persoon
from meldingen.herindicatie import maak_herindicaties
from reporting.antwoord import Antwoord, Stroomschema
from voorzieningen.models import Voorziening, Wet

from .conftest import Registratie, cellen


def test_herindicaties_tellen_mee_in_2_4_2_5_en_2_6(
    registratie: Registratie, vraag_antwoord: Callable[..., Antwoord]
) -> None:
    for wet, team in ((Wet.JEUGDWET, "W2"), (Wet.WMO, "W10")):
        persoon = Persoon.objects.create(achternaam="Jansen")
        registratie.verblijf(persoon, team, "2015-01-01")
        groep = Voorziening.objects.filter(groep__wet=wet)[0].groep
        registratie.beschikking(persoon, groep.naam, "2015-01-01", "2015-08-01")
    registratie.melding("2015-06-30", "W2")
    for _ in range(2):
        maak_herindicaties(date(2015, 6, 30))
    kenmerken = {"kanaal": "afloop_indicatie", "aanleiding": "herindicatie"}
    gefilterd = cellen(vraag_antwoord("2.4", "2015-Q2", **kenmerken))
    assert (gefilterd["volwassenen"], gefilterd["jeugd"], gefilterd["totaal"]) == (1, 1, 2)
    assert cellen(vraag_antwoord("2.4", "2015-Q2"))["totaal"] == 3
    assert cellen(vraag_antwoord("2.5", "2015-Q2", **kenmerken)) == {"W10": 1, "W2": 0, "totaal": 1}
    stroom = vraag_antwoord("2.6", "2015-Q2", **kenmerken)
    assert isinstance(stroom, Stroomschema)
    assert cellen(stroom)["meldingen"] == 1
