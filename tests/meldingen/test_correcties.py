"""A correction leaves standing what was known, and says who and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Gebeurtenis, Kanaal, Melding, Soort, Stand, Status
from meldingen.workflow import StapGeweigerd
from tests.factories import ONTVANGEN_OP, WEGEN, MeldingFactory, TeamFactory

NA_DE_ONTVANGST = [status for status in WEGEN if status != "ontvangen"]


def klok() -> datetime:
    """The database's moment, between two transactions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def feit_van(melding: Melding, soort: Soort) -> Gebeurtenis:
    return melding.gebeurtenissen.bekend_op(None).get(soort=soort)


def status_van(melding: Melding) -> str:
    return Melding.objects.get(pk=melding.pk).status


def test_voor_de_correctie_gold_de_oude_dag_en_erna_de_nieuwe(eigen_database, wijkwerker, collega):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)
    oud = feit_van(melding, Soort.ONTVANGEN)
    toen = klok()

    nieuw = workflow.corrigeer(oud, datum=date(2015, 3, 30), reden="brief lag op de mat", door=collega)

    oud = Gebeurtenis.objects.get(pk=oud.pk)
    assert (oud.datum, oud.door) == (ONTVANGEN_OP, wijkwerker)
    assert (oud.vervallen_door, oud.vervallen_reden) == (collega, "brief lag op de mat")
    assert (nieuw.datum, nieuw.door, nieuw.vervallen_op) == (date(2015, 3, 30), collega, None)
    assert toen < oud.vervallen_op == nieuw.geregistreerd_op
    assert (nieuw.team, nieuw.kanaal, nieuw.ref) == (oud.team, oud.kanaal, None)
    standen = melding.standen
    assert standen.bekend_op(toen).get().ontvangen_op == ONTVANGEN_OP
    assert standen.bekend_op(nieuw.geregistreerd_op).get().ontvangen_op == date(2015, 3, 30)
    assert standen.bekend_op(None).get().ontvangen_op == date(2015, 3, 30)
    assert {feit.soort for feit in melding.gebeurtenissen.bekend_op(toen)} == {
        Soort.ONTVANGEN,
        Soort.GESPREK_GESTART,
    }
    assert status_van(melding) == Status.GESPREK


@pytest.mark.parametrize(
    ("kenmerk", "waarde"),
    [
        ("categorie", Categorie.JEUGD),
        ("categorie", None),
        ("kanaal", Kanaal.BALIE),
        ("kanaal", None),
        ("aanleiding", Aanleiding.HERINDICATIE),
        ("aanleiding", None),
        ("team", None),
    ],
)
def test_elk_kenmerk_van_de_ontvangst_is_te_corrigeren(eigen_database, wijkwerker, kenmerk, waarde):
    melding = MeldingFactory(tot="onderzoek", door=wijkwerker)
    oud = feit_van(melding, Soort.ONTVANGEN)
    toen = klok()

    nieuw = workflow.corrigeer(oud, reden="verkeerd gekozen", door=wijkwerker, **{kenmerk: waarde})

    assert getattr(nieuw, kenmerk) == waarde
    assert getattr(melding.standen.bekend_op(toen).get(), kenmerk) == getattr(oud, kenmerk) != waarde
    assert getattr(melding.standen.bekend_op(None).get(), kenmerk) == waarde
    assert nieuw.datum == oud.datum
    assert status_van(melding) == Status.ONDERZOEK


def test_een_ander_team_en_een_andere_dag_is_een_correctie(wijkwerker):
    melding, team = MeldingFactory(door=wijkwerker), TeamFactory()

    nieuw = workflow.corrigeer(
        feit_van(melding, Soort.ONTVANGEN),
        team=team,
        datum=date(2015, 3, 1),
        reden="hoorde bij de buren",
        door=wijkwerker,
    )

    assert (nieuw.team, nieuw.datum) == (team, date(2015, 3, 1))
    assert melding.gebeurtenissen.count() == 2


