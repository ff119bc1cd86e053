"""About whom a melding is: linked, put back, made one and taken apart, with everything as it was."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Betrokkenheid, Gelijkstelling, Huishouden, Persoon, Verblijf
from meldingen import workflow
from meldingen.models import Koppeling, Melding
from teams.models import Handeling, Inzage, Medewerker, Team
from tests.factories import PersoonFactory
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import doe, fouten, rijen, van_nu

pytestmark = pytest.mark.django_db


@pytest.fixture
def ander(wijkwerker: Medewerker, haven: Team) -> Melding:
    return meld("Bakker", door=wijkwerker, telefoon="0687654321")


def test_koppelen_gaat_naar_waar_die_inwoner_woont(bezoek: Client, melding: Melding, ander: Melding) -> None:
    antwoord = doe(bezoek, melding, "koppeling", persoon=ander.persoon_id, reden="verkeerde gekozen")
    assert antwoord.status_code == 303
    nu = Melding.objects.get(pk=melding.pk)
    assert (nu.persoon, nu.huishouden) == (ander.persoon, ander.huishouden)
    assert Koppeling.objects.get(melding=melding, tot=None).reden == "verkeerde gekozen"
    gevonden = Inzage.objects.get(handeling=Handeling.GEVONDEN)
    assert gevonden.persoon == ander.persoon_id


def test_terugzetten_zet_alles_zoals_het_was(bezoek: Client, melding: Melding, ander: Melding) -> None:
    voor = rijen()
    doe(bezoek, melding, "koppeling", persoon=ander.persoon_id, reden="verkeerde gekozen")
    assert rijen() != voor
    assert doe(bezoek, melding, "koppeling/terug", reden="toch niet").status_code == 303
    assert rijen() == voor
    assert [rij.reden for rij in Koppeling.objects.filter(melding=melding).order_by("pk")] == [
        "",
        "verkeerde gekozen",
        "toch niet",
    ]


def test_aan_dezelfde_of_zonder_vorige_koppelen_wordt_geweigerd(bezoek: Client, melding: Melding) -> None:
    antwoord = doe(bezoek, melding, "koppeling", persoon=melding.persoon_id, reden="zelfde")
    assert "al aan deze inwoner gekoppeld" in fouten(antwoord)["__all__"][0]
    antwoord = doe(bezoek, melding, "koppeling/terug", reden="mijn reden")
    assert "nooit aan iemand anders" in fouten(antwoord)["__all__"][0]
    assert "mijn reden" in antwoord.content.decode()


def test_een_onbekende_en_een_afgeschermde_inwoner_zijn_hetzelfde_antwoord_en_staan_in_het_logboek(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    verstopt = meld("Verstopt", door=collega, postcode="1315AA", telefoon="0699999999")
    huishoudens.scherm_af(verstopt.huishouden, reden="veiligheid", door=collega)
    voor = rijen()
    gezien = []
    for nummer in (verstopt.persoon_id, verstopt.persoon_id + 1000):
        antwoord = doe(bezoek, melding, "koppeling", persoon=nummer, reden="x")
        gezien.append(fouten(antwoord))
    assert (
        gezien[0]
        == gezien[1]
        == {"persoon": ["Er is geen inwoner met dit nummer die u hiervoor kunt kiezen."]}
    )
    weigeringen = Inzage.objects.filter(toegestaan=False, handeling=Handeling.GEVONDEN).order_by("pk")
    assert [rij.sleutel for rij in weigeringen] == [verstopt.persoon_id, verstopt.persoon_id + 1000]
    assert rijen() == voor
    assert set(fouten(doe(bezoek, melding, "koppeling", persoon="<b>", reden=""))) == {"persoon", "reden"}
    assert set(fouten(doe(bezoek, melding, "koppeling", persoon="9" * 30, reden="x"))) == {"persoon"}


def test_een_inwoner_is_bij_naam_te_vinden_en_dan_te_kiezen(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding, ander: Melding
) -> None:
    verstopt = meld("Smit", door=collega, postcode="1315AA", telefoon="0699999999")
    huishoudens.scherm_af(verstopt.huishouden, reden="veiligheid", door=collega)
    assert ander.persoon
    naam = ander.persoon.achternaam

    gezocht = doe(bezoek, melding, "koppeling", persoon=naam, reden="verkeerde gekozen")

    assert fouten(gezocht) == {"persoon": ["Kies hieronder wie u bedoelt, of vul iets anders in."]}
    assert f'name="keuze" value="{ander.persoon_id}"' in gezocht.content.decode()
    assert Melding.objects.get(pk=melding.pk).persoon == melding.persoon
    gevonden = Inzage.objects.filter(handeling=Handeling.GEVONDEN, onderwerp="households.Persoon")
    assert ander.persoon_id in gevonden.values_list("persoon", flat=True)
    assert (
        f'name="keuze" value="{verstopt.persoon_id}"'
        not in doe(bezoek, melding, "koppeling", persoon="Smit", reden="x").content.decode()
    )

    gekozen = doe(
        bezoek, melding, "koppeling", persoon=naam, keuze=ander.persoon_id, reden="verkeerde gekozen"
    )

    assert gekozen.status_code == 303
    assert Melding.objects.get(pk=melding.pk).persoon == ander.persoon
    vreemd = doe(bezoek, melding, "koppeling", persoon="Smit", keuze=verstopt.persoon_id, reden="x")
    assert "geen inwoner met dit nummer" in fouten(vreemd)["persoon"][0]


def test_gelijkstellen_en_losmaken_laten_niets_achter(
    bezoek: Client, melding: Melding, ander: Melding
) -> None:
    tabellen = (Persoon, Verblijf, Huishouden, Melding, Betrokkenheid)
    voor = rijen(*tabellen)
    antwoord = doe(bezoek, melding, "gelijkstellingen", persoon=ander.persoon_id, reden="zelfde vrouw")
    assert antwoord.status_code == 303
    assert Persoon.objects.get(pk=melding.persoon_id).zelfde_als_id == ander.persoon_id
    rij = Gelijkstelling.objects.get()
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert f"Maak inwoner {melding.persoon_id} los van inwoner {ander.persoon_id}" in html
    assert doe(bezoek, melding, f"gelijkstellingen/{rij.pk}/losmaken").status_code == 303
    assert rijen(*tabellen) == voor
    assert doe(bezoek, melding, f"gelijkstellingen/{rij.pk}/losmaken").status_code == 404


def test_met_een_inwoner_van_een_ander_team_kan_niet_worden_gelijkgesteld(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    vreemd = meld("Vreemd", door=collega, postcode="1315AA", telefoon="0699999999")
    antwoord = doe(bezoek, melding, "gelijkstellingen", persoon=vreemd.persoon_id, reden="lijkt erop")
    assert "geen inwoner met dit nummer" in fouten(antwoord)["persoon"][0]
    assert not Gelijkstelling.objects.exists()


def test_bij_naam_is_alleen_te_vinden_wie_men_daarvoor_kan_kiezen(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    vreemd = meld("Zwaluwnest", door=collega, postcode="1315AA", telefoon="0699999999")
    getypt = {"persoon": "Zwaluwnest", "reden": "lijkt erop"}

    koppelen = doe(bezoek, melding, "koppeling", **getypt)
    gelijkstellen = doe(bezoek, melding, "gelijkstellingen", **getypt)

    assert f'value="{vreemd.persoon_id}"' in koppelen.content.decode()
    assert fouten(gelijkstellen) == {
        "persoon": ["Niemand gevonden die u hiervoor kunt kiezen. Vul iets anders in."]
    }
    assert "Wie bedoelt u?" not in gelijkstellen.content.decode()


def test_met_zichzelf_gelijkstellen_wordt_geweigerd(bezoek: Client, melding: Melding) -> None:
    antwoord = doe(bezoek, melding, "gelijkstellingen", persoon=melding.persoon_id, reden="x")
    assert fouten(antwoord) == {"__all__": ["Dit is al dezelfde persoon."]}


def test_na_koppelen_aan_een_vreemd_huishouden_leest_men_dat_huishouden_niet(
    bezoek: Client, collega: Medewerker, stad: Team, melding: Melding
) -> None:
    vreemd = meld("Vreemd", door=collega, postcode="1315AA", telefoon="0699999999")
    huisgenoot = PersoonFactory(achternaam="Huisgenoot", voornamen="Hanna")
    huishoudens.neem_op(
        huisgenoot, vreemd.huishouden, vanaf=timezone.localdate(), postcode="1315AA", door=collega
    )
    antwoord = doe(bezoek, melding, "koppeling", persoon=vreemd.persoon_id, reden="toch die")
    assert antwoord["Location"] == f"/meldingen/{melding.pk}"
    html = bezoek.get(f"/meldingen/{melding.pk}").content.decode()
    assert "Huisgenoot" not in html


def test_een_contactpersoon_maken_vanaf_de_melding(
    bezoek: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    assert doe(bezoek, melding, "contactpersoon", medewerker=buur.pk).status_code == 303
    assert (
        doe(bezoek, melding, "contactpersoon", medewerker=wijkwerker.pk, reden="buur is weg").status_code
        == 303
    )
    rijen_ = Betrokkenheid.objects.filter(huishouden=melding.huishouden, soort=1).order_by("pk")
    assert [(rij.medewerker, rij.tot is None) for rij in rijen_] == [(buur, False), (wijkwerker, True)]


def test_wie_alleen_de_melding_heeft_maakt_geen_contactpersoon_van_het_huishouden(
    client: Client, collega: Medewerker, stad: Team, wijkwerker: Medewerker, melding: Melding
) -> None:
    workflow.wijs_toe(melding, team=stad, medewerker=None, door=wijkwerker)
    client.force_login(collega)
    assert "contactpersoon" not in {
        formulier.sleutel for formulier in client.get(f"/meldingen/{melding.pk}").context["handelingen"].werk
    }
    pad = f"/meldingen/{melding.pk}/contactpersoon"
    antwoord = client.post(pad, {"versie": van_nu(melding), "medewerker": collega.pk})
    assert antwoord.status_code == 404
    assert not Betrokkenheid.objects.filter(medewerker=collega).exists()
