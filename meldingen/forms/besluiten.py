"""What one can do around an aanvraag and a besluit: each a small form, and one that is larger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone

from households.models import Documentsoort, Persoon
from meldingen.forms.velden import Handeling, Tekstveld, dagveld, redenveld
from meldingen.models import Melding
from teams.codes import Code
from voorzieningen.models import (
    Aanbieder,
    Afwijsgrond,
    Besluit,
    Besluitstatus,
    Eenheid,
    Financieringsvorm,
    Leveringstatus,
    Opschortgrond,
    Per,
    Toetsstatus,
    Voorziening,
)

LANG = 4_000


def codekeuze(lijst: type[Code], label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """A choice out of a code list."""
    leeg = [] if kwargs.get("required", True) and kwargs.get("initial") is not None else [("", "Kies")]
    return forms.TypedChoiceField(
        label=label, choices=[*leeg, *lijst.choices], coerce=lambda waarde: lijst(int(waarde)), **kwargs
    )


def getalveld(label: str) -> forms.DecimalField:
    """A number above nought, typed as 2,5."""
    boven_nul = MinValueValidator(Decimal("0.01"), message="Vul een getal boven de nul in.")
    return forms.DecimalField(
        label=label, localize=True, validators=[boven_nul], max_digits=8, decimal_places=2
    )


class Aanvraagformulier(Handeling[Melding]):
    """The resident asks for a maatwerkvoorziening."""

    route = "melding-aanvraag"
    titel, knop = "Leg de aanvraag vast", "Leg vast"
    op = dagveld("Datum van de aanvraag", initial=timezone.localdate)


class Opschortformulier(Handeling[Melding]):
    """The term of the besluit stands still."""

    route = "melding-opschorting"
    titel, knop = "Schort de termijn op", "Schort op"
    grond = codekeuze(Opschortgrond, "Waarom dat mag")
    van = dagveld("Datum van de brief", initial=timezone.localdate)
    reden = redenveld("Toelichting")


class Ophefformulier(Handeling[Melding]):
    """The term runs again."""

    route = "melding-opschorting-einde"
    titel, knop = "Laat de termijn weer lopen", "Laat weer lopen"
    tot = dagveld("Laatste dag van de opschorting")

    def bereid_voor(self) -> None:
        """Today."""
        self.fields["tot"].initial = timezone.localdate()


class Voorzieningkeuze(forms.ModelChoiceField):
    """A choice out of the catalogue, with the law and group before the name."""

    def label_from_instance(self, obj: Any) -> str:
        """Such as `Wmo: begeleiding – individuele ondersteuning licht`."""
        return f"{obj.groep.get_wet_display()}: {obj.groep} – {obj}"


class Persoonkeuze(forms.ModelChoiceField):
    """A choice of people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.naam)


class Besluitformulier(forms.Form):
    """What is asked for: which voorziening, how much of it, how it is paid, from when until when, and why."""

    persoon = Persoonkeuze(label="Voor wie", queryset=Persoon.objects.none(), empty_label=None)
    voorziening = Voorzieningkeuze(
        label="Voorziening", queryset=Voorziening.objects.none(), empty_label="Kies een voorziening"
    )
    financieringsvorm = codekeuze(
        Financieringsvorm, "Hoe het wordt betaald", initial=Financieringsvorm.ZIN, widget=forms.RadioSelect
    )
    aanbieder = forms.ModelChoiceField(
        label="Aanbieder",
        queryset=Aanbieder.objects.order_by("naam"),
        required=False,
        empty_label="Nog niet gekozen",
        help_text="Alleen bij zorg in natura.",
    )
    aantal = getalveld("Hoeveel")
    eenheid = codekeuze(Eenheid, "Waarvan", initial=Eenheid.UUR)
    per = codekeuze(Per, "Hoe vaak", initial=Per.WEEK)
    prijs = forms.DecimalField(
        localize=True,
        label="Prijs per eenheid in euro's",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
    )
    ingangsdatum = dagveld("Gaat in op")
    einddatum = dagveld("Eindigt op (tot en met)", required=False)
    motivering = Tekstveld(
        label="Waarom, in woorden die de inwoner begrijpt", max_length=LANG, rijen=5, required=False
    )
    pgb_bekwaam = forms.BooleanField(
        label="Pgb: de inwoner kan het zelf regelen, of met hulp van iemand", required=False
    )
    pgb_motivatie = Tekstveld(
        label="Pgb: waarom de inwoner het zelf wil regelen", max_length=LANG, rijen=2, required=False
    )
    pgb_kwaliteit = forms.BooleanField(label="Pgb: de hulp is veilig en goed", required=False)
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, personen: list[Persoon], *args: Any, besluit: Besluit | None = None, **kwargs: Any
    ) -> None:
        if besluit:
            kwargs["initial"] = {naam: getattr(besluit, naam) for naam in self.base_fields}
        super().__init__(*args, **kwargs)
        vandaag = timezone.localdate()
        voorziening, persoon = self.fields["voorziening"], self.fields["persoon"]
        assert isinstance(voorziening, forms.ModelChoiceField)
        assert isinstance(persoon, forms.ModelChoiceField)
        gekozen = besluit.voorziening_id if besluit else None
        keuzes = Voorziening.objects.te_kiezen(vandaag, gekozen=gekozen)
        voorziening.queryset = keuzes.select_related("groep")
        persoon.queryset = Persoon.objects.filter(pk__in=[rij.pk for rij in personen])
        if besluit:
            del self.fields["persoon"]
        else:
            self.fields["ingangsdatum"].initial = vandaag
            del self.fields["versie"]

    def clean(self) -> dict[str, Any]:
        """The end not before the begin; no aanbieder with a pgb."""
        schoon = super().clean() or self.cleaned_data
        begin, einde = schoon.get("ingangsdatum"), schoon.get("einddatum")
        if begin and einde and einde < begin:
            self.add_error("einddatum", "De einddatum ligt voor de ingangsdatum.")
        if schoon.get("financieringsvorm") == Financieringsvorm.PGB and schoon.get("aanbieder"):
            self.add_error("aanbieder", "Bij een pgb kiest de inwoner zelf wie helpt; laat dit leeg.")
        return schoon


