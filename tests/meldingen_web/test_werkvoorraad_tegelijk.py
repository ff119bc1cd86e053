"""Two who take the same melding at the same moment: one has it, the other hears who."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.test import Client

from meldingen.models import Melding, Toewijzing
from teams.models import Medewerker, Rol, Team
from teams.perioden import lopend
from tests.conftest import EigenDatabase
from tests.factories import stel_aan
from tests.meldingen_web.werk import maak_melding

RONDES = 10


def test_van_twee_die_tegelijk_oppakken_krijgt_er_een_de_melding(
    eigen_database: EigenDatabase, wijkwerker: Medewerker, collega: Medewerker, haven: Team
) -> None:
    stel_aan(collega, Rol.WIJKWERKER, haven)
    clients = {}
    for medewerker in (wijkwerker, collega):
        clients[medewerker] = Client()
        clients[medewerker].force_login(medewerker)
    for _ in range(RONDES):
        melding = maak_melding(haven)
        start = Barrier(2)
        antwoorden: dict[Medewerker, Any] = {}

        def pak_op(
            medewerker: Medewerker,
            adres: str = f"/werkvoorraad/{melding.pk}/oppakken",
            start: Barrier = start,
            antwoorden: dict[Medewerker, Any] = antwoorden,
        ) -> None:
            try:
                connection.ensure_connection()
                start.wait(30)
                antwoorden[medewerker] = clients[medewerker].post(adres)
            finally:
                connection.close()

        draden = [Thread(target=pak_op, args=[medewerker]) for medewerker in clients]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join(60)

        assert sorted(antwoord.status_code for antwoord in antwoorden.values()) == [303, 409]
        [winnaar] = [wie for wie, antwoord in antwoorden.items() if antwoord.status_code == 303]
        [verliezer] = clients.keys() - {winnaar}
        assert Melding.objects.get(pk=melding.pk).behandelaar == winnaar
        assert Toewijzing.objects.filter(lopend(), melding=melding).count() == 1
        berichten = [str(bericht) for bericht in antwoorden[verliezer].context["messages"]]
        assert berichten[-1] == f"{winnaar.naam} was net eerder: die heeft deze melding al."
