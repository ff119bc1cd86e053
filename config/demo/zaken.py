"""The current cases of the demo: invented households, and what they ask of whom; `vandaag.py` plays them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Zaak:
    """A melding that came in `dagen` days ago, or `uren` hours ago by the overdracht of another organisation.

    `gezin` and `lid` say about whom; `melder` is soort, naam, and relatie or organisatie, where somebody else called.
    `stappen` are verbs of `meldingen.workflow`, with `reden` for the last where it asks one. `wie` has it: the
    name of an account, or nobody yet. `gesprek` is in how many days one is planned.
    """

    gezin: str
    vraag: str
    gebieden: str
    dagen: int = 0
    lid: int = 0
    uren: int = 0
    kanaal: str = "telefoon"
    jeugd: bool = False
    spoed: bool = False
    melder: tuple[str, str, str] | None = None
    wie: str = ""
    stappen: tuple[str, ...] = ()
    reden: str = ""
    notities: tuple[str, ...] = ()
    gesprek: int = 0


# Team (0 and 1: the first two wijkteams; None: no address known), surname, and members: place in the household
# (h, p, k, o), geslacht, age and name; what follows a `/` is a surname of their own.
GEZINNEN: dict[str, tuple[int | None, str, str]] = {
    "devries": (0, "de|Vries", "hv78 Truus, pm81 Henk"),
    "yilmaz": (0, "Yılmaz", "hv36 Ayşe, pm38 Emre, kv9 Elif, km6 Ömer, km2 Yusuf"),
    "geerts": (0, "Geërts", "hm52 René"),
    "wijnands": (0, "Wijnands-van der Linden", "hv44 Zoë, kv15 Noëlle, km12 Sem"),
    "elidrissi": (0, "el|Idrissi", "hv31 Naïma, kv4 Salma"),
    "dijkstra": (0, "Dijkstra", "hv69 Femke, om92 Sjoerd"),
    "kowalczyk": (0, "Kowalczyk", "hm41 Łukasz, pv39 Małgorzata/Wójcik, km7 Jan"),
    "vanthof": (0, "van ’t|Hof", "hv84 Greet"),
    "ramdin": (0, "Ramdin", "hv57 Sharda, km24 Ricardo"),
    "obrien": (0, "O’Brien", "hm63 Patrick, pv61 Hélène/Conquet"),
    "tekle": (0, "Tekle", "hm29 Selam, pv27 Liya/Haile, kv1 Rahel"),
    "degraaf": (0, "de|Graaf", "hm70 Bram"),
    "degraaf2": (0, "de|Graaf", "hm34 Bram, pv33 Lotte/Bos, kv3 Roos"),
    "martina": (0, "Martina", "hv48 Sharlène, km17 Jairo, kv10 Gisèle"),
    "opdenkamp": (0, "op den|Kamp", "hm59 Gerrit"),
    "ozturk": (0, "Öztürk", "hv66 Gülsüm"),
    "ozturk2": (0, "Ozturk", "hv66 Gulsum"),
    "nguyen": (0, "Nguyễn", "hv74 Thuy, pm77 Nguyen"),
    "afgeschermd": (0, "Petrović", "hv35 Jelena, km8 Luka"),
    "brouwer": (1, "Brouwer", "hm46 Joost, pv45 Anouk/Noë, kv14 Fleur, km11 Thijs"),
    "cijntje": (1, "Cijntje", "hv28 Nilva, km5 Quincy"),
    "reijnders": (1, "Reijnders", "hv80 Corrie"),
    "benali": (1, "Benali", "hm39 Karim, pv37 Samira/Tahiri, kv12 Nora, km9 Ilias, km3 Bilal"),
    "dosantos": (1, "dos|Santos", "hv55 Inês, om83 João"),
    "terhorst": (1, "ter|Horst", "hm67 Wim, pv64 Marjan"),
    "mensah": (1, "Mensah", "hv43 Abena, kv16 Akosua"),
    "huisman": (1, "Huisman", "hm72 Theo"),
    "vanderlinden": (None, "van der|Linden", "hv26 Renée"),
    "rodriguez": (None, "Rodríguez Núñez", "hm33 José"),
}

MET_BSN = ("devries", "brouwer")

ZAKEN: tuple[Zaak, ...] = (
    Zaak(
        "geerts",
        "Is na ontslag uit het ziekenhuis alleen thuis en kan niet uit bed komen.",
        "gezondheid;wonen",
        uren=6,
        spoed=True,
    ),
    Zaak(
        "martina",
        "Moeder en kinderen dreigen morgen op straat te staan: ontruiming aangezegd.",
        "wonen;inkomen",
        uren=3,
        spoed=True,
    ),
    Zaak(
        "cijntje",
        "Geen eten in huis tot het eind van de week, klein kind.",
        "inkomen;opvoeden",
        uren=9,
        spoed=True,
        wie="collega",
        notities=("Vanmiddag langsgeweest met een pakket. Morgen samen naar de voedselbank.",),
    ),
    Zaak(
        "yilmaz",
        "Elif wil niet meer naar school en slaapt slecht. Ouders weten niet wat te doen.",
        "opgroeien;opvoeden",
        12,
        lid=2,
        jeugd=True,
        melder=("professional", "Juf Marleen Prins", "basisschool De Regenboog"),
        wie="wijkwerker",
        stappen=("start_gesprek",),
        notities=("School belt elke maandag met moeder. Vader werkt in ploegendienst.",),
    ),
    Zaak(
        "yilmaz",
        "Achterstand met de huur en brieven die we niet begrijpen.",
        "inkomen;wonen",
        3,
        lid=1,
        kanaal="inloopspreekuur",
        wie="wijkwerker",
        gesprek=2,
    ),
    Zaak(
        "devries",
        "Stofzuigen en ramen lappen lukt niet meer sinds mijn heupoperatie.",
        "gezondheid;wonen",
        25,
        wie="wijkwerker",
        stappen=("start_gesprek", "start_onderzoek"),
        notities=("Dochter Ingrid belt op werkdagen na vijven.", "Heeft een strippenkaart voor de klusbus."),
    ),
    Zaak(
        "devries",
        "Ik zorg voor mijn vrouw en moet af en toe op adem komen.",
        "gezondheid;relaties",
        1,
        lid=1,
    ),
    Zaak(
        "wijnands",
        "Mijn dochter van vijftien blijft ’s nachts weg en ik krijg geen contact meer.",
        "opgroeien;relaties",
        8,
        lid=1,
        jeugd=True,
        melder=("naaste", "Zoë Wijnands", "moeder"),
        wie="nadia",
        stappen=("start_gesprek", "start_onderzoek"),
    ),
    Zaak(
        "elidrissi",
        "Ik wil werken, maar er is geen opvang voor mijn dochter.",
        "werken;opvoeden",
        5,
        kanaal="inloopspreekuur",
        wie="tim",
        gesprek=4,
    ),
    Zaak(
        "dijkstra",
        "Mijn vader vergeet veel en doolt ’s nachts. Ik kan het niet meer alleen.",
        "gezondheid;relaties",
        37,
        lid=1,
        melder=("naaste", "Femke Dijkstra", "dochter"),
        wie="wijkwerker",
        stappen=("start_gesprek", "start_onderzoek", "rond_onderzoek_af"),
    ),
    Zaak(
        "kowalczyk",
        "Wij hebben een tolk nodig bij het consultatiebureau.",
        "opvoeden;sociale_contacten",
        2,
        kanaal="balie",
    ),
    Zaak(
        "vanthof",
        "De douche is te glad, ik ben al twee keer gevallen.",
        "wonen;gezondheid",
        4,
        kanaal="email",
    ),
    Zaak(
        "vanthof",
        "Ik zie niemand meer sinds mijn zus is overleden.",
        "sociale_contacten;zingeving",
        40,
        wie="wijkwerker",
        stappen=("start_gesprek", "rond_af_in_voorveld"),
        reden="gaat op woensdag eten in het buurthuis",
    ),
    Zaak(
        "ramdin",
        "Mijn zoon woont nu zelf en heeft iemand nodig die meekijkt.",
        "wonen;sociale_contacten",
        30,
        lid=1,
        melder=("naaste", "Sharda Ramdin", "moeder"),
        wie="wijkwerker",
        stappen=("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast"),
    ),
    Zaak(
        "obrien",
        "Mijn rolstoel past niet goed meer.",
        "mobiliteit;gezondheid",
        48,
        wie="tim",
        stappen=("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast", "ken_toe"),
    ),
    Zaak(
        "tekle",
        "Wij wachten op een huis en slapen met zijn drieën in één kamer.",
        "wonen;inkomen",
        9,
        lid=1,
        kanaal="outreach",
        wie="wijkwerker",
        stappen=("start_gesprek",),
        gesprek=1,
    ),
    Zaak(
        "degraaf2",
        "Ik drink te veel en mijn vriendin wil weg met ons kind.",
        "gezondheid;relaties;opvoeden",
        6,
        wie="wijkwerker",
        melder=("professional", "Dokter Van Beek", "huisartsenpraktijk De Brug"),
    ),
    Zaak(
        "opdenkamp",
        "De schulden lopen op en ik doe de post niet meer open.",
        "inkomen;werken",
        44,
        wie="wijkwerker",
        stappen=("start_gesprek", "start_onderzoek"),
        melder=("professional", "M. Bouzidi", "woningcorporatie"),
        notities=("Drie keer aan de deur geweest, doet alleen ’s ochtends open.",),
    ),
    Zaak("ozturk", "Ik zoek iets om overdag te doen, werken gaat niet meer.", "werken;zingeving", 7),
    Zaak(
        "nguyen",
        "Ik kan niet meer met de bus en wil naar mijn dochter.",
        "mobiliteit;sociale_contacten",
        20,
        wie="nadia",
        stappen=("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "wijs_af"),
        reden="de belbus rijdt tot voor de deur",
    ),
    Zaak(
        "afgeschermd",
        "Is met haar zoon gevlucht; het adres mag niet bekend worden.",
        "relaties;wonen",
        10,
        wie="wijkwerker",
        stappen=("start_gesprek",),
    ),
    Zaak(
        "terhorst",
        "Sinds wij hierheen verhuisden is het contact met ons oude team weg.",
        "sociale_contacten;gezondheid",
        15,
        wie="collega",
        stappen=("start_gesprek",),
    ),
    Zaak(
        "brouwer",
        "Thijs wordt gepest en vecht op school.",
        "opgroeien;opvoeden",
        11,
        lid=3,
        jeugd=True,
        melder=("naaste", "Joost Brouwer", "vader"),
        wie="collega",
        stappen=("start_gesprek",),
        gesprek=3,
    ),
    Zaak("brouwer", "Wij willen hulp bij het uit elkaar gaan.", "relaties;opvoeden", 2, kanaal="email"),
    Zaak(
        "reijnders",
        "Ik kan het huis niet meer zelf schoonhouden.",
        "gezondheid;wonen",
        28,
        wie="collega",
        stappen=("start_gesprek", "start_onderzoek", "rond_onderzoek_af"),
    ),
    Zaak(
        "benali",
        "Vijf mensen, één inkomen weggevallen, zoon met een licht verstandelijke beperking.",
        "inkomen;opgroeien;relaties;gezondheid",
        33,
        wie="collega",
        stappen=("start_gesprek", "start_onderzoek"),
        notities=(
            "Met het gezin afgesproken dat ik één keer per week bel.",
            "Expertteam erbij gevraagd voor de diagnostiek van Ilias.",
        ),
    ),
    Zaak(
        "benali",
        "Nora zorgt elke dag voor haar broers en komt niet aan haar huiswerk toe.",
        "opgroeien;gezondheid",
        4,
        lid=2,
        jeugd=True,
        wie="expert",
        melder=("professional", "Mentor K. de Boer", "school voor voortgezet onderwijs"),
    ),
    Zaak(
        "dosantos",
        "Hoe komt mijn vader naar de dagopvang? Lopen gaat niet meer.",
        "mobiliteit",
        5,
        lid=1,
        melder=("naaste", "Inês dos Santos", "dochter"),
    ),
    Zaak(
        "mensah",
        "Akosua is zwanger en wil niet naar huis.",
        "opgroeien;relaties",
        1,
        lid=1,
        jeugd=True,
        spoed=True,
        wie="collega",
        melder=("professional", "S. Kaya", "verloskundigenpraktijk"),
    ),
    Zaak(
        "huisman",
        "Ik krijg elke maand minder AOW dan ik dacht.",
        "inkomen",
        6,
        kanaal="balie",
        stappen=("zet_door",),
        reden="werk en inkomen",
    ),
    Zaak(
        "huisman",
        "Ik zoek maatjes om mee te wandelen.",
        "sociale_contacten",
        18,
        wie="ilse",
        stappen=("trek_in",),
        reden="heeft zelf al iemand gevonden",
    ),
    Zaak("vanderlinden", "Ik slaap bij vrienden op de bank en weet niet waar ik terechtkan.", "wonen", 2),
    Zaak(
        "rodriguez",
        "Ben net in de stad, heb geen adres en wil weten hoe ik een huisarts vind.",
        "gezondheid;wonen",
        kanaal="balie",
    ),
    Zaak(
        "mensah",
        "Ik wil weer aan het werk, maar ben snel moe sinds mijn ziekte.",
        "werken;gezondheid",
        16,
        wie="expert",
        stappen=("start_gesprek",),
    ),
)

FORMULIEREN = (
    (
        "inwoner",
        "Ömer Çelik",
        "omer.celik@example.org",
        "Mijn buurvrouw heeft al een week haar gordijnen dicht en doet niet open.",
        0,
    ),
    (
        "professional",
        "Wijkagent P. Scholten",
        "p.scholten@example.nl",
        "Tijdens een controle een man van rond de zestig ontmoet die in zijn auto slaapt.",
        0,
    ),
    (
        "inwoner",
        "Lucretia Vrede",
        "l.vrede@example.nl",
        "Ik zou graag een vrijwilliger voor het papierwerk willen.",
        1,
    ),
)

BELOFTES = (
    # gezin or None, naam, vraag, account or nobody, hours ago that it was promised
    ("devries", "Ingrid de Vries", "Wil weten wanneer de huishoudelijke hulp begint.", "wijkwerker", 20),
    ("dijkstra", "Femke Dijkstra", "Vraagt of zij mee mag naar de casemanager.", "wijkwerker", 49),
    (None, "Meneer Pinas", "Zoekt iemand die zijn brief kan uitleggen.", "", 30),
    (None, "Mevrouw Owusu", "Wil een afspraak op het spreekuur.", "", 2),
    ("benali", "Samira Tahiri", "Kon vanochtend niet praten, graag na vieren.", "collega", 5),
    ("ramdin", "Sharda Ramdin", "Heeft het plan gelezen en heeft een vraag.", "wijkwerker", 70),
)

INDICATIES = (
    # gezin, lid, wet, voorzieningengroep, voorziening, days ago that it began, days until it ends or None
    ("reijnders", 0, "wmo", "hulp bij het huishouden", "huishoudelijke hulp", 340, 24),
    ("huisman", 0, "wmo", "begeleiding", "individuele ondersteuning licht", 300, 58),
    ("vanthof", 0, "wmo", "hulp bij het huishouden", "huishoudelijke hulp", 360, 5),
    ("vanthof", 0, "wmo", "hulp bij het huishouden", "huishoudelijke hulp", -6, 370),
    ("martina", 1, "jeugdwet", "ambulante ondersteuning jeugdige-gezin-school", "midden", 200, None),
    ("mensah", 1, "jeugdwet", "ambulante ondersteuning jeugdige-gezin-school", "midden", 150, 66),
)
"""What runs: one that ends soon becomes a herindicatie at night, unless the next of its group follows."""
