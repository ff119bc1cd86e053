"""What can only be seen between rows: keys, references, order of dates, two `ontvangen` at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from config.overdracht.bestand import Bestand, Regel, Verwijzing
from config.overdracht.bestanden import GEBEURTENISSEN
from config.overdracht.fouten import Foutenlijst
from meldingen.models import Soort

INGANG = "coalesce(s.geregistreerd_op, least(now(), s.vervallen_op))"
"""When a row was registered: at the import, unless it says so, and never after it lapsed."""

VERVALLEN_NA_REGISTRATIE = Regel(
    "vervallen_op",
    "s.vervallen_op < s.geregistreerd_op",
    "ligt voor geregistreerd_op; verwacht hetzelfde moment of later",
)

_INHOUD = {kolom.naam: kolom.inhoud for kolom in GEBEURTENISSEN.kolommen}
_ZELFDE = ("soort", "datum", "reden", "categorie", "kanaal", "aanleiding")
TWEE_ONTVANGEN = f"""
WITH ontvangen AS NOT MATERIALIZED (
    SELECT s.regel, s.ref, s.melding_ref, {INGANG} AS van, s.vervallen_op AS tot
    FROM {GEBEURTENISSEN.staging} s WHERE s.soort = 'ontvangen'
), komt AS MATERIALIZED (
    SELECT * FROM ontvangen WHERE melding_ref IN ({{meer}})
), laatste AS (
    SELECT DISTINCT ON (g.ref) g.id, g.ref, s.regel, s.vervallen_op AS tot,
           (s.melding_ref, s.team_code, {", ".join(_INHOUD[kolom] for kolom in _ZELFDE)})
           IS DISTINCT FROM (m.ref, t.code, {", ".join(f"g.{kolom}" for kolom in _ZELFDE)}) AS anders
    FROM {GEBEURTENISSEN.staging} s
    JOIN meldingen_gebeurtenis g ON g.ref = s.ref
    JOIN meldingen_melding m ON m.id = g.melding_id
    LEFT JOIN teams_team t ON t.id = g.team_id
    ORDER BY g.ref, g.versie DESC
), samen AS (
    SELECT komt.regel, komt.melding_ref, komt.van, komt.tot FROM komt
    WHERE NOT EXISTS (SELECT FROM laatste WHERE laatste.ref = komt.ref)
    UNION ALL
    SELECT komt.regel, komt.melding_ref, now(), NULL FROM komt
    JOIN laatste ON laatste.ref = komt.ref AND laatste.anders WHERE komt.tot IS NULL
    UNION ALL
    SELECT laatste.regel, m.ref, g.geregistreerd_op,
           CASE WHEN laatste.id IS NULL OR g.vervallen_op IS NOT NULL THEN g.vervallen_op
                WHEN laatste.anders THEN now() ELSE laatste.tot END
    FROM meldingen_gebeurtenis g
    JOIN meldingen_melding m ON m.id = g.melding_id
    LEFT JOIN laatste ON laatste.id = g.id
    WHERE g.soort = {Soort.ONTVANGEN} AND m.ref IN (SELECT melding_ref FROM komt)
), naast AS (
    SELECT regel, melding_ref, van, tot,
           lag(coalesce(tot, 'infinity')) OVER w AS vorige_tot, lag(regel) OVER w AS vorige_regel
    FROM samen WHERE tot IS NULL OR tot > van
    WINDOW w AS (PARTITION BY melding_ref ORDER BY van, tot NULLS LAST)
)
SELECT coalesce(regel, vorige_regel), melding_ref FROM naast
WHERE vorige_tot > van AND coalesce(regel, vorige_regel) IS NOT NULL
"""
"""Two `ontvangen` in force at one moment, of what is stored and what comes together, for the meldingen of `meer`."""
MEER_DAN_EEN = f"""
    SELECT melding_ref FROM ontvangen GROUP BY melding_ref HAVING count(*) > 1
    UNION
    SELECT m.ref FROM meldingen_gebeurtenis g JOIN meldingen_melding m ON m.id = g.melding_id
    WHERE g.soort = {Soort.ONTVANGEN} AND m.ref IN (SELECT melding_ref FROM ontvangen)
