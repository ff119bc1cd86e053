"""The verslag of gesprek and onderzoek: half done is fine, sent only when whole, and nobody's words are lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from meldingen import workflow
from meldingen.models import ONDERWERPEN, Concept, Melding, Verslag
from meldingen.workflow.verslag import VERSLAGVELDEN
from teams.models import Medewerker
from tests.meldingen_web.hulp import berichten

ALLES = {veld: f"over {veld}" for veld in ONDERWERPEN}


@pytest.fixture
def bezoek(wijkwerker: Medewerker) -> Client:
    client = Client()
    client.force_login(wijkwerker)
    return client


def dag(verder: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=verder)).strftime("%d-%m-%Y")


def schrijf(client: Client, melding: Melding, **velden: Any) -> Any:
    return client.post(f"/meldingen/{melding.pk}/verslag", velden)


def nu(melding: Melding) -> Verslag:
    verslag = workflow.verslag_van(melding)
    assert verslag
    return verslag


def test_halverwege_bewaren_mag_en_er_staat_wat_nog_ontbreekt(bezoek: Client, melding: Melding) -> None:
    assert schrijf(bezoek, melding, behoeften="weer zelf koken").status_code == 303
    html = bezoek.get(f"/meldingen/{melding.pk}/verslag").content.decode()
    assert "weer zelf koken" in html
    assert "Voor het versturen ontbreekt nog: Wat de inwoner zelf kan" in html
    weg = bezoek.post(
        f"/meldingen/{melding.pk}/verslag/verstuurd",
        {"op": dag(), "wijze": 1, "aan": "Jo Jansen", "gezien": nu(melding).pk},
    )
    assert weg.status_code == 409
    assert nu(melding).verstuurd_op is None


def test_verstuurd_verandert_het_niet_meer(bezoek: Client, melding: Melding, wijkwerker: Medewerker) -> None:
    schrijf(bezoek, melding, **ALLES, conclusie="hulp is nodig", ondersteuning_aangeboden_op=dag())
    goed = bezoek.post(
        f"/meldingen/{melding.pk}/verslag/verstuurd",
        {"op": dag(), "wijze": 1, "aan": "Jo Jansen", "gezien": nu(melding).pk},
    )
    assert berichten(goed)[-1] == "Vastgelegd dat het verslag is verstuurd."
    assert nu(melding).verstuurd_op == timezone.localdate()
    laat = schrijf(bezoek, melding, behoeften="toch anders", gezien=nu(melding).pk)
    assert laat.status_code == 409
    assert melding.verslagen.count() == 2
    assert "over behoeften" in bezoek.get(f"/meldingen/{melding.pk}/verslag?afdruk").content.decode()


def test_verstuurd_is_de_versie_die_op_het_scherm_stond(
    bezoek: Client, melding: Melding, buur: Medewerker
) -> None:
    schrijf(bezoek, melding, **ALLES, conclusie="hulp is nodig", ondersteuning_aangeboden_op=dag())
    pad, gezien = f"/meldingen/{melding.pk}/verslag", nu(melding)
    assert f'name="gezien" value="{gezien.pk}"' in bezoek.get(pad).context["versturen"].as_p()
    inhoud = {veld: getattr(gezien, veld) for veld in VERSLAGVELDEN}
    workflow.schrijf_verslag(
        melding, gezien=gezien.pk, door=buur, **{**inhoud, "conclusie": "geen hulp nodig"}
    )
    weg = {"op": dag(), "wijze": 1, "aan": "Jo Jansen"}
    for oud in (gezien.pk, ""):
        botst = bezoek.post(f"{pad}/verstuurd", {**weg, "gezien": oud})
        assert botst.status_code == 409
        assert "Bo Buur schreef intussen ook" in botst.content.decode()
        assert "geen hulp nodig" in botst.content.decode()
        assert nu(melding).verstuurd_op is None
    opnieuw = botst.context["versturen"]["gezien"].value()
    assert bezoek.post(f"{pad}/verstuurd", {**weg, "gezien": opnieuw}).status_code == 303
    assert nu(melding).conclusie == "geen hulp nodig"


@pytest.mark.parametrize("op", ["01-01-2001", -1, 1])
def test_verstuurd_voor_de_melding_of_in_de_toekomst_kan_niet(
    bezoek: Client, melding: Melding, op: str | int
) -> None:
    schrijf(bezoek, melding, **ALLES, conclusie="hulp is nodig", ondersteuning_aangeboden_op=dag())
    velden = {"op": dag(op) if isinstance(op, int) else op, "wijze": 1, "aan": "Jo", "gezien": nu(melding).pk}
    geweigerd = bezoek.post(f"/meldingen/{melding.pk}/verslag/verstuurd", velden)
    assert geweigerd.status_code == 409
    assert "kan niet" in geweigerd.content.decode()
    assert nu(melding).verstuurd_op is None


def test_wie_na_een_ander_bewaart_ziet_beide_teksten(
    bezoek: Client, melding: Melding, buur: Medewerker
) -> None:
    workflow.schrijf_verslag(melding, gezien=None, door=buur, behoeften="van de buur")
    botst = schrijf(bezoek, melding, behoeften="van mij")
    html = botst.content.decode()
    assert botst.status_code == 409
    assert "Bo Buur schreef intussen ook" in html
    assert "van de buur" in html
    assert "van mij" in html
    assert schrijf(bezoek, melding, behoeften="van ons", gezien=nu(melding).pk).status_code == 303
    assert nu(melding).behoeften == "van ons"
    assert set(melding.verslagen.values_list("behoeften", flat=True)) == {"van de buur", "van ons"}


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"persoonlijk_plan_op": dag(1)}, "persoonlijk_plan_op"),
        ({"pgb_uitgelegd_op": "30-02-2026"}, "pgb_uitgelegd_op"),
        ({"behoeften": "x" * 10_001}, "behoeften"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_het_getypte_blijft(
    bezoek: Client, melding: Melding, velden: dict[str, str], veld: str
) -> None:
    antwoord = schrijf(bezoek, melding, **{"conclusie": "🙂 <script>", **velden})
    assert antwoord.status_code == 200
    assert veld in antwoord.context["form"].errors
    assert "🙂 &lt;script&gt;" in antwoord.content.decode()
    assert not Verslag.objects.exists()


def test_een_leeg_verslag_wordt_geweigerd(bezoek: Client, melding: Melding) -> None:
    assert schrijf(bezoek, melding).status_code == 409


def test_wat_men_typte_staat_er_nog_na_een_verbroken_sessie(
    bezoek: Client, melding: Melding, wijkwerker: Medewerker
) -> None:
    bezoek.post(f"/concepten/verslag-{melding.pk}", {"behoeften": "half af"})
    assert "half af" in bezoek.get(f"/meldingen/{melding.pk}/verslag").content.decode()
    schrijf(bezoek, melding, behoeften="nu af")
    assert not Concept.objects.filter(medewerker=wijkwerker).exists()


def test_wie_de_melding_niet_mag_lezen_ziet_het_verslag_niet(
    melding: Melding, collega: Medewerker, bezoek: Client
) -> None:
    ander = Client()
    ander.force_login(collega)
    assert ander.get(f"/meldingen/{melding.pk}/verslag").status_code == 404
    assert schrijf(ander, melding, behoeften="stiekem").status_code == 404


def test_de_database_weigert_een_onvolledig_verslag_dat_verstuurd_zou_zijn(
    melding: Melding, wijkwerker: Medewerker
) -> None:
    with pytest.raises(IntegrityError, match="verslag_volledig_verstuurd"), transaction.atomic():
        Verslag.objects.create(melding=melding, verstuurd_op=timezone.localdate(), door=wijkwerker)
    verslag = workflow.schrijf_verslag(melding, gezien=None, door=wijkwerker, behoeften="zo was het")
    with pytest.raises(IntegrityError, match="wordt niet gewijzigd"), transaction.atomic():
        Verslag.objects.filter(pk=verslag.pk).update(behoeften="anders")
