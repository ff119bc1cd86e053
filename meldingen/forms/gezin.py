"""What can change in a household, and how its people are related: each a small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404

from households.leden import bewoners_voor, relaties_voor
from households.models import (
    Geslacht,
    Huishouden,
    Persoon,
    Relatiesoort,
    Rol,
    Verblijf,
    Wijzigingsoort,
)
from households.workflow import Adres
from meldingen.forms.inwonerkeuze import Inwonerkeuze
from meldingen.forms.velden import Handeling, redenveld
from teams.access import Actie
from teams.velden import Datumveld, Postcodeveld, Telefoonveld

ROLLEN = [(rol.value, rol.label) for rol in Rol]


class Persoonveld(forms.ModelChoiceField):
    """A choice of one of the people of a household, by name; the form says of which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        """The name of the person."""
        return obj.naam if isinstance(obj, Persoon) else str(obj)


class Personenveld(forms.ModelMultipleChoiceField):
    """A choice of any number of the people of a household."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        """The name of the person."""
        return obj.naam if isinstance(obj, Persoon) else str(obj)


def opveld(label: str = "Vanaf welke dag") -> Datumveld:
    """The day of the change, not in the future."""
    return Datumveld(label=label, verleden=True)


def rolveld() -> forms.TypedChoiceField:
    """The place in the household."""
    return forms.TypedChoiceField(
        label="Plaats in het huishouden", choices=ROLLEN, coerce=lambda waarde: Rol(int(waarde))
    )


def naamveld(label: str, *, required: bool = False, max_length: int = 200) -> forms.CharField:
    """Part of a name."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, required=required, max_length=max_length, widget=widget)


def postcodeveld(*, required: bool = False) -> Postcodeveld:
    """Where they are going to live."""
    return Postcodeveld(label="Nieuwe postcode", required=required)