class Besluithandeling(Handeling[Besluit]):
    """Something that can be done with a besluit while it stands on one of `bij`."""

    route = "besluit-stap"
    stap: ClassVar[str]
    bij: ClassVar[tuple[Besluitstatus, ...]] = ()
    toetsend: ClassVar[bool] = False
    """Whether the toetser does it, and not who works with the melding."""

    def __init__(self, rij: Besluit, spoor: Any, data: Any = None, *, doel: Any = None) -> None:
        super().__init__(rij, spoor, data, doel=doel or self.stap)

    @classmethod
    def kan(cls, besluit: Besluit) -> bool:
        """Whether the state of the besluit, its toets and its levering let it."""
        return besluit.status in cls.bij


class VraagToets(Besluithandeling):
    """Hand it to the toetsers."""

    stap, titel, knop = "toets-vragen", "Vraag een toets", "Vraag toets"
    bij = (Besluitstatus.CONCEPT,)


class NeemToetsTerug(Besluithandeling):
    """Take it back, to change it."""

    stap, titel, knop = "toets-terugnemen", "Neem de toets terug", "Neem terug"
    bij = (Besluitstatus.TER_TOETS,)
    reden = redenveld()


class Beantwoord(Besluithandeling):
    """Answer the toetser."""

    stap, titel, knop = "toets-antwoord", "Beantwoord de vraag", "Verstuur antwoord"
    antwoord = Tekstveld(label="Antwoord", max_length=LANG, rijen=4)

    @classmethod
    def kan(cls, besluit: Besluit) -> bool:
        """While a question is open."""
        return besluit.toetsen.filter(status=Toetsstatus.VRAAG_OPEN).exists()


class PakToetsOp(Besluithandeling):
    """Take the toets."""

    route = "besluit-toets"
    stap, titel, knop = "toets-oppakken", "Pak de toets op", "Pak op"
    toetsend = True

    @classmethod
    def kan(cls, besluit: Besluit) -> bool:
        """While nobody has it."""
        return besluit.toetsen.filter(status=Toetsstatus.GEVRAAGD).exists()


class _InBehandeling(Besluithandeling):
    """What a toetser does with a toets in hand."""

    route = "besluit-toets"
    toetsend = True

    @classmethod
    def kan(cls, besluit: Besluit) -> bool:
        """While it is in hand and no question is open."""
        return besluit.toetsen.filter(status=Toetsstatus.IN_BEHANDELING).exists()


class StelToetsvraag(_InBehandeling):
    """Ask the wijkwerker something."""

    stap, titel, knop = "toets-vraag", "Stel een vraag aan de wijkwerker", "Stel vraag"
    vraag = Tekstveld(label="Vraag", max_length=LANG, rijen=3)


class KeurGoed(_InBehandeling):
    """It is right."""

    stap, titel, knop = "toets-akkoord", "Akkoord", "Geef akkoord"
    oordeel = Tekstveld(label="Oordeel, in gewone woorden", max_length=LANG, rijen=3)


