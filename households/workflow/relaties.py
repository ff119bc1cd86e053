"""How people are related, and who of other organisations works with a household."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from households.gezag import is_volwassen
from households.models import WEDERZIJDS, Huishouden, Ketenpartner, Persoon, Relatie, Relatiesoort
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker


def leg_relatie_vast(
    van: Persoon, soort: Relatiesoort, naar: Persoon, *, vanaf: date | None = None, door: Medewerker
) -> Relatie:
    """`van` is something to `naar`, from a day on or since nobody knows when.

    Geweigerd with oneself, twice at a time, in the future, before a birth, and for gezag over an adult.
    """
    if van.pk == naar.pk:
        raise Geweigerd("Iemand heeft geen relatie met zichzelf.")
    if soort in WEDERZIJDS and van.pk > naar.pk:
        van, naar = naar, van
    _controleer_dag(vanaf)
    for persoon in (van, naar):
        if vanaf and persoon.geboortedatum and vanaf < persoon.geboortedatum:
            raise Geweigerd(f"{persoon.naam} is pas geboren op {persoon.geboortedatum:%d-%m-%Y}.")
    if soort == Relatiesoort.GEZAG and is_volwassen(naar, vanaf or timezone.localdate()):
        raise Geweigerd(f"{naar.naam} is 18 jaar of ouder; niemand heeft dan nog gezag.")
    with transaction.atomic():
        personen = Persoon.objects.select_for_update().filter(pk__in=[van.pk, naar.pk]).order_by("pk")
        assert len(personen) == 2
        if Relatie.objects.filter(van=van, naar=naar, soort=soort, tot__isnull=True).exists():
            raise Geweigerd(f"{van.naam} is al {soort.label} {naar.naam}.")
        return Relatie.objects.create(van=van, naar=naar, soort=soort, vanaf=vanaf, door=door)


def beeindig_relatie(relatie: Relatie, *, op: date, door: Medewerker) -> Relatie:
    """From the day on this is no longer so; living partners are ex-partners then."""
    _controleer_dag(op)
    with transaction.atomic():
        rij = Relatie.objects.select_for_update(of=("self",)).select_related("van", "naar").get(pk=relatie.pk)
        if rij.tot:
            raise Geweigerd(f"Deze relatie was al beëindigd op {rij.tot:%d-%m-%Y}.")
        if rij.vanaf and op < rij.vanaf:
            raise Geweigerd(f"Deze relatie begon pas op {rij.vanaf:%d-%m-%Y}.")
        rij.tot, rij.beeindigd_door = op, door
        rij.save(update_fields=["tot", "beeindigd_door"])
        levend = not (rij.van.overleden_op or rij.naar.overleden_op)
        if rij.soort == Relatiesoort.PARTNER and levend:
            ex = {"van": rij.van, "naar": rij.naar, "soort": Relatiesoort.EX_PARTNER}
            if not Relatie.objects.filter(**ex, tot__isnull=True).exists():
                Relatie.objects.create(**ex, vanaf=op, door=door)
    return rij


def betrek_ketenpartner(
    huishouden: Huishouden,
    *,
    organisatie: str,
    naam: str = "",
    rol: str = "",
    telefoon: str = "",
    email: str = "",
    overleg: str = "",
    vanaf: date,
    door: Medewerker,
) -> Ketenpartner:
    """Somebody of another organisation works with the household, too."""
    _controleer_dag(vanaf)
    organisatie = verplicht(organisatie, "een organisatie")
    with transaction.atomic():
        Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        al = huishouden.ketenpartners.filter(tot__isnull=True)
        if al.filter(organisatie__iexact=organisatie, naam__iexact=naam, overleg__iexact=overleg).exists():
            raise Geweigerd(f"{', '.join(filter(None, (naam, organisatie)))} is al betrokken.")
        return Ketenpartner.objects.create(
            huishouden=huishouden,
            organisatie=organisatie,
            naam=naam,
            rol=rol,
            telefoon=telefoon,
            email=email,
            overleg=overleg,
            vanaf=vanaf,
            door=door,
        )


def beeindig_ketenpartner(ketenpartner: Ketenpartner, *, op: date, door: Medewerker) -> Ketenpartner:
    """Somebody of another organisation works with the household no longer."""
    _controleer_dag(op)
    with transaction.atomic():
        rij = Ketenpartner.objects.select_for_update().get(pk=ketenpartner.pk)
        if rij.tot:
            raise Geweigerd(f"Deze betrokkenheid was al beëindigd op {rij.tot:%d-%m-%Y}.")
        if op < rij.vanaf:
            raise Geweigerd(f"Deze betrokkenheid begon pas op {rij.vanaf:%d-%m-%Y}.")
        rij.tot, rij.beeindigd_door, rij.beeindigd_op = op, door, timezone.now()
        rij.save(update_fields=["tot", "beeindigd_door", "beeindigd_op"])
    return rij


def _controleer_dag(dag: date | None) -> None:
    if dag and dag > timezone.localdate():
        raise Geweigerd("Deze datum ligt in de toekomst; leg het vast als het zover is.")
