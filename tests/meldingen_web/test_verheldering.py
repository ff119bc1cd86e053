"""The brede vraagverheldering: an aid to memory that blocks nothing, and in which nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.models import Levensgebied, Persoon
from households.workflow import neem_op
from meldingen import workflow
from meldingen.matrixbestand import laad_matrix
from meldingen.models import Leefgebied, Melding, Score, Scoresoort, Verheldering
from meldingen.workflow import Ingevuld
from teams.models import Handeling, Inzage, Medewerker
from tests.factories import MeldingFactory, PersoonFactory
from tests.meldingen_web.hulp import berichten, fouten

pytestmark = pytest.mark.django_db

MATRIX = "leefgebied;niveau;naam;tekst\n" + "\n".join(
    f"{gebied};{niveau};trede {niveau};{'zo ziet dat eruit' if niveau == 1 else ''}"
    for gebied in ("Wonen", "Geld")
    for niveau in range(1, 6)
)


@pytest.fixture
def lid(melding: Melding, wijkwerker: Medewerker) -> Persoon:
    lid = PersoonFactory(achternaam="Inwonend")
    neem_op(lid, melding.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker)
    return lid


@pytest.fixture
def gebieden() -> list[Levensgebied]:
    return list(Levensgebied.objects.geldig_op(timezone.localdate()).order_by("pk"))


Schrijf = Callable[..., Any]


@pytest.fixture
def schrijf(bezoek: Client, melding: Melding) -> Schrijf:
    """Send the form as it stood on the screen, with these fields changed."""
    adres = f"/meldingen/{melding.pk}/vraagverheldering"

    def met(open_sinds: dict[str, Any] | None = None, **velden: Any) -> Any:
        return bezoek.post(adres, {**(open_sinds if open_sinds is not None else scherm()), **velden})

    def scherm() -> dict[str, Any]:
        form = bezoek.get(adres).context["form"]
        return {veld.html_name: waarde for veld in form if (waarde := veld.value()) not in (None, "", [])}

    met.scherm = scherm  # type: ignore[attr-defined]
    return met


def nu(melding: Melding, gebied: Levensgebied) -> Verheldering:
    return workflow.verhelderingen_van(melding)[gebied.pk]


def test_niets_hoeft_en_wat_wordt_opgeschreven_staat_er_per_levensgebied(
    bezoek: Client, melding: Melding, lid: Persoon, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een, twee, *_ = gebieden
    assert schrijf().status_code == 409
    antwoord = schrijf(
        **{f"{een.pk}-tekst": "er zijn schulden", f"{een.pk}-wie": ["huishouden", str(lid.pk)]}
    )
    assert berichten(antwoord)[-1] == "De vraagverheldering is bewaard."
    rij = nu(melding, een)
    assert (rij.huishouden, list(rij.personen.all()), rij.tekst) == (True, [lid], "er zijn schulden")
    assert twee.pk not in workflow.verhelderingen_van(melding)
    html = bezoek.get(f"/huishoudens/{melding.huishouden_id}").content.decode()
    assert f"Vraagverheldering: {een.naam}" in html
    workflow.start_gesprek(melding, op=timezone.localdate(), door=rij.door)


def test_twee_schrijven_over_iets_anders_en_zijn_elkaar_niet_in_de_weg(
    melding: Melding, buur: Medewerker, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een, twee, *_ = gebieden
    open_sinds = schrijf.scherm()  # type: ignore[attr-defined]
    leeg: dict[str, Any] = {"gezien": None, "huishouden": False, "aangeboden": frozenset()}
    workflow.schrijf_verheldering(
        melding, {een: Ingevuld(**leeg, personen=frozenset(), tekst="van de buur")}, door=buur
    )
    assert schrijf(open_sinds, **{f"{twee.pk}-tekst": "van mij"}).status_code == 303
    assert (nu(melding, een).tekst, nu(melding, twee).tekst) == ("van de buur", "van mij")


def test_twee_schrijven_over_hetzelfde_en_zien_beide_teksten(
    melding: Melding, buur: Medewerker, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een = gebieden[0]
    open_sinds = schrijf.scherm()  # type: ignore[attr-defined]
    leeg: dict[str, Any] = {"gezien": None, "huishouden": False, "aangeboden": frozenset()}
    workflow.schrijf_verheldering(
        melding, {een: Ingevuld(**leeg, personen=frozenset(), tekst="van de buur")}, door=buur
    )
    botst = schrijf(open_sinds, **{f"{een.pk}-tekst": "van mij"})
    html = botst.content.decode()
    assert botst.status_code == 409
    assert f"Bo Buur schreef intussen ook bij {een.naam}" in html
    assert "van de buur" in html
    assert "van mij" in html
    assert nu(melding, een).tekst == "van de buur"
    gezien = botst.context["form"][f"{een.pk}-gezien"].value()
    samen = schrijf(open_sinds, **{f"{een.pk}-tekst": "van ons", f"{een.pk}-gezien": gezien})
    assert samen.status_code == 303
    assert set(melding.verhelderingen.values_list("tekst", flat=True)) == {"van de buur", "van ons"}


def test_wie_er_niet_op_het_scherm_stond_blijft_staan(
    melding: Melding, wijkwerker: Medewerker, lid: Persoon, gebieden: list[Levensgebied]
) -> None:
    een, elders = gebieden[0], PersoonFactory()
    wat = Ingevuld(None, False, frozenset({lid.pk}), frozenset({lid.pk}), "een")
    eerst = workflow.schrijf_verheldering(melding, {een: wat}, door=wijkwerker)[0]
    eerst.personen.add(elders)
    wat = Ingevuld(eerst.pk, False, frozenset(), frozenset({lid.pk}), "twee")
    daarna = workflow.schrijf_verheldering(melding, {een: wat}, door=wijkwerker)[0]
    assert list(daarna.personen.all()) == [elders]


def test_een_vreemde_of_te_lange_tekst_wordt_geweigerd_en_blijft_staan(
    melding: Melding, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een = gebieden[0]
    vreemd = schrijf(**{f"{een.pk}-wie": [str(PersoonFactory().pk)], f"{een.pk}-tekst": "<b>" + "x" * 4_000})
    assert set(vreemd.context["form"].errors) == {f"{een.pk}-wie", f"{een.pk}-tekst"}
    assert "&lt;b&gt;xxx" in vreemd.content.decode()
    assert not Verheldering.objects.exists()


def test_wat_men_typte_staat_er_nog(
    bezoek: Client, melding: Melding, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een = gebieden[0]
    bezoek.post(f"/concepten/verheldering-{melding.pk}", {f"{een.pk}-tekst": "half af"})
    assert "half af" in bezoek.get(f"/meldingen/{melding.pk}/vraagverheldering").content.decode()
    schrijf(**{f"{een.pk}-tekst": "af"})
    assert "half af" not in bezoek.get(f"/meldingen/{melding.pk}/vraagverheldering").content.decode()


def test_wat_men_aankruiste_en_leegmaakte_staat_er_nog_zo(
    bezoek: Client, melding: Melding, lid: Persoon, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een, twee, drie, *_ = gebieden
    schrijf(**{f"{een.pk}-tekst": "stond er al", f"{een.pk}-wie": ["huishouden"]})
    concept = {
        f"{een.pk}-tekst": "",
        f"{een.pk}-gezien": str(nu(melding, een).pk),
        f"{twee.pk}-wie": ["huishouden", str(lid.pk)],
        f"{drie.pk}-wie": [str(lid.pk)],
    }
    assert bezoek.post(f"/concepten/verheldering-{melding.pk}", concept).status_code == 200
    form = bezoek.get(f"/meldingen/{melding.pk}/vraagverheldering").context["form"]
    aangekruist = {gebied: form[f"{gebied.pk}-wie"].value() for gebied in (een, twee, drie)}
    assert aangekruist == {een: [], twee: ["huishouden", str(lid.pk)], drie: [str(lid.pk)]}
    assert form[f"{een.pk}-tekst"].value() == ""
    assert form[f"{een.pk}-gezien"].value() == str(nu(melding, een).pk)


def test_de_afdruk_voor_een_lid_laat_wat_van_een_ander_is_weg(
    bezoek: Client, melding: Melding, lid: Persoon, gebieden: list[Levensgebied], schrijf: Schrijf
) -> None:
    een, twee, drie, vier, *_ = gebieden
    schrijf(
        **{
            f"{een.pk}-tekst": "van het lid",
            f"{een.pk}-wie": [str(lid.pk)],
            f"{twee.pk}-tekst": "van ons allen",
            f"{twee.pk}-wie": ["huishouden"],
            f"{drie.pk}-tekst": "van de melder",
            f"{drie.pk}-wie": [str(melding.persoon_id)],
            f"{vier.pk}-tekst": "zonder keuze",
        }
    )
    adres = f"/meldingen/{melding.pk}/vraagverheldering"
    html = bezoek.get(adres, {"afdruk": "", "lid": lid.pk}).content.decode()
    assert "van het lid" in html
    assert "van ons allen" in html
    assert "van de melder" not in html
    assert "zonder keuze" not in html
    assert Inzage.objects.filter(handeling=Handeling.AFGEDRUKT, persoon=lid.pk).exists()
    assert bezoek.get(adres, {"afdruk": "", "lid": PersoonFactory().pk}).status_code == 404
    alles = bezoek.get(adres, {"afdruk": ""}).content.decode()
    assert "van de melder" in alles
    huishouden = f"/huishoudens/{melding.huishouden_id}"
    voor_lid = bezoek.get(huishouden, {"afdruk": "", "lid": lid.pk}).content.decode()
    assert "van het lid" in voor_lid
    assert "van de melder" not in voor_lid
    assert "zonder keuze" not in voor_lid


def test_de_bladzijde_zegt_tot_wanneer_op_een_persoonlijk_plan_wordt_gewacht(
    bezoek: Client, melding: Melding, wijkwerker: Medewerker
) -> None:
    adres = f"/meldingen/{melding.pk}/vraagverheldering"
    assert "wachten tot en met" in bezoek.get(adres).content.decode()
    workflow.schrijf_verslag(
        melding,
        gezien=None,
        door=wijkwerker,
        persoonlijk_plan_verteld_op=timezone.localdate(),
        persoonlijk_plan_op=timezone.localdate(),
        ondersteuning_aangeboden_op=timezone.localdate(),
        ondersteuning_gewenst=False,
    )
    html = " ".join(bezoek.get(adres).content.decode().split())
    assert "wachten tot en met" not in html
    assert "verteld op" in html
    assert "gekregen op" in html
    assert "niet gewenst" in html


# scoren


@pytest.fixture
def matrix(db: None) -> list[Leefgebied]:
    laad_matrix(MATRIX.encode(), naam="Onze matrix", geldig_van=timezone.localdate() - timedelta(days=30))
    return list(Leefgebied.objects.order_by("volgorde"))


def niveau(gebied: Leefgebied, hoe: int) -> int:
    return Scoresoort.objects.get(leefgebied=gebied, niveau=hoe).pk


def score(client: Client, melding: Melding, persoon: Persoon, dagen: int = 0, **velden: Any) -> Any:
    dag = timezone.localdate() - timedelta(days=dagen)
    gegevens = {"datum": f"{dag:%d-%m-%Y}", "gezien": workflow.laatste_score(persoon), **velden}
    return client.post(f"/meldingen/{melding.pk}/scores/{persoon.pk}", gegevens)


def test_zonder_matrix_is_er_van_scoren_niets_te_zien(bezoek: Client, melding: Melding) -> None:
    html = bezoek.get(f"/meldingen/{melding.pk}/vraagverheldering").content.decode()
    assert "score" not in html.lower()
    assert melding.persoon
    assert score(bezoek, melding, melding.persoon).status_code == 404


def test_scores_staan_naast_elkaar_in_de_tijd_en_een_correctie_laat_de_oude_staan(
    bezoek: Client, melding: Melding, lid: Persoon, matrix: list[Leefgebied]
) -> None:
    wonen, geld = matrix
    persoon = melding.persoon
    assert persoon
    assert "Onze matrix" in bezoek.get(f"/meldingen/{melding.pk}/vraagverheldering").content.decode()
    assert score(bezoek, melding, persoon, 7, **{f"gebied-{wonen.pk}": niveau(wonen, 2)}).status_code == 303
    score(
        bezoek,
        melding,
        persoon,
        **{f"gebied-{wonen.pk}": niveau(wonen, 3), f"gebied-{geld.pk}": niveau(geld, 1)},
    )
    score(bezoek, melding, persoon, **{f"gebied-{wonen.pk}": niveau(wonen, 4)})
    score(bezoek, melding, lid, **{f"gebied-{geld.pk}": niveau(geld, 5)})
    antwoord = bezoek.get(f"/huishoudens/{melding.huishouden_id}")
    tabellen = {tabel.persoon: tabel for tabel in antwoord.context["scores"]}
    mijn = tabellen[persoon]
    assert len(mijn.dagen) == 2
    assert [(naam, [(cel.nu, cel.eerder) for cel in cellen]) for naam, cellen in mijn.rijen] == [
        ("Wonen", [("2 trede 2", []), ("4 trede 4", ["3 trede 3"])]),
        ("Geld", [("", []), ("1 trede 1", [])]),
    ]
    assert "2 leefgebieden gescoord" in antwoord.content.decode()
    voor_lid = bezoek.get(f"/huishoudens/{melding.huishouden_id}", {"afdruk": "", "lid": lid.pk})
    assert [tabel.persoon for tabel in voor_lid.context["scores"]] == [lid]


@pytest.mark.parametrize(
    ("velden", "waarom"),
    [
        ({}, "kies bij een leefgebied een niveau"),
        ({"dagen": -1}, "het is vandaag"),
        ({"dagen": 40}, "gold er geen matrix"),
        ({"gezien": 987}, "legde intussen ook scores vast"),
    ],
)
def test_een_score_die_niet_kan_wordt_geweigerd(
    bezoek: Client, melding: Melding, matrix: list[Leefgebied], velden: dict[str, Any], waarom: str
) -> None:
    assert melding.persoon
    gekozen = {f"gebied-{matrix[0].pk}": niveau(matrix[0], 1)} if velden else {}
    antwoord = score(bezoek, melding, melding.persoon, **gekozen, **velden)
    assert antwoord.status_code == 409
    assert waarom in str(fouten(antwoord))
    assert not Score.objects.exists()


def test_wie_bij_een_andere_melding_van_dezelfde_inwoner_intussen_scoorde_telt_mee(
    bezoek: Client, wijkwerker: Medewerker, melding: Melding, matrix: list[Leefgebied]
) -> None:
    persoon, wonen = melding.persoon, matrix[0]
    assert persoon
    tweede = MeldingFactory(team=melding.team, persoon=persoon, huishouden=melding.huishouden)
    gekozen = {f"gebied-{wonen.pk}": niveau(wonen, 2)}
    assert score(bezoek, tweede, persoon, **gekozen).status_code == 303
    antwoord = score(bezoek, melding, persoon, **{f"gebied-{wonen.pk}": niveau(wonen, 4)}, gezien=0)
    assert "legde intussen ook scores vast" in str(fouten(antwoord))
    assert score(bezoek, melding, persoon, **{f"gebied-{wonen.pk}": niveau(wonen, 4)}).status_code == 303
    assert Score.objects.bekend_op(None).get().scoresoort.niveau == 4


def test_een_niveau_van_een_ander_leefgebied_wordt_geweigerd(
    bezoek: Client, melding: Melding, matrix: list[Leefgebied]
) -> None:
    wonen, geld = matrix
    assert melding.persoon
    assert (
        score(bezoek, melding, melding.persoon, **{f"gebied-{wonen.pk}": niveau(geld, 1)})
        .context["formulier"]
        .errors
    )


def test_het_aantal_vragen_van_de_scores_hangt_niet_af_van_hoeveel_er_zijn(
    bezoek: Client, melding: Melding, matrix: list[Leefgebied]
) -> None:
    assert melding.persoon

    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevangen:
            bezoek.get(f"/huishoudens/{melding.huishouden_id}")
        return len(gevangen)

    score(bezoek, melding, melding.persoon, 9, **{f"gebied-{matrix[0].pk}": niveau(matrix[0], 1)})
    een = vragen()
    for dagen in range(6):
        score(bezoek, melding, melding.persoon, dagen, **{f"gebied-{matrix[0].pk}": niveau(matrix[0], 2)})
    assert vragen() == een
