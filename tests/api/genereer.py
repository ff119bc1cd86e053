"""Calls that schemathesis makes up from a description, sent to the real WSGI application, each undone again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any

import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

ALTIJD = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SOORT_FOUT = "urn:eenplan:fout:"
"""What the type of every error begins with, which a call may hold by chance."""
PROJECT = Path(__file__).parents[2]
LANG_GENOEG = 6
"""A shorter text may stand in an error by chance."""
Koppen = Mapping[str, str]


def beproef(
    beschrijving: dict[str, Any],
    rollen: Mapping[str, Koppen],
    echt: Callable[[str], Sequence[str]],
    *,
    aantal: int,
    soort_fout: str,
    streng: bool,
) -> int:
    """At least `aantal` calls, spread over the operations of a description, good ones and bad ones; how many it were.

    `rollen` are headers by who asks, the first with every right; `echt` gives keys of rows that there are, for a
    piece of an address and for `{"uuid": …}` in a body. Asserted of every answer: no 5xx, what the description says,
    no traceback, and in an error nothing of what was sent. `streng` says that every wrong call has to be refused.
    """
    schema = schemathesis.openapi.from_dict(
        beschrijving,
        config=SchemathesisConfig(
            projects=ProjectsConfig(
                default=ProjectConfig(generation=GenerationConfig(with_security_parameters=False))
            )
        ),
    )
    schema.app = get_wsgi_application()
    bekend = f"{json.dumps(beschrijving, ensure_ascii=False)} {SOORT_FOUT} {_eigen_woorden()}".lower()
    geteld = 0
    namen = list(rollen)
    rol = st.one_of(st.just(namen[0]), st.sampled_from(namen))

    operaties = [gevonden.ok() for gevonden in schema.get_all_operations()]
    # Of an address that takes little there are few different calls.
    per_operatie = ceil(1.3 * aantal / len(operaties))
    for operatie in operaties:
        gevallen = st.one_of(
            *(operatie.as_strategy(generation_mode=wijze) for wijze in schemathesis.GenerationMode)
        )

        @settings(
            max_examples=per_operatie,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(geval=gevallen, wie=rol, bestaand=st.integers(0, 5))
        def proef(geval: schemathesis.Case, wie: str, bestaand: int) -> None:
            nonlocal geteld
            geteld += 1
            if bestaand:
                _noem_wat_er_is(geval, echt, bestaand)
            geval.headers = {
                naam: waarde
                for naam, waarde in (geval.headers or {}).items()
                if naam.lower() != "authorization"
            } | dict(rollen[wie])
            with transaction.atomic():
                antwoord = geval.call()
                transaction.set_rollback(True)
            assert antwoord.status_code < 500, antwoord.text
            if antwoord.status_code >= 400:
                assert antwoord.headers["content-type"] == [soort_fout], antwoord.headers["content-type"]
                _zonder_herhaling(geval, antwoord.json(), bekend)
            geval.validate_response(
                antwoord, checks=[*ALTIJD, *([negative_data_rejection] if streng and not bestaand else [])]
            )

        with _verbinding_blijft():
            proef()
    return geteld


@contextmanager
def _verbinding_blijft() -> Iterator[None]:
    """As with Django's own test client: a request doesn't end the connection, and with it the test's transaction.

    That client puts it back after each of its own calls, so nothing may use it meanwhile.
    """
    seinen = (signals.request_started, signals.request_finished)
    for sein in seinen:
        sein.disconnect(close_old_connections)
    try:
        yield
    finally:
        for sein in seinen:
            sein.connect(close_old_connections)


def _noem_wat_er_is(geval: schemathesis.Case, echt: Callable[[str], Sequence[str]], welke: int) -> None:
    """Rows that there are instead of made up ones, in the address and in the body."""
    if geval.path_parameters:
        rijen = echt(geval.path.split("/")[1])
        for naam in geval.path_parameters:
            if rijen:
                geval.path_parameters[naam] = rijen[welke % len(rijen)]
    _vul(geval.body, echt, welke)


def _vul(deel: Any, echt: Callable[[str], Sequence[str]], welke: int, naam: str = "") -> None:
    if isinstance(deel, dict):
        if set(deel) == {"uuid"} and (rijen := echt(naam)):
            deel["uuid"] = rijen[welke % len(rijen)]
        for onder, waarde in deel.items():
            _vul(waarde, echt, welke, str(onder))
    elif isinstance(deel, list):
        for waarde in deel:
            _vul(waarde, echt, welke, naam)


def _eigen_woorden() -> str:
    """The texts of the code that answers: Hypothesis takes its examples from them, too."""
    return " ".join(
        bestand.read_text()
        for pakket in ("teams/api", "meldingen/api", "meldingen/klantinteracties", "reporting")
        for bestand in sorted((PROJECT / pakket).rglob("*.py"))
    )


def _zonder_herhaling(geval: schemathesis.Case, fout: dict[str, Any], bekend: str) -> None:
    """No traceback, and no text of the call that isn't a word of the description or of our own sentences."""
    rest = {naam: waarde for naam, waarde in fout.items() if naam not in ("requestId", "instance")}
    tekst = json.dumps(rest, ensure_ascii=False)
    assert "Traceback" not in tekst
    for gestuurd in _teksten([geval.body, geval.query, geval.path_parameters]):
        if len(gestuurd.strip()) >= LANG_GENOEG and json.dumps(gestuurd, ensure_ascii=False)[1:-1] in tekst:
            assert gestuurd.lower() in bekend, (gestuurd, tekst)


def _teksten(deel: Any) -> list[str]:
    if isinstance(deel, str):
        return [deel]
    if isinstance(deel, Mapping):
        return [tekst for paar in deel.items() for een in paar for tekst in _teksten(een)]
    if isinstance(deel, list | tuple):
        return [tekst for een in deel for tekst in _teksten(een)]
    return []
