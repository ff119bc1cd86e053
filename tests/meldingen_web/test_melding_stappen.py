"""What one does with a melding on its page: steps, corrections, who has it, and that refusals lose no words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households.models import Levensgebied
from meldingen import workflow
from meldingen.models import Concept, Gebeurtenis, Gesprek, Kanaal, Melding, Notitie, Soort, Toewijzing
from teams.models import Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import WEGEN, MedewerkerFactory, MeldingFactory, TeamFactory
from tests.meldingen_web.conftest import werkt
from tests.meldingen_web.hulp import berichten, doe, fouten, rijen, van_nu

pytestmark = pytest.mark.django_db

VANDAAG = "%d-%m-%Y"
LASTIG = "<script>alert('x')</script> 👩‍👩‍👧 \u202eomgekeerd\u202c שלום ' \" & %s {{ 7*7 }}"


def vandaag() -> str:
    return timezone.localdate().strftime(VANDAAG)


@pytest.mark.parametrize(
    ("van", "stap"),
    [
        ("ontvangen", "rond_af_in_voorveld"),
        ("ontvangen", "start_gesprek"),
        ("gesprek", "start_onderzoek"),
        ("onderzoek", "rond_onderzoek_af"),
        ("onderzoek_afgerond", "leg_akkoord_vast"),
        ("plan_akkoord", "ken_toe"),
        ("plan_akkoord", "wijs_af"),
        ("gesprek", "trek_in"),
        ("ontvangen", "zet_door"),
    ],
)
def test_elke_stap_kan_op_de_pagina(
    bezoek: Client, wijkwerker: Medewerker, haven: Team, van: str, stap: str
) -> None:
    melding = MeldingFactory(tot=van, team=haven, door=wijkwerker)
    antwoord = doe(bezoek, melding, f"stappen/{stap}", op=vandaag(), reden="zo is het")
    assert (antwoord.status_code, antwoord["Location"]) == (303, f"/meldingen/{melding.pk}")
    laatste = melding.gebeurtenissen.laatste_stap()[0]
    assert (laatste.datum, laatste.door) == (timezone.localdate(), wijkwerker)
    assert laatste.reden == ("zo is het" if workflow.STAPPEN[stap].vraagt_reden else "")
    assert berichten(antwoord) == [f"Vastgelegd: {workflow.STAPPEN[stap].naam}."]
    assert Inzage.objects.get().handeling == Handeling.GEWIJZIGD


@pytest.mark.parametrize("hoeveelste", [4, pytest.param(1, marks=pytest.mark.vol)])
@pytest.mark.parametrize("tot", WEGEN)
def test_een_stap_die_niet_kan_wordt_met_reden_geweigerd_en_het_getypte_blijft_staan(
    bezoek: Client,
    wijkwerker: Medewerker,
    haven: Team,
    tot: str,
    hoeveelste: int,
) -> None:
    melding = MeldingFactory(tot=tot, team=haven, door=wijkwerker)
    geweigerd = {naam: waarom for naam in workflow.STAPPEN if (waarom := workflow.beletsel(melding, naam))}
    aan_de_beurt = [*geweigerd][[*WEGEN].index(tot) % hoeveelste :: hoeveelste]
    assert aan_de_beurt
    voor = rijen()
    for stap in aan_de_beurt:
        antwoord = doe(bezoek, melding, f"stappen/{stap}", op=vandaag(), reden="mijn reden & woorden")
        assert antwoord.status_code == 409
        assert fouten(antwoord) == {"__all__": [geweigerd[stap]]}
        getypt = "mijn reden &amp; woorden" in antwoord.content.decode()
        assert getypt is workflow.STAPPEN[stap].vraagt_reden
    assert rijen() == voor
    assert {rij.handeling for rij in Inzage.objects.all()} == {Handeling.GEOPEND}


def test_een_stap_die_niet_bestaat_is_niet_gevonden(bezoek: Client, melding: Melding) -> None:
    for naam in ("herzie", "ontvang", "corrigeer", "draai_terug", "save", "__init__", "noteer"):
        assert doe(bezoek, melding, f"stappen/{naam}", op=vandaag(), reden="x").status_code == 404


@pytest.mark.parametrize(
    ("op", "fout"),
    [
        ("", "Dit veld is vereist."),
        ("31-02-2026", "Voer een geldige datum in."),
        ("morgen", "Voer een geldige datum in."),
        ("01-01-0001", "Controleer het jaar: het ligt tussen 1900 en 2199."),
        ("31-12-9999", "Controleer het jaar: het ligt tussen 1900 en 2199."),
    ],
)
def test_een_onmogelijke_dag_geeft_een_bericht_bij_het_veld(
    bezoek: Client, melding: Melding, op: str, fout: str
) -> None:
    antwoord = doe(bezoek, melding, "stappen/start_gesprek", op=op)
    assert antwoord.status_code == 200
    assert fouten(antwoord) == {"op": [fout]}
    assert f'value="{op}"' in antwoord.content.decode() or not op


def test_een_dag_in_de_toekomst_weigert_de_workflow(bezoek: Client, melding: Melding) -> None:
    morgen = timezone.localdate() + timedelta(days=1)
    antwoord = doe(bezoek, melding, "stappen/start_gesprek", op=morgen.strftime(VANDAAG))
    assert antwoord.status_code == 409
    assert "het is vandaag" in fouten(antwoord)["__all__"][0]


TEKSTVELDEN = [
    ("notities", "tekst", {}, 8_000),
    ("stappen/trek_in", "reden", {"op": "vandaag"}, 1_000),
    ("toewijzen", "reden", {"medewerker": "buur"}, 1_000),
    ("terugdraaien", "reden", {}, 1_000),
    ("vergissing", "reden", {}, 1_000),
    ("gesprekken", "plaats", {"dag": "morgen", "tijd": "10:00", "deelnemers": "wijkwerker"}, 200),
    ("kenmerken", "vraag", {}, 8_000),
    ("koppeling", "reden", {"persoon": "1"}, 1_000),
    ("koppeling/terug", "reden", {}, 1_000),
    ("gelijkstellingen", "reden", {"persoon": "1"}, 1_000),
    ("contactpersoon", "reden", {"medewerker": "wijkwerker"}, 1_000),
    ("feiten/{feit}/correctie", "reden", {"datum": "gisteren"}, 1_000),
]


@pytest.mark.parametrize(("pad", "veld", "ernaast", "hoogstens"), TEKSTVELDEN)
def test_te_lange_tekst_geeft_een_bericht_bij_het_veld_en_blijft_staan(
    bezoek: Client,
    wijkwerker: Medewerker,
    buur: Medewerker,
    melding: Melding,
    pad: str,
    veld: str,
    ernaast: dict[str, str],
    hoogstens: int,
) -> None:
    vul = {
        "vandaag": vandaag(),
        "gisteren": (timezone.localdate() - timedelta(days=1)).strftime(VANDAAG),
        "morgen": (timezone.localdate() + timedelta(days=1)).strftime(VANDAAG),
        "buur": buur.pk,
        "wijkwerker": wijkwerker.pk,
    }
    # een tweede koppeling, zodat ook terugzetten op de pagina staat
    andere = MeldingFactory(team=melding.team, door=wijkwerker).persoon
    workflow.koppel(melding, persoon=andere, huishouden=melding.huishouden, reden="proef", door=wijkwerker)
    workflow.zet_koppeling_terug(melding, reden="proef", door=wijkwerker)
    feit = Gebeurtenis.objects.get(melding=melding)
    lang = (LASTIG + "x" * 10_000)[:10_000]
    velden = {naam: vul.get(waarde, waarde) for naam, waarde in ernaast.items()}
    voor = rijen()
    antwoord = doe(bezoek, melding, pad.format(feit=feit.pk), **velden, **{veld: lang})
    assert antwoord.status_code == 200
    assert f"niet meer dan {hoogstens} tekens" in fouten(antwoord)[veld][0]
    html = antwoord.content.decode()
    assert "x" * (10_000 - len(LASTIG)) in html
    assert "<script>alert" not in html
    assert "\u202eomgekeerd\u202c שלום" in html
    assert rijen() == voor


def test_lastige_tekens_worden_bewaard_zoals_ze_zijn(bezoek: Client, melding: Melding) -> None:
    antwoord = doe(bezoek, melding, "notities", tekst=LASTIG)
    assert antwoord.status_code == 303
    assert Notitie.objects.get().tekst == LASTIG
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert "<script>alert" not in html
    assert "👩‍👩‍👧" in html


def test_een_nulteken_of_alleen_spaties_is_geen_notitie(bezoek: Client, melding: Melding) -> None:
    assert fouten(doe(bezoek, melding, "notities", tekst="a\x00b")) == {
        "tekst": ["Null-tekens zijn niet toegestaan."]
    }
    assert fouten(doe(bezoek, melding, "notities", tekst="  \n ")) == {"tekst": ["Dit veld is vereist."]}
    assert not Notitie.objects.exists()


def test_een_notitie_kan_ook_als_de_melding_klaar_is_of_intussen_is_gewijzigd(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    versie = van_nu(melding)
    workflow.trek_in(melding, op=timezone.localdate(), reden="verhuisd", door=wijkwerker)
    antwoord = bezoek.post(f"/meldingen/{melding.pk}/notities", {"versie": versie, "tekst": "belde nog"})
    assert antwoord.status_code == 303
    assert Notitie.objects.get().door == wijkwerker


def test_oppakken_kan_zonder_versie_en_een_keer(
    bezoek: Client, client: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    assert bezoek.post(f"/meldingen/{melding.pk}/oppakken").status_code == 303
    assert Melding.objects.get(pk=melding.pk).behandelaar == wijkwerker
    client.force_login(buur)
    antwoord = client.post(f"/meldingen/{melding.pk}/oppakken")
    assert antwoord.status_code == 409
    assert "net eerder" in fouten(antwoord)["__all__"][0]


def test_toewijzen_aan_een_collega_van_het_team(bezoek: Client, buur: Medewerker, melding: Melding) -> None:
    antwoord = doe(bezoek, melding, "toewijzen", medewerker=buur.pk, reden="kent de buurt")
    assert berichten(antwoord) == ["Toegewezen aan Bo Buur."]
    rij = Toewijzing.objects.get(tot=None)
    assert (rij.medewerker, rij.team, rij.reden) == (buur, melding.team, "kent de buurt")


def test_toewijzen_buiten_het_team_is_geen_keuze(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    antwoord = doe(bezoek, melding, "toewijzen", medewerker=collega.pk)
    assert "Selecteer een geldige keuze" in fouten(antwoord)["medewerker"][0]


def test_alleen_wie_verdeelt_legt_terug_in_de_triage(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, melding: Melding
) -> None:
    workflow.pak_op(melding, door=wijkwerker)
    client.force_login(wijkwerker)
    assert fouten(doe(client, melding, "toewijzen")) == {"medewerker": ["Dit veld is vereist."]}
    client.force_login(coordinator)
    assert doe(client, melding, "toewijzen", reden="vol").status_code == 303
    assert Melding.objects.get(pk=melding.pk).behandelaar is None


def test_een_melding_zonder_team_gaat_naar_een_collega_en_diens_team(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, haven: Team
) -> None:
    melding = MeldingFactory(team=None, door=wijkwerker)
    assert doe(bezoek, melding, "toewijzen", medewerker=buur.pk).status_code == 303
    melding = Melding.objects.get(pk=melding.pk)
    assert (melding.team, melding.behandelaar) == (haven, buur)


def test_een_melding_die_klaar_is_wordt_niet_toegewezen(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    workflow.trek_in(melding, op=timezone.localdate(), reden="verhuisd", door=wijkwerker)
    antwoord = doe(bezoek, melding, "toewijzen", medewerker=buur.pk)
    assert fouten(antwoord) == {"__all__": ["Deze melding is afgerond en kan niet meer worden toegewezen."]}


def test_een_correctie_zet_het_goede_feit_ernaast(bezoek: Client, melding: Melding, stad: Team) -> None:
    feit = Gebeurtenis.objects.get(melding=melding)
    gisteren = timezone.localdate() - timedelta(days=1)
    antwoord = doe(
        bezoek,
        melding,
        f"feiten/{feit.pk}/correctie",
        datum=gisteren.strftime(VANDAAG),
        team=melding.team_id,
        categorie=feit.categorie,
        kanaal=Kanaal.BALIE,
        aanleiding="",
        reden="was aan de balie",
    )
    assert antwoord.status_code == 303
    nieuw = Gebeurtenis.objects.get(melding=melding, vervallen_op=None)
    assert (nieuw.datum, nieuw.kanaal, nieuw.aanleiding, nieuw.categorie) == (
        gisteren,
        Kanaal.BALIE,
        None,
        feit.categorie,
    )
    feit.refresh_from_db()
    assert feit.vervallen_reden == "was aan de balie"


def test_een_correctie_die_niets_verandert_of_niet_past_wordt_geweigerd(
    bezoek: Client, wijkwerker: Medewerker, haven: Team
) -> None:
    melding = MeldingFactory(tot="gesprek", team=haven, door=wijkwerker)
    feit = Gebeurtenis.objects.get(melding=melding, soort=Soort.GESPREK_GESTART)
    pad = f"feiten/{feit.pk}/correctie"
    antwoord = doe(bezoek, melding, pad, datum=feit.datum.strftime(VANDAAG), reden="zomaar")
    assert (antwoord.status_code, "verandert niets" in fouten(antwoord)["__all__"][0]) == (409, True)
    antwoord = doe(bezoek, melding, pad, datum="01-03-2015", reden="zomaar")
    assert "pas op 01-04-2015" in fouten(antwoord)["__all__"][0]
    assert "zomaar" in antwoord.content.decode()


def test_een_feit_van_een_andere_melding_is_niet_gevonden(
    bezoek: Client, wijkwerker: Medewerker, haven: Team, melding: Melding
) -> None:
    ander = Gebeurtenis.objects.get(melding=MeldingFactory(team=haven, door=wijkwerker))
    assert doe(bezoek, melding, f"feiten/{ander.pk}/correctie", datum=vandaag(), reden="x").status_code == 404
    assert doe(bezoek, melding, f"feiten/{10**30}/correctie", datum=vandaag(), reden="x").status_code == 404


def test_een_correctie_van_wat_intussen_verviel_houdt_de_woorden(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    feit = Gebeurtenis.objects.get(melding=melding)
    gisteren = timezone.localdate() - timedelta(days=1)
    workflow.corrigeer(feit, datum=gisteren, reden="eerst", door=wijkwerker)
    antwoord = doe(bezoek, melding, f"feiten/{feit.pk}/correctie", datum="01-11-2026", reden="mijn uitleg")
    assert antwoord.status_code == 409
    assert "mijn uitleg" in antwoord.content.decode()


def test_terugdraaien_en_vergissing(bezoek: Client, wijkwerker: Medewerker, haven: Team) -> None:
    melding = MeldingFactory(tot="onderzoek", team=haven, door=wijkwerker)
    assert doe(bezoek, melding, "terugdraaien", reden="te vroeg").status_code == 303
    assert Melding.objects.get(pk=melding.pk).status == "gesprek"
    assert doe(bezoek, melding, "vergissing", reden="dubbel").status_code == 303
    assert Melding.objects.get(pk=melding.pk).status == "vervallen"
    antwoord = doe(bezoek, melding, "vergissing", reden="nog eens")
    assert antwoord.status_code == 409
    assert "telt niet meer mee" in fouten(antwoord)["__all__"][0]


def test_zonder_stap_valt_er_niets_terug_te_draaien(bezoek: Client, melding: Melding) -> None:
    antwoord = doe(bezoek, melding, "terugdraaien", reden="oeps")
    assert "nog geen stap gezet" in fouten(antwoord)["__all__"][0]


def test_een_gesprek_plannen_en_afzeggen(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    dag = timezone.localdate() + timedelta(days=7)
    antwoord = doe(
        bezoek,
        melding,
        "gesprekken",
        dag=dag.strftime(VANDAAG),
        tijd="10:30",
        plaatssoort=1,
        plaats="bij Jo thuis",
        deelnemers=[wijkwerker.pk, buur.pk],
    )
    assert antwoord.status_code == 303
    gesprek = Gesprek.objects.get()
    assert f"{timezone.localtime(gesprek.gepland_op):%d-%m-%Y %H:%M}" == f"{dag:%d-%m-%Y} 10:30"
    assert set(gesprek.deelnemers.all()) == {wijkwerker, buur}
    pad = f"gesprekken/{gesprek.pk}/afzegging"
    assert doe(bezoek, melding, pad, reden="ziek").status_code == 303
    gesprek.refresh_from_db()
    assert (gesprek.afgezegd_reden, gesprek.afgezegd_door) == ("ziek", wijkwerker)
    antwoord = doe(bezoek, melding, pad, reden="nogmaals ziek")
    assert fouten(antwoord) == {"__all__": ["Dit gesprek was al afgezegd."]}
    assert "nogmaals ziek" in antwoord.content.decode()


def test_een_gesprek_in_het_verleden_of_na_het_onderzoek_wordt_geweigerd(
    bezoek: Client, wijkwerker: Medewerker, haven: Team, melding: Melding
) -> None:
    velden = {"tijd": "10:00", "plaatssoort": 1, "deelnemers": wijkwerker.pk}
    antwoord = doe(bezoek, melding, "gesprekken", dag="01-01-2020", **velden)
    assert "al voorbij" in fouten(antwoord)["__all__"][0]
    assert set(fouten(doe(bezoek, melding, "gesprekken", dag="x", tijd="25:99", plaatssoort=1))) == {
        "dag",
        "tijd",
        "deelnemers",
    }
    klaar = MeldingFactory(tot="onderzoek", team=haven, door=wijkwerker)
    morgen = (timezone.localdate() + timedelta(days=1)).strftime(VANDAAG)
    antwoord = doe(bezoek, klaar, "gesprekken", dag=morgen, **velden)
    assert "zolang er nog geen onderzoek is" in fouten(antwoord)["__all__"][0]


def test_wie_de_vraag_of_de_spoed_wijzigt_staat_in_een_notitie(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    gebied = Levensgebied.objects.create(code="proef", naam="Proefgebied")
    antwoord = doe(bezoek, melding, "kenmerken", spoed="on", vraag="Nu ook dakloos", levensgebieden=gebied.pk)
    assert antwoord.status_code == 303
    melding = Melding.objects.get(pk=melding.pk)
    assert (melding.spoed, melding.vraag, list(melding.levensgebieden.all())) == (
        True,
        "Nu ook dakloos",
        [gebied],
    )
    notitie = Notitie.objects.get()
    assert notitie.door == wijkwerker
    assert notitie.tekst.splitlines() == [
        "Nu met spoed.",
        "De vraag is aangepast. Er stond:",
        "Hulp na een val",
        "De levensgebieden zijn aangepast. Er stond: geen.",
    ]
    antwoord = doe(bezoek, melding, "kenmerken", spoed="on", vraag="Nu ook dakloos", levensgebieden=gebied.pk)
    assert "verandert niets" in fouten(antwoord)["__all__"][0]


def test_een_gebied_dat_niet_meer_geldt_kan_blijven_maar_niet_erbij(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    oud = Levensgebied.objects.create(code="oud", naam="Oud", geldig_tot=date(2015, 1, 1))
    antwoord = doe(bezoek, melding, "kenmerken", vraag="anders", levensgebieden=oud.pk)
    assert "levensgebieden" in fouten(antwoord)
    melding.levensgebieden.add(oud)
    assert doe(bezoek, melding, "kenmerken", vraag="anders", levensgebieden=oud.pk).status_code == 303


# Twee tegelijk


def test_wie_beslist_op_een_verouderde_pagina_hoort_wat_er_is_gewijzigd(
    bezoek: Client, buur: Medewerker, melding: Melding
) -> None:
    gezien = van_nu(melding)
    workflow.pak_op(melding, door=buur)
    workflow.start_gesprek(melding, op=timezone.localdate(), door=buur)
    voor = rijen()
    antwoord = bezoek.post(
        f"/meldingen/{melding.pk}/stappen/trek_in", {"versie": gezien, "op": vandaag(), "reden": "belde af"}
    )
    assert antwoord.status_code == 409
    (fout,) = fouten(antwoord)["__all__"]
    assert "Bo Buur: Gesprek gestart." in fout
    assert "Bo Buur: Opgepakt in Wijkteam Haven." in fout
    html = antwoord.content.decode()
    assert "belde af" in html
    assert f'name="versie" value="{van_nu(melding)}"' in html
    assert rijen() == voor
    opnieuw = {"versie": antwoord.context["versie"], "op": vandaag(), "reden": "belde af"}
    assert bezoek.post(f"/meldingen/{melding.pk}/stappen/trek_in", opnieuw).status_code == 303


def test_ook_wat_verviel_en_wat_anders_werd_hoort_men(
    bezoek: Client, buur: Medewerker, melding: Melding
) -> None:
    workflow.start_gesprek(melding, op=timezone.localdate(), door=buur)
    gezien = van_nu(melding)
    workflow.draai_terug(melding, reden="nog niet", door=buur)
    workflow.wijzig(melding, spoed=True, vraag=melding.vraag, levensgebieden=[], door=buur)
    antwoord = bezoek.post(f"/meldingen/{melding.pk}/vergissing", {"versie": gezien, "reden": "dubbel"})
    (fout,) = fouten(antwoord)["__all__"]
    assert "Bo Buur: Gesprek gestart – vervallen." in fout
    assert "de spoed of de levensgebieden zijn gewijzigd" in fout


@pytest.mark.parametrize("versie", ["", "x", "1-2-3", "9" * 5000, "-" * 9, "0-0-0-0-0-0-0-0-0123456789ab"])
def test_een_versie_die_nergens_op_lijkt_is_verouderd(bezoek: Client, melding: Melding, versie: str) -> None:
    antwoord = bezoek.post(f"/meldingen/{melding.pk}/vergissing", {"versie": versie, "reden": "dubbel"})
    assert antwoord.status_code == 409
    assert "intussen gewijzigd" in fouten(antwoord)["__all__"][0]


def test_een_notitie_ertussen_houdt_niemand_op(bezoek: Client, buur: Medewerker, melding: Melding) -> None:
    gezien = van_nu(melding)
    workflow.noteer(melding, tekst="belde", door=buur)
    antwoord = bezoek.post(
        f"/meldingen/{melding.pk}/stappen/start_gesprek", {"versie": gezien, "op": vandaag()}
    )
    assert antwoord.status_code == 303


def test_twee_keer_klikken_legt_een_keer_vast(bezoek: Client, melding: Melding) -> None:
    velden = {"versie": van_nu(melding), "op": vandaag()}
    pad = f"/meldingen/{melding.pk}/stappen/start_gesprek"
    assert [bezoek.post(pad, velden).status_code for _ in range(2)] == [303, 409]
    assert Gebeurtenis.objects.filter(melding=melding, soort=Soort.GESPREK_GESTART).count() == 1


# Rechten

PADEN = [
    "oppakken",
    "toewijzen",
    "stappen/start_gesprek",
    "notities",
    "feiten/1/correctie",
    "terugdraaien",
    "vergissing",
    "gesprekken",
    "gesprekken/1/afzegging",
    "kenmerken",
    "koppeling",
    "koppeling/terug",
    "gelijkstellingen",
    "gelijkstellingen/1/losmaken",
    "contactpersoon",
]


@pytest.mark.parametrize("pad", PADEN)
def test_wie_er_niet_mee_werkt_wijzigt_niets(
    client: Client,
    collega: Medewerker,
    stad: Team,
    wijkwerker: Medewerker,
    haven: Team,
    melding: Melding,
    pad: str,
) -> None:
    voor = rijen()
    client.force_login(collega)
    for sleutel in (melding.pk, melding.pk + 1000):
        antwoord = client.post(f"/meldingen/{sleutel}/{pad}", {"versie": van_nu(melding), "reden": "x"})
        assert antwoord.status_code == 404
    assert [rij.toegestaan for rij in Inzage.objects.all()] == [False, False]
    client.force_login(werkt(MedewerkerFactory(), None, Rol.TOETSER))
    assert client.post(f"/meldingen/{melding.pk}/{pad}").status_code == 403
    client.logout()
    assert client.post(f"/meldingen/{melding.pk}/{pad}")["Location"].startswith("/aanmelden")
    assert rijen() == voor


@pytest.mark.parametrize("pad", PADEN)
def test_een_get_wijzigt_niets_en_gaat_naar_de_melding(bezoek: Client, melding: Melding, pad: str) -> None:
    voor = rijen()
    antwoord = bezoek.get(f"/meldingen/{melding.pk}/{pad}")
    assert (antwoord.status_code, antwoord["Location"]) == (302, reverse("melding", args=[melding.pk]))
    assert bezoek.put(f"/meldingen/{melding.pk}/{pad}").status_code == 405
    assert rijen() == voor


def test_een_bewaarde_notitie_ruimt_het_concept_op(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    naam = f"melding-{melding.pk}-notitie"
    workflow.bewaar_concept(naam, {"tekst": "half af"}, door=wijkwerker)
    doe(bezoek, melding, "notities", tekst="af")
    assert not Concept.objects.exists()


def test_wie_de_melding_uit_handen_geeft_komt_op_een_pagina_die_mag(
    bezoek: Client, wijkwerker: Medewerker
) -> None:
    elders = TeamFactory()
    melding = MeldingFactory(team=elders, door=wijkwerker)
    buitenteam = werkt(MedewerkerFactory(), elders)
    bezoek.force_login(werkt(MedewerkerFactory(), elders))
    assert (
        doe(bezoek, melding, "toewijzen", medewerker=buitenteam.pk)["Location"] == f"/meldingen/{melding.pk}"
    )
