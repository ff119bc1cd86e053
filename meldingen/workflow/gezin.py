"""What a change in a household means for its meldingen, and for who looks in because of one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from households import workflow as huishoudens
from households.models import Gezinswijziging, Huishouden, Persoon, Wijzigingsoort
from meldingen.models import Koppeling, Melding, Status
from meldingen.workflow.koppelen import koppel, zet_koppeling_terug
from meldingen.workflow.meelezen import tijdelijk
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from teams.perioden import lopend
from voorzieningen.models import Besluit

SAMENGEVOEGD = "huishoudens samengevoegd"


def splits(huishouden: Huishouden, personen: Collection[Persoon], **wat: Any) -> Gezinswijziging:
    """Some go and live on their own, see `households.workflow.splits`; who only looked in doesn't go along."""
    return huishoudens.splits(huishouden, personen, tijdelijk=tijdelijk(huishouden), **wat)


def voeg_samen(
    huishouden: Huishouden,
    opgaat: Huishouden,
    *,
    op: date,
    reden: str = "",
    door: Medewerker,
    gezien: str | None = None,
) -> Gezinswijziging:
    """Two households become one, and what is open of `opgaat` belongs to it from now on.

    Geweigerd while another team still looks at `opgaat`: its answer would be about a household that isn't there.
    """
    with transaction.atomic():
        if opgaat.opschalingen.lopend().exists():
            raise Geweigerd(
                f"Van huishouden {opgaat.pk} loopt nog een opschaling. Schaal die eerst af, of trek haar in."
            )
        wijziging = huishoudens.voeg_samen(
            huishouden,
            opgaat,
            op=op,
            reden=reden,
            door=door,
            gezien=gezien,
            tijdelijk=tijdelijk(opgaat),
        )
        for melding in Melding.objects.open().filter(huishouden=opgaat).order_by("pk"):
            koppel(melding, persoon=melding.persoon, huishouden=huishouden, reden=SAMENGEVOEGD, door=door)
    return wijziging


def maak_gezinswijziging_ongedaan(
    wijziging: Gezinswijziging, *, reden: str, door: Medewerker
) -> Gezinswijziging:
    """All is as it was before the change; meldingen that went along go back.

    Geweigerd when somebody who was registered with the change would be gone, while there is work about them.
    """
    with transaction.atomic():
        terug = huishoudens.maak_ongedaan(wijziging, reden=reden, door=door)
        _laat_niemand_kwijt(terug)
        if wijziging.soort == Wijzigingsoort.SAMENVOEGING:
            mee = Koppeling.objects.filter(
                lopend(),
                huishouden=wijziging.huishouden_id,
                reden=SAMENGEVOEGD,
                vanaf__gte=wijziging.geregistreerd_op,
            )
            for rij in mee.select_related("melding").order_by("melding"):
                zet_koppeling_terug(rij.melding, reden=reden, door=door)
    return terug


def _laat_niemand_kwijt(terug: Gezinswijziging) -> None:
    weg = terug.personen.filter(vervallen_op__isnull=False)
    meldingen = Melding.objects.exclude(status=Status.VERVALLEN).filter(persoon__in=weg)
    if meldingen.exists() or Besluit.objects.filter(persoon__in=weg).exists():
        raise Geweigerd(
            "Over wie met deze wijziging is ingeschreven, is intussen een melding of besluit vastgelegd. "
            "Koppel dat eerst aan iemand anders."
        )
