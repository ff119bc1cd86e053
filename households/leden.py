"""The people of a household and how they are related, and its notes, as far as a reader may know."""

from __future__ import annotations

from django.db.models import QuerySet

from households.models import Huishouden, Huishoudnotitie, Persoon, Relatie, Verblijf
from teams.access import Actie, zichtbaar
from teams.gronden import Wie


def bewoners_voor(huishouden: Huishouden, wie: Wie, actie: Actie = Actie.WERKEN) -> QuerySet[Persoon]:
    """Who lives in the household without an end and with whom the reader may do `actie`, the eldest first."""
    wonend = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden, tot__isnull=True)
    personen = zichtbaar(Persoon, wie, actie).filter(pk__in=wonend.values("persoon"))
    return personen.order_by("geboortedatum", "pk")


def relaties_voor(huishouden: Huishouden, wie: Wie, actie: Actie = Actie.WERKEN) -> QuerySet[Relatie]:
    """The relations of who lives here with anybody whom the reader may know of, past ones too."""
    hier = bewoners_voor(huishouden, wie, actie).order_by().values("pk")
    bekend = zichtbaar(Persoon, wie, Actie.ZIEN).values("pk")
    rijen = Relatie.objects.filter(van__in=hier, naar__in=bekend) | Relatie.objects.filter(
        naar__in=hier, van__in=bekend
    )
    return rijen.select_related("van", "naar").order_by("soort", "pk")


def versies_van(huishouden: Huishouden, notitie: int) -> QuerySet[Huishoudnotitie]:
    """Every version of the note of which `notitie` is one, the newest first; none when it is another household's."""
    reeks = Huishoudnotitie.objects.filter(huishouden=huishouden, pk=notitie).values("reeks")
    rijen = Huishoudnotitie.objects.filter(huishouden=huishouden, reeks__in=reeks)
    return rijen.select_related("door", "vervallen_door").order_by("-versie")
