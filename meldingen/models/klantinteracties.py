"""Contacts and tasks, as software of a KCC told us by the API Klantinteracties.

A `Klantinteractie` is what that API calls a klantcontact: the one that reports count is `Klantcontact`, once for each.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from meldingen.models.gebeurtenis import Gebeurtenis
from meldingen.models.melding import KLAAR, Melding
from meldingen.models.partijen import (
    KORT,
    LANG,
    MIDDEL,
    Aangeleverd,
    Actor,
    Benoemd,
    Geidentificeerd,
    Genummerd,
    Partij,
)
from meldingen.models.werk import Terugbelverzoek
from teams.codes import Code, codeveld, in_lijst
from teams.lezen import Onderwerp


class Betrokkenerol(Code):
    """As what somebody took part in a contact."""

    KLANT = 1, "klant"
    VERTEGENWOORDIGER = 2, "vertegenwoordiger"


class Adressoort(Code):
    """How somebody is reached."""

    EMAIL = 1, "e-mailadres"
    TELEFOONNUMMER = 2, "telefoonnummer"
    OVERIG = 3, "iets anders"


class Taakstatus(Code):
    """Whether something still has to be done."""

    TE_VERWERKEN = 1, "te verwerken"
    VERWERKT = 2, "verwerkt"


class Klantinteractie(Aangeleverd, Genummerd):
    """A contact with somebody, as the software of the KCC told it.

    It counts in reports as the `Klantcontact` with its `ref`. When nothing came of it and nothing has to, a
    coördinator says so: `afgedaan_op`.
    """

    kanaal = models.CharField(max_length=50)
    onderwerp_tekst = models.CharField(max_length=MIDDEL)
    inhoud = models.CharField(max_length=LANG, blank=True, default="", db_default="")
    reactie = models.CharField(max_length=4_000, blank=True, default="", db_default="")
    gelukt = models.BooleanField(null=True)
    verdere_actie = models.BooleanField(null=True)
    taal = models.CharField(max_length=3)
    vertrouwelijk = models.BooleanField()
    plaatsgevonden_op = models.DateTimeField()
    metadata = models.JSONField(default=dict)
    afgedaan_op = models.DateTimeField(null=True, editable=False)
    afgedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    afgedaan_reden = models.TextField(blank=True, default="", db_default="")

    class Meta(Aangeleverd.Meta):
        verbose_name = "contact van het KCC"
        verbose_name_plural = "contacten van het KCC"
        constraints = [
            models.UniqueConstraint(fields=["van", "referentienummer"], name="klantinteractie_eigen_nummer"),
            models.CheckConstraint(
                condition=Q(referentienummer__isnull=True) | Q(referentienummer__regex="^[0-9]{1,10}$"),
                name="klantinteractie_nummer_cijfers",
            ),
            models.CheckConstraint(
                condition=~Q(gelukt=True, verdere_actie=True), name="klantinteractie_gelukt_of_verder"
            ),
            models.CheckConstraint(
                condition=Q(afgedaan_op__isnull=True, afgedaan_door__isnull=True)
                | Q(afgedaan_op__isnull=False, afgedaan_door__isnull=False),
                name="klantinteractie_afgedaan_door",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.nummer}"

    @property
    def ref(self) -> str:
        """The key of the `Klantcontact` that reports count."""
        return f"klantinteracties:{self.uuid}"


class ActorBijContact(Aangeleverd):
    """An actor had a contact."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="contacten")
    interactie = models.ForeignKey(Klantinteractie, models.PROTECT, related_name="bij_actoren")

    class Meta(Aangeleverd.Meta):
        verbose_name = "actor bij een contact"
        verbose_name_plural = "actoren bij contacten"
        constraints = [
            models.UniqueConstraint(fields=["actor", "interactie"], name="actorbijcontact_een_keer")
        ]

    def __str__(self) -> str:
        return f"actor {self.actor_id} bij contact {self.interactie_id}"


