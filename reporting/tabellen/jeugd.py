"""Clients and trajecten of the Jeugdwet (tables 2.14 to 2.16)."""

from __future__ import annotations

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import F, Q

from households.models import Verblijf
from reporting.inwoners import JEUGDIGEN, inwoners_per_wijkteam, samen
from reporting.maten import AANTAL, VanNoemer
from reporting.periode import DAG
from reporting.register import tabel
from reporting.samenhang import Gedeeld, Samenhang
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wonen import clienten_met_verblijf
from teams.models import Team
from voorzieningen.models import Beschikking, Jeugdsoort, Voorziening, Wet

BRON = "registratie van beschikkingen"
ZELFDE_CLIENTEN = ("2.14", "2.15")
"""Tables of the same clients."""


@tabel(
    "2.14",
    titel="Cliënten Jeugdwet",
    definitie="Hoeveel jeugdigen op ten minste één dag van de periode een voorziening Jeugdwet hadden.",
    eenheid="cliënten",
    bron=BRON,
)
def jeugdwet_clienten(vraag: Vraag) -> Telling:
    """Unique clients by kind; a client with two kinds counts in both, and once in the total."""
    beschikkingen = Beschikking.objects.loopt_tussen(vraag.periode.begin, vraag.periode.einde).filter(
        voorziening__groep__wet=Wet.JEUGDWET
    )
    soorten = {soort.code: BoolOr(Q(voorziening__groep__jeugdsoort=soort)) for soort in Jeugdsoort}
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op).values("persoon").annotate(**soorten)],
        eenheid=("persoon",),
        dimensies=tuple(soorten),
        rijen=[
            *(Regel(soort.code, soort.label.capitalize(), {soort.code: (True,)}) for soort in Jeugdsoort),
            Regel("totaal", "Totaal"),
        ],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon",))],
        noten=[Noot("Een cliënt telt één keer per soort en één keer in het totaal.")],
        samenhang=[Samenhang("totaal", tuple(soorten), hoogstens=True)],
        gedeeld=Gedeeld("totaal", ZELFDE_CLIENTEN),
    )


@tabel(
    "2.15",
    titel="Cliënten Jeugdwet per stadsdeel",
    definitie=(
        "De cliënten van tabel 2.14, naar het stadsdeel van hun adres op de laatste dag in de periode waarop zij"
        " een voorziening hadden, en als percentage van de jeugdigen (0 tot en met 17 jaar) die daar wonen."
    ),
    eenheid="cliënten",
    bron="registratie van beschikkingen en verblijven, inwonertallen per wijkteam",
)
def jeugdwet_clienten_per_stadsdeel(vraag: Vraag) -> Telling:
    """The clients of 2.14 by the stadsdeel of the wijkteam of their verblijf, chosen as in 2.10.

    Of a stadsdeel, or of all, of which one wijkteam has no known number of young people, the share is not known.
    """
    beschikkingen = Beschikking.objects.loopt_tussen(vraag.periode.begin, vraag.periode.einde).filter(
        voorziening__groep__wet=Wet.JEUGDWET
    )
    jeugdigen = inwoners_per_wijkteam(vraag.periode.begin, JEUGDIGEN)
    teams: dict[str, dict[int, str]] = {}
    for pk, code, stadsdeel in Team.objects.wijkteams().values_list("pk", "code", "stadsdeel"):
        teams.setdefault(stadsdeel, {})[pk] = code
    onbekend = [
        None,
        *Team.objects.exclude(pk__in=[pk for deel, pks in teams.items() if deel for pk in pks]).values_list(
            "pk", flat=True
        ),
    ]
    return Telling(
        achter=[clienten_met_verblijf(beschikkingen, vraag, team="team")],
        eenheid=("persoon",),
        dimensies=("team",),
        rijen=[
            *(
                Regel(
                    deel,
                    deel,
                    {"team": tuple(pks)},
                    noemer=samen(jeugdigen.get(code) for code in pks.values()),
                )
                for deel, pks in sorted(teams.items())
                if deel
            ),
            Regel("onbekend", "Onbekend", {"team": onbekend}),
            Regel("totaal", "Totaal", noemer=samen(jeugdigen.values())),
        ],
        kolommen=[
            Kolom("aantal", maat=AANTAL),
            Kolom("pct", maat=VanNoemer()),
        ],
        feiten=[Feiten(beschikkingen, ("persoon",)), Feiten(Verblijf.objects.all(), ("persoon",))],
        noten=[Noot("Onbekend: op die dag is geen adres in een stadsdeel bekend.", {"team": onbekend})],
        samenhang=[Samenhang("totaal", (*filter(None, sorted(teams)), "onbekend"))],
        gedeeld=Gedeeld("totaal", ZELFDE_CLIENTEN),
    )