"""
"""Most meldingen get one and have none, and need no further look."""
VERVALLEN = "SELECT melding_ref FROM ontvangen WHERE tot IS NOT NULL"
"""Where none is stored yet: two that did not lapse are refused by the index that says so."""


class Controle:
    """Set-based checks over the staging tables and what is already stored; reads only."""

    def __init__(self, cursor: Any, volgorde: dict[str, int], fouten: Foutenlijst) -> None:
        self.cursor = cursor
        self.volgorde = volgorde
        self.fouten = fouten
        self.bewaard: list[Callable[[], None]] = []

    def controleer(self, bestanden: list[Bestand], leeg: set[str]) -> None:
        """Reports the mistakes between rows of `bestanden`, all of which have been read.

        What an index or a column of a table in `leeg` refuses anyhow, faster than it is looked up, waits for `alsnog`:
        that is called when the writing was refused. When there is a mistake already, nothing waits.
        """
        gelezen = {bestand.naam for bestand in bestanden}
        for bestand in bestanden:
            nieuw = bestand.tabel in leeg
            verplicht = {kolom.naam for kolom in bestand.kolommen if kolom.verplicht}
            for v in bestand.verwijzingen:
                zoek = partial(self._verwijzing, bestand, v, v.bestand in gelezen)
                self._doe(zoek, later=nieuw and v.kolom in verplicht)
            self._regels(bestand)
            if bestand.versies:
                self._vervallen_na_opslag(bestand)
            dubbel = partial(self._dubbele_sleutels, bestand)
            self._doe(dubbel, later=nieuw and bestand.sleutel == ("ref",))
            if bestand.naam == GEBEURTENISSEN.naam:
                self._doe(self._een_ontvangen, later=nieuw and not self._twee_ontvangen(VERVALLEN))
            if bestand.naam == "externe_cijfers" and "geregistreerd_op" in bestand.sleutel:
                self._een_extern_cijfer(bestand)
        if self.fouten.totaal:
            self.alsnog()

    def alsnog(self) -> None:
        """Reports what `controleer` left to the writing."""
        while self.bewaard:
            self.bewaard.pop()()

    def _doe(self, controle: Callable[[], None], *, later: bool) -> None:
        if later:
            self.bewaard.append(controle)
        else:
            controle()

    def _meld(self, bestand: Bestand, kolom: str, vraag: str, tekst: str) -> None:
        """Reports the rows `(regel, waarde)` of `vraag`; `{}` in `tekst` becomes the value."""
        self.cursor.execute(
            f"SELECT regel, left(waarde, 64), count(*) OVER () FROM ({vraag}) AS gevonden (regel, waarde)"
            f" ORDER BY regel LIMIT {self.fouten.maximum}"
        )
        rijen = self.cursor.fetchall()
        for plaats, (regel, waarde, totaal) in enumerate(rijen):
            aantal = totaal - plaats if plaats == len(rijen) - 1 else 1
            self.fouten.meld(
                self.volgorde[bestand.naam],
                f"{bestand.naam}.csv",
                regel,
                kolom,
                tekst.format(waarde),
                aantal=aantal,
            )

    def _dubbele_sleutels(self, bestand: Bestand) -> None:
        inhoud = {kolom.naam: kolom.inhoud for kolom in bestand.kolommen}
        sleutel = ", ".join(inhoud[kolom] for kolom in bestand.sleutel)
        self.cursor.execute(
            f"SELECT EXISTS (SELECT FROM {bestand.staging} s WHERE s.{bestand.sleutel[0]} IS NOT NULL"
            f" GROUP BY {sleutel} HAVING count(*) > 1)"
        )
        if not self.cursor.fetchone()[0]:
            return
        self._meld(
            bestand,
            ", ".join(bestand.sleutel),
            f"SELECT regel, eerste::text FROM (SELECT s.regel, min(s.regel) OVER (PARTITION BY {sleutel}) AS eerste,"
            f" s.{bestand.sleutel[0]} AS sleutel FROM {bestand.staging} s) d"
            " WHERE sleutel IS NOT NULL AND regel > eerste",
            "staat ook op regel {}; verwacht een sleutel die maar eens voorkomt",
        )

    def _verwijzing(self, bestand: Bestand, v: Verwijzing, gelezen: bool) -> None:
        in_map = (
            f" AND NOT EXISTS (SELECT FROM overdracht_{v.bestand} n WHERE n.{v.sleutel} = s.{v.kolom})"
            if gelezen
            else ""
        )
        self._meld(
            bestand,
            v.kolom,
            f"SELECT s.regel, s.{v.kolom} FROM {bestand.staging} s WHERE s.{v.kolom} IS NOT NULL{in_map}"
            f" AND NOT EXISTS (SELECT FROM {v.tabel} o WHERE o.{v.sleutel} = s.{v.kolom})",
            f"‘{{}}’ bestaat niet; verwacht een {v.sleutel} uit {v.bestand}.csv of uit de database",
        )

    def _regels(self, bestand: Bestand) -> None:
        """All rules of a file in one pass; only a rule that is broken is looked at again."""
        regels = bestand.regels
        if any(kolom.naam == "vervallen_op" for kolom in bestand.kolommen):
            regels = (*regels, VERVALLEN_NA_REGISTRATIE)
        if not regels:
            return
        gebroken = ", ".join(f"coalesce(bool_or({regel.fout}), false)" for regel in regels)
        self.cursor.execute(f"SELECT {gebroken} FROM {bestand.staging} s")
        for regel, fout in zip(regels, self.cursor.fetchone(), strict=True):
            if fout:
                self._meld(
                    bestand,
                    regel.kolom,
                    f"SELECT s.regel, '' FROM {bestand.staging} s WHERE {regel.fout}",
                    regel.tekst,
                )

    def _vervallen_na_opslag(self, bestand: Bestand) -> None:
        self._meld(
            bestand,
            "vervallen_op",
            f"SELECT s.regel, '' FROM {bestand.staging} s JOIN {bestand.tabel} o ON o.ref = s.ref"
            " WHERE s.vervallen_op < o.geregistreerd_op AND o.vervallen_op IS NULL",
            "ligt voor het moment waarop deze rij is opgeslagen; verwacht een later moment",
        )

    def _een_ontvangen(self) -> None:
        self._meld(
            GEBEURTENISSEN,
            "soort",
            TWEE_ONTVANGEN.format(meer=MEER_DAN_EEN),
            "melding ‘{}’ heeft dan twee keer ontvangen van kracht; verwacht hoogstens een tegelijk",
        )

    def _twee_ontvangen(self, meer: str) -> bool:
        self.cursor.execute(f"SELECT EXISTS ({TWEE_ONTVANGEN.format(meer=meer)})")
        return bool(self.cursor.fetchone()[0])

    def _een_extern_cijfer(self, bestand: Bestand) -> None:
        self._meld(
            bestand,
            "rij",
            f"""
            SELECT regel, eerste::text FROM (
                SELECT s.regel, min(s.regel) OVER (PARTITION BY s.tabel, s.rij, s.kolom, s.periode) AS eerste
                FROM {bestand.staging} s WHERE s.vervallen_op IS NULL
            ) d WHERE regel > eerste
            """,
            "voor deze cel geldt al het cijfer van regel {}; verwacht hoogstens een dat niet vervallen is",
        )
