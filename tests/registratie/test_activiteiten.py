"""What the disciplines do: registered once, corrected beside what stood there, and at once in 2.7 and 2.8."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reporting.antwoord import beantwoord
from reporting.correcties import correcties
from reporting.vraag import Vraag, lees_moment
from teams.geweigerd import Geweigerd
from teams.models import Aanstelling, Activiteit, Activiteitsoort, Consult, Medewerker, Rol, Team, Vervolg
from teams.workflow import activiteiten
from tests.conftest import EigenDatabase
from tests.draden import Draden
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan

OP = date(2015, 6, 1)
ACTIVITEIT = {
    "datum": "01-06-2015",
    "discipline": "opbouwwerk",
    "soort": Activiteitsoort.SPREEKUUR.value,
    "bewoners": "12",
    "verwezen": "3",
}
CONSULT = {"datum": "01-06-2015", "discipline": "vrijwilligersconsulent", "uren": "0,5"}


@pytest.fixture
def browser(wijkwerker: Medewerker, haven: Team, browser_van: Callable[[Medewerker], Client]) -> Client:
    stel_aan(wijkwerker, Rol.WIJKWERKER, haven)
    return browser_van(wijkwerker)


def registreer(team: Team, door: Medewerker, **velden: Any) -> Activiteit:
    vast = {"datum": OP, "discipline": "opbouwwerk", "soort": Activiteitsoort.BUURTACTIVITEIT, "bewoners": 10}
    return activiteiten.registreer_activiteit(team=team, **({"verwezen": None} | vast | velden), door=door)


def waarden(tabel: str) -> dict[str, Any]:
    antwoord = beantwoord(Vraag.van_invoer(tabel, periode="2015-Q2"))
    return {rij.sleutel: rij.waarden[0] for rij in antwoord.rijen}


def test_een_activiteit_staat_meteen_in_2_7(browser: Client, haven: Team) -> None:
    antwoord = browser.post("/activiteiten/nieuw", ACTIVITEIT | {"team": haven.pk})
    assert (antwoord.status_code, antwoord.headers["Location"]) == (303, "/activiteiten")
    assert waarden("2.7") == {
        "bewoners_spreekuur": 12,
        "verwezen": 3,
        "collectieve_arrangementen": 0,
        "unieke_deelnemers": 0,
        "buurtactiviteiten": 0,
        "betrokken_bewoners": 0,
    }


def test_een_consult_met_meer_dan_een_vervolg_staat_meteen_in_2_8(browser: Client, haven: Team) -> None:
    vervolg = [Vervolg.INFORMATIE_ADVIES.value, Vervolg.KEUKENTAFELGESPREK.value]
    antwoord = browser.post(
        "/activiteiten/consulten/nieuw", CONSULT | {"team": haven.pk, "vervolg": vervolg, "nog_een": "ja"}
    )
    assert antwoord.headers["Location"] == "/activiteiten/consulten/nieuw"
    browser.post("/activiteiten/consulten/nieuw", CONSULT | {"team": haven.pk})
    geteld = waarden("2.8")
    assert (geteld["contacten"], geteld["keukentafelgesprek"], geteld["informatie_advies"]) == (2, 1, 1)
    assert Consult.objects.earliest("pk").uren == Decimal("0.5")


def test_wat_disciplines_samen_doen_telt_een_keer(browser: Client, haven: Team) -> None:
    browser.post("/activiteiten/nieuw", ACTIVITEIT | {"team": haven.pk})
    tweede = ACTIVITEIT | {"team": haven.pk, "bewoners": "8"}
    antwoord = browser.post("/activiteiten/nieuw", tweede)
    assert antwoord.status_code == 409
    assert "al een spreekuur geregistreerd (opbouwwerk)" in antwoord.content.decode()
    assert '<input type="checkbox" name="toch"' in antwoord.content.decode().replace("\n", " ")
    assert Activiteit.objects.count() == 1
    assert browser.post("/activiteiten/nieuw", tweede | {"toch": "on"}).status_code == 303
    assert waarden("2.7")["bewoners_spreekuur"] == 20


def test_van_twee_die_tegelijk_hetzelfde_registreren_wordt_er_een_gevraagd(
    eigen_database: EigenDatabase,
) -> None:
    team, door = TeamFactory(), MedewerkerFactory()
    with Draden(2) as draden:
        antwoorden = draden.doe(*[lambda: registreer(team, door)] * 2)
    assert sorted(bool(antwoord) for antwoord in antwoorden) == [False, True]
    assert Activiteit.objects.count() == 1


def test_een_correctie_staat_in_het_overzicht_met_wie_en_waarom(browser: Client, haven: Team) -> None:
    browser.post("/activiteiten/nieuw", ACTIVITEIT | {"team": haven.pk})
    rij = Activiteit.objects.get()
    pagina = browser.get(f"/activiteiten/{rij.pk}")
    assert pagina.context["invulform"]["bewoners"].value() == 12
    anders = ACTIVITEIT | {"team": haven.pk, "bewoners": "15", "reden": "nageteld"}
    assert browser.post(f"/activiteiten/{rij.pk}", anders).status_code == 303
    vraag = Vraag.van_invoer("2.7", periode="2015-Q2")
    lijst = correcties(vraag, rij.geregistreerd_op, lees_moment("2100-01-01", "tot"))
    assert [(c.cel.sleutel, c.van, c.tot) for c in lijst.cellen] == [("bewoners_spreekuur", 12, 15)]
    assert {(r.gebeurd, r.door, r.reden) for r in lijst.registraties} == {
        ("vervallen", "wijkwerker", "nageteld"),
        ("geregistreerd", "wijkwerker", ""),
    }
    assert {cel.sleutel for r in lijst.registraties for cel in (*r.uit, *r.naar)} == {"bewoners_spreekuur"}


def test_een_consult_corrigeren_en_intrekken(browser: Client, haven: Team) -> None:
    browser.post("/activiteiten/consulten/nieuw", CONSULT | {"team": haven.pk, "vervolg": [1]})
    eerste = Consult.objects.get()
    anders = CONSULT | {"team": haven.pk, "vervolg": [1, 6], "reden": "vergeten"}
    browser.post(f"/activiteiten/consulten/{eerste.pk}", anders)
    tweede = Consult.objects.bekend_op(None).get()
    assert (tweede.versie, tweede.vervolg) == (2, [1, 6])
    oud = browser.post(f"/activiteiten/consulten/{eerste.pk}/intrekken", {"intrekken-reden": "dubbel"})
    assert oud.status_code == 409
    assert "intussen gewijzigd" in oud.content.decode()
    browser.post(f"/activiteiten/consulten/{tweede.pk}/intrekken", {"intrekken-reden": "dubbel"})
    assert waarden("2.8")["contacten"] == 0
    tweede.refresh_from_db()
    assert tweede.vervallen_reden == "dubbel"


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"datum": "30-02-2015"}, "Deze dag bestaat niet."),
        ({"datum": (timezone.localdate() + timedelta(days=1)).isoformat()}, "ligt in de toekomst"),
        ({"bewoners": "-1"}, "Vul een heel getal in van 0"),
        ({"bewoners": "veel"}, "Vul een heel getal in van 0"),
        ({"bewoners": "99999999999"}, "tot en met 100000"),
        ({"verwezen": "13"}, "meer dan de 12 inwoners"),
        ({"soort": "9"}, "9"),
        ({"soort": ""}, "Kies wat het was."),
        ({"discipline": "x" * 10_000}, "geldige keuze"),
        ({"team": "999999"}, "Selecteer"),
    ],
)
def test_wat_niet_kan_zegt_wat_er_mis_is_en_bewaart_niets(
    browser: Client, haven: Team, velden: dict[str, str], fout: str
) -> None:
    antwoord = browser.post("/activiteiten/nieuw", ACTIVITEIT | {"team": haven.pk} | velden)
    assert antwoord.status_code == 200
    assert fout in antwoord.content.decode()
    assert not Activiteit.objects.exists()


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"uren": "-1"}, "van 0 tot en met 1000"),
        ({"uren": "NaN"}, "van 0 tot en met 1000"),
        ({"uren": "0,123"}, "hooguit twee cijfers achter de komma"),
        ({"vervolg": ["99"]}, "99"),
    ],
)
def test_een_consult_dat_niet_kan(browser: Client, haven: Team, velden: dict[str, Any], fout: str) -> None:
    antwoord = browser.post("/activiteiten/consulten/nieuw", CONSULT | {"team": haven.pk} | velden)
    assert antwoord.status_code == 200
    assert fout in antwoord.content.decode()
    assert not Consult.objects.exists()


def test_leeg_is_niet_bekend_en_geen_nul(browser: Client, haven: Team) -> None:
    leeg = ACTIVITEIT | {"team": haven.pk, "bewoners": "", "verwezen": ""}
    browser.post("/activiteiten/nieuw", leeg)
    assert Activiteit.objects.get().bewoners is None
    noten = beantwoord(Vraag.van_invoer("2.7", periode="2015-Q2")).noten
    assert any("niet bekend hoeveel inwoners" in noot for noot in noten)


def test_van_een_ander_team_is_niets_te_zien_of_te_wijzigen(
    browser: Client, stad: Team, collega: Medewerker
) -> None:
    elders = registreer(stad, collega)
    assert "Buurtactiviteit" not in browser.get("/activiteiten").content.decode()
    assert browser.get(f"/activiteiten/{elders.pk}").status_code == 404
    naar = ACTIVITEIT | {"team": stad.pk}
    assert "Selecteer" in browser.post("/activiteiten/nieuw", naar).content.decode()


def test_de_eigen_discipline_staat_voorop(browser: Client, wijkwerker: Medewerker) -> None:
    Aanstelling.objects.filter(medewerker=wijkwerker).update(discipline="wijkverpleging")
    form = browser.get("/activiteiten/nieuw").context["invulform"]
    assert form["discipline"].value() == "wijkverpleging"
    assert browser.get("/activiteiten/consulten/nieuw").context["invulform"]["discipline"].value() == (
        "vrijwilligersconsulent"
    )


def test_een_correctie_zonder_verschil_wordt_geweigerd(wijkwerker: Medewerker, haven: Team) -> None:
    rij = registreer(haven, wijkwerker)
    with pytest.raises(Geweigerd, match="Er is niets gewijzigd"):
        activiteiten.corrigeer_activiteit(rij, reden="toch", door=wijkwerker, bewoners=10)
