"""How every form looks: the classes of NL Design System, whatever app the form belongs to."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

_TEKST = "utrecht-textbox utrecht-textbox--html-input"
_VINK = "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"
_KEUZE = "utrecht-radio-button utrecht-radio-button--html-input"
_SOORTEN = ("text", "password", "email", "url", "number", "date", "datetime", "time", "input")
KLASSEN = {
    **dict.fromkeys(_SOORTEN, _TEKST),
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "checkbox": _VINK,
    "checkbox_option": _VINK,
    "radio_option": _KEUZE,
}
"""The classes of a widget, by the name of Django's template for it."""


class Formulieropmaak(TemplatesSetting):
    """Renders forms from the templates in `config/templates/django/forms`, and dresses the widgets.

    A field has its label above it, then the hint, then the error, and then what one fills in; `aria-describedby`
    ties the hint and the error to it. A class that a form gives itself stays. What is wrong is said by us, in
    Dutch and all at once: so a browser is not told to hold a form back, and a number is typed as text, since a
    number box drops what it can't read.
    """

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML of a form, a field, a list of errors or a widget."""
        if "widget" in context:
            _kleed(context["widget"])
        return super().render(template_name, context, request)


def _kleed(widget: dict[str, Any]) -> None:
    """Put the classes on a widget and on what it is made of."""
    attrs = widget["attrs"]
    if klassen := KLASSEN.get(widget["template_name"].rpartition("/")[2].removesuffix(".html")):
        fout = f"{klassen.split()[0]}--invalid" if attrs.get("aria-invalid") else None
        attrs["class"] = " ".join(filter(None, (klassen, fout, attrs.get("class"))))
    if attrs.pop("required", False) and widget.get("type") not in ("radio", "checkbox"):
        attrs["aria-required"] = "true"
    if widget.get("type") == "number":
        widget["type"] = "text"
        attrs.setdefault("inputmode", "numeric" if attrs.get("step", 1) == 1 else "decimal")
        for grens in ("min", "max", "step"):
            attrs.pop(grens, None)
    for _, opties, _ in widget.get("optgroups", ()):
        for optie in opties:
            if optie["template_name"] != "django/forms/widgets/select_option.html":
                _kleed(optie)
    for deel in widget.get("subwidgets", ()):
        _kleed(deel)
