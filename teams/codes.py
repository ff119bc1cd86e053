"""Closed code lists: stored as a small number, named by their code at every door."""

from __future__ import annotations

from typing import Any

from django.db import models


class Code(models.IntegerChoices):
    """A value of a closed list whose code is the word that files, URLs and the API use.

    The number keeps facts and their covering indexes narrow; nobody outside the database sees it.
    """

    @property
    def code(self) -> str:
        """The word for this value in files and URLs, such as `afloop_indicatie`."""
        return self.name.lower()

    @classmethod
    def van_code(cls, code: str) -> Code:
        """The value with this code; KeyError when the list has none."""
        return cls[code.upper()] if code == code.lower() else cls[code]

    @classmethod
    def codes(cls) -> dict[str, Code]:
        """Every value by its code, in the order of the list."""
        return {waarde.code: waarde for waarde in cls}


def codeveld(lijst: type[Code], **opties: Any) -> models.SmallIntegerField:
    """A column that holds one value of `lijst`; give it `in_lijst` too, so the database refuses others."""
    return models.SmallIntegerField(choices=lijst.choices, **opties)


def in_lijst(tabel: str, veld: str, lijst: type[models.Choices]) -> models.CheckConstraint:
    """Constraint that keeps `veld` inside its code list, whoever writes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{veld}__in": lijst.values}), name=f"{tabel}_{veld}_in_lijst"
    )


def niet_voor(tabel: str, begin: str, einde: str) -> models.CheckConstraint:
    """Constraint that `einde` is empty or not before `begin`."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{einde}__isnull": True}) | models.Q(**{f"{einde}__gte": models.F(begin)}),
        name=f"{tabel}_{einde}_niet_voor_{begin}",
    )