def test_een_correctie_houdt_de_reden_van_het_feit(wijkwerker):
    melding = MeldingFactory(tot="voorveld", door=wijkwerker)

    nieuw = workflow.corrigeer(
        feit_van(melding, Soort.VOORVELD), datum=date(2015, 4, 9), reden="typefout", door=wijkwerker
    )

    assert nieuw.reden == "zo gebeurde het"
    assert melding.gebeurtenissen.get(vervallen_op__isnull=False).vervallen_reden == "typefout"


def test_een_correctie_die_niets_verandert_wordt_geweigerd(wijkwerker):
    melding = MeldingFactory(door=wijkwerker)
    feit = feit_van(melding, Soort.ONTVANGEN)

    for wijziging in ({}, {"datum": ONTVANGEN_OP, "team": feit.team, "kanaal": Kanaal.TELEFOON}):
        with pytest.raises(StapGeweigerd, match="Er verandert niets"):
            workflow.corrigeer(feit, reden="zomaar", door=wijkwerker, **wijziging)

    assert melding.gebeurtenissen.get().vervallen_op is None


def test_een_vervallen_registratie_wordt_niet_nog_eens_gecorrigeerd(wijkwerker):
    melding = MeldingFactory(door=wijkwerker)
    feit = feit_van(melding, Soort.ONTVANGEN)
    workflow.corrigeer(feit, datum=date(2015, 3, 1), reden="typefout", door=wijkwerker)

    with pytest.raises(StapGeweigerd, match="Deze registratie is al vervallen"):
        workflow.corrigeer(feit, datum=date(2015, 3, 2), reden="typefout", door=wijkwerker)

    assert melding.gebeurtenissen.count() == 2


@pytest.mark.parametrize("kenmerk", ["team", "categorie", "kanaal", "aanleiding"])
def test_een_latere_stap_heeft_geen_kenmerken(wijkwerker, kenmerk):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)
    waarde = TeamFactory() if kenmerk == "team" else 1

    with pytest.raises(StapGeweigerd, match="alleen bij de ontvangst"):
        workflow.corrigeer(
            feit_van(melding, Soort.GESPREK_GESTART), reden="typefout", door=wijkwerker, **{kenmerk: waarde}
        )


@pytest.mark.parametrize("reden", ["", "  "])
def test_zonder_reden_wordt_niets_gecorrigeerd(wijkwerker, reden):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)
    feit = feit_van(melding, Soort.GESPREK_GESTART)

    for correctie in (
        lambda: workflow.corrigeer(feit, datum=ONTVANGEN_OP, reden=reden, door=wijkwerker),
        lambda: workflow.draai_terug(melding, reden=reden, door=wijkwerker),
        lambda: workflow.registreer_als_vergissing(melding, reden=reden, door=wijkwerker),
    ):
        with pytest.raises(StapGeweigerd, match=r"^Geef een reden op\.$"):
            correctie()

    assert not melding.gebeurtenissen.filter(vervallen_op__isnull=False).exists()
    assert status_van(melding) == Status.GESPREK


def test_een_gecorrigeerde_dag_blijft_tussen_zijn_buren(wijkwerker):
    melding = MeldingFactory(tot="onderzoek", door=wijkwerker)
    gesprek = feit_van(melding, Soort.GESPREK_GESTART)
    morgen = timezone.localdate() + timedelta(days=1)

    for datum, waarom in [
        (date(2015, 3, 31), "Gesprek gestart op 31-03-2015 kan niet: ontvangen was pas op 01-04-2015."),
        (date(2015, 4, 4), "Gesprek gestart op 04-04-2015 kan niet: onderzoek gestart was al op 03-04-2015."),
        (
            morgen,
            f"Gesprek gestart op {morgen:%d-%m-%Y} kan niet: het is vandaag {timezone.localdate():%d-%m-%Y}.",
        ),
    ]:
        with pytest.raises(StapGeweigerd) as geweigerd:
            workflow.corrigeer(gesprek, datum=datum, reden="typefout", door=wijkwerker)
        assert str(geweigerd.value) == waarom

    assert feit_van(melding, Soort.GESPREK_GESTART).datum == date(2015, 4, 2)
    assert workflow.corrigeer(gesprek, datum=date(2015, 4, 3), reden="typefout", door=wijkwerker)


