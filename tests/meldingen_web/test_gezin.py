"""The page of the people of a household: what changes there, relations, and who of other organisations is involved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import (
    Gezinswijziging,
    Huishouden,
    Ketenpartner,
    Persoon,
    Relatie,
    Relatiesoort,
    Rol,
    Verblijf,
    Wijzigingsoort,
)
from households.workflow import gezinsversie
from meldingen import workflow as meldingen
from meldingen.models import Melding
from teams.geweigerd import Geweigerd
from teams.models import Grond, Handeling, Inzage, Medewerker, Team
from tests.factories import PersoonFactory
from tests.meldingen_web.conftest import meld
from tests.meldingen_web.hulp import berichten, fouten
from tests.meldingen_web.test_huishouden import tekst

pytestmark = pytest.mark.django_db


def dag(terug: int = 0) -> str:
    return (timezone.localdate() - timedelta(days=terug)).strftime("%d-%m-%Y")


@pytest.fixture
def huis(melding: Melding, wijkwerker: Medewerker) -> Huishouden:
    """Jo Jansen with a partner and a child of ten, in Haven since ten days."""
    assert melding.huishouden
    for naam, jaren, rol in (("Pim", 40, Rol.PARTNER), ("Kim", 10, Rol.KIND)):
        persoon = PersoonFactory(
            voornamen=naam,
            achternaam="Jansen",
            geboortedatum=timezone.localdate() - timedelta(days=int(jaren * 365.25) + 9),
        )
        huishoudens.neem_op(
            persoon,
            melding.huishouden,
            vanaf=timezone.localdate() - timedelta(days=10),
            postcode="1316AA",
            huisnummer="1",
            rol=rol,
            door=wijkwerker,
        )
    return melding.huishouden


def wie(naam: str) -> Persoon:
    return Persoon.objects.get(voornamen=naam)


def stuur(client: Client, huis: Huishouden, wat: str, **velden: Any) -> Any:
    """A form of the page, by somebody who has just opened it."""
    return client.post(f"/huishoudens/{huis.pk}/gezin/{wat}", {"versie": gezinsversie(huis.pk), **velden})


def test_de_pagina_toont_leden_wat_kan_en_wat_er_gebeurde(bezoek: Client, huis: Huishouden) -> None:
    antwoord = bezoek.get(f"/huishoudens/{huis.pk}/gezin")
    gelezen = tekst(antwoord)
    assert antwoord.status_code == 200
    for woorden in ("Jo Jansen", "Er is een kind geboren", "Relaties", "Van andere organisaties"):
        assert woorden in gelezen
    assert "woont alleen nog in het andere" not in gelezen
    assert "Er is niet vastgelegd wie het gezag heeft." in gelezen
    assert Inzage.objects.filter(huishouden=huis.pk, handeling=Handeling.GEOPEND).exists()


def test_bij_een_scheiding_verwijzen_de_huishoudens_naar_elkaar(bezoek: Client, huis: Huishouden) -> None:
    antwoord = stuur(
        bezoek,
        huis,
        "splitsing",
        personen=[wie("Pim").pk],
        soort=Wijzigingsoort.SPLITSING.value,
        op=dag(),
        postcode="1316 zz",
        reden="uit elkaar",
    )
    nieuw = Gezinswijziging.objects.get().ander
    assert nieuw
    assert (antwoord.status_code, antwoord["Location"]) == (303, f"/huishoudens/{huis.pk}/gezin")
    assert f"nummer {nieuw.pk}" in berichten(antwoord)[0]
    assert f"Komt uit huishouden {huis.pk}" in tekst(bezoek.get(f"/huishoudens/{nieuw.pk}"))
    oud = tekst(bezoek.get(f"/huishoudens/{huis.pk}"))
    assert f"Zie ook huishouden {nieuw.pk}" in oud
    assert "Pim Jansen: scheiding of splitsing" in oud
    assert Verblijf.objects.get(huishouden=nieuw).postcode == "1316ZZ"


def test_een_geheim_adres_ziet_niemand_die_er_niet_mee_werkt(
    client: Client, bezoek: Client, huis: Huishouden, buur: Medewerker
) -> None:
    velden = {
        "personen": [wie("Pim").pk, wie("Kim").pk],
        "soort": Wijzigingsoort.SPLITSING.value,
        "op": dag(),
        "postcode": "1316ZZ",
        "huisnummer": "99",
        "reden": "naar de opvang in Zeewolde",
        "geheim": "geweld door ex",
    }
    assert stuur(bezoek, huis, "splitsing", **velden).status_code == 303
    nieuw = Gezinswijziging.objects.get().ander
    assert nieuw
    assert nieuw.afgeschermd
    ander = Client()
    ander.force_login(buur)
    for adres in (
        f"/huishoudens/{huis.pk}",
        f"/huishoudens/{huis.pk}/gezin",
        f"/huishoudens/{huis.pk}?afdruk",
    ):
        gelezen = tekst(ander.get(adres))
        assert "Scheiding of splitsing" in gelezen
        for geheim in ("1316ZZ", "Zeewolde", "geweld", "Pim", "Kim", f"huishouden {nieuw.pk}"):
            assert geheim not in gelezen, (adres, geheim)
    assert ander.get(f"/huishoudens/{nieuw.pk}").status_code == 404
    jo = Verblijf.objects.get(huishouden=huis, vervallen_op=None, tot=None).persoon
    afdruk = tekst(bezoek.get(f"/huishoudens/{huis.pk}?afdruk&lid={jo.pk}"))
    for geheim in ("1316ZZ", "Zeewolde", f"huishouden {nieuw.pk}"):
        assert geheim not in afdruk
    wijziging = Gezinswijziging.objects.get()
    antwoord = ander.post(f"/huishoudens/{huis.pk}/gezin/{wijziging.pk}/ongedaan", {"reden": "x"})
    assert fouten(antwoord)["__all__"][0].startswith("U werkt niet met elk huishouden")


def test_een_leeg_huishouden_wordt_geweigerd_en_wat_getypt_was_blijft_staan(
    bezoek: Client, huis: Huishouden
) -> None:
    allen = [wie(naam).pk for naam in ("Jo", "Pim", "Kim")]
    antwoord = stuur(
        bezoek,
        huis,
        "splitsing",
        personen=allen,
        soort=Wijzigingsoort.SPLITSING.value,
        op=dag(),
        reden="iedereen weg",
    )
    assert antwoord.status_code == 409
    assert fouten(antwoord) == {
        "__all__": ["Er moet iemand blijven wonen. Gaat iedereen, leg dan een verhuizing vast."]
    }
    assert "iedereen weg" in antwoord.content.decode()
    assert not Gezinswijziging.objects.exists()


@pytest.mark.parametrize(
    ("wat", "velden", "klopt"),
    [
        (
            "geboorte",
            {"achternaam": "Jansen", "voornamen": "Evi", "geslacht": 2},
            lambda: wie("Evi").geboortedatum == timezone.localdate(),
        ),
        (
            "nieuw-lid",
            {"achternaam": "Oom", "rol": 5},
            lambda: Persoon.objects.filter(achternaam="Oom").exists(),
        ),
        (
            "verhuizing",
            {"postcode": "1316BB", "huisnummer": "2"},
            lambda: Verblijf.objects.filter(postcode="1316BB").count() == 3,
        ),
        ("overlijden", {"lid": "Pim"}, lambda: wie("Pim").overleden_op == timezone.localdate()),
        (
            "rol",
            {"lid": "Kim", "rol": 5},
            lambda: Verblijf.objects.filter(persoon=wie("Kim"), rol=Rol.OVERIG).exists(),
        ),
    ],
)
def test_elke_wijziging_kan_en_kan_ongedaan(
    bezoek: Client, huis: Huishouden, wat: str, velden: dict[str, Any], klopt: Any
) -> None:
    if "lid" in velden:
        velden = {**velden, "lid": wie(velden["lid"]).pk}
    antwoord = stuur(bezoek, huis, wat, op=dag(), **velden)
    assert antwoord.status_code == 303, fouten(antwoord)
    assert klopt()
    assert Inzage.objects.filter(huishouden=huis.pk, handeling=Handeling.GEWIJZIGD).count() == 1
    wijziging = Gezinswijziging.objects.get()
    antwoord = stuur(bezoek, huis, f"{wijziging.pk}/ongedaan", reden="vergissing")
    assert berichten(antwoord)[-1] == "De wijziging is ongedaan gemaakt: alles is weer zoals het was."
    gelezen = tekst(bezoek.get(f"/huishoudens/{huis.pk}/gezin"))
    assert "Vervallen op" in gelezen
    assert ": vergissing" in gelezen


@pytest.mark.parametrize(
    ("wat", "velden", "fout"),
    [
        ("geboorte", {"achternaam": "X", "op": "01-01-2199"}, {"op": ["Deze datum ligt in de toekomst."]}),
        ("overlijden", {"op": "01-01-1990"}, {"lid": ["Dit veld is vereist."]}),
        ("verhuizing", {"postcode": "13"}, {"postcode", "op"}),
    ],
)
def test_wat_niet_klopt_staat_bij_het_veld(
    bezoek: Client, huis: Huishouden, wat: str, velden: dict[str, Any], fout: Any
) -> None:
    antwoord = stuur(bezoek, huis, wat, **velden)
    assert antwoord.status_code == 200
    gevonden = fouten(antwoord)
    assert (gevonden if isinstance(fout, dict) else gevonden.keys()) == fout
    assert not Gezinswijziging.objects.exists()


def test_wie_een_verouderde_pagina_verstuurt_hoort_wat_er_gebeurde(bezoek: Client, huis: Huishouden) -> None:
    oud = gezinsversie(huis.pk)
    stuur(bezoek, huis, "rol", lid=wie("Kim").pk, rol=5, op=dag())
    antwoord = stuur(bezoek, huis, "overlijden", lid=wie("Pim").pk, op=dag(), versie=oud)
    assert antwoord.status_code == 409
    assert "wijkwerker: andere plaats in het huishouden op" in fouten(antwoord)["__all__"][0]
    assert wie("Pim").overleden_op is None


def test_een_kind_woont_in_twee_huishoudens_en_dat_staat_er_bij_allebei(
    bezoek: Client, huis: Huishouden, wijkwerker: Medewerker
) -> None:
    vader = huishoudens.nieuw_huishouden(
        persoon=PersoonFactory(voornamen="Vader"),
        vanaf=timezone.localdate(),
        postcode="1316CC",
        door=wijkwerker,
    )
    antwoord = stuur(bezoek, vader, "intrek", persoon=str(wie("Kim").pk), rol=3, op=dag(), blijft_ook="on")
    assert antwoord.status_code == 303, fouten(antwoord)
    assert f"woont ook in huishouden {vader.pk}" in tekst(bezoek.get(f"/huishoudens/{huis.pk}"))
    assert f"woont ook in huishouden {huis.pk}" in tekst(bezoek.get(f"/huishoudens/{vader.pk}"))
    assert "Iemand woont alleen nog in het andere huishouden" in tekst(
        bezoek.get(f"/huishoudens/{vader.pk}/gezin")
    )
    antwoord = stuur(bezoek, vader, "vertrek", lid=wie("Kim").pk, op=dag())
    assert antwoord.status_code == 303
    assert "woont ook in" not in tekst(bezoek.get(f"/huishoudens/{huis.pk}"))


def test_iemand_uit_het_dossier_van_een_ander_team_is_niet_te_kiezen(
    bezoek: Client, huis: Huishouden, collega: Medewerker
) -> None:
    vreemd = meld("Bakker", door=collega, postcode="1315AA", telefoon="0687654321").persoon
    assert vreemd
    antwoord = stuur(bezoek, huis, "intrek", persoon=str(vreemd.pk), rol=5, op=dag())
    onbekend = stuur(bezoek, huis, "intrek", persoon="987654", rol=5, op=dag())
    assert fouten(antwoord) == fouten(onbekend)
    assert not Gezinswijziging.objects.exists()
    assert Inzage.objects.filter(toegestaan=False, sleutel=vreemd.pk).exists()


def test_samenvoegen_neemt_open_meldingen_mee_en_ongedaan_maken_brengt_ze_terug(
    bezoek: Client, huis: Huishouden, wijkwerker: Medewerker
) -> None:
    ander = meld("Bakker", door=wijkwerker, telefoon="0687654321")
    assert ander.persoon
    antwoord = stuur(bezoek, huis, "samenvoeging", persoon=str(ander.persoon.pk), op=dag())
    assert antwoord.status_code == 303, fouten(antwoord)
    opgegaan = ander.huishouden_id
    ander.refresh_from_db()
    assert ander.huishouden == huis
    assert f"Zie ook huishouden {opgegaan}" in tekst(bezoek.get(f"/huishoudens/{huis.pk}"))
    wijziging = Gezinswijziging.objects.get()
    stuur(bezoek, huis, f"{wijziging.pk}/ongedaan", reden="toch niet")
    ander.refresh_from_db()
    assert ander.huishouden_id == opgegaan


@pytest.mark.parametrize(
    "schrijf_in",
    [
        lambda huis, **hoe: huishoudens.leg_geboorte_vast(huis, achternaam="Bos", voornamen="Evi", **hoe),
        lambda huis, **hoe: huishoudens.schrijf_in(huis, achternaam="Bos", rol=Rol.OVERIG, **hoe),
    ],
)
def test_wie_is_ingeschreven_en_een_melding_heeft_verdwijnt_niet(
    huis: Huishouden, wijkwerker: Medewerker, schrijf_in: Any
) -> None:
    hoe: dict[str, Any] = {"op": timezone.localdate(), "door": wijkwerker}
    wijziging = schrijf_in(huis, **hoe)
    wie = wijziging.personen.get()
    melding = meldingen.ontvang(persoon=wie, huishouden=huis, **hoe)
    with pytest.raises(Geweigerd, match="intussen een melding of besluit"):
        meldingen.maak_gezinswijziging_ongedaan(wijziging, reden="fout", door=wijkwerker)
    meldingen.registreer_als_vergissing(melding, reden="fout", door=wijkwerker)
    meldingen.maak_gezinswijziging_ongedaan(wijziging, reden="fout", door=wijkwerker)
    wie.refresh_from_db()
    assert wie.vervallen_op
    assert Wijzigingsoort(wijziging.soort) in (Wijzigingsoort.GEBOORTE, Wijzigingsoort.INTREK)


# Relaties en andere organisaties


def relatie(client: Client, huis: Huishouden, **velden: Any) -> Any:
    return client.post(f"/huishoudens/{huis.pk}/relaties", velden)


def test_een_relatie_van_twee_die_hier_wonen(bezoek: Client, huis: Huishouden) -> None:
    velden = {"lid": wie("Kim").pk, "soort": f"{Relatiesoort.OUDER.value}-terug", "ander": wie("Jo").pk}
    assert relatie(bezoek, huis, **velden).status_code == 303
    rij = Relatie.objects.get()
    assert (rij.van, rij.soort, rij.naar) == (wie("Jo"), Relatiesoort.OUDER, wie("Kim"))
    assert "Jo Jansen: ouder van Kim Jansen" in tekst(bezoek.get(f"/huishoudens/{huis.pk}/gezin"))
    antwoord = relatie(bezoek, huis, **velden)
    assert (antwoord.status_code, fouten(antwoord)["__all__"]) == (
        409,
        ["Jo Jansen is al ouder van Kim Jansen."],
    )
    assert bezoek.post(f"/huishoudens/{huis.pk}/relaties/{rij.pk}/einde", {"op": dag()}).status_code == 303
    assert bezoek.post(f"/huishoudens/{huis.pk}/relaties/{rij.pk}/einde", {"op": dag()}).status_code == 404


def test_een_relatie_met_wie_elders_woont_toont_die_alleen_gemaskeerd(
    bezoek: Client, huis: Huishouden, collega: Medewerker
) -> None:
    elders = meld("Bakker", door=collega, postcode="1315AA", telefoon="0687654321").persoon
    assert elders
    velden = {"lid": wie("Kim").pk, "soort": f"{Relatiesoort.GEZAG.value}-terug", "persoon": str(elders.pk)}
    assert relatie(bezoek, huis, **velden).status_code == 303
    gelezen = tekst(bezoek.get(f"/huishoudens/{huis.pk}/gezin"))
    assert "J. B., 1943: heeft gezag over Kim Jansen" in gelezen
    assert "Bakker" not in gelezen
    assert Inzage.objects.filter(persoon=elders.pk, grond=Grond.BEKEND).exists()


def test_een_relatie_zonder_ander_wordt_gevraagd(bezoek: Client, huis: Huishouden) -> None:
    antwoord = relatie(bezoek, huis, lid=wie("Kim").pk, soort="3-heen")
    assert fouten(antwoord) == {"ander": ["Kies iemand, of vul hieronder in wie het is."]}


def test_iemand_van_een_andere_organisatie_staat_erbij_met_overleg(bezoek: Client, huis: Huishouden) -> None:
    antwoord = bezoek.post(
        f"/huishoudens/{huis.pk}/ketenpartners",
        {
            "organisatie": "Basisschool",
            "naam": "I. Meester",
            "rol_daar": "intern begeleider",
            "telefoon": "036 1234567",
            "overleg": "zorgadviesteam",
            "vanaf": dag(3),
        },
    )
    assert antwoord.status_code == 303
    gelezen = tekst(bezoek.get(f"/huishoudens/{huis.pk}"))
    for woorden in ("I. Meester, Basisschool", "0361234567", "Overleg: zorgadviesteam", "is betrokken"):
        assert woorden in gelezen
    rij = Ketenpartner.objects.get()
    einde = f"/huishoudens/{huis.pk}/ketenpartners/{rij.pk}/einde"
    assert bezoek.post(einde, {"op": dag()}).status_code == 303
    assert "is niet langer betrokken" in tekst(bezoek.get(f"/huishoudens/{huis.pk}"))


def test_de_pagina_zegt_de_hoeveelste_contactpersoon_het_is(
    bezoek: Client, huis: Huishouden, wijkwerker: Medewerker, buur: Medewerker
) -> None:
    for medewerker in (wijkwerker, buur, wijkwerker):
        huishoudens.maak_contactpersoon(huis, medewerker, door=wijkwerker)
    assert f"de 3e sinds {timezone.localdate():%Y}" in tekst(bezoek.get(f"/huishoudens/{huis.pk}"))


def test_wie_met_noodtoegang_leest_wijzigt_niets(
    client: Client, huis: Huishouden, collega: Medewerker, stad: Team
) -> None:
    huishoudens.open_noodtoegang(huis, reden="kind alleen thuis", medewerker=collega)
    client.force_login(collega)
    gelezen = tekst(client.get(f"/huishoudens/{huis.pk}/gezin"))
    assert "Jo Jansen" in gelezen
    assert "Wat verandert er in het gezin?" not in gelezen
    assert stuur(client, huis, "overlijden", lid=wie("Pim").pk, op=dag()).status_code == 404
