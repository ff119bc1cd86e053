"""The page of the plan: empty, filled, and when something is wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import workflow
from households.models import (
    Afsluiting,
    Afspraak,
    Afspraaksoort,
    Deelnemer,
    Doel,
    Doelstand,
    Huishouden,
    Plan,
    Planwijziging,
    Regie,
    Tevredenheid,
)
from households.plannen import laatste_akkoord, lopend_plan
from meldingen.models import Concept
from teams.models import Handeling, Inzage, Medewerker, Team
from tests.households.plannen import deelnemer, maak_doel, maak_gezin, persoon
from tests.meldingen_web.hulp import berichten, fouten

pytestmark = pytest.mark.django_db


@pytest.fixture
def huishouden(wijkwerker: Medewerker, haven: Team) -> Huishouden:
    return maak_gezin(wijkwerker)


@pytest.fixture
def plan(huishouden: Huishouden, wijkwerker: Medewerker) -> Plan:
    return workflow.begin_plan(huishouden, door=wijkwerker)


@pytest.fixture
def doel(plan: Plan, wijkwerker: Medewerker) -> Doel:
    return maak_doel(plan, wijkwerker)


def pad(huishouden: Huishouden, rest: str = "") -> str:
    return f"/huishoudens/{huishouden.pk}/plan{rest}"


def tekst(antwoord: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", antwoord.content.decode())).split())


def vandaag(verder: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=verder)).strftime("%d-%m-%Y")


def test_van_niets_naar_een_doel_met_een_actie_en_een_afspraak_in_vier_keer_versturen(
    bezoek: Client, huishouden: Huishouden
) -> None:
    leeg = tekst(bezoek.get(pad(huishouden)))
    assert "Er is nog geen plan" in leeg
    assert bezoek.post(pad(huishouden, "/begin")).status_code == 303
    plan = lopend_plan(huishouden)
    assert plan
    assert "Er staat nog geen doel in." in tekst(bezoek.get(pad(huishouden)))
    mila = deelnemer(plan, "Mila")
    antwoord = bezoek.post(pad(huishouden, "/doelen"), {"tekst": "Weer naar school", "eigenaar": mila.pk})
    assert antwoord.headers["Location"] == pad(huishouden, "#laatste-doel")
    doel = plan.doelen.get()
    for velden in (
        {"soort": 1, "tekst": "Belt de mentor", "wie": mila.pk},
        {
            "soort": 2,
            "tekst": "Om negen uur naar bed",
            "wie": "anders",
            "anders": "Riet",
            "uiterlijk_op": vandaag(7),
        },
    ):
        antwoord = bezoek.post(pad(huishouden, f"/doelen/{doel.pk}/afspraken"), velden)
        assert antwoord.headers["Location"] == pad(huishouden, f"#doel-{doel.pk}")
    gelezen = tekst(bezoek.get(pad(huishouden)))
    assert "Weer naar school" in gelezen
    assert "Open van Mila Bos , voor iedereen in het huishouden" in gelezen
    assert "Actie: Belt de mentor Mila Bos" in gelezen
    assert "Afspraak: Om negen uur naar bed Riet , uiterlijk" in gelezen
    assert "Evaluatie gepland op" in gelezen


def test_wie_leest_komt_in_het_logboek_met_ieder_die_erin_staat(
    bezoek: Client, huishouden: Huishouden, doel: Doel
) -> None:
    bezoek.get(pad(huishouden))
    gelogd = list(Inzage.objects.order_by("pk").values_list("onderwerp", "handeling"))
    assert gelogd == [
        ("households.Huishouden", Handeling.GEOPEND),
        *[("households.Persoon", Handeling.IN_LIJST)] * 3,
    ]


def test_een_tweede_plan_wordt_geweigerd_met_waarom(bezoek: Client, plan: Plan) -> None:
    antwoord = bezoek.post(pad(plan.huishouden, "/begin"))
    assert antwoord.status_code == 409
    assert "Voor dit huishouden loopt al een plan" in tekst(antwoord)
    assert Plan.objects.count() == 1


def test_wat_fout_is_ingevuld_staat_er_nog(bezoek: Client, plan: Plan, doel: Doel) -> None:
    antwoord = bezoek.post(pad(plan.huishouden, "/doelen"), {"tekst": "Sparen", "streefdatum": "gisteren"})
    assert antwoord.status_code == 200
    gelezen = antwoord.content.decode()
    assert "Sparen" in gelezen
    assert "Dit veld is vereist." in gelezen
    assert re.search(r'<details class="meer"\s+open', gelezen)
    assert plan.doelen.count() == 1


def test_een_doel_dat_niet_past_wordt_geweigerd_en_blijft_staan(bezoek: Client, plan: Plan) -> None:
    mila = deelnemer(plan, "Mila")
    antwoord = bezoek.post(
        pad(plan.huishouden, "/doelen"), {"tekst": "Sparen", "eigenaar": mila.pk, "besloten": "on"}
    )
    assert antwoord.status_code == 409
    assert "kies voor wie het is" in tekst(antwoord)
    assert "Sparen" in antwoord.content.decode()


def test_een_doel_met_alles_erop_en_eraan(bezoek: Client, plan: Plan) -> None:
    sem = persoon(plan.huishouden, "Sem")
    antwoord = bezoek.post(
        pad(plan.huishouden, "/doelen"),
        {
            "tekst": "Op mijzelf wonen",
            "eigenaar": deelnemer(plan, "Sem").pk,
            "voor_wie": [sem.pk],
            "streefdatum": vandaag(30),
            "begin": vandaag(),
            "levensgebied": 2,
            "besloten": "on",
        },
    )
    assert antwoord.status_code == 303, fouten(antwoord)
    doel = plan.doelen.get()
    assert (doel.besloten, list(doel.voor_wie.all()), doel.levensgebied_id) == (True, [sem], 2)


def test_afvinken_regie_en_wie_er_meedoet(
    bezoek: Client, plan: Plan, doel: Doel, buur: Medewerker, wijkwerker: Medewerker
) -> None:
    actie = workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.ACTIE, tekst="bellen", wie=doel.eigenaar, doel=doel, door=wijkwerker
    )
    assert bezoek.post(pad(plan.huishouden, f"/afspraken/{actie.pk}/gedaan")).status_code == 303
    actie.refresh_from_db()
    assert actie.gedaan_op == timezone.localdate()
    velden = {"soort": 2, "wie": doel.eigenaar_id, "reden": "is altijd thuis"}
    assert bezoek.post(pad(plan.huishouden, "/regie"), velden).status_code == 303
    assert Regie.objects.get().reden == "is altijd thuis"
    assert bezoek.post(pad(plan.huishouden, "/regie"), velden).status_code == 409
    for wie in (
        {"wie": f"m{buur.pk}"},
        {"soort": 4, "naam": "Meester Kees", "organisatie": "De Haven", "telefoon": "036 1234567"},
    ):
        assert bezoek.post(pad(plan.huishouden, "/deelnemers"), wie).status_code == 303
    gelezen = tekst(bezoek.get(pad(plan.huishouden)))
    assert "Dagelijkse regie Mila Bos" in gelezen
    assert "Meester Kees De Haven, 036 1234567" in gelezen
    assert "☑" in gelezen
    weg = Deelnemer.objects.get(naam="Meester Kees")
    assert bezoek.post(pad(plan.huishouden, f"/deelnemers/{weg.pk}/einde")).status_code == 303
    assert "Meester Kees De Haven" not in tekst(bezoek.get(pad(plan.huishouden)))
    antwoord = bezoek.post(pad(plan.huishouden, f"/deelnemers/{doel.eigenaar_id}/einde"))
    assert (antwoord.status_code, "Mila Bos heeft nog een open doel" in tekst(antwoord)) == (409, True)


def test_iemand_toevoegen_zonder_te_zeggen_wie_kan_niet(bezoek: Client, plan: Plan) -> None:
    antwoord = bezoek.post(pad(plan.huishouden, "/deelnemers"), {"rol": "buurman"})
    assert fouten(antwoord) == {
        "naam": ["Kies hierboven iemand, of vul een naam in."],
        "soort": ["Kies waar diegene bij hoort."],
    }


def test_een_evaluatie_vastleggen(bezoek: Client, plan: Plan, doel: Doel) -> None:
    assert (
        bezoek.post(pad(plan.huishouden, f"/doelen/{doel.pk}/evaluaties"), {"op": vandaag(3)}).status_code
        == 303
    )
    evaluatie = doel.evaluaties.order_by("gepland_op")[0]
    adres = pad(plan.huishouden, f"/evaluaties/{evaluatie.pk}")
    assert doel.tekst in tekst(bezoek.get(adres))
    velden = {"resultaat": 2, "toelichting": "Drie dagen gelukt", "op": vandaag(), "volgende_op": vandaag(9)}
    assert bezoek.post(adres, velden).status_code == 303
    assert "voor een deel bereikt: Drie dagen gelukt" in tekst(bezoek.get(pad(plan.huishouden)))
    assert bezoek.post(adres, velden).status_code == 409


def velden_van(doel: Doel, **anders: Any) -> dict[str, Any]:
    gewoon = {
        "tekst": doel.tekst,
        "eigenaar": doel.eigenaar_id,
        "stand": doel.stand,
        "bewerking": doel.bewerking,
        "begin": doel.begin.strftime("%d-%m-%Y"),
    }
    return gewoon | anders


def test_twee_die_dezelfde_tekst_wijzigen_zien_allebei_wat_er_gebeurde(
    bezoek: Client, plan: Plan, doel: Doel, buur: Medewerker
) -> None:
    adres = pad(plan.huishouden, f"/doelen/{doel.pk}")
    assert doel.tekst in bezoek.get(adres).content.decode()
    workflow.wijzig_doel(
        doel,
        bewerking=1,
        tekst="Sem gaat drie dagen naar school",
        eigenaar=doel.eigenaar,
        stand=Doelstand.OPEN,
        door=buur,
    )
    antwoord = bezoek.post(adres, velden_van(doel, tekst="Sem gaat graag naar school"))
    assert antwoord.status_code == 409
    gelezen = antwoord.content.decode()
    assert "Bo Buur" in gelezen
    assert "<del>drie dagen</del>" in gelezen
    assert "<ins>graag</ins>" in gelezen
    assert "Sem gaat graag naar school</textarea>" in gelezen
    assert 'name="bewerking" value="2"' in gelezen
    doel.refresh_from_db()
    assert doel.tekst == "Sem gaat drie dagen naar school"
    samen = "Sem gaat drie dagen graag naar school"
    assert bezoek.post(adres, velden_van(doel, tekst=samen, bewerking=2)).status_code == 303
    gelezen = tekst(bezoek.get(pad(plan.huishouden)))
    assert samen in gelezen
    assert Planwijziging.objects.filter(na__tekst="Sem gaat drie dagen naar school", door=buur).exists()


def test_wie_iemand_anders_kiest_zegt_wie(bezoek: Client, plan: Plan) -> None:
    antwoord = bezoek.post(
        pad(plan.huishouden, "/afspraken"), {"soort": 1, "tekst": "belt", "wie": "anders", "anders": " "}
    )
    assert antwoord.status_code == 200
    assert "Iemand anders: Vul de naam in." in tekst(antwoord)
    assert "belt</textarea>" in antwoord.content.decode()


def velden_op(antwoord: Any) -> dict[str, Any]:
    """What a browser would send back of the form on the page."""
    formulier = antwoord.context["formulier"]
    velden = {naam: formulier[naam].value() for naam in formulier.fields}
    return {
        naam: waarde.strftime("%d-%m-%Y") if isinstance(waarde, date) else waarde
        for naam, waarde in velden.items()
        if waarde not in (None, False)
    }


def test_wat_alleen_de_ander_wijzigde_wordt_overgenomen_en_wat_ik_schreef_blijft(
    bezoek: Client, plan: Plan, doel: Doel, buur: Medewerker
) -> None:
    adres = pad(plan.huishouden, f"/doelen/{doel.pk}")
    mijn = velden_op(bezoek.get(adres)) | {"tekst": "Sem gaat graag naar school"}
    workflow.wijzig_doel(
        doel,
        bewerking=1,
        tekst=doel.tekst,
        eigenaar=deelnemer(plan, "Joris"),
        stand=Doelstand.OPEN,
        streefdatum=timezone.localdate(),
        besloten=True,
        voor_wie=[persoon(plan.huishouden, "Sem")],
        door=buur,
    )
    antwoord = bezoek.post(adres, mijn)
    assert antwoord.status_code == 409
    gelezen = tekst(antwoord)
    assert (
        "overgenomen, omdat u dat niet had gewijzigd: Van wie is dit doel, Voor wie, Streefdatum" in gelezen
    )
    assert "wat er nu staat" not in gelezen.replace("Laat staan wat er nu staat", "")
    assert bezoek.post(adres, velden_op(antwoord)).status_code == 303
    doel.refresh_from_db()
    assert doel.tekst == "Sem gaat graag naar school"
    assert (doel.eigenaar, doel.streefdatum) == (deelnemer(plan, "Joris"), timezone.localdate())
    assert (doel.besloten, list(doel.voor_wie.all())) == (True, [persoon(plan.huishouden, "Sem")])


def test_wie_laat_staan_wat_de_ander_schreef_raakt_het_eigen_concept_kwijt(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    adres = pad(plan.huishouden, f"/doelen/{doel.pk}")
    concept = f"/concepten/plan-doel-wijzig-{doel.pk}-van-{plan.pk}"
    assert bezoek.post(concept, {"tekst": "Getypt", "bewerking": "1"}).status_code == 200
    assert "Getypt</textarea>" in bezoek.get(adres).content.decode()
    assert bezoek.post(adres, {"laat_staan": "1"}).status_code == 303
    assert not Concept.objects.exists()
    assert doel.tekst in bezoek.get(adres).content.decode()


def test_een_concept_van_voor_de_wijziging_van_een_ander_overschrijft_die_niet(
    bezoek: Client, plan: Plan, doel: Doel, buur: Medewerker
) -> None:
    adres = pad(plan.huishouden, f"/doelen/{doel.pk}")
    bezoek.post(f"/concepten/plan-doel-wijzig-{doel.pk}-van-{plan.pk}", velden_van(doel, tekst="Getypt"))
    workflow.wijzig_doel(
        doel, bewerking=1, tekst="Anders", eigenaar=doel.eigenaar, stand=Doelstand.OPEN, door=buur
    )
    gelezen = bezoek.get(adres).content.decode()
    assert "Getypt</textarea>" in gelezen
    assert 'name="bewerking" value="1"' in gelezen


def test_een_nieuw_doel_dat_half_getypt_was_staat_er_nog_tot_het_is_bewaard(
    bezoek: Client, plan: Plan
) -> None:
    mila = deelnemer(plan, "Mila")
    bezoek.post(f"/concepten/plan-doel-van-{plan.pk}", {"tekst": "Half", "eigenaar": str(mila.pk)})
    assert "Half</textarea>" in bezoek.get(pad(plan.huishouden)).content.decode()
    bezoek.post(pad(plan.huishouden, "/doelen"), {"tekst": "Heel", "eigenaar": mila.pk})
    assert not Concept.objects.exists()


def test_een_afspraak_wijzigen_en_laten_vervallen(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    rij = workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.AFSPRAAK, tekst="vroeg op", wie=doel.eigenaar, door=wijkwerker
    )
    adres = pad(plan.huishouden, f"/afspraken/{rij.pk}")
    velden = {"soort": 2, "tekst": "op tijd op", "wie": doel.eigenaar_id, "bewerking": 1, "vervallen": "on"}
    assert bezoek.get(adres).status_code == 200
    assert bezoek.post(adres, velden).status_code == 303
    rij = Afspraak.objects.get()
    assert (rij.tekst, rij.vervallen_op) == ("op tijd op", timezone.localdate())
    botsing = bezoek.post(adres, velden | {"tekst": "laat op"})
    assert (botsing.status_code, "U werkte hier met z’n tweeën aan" in tekst(botsing)) == (409, True)


def test_vaststellen_en_de_mening_van_de_inwoner(bezoek: Client, plan: Plan, doel: Doel) -> None:
    assert bezoek.post(pad(plan.huishouden, "/vaststelling")).status_code == 303
    assert bezoek.post(pad(plan.huishouden, "/vaststelling")).status_code == 409
    adres = pad(plan.huishouden, "/versies/1/akkoord")
    velden = {"wie": doel.eigenaar_id, "antwoord": 3, "wijze": 1, "datum": vandaag()}
    assert bezoek.post(adres, velden).status_code == 409
    assert bezoek.post(adres, velden | {"opmerking": "te veel"}).status_code == 303
    gelezen = tekst(bezoek.get(pad(plan.huishouden)))
    assert "Niet akkoord Mila Bos" in gelezen
    assert "te veel" in gelezen
    assert laatste_akkoord(plan) is None
    assert bezoek.post(adres, velden | {"antwoord": 1}).status_code == 303
    assert laatste_akkoord(plan)
    assert bezoek.post(pad(plan.huishouden, "/versies/2/akkoord"), velden).status_code == 404


def test_afsluiten_en_weer_beginnen_met_de_open_doelen(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    adres = pad(plan.huishouden, "/afsluiting")
    assert "Hoe tevreden" in tekst(bezoek.get(adres))
    antwoord = bezoek.post(adres, {"over_resultaat": 4, "geen_waakvlam_omdat": "hoeft niet"})
    assert (antwoord.status_code, "of vul in waarom dat niet is gevraagd" in tekst(antwoord)) == (409, True)
    velden = {
        "over_resultaat": 4,
        "over_proces": 2,
        "opmerking": "duurde lang",
        "waakvlam_op": vandaag(),
        "waakvlam_wie": wijkwerker.pk,
    }
    assert bezoek.post(adres, velden).status_code == 303
    afsluiting = Afsluiting.objects.get()
    assert (afsluiting.over_resultaat, afsluiting.over_proces) == (Tevredenheid.TEVREDEN, Tevredenheid.NIET)
    gelezen = tekst(bezoek.get(pad(plan.huishouden)))
    for stuk in ("Afgesloten op", "niet tevreden", "duurde lang", "Neem de open doelen", doel.tekst):
        assert stuk in gelezen
    assert "Nieuw doel" not in gelezen
    te_laat = bezoek.post(pad(plan.huishouden, "/doelen"), {"tekst": "nog een", "eigenaar": doel.eigenaar_id})
    assert te_laat.status_code == 409
    assert "afgesloten en verandert niet meer" in tekst(te_laat)
    assert "nog een</textarea>" in te_laat.content.decode()
    waakvlam = pad(plan.huishouden, f"/afsluiting/{afsluiting.pk}/waakvlam")
    assert bezoek.post(waakvlam, {"op": vandaag(), "verslag": "Het gaat goed"}).status_code == 303
    assert "Het gaat goed" in tekst(bezoek.get(pad(plan.huishouden)))
    assert bezoek.post(pad(plan.huishouden, "/begin"), {"neem_over": "on"}).status_code == 303
    nieuw = lopend_plan(plan.huishouden)
    assert nieuw
    assert nieuw.doelen.get().tekst == doel.tekst
    assert f"?plan={plan.pk}" in bezoek.get(pad(plan.huishouden)).content.decode()


def test_wie_met_noodtoegang_leest_kan_niet_schrijven(
    client: Client, collega: Medewerker, plan: Plan, doel: Doel
) -> None:
    client.force_login(collega)
    assert client.get(pad(plan.huishouden)).status_code == 404
    workflow.open_noodtoegang(plan.huishouden, reden="kind alleen thuis", medewerker=collega)
    gelezen = tekst(client.get(pad(plan.huishouden)))
    assert doel.tekst in gelezen
    assert "Bewaar doel" not in gelezen
    assert "Wijzig dit doel" not in gelezen
    assert client.post(pad(plan.huishouden, "/doelen"), {"tekst": "x"}).status_code == 404


def test_wie_elders_is_afgeschermd_wordt_niet_genoemd(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker, buur: Medewerker
) -> None:
    sem = persoon(plan.huishouden, "Sem")
    elders = workflow.nieuw_huishouden(persoon=sem, vanaf=timezone.localdate(), door=buur)
    workflow.scherm_af(elders, reden="veiligheid", door=buur)
    maak_doel(plan, wijkwerker, tekst="Leren fietsen", voor_wie=[sem])
    workflow.stel_vast(plan, door=wijkwerker)
    for rest in ("", "/versies", "/afdruk", f"/doelen/{doel.pk}"):
        gelezen = tekst(bezoek.get(pad(plan.huishouden, rest)))
        assert "Sem Bos" not in gelezen, rest
    assert "voor iemand" in tekst(bezoek.get(pad(plan.huishouden)))


def test_de_pagina_kost_evenveel_vragen_hoeveel_er_ook_in_staat(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.ACTIE, tekst="x", wie=doel.eigenaar, doel=doel, door=wijkwerker
    )
    bezoek.get(pad(plan.huishouden))
    with CaptureQueriesContext(connection) as weinig:
        bezoek.get(pad(plan.huishouden))
    for nummer in range(8):
        ander = maak_doel(plan, wijkwerker, tekst=f"doel {nummer}")
        for _ in range(3):
            workflow.voeg_afspraak_toe(
                plan, soort=Afspraaksoort.ACTIE, tekst="x", wie=ander.eigenaar, doel=ander, door=wijkwerker
            )
    with CaptureQueriesContext(connection) as veel:
        bezoek.get(pad(plan.huishouden))
    assert len(veel) == len(weinig)


def test_het_huishouden_wijst_naar_het_plan(bezoek: Client, plan: Plan, doel: Doel) -> None:
    antwoord = bezoek.get(f"/huishoudens/{plan.huishouden_id}")
    assert pad(plan.huishouden) in antwoord.content.decode()
    assert "1 open doel" in tekst(antwoord)


def test_wat_de_gebruiker_hoort(bezoek: Client, huishouden: Huishouden) -> None:
    assert berichten(bezoek.post(pad(huishouden, "/begin"))) == ["Het plan is begonnen."]
