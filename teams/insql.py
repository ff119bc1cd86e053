"""Conditions of `teams.gronden` as SQL: the ORM writes each once per shape of a reader, not again at every question.

Writing them took most of the time of a page. What differs between readers of the same shape (keys of a medewerker
and of teams, the moment) are parameters, for which something else stands while the ORM writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, Field, Q

RIJ = "{rij}"
BINNEN = re.compile(r"\b[A-Z]+[0-9]+\b")


class Tekst(NamedTuple):
    """A condition on a row called `RIJ`, with its parameters."""

    sql: str
    parameters: tuple[Any, ...]

    def met(self, echt: Mapping[Any, Any]) -> Tekst:
        """The same with the real parameters for those that stand in `echt`."""
        return Tekst(self.sql, tuple(echt.get(parameter, parameter) for parameter in self.parameters))


def schrijf(voorwaarde: Q, label: str) -> Tekst | None:
    """`voorwaarde` on a row of the model `label`; None when no row can meet it.

    ValueError when it follows a relation of the row by a join: where it is used that join isn't there.
    """
    model = apps.get_model(label)
    query = model._base_manager.filter(voorwaarde).query
    compiler = query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.compile(query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return Tekst("TRUE", ())
    if sum(aantal > 0 for aantal in query.alias_refcount.values()) > 1:
        raise ValueError(f"De voorwaarde op {label} volgt een relatie; gebruik een Exists.")
    tabel = connection.ops.quote_name(model._meta.db_table)
    # Within another question the ORM uses the same names for its own subqueries.
    eigen = BINNEN.sub(lambda naam: f"recht_{naam[0].lower()}", sql)
    return Tekst(eigen.replace(f"{tabel}.", f"{RIJ}."), tuple(parameters))


class InSql(Expression):
    """A `Tekst` about the rows of the queryset it stands in."""

    conditional = True

    def __init__(self, tekst: Tekst, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field or BooleanField())
        self.tekst = tekst
        self.rij = ""

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> Self:
        """Bound to the table that `query` is about."""
        gebonden: Self = super().resolve_expression(query, *args, **kwargs)
        gebonden.rij = query.get_initial_alias()
        return gebonden

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        """Bound to the same table under its new name."""
        kopie = self.copy()
        kopie.rij = change_map.get(self.rij, self.rij)
        return kopie

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The text with the name of the table in it."""
        naam = compiler.quote_name_unless_alias(self.rij)
        return self.tekst.sql.replace(RIJ, naam), list(self.tekst.parameters)
