"""The same call twice is done once: under an Idempotency-Key the first answer is kept with what it brought about.

After draft-ietf-httpapi-idempotency-key-header; kept for `idempotentie_dagen`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from teams.api.aanmelden import Toegang
from teams.api.problemen import Botsing
from teams.models import Herhaling

KOP = "Idempotency-Key"
LANGST = 255
BEGIN = """
INSERT INTO teams_herhaling (afnemer_id, sleutel, verzoek, status, koppen)
VALUES (%s, %s, %s, 0, '{}') ON CONFLICT (afnemer_id, sleutel) DO NOTHING RETURNING id
"""
EINDE = "UPDATE teams_herhaling SET status = %s, koppen = %s, inhoud = %s WHERE id = %s"
KOPPEN = ("Location", "ETag")
"""What else than the body belongs to the answer."""
ANDERS = (
    f"Deze {KOP} is al gebruikt voor een ander verzoek. Gebruik voor elk nieuw verzoek een nieuwe sleutel, "
    "en dezelfde alleen om precies hetzelfde verzoek te herhalen."
)
VERWACHT = f"Verwacht 1 tot {LANGST} zichtbare tekens, bijvoorbeeld een UUID."


def eenmalig(request: Request, doe: Callable[[], Response]) -> Response:
    """The answer of `doe`, or the one that the same call got before; inside the transaction of the call.

    A second call waits until the first is done. Botsing (409) when the key was used for something else; what is
    refused is rolled back with its key, so it can be mended and sent again.
    """
    sleutel = request.headers.get(KOP)
    if sleutel is None or not isinstance(request.auth, Toegang):
        return doe()
    if not (0 < len(sleutel) <= LANGST and sleutel.isascii() and sleutel.isprintable()):
        raise ValidationError({KOP: [VERWACHT]})
    afnemer = request.auth.afnemer
    verzoek = _afdruk(request)
    nieuw = _begin(afnemer.pk, sleutel, verzoek)
    if nieuw is None:
        eerder = Herhaling.objects.get(afnemer=afnemer, sleutel=sleutel)
        if eerder.verzoek != verzoek:
            raise Botsing(ANDERS)
        koppen = {**eerder.koppen, "Idempotent-Replayed": "true"}
        return Response(json.loads(eerder.inhoud), status=eerder.status, headers=koppen)
    antwoord = doe()
    koppen = {kop: antwoord.headers[kop] for kop in KOPPEN if kop in antwoord.headers}
    inhoud = json.dumps(antwoord.data, cls=JSONEncoder, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(EINDE, [antwoord.status_code, json.dumps(koppen), inhoud, nieuw])
    return antwoord


def _afdruk(request: Request) -> str:
    """Of what was asked; the same values in another order of the fields are the same call."""
    inhoud: Any = request.data
    kern = json.dumps(
        [request.method, request.path, inhoud], sort_keys=True, cls=JSONEncoder, ensure_ascii=False
    )
    return hashlib.sha256(kern.encode("utf-8", "surrogatepass")).hexdigest()


def _begin(afnemer: int, sleutel: str, verzoek: str) -> int | None:
    """The key of a new row; None when there is one. Waits for the transaction that is writing the same."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [afnemer, sleutel, verzoek])
        rij = cursor.fetchone()
    return int(rij[0]) if rij else None
