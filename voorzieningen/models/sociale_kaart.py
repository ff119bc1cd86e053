"""The sociale kaart: who offers what to every resident of which area, and how to reach them."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Now

from households.models import Levensgebied
from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.models import Team
from voorzieningen.models import zoeken
from voorzieningen.models.zoeken import TAAL, VELDEN, Kaarttekst, Zoekopdracht, Zoektekst

TELEFOON = r"^\+?[0-9][0-9 ()-]{2,38}$"
GEBIED_VERPLICHT = "verwacht de hele gemeente, een stadsdeel, of een of meer teams"
GEBIED_DUBBEL = "de hele gemeente gaat niet samen met een stadsdeel of teams"


class Kaartsoort(Code):
    """What stands on the sociale kaart."""

    ALGEMENE_VOORZIENING = 1, "algemene voorziening"
    PARTIJ = 2, "partij"


def controleer_gebied(hele_gemeente: bool, *, plaatselijk: bool) -> None:
    """ValidationError when an area is empty or said twice; `plaatselijk` is to have a stadsdeel or teams.

    A constraint can't say it, as teams hang on the row only once it is there.
    """
    if hele_gemeente == plaatselijk:
        raise ValidationError({"hele_gemeente": GEBIED_DUBBEL if hele_gemeente else GEBIED_VERPLICHT})


class AlgemeneVoorzieningQuerySet(models.QuerySet["AlgemeneVoorziening"]):
    """Questions about the sociale kaart."""

    def geldig_op(self, dag: date) -> AlgemeneVoorzieningQuerySet:
        """What is on offer on `dag`: `geldig_van` inclusive, `geldig_tot` exclusive, either may be open."""
        return self.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=dag),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag),
        )

    def voor_team(self, team: Team) -> AlgemeneVoorzieningQuerySet:
        """What residents of this team's area can use: of the whole municipality, its stadsdeel, or itself."""
        van_team = AlgemeneVoorziening.teams.through.objects.filter(team=team).values("algemenevoorziening")
        hier = Q(hele_gemeente=True) | Q(pk__in=van_team)
        return self.filter(hier | Q(stadsdeel=team.stadsdeel) if team.stadsdeel else hier)

    def met_levensgebied(self, *levensgebieden: Levensgebied) -> AlgemeneVoorzieningQuerySet:
        """What helps in at least one of these areas of life."""
        koppeling = AlgemeneVoorziening.levensgebieden.through.objects
        return self.filter(
            pk__in=koppeling.filter(levensgebied__in=levensgebieden).values("algemenevoorziening")
        )

    def zoek(self, tekst: str) -> AlgemeneVoorzieningQuerySet:
        """Where every word of `tekst` stands, the best first, with `gevonden_in_<veld>` for `waarom`.

        Understands "quoted phrases" and -words to leave out; an empty text finds everything.
        """
        if not tekst.strip():
            return self
        opdracht = Zoekopdracht.van(tekst)
        gevonden = self.filter(opdracht.voorwaarde).alias(rang=opdracht.rang)
        return gevonden.annotate(**opdracht.vindplaatsen).order_by("-rang", "naam", "pk")

    def lijkt_op(self, tekst: str) -> AlgemeneVoorzieningQuerySet:
        """Where every word of `tekst` looks like one that stands there, for when `zoek` finds nothing."""
        return self.filter(zoeken.lijkt_op(tekst))

    def met_koppelingen(self) -> AlgemeneVoorzieningQuerySet:
        """With teams and levensgebieden read along, and without what only the search needs."""
        return self.prefetch_related("teams", "levensgebieden").defer("zoekvector", "zoektekst")


