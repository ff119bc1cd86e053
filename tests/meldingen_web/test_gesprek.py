"""A gesprek: planned with a duo, moved, cancelled, in a calendar, held; and who may read along how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar

from households.models import Betrokkenheid, Huishouden
from households.workflow import neem_op
from meldingen import workflow
from meldingen.agenda import maak_ics
from meldingen.models import Gesprek, Hoedanigheid, Melding, Plaatssoort
from teams.access import Actie, mag
from teams.berichten import _effecten
from teams.gronden import Wie
from teams.models import Handeling, Inzage, Medewerker, Team
from teams.post import Bericht
from tests.factories import MeldingFactory, PersoonFactory
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import berichten, doe, fouten, van_nu

pytestmark = pytest.mark.django_db

NEDERLAND = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def lid(melding: Melding, wijkwerker: Medewerker) -> Any:
    lid = PersoonFactory(achternaam="Inwonend")
    neem_op(lid, melding.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker)
    return lid


@pytest.fixture
def elders(collega: Medewerker) -> Client:
    client = Client()
    client.force_login(collega)
    return client


def plan(melding: Melding, door: Medewerker, *, dagen: int = 3, **wat: Any) -> Gesprek:
    op = wat.pop("op", timezone.now() + timedelta(days=dagen))
    return workflow.plan_gesprek(melding, op=op, plaats="", deelnemers=[door], door=door, **wat)


def geweest(gesprek: Gesprek) -> Gesprek:
    """As if its moment has come."""
    Gesprek.objects.filter(pk=gesprek.pk).update(gepland_op=timezone.now() - timedelta(minutes=5))
    gesprek.refresh_from_db()
    return gesprek


def lees(antwoord: Any) -> tuple[Any, Any]:
    agenda = Calendar.from_ical(antwoord.content)
    return agenda, agenda.walk("VEVENT")[0]


def test_een_duo_van_een_ander_team_leest_mee_zolang_de_melding_loopt(
    bezoek: Client, elders: Client, wijkwerker: Medewerker, collega: Medewerker, melding: Melding, lid: Any
) -> None:
    assert elders.get(f"/meldingen/{melding.pk}").status_code == 404
    antwoord = doe(
        bezoek,
        melding,
        "gesprekken",
        dag=f"{timezone.localdate() + timedelta(days=2):%d-%m-%Y}",
        tijd="10:30",
        plaatssoort=Plaatssoort.ELDERS.value,
        plaats="het buurthuis",
        deelnemers=[wijkwerker.pk],
        duo=collega.pk,
        leden=[lid.pk],
        ondersteuner="Mevrouw Steun",
        mantelzorger="Kim",
    )
    assert berichten(antwoord)[-1] == "Het gesprek is gepland."
    gesprek = Gesprek.objects.get()
    assert set(gesprek.deelnemers.all()) == {wijkwerker, collega}
    assert gesprek.waar == "ergens anders: het buurthuis"
    assert {(rij.hoedanigheid, rij.persoon, rij.naam) for rij in gesprek.genoten.all()} == {
        (Hoedanigheid.LID, lid, ""),
        (Hoedanigheid.ONDERSTEUNER, None, "Mevrouw Steun"),
        (Hoedanigheid.MANTELZORGER, None, "Kim"),
    }
    assert elders.get(f"/meldingen/{melding.pk}").status_code == 200
    for client in (bezoek, elders):
        html = client.get("/werkvoorraad").content.decode()
        assert "Uw gesprekken" in html
        assert melding.nummer in html
    workflow.rond_af_in_voorveld(melding, op=timezone.localdate(), reden="advies was genoeg", door=wijkwerker)
    assert elders.get(f"/meldingen/{melding.pk}").status_code == 404
    assert "Uw gesprekken" not in elders.get("/werkvoorraad").content.decode()


def test_na_afzeggen_leest_de_tweede_niet_meer_mee_tenzij_zij_nog_naar_een_ander_gesprek_gaat(
    wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    def leest() -> bool:
        return Betrokkenheid.objects.filter(medewerker=collega, tot=None).exists()

    een, twee = (plan(melding, wijkwerker, duo=collega) for _ in range(2))
    workflow.zeg_gesprek_af(een, reden="ziek", door=wijkwerker)
    assert leest()
    workflow.zeg_gesprek_af(twee, reden="weer ziek", door=wijkwerker)
    assert not leest()


def leest(medewerker: Medewerker, huishouden: Huishouden | None) -> bool:
    return mag(Wie.van(medewerker), Actie.LEZEN, huishouden)


def test_wie_voor_een_gesprek_meeleest_gaat_niet_mee_naar_een_huishouden_dat_samengaat_of_splitst(
    wijkwerker: Medewerker, buur: Medewerker, collega: Medewerker, melding: Melding, lid: Any
) -> None:
    huishouden, vandaag = melding.huishouden, timezone.localdate()
    assert huishouden
    plan(melding, wijkwerker, duo=collega)
    workflow.wijs_toe(melding, team=melding.team, medewerker=buur, door=wijkwerker)
    splitsing = workflow.splits(huishouden, [lid], op=vandaag, door=wijkwerker)
    assert not leest(collega, splitsing.ander)
    assert Betrokkenheid.objects.filter(huishouden=splitsing.ander, medewerker=buur, tot=None).exists()
    ander = meld("Anders", door=wijkwerker, telefoon="0687654321").huishouden
    assert ander
    workflow.voeg_samen(ander, huishouden, op=vandaag, door=wijkwerker)
    assert leest(collega, ander)
    workflow.rond_af_in_voorveld(melding, op=vandaag, reden="advies was genoeg", door=wijkwerker)
    assert not leest(collega, ander)
    assert not leest(collega, huishouden)


def test_blijkt_de_melding_van_een_ander_dan_leest_het_duo_daar_mee_en_niet_meer_bij_de_eerste(
    wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    verkeerd = melding.huishouden
    afgezegd = plan(melding, wijkwerker, duo=collega)
    workflow.zeg_gesprek_af(afgezegd, reden="ziek", door=wijkwerker)
    ander = meld("Anders", door=wijkwerker, telefoon="0687654321")
    naar = {
        "persoon": ander.persoon,
        "huishouden": ander.huishouden,
        "reden": "verkeerde",
        "door": wijkwerker,
    }
    workflow.koppel(melding, **naar)
    assert not leest(collega, ander.huishouden)
    workflow.zet_koppeling_terug(melding, reden="toch niet", door=wijkwerker)
    plan(melding, wijkwerker, duo=collega)
    workflow.koppel(melding, **naar)
    assert not leest(collega, verkeerd)
    assert leest(collega, ander.huishouden)
    assert mag(Wie.van(collega), Actie.LEZEN, Melding.objects.get(pk=melding.pk))
    workflow.zet_koppeling_terug(melding, reden="toch niet", door=wijkwerker)
    assert leest(collega, verkeerd)
    assert not leest(collega, ander.huishouden)
    workflow.koppel(melding, persoon=None, huishouden=None, reden="onbekend", door=wijkwerker)
    assert not leest(collega, verkeerd)


@pytest.mark.parametrize("hoe", ["een andere melding", "met de hand", "met de hand, en daarna weer mee"])
def test_een_duo_dat_intussen_zelf_met_het_huishouden_werkt_blijft_dat_doen(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker, stad: Team, melding: Melding, hoe: str
) -> None:
    huishouden = melding.huishouden
    assert huishouden
    plan(melding, wijkwerker, duo=collega)
    if hoe == "een andere melding":
        tweede = MeldingFactory(
            team=stad, persoon=melding.persoon, huishouden=huishouden, op=timezone.localdate()
        )
        workflow.wijs_toe(tweede, team=stad, medewerker=collega, door=wijkwerker)
    else:
        bezoek.post(f"/huishoudens/{huishouden.pk}/betrokkenen", {"medewerker": collega.pk})
    if hoe.endswith("weer mee"):
        plan(melding, wijkwerker, duo=collega)
    workflow.rond_af_in_voorveld(melding, op=timezone.localdate(), reden="advies was genoeg", door=wijkwerker)
    assert leest(collega, huishouden)
    assert Betrokkenheid.objects.filter(medewerker=collega, tot=None).exists()


def test_wie_al_als_duo_meelas_en_een_tweede_melding_behandelt_verliest_het_dossier_niet(
    wijkwerker: Medewerker, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    """The same for what was written before the row was set apart from the gesprek."""
    gesprek = plan(melding, wijkwerker, duo=collega)
    rijen = list(gesprek.betrokkenheden.filter(medewerker=collega))
    tweede = MeldingFactory(
        team=stad, persoon=melding.persoon, huishouden=melding.huishouden, op=timezone.localdate()
    )
    workflow.wijs_toe(tweede, team=stad, medewerker=collega, door=wijkwerker)
    gesprek.betrokkenheden.add(*rijen)
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=wijkwerker)
    assert leest(collega, melding.huishouden)


def test_wie_de_melding_heeft_blijft_betrokken_als_het_gesprek_niet_doorgaat(
    wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker)
    workflow.pak_op(melding, door=wijkwerker)
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=wijkwerker)
    assert Betrokkenheid.objects.filter(medewerker=wijkwerker, tot=None).exists()


def test_een_duo_met_zichzelf_of_zonder_huishouden_wordt_geweigerd(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    velden = {
        "dag": f"{timezone.localdate() + timedelta(days=2):%d-%m-%Y}",
        "tijd": "10:30",
        "plaatssoort": 1,
        "deelnemers": [wijkwerker.pk],
    }
    zelf = doe(bezoek, melding, "gesprekken", **velden, duo=wijkwerker.pk)
    assert zelf.status_code == 409
    assert "kies als tweede een andere collega" in str(fouten(zelf))
    los = MeldingFactory(team=melding.team, persoon=None)
    zonder = doe(bezoek, los, "gesprekken", **velden, duo=collega.pk)
    assert "Koppel de melding eerst aan een inwoner" in str(fouten(zonder))
    buiten = doe(bezoek, melding, "gesprekken", **velden, leden=[PersoonFactory().pk])
    assert "leden" in fouten(buiten)
    assert not Gesprek.objects.exists()


def test_verplaatsen_houdt_wat_er_stond_en_zegt_waarom(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker)
    eerst = timezone.localtime(gesprek.gepland_op)
    velden = {
        "dag": f"{eerst + timedelta(days=1):%d-%m-%Y}",
        "tijd": "09:00",
        "plaatssoort": Plaatssoort.KANTOOR.value,
        "reden": "de dochter kan dan",
    }
    adres = f"gesprekken/{gesprek.pk}/verplaatsing"
    assert berichten(doe(bezoek, melding, adres, **velden))[-1] == "Het gesprek is verplaatst."
    gesprek.refresh_from_db()
    assert gesprek.volgnummer == 1
    assert f"{timezone.localtime(gesprek.gepland_op):%H:%M}" == "09:00"
    html = bezoek.get(f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}").content.decode()
    assert "de dochter kan dan" in html
    assert f"{eerst:%H:%M}" in html
    assert "Gesprek verplaatst" in bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert "Er verandert niets" in str(fouten(doe(bezoek, melding, adres, **velden)))
    gisteren = {**velden, "dag": f"{timezone.localdate() - timedelta(days=1):%d-%m-%Y}"}
    assert "al voorbij" in str(fouten(doe(bezoek, melding, adres, **gisteren)))
    assert set(fouten(doe(bezoek, melding, adres, **{**velden, "reden": "", "tijd": "25:00"}))) == {
        "reden",
        "tijd",
    }


def test_wie_verplaatst_terwijl_een_ander_afzegt_hoort_dat(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker)
    gezien = van_nu(melding)
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=buur)
    antwoord = bezoek.post(
        f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}/verplaatsing",
        {
            "versie": gezien,
            "dag": "01-01-2030",
            "tijd": "10:00",
            "plaatssoort": 1,
            "reden": "mijn woorden blijven staan",
        },
    )
    assert antwoord.status_code == 409
    html = antwoord.content.decode()
    assert "intussen gewijzigd" in html
    assert "mijn woorden blijven staan" in html


# in de agenda


def test_het_agendabestand_noemt_niemand_en_staat_in_het_logboek(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker, anderen={Hoedanigheid.MANTELZORGER: "Kim"})
    antwoord = bezoek.get(f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}.ics")
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    agenda, afspraak = lees(antwoord)
    assert agenda["METHOD"] == "PUBLISH"
    assert afspraak["UID"] == f"{gesprek.uid}@eenplan"
    assert afspraak["SUMMARY"] == f"Gesprek {melding.nummer}"
    assert afspraak["LOCATION"] == "bij de inwoner thuis"
    assert afspraak["URL"] == f"http://testserver/meldingen/{melding.pk}"
    assert afspraak["DTSTART"].dt == gesprek.gepland_op.replace(microsecond=0)
    tekst = antwoord.content.decode()
    for geheim in ("Jansen", "Kim", "1316", "Hulp na een val", "0612345678", wijkwerker.naam):
        assert geheim not in tekst
    assert Inzage.objects.filter(
        handeling=Handeling.GEEXPORTEERD, onderwerp="meldingen.Melding", sleutel=melding.pk
    ).exists()


def test_verplaatst_en_afgezegd_houdt_het_zijn_uid_en_telt_het_door(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker)
    adres = f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}.ics"
    eerst = lees(bezoek.get(adres))[1]
    workflow.verplaats_gesprek(
        gesprek,
        op=timezone.now() + timedelta(days=9),
        plaatssoort=Plaatssoort.ONLINE,
        plaats="",
        reden="druk",
        door=wijkwerker,
    )
    daarna = lees(bezoek.get(adres))[1]
    workflow.zeg_gesprek_af(gesprek, reden="ziek", door=wijkwerker)
    agenda, slot = lees(bezoek.get(adres))
    assert [rij["SEQUENCE"] for rij in (eerst, daarna, slot)] == [0, 1, 2]
    assert len({rij["UID"] for rij in (eerst, daarna, slot)}) == 1
    assert daarna["LOCATION"] == "online"
    assert (agenda["METHOD"], slot["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize(
    ("dag", "uur_verschil"),
    [(datetime(2027, 3, 27, 10, tzinfo=NEDERLAND), 1), (datetime(2027, 3, 29, 10, tzinfo=NEDERLAND), 2)],
)
def test_tien_uur_blijft_tien_uur_voor_en_na_de_zomertijd(
    wijkwerker: Medewerker, melding: Melding, dag: datetime, uur_verschil: int
) -> None:
    gesprek = plan(melding, wijkwerker, op=dag)
    gesprek.refresh_from_db()
    agenda = Calendar.from_ical(maak_ics(gesprek, "https://eenplan.example/meldingen/1", timezone.now()))
    afspraak = agenda.walk("VEVENT")[0]
    assert afspraak["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert f"{afspraak['DTSTART'].dt:%d %H:%M}" == f"{dag:%d} 10:00"
    assert afspraak["DTSTART"].dt.utcoffset() == timedelta(hours=uur_verschil)
    zones = agenda.walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Amsterdam"]


def test_het_agendabestand_is_er_alleen_voor_wie_de_melding_leest(
    bezoek: Client, elders: Client, wijkwerker: Medewerker, haven: Any, melding: Melding
) -> None:
    gesprek = plan(melding, wijkwerker)
    andere = MeldingFactory(team=haven)
    assert elders.get(f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}.ics").status_code == 404
    assert bezoek.get(f"/meldingen/{andere.pk}/gesprekken/{gesprek.pk}.ics").status_code == 404


def test_wie_nog_meer_naar_een_gesprek_gaat_hoort_dat_het_verplaatst_of_afgezegd_is(
    wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    Medewerker.objects.filter(pk__in=[wijkwerker.pk, collega.pk]).update(email="wij@voorbeeld.nl")
    gesprek = plan(melding, wijkwerker, duo=collega)
    nieuw = (timezone.localtime() + timedelta(days=9)).replace(hour=9, minute=15)
    workflow.verplaats_gesprek(
        gesprek,
        op=nieuw,
        plaatssoort=Plaatssoort.ELDERS,
        plaats="Havenweg 1",
        reden="mevrouw Jansen is ziek",
        door=wijkwerker,
    )
    komt = plan(melding, wijkwerker, duo=collega)
    workflow.zeg_gesprek_af(gesprek, reden="mevrouw Jansen is ziek", door=wijkwerker)
    workflow.trek_in(melding, op=timezone.localdate(), reden="vergissing", door=wijkwerker)
    post = list(Bericht.objects.filter(soort__startswith="gesprek_").order_by("pk"))
    assert [(rij.soort, rij.sleutel) for rij in post] == [
        (soort, f"{soort}:{welk.pk}:{nummer}:{collega.pk}")
        for soort, welk, nummer in (
            ("gesprek_verplaatst", gesprek, 1),
            ("gesprek_afgezegd", gesprek, 2),
            ("gesprek_afgezegd", komt, 1),
        )
    ]
    assert {rij.aan for rij in post} == {f"medewerker:{collega.pk}"}
    moment = date_format(nieuw, "j F Y H:i")
    assert post[0].gegevens == {"nummer": melding.nummer, "moment": moment}
    mail.outbox.clear()
    for rij in post:
        _effecten[rij.soort].voer_uit(rij)
    assert [brief.subject for brief in mail.outbox] == [
        f"Gesprek verplaatst ({melding.nummer})",
        *[f"Gesprek afgezegd ({melding.nummer})"] * 2,
    ]
    brieven = "".join(str(brief.body) for brief in mail.outbox)
    assert moment in brieven
    for geheim in ("Jansen", "Havenweg", "ziek", "vergissing", "Jo "):
        assert geheim not in brieven


# gehouden


def test_een_gehouden_gesprek_zet_de_melding_verder_en_zegt_wie_er_was(
    bezoek: Client, wijkwerker: Medewerker, collega: Medewerker, melding: Melding, lid: Any
) -> None:
    gesprek = geweest(plan(melding, wijkwerker, duo=collega, leden=[lid, melding.persoon]))
    er_was = gesprek.genoten.get(persoon=lid)
    antwoord = doe(
        bezoek,
        melding,
        f"gesprekken/{gesprek.pk}/verloop",
        op=f"{timezone.localdate():%d-%m-%Y}",
        aanwezigen=[wijkwerker.pk],
        genoten=[er_was.pk],
        ander="de buurvrouw",
    )
    assert berichten(antwoord)[-1] == "Vastgelegd dat het gesprek is gehouden."
    assert Melding.objects.get(pk=melding.pk).status == "gesprek"
    gesprek.refresh_from_db()
    assert list(gesprek.aanwezigen.all()) == [wijkwerker]
    assert {(rij.persoon or rij.naam, rij.aanwezig) for rij in gesprek.genoten.all()} == {
        (lid, True),
        (melding.persoon, False),
        ("de buurvrouw", True),
    }
    html = bezoek.get(f"/meldingen/{melding.pk}/gesprekken/{gesprek.pk}").content.decode()
    assert "was er niet" in html
    assert "Gesprek gehouden" in bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    tweede = geweest(plan(melding, wijkwerker))
    workflow.houd_gesprek(
        tweede, op=timezone.localdate(), aanwezigen=[wijkwerker], genoten=[], door=wijkwerker
    )
    assert melding.gebeurtenissen.filter(soort=3).count() <= 1


@pytest.mark.parametrize(
    ("velden", "waarom"),
    [
        ({"op": timedelta(days=1)}, "het is vandaag"),
        ({"op": timedelta(days=-1)}, "kwam pas binnen"),
        ({"aanwezigen": []}, "aanwezigen"),
    ],
)
def test_gehouden_dat_niet_kan_wordt_geweigerd(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding, velden: dict[str, Any], waarom: str
) -> None:
    gesprek = geweest(plan(melding, wijkwerker))
    op = timezone.localdate() + velden.pop("op", timedelta())
    gegevens = {"op": f"{op:%d-%m-%Y}", "aanwezigen": [wijkwerker.pk], **velden}
    antwoord = doe(bezoek, melding, f"gesprekken/{gesprek.pk}/verloop", **gegevens)
    assert waarom in str(fouten(antwoord))
    assert not Gesprek.objects.filter(gehouden_op__isnull=False).exists()


def test_wie_er_toch_bij_was_en_al_verwacht_werd_staat_er_een_keer(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = geweest(plan(melding, wijkwerker, anderen={Hoedanigheid.ANDER: "Kim"}))
    antwoord = doe(
        bezoek,
        melding,
        f"gesprekken/{gesprek.pk}/verloop",
        op=f"{timezone.localdate():%d-%m-%Y}",
        aanwezigen=[wijkwerker.pk],
        ander=" Kim ",
    )
    assert berichten(antwoord)[-1] == "Vastgelegd dat het gesprek is gehouden."
    assert [(rij.naam, rij.aanwezig) for rij in gesprek.genoten.all()] == [("Kim", True)]


def test_twee_keer_gehouden_of_daarna_afgezegd_wordt_geweigerd(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gesprek = geweest(plan(melding, wijkwerker))
    workflow.houd_gesprek(
        gesprek, op=timezone.localdate(), aanwezigen=[wijkwerker], genoten=[], door=wijkwerker
    )
    antwoord = doe(bezoek, melding, f"gesprekken/{gesprek.pk}/afzegging", reden="ziek")
    assert "is al gehouden" in str(fouten(antwoord))
    with pytest.raises(IntegrityError, match="gesprek_afgezegd_of_gehouden"), transaction.atomic():
        Gesprek.objects.filter(pk=gesprek.pk).update(afgezegd_op=timezone.now())


def test_een_lid_dat_men_niet_mag_lezen_staat_er_met_voorletters_en_wie_het_leest_staat_in_het_logboek(
    bezoek: Client, elders: Client, wijkwerker: Medewerker, melding: Melding, stad: Team, lid: Any
) -> None:
    ander = MeldingFactory(team=stad, persoon=melding.persoon, op=timezone.localdate())
    Melding.objects.filter(pk=ander.pk).update(huishouden=melding.huishouden)
    gesprek = plan(Melding.objects.get(pk=ander.pk), wijkwerker, leden=[lid])
    pagina = f"/meldingen/{ander.pk}/gesprekken/{gesprek.pk}"
    genoemd = Inzage.objects.filter(persoon=lid.pk, handeling=Handeling.IN_LIJST)
    html = elders.get(pagina).content.decode()
    assert "Inwonend" not in html
    assert html.count(lid.gemaskeerd) == 2
    assert not genoemd.exists()
    assert bezoek.get(pagina).content.decode().count(lid.naam) == 2
    assert genoemd.get().medewerker == wijkwerker


# als de melding is afgesloten


def test_wie_een_melding_afsluit_zegt_af_wat_nog_komt_en_verandert_daarna_niets_meer(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    was_er, komt = geweest(plan(melding, wijkwerker)), plan(melding, wijkwerker)
    workflow.trek_in(melding, op=timezone.localdate(), reden="hulp van de buren", door=wijkwerker)
    komt.refresh_from_db()
    assert komt.volgnummer == 1
    assert komt.afgezegd_op
    assert komt.afgezegd_door == wijkwerker
    assert komt.afgezegd_reden == "de melding is afgesloten: ingetrokken"
    adres = f"/meldingen/{melding.pk}/gesprekken/{was_er.pk}"
    assert not bezoek.get(adres).context["handelingen"]
    assert "niet vastgelegd of het is gehouden" in bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    for pad, velden in {
        "verloop": {"op": f"{timezone.localdate():%d-%m-%Y}", "aanwezigen": [wijkwerker.pk]},
        "afzegging": {"reden": "ziek"},
        "verplaatsing": {"dag": "01-01-2030", "tijd": "10:00", "plaatssoort": 1, "reden": "druk"},
    }.items():
        antwoord = doe(bezoek, melding, f"gesprekken/{was_er.pk}/{pad}", **velden)
        assert antwoord.status_code == 409
        assert "Deze melding is afgesloten" in str(fouten(antwoord))
    was_er.refresh_from_db()
    assert was_er.is_open
    assert was_er.volgnummer == 0


def test_als_een_melding_weer_opengaat_leest_het_duo_weer_mee_en_kan_het_gesprek_worden_vastgelegd(
    wijkwerker: Medewerker, collega: Medewerker, melding: Melding
) -> None:
    gesprek = geweest(plan(melding, wijkwerker, duo=collega))
    workflow.trek_in(melding, op=timezone.localdate(), reden="vergissing", door=wijkwerker)
    assert not leest(collega, melding.huishouden)
    workflow.draai_terug(melding, reden="vergissing", door=wijkwerker)
    assert leest(collega, melding.huishouden)
    workflow.houd_gesprek(gesprek, op=timezone.localdate(), aanwezigen=[collega], genoten=[], door=wijkwerker)
    workflow.rond_af_in_voorveld(melding, op=timezone.localdate(), reden="advies was genoeg", door=wijkwerker)
    assert not leest(collega, melding.huishouden)
