"""The catalogue of voorzieningen (monitor Almere 2015, bijlage 3): group to voorzieningen, in its order."""

WMO: dict[str, tuple[str, ...]] = {
    "hulp bij het huishouden": ("huishoudelijke hulp",),
    "begeleiding": (
        "individuele ondersteuning licht",
        "individuele ondersteuning middel",
        "individuele ondersteuning zwaar",
    ),
    "persoonlijke verzorging": ("persoonlijke verzorging",),
    "kortdurend verblijf": ("kortdurend verblijf (max. 3 etmalen per week)",),
    "dagbesteding": (
        "arbeidsmatige dagbesteding",
        "beschut werk (geïndiceerd door Werk en Inkomen)",
        "niet arbeidsmatige dagbesteding licht",
        "niet arbeidsmatige dagbesteding middel",
        "niet arbeidsmatige dagbesteding zwaar",
    ),
    "vervoersdiensten": ("vervoer met rolstoel", "vervoer zonder rolstoel"),
    "rolstoelen": (
        "accessoires rolstoel",
        "elektrische rolstoel",
        "handmatig bewogen rolstoel",
        "individuele aanpassing rolstoel",
        "onderhoud en reparatie",
        "sportrolstoel",
        "werkstoel",
    ),
    "vervoervoorzieningen": (
        "aangepaste fiets",
        "aanpassing vervoermiddel",
        "accessoires vervoervoorziening",
        "ander verplaatsingsmiddel kinderen",
        "open elektrische buitenwagen (scootmobiel)",
        "gesloten buitenwagen",
        "ander verplaatsingsmiddel volwassenen",
        "bruikleenauto",
        "collectieve vervoervoorziening",
        "collectieve vervoervoorziening rolstoel",
        "driewielfiets",
        "financiële tegemoetkoming vervoervoorziening",
        "onderhoud en reparatie",
        "verzekering",
    ),
    "woonvoorzieningen": (
        "financiële tegemoetkoming woningaanpassing",
        "onroerende woonvoorziening",
        "roerende woonvoorziening",
        "traplift/tillift",
        "verwijderen woonvoorziening",
        "onderhoud en reparatie",
    ),
    "overige hulpmiddelen": ("overig hulpmiddel",),
    "beschermd wonen": ("beschermd wonen",),
    "opvang": ("dak- en thuislozenopvang", "vrouwenopvang"),
    "spoedopvang": ("crisisopvang",),
}

JEUGDWET: dict[str, tuple[str, ...]] = {
    "ambulante ondersteuning jeugdige-gezin-school": ("licht", "midden", "zwaar"),
    "specialistische ambulante ondersteuning jeugdige-gezin-school": ("individueel", "groep"),
    "kortdurend verblijf jeugd": ("kortdurend verblijf (max. 3 etmalen per week)",),
    "persoonlijke verzorging jeugd": ("persoonlijke verzorging",),
    "SAVE drang": ("SAVE drang",),
    "residentiële jeugdhulp": (
        "behandeling",
        "specialistische behandeling",
        "3-milieus behandeling",
        "zelfstandigheidstraining",
        "gezinshuis",
        "moeder- en kindgroep",
    ),
    "pleegzorg": ("netwerkpleegzorg", "pleegzorg bestandsgezin", "crisispleegzorg"),
    "gesloten jeugdhulp (JeugdzorgPlus)": ("gesloten jeugdhulp",),
    "jeugd-GGZ": ("generalistische basis GGZ", "specialistische GGZ"),
    "dyslexiezorg": ("ernstige enkelvoudige dyslexie",),
    "Veilig Thuis": ("advies en meldpunt",),
    "jeugdbescherming": ("ondertoezichtstelling", "voogdij"),
    "jeugdreclassering": (
        "toezicht en begeleiding gedwongen kader",
        "toezicht en begeleiding vrijwillig",
        "individuele trajectbegeleiding plus",
        "individuele trajectbegeleiding Criem",
        "scholings- en trainingsprogramma",
        "gedragsbeïnvloedende maatregel",
    ),
    "JeugdzorgPlus landelijk": (
        "onder 12 jaar",
        "zeer intensieve kortdurende observatie en stabilisatie",
        "gesloten opname tienermoeders",
    ),
    "jeugd-GGZ landelijk": (
        "eetstoornissen",
        "autisme",
        "persoonlijkheidsstoornissen",
        "doven en slechthorenden",
        "psychotrauma",
    ),
    "geweld in afhankelijkheidsrelaties": ("expertise- en behandelcentrum",),
    "j-sglvg": ("sterk gedragsgestoord licht verstandelijk gehandicapt",),
    "gespecialiseerde diagnostiek LVB/GGZ": ("observatie en exploratieve behandeling",),
    "forensische jeugdzorg": ("FFT", "MTFC", "MDFT", "MST", "Ouderschap met Liefde en Grenzen"),
}

BUITEN_TABEL_2_9 = frozenset({"beschermd wonen", "opvang", "spoedopvang"})
JEUGDHULP_MET_VERBLIJF = frozenset(
    {
        "residentiële jeugdhulp",
        "pleegzorg",
        "gesloten jeugdhulp (JeugdzorgPlus)",
        "kortdurend verblijf jeugd",
        "JeugdzorgPlus landelijk",
    }
)
