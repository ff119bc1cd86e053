"""The files of an overdracht, one by one."""

from __future__ import annotations

from config.overdracht import kolommen as k
from config.overdracht.bestand import (
    KLOKKEN,
    MELDING,
    MET_MELDING,
    MET_PERSOON,
    MET_TEAM,
    NAAR_MELDING,
    NAAR_PERSOON,
    NAAR_TEAM,
    Bestand,
    Regel,
    Verwijzing,
    eind_voor_begin,
    zelfde,
)
from config.overdracht.bsn import BSNS
from config.overdracht.kolommen import Kolom
from config.overdracht.meldingen import meldingen
from config.overdracht.perioden import leesbaar
from households.models import BSN_KOLOMMEN, Geslacht, Rol
from meldingen.models import Aanleiding, Afhandeling, Categorie, Contactkanaal, Kanaal, Soort, Thema
from reporting.models import Cijferstatus
from teams.models import Activiteitsoort, Frequentie, Teamsoort, Vervolg, Weekdag
from voorzieningen.models import MET_TERMIJN, Financieringsvorm, Klachtsoort, Wet


def _team(verplicht: bool = False) -> Kolom:
    return k.tekst("team_code", 64, verplicht=verplicht)


WET = k.code("wet", Wet, verplicht=True)
IN_DE_CATALOGUS = (
    "({0}.geldig_van IS NULL OR {0}.geldig_van <= s.ingangsdatum)"
    " AND ({0}.geldig_tot IS NULL OR {0}.geldig_tot > s.ingangsdatum)"
)
"""Of the versions in the catalogue the one of the day on which a beschikking began."""
GROEP = f"g.wet = {WET.inhoud} AND g.naam = s.voorzieningengroep AND {IN_DE_CATALOGUS.format('g')}"
VOORZIENING = f"v.groep_id = g.id AND v.naam = s.voorziening AND {IN_DE_CATALOGUS.format('v')}"