@tabel(
    "2.16",
    titel="Jeugdzorgtrajecten",
    definitie=(
        "Hoeveel voorzieningen Jeugdwet er op de laatste dag van de periode liepen; elke voorziening is een"
        " traject."
    ),
    eenheid="trajecten",
    bron=BRON,
)
def jeugdzorgtrajecten(vraag: Vraag) -> Telling:
    """Stock of Jeugdwet voorzieningen on the last day of the period, by kind."""
    peildatum = vraag.periode.peildatum
    beschikkingen = (
        Beschikking.objects.loopt_tussen(peildatum, peildatum + DAG)
        .filter(voorziening__groep__wet=Wet.JEUGDWET)
        .annotate(
            soort=F("voorziening__groep__jeugdsoort"),
            met_verblijf=F("voorziening__groep__met_verblijf"),
            code=F("voorziening__code"),
        )
    )
    hulp = {"soort": (Jeugdsoort.JEUGDHULP,)}
    maatregelen = _met_voorzieningen(Jeugdsoort.JEUGDBESCHERMING, Jeugdsoort.JEUGDRECLASSERING)
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op)],
        eenheid=("pk",),
        dimensies=("soort", "met_verblijf", "code"),
        rijen=[
            Regel("jeugdhulp", "Jeugdhulp", hulp),
            Regel(
                "jeugdhulp_zonder_verblijf", "Jeugdhulp zonder verblijf", {**hulp, "met_verblijf": (False,)}
            ),
            Regel("jeugdhulp_met_verblijf", "Jeugdhulp met verblijf", {**hulp, "met_verblijf": (True,)}),
            *maatregelen,
            Regel("totaal", "Totaal"),
        ],
        kolommen=[Kolom(peildatum.isoformat())],
        feiten=[Feiten(beschikkingen, ("pk",))],
        samenhang=[
            Samenhang("totaal", tuple(soort.code for soort in Jeugdsoort)),
            Samenhang("jeugdhulp", ("jeugdhulp_zonder_verblijf", "jeugdhulp_met_verblijf")),
            *(
                Samenhang(
                    soort.code,
                    tuple(
                        regel.sleutel
                        for regel in maatregelen
                        if "code" in regel.telt and regel.telt["soort"] == (soort,)
                    ),
                )
                for soort in (Jeugdsoort.JEUGDBESCHERMING, Jeugdsoort.JEUGDRECLASSERING)
            ),
        ],
    )


def _met_voorzieningen(*soorten: Jeugdsoort) -> list[Regel]:
    """A row per kind, and one per voorziening in it.

    Where a group went from one kind to another its voorzieningen stand under both; under the later one with the kind
    in their key, since a key has one row.
    """
    rijen = Voorziening.objects.filter(groep__jeugdsoort__in=soorten).order_by("pk")
    onder: dict[Jeugdsoort, dict[str, str]] = {soort: {} for soort in soorten}
    eerste: dict[str, Jeugdsoort] = {}
    for code, naam, nummer in rijen.values_list("code", "naam", "groep__jeugdsoort"):
        soort = Jeugdsoort(nummer)
        onder[soort][code] = naam
        eerste.setdefault(code, soort)
    regels = []
    for soort, namen in onder.items():
        regels.append(Regel(soort.code, soort.label.capitalize(), {"soort": (soort,)}))
        for code, naam in namen.items():
            sleutel = code if eerste[code] is soort else f"{soort.code}: {code}"
            regels.append(Regel(sleutel, naam[:1].upper() + naam[1:], {"soort": (soort,), "code": (code,)}))
    return regels