class KeurAf(_InBehandeling):
    """It isn't."""

    stap, titel, knop = "toets-niet-akkoord", "Niet akkoord", "Geef terug"
    oordeel = Tekstveld(label="Wat er anders moet, in gewone woorden", max_length=LANG, rijen=3)


class KenToe(Besluithandeling):
    """Grant it."""

    stap, titel, knop = "toekennen", "Ken toe", "Ken toe"
    bij = (Besluitstatus.GETOETST,)
    op = dagveld("Datum van het besluit", initial=timezone.localdate)


class NeemTerug(Besluithandeling):
    """Change it after the toets, which is then done again."""

    stap, titel, knop = "terugnemen", "Zet terug in voorbereiding", "Zet terug"
    bij = (Besluitstatus.GETOETST,)
    reden = redenveld()


class WijsAf(Besluithandeling):
    """Don't grant it."""

    stap, titel, knop = "afwijzen", "Ken niet toe", "Ken niet toe"
    bij = (Besluitstatus.CONCEPT, Besluitstatus.GETOETST)
    op = dagveld("Datum van het besluit", initial=timezone.localdate)
    grond = codekeuze(Afwijsgrond, "Waarom niet")
    motivering = Tekstveld(label="Motivering, in woorden die de inwoner begrijpt", max_length=LANG, rijen=4)


class TrekIn(Besluithandeling):
    """The resident doesn't ask for it any more."""

    stap, titel, knop = "intrekken", "Trek in", "Trek in"
    bij = (Besluitstatus.CONCEPT, Besluitstatus.GETOETST)
    reden = redenveld()


class _Levering(Besluithandeling):
    """What one does with the help that was granted, while it stands on `levering`."""

    levering: ClassVar[Leveringstatus]

    @classmethod
    def kan(cls, besluit: Besluit) -> bool:
        """While the help is that far."""
        return hasattr(besluit, "levering") and besluit.levering.status == cls.levering


class Start(_Levering):
    """The help began."""

    stap, titel, knop = "hulp-gestart", "De hulp is gestart", "Leg vast"
    levering = Leveringstatus.OPGEDRAGEN
    op = dagveld("Op welke dag")


class Vervallen(_Levering):
    """The help never began."""

    stap, titel, knop = "hulp-vervallen", "De hulp begint niet meer", "Leg vast"
    levering = Leveringstatus.OPGEDRAGEN
    reden = redenveld()


class Stop(_Levering):
    """The help ended."""

    stap, titel, knop = "hulp-gestopt", "De hulp is gestopt", "Leg vast"
    levering = Leveringstatus.GESTART
    op = dagveld("Op welke dag")
    reden = redenveld()


class StelBij(Besluithandeling):
    """Another volume for a while."""

    stap, titel, knop = "bijstellen", "Stel het aantal bij", "Stel bij"
    bij = (Besluitstatus.TOEGEKEND,)
    aantal = getalveld("Nieuw aantal")
    vanaf = dagveld("Vanaf")
    tot = dagveld("Tot en met", required=False)
    reden = redenveld()

    def bereid_voor(self) -> None:
        """From today."""
        self.fields["vanaf"].initial = timezone.localdate()


class VulAan(Besluithandeling):
    """What is still missing about the person."""

    stap, titel, knop = "persoon", "Vul de persoonsgegevens aan", "Vul aan"
    bij = (Besluitstatus.CONCEPT,)
    bsn = forms.CharField(
        label="Burgerservicenummer",
        required=False,
        max_length=20,
        help_text="Alleen voor de beschikking.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    geboortedatum = dagveld("Geboortedatum", required=False)
    document = codekeuze(Documentsoort, "Gezien document", required=False)
    gezien_op = dagveld("Gezien op", required=False)

    def clean(self) -> dict[str, Any]:
        """A document and the day on which it was seen go together; something has to be filled in."""
        schoon = super().clean() or self.cleaned_data
        if not self.errors and not any(schoon.values()):
            raise forms.ValidationError("Vul ten minste één gegeven in.")
        if bool(schoon.get("document")) != bool(schoon.get("gezien_op")) and not self.errors:
            self.add_error("gezien_op", "Vul het document en de dag waarop u het zag allebei in.")
        return schoon


HANDELINGEN: dict[str, type[Besluithandeling]] = {
    soort.stap: soort
    for soort in (
        VulAan,
        VraagToets,
        Beantwoord,
        NeemToetsTerug,
        KenToe,
        NeemTerug,
        WijsAf,
        TrekIn,
        Start,
        Vervallen,
        Stop,
        StelBij,
        PakToetsOp,
        StelToetsvraag,
        KeurGoed,
        KeurAf,
    )
}
"""Everything that can be done with a besluit, by the word in its address, in the order of the process."""
