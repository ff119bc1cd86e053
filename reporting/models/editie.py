"""A frozen, published report: what its tables showed, byte for byte, and what they leaned on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from reporting.canoniek import canoniek

STAMGEGEVENS = "stamgegevens"


def klopt(naam: str, inhoud: str) -> models.CheckConstraint:
    """The column `sha256` is that of the bytes in the column `inhoud`."""
    som = Func(
        Func(F(inhoud), function="sha256", output_field=models.BinaryField()),
        Value("hex"),
        function="encode",
        output_field=models.CharField(),
    )
    return models.CheckConstraint(condition=Q(sha256=som), name=naam)


class EditieQuerySet(models.QuerySet["Editie"]):
    """Questions about edities."""

    def nieuwste_eerst(self) -> EditieQuerySet:
        """Without the bytes, the last that was vastgesteld first."""
        return self.defer(STAMGEGEVENS).select_related("door").order_by("-vastgesteld_op", "-pk")


class Editie(models.Model):
    """Tables of a period as known at `bekend_op`, kept by a manager or an analist; never changed and never deleted.

    `stamgegevens` are the rows without two clocks that the tables leaned on then, with which they are made again
    (docs/adr/0025-edities.md). `door` is empty when it was made on the server, and `namens` says by whom.
    """

    titel = models.CharField(max_length=200)
    opmerking = models.TextField(blank=True, default="", db_default="")
    periode = models.CharField(max_length=40)
    vergelijk = models.CharField(max_length=40, blank=True, default="", db_default="")
    bekend_op = models.DateTimeField(editable=False)
    vastgesteld_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    namens = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    stamgegevens = models.BinaryField()
    sha256 = models.CharField(max_length=64, editable=False)

    objects = EditieQuerySet.as_manager()

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        constraints = [
            models.CheckConstraint(condition=~Q(titel=""), name="editie_met_titel"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="editie_sha256"),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def wie(self) -> str:
        """Who kept it, by name."""
        return str(self.door) if self.door else f"{self.namens} (op de server)"

    def kop(self) -> bytes:
        """What is said about the whole, canonical."""
        velden: dict[str, Any] = {
            naam: getattr(self, naam) for naam in ("titel", "opmerking", "periode", "vergelijk")
        }
        return canoniek({**velden, "bekend_op": self.bekend_op.astimezone(UTC).isoformat()})

    def manifest(self, sommen: Iterable[tuple[str, str]]) -> str:
        """A line per part (name, SHA-256) as `sha256sum` writes and checks them; of this `sha256` is the sum."""
        delen = [
            ("editie.json", sha256(self.kop()).hexdigest()),
            (f"{STAMGEGEVENS}.json", sha256(bytes(self.stamgegevens)).hexdigest()),
            *((f"{tabel}.json", som) for tabel, som in sommen),
        ]
        return "".join(f"{som}  {naam}\n" for naam, som in delen)


class Editietabel(models.Model):
    """One table of an editie: the question, and the canonical JSON of what was shown (small numbers hidden).

    `vorige` is per period the row of the edition before, to which its note about corrections compares; `bescherming`
    per column the keys of the cells that were hidden beside small numbers, and whether the others were rounded.
    """

    editie = models.ForeignKey(Editie, models.PROTECT, related_name="tabellen")
    volgnummer = models.PositiveSmallIntegerField()
    tabel = models.CharField(max_length=20)
    filters = models.JSONField(default=dict)
    vorige = models.JSONField(default=dict)
    bescherming = models.JSONField(default=list)
    inhoud = models.BinaryField()
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "tabel van een editie"
        verbose_name_plural = "tabellen van edities"
        ordering = ["editie", "volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["editie", "tabel"], name="editietabel_een_keer"),
            models.UniqueConstraint(fields=["editie", "volgnummer"], name="editietabel_volgnummer"),
            klopt("editietabel_sha256_klopt", "inhoud"),
        ]
        indexes = [models.Index(fields=["tabel", "-editie"], name="editietabel_vorige")]

    def __str__(self) -> str:
        return f"tabel {self.tabel} van editie {self.editie_id}"
