"""What is done with figures that others deliver: a new value is a next one beside the old, never over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from reporting.aanlevering import Adres
from reporting.models import Cijferstatus, ExternCijfer
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from teams.workflow.versies import IntussenGewijzigd, laat_vervallen, registreer


@dataclass(frozen=True)
class Aangeleverd:
    """What a source says of one cell; without `status` it delivers none, and what is counted here shows again.

    `gezien` is the key of the figure that was on the screen, None where there was none.
    """

    adres: Adres
    waarde: Decimal | None
    status: Cijferstatus | None
    bron: str
    gezien: int | None


def leg_cijfers_vast(cijfers: Sequence[Aangeleverd], *, reden: str, door: Medewerker) -> None:
    """All of these, or none. `reden` says why figures that there are become others.

    Geweigerd for a figure without a source, a value with n.n.b., none without, or one below zero; when one that there
    was changes without a reason; and (`IntussenGewijzigd`) when somebody delivered one for such a cell meanwhile.
    """
    try:
        with transaction.atomic():
            for cijfer in sorted(cijfers, key=lambda cijfer: cijfer.adres):
                _leg_vast(cijfer, reden, door)
    except IntegrityError as fout:
        raise IntussenGewijzigd from fout


def _leg_vast(cijfer: Aangeleverd, reden: str, door: Medewerker) -> None:
    _controleer(cijfer)
    adres = asdict(cijfer.adres)
    nu = ExternCijfer.objects.bekend_op(None).filter(**adres).first()
    if (nu.pk if nu else None) != cijfer.gezien:
        raise IntussenGewijzigd
    sinds = {}
    if nu:
        reden = verplicht(reden, "een reden voor de wijziging")
        sinds = {"geregistreerd_op": laat_vervallen(nu, reden=reden, door=door)}
    if cijfer.status is not None:
        inhoud = {"waarde": cijfer.waarde, "status": cijfer.status, "bron": cijfer.bron.strip()}
        registreer(ExternCijfer, door=door, **adres, **inhoud, **sinds)


def _controleer(cijfer: Aangeleverd) -> None:
    if cijfer.status is None:
        return
    if (cijfer.status == Cijferstatus.NNB) != (cijfer.waarde is None):
        raise Geweigerd("Een cijfer heeft een waarde; alleen wat nog niet bekend is, heeft er geen.")
    if cijfer.waarde is not None and cijfer.waarde < 0:
        raise Geweigerd("Een cijfer is niet kleiner dan 0.")
    verplicht(cijfer.bron, "de bron")
