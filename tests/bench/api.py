"""`python -m tests.bench.api`: the API of the KCC against an empty endpoint, the bare rows, and five calls for one.

With all processors at work, `--kind` does the contactverzoeken of one process.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

from tests.bench.database import connection, eigen_database  # isort: skip

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from oauth2_provider.models import AccessToken
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.urls import urlpatterns as eigen_adressen
from meldingen.models import Melding, Terugbelverzoek
from teams.models import Afnemer, Postcodegebied, Scope, Team, Teamsoort
from teams.workflow.afnemers import geef_teken, maak_afnemer
from tests.klantinteracties.kiss import Kiss

BLOKKEN, OPWARMEN, RONDEN = 6, 5, 40
SAMEN = 300
OPEN = 100
PEER_INTAKE, PEER_LIJST_MS, PEER_OPDRACHTEN = 24, 450, 304
"""What another product for the same work reached on like hardware: contactverzoeken a second, and its list of 100."""
MAX_INNAME, MAX_LIJST = 15, 6
KEER_INTAKE, KEER_LIJST = 5, 20
TELLER = count(1)
CONTACT = {
    "kanaal": "telefoon",
    "onderwerp": "Huishoudelijke hulp",
    "inhoud": "Moeder valt vaak en redt het niet meer alleen.",
    "indicatieContactGelukt": True,
    "taal": "nld",
    "vertrouwelijk": False,
    "plaatsgevondenOp": "2026-11-20T10:15:00+01:00",
}


class Leeg(APIView):
    """What the framework itself costs."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []

    def get(self, request: Request) -> Response:
        """Nothing."""
        return Response({})

    def post(self, request: Request) -> Response:
        """Nothing of what was sent."""
        return Response(dict.fromkeys(request.data), status=201)


urlpatterns = [path("api/leeg", transaction.non_atomic_requests(Leeg.as_view())), *eigen_adressen]


def body(nummer: int) -> dict[str, Any]:
    """A contactverzoek: contact, who calls, whom it is about with an address, and the promise to call back."""
    return {
        "melder": {
            "soort": "naaste",
            "naam": "Ans de Boer",
            "telefoon": f"06{nummer:08d}",
            "relatie": "dochter",
        },
        "persoon": {
            "achternaam": "Boer",
            "tussenvoegsel": "de",
            "voornamen": "Truus",
            "geboortedatum": "1941-05-06",
            "postcode": "1315AB",
            "huisnummer": str(nummer),
        },
        "vraag": "Moeder valt vaak en redt het niet meer alleen.",
        "klantcontact": {"kanaal": "telefoon", "thema": "zorg_en_ondersteuning", "wet": "wmo"},
        "terugbelverzoek": {"vraag": "Graag na 17 uur"},
    }


def maak_kcc() -> tuple[Afnemer, Client]:
    """An afnemer without limits that are met, with a token."""
    team = Team.objects.create(code="haven", naam="Team Haven", soort=Teamsoort.WIJKTEAM, stadsdeel="West")
    Postcodegebied.objects.create(postcode="1315", team=team)
    afnemer, _ = maak_afnemer(naam="KCC", scopes=Scope.values, per_minuut=10**9, per_dag=10**9)
    verloopt = timezone.now() + timedelta(days=1)
    token = AccessToken(application=afnemer, scope=" ".join(afnemer.scopes), expires=verloopt, token="")
    token._raw_token = "bench"
    token.save()
    return afnemer, Client(headers={"Authorization": "Bearer bench"}, raise_request_exception=True)


def neem_in(kcc: Client) -> None:
    """One contactverzoek, under a key of its own."""
    nummer = next(TELLER)
    gedaan = kcc.post(
        "/api/v1/meldingen", body(nummer), "application/json", headers={"Idempotency-Key": f"bench-{nummer}"}
    )
    assert gedaan.status_code == 201, gedaan.content


def vijf_aanroepen(kiss: Client) -> None:
    """The same by Klantinteracties: contact, betrokkene, address, the actor who is to call, and the task."""
    nummer = next(TELLER)

    def stuur(methode: str, pad: str, inhoud: Any) -> tuple[int, Any]:
        gekregen = kiss.generic(methode, pad, json.dumps(inhoud), "application/json")
        return gekregen.status_code, gekregen.json()

    wie = Kiss(stuur)
    contact = wie.doe("POST", "klantcontacten", CONTACT)
    betrokkene = wie.betrokkene(contact, naam="Boer")
    wie.adres(betrokkene, f"06{nummer:08d}")
    wie.taak(contact, wie.afdeling())


