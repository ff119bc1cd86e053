"""A KCC is told what became of what it handed over: in the transaction of the step, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from households.models import Huishouden
from meldingen import workflow
from meldingen.models import Melding, Terugbelverzoek, Uitkomst
from meldingen.periodic import let_op_terugbellen
from meldingen.workflow.vertellen import meld_te_laat
from teams.berichten import bezorg
from teams.models import Bericht, Medewerker, Rol, Team, Voorval
from teams.workflow.abonnementen import maak_abonnement, zet_abonnement_uit
from teams.workflow.afnemers import wijzig_afnemer
from tests.api.conftest import Kcc, melding
from tests.factories import stel_aan

pytestmark = pytest.mark.django_db


def abonneer(kcc: Kcc, *voorvallen: Voorval) -> None:
    maak_abonnement(kcc.afnemer, adres="https://kcc.example.nl/", voorvallen=voorvallen or Voorval.values)


def verteld() -> list[tuple[str, str]]:
    """Which events there are by now, with the number each is about."""
    rijen = Bericht.objects.filter(soort="webhook").order_by("pk")
    return [(rij.gegevens["voorval"], rij.gegevens["nummer"]) for rij in rijen]


def test_elke_stap_van_een_melding_en_een_belofte_wordt_verteld(
    kcc: Kcc, ander: Kcc, team: Team, wijkwerker: Medewerker
) -> None:
    abonneer(kcc)
    abonneer(ander)
    stel_aan(wijkwerker, Rol.WIJKWERKER, team)
    nummer = kcc.stuur("meldingen", melding()).json()["nummer"]
    rij, belofte = Melding.objects.get(), Terugbelverzoek.objects.get()
    vandaag = timezone.localdate()

    workflow.pak_op(rij, door=wijkwerker)
    workflow.start_gesprek(rij, op=vandaag, door=wijkwerker)
    workflow.leg_belpoging_vast(belofte, Uitkomst.GEEN_GEHOOR, door=wijkwerker)
    workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=wijkwerker)
    workflow.rond_af_in_voorveld(rij, op=vandaag, reden="advies", door=wijkwerker)
    workflow.draai_terug(rij, reden="toch niet", door=wijkwerker)

    assert verteld() == [
        ("melding.ontvangen", nummer),
        ("melding.in_behandeling", nummer),
        ("terugbelverzoek.nagekomen", str(belofte.pk)),
        ("melding.afgerond", nummer),
        ("melding.in_behandeling", nummer),
    ]
    for bericht in Bericht.objects.filter(soort="webhook"):
        assert bericht.gegevens.keys() == {"voorval", "op", "nummer", "melding"}
        assert "Boer" not in str(bericht.gegevens)
    assert Bericht.objects.get(gegevens__voorval="terugbelverzoek.nagekomen").gegevens["melding"] == nummer


def test_een_stap_die_niet_doorgaat_vertelt_niets(kcc: Kcc, wijkwerker: Medewerker) -> None:
    abonneer(kcc)
    kcc.stuur("meldingen", melding())
    with transaction.atomic():
        workflow.start_gesprek(Melding.objects.get(), op=timezone.localdate(), door=wijkwerker)
        transaction.set_rollback(True)
    kcc.stuur("meldingen", melding(vraag=""))
    assert [voorval for voorval, _ in verteld()] == ["melding.ontvangen"]


def test_wat_een_medewerker_aannam_gaat_een_afnemer_niet_aan(kcc: Kcc, wijkwerker: Medewerker) -> None:
    abonneer(kcc)
    rij = workflow.ontvang(op=timezone.localdate(), door=wijkwerker)
    workflow.start_gesprek(rij, op=timezone.localdate(), door=wijkwerker)
    belofte = workflow.neem_terugbelverzoek_aan(naam="Piet", telefoon="06 1", door=wijkwerker)
    Terugbelverzoek.objects.update(uiterlijk_op=timezone.now() - timedelta(hours=1))
    assert meld_te_laat(timezone.now()) == 0
    workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=wijkwerker)
    assert verteld() == []


def test_wat_hij_niet_mag_horen_of_niet_koos_hoort_hij_niet(kcc: Kcc, wijkwerker: Medewerker) -> None:
    abonneer(kcc, Voorval.MELDING_IN_BEHANDELING)
    kcc.stuur("meldingen", melding())
    rij, vandaag = Melding.objects.get(), timezone.localdate()
    Huishouden.objects.update(afgeschermd=True, afgeschermd_reden="dreiging")
    workflow.start_gesprek(rij, op=vandaag, door=wijkwerker)
    assert verteld() == []

    Huishouden.objects.update(afgeschermd=False, afgeschermd_reden="")
    workflow.draai_terug(rij, reden="x", door=wijkwerker)
    wijzig_afnemer(kcc.afnemer, scopes=["wijkteams"], per_minuut=None, per_dag=None)
    workflow.start_gesprek(rij, op=vandaag, door=wijkwerker)
    workflow.draai_terug(rij, reden="x", door=wijkwerker)
    wijzig_afnemer(kcc.afnemer, scopes=["meldingen"], per_minuut=None, per_dag=None)
    zet_abonnement_uit(kcc.afnemer.abonnementen.get())
    workflow.start_gesprek(rij, op=vandaag, door=wijkwerker)
    assert verteld() == []


def test_te_laat_wordt_een_keer_verteld_ook_aan_de_postbus_zonder_persoonsgegevens(
    kcc: Kcc, ander: Kcc
) -> None:
    abonneer(kcc)
    wijzig_afnemer(
        kcc.afnemer, scopes=kcc.afnemer.scopes, per_minuut=None, per_dag=None, postbus="kcc@example.nl"
    )
    kcc.stuur("meldingen", melding())
    ander.stuur("meldingen", melding(tochApart=True))
    belofte = Terugbelverzoek.objects.earliest("pk")
    let_op_terugbellen()
    assert Bericht.objects.filter(gegevens__voorval="terugbelverzoek.te_laat").count() == 0

    later = belofte.uiterlijk_op + timedelta(hours=1)
    assert [meld_te_laat(later), meld_te_laat(later)] == [2, 0]
    Terugbelverzoek.objects.update(te_laat_gemeld_op=None)
    assert meld_te_laat(later) == 2
    assert verteld()[1:] == [("terugbelverzoek.te_laat", str(belofte.pk))]
    bezorg()
    (post,) = mail.outbox
    assert post.to == ["kcc@example.nl"]
    assert "Team Haven" in post.body
    assert str(belofte.pk) in post.subject
    for geheim in ("Boer", "1234", "17 uur"):
        assert geheim not in post.body + post.subject
