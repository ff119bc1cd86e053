"""How long meldingen take, and which are open (tables D.1 and D.2)."""

from __future__ import annotations

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from meldingen.models import Categorie, Gebeurtenis, Stand
from meldingen.termijnen import LaatsteDag, spoed_uiterlijk
from meldingen.wettermijnen import JEUGD_BESLUIT, ONDERZOEK, WMO_BESLUIT
from reporting.filters import kenmerken
from reporting.maten import AANTAL, Percentiel, PerVerschillende, Som, Verschillende, Waar
from reporting.open_meldingen import FASEN, Dagen, einde_van, mijlpaal, open_op
from reporting.periode import Periode
from reporting.register import tabel
from reporting.telling import Breed, Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wijkteams import per_wijkteam

ONTVANGEN, BESLUIT = "ontvangen", "besluit"
TRAJECTEN = {
    "gesprek": ("Van melding tot gesprek", ONTVANGEN, "gesprek"),
    "onderzoek": ("Van gesprek tot begin van het onderzoek", "gesprek", "onderzoek"),
    "afgerond": ("Van begin tot einde van het onderzoek", "onderzoek", "afgerond"),
    "besluit": ("Van einde van het onderzoek tot besluit", "afgerond", BESLUIT),
    "melding_afgerond": ("Van melding tot einde van het onderzoek", ONTVANGEN, "afgerond"),
    "melding_besluit": ("Van melding tot besluit", ONTVANGEN, BESLUIT),
}
"""Per row its label, and the milestones from which and to which it runs."""
TERMIJNEN: dict[str, dict[Categorie, tuple[str, ...]]] = {
    "melding_afgerond": {Categorie.VOLWASSENEN: (ONDERZOEK,)},
    "melding_besluit": {Categorie.VOLWASSENEN: (ONDERZOEK, WMO_BESLUIT), Categorie.JEUGD: (JEUGD_BESLUIT,)},
}
"""The terms of the law for a row, one after the other; the others have none."""
OOIT = 10**6


@tabel(
    "D.1",
    titel="Doorlooptijden",
    definitie=(
        "Hoeveel dagen er zaten tussen de stappen van de meldingen die in de periode binnenkwamen: de helft duurde"
        " hoogstens de mediaan, negen van de tien hoogstens p90. En welk deel binnen de wettelijke termijn klaar was."
    ),
    eenheid="meldingen",
    bron="registratie van meldingen",
    filters=frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
)
def doorlooptijden(vraag: Vraag) -> Telling:
    """The cohort of 2.6, each melding per row of which it has both milestones, by the earliest day of each.

    The besluit is the first of toegekend and niet toegekend. The law (Wmo 2015 art. 2.3.2 and 2.3.5, Awb art. 4:13)
    gives volwassenen six weeks for the onderzoek and two more for the besluit, jeugd eight weeks for the besluit; on
    a weekend or a holiday a term doesn't end. That a term stood still or was put off isn't looked at.
    """
    cohort = Stand.objects.cohort(
        vraag.periode.begin, vraag.periode.peildatum, vraag.bekend_op, **kenmerken(vraag.filters)
    )
    mijlpalen: dict[str, Combinable] = {
        naam: mijlpaal(naam, vraag.bekend_op) for naam in ("gesprek", "onderzoek", "afgerond")
    }
    mijlpalen[ONTVANGEN] = F("ontvangen_op")
    mijlpalen[BESLUIT] = Least(
        mijlpaal("toegekend", vraag.bekend_op), mijlpaal("niet_toegekend", vraag.bekend_op)
    )
    per_traject: dict[str, Combinable] = {}
    for traject, (_, van, tot) in TRAJECTEN.items():
        per_traject[f"{traject}_dagen"] = Dagen(mijlpalen[van], mijlpalen[tot])
        per_traject[f"{traject}_op_tijd"] = _op_tijd(traject, mijlpalen[tot], vraag.periode)
    in_volgorde = range(OOIT)
    return Telling(
        achter=[
            Breed(
                [deel.annotate(**per_traject) for deel in cohort],
                "traject",
                ("dagen", "op_tijd"),
                {traject: (f"{traject}_dagen", f"{traject}_op_tijd") for traject in TRAJECTEN},
            )
        ],
        eenheid=("melding", "traject"),
        dimensies=("traject", "dagen", "op_tijd"),
        rijen=[
            Regel(traject, label, {"traject": (traject,), "dagen": in_volgorde})
            for traject, (label, _, _) in TRAJECTEN.items()
        ],
        kolommen=[
            Kolom("aantal", maat=AANTAL),
            Kolom("mediaan", maat=Percentiel("dagen", 50)),
            Kolom("p90", maat=Percentiel("dagen", 90)),
            Kolom("binnen_termijn_pct", maat=Waar("op_tijd")),
        ],
        feiten=[
            Feiten(Gebeurtenis.objects.annotate(traject=Value(traject, CharField())), ("melding", "traject"))
            for traject in TRAJECTEN
        ],
        noten=[
            Noot(
                "Niet geteld, omdat de dag van een stap voor die van de stap ervoor ligt: {aantal}.",
                {"dagen": range(-OOIT, 0)},
            )
        ],
    )


