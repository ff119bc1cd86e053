"""Rules about help: asked for, prepared, checked by somebody else, granted or not, begun, changed and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from households.models import Persoon
from meldingen import workflow
from meldingen.models import Melding
from tests.heleweg.machine import REDEN, Weg, dagen, heeft, nummers
from tests.heleweg.orakel import LOPEND
from tests.heleweg.wereld import dagen_geleden, inhoud
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Aanvraag, Afwijsgrond, Besluit, Levering, Opschortgrond, Toets

BESLIST = ("onderzoek_afgerond", "plan_akkoord", "toegekend")
TOETSVERBS: dict[str, tuple[str, str]] = {
    "pak_toets_op": ("gevraagd", ""),
    "stel_toetsvraag": ("in_behandeling", "vraag"),
    "beantwoord_toetsvraag": ("vraag_open", "antwoord"),
    "keur_toets_goed": ("in_behandeling", "oordeel"),
    "keur_toets_af": ("in_behandeling", "oordeel"),
    "trek_toets_in": ("gevraagd", "reden"),
}
"""From where, and what is told with it."""
VAN_DE_TOETSER = ("pak_toets_op", "stel_toetsvraag", "keur_toets_goed", "keur_toets_af")


class Besluiten(Weg):
    """From the aanvraag to help that stops."""

    @rule(wie=nummers, welke=nummers, geleden=dagen)
    def dien_aanvraag_in(self, wie: int, welke: int, geleden: int) -> None:
        melding = self.kies(Melding, welke, heeft(status=BESLIST))
        assert melding
        self.doe(
            lambda: workflow.dien_aanvraag_in(melding, op=dagen_geleden(geleden), door=self.wie(wie)),
            naam="dien aanvraag in",
            aanvraag=1,
        )

    @rule(wie=nummers, welke=nummers, geleden=dagen, op=st.booleans())
    def schort_op(self, wie: int, welke: int, geleden: int, op: bool) -> None:
        aanvraag, dag = self.kies(Aanvraag, welke), dagen_geleden(geleden // 3)
        assert aanvraag
        grond, door = Opschortgrond.AANVULLING, self.wie(wie)
        if op:
            self.doe(
                lambda: workflow.schort_op(aanvraag, grond=grond, van=dag, reden=REDEN, door=door),
                naam="schort op",
                opschorting=1,
            )
        else:
            self.doe(
                lambda: workflow.hef_opschorting_op(aanvraag, tot=dag, door=door),
                naam="hef op",
                opschorting_gesloten=1,
            )

    @rule(
        wie=nummers,
        welke=nummers,
        anders=nummers,
        pgb=st.integers(0, 3),
        begint=st.integers(-10, 60),
        duurt=st.integers(-1, 200),
    )
    def stel_besluit_op(self, wie: int, welke: int, anders: int, pgb: int, begint: int, duurt: int) -> None:
        """For who called, or now and then for somebody else."""
        metaanvraag = {rij["melding_id"] for rij in self.stand["voorzieningen_aanvraag"]}
        past = heeft(status=BESLIST)
        melding = self.kies(Melding, welke, lambda rij: past(rij) and rij["id"] in metaanvraag)
        persoon = self.kies(Persoon, anders) if anders % 5 == 0 else melding and melding.persoon
        assert melding
        assert persoon
        wat = inhoud(self.wereld, product=anders // 40, pgb=not pgb, begint=begint, duurt=duurt)
        self.doe(
            lambda: workflow.stel_besluit_op(melding, persoon=persoon, door=self.wie(wie), **wat),
            naam="stel besluit op",
            besluitstap=1,
        )

    @rule(
        wie=nummers, welke=nummers, oud=st.integers(0, 3), pgb=st.integers(0, 3), duurt=st.integers(-1, 200)
    )
    def wijzig_besluit(self, wie: int, welke: int, oud: int, pgb: int, duurt: int) -> None:
        besluit = self.kies(Besluit, welke, heeft(status="concept"))
        assert besluit
        wat = inhoud(self.wereld, product=0, pgb=not pgb, begint=0, duurt=duurt)
        self.doe(
            lambda: voorzieningen.wijzig_besluit(
                besluit, gezien=besluit.versie - (not oud), door=self.wie(wie), **wat
            ),
            naam="wijzig besluit",
            besluitstap=1,
        )

    @rule(welke=nummers, zet=nummers)
    def breng_verder(self, welke: int, zet: int) -> None:
        """The next step of the way, by who should take it: else few would come far."""
        besluit = self.kies(Besluit, welke, heeft(status=(*LOPEND, "toegekend")))
        assert besluit
        sanne, toos, vandaag = self.wereld.wijkwerkers[0], self.wereld.toetser, timezone.localdate()
        toets, levering = besluit.toetsen.last(), Levering.objects.filter(besluit=besluit).first()
        verder: dict[str, tuple[Callable[..., Any], object, dict[str, Any]]] = {
            "concept": (voorzieningen.vraag_toets, besluit, {"door": sanne}),
            "gevraagd": (voorzieningen.pak_toets_op, toets, {"door": toos}),
            "in_behandeling": (voorzieningen.keur_toets_goed, toets, {"oordeel": "Goed.", "door": toos})
            if zet % 3
            else (voorzieningen.stel_toetsvraag, toets, {"vraag": "Waarom?", "door": toos}),
            "vraag_open": (voorzieningen.beantwoord_toetsvraag, toets, {"antwoord": "Zo.", "door": sanne}),
            "getoetst": (workflow.ken_besluit_toe, besluit, {"op": vandaag, "door": sanne}),
            "opgedragen": (voorzieningen.start_levering, levering, {"op": vandaag, "door": sanne}),
            "gestart": (
                voorzieningen.stop_levering,
                levering,
                {"op": vandaag, "reden": REDEN, "door": sanne},
            ),
        }
        status = str(besluit.status)
        if status == "ter_toets":
            assert toets
            status = str(toets.status)
        elif status == "toegekend":
            assert levering
            status = str(levering.status)
        if status in verder:
            verb, ding, hoe = verder[status]
            feit = status == "getoetst" and besluit.melding.status == "plan_akkoord"
            self.doe(lambda: verb(ding, **hoe), naam=verb.__name__, besluitstap=1, gebeurtenis=int(feit))

    @rule(wie=nummers, welke=nummers)
    def vraag_toets(self, wie: int, welke: int) -> None:
        besluit = self.kies(Besluit, welke, heeft(status="concept"))
        assert besluit
        self.doe(
            lambda: voorzieningen.vraag_toets(besluit, door=self.wie(wie)), naam="vraag_toets", besluitstap=1
        )

    @rule(wie=nummers, welke=nummers, werkwoord=st.sampled_from(sorted(TOETSVERBS)))
    def toets(self, wie: int, welke: int, werkwoord: str) -> None:
        """Mostly by who should; else it is refused."""
        van, woorden = TOETSVERBS[werkwoord]
        toets = self.kies(Toets, welke, heeft(status=van))
        door = self.wereld.toetser if werkwoord in VAN_DE_TOETSER and wie % 5 else self.wie(wie)
        verb: Callable[..., Any] = getattr(voorzieningen, werkwoord)
        tekst = {woorden: "Past dit erbij?"} if woorden else {}
        assert toets
        self.doe(lambda: verb(toets, door=door, **tekst), naam=werkwoord, besluitstap=1)

    @rule(
        wie=nummers,
        welke=nummers,
        geleden=st.integers(-1, 8),
        wat=st.sampled_from(["toe", "toe", "af", "in", "terug"]),
    )
    def beslis(self, wie: int, welke: int, geleden: int, wat: str) -> None:
        besluit = self.kies(Besluit, welke, heeft(status="getoetst" if wat in ("toe", "terug") else LOPEND))
        assert besluit
        op, door = dagen_geleden(geleden), self.wie(wie)
        (melding,) = self.stand.waar("meldingen_melding", heeft(id=besluit.melding_id))
        if wat == "toe":
            self.doe(
                lambda: workflow.ken_besluit_toe(besluit, op=op, door=door),
                naam="ken_besluit_toe",
                besluitstap=1,
                gebeurtenis=int(melding["status"] == "plan_akkoord"),
            )
        elif wat == "af":
            ander = heeft(melding_id=besluit.melding_id, status=(*LOPEND, "toegekend"))
            nog = [rij for rij in self.stand.waar("voorzieningen_besluit", ander) if rij["id"] != besluit.pk]
            self.doe(
                lambda: workflow.wijs_besluit_af(
                    besluit, op=op, grond=Afwijsgrond.AFGEWEZEN, motivering="U kunt dit zelf.", door=door
                ),
                naam="wijs besluit af",
                besluitstap=1,
                gebeurtenis=int(not nog and melding["status"] in BESLIST[:2]),
            )
        else:
            verb = voorzieningen.trek_besluit_in if wat == "in" else voorzieningen.neem_besluit_terug
            self.doe(lambda: verb(besluit, reden=REDEN, door=door), naam=verb.__name__, besluitstap=1)

    @rule(
        wie=nummers,
        welke=nummers,
        geleden=st.integers(-1, 8),
        wat=st.sampled_from(["start_levering", "stop_levering", "laat_levering_vervallen"]),
    )
    def lever(self, wie: int, welke: int, geleden: int, wat: str) -> None:
        past = heeft(status="gestart" if wat == "stop_levering" else "opgedragen")
        levering = self.kies(Levering, welke, past)
        assert levering
        erbij: dict[str, Any] = {} if wat == "laat_levering_vervallen" else {"op": dagen_geleden(geleden)}
        erbij |= {} if wat == "start_levering" else {"reden": REDEN}
        verb: Callable[..., Any] = getattr(voorzieningen, wat)
        self.doe(lambda: verb(levering, door=self.wie(wie), **erbij), naam=wat, besluitstap=1)

    @rule(wie=nummers, welke=nummers, aantal=st.integers(17, 23), begint=st.integers(-10, 60))
    def stel_bij(self, wie: int, welke: int, aantal: int, begint: int) -> None:
        besluit = self.kies(Besluit, welke, heeft(status="toegekend"))
        vanaf = timezone.localdate() + timedelta(days=begint)
        assert besluit
        self.doe(
            lambda: voorzieningen.stel_bij(
                besluit,
                aantal=Decimal(aantal) / 10,
                vanaf=vanaf,
                tot=vanaf + timedelta(days=7),
                reden=REDEN,
                door=self.wie(wie),
            ),
            naam="stel bij",
            besluitstap=1,
        )