def test_een_gecorrigeerde_ontvangst_ligt_niet_na_de_eerste_stap(wijkwerker):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)

    with pytest.raises(StapGeweigerd) as geweigerd:
        workflow.corrigeer(
            feit_van(melding, Soort.ONTVANGEN), datum=date(2015, 4, 3), reden="typefout", door=wijkwerker
        )

    assert str(geweigerd.value) == "Ontvangen op 03-04-2015 kan niet: gesprek gestart was al op 02-04-2015."


@pytest.mark.parametrize("status", NA_DE_ONTVANGST)
def test_de_laatste_stap_is_terug_te_draaien(eigen_database, wijkwerker, collega, status):
    melding = MeldingFactory(tot=status, door=wijkwerker)
    stap = melding.gebeurtenissen.latest("pk")
    toen = klok()

    melding = workflow.draai_terug(melding, reden="verkeerde melding", door=collega)

    stap = Gebeurtenis.objects.get(pk=stap.pk)
    ervoor = {len(weg): naam for naam, weg in WEGEN.items() if weg == WEGEN[status][: len(weg)]}
    assert melding.status == status_van(melding) == ervoor[len(WEGEN[status]) - 1]
    assert (stap.vervallen_door, stap.vervallen_reden) == (collega, "verkeerde melding")
    assert melding.gebeurtenissen.bekend_op(None).count() == len(WEGEN[status])
    assert melding.standen.bekend_op(toen).get().status == status
    assert melding.standen.bekend_op(None).get().status == melding.status


def test_stap_voor_stap_terug_tot_de_ontvangst_en_niet_verder(wijkwerker):
    melding = MeldingFactory(tot="toegekend", door=wijkwerker)

    gezien = [workflow.draai_terug(melding, reden="terug", door=wijkwerker).status for _ in range(5)]

    assert gezien == ["plan_akkoord", "onderzoek_afgerond", "onderzoek", "gesprek", "ontvangen"]
    with pytest.raises(StapGeweigerd, match="Na de ontvangst is nog geen stap gezet"):
        workflow.draai_terug(melding, reden="terug", door=wijkwerker)
    assert status_van(melding) == Status.ONTVANGEN


def test_een_gecorrigeerde_eerdere_stap_wordt_niet_de_laatste(eigen_database, wijkwerker):
    melding = MeldingFactory(tot="onderzoek", door=wijkwerker)
    workflow.corrigeer(
        feit_van(melding, Soort.ONTVANGEN), datum=date(2015, 3, 1), reden="typefout", door=wijkwerker
    )

    assert workflow.draai_terug(melding, reden="te vroeg", door=wijkwerker).status == Status.GESPREK


def test_voorveld_na_een_gesprek_is_de_laatste_stap(eigen_database, wijkwerker):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)
    workflow.rond_af_in_voorveld(melding, op=date(2015, 4, 9), reden="advies", door=wijkwerker)
    workflow.corrigeer(
        feit_van(melding, Soort.GESPREK_GESTART), datum=date(2015, 4, 3), reden="typefout", door=wijkwerker
    )

    assert workflow.draai_terug(melding, reden="toch niet", door=wijkwerker).status == Status.GESPREK


def test_na_terugdraaien_gaat_het_gewoon_verder(wijkwerker):
    melding = MeldingFactory(tot="ingetrokken", door=wijkwerker)

    melding = workflow.draai_terug(melding, reden="belde terug", door=wijkwerker)

    assert workflow.start_gesprek(melding, op=date(2015, 4, 2), door=wijkwerker).status == Status.GESPREK


