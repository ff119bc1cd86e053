"""Break-glass: another team's dossier, with a reason, for a while, and others are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from households import workflow as huishoudens
from households.models import Noodtoegang
from meldingen.models import Melding
from teams.berichten import bezorg
from teams.models import Grond, Handeling, Inzage, Medewerker, Team
from tests.meldingen_web.hulp import fouten

pytestmark = pytest.mark.django_db

REDEN = "Kind staat alleen op straat"


@pytest.fixture
def verteld(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Medewerker, dict[str, Any]]]:
    """What is announced to whom."""
    gezegd: list[tuple[str, Medewerker, dict[str, Any]]] = []
    monkeypatch.setattr(
        "households.workflow.werk.kondig_aan",
        lambda soort, *, aan, gegevens, sleutel: gezegd.append((soort, aan, dict(gegevens))),
    )
    return gezegd


@pytest.fixture
def buiten(client: Client, collega: Medewerker, stad: Team, melding: Melding) -> Client:
    """The browser of the collega, of another team than that of the melding."""
    client.force_login(collega)
    return client


def test_noodtoegang_opent_het_dossier_voor_even_en_alleen_om_te_lezen(
    buiten: Client, collega: Medewerker, melding: Melding
) -> None:
    pad = f"/huishoudens/{melding.huishouden_id}"
    assert buiten.get(f"/meldingen/{melding.pk}").status_code == 404
    antwoord = buiten.post(f"{pad}/noodtoegang", {"reden": REDEN})
    assert (antwoord.status_code, antwoord["Location"]) == (303, pad)
    nood = Noodtoegang.objects.get()
    assert (nood.medewerker, nood.reden) == (collega, REDEN)
    for pagina in (pad, f"/meldingen/{melding.pk}"):
        html = buiten.get(pagina).content.decode()
        assert "Jansen" in html
        assert f"{timezone.localtime(nood.tot):%H:%M}" in html
        assert "U leest dit dossier met noodtoegang tot" in html
        assert "Wat kan nu" not in html
    assert buiten.post(f"{pad}/contactpersoon", {"medewerker": collega.pk}).status_code == 404
    assert buiten.post(f"/meldingen/{melding.pk}/notities", {"tekst": "x"}).status_code == 404


def test_het_logboek_noemt_de_reden_en_daarna_de_noodtoegang(
    buiten: Client, collega: Medewerker, melding: Melding
) -> None:
    buiten.post(f"/huishoudens/{melding.huishouden_id}/noodtoegang", {"reden": REDEN})
    buiten.get(f"/huishoudens/{melding.huishouden_id}")
    regels = Inzage.objects.filter(medewerker=collega, onderwerp="households.Huishouden").order_by("pk")
    assert [(rij.handeling, rij.grond, rij.reden) for rij in regels] == [
        (Handeling.GEWIJZIGD, Grond.BEKEND, REDEN),
        (Handeling.GEOPEND, Grond.NOODTOEGANG, ""),
    ]


def test_na_afloop_is_het_weer_dicht(buiten: Client, melding: Melding) -> None:
    pad = f"/huishoudens/{melding.huishouden_id}"
    buiten.post(f"{pad}/noodtoegang", {"reden": REDEN})
    voorbij = timezone.now() - timedelta(minutes=1)
    Noodtoegang.objects.update(vanaf=voorbij - timedelta(hours=3), tot=voorbij)
    assert "Jansen" not in buiten.get(pad).content.decode()
    assert buiten.get(f"/meldingen/{melding.pk}").status_code == 404


@pytest.mark.parametrize(
    ("reden", "fout"),
    [
        ("", "Dit veld is vereist."),
        ("   ", "Dit veld is vereist."),
        ("<b>ü</b>" * 200, "Zorg dat deze waarde niet meer dan 1000 tekens bevat (het zijn er nu 1600)."),
    ],
)
def test_zonder_goede_reden_blijft_het_dicht_en_de_tekst_staan(
    buiten: Client, melding: Melding, reden: str, fout: str
) -> None:
    antwoord = buiten.post(f"/huishoudens/{melding.huishouden_id}/noodtoegang", {"reden": reden})
    assert antwoord.status_code == 200
    assert fouten(antwoord) == {"reden": [fout]}
    assert "Jansen" not in antwoord.content.decode()
    assert reden.strip().replace("<", "&lt;").replace(">", "&gt;") in antwoord.content.decode()
    assert not Noodtoegang.objects.exists()
    assert [rij.handeling for rij in Inzage.objects.all()] == [Handeling.GEOPEND]


def test_wie_al_mag_lezen_krijgt_geen_noodtoegang(bezoek: Client, melding: Melding) -> None:
    antwoord = bezoek.post(f"/huishoudens/{melding.huishouden_id}/noodtoegang", {"reden": REDEN})
    assert antwoord.status_code == 409
    assert "U mag dit dossier al lezen" in antwoord.content.decode()


def test_een_afgeschermd_huishouden_gaat_nooit_open(
    buiten: Client, wijkwerker: Medewerker, melding: Melding
) -> None:
    huishoudens.scherm_af(melding.huishouden, reden="veiligheid", door=wijkwerker)
    for sleutel in (melding.huishouden_id, melding.huishouden_id + 1000):
        assert buiten.post(f"/huishoudens/{sleutel}/noodtoegang", {"reden": REDEN}).status_code == 404
    assert not Noodtoegang.objects.exists()
    assert Inzage.objects.filter(toegestaan=False).count() == 2


def test_de_contactpersoon_en_de_fg_horen_het_zonder_persoonsgegevens(
    buiten: Client,
    wijkwerker: Medewerker,
    fg: Medewerker,
    melding: Melding,
    verteld: list[tuple[str, Medewerker, dict[str, Any]]],
) -> None:
    huishoudens.maak_contactpersoon(melding.huishouden, wijkwerker, door=wijkwerker)
    buiten.post(f"/huishoudens/{melding.huishouden_id}/noodtoegang", {"reden": REDEN})
    nood = Noodtoegang.objects.get()
    assert {aan for _, aan, _ in verteld} == {wijkwerker, fg}
    for soort, _, gegevens in verteld:
        assert soort == "noodtoegang_geopend"
        assert gegevens == {
            "huishouden": melding.huishouden_id,
            "tot": f"{timezone.localtime(nood.tot):%d-%m-%Y %H:%M}",
        }


def test_de_mail_aan_de_fg_noemt_niemand(buiten: Client, fg: Medewerker, melding: Melding) -> None:
    buiten.post(f"/huishoudens/{melding.huishouden_id}/noodtoegang", {"reden": REDEN})
    bezorg()
    (bericht,) = mail.outbox
    assert bericht.to == ["fg@voorbeeld.nl"]
    assert f"huishouden {melding.huishouden_id}" in bericht.body
    for geheim in ("Jansen", "Jo ", REDEN, "1316"):
        assert geheim not in bericht.subject + bericht.body