def _op_tijd(traject: str, klaar: Combinable, periode: Periode) -> Combinable:
    """Whether it was done on the last day of its term or before; empty where there is no term, or while it isn't."""
    gevallen = [
        When(
            categorie=categorie,
            then=LessThanOrEqual(
                klaar, LaatsteDag("ontvangen_op", periode.begin, periode.peildatum, *sleutels)
            ),
        )
        for categorie, sleutels in TERMIJNEN.get(traject, {}).items()
    ]
    return Case(*gevallen, default=Cast(Value(None), BooleanField()))


LEEFTIJDEN = {
    "tot_2_weken": range(14),
    "tot_6_weken": range(14, 42),
    "tot_13_weken": range(42, 91),
    "13_weken_of_meer": range(91, OOIT),
}


@tabel(
    "D.2",
    titel="Werkvoorraad",
    definitie=(
        "De meldingen die aan het einde van de periode open stonden, per team dat ze toen had: hoe ver ze waren, hoe"
        " oud, hoeveel nog niemand had, hoeveel er zijn per medewerker, en hoeveel spoed niet op tijd is opgepakt."
    ),
    eenheid="meldingen",
    bron="registratie van meldingen en van wie ze heeft",
    filters=frozenset({"categorie", "kanaal", "aanleiding"}),
)
def werkvoorraad(vraag: Vraag) -> Telling:
    """Open at the end of the last day, by the team that had it then, or else the one where it came in.

    Workers are counted, never named: this is no list of persons. Spoed is late when nobody had it at the end of the
    last day, and its hours had passed.
    """
    einde = einde_van(vraag.periode.peildatum)
    moment = min(einde, vraag.bekend_op) if vraag.bekend_op else einde
    toen = Q(melding__toewijzingen__tot__isnull=True) | Q(melding__toewijzingen__tot__gt=moment)
    uiterlijk = Case(
        When(
            Q(melding__spoed_sinds__isnull=True) | Q(melding__spoed_sinds__lte=moment),
            then=spoed_uiterlijk("melding__"),
        )
    )
    rijen = (
        open_op(vraag.periode.peildatum, vraag.bekend_op)
        .filter(**kenmerken(vraag.filters))
        .annotate(
            had=FilteredRelation(
                "melding__toewijzingen", condition=Q(toen, melding__toewijzingen__vanaf__lte=moment)
            ),
            van_team=Coalesce("had__team", "team", output_field=SmallIntegerField()),
            medewerker=F("had__medewerker"),
            spoed_te_laat=Case(
                When(GreaterThan(Value(einde), uiterlijk), had__medewerker__isnull=True, then=1),
                default=0,
                output_field=IntegerField(),
            ),
        )
        .order_by("melding_id", "-had__vanaf", "-had__pk")
        .distinct("melding_id")
    )
    regels, geen_wijkteam = per_wijkteam()
    teams = [
        *(Regel(regel.sleutel, regel.label, {"van_team": regel.telt["team"]}) for regel in regels),
        Regel("overige", "Andere teams of geen team", {"van_team": geen_wijkteam}),
        Regel("totaal", "Totaal"),
    ]
    return Telling(
        achter=[rijen],
        eenheid=("melding",),
        dimensies=("van_team", "fase", "leeftijd", "medewerker", "spoed_te_laat"),
        rijen=teams,
        kolommen=[
            Kolom("open", maat=AANTAL),
            *(Kolom(fase, {"fase": (fase,)}) for fase in map(str, FASEN)),
            *(Kolom(naam, {"leeftijd": dagen}) for naam, dagen in LEEFTIJDEN.items()),
            Kolom("zonder_medewerker", {"medewerker": (None,)}),
            Kolom("medewerkers", maat=Verschillende("medewerker")),
            Kolom("per_medewerker", maat=PerVerschillende("medewerker")),
            Kolom("spoed_te_laat", maat=Som("spoed_te_laat")),
        ],
        feiten=[Feiten(Gebeurtenis.objects.all(), ("melding",))],
    )