@pytest.mark.parametrize("status", WEGEN)
def test_een_vergissing_telt_niet_meer_mee_maar_telde_toen_wel(eigen_database, wijkwerker, collega, status):
    melding = MeldingFactory(tot=status, door=wijkwerker)
    toen = klok()

    melding = workflow.registreer_als_vergissing(melding, reden="dubbel", door=collega)

    ontvangen = melding.gebeurtenissen.get(soort=Soort.ONTVANGEN)
    assert melding.status == status_van(melding) == Status.VERVALLEN
    assert (ontvangen.vervallen_door, ontvangen.vervallen_reden) == (collega, "dubbel")
    assert melding.gebeurtenissen.bekend_op(None).count() == len(WEGEN[status])
    assert not melding.standen.bekend_op(None).exists()
    assert melding.standen.bekend_op(toen).get().status == status


def test_wat_niet_meer_meetelt_wordt_niet_gecorrigeerd(wijkwerker):
    melding = MeldingFactory(tot="gesprek", door=wijkwerker)
    gesprek = feit_van(melding, Soort.GESPREK_GESTART)
    workflow.registreer_als_vergissing(melding, reden="dubbel", door=wijkwerker)

    for correctie in (
        lambda: workflow.corrigeer(gesprek, datum=date(2015, 4, 9), reden="typefout", door=wijkwerker),
        lambda: workflow.draai_terug(melding, reden="terug", door=wijkwerker),
        lambda: workflow.registreer_als_vergissing(melding, reden="dubbel", door=wijkwerker),
    ):
        with pytest.raises(StapGeweigerd) as geweigerd:
            correctie()
        assert (
            str(geweigerd.value)
            == "Deze melding telt niet meer mee; corrigeren kan alleen zolang zij meetelt."
        )


def test_alles_in_een_transactie_geeft_tijdvakken_die_aansluiten(eigen_database, wijkwerker):
    with transaction.atomic():
        melding = MeldingFactory(tot="onderzoek", door=wijkwerker)
        workflow.corrigeer(
            feit_van(melding, Soort.ONTVANGEN), datum=date(2015, 3, 1), reden="typefout", door=wijkwerker
        )
        workflow.draai_terug(melding, reden="te vroeg", door=wijkwerker)

    standen = list(melding.standen.order_by("van"))
    assert [stand.status for stand in standen] == ["onderzoek", "onderzoek", "gesprek"]
    assert standen[0].van < standen[0].gesprek_sinds < standen[0].onderzoek_sinds < standen[0].tot
    assert [stand.gesprek_sinds for stand in standen[1:]] == [stand.van for stand in standen[1:]]
    assert [stand.tot for stand in standen] == [*(stand.van for stand in standen[1:]), None]
    assert standen[-1].ontvangen_op == date(2015, 3, 1)
    assert status_van(melding) == Status.GESPREK


def test_wat_op_hetzelfde_moment_komt_en_gaat_heeft_nooit_gegolden(wijkwerker):
    melding = MeldingFactory(door=wijkwerker)
    moment = feit_van(melding, Soort.ONTVANGEN).geregistreerd_op
    Gebeurtenis.objects.create(
        melding=melding,
        soort=Soort.GESPREK_GESTART,
        datum=ONTVANGEN_OP,
        geregistreerd_op=moment,
        vervallen_op=moment,
    )

    stand = melding.standen.get()

    assert (stand.van, stand.tot, stand.status) == (moment, None, Status.ONTVANGEN)
    assert melding.gebeurtenissen.bekend_op(moment).count() == 1
    assert status_van(melding) == Status.ONTVANGEN


def test_een_ontvangst_die_in_het_verleden_verviel_neemt_latere_tijdvakken_mee(db):
    melding, begin = Melding.objects.create(), timezone.now() - timedelta(days=3)
    for soort, dagen in ((Soort.ONTVANGEN, 0), (Soort.GESPREK_GESTART, 2)):
        Gebeurtenis.objects.create(
            melding=melding,
            soort=soort,
            datum=ONTVANGEN_OP,
            geregistreerd_op=begin + timedelta(days=dagen),
        )
    stand = melding.standen.get()
    assert (stand.van, stand.gesprek_sinds, stand.tot) == (begin, begin + timedelta(days=2), None)

    melding.gebeurtenissen.filter(soort=Soort.ONTVANGEN).update(vervallen_op=begin + timedelta(days=1))

    stand = melding.standen.get()
    assert (stand.status, stand.van, stand.tot) == (Status.ONTVANGEN, begin, begin + timedelta(days=1))
    assert status_van(melding) == Status.VERVALLEN


