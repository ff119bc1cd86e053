"""Clients of the Wmo (tables 2.9 to 2.13)."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from households.models import Verblijf
from reporting.inwoners import INWONERS, inwoners_per_wijkteam, samen
from reporting.maten import VanNoemer
from reporting.register import tabel
from reporting.samenhang import Gedeeld, Samenhang
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wijkteams import per_wijkteam
from reporting.wonen import clienten_met_verblijf
from voorzieningen.models import Beschikking, BeschikkingQuerySet, Financieringsvorm, Voorzieningengroep, Wet

BRON = "registratie van beschikkingen"
ZELFDE_CLIENTEN = ("2.10", "2.12", "2.13")
"""Tables that say of the clients of 2.9 where they belong."""


def _lopend(vraag: Vraag) -> BeschikkingQuerySet:
    return Beschikking.objects.loopt_tussen(vraag.periode.begin, vraag.periode.einde)


@tabel(
    "2.9",
    titel="Cliënten met een maatwerkvoorziening Wmo",
    definitie=(
        "Hoeveel mensen op ten minste één dag van de periode een maatwerkvoorziening Wmo hadden; beschermd"
        " wonen en opvang tellen niet mee."
    ),
    eenheid="cliënten",
    bron=BRON,
)
def wmo_clienten(vraag: Vraag) -> Telling:
    """Unique persons with a counted Wmo voorziening in force in the period."""
    beschikkingen = _lopend(vraag).wmo_clienten()
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op).distinct()],
        eenheid=("persoon",),
        dimensies=(),
        rijen=[Regel("clienten", "Cliënten")],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon",))],
        gedeeld=Gedeeld("clienten", ZELFDE_CLIENTEN),
    )


@tabel(
    "2.10",
    titel="Cliënten Wmo per wijkteam",
    definitie=(
        "De cliënten van tabel 2.9, naar het wijkteam van hun adres op de laatste dag in de periode waarop"
        " zij een voorziening hadden."
    ),
    eenheid="cliënten",
    bron="registratie van beschikkingen en verblijven",
)
def wmo_clienten_per_wijkteam(vraag: Vraag) -> Telling:
    """The clients of 2.9 by the team of their verblijf on the last day of a counted voorziening."""
    regels, geen_wijkteam = per_wijkteam()
    return _per_wijkteam(
        vraag,
        [*regels, Regel("onbekend", "Onbekend", {"team": geen_wijkteam}), Regel("totaal", "Totaal")],
        Noot(
            "Onbekend: op die dag is geen adres in het gebied van een wijkteam bekend.",
            {"team": geen_wijkteam},
        ),
    )


@tabel(
    "2.11",
    titel="Aandeel van de inwoners met een maatwerkvoorziening Wmo",
    definitie=(
        "De cliënten van tabel 2.10 als percentage van de inwoners van het wijkteam, zoals bekend voor de eerste"
        " dag van de periode."
    ),
    eenheid="cliënten",
    bron="registratie van beschikkingen en verblijven, inwonertallen per wijkteam",
)
def wmo_clienten_van_inwoners(vraag: Vraag) -> Telling:
    """The clients of 2.10 in per cents of who lives there; in the total also those of an unknown address."""
    regels, geen_wijkteam = per_wijkteam()
    inwoners = inwoners_per_wijkteam(vraag.periode.begin, INWONERS)
    return _per_wijkteam(
        vraag,
        [
            *(replace(regel, maat=VanNoemer(), noemer=inwoners.get(regel.sleutel)) for regel in regels),
            Regel("totaal", "Totaal", maat=VanNoemer(), noemer=samen(inwoners.values())),
        ],
        Noot("Zonder bekend adres, alleen in het totaal: {aantal}.", {"team": geen_wijkteam}),
    )


def _per_wijkteam(vraag: Vraag, rijen: list[Regel], noot: Noot) -> Telling:
    beschikkingen = _lopend(vraag).wmo_clienten()
    return Telling(
        achter=[clienten_met_verblijf(beschikkingen, vraag, team="team")],
        eenheid=("persoon",),
        dimensies=("team",),
        rijen=rijen,
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon",)), Feiten(Verblijf.objects.all(), ("persoon",))],
        noten=[noot],
        samenhang=[Samenhang("totaal", tuple(regel.sleutel for regel in rijen if regel.sleutel != "totaal"))],
        gedeeld=Gedeeld("totaal", ZELFDE_CLIENTEN),
    )


@tabel(
    "2.12",
    titel="Cliënten Wmo naar financiering",
    definitie=(
        "De cliënten van tabel 2.9, naar hoe hun voorzieningen in de periode betaald werden: alleen met een"
        " persoonsgebonden budget, alleen als zorg in natura, of beide."
    ),
    eenheid="cliënten",
    bron=BRON,
)
def wmo_clienten_per_financiering(vraag: Vraag) -> Telling:
    """The clients of 2.9 by financing; a voorziening of unknown form says nothing."""
    beschikkingen = _lopend(vraag).wmo_clienten()
    return Telling(
        achter=[
            beschikkingen.bekend_op(vraag.bekend_op)
            .values("persoon")
            .annotate(
                pgb=Coalesce(BoolOr(Q(financieringsvorm=Financieringsvorm.PGB)), False),
                zin=Coalesce(BoolOr(Q(financieringsvorm=Financieringsvorm.ZIN)), False),
            )
        ],
        eenheid=("persoon",),
        dimensies=("pgb", "zin"),
        rijen=[
            Regel("pgb", "Alleen persoonsgebonden budget", {"pgb": (True,), "zin": (False,)}),
            Regel("zin", "Alleen zorg in natura", {"pgb": (False,), "zin": (True,)}),
            Regel("beide", "Beide", {"pgb": (True,), "zin": (True,)}),
            Regel("totaal", "Totaal"),
        ],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon",))],
        noten=[
            Noot(
                "Zonder bekende financiering, alleen in het totaal: {aantal}.",
                {"pgb": (False,), "zin": (False,)},
            )
        ],
        samenhang=[Samenhang("totaal", ("pgb", "zin", "beide"))],
        gedeeld=Gedeeld("totaal", ZELFDE_CLIENTEN),
    )


@tabel(
    "2.13",
    titel="Cliënten Wmo per voorzieningengroep",
    definitie="Hoeveel mensen op ten minste één dag van de periode een voorziening uit de groep hadden.",
    eenheid="cliënten",
    bron=BRON,
)
def wmo_clienten_per_groep(vraag: Vraag) -> Telling:
    """Unique clients per Wmo group, every group, also those that 2.9 leaves out."""
    beschikkingen = _lopend(vraag).filter(voorziening__groep__wet=Wet.WMO)
    groep = "voorziening__groep__code"
    groepen = (
        Voorzieningengroep.objects.filter(wet=Wet.WMO)
        .order_by("pk")
        .values_list("code", "naam", "telt_als_wmo_client")
    )
    namen = {code: naam for code, naam, _ in groepen}
    geteld = dict.fromkeys(code for code, _, telt in groepen if telt)
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op).annotate(groep=F(groep)).distinct()],
        eenheid=("persoon", groep),
        dimensies=("groep",),
        rijen=[Regel(code, naam[:1].upper() + naam[1:], {"groep": (code,)}) for code, naam in namen.items()],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon", groep))],
        noten=[
            Noot("Een cliënt telt één keer per groep; samen kunnen de groepen meer zijn dan alle cliënten.")
        ],
        samenhang=[Samenhang("totaal", tuple(geteld), hoogstens=True)],
        gedeeld=Gedeeld("totaal", ZELFDE_CLIENTEN),
    )
