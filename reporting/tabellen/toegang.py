"""Access: contacts with the KCC (tables 1.1, 2.1 and 2.2)."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db.models import DateField, Q
from django.db.models.functions import Cast, TruncMonth

from meldingen.models import Afhandeling, Contactkanaal, Klantcontact, Thema
from reporting.periode import Periode
from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from teams.codes import Code
from teams.versies import VersieQuerySet
from voorzieningen.models import Wet

SCHRIFTELIJK = (Contactkanaal.EMAIL, Contactkanaal.WEBFORMULIER)
Contacten: TypeAlias = "VersieQuerySet[Any]"


def _contacten(periode: Periode, *kanalen: Contactkanaal) -> Contacten:
    return Klantcontact.objects.filter(
        datum__gte=periode.begin, datum__lt=periode.einde, kanaal__in=kanalen
    ).annotate(
        maand=Cast(TruncMonth("datum"), DateField()),
        direct=Q(afhandeling=Afhandeling.DIRECT),
    )


def _telling(
    vraag: Vraag,
    contacten: Contacten,
    dimensies: tuple[str, ...],
    rijen: list[Regel],
    kolommen: list[Kolom],
    noten: tuple[Noot, ...] = (),
) -> Telling:
    return Telling(
        achter=[contacten.bekend_op(vraag.bekend_op)],
        eenheid=("pk",),
        dimensies=dimensies,
        rijen=rijen,
        kolommen=kolommen,
        feiten=[Feiten(contacten, ("pk",))],
        noten=noten,
    )


def _per_maand(periode: Periode) -> list[Kolom]:
    return [Kolom(maand.sleutel, {"maand": (maand.begin.replace(day=1),)}) for maand in periode.maanden()]


def _per_code(veld: str, lijst: type[Code]) -> list[Regel]:
    return [
        Regel(waarde.code, waarde.label[0].upper() + waarde.label[1:], {veld: (waarde,)}) for waarde in lijst
    ]


@tabel(
    "1.1",
    titel="Contacten met het klantcontactcentrum",
    definitie="Hoe vaak inwoners belden, en hoe vaak zij een e-mail of een webformulier stuurden.",
    eenheid="contacten",
    bron="registratie van klantcontacten",
)
def toegang(vraag: Vraag) -> Telling:
    """Contacts in the period, by telephone and in writing."""
    return _telling(
        vraag,
        _contacten(vraag.periode, Contactkanaal.TELEFOON, *SCHRIFTELIJK),
        ("kanaal",),
        [
            Regel("telefoon", "Telefoon", {"kanaal": (Contactkanaal.TELEFOON,)}),
            Regel("email_webformulier", "E-mail en webformulier", {"kanaal": SCHRIFTELIJK}),
        ],
        [Kolom(vraag.periode.sleutel)],
    )


@tabel(
    "2.1",
    titel="Telefoongesprekken per maand en thema",
    definitie=(
        "Hoe vaak inwoners belden, per maand en per thema, en welk deel het klantcontactcentrum zelf"
        " afhandelde."
    ),
    eenheid="contacten",
    bron="registratie van klantcontacten",
)
def telefoon_per_thema(vraag: Vraag) -> Telling:
    """Calls per month by theme, with the share that the KCC handled itself."""
    return _telling(
        vraag,
        _contacten(vraag.periode, Contactkanaal.TELEFOON),
        ("maand", "thema", "direct"),
        [
            *_per_code("thema", Thema),
            Regel("totaal", "Totaal"),
            Regel("direct_afgehandeld_pct", "Direct afgehandeld", {"direct": (True,)}, van={}),
        ],
        _per_maand(vraag.periode),
        (Noot("Zonder thema, alleen in het totaal: {aantal}.", {"thema": (None,)}),),
    )


@tabel(
    "2.2",
    titel="E-mails en webformulieren per maand en wet",
    definitie="Hoe vaak inwoners een e-mail of een webformulier stuurden, per maand en per wet.",
    eenheid="contacten",
    bron="registratie van klantcontacten",
)
def mail_per_wet(vraag: Vraag) -> Telling:
    """Mails and web forms per month by law."""
    return _telling(
        vraag,
        _contacten(vraag.periode, *SCHRIFTELIJK),
        ("maand", "wet"),
        [*_per_code("wet", Wet), Regel("totaal", "Totaal")],
        _per_maand(vraag.periode),
        (Noot("Zonder wet, alleen in het totaal: {aantal}.", {"wet": (None,)}),),
    )