def huisnummerveld() -> forms.CharField:
    """With what comes after the number."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "veld-kort"})
    return forms.CharField(label="Huisnummer", required=False, max_length=20, widget=widget)


class Ledenformulier(Handeling[Huishouden]):
    """A form in which one chooses somebody who lives here; `lid` or `personen` is that choice."""

    def bereid_voor(self) -> None:
        """Who lives here, as far as the reader works with them."""
        for naam in ("lid", "personen", "eigen_van"):
            veld = self.fields.get(naam)
            if isinstance(veld, forms.ModelChoiceField):
                veld.queryset = bewoners_voor(self.rij, self.spoor.wie)


class Geboorteformulier(Handeling[Huishouden]):
    """A child is born."""

    route = "huishouden-geboorte"
    titel, knop = "Er is een kind geboren", "Leg de geboorte vast"
    voornamen = naamveld("Voornaam")
    tussenvoegsel = naamveld("Tussenvoegsel", max_length=40)
    achternaam = naamveld("Achternaam", required=True)
    geslacht = forms.TypedChoiceField(
        label="Geslacht",
        choices=[("", "Nog niet bekend"), *Geslacht.choices],
        coerce=lambda waarde: Geslacht(int(waarde)),
        required=False,
        empty_value=None,
    )
    op = opveld("Geboortedatum")


class Intrekformulier(Inwonerkeuze[Huishouden]):
    """Somebody who is known comes to live here."""

    route = "huishouden-intrek"
    titel, knop = "Iemand die wij kennen komt hier wonen", "Leg vast wie hier komt wonen"
    actie = Actie.WERKEN
    reden = None  # type: ignore[assignment]
    rol = rolveld()
    op = opveld()
    blijft_ook = forms.BooleanField(
        label="Blijft ook wonen waar die nu woont (een kind dat bij twee ouders woont)", required=False
    )


class Nieuwlidformulier(Handeling[Huishouden]):
    """Somebody whom nobody knew comes to live here."""

    route = "huishouden-nieuw-lid"
    titel, knop = "Iemand die wij niet kennen komt hier wonen", "Schrijf in"
    voornamen = naamveld("Voornaam")
    tussenvoegsel = naamveld("Tussenvoegsel", max_length=40)
    achternaam = naamveld("Achternaam", required=True)
    geboortedatum = Datumveld(label="Geboortedatum", verleden=True, required=False)
    rol = rolveld()
    op = opveld()


class Splitsformulier(Ledenformulier):
    """Some go, some stay."""

    route = "huishouden-splits"
    titel, knop = "Iemand gaat uit huis, of het huishouden gaat uit elkaar", "Leg vast wie er gaat"
    soort = forms.TypedChoiceField(
        label="Wat gebeurt er?",
        choices=[
            (Wijzigingsoort.UIT_HUIS.value, "iemand gaat uit huis"),
            (Wijzigingsoort.SPLITSING.value, "scheiding, of het huishouden splitst"),
        ],
        coerce=lambda waarde: Wijzigingsoort(int(waarde)),
        widget=forms.RadioSelect,
    )
    personen = Personenveld(label="Wie gaat er?")
    op = opveld()
    postcode = postcodeveld()
    huisnummer = huisnummerveld()
    reden = redenveld("Toelichting", required=False)
    geheim = redenveld(
        "Moet het nieuwe adres geheim blijven? Schrijf dan waarom",
        required=False,
        help_text="Alleen u werkt dan met het nieuwe huishouden. Niemand anders kan het vinden.",
    )

    def schoon(self) -> dict[str, Any]:
        """With the address as one thing."""
        return met_adres(self.cleaned_data)


class Vertrekformulier(Ledenformulier):
    """Who lives in two households lives here no longer."""

    route = "huishouden-vertrek"
    titel, knop = "Iemand woont alleen nog in het andere huishouden", "Leg vast"
    lid = Persoonveld(label="Wie", empty_label="Kies iemand")
    op = opveld()


class Verhuisformulier(Handeling[Huishouden]):
    """Everybody moves."""

    route = "huishouden-verhuis"
    titel, knop = "Het hele huishouden verhuist", "Leg de verhuizing vast"
    postcode = postcodeveld(required=True)
    huisnummer = huisnummerveld()
    op = opveld()
    reden = redenveld("Toelichting", required=False)

    def schoon(self) -> dict[str, Any]:
        """With the address as one thing."""
        return met_adres(self.cleaned_data)


class Samenvoegformulier(Inwonerkeuze[Huishouden]):
    """Everybody of another household comes to live here."""

    route = "huishouden-voeg-samen"
    titel, knop = "Een ander huishouden komt hier wonen", "Voeg de huishoudens samen"
    actie = Actie.WERKEN
    op = opveld()
    reden = redenveld("Toelichting", required=False)

    def schoon(self) -> dict[str, Any]:
        """The household in which the chosen person lives now; ValidationError isn't possible any more here."""
        schoon = dict(self.cleaned_data)
        return {"opgaat": schoon.pop("huishouden"), "op": schoon["op"], "reden": schoon["reden"]}

    def clean(self) -> dict[str, Any]:
        """With `huishouden`, where the person lives."""
        schoon = super().clean()
        persoon = schoon.get("persoon")
        if isinstance(persoon, Persoon):
            verblijf = Verblijf.objects.woont(persoon, self.spoor.wie.dag)
            if verblijf is None or verblijf.huishouden is None:
                raise ValidationError({"persoon": "Van deze inwoner is geen huishouden bekend."})
            schoon["huishouden"] = verblijf.huishouden
        return schoon


class Overlijdenformulier(Ledenformulier):
    """Somebody died."""

    route = "huishouden-overlijden"
    titel, knop = "Iemand is overleden", "Leg het overlijden vast"
    lid = Persoonveld(label="Wie", empty_label="Kies iemand")
    op = opveld("Op welke dag")


class Rolformulier(Ledenformulier):
    """Somebody has another place in the household."""

    route = "huishouden-rol"
    titel, knop = "Iemand krijgt een andere plaats in het huishouden", "Wijzig de plaats"
    lid = Persoonveld(label="Wie", empty_label="Kies iemand")
    rol = rolveld()
    op = opveld()


class Ongedaanformulier(Handeling[Huishouden]):
    """All is as it was before a change; `doel` is its key."""

    route = "huishouden-ongedaan"
    titel = knop = "Maak ongedaan"
    reden = redenveld()

    def schoon(self) -> dict[str, Any]:
        """The change; Http404 when it isn't one of this household."""
        wijziging = self.rij.geschiedenis.filter(pk=self.doel).first()
        if wijziging is None:
            raise Http404
        return {"wijziging": wijziging, **self.cleaned_data}


HEEN, TERUG = "heen", "terug"


