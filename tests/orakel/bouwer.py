"""Builds a municipality row by row, each entity from its own seed.

An entity depends on its seed and on how many teams and persons there are, on nothing else, so that hypothesis
can drop one and leave the others as they were.
"""

from collections.abc import Callable, Sequence
from random import Random

from .catalogus import JEUGDWET, WMO
from .lezen import Gemeente, Rij
from .toeval import dag_tekst, dagen_op_rij, kans, kennis, soms

TEAMS = (
    ("W01", "Haven, Oost", "wijkteam", "Haven"),
    ("10", "Wijkteam 10", "wijkteam", ""),
    ("9", 'De "Brink"', "wijkteam", "Überlân"),
    ("X 1", "Expertteam 'Noord'", "expertteam", "Haven"),
    ("é-plein", "Été & Oïl", "wijkteam", "Überlân"),
    ("K,3", "Krém; Zuid", "wijkteam", ""),
    ('"Q"', "'t Zand", "wijkteam", "Zand en Veen"),
    ("w01", "wéér een", "expertteam", ""),
    ("Ørsted", " ".join(["Lang"] * 12), "wijkteam", "Haven"),
)
REFSTIJLEN = (
    "{soort}{nummer}",
    "{nummer}",
    "é {soort}/{nummer}",
    '{soort},"{nummer}"',
    "{soort}{nummer:x>60}",
)
ACHTERNAMEN = ("Jansen", "d'Ançona", "Şahin-de Boer", 'Smit, "Bob"', "Ĳzerman", "O'Neil")
AANBIEDERS = ("Zorg & Co", "Thuis, bij ons", "Stichting Ĳsvogel")
KANALEN = (
    "telefoon",
    "email",
    "webformulier",
    "inloopspreekuur",
    "professional",
    "balie",
    "outreach",
    "afloop_indicatie",
)
AANLEIDINGEN = ("nieuwe_vraag", "herindicatie", "melding_professional")
CATEGORIEEN = ("volwassenen", "volwassenen", "volwassenen", "jeugd")
STAPPEN = (
    ("voorveld", "ingetrokken", "doorgezet"),
    ("voorveld", "gesprek_gestart"),
    ("voorveld", "gesprek_gestart", "onderzoek_gestart"),
    ("gesprek_gestart", "onderzoek_gestart", "onderzoek_afgerond", "plan_akkoord"),
    (
        "voorveld",
        "gesprek_gestart",
        "onderzoek_gestart",
        "onderzoek_afgerond",
        "niet_toegekend",
        "ingetrokken",
    ),
    (
        "gesprek_gestart",
        "onderzoek_gestart",
        "onderzoek_afgerond",
        "plan_akkoord",
        "toegekend",
        "niet_toegekend",
    ),
)
LEVENSGEBIEDEN = ("gezondheid", "wonen", "werken", "inkomen", "onderwijs", "veiligheid", "mobiliteit")
WETTEN = ("wmo", "jeugdwet", "participatiewet")
KLACHTSOORTEN = (
    "klacht",
    "klacht",
    "bezwaar",
    "beroep",
    "hoger_beroep",
    "voorlopige_voorziening",
    "ombudsman",
)
ACTIVITEITEN = ("spreekuur", "collectief_arrangement", "buurtactiviteit", "wijknetwerkbijeenkomst")
VERVOLGEN = (
    "keukentafelgesprek",
    "begeleidingsgesprekken",
    "algemene_voorziening",
    "verwezen_vrijwilligerswerk",
    "actief_geworden",
    "informatie_advies",
    "zelf_geholpen_regelzaken",
)
KWARTALEN = ("2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4")
KALENDERPERIODEN = (
    *KWARTALEN,
    *(f"2015-{maand:02}" for maand in range(1, 13)),
    "2014-Q4",
    "2014-12",
    "2016-Q1",
    "2016-02",
    "2014",
    "2015",
    "2016",
)

VAAK = {
    "wmo": ("begeleiding", "vervoersdiensten", "beschermd wonen", "opvang", "spoedopvang"),
    "jeugdwet": 4 * ("jeugdbescherming", "jeugdreclassering", "pleegzorg", "kortdurend verblijf jeugd"),
}

Bundel = Callable[[], Rij]


