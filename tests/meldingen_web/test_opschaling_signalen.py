"""Word back, an overdue answer and an open question are signals, for whom they concern and while the case runs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Huishouden, Verblijf
from meldingen import workflow
from meldingen.dagoverzicht import kondig_dagoverzichten_aan
from meldingen.models import Melding, Opschaling, Opschalingsoort
from meldingen.signalen import Inbox, Lijst
from teams.gronden import Wie
from teams.models import Aanstelling, Medewerker, Rol, Team, Teamsoort
from teams.post import Bericht
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from tests.meldingen.test_signalen import signalen

OVERIG = {"stilte", "termijn"}


def mijn(medewerker: Medewerker, dagen: int = 0) -> set[str]:
    """The kinds that are about opschalingen, so many days from now."""
    moment = timezone.now() + timedelta(days=dagen)
    return {soort for soort, _ in signalen(medewerker, moment=moment)} - OVERIG


def rest(opschaling: Opschaling, dagen: int = 0) -> int:
    """Days until so many after the last day of the term."""
    return int((opschaling.uiterlijk_op - timezone.localdate()).days) + dagen


def test_het_antwoord_is_een_signaal_voor_wie_vroeg_tot_het_gelezen_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, buur: Medewerker, expert: Medewerker
) -> None:
    opgeschaald = workflow.pak_opschaling_op(opgeschaald, door=expert)
    assert mijn(wijkwerker) == set()
    workflow.beantwoord_opschaling(opgeschaald, antwoord="Nee.", door=expert)
    assert signalen(wijkwerker) == {("opschalingsantwoord", opgeschaald.pk)}
    assert mijn(buur) == mijn(expert) == set()
    workflow.lees_antwoord(opgeschaald, door=wijkwerker)
    assert mijn(wijkwerker) == set()


def test_het_antwoord_blijft_een_signaal_als_het_andere_team_zelf_afschaalt(
    bezoek: Client, opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    opgeschaald = workflow.pak_opschaling_op(opgeschaald, door=expert)
    workflow.beantwoord_opschaling(opgeschaald, antwoord="Nee.", door=expert)
    workflow.schaal_af(opgeschaald, verder="het wijkteam", door=expert)
    assert mijn(wijkwerker) == {"opschalingsantwoord"}
    assert "Antwoord op wat u vroeg" in bezoek.get("/werkvoorraad").content.decode()
    pad = f"/opschalingen/{opgeschaald.pk}"
    assert "Ik heb het antwoord gelezen" in bezoek.get(pad).content.decode()
    rij = Opschaling.objects.filter(pk=opgeschaald.pk)
    for wijziging in ({"eind": "anders", "gezien_op": timezone.now()}, {"eind": "anders"}):
        with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
            rij.update(**wijziging)
    assert bezoek.post(f"{pad}/stappen/gelezen").status_code == 303
    assert mijn(wijkwerker) == set()
    assert "Ik heb het antwoord gelezen" not in bezoek.get(pad).content.decode()
    with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
        rij.update(gezien_op=None)


def test_een_vraag_over_de_opschaling_is_een_signaal_tot_er_antwoord_is(
    opgeschaald: Opschaling, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    workflow.vraag_wijkteam(opgeschaald, vraag="Wie woont er nog?", door=expert)
    assert mijn(wijkwerker) == {"opschalingsvraag"}
    workflow.beantwoord_opschalingsvraag(opgeschaald, antwoord="Oma.", door=wijkwerker)
    assert mijn(wijkwerker) == set()


def test_te_laat_is_een_signaal_voor_wie_vroeg_wie_het_heeft_en_wie_verdeelt(
    opgeschaald: Opschaling,
    wijkwerker: Medewerker,
    buur: Medewerker,
    coordinator: Medewerker,
    expert: Medewerker,
    expertteam: Team,
) -> None:
    leider = stel_aan(stel_aan(MedewerkerFactory(), Rol.COORDINATOR, expertteam), Rol.EXPERT, expertteam)
    alleen_leider = stel_aan(MedewerkerFactory(), Rol.COORDINATOR, expertteam)
    op_tijd, te_laat = rest(opgeschaald), rest(opgeschaald, 1)
    assert mijn(wijkwerker, op_tijd) == mijn(coordinator, op_tijd) == set()
    assert mijn(expert, te_laat) == set()
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    for wie in (wijkwerker, expert, coordinator, leider):
        assert mijn(wie, te_laat) == {"opschaling_te_laat"}, wie
    assert mijn(buur, te_laat) == mijn(alleen_leider, te_laat) == set()
    workflow.beantwoord_opschaling(opgeschaald, antwoord="Nee.", door=expert)
    assert mijn(expert, te_laat) == mijn(coordinator, te_laat) == set()


def test_wie_vroeg_en_weg_is_wordt_opgevolgd_door_wie_de_melding_heeft(
    opgeschaald: Opschaling,
    melding: Melding,
    wijkwerker: Medewerker,
    buur: Medewerker,
    haven: Team,
    expert: Medewerker,
) -> None:
    workflow.beantwoord_opschaling(
        workflow.pak_opschaling_op(opgeschaald, door=expert), antwoord="Nee.", door=expert
    )
    Aanstelling.objects.filter(medewerker=wijkwerker).update(tot=timezone.localdate())
    workflow.wijs_toe(melding, team=haven, medewerker=buur, door=buur)
    assert mijn(wijkwerker) == set()
    assert mijn(buur) == {"opschalingsantwoord"}


def test_van_een_zaak_die_klaar_is_blijft_niets_staan(
    opgeschaald: Opschaling, melding: Melding, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    workflow.beantwoord_opschaling(opgeschaald, antwoord="Nee.", door=expert)
    workflow.schaal_af(opgeschaald, verder="het wijkteam", door=expert)
    assert mijn(wijkwerker, 60) == {"opschalingsantwoord"}
    workflow.trek_in(melding, op=timezone.localdate(), reden="opgelost", door=wijkwerker)
    assert mijn(wijkwerker, 60) == mijn(expert, 60) == set()


def test_een_opschaling_die_openstaat_als_de_laatste_melding_sluit_blijft_een_signaal_tot_het_einde(
    opgeschaald: Opschaling, melding: Melding, wijkwerker: Medewerker, expert: Medewerker
) -> None:
    opgeschaald = workflow.pak_opschaling_op(opgeschaald, door=expert)
    workflow.vraag_wijkteam(opgeschaald, vraag="Wie woont er nog?", door=expert)
    workflow.trek_in(melding, op=timezone.localdate(), reden="opgelost", door=wijkwerker)
    assert mijn(wijkwerker) == {"opschalingsvraag"}
    assert mijn(wijkwerker, 60) == {"opschalingsvraag", "opschaling_te_laat", "opschaling"}
    assert mijn(expert, 60) == {"opschaling_te_laat"}
    workflow.trek_opschaling_in(opgeschaald, reden="niet meer nodig", door=wijkwerker)
    assert mijn(wijkwerker, 60) == mijn(expert, 60) == set()


def test_wat_afgeschermd_raakt_gaat_naar_wie_ermee_werkt_en_naar_niemand_anders(
    opgeschaald: Opschaling,
    wijkwerker: Medewerker,
    buur: Medewerker,
    coordinator: Medewerker,
    expert: Medewerker,
) -> None:
    workflow.pak_opschaling_op(opgeschaald, door=expert)
    huishoudens.scherm_af(opgeschaald.huishouden, reden="gevlucht", door=buur)
    te_laat = rest(opgeschaald, 1)
    assert mijn(buur, te_laat) == {"opschaling_te_laat"}
    assert mijn(wijkwerker, te_laat) == mijn(expert, te_laat) == mijn(coordinator, te_laat) == set()


@pytest.mark.parametrize("zaad", [2, *(pytest.param(zaad, marks=pytest.mark.vol) for zaad in range(30, 50))])
@pytest.mark.django_db
def test_wie_een_signaal_krijgt_mag_de_opschaling_lezen_en_de_mail_telt_hetzelfde(zaad: int) -> None:
    """In a random world; `signalen` compares the list with what the rights let through."""
    kies = Random(zaad)
    teams = [TeamFactory(), TeamFactory(), TeamFactory(soort=Teamsoort.EXPERTTEAM)]
    rollen = {Teamsoort.WIJKTEAM: [Rol.WIJKWERKER, Rol.COORDINATOR], Teamsoort.EXPERTTEAM: [Rol.EXPERT]}
    iedereen = []
    for _ in range(10):
        team = kies.choice(teams)
        wie = MedewerkerFactory(is_active=kies.random() < 0.9)
        iedereen.append(stel_aan(wie, kies.choice([*rollen[team.soort], Rol.COORDINATOR]), team))
    actief = [wie for wie in iedereen if wie.is_active]
    for _ in range(20):
        huishouden = Huishouden.objects.create()
        persoon = PersoonFactory()
        Verblijf.objects.create(
            persoon=persoon, huishouden=huishouden, team=kies.choice(teams), vanaf=timezone.localdate()
        )
        workflow.ontvang(
            persoon=persoon,
            huishouden=huishouden,
            op=timezone.localdate(),
            team=kies.choice([*teams, None]),
            door=actief[0],
        )
        rij = workflow.schaal_op(
            huishouden, soort=Opschalingsoort.CONSULT, vraag="?", door=kies.choice(actief)
        )
        if experts := [wie for wie in actief if wie.aanstellingen.filter(rol=Rol.EXPERT).exists()]:
            expert = kies.choice(experts)
            if kies.random() < 0.6:
                workflow.pak_opschaling_op(rij, door=expert)
                if kies.random() < 0.4:
                    workflow.beantwoord_opschaling(rij, antwoord="!", door=expert)
                elif kies.random() < 0.4:
                    workflow.vraag_wijkteam(rij, vraag="?", door=expert)
        if kies.random() < 0.3:
            huishoudens.betrek(huishouden, kies.choice(iedereen), door=iedereen[0])
        if kies.random() < 0.3:
            Huishouden.objects.filter(pk=huishouden.pk).update(afgeschermd=True, afgeschermd_reden="gevlucht")
    Betrokkenheid.objects.filter(medewerker__isnull=False).update(vanaf=timezone.now() - timedelta(days=1))
    op = timezone.localdate() + timedelta(days=20)
    eind_van_de_dag = datetime.combine(op, datetime.max.time(), timezone.get_current_timezone())
    per_lezer = {}
    for lezer in iedereen:
        per_lezer[lezer.pk] = len(Inbox.van(Wie.van(lezer, eind_van_de_dag)).rijen(Lijst.VAN_MIJ, 0, 999))
        signalen(lezer, moment=eind_van_de_dag)
        signalen(lezer, Lijst.TEAM, eind_van_de_dag)
    kondig_dagoverzichten_aan(op)
    gemaild = {
        int(bericht.aan.partition(":")[2]): bericht.gegevens["aantal"]
        for bericht in Bericht.objects.filter(soort="dagoverzicht")
    }
    assert gemaild == {lezer: aantal for lezer, aantal in per_lezer.items() if aantal}
    assert Counter(Opschaling.objects.values_list("status", flat=True)).total() == 20
