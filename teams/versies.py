"""Two clocks: rows never overwritten, so that every figure can be made again as it was known then."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now

V = TypeVar("V", bound="Versie")


def was_bekend(moment: datetime | None, langs: str = "") -> Q:
    """In force in system time at `moment`, None for now; `langs` is the way to the version, such as `verblijven__`."""
    van_kracht = Q((f"{langs}vervallen_op__isnull", True))
    if moment is None:
        return van_kracht
    return (van_kracht | Q((f"{langs}vervallen_op__gt", moment))) & Q(
        (f"{langs}geregistreerd_op__lte", moment)
    )


class VersieQuerySet(models.QuerySet[V]):
    """Questions about what was in force."""

    def bekend_op(self, moment: datetime | None) -> VersieQuerySet[V]:
        """Rows in force in system time at `moment`; None asks for what is in force now."""
        return self.filter(was_bekend(moment))

    def met_eerste(self) -> VersieQuerySet[V]:
        """Each with `eerste`, the key of the first version: what stays the same when a next one corrects it."""
        eerste = self.model._base_manager.filter(ref=OuterRef("ref"), versie=1).values("pk")[:1]
        return cast("VersieQuerySet[V]", self.annotate(eerste=Coalesce(Subquery(eerste), F("pk"))))


class Versie(models.Model):
    """One registered version of something that reports count.

    `geregistreerd_op` is when we knew it, `vervallen_op` when we knew better. A trigger (`bewaak_versie`)
    lets `vervallen_op` be set once, with who and why, and refuses every other change and every deletion.
    `ref` is the key of the source system; a correction that comes in under the same ref is the next
    `versie` of it.
    A subclass takes its manager from a `VersieQuerySet`.
    """

    ref = models.CharField(max_length=64, null=True, editable=False)
    versie = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    vervallen_op = models.DateTimeField(null=True, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    vervallen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    vervallen_reden = models.TextField(blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ref", "versie"], name="%(class)s_ref_versie_uniek"),
            models.CheckConstraint(
                condition=Q(vervallen_op__isnull=True) | Q(vervallen_op__gte=F("geregistreerd_op")),
                name="%(class)s_vervallen_na_registratie",
            ),
        ]
