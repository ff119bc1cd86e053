"""A list shows the same day of the law as the page: counted by the database for many, by the rule itself for one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen import workflow
from meldingen.models import Categorie, Melding
from meldingen.termijnen import EERSTE_JAAR, Werkdag, _kalender, bijzondere_dagen, wettermijn
from meldingen.verloop import termijnen_van
from meldingen.voorraad import Lijst, Voorraad, Vraag
from meldingen.wettermijnen import te_halen
from teams.gronden import Wie
from teams.kalender import eerste_werkdag
from teams.models import Bericht, Medewerker, Team
from tests.factories import MeldingFactory
from tests.meldingen_web.hulp import berichten, doe, fouten
from tests.meldingen_web.werk import maak_melding, vandaag
from voorzieningen.models import Aanvraag, Opschortgrond, Opschorting, Verdaging, Verzendwijze

pytestmark = pytest.mark.django_db


def in_lijst() -> dict[int, date | None]:
    """Of every open melding the day that a list shows."""
    rijen = Melding.objects.open().met_stand().annotate(dag=wettermijn(bijzondere_dagen()))
    return dict(rijen.values_list("pk", "dag"))


def op_pagina(melding: Melding) -> date | None:
    """The day that its page shows."""
    termijn = te_halen(termijnen_van(melding))
    return termijn.uiterlijk if termijn else None


def test_de_database_kent_elke_werkdag_zoals_de_kalender_haar_kent() -> None:
    dit_jaar = timezone.localdate().year
    sql = Werkdag.template % {"expressions": "d", "kalender": _kalender(dit_jaar)}
    vraag = f"SELECT d::date, {sql} FROM generate_series(%s::date, %s::date, '1 day') d"
    with connection.cursor() as cursor:
        cursor.execute(vraag, [date(EERSTE_JAAR, 1, 1), date(dit_jaar + 2, 12, 24)])
        dagen = cursor.fetchall()
    assert len(dagen) > 365 * (dit_jaar + 2 - EERSTE_JAAR)
    assert [(dag, naar) for dag, naar in dagen if eerste_werkdag(dag) != naar] == []


def test_de_lijst_toont_dezelfde_dag_als_de_pagina(wijkwerker: Medewerker, haven: Team) -> None:
    toeval = Random(4)
    nu = vandaag()
    for nummer in range(60):
        begin = nu - timedelta(days=toeval.randrange(10, 400))
        tot = toeval.choice(["ontvangen", "gesprek", "onderzoek", "onderzoek_afgerond"])
        soort = toeval.choice([Categorie.JEUGD, Categorie.VOLWASSENEN, None])
        melding = MeldingFactory(team=haven, op=begin, tot=tot, categorie=soort)
        if nummer % 3 == 0:
            continue
        op = nu - timedelta(days=toeval.randrange(1, 10))
        aanvraag = Aanvraag.objects.create(melding=melding, datum=op, door=wijkwerker)
        if nummer % 3 == 1:
            continue
        if toeval.random() < 0.7:
            tot = toeval.choice([None, op, nu])
            Opschorting.objects.create(
                aanvraag=aanvraag,
                grond=Opschortgrond.AANVULLING,
                van=op,
                tot=tot,
                opgeheven_op=tot and timezone.now(),
                opgeheven_door=wijkwerker if tot else None,
                reden="er ontbreekt iets",
                door=wijkwerker,
            )
        if toeval.random() < 0.7:
            Verdaging.objects.create(
                aanvraag=aanvraag,
                op=op,
                tot=nu + timedelta(days=toeval.randrange(1, 60)),
                wijze=Verzendwijze.POST,
                reden="er is meer tijd nodig",
                door=wijkwerker,
            )
    verwacht = {melding.pk: op_pagina(melding) for melding in Melding.objects.open()}
    assert in_lijst() == verwacht
    assert len({dag for dag in verwacht.values() if dag}) > 20


def test_de_lijst_sorteert_op_de_werkdag_en_een_opgeschort_besluit_staat_achteraan(
    wijkwerker: Medewerker, haven: Team
) -> None:
    stil = maak_melding(haven, dagen=60, tot="onderzoek_afgerond")
    aanvraag = Aanvraag.objects.create(melding=stil, datum=vandaag(), door=wijkwerker)
    workflow.schort_op(aanvraag, grond=Opschortgrond.OVERMACHT, van=vandaag(), reden="brand", door=wijkwerker)
    later, eerder = maak_melding(haven, dagen=1), maak_melding(haven, dagen=30)
    rijen = Voorraad(Wie.van(wijkwerker)).rijen(Vraag(Lijst.TEAM), 0, 10)
    assert [rij.pk for rij in rijen] == [eerder.pk, later.pk, stil.pk]
    dag = timezone.localdate(rijen[0].termijn - timedelta(seconds=1)) if rijen[0].termijn else None
    assert dag == eerste_werkdag(vandaag() + timedelta(days=12))
    assert rijen[2].termijn is None


def test_het_aantal_vragen_hangt_niet_af_van_hoeveel_er_is_uitgesteld(
    wijkwerker: Medewerker, haven: Team
) -> None:
    def uitgesteld() -> None:
        melding = maak_melding(haven, dagen=30, tot="onderzoek_afgerond")
        aanvraag = Aanvraag.objects.create(melding=melding, datum=vandaag(), door=wijkwerker)
        workflow.verdaag(
            aanvraag,
            op=vandaag(),
            tot=vandaag() + timedelta(days=40),
            wijze=Verzendwijze.POST,
            reden="wacht op advies",
            door=wijkwerker,
        )

    uitgesteld()
    with CaptureQueriesContext(connection) as een:
        in_lijst()
    for _ in range(5):
        uitgesteld()
    with CaptureQueriesContext(connection) as meer:
        in_lijst()
    assert len(een) == len(meer)


# uitstel


@pytest.fixture
def aangevraagd(wijkwerker: Medewerker, melding: Melding) -> Melding:
    """With an aanvraag of today, whose besluit has two weeks."""
    for verb in ("start_gesprek", "start_onderzoek", "rond_onderzoek_af"):
        melding = getattr(workflow, verb)(melding, op=vandaag(), door=wijkwerker)
    workflow.dien_aanvraag_in(melding, op=vandaag(), door=wijkwerker)
    return melding


def dag(verder: int = 0) -> str:
    return f"{vandaag() + timedelta(days=verder):%d-%m-%Y}"


def uitstel(**velden: object) -> dict[str, object]:
    return {"op": dag(), "tot": dag(60), "wijze": 1, "reden": "wacht op advies"} | velden


def test_een_besluit_wordt_uitgesteld_met_een_reden_en_de_pagina_en_de_tijdlijn_zeggen_het(
    bezoek: Client, aangevraagd: Melding
) -> None:
    antwoord = doe(bezoek, aangevraagd, "verdaging", **uitstel())
    assert f"uiterlijk op {dag(60)}" in berichten(antwoord)[-1]
    termijn = te_halen(termijnen_van(aangevraagd))
    assert termijn
    assert termijn.uiterlijk == vandaag() + timedelta(days=60)
    assert "schriftelijk uitgesteld (Awb art. 4:14)" in termijn.waarom
    assert in_lijst()[aangevraagd.pk] == termijn.uiterlijk
    html = bezoek.get(f"/huishoudens/{aangevraagd.huishouden_id}").content.decode()
    assert f"Besluit uitgesteld tot en met {dag(60)}" in html
    assert not Bericht.objects.filter(soort="verdaging").exists()


def test_per_e_mail_krijgt_de_inwoner_het_bericht_van_eenplan_zonder_de_reden(
    bezoek: Client, aangevraagd: Melding
) -> None:
    doe(bezoek, aangevraagd, "verdaging", **uitstel(wijze=2))
    bericht = Bericht.objects.get(soort="verdaging")
    assert bericht.aan == "jo@voorbeeld.nl"
    assert set(bericht.gegevens) == {"nummer", "tot"}


def test_alleen_een_brief_kan_van_een_eerdere_dag_zijn_want_de_mail_gaat_nu_uit(
    bezoek: Client, aangevraagd: Melding
) -> None:
    Aanvraag.objects.filter(melding=aangevraagd).update(datum=vandaag() - timedelta(days=5))
    geweigerd = doe(bezoek, aangevraagd, "verdaging", **uitstel(op=dag(-3), wijze=2))
    assert f"De e-mail gaat vandaag uit, {dag()}" in str(fouten(geweigerd))
    assert not Verdaging.objects.exists()
    assert not Bericht.objects.filter(soort="verdaging").exists()
    doe(bezoek, aangevraagd, "verdaging", **uitstel(op=dag(-3), wijze=1))
    assert Verdaging.objects.get().op == vandaag() - timedelta(days=3)


@pytest.mark.parametrize(
    ("velden", "status", "waarom"),
    [
        ({"tot": dag(3)}, 409, "kies een latere dag"),
        ({"op": dag(-1)}, 409, "een dag tussen"),
        ({"op": dag(1)}, 409, "een dag tussen"),
        ({"tot": dag(0)}, 200, "een dag die nog komt"),
        ({"reden": " "}, 200, "reden"),
        ({"wijze": 9}, 200, "geldige"),
        ({"tot": "31-02-2027"}, 200, "datum"),
    ],
)
def test_een_uitstel_dat_niet_kan_wordt_geweigerd(
    bezoek: Client, aangevraagd: Melding, velden: dict[str, object], status: int, waarom: str
) -> None:
    antwoord = doe(bezoek, aangevraagd, "verdaging", **uitstel(**velden))
    assert antwoord.status_code == status
    assert waarom in str(fouten(antwoord))
    assert not Verdaging.objects.exists()


def test_na_de_termijn_kan_er_niet_meer_worden_uitgesteld(
    bezoek: Client, aangevraagd: Melding, wijkwerker: Medewerker
) -> None:
    Aanvraag.objects.filter(melding=aangevraagd).update(datum=vandaag() - timedelta(days=30))
    antwoord = doe(bezoek, aangevraagd, "verdaging", **uitstel())
    assert "daarna kan er niet meer worden uitgesteld" in str(fouten(antwoord))


def test_zonder_aanvraag_of_tijdens_een_opschorting_is_er_niets_uit_te_stellen(
    bezoek: Client, melding: Melding, wijkwerker: Medewerker
) -> None:
    assert "Leg eerst de aanvraag vast" in str(fouten(doe(bezoek, melding, "verdaging", **uitstel())))


def test_tijdens_een_opschorting_staat_de_termijn_stil(
    bezoek: Client, aangevraagd: Melding, wijkwerker: Medewerker
) -> None:
    aanvraag = workflow.aanvraag_van(aangevraagd)
    workflow.schort_op(
        aanvraag, grond=Opschortgrond.AANVULLING, van=vandaag(), reden="stuk mist", door=wijkwerker
    )
    assert "staat stil" in str(fouten(doe(bezoek, aangevraagd, "verdaging", **uitstel())))


def test_twee_keer_hetzelfde_uitstel_wordt_een_keer_vastgelegd(
    bezoek: Client, aangevraagd: Melding, wijkwerker: Medewerker
) -> None:
    doe(bezoek, aangevraagd, "verdaging", **uitstel())
    assert "kies een latere dag" in str(fouten(doe(bezoek, aangevraagd, "verdaging", **uitstel())))
    assert Verdaging.objects.count() == 1