TEAMS = Bestand(
    "teams",
    "teams_team",
    (
        k.tekst("code", 64, verplicht=True),
        k.tekst("naam", 200, verplicht=True),
        k.code("soort", Teamsoort, verplicht=True),
        k.tekst("stadsdeel", 200),
    ),
    ("code",),
    zelfde("code", "naam", "soort", "stadsdeel"),
    regels=(Regel("code", "s.code IN ('totaal', 'onbekend')", "is een naam die tabellen zelf gebruiken"),),
    doelsleutel=("code",),
)
POSTCODES = Bestand(
    "postcodes",
    "teams_postcodegebied",
    (k.postcode("postcode", verplicht=True), _team(verplicht=True)),
    ("postcode",),
    {"postcode": "", "team_id": "t.id"},
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
    doelsleutel=("postcode",),
)
INWONERS = Bestand(
    "inwoners",
    "teams_inwonertal",
    (_team(verplicht=True), k.datum("peildatum", verplicht=True), k.getal("inwoners"), k.getal("jeugdigen")),
    ("team_code", "peildatum"),
    {"team_id": "t.id", **zelfde("peildatum", "inwoners", "jeugdigen")},
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
    doelsleutel=("team_id", "peildatum"),
)
PERSONEN = Bestand(
    "personen",
    "households_persoon",
    (
        k.ref("ref", verplicht=True),
        k.tekst("achternaam", 200, gevoelig=True),
        k.tekst("tussenvoegsel", 40, gevoelig=True),
        k.tekst("voornamen", 200, gevoelig=True),
        k.datum("geboortedatum", gevoelig=True),
        k.code("geslacht", Geslacht),
        k.bsn("bsn"),
        k.tekst("telefoon", 40, gevoelig=True),
        k.tekst("email", 254, gevoelig=True),
        *KLOKKEN,
    ),
    ("ref",),
    {
        **zelfde("ref", "achternaam", "tussenvoegsel", "voornamen", "geboortedatum", "geslacht"),
        **zelfde("telefoon", "email", "vervallen_op"),
        "bsn_versleuteld": "b.bsn_versleuteld",
        "bsn_index": "b.bsn_index",
    },
    gevoelig=True,
    koppelingen=f"LEFT JOIN {BSNS} b ON b.regel = s.regel",
    bij_nieuw={"id": "coalesce(b.id, nextval('households_persoon_id_seq'))"},
    uit=dict.fromkeys(BSN_KOLOMMEN, "bsn"),
    leeg_laat_staan=BSN_KOLOMMEN,
)
VERBLIJVEN = Bestand(
    "verblijven",
    "households_verblijf",
    (
        k.ref("ref", verplicht=True),
        k.ref("persoon_ref", verplicht=True),
        k.ref("huishouden_ref"),
        k.postcode("postcode"),
        k.tekst("huisnummer", 20, gevoelig=True),
        _team(),
        k.datum("vanaf", verplicht=True),
        k.datum("tot"),
        k.code("rol", Rol),
        *KLOKKEN,
    ),
    ("ref",),
    {
        "persoon_id": "p.id",
        "huishouden_id": "h.id",
        "team_id": "t.id",
        **zelfde("vanaf", "tot", "rol", "postcode", "huisnummer"),
    },
    versies=True,
    koppelingen=f"{MET_PERSOON} {MET_TEAM} LEFT JOIN households_huishouden h ON h.ref = s.huishouden_ref",
    verwijzingen=(NAAR_PERSOON, NAAR_TEAM),
    regels=(eind_voor_begin("vanaf", "tot"),),
    vooraf=(
        "INSERT INTO households_huishouden (ref) SELECT DISTINCT s.huishouden_ref FROM %(s)s s"
        " WHERE s.huishouden_ref IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM households_huishouden h WHERE h.ref = s.huishouden_ref)",
    ),
)
CONTACTEN = Bestand(
    "contacten",
    "meldingen_klantcontact",
    (
        k.ref("ref", verplicht=True),
        k.datum("datum", verplicht=True),
        k.code("kanaal", Contactkanaal),
        k.code("thema", Thema),
        k.code("wet", Wet),
        k.code("afhandeling", Afhandeling),
        k.ref("melding_ref"),
        *KLOKKEN,
    ),
    ("ref",),
    {**zelfde("datum", "kanaal", "thema", "wet", "afhandeling"), "melding_id": MELDING},
    versies=True,
    koppelingen=MET_MELDING,
    verwijzingen=(NAAR_MELDING,),
)
GEBEURTENISSEN = Bestand(
    "gebeurtenissen",
    "meldingen_gebeurtenis",
    (
        k.ref("ref", verplicht=True),
        k.ref("melding_ref", verplicht=True),
        k.code("soort", Soort, verplicht=True),
        k.datum("datum", verplicht=True),
        k.tekst("reden"),
        _team(),
        k.code("categorie", Categorie),
        k.code("kanaal", Kanaal),
        k.code("aanleiding", Aanleiding),
        *KLOKKEN,
    ),
    ("ref",),
    {
        "melding_id": MELDING,
        "team_id": "t.id",
        **zelfde("soort", "datum", "categorie", "kanaal", "aanleiding", "reden"),
    },
    versies=True,
    koppelingen=f"{MET_MELDING} {MET_TEAM}",
    verwijzingen=(NAAR_MELDING, NAAR_TEAM),
    regels=tuple(
        Regel(kolom, f"s.soort <> 'ontvangen' AND s.{kolom} IS NOT NULL", "hoort alleen bij soort ontvangen")
        for kolom in ("team_code", "categorie", "kanaal", "aanleiding")
    ),
)
BESCHIKKINGEN = Bestand(
    "beschikkingen",
    "voorzieningen_beschikking",
    (
        k.ref("ref", verplicht=True),
        k.ref("persoon_ref", verplicht=True),
        k.ref("melding_ref"),
        WET,
        k.tekst("voorzieningengroep", 200, verplicht=True),
        k.tekst("voorziening", 200, verplicht=True),
        k.code("financieringsvorm", Financieringsvorm),
        k.tekst("aanbieder", 200),
        k.datum("besluitdatum"),
        k.datum("ingangsdatum", verplicht=True),
        k.datum("einddatum"),
        *KLOKKEN,
    ),
    ("ref",),
    {
        "persoon_id": "p.id",
        "melding_id": MELDING,
        "voorziening_id": "v.id",
        "aanbieder_id": "a.id",
        **zelfde("financieringsvorm", "besluitdatum", "ingangsdatum", "einddatum"),
    },
    versies=True,
    koppelingen=(
        f"{MET_PERSOON} {MET_MELDING}"
        f" LEFT JOIN voorzieningen_voorzieningengroep g ON {GROEP}"
        f" LEFT JOIN voorzieningen_voorziening v ON {VOORZIENING}"
        " LEFT JOIN voorzieningen_aanbieder a ON a.naam = s.aanbieder"
    ),
    verwijzingen=(NAAR_PERSOON, NAAR_MELDING),
    regels=(
        eind_voor_begin("ingangsdatum", "einddatum"),
        Regel(
            "voorzieningengroep",
            "s.wet IS NOT NULL AND s.voorzieningengroep IS NOT NULL AND NOT EXISTS (SELECT FROM"
            f" voorzieningen_voorzieningengroep g WHERE {GROEP})",
            "staat op de ingangsdatum niet in de catalogus onder deze wet",
        ),
        Regel(
            "voorziening",
            "s.voorziening IS NOT NULL AND EXISTS (SELECT FROM voorzieningen_voorzieningengroep g"
            f" WHERE {GROEP}"
            f" AND NOT EXISTS (SELECT FROM voorzieningen_voorziening v WHERE {VOORZIENING}))",
            "staat op de ingangsdatum niet in de catalogus onder deze voorzieningengroep",
        ),
    ),
    vooraf=(
        "INSERT INTO voorzieningen_aanbieder (naam) SELECT DISTINCT s.aanbieder FROM %(s)s s"
        " WHERE s.aanbieder IS NOT NULL ON CONFLICT (naam) DO NOTHING",
    ),
)
MET_EEN_TERMIJN = ", ".join(f"'{soort.code}'" for soort in MET_TERMIJN)
KLACHTEN = Bestand(
    "klachten",
    "voorzieningen_klacht",
    (
        k.ref("ref", verplicht=True),
        k.datum("datum", verplicht=True),
        k.code("wet", Wet),
        k.code("soort", Klachtsoort, verplicht=True),
        k.tekst("onderwerp", gevoelig=True),
        k.ref("beschikking_ref"),
        *KLOKKEN,
    ),
    ("ref",),
    {**zelfde("datum", "wet", "soort", "onderwerp"), "beschikking_id": "b.id"},
    versies=True,
    koppelingen="LEFT JOIN voorzieningen_beschikking b ON b.ref = s.beschikking_ref AND b.versie = 1",
    verwijzingen=(Verwijzing("beschikking_ref", "beschikkingen", "voorzieningen_beschikking", "ref"),),
    blijft={
        **{kolom: f"oud.{kolom}" for kolom in ("team_id", "indiener", "bekendgemaakt_op", "commissie")},
        "verdaagd_op": (
            f"CASE WHEN oud.verdaagd_op >= s.datum AND s.soort IN ({MET_EEN_TERMIJN}) THEN oud.verdaagd_op END"
        ),
        "uitkomst": "CASE WHEN oud.afgehandeld_op >= s.datum THEN oud.uitkomst END",
        "afgehandeld_op": "CASE WHEN oud.afgehandeld_op >= s.datum THEN oud.afgehandeld_op END",
    },
)
SPREEKUREN = Bestand(
    "spreekuren",
    "teams_spreekuur",
    (
        _team(verplicht=True),
        k.tekst("locatie", 200),
        k.code("dag", Weekdag, verplicht=True),
        k.tijd("van", verplicht=True),
        k.tijd("tot", verplicht=True),
        k.code("frequentie", Frequentie, verplicht=True),
        k.datum("geldig_van"),
        k.datum("geldig_tot"),
    ),
    ("team_code", "locatie", "dag", "van", "geldig_van"),
    {
        "team_id": "t.id",
        **zelfde("locatie", "dag", "van", "tot", "frequentie", "geldig_van", "geldig_tot"),
    },
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
    regels=(
        Regel("tot", "s.tot <= s.van", "ligt niet na van; verwacht een latere tijd"),
        eind_voor_begin("geldig_van", "geldig_tot"),
    ),
    doelsleutel=("team_id", "locatie", "dag", "van", "geldig_van"),
    mag_leeg=("geldig_van",),
)
ACTIVITEITEN = Bestand(
    "activiteiten",
    "teams_activiteit",
    (
        k.ref("ref", verplicht=True),
        _team(),
        k.tekst("discipline", 200),
        k.code("soort", Activiteitsoort, verplicht=True),
        k.datum("datum", verplicht=True),
        k.getal("bewoners"),
        k.getal("verwezen"),
        *KLOKKEN,
    ),
    ("ref",),
    {"team_id": "t.id", **zelfde("discipline", "soort", "datum", "bewoners", "verwezen")},
    versies=True,
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
)
CONSULTEN = Bestand(
    "consulten",
    "teams_consult",
    (
        k.ref("ref", verplicht=True),
        _team(),
        k.tekst("discipline", 200),
        k.datum("datum", verplicht=True),
        k.bedrag("uren", 7, 2),
        k.codes("vervolg", Vervolg),
        *KLOKKEN,
    ),
    ("ref",),
    {
        "team_id": "t.id",
        **zelfde("discipline", "datum", "uren"),
        "vervolg": "",
    },
    versies=True,
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
)
CIJFERSTATUS = k.code("status", Cijferstatus, verplicht=True)
ZELFDE_CEL = "(o.tabel, o.rij, o.kolom, o.periode) = (s.tabel, s.rij, coalesce(s.kolom, ''), s.periode)"
ZELFDE_CIJFER = (
    f"{ZELFDE_CEL} AND (o.waarde, o.status, o.bron) IS NOT DISTINCT FROM"
    f" (s.waarde, {CIJFERSTATUS.inhoud}, coalesce(s.bron, ''))"
)
"""That a row of the file is about the cell of a stored one, and that it says the same."""
EXTERNE_CIJFERS = Bestand(
    "externe_cijfers",
    "reporting_externcijfer",
    (
        k.tekst("tabel", 20, verplicht=True),
        k.tekst("rij", 200, verplicht=True),
        k.tekst("kolom", 200),
        k.tekst("periode", 40, verplicht=True),
        k.bedrag("waarde", 18, 4),
        CIJFERSTATUS,
        k.tekst("bron", 200),
        *KLOKKEN,
    ),
    ("tabel", "rij", "kolom", "periode", "geregistreerd_op"),
    zelfde("tabel", "rij", "periode", "waarde", "status", "kolom", "bron"),
    versies=True,
    regels=(
        Regel(
            "waarde",
            "(s.status = 'nnb') <> (s.waarde IS NULL)",
            "een waarde bij voorlopig en definitief, en geen bij nnb",
        ),
        leesbaar("periode"),
    ),
    vooraf=(
        "UPDATE reporting_externcijfer o SET vervallen_op = greatest(now(), o.geregistreerd_op),"
        " vervallen_reden = 'nieuw cijfer geleverd'"
        f" FROM %(s)s s WHERE {ZELFDE_CEL}"
        " AND o.vervallen_op IS NULL AND s.vervallen_op IS NULL"
        " AND NOT EXISTS (SELECT FROM %(s)s zelf WHERE zelf.ref = o.ref)"
        f" AND NOT EXISTS (SELECT FROM reporting_externcijfer o WHERE o.ref = s.ref AND {ZELFDE_CIJFER} AND NOT EXISTS"
        " (SELECT FROM reporting_externcijfer later WHERE later.ref = o.ref AND later.versie > o.versie))",
    ),
    afgeleide_ref=(
        "md5(concat_ws('|', s.tabel, s.rij, coalesce(s.kolom, ''), s.periode,"
        " extract(epoch FROM s.geregistreerd_op)))"
    ),
)


def alle_bestanden() -> list[Bestand]:
    """Every file, in the order in which they are written: what is referred to comes first."""
    return [
        TEAMS,
        POSTCODES,
        INWONERS,
        PERSONEN,
        VERBLIJVEN,
        meldingen(),
        CONTACTEN,
        GEBEURTENISSEN,
        BESCHIKKINGEN,
        KLACHTEN,
        SPREEKUREN,
        ACTIVITEITEN,
        CONSULTEN,
        EXTERNE_CIJFERS,
    ]
