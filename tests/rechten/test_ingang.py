"""Views have one way to rows about people: `zichtbaar`, and what reads through it. Nobody goes round it by mistake."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "teams", "households", "voorzieningen", "meldingen", "reporting")

OVER_INWONERS = {
    model.__name__
    for model in apps.get_models()
    if hasattr(model, "onderwerp")
    or any(
        veld.is_relation and veld.related_model is not None and hasattr(veld.related_model, "onderwerp")
        for veld in model._meta.get_fields()
        if veld.many_to_one or veld.one_to_one
    )
} | {"Concept", "Inzage"}
"""Models about somebody, and those that hang under one: whoever adds one is held to this at once."""
POORTEN = {"zichtbaar", "lees", "lees_alle", "handel", "_te_verdelen", "_lees"}
"""What asks `teams.access` first: rows may be handed to these."""

UITZONDERINGEN = {
    ("meldingen/views/aannemen.py", "Concept"): "of who types alone",
    ("meldingen/forms/melding.py", "Concept"): "of who types alone",
    (
        "meldingen/views/huishouden.py",
        "Verblijf",
    ): "of a household that lees gave: where it lived; the name in the list sorts rows of zichtbaar",
    (
        "voorzieningen/views/klachten.py",
        "Klacht",
    ): "rows that lees or zichtbaar gets; versions of one that lees gave",
    ("meldingen/views/huishouden.py", "Betrokkenheid"): "of households that lees or zichtbaar gave",
    (
        "meldingen/views/huishouden.py",
        "Melding",
    ): "the day of the last contact, that whoever knows of a household may know",
    ("meldingen/views/mensen.py", "Betrokkenheid"): "of a household whose page or melding lees gave",
    ("meldingen/views/mensen.py", "Noodtoegang"): "of the reader alone",
    ("meldingen/views/huishouden.py", "Noodtoegang"): "of the reader alone, that ended",
    ("meldingen/views/koppelen.py", "Verblijf"): "of the person that the form got from lees",
    ("meldingen/views/plan.py", "Plan"): "of the household that lees gave",
    ("meldingen/views/planformulier.py", "Doel"): "of a plan of the household that lees gave",
    ("meldingen/views/planformulier.py", "Afspraak"): "of a plan of the household that lees gave",
    ("meldingen/views/planpapier.py", "Plan"): "of the household that lees gave",
    ("meldingen/views/planpapier.py", "Betrokkenheid"): "of the household that lees gave",
    ("meldingen/views/planzicht.py", "Concept"): "of who types alone",
    ("meldingen/forms/plan.py", "Doel"): "of the plan of a household that lees gave",
    ("meldingen/forms/plan.py", "Afspraak"): "of the plan of a household that lees gave",
    ("meldingen/forms/plan.py", "Persoon"): "who takes part in the plan of a household that lees gave",
    ("meldingen/forms/planverloop.py", "Persoon"): "who lives in the household that lees gave",
    ("meldingen/forms/planverloop.py", "Afsluiting"): "of the plan of a household that lees gave",
    ("meldingen/forms/planverloop.py", "Deelnemer"): "of the plan of a household that lees gave",
    ("meldingen/views/melding.py", "Aanvraag"): "of the melding that lees gave",
    ("meldingen/views/verslag.py", "Aanvraag"): "whether there is one with the melding that lees gave",
    ("meldingen/views/aanvragen.py", "Besluit"): "the number of the version, of a besluit that lees gave",
    ("meldingen/views/besluiten.py", "Besluit"): "rows that lees or zichtbaar gets, made elsewhere",
    ("meldingen/views/besluiten.py", "Toets"): "of besluiten that zichtbaar gives",
    ("meldingen/views/besluitstappen.py", "Levering"): "of the besluit that lees gave",
    ("meldingen/forms/besluiten.py", "Persoon"): "nobody, or those that the view read",
    ("meldingen/views/opschalingzicht.py", "Opschaling"): "rows that lees or zichtbaar gets, made elsewhere",
    (
        "meldingen/views/opschalingzicht.py",
        "Opschalingsvraag",
    ): "of opschalingen that lees or zichtbaar gives",
    ("meldingen/forms/rondetafel.py", "Ketenpartner"): "of the household of an opschaling that lees gave",
    ("meldingen/forms/rondetafel.py", "Verblijf"): "of the household of an opschaling that lees gave",
    ("meldingen/forms/rondetafel.py", "Persoon"): "nobody, or those that zichtbaar gives",
    ("meldingen/forms/notities.py", "Concept"): "of who types alone",
    ("meldingen/forms/gezin.py", "Verblijf"): "of the person that the form got from lees",
    ("meldingen/forms/melding.py", "Gelijkstelling"): "of the person of a melding that lees gave",
    ("meldingen/api/meldingen.py", "Melding"): "rows that lees or zichtbaar gets, made elsewhere",
    ("meldingen/api/meldingen.py", "Terugbelverzoek"): "of meldingen that lees or zichtbaar gives",
    (
        "meldingen/api/terugbelverzoeken.py",
        "Terugbelverzoek",
    ): "rows that lees or zichtbaar gets, made elsewhere",
}
"""Where a view or form asks a model itself, and why nobody sees by it what isn't theirs."""


