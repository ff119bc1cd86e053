"""Rules about the one plan of a household: begun, filled, set down, agreed with, and closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from households import workflow
from households.models import (
    Afspraak,
    Afspraaksoort,
    Antwoord,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Doelstand,
    Evaluatie,
    Huishouden,
    Plan,
    Planversie,
    Regiesoort,
    Resultaat,
    Tevredenheid,
    Wijze,
)
from meldingen import workflow as meldingen
from meldingen.models import Melding
from tests.heleweg.machine import Weg, heeft, nummers


class Plannen(Weg):
    """Whatever is done in a plan is one row of `Planwijziging`."""

    def plan(self, nummer: int) -> Plan | None:
        """Mostly one that runs."""
        return self.kies(Plan, nummer, heeft(tot=None))

    def deelnemer(self, plan: Plan, nummer: int) -> Deelnemer:
        """Mostly somebody who takes part in this plan."""
        wie = self.kies(Deelnemer, nummer, heeft(plan_id=plan.pk, tot=None))
        assert wie
        return wie

    @rule(wie=nummers, waar=nummers, neem_over=st.booleans())
    def begin_plan(self, wie: int, waar: int, neem_over: bool) -> None:
        huis = self.kies(Huishouden, waar)
        assert huis
        self.doe(
            lambda: workflow.begin_plan(huis, door=self.wie(wie), neem_over=neem_over),
            naam="begin plan",
            planwijziging=1,
        )

    @rule(wie=nummers, welk=nummers, van=nummers, over=st.integers(-1, 90))
    def voeg_toe(self, wie: int, welk: int, van: int, over: int) -> None:
        """A goal, an afspraak with one, the regie, or somebody who takes part."""
        if (plan := self.plan(welk)) is None:
            return
        eigenaar, door = self.deelnemer(plan, van), self.wie(wie)
        dag = timezone.localdate() + timedelta(days=over)
        doel = self.kies(Doel, van, heeft(plan_id=plan.pk)) if van % 3 else None
        soort = list(Regiesoort)[van % len(Regiesoort)]
        verbs: list[tuple[str, Callable[[], Any]]] = [
            (
                "voeg doel toe",
                lambda: workflow.voeg_doel_toe(
                    plan, tekst="weer naar buiten", eigenaar=eigenaar, door=door, streefdatum=dag
                ),
            ),
            (
                "voeg afspraak toe",
                lambda: workflow.voeg_afspraak_toe(
                    plan, soort=Afspraaksoort.ACTIE, tekst="bellen", wie=eigenaar, doel=doel, door=door
                ),
            ),
            ("leg regie vast", lambda: workflow.leg_regie_vast(plan, soort, eigenaar, door=door)),
            (
                "voeg deelnemer toe",
                lambda: workflow.voeg_deelnemer_toe(
                    plan, soort=Deelnemersoort.MEDEWERKER, medewerker=self.wie(van), door=door
                ),
            ),
            ("stel vast", lambda: workflow.stel_vast(plan, door=door)),
        ]
        naam, verb = verbs[(welk + van) % len(verbs)]
        self.doe(verb, naam=naam, planwijziging=1)

    @rule(wie=nummers, welk=nummers, oud=st.integers(0, 3), over=st.integers(-1, 90))
    def werk_bij(self, wie: int, welk: int, oud: int, over: int) -> None:
        """A goal or afspraak written anew, ticked off, looked at together; or somebody who stops taking part."""
        dag, door = timezone.localdate() + timedelta(days=over), self.wie(wie)
        doel, afspraak = self.kies(Doel, welk, heeft(stand=1)), self.kies(Afspraak, welk)
        evaluatie = self.kies(Evaluatie, welk, heeft(gehouden_op=None))
        deelnemer = self.kies(Deelnemer, welk, heeft(tot=None))
        verbs: list[tuple[str, Callable[[], Any]]] = []
        if doel:
            verbs += [
                (
                    "wijzig doel",
                    lambda: workflow.wijzig_doel(
                        doel,
                        bewerking=doel.bewerking - (not oud),
                        tekst=f"weer naar buiten, {over}",
                        eigenaar=doel.eigenaar,
                        stand=list(Doelstand)[over % len(Doelstand)],
                        door=door,
                    ),
                ),
                ("plan evaluatie", lambda: workflow.plan_evaluatie(doel, op=dag, door=door)),
            ]
        if afspraak:
            verbs.append(("vink af", lambda: workflow.vink_af(afspraak, door=door)))
        if evaluatie:
            resultaat = list(Resultaat)[over % len(Resultaat)]
            vandaag = timezone.localdate()
            verbs.append(
                (
                    "houd evaluatie",
                    lambda: workflow.houd_evaluatie(evaluatie, op=vandaag, resultaat=resultaat, door=door),
                )
            )
        if deelnemer:
            verbs.append(("beeindig deelnemer", lambda: workflow.beeindig_deelnemer(deelnemer, door=door)))
        if verbs:
            naam, verb = verbs[(welk + over) % len(verbs)]
            self.doe(verb, naam=naam, planwijziging=1)

    @rule(wie=nummers, welke=nummers, van=nummers, antwoord=st.sampled_from([Antwoord.JA, *Antwoord]))
    def geef_mening(self, wie: int, welke: int, van: int, antwoord: Antwoord) -> None:
        """Akkoord brings the meldingen further that wait for it: one fact each."""
        versie = self.kies(Planversie, welke)
        if versie is None:
            return
        deelnemer = self.deelnemer(versie.plan, van)

        def verb() -> list[Melding]:
            with transaction.atomic():
                akkoord = workflow.leg_mening_vast(
                    versie,
                    deelnemer,
                    antwoord=antwoord,
                    wijze=Wijze.MONDELING,
                    datum=timezone.localdate(),
                    opmerking="" if antwoord == Antwoord.JA else "liever later",
                    door=self.wie(wie),
                )
                return meldingen.volg_akkoord(akkoord, door=self.wie(wie))

        wachten = self.stand.waar(
            "meldingen_melding",
            heeft(
                huishouden_id=versie.plan.huishouden_id,
                persoon_id=deelnemer.persoon_id or -1,
                status="onderzoek_afgerond",
            ),
        )
        gaan = 0 if antwoord == Antwoord.NEE else len(wachten)
        self.doe(verb, naam="geef mening", planwijziging=1, gebeurtenis=gaan)

    @rule(wie=nummers, welk=nummers, gevraagd=st.booleans())
    def sluit_af(self, wie: int, welk: int, gevraagd: bool) -> None:
        if (plan := self.plan(welk)) is None or wie % 3:
            return
        tevreden = next(iter(Tevredenheid)) if gevraagd else None
        self.doe(
            lambda: workflow.sluit_af(
                plan,
                door=self.wie(wie),
                over_resultaat=tevreden,
                over_proces=tevreden,
                niet_gevraagd_omdat="" if gevraagd else "verhuisd",
                geen_waakvlam_omdat="het gaat goed",
            ),
            naam="sluit af",
            planwijziging=1,
        )
