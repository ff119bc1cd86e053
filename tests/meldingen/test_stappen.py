"""From ontvangen to a decision, and every step that can't be taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.forms import model_to_dict
from django.utils import timezone

from households.models import Levensgebied
from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Kanaal, Melding, Soort, Stand, Status
from meldingen.workflow import StapGeweigerd
from tests.factories import MET_REDEN, WEGEN, HuishoudenFactory, MeldingFactory, PersoonFactory, TeamFactory

DAG = date(2015, 4, 20)
MAG = {
    "rond_af_in_voorveld": {"ontvangen", "gesprek"},
    "start_gesprek": {"ontvangen"},
    "start_onderzoek": {"gesprek"},
    "rond_onderzoek_af": {"onderzoek"},
    "leg_akkoord_vast": {"onderzoek_afgerond"},
    "ken_toe": {"plan_akkoord"},
    "wijs_af": {"onderzoek_afgerond", "plan_akkoord"},
    "trek_in": {"ontvangen", "gesprek", "onderzoek"},
    "zet_door": {"ontvangen"},
}
ZO_STAAT_ZIJ = {
    "ontvangen": "staat op ‘ontvangen’",
    "voorveld": "is al afgerond in het voorveld",
    "gesprek": "staat op ‘gesprek gestart’",
    "onderzoek": "staat op ‘onderzoek gestart’",
    "onderzoek_afgerond": "staat op ‘onderzoek afgerond’",
    "plan_akkoord": "staat op ‘akkoord met het plan’",
    "toegekend": "is al toegekend",
    "niet_toegekend": "is al afgewezen",
    "ingetrokken": "is al ingetrokken",
    "doorgezet": "is al doorgezet",
    "vervallen": "telt niet meer mee",
}
KAN_ALLEEN = {
    "rond_af_in_voorveld": (
        "afronden in het voorveld kan alleen zolang zij op ‘ontvangen’ of ‘gesprek gestart’ staat"
    ),
    "start_gesprek": "gesprek starten kan alleen zolang zij op ‘ontvangen’ staat",
    "start_onderzoek": "onderzoek starten kan alleen zolang zij op ‘gesprek gestart’ staat",
    "rond_onderzoek_af": "onderzoek afronden kan alleen zolang zij op ‘onderzoek gestart’ staat",
    "leg_akkoord_vast": "akkoord vastleggen kan alleen zolang zij op ‘onderzoek afgerond’ staat",
    "ken_toe": "toekennen kan alleen zolang zij op ‘akkoord met het plan’ staat",
    "wijs_af": "niet toekennen kan alleen zolang zij op ‘onderzoek afgerond’ of ‘akkoord met het plan’ staat",
    "trek_in": (
        "intrekken kan alleen zolang zij op ‘ontvangen’ of ‘gesprek gestart’ of ‘onderzoek gestart’ staat"
    ),
    "zet_door": "doorzetten kan alleen zolang zij op ‘ontvangen’ staat",
}


def zet(werkwoord, melding, *, op, door):
    reden = {"reden": "zo gebeurde het"} if werkwoord in MET_REDEN else {}
    return getattr(workflow, werkwoord)(melding, op=op, door=door, **reden)


def melding_op(status, door):
    if status != "vervallen":
        return MeldingFactory(tot=status, door=door)
    return workflow.registreer_als_vergissing(MeldingFactory(door=door), reden="dubbel", door=door)


def test_een_melding_wordt_ontvangen_met_alles_wat_erover_bekend_is(wijkwerker):
    persoon, huishouden, team = PersoonFactory(), HuishoudenFactory(), TeamFactory()
    wonen = Levensgebied.objects.get(code="wonen")

    melding = workflow.ontvang(
        persoon=persoon,
        huishouden=huishouden,
        vraag="De trap lukt niet meer.",
        spoed=True,
        levensgebieden=[wonen],
        op=DAG,
        team=team,
        categorie=Categorie.JEUGD,
        kanaal=Kanaal.BALIE,
        aanleiding=Aanleiding.HERINDICATIE,
        door=wijkwerker,
    )

    melding = Melding.objects.get(pk=melding.pk)
    feit = melding.gebeurtenissen.get()
    assert (melding.persoon, melding.huishouden, melding.vraag, melding.spoed) == (
        persoon,
        huishouden,
        "De trap lukt niet meer.",
        True,
    )
    assert list(melding.levensgebieden.all()) == [wonen]
    assert (feit.soort, feit.datum, feit.team, feit.door) == (Soort.ONTVANGEN, DAG, team, wijkwerker)
    assert (feit.categorie, feit.kanaal, feit.aanleiding) == (
        Categorie.JEUGD,
        Kanaal.BALIE,
        Aanleiding.HERINDICATIE,
    )
    assert melding.status == Status.ONTVANGEN


def test_een_dag_is_genoeg_voor_een_melding(wijkwerker):
    melding = workflow.ontvang(op=DAG, door=wijkwerker)

    opgeslagen = Melding.objects.get(pk=melding.pk)
    assert opgeslagen.status == Status.ONTVANGEN
    assert model_to_dict(melding) == model_to_dict(opgeslagen)
    assert melding.geregistreerd_op == opgeslagen.geregistreerd_op


@pytest.mark.parametrize("status", WEGEN)
def test_de_hele_weg_laat_stap_voor_stap_een_feit_na(wijkwerker, status):
    melding = MeldingFactory(tot=status, door=wijkwerker)

    feiten = list(melding.gebeurtenissen.order_by("pk"))
    assert Melding.objects.get(pk=melding.pk).status == melding.status == status
    assert [feit.datum for feit in feiten] == [
        date(2015, 4, 1 + dag) for dag in range(len(WEGEN[status]) + 1)
    ]
    assert {feit.door for feit in feiten} == {wijkwerker}
    assert (
        all(feit.vervallen_op is None and feit.geregistreerd_op == timezone.now for feit in feiten) is False
    )
    assert Stand.objects.bekend_op(None).get(melding=melding).status == status


def test_de_stand_kent_de_dag_van_elke_mijlpaal(wijkwerker):
    melding = MeldingFactory(tot="toegekend", door=wijkwerker)

    stand = Stand.objects.bekend_op(None).get(melding=melding)

    assert stand.ontvangen_op == date(2015, 4, 1)
    assert (stand.gesprek_op, stand.onderzoek_op, stand.afgerond_op) == (
        date(2015, 4, 2),
        date(2015, 4, 3),
        date(2015, 4, 4),
    )
    assert (stand.akkoord_op, stand.toegekend_op) == (date(2015, 4, 5), date(2015, 4, 6))


@pytest.mark.parametrize("status", ZO_STAAT_ZIJ)
def test_een_stap_die_niet_kan_zegt_waarom_en_laat_niets_na(wijkwerker, status):
    melding = melding_op(status, wijkwerker)
    feiten = melding.gebeurtenissen.count()

    for werkwoord in MAG:
        if status in MAG[werkwoord]:
            continue
        with pytest.raises(StapGeweigerd) as geweigerd:
            zet(werkwoord, melding, op=DAG, door=wijkwerker)
        assert str(geweigerd.value) == f"Deze melding {ZO_STAAT_ZIJ[status]}; {KAN_ALLEEN[werkwoord]}."

    assert Melding.objects.get(pk=melding.pk).status == status
    assert melding.gebeurtenissen.count() == feiten


@pytest.mark.parametrize(("werkwoord", "status"), [(w, s) for w in MAG for s in sorted(MAG[w])])
def test_een_stap_die_kan_wordt_gezet(wijkwerker, collega, werkwoord, status):
    melding = MeldingFactory(tot=status, door=wijkwerker)

    melding = zet(werkwoord, melding, op=DAG, door=collega)

    feit = melding.gebeurtenissen.latest("pk")
    assert (feit.datum, feit.door) == (DAG, collega)
    assert feit.reden == ("zo gebeurde het" if werkwoord in MET_REDEN else "")
    assert Melding.objects.get(pk=melding.pk).status == melding.status != status


@pytest.mark.parametrize("werkwoord", sorted(MET_REDEN))
@pytest.mark.parametrize("reden", ["", " \n"])
def test_zonder_reden_gaat_het_niet(wijkwerker, werkwoord, reden):
    melding = MeldingFactory(
        tot="onderzoek_afgerond" if werkwoord == "wijs_af" else "ontvangen", door=wijkwerker
    )

    with pytest.raises(StapGeweigerd, match=r"^Geef een reden op\.$"):
        getattr(workflow, werkwoord)(melding, op=DAG, reden=reden, door=wijkwerker)

    assert Melding.objects.get(pk=melding.pk).status == melding.status


def test_een_stap_kan_op_de_dag_van_de_vorige(wijkwerker):
    melding = MeldingFactory(op=DAG, door=wijkwerker)

    assert workflow.start_gesprek(melding, op=DAG, door=wijkwerker).status == Status.GESPREK


def test_een_stap_ligt_niet_voor_de_vorige(wijkwerker):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)

    with pytest.raises(StapGeweigerd) as geweigerd:
        workflow.start_onderzoek(melding, op=date(2015, 4, 1), door=wijkwerker)

    assert str(geweigerd.value) == (
        "Onderzoek gestart op 01-04-2015 kan niet: gesprek gestart was pas op 02-04-2015."
    )


def test_een_stap_ligt_niet_voor_de_ontvangst(wijkwerker):
    melding = MeldingFactory(door=wijkwerker)

    with pytest.raises(StapGeweigerd) as geweigerd:
        workflow.trek_in(melding, op=date(2015, 3, 31), reden="verhuisd", door=wijkwerker)

    assert str(geweigerd.value) == "Ingetrokken op 31-03-2015 kan niet: ontvangen was pas op 01-04-2015."


def test_niets_gebeurt_in_de_toekomst(wijkwerker):
    vandaag = timezone.localdate()
    morgen = vandaag + timedelta(days=1)
    melding = MeldingFactory(door=wijkwerker)

    with pytest.raises(StapGeweigerd) as stap:
        workflow.start_gesprek(melding, op=morgen, door=wijkwerker)
    with pytest.raises(StapGeweigerd) as ontvangst:
        workflow.ontvang(op=morgen, door=wijkwerker)

    assert (
        str(stap.value)
        == f"Gesprek gestart op {morgen:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}."
    )
    assert (
        str(ontvangst.value) == f"Ontvangen op {morgen:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}."
    )
    assert Melding.objects.count() == 1


def test_vandaag_is_de_dag_in_nederland(wijkwerker, monkeypatch):
    kort_na_middernacht = timezone.datetime(2015, 6, 30, 22, 30, tzinfo=timezone.get_fixed_timezone(0))
    monkeypatch.setattr(timezone, "now", lambda: kort_na_middernacht)

    assert workflow.ontvang(op=date(2015, 7, 1), door=wijkwerker).status == Status.ONTVANGEN
    with pytest.raises(StapGeweigerd, match="het is vandaag 01-07-2015"):
        workflow.ontvang(op=date(2015, 7, 2), door=wijkwerker)


def test_een_verouderde_kopie_zet_geen_stap(wijkwerker, collega):
    melding = MeldingFactory(door=wijkwerker)
    kopie = Melding.objects.get(pk=melding.pk)
    workflow.trek_in(melding, op=DAG, reden="verhuisd", door=collega)

    with pytest.raises(StapGeweigerd, match="is al ingetrokken; gesprek starten kan alleen zolang"):
        workflow.start_gesprek(kopie, op=DAG, door=wijkwerker)


def test_een_account_dat_niet_meer_in_gebruik_is_zet_geen_stap(wijkwerker, buitenstaander):
    melding = MeldingFactory(door=wijkwerker)

    with pytest.raises(StapGeweigerd, match=r"^Het account buitenstaander is niet meer in gebruik\.$"):
        workflow.start_gesprek(melding, op=DAG, door=buitenstaander)
