"""The rondetafel of a brandpuntfunctionaris: who sat there, what was agreed, and looking back at it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Ketenpartner, Resultaat
from meldingen import workflow
from meldingen.models import Melding, Opschaling, Opschalingsoort, Rondetafel, Tafelevaluatie, Tafelgenoot
from meldingen.workflow import StapGeweigerd
from teams.models import Instelling, Medewerker, Rol, Team, Teamsoort
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from tests.meldingen.test_signalen import signalen
from tests.meldingen.test_tegelijk import tegelijk
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import berichten


def dag(verder: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=verder)


@pytest.fixture
def functionaris(haven: Team) -> Medewerker:
    team = TeamFactory(naam="Brandpunt", soort=Teamsoort.BRANDPUNT)
    return stel_aan(MedewerkerFactory(username="brandpunt"), Rol.EXPERT, team)


@pytest.fixture
def brandpunt(melding: Melding, wijkwerker: Medewerker, functionaris: Medewerker) -> Opschaling:
    assert melding.huishouden
    rij = workflow.schaal_op(
        melding.huishouden, soort=Opschalingsoort.BRANDPUNT, vraag="Wie trekt dit vlot?", door=wijkwerker
    )
    return workflow.pak_opschaling_op(rij, door=functionaris)


@pytest.fixture
def school(melding: Melding, wijkwerker: Medewerker) -> Ketenpartner:
    assert melding.huishouden
    return huishoudens.betrek_ketenpartner(
        melding.huishouden, organisatie="School", naam="Juf Marleen", vanaf=dag(), door=wijkwerker
    )


@pytest.fixture
def tafel(
    brandpunt: Opschaling,
    melding: Melding,
    functionaris: Medewerker,
    wijkwerker: Medewerker,
    school: Ketenpartner,
) -> Rondetafel:
    assert melding.persoon
    return workflow.leg_rondetafel_vast(
        brandpunt,
        datum=dag(),
        plaats="het stadhuis",
        medewerkers=[functionaris, wijkwerker],
        ketenpartners=[school],
        personen=[melding.persoon],
        door=functionaris,
    )


def na(tafel: Rondetafel, weken: int) -> Tafelevaluatie:
    return tafel.evaluaties.get(weken=weken)


def genoot(tafel: Rondetafel) -> Tafelgenoot:
    return tafel.tafelgenoten.get(ketenpartner__isnull=False)


def test_na_zes_en_twaalf_weken_wordt_geevalueerd_zoals_ingesteld(
    brandpunt: Opschaling, functionaris: Medewerker, tafel: Rondetafel
) -> None:
    assert list(tafel.evaluaties.order_by("weken").values_list("weken", "gepland_op")) == [
        (6, dag(42)),
        (12, dag(84)),
    ]
    Instelling.objects.create(sleutel="rondetafel_evaluatie_2_weken", geldig_van=dag(), waarde=10)
    Instelling.objects.create(sleutel="rondetafel_evaluatie_3_weken", geldig_van=dag(), waarde=20)
    assert workflow.evaluatieweken(dag(-1)) == [6, 12]
    assert workflow.evaluatieweken(dag()) == [6, 10, 20]


def test_een_evaluatie_die_moet_is_een_signaal_ook_na_de_afschaling(
    brandpunt: Opschaling, functionaris: Medewerker, wijkwerker: Medewerker, tafel: Rondetafel
) -> None:
    def mijn(wie: Medewerker, dagen: int) -> bool:
        moment = timezone.now() + timedelta(days=dagen)
        return ("rondetafel", brandpunt.pk) in signalen(wie, moment=moment)

    workflow.beantwoord_opschaling(brandpunt, antwoord="School belt.", door=functionaris)
    assert [mijn(functionaris, dagen) for dagen in (41, 42)] == [False, True]
    workflow.schaal_af(brandpunt, verder="wij bellen elke week", door=wijkwerker)
    assert not mijn(functionaris, 42)
    assert mijn(wijkwerker, 42)
    workflow.houd_tafelevaluatie(na(tafel, 6), op=dag(), resultaten={}, door=wijkwerker)
    assert [mijn(wijkwerker, dagen) for dagen in (42, 84)] == [False, True]


def test_elke_afspraak_krijgt_een_resultaat(tafel: Rondetafel, wijkwerker: Medewerker) -> None:
    belt, past_op = (
        workflow.maak_tafelafspraak(
            tafel, wie=genoot(tafel), tekst=tekst, uiterlijk_op=dag(14), door=wijkwerker
        )
        for tekst in ("belt ouders", "past op")
    )
    goed = {belt: (Resultaat.BEREIKT, "elke maandag"), past_op: (Resultaat.NIET_MEER_NODIG, "")}
    evaluatie = na(tafel, 6)
    with pytest.raises(StapGeweigerd, match="van elke afspraak een resultaat"):
        workflow.houd_tafelevaluatie(evaluatie, op=dag(), resultaten={belt: goed[belt]}, door=wijkwerker)
    for op in (dag(1), dag(-1)):
        with pytest.raises(StapGeweigerd, match="kan niet"):
            workflow.houd_tafelevaluatie(evaluatie, op=op, resultaten=goed, door=wijkwerker)
    workflow.houd_tafelevaluatie(evaluatie, op=dag(), resultaten=goed, door=wijkwerker)
    with pytest.raises(StapGeweigerd, match="al gehouden"):
        workflow.houd_tafelevaluatie(evaluatie, op=dag(), resultaten=goed, door=wijkwerker)
    assert [str(rij) for rij in evaluatie.resultaten.order_by("pk")] == ["bereikt", "niet meer nodig"]
    with pytest.raises(IntegrityError, match="niet gewijzigd"), transaction.atomic():
        evaluatie.resultaten.update(resultaat=1)


@pytest.mark.parametrize(
    ("wijziging", "waarom"),
    [
        ({"datum": 1}, "het is vandaag"),
        ({"datum": -1}, "dat is voor"),
        ({"medewerkers": []}, "minstens twee"),
        ({"plaats": " "}, "Geef een plaats op"),
    ],
)
def test_een_rondetafel_die_niet_kan(
    brandpunt: Opschaling,
    functionaris: Medewerker,
    wijkwerker: Medewerker,
    wijziging: dict[str, Any],
    waarom: str,
) -> None:
    velden: dict[str, Any] = {"datum": 0, "plaats": "hier", "medewerkers": [functionaris, wijkwerker]}
    velden |= wijziging
    velden["datum"] = dag(velden["datum"])
    with pytest.raises(Exception, match=waarom):
        workflow.leg_rondetafel_vast(brandpunt, door=functionaris, **velden)
    assert not Rondetafel.objects.exists()


def test_aan_tafel_zit_wie_bij_het_huishouden_hoort(
    brandpunt: Opschaling, functionaris: Medewerker, wijkwerker: Medewerker, melding: Melding
) -> None:
    ander = meld("Bakker", door=wijkwerker, telefoon="0687654321").huishouden
    assert ander
    vreemd = huishoudens.betrek_ketenpartner(ander, organisatie="Politie", vanaf=dag(), door=wijkwerker)
    wie: dict[str, Any] = {
        "datum": dag(),
        "plaats": "hier",
        "medewerkers": [functionaris],
        "door": functionaris,
    }
    with pytest.raises(StapGeweigerd, match="ander huishouden"):
        workflow.leg_rondetafel_vast(brandpunt, ketenpartners=[vreemd], **wie)
    with pytest.raises(StapGeweigerd, match="woonde toen niet"):
        workflow.leg_rondetafel_vast(brandpunt, personen=[PersoonFactory()], **wie)


def test_alleen_bij_een_brandpuntfunctionaris_die_het_oppakte_en_een_keer_per_dag(
    opgeschaald: Opschaling,
    tafel: Rondetafel,
    brandpunt: Opschaling,
    functionaris: Medewerker,
    wijkwerker: Medewerker,
) -> None:
    wie: dict[str, Any] = {"datum": dag(), "plaats": "hier", "medewerkers": [functionaris, wijkwerker]}
    with pytest.raises(StapGeweigerd, match="hoort bij een vraag aan de brandpuntfunctionaris"):
        workflow.leg_rondetafel_vast(opgeschaald, door=wijkwerker, **wie)
    with pytest.raises(StapGeweigerd, match="al vastgelegd"):
        workflow.leg_rondetafel_vast(brandpunt, door=functionaris, **wie)
    workflow.leg_opschaling_terug(brandpunt, reden="ziek", door=functionaris)
    with pytest.raises(StapGeweigerd, match="heeft opgepakt"):
        workflow.leg_rondetafel_vast(brandpunt, door=functionaris, **wie)


def test_een_afspraak_is_van_wie_aan_tafel_zat_en_ligt_niet_voor_de_tafel(
    tafel: Rondetafel, wijkwerker: Medewerker
) -> None:
    velden: dict[str, Any] = {"tekst": "belt", "door": wijkwerker}
    with pytest.raises(StapGeweigerd, match="De rondetafel was pas"):
        workflow.maak_tafelafspraak(tafel, wie=genoot(tafel), uiterlijk_op=dag(-1), **velden)
    with pytest.raises(StapGeweigerd, match="zat aan deze rondetafel"):
        workflow.maak_tafelafspraak(tafel, wie=Tafelgenoot(rondetafel_id=0), uiterlijk_op=dag(), **velden)
    with pytest.raises(StapGeweigerd, match="Leg eerst de evaluatie na 6 weken vast"):
        workflow.houd_tafelevaluatie(na(tafel, 12), op=dag(), resultaten={}, door=wijkwerker)
    for evaluatie in tafel.evaluaties.order_by("weken"):
        workflow.houd_tafelevaluatie(evaluatie, op=dag(), resultaten={}, door=wijkwerker)
    with pytest.raises(StapGeweigerd, match="laatste evaluatie"):
        workflow.maak_tafelafspraak(tafel, wie=genoot(tafel), uiterlijk_op=dag(), **velden)


def test_een_afspraak_en_een_evaluatie_tegelijk_laten_geen_afspraak_zonder_resultaat(
    eigen_database: EigenDatabase, tafel: Rondetafel, wijkwerker: Medewerker
) -> None:
    workflow.houd_tafelevaluatie(na(tafel, 6), op=dag(), resultaten={}, door=wijkwerker)
    uitkomsten = tegelijk(
        lambda: workflow.houd_tafelevaluatie(na(tafel, 12), op=dag(), resultaten={}, door=wijkwerker),
        lambda: workflow.maak_tafelafspraak(
            tafel, wie=genoot(tafel), tekst="belt", uiterlijk_op=dag(), door=wijkwerker
        ),
    )
    assert sorted(map(bool, uitkomsten)) == [False, True]


def test_op_de_pagina_van_tafel_tot_evaluatie(
    bezoek: Client,
    brandpunt: Opschaling,
    melding: Melding,
    functionaris: Medewerker,
    wijkwerker: Medewerker,
    school: Ketenpartner,
) -> None:
    pad = f"/opschalingen/{brandpunt.pk}"
    assert "Leg een rondetafel vast" in bezoek.get(pad).content.decode()
    vandaag = f"{dag():%d-%m-%Y}"
    velden: dict[str, Any] = {
        "datum": vandaag,
        "plaats": "het stadhuis",
        "medewerkers": [functionaris.pk, wijkwerker.pk],
        "ketenpartners": [school.pk],
        "personen": [melding.persoon_id],
    }
    fout = bezoek.post(f"{pad}/rondetafels", {**velden, "datum": "gisteren", "plaats": "op <b>zolder</b>"})
    assert fout.status_code == 200
    assert "op &lt;b&gt;zolder&lt;/b&gt;" in fout.content.decode()
    gelukt = bezoek.post(f"{pad}/rondetafels", velden)
    assert berichten(gelukt)[-1].startswith("De rondetafel is vastgelegd; de evaluaties zijn op")
    tafel = Rondetafel.objects.get()
    html = bezoek.get(pad).content.decode()
    for naam in ("Juf Marleen, School", "Jo Jansen", "brandpunt", "wijkwerker"):
        assert f"<bdi>{naam}</bdi>" in html, naam
    afspraak = {"wie": genoot(tafel).pk, "tekst": "belt ouders", "uiterlijk_op": vandaag}
    assert bezoek.post(f"{pad}/rondetafels/{tafel.pk}/afspraken", afspraak).status_code == 303
    onzin = {**afspraak, "wie": "0"}
    assert bezoek.post(f"{pad}/rondetafels/{tafel.pk}/afspraken", onzin).status_code == 200
    assert bezoek.post(f"{pad}/rondetafels/{tafel.pk + 1}/afspraken", afspraak).status_code == 404
    evaluatie = na(tafel, 6)
    resultaat = f"resultaat_{tafel.afspraken.get().pk}"
    adres = f"{pad}/evaluaties/{evaluatie.pk}"
    assert bezoek.post(adres, {"op": vandaag}).status_code == 200
    assert bezoek.post(adres, {"op": vandaag, resultaat: "3"}).status_code == 303
    assert bezoek.post(adres, {"op": vandaag, resultaat: "3"}).status_code == 409
    assert bezoek.post(f"{pad}/evaluaties/999999", {"op": vandaag}).status_code == 404
    html = bezoek.get(pad).content.decode()
    assert "Na 6 weken: <strong>bereikt</strong>" in html
    assert "Leg de evaluatie na 12 weken vast" in html
