"""One household, one plan: its akkoord moves the melding, its besluiten stand under it, and the tijdlijn tells all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Akkoord, Antwoord, Plan, Relatiesoort, Wijze
from households.plannen import akkoord_voor
from meldingen import workflow
from meldingen.besluitlijn import besluiten, plannen
from meldingen.models import Melding, Status
from meldingen.signalen import Inbox, Lijst
from teams.gronden import Wie
from teams.models import Medewerker, Rol, Team
from tests.besluiten.conftest import inhoud, maak_inwoner, maak_zaak, toets_goed, vandaag
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from voorzieningen.models import Beschikking, Besluit, Wet
from voorzieningen.volledigheid import ontbreekt


@pytest.fixture
def zaak(haven: Team, wijkwerker: Medewerker) -> Melding:
    persoon = maak_inwoner(haven, wijkwerker)
    huishouden = persoon.verblijven.get().huishouden
    return maak_zaak(haven, wijkwerker, persoon=persoon, huishouden=huishouden, tot="onderzoek_afgerond")


@pytest.fixture
def plan(zaak: Melding, wijkwerker: Medewerker) -> Plan:
    huishouden = zaak.huishouden
    assert huishouden
    plan = huishoudens.begin_plan(huishouden, door=wijkwerker)
    eigenaar = plan.deelnemers.get(persoon=zaak.persoon)
    huishoudens.voeg_doel_toe(plan, tekst="zelf weer koken", eigenaar=eigenaar, door=wijkwerker)
    return plan


def zeg(plan: Plan, antwoord: Antwoord, door: Medewerker) -> Akkoord:
    """The resident's say about a version of now."""
    versie = plan.versies.order_by("-nummer").first() or huishoudens.stel_vast(plan, door=door)
    return huishoudens.leg_mening_vast(
        versie,
        plan.deelnemers.get(persoon__isnull=False),
        antwoord=antwoord,
        wijze=Wijze.MONDELING,
        datum=vandaag(),
        opmerking="" if antwoord == Antwoord.JA else "liever later",
        door=door,
    )


def test_akkoord_met_het_plan_brengt_de_melding_verder(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker
) -> None:
    nee = zeg(plan, Antwoord.NEE, wijkwerker)
    assert workflow.volg_akkoord(nee, door=wijkwerker) == []
    assert Melding.objects.get(pk=zaak.pk).status == Status.ONDERZOEK_AFGEROND
    ja = zeg(plan, Antwoord.JA_MET_OPMERKING, wijkwerker)
    assert workflow.volg_akkoord(ja, door=wijkwerker) == [zaak]
    assert Melding.objects.get(pk=zaak.pk).status == Status.PLAN_AKKOORD
    assert workflow.volg_akkoord(ja, door=wijkwerker) == []


def test_akkoord_van_een_ander_brengt_de_melding_niet_verder(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker
) -> None:
    ander = PersoonFactory()
    assert zaak.huishouden
    huishoudens.neem_op(ander, zaak.huishouden, vanaf=vandaag(), door=wijkwerker)
    Melding.objects.filter(pk=zaak.pk).update(persoon=ander)
    assert workflow.volg_akkoord(zeg(plan, Antwoord.JA, wijkwerker), door=wijkwerker) == []


