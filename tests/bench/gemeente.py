"""A made-up municipality straight into the tables: households, their history, and the same pile of open work."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from config.demo.namen import HERKOMSTEN
from config.overdracht.meldingen import leid_standen_af
from teams.models import Aanstelling, Medewerker, Postcodegebied, Rol, Team, Teamsoort

TEAMS = 16
OPEN_PER_TEAM = 60
MELDINGEN_PER_HUISHOUDEN = 3
PERSONEN_PER_HUISHOUDEN = 2
UITGANGEN = (
    "",
    "sen",
    "stra",
    "ma",
    "mans",
    "ink",
    "huis",
    "veld",
    "berg",
    "laar",
    "gaard",
    "hof",
    "meer",
    "man",
)
TABELLEN = (
    "households_huishouden",
    "households_persoon",
    "households_verblijf",
    "households_betrokkenheid",
    "meldingen_melding",
    "meldingen_gebeurtenis",
)

VULLING = """
    INSERT INTO households_huishouden (id) SELECT generate_series(1, %(huishoudens)s);

    INSERT INTO households_persoon (id, achternaam, voornamen, geboortedatum, telefoon)
    SELECT i,
           a[1 + floor(power(random(), 2) * cardinality(a))::int] || u[1 + i %% cardinality(u)],
           v[1 + (i * 7) %% cardinality(v)],
           date '1930-01-01' + (i * 31) %% 32000, '06' || lpad(i::text, 8, '0')
    FROM generate_series(1, %(personen)s) AS i,
         (SELECT %(achternamen)s::text[] AS a, %(voornamen)s::text[] AS v, %(uitgangen)s::text[] AS u) AS namen;

    INSERT INTO households_verblijf (persoon_id, huishouden_id, postcode, huisnummer, team_id, vanaf, rol, versie)
    SELECT i, 1 + (i - 1) / %(leden)s, (1300 + t.team %% 16)::text || 'AB', (1 + i %% 200)::text, t.team,
           '2010-01-01', 1 + i %% 2, 1
    FROM generate_series(1, %(personen)s) AS i, LATERAL (SELECT 1 + (i - 1) / %(leden)s %% %(teams)s AS team) AS t;

    INSERT INTO households_betrokkenheid (huishouden_id, medewerker_id, soort)
    SELECT h, m.id, 1 FROM generate_series(1, %(huishoudens)s) AS h
    JOIN teams_aanstelling a ON a.team_id = 1 + (h - 1) %% %(teams)s JOIN teams_medewerker m ON m.id = a.medewerker_id;

    INSERT INTO meldingen_melding (id, persoon_id, huishouden_id, vraag, spoed, team_id, behandelaar_id, status)
    SELECT i, 1 + (h - 1) * %(leden)s, h, 'Hulp gevraagd bij het huishouden en de administratie, zaak ' || i,
           i %% 40 = 0, t.team, CASE WHEN wel.open AND i %% 3 = 0 THEN NULL ELSE a.medewerker_id END,
           CASE WHEN wel.open THEN 'gesprek' WHEN i %% 3 = 0 THEN 'ingetrokken' ELSE 'voorveld' END
    FROM generate_series(1, %(meldingen)s) AS i,
         LATERAL (SELECT 1 + (i - 1) %% %(huishoudens)s AS h) AS huis,
         LATERAL (SELECT 1 + (h - 1) %% %(teams)s AS team) AS t,
         LATERAL (SELECT i > %(meldingen)s - %(open)s AND (team > 1 OR i > %(meldingen)s - %(teams)s) AS open) AS wel,
         LATERAL (SELECT medewerker_id FROM teams_aanstelling WHERE team_id = team) AS a;

    INSERT INTO meldingen_gebeurtenis (melding_id, soort, datum, team_id, categorie, kanaal, aanleiding, versie)
    SELECT m.id, f.soort, dag.dag + f.na, CASE WHEN f.soort = 1 THEN m.team_id END,
           CASE WHEN f.soort = 1 THEN 1 + m.id %% 2 END, CASE WHEN f.soort = 1 THEN 1 + m.id %% 8 END,
           CASE WHEN f.soort = 1 THEN 1 END, 1
    FROM meldingen_melding m,
         LATERAL (SELECT CASE WHEN m.status = 'gesprek' THEN %(vandaag)s::date - (m.id %% 40)::int - 3
                              ELSE date '2016-01-01' + (m.id %% 3500)::int END AS dag) AS dag,
         LATERAL (VALUES (1, 0, true), (3, 1, true), (2, 2, m.status = 'voorveld'),
                         (4, 2, m.status = 'ingetrokken'), (9, 3, m.status = 'ingetrokken')) AS f (soort, na, telt)
    WHERE f.telt;
"""


def vul(huishoudens: int) -> None:
    """Fill an empty database: so many households, and in every team the same open pile but the first, that has one.

    A hundred thousand households have 200,000 people and 1,000,000 facts; all but the open pile is closed.
    """
    _teams()
    meldingen = huishoudens * MELDINGEN_PER_HUISHOUDEN
    waarden = {
        "huishoudens": huishoudens,
        "personen": huishoudens * PERSONEN_PER_HUISHOUDEN,
        "leden": PERSONEN_PER_HUISHOUDEN,
        "teams": TEAMS,
        "meldingen": meldingen,
        "open": TEAMS * OPEN_PER_TEAM,
        "vandaag": timezone.localdate(),
        "achternamen": [naam.rpartition("|")[2] for deel in HERKOMSTEN for naam in deel.achternamen],
        "voornamen": [naam for deel in HERKOMSTEN for naam in deel.mannen + deel.vrouwen],
        "uitgangen": list(UITGANGEN),
    }
    with connection.cursor() as cursor:
        for tabel in TABELLEN:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER ALL")
        for opdracht in VULLING.split(";\n"):
            if opdracht.strip():
                cursor.execute(opdracht, waarden)
        leid_standen_af(cursor)
        for tabel in TABELLEN:
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER ALL")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabel}', 'id'), (SELECT max(id) FROM {tabel}))"
            )
        cursor.execute("VACUUM ANALYZE")


def _teams() -> None:
    for nummer in range(1, TEAMS + 1):
        team = Team.objects.create(
            pk=nummer, code=f"T{nummer:02}", naam=f"Wijkteam {nummer}", soort=Teamsoort.WIJKTEAM
        )
        Postcodegebied.objects.create(postcode=str(1300 + nummer % 16), team=team)
        medewerker = Medewerker.objects.create(username=f"wijkwerker{nummer}", first_name=f"Werker {nummer}")
        Aanstelling.objects.create(medewerker=medewerker, rol=Rol.WIJKWERKER, team=team, vanaf="2015-01-01")
