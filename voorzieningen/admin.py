"""Beheer of the catalogue in dated versions; what was granted is nobody's to change here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from teams.geweigerd import Geweigerd
from voorzieningen import workflow
from voorzieningen.models import Aanbieder, Budget, Cataloguswijziging, Voorziening, Voorzieningengroep


class Versieformulier(forms.ModelForm):
    """A version: other words hold from a day on, and that is another version."""

    vanaf = forms.DateField(
        label="Vanaf wanneer",
        required=False,
        widget=AdminDateWidget,
        help_text="Bij een andere naam of indeling: de eerste dag waarop die geldt. Tot dan blijft het oude staan.",
    )

    def clean(self) -> dict[str, Any]:
        """A change has a first day, and comes apart from an end."""
        schoon = super().clean() or self.cleaned_data
        if self.instance.pk and not self.errors:
            anders = set(self.changed_data) - {"vanaf", "geldig_tot"}
            if anders and not schoon.get("vanaf"):
                self.add_error("vanaf", "Vul in vanaf welke dag dit geldt.")
            if anders and "geldig_tot" in self.changed_data:
                self.add_error("geldig_tot", "Wijzig eerst de naam of indeling, en daarna het einde.")
            if "geldig_tot" in self.changed_data and not schoon.get("geldig_tot"):
                self.add_error("geldig_tot", "Wat eindigt, begint niet vanzelf weer: voeg het opnieuw toe.")
        return schoon

    def validate_constraints(self) -> None:
        """What is saved is another row than this one, so the verbs and the database judge it."""


class Versiebeheer(admin.ModelAdmin):
    """What both kinds of version have in common: no deleting, no overwriting, and who changed what."""

    form = Versieformulier
    vast: ClassVar[tuple[str, ...]] = ()
    ordering = ["naam", "geldig_van"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing goes: what is not granted any more gets an end."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A refusal is a message, and nothing is saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Geweigerd as fout:
            self.message_user(request, str(fout), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Of what is there, the begin and where it belongs are as they are."""
        return [*self.vast, "code", "geldig_van", "geschiedenis"] if obj else []

    @admin.display(description="wie wat wanneer wijzigde")
    def geschiedenis(self, obj: Any) -> SafeString | str:
        """Every change of every version with this code, the last first."""
        regels = [
            (
                timezone.localtime(rij.op).strftime("%d-%m-%Y %H:%M"),
                rij.door,
                "; ".join(
                    f"{veld}: {van or '–'} → {naar or '–'}" for veld, (van, naar) in rij.wijzigingen.items()
                ),
            )
            for rij in self.wijzigingen(obj).select_related("door")
        ]
        return format_html_join("", "<p>{} {}: {}</p>", regels) or "zo begonnen"

    def wijzigingen(self, obj: Any) -> Any:
        """The rows of the history."""
        raise NotImplementedError


@admin.register(Voorzieningengroep)
class VoorzieningengroepAdmin(Versiebeheer):
    """Groups of the catalogue, with how the monitor counts them."""

    list_display = ["naam", "wet", "cluster", "telt_als_wmo_client", "jeugdsoort", "geldig_van", "geldig_tot"]
    list_filter = ["wet", "cluster", "geldig_tot"]
    search_fields = ["naam", "code"]
    vast = ("wet",)

    def wijzigingen(self, obj: Voorzieningengroep) -> Any:
        """Of the group, whatever it was called."""
        return Cataloguswijziging.objects.filter(groep__wet=obj.wet, groep__code=obj.code)

    def save_model(self, request: Any, obj: Voorzieningengroep, form: Any, change: bool) -> None:
        """Through the verbs of the catalogue."""
        schoon = form.cleaned_data
        if not change:
            workflow.voeg_groep_toe(obj, door=request.user)
        elif "geldig_tot" in form.changed_data:
            workflow.beeindig_groep(obj, op=schoon["geldig_tot"], door=request.user)
        elif anders := [veld for veld in workflow.GROEPVELDEN if veld in form.changed_data]:
            nieuw = workflow.wijzig_groep(
                obj, vanaf=schoon["vanaf"], door=request.user, **{veld: schoon[veld] for veld in anders}
            )
            obj.pk = nieuw.pk


@admin.register(Voorziening)
class VoorzieningAdmin(Versiebeheer):
    """The products."""

    list_display = ["naam", "groep", "geldig_van", "geldig_tot"]
    list_filter = ["groep__wet", "geldig_tot"]
    list_select_related = ["groep"]
    search_fields = ["naam", "code", "groep__naam"]
    vast = ("groep",)

    def wijzigingen(self, obj: Voorziening) -> Any:
        """Of the product, whatever it or its group was called."""
        return Cataloguswijziging.objects.filter(
            voorziening__groep__wet=obj.groep.wet,
            voorziening__groep__code=obj.groep.code,
            voorziening__code=obj.code,
        )

    def save_model(self, request: Any, obj: Voorziening, form: Any, change: bool) -> None:
        """Through the verbs of the catalogue."""
        schoon = form.cleaned_data
        if not change:
            nieuw = workflow.voeg_voorziening_toe(
                obj.groep, obj.naam, geldig_van=obj.geldig_van, geldig_tot=obj.geldig_tot, door=request.user
            )
        elif "geldig_tot" in form.changed_data:
            nieuw = workflow.beeindig_voorziening(obj, op=schoon["geldig_tot"], door=request.user)
        elif "naam" in form.changed_data:
            nieuw = workflow.hernoem_voorziening(obj, obj.naam, vanaf=schoon["vanaf"], door=request.user)
        else:
            return
        obj.pk = nieuw.pk


@admin.register(Aanbieder)
class AanbiederAdmin(admin.ModelAdmin):
    """Providers."""

    search_fields = ["naam"]


@admin.register(Budget)
class BudgetAdmin(admin.ModelAdmin):
    """What teams may spend."""

    list_display = ["jaar", "wet", "team", "bedrag"]
    list_filter = ["jaar", "wet"]
