"""What the files of an overdracht are: their columns, their keys, what they refer to, and where they go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from config.overdracht import kolommen as k
from config.overdracht.kolommen import Kolom
from households.models import Geslacht, Levensgebied, Rol
from meldingen.models import Aanleiding, Afhandeling, Categorie, Contactkanaal, Kanaal, Soort, Status, Thema
from reporting.models import Cijferstatus
from teams.models import Activiteitsoort, Frequentie, Teamsoort, Vervolg, Weekdag
from voorzieningen.models import Financieringsvorm, Klachtsoort, Wet

KLOKKEN = (k.moment("geregistreerd_op"), k.moment("vervallen_op"))


@dataclass(frozen=True)
class Verwijzing:
    """`kolom` holds a key of another file, or of `tabel.sleutel` in the database."""

    kolom: str
    bestand: str
    tabel: str
    sleutel: str


@dataclass(frozen=True)
class Regel:
    """A row is wrong where the SQL `fout` over alias `s` holds; `tekst` says what was expected."""

    kolom: str
    fout: str
    tekst: str


@dataclass(frozen=True)
class Bestand:
    """One CSV file and the table it fills.

    `sleutel` are the columns that name a row; `doel` gives per column of the table the SQL over alias
    `s` and `koppelingen`. `versies` says that a changed row is stored beside the old one instead of
    over it. `vooraf` is SQL that runs before the rows are written, with `%(s)s` for the temporary
    table. `afgeleide_ref` makes a ref for a file that has none; `gevoelig` keeps every value out of
    messages, since a column may be one place off; `doelsleutel` are the columns of the table that name
    a row that is updated in place. `bij_nieuw` and `koppelingen_nieuw` are what `doel` and
    `koppelingen` are, for a row that is not stored yet only.
    """

    naam: str
    tabel: str
    kolommen: tuple[Kolom, ...]
    sleutel: tuple[str, ...]
    doel: dict[str, str]
    versies: bool = False
    gevoelig: bool = False
    koppelingen: str = ""
    bij_nieuw: dict[str, str] = field(default_factory=dict)
    koppelingen_nieuw: str = ""
    verwijzingen: tuple[Verwijzing, ...] = ()
    regels: tuple[Regel, ...] = ()
    vooraf: tuple[str, ...] = ()
    afgeleide_ref: str = ""
    doelsleutel: tuple[str, ...] = ("ref",)
    mag_leeg: tuple[str, ...] = ()

    @property
    def inhoud(self) -> dict[str, str]:
        """Per column of the table the SQL of what is stored; an empty `doel` means the file's own column."""
        eigen = {kolom.naam: kolom.inhoud for kolom in self.kolommen}
        return {kolom: sql or eigen[kolom] for kolom, sql in self.doel.items()}

    @property
    def staging(self) -> str:
        """Name of the temporary table."""
        return f"overdracht_{self.naam}"


def _team(verplicht: bool = False) -> Kolom:
    return k.tekst("team_code", 64, verplicht=verplicht)


NAAR_TEAM = Verwijzing("team_code", "teams", "teams_team", "code")
NAAR_PERSOON = Verwijzing("persoon_ref", "personen", "households_persoon", "ref")
NAAR_MELDING = Verwijzing("melding_ref", "meldingen", "meldingen_melding", "ref")
MET_TEAM = "LEFT JOIN teams_team t ON t.code = s.team_code"
MET_PERSOON = "LEFT JOIN households_persoon p ON p.ref = s.persoon_ref"
WET = k.code("wet", Wet, verplicht=True)
GROEP = f"g.wet = {WET.inhoud} AND g.naam = s.voorzieningengroep"
NIEUWE_MELDINGEN = "overdracht_nieuwe_meldingen"
MELDINGEN = f"(SELECT id, ref FROM meldingen_melding UNION ALL SELECT id, ref FROM {NIEUWE_MELDINGEN})"
"""The stored meldingen and those to be stored: facts are written first, so that a melding gets its status at once."""
MET_MELDING = f"LEFT JOIN {MELDINGEN} m ON m.ref = s.melding_ref"
HUISHOUDENS = "overdracht_huishoudens"


