"""The chooser of the pages about teams."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils import timezone

from reporting.forms import kwartalen_met_meldingen
from reporting.fouten import Invoerfout
from reporting.periode import Periode
from reporting.vraag import Vraag, lees_moment


class Periodekeuze(forms.Form):
    """A period and a cut-off for a page about teams; the last quarter with meldingen unless another is chosen."""

    use_required_attribute = False
    periode = forms.CharField(
        label="Periode", help_text="Een kwartaal (2015-Q2), maand (2015-03) of jaar (2015)", required=False
    )
    bekendOp = forms.DateField(
        label="Zoals bekend op",
        help_text="Leeg: zoals nu bekend",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, gegeven: QueryDict) -> None:
        vandaag = timezone.localdate()
        laatste = (kwartalen_met_meldingen(vandaag) or [Periode.kwartaal_van(vandaag)])[0].sleutel
        super().__init__({"periode": laatste, **{naam: waarde for naam, waarde in gegeven.items() if waarde}})

    @cached_property
    def vraag(self) -> Vraag | None:
        """The period and cut-off, of no table in particular; None as long as anything is wrong with them."""
        if not self.is_valid():
            return None
        dag = self.cleaned_data["bekendOp"]
        try:
            return Vraag(
                "",
                Periode.van_tekst(self.cleaned_data["periode"]),
                lees_moment(dag.isoformat(), "bekendOp") if dag else None,
            )
        except Invoerfout as fout:
            self.add_error(fout.parameter if fout.parameter in self.fields else None, str(fout))
            return None
