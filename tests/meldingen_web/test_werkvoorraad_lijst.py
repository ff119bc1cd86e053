"""Which work stands in which list, in which order, and that the counts say the same as the lists."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from households.models import Levensgebied
from meldingen.models import Categorie, Kanaal, Status
from meldingen.voorraad import Lijst, Niemand, Tijd, Volgorde
from teams.kalender import DAG, eerste_werkdag, is_werkdag
from teams.models import Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.werk import geef, lijst, maak_belofte, maak_melding, scherm_af, uren_oud

pytestmark = pytest.mark.django_db


def test_wat_van_mij_is_staat_in_van_mij_en_in_mijn_team(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, stad: Team
) -> None:
    mijn = geef(maak_melding(haven), wijkwerker, haven)
    van_team = maak_melding(haven)
    elders = geef(maak_melding(stad), collega, stad)
    assert lijst(wijkwerker, Lijst.VAN_MIJ) == [mijn]
    assert lijst(wijkwerker, Lijst.TEAM) == [mijn, van_team]
    assert lijst(wijkwerker, Lijst.ALLES) == [mijn, van_team]
    assert lijst(collega, Lijst.ALLES) == [elders]


def test_triage_is_wat_niemand_heeft_in_mijn_team_of_in_geen_team(
    wijkwerker: Medewerker, haven: Team, stad: Team
) -> None:
    geef(maak_melding(haven), wijkwerker, haven)
    maak_melding(stad)
    in_team, zonder_team = maak_melding(haven), maak_melding(None)
    assert lijst(wijkwerker, Lijst.TRIAGE) == [in_team, zonder_team]


@pytest.mark.parametrize("tot", ["voorveld", "toegekend", "niet_toegekend", "ingetrokken", "doorgezet"])
def test_wat_klaar_is_staat_nergens_meer(wijkwerker: Medewerker, haven: Team, tot: str) -> None:
    maak_melding(haven, dagen=10, tot=tot)
    assert not any(lijst(wijkwerker, pagina) for pagina in Lijst)


def test_een_ander_team_ziet_een_melding_pas_als_iemand_erbij_hoort(
    collega: Medewerker, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = geef(maak_melding(haven), wijkwerker, haven)
    assert lijst(collega, Lijst.ALLES) == []
    from households.workflow import betrek

    betrek(melding.huishouden, collega, door=wijkwerker)
    assert lijst(collega, Lijst.ALLES) == [melding]
    assert lijst(collega, Lijst.TEAM) == []


def test_wie_geen_rol_heeft_ziet_niets(haven: Team) -> None:
    maak_melding(haven)
    maak_belofte(haven)
    assert not any(lijst(MedewerkerFactory(), pagina) for pagina in Lijst)


def test_een_toetser_ziet_wat_te_toetsen_is(haven: Team) -> None:
    toetser = stel_aan(MedewerkerFactory(), Rol.TOETSER)
    maak_melding(haven, dagen=10, tot="onderzoek")
    te_toetsen = maak_melding(haven, dagen=10, tot="plan_akkoord")
    assert lijst(toetser, Lijst.ALLES) == [te_toetsen]
    assert lijst(toetser, Lijst.TEAM) == []


def test_een_afgeschermde_melding_staat_in_de_rij_van_het_team_en_nergens_anders(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team
) -> None:
    in_team, zonder_team = maak_melding(haven, afgeschermd=True), maak_melding(None, afgeschermd=True)
    assert lijst(wijkwerker, Lijst.TEAM) == [in_team]
    assert lijst(wijkwerker, Lijst.TRIAGE) == [in_team]
    assert lijst(wijkwerker, Lijst.ALLES) == [in_team]
    assert lijst(collega, Lijst.ALLES) == []
    scherm_af(zonder_team, collega)
    assert lijst(collega, Lijst.TRIAGE) == [zonder_team]


@pytest.mark.parametrize(
    "keuzes", [{"categorie": Categorie.JEUGD}, {"kanaal": Kanaal.PROFESSIONAL}, {"levensgebied": True}]
)
def test_wie_op_inhoud_kiest_leert_niets_over_een_afgeschermd_huishouden(
    wijkwerker: Medewerker, haven: Team, keuzes: dict[str, object]
) -> None:
    wonen = Levensgebied.objects.create(code="proef", naam="proef")
    kenmerken = {"categorie": Categorie.JEUGD, "kanaal": Kanaal.PROFESSIONAL, "levensgebieden": [wonen]}
    open_ = maak_melding(haven, **kenmerken)
    maak_melding(haven, afgeschermd=True, **kenmerken)
    maak_melding(haven)
    keuzes = {naam: wonen.pk if waarde is True else waarde for naam, waarde in keuzes.items()}
    assert lijst(wijkwerker, Lijst.TEAM, **keuzes) == [open_]


def test_spoed_staat_eerst_dan_de_eerste_termijn_dan_het_nummer(wijkwerker: Medewerker, haven: Team) -> None:
    nieuw = maak_melding(haven, dagen=1)
    oud = maak_melding(haven, dagen=30)
    even_oud = maak_melding(haven, dagen=30)
    jeugd = maak_melding(haven, dagen=35, categorie=Categorie.JEUGD)
    spoed_nieuw = maak_melding(haven, spoed=True)
    spoed_oud = uren_oud(maak_melding(haven, spoed=True), 3)
    volgorde = [spoed_oud, spoed_nieuw, oud, even_oud, jeugd, nieuw]
    assert lijst(wijkwerker, Lijst.TEAM) == volgorde


def test_spoed_die_iemand_heeft_houdt_de_gewone_termijn_en_staat_nog_steeds_eerst(
    wijkwerker: Medewerker, haven: Team
) -> None:
    oud = maak_melding(haven, dagen=80)
    opgepakt = geef(maak_melding(haven, spoed=True), wijkwerker, haven)
    wacht = maak_melding(haven, spoed=True)
    assert lijst(wijkwerker, Lijst.TEAM) == [wacht, opgepakt, oud]


def test_terugbelverzoeken_staan_er_tussen_op_hun_termijn(wijkwerker: Medewerker, haven: Team) -> None:
    laat = maak_melding(haven, dagen=60)
    straks = maak_melding(haven, dagen=41)
    belofte, te_laat = maak_belofte(haven, uren=20), maak_belofte(haven, uren=-1)
    spoed = maak_belofte(haven, uren=70, spoed=True)
    assert lijst(wijkwerker, Lijst.TEAM)[:3] == [spoed, laat, te_laat]
    assert set(lijst(wijkwerker, Lijst.TEAM)[3:]) == {straks, belofte}
    assert lijst(wijkwerker, Lijst.TERUGBELLEN) == [spoed, te_laat, belofte]


def test_van_mij_zijn_mijn_beloftes_en_die_bij_mijn_meldingen(
    wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    melding = geef(maak_melding(haven), wijkwerker, haven)
    mijn = maak_belofte(haven, medewerker=wijkwerker)
    bij_melding = maak_belofte(haven, uren=25, melding=melding)
    van_team, van_ander = maak_belofte(haven, uren=26), maak_belofte(haven, medewerker=coordinator, uren=27)
    assert lijst(wijkwerker, Lijst.VAN_MIJ) == [mijn, bij_melding, melding]
    assert lijst(wijkwerker, Lijst.TEAM) == [mijn, bij_melding, van_team, van_ander, melding]


def test_een_belofte_zonder_team_ziet_iedereen_die_terugbelt_en_die_van_een_ander_team_niet(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, stad: Team
) -> None:
    zonder, van_stad = maak_belofte(None), maak_belofte(stad, uren=25)
    assert lijst(wijkwerker, Lijst.TERUGBELLEN) == [zonder]
    assert lijst(collega, Lijst.TERUGBELLEN) == [zonder, van_stad]


def test_filter_op_fase(wijkwerker: Medewerker, haven: Team) -> None:
    maak_melding(haven, dagen=10)
    gesprek = maak_melding(haven, dagen=10, tot="gesprek")
    maak_belofte(haven)
    assert lijst(wijkwerker, Lijst.TEAM, fase=Status.GESPREK) == [gesprek]


def test_filter_op_categorie_kanaal_en_levensgebied(wijkwerker: Medewerker, haven: Team) -> None:
    wonen = Levensgebied.objects.create(code="proef", naam="proef")
    geld = Levensgebied.objects.create(code="proef2", naam="proef 2")
    jeugd = maak_melding(haven, categorie=Categorie.JEUGD, levensgebieden=[wonen, geld])
    balie = maak_melding(haven, kanaal=Kanaal.BALIE)
    maak_belofte(haven)
    assert lijst(wijkwerker, Lijst.TEAM, categorie=Categorie.JEUGD) == [jeugd]
    assert lijst(wijkwerker, Lijst.TEAM, categorie=Categorie.VOLWASSENEN) == [balie]
    assert lijst(wijkwerker, Lijst.TEAM, kanaal=Kanaal.BALIE) == [balie]
    assert lijst(wijkwerker, Lijst.TEAM, levensgebied=wonen.pk) == [jeugd]
    assert lijst(wijkwerker, Lijst.TEAM, levensgebied=wonen.pk, kanaal=Kanaal.BALIE) == []


def test_filter_op_team_en_behandelaar(wijkwerker: Medewerker, haven: Team, stad: Team) -> None:
    stel_aan(wijkwerker, Rol.WIJKWERKER, stad)
    mijn, niemands = geef(maak_melding(haven), wijkwerker, haven), maak_melding(stad)
    mijn_belofte, teams_belofte = maak_belofte(haven, medewerker=wijkwerker), maak_belofte(stad)
    assert lijst(wijkwerker, Lijst.TEAM, team=haven.pk) == [mijn_belofte, mijn]
    assert lijst(wijkwerker, Lijst.TEAM, team=stad.pk) == [teams_belofte, niemands]
    assert lijst(wijkwerker, Lijst.TEAM, behandelaar=wijkwerker.pk) == [mijn_belofte, mijn]
    assert lijst(wijkwerker, Lijst.TEAM, behandelaar=Niemand.NIEMAND) == [teams_belofte, niemands]


def test_filter_op_termijn(wijkwerker: Medewerker, haven: Team) -> None:
    nu = timezone.localtime().replace(hour=12, minute=0)
    woensdagen = (nu + timedelta(days=(2 - nu.weekday()) % 7 + 7 * week) for week in range(6))
    woensdag = next(dag for dag in woensdagen if all(is_werkdag(dag.date() + n * DAG) for n in (-1, 0, 2, 5)))

    def melding(rest: int) -> object:
        """A melding whose six weeks end so many days after Wednesday."""
        return maak_melding(haven, dagen=42 - rest - (woensdag - nu).days)

    gisteren, woensdag_zelf, vrijdag, zaterdag, maandag = map(melding, (-1, 0, 2, 3, 5))
    alles = lijst(wijkwerker, Lijst.TEAM, woensdag)
    assert alles == [gisteren, woensdag_zelf, vrijdag, zaterdag, maandag]
    assert lijst(wijkwerker, Lijst.TEAM, woensdag, termijn=Tijd.TE_LAAT) == [gisteren]
    assert lijst(wijkwerker, Lijst.TEAM, woensdag, termijn=Tijd.DEZE_WEEK) == [woensdag_zelf, vrijdag]


def test_een_termijn_loopt_tot_middernacht_in_nederland(wijkwerker: Medewerker, haven: Team) -> None:
    laatste = eerste_werkdag(timezone.localdate())
    melding = maak_melding(haven, dagen=42 - (laatste - timezone.localdate()).days)
    einde = timezone.make_aware(datetime.combine(laatste + DAG, time.min))
    net_niet, net_wel = einde - timedelta(seconds=1), einde
    assert lijst(wijkwerker, Lijst.TEAM, net_niet, termijn=Tijd.TE_LAAT) == []
    assert lijst(wijkwerker, Lijst.TEAM, net_wel, termijn=Tijd.TE_LAAT) == [melding]


def test_sorteren_houdt_spoed_eerst(wijkwerker: Medewerker, haven: Team, stad: Team) -> None:
    stel_aan(wijkwerker, Rol.WIJKWERKER, stad)
    eerste = maak_melding(haven, dagen=3, tot="gesprek")
    tweede = geef(maak_melding(stad, dagen=9), wijkwerker, stad)
    spoed = maak_melding(haven, spoed=True)
    belofte = maak_belofte(haven, uren=200)

    def gesorteerd(volgorde: Volgorde, *, aflopend: bool = False) -> list[object]:
        return lijst(wijkwerker, Lijst.TEAM, volgorde=volgorde, aflopend=aflopend)

    assert gesorteerd(Volgorde.LEEFTIJD) == [spoed, tweede, eerste, belofte]
    assert gesorteerd(Volgorde.LEEFTIJD, aflopend=True) == [spoed, belofte, eerste, tweede]
    assert gesorteerd(Volgorde.TEAM) == [spoed, belofte, eerste, tweede]
    assert gesorteerd(Volgorde.TEAM, aflopend=True) == [spoed, tweede, belofte, eerste]
    assert gesorteerd(Volgorde.FASE) == [spoed, tweede, eerste, belofte]
    assert gesorteerd(Volgorde.BEHANDELAAR)[:2] == [spoed, tweede]
    assert [rij for rij in gesorteerd(Volgorde.NUMMER, aflopend=True) if rij != belofte] == [
        spoed,
        tweede,
        eerste,
    ]


def test_bladzijden_sluiten_op_elkaar_aan(wijkwerker: Medewerker, haven: Team) -> None:
    from meldingen.voorraad import Voorraad, Vraag
    from teams.gronden import Wie

    for _ in range(5):
        maak_melding(haven)
        maak_belofte(haven)
    voorraad, vraag = Voorraad(Wie.van(wijkwerker)), Vraag(Lijst.TEAM)
    los = [sleutel for begin in range(10) for sleutel in voorraad.rijen(vraag, begin, begin + 1)]
    assert los == voorraad.rijen(vraag, 0, 100)
    assert len(los) == 10
