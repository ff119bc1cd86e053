"""Who takes part, as software of a KCC told us by the API Klantinteracties: actoren and partijen; and what all that
is told has in common: `van` is the account of the afnemer that sent it, and it is of nobody else.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now

from households.sleutels import eis_zoeksleutels
from teams.codes import Code, codeveld, in_lijst
from teams.kluis import kluis
from teams.lezen import Onderwerp

KORT, MIDDEL, LANG = 40, 200, 1_000


class Actorsoort(Code):
    """Who or what an actor is."""

    MEDEWERKER = 1, "medewerker"
    GEAUTOMATISEERDE_ACTOR = 2, "geautomatiseerde actor"
    ORGANISATORISCHE_EENHEID = 3, "organisatorische eenheid"


class Partijsoort(Code):
    """What a partij is."""

    PERSOON = 1, "persoon"
    ORGANISATIE = 2, "organisatie"
    CONTACTPERSOON = 3, "contactpersoon"


class Aangeleverd(models.Model):
    """Something that an afnemer sent; known outside by its `uuid`."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    van = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, editable=False, related_name="+"
    )
    aangeleverd_op = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["van", "-id"], name="%(class)s_van")]

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log: what was told isn't tied to anybody we know."""
        return Onderwerp()


class Geidentificeerd(models.Model):
    """Something that has a name in a register elsewhere, as four words."""

    object_id = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    code_objecttype = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    code_register = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    code_soort_object_id = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Benoemd(models.Model):
    """Something with a name of a person, in the parts that the API has."""

    voorletters = models.CharField(max_length=10, blank=True, default="", db_default="")
    voornaam = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    voorvoegsel = models.CharField(max_length=10, blank=True, default="", db_default="")
    achternaam = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")

    class Meta:
        abstract = True

    @property
    def volledige_naam(self) -> str:
        """As one says it; empty when nothing was told."""
        return " ".join(filter(None, (self.voornaam or self.voorletters, self.voorvoegsel, self.achternaam)))


class Genummerd(models.Model):
    """Something with a number that we gave, and perhaps one that the afnemer gave."""

    referentienummer = models.CharField(max_length=10, null=True)

    class Meta:
        abstract = True

    @property
    def nummer(self) -> str:
        """Ours: ten digits, whatever was sent."""
        return f"{self.pk:010d}"


class Actor(Aangeleverd, Geidentificeerd):
    """Who had a contact, or gets a task: a team, a colleague, a machine."""

    naam = models.CharField(max_length=MIDDEL)
    soort = codeveld(Actorsoort)
    actief = models.BooleanField(default=True, db_default=True)

    class Meta(Aangeleverd.Meta):
        verbose_name = "actor"
        verbose_name_plural = "actoren"
        constraints = [in_lijst("actor", "soort", Actorsoort)]

    def __str__(self) -> str:
        return f"actor {self.pk}"


class Partij(Aangeleverd, Benoemd):
    """A person or organisation that had contacts before, as an afnemer knows it."""

    soort = codeveld(Partijsoort)
    organisatienaam = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    werkte_voor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    voorkeurstaal = models.CharField(max_length=3, blank=True, default="", db_default="")
    actief = models.BooleanField(default=True, db_default=True)
    geheimhouding = models.BooleanField(null=True)
    interne_notitie = models.CharField(max_length=LANG, blank=True, default="", db_default="")

    class Meta(Aangeleverd.Meta):
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        constraints = [in_lijst("partij", "soort", Partijsoort)]

    def __str__(self) -> str:
        return f"partij {self.pk}"


BSN = "meldingen_partijidentificator.bsn"
"""The place to which an encrypted BSN is bound."""
BSN_CIJFERS = 9


class PartijIdentificatorQuerySet(models.QuerySet["PartijIdentificator"]):
    """Questions about who is who elsewhere."""

    def met_object_id(self, object_id: str) -> PartijIdentificatorQuerySet:
        """Those with this key in a register: in the clear, or the BSN that it is.

        OnbekendeSleutel when a BSN can't be looked for with this file of keys.
        """
        zelfde = Q(object_id=object_id)
        if len(object_id) == BSN_CIJFERS and object_id.isdigit():
            eis_zoeksleutels()
            zelfde |= Q(bsn_index__in=kluis().zoekwaarden(object_id, BSN))
        return self.filter(zelfde)


class PartijIdentificator(Aangeleverd, Geidentificeerd):
    """Who a partij is in a register elsewhere. A BSN is encrypted: it is not in `object_id` but in `bsn`.

    Without `partij` it is the number of a company that is only known through one of its vestigingen (`sub_van`).
    """

    partij = models.ForeignKey(Partij, models.PROTECT, null=True, related_name="identificatoren")
    sub_van = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    andere = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    bsn_versleuteld = models.BinaryField(null=True, editable=False)
    bsn_index = models.BinaryField(null=True, editable=False)

    objects = PartijIdentificatorQuerySet.as_manager()

    class Meta(Aangeleverd.Meta):
        verbose_name = "identificator van een partij"
        verbose_name_plural = "identificatoren van partijen"
        constraints = [
            models.CheckConstraint(
                condition=Q(bsn_versleuteld__isnull=True, bsn_index__isnull=True)
                | Q(bsn_versleuteld__isnull=False, bsn_index__isnull=False, object_id=""),
                name="partijidentificator_bsn_of_object_id",
            ),
            models.CheckConstraint(
                condition=~Q(code_soort_object_id="bsn") | Q(object_id=""),
                name="partijidentificator_bsn_niet_leesbaar",
            ),
        ]
        indexes = [
            *Aangeleverd.Meta.indexes,
            models.Index(
                fields=["bsn_index"], name="partijidentificator_bsn", condition=Q(bsn_index__isnull=False)
            ),
            models.Index(fields=["object_id"], name="partijidentificator_object"),
        ]

    def __str__(self) -> str:
        return f"identificator {self.pk}"

    @property
    def sleutel(self) -> str:
        """The key in the register, also where that is a BSN; KluisFout when it can't be read."""
        if self.bsn_versleuteld is None:
            return self.object_id
        return kluis().ontsleutel(bytes(self.bsn_versleuteld), BSN, self.pk)

    @sleutel.setter
    def sleutel(self, waarde: str) -> None:
        """After `code_soort_object_id` is set; a new row gets its key here, since a BSN is bound to it."""
        self.object_id, self.bsn_versleuteld, self.bsn_index = waarde, None, None
        if self.code_soort_object_id != "bsn" or not waarde:
            return
        if self.pk is None:
            self.pk = _volgende_nummer()
        sleutels = kluis()
        self.object_id = ""
        self.bsn_versleuteld = sleutels.versleutel(waarde, BSN, self.pk)
        self.bsn_index = sleutels.zoekwaarde(waarde, BSN)


def _volgende_nummer() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('meldingen_partijidentificator', 'id'))")
        return int(cursor.fetchone()[0])
