"""What a resident gets who asks who looked at them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow
from households.models import Huishouden, Persoon, Verblijf
from households.uittreksel import WAAROM, WAT, wie_keek_er
from teams.models import Grond, Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, PersoonFactory, stel_aan
from tests.households.conftest import Regel, browser

pytestmark = pytest.mark.django_db

HUISHOUDEN, MELDING = "households.Huishouden", "meldingen.Melding"


def moment(dag: int, uur: int = 12, minuut: int = 0) -> datetime:
    """A moment in March 2026, on the clock of the wall."""
    return datetime(2026, 3, dag, uur, minuut, tzinfo=timezone.get_default_timezone())


def tekst(antwoord) -> str:
    kaal = re.sub(r"<[^>]*>", " ", antwoord.content.decode())
    return " ".join(unescape(kaal).split())


def gezien(persoon: Persoon) -> list[tuple[date, list[tuple[str, str, int]]]]:
    """Per day who did what, how often."""
    return [
        (dag.dag, [(blik.wie, blik.wat, blik.keer) for blik in dag.blikken])
        for dag in wie_keek_er(persoon, Inzage.objects.all())
    ]


SANNE = "Sanne de Wit, wijkwerker, Wijkteam Haven"
YOUSSEF = "Youssef El Amrani, wijkwerker, Wijkteam Stad"


def test_per_dag_de_laatste_eerst_en_wat_gelijk_is_een_keer(
    inwoner: Persoon, wijkwerker: Medewerker, collega: Medewerker, regel: Regel
) -> None:
    for minuut in (30, 10, 20):
        regel(wijkwerker, moment(10, 9, minuut), persoon=inwoner.pk)
    regel(collega, moment(10, 9, 15), persoon=inwoner.pk, grond=Grond.BEKEND, handeling=Handeling.GEVONDEN)
    regel(wijkwerker, moment(10, 9, 40), persoon=inwoner.pk, onderwerp=MELDING)
    regel(wijkwerker, moment(11, 8), persoon=inwoner.pk)
    assert gezien(inwoner) == [
        (date(2026, 3, 11), [(SANNE, "bekeek uw gegevens", 1)]),
        (
            date(2026, 3, 10),
            [
                (SANNE, "bekeek uw gegevens", 3),
                (YOUSSEF, "vond uw gegevens bij het zoeken", 1),
                (SANNE, "bekeek uw melding", 1),
            ],
        ),
    ]


def test_een_dag_is_die_van_de_klok_hier_en_niet_van_greenwich(
    inwoner: Persoon, wijkwerker: Medewerker, regel: Regel
) -> None:
    regel(wijkwerker, moment(10, 0, 30), persoon=inwoner.pk)
    regel(wijkwerker, moment(9, 23, 59), persoon=inwoner.pk)
    assert [dag for dag, _ in gezien(inwoner)] == [date(2026, 3, 10), date(2026, 3, 9)]


def test_het_dossier_van_het_huishouden_telt_alleen_zolang_men_er_woonde(
    inwoner: Persoon, huishouden: Huishouden, wijkwerker: Medewerker, regel: Regel
) -> None:
    Verblijf.objects.create(
        persoon=inwoner, huishouden=(ander := Huishouden.objects.create()), vanaf=date(2026, 3, 20)
    )
    eerste = Verblijf.objects.get(huishouden=huishouden)
    Verblijf.objects.filter(pk=eerste.pk).update(vervallen_op=timezone.now())
    Verblijf.objects.create(
        persoon=inwoner, huishouden=huishouden, vanaf=date(2026, 3, 5), tot=date(2026, 3, 20)
    )
    for wanneer in (moment(4, 23, 59), moment(5, 0), moment(19, 23, 59), moment(20, 0)):
        regel(wijkwerker, wanneer, onderwerp=HUISHOUDEN, huishouden=huishouden.pk)
    for wanneer in (moment(19, 12), moment(21)):
        regel(wijkwerker, wanneer, onderwerp=HUISHOUDEN, huishouden=ander.pk)
    blik = [(SANNE, "bekeek het dossier van uw huishouden", 1)]
    assert gezien(inwoner) == [(date(2026, 3, dag), blik) for dag in (21, 19, 5)]


def test_wat_over_een_huisgenoot_gaat_is_niet_voor_deze_inwoner(
    inwoner: Persoon, huishouden: Huishouden, wijkwerker: Medewerker, regel: Regel
) -> None:
    huisgenoot = PersoonFactory()
    workflow.neem_op(huisgenoot, huishouden, vanaf=date(2015, 1, 1), door=wijkwerker)
    regel(wijkwerker, moment(1), onderwerp=MELDING, persoon=huisgenoot.pk, huishouden=huishouden.pk)
    assert gezien(inwoner) == []
    assert len(gezien(huisgenoot)) == 1


def test_weigeringen_staan_er_niet_in(inwoner: Persoon, wijkwerker: Medewerker, regel: Regel) -> None:
    regel(wijkwerker, moment(1), persoon=inwoner.pk, toegestaan=False)
    assert gezien(inwoner) == []


def test_wie_twee_keer_geregistreerd_stond_krijgt_alles(
    inwoner: Persoon, wijkwerker: Medewerker, regel: Regel, toezicht: Client
) -> None:
    dubbel = PersoonFactory(achternaam="Janssen")
    regel(wijkwerker, moment(1), persoon=dubbel.pk)
    workflow.stel_gelijk(dubbel, inwoner, reden="zelfde telefoon", door=wijkwerker)
    assert len(gezien(inwoner)) == 1
    assert toezicht.get(f"/logboek/inwoner/{dubbel.pk}")["Location"] == f"/logboek/inwoner/{inwoner.pk}"


def test_voor_elke_handeling_en_elke_grond_zijn_er_gewone_woorden() -> None:
    assert set(WAT) == set(Handeling)
    assert set(WAAROM) == set(Grond)


def test_een_systeem_en_wie_weg_is_krijgen_ook_een_naam(
    inwoner: Persoon, buitenstaander: Medewerker, regel: Regel
) -> None:
    regel(None, moment(1), persoon=inwoner.pk)
    regel(buitenstaander, moment(2), persoon=inwoner.pk)
    assert [blikken[0][0] for _, blikken in gezien(inwoner)] == ["buitenstaander", "een computersysteem"]


def test_de_pagina_is_in_gewone_woorden_en_zonder_wat_iemand_typte(
    inwoner: Persoon, collega: Medewerker, regel: Regel, toezicht: Client
) -> None:
    regel(
        collega,
        moment(10, 9, 5),
        persoon=inwoner.pk,
        grond=Grond.NOODTOEGANG,
        reden="buurvrouw Pietersen belde",
    )
    gelezen = tekst(toezicht.get(f"/logboek/inwoner/{inwoner.pk}"))
    assert "Wie keek er in uw gegevens?" in gelezen
    assert "Jo Jansen, geboren op 1 mei 1943" in gelezen
    assert "Dinsdag 10 maart 2026 09:05 Youssef El Amrani" in gelezen
    assert "had met spoed toegang nodig" in gelezen
    assert "Pietersen" not in gelezen


def test_bekijken_en_afdrukken_staan_zelf_in_het_logboek_en_op_het_uittreksel(
    inwoner: Persoon, toezicht: Client, fg: Medewerker
) -> None:
    toezicht.get(f"/logboek/inwoner/{inwoner.pk}")
    afdruk = toezicht.get(f"/logboek/inwoner/{inwoner.pk}?afdruk")
    rijen = Inzage.objects.order_by("pk")
    assert [rij.handeling for rij in rijen] == [Handeling.GEOPEND, Handeling.AFGEDRUKT]
    assert {(rij.medewerker, rij.persoon) for rij in rijen} == {(fg, inwoner.pk)}
    assert "Els van Dam, privacyfunctionaris (FG) Drukte uw gegevens af" in tekst(afdruk)
    assert "Druk deze pagina nu af" in tekst(afdruk)


def test_een_afgeschermde_inwoner_krijgt_ook_een_uittreksel(
    inwoner: Persoon, huishouden: Huishouden, wijkwerker: Medewerker, toezicht: Client
) -> None:
    workflow.scherm_af(huishouden, reden="veiligheid", door=wijkwerker)
    antwoord = toezicht.post("/logboek/inwoner", {"tekst": "Jansen"})
    assert [kandidaat.persoon for kandidaat in antwoord.context["gevonden"]] == [inwoner]
    assert "1316" not in tekst(antwoord)
    assert toezicht.get(f"/logboek/inwoner/{inwoner.pk}").status_code == 200


@pytest.mark.parametrize("rol", [Rol.WIJKWERKER, Rol.BEHEER, Rol.ANALIST, Rol.KCC])
def test_een_ander_dan_de_fg_maakt_geen_uittreksel(rol: Rol, inwoner: Persoon, haven: Team) -> None:
    client = browser(stel_aan(MedewerkerFactory(), rol, haven if rol == Rol.WIJKWERKER else None))
    bestaat, onbekend = (client.get(f"/logboek/inwoner/{pk}") for pk in (inwoner.pk, 10**9))
    assert bestaat.status_code == onbekend.status_code == 403
    assert "Jansen" not in tekst(bestaat)


def test_een_onbekende_inwoner_is_er_niet_en_dat_staat_in_het_logboek(toezicht: Client) -> None:
    assert toezicht.get("/logboek/inwoner/999999").status_code == 404
    rij = Inzage.objects.get()
    assert (rij.sleutel, rij.toegestaan) == (999999, False)


def test_zoeken_op_inwoner_legt_elke_treffer_vast_en_zet_niets_in_het_adres(
    toezicht: Client, inwoner: Persoon
) -> None:
    PersoonFactory(achternaam="Jansen", voornamen="Piet")
    antwoord = toezicht.post("/logboek/inwoner", {"tekst": "jansen"})
    assert "Jo Jansen" in tekst(antwoord)
    assert "01-05-1943" in tekst(antwoord)
    rijen = Inzage.objects.filter(handeling=Handeling.GEVONDEN)
    assert rijen.count() == len(antwoord.context["gevonden"]) == 2
    leeg = toezicht.post("/logboek/inwoner", {"tekst": " "})
    assert leeg.status_code == 400
    assert "Vul in wie u zoekt." in tekst(leeg)
    assert "Er is niemand gevonden" in tekst(toezicht.post("/logboek/inwoner", {"tekst": "Qwertzuiop"}))
    assert toezicht.get("/logboek/inwoner?tekst=jansen").context["gevonden"] == []


def test_duizend_blikken_kosten_niet_meer_vragen_dan_een(
    inwoner: Persoon,
    huishouden: Huishouden,
    wijkwerker: Medewerker,
    regel: Regel,
    toezicht: Client,
    django_assert_num_queries,
) -> None:
    # sessie, medewerker, rollen; savepoint heen en terug; de inwoner en de regel van dit verzoek; dubbelen,
    # verblijven, blikken, medewerkers, teams; de noodtoegangen die nog wachten
    regel(wijkwerker, moment(1), persoon=inwoner.pk)
    with django_assert_num_queries(13):
        toezicht.get(f"/logboek/inwoner/{inwoner.pk}")
    for nummer in range(60):
        regel(wijkwerker, moment(1) + timedelta(hours=nummer), persoon=inwoner.pk, onderwerp=MELDING)
        regel(wijkwerker, moment(2), onderwerp=HUISHOUDEN, huishouden=huishouden.pk)
    with django_assert_num_queries(13):
        toezicht.get(f"/logboek/inwoner/{inwoner.pk}")
