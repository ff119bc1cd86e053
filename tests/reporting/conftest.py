"""A municipality in the making: registrations of a few words each, put in with the ORM."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from households.models import Persoon, Verblijf
from meldingen.models import (
    Aanleiding,
    Afhandeling,
    Categorie,
    Contactkanaal,
    Gebeurtenis,
    Kanaal,
    Klantcontact,
    Melding,
    Soort,
    Thema,
)
from reporting.antwoord import Antwoord, beantwoord
from reporting.models import Cijferstatus, ExternCijfer
from reporting.vraag import Vraag
from teams.models import Team, Teamsoort
from voorzieningen.models import Beschikking, Financieringsvorm, Klacht, Klachtsoort, Voorziening, Wet

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGIN = datetime(2015, 1, 1, tzinfo=AMSTERDAM)


def moment(tekst: str) -> datetime:
    """Local time."""
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


class Registratie:
    """Puts facts in; codes and names are as users write them, `klok` are the fields of `Versie`."""

    def __init__(self) -> None:
        self.teams = {
            code: Team.objects.create(code=code, naam=f"Wijkteam {code}", soort=soort)
            for code, soort in (
                ("W2", Teamsoort.WIJKTEAM),
                ("W10", Teamsoort.WIJKTEAM),
                ("X1", Teamsoort.EXPERTTEAM),
            )
        }

    def melding(
        self,
        datum: str,
        team: str = "W2",
        categorie: str = "volwassenen",
        stappen: Iterable[str] = (),
        kanaal: str = "telefoon",
        aanleiding: str = "nieuwe_vraag",
        **klok: object,
    ) -> Melding:
        melding = Melding.objects.create()
        self.ontvangen(melding, datum, team, categorie, kanaal, aanleiding, **klok)
        for soort in stappen:
            self.stap(melding, soort, datum, **klok)
        return melding

    def ontvangen(
        self,
        melding: Melding,
        datum: str,
        team: str = "W2",
        categorie: str = "volwassenen",
        kanaal: str = "telefoon",
        aanleiding: str = "nieuwe_vraag",
        **klok: object,
    ) -> Gebeurtenis:
        return Gebeurtenis.objects.create(
            melding=melding,
            soort=Soort.ONTVANGEN,
            datum=datum,
            team=self.teams.get(team),
            categorie=Categorie.van_code(categorie) if categorie else None,
            kanaal=Kanaal.van_code(kanaal),
            aanleiding=Aanleiding.van_code(aanleiding),
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def stap(self, melding: Melding, soort: str, datum: str, **klok: object) -> Gebeurtenis:
        return Gebeurtenis.objects.create(
            melding=melding, soort=Soort.van_code(soort), datum=datum, **{"geregistreerd_op": BEGIN, **klok}
        )

    def contact(
        self, datum: str, kanaal: str, thema: str = "", wet: str = "", afhandeling: str = "", **klok: object
    ) -> Klantcontact:
        return Klantcontact.objects.create(
            datum=datum,
            kanaal=Contactkanaal.van_code(kanaal),
            thema=Thema.van_code(thema) if thema else None,
            wet=Wet.van_code(wet) if wet else None,
            afhandeling=Afhandeling.van_code(afhandeling) if afhandeling else None,
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def beschikking(
        self,
        persoon: Persoon,
        groep: str,
        vanaf: str,
        tot_en_met: str | None = None,
        vorm: str = "zin",
        voorziening: str = "",
        **klok: object,
    ) -> Beschikking:
        gekozen = Voorziening.objects.filter(groep__naam=groep, naam__startswith=voorziening).first()
        assert gekozen, f"geen voorziening in {groep}"
        return Beschikking.objects.create(
            persoon=persoon,
            voorziening=gekozen,
            financieringsvorm=Financieringsvorm.van_code(vorm) if vorm else None,
            ingangsdatum=vanaf,
            einddatum=tot_en_met,
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def verblijf(
        self, persoon: Persoon, team: str | None, vanaf: str, tot: str | None = None, **klok: object
    ) -> Verblijf:
        return Verblijf.objects.create(
            persoon=persoon,
            team=self.teams.get(team or ""),
            vanaf=vanaf,
            tot=tot,
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def klacht(self, datum: str, soort: str, wet: str = "", **klok: object) -> Klacht:
        return Klacht.objects.create(
            datum=datum,
            soort=Klachtsoort.van_code(soort),
            wet=Wet.van_code(wet) if wet else None,
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def extern(
        self, tabel: str, rij: str, periode: str, waarde: str | None, bron: str = "CAK", **klok: object
    ) -> ExternCijfer:
        return ExternCijfer.objects.create(
            tabel=tabel,
            rij=rij,
            periode=periode,
            waarde=waarde,
            status=Cijferstatus.NNB if waarde is None else Cijferstatus.DEFINITIEF,
            bron=bron,
            **{"geregistreerd_op": BEGIN, **klok},
        )

    def clienten(
        self, aantal: int, groep: str = "begeleiding", vanaf: date | str = "2015-01-01", **klok: object
    ) -> None:
        """So many persons with one voorziening each."""
        for _ in range(aantal):
            self.beschikking(Persoon.objects.create(), groep, vanaf, **klok)


@pytest.fixture
def registratie(db: None) -> Registratie:
    return Registratie()


@pytest.fixture
def vraag_antwoord(db: None) -> Callable[..., Antwoord]:
    """The answer to a question in words; `ruw` unless told otherwise, as these counts are small."""

    def vraag(
        tabel: str, periode: str, *, ruw: bool = True, bekend_op: str | None = None, **rest: str
    ) -> Antwoord:
        vergelijk = rest.pop("vergelijk", None)
        gelezen = Vraag.van_invoer(
            tabel, periode=periode, bekend_op=bekend_op, vergelijk=vergelijk, filters=rest
        )
        return beantwoord(gelezen, ruw=ruw)

    return vraag


def cellen(antwoord: Antwoord) -> dict[str, object]:
    """Key of the row → its values; a single value without its list."""
    return {rij.sleutel: rij.waarden[0] if len(rij.waarden) == 1 else rij.waarden for rij in antwoord.rijen}


def gevuld(antwoord: Antwoord) -> dict[str, object]:
    """The rows that are not 0."""
    return {sleutel: waarde for sleutel, waarde in cellen(antwoord).items() if waarde}