class Betrokkene(Aangeleverd, Benoemd):
    """Somebody took part in a contact."""

    interactie = models.ForeignKey(Klantinteractie, models.PROTECT, related_name="betrokkenen")
    partij = models.ForeignKey(Partij, models.PROTECT, null=True, related_name="betrokkenen")
    rol = codeveld(Betrokkenerol)
    initiator = models.BooleanField()
    organisatienaam = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    bezoekadres = models.JSONField(null=True)
    correspondentieadres = models.JSONField(null=True)

    class Meta(Aangeleverd.Meta):
        verbose_name = "betrokkene bij een contact"
        verbose_name_plural = "betrokkenen bij contacten"
        constraints = [in_lijst("betrokkene", "rol", Betrokkenerol)]

    def __str__(self) -> str:
        return f"betrokkene {self.pk}"


class DigitaalAdres(Aangeleverd):
    """How somebody is reached: of somebody in a contact, or of a partij."""

    betrokkene = models.ForeignKey(Betrokkene, models.PROTECT, null=True, related_name="adressen")
    partij = models.ForeignKey(Partij, models.PROTECT, null=True, related_name="adressen")
    adres = models.CharField(max_length=80)
    soort = codeveld(Adressoort)
    omschrijving = models.CharField(max_length=KORT, blank=True, default="", db_default="")
    standaard = models.BooleanField(default=False, db_default=False)
    referentie = models.CharField(max_length=MIDDEL, blank=True, default="", db_default="")
    verificatie_op = models.DateField(null=True)

    class Meta(Aangeleverd.Meta):
        verbose_name = "digitaal adres"
        verbose_name_plural = "digitale adressen"
        constraints = [in_lijst("digitaaladres", "soort", Adressoort)]
        indexes = [*Aangeleverd.Meta.indexes, models.Index(fields=["adres"], name="digitaaladres_adres")]

    def __str__(self) -> str:
        return f"digitaal adres {self.pk}"


class Onderwerpobject(Aangeleverd, Geidentificeerd):
    """What a contact was about: a zaak elsewhere, or another contact."""

    interactie = models.ForeignKey(
        Klantinteractie, models.PROTECT, null=True, related_name="onderwerpobjecten"
    )
    was_interactie = models.ForeignKey(Klantinteractie, models.PROTECT, null=True, related_name="+")

    class Meta(Aangeleverd.Meta):
        verbose_name = "onderwerpobject"
        verbose_name_plural = "onderwerpobjecten"

    def __str__(self) -> str:
        return f"onderwerpobject {self.pk}"


class InternetaakQuerySet(models.QuerySet["Internetaak"]):
    """Questions about tasks."""

    def met_stand(self) -> InternetaakQuerySet:
        """With all that `status` and `klaar_op` of a row look at, in the same statement."""
        feiten = Gebeurtenis.objects.bekend_op(None).filter(melding=OuterRef("melding"))
        laatste = feiten.order_by("-geregistreerd_op").values("geregistreerd_op")[:1]
        return self.select_related("terugbelverzoek__melding", "melding").annotate(
            melding_klaar_op=Subquery(laatste)
        )

    def verwerkt(self) -> InternetaakQuerySet:
        """Those of which nothing more has to be done."""
        return self.filter(is_verwerkt())

    def te_verwerken(self) -> InternetaakQuerySet:
        """The others."""
        return self.exclude(is_verwerkt())


def is_verwerkt() -> Q:
    """The same as `Internetaak.status`, as a condition."""
    zonder_gevolg = Q(terugbelverzoek__isnull=True, melding__isnull=True)
    return (
        Q(terugbelverzoek__nagekomen_op__isnull=False)
        | Q(terugbelverzoek__ingetrokken_op__isnull=False)
        | Q(melding__isnull=False, melding__status__in=KLAAR)
        | zonder_gevolg & Q(afgehandeld_op__isnull=False)
    )


