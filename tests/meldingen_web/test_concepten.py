"""Drafts: no words lost, nobody else's seen, and nothing kept for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen import workflow
from meldingen.models import Concept, Melding
from meldingen.periodic import ruim_concepten_op
from teams.models import Instelling, Medewerker

pytestmark = pytest.mark.django_db

PAD = "/concepten/melding-1-notitie"


def inhoud() -> list[dict[str, str]]:
    return [concept.inhoud for concept in Concept.objects.order_by("pk")]


@pytest.mark.parametrize("extra", [{}, {"content_type": "application/json"}])
def test_wat_men_typt_wordt_bewaard_en_het_laatste_telt(
    bezoek: Client, haven: Any, extra: dict[str, str]
) -> None:
    for tekst in ("Mevrouw zegt", "Mevrouw zegt dat <b>het</b> 👍 \u202egaat"):
        antwoord = bezoek.post(PAD, {"tekst": tekst}, **extra)
        assert antwoord.status_code == 200
        assert antwoord.content.decode().startswith("Concept bewaard om ")
        assert antwoord["Content-Type"].startswith("text/plain")
    assert inhoud() == [{"tekst": "Mevrouw zegt dat <b>het</b> 👍 \u202egaat"}]


def test_wat_bij_het_formulier_hoort_wordt_geen_concept(bezoek: Client) -> None:
    bezoek.post(PAD, {"tekst": "a", "versie": "1-2", "csrfmiddlewaretoken": "geheim"})
    assert inhoud() == [{"tekst": "a"}]


@pytest.mark.parametrize("extra", [{}, {"content_type": "application/json"}])
def test_een_bsn_wordt_nooit_een_concept(bezoek: Client, extra: dict[str, str]) -> None:
    assert bezoek.post(PAD, {"tekst": "a", "bsn": "999990019"}, **extra).status_code == 200
    assert inhoud() == [{"tekst": "a"}]


def test_leegmaken_gooit_het_concept_weg(bezoek: Client) -> None:
    bezoek.post(PAD, {"tekst": "iets"})
    assert bezoek.post(PAD, {"tekst": "  "}).status_code == 200
    assert inhoud() == []


def test_wat_te_lang_is_voor_een_notitie_blijft_toch_bewaard_tot_een_grens(bezoek: Client) -> None:
    assert bezoek.post(PAD, {"tekst": "x" * 10_000}).status_code == 200
    antwoord = bezoek.post(PAD, {"tekst": "y" * 20_001})
    assert antwoord.status_code == 400
    assert antwoord.content.decode() == "Niet bewaard: De tekst is langer dan 20000 tekens."
    assert inhoud() == [{"tekst": "x" * 10_000}]


@pytest.mark.parametrize(
    "lijf",
    ["geen json", "[]", '"x"', '{"tekst": 1}', '{"tekst": "a\\u0000"}', '{"tekst": "\\ud800"}', "[" * 9999],
)
def test_wat_niet_te_bewaren_is_wordt_geweigerd(bezoek: Client, lijf: str) -> None:
    antwoord = bezoek.post(PAD, lijf, content_type="application/json")
    assert antwoord.status_code == 400
    assert antwoord.content.decode().startswith("Niet bewaard: ")
    assert inhoud() == []


def test_een_te_lange_naam_van_een_formulier_wordt_geweigerd(bezoek: Client) -> None:
    assert bezoek.post(f"/concepten/{'a' * 101}", {"tekst": "x"}).status_code == 400


def test_zonder_aanmelding_zegt_het_antwoord_dat_er_niet_is_bewaard(client: Client) -> None:
    antwoord = client.post(PAD, {"tekst": "iets"})
    assert antwoord.status_code == 401
    assert "Niet bewaard" in antwoord.content.decode()
    assert client.get(PAD).status_code == 405


def test_na_een_verlopen_sessie_staat_de_tekst_er_weer_en_alleen_voor_wie_hem_typte(
    client: Client, wijkwerker: Medewerker, buur: Medewerker, melding: Melding
) -> None:
    pagina = f"/meldingen/{melding.pk}"
    client.force_login(wijkwerker)
    client.post(f"/concepten/melding-{melding.pk}-notitie", {"tekst": "half af <i>"})
    client.logout()
    assert client.post(f"{pagina}/notities", {"tekst": "half af <i> en meer"})["Location"].startswith(
        "/aanmelden"
    )
    client.force_login(wijkwerker)
    html = client.get(pagina).content.decode()
    assert "half af &lt;i&gt;" in html
    assert "Dit is uw concept van" in html
    client.force_login(buur)
    assert "half af" not in client.get(pagina).content.decode()


def test_concepten_verlopen_na_de_ingestelde_dagen(wijkwerker: Medewerker) -> None:
    workflow.bewaar_concept("oud", {"tekst": "oud"}, door=wijkwerker)
    workflow.bewaar_concept("nieuw", {"tekst": "nieuw"}, door=wijkwerker)
    nu = timezone.now()
    Concept.objects.filter(formulier="oud").update(gewijzigd_op=nu - timedelta(days=14, minutes=1))
    assert ruim_concepten_op(nu) == 1
    assert ruim_concepten_op(nu) == 0
    assert inhoud() == [{"tekst": "nieuw"}]
    Instelling.objects.create(sleutel="concept_dagen", geldig_van=timezone.localdate(), waarde=1)
    Concept.objects.update(gewijzigd_op=nu - timedelta(days=2))
    assert ruim_concepten_op(nu) == 1