def _zelfde(*kolommen: str) -> dict[str, str]:
    return dict.fromkeys(kolommen, "")


def _eind_voor_begin(begin: str, einde: str) -> Regel:
    return Regel(einde, f"s.{einde} < s.{begin}", f"ligt voor {begin}; verwacht dezelfde dag of later")


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
    _zelfde("code", "naam", "soort", "stadsdeel"),
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
    {"team_id": "t.id", **_zelfde("peildatum", "inwoners", "jeugdigen")},
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
    _zelfde(
        *("ref", "achternaam", "tussenvoegsel", "voornamen", "geboortedatum", "geslacht"),
        *("bsn", "telefoon", "email", "vervallen_op"),
    ),
    gevoelig=True,
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
        **_zelfde("vanaf", "tot", "rol", "postcode", "huisnummer"),
    },
    versies=True,
    koppelingen=f"{MET_PERSOON} {MET_TEAM} LEFT JOIN households_huishouden h ON h.ref = s.huishouden_ref",
    verwijzingen=(NAAR_PERSOON, NAAR_TEAM),
    regels=(_eind_voor_begin("vanaf", "tot"),),
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
    {**_zelfde("datum", "kanaal", "thema", "wet", "afhandeling"), "melding_id": "m.id"},
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
        "melding_id": "m.id",
        "team_id": "t.id",
        **_zelfde("soort", "datum", "categorie", "kanaal", "aanleiding", "reden"),
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
        "melding_id": "m.id",
        "voorziening_id": "v.id",
        "aanbieder_id": "a.id",
        **_zelfde("financieringsvorm", "besluitdatum", "ingangsdatum", "einddatum"),
    },
    versies=True,
    koppelingen=(
        f"{MET_PERSOON} {MET_MELDING}"
        f" LEFT JOIN voorzieningen_voorzieningengroep g ON {GROEP}"
        " LEFT JOIN voorzieningen_voorziening v ON v.groep_id = g.id AND v.naam = s.voorziening"
        " LEFT JOIN voorzieningen_aanbieder a ON a.naam = s.aanbieder"
    ),
    verwijzingen=(NAAR_PERSOON, NAAR_MELDING),
    regels=(
        _eind_voor_begin("ingangsdatum", "einddatum"),
        Regel(
            "voorzieningengroep",
            "s.wet IS NOT NULL AND s.voorzieningengroep IS NOT NULL AND NOT EXISTS (SELECT FROM"
            f" voorzieningen_voorzieningengroep g WHERE {GROEP})",
            "staat niet in de catalogus onder deze wet",
        ),
        Regel(
            "voorziening",
            "s.voorziening IS NOT NULL AND EXISTS (SELECT FROM voorzieningen_voorzieningengroep g"
            f" WHERE {GROEP}"
            " AND NOT EXISTS (SELECT FROM voorzieningen_voorziening v"
            " WHERE v.groep_id = g.id AND v.naam = s.voorziening))",
            "staat niet in de catalogus onder deze voorzieningengroep",
        ),
    ),
    vooraf=(
        "INSERT INTO voorzieningen_aanbieder (naam) SELECT DISTINCT s.aanbieder FROM %(s)s s"
        " WHERE s.aanbieder IS NOT NULL ON CONFLICT (naam) DO NOTHING",
    ),
)
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
    {**_zelfde("datum", "wet", "soort", "onderwerp"), "beschikking_id": "b.id"},
    versies=True,
    koppelingen="LEFT JOIN voorzieningen_beschikking b ON b.ref = s.beschikking_ref AND b.versie = 1",
    verwijzingen=(Verwijzing("beschikking_ref", "beschikkingen", "voorzieningen_beschikking", "ref"),),
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
        **_zelfde("locatie", "dag", "van", "tot", "frequentie", "geldig_van", "geldig_tot"),
    },
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
    regels=(
        Regel("tot", "s.tot <= s.van", "ligt niet na van; verwacht een latere tijd"),
        _eind_voor_begin("geldig_van", "geldig_tot"),
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
    {"team_id": "t.id", **_zelfde("discipline", "soort", "datum", "bewoners", "verwezen")},
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
        **_zelfde("discipline", "datum", "uren"),
        "vervolg": "",
    },
    versies=True,
    koppelingen=MET_TEAM,
    verwijzingen=(NAAR_TEAM,),
)
EXTERNE_CIJFERS = Bestand(
    "externe_cijfers",
    "reporting_externcijfer",
    (
        k.tekst("tabel", 20, verplicht=True),
        k.tekst("rij", 200, verplicht=True),
        k.tekst("kolom", 200),
        k.tekst("periode", 40, verplicht=True),
        k.bedrag("waarde", 18, 4),
        k.code("status", Cijferstatus, verplicht=True),
        k.tekst("bron", 200),
        *KLOKKEN,
    ),
    ("tabel", "rij", "kolom", "periode", "geregistreerd_op"),
    _zelfde("tabel", "rij", "periode", "waarde", "status", "kolom", "bron"),
    versies=True,
    regels=(
        Regel(
            "waarde",
            "(s.status = 'nnb') <> (s.waarde IS NULL)",
            "een waarde bij voorlopig en definitief, en geen bij nnb",
        ),
    ),
    vooraf=(
        "UPDATE reporting_externcijfer o SET vervallen_op = now(), vervallen_reden = 'nieuw cijfer geleverd'"
        " FROM %(s)s s WHERE (o.tabel, o.rij, o.kolom, o.periode) = (s.tabel, s.rij, coalesce(s.kolom, ''), s.periode)"
        " AND o.vervallen_op IS NULL AND s.vervallen_op IS NULL"
        " AND NOT EXISTS (SELECT FROM %(s)s zelf WHERE zelf.ref = o.ref)"
        " AND NOT EXISTS (SELECT FROM reporting_externcijfer bekend WHERE bekend.ref = s.ref)",
    ),
    afgeleide_ref=(
        "md5(concat_ws('|', s.tabel, s.rij, coalesce(s.kolom, ''), s.periode,"
        " extract(epoch FROM s.geregistreerd_op)))"
    ),
)


