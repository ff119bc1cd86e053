"""A besluit on a product that was called otherwise before: which version of the catalogue it takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from meldingen import workflow
from meldingen.forms.besluiten import Besluitformulier
from meldingen.models import Melding
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.besluiten.conftest import hulp, inhoud, vandaag
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Besluit


def test_na_een_andere_naam_staat_een_product_eenmaal_in_de_lijst_en_geldt_de_versie_van_de_ingangsdatum(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    oud = hulp()
    nieuw = voorzieningen.hernoem_voorziening(oud, "Thuis geholpen", vanaf=vandaag(), door=wijkwerker)
    later = voorzieningen.hernoem_voorziening(
        nieuw, "Samen thuis", vanaf=vandaag() + timedelta(days=9), door=wijkwerker
    )
    assert melding.persoon
    lijst: Any = Besluitformulier([melding.persoon]).fields["voorziening"]
    (keuze,) = lijst.queryset.van_product(oud)
    assert keuze == nieuw

    eerder = inhoud(voorziening=keuze, ingangsdatum=vandaag() - timedelta(days=2))
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **eerder)
    assert besluit.voorziening == oud
    lijst = Besluitformulier([], besluit=besluit).fields["voorziening"]
    assert list(lijst.queryset.van_product(oud)) == [oud]
    for dagen, versie in ((0, nieuw), (9, later), (-2, oud)):
        ingangsdatum = vandaag() + timedelta(days=dagen)
        besluit = voorzieningen.wijzig_besluit(
            besluit, gezien=besluit.versie, ingangsdatum=ingangsdatum, voorziening=oud, door=wijkwerker
        )
        assert Besluit.objects.get().voorziening == versie


def test_na_een_andere_groep_geldt_ook_de_versie_van_de_ingangsdatum(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    oud = hulp()
    groep = voorzieningen.wijzig_groep(oud.groep, vanaf=vandaag(), naam="hulp thuis", door=wijkwerker)
    nieuw = groep.voorzieningen.get(code=oud.code)
    assert melding.persoon
    lijst: Any = Besluitformulier([melding.persoon]).fields["voorziening"]
    assert list(lijst.queryset.van_product(oud)) == [nieuw]
    eerder = inhoud(voorziening=nieuw, ingangsdatum=vandaag() - timedelta(days=2))
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **eerder)
    assert besluit.voorziening == oud


def test_wat_op_de_ingangsdatum_geen_versie_heeft_wordt_geweigerd(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    voorzieningen.beeindig_voorziening(hulp(), op=vandaag(), door=wijkwerker)
    with pytest.raises(Geweigerd, match="niet in de catalogus"):
        workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **inhoud())
