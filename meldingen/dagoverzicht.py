"""The mail of the morning: how many signals somebody has, and where they stand; nothing about anybody."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db import connection
from django.urls import reverse

from meldingen.signalen import SOORTEN
from meldingen.signalen.peiling import Peiling, alle_besluitdagen, alle_instellingen
from meldingen.signalen.toedeling import vraag
from teams.berichten import Mededeling, kondig_alle_aan
from teams.models import Medewerker
from teams.perioden import begin_van
from teams.post import Bericht

SOORT = "dagoverzicht"
PER_ONTVANGER = "SELECT ontvanger, soort, count(*) FROM ontvangen GROUP BY ontvanger, soort"


def kondig_dagoverzichten_aan(op: date) -> int:
    """Announce a mail for everybody who has signals on the day `op`; returns to how many that is news.

    At most one per medewerker and day, by its key; who has none, or doesn't work in a team any more, gets nothing.
    The number of statements doesn't depend on how many there are.
    """
    eind_van_de_dag = begin_van(op + timedelta(days=1)) - timedelta(microseconds=1)
    with connection.cursor() as cursor:
        peiling = Peiling(eind_van_de_dag, alle_instellingen(), alle_besluitdagen())
        cursor.execute(*vraag(PER_ONTVANGER, peiling))
        geteld = cursor.fetchall()
    per_ontvanger: dict[int, dict[str, int]] = defaultdict(dict)
    for ontvanger, soort, aantal in geteld:
        per_ontvanger[ontvanger][soort] = aantal
    al_aangekondigd = set(
        Bericht.objects.filter(sleutel__startswith=f"{SOORT}:{op}:").values_list("sleutel", flat=True)
    )
    nieuw = [
        _mededeling(medewerker, op, per_ontvanger[medewerker.pk])
        for medewerker in Medewerker.objects.in_bulk(per_ontvanger).values()
        if _sleutel(medewerker, op) not in al_aangekondigd
    ]
    kondig_alle_aan(SOORT, nieuw)
    return len(nieuw)


def _sleutel(medewerker: Medewerker, op: date) -> str:
    return f"{SOORT}:{op}:{medewerker.pk}"


def _mededeling(medewerker: Medewerker, op: date, aantallen: dict[str, int]) -> Mededeling:
    regels = [f"{aantallen[soort.code]} keer: {soort.titel}" for soort in SOORTEN if soort.code in aantallen]
    return Mededeling(
        aan=medewerker,
        gegevens={
            "aantal": sum(aantallen.values()),
            "regels": "\n".join(regels),
            "pad": reverse("signalen"),
        },
        sleutel=_sleutel(medewerker, op),
    )