def meldingen() -> Bestand:
    """The file of meldingen; its levensgebieden are those that the database knows now."""
    bekend = list(
        dict.fromkeys(woord for paar in Levensgebied.objects.values_list("code", "naam") for woord in paar)
    )
    return Bestand(
        "meldingen",
        "meldingen_melding",
        (
            k.ref("ref", verplicht=True),
            k.ref("persoon_ref"),
            k.ja_nee("spoed"),
            k.tekst("vraag", gevoelig=True),
            k.namen("levensgebieden", bekend),
            *KLOKKEN,
        ),
        ("ref",),
        {
            **_zelfde("ref", "vervallen_op", "vraag"),
            "persoon_id": "p.id",
            "spoed": "",
        },
        koppelingen=MET_PERSOON,
        bij_nieuw={
            "id": "n.id",
            "huishouden_id": "h.huishouden_id",
            "team_id": "st.team_id",
            "status": (
                "coalesce(st.status, CASE WHEN EXISTS (SELECT FROM meldingen_gebeurtenis g WHERE g.melding_id = n.id)"
                f" THEN '{Status.VERVALLEN}' ELSE '{Status.NIEUW}' END)"
            ),
        },
        koppelingen_nieuw=(
            f"JOIN {NIEUWE_MELDINGEN} n ON n.ref = s.ref LEFT JOIN {HUISHOUDENS} h ON h.melding_id = n.id"
            " LEFT JOIN meldingen_stand st ON st.melding_id = n.id AND st.tot IS NULL"
        ),
        verwijzingen=(NAAR_PERSOON,),
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


Voortgang = Callable[[str], None]