def test_een_melding_waarvan_de_ontvangst_nooit_gold_telt_nooit(db):
    melding, moment = Melding.objects.create(), timezone.now()
    Gebeurtenis.objects.create(
        melding=melding,
        soort=Soort.ONTVANGEN,
        datum=ONTVANGEN_OP,
        geregistreerd_op=moment,
        vervallen_op=moment,
    )

    assert status_van(melding) == Status.VERVALLEN
    assert not Stand.objects.exists()


@pytest.mark.parametrize("correctie", ["draai_terug", "corrigeer"])
def test_een_registratie_van_een_klok_die_voorloopt_is_te_corrigeren(wijkwerker, correctie):
    melding = MeldingFactory(door=wijkwerker)
    straks = timezone.now() + timedelta(hours=1)
    gesprek = Gebeurtenis.objects.create(
        melding=melding, soort=Soort.GESPREK_GESTART, datum=date(2015, 4, 9), geregistreerd_op=straks
    )

    if correctie == "draai_terug":
        workflow.draai_terug(melding, reden="te vroeg", door=wijkwerker)
    else:
        workflow.corrigeer(gesprek, datum=date(2015, 4, 2), reden="typefout", door=wijkwerker)

    assert Gebeurtenis.objects.get(pk=gesprek.pk).vervallen_op == straks
    nu = melding.standen.bekend_op(None).get()
    if correctie == "draai_terug":
        assert (nu.tot, nu.gesprek_op, nu.gesprek_sinds) == (None, None, None)
    else:
        assert (nu.tot, nu.gesprek_op, nu.gesprek_sinds) == (None, date(2015, 4, 2), straks)


def test_wat_niet_is_gecorrigeerd_heeft_een_rij(eigen_database, wijkwerker):
    melding = MeldingFactory(tot="toegekend", door=wijkwerker)

    stand = melding.standen.get()
    sinds = dict(melding.gebeurtenissen.values_list("soort", "geregistreerd_op"))
    assert (stand.van, stand.tot) == (sinds[Soort.ONTVANGEN], None)
    assert [stand.gesprek_sinds, stand.onderzoek_sinds, stand.afgerond_sinds, stand.akkoord_sinds] == [
        sinds[soort]
        for soort in (
            Soort.GESPREK_GESTART,
            Soort.ONDERZOEK_GESTART,
            Soort.ONDERZOEK_AFGEROND,
            Soort.PLAN_AKKOORD,
        )
    ]
    assert (stand.toegekend_sinds, stand.voorveld_sinds) == (sinds[Soort.TOEGEKEND], None)


def test_een_rij_die_door_een_later_ingelezen_registratie_niet_meer_begint_verdwijnt(db):
    melding, begin = Melding.objects.create(), timezone.now() - timedelta(days=9)

    def registreer(soort, datum, dagen):
        Gebeurtenis.objects.create(
            melding=melding, soort=soort, datum=datum, geregistreerd_op=begin + timedelta(days=dagen)
        )

    registreer(Soort.ONTVANGEN, date(2015, 3, 1), 0)
    registreer(Soort.GESPREK_GESTART, date(2015, 3, 9), 1)
    registreer(Soort.GESPREK_GESTART, date(2015, 3, 5), 3)
    assert list(melding.standen.order_by("van").values_list("gesprek_op", flat=True)) == [
        date(2015, 3, 9),
        date(2015, 3, 5),
    ]

    registreer(Soort.GESPREK_GESTART, date(2015, 3, 5), 1)

    stand = melding.standen.get()
    assert (stand.gesprek_op, stand.gesprek_sinds) == (date(2015, 3, 5), begin + timedelta(days=1))
