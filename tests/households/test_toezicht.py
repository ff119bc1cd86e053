"""The FG's pages: the log, and the review of noodtoegang."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow
from households.logboek import PER_PAGINA, blader
from households.models import Huishouden, Noodtoegang, Oordeel, Persoon
from teams.access import Actie, mag, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.models import MET_TEAM, Grond, Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, stel_aan
from tests.households.conftest import Regel, browser, plan

pytestmark = pytest.mark.django_db

NU = datetime(2026, 3, 10, 12, tzinfo=timezone.get_default_timezone())


def tekst(antwoord) -> str:
    """What one reads on the page, without its markup."""
    kaal = re.sub(r"<[^>]*>", " ", antwoord.content.decode())
    return " ".join(unescape(kaal).split())


def regels(antwoord) -> list[Inzage]:
    return antwoord.context["bladzijde"].regels


@pytest.fixture
def noodtoegang(huishouden: Huishouden, collega: Medewerker) -> Noodtoegang:
    """The collega opened a household of Haven."""
    return workflow.open_noodtoegang(huishouden, reden="kind alleen thuis", medewerker=collega)


def oordeel(client: Client, nood: Noodtoegang, waarde: object, toelichting: str = ""):
    return client.post(
        f"/noodtoegang/{nood.pk}/oordeel",
        {f"{nood.pk}-oordeel": waarde, f"{nood.pk}-toelichting": toelichting},
    )


# Het logboek


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.FG])
@pytest.mark.parametrize("adres", ["/logboek", "/logboek/inwoner", "/logboek/inwoner/1"])
def test_alleen_de_fg_leest_het_logboek(adres: str, rol: Rol, haven: Team) -> None:
    team = haven if rol in MET_TEAM else None
    antwoord = browser(stel_aan(MedewerkerFactory(), rol, team)).get(adres)
    assert antwoord.status_code == 403
    assert "rol heeft: privacyfunctionaris (FG)" in tekst(antwoord)
    assert "functioneel beheerder" in tekst(antwoord)
    toegestaan = [rij.toegestaan for rij in Inzage.objects.all()]
    assert toegestaan == ([False] if adres.endswith("/1") else [])


def test_wie_in_het_logboek_kijkt_staat_er_zelf_in(toezicht: Client, fg: Medewerker) -> None:
    toezicht.get("/logboek?persoon=12&huishouden=7")
    rij = Inzage.objects.get()
    assert (rij.medewerker, rij.onderwerp, rij.grond) == (fg, "teams.Inzage", Grond.TOEZICHT)
    assert (rij.persoon, rij.huishouden) == (12, 7)


def test_de_regels_staan_op_tijd_ook_als_ze_later_zijn_geschreven(
    toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    for minuten in (5, 1, 9, 1, 7, 3):
        regel(collega, NU - timedelta(minutes=minuten))
    gelezen = regels(toezicht.get("/logboek?medewerker=collega"))
    assert [(rij.op, rij.pk) for rij in gelezen] == sorted(
        ((rij.op, rij.pk) for rij in gelezen), reverse=True
    )
    assert len(gelezen) == 6


def test_elke_bladzijde_gaat_verder_waar_de_vorige_ophield_heen_en_terug(
    toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    aantal = 2 * PER_PAGINA + 7
    sleutels = [regel(collega, NU - timedelta(minutes=nummer // 3)).pk for nummer in range(aantal)]
    verwacht = [rij.pk for rij in Inzage.objects.filter(pk__in=sleutels).order_by("-op", "-pk")]

    gezien, bladen, adres = [], [], "/logboek?medewerker=collega"
    while adres:
        antwoord = toezicht.get(adres)
        bladen.append([rij.pk for rij in regels(antwoord)])
        gezien += bladen[-1]
        verder = antwoord.context["bladzijde"].ouder
        adres = f"/logboek?medewerker=collega&voor={verder}" if verder else ""
        regel(collega, timezone.now())  # wat er intussen bij komt, schuift niets op
    assert gezien == verwacht
    assert [len(blad) for blad in bladen] == [PER_PAGINA, PER_PAGINA, 7]

    terug = toezicht.get(f"/logboek?medewerker=collega&na={bladen[2][0]}")
    assert [rij.pk for rij in regels(terug)] == bladen[1]
    assert "Nieuwer" in tekst(terug)
    assert "Ouder" in tekst(terug)
    assert terug.context["bladzijde"].nieuwer == bladen[1][0]
    eerste = toezicht.get(f"/logboek?medewerker=collega&na={bladen[0][5]}").context["bladzijde"]
    assert [rij.pk for rij in eerste.regels][3:] == bladen[0][:-3]
    assert eerste.nieuwer is None


@pytest.mark.parametrize("onzin", ["x", "-1", "9" * 30, "999999999", "²"])
def test_een_bladzijde_die_er_niet_is_is_de_eerste(
    onzin: str, toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    rij = regel(collega)
    for naam in ("voor", "na"):
        assert regels(toezicht.get("/logboek", {"medewerker": "collega", naam: onzin})) == [rij]


def test_een_miljoen_regels_kosten_niet_meer_vragen_dan_een(
    toezicht: Client, collega: Medewerker, regel: Regel, django_assert_num_queries
) -> None:
    # sessie, medewerker, rollen; savepoint heen en terug; de regel van dit verzoek; de bladzijde; de twee
    # tellingen van wat opvalt; de noodtoegangen die nog wachten
    regel(collega)
    with django_assert_num_queries(10):
        toezicht.get("/logboek")
    for _ in range(PER_PAGINA + 5):
        regel(collega)
    with django_assert_num_queries(10):
        toezicht.get("/logboek")


@pytest.mark.parametrize(
    ("keuze", "index"),
    [
        ({}, "inzage_op"),
        ({"medewerker": 1}, "inzage_medewerker"),
        ({"persoon": 1}, "inzage_persoon"),
        ({"huishouden": 1}, "inzage_huishouden"),
        ({"toegestaan": False}, "inzage_geweigerd"),
        ({"grond": Grond.NOODTOEGANG}, "inzage_noodtoegang"),
        ({"handeling": Handeling.GEEXPORTEERD}, "inzage_zelden"),
    ],
    ids=lambda waarde: "-".join(waarde) if isinstance(waarde, dict) else None,
)
def test_elke_keuze_vindt_een_bladzijde_langs_een_index_zonder_alles_te_sorteren(
    keuze: dict[str, object], index: str
) -> None:
    bladzijde = Inzage.objects.filter(**keuze).order_by("-op", "-pk")[: PER_PAGINA + 1]
    uitleg = plan(bladzijde)
    assert index in uitleg
    assert "Presorted Key" in uitleg


def test_filteren_op_wie_wat_wanneer_en_weigering(
    toezicht: Client, wijkwerker: Medewerker, collega: Medewerker, regel: Regel
) -> None:
    middernacht = NU.replace(hour=0)
    eigen = regel(wijkwerker, middernacht, persoon=5, handeling=Handeling.AFGEDRUKT)
    net_ervoor = regel(wijkwerker, middernacht - timedelta(seconds=1), huishouden=6)
    geweigerd = regel(collega, middernacht + timedelta(hours=23, minutes=59), persoon=5, toegestaan=False)
    nood = regel(collega, middernacht + timedelta(days=1), grond=Grond.NOODTOEGANG)
    for vraag, verwacht in {
        "medewerker=wijkwerker": [eigen, net_ervoor],
        "persoon=5": [geweigerd, eigen],
        "huishouden=6": [net_ervoor],
        "handeling=4": [eigen],
        "geweigerd=on": [geweigerd],
        "noodtoegang=on": [nood],
        "vanaf=10-03-2026&tot_en_met=10-03-2026": [geweigerd, eigen],
        "tot_en_met=09-03-2026": [net_ervoor],
        "medewerker=collega&persoon=5&geweigerd=on": [geweigerd],
    }.items():
        gevonden = [
            rij for rij in regels(toezicht.get(f"/logboek?{vraag}")) if rij.onderwerp != "teams.Inzage"
        ]
        assert gevonden == verwacht, vraag


def test_weigering_en_noodtoegang_vallen_op_met_een_woord(
    toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    regel(collega, toegestaan=False)
    regel(collega, toegestaan=False)
    regel(collega, grond=Grond.NOODTOEGANG, reden="kind alleen thuis")
    pagina = toezicht.get("/logboek")
    gelezen = tekst(pagina)
    assert "2 keer geweigerd in 7 dagen" in gelezen
    assert "1 keer gelezen met noodtoegang in 7 dagen" in gelezen
    assert pagina.content.decode().count(">geweigerd</span>") == 2
    assert pagina.content.decode().count(">noodtoegang</span>") == 1
    assert "kind alleen thuis" in gelezen


@pytest.mark.parametrize(
    ("vraag", "fout"),
    [
        ("medewerker=niemand", "Niemand heeft deze gebruikersnaam."),
        ("vanaf=31-02-2026", "Deze dag bestaat niet."),
        ("vanaf=02-01-2026&tot_en_met=01-01-2026", "Deze dag ligt voor de eerste dag."),
        ("persoon=veel", "Persoonsnummer"),
        ("handeling=99", "Handeling"),
        ("medewerker=%00", "Gebruikersnaam"),
    ],
)
def test_een_keuze_die_niet_kan_toont_geen_regels_en_zegt_waarom(
    vraag: str, fout: str, toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    regel(collega)
    antwoord = toezicht.get(f"/logboek?{vraag}")
    assert antwoord.status_code == 400
    assert fout in tekst(antwoord)
    assert "bladzijde" not in antwoord.context


def test_niets_gevonden_is_iets_anders_dan_nog_niets_vastgelegd(toezicht: Client) -> None:
    assert "Er zijn geen regels die hierbij passen" in tekst(toezicht.get("/logboek?geweigerd=on"))


def test_het_logboek_noemt_nummers_en_geen_inwoners(
    toezicht: Client, inwoner: Persoon, huishouden: Huishouden, wijkwerker: Medewerker, regel: Regel
) -> None:
    regel(wijkwerker, persoon=inwoner.pk, huishouden=huishouden.pk)
    gelezen = tekst(toezicht.get("/logboek"))
    assert f"persoon {inwoner.pk}" in gelezen
    assert "Jansen" not in gelezen


def test_de_fg_komt_in_geen_dossier(toezicht: Client, huishouden: Huishouden, fg: Medewerker) -> None:

    wie = Wie.van(fg)
    for actie in Actie:
        assert not zichtbaar(Huishouden, wie, actie).exists()
    assert not zichtbaar(Persoon, wie, Actie.LEZEN).exists()
    assert not zichtbaar(Persoon, wie, Actie.WERKEN).exists()


def test_een_regel_over_iets_dat_er_niet_meer_is_blijft_leesbaar(
    toezicht: Client, collega: Medewerker, regel: Regel
) -> None:
    regel(collega, onderwerp="vroeger.Kaartenbak", sleutel=3)
    assert "kaartenbak 3" in tekst(toezicht.get("/logboek"))


def test_bladeren_werkt_ook_als_alles_op_een_moment_gebeurde(collega: Medewerker, regel: Regel) -> None:
    alles = [regel(collega, NU).pk for _ in range(PER_PAGINA + 2)][::-1]
    eerste = blader(Inzage.objects.all())
    tweede = blader(Inzage.objects.all(), voor=eerste.ouder)
    assert [rij.pk for rij in (*eerste.regels, *tweede.regels)] == alles


# Noodtoegang


@pytest.mark.parametrize("rol", [Rol.TOETSER, Rol.KCC, Rol.KLACHTEN, Rol.ANALIST, Rol.BEHEER])
def test_wie_niets_met_noodtoegang_heeft_komt_er_niet(rol: Rol) -> None:
    client = browser(stel_aan(MedewerkerFactory(), rol))
    assert client.get("/noodtoegang").status_code == 403
    assert "Noodtoegang" not in tekst(client.get("/noodtoegang"))


def test_de_fg_ziet_wat_nog_wacht_bovenaan_en_legt_een_oordeel_vast(
    toezicht: Client, fg: Medewerker, noodtoegang: Noodtoegang, huishouden: Huishouden, stad: Team
) -> None:
    ander = stel_aan(MedewerkerFactory(username="ander"), Rol.WIJKWERKER, stad)
    later = workflow.open_noodtoegang(huishouden, reden="gas geroken", medewerker=ander)
    workflow.beoordeel_noodtoegang(later, Oordeel.TERECHT, toelichting="", door=fg)

    pagina = toezicht.get("/noodtoegang")
    assert [rij for rij, _ in pagina.context["regels"]] == [noodtoegang, later]
    gelezen = tekst(pagina)
    assert "kind alleen thuis" in gelezen
    assert "Youssef El Amrani opende huishouden" in gelezen
    assert "Jansen" not in gelezen
    assert "Noodtoegang 1 te beoordelen" in gelezen
    assert Inzage.objects.filter(huishouden=huishouden.pk, handeling=Handeling.IN_LIJST).count() == 2

    antwoord = oordeel(toezicht, noodtoegang, Oordeel.NIET_TERECHT.value, "er was geen spoed")
    assert antwoord.status_code == 302
    noodtoegang.refresh_from_db()
    assert (noodtoegang.oordeel, noodtoegang.beoordeeld_door) == (Oordeel.NIET_TERECHT, fg)
    gelezen = tekst(toezicht.get("/noodtoegang"))
    assert "Het oordeel is vastgelegd." in gelezen
    assert "er was geen spoed" in gelezen
    assert "te beoordelen" not in gelezen


def test_zonder_keuze_of_uitleg_staat_de_fout_erbij_en_het_getypte_blijft(
    toezicht: Client, noodtoegang: Noodtoegang
) -> None:
    leeg = oordeel(toezicht, noodtoegang, "", "mijn uitleg")
    assert leeg.status_code == 400
    assert "Kies terecht of niet terecht." in tekst(leeg)
    assert "mijn uitleg" in tekst(leeg)
    zonder = oordeel(toezicht, noodtoegang, Oordeel.NIET_TERECHT.value)
    assert zonder.status_code == 409
    assert "Geef een toelichting op." in tekst(zonder)
    assert oordeel(toezicht, noodtoegang, "99").status_code == 400
    noodtoegang.refresh_from_db()
    assert noodtoegang.oordeel is None


def test_wat_al_beoordeeld_is_blijft_en_de_tweede_hoort_het(
    toezicht: Client, noodtoegang: Noodtoegang
) -> None:
    oordeel(toezicht, noodtoegang, Oordeel.TERECHT.value)
    tweede = oordeel(toezicht, noodtoegang, Oordeel.NIET_TERECHT.value, "toch niet")
    assert tweede.status_code == 409
    assert "al beoordeeld. Het eerste oordeel blijft staan." in tekst(tweede)
    noodtoegang.refresh_from_db()
    assert noodtoegang.oordeel == Oordeel.TERECHT


def test_niemand_beoordeelt_de_eigen_noodtoegang(
    collega: Medewerker, toezicht: Client, noodtoegang: Noodtoegang
) -> None:
    stel_aan(collega, Rol.FG)
    client = browser(collega)
    pagina = client.get("/noodtoegang")
    assert "Een andere privacyfunctionaris beoordeelt" in tekst(pagina)
    assert "Leg het oordeel vast" not in tekst(pagina)
    assert "te beoordelen" not in tekst(pagina).split("Naar de inhoud")[1].split("Noodtoegang Wie")[0]
    antwoord = oordeel(client, noodtoegang, Oordeel.TERECHT.value)
    assert antwoord.status_code == 409
    assert "U kunt uw eigen noodtoegang niet beoordelen" in tekst(antwoord)
    assert oordeel(toezicht, noodtoegang, Oordeel.TERECHT.value).status_code == 302


def test_een_afgelopen_noodtoegang_opent_niets_meer_maar_is_nog_te_beoordelen(
    noodtoegang: Noodtoegang, collega: Medewerker, huishouden: Huishouden, fg: Medewerker
) -> None:

    assert not mag(Wie.van(collega, noodtoegang.tot), Actie.LEZEN, huishouden)
    Noodtoegang.objects.filter(pk=noodtoegang.pk).update(
        vanaf=noodtoegang.vanaf - timedelta(days=1), tot=noodtoegang.tot - timedelta(days=1)
    )
    noodtoegang.refresh_from_db()
    pagina = browser(fg).get("/noodtoegang")
    assert "afgelopen" in tekst(pagina)
    assert oordeel(browser(fg), noodtoegang, Oordeel.TERECHT.value).status_code == 302


def test_de_contactpersoon_ziet_wie_er_in_het_eigen_huishouden_was_en_beoordeelt_niet(
    wijkwerker: Medewerker, collega: Medewerker, noodtoegang: Noodtoegang, haven: Team
) -> None:
    gelezen = tekst(browser(wijkwerker).get("/noodtoegang"))
    assert "Youssef El Amrani" in gelezen
    assert "Leg het oordeel vast" not in gelezen
    assert oordeel(browser(wijkwerker), noodtoegang, Oordeel.TERECHT.value).status_code == 403
    assert "kind alleen thuis" in tekst(browser(collega).get("/noodtoegang"))
    buur = stel_aan(MedewerkerFactory(username="buur"), Rol.WIJKWERKER, haven)
    assert "Niemand gebruikte noodtoegang" in tekst(browser(buur).get("/noodtoegang"))


def test_een_onbekende_noodtoegang_is_er_niet_en_lezen_verandert_niets(
    toezicht: Client, noodtoegang: Noodtoegang
) -> None:
    assert toezicht.post("/noodtoegang/999999/oordeel", {}).status_code == 404
    assert Inzage.objects.get(toegestaan=False).sleutel == 999999
    assert toezicht.get(f"/noodtoegang/{noodtoegang.pk}/oordeel")["Location"] == "/noodtoegang"
    noodtoegang.refresh_from_db()
    assert noodtoegang.beoordeeld_op is None


def test_twee_tegelijk_geven_een_oordeel(noodtoegang: Noodtoegang, fg: Medewerker) -> None:
    """Both read it before either judged; the second finds the row as it then is."""
    eerste, tweede = (Noodtoegang.objects.get(pk=noodtoegang.pk) for _ in range(2))
    workflow.beoordeel_noodtoegang(eerste, Oordeel.TERECHT, toelichting="", door=fg)
    ander = stel_aan(MedewerkerFactory(), Rol.FG)
    with pytest.raises(Geweigerd, match="al beoordeeld"):
        workflow.beoordeel_noodtoegang(tweede, Oordeel.NIET_TERECHT, toelichting="nee", door=ander)


def test_vijftig_noodtoegangen_kosten_niet_meer_vragen_dan_een(
    toezicht: Client, noodtoegang: Noodtoegang, django_assert_num_queries
) -> None:
    # sessie, medewerker, rollen; savepoint heen en terug; aantal, bladzijde, regels van het logboek; wat nog wacht
    with django_assert_num_queries(9):
        toezicht.get("/noodtoegang")
    Noodtoegang.objects.bulk_create(
        Noodtoegang(
            huishouden=noodtoegang.huishouden,
            medewerker=noodtoegang.medewerker,
            reden="nog eens",
            vanaf=noodtoegang.vanaf,
            tot=noodtoegang.tot,
        )
        for _ in range(50)
    )
    with django_assert_num_queries(9):
        toezicht.get("/noodtoegang")
