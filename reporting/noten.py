"""Notes under a table that come from earlier edities: what was corrected since, and which cells that changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from reporting.antwoord import Antwoord, Waarde, beantwoord
from reporting.bewaard import bewaard_antwoord
from reporting.charts.getallen import getal
from reporting.correcties import Cel, Celverschil, cellen_in, registraties_tussen, vergelijk
from reporting.models import Editietabel
from reporting.onderdrukking import drempel_op, verberg
from reporting.register import TABELLEN
from reporting.stroomschema import STROOMSCHEMA
from reporting.telling import tel
from reporting.vraag import Vraag

HOOGSTENS = 5_000
"""Of more things that moved, how many registrations did that isn't looked up."""
GENOEMD = 5
"""So many cells a note names."""


def antwoord_met_noten(vraag: Vraag, *, ruw: bool = False) -> Antwoord:
    """The answer of `beantwoord` with more notes: what isn't in it, and what was corrected since the edition before.

    For whoever shows or hands out one table; costs one statement more where there was no edition, and a constant
    number where there was. Raw figures have no notes of editions, in which small numbers are hidden.
    """
    antwoord = beantwoord(vraag, ruw=ruw) if ruw else bewaard_antwoord(vraag)
    eigen = [een for een in vraag.per_deel() if een.filters == vraag.filters]
    noten = [*antwoord.noten, *(zin for een in eigen for zin in niet_erin(een))]
    if not ruw and (vorige := vorige_edities(vraag, vraag.bekend_op)):
        delen = [antwoord] if vraag.vergelijk is None else [bewaard_antwoord(een) for een in eigen]
        noten += noten_sinds(delen, vorige)
    return replace(antwoord, noten=noten)


def niet_erin(vraag: Vraag) -> list[str]:
    """What the stroomschema, which is always of one categorie, leaves out; nothing under another table."""
    if vraag.tabel != STROOMSCHEMA:
        return []
    filters = {naam: waarde for naam, waarde in vraag.filters.items() if naam != "categorie"}
    alle = tel(TABELLEN["2.4"].tel(replace(vraag, tabel="2.4", filters=filters)))
    aantal = alle.aantal({"categorie": (None,)})
    return [f"Zonder categorie, niet in deze figuur: {aantal} ({vraag.periode.sleutel})."] if aantal else []


def vorige_edities(vraag: Vraag, moment: datetime | None) -> dict[str, Editietabel]:
    """Per period of the question the last edition of this table before `moment` (None is now) that shows it."""
    perioden = [deel.periode.sleutel for deel in vraag.per_deel()]
    eerder = (
        Editietabel.objects.filter(
            Q(editie__periode__in=perioden) | Q(editie__vergelijk__in=perioden),
            tabel=vraag.tabel,
            filters=vraag.filters,
        )
        .order_by("editie__bekend_op", "editie_id")
        .select_related("editie")
        .defer("inhoud", "editie__stamgegevens")
    )
    if moment is not None:
        eerder = eerder.filter(editie__bekend_op__lt=moment)
    gevonden = {
        periode: rij
        for rij in eerder
        for periode in (rij.editie.periode, rij.editie.vergelijk)
        if periode in perioden
    }
    return {periode: gevonden[periode] for periode in perioden if periode in gevonden}


def noten_sinds(delen: Iterable[Antwoord], vorige: Mapping[str, Editietabel]) -> list[str]:
    """A sentence per answer about one period of which something was registered otherwise since the edition.

    Or that shows something else.
    """
    zinnen = []
    for nu in delen:
        rij = vorige.get(nu.vraag.periode.sleutel)
        tot = nu.vraag.bekend_op or timezone.now()
        if rij is not None and rij.editie.bekend_op < tot:
            anders = vergelijk(bewaarde_cellen(rij, nu.vraag.periode.sleutel), cellen_in(nu))
            aantal = registraties_tussen(nu.vraag, rij.editie.bekend_op, tot, HOOGSTENS)
            if anders or aantal:
                zinnen.append(_zin(rij, nu, anders, aantal))
    return zinnen


def bewaarde_cellen(rij: Editietabel, periode: str) -> dict[Cel, Waarde]:
    """What the cells of a period showed in an edition."""
    inhoud: dict[str, Any] = json.loads(bytes(rij.inhoud))
    return {
        Cel(regel["sleutel"], kolom): waarde
        for deel in inhoud["delen"]
        if deel["periode"] == periode
        for regel in deel["rijen"]
        for kolom, waarde in zip(deel["kolommen"], regel["waarden"], strict=True)
    }


def _zin(rij: Editietabel, nu: Antwoord, anders: list[Celverschil], aantal: int) -> str:
    editie, periode = rij.editie, nu.vraag.periode.sleutel
    labels = {regel.sleutel: regel.label for regel in nu.rijen}
    drempel = drempel_op(nu.vraag.periode.begin) if nu.tabel.over_personen else 0
    telt = f"meer dan {getal(HOOGSTENS)}" if aantal > HOOGSTENS else getal(verberg(aantal, drempel))
    oorzaak = (
        f"door {telt} {'registratie' if aantal == 1 and not drempel else 'registraties'}"
        if aantal
        else "niet door een registratie, maar door wat geen eigen registratie heeft"
    )
    wat = "geen cel toont iets anders"
    if anders:
        cellen = [
            f"{labels.get(c.cel.sleutel, c.cel.sleutel)}"
            f"{'' if c.cel.kolom == periode else ', ' + c.cel.kolom}"
            f" ({getal(c.van)}, nu {getal(c.tot)})"
            for c in anders[:GENOEMD]
        ]
        meer = f" en nog {getal(len(anders) - GENOEMD)} andere" if anders[GENOEMD:] else ""
        wat = f"anders: {'; '.join(cellen)}{meer}"
    bekend = timezone.localtime(editie.bekend_op)
    return f"{periode}, sinds editie ‘{editie.titel}’ (bekend op {bekend:%d-%m-%Y}) gecorrigeerd {oorzaak}; {wat}."
