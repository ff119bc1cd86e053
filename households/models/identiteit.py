"""That somebody is who they say: seen once, when a beschikking needs it (R5), and never copied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from households.models.mensen import Persoon
from teams.codes import Code, codeveld, in_lijst


class Documentsoort(Code):
    """Documents that establish an identity (Wet op de identificatieplicht art. 1)."""

    PASPOORT = 1, "paspoort"
    IDENTITEITSKAART = 2, "identiteitskaart"
    RIJBEWIJS = 3, "rijbewijs"
    VREEMDELINGENDOCUMENT = 4, "vreemdelingendocument"


class Identiteitscontrole(models.Model):
    """Somebody saw the document of a person (Wmo art. 2.3.4): which kind, when and who; no number and no copy."""

    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="identiteitscontroles")
    document = codeveld(Documentsoort)
    gezien_op = models.DateField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "identiteitscontrole"
        verbose_name_plural = "identiteitscontroles"
        constraints = [in_lijst("identiteitscontrole", "document", Documentsoort)]

    def __str__(self) -> str:
        return f"identiteitscontrole van persoon {self.persoon_id}"
