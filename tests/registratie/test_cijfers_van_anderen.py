"""Figures that others deliver, by form: a grid of cells, each change a next figure beside the old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reporting.antwoord import beantwoord
from reporting.correcties import correcties
from reporting.models import Cijferstatus, ExternCijfer
from reporting.vraag import Vraag, lees_moment
from teams.models import Medewerker
from voorzieningen.models import Voorzieningengroep, Wet

pytestmark = pytest.mark.django_db

ADRES = "/rapportage/extern?tabel=2.18&periode=2015-Q2"
RIJEN = ("informatie_adviescontacten", "adviezen", "onderzoeken", "crisistraject")


@pytest.fixture
def browser(analist: Medewerker, browser_van: Callable[[Medewerker], Client]) -> Client:
    return browser_van(analist)


def vul(browser: Client, adres: str = ADRES, **velden: Any) -> Any:
    """Opens the grid, changes these fields of it, and sends it in."""
    return browser.post(adres, gegevens(browser, adres) | velden)


def gegevens(browser: Client, adres: str = ADRES) -> dict[str, Any]:
    """What the grid holds when one opens it."""
    form = browser.get(adres).context["form"]
    return {naam: "" if (waarde := form[naam].initial) is None else waarde for naam in form.fields}


def waarden(tabel: str = "2.18", periode: str = "2015-Q2") -> dict[str, Any]:
    antwoord = beantwoord(Vraag.van_invoer(tabel, periode=periode))
    return {rij.sleutel: rij.waarden[0] for rij in antwoord.rijen}


def test_wat_is_ingevuld_staat_meteen_in_de_tabel(browser: Client, analist: Medewerker) -> None:
    antwoord = vul(
        browser, waarde_0_0="1.234", status_0_0=2, bron_0="Veilig Thuis", status_1_0=3, bron_1="Veilig Thuis"
    )
    assert antwoord.status_code == 303
    assert waarden() == dict(zip(RIJEN, [1234, "n.n.b.", "n.n.b.", "n.n.b."], strict=True))
    cijfer = ExternCijfer.objects.get(rij="informatie_adviescontacten")
    assert (cijfer.waarde, cijfer.status, cijfer.door) == (1234, Cijferstatus.DEFINITIEF, analist)


def test_nnb_is_niet_nul(browser: Client) -> None:
    vul(browser, waarde_0_0="0", status_0_0=2, bron_0="VT", status_1_0=3, bron_1="VT")
    assert (waarden()["informatie_adviescontacten"], waarden()["adviezen"]) == (0, "n.n.b.")
    assert ExternCijfer.objects.get(rij="adviezen").waarde is None


def test_een_nieuw_cijfer_komt_naast_het_oude_met_wie_en_waarom(browser: Client, analist: Medewerker) -> None:
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    antwoord = vul(browser, waarde_0_0="12,5", status_0_0=2, reden="definitieve levering")
    assert antwoord.status_code == 303
    oud, nieuw = ExternCijfer.objects.order_by("pk")
    assert (oud.waarde, oud.vervallen_door, oud.vervallen_reden) == (10, analist, "definitieve levering")
    assert oud.vervallen_op == nieuw.geregistreerd_op
    assert waarden()["informatie_adviescontacten"] == 12.5
    pagina = browser.get(ADRES).content.decode()
    assert "definitieve levering" in pagina
    assert "12,5, definitief" in pagina


def test_de_correctie_staat_in_het_overzicht_met_wie_en_waarom(browser: Client) -> None:
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    tussen = ExternCijfer.objects.get().geregistreerd_op
    vul(browser, waarde_0_0="11", status_0_0=1, reden="nageteld")
    lijst = correcties(Vraag.van_invoer("2.18", periode="2015-Q2"), tussen, lees_moment("2100-01-01", "tot"))
    assert [(cel.van, cel.tot) for cel in lijst.cellen] == [(10, 11)]
    assert {(r.gebeurd, r.door, r.reden) for r in lijst.registraties} == {
        ("vervallen", "analist", "nageteld"),
        ("geregistreerd", "analist", ""),
    }


def test_zonder_reden_verandert_er_niets(browser: Client) -> None:
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    antwoord = vul(browser, waarde_0_0="11", status_0_0=1)
    assert antwoord.status_code == 200
    assert "Vul in waarom een cijfer dat er al stond verandert." in antwoord.content.decode()
    assert ExternCijfer.objects.get().waarde == 10


def test_wat_gelijk_blijft_krijgt_geen_nieuwe_versie(browser: Client) -> None:
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT", waarde_1_0="5", status_1_0=2, bron_1="Ander")
    vul(browser, waarde_1_0="6", status_1_0=2, reden="nageteld")
    assert ExternCijfer.objects.filter(rij="informatie_adviescontacten").count() == 1
    assert ExternCijfer.objects.filter(rij="adviezen", bron="Ander").count() == 2
    assert "Er was niets gewijzigd" in browser.post(ADRES, gegevens(browser), follow=True).content.decode()


def test_een_andere_bron_is_ook_een_wijziging(browser: Client) -> None:
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    vul(browser, bron_0="Veilig Thuis Flevoland", reden="naam voluit")
    assert ExternCijfer.objects.bekend_op(None).get().bron == "Veilig Thuis Flevoland"


def test_een_cijfer_dat_vervalt_laat_weer_zien_wat_hier_is_geteld(browser: Client) -> None:
    groep = Voorzieningengroep.objects.filter(wet=Wet.WMO).order_by("pk")[0].code
    adres = "/rapportage/extern?tabel=2.13&periode=2015-Q2"
    form = browser.get(adres).context["form"]
    rij = next(r for r, regel in enumerate(form.raster.rijen) if regel.vakken[0].adres.rij == groep)
    vul(browser, adres, **{f"waarde_{rij}_0": "88", f"status_{rij}_0": 2, f"bron_{rij}": "CAK"})
    assert waarden("2.13")[groep] == 88
    noten = beantwoord(Vraag.van_invoer("2.13", periode="2015-Q2")).noten
    assert any("CAK" in noot for noot in noten)
    vul(browser, adres, **{f"waarde_{rij}_0": "", f"status_{rij}_0": "", "reden": "verkeerde groep"})
    assert waarden("2.13")[groep] == 0
    assert not ExternCijfer.objects.bekend_op(None).exists()


def test_een_stand_van_een_dag_en_een_maand_staan_in_hun_kwartaal(browser: Client) -> None:
    for periode in ("2015-04-01", "2015-05"):
        adres = f"/rapportage/extern?tabel=2.20&periode={periode}"
        assert vul(browser, adres, waarde_0_0="7", status_0_0=2, bron_0="W&I").status_code == 303
    antwoord = beantwoord(Vraag.van_invoer("2.20", periode="2015-Q2"))
    assert antwoord.kolommen == ["2015-04-01", "2015-05"]
    raster = browser.get("/rapportage/extern?tabel=2.20&periode=2015-Q2").context["form"].raster
    assert raster.koppen == ["2015-04-01", "2015-05", "2015-Q2"]


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"waarde_0_0": "-3", "status_0_0": 2, "bron_0": "VT"}, "Dit is geen getal vanaf 0."),
        ({"waarde_0_0": "1.5", "status_0_0": 2, "bron_0": "VT"}, "Dit is geen getal vanaf 0."),
        ({"waarde_0_0": "9" * 15, "status_0_0": 2, "bron_0": "VT"}, "Dit is geen getal vanaf 0."),
        ({"waarde_0_0": "n.n.b.", "status_0_0": 3, "bron_0": "VT"}, "Dit is geen getal vanaf 0."),
        ({"waarde_0_0": "3", "bron_0": "VT"}, "Kies of dit cijfer voorlopig of definitief is."),
        ({"status_0_0": 2, "bron_0": "VT"}, "leeg is geen 0"),
        ({"waarde_0_0": "3", "status_0_0": 3, "bron_0": "VT"}, "heeft geen waarde"),
        ({"waarde_0_0": "3", "status_0_0": 2}, "Vul in van wie dit cijfer komt."),
        ({"waarde_0_0": "3", "status_0_0": 2, "bron_0": "x" * 10_000}, "200"),
        ({"waarde_0_0": "3", "status_0_0": 9, "bron_0": "VT"}, "9"),
    ],
)
def test_wat_niet_kan_zegt_waar_en_wat(browser: Client, velden: dict[str, Any], fout: str) -> None:
    antwoord = vul(browser, **velden)
    assert antwoord.status_code == 200
    assert fout in antwoord.content.decode()
    assert not ExternCijfer.objects.exists()


def test_van_twee_tegelijk_voor_een_cel_hoort_de_tweede_dat_het_is_gewijzigd(browser: Client) -> None:
    leeg = gegevens(browser)
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    tweede = browser.post(ADRES, leeg | {"waarde_0_0": "11", "status_0_0": 1, "bron_0": "VT"})
    assert tweede.status_code == 409
    assert "Iemand anders heeft dit intussen gewijzigd" in tweede.content.decode()
    assert ExternCijfer.objects.get().waarde == 10


def test_van_twee_tegelijk_in_andere_cellen_blijft_beider_werk(browser: Client) -> None:
    leeg = gegevens(browser)
    vul(browser, waarde_0_0="10", status_0_0=1, bron_0="VT")
    tweede = browser.post(ADRES, leeg | {"waarde_1_0": "5", "status_1_0": 1, "bron_1": "VT"})
    assert tweede.status_code == 303
    assert (waarden()["informatie_adviescontacten"], waarden()["adviezen"]) == (10, 5)


@pytest.mark.parametrize(
    ("vraag", "fout"),
    [
        ("tabel=9.9&periode=2015-Q2", "9.9"),
        ("tabel=2.6&periode=2015-Q2", "2.6"),
        ("tabel=2.18&periode=ooit", "De periode &#x27;ooit&#x27; is niet te lezen."),
        ("tabel=2.18&periode=", "Vul een periode in."),
    ],
)
def test_een_tabel_of_periode_die_niet_bestaat_wordt_genoemd(browser: Client, vraag: str, fout: str) -> None:
    antwoord = browser.get(f"/rapportage/extern?{vraag}")
    assert antwoord.status_code == 400
    assert fout in antwoord.content.decode()


def test_van_elke_tabel_is_het_raster_te_openen(browser: Client) -> None:
    tabellen = browser.get("/rapportage/extern").context["keuze"].fields["tabel"].choices
    sleutels = [sleutel for _, groep in tabellen for sleutel, _ in groep]
    assert "2.13" in sleutels
    for sleutel in sleutels:
        assert browser.get(f"/rapportage/extern?tabel={sleutel}&periode=2015-Q2").status_code == 200, sleutel
