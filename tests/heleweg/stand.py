"""All that is stored about households, meldingen and help at one moment, in one statement."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection

NIET_BESCHREVEN = (
    "households_levensgebied",
    "meldingen_klantcontact",
    "voorzieningen_aanbieder",
    "voorzieningen_algemenevoorziening",
    "voorzieningen_voorziening",
    "voorzieningen_kaartwijziging",
)
"""Beginnings of the names of tables that no step of the way writes; what is left holds all that one may write."""
LOGBOEKEN: dict[str, str | None] = {
    "meldingen_gebeurtenis": "vervallen_op",
    "meldingen_gesprek": "afgezegd_op",
    "meldingen_koppeling": "tot",
    "meldingen_toewijzing": "tot",
    "meldingen_verslag": "vervallen_op",
    "households_gezinswijziging": "ongedaan_op",
    "households_planwijziging": None,
    "voorzieningen_aanvraag": None,
    "voorzieningen_besluitstap": None,
    "voorzieningen_opschorting": "tot",
}
"""Where a step leaves its one row, and the column that tells when that row was closed with who and, mostly, why."""

Rij = dict[str, Any]


class Lezer:
    """Reads every table of the domain of the connection it was made on; prepared, since it does so after each step."""

    def __init__(self) -> None:
        modellen = [
            model
            for app in ("households", "voorzieningen", "meldingen")
            for model in apps.get_app_config(app).get_models(include_auto_created=True)
            if not model._meta.db_table.startswith(NIET_BESCHREVEN)
        ] + [apps.get_model("teams.Bericht")]
        self.tabellen = [model._meta.db_table for model in modellen]
        sleutels = [", ".join(f"t.{veld.column}" for veld in model._meta.pk_fields) for model in modellen]
        kolommen = ", ".join(
            f"(SELECT json_agg(t ORDER BY {sleutel})::text FROM {tabel} t)"
            for tabel, sleutel in zip(self.tabellen, sleutels, strict=True)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE hele_weg AS SELECT {kolommen}")

    def lees(self) -> Stand:
        """How it all is now."""
        with connection.cursor() as cursor:
            cursor.execute("EXECUTE hele_weg")
            rij = cursor.fetchone()
        assert rij
        return Stand(dict(zip(self.tabellen, rij, strict=True)))


class Stand:
    """Every row at one moment; equal to another when nothing at all differs."""

    _gelezen: dict[str, list[Rij]] = {}

    def __init__(self, teksten: dict[str, str | None]) -> None:
        self.teksten = teksten

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, Stand) and self.teksten == ander.teksten

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, tabel: str) -> list[Rij]:
        """The rows of a table in order of key, as they are in the database; dates are text, which sorts as they do."""
        tekst = self.teksten[tabel]
        if tekst is None:
            return []
        if tekst not in self._gelezen:
            if len(self._gelezen) > 5_000:
                self._gelezen.clear()
            self._gelezen[tekst] = json.loads(tekst)
        return self._gelezen[tekst]

    def waar(self, tabel: str, past: Callable[[Rij], object]) -> list[Rij]:
        """The rows of a table that fit."""
        return [rij for rij in self[tabel] if past(rij)]

    def anders_dan(self, ander: Stand) -> list[str]:
        """The names of the tables that differ, for who reads of a failure."""
        return [naam for naam, tekst in self.teksten.items() if tekst != ander.teksten[naam]]

    def geschiedenis(self) -> Counter[str]:
        """How many rows of history there are of each kind, and how many of them are closed."""
        telling: Counter[str] = Counter()
        for tabel, gesloten in LOGBOEKEN.items():
            naam = tabel.partition("_")[2]
            telling[naam] = len(self[tabel])
            if gesloten:
                telling[f"{naam} gesloten"] = sum(rij[gesloten] is not None for rij in self[tabel])
        return telling
