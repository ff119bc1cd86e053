"""Which signals there are, from when until when, and whose they are; and that nobody gets what they may not see."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Huishouden, Persoon, Verblijf
from meldingen import workflow
from meldingen.dagoverzicht import kondig_dagoverzichten_aan
from meldingen.models import Categorie, Melding
from meldingen.signalen import SOORTEN, Inbox, Lijst
from meldingen.signalen.rijen import maak_rijen
from teams.gronden import Wie
from teams.kalender import eerste_werkdag
from teams.lezen import Spoor
from teams.models import Aanstelling, Instelling, Medewerker, Rol, Team, Teamsoort
from teams.post import Bericht
from tests.factories import HuishoudenFactory, MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from tests.meldingen.indicaties import voorziening
from tests.meldingen_web.werk import geef, maak_melding, scherm_af, vandaag
from voorzieningen.models import Aanvraag, Beschikking, Opschortgrond, Verzendwijze, Wet

pytestmark = pytest.mark.django_db


@pytest.fixture
def haven() -> Team:
    return TeamFactory(naam="Haven")


@pytest.fixture
def sanne(haven: Team) -> Medewerker:
    return stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven)


@pytest.fixture
def marijke(haven: Team) -> Medewerker:
    return stel_aan(MedewerkerFactory(), Rol.COORDINATOR, haven)


def signalen(
    medewerker: Medewerker, lijst: Lijst = Lijst.VAN_MIJ, moment: datetime | None = None
) -> set[tuple[str, int]]:
    """Kind and key of each, after a check that counts, list and page say the same."""
    inbox = Inbox.van(Wie.van(medewerker, moment))
    sleutels = inbox.rijen(lijst, 0, 1000)
    assert Counter(sleutel.soort for sleutel in sleutels) == inbox.per_soort(lijst)
    if lijst is Lijst.VAN_MIJ:
        assert inbox.aantal() == len(sleutels)
    spoor = Spoor(medewerker, inbox.wie)
    assert len(maak_rijen(sleutels, spoor)) == len(sleutels)
    return {(sleutel.soort, sleutel.pk) for sleutel in sleutels}


def soorten(medewerker: Medewerker, moment: datetime | None = None) -> set[str]:
    return {soort for soort, _ in signalen(medewerker, moment=moment)}


# de termijn


def met_termijn(team: Team, medewerker: Medewerker) -> datetime:
    """Somebody has a melding whose term ends on this day, a working day some weeks from now."""
    laatste = eerste_werkdag(vandaag() + timedelta(days=20))
    geef(maak_melding(team, dagen=42 - (laatste - vandaag()).days), medewerker, team)
    return timezone.make_aware(datetime.combine(laatste, time(12)))


@pytest.mark.parametrize(("dagen", "signaal"), [(-8, False), (-7, True), (0, True), (18, True)])
def test_een_termijn_is_een_signaal_van_zeven_dagen_ervoor_tot_het_eind(
    haven: Team, sanne: Medewerker, dagen: int, signaal: bool
) -> None:
    laatste = met_termijn(haven, sanne)
    assert ("termijn" in soorten(sanne, laatste + timedelta(days=dagen))) is signaal


def test_jeugd_heeft_een_langere_termijn(haven: Team, sanne: Medewerker) -> None:
    geef(maak_melding(haven, dagen=42, categorie=Categorie.JEUGD), sanne, haven)
    assert "termijn" not in soorten(sanne)


def test_hoe_lang_vooraf_hangt_af_van_wat_op_die_dag_geldt(haven: Team, sanne: Medewerker) -> None:
    laatste = met_termijn(haven, sanne)
    vanaf = laatste.date() - timedelta(days=7)
    Instelling.objects.create(sleutel="termijn_dagen", geldig_van=vanaf, waarde=1)
    for dagen, signaal in ((8, False), (7, False), (1, True)):
        assert ("termijn" in soorten(sanne, laatste - timedelta(days=dagen))) is signaal


@pytest.mark.parametrize("tot", ["voorveld", "toegekend", "niet_toegekend", "ingetrokken", "doorgezet"])
def test_van_wat_klaar_is_blijft_niets_staan(haven: Team, marijke: Medewerker, tot: str) -> None:
    melding = maak_melding(haven, dagen=100, tot=tot)
    huishoudens.vraag_expertteam(melding.huishouden, TeamFactory(), reden="weet meer", door=marijke)
    Betrokkenheid.objects.update(vanaf=timezone.now() - timedelta(days=90))
    Persoon.objects.update(geboortedatum=vandaag() - timedelta(days=int(365.25 * 18) - 30))
    assert signalen(marijke) == signalen(marijke, Lijst.TEAM) == set()


# geen stap


@pytest.mark.parametrize(("dagen", "signaal"), [(13, False), (14, True)])
def test_veertien_dagen_zonder_stap_is_een_signaal(
    haven: Team, sanne: Medewerker, dagen: int, signaal: bool
) -> None:
    geef(maak_melding(haven, dagen=dagen), sanne, haven)
    assert soorten(sanne) == ({"stilte"} if signaal else set())


def test_een_stap_of_een_gesprek_dat_nog_komt_verbreekt_de_stilte(haven: Team, sanne: Medewerker) -> None:
    met_stap, met_gesprek = (geef(maak_melding(haven, dagen=20), sanne, haven) for _ in range(2))
    assert soorten(sanne) == {"stilte"}
    workflow.start_gesprek(met_stap, op=vandaag() - timedelta(days=13), door=sanne)
    gesprek = workflow.plan_gesprek(
        met_gesprek, op=timezone.now() + timedelta(days=1), plaats="thuis", deelnemers=[sanne], door=sanne
    )
    assert signalen(sanne) == set()
    assert soorten(sanne, timezone.now() + timedelta(days=2)) == {"stilte"}
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=sanne)
    assert signalen(sanne) == {("stilte", met_gesprek.pk)}


def test_een_teruggedraaide_stap_telt_niet(haven: Team, sanne: Medewerker) -> None:
    melding = geef(maak_melding(haven, dagen=20), sanne, haven)
    workflow.start_gesprek(melding, op=vandaag(), door=sanne)
    workflow.draai_terug(melding, reden="ging niet door", door=sanne)
    assert signalen(sanne) == {("stilte", melding.pk)}


# achttien


TOEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def jongere(team: Team | None, geboren: date, *, hulp: bool = True, **verblijf: object) -> Persoon:
    """Somebody who lives in the area of the team, with jeugdhulp that runs or without."""
    persoon: Persoon = PersoonFactory(geboortedatum=geboren)
    Verblijf.objects.create(
        **{"persoon": persoon, "huishouden": HuishoudenFactory(), "team": team, "vanaf": date(2020, 1, 1)}
        | verblijf
    )
    if hulp:
        Beschikking.objects.create(
            persoon=persoon, voorziening=voorziening(Wet.JEUGDWET), ingangsdatum=date(2020, 1, 1)
        )
    return persoon


@pytest.mark.parametrize(
    ("geboren", "signaal"),
    [
        (date(2008, 3, 1), False),
        (date(2008, 3, 2), True),
        (date(2008, 8, 31), True),
        (date(2008, 9, 1), False),
        (date(2008, 2, 29), False),
    ],
)
def test_wie_binnen_26_weken_18_wordt_is_een_signaal(
    haven: Team, marijke: Medewerker, geboren: date, signaal: bool
) -> None:
    jongere(haven, geboren)
    assert ("achttien" in soorten(marijke, TOEN)) is signaal


def test_wie_op_29_februari_is_geboren_wordt_18_op_1_maart(haven: Team, marijke: Medewerker) -> None:
    jongere(haven, date(2008, 2, 29))
    assert soorten(marijke, TOEN - timedelta(days=1)) == {"achttien"}
    assert soorten(marijke, TOEN) == set()
    [sleutel] = Inbox.van(Wie.van(marijke, TOEN - timedelta(days=2))).rijen(Lijst.VAN_MIJ, 0, 9)
    assert sleutel.uiterlijk == date(2026, 3, 1)


def test_18_worden_is_alleen_een_signaal_met_jeugdhulp_of_een_open_melding(
    haven: Team, marijke: Medewerker, wijkwerker: Medewerker
) -> None:
    binnenkort = date(2008, 5, 5)
    zonder, met_melding = jongere(haven, binnenkort, hulp=False), jongere(haven, binnenkort, hulp=False)
    for wet, einde in ((Wet.WMO, None), (Wet.JEUGDWET, TOEN.date() - timedelta(days=1))):
        Beschikking.objects.create(
            persoon=zonder, voorziening=voorziening(wet), ingangsdatum=date(2020, 1, 1), einddatum=einde
        )
    melding = workflow.ontvang(persoon=met_melding, op=TOEN.date(), door=wijkwerker)
    assert signalen(marijke, moment=TOEN) == {("achttien", met_melding.pk)}
    workflow.trek_in(melding, op=TOEN.date(), reden="opgelost", door=wijkwerker)
    assert signalen(marijke, moment=TOEN) == set()


def test_hulp_onder_een_dubbele_inschrijving_telt_en_er_is_een_signaal(
    haven: Team, marijke: Medewerker, wijkwerker: Medewerker
) -> None:
    echt = jongere(haven, date(2008, 5, 5), hulp=False)
    dubbel = jongere(haven, date(2008, 5, 5))
    huishoudens.stel_gelijk(dubbel, echt, reden="dubbel", door=wijkwerker)
    assert signalen(marijke, moment=TOEN) == {("achttien", echt.pk)}


# opschaling


def test_een_opschaling_die_te_lang_duurt_is_een_signaal_zolang_de_zaak_loopt(
    haven: Team, sanne: Medewerker
) -> None:
    melding = geef(maak_melding(haven), sanne, haven)
    expertteam = TeamFactory(soort=Teamsoort.EXPERTTEAM)
    rij = huishoudens.vraag_expertteam(melding.huishouden, expertteam, reden="weet meer", door=sanne)
    assert signalen(sanne) == set()
    for dagen, verwacht in ((41, set()), (42, {("opschaling", melding.huishouden_id)})):
        Betrokkenheid.objects.filter(pk=rij.pk).update(vanaf=timezone.localtime() - timedelta(days=dagen))
        assert signalen(sanne) == verwacht, dagen
    workflow.trek_in(melding, op=vandaag(), reden="opgelost", door=sanne)
    assert signalen(sanne) == set()
    Beschikking.objects.create(
        persoon=melding.persoon, voorziening=voorziening(), ingangsdatum=vandaag() - timedelta(days=5)
    )
    huishoudens.maak_contactpersoon(melding.huishouden, sanne, door=sanne)
    assert signalen(sanne) == {("opschaling", melding.huishouden_id)}
    huishoudens.beeindig_betrokkenheid(rij, door=sanne)
    assert signalen(sanne) == set()


# van wie het is


def test_een_signaal_is_van_de_behandelaar_dan_van_de_contactpersoon_dan_van_wie_verdeelt(
    haven: Team, sanne: Medewerker, marijke: Medewerker
) -> None:
    melding = maak_melding(haven, dagen=20)
    tim = stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven)

    def wie_heeft_het() -> list[Medewerker]:
        return [iemand for iemand in (sanne, tim, marijke) if signalen(iemand)]

    assert wie_heeft_het() == [marijke]
    huishoudens.maak_contactpersoon(melding.huishouden, tim, door=marijke)
    assert wie_heeft_het() == [tim]
    geef(melding, sanne, haven)
    assert wie_heeft_het() == [sanne]
    Aanstelling.objects.filter(medewerker=sanne).update(tot=vandaag())
    assert wie_heeft_het() == [tim]
    Medewerker.objects.filter(pk=tim.pk).update(is_active=False)
    tim.refresh_from_db()
    assert wie_heeft_het() == [marijke]


def test_een_team_zonder_coordinator_heeft_het_samen_en_zonder_team_hebben_alle_coordinatoren_het(
    sanne: Medewerker, haven: Team
) -> None:
    elders = stel_aan(MedewerkerFactory(), Rol.COORDINATOR, TeamFactory())
    in_haven, zonder_team = maak_melding(haven, dagen=20), maak_melding(None, dagen=20)
    assert signalen(sanne) == {("stilte", in_haven.pk)}
    assert signalen(elders) == {("stilte", zonder_team.pk)}


def test_wie_verdeelt_ziet_alles_van_het_team_en_een_ander_niet(
    haven: Team, sanne: Medewerker, marijke: Medewerker
) -> None:
    van_sanne, van_niemand = geef(maak_melding(haven, dagen=20), sanne, haven), maak_melding(haven, dagen=20)
    maak_melding(TeamFactory(), dagen=20)
    assert signalen(marijke, Lijst.TEAM) == {("stilte", van_sanne.pk), ("stilte", van_niemand.pk)}
    assert signalen(marijke) == {("stilte", van_niemand.pk)}
    assert signalen(sanne, Lijst.TEAM) == set()


def test_van_een_afgeschermd_huishouden_krijgt_een_betrokkene_het_signaal(
    haven: Team, sanne: Medewerker, marijke: Medewerker
) -> None:
    persoon = jongere(haven, date(2008, 5, 5))
    huishouden = Huishouden.objects.get(verblijven__persoon=persoon)
    assert signalen(marijke, moment=TOEN) == {("achttien", persoon.pk)}
    huishoudens.scherm_af(huishouden, reden="gevlucht", door=sanne)
    Betrokkenheid.objects.update(vanaf=TOEN - timedelta(days=1))
    assert signalen(sanne, moment=TOEN) == {("achttien", persoon.pk)}
    assert signalen(marijke, moment=TOEN) == signalen(marijke, Lijst.TEAM, TOEN) == set()
    Betrokkenheid.objects.update(tot=TOEN)
    assert signalen(sanne, moment=TOEN) == signalen(marijke, moment=TOEN) == set()


def test_een_kind_met_twee_huizen_waarvan_een_verborgen_gaat_naar_geen_team(
    haven: Team, sanne: Medewerker, marijke: Medewerker
) -> None:
    kind = jongere(haven, date(2008, 5, 5))
    schuilplaats = Huishouden.objects.create(afgeschermd=True, afgeschermd_reden="gevlucht")
    Verblijf.objects.create(persoon=kind, huishouden=schuilplaats, team=TeamFactory(), vanaf=date(2020, 1, 1))
    assert signalen(marijke, moment=TOEN) == signalen(marijke, Lijst.TEAM, TOEN) == set()


def test_een_afgeschermde_melding_staat_zonder_naam_bij_wie_verdeelt(
    haven: Team, marijke: Medewerker
) -> None:
    melding = maak_melding(haven, dagen=20, naam="Kanarie")
    scherm_af(melding)
    inbox = Inbox.van(Wie.van(marijke))
    [rij] = maak_rijen(inbox.rijen(Lijst.VAN_MIJ, 0, 9), Spoor(marijke, inbox.wie))
    assert (rij.onderwerp.naam, rij.onderwerp.adres) == (None, "")


# samen


@pytest.mark.parametrize(
    "zaad", [1, 3, *(pytest.param(zaad, marks=pytest.mark.vol) for zaad in range(10, 30))]
)
def test_wie_een_signaal_krijgt_mag_het_zien_en_de_mail_telt_hetzelfde(zaad: int) -> None:
    """In a random world; `signalen` compares the list with what the rights let through."""
    kies = Random(zaad)
    teams = [TeamFactory(), TeamFactory(), TeamFactory(soort=Teamsoort.EXPERTTEAM)]
    iedereen = [
        stel_aan(
            MedewerkerFactory(is_active=kies.random() < 0.9),
            kies.choice([Rol.WIJKWERKER, Rol.WIJKWERKER, Rol.COORDINATOR, Rol.EXPERT]),
            kies.choice(teams),
        )
        for _ in range(8)
    ]
    for _ in range(25):
        melding = maak_melding(kies.choice([*teams, None]), dagen=kies.randrange(0, 60))
        huishouden = melding.huishouden
        Verblijf.objects.create(
            persoon=melding.persoon, huishouden=huishouden, team=kies.choice([*teams, None]), vanaf=vandaag()
        )
        Persoon.objects.filter(pk=melding.persoon_id).update(geboortedatum=_bijna_achttien(kies))
        if kies.random() < 0.5:
            geef_iemand(melding, kies, teams)
        if kies.random() < 0.3:
            huishoudens.maak_contactpersoon(huishouden, kies.choice(iedereen), door=iedereen[0])
        if kies.random() < 0.3:
            huishoudens.betrek(huishouden, kies.choice(iedereen), door=iedereen[0])
        if kies.random() < 0.3:
            huishoudens.vraag_expertteam(huishouden, teams[2], reden="weet meer", door=iedereen[0])
        if kies.random() < 0.3:
            Huishouden.objects.filter(pk=huishouden.pk).update(afgeschermd=True, afgeschermd_reden="gevlucht")
        if kies.random() < 0.2:
            elders = Huishouden.objects.order_by("pk").first()
            Verblijf.objects.create(persoon=melding.persoon, huishouden=elders, vanaf=vandaag())
    Betrokkenheid.objects.update(vanaf=timezone.now() - timedelta(days=60))
    per_lezer = {lezer.pk: len(signalen(lezer)) for lezer in iedereen}
    for lezer in iedereen:
        signalen(lezer, Lijst.TEAM)
    kondig_dagoverzichten_aan(vandaag())
    gemaild = {
        int(bericht.aan.partition(":")[2]): bericht.gegevens["aantal"] for bericht in Bericht.objects.all()
    }
    assert gemaild == {lezer: aantal for lezer, aantal in per_lezer.items() if aantal}
    assert gemaild


def geef_iemand(melding: Melding, kies: Random, teams: list[Team]) -> None:
    """Somebody who works in one of these teams has it."""
    werkt = Aanstelling.objects.filter(team__in=teams, medewerker__is_active=True).order_by("pk")
    aanstelling = kies.choice(list(werkt))
    assert aanstelling.team
    geef(melding, aanstelling.medewerker, aanstelling.team)


def _bijna_achttien(kies: Random) -> date:
    return vandaag() - timedelta(days=int(365.25 * 18) - kies.randrange(5, 300))


def test_elke_soort_heeft_een_eigen_code_en_zegt_wat_men_kan_doen() -> None:
    assert len({soort.code for soort in SOORTEN}) == len(SOORTEN)
    assert all(soort.code.isidentifier() and soort.titel and soort.wat_nu for soort in SOORTEN)


def test_uitstel_en_opschorting_werken_meteen(haven: Team, sanne: Medewerker) -> None:
    melding = maak_melding(haven, dagen=40, tot="onderzoek_afgerond")
    geef(melding, sanne, haven)
    aanvraag = Aanvraag.objects.create(melding=melding, datum=vandaag() - timedelta(days=12), door=sanne)
    assert "termijn" in soorten(sanne)
    workflow.schort_op(aanvraag, grond=Opschortgrond.AANVULLING, van=vandaag(), reden="stukken", door=sanne)
    assert "termijn" not in soorten(sanne)
    workflow.hef_opschorting_op(aanvraag, tot=vandaag(), door=sanne)
    assert "termijn" in soorten(sanne)
    ver = vandaag() + timedelta(days=40)
    workflow.verdaag(aanvraag, op=vandaag(), tot=ver, wijze=Verzendwijze.POST, reden="druk", door=sanne)
    assert "termijn" not in soorten(sanne)


def test_een_gewijzigde_instelling_werkt_meteen(haven: Team, sanne: Medewerker) -> None:
    geef(maak_melding(haven, dagen=10), sanne, haven)
    assert signalen(sanne) == set()
    Instelling.objects.filter(sleutel="stilte_dagen").update(waarde=5)
    assert soorten(sanne) == {"stilte"}
