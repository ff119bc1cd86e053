"""What tests of pages do time and again."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client

from households.models import Betrokkenheid, Huishouden, Persoon, Verblijf
from meldingen.models import Gebeurtenis, Melding, Stand
from meldingen.workflow import versie


def van_nu(melding: Melding) -> str:
    """The version that a page about the melding shows now."""
    return versie(Melding.objects.get(pk=melding.pk))


def doe(client: Client, melding: Melding, pad: str, **velden: Any) -> Any:
    """Send a form of the page of the melding, as somebody who has just opened it."""
    return client.post(f"/meldingen/{melding.pk}/{pad}", {"versie": van_nu(melding), **velden})


def berichten(antwoord: Any) -> list[str]:
    """What the user is told."""
    return [str(bericht) for bericht in get_messages(antwoord.wsgi_request)]


def fouten(antwoord: Any) -> dict[str, list[str]]:
    """What is said to be wrong with the form, by the name of the field; `__all__` is the whole form."""
    return {
        naam: [str(fout) for fout in lijst] for naam, lijst in antwoord.context["formulier"].errors.items()
    }


def zonder_slot(antwoord: Any) -> str:
    """The page without the token against forged forms, which is another each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", antwoord.content.decode())


def rijen(*modellen: type[Model]) -> dict[str, list[dict[str, Any]]]:
    """Whole tables, to compare before and after."""
    modellen = modellen or (Melding, Persoon, Huishouden, Verblijf, Betrokkenheid, Gebeurtenis, Stand)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in modellen}
