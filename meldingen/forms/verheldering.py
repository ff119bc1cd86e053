"""The brede vraagverheldering: a place per levensgebied, none of which has to be filled in (R20); and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from households.models import Levensgebied
from meldingen.forms.gesprek import leden_van
from meldingen.forms.velden import Handeling, Tekstveld, dagveld
from meldingen.models import Leefgebied, Matrix, Melding, Verheldering
from meldingen.workflow import Ingevuld, laatste_score, verhelderingen_van

TEKENS = 4_000
HUISHOUDEN = "huishouden"


@dataclass(frozen=True)
class Vak:
    """The fields about one levensgebied; `nu` is what stands there now."""

    gebied: Levensgebied
    wie: forms.BoundField
    tekst: forms.BoundField
    nu: Verheldering | None


class Verhelderingformulier(Handeling[Melding]):
    """Per levensgebied: does something play here, for whom, and a note."""

    route = "melding-verheldering"
    titel, knop = "Vraagverheldering", "Bewaar"

    def bereid_voor(self) -> None:
        """Today's levensgebieden, those written about before, and those of the melding open first."""
        self.nu = verhelderingen_van(self.rij)
        dag = timezone.localdate()
        van_nu = Q(Q(geldig_van=None) | Q(geldig_van__lte=dag), Q(geldig_tot=None) | Q(geldig_tot__gt=dag))
        self.gebieden = list(Levensgebied.objects.filter(van_nu | Q(pk__in=self.nu)).order_by("pk"))
        leden = list(leden_van(self.rij.huishouden_id, self.spoor.wie))
        if not leden and self.rij.persoon:
            leden = [self.rij.persoon]
        self.leden = {lid.pk: lid.naam for lid in leden}
        keuzes = [(HUISHOUDEN, "het hele huishouden"), *((str(pk), naam) for pk, naam in self.leden.items())]
        for gebied in self.gebieden:
            rij = self.nu.get(gebied.pk)
            self.fields[f"{gebied.pk}-wie"] = forms.MultipleChoiceField(
                label=f"Speelt hier iets: {gebied.naam}",
                choices=keuzes,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[
                    *([HUISHOUDEN] if rij and rij.huishouden else []),
                    *(str(lid.pk) for lid in (rij.personen.all() if rij else ())),
                ],
            )
            self.fields[f"{gebied.pk}-tekst"] = Tekstveld(
                label=f"Aantekening: {gebied.naam}",
                max_length=TEKENS,
                rijen=2,
                required=False,
                initial=rij.tekst if rij else "",
            )
            self.fields[f"{gebied.pk}-gezien"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=rij.pk if rij else None
            )

    def neem_concept(self, inhoud: Mapping[str, Any]) -> None:
        """Go on with what was typed and ticked and not saved, and with what stood there then.

        What stood there and isn't in it was made empty.
        """
        for gebied in self.gebieden:
            wie, tekst, gezien = (f"{gebied.pk}-{veld}" for veld in ("wie", "tekst", "gezien"))
            if wie in inhoud or gezien in inhoud:
                gekozen = inhoud.get(wie, [])
                self.fields[wie].initial = [gekozen] if isinstance(gekozen, str) else gekozen
            if tekst in inhoud or gezien in inhoud:
                self.fields[tekst].initial = inhoud.get(tekst, "")
            if gezien in inhoud:
                self.fields[gezien].initial = inhoud[gezien]

    def vakken(self) -> Iterator[Vak]:
        """Everything per levensgebied, in the order of the list."""
        for gebied in self.gebieden:
            yield Vak(gebied, self[f"{gebied.pk}-wie"], self[f"{gebied.pk}-tekst"], self.nu.get(gebied.pk))

    def schoon(self) -> dict[str, Any]:
        """What was filled in, by levensgebied."""
        schoon, aangeboden = self.cleaned_data, frozenset(self.leden)
        return {
            "ingevuld": {
                gebied: Ingevuld(
                    gezien=schoon[f"{gebied.pk}-gezien"],
                    huishouden=HUISHOUDEN in schoon[f"{gebied.pk}-wie"],
                    personen=frozenset(
                        int(waarde) for waarde in schoon[f"{gebied.pk}-wie"] if waarde != HUISHOUDEN
                    ),
                    aangeboden=aangeboden,
                    tekst=schoon[f"{gebied.pk}-tekst"],
                )
                for gebied in self.gebieden
            }
        }


class Scoreformulier(Handeling[Melding]):
    """How one member is doing, per leefgebied of the matrix of today; `doel` is the key of the person."""

    route = "melding-scores"
    knop = "Leg scores vast"
    datum = dagveld("Hoe het ging op")
    gezien = forms.IntegerField(widget=forms.HiddenInput)

    def bereid_voor(self) -> None:
        """The levels, none of them chosen. Http404 without a matrix, and for who doesn't live here."""
        leden = list(leden_van(self.rij.huishouden_id, self.spoor.wie))
        if not leden and self.rij.persoon:
            leden = [self.rij.persoon]
        persoon = next((lid for lid in leden if lid.pk == self.doel), None)
        matrix = Matrix.objects.geldig_op(timezone.localdate())
        if persoon is None or matrix is None:
            raise Http404
        self.persoon, self.titel = persoon, f"Scores van {persoon.naam}"
        self.fields["datum"].initial = timezone.localdate()
        self.fields["gezien"].initial = laatste_score(persoon)
        self.gebieden: list[Leefgebied] = list(matrix.leefgebieden.prefetch_related("scoresoorten"))
        for gebied in self.gebieden:
            soorten = {soort.pk: soort for soort in gebied.scoresoorten.all()}
            self.fields[f"gebied-{gebied.pk}"] = forms.TypedChoiceField(
                label=gebied.naam,
                choices=[("", "niet gescoord"), *((pk, str(soort)) for pk, soort in soorten.items())],
                coerce=lambda waarde, soorten=soorten: soorten[int(waarde)],
                empty_value=None,
                required=False,
                help_text=" ".join(f"{soort}: {soort.tekst}" for soort in soorten.values() if soort.tekst),
            )

    def schoon(self) -> dict[str, Any]:
        """The levels that were chosen."""
        gekozen = {gebied: self.cleaned_data[f"gebied-{gebied.pk}"] for gebied in self.gebieden}
        return {
            "persoon": self.persoon,
            "scores": {gebied: soort for gebied, soort in gekozen.items() if soort},
            "datum": self.cleaned_data["datum"],
            "gezien": self.cleaned_data["gezien"],
        }