class AlgemeneVoorziening(models.Model):
    """A row of the sociale kaart: open to every resident, without a beschikking (Wmo 2015, art. 1.1.1).

    `ref` is its code in the file by which it came in; who was added by hand needs none. `geldig_tot` is the
    first day on which it no longer holds. Only `voorzieningen.workflow` writes, so every change stands in
    `Kaartwijziging`; nothing is deleted, as referrals go on pointing here.
    """

    ref = models.CharField("code", max_length=64, null=True, blank=True)
    soort = codeveld(Kaartsoort, default=Kaartsoort.ALGEMENE_VOORZIENING)
    naam = models.CharField(max_length=200)
    organisatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    omschrijving = models.TextField(
        blank=True, default="", db_default="", validators=[MaxLengthValidator(5000)]
    )
    doelgroep = models.TextField(blank=True, default="", db_default="", validators=[MaxLengthValidator(1000)])
    kosten = models.TextField(blank=True, default="", db_default="", validators=[MaxLengthValidator(1000)])
    hele_gemeente = models.BooleanField("hele gemeente", default=False, db_default=False)
    stadsdeel = models.CharField(max_length=200, blank=True, default="", db_default="")
    teams = models.ManyToManyField(Team, blank=True, related_name="algemene_voorzieningen")
    levensgebieden = models.ManyToManyField(Levensgebied, blank=True, related_name="algemene_voorzieningen")
    telefoon = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(TELEFOON, "verwacht een telefoonnummer, zoals 088 000 0123")],
    )
    email = models.CharField(
        "e-mailadres",
        max_length=254,
        blank=True,
        default="",
        db_default="",
        validators=[EmailValidator("verwacht een e-mailadres, zoals naam@example.org")],
    )
    website = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[
            URLValidator(
                schemes=["http", "https"], message="verwacht een adres dat begint met https:// of http://"
            )
        ],
    )
    adres = models.CharField(max_length=300, blank=True, default="", db_default="")
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField(
        "geldig tot", null=True, blank=True, help_text="De eerste dag waarop het niet meer geldt."
    )
    gewijzigd_op = models.DateTimeField(db_default=Now(), editable=False)

    zoektekst = models.GeneratedField(
        expression=Zoektekst(
            Concat(
                "naam",
                Value(" "),
                "organisatie",
                Value(" "),
                "omschrijving",
                Value(" "),
                "doelgroep",
                output_field=TextField(),
            )
        ),
        output_field=TextField(),
        db_persist=True,
    )
    zoekvector = models.GeneratedField(
        expression=SearchVector(Kaarttekst("naam"), weight="A", config=TAAL)
        + SearchVector(Kaarttekst("organisatie"), weight="B", config=TAAL)
        + SearchVector(Kaarttekst("omschrijving"), Kaarttekst("doelgroep"), weight="C", config=TAAL),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AlgemeneVoorzieningQuerySet.as_manager()

    class Meta:
        verbose_name = "algemene voorziening"
        verbose_name_plural = "algemene voorzieningen"
        ordering = ["naam", "pk"]
        indexes = [
            GinIndex(fields=["zoekvector"], name="kaart_zoekvector"),
            GinIndex(OpClass("zoektekst", "gin_trgm_ops"), name="kaart_zoektekst"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="kaart_ref_uniek"),
            in_lijst("kaart", "soort", Kaartsoort),
            niet_voor("kaart", "geldig_van", "geldig_tot"),
            models.CheckConstraint(condition=~Q(naam="") & ~Q(ref=""), name="kaart_naam_en_ref_niet_leeg"),
            models.CheckConstraint(
                condition=Q(hele_gemeente=False) | Q(stadsdeel=""), name="kaart_gebied_niet_dubbel"
            ),
            models.CheckConstraint(
                condition=Q(telefoon="") | Q(telefoon__regex=TELEFOON), name="kaart_telefoon_geldig"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(email__regex=r"^[^@\s]+@[^@\s]+$"), name="kaart_email_geldig"
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__iregex=r"^https?://\S+$"), name="kaart_website_geldig"
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        """Refuse an end before the begin; what a constraint holds too, in words for a form."""
        if self.geldig_van and self.geldig_tot and self.geldig_tot < self.geldig_van:
            raise ValidationError({"geldig_tot": "verwacht een dag die niet voor ‘geldig van’ ligt"})

    def geldt_op(self, dag: date) -> bool:
        """Whether it is on offer on `dag`; as `geldig_op` of the queryset."""
        begonnen = self.geldig_van is None or self.geldig_van <= dag
        return begonnen and (self.geldig_tot is None or self.geldig_tot > dag)

    def aantal_verwijzingen(self) -> int:
        """How often somebody was referred here; the rows are `meldingen.Verwijzing`, which this layer doesn't know."""
        aantal: int = self.verwijzingen.bekend_op(None).count()
        return aantal

    @property
    def gebied(self) -> list[str]:
        """Where it is on offer, in words; the teams have to be read along."""
        if self.hele_gemeente:
            return ["hele gemeente"]
        stadsdeel = [f"stadsdeel {self.stadsdeel}"] if self.stadsdeel else []
        return [*stadsdeel, *(team.naam for team in self.teams.all())]

    @property
    def is_partij(self) -> bool:
        """A party of the wijk, rather than something on offer."""
        return bool(self.soort == Kaartsoort.PARTIJ)

    @property
    def waarom(self) -> list[str]:
        """The fields in which `zoek` found a word; empty for a row that came otherwise."""
        return [veld for veld in VELDEN if getattr(self, f"gevonden_in_{veld}", False)]

    @property
    def bel_link(self) -> str:
        """The number as a `tel:` address (RFC 3966)."""
        return "tel:" + "".join(teken for teken in self.telefoon if teken in "+0123456789")

    @property
    def mail_link(self) -> str:
        """The address as a `mailto:` (RFC 6068), so that no `?` in it can add a copy to somebody else."""
        return "mailto:" + quote(self.email, safe="@")


class Kaartwijziging(models.Model):
    """One change of a row of the sociale kaart: when, by whom, and per column what it was and became.

    `wijzigingen` maps the name of a column of the CSV file to its cell before and after. Without `door` it
    came in by the command line.
    """

    voorziening = models.ForeignKey(AlgemeneVoorziening, models.PROTECT, related_name="wijzigingen")
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    wijzigingen = models.JSONField()

    class Meta:
        verbose_name = "wijziging van de sociale kaart"
        verbose_name_plural = "wijzigingen van de sociale kaart"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return f"wijziging van {self.voorziening_id} op {self.op}"