class Internetaak(Aangeleverd, Genummerd):
    """Something that the KCC asks of a team: it became a promise to call back, or a melding, or it is nobody's here.

    Whether it is done isn't stored where it became something: it is done when that is, so the two can't disagree.
    """

    interactie = models.ForeignKey(Klantinteractie, models.PROTECT, related_name="internetaken")
    actoren = models.ManyToManyField(Actor, through="Taakactor", related_name="+")
    gevraagde_handeling = models.CharField(max_length=MIDDEL)
    toelichting = models.CharField(max_length=LANG, blank=True, default="", db_default="")
    toegewezen_op = models.DateTimeField(db_default=Now())
    afgehandeld_op = models.DateTimeField(null=True)
    terugbelverzoek = models.OneToOneField(
        Terugbelverzoek, models.PROTECT, null=True, related_name="internetaak"
    )
    melding = models.OneToOneField(Melding, models.PROTECT, null=True, related_name="internetaak")

    objects = InternetaakQuerySet.as_manager()

    class Meta(Aangeleverd.Meta):
        verbose_name = "taak van het KCC"
        verbose_name_plural = "taken van het KCC"
        constraints = [
            models.UniqueConstraint(fields=["van", "referentienummer"], name="internetaak_eigen_nummer"),
            models.CheckConstraint(
                condition=Q(referentienummer__isnull=True) | Q(referentienummer__regex="^[0-9]{1,10}$"),
                name="internetaak_nummer_cijfers",
            ),
            models.CheckConstraint(
                condition=Q(terugbelverzoek__isnull=True) | Q(melding__isnull=True),
                name="internetaak_een_gevolg",
            ),
        ]

    def __str__(self) -> str:
        return f"taak {self.nummer}"

    def onderwerp(self) -> Onderwerp:
        """About whom what became of it is."""
        gevolg = self.terugbelverzoek or self.melding
        return gevolg.onderwerp() if gevolg else Onderwerp()

    @property
    def klaar_op(self) -> datetime | None:
        """When nothing more had to be done; of a row of `met_stand`."""
        if belofte := self.terugbelverzoek:
            gedaan = belofte.nagekomen_op or belofte.ingetrokken_op
            return gedaan and (self.afgehandeld_op or gedaan)
        if self.melding:
            moment: datetime | None = getattr(self, "melding_klaar_op", None)
            return (self.afgehandeld_op or moment) if self.melding.is_klaar else None
        return self.afgehandeld_op

    @property
    def status(self) -> Taakstatus:
        """Whether something still has to be done."""
        if self.melding:
            return Taakstatus.VERWERKT if self.melding.is_klaar else Taakstatus.TE_VERWERKEN
        return Taakstatus.VERWERKT if self.klaar_op else Taakstatus.TE_VERWERKEN


class Taakactor(models.Model):
    """A task was given to an actor; the first comes first."""

    taak = models.ForeignKey(Internetaak, models.CASCADE, related_name="toewijzingen")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="toewijzingen")

    class Meta:
        verbose_name = "actor van een taak"
        verbose_name_plural = "actoren van taken"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["taak", "actor"], name="taakactor_een_keer")]

    def __str__(self) -> str:
        return f"taak {self.taak_id} voor actor {self.actor_id}"


class OpgehaaldeTaakQuerySet(models.QuerySet["OpgehaaldeTaak"]):
    """Questions about tasks of a register elsewhere."""

    def te_melden(self) -> OpgehaaldeTaakQuerySet:
        """Those that are done here and of which the register there wasn't told yet."""
        return self.filter(
            Q(terugbelverzoek__nagekomen_op__isnull=False)
            | Q(terugbelverzoek__ingetrokken_op__isnull=False)
            | Q(melding__status__in=KLAAR),
            aangekondigd_op__isnull=True,
        )


class OpgehaaldeTaak(models.Model):
    """A task that stands in a register elsewhere, and what became of it here: once, however often it is fetched."""

    uuid = models.UUIDField(unique=True, editable=False)
    opgehaald_op = models.DateTimeField(db_default=Now(), editable=False)
    aangekondigd_op = models.DateTimeField(null=True, editable=False)
    terugbelverzoek = models.OneToOneField(
        Terugbelverzoek, models.PROTECT, null=True, related_name="opgehaalde_taak"
    )
    melding = models.OneToOneField(Melding, models.PROTECT, null=True, related_name="opgehaalde_taak")

    objects = OpgehaaldeTaakQuerySet.as_manager()

    class Meta:
        verbose_name = "opgehaalde taak"
        verbose_name_plural = "opgehaalde taken"
        constraints = [
            models.CheckConstraint(
                condition=Q(terugbelverzoek__isnull=False, melding__isnull=True)
                | Q(terugbelverzoek__isnull=True, melding__isnull=False),
                name="opgehaaldetaak_een_gevolg",
            )
        ]

    def __str__(self) -> str:
        return f"opgehaalde taak {self.uuid}"
