"""How long people wait for the help that was granted (table D.3)."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Greatest

from reporting.maten import AANTAL, Percentiel
from reporting.open_meldingen import Dagen
from reporting.register import tabel
from reporting.samenhang import Samenhang
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from voorzieningen.models import Aanbieder, Beschikking, BeschikkingQuerySet, Voorzieningengroep

ZONDER_BESLUIT = -1


@tabel(
    "D.3",
    titel="Wachttijd tot de hulp begint",
    definitie=(
        "Hoeveel dagen er zaten tussen het besluit en het begin van de hulp, voor hulp die in de periode begon, per"
        " voorzieningengroep en per aanbieder: de helft wachtte hoogstens de mediaan, negen van de tien hoogstens p90."
    ),
    eenheid="voorzieningen",
    bron="registratie van beschikkingen en leveringen",
)
def wachttijd(vraag: Vraag) -> Telling:
    """Voorzieningen that began in the period and of which the day of the besluit is known.

    The help began on the day that the levering did; of a beschikking that came in without one on its ingangsdatum. Help
    that began before its besluit was not waited for: 0 days.
    """
    begonnen = [deel.annotate(**_gewacht()) for deel in _begonnen(vraag)]
    namen = dict(Voorzieningengroep.objects.order_by("pk").values_list("code", "naam"))
    aanbieders = Aanbieder.objects.order_by(Collate("naam", "C")).values_list("naam", flat=True)
    per_aanbieder = {f"aanbieder: {naam}": naam for naam in aanbieders}
    bekend = range(10**6)
    return Telling(
        achter=[deel.bekend_op(vraag.bekend_op) for deel in begonnen],
        eenheid=("pk",),
        dimensies=("groep", "van", "dagen"),
        rijen=[
            *(
                Regel(code, naam[:1].upper() + naam[1:], {"groep": (code,), "dagen": bekend})
                for code, naam in namen.items()
            ),
            *(
                Regel(sleutel, naam, {"van": (naam,), "dagen": bekend})
                for sleutel, naam in per_aanbieder.items()
            ),
            Regel(
                "aanbieder onbekend",
                "Aanbieder onbekend, of eigen keuze (pgb)",
                {"van": (None,), "dagen": bekend},
            ),
            Regel("totaal", "Totaal", {"dagen": bekend}),
        ],
        kolommen=[
            Kolom(naam, maat=maat)
            for naam, maat in (
                ("aantal", AANTAL),
                ("mediaan", Percentiel("dagen", 50)),
                ("p90", Percentiel("dagen", 90)),
            )
        ],
        feiten=[Feiten(deel, ("pk",)) for deel in begonnen],
        noten=[Noot("Zonder dag van het besluit, niet geteld: {aantal}.", {"dagen": (ZONDER_BESLUIT,)})],
        samenhang=[
            Samenhang("totaal", tuple(namen)),
            Samenhang("totaal", (*per_aanbieder, "aanbieder onbekend")),
        ],
    )


def _begonnen(vraag: Vraag) -> list[BeschikkingQuerySet]:
    """Of which the help began in the period, on the day `begin`: those that came in without a levering, and others."""
    zonder, met = Q(besluit__isnull=True), Q()
    if vraag.bekend_op is not None:
        levering = "besluit__levering__start_geregistreerd_op"
        met = Q(**{f"{levering}__isnull": True}) | Q(**{f"{levering}__lte": vraag.bekend_op})
    return [
        Beschikking.objects.filter(
            wanneer, **{f"{dag}__gte": vraag.periode.begin, f"{dag}__lt": vraag.periode.einde}
        ).annotate(begin=F(dag))
        for dag, wanneer in (("ingangsdatum", zonder), ("besluit__levering__gestart_op", met))
    ]


def _gewacht() -> dict[str, Combinable]:
    return {
        "dagen": Case(
            When(besluitdatum__isnull=True, then=ZONDER_BESLUIT),
            default=Greatest(Dagen("besluitdatum", "begin"), Value(0), output_field=IntegerField()),
        ),
        "groep": F("voorziening__groep__code"),
        "van": F("aanbieder__naam"),
    }
