"""Around a melding: call-backs, who is known, the wijkteam, the sociale kaart, contacts and figures."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from households.models import Persoon
from households.workflow import maak_contactpersoon, nieuw_huishouden
from meldingen import workflow
from meldingen.api.invoer import KENMERK_ZOUT
from meldingen.models import Klantcontact, Melding, Terugbelverzoek, Uitkomst
from teams.models import Frequentie, Handeling, Inzage, Medewerker, Scope, Spreekuur, Team, Weekdag
from tests.api.conftest import Kcc, maak_kcc, melding

BEL = {"naam": "Piet Jansen", "telefoon": "036 123 45 67"}
BSN = "999990019"


@pytest.fixture
def truus(team: Team, wijkwerker: Medewerker) -> Persoon:
    """Known, and somebody is there for her."""
    persoon = Persoon.objects.create(
        achternaam="Boer", tussenvoegsel="de", voornamen="Truus", geboortedatum=date(1941, 5, 6)
    )
    persoon.bsn = BSN
    persoon.save()
    huishouden = nieuw_huishouden(
        persoon=persoon, vanaf=timezone.localdate(), door=wijkwerker, postcode="1315AB", huisnummer="12"
    )
    maak_contactpersoon(huishouden, wijkwerker, door=wijkwerker)
    return persoon


def test_een_terugbelverzoek_van_begin_tot_intrekken(kcc: Kcc, ander: Kcc, team: Team) -> None:
    gedaan = kcc.stuur("terugbelverzoeken", {**BEL, "postcode": "1315ab"})
    assert gedaan.status_code == 201
    adres = gedaan["Location"].removeprefix("http://testserver/api/v1/")
    assert gedaan.json()["team"] == {"code": "haven", "naam": "Team Haven"}
    gelezen = kcc.vraag(adres)
    assert (gelezen.json(), gelezen["ETag"]) == (gedaan.json(), gedaan["ETag"])

    assert ander.vraag(adres).status_code == 404
    reden = {"reden": "al gesproken"}
    trek = f"{adres}/_intrekken"
    assert ander.stuur(trek, reden, If_Match=gelezen["ETag"]).status_code == 404
    assert kcc.stuur(trek, reden).status_code == 428
    assert kcc.stuur(trek, reden, If_Match='"oud"').status_code == 412
    assert kcc.stuur(trek, {"reden": " "}, If_Match=gelezen["ETag"]).status_code == 400
    assert Terugbelverzoek.objects.get().ingetrokken_op is None

    weg = kcc.stuur(trek, reden, If_Match=gelezen["ETag"])
    assert (weg.status_code, weg.json()["stand"]) == (200, "ingetrokken")
    assert weg["ETag"] != gelezen["ETag"]
    nog = kcc.stuur(trek, reden, If_Match="*")
    assert (nog.status_code, nog.json()["detail"]) == (409, "Dit terugbelverzoek is ingetrokken.")


def test_intrekken_kan_niet_als_er_intussen_is_gebeld(kcc: Kcc, wijkwerker: Medewerker) -> None:
    gedaan = kcc.stuur("terugbelverzoeken", BEL)
    workflow.leg_belpoging_vast(Terugbelverzoek.objects.get(), Uitkomst.GESPROKEN, door=wijkwerker)
    trek = f"terugbelverzoeken/{gedaan.json()['nummer']}/_intrekken"

    assert kcc.stuur(trek, {"reden": "x"}, If_Match=gedaan["ETag"]).status_code == 412
    assert kcc.stuur(trek, {"reden": "x"}, If_Match="*").json()["detail"] == "Er is al teruggebeld."
    assert [r["stand"] for r in kcc.vraag("terugbelverzoeken", open="false").json()["resultaten"]] == [
        "nagekomen"
    ]
    assert kcc.vraag("terugbelverzoeken", open="true").json()["resultaten"] == []
    assert kcc.vraag("terugbelverzoeken", open="misschien").status_code == 400


def test_een_terugbelverzoek_bij_een_eigen_melding(kcc: Kcc, ander: Kcc) -> None:
    nummer = kcc.stuur("meldingen", melding(terugbelverzoek=None)).json()["nummer"]

    assert kcc.stuur("terugbelverzoeken", {**BEL, "melding": nummer}).json()["melding"] == nummer
    assert Terugbelverzoek.objects.get().persoon == Melding.objects.get().persoon
    vreemd = ander.stuur("terugbelverzoeken", {**BEL, "melding": nummer})
    onbekend = ander.stuur("terugbelverzoeken", {**BEL, "melding": "M999999"})
    assert vreemd.status_code == onbekend.status_code == 400
    assert vreemd.json()["invalidParams"] == onbekend.json()["invalidParams"]
    assert Inzage.objects.filter(medewerker=ander.afnemer.medewerker, toegestaan=False).count() == 2
    fout = kcc.stuur("terugbelverzoeken", {"telefoon": "1", "team": "boe", "postcode": "boe"})
    assert {f["pointer"] for f in fout.json()["invalidParams"]} == {
        "/naam",
        "/telefoon",
        "/team",
        "/postcode",
    }


def test_zoeken_zegt_alleen_dat_en_wie(kcc: Kcc, truus: Persoon, wijkwerker: Medewerker) -> None:
    for vraag in (
        {"naam": "Truus de Boer", "geboortedatum": "1941-05-06"},
        {"burgerservicenummer": BSN},
    ):
        antwoord = kcc.stuur("zoek-persoon", vraag, Idempotency_Key="zelfde")
        assert antwoord.status_code == 200, antwoord.json()
        (bekende,) = antwoord.json()["personen"]
        assert bekende.pop("kenmerk")
        assert bekende == {
            "naam": truus.gemaskeerd,
            "geboortejaar": 1941,
            "team": {"code": "haven", "naam": "Team Haven"},
            "contactpersoon": wijkwerker.naam,
            "openMelding": False,
            "magDoorverbinden": True,
        }
        assert BSN not in antwoord.content.decode()
    assert Inzage.objects.filter(handeling=Handeling.GEVONDEN, persoon=truus.pk).count() == 2
    niemand = {"naam": "Wie Niet", "geboortedatum": "1990-01-01"}
    assert kcc.stuur("zoek-persoon", niemand).json() == {"bekend": False, "personen": []}


@pytest.mark.parametrize(
    "vraag", [{}, {"naam": "Boer"}, {"burgerservicenummer": "123456789"}, {"naam": "Boer", "huisnummer": "1"}]
)
def test_een_gegeven_is_te_weinig_om_rond_te_kijken(kcc: Kcc, vraag: dict[str, str]) -> None:
    assert kcc.stuur("zoek-persoon", vraag).status_code == 400


def test_wie_gevonden_is_wordt_met_het_kenmerk_genoemd(kcc: Kcc, ander: Kcc, truus: Persoon) -> None:
    gevonden = kcc.stuur("zoek-persoon", {"burgerservicenummer": BSN}).json()
    persoon = {"kenmerk": gevonden["personen"][0]["kenmerk"]}

    assert ander.stuur("meldingen", melding(persoon=persoon)).status_code == 400
    assert kcc.stuur("meldingen", melding(persoon=persoon)).status_code == 201
    rij = Melding.objects.get()
    assert (rij.persoon, rij.team and rij.team.code) == (truus, "haven")
    weg = signing.dumps([kcc.afnemer.medewerker_id, 999_999], salt=KENMERK_ZOUT)
    onbekend = kcc.stuur("meldingen", melding(persoon={"kenmerk": weg}))
    assert onbekend.json()["invalidParams"][0]["pointer"] == "/persoon/kenmerk"


def test_het_wijkteam_van_een_postcode_met_de_spreekuren_van_vandaag(kcc: Kcc, team: Team) -> None:
    vandaag = timezone.localdate()
    dag = Weekdag(vandaag.isoweekday())
    for locatie, anders in (
        ("Buurthuis", {}),
        ("Oud", {"geldig_tot": vandaag}),
        ("Later", {"geldig_van": vandaag + timedelta(days=1)}),
        ("Morgen", {"dag": Weekdag(dag % 7 + 1)}),
    ):
        velden = {"dag": dag, **anders}
        Spreekuur.objects.create(
            team=team, locatie=locatie, van=time(9), tot=time(11), frequentie=Frequentie.WEKELIJKS, **velden
        )

    (rij,) = kcc.vraag("wijkteams", postcode="1315 ab").json()["resultaten"]

    assert (rij["code"], rij["stadsdeel"], bool(rij["waarvoor"])) == ("haven", "West", True)
    assert rij["spreekurenVandaag"] == [
        {"locatie": "Buurthuis", "van": "09:00:00", "tot": "11:00:00", "frequentie": "wekelijks"}
    ]
    assert kcc.vraag("wijkteams", postcode="9999ZZ").json()["resultaten"] == []
    assert len(kcc.vraag("wijkteams").json()["resultaten"]) == 1
    for fout in ("boe", "", "1315", "1315SS\x00"):
        assert kcc.vraag("wijkteams", postcode=fout).status_code == 400, fout


def test_een_contact_dat_direct_is_afgehandeld(kcc: Kcc, ander: Kcc) -> None:
    gedaan = kcc.stuur("klantcontacten", {"afhandeling": "direct", "kanaal": "balie", "datum": "2026-01-05"})

    assert gedaan.status_code == 201
    assert gedaan.json() == kcc.get(gedaan["Location"]).json()
    assert Klantcontact.objects.get().door == kcc.afnemer.medewerker
    assert ander.get(gedaan["Location"]).status_code == 404
    for fout in ({}, {"afhandeling": "boe"}, {"afhandeling": "direct", "datum": "2999-01-01"}):
        assert kcc.stuur("klantcontacten", fout).status_code == 400


SCOPES = {
    "meldingen": Scope.MELDINGEN,
    "meldingen/M000001": Scope.MELDINGEN,
    "terugbelverzoeken": Scope.TERUGBELVERZOEKEN,
    "terugbelverzoeken/1": Scope.TERUGBELVERZOEKEN,
    "klantcontacten/1": Scope.KLANTCONTACTEN,
    "wijkteams": Scope.WIJKTEAMS,
    "sociale-kaart?zoek=maaltijd": Scope.SOCIALE_KAART,
    "stroomschema?periode=2015": Scope.RAPPORTAGE,
    "monitor/2.1?periode=2015": Scope.RAPPORTAGE,
}


def test_elk_adres_vraagt_zijn_scope_en_de_rol_die_daarbij_hoort(team: Team) -> None:
    for scope in Scope:
        eigen = maak_kcc(f"Alleen {scope}", scopes=[scope])
        for pad, nodig in SCOPES.items():
            gekregen = eigen.get(f"/api/v1/{pad}").status_code
            assert gekregen in ((200, 404) if nodig == scope else (403,)), (scope, pad, gekregen)
            if gekregen == 403:
                assert f"‘{nodig}’" in eigen.get(f"/api/v1/{pad}").json()["detail"]
            assert eigen.delete(f"/api/v1/{pad}").status_code in (403, 405)
        for pad in ("meldingen", "terugbelverzoeken", "klantcontacten", "zoek-persoon"):
            hoort = {"zoek-persoon": Scope.PERSONEN}.get(pad, pad)
            assert eigen.stuur(pad, {}).status_code == (400 if hoort == scope else 403), (scope, pad)


def test_de_sociale_kaart_per_pagina(kcc: Kcc) -> None:
    from voorzieningen.models import AlgemeneVoorziening

    for nummer in range(5):
        AlgemeneVoorziening.objects.create(naam=f"Eettafel {nummer}", hele_gemeente=True)
    eerste = kcc.vraag("sociale-kaart", zoek="eettafel", paginaGrootte=3).json()
    tweede = kcc.get(eerste["volgende"]).json()

    namen = [rij["naam"] for pagina in (eerste, tweede) for rij in pagina["resultaten"]]
    assert namen == [f"Eettafel {nummer}" for nummer in range(5)]
    assert tweede["volgende"] is None
    assert kcc.vraag("sociale-kaart", zoek="eetafel").json()["ongeveer"] is True
    assert len(kcc.vraag("sociale-kaart").json()["resultaten"]) == 5
    for fout in ("team=boe", "levensgebied=boe", f"zoek={'a' * 201}", "boe=1"):
        assert kcc.get(f"/api/v1/sociale-kaart?{fout}").status_code == 400