def _bronnen() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((ROOT / app).glob("views/**/*.py"))
        yield from sorted((ROOT / app).glob("forms/**/*.py"))
        yield from sorted((ROOT / app).glob("api/**/*.py"))
        yield from (pad for naam in ("views.py", "forms.py", "api.py") if (pad := ROOT / app / naam).exists())


def _rechtstreeks(boom: ast.AST) -> Iterator[tuple[str, int]]:
    """Every `Model.objects` outside the call of a gate, and what stands in a variable that only a gate gets."""
    ouders = {kind: ouder for ouder in ast.walk(boom) for kind in ast.iter_child_nodes(ouder)}
    aan_poort = {
        arg.id
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Call) and _naam(knoop.func) in POORTEN
        for arg in _namen(knoop.args)
    }
    for knoop in ast.walk(boom):
        manager = isinstance(knoop, ast.Attribute) and knoop.attr in (
            "objects",
            "_base_manager",
            "_default_manager",
        )
        if not manager or not isinstance(knoop.value, ast.Name) or knoop.value.id not in OVER_INWONERS:
            continue
        hoger: ast.AST | None = knoop
        while hoger is not None:
            if isinstance(hoger, ast.Call) and _naam(hoger.func) in POORTEN:
                break
            if isinstance(hoger, ast.Assign) and _alleen_namen(hoger.targets) <= aan_poort:
                break
            hoger = ouders.get(hoger)
        else:
            yield knoop.value.id, knoop.lineno


def _naam(functie: ast.AST) -> str:
    return (
        functie.id
        if isinstance(functie, ast.Name)
        else functie.attr
        if isinstance(functie, ast.Attribute)
        else ""
    )


def _alleen_namen(doelen: list[ast.expr]) -> set[str]:
    """The variables that are assigned; what isn't one (an attribute, a pair) stands as its code, which no gate gets."""
    return {doel.id if isinstance(doel, ast.Name) else ast.unparse(doel) + "!" for doel in doelen}


def _namen(argumenten: list[ast.expr]) -> Iterator[ast.Name]:
    for argument in argumenten:
        yield from (knoop for knoop in ast.walk(argument) if isinstance(knoop, ast.Name))


def _gevonden() -> dict[tuple[str, str], list[int]]:
    gevonden: dict[tuple[str, str], list[int]] = {}
    for pad in _bronnen():
        for model, regel in _rechtstreeks(ast.parse(pad.read_text(encoding="utf-8"))):
            gevonden.setdefault((str(pad.relative_to(ROOT)), model), []).append(regel)
    return gevonden


def test_geen_pagina_gaat_om_de_tabel_van_rechten_heen() -> None:
    om = {plek: regels for plek, regels in _gevonden().items() if plek not in UITZONDERINGEN}
    assert not om, (
        f"Hier wordt een model over inwoners rechtstreeks bevraagd: {om}. Gebruik zichtbaar(...) of lees(...) uit "
        "teams; kan dat echt niet, zet de plek dan met de reden in UITZONDERINGEN van tests/rechten/test_ingang.py."
    )


def test_elke_uitzondering_is_nog_nodig() -> None:
    assert UITZONDERINGEN.keys() <= _gevonden().keys(), UITZONDERINGEN.keys() - _gevonden().keys()


def test_de_bewaakte_modellen_zijn_die_over_inwoners() -> None:
    assert {
        "Persoon",
        "Huishouden",
        "Verblijf",
        "Melding",
        "Notitie",
        "Terugbelverzoek",
        "Noodtoegang",
    } <= OVER_INWONERS
    assert not OVER_INWONERS & {"Team", "Medewerker", "Levensgebied", "AlgemeneVoorziening"}


@pytest.mark.parametrize(
    ("bron", "raak"),
    [
        ("Persoon.objects.get(pk=1)", True),
        ("zichtbaar(Persoon.objects.filter(pk=1), wie, ZIEN)", False),
        ("lees(Melding.objects.all(), 1, spoor=s)", False),
        ("rijen = Melding.objects.all()\nlees(rijen, 1, spoor=s)", False),
        ("rijen = Melding.objects.all()\nrender(rijen)", True),
        ("self.rijen = Melding.objects.all()\nlees(rijen, 1, spoor=s)", True),
        ("get_object_or_404(Huishouden._default_manager, pk=1)", True),
        ("Team.objects.all()", False),
    ],
)
def test_de_speurder_vindt_wat_om_de_tabel_heen_gaat(bron: str, raak: bool) -> None:
    assert bool(list(_rechtstreeks(ast.parse(bron)))) is raak


def test_alles_wat_een_adres_heeft_gaat_langs_de_tabel_of_is_een_bestand_van_het_product() -> None:
    """Beside the addresses of `matrix.TABEL` there are only the files under STATIC_URL; nobody's uploads are served."""
    assert settings.STATIC_URL == "/static/"
    assert not settings.MEDIA_URL.strip("/")
    assert not getattr(settings, "WHITENOISE_ROOT", None)
