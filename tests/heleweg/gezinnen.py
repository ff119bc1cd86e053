"""Rules about who lives where: born, moved, split off, joined, died, and turned back."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from households import workflow
from households.models import Gezinswijziging, Huishouden, Persoon, Rol
from households.workflow import Adres
from meldingen import workflow as meldingen
from tests.heleweg.machine import REDEN, Weg, heeft, nummers
from tests.heleweg.wereld import dagen_geleden

KLAAR = ("voorveld", "toegekend", "niet_toegekend", "ingetrokken", "doorgezet", "vervallen")
kort = st.integers(-1, 8)


class Gezinnen(Weg):
    """Households that change while there is work with them."""

    def __init__(self) -> None:
        super().__init__()
        self.mee: dict[int, list[int]] = {}

    def huis(self, nummer: int) -> Huishouden:
        """Mostly one in which somebody lives."""
        bewoond = {
            rij["huishouden_id"]
            for rij in self.stand.waar("households_verblijf", heeft(vervallen_op=None, tot=None))
        }
        huis = self.kies(Huishouden, nummer, lambda rij: rij["id"] in bewoond)
        assert huis
        return huis

    def bewoner(self, huis: Huishouden, nummer: int) -> Persoon:
        """Mostly somebody who lives there."""
        wonen = heeft(huishouden_id=huis.pk, vervallen_op=None, tot=None)
        hier = {rij["persoon_id"] for rij in self.stand.waar("households_verblijf", wonen)}
        persoon = self.kies(Persoon, nummer, lambda rij: rij["id"] in hier)
        assert persoon
        return persoon

    @rule(
        wie=nummers, van=nummers, gaan=st.lists(nummers, min_size=1, max_size=2), geleden=kort, geheim=nummers
    )
    def splits(self, wie: int, van: int, gaan: list[int], geleden: int, geheim: int) -> None:
        huis = self.huis(van)
        personen = list(
            {persoon.pk: persoon for persoon in (self.bewoner(huis, wie) for wie in gaan)}.values()
        )
        self.doe(
            lambda: workflow.splits(
                huis,
                personen,
                op=dagen_geleden(geleden),
                geheim="" if geheim % 8 else "geweld",
                adres=Adres("1316ZZ", "2"),
                door=self.wie(wie),
            ),
            naam="splits",
            gezinswijziging=1,
        )

    @rule(wie=nummers, naar=nummers, op=nummers, geleden=kort)
    def voeg_samen(self, wie: int, naar: int, op: int, geleden: int) -> None:
        """What is open goes along, and so its link is one more row of history."""
        huis, opgaat = self.huis(naar), self.huis(op)
        open_ = [
            rij["id"]
            for rij in self.stand.waar("meldingen_melding", heeft(huishouden_id=opgaat.pk))
            if rij["status"] not in KLAAR
        ]
        wijziging = self.doe(
            lambda: meldingen.voeg_samen(huis, opgaat, op=dagen_geleden(geleden), door=self.wie(wie)),
            naam="voeg samen",
            gezinswijziging=1,
            koppeling=len(open_),
            koppeling_gesloten=len(open_),
        )
        if wijziging:
            self.mee[wijziging.pk] = [
                rij["id"]
                for rij in self.stand.waar("meldingen_koppeling", heeft(tot=None))
                if rij["melding_id"] in open_
            ]

    @rule(
        wie=nummers,
        waar=nummers,
        over=nummers,
        geleden=kort,
        wat=st.sampled_from(
            ["verhuis", "vertrek", "geboorte", "overlijden", "rol", "trek_in", "ook_hier", "schrijf_in"]
        ),
    )
    def wijzig(self, wie: int, waar: int, over: int, geleden: int, wat: str) -> None:
        huis, op, door = self.huis(waar), dagen_geleden(geleden), self.wie(wie)
        iemand = self.kies(Persoon, over) if wat in ("trek_in", "ook_hier") else self.bewoner(huis, over)
        assert iemand
        hoe: dict[str, Any] = {"op": op, "door": door}
        verbs = {
            "verhuis": lambda: workflow.verhuis(huis, adres=Adres("1316AA", str(over)), **hoe),
            "vertrek": lambda: workflow.vertrek(huis, iemand, **hoe),
            "geboorte": lambda: workflow.leg_geboorte_vast(
                huis, achternaam="Bos", voornamen=f"Evi {over}", **hoe
            ),
            "schrijf_in": lambda: workflow.schrijf_in(huis, achternaam="Vos", rol=Rol.OVERIG, **hoe),
            "overlijden": lambda: workflow.leg_overlijden_vast(huis, iemand, **hoe),
            "rol": lambda: workflow.wijzig_rol(huis, iemand, rol=list(Rol)[over % len(Rol)], **hoe),
            "trek_in": lambda: workflow.trek_in(huis, iemand, rol=Rol.OVERIG, **hoe),
            "ook_hier": lambda: workflow.trek_in(huis, iemand, rol=Rol.KIND, blijft_ook=True, **hoe),
        }
        self.doe(verbs[wat], naam=wat, gezinswijziging=1)

    @rule(wie=nummers, welke=nummers)
    def maak_ongedaan(self, wie: int, welke: int) -> None:
        """Who lives where is as it was; meldingen that went along and weren't linked otherwise since go back."""
        wijziging = self.kies(Gezinswijziging, welke, heeft(ongedaan_op=None))
        if wijziging is None:
            return
        lopend = {rij["id"] for rij in self.stand.waar("meldingen_koppeling", heeft(tot=None))}
        terug = len(lopend & set(self.mee.get(wijziging.pk, [])))
        self.doe(
            lambda: meldingen.maak_gezinswijziging_ongedaan(wijziging, reden=REDEN, door=self.wie(wie)),
            naam="maak ongedaan",
            gezinswijziging_gesloten=1,
            koppeling=terug,
            koppeling_gesloten=terug,
        )
