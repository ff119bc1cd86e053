"""Whatever happens to households, in whatever order: nobody is lost, and undoing gives exactly what was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from households import workflow
from households.models import Gezinswijziging, Huishouden, Persoon, Rol, Verblijf
from households.workflow import Adres
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.factories import PersoonFactory

DAG = date(2015, 1, 1)
nummers, dagen = st.integers(0, 50), st.integers(0, 5)


def stand() -> frozenset[tuple[Any, ...]]:
    """Every stay in force, by what it says; shares nothing with the product."""
    velden = ("persoon", "huishouden", "postcode", "huisnummer", "team", "vanaf", "tot", "rol")
    return frozenset(Verblijf.objects.filter(vervallen_op=None).values_list(*velden))


class Geschiedenis(RuleBasedStateMachine):
    """Changes of some households by one wijkwerker; what is refused must leave everything as it was."""

    door: Medewerker

    def __init__(self) -> None:
        super().__init__()
        self.punt = transaction.atomic()
        self.punt.__enter__()
        self.dag = DAG
        self.ongedaan: list[
            tuple[Gezinswijziging, frozenset[tuple[Any, ...]], frozenset[tuple[Any, ...]]]
        ] = []
        for leden in (3, 2):
            huis = Huishouden.objects.create()
            for nummer in range(leden):
                workflow.neem_op(
                    PersoonFactory(geboortedatum=date(1980 + 15 * (nummer > 1), 1, 1)),
                    huis,
                    vanaf=DAG,
                    postcode="1316AA",
                    rol=(Rol.HOOFD, Rol.PARTNER, Rol.KIND)[nummer],
                    door=self.door,
                )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.punt.__exit__(None, None, None)

    def huis(self, nummer: int) -> Huishouden:
        huizen = list(Huishouden.objects.order_by("pk"))
        return huizen[nummer % len(huizen)]

    def wie(self, nummer: int) -> Persoon:
        personen = list(Persoon.objects.order_by("pk"))
        return personen[nummer % len(personen)]

    def doe(self, dagen: int, verb: Callable[[date], Gezinswijziging]) -> None:
        self.dag += timedelta(days=dagen)
        voor, rijen = stand(), Gezinswijziging.objects.count()
        try:
            with transaction.atomic():
                wijziging = verb(self.dag)
        except Geweigerd:
            assert (stand(), Gezinswijziging.objects.count()) == (voor, rijen)
        else:
            assert Gezinswijziging.objects.count() == rijen + 1
            self.ongedaan.append((wijziging, voor, stand()))

    @rule(
        huis=nummers,
        leden=st.lists(nummers, min_size=1, max_size=2, unique=True),
        dagen=dagen,
        geheim=st.booleans(),
    )
    def splits(self, huis: int, leden: list[int], dagen: int, geheim: bool) -> None:
        van = self.huis(huis)
        bewoners = list(Persoon.objects.filter(verblijven__in=_open(van)).order_by("pk"))
        gaan = {bewoners[nummer % len(bewoners)] for nummer in leden} if bewoners else {self.wie(huis)}
        self.doe(
            dagen,
            lambda dag: workflow.splits(
                van, list(gaan), op=dag, geheim="geweld" * geheim, adres=Adres("1316ZZ", "2"), door=self.door
            ),
        )

    @rule(huis=nummers, wie=nummers, dagen=dagen, ook=st.booleans())
    def trek_in(self, huis: int, wie: int, dagen: int, ook: bool) -> None:
        self.doe(
            dagen,
            lambda dag: workflow.trek_in(
                self.huis(huis), self.wie(wie), rol=Rol.OVERIG, op=dag, blijft_ook=ook, door=self.door
            ),
        )

    @rule(huis=nummers, ander=nummers, dagen=dagen)
    def voeg_samen(self, huis: int, ander: int, dagen: int) -> None:
        self.doe(
            dagen, lambda dag: workflow.voeg_samen(self.huis(huis), self.huis(ander), op=dag, door=self.door)
        )

    @rule(huis=nummers, dagen=dagen, nummer=st.sampled_from(["1", "2", "3"]))
    def verhuis(self, huis: int, dagen: int, nummer: str) -> None:
        self.doe(
            dagen,
            lambda dag: workflow.verhuis(
                self.huis(huis), adres=Adres("1316AA", nummer), op=dag, door=self.door
            ),
        )

    @rule(huis=nummers, wie=nummers, dagen=dagen)
    def vertrek(self, huis: int, wie: int, dagen: int) -> None:
        self.doe(dagen, lambda dag: workflow.vertrek(self.huis(huis), self.wie(wie), op=dag, door=self.door))

    @rule(huis=nummers, dagen=dagen)
    def geboorte(self, huis: int, dagen: int) -> None:
        self.doe(
            dagen,
            lambda dag: workflow.leg_geboorte_vast(
                self.huis(huis), achternaam="Bos", voornamen="Evi", op=dag, door=self.door
            ),
        )

    @rule(huis=nummers, wie=nummers, dagen=dagen)
    def overlijden(self, huis: int, wie: int, dagen: int) -> None:
        self.doe(
            dagen,
            lambda dag: workflow.leg_overlijden_vast(self.huis(huis), self.wie(wie), op=dag, door=self.door),
        )

    @rule(huis=nummers, wie=nummers, dagen=dagen, rol=st.sampled_from(list(Rol)))
    def rol(self, huis: int, wie: int, dagen: int, rol: Rol) -> None:
        self.doe(
            dagen,
            lambda dag: workflow.wijzig_rol(self.huis(huis), self.wie(wie), rol=rol, op=dag, door=self.door),
        )

    @precondition(lambda self: self.ongedaan)
    @rule()
    def maak_ongedaan(self) -> None:
        """The last change can always be undone, and then everything is as it was."""
        wijziging, voor, na = self.ongedaan.pop()
        assert stand() == na
        workflow.maak_ongedaan(wijziging, reden="vergissing", door=self.door)
        assert stand() == voor

    @precondition(lambda self: len(self.ongedaan) > 1)
    @rule(nummer=nummers)
    def maak_eerdere_ongedaan(self, nummer: int) -> None:
        """An earlier one gives what was, when nothing builds on it; else a refusal."""
        wijziging, _, _ = self.ongedaan[nummer % (len(self.ongedaan) - 1)]
        voor = stand()
        later = Gezinswijziging.objects.filter(
            pk__gt=wijziging.pk, ongedaan_op=None, huishoudens__in=wijziging.huishoudens.all()
        )
        try:
            with transaction.atomic():
                workflow.maak_ongedaan(wijziging, reden="vergissing", door=self.door)
        except Geweigerd:
            assert later.exists()
            assert stand() == voor
        else:
            assert not later.exists()
            # What others did elsewhere stays; what was undone can't be compared as a whole any more.
            self.ongedaan.clear()

    @invariant()
    def niemand_is_kwijt(self) -> None:
        """Everybody has a household's history, and whoever lives, lives somewhere; nobody twice in one place."""
        levend = set(
            Persoon.objects.filter(overleden_op=None, vervallen_op=None).values_list("pk", flat=True)
        )
        verblijven = Verblijf.objects.filter(vervallen_op=None)
        assert levend <= set(verblijven.filter(tot=None).values_list("persoon", flat=True))
        dood = Persoon.objects.exclude(overleden_op=None).values_list("pk", flat=True)
        assert set(dood) <= set(verblijven.values_list("persoon", flat=True))
        assert not set(dood) & set(verblijven.filter(tot=None).values_list("persoon", flat=True))
        nu = list(verblijven.filter(tot=None).values_list("persoon", "huishouden"))
        assert len(nu) == len(set(nu))

    @invariant()
    def wie_ingrijpt_werkt_ermee(self) -> None:
        """Every household that a change touched has somebody who works with it, or lives in the worker's area."""
        for wijziging, _, _ in self.ongedaan[-1:]:
            for huishouden in wijziging.huishoudens.all():
                assert workflow.werkbaar({huishouden.pk: huishouden}, self.door)


def _open(huis: Huishouden) -> Any:
    return Verblijf.objects.filter(huishouden=huis, tot=None, vervallen_op=None)


@pytest.mark.parametrize(
    "aantal", [pytest.param((12, 12), id="klein"), pytest.param((150, 40), id="vol", marks=pytest.mark.vol)]
)
def test_niemand_raakt_kwijt_en_ongedaan_is_precies_zoals_het_was(
    db: None, wijkwerker: Medewerker, aantal: tuple[int, int]
) -> None:
    machine = type("Machine", (Geschiedenis,), {"door": wijkwerker})
    voorbeelden, stappen = aantal
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=voorbeelden,
            stateful_step_count=stappen,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