def lees_lijst(
    kcc: Client, pad: str = "terugbelverzoeken?open=true&paginaGrootte=100", rijen: int = OPEN
) -> None:
    """The open call-backs."""
    antwoord = kcc.get(f"/api/v1/{pad}")
    assert len(antwoord.json()["resultaten"]) == rijen, antwoord.content


def maak_kiss(afnemer: Afnemer) -> Client:
    """The same afnemer with a teken; its team is known to it as an actor."""
    _, tekst = geef_teken(afnemer)
    return Client(headers={"Authorization": f"Token {tekst}"}, raise_request_exception=True)


def samen_per_seconde(database: str) -> float:
    """Contactverzoeken a second with a process per processor, each a caller of its own."""
    opdracht = [sys.executable, "-m", "tests.bench.api", "--kind", database]
    kinderen = [
        subprocess.Popen([*opdracht, str(nummer)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for nummer in range(os.cpu_count() or 1)
    ]
    for kind in kinderen:
        assert kind.stdout is not None
        assert kind.stdout.readline() == "klaar\n"
    begin = time.perf_counter()
    for kind in kinderen:
        assert kind.stdin is not None
        kind.stdin.close()
    for kind in kinderen:
        kind.wait()
    return SAMEN * len(kinderen) / (time.perf_counter() - begin)


def kind_van(database: str, nummer: int) -> None:
    """What `samen_per_seconde` starts: waits until its input ends, and does its contactverzoeken."""
    connection.settings_dict["NAME"] = database
    global TELLER
    TELLER = count(1_000_000 * (nummer + 1))
    kcc = Client(headers={"Authorization": "Bearer bench"}, raise_request_exception=True)
    with _adressen():
        for _ in range(OPWARMEN):
            neem_in(kcc)
        print("klaar", flush=True)
        sys.stdin.readline()
        for _ in range(SAMEN):
            neem_in(kcc)


def leeg(kcc: Client) -> None:
    """The same body to an address that does nothing."""
    assert kcc.post("/api/leeg", body(0), "application/json").status_code == 201


def leeg_lezen(kcc: Client) -> None:
    """An address that does nothing."""
    assert kcc.get("/api/leeg").status_code == 200


def kaal(rijen: list[tuple[str, list[Any]]]) -> None:
    """The rows of one contactverzoek, by psycopg alone and in one transaction; triggers and indexes as they are."""
    psycopg = connection.connection
    with psycopg.transaction(), psycopg.cursor() as cursor:
        for sql, waarden in rijen:
            cursor.execute(sql, waarden)


def rijen_van_een_inname() -> list[tuple[str, list[Any]]]:
    """INSERTs of the rows that the last intake wrote, with their values but for keys and what is unique."""
    melding, belofte = Melding.objects.latest("pk"), Terugbelverzoek.objects.latest("pk")
    waar = {
        "households_persoon": ("id", melding.persoon_id),
        "households_huishouden": ("id", melding.huishouden_id),
        "households_verblijf": ("persoon_id", melding.persoon_id),
        "meldingen_melding": ("id", melding.pk),
        "meldingen_gebeurtenis": ("melding_id", melding.pk),
        "meldingen_koppeling": ("melding_id", melding.pk),
        "meldingen_klantcontact": ("melding_id", melding.pk),
        "meldingen_terugbelverzoek": ("id", belofte.pk),
        "teams_herhaling": ("afnemer_id", Afnemer.objects.get().pk),
    }
    return [_insert(tabel, kolom, sleutel) for tabel, (kolom, sleutel) in waar.items()]


def _insert(tabel: str, kolom: str, sleutel: object) -> tuple[str, list[Any]]:
    nieuw = {
        "persoon_id": "households_persoon",
        "huishouden_id": "households_huishouden",
        "melding_id": "meldingen_melding",
    }
    anders = {naam: f"currval(pg_get_serial_sequence('{van}', 'id'))" for naam, van in nieuw.items()}
    if tabel == "meldingen_melding":
        anders["status"] = "'nieuw'"
    if tabel == "teams_herhaling":
        anders["sleutel"] = "gen_random_uuid()::text"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'",
            [tabel],
        )
        kolommen = [rij[0] for rij in cursor.fetchall()]
        namen = ", ".join(kolommen)
        cursor.execute(f"SELECT {namen} FROM {tabel} WHERE {kolom} = %s ORDER BY id DESC LIMIT 1", [sleutel])
        waarden = dict(zip(kolommen, cursor.fetchone(), strict=True))
    plaatsen = ", ".join(anders.get(naam, "%s") for naam in kolommen)
    gegeven = [waarde for naam, waarde in waarden.items() if naam not in anders]
    return f"INSERT INTO {tabel} ({namen}) VALUES ({plaatsen})", gegeven


def om_en_om(wat: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each, in turns so that all share the machine's moods."""
    tijden: dict[str, list[float]] = {naam: [] for naam in wat}
    for _ in range(BLOKKEN):
        for naam, doe in wat.items():
            for ronde in range(OPWARMEN + RONDEN):
                begin = time.perf_counter()
                doe()
                if ronde >= OPWARMEN:
                    tijden[naam].append(time.perf_counter() - begin)
    return {naam: statistics.median(reeks) for naam, reeks in tijden.items()}


def opdrachten(doe: Callable[[], object]) -> int:
    """SQL statements of one call, besides the begin and the commit."""
    with CaptureQueriesContext(connection) as geteld:
        doe()
    return sum(vraag["sql"] not in ("BEGIN", "COMMIT") for vraag in geteld)


def _adressen() -> AbstractContextManager[Any]:
    return override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"], DEBUG=False)


def main() -> None:
    """Prints statements, calls a second and the ratios of the intake and of the list of 100."""
    settings.LOGGING_CONFIG = None
    with eigen_database("api") as database, _adressen():
        afnemer, kcc = maak_kcc()
        kiss = maak_kiss(afnemer)
        for _ in range(OPEN):
            neem_in(kcc)
        rijen = rijen_van_een_inname()
        inname, lijst = opdrachten(lambda: neem_in(kcc)), opdrachten(lambda: lees_lijst(kcc))
        een = opdrachten(lambda: lees_lijst(kcc, "terugbelverzoeken?open=true&paginaGrootte=1", 1))
        tijd = om_en_om(
            {
                "contactverzoek": lambda: neem_in(kcc),
                "vijf aanroepen": lambda: vijf_aanroepen(kiss),
                "leeg adres": lambda: leeg(kcc),
                "kale rijen": lambda: kaal(rijen),
                f"lijst van {OPEN}": lambda: lees_lijst(kcc),
                "leeg adres, lezen": lambda: leeg_lezen(kcc),
            }
        )
        samen = samen_per_seconde(database)
    print(f"{'':<24}{'per seconde':>12}{'ms':>8}")
    for naam, seconden in tijd.items():
        print(f"{naam:<24}{1 / seconden:>12.0f}{1000 * seconden:>8.1f}")
    per_seconde, lijst_ms = 1 / tijd["contactverzoek"], 1000 * tijd[f"lijst van {OPEN}"]
    print(f"\ncontactverzoek / leeg adres: {tijd['contactverzoek'] / tijd['leeg adres']:.1f}")
    print(f"vijf aanroepen / contactverzoek: {tijd['vijf aanroepen'] / tijd['contactverzoek']:.1f}")
    print(f"contactverzoek / kale rijen: {tijd['contactverzoek'] / tijd['kale rijen']:.1f}")
    print(f"lijst van {OPEN} / leeg adres: {tijd[f'lijst van {OPEN}'] / tijd['leeg adres, lezen']:.1f}")
    print(
        f"opdrachten: inname {inname} (hoogstens {MAX_INNAME}); lijst {lijst} (hoogstens {MAX_LIJST}), van een {een}"
    )
    print(f"met {os.cpu_count()} processen: {samen:.0f} per seconde; met een {per_seconde:.0f}")
    print(f"tegen {PEER_INTAKE} per seconde elders: {samen / PEER_INTAKE:.1f}x (minstens {KEER_INTAKE}x)")
    print(f"tegen {PEER_LIJST_MS} ms elders: {PEER_LIJST_MS / lijst_ms:.1f}x (minstens {KEER_LIJST}x)")


if __name__ == "__main__":
    ontleder = argparse.ArgumentParser(description=__doc__)
    ontleder.add_argument("--kind", nargs=2, metavar=("DATABASE", "NUMMER"), help=argparse.SUPPRESS)
    keuze = ontleder.parse_args()
    if keuze.kind:
        kind_van(keuze.kind[0], int(keuze.kind[1]))
    else:
        main()
