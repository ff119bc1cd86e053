"""Registering what reports count, and knowing better: nothing is overwritten, a next version stands beside the old.

A row that was registered here has a `ref` of our own (`eenplan-` and its number), so that its versions belong together
as those of an overdracht do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now

from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from teams.versies import Versie

V = TypeVar("V", bound=Versie)

BIJHOUDING = frozenset(
    [
        *("id", "ref", "versie", "geregistreerd_op", "vervallen_op"),
        *("door", "vervallen_door", "vervallen_reden"),
    ]
)
"""The fields of a version that are about the version itself."""


class IntussenGewijzigd(Geweigerd):
    """Somebody else made the version lapse since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders heeft dit intussen gewijzigd. Kijk wat er nu staat, en doe het zo nodig opnieuw."
        )


@transaction.atomic
def registreer(model: type[V], *, door: Medewerker, **velden: Any) -> V:
    """A first version, known from now on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        nummer = cursor.fetchone()[0]
    return model._default_manager.create(pk=nummer, ref=f"eenplan-{nummer}", door=door, **velden)


@transaction.atomic
def herzie(rij: V, *, reden: str, door: Medewerker, **velden: Any) -> V:
    """A next version of `rij` with other `velden`, from the moment on at which the old one lapsed.

    Geweigerd without a reason, and (`IntussenGewijzigd`) when `rij` isn't in force any more.
    """
    moment = laat_vervallen(rij, reden=reden, door=door)
    inhoud = {
        veld.name: getattr(rij, veld.name)
        for veld in rij._meta.concrete_fields
        if veld.name not in BIJHOUDING
    }
    return type(rij)._default_manager.create(
        **{**inhoud, **velden},
        ref=rij.ref or f"eenplan-{rij.pk}",
        versie=rij.versie + 1,
        geregistreerd_op=moment,
        door=door,
    )


@transaction.atomic
def laat_vervallen(rij: Versie, *, reden: str, door: Medewerker) -> datetime:
    """`rij` holds no longer, and nothing takes its place; the moment from which. Geweigerd as in `herzie`."""
    reden = verplicht(reden)
    rijen = type(rij)._base_manager.filter(pk=rij.pk, vervallen_op__isnull=True)
    op = rijen.select_for_update(of=("self",)).annotate(moment=Greatest(Now(), F("geregistreerd_op"))).first()
    if op is None:
        raise IntussenGewijzigd
    moment: datetime = op.moment
    rijen.update(vervallen_op=moment, vervallen_door=door, vervallen_reden=reden)
    return moment
