"""Random histories: what a municipality registers and corrects, one thing after the other, by the real doors."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Now
from hypothesis import strategies as st

from households.models import Huishouden, Persoon, Verblijf
from meldingen import workflow
from meldingen.models import (
    Aanleiding,
    Categorie,
    Contactkanaal,
    Gebeurtenis,
    Kanaal,
    Klantcontact,
    Melding,
    Toewijzing,
)
from reporting.models import Cijferstatus, ExternCijfer
from teams.geweigerd import Geweigerd
from teams.models import Activiteit, Activiteitsoort, Medewerker, Team
from teams.versies import Versie
from tests.factories import MET_REDEN
from voorzieningen.models import Beschikking, Financieringsvorm, Klacht, Klachtsoort, Voorziening, Wet

EERSTE = date(2015, 1, 1)
WERKWOORDEN = (
    "rond_af_in_voorveld", "start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast",
    "ken_toe", "wijs_af", "trek_in", "zet_door",
)  # fmt: skip
GROEPEN = ("rolstoelen", "begeleiding", "opvang", "pleegzorg", "jeugdbescherming")

dagen = st.integers(0, 180).map(lambda dag: EERSTE + timedelta(days=dag))
welke = st.integers(0, 7)
daden = st.lists(
    st.one_of(
        st.tuples(
            st.just("melding"),
            dagen,
            welke,
            st.sampled_from([None, *Categorie]),
            st.sampled_from(Kanaal),
            st.sampled_from([None, *Aanleiding]),
        ),
        st.tuples(st.just("stap"), welke, st.sampled_from(WERKWOORDEN), dagen),
        st.tuples(
            st.just("corrigeer"),
            welke,
            st.fixed_dictionaries(
                {},
                optional={
                    "datum": dagen,
                    "team": welke,
                    "categorie": st.sampled_from(Categorie),
                    "kanaal": st.sampled_from(Kanaal),
                    "aanleiding": st.sampled_from(Aanleiding),
                },
            ),
        ),
        st.tuples(st.just("draai_terug"), welke),
        st.tuples(st.just("vergissing"), welke),
        st.tuples(st.just("toewijzen"), welke, welke),
        st.tuples(st.just("client"), st.sampled_from(GROEPEN), welke, dagen, st.integers(0, 90)),
        st.tuples(st.just("verhuis"), welke, welke, dagen),
        st.tuples(st.just("verlengd"), welke, dagen),
        st.tuples(st.just("ingetrokken"), welke),
        st.tuples(st.just("contact"), dagen, st.sampled_from(Contactkanaal)),
        st.tuples(st.just("contact_weg"), welke),
        st.tuples(st.just("klacht"), dagen, st.sampled_from(Klachtsoort)),
        st.tuples(st.just("activiteit"), dagen, st.sampled_from(Activiteitsoort), st.integers(0, 40)),
        st.tuples(st.just("cijfer"), st.sampled_from(["2.13", "2.17"]), st.integers(0, 99)),
        st.tuples(st.just("stel_vast")),
    ),
    min_size=6,
    max_size=40,
)
"""What happens, in order; days lie in the first half of 2015, all of it is known from now on."""


@dataclass
class Gemeente:
    """Does what the deeds say; what can't be done isn't. `stel_vast` is what to do when an editie is asked for."""

    teams: list[Team]
    door: Medewerker
    stel_vast: Callable[[], Any]
    meldingen: list[Melding] = field(default_factory=list)
    personen: list[Persoon] = field(default_factory=list)

    def doe(self, daad: tuple[Any, ...]) -> None:
        """One deed; a step that the workflow refuses did not happen."""
        wat, *rest = daad
        with suppress(Geweigerd):
            getattr(self, f"_{wat}")(*rest)

    def _stel_vast(self) -> None:
        self.stel_vast()

    def _melding(self, op: date, team: int, categorie: Any, kanaal: Any, aanleiding: Any) -> None:
        kenmerken = {"categorie": categorie, "kanaal": kanaal, "aanleiding": aanleiding}
        self.meldingen.append(workflow.ontvang(op=op, team=self._team(team), **kenmerken, door=self.door))

    def _stap(self, welke: int, werkwoord: str, op: date) -> None:
        if melding := self._een(self.meldingen, welke):
            reden = {"reden": "zo ging het"} if werkwoord in MET_REDEN else {}
            getattr(workflow, werkwoord)(melding, op=op, door=self.door, **reden)

    def _corrigeer(self, welke: int, nieuw: dict[str, Any]) -> None:
        feiten = list(Gebeurtenis.objects.bekend_op(None).order_by("pk"))
        if feit := self._een(feiten, welke):
            if "team" in nieuw:
                nieuw = {**nieuw, "team": self._team(nieuw["team"])}
            workflow.corrigeer(feit, reden="verkeerd ingevoerd", door=self.door, **nieuw)

    def _draai_terug(self, welke: int) -> None:
        if melding := self._een(self.meldingen, welke):
            workflow.draai_terug(melding, reden="toch niet", door=self.door)

    def _vergissing(self, welke: int) -> None:
        if melding := self._een(self.meldingen, welke):
            workflow.registreer_als_vergissing(melding, reden="dubbel", door=self.door)

    def _toewijzen(self, welke: int, team: int) -> None:
        if melding := self._een(self.meldingen, welke):
            Toewijzing.objects.filter(melding=melding, tot__isnull=True).update(tot=Now())
            Toewijzing.objects.create(melding=melding, team=self._team(team), medewerker=self.door)

    def _client(self, groep: str, team: int, vanaf: date, duur: int) -> None:
        persoon, thuis = Persoon.objects.create(), Huishouden.objects.create()
        self.personen.append(persoon)
        gekozen = Voorziening.objects.filter(groep__naam=groep).first()
        Beschikking.objects.create(
            persoon=persoon,
            voorziening=gekozen,
            financieringsvorm=Financieringsvorm.ZIN,
            ingangsdatum=vanaf,
            einddatum=vanaf + timedelta(days=duur),
        )
        Verblijf.objects.create(persoon=persoon, huishouden=thuis, team=self._team(team), vanaf=EERSTE)

    def _verhuis(self, welke: int, team: int, vanaf: date) -> None:
        """Corrected: lived elsewhere since that day."""
        if oud := self._in_kracht(Verblijf, welke):
            self._vervalt(oud)
            zelfde = {"persoon": oud.persoon, "huishouden": oud.huishouden}
            Verblijf.objects.create(**zelfde, team=oud.team, vanaf=oud.vanaf, tot=max(vanaf, oud.vanaf))
            Verblijf.objects.create(**zelfde, team=self._team(team), vanaf=vanaf)

    def _verlengd(self, welke: int, tot: date) -> None:
        if oud := self._in_kracht(Beschikking, welke):
            self._vervalt(oud)
            Beschikking.objects.create(
                persoon=oud.persoon,
                voorziening=oud.voorziening,
                financieringsvorm=Financieringsvorm.PGB,
                ingangsdatum=oud.ingangsdatum,
                einddatum=max(tot, oud.ingangsdatum),
            )

    def _ingetrokken(self, welke: int) -> None:
        self._vervalt(self._in_kracht(Beschikking, welke))

    def _contact(self, datum: date, kanaal: Contactkanaal) -> None:
        Klantcontact.objects.create(datum=datum, kanaal=kanaal, wet=Wet.WMO)

    def _contact_weg(self, welke: int) -> None:
        self._vervalt(self._in_kracht(Klantcontact, welke))

    def _klacht(self, datum: date, soort: Klachtsoort) -> None:
        Klacht.objects.create(datum=datum, soort=soort, wet=Wet.WMO)

    def _activiteit(self, datum: date, soort: Activiteitsoort, bewoners: int) -> None:
        Activiteit.objects.create(datum=datum, discipline="opbouwwerk", soort=soort, bewoners=bewoners)

    def _cijfer(self, tabel: str, waarde: int) -> None:
        cel = {"tabel": tabel, "rij": "opvang" if tabel == "2.13" else "x", "periode": "2015-Q1"}
        ExternCijfer.objects.bekend_op(None).filter(**cel).update(vervallen_op=Now())
        ExternCijfer.objects.create(**cel, waarde=waarde, status=Cijferstatus.DEFINITIEF, bron="CAK")

    def _team(self, nummer: int) -> Team:
        return self.teams[nummer % len(self.teams)]

    def _een(self, rijen: list[Any], welke: int) -> Any:
        return rijen[welke % len(rijen)] if rijen else None

    def _in_kracht(self, model: Any, welke: int) -> Any:
        return self._een(list(model.objects.bekend_op(None).order_by("pk")), welke)

    def _vervalt(self, feit: Versie | None) -> None:
        if feit:
            type(feit).objects.filter(pk=feit.pk).update(
                vervallen_op=Now(), vervallen_door=self.door, vervallen_reden="gecorrigeerd"
            )
