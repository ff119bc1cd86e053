"""The brede vraagverheldering, per levensgebied; and scoring by a matrix, where the municipality loaded one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import Levensgebied, Persoon
from meldingen.models import Leefgebied, Matrix, Melding, Score, Scoresoort, Verheldering
from meldingen.workflow.stappen import StapGeweigerd, vergrendel
from teams.models import Medewerker


@dataclass(frozen=True)
class Ingevuld:
    """What somebody filled in about one levensgebied; `gezien` is the key of the version that stood on the screen.

    `personen` are keys, of those in `aangeboden`: who wasn't on the screen stays as it was.
    """

    gezien: int | None
    huishouden: bool
    personen: frozenset[int]
    aangeboden: frozenset[int]
    tekst: str


class VerhelderingGewijzigd(StapGeweigerd):
    """Somebody else wrote about the same levensgebied meanwhile; `nu` is what stands there, by levensgebied."""

    def __init__(self, nu: Mapping[int, Verheldering]) -> None:
        wie = ", ".join(sorted({rij.door.naam for rij in nu.values() if rij.door}))
        waar = ", ".join(rij.levensgebied.naam for rij in nu.values())
        super().__init__(
            f"{wie or 'Iemand anders'} schreef intussen ook bij {waar}. Er is nog niets bewaard; "
            "wat er nu staat ziet u bij dat levensgebied."
        )
        self.nu = nu


def verhelderingen_van(melding: Melding) -> dict[int, Verheldering]:
    """What is in force, by levensgebied; two queries."""
    rijen = melding.verhelderingen.bekend_op(None).select_related("levensgebied", "door", "melding")
    return {rij.levensgebied_id: rij for rij in rijen.prefetch_related("personen")}


def schrijf_verheldering(
    melding: Melding, ingevuld: Mapping[Levensgebied, Ingevuld], *, door: Medewerker
) -> list[Verheldering]:
    """Keep what changed; a levensgebied that `door` left as it was on the screen is left alone.

    So two people who write about different things are in nobody's way. VerhelderingGewijzigd, and nothing is
    written, when somebody else changed the same meanwhile; StapGeweigerd when nothing changes.
    """
    with vergrendel(melding, door=door) as melding:
        nu = verhelderingen_van(melding)
        getoond = [wat.gezien for wat in ingevuld.values() if wat.gezien]
        eerder = {
            rij.pk: rij for rij in melding.verhelderingen.filter(pk__in=getoond).prefetch_related("personen")
        }
        anders = {
            gebied: wat
            for gebied, wat in ingevuld.items()
            if _inhoud(eerder.get(wat.gezien or 0), wat.aangeboden)
            != (wat.huishouden, wat.personen, wat.tekst.strip())
        }
        if botst := {
            gebied.pk: nu[gebied.pk]
            for gebied, wat in anders.items()
            if gebied.pk in nu and nu[gebied.pk].pk != wat.gezien
        }:
            raise VerhelderingGewijzigd(botst)
        if not anders:
            raise StapGeweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        return [_volgende(melding, gebied, nu.get(gebied.pk), wat, door) for gebied, wat in anders.items()]


def _inhoud(rij: Verheldering | None, aangeboden: Collection[int]) -> tuple[bool, frozenset[int], str]:
    if rij is None:
        return False, frozenset(), ""
    return rij.huishouden, frozenset(lid.pk for lid in rij.personen.all()) & frozenset(aangeboden), rij.tekst


def _volgende(
    melding: Melding, gebied: Levensgebied, oud: Verheldering | None, wat: Ingevuld, door: Medewerker
) -> Verheldering:
    blijft: set[int] = set()
    if oud:
        blijft = {lid.pk for lid in oud.personen.all()} - wat.aangeboden
        Verheldering.objects.filter(pk=oud.pk).update(
            vervallen_op=Greatest(Now(), F("geregistreerd_op")),
            vervallen_door=door,
            vervallen_reden="er is verder aan geschreven",
        )
    rij = Verheldering.objects.create(
        melding=melding,
        levensgebied=gebied,
        huishouden=wat.huishouden,
        tekst=wat.tekst.strip(),
        door=door,
    )
    rij.personen.set(wat.personen | blijft)
    return rij


def laatste_score(persoon: Persoon) -> int:
    """Up to where the scores of a person go, for who is going to add to them; 0 when there are none.

    Of all their meldingen: there is one score a day per leefgebied, whichever melding it was for.
    """
    rij = Score.objects.filter(persoon=persoon).order_by("-pk").first()
    return rij.pk if rij else 0


def leg_scores_vast(
    melding: Melding,
    persoon: Persoon,
    *,
    scores: Mapping[Leefgebied, Scoresoort],
    datum: date,
    gezien: int,
    door: Medewerker,
) -> list[Score]:
    """How somebody was doing on a day; another score of that day in the same leefgebied lapses, and stays readable.

    `gezien` is the `laatste_score` of the screen. StapGeweigerd when somebody else scored meanwhile, for a day that
    is still to come or on which no matrix was used, for a level of another one, and when nothing changes.
    """
    with vergrendel(melding, door=door) as melding:
        Persoon.objects.select_for_update(no_key=True).get(pk=persoon.pk)
        vandaag = timezone.localdate()
        if datum > vandaag:
            raise StapGeweigerd(f"Een score op {datum:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
        matrix = Matrix.objects.geldig_op(datum)
        if matrix is None:
            raise StapGeweigerd(f"Op {datum:%d-%m-%Y} gold er geen matrix.")
        if any(
            gebied.matrix_id != matrix.pk or soort.leefgebied_id != gebied.pk
            for gebied, soort in scores.items()
        ):
            raise StapGeweigerd(f"Op {datum:%d-%m-%Y} gold een andere matrix: {matrix.naam}.")
        if laatste_score(persoon) != gezien:
            raise StapGeweigerd(
                "Iemand anders legde intussen ook scores vast. Er is nog niets bewaard; kijk of het nog klopt."
            )
        eerder = Score.objects.bekend_op(None).filter(persoon=persoon, datum=datum, leefgebied__in=scores)
        oud = {rij.leefgebied_id: rij for rij in eerder}
        anders = {
            gebied: soort
            for gebied, soort in scores.items()
            if gebied.pk not in oud or oud[gebied.pk].scoresoort_id != soort.pk
        }
        if not anders:
            raise StapGeweigerd("Er verandert niets: kies bij een leefgebied een niveau.")
        Score.objects.filter(pk__in=[oud[gebied.pk].pk for gebied in anders if gebied.pk in oud]).update(
            vervallen_op=Greatest(Now(), F("geregistreerd_op")),
            vervallen_door=door,
            vervallen_reden="opnieuw gescoord voor dezelfde dag",
        )
        return Score.objects.bulk_create(
            Score(
                melding=melding,
                persoon=persoon,
                leefgebied=gebied,
                scoresoort=soort,
                datum=datum,
                door=door,
            )
            for gebied, soort in anders.items()
        )
