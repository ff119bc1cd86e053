"""Writing down a rondetafel, what was agreed there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from households.models import Ketenpartner, Persoon, Resultaat, Verblijf
from meldingen.forms.velden import Handeling, Medewerkersveld, Tekstveld, collegas, dagveld
from meldingen.models import Opschaling, Rondetafel, Tafelevaluatie, Tafelgenoot
from teams.access import Actie, zichtbaar
from teams.models import Medewerker
from teams.perioden import lopend

KORT, LANG = 200, 2_000


class Personenveld(forms.ModelMultipleChoiceField):
    """A choice of residents, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.naam)


class Rondetafelformulier(Handeling[Opschaling]):
    """Who sat together, where and when."""

    route = "opschaling-rondetafel"
    titel, knop = "Leg een rondetafel vast", "Leg vast"
    datum = dagveld("Wanneer")
    plaats = forms.CharField(label="Waar", max_length=KORT)
    medewerkers = Medewerkersveld(label="Collega’s", queryset=Medewerker.objects.none(), required=False)
    ketenpartners: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label="Van andere organisaties",
        queryset=Ketenpartner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    personen = Personenveld(label="Bewoners", queryset=Persoon.objects.none(), required=False)

    def bereid_voor(self) -> None:
        """Who works with the household or in its teams, its ketenpartners of now, and who lives there."""
        dag, rij = self.spoor.wie.dag, self.rij
        werken = collegas([rij.van_team_id, rij.team_id]).values("pk")
        betrokken = rij.huishouden.betrokkenen.filter(lopend()).values("medewerker")
        woont = Verblijf.objects.op_dag(dag).bekend_op(None).filter(huishouden=rij.huishouden_id)
        bewoners = Persoon.objects.filter(pk__in=woont.values("persoon"))
        self._zet(
            "medewerkers",
            Medewerker.objects.filter(
                Q(pk__in=werken) | Q(pk__in=betrokken) | Q(pk=rij.gevraagd_door_id), is_active=True
            ).order_by("first_name", "last_name", "username"),
        )
        partners = Ketenpartner.objects.filter(huishouden=rij.huishouden_id, tot__isnull=True)
        if partners.exists():
            self._zet("ketenpartners", partners)
        else:
            del self.fields["ketenpartners"]
        self._zet(
            "personen", zichtbaar(bewoners, self.spoor.wie, Actie.LEZEN).order_by("geboortedatum", "pk")
        )
        self.fields["datum"].initial = dag

    def _zet(self, naam: str, rijen: Any) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ModelMultipleChoiceField)
        veld.queryset = rijen


class Afspraakformulier(Handeling[Opschaling]):
    """Who does what by when; `doel` is the key of the rondetafel, `namen` those of who sat there."""

    route = "rondetafel-afspraak"
    titel, knop = "Voeg een afspraak toe", "Voeg toe"
    wie = forms.TypedChoiceField(label="Wie")
    tekst = Tekstveld(label="Wat is afgesproken", max_length=LANG)
    uiterlijk_op = dagveld("Klaar op")

    def bereid_voor(self) -> None:
        """Nobody yet; `zet` fills in who there are."""
        self.tafel: Rondetafel | None = self.rij.rondetafels.filter(pk=self.doel).first()
        if self.tafel is None:
            raise Http404
        self.zet({rij.pk: str(rij.pk) for rij in self.tafel.tafelgenoten.all()})

    def zet(self, namen: Mapping[int, str]) -> None:
        """Who sat at the table, by name."""
        veld = self.fields["wie"]
        assert isinstance(veld, forms.TypedChoiceField)
        veld.choices = [("", "Kies"), *((str(pk), naam) for pk, naam in namen.items())]
        veld.coerce = int

    def schoon(self) -> dict[str, Any]:
        """With the row of who does it."""
        assert self.tafel
        wie: Tafelgenoot = self.tafel.tafelgenoten.get(pk=self.cleaned_data["wie"])
        return {**self.cleaned_data, "wie": wie, "rondetafel": self.tafel}


class Evaluatieformulier(Handeling[Opschaling]):
    """What came of each afspraak; `doel` is the key of the evaluatie."""

    route = "rondetafel-evaluatie"
    knop = "Leg vast"

    def bereid_voor(self) -> None:
        """A result and a word about it for each."""
        rijen = Tafelevaluatie.objects.filter(rondetafel__opschaling=self.rij).select_related("rondetafel")
        evaluatie = rijen.filter(pk=self.doel).first()
        if evaluatie is None:
            raise Http404
        self.evaluatie = evaluatie
        self.titel = f"Leg de evaluatie na {evaluatie.weken} weken vast"
        self.afspraken = list(evaluatie.rondetafel.afspraken.order_by("pk"))
        self.fields["op"] = dagveld("Gehouden op", initial=timezone.localdate())
        for afspraak in self.afspraken:
            self.fields[f"resultaat_{afspraak.pk}"] = forms.TypedChoiceField(
                label=f"Resultaat van: {afspraak.tekst}",
                choices=[("", "Kies"), *Resultaat.choices],
                coerce=lambda waarde: Resultaat(int(waarde)),
            )
            self.fields[f"toelichting_{afspraak.pk}"] = Tekstveld(
                label=f"Toelichting bij: {afspraak.tekst}", max_length=LANG, rijen=2, required=False
            )

    def schoon(self) -> dict[str, Any]:
        """The results by afspraak."""
        ingevuld = self.cleaned_data
        return {
            "evaluatie": self.evaluatie,
            "op": ingevuld["op"],
            "resultaten": {
                rij: (ingevuld[f"resultaat_{rij.pk}"], ingevuld[f"toelichting_{rij.pk}"])
                for rij in self.afspraken
            },
        }