class Relatieformulier(Inwonerkeuze[Huishouden]):
    """What somebody who lives here is to another, who lives here or elsewhere."""

    route = "huishouden-relatie"
    titel, knop = "Leg een relatie vast", "Leg de relatie vast"
    actie = Actie.ZIEN
    reden = None  # type: ignore[assignment]
    lid = Persoonveld(label="Wie", empty_label="Kies iemand")
    soort = forms.ChoiceField(label="Is")
    ander = Persoonveld(
        label="Van wie uit dit huishouden",
        required=False,
        empty_label="Iemand die hier niet woont",
    )
    vanaf = Datumveld(label="Sinds (als dat bekend is)", verleden=True, required=False)
    field_order = ("lid", "soort", "ander", "persoon", "keuze", "vanaf")

    def bereid_voor(self) -> None:
        """Who lives here twice, and every relation read both ways."""
        super().bereid_voor()
        self.fields["persoon"].required = False
        self.fields["persoon"].label = "Of van iemand die hier niet woont"
        for naam in ("lid", "ander"):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ModelChoiceField)
            veld.queryset = bewoners_voor(self.rij, self.spoor.wie)
        soort = self.fields["soort"]
        assert isinstance(soort, forms.ChoiceField)
        soort.choices = [("", "Kies een relatie"), *_soorten()]

    def clean(self) -> dict[str, Any]:
        """`ander` as the person who was chosen, whichever way."""
        if not str(self.data.get("persoon", "")).strip() and not self.cleaned_data.get("ander"):
            raise ValidationError({"ander": "Kies iemand, of vul hieronder in wie het is."})
        schoon = super().clean()
        schoon["ander"] = schoon.get("ander") or schoon.get("persoon")
        return schoon

    def schoon(self) -> dict[str, Any]:
        """The relation as it is stored, from the one to the other."""
        schoon = self.cleaned_data
        code, _, richting = schoon["soort"].partition("-")
        van, naar = schoon["lid"], schoon["ander"]
        if richting == TERUG:
            van, naar = naar, van
        return {"van": van, "soort": Relatiesoort(int(code)), "naar": naar, "vanaf": schoon["vanaf"]}


def _soorten() -> list[tuple[str, str]]:
    keuzes = []
    for soort in Relatiesoort:
        keuzes.append((f"{soort.value}-{HEEN}", str(soort.label)))
        if soort.omgekeerd != soort.label:
            keuzes.append((f"{soort.value}-{TERUG}", soort.omgekeerd))
    return keuzes


class Relatieeindeformulier(Handeling[Huishouden]):
    """A relation is no longer so; `doel` is its key."""

    route = "huishouden-relatie-einde"
    titel = knop = "Beëindig"
    op = opveld("Tot welke dag")

    def schoon(self) -> dict[str, Any]:
        """The relation; Http404 when it isn't one of somebody who lives here, or has ended."""
        rij = relaties_voor(self.rij, self.spoor.wie).filter(pk=self.doel, tot__isnull=True).first()
        if rij is None:
            raise Http404
        return {"relatie": rij, **self.cleaned_data}


class Ketenpartnerformulier(Handeling[Huishouden]):
    """Somebody of another organisation works with the household."""

    route = "huishouden-ketenpartner"
    titel, knop = "Betrek iemand van een andere organisatie", "Betrek"
    organisatie = naamveld("Organisatie", required=True)
    naam = naamveld("Naam")
    rol_daar = naamveld("Rol")
    telefoon = Telefoonveld(label="Telefoon", required=False)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    overleg = naamveld("Bespreekt dit huishouden in welk overleg")
    vanaf = opveld("Sinds")

    def schoon(self) -> dict[str, Any]:
        """With the role under its own name."""
        schoon = dict(self.cleaned_data)
        return {"rol": schoon.pop("rol_daar"), **schoon}


class Ketenpartnereindeformulier(Handeling[Huishouden]):
    """Somebody of another organisation is involved no longer; `doel` is the key."""

    route = "huishouden-ketenpartner-einde"
    titel = knop = "Beëindig"
    op = opveld("Tot welke dag")

    def schoon(self) -> dict[str, Any]:
        """The ketenpartner; Http404 when it isn't one of this household that still runs."""
        rij = self.rij.ketenpartners.filter(pk=self.doel, tot__isnull=True).first()
        if rij is None:
            raise Http404
        return {"ketenpartner": rij, **self.cleaned_data}


def met_adres(schoon: dict[str, Any]) -> dict[str, Any]:
    """Postcode and house number as one `adres`."""
    rest = {naam: waarde for naam, waarde in schoon.items() if naam not in ("postcode", "huisnummer")}
    return {**rest, "adres": Adres(schoon["postcode"], schoon["huisnummer"])}