def test_de_tijdlijn_vertelt_van_plan_en_besluit(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    workflow.volg_akkoord(zeg(plan, Antwoord.JA, wijkwerker), door=wijkwerker)
    besluit = workflow.stel_besluit_op(zaak, persoon=zaak.persoon, door=wijkwerker, **inhoud())
    toets_goed(besluit, van=wijkwerker, door=toetser)
    workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    huishouden = zaak.huishouden
    assert huishouden
    stappen = list(besluiten(huishouden.pk))
    naam = besluit.voorziening.voluit.capitalize()
    assert f"{naam}: toegekend" in [regel.wat for regel in stappen]
    assert {regel.personen for regel in stappen} == {frozenset({zaak.persoon_id})}
    assert "Versie vastgesteld" in [regel.wat for regel in plannen(huishouden.pk)]


def test_zonder_akkoord_met_de_laatste_versie_wordt_niets_toegekend(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    workflow.volg_akkoord(zeg(plan, Antwoord.JA, wijkwerker), door=wijkwerker)
    eerste = workflow.stel_besluit_op(zaak, persoon=zaak.persoon, door=wijkwerker, **inhoud())
    ander = eerste.voorziening.groep.voorzieningen.order_by("-pk")[0]
    tweede = workflow.stel_besluit_op(
        zaak, persoon=zaak.persoon, door=wijkwerker, **inhoud(voorziening=ander)
    )
    for besluit in (eerste, tweede):
        toets_goed(besluit, van=wijkwerker, door=toetser)
    eigenaar = plan.deelnemers.get(persoon=zaak.persoon)
    for nummer, besluit in enumerate((eerste, tweede), start=2):
        huishoudens.voeg_doel_toe(plan, tekst=f"doel {nummer}", eigenaar=eigenaar, door=wijkwerker)
        huishoudens.stel_vast(plan, door=wijkwerker)
        with pytest.raises(workflow.StapGeweigerd, match=f"niet akkoord met versie {nummer} van het plan"):
            workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
        zeg(plan, Antwoord.NEE, wijkwerker)
        with pytest.raises(workflow.StapGeweigerd, match=f"niet akkoord met versie {nummer} van het plan"):
            workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
        assert Beschikking.objects.count() == nummer - 2
        zeg(plan, Antwoord.JA, wijkwerker)
        workflow.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker)
    assert Beschikking.objects.count() == 2


def test_voor_een_kind_telt_het_akkoord_van_wie_het_gezag_heeft_en_van_een_ander_niet(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker
) -> None:
    assert zaak.huishouden
    kind = PersoonFactory(geboortedatum=vandaag() - timedelta(days=3_000))
    huishoudens.neem_op(kind, zaak.huishouden, vanaf=vandaag(), door=wijkwerker)
    ja = zeg(plan, Antwoord.JA, wijkwerker)
    assert akkoord_voor(plan, kind, vandaag()) is None
    huishoudens.leg_relatie_vast(zaak.persoon, Relatiesoort.GEZAG, kind, door=wijkwerker)
    assert akkoord_voor(plan, kind, vandaag()) == ja
    zeg(plan, Antwoord.NEE, wijkwerker)
    assert akkoord_voor(plan, kind, vandaag()) is None


def test_het_akkoord_onder_een_dubbel_nummer_is_van_dezelfde_inwoner(
    plan: Plan, zaak: Melding, wijkwerker: Medewerker
) -> None:
    ja = zeg(plan, Antwoord.JA, wijkwerker)
    dubbel = PersoonFactory(zelfde_als=zaak.persoon)
    assert akkoord_voor(plan, dubbel, vandaag()) == ja


def test_voor_een_kind_moet_bekend_zijn_wie_het_gezag_heeft(haven: Team, wijkwerker: Medewerker) -> None:
    kind = maak_inwoner(haven, wijkwerker, geboren=vandaag() - timedelta(days=3_000))
    zaak = maak_zaak(haven, wijkwerker, persoon=kind)
    besluit = workflow.stel_besluit_op(zaak, persoon=kind, door=wijkwerker, **inhoud())
    assert besluit.wet == Wet.WMO
    assert ontbreekt(besluit, vandaag()) == ["Wie het gezag heeft"]
    ouder = PersoonFactory()
    huishoudens.leg_relatie_vast(ouder, Relatiesoort.GEZAG, kind, door=wijkwerker)
    assert ontbreekt(besluit, vandaag()) == []


def test_een_evaluatie_is_een_signaal_op_haar_dag(plan: Plan, zaak: Melding, wijkwerker: Medewerker) -> None:
    workflow.pak_op(zaak, door=wijkwerker)
    gepland = plan.doelen.get().evaluaties.get().gepland_op

    def soorten(dag: date) -> set[str]:
        inbox = Inbox.van(Wie.van(wijkwerker, timezone.now() + (dag - vandaag())))
        return {rij.soort for rij in inbox.rijen(Lijst.VAN_MIJ, 0, 100)}

    assert "evaluatie" not in soorten(gepland - timedelta(days=1))
    assert "evaluatie" in soorten(gepland)


@pytest.mark.vol
def test_een_besluit_van_voor_het_product_krijgt_het_bij_de_migratie(
    eigen_database: EigenDatabase,
) -> None:
    haven = TeamFactory(code="haven")
    wijkwerker = stel_aan(MedewerkerFactory(username="wijkwerker"), Rol.WIJKWERKER, haven)
    zaak = maak_zaak(haven, wijkwerker)
    assert zaak.persoon
    besluit = workflow.stel_besluit_op(zaak, persoon=zaak.persoon, door=wijkwerker, **inhoud())
    product = Besluit.objects.values_list("product", flat=True).get()
    assert product
    loper = MigrationExecutor(connection)
    einde = loper.loader.graph.leaf_nodes()
    loper.migrate([("voorzieningen", "0006_verdaging")])
    MigrationExecutor(connection).migrate(einde)
    assert Besluit.objects.values_list("pk", "product").get() == (besluit.pk, product)