class Bouwer:
    """Collects the rows per file; refs are unique per file, and their order is not the order of the rows."""

    def __init__(self, zout: int, refstijl: str, teams: Sequence[int]) -> None:
        self.gemeente: Gemeente = {}
        self._zout = zout
        self._refstijl = refstijl
        self._codes = [TEAMS[nummer][0] for nummer in teams]
        for nummer in teams:
            code, naam, soort, stadsdeel = TEAMS[nummer]
            self._voeg("teams", {"code": code, "naam": naam, "soort": soort, "stadsdeel": stadsdeel})

    def _toeval(self, zaad: int | str) -> Random:
        """Return the source of one entity; the salt keeps equal seeds of two municipalities apart."""
        return Random(f"{self._zout}/{zaad}")

    def _refs(self, bestand: str) -> list[str]:
        return [rij["ref"] for rij in self.gemeente.get(bestand, [])]

    def _nieuwe_ref(self, bestand: str) -> str:
        nummer = len(self.gemeente.get(bestand, ())) * 7919 % 9973
        return self._refstijl.format(soort=bestand[0].upper(), nummer=nummer)

    def _voeg(self, bestand: str, rij: Rij) -> None:
        self.gemeente.setdefault(bestand, []).append(rij)

    def _geschiedenis(self, r: Random, bestand: str, vast: Rij, bundels: Sequence[Bundel]) -> None:
        """Add a fact and its corrections; each draws one bundle of columns anew, now and then all."""
        inhoud = dict(vast)
        for versie, (geregistreerd_op, vervallen_op) in enumerate(kennis(r)):
            anders = bundels if versie == 0 or kans(r, 0.2) else [r.choice(bundels)]
            for bundel in anders:
                inhoud |= bundel()
            ref = {} if bestand == "externe_cijfers" else {"ref": self._nieuwe_ref(bestand)}
            klok = {"geregistreerd_op": geregistreerd_op, "vervallen_op": vervallen_op}
            self._voeg(bestand, {**ref, **inhoud, **klok})

    def _team(self, r: Random) -> str:
        return soms(r, self._codes, 0.15) if self._codes else ""

    def persoon(self, zaad: int, verblijven: int) -> None:
        """Add a person who stayed in a number of places: moves, gaps, overlaps, two homes at once."""
        r = self._toeval(zaad)
        ref = self._nieuwe_ref("personen")
        geboren = soms(r, ("1931-02-28", "1975-06-01", "2000-02-29", "2013-12-31"), 0.2)
        persoon = {
            "ref": ref,
            "achternaam": r.choice(ACHTERNAMEN),
            "tussenvoegsel": soms(r, ("van der",), 0.7),
        }
        self._voeg("personen", persoon | {"geboortedatum": geboren, "geslacht": soms(r, ("m", "v", "x"))})
        dagen = [dag.isoformat() for dag in dagen_op_rij(r, 2 * verblijven, vroeg=0.4)]
        aansluitend, met_gaten, tegelijk = range(verblijven), range(0, 2 * verblijven, 2), [0] * verblijven
        patroon = r.choice((aansluitend, met_gaten, tegelijk))
        for nummer, begin in enumerate(patroon, start=1):
            self._verblijf(r, ref, dagen[begin:], laatste=nummer == verblijven)

    def _verblijf(self, r: Random, persoon_ref: str, dagen: Sequence[str], *, laatste: bool) -> None:
        def duur() -> Rij:
            kort = dagen[1] if kans(r, 0.7) else r.choice(dagen[1:])
            return {"vanaf": dagen[0], "tot": "" if kans(r, 0.6 if laatste else 0.2) else kort}

        def team() -> Rij:
            code = self._team(r)
            adres = {"postcode": r.choice(("1315AB", "9999ZZ")), "huisnummer": str(r.randint(1, 400))}
            return {"team_code": code} | (adres if code else {"postcode": "", "huisnummer": ""})

        vast = {
            "persoon_ref": persoon_ref,
            "huishouden_ref": f"huis {r.randrange(5)}",
            "rol": soms(r, ("hoofd", "partner", "kind", "ouder", "overig")),
        }
        self._geschiedenis(r, "verblijven", vast, (duur, team))

    def melding(self, zaad: int, feiten: int) -> None:
        """Add a melding with a number of later facts; some were never received, or by mistake."""
        personen = self._refs("personen")
        if not personen:
            return
        r = self._toeval(zaad)
        ref = self._nieuwe_ref("meldingen")
        melding = {
            "ref": ref,
            "persoon_ref": r.choice(personen),
            "spoed": soms(r, ("ja", "nee")),
            "vraag": soms(r, ("hulp in huis", 'buurman zei: "bel, nu"', "twee\nregels", "één vraag")),
            "levensgebieden": ";".join(r.sample(LEVENSGEBIEDEN, r.randrange(3))),
        }
        self._voeg("meldingen", melding)
        if kans(r, 0.93):
            vast = {"melding_ref": ref, "soort": "ontvangen"}
            self._geschiedenis(r, "gebeurtenissen", vast, self._ontvangst(r))
        soorten = r.choice(STAPPEN)
        for nummer in range(feiten):
            self._stap(self._toeval(f"{zaad}/{nummer}"), ref, soorten)

    def _ontvangst(self, r: Random) -> tuple[Bundel, ...]:
        return (
            lambda: {"datum": dag_tekst(r)},
            lambda: {"team_code": self._team(r)},
            lambda: {"categorie": soms(r, CATEGORIEEN, 0.1)},
            lambda: {"kanaal": soms(r, KANALEN)},
            lambda: {"aanleiding": soms(r, AANLEIDINGEN)},
        )

    def _stap(self, r: Random, melding_ref: str, soorten: Sequence[str]) -> None:
        soort = r.choice(soorten)
        bundels: list[Bundel] = [lambda: {"datum": dag_tekst(r)}]
        if soort in ("niet_toegekend", "ingetrokken", "doorgezet"):
            bundels.append(lambda: {"reden": soms(r, ("verhuisd", "andere oplossing, zelf gevonden"))})
        self._geschiedenis(r, "gebeurtenissen", {"melding_ref": melding_ref, "soort": soort}, bundels)

    def contact(self, zaad: int) -> None:
        """Add a klantcontact, now and then one that became a melding."""
        r = self._toeval(zaad)
        meldingen = self._refs("meldingen")
        themas = ("werk_en_uitkering", "zorg_en_ondersteuning", "jeugd_en_opvoeding")
        afhandelingen = ("direct", "direct", "doorgezet_wijkteam", "doorgezet_werk_en_inkomen")
        kanalen = ("telefoon", "telefoon", "telefoon", "email", "webformulier", "balie")
        bundels: tuple[Bundel, ...] = (
            lambda: {"datum": dag_tekst(r)},
            lambda: {"kanaal": r.choice(kanalen)},
            lambda: {"thema": soms(r, themas)},
            lambda: {"wet": soms(r, WETTEN)},
            lambda: {"afhandeling": soms(r, afhandelingen)},
        )
        vast = {"melding_ref": soms(r, meldingen, 0.7) if meldingen else ""}
        self._geschiedenis(r, "contacten", vast, bundels)

    def beschikking(self, zaad: int) -> None:
        """Add a beschikking of either wet; a few clients hold most of them."""
        personen = self._refs("personen")
        if not personen:
            return
        r = self._toeval(zaad)
        meldingen = self.gemeente.get("meldingen", [])

        def client() -> Rij:
            persoon = personen[min(r.randrange(len(personen)), r.randrange(len(personen)))]
            eigen = [rij["ref"] for rij in meldingen if rij["persoon_ref"] == persoon]
            return {"persoon_ref": persoon, "melding_ref": soms(r, eigen, 0.5) if eigen else ""}

        def voorziening() -> Rij:
            wet, catalogus = r.choice((("wmo", WMO), ("wmo", WMO), ("jeugdwet", JEUGDWET)))
            groep = r.choice((*catalogus, *VAAK[wet]))
            return {"wet": wet, "voorzieningengroep": groep, "voorziening": r.choice(catalogus[groep])}

        def looptijd() -> Rij:
            eerste, laatste = (dag.isoformat() for dag in dagen_op_rij(r, 2, vroeg=0.2))
            return {"ingangsdatum": eerste, "einddatum": r.choice(("", eerste, laatste, laatste, laatste))}

        bundels: tuple[Bundel, ...] = (
            client,
            voorziening,
            looptijd,
            lambda: {"financieringsvorm": soms(r, ("zin", "pgb"))},
            lambda: {"aanbieder": soms(r, AANBIEDERS), "besluitdatum": soms(r, (dag_tekst(r),))},
        )
        self._geschiedenis(r, "beschikkingen", {}, bundels)

    def klacht(self, zaad: int) -> None:
        """Add a klacht, bezwaar or beroep of any wet, or one at the ombudsman."""
        r = self._toeval(zaad)
        beschikkingen = self._refs("beschikkingen")
        bundels: tuple[Bundel, ...] = (
            lambda: {"datum": dag_tekst(r)},
            lambda: {"wet": soms(r, WETTEN, 0.1)},
            lambda: {"soort": r.choice(KLACHTSOORTEN)},
            lambda: {"onderwerp": soms(r, ("wachttijd", "bejegening", 'de "toets"'))},
        )
        vast = {"beschikking_ref": soms(r, beschikkingen) if beschikkingen else ""}
        self._geschiedenis(r, "klachten", vast, bundels)

    def extern_cijfer(self, groep: str, periode: str, zaad: int) -> None:
        """Add a figure delivered for one cell of 2.13, or of another table with the same words."""
        r = self._toeval(zaad)

        def cijfer() -> Rij:
            status = r.choice(("voorlopig", "definitief", "nnb"))
            return {"status": status, "waarde": "" if status == "nnb" else str(r.choice((0, 7, 10, 361)))}

        vast = {
            "tabel": r.choice(("2.13", "2.13", "2.13", "2.28", "2.21")),
            "rij": groep,
            "periode": periode,
            "bron": r.choice(("CAK", "CBS, voorlopig")),
        }
        self._geschiedenis(r, "externe_cijfers", vast, (cijfer,))

    def buurt(self, zaad: int) -> None:
        """Add for one team how many live there on some days, and a few spreekuren; nothing without teams."""
        r = self._toeval(zaad)
        if not self._codes:
            return
        code = r.choice(self._codes)
        al_geteld = {(rij["team_code"], rij["peildatum"]) for rij in self.gemeente.get("inwoners", [])}
        for peildatum in r.sample(("2014-01-01", "2015-01-01", "2015-04-01", "2016-01-01"), 2):
            if (code, peildatum) not in al_geteld:
                aantallen = {
                    "inwoners": soms(r, ("7", "40", "12345")),
                    "jeugdigen": soms(r, ("0", "3", "999")),
                }
                self._voeg("inwoners", {"team_code": code, "peildatum": peildatum, **aantallen})
        bekend = {tuple(rij.values())[:5] for rij in self.gemeente.get("spreekuren", [])}
        van = r.choice(("09:00", "13:30", "17:59", "18:00", "19:15"))
        spreekuur = {
            "team_code": code,
            "locatie": soms(r, ("Buurthuis", "De Brink, zaal 2")),
            "dag": r.choice(("ma", "do", "zo")),
            "van": van,
            "geldig_van": soms(r, ("2014-05-01", "2015-03-31", "2015-04-01"), 0.4),
            "tot": r.choice(("20:00", "21:35")),
            "frequentie": r.choice(("wekelijks", "tweewekelijks", "maandelijks")),
            "geldig_tot": soms(r, ("2015-06-30", "2015-07-01"), 0.5),
        }
        if tuple(spreekuur.values())[:5] not in bekend:
            self._voeg("spreekuren", spreekuur)

    def teamwerk(self, zaad: int) -> None:
        """Add an activity and a consult, mostly of the disciplines that the monitor counts."""
        r = self._toeval(zaad)
        getal = ("0", "3", "250")
        self._geschiedenis(
            r,
            "activiteiten",
            {"team_code": self._team(r)},
            (
                lambda: {"datum": dag_tekst(r)},
                lambda: {"discipline": soms(r, ("opbouwwerk", "opbouwwerk", "Opbouwwerk", "jeugd"), 0.1)},
                lambda: {"soort": r.choice(ACTIVITEITEN)},
                lambda: {"bewoners": soms(r, getal), "verwezen": soms(r, getal)},
            ),
        )
        self._geschiedenis(
            r,
            "consulten",
            {"team_code": self._team(r), "uren": soms(r, ("0.5", "1.25"))},
            (
                lambda: {"datum": dag_tekst(r)},
                lambda: {"discipline": soms(r, ("vrijwilligersconsulent", "cliëntondersteuning"), 0.1)},
                lambda: {"vervolg": ";".join(r.sample(VERVOLGEN, r.randrange(4)))},
            ),
        )
