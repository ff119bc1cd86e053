"""One good row of every file, with every column filled in, that together make a small overdracht."""

from __future__ import annotations

Rij = dict[str, str]
Rijen = dict[str, list[Rij]]

BSN = "999990019"
ANDER_BSN = "123456782"
KLOK = {"geregistreerd_op": "2015-04-02T09:30:00+02:00", "vervallen_op": ""}

GOED: dict[str, Rij] = {
    "teams": {"code": "W1", "naam": "Wijkteam 1", "soort": "wijkteam", "stadsdeel": "Haven"},
    "postcodes": {"postcode": "1315", "team_code": "W1"},
    "inwoners": {"team_code": "W1", "peildatum": "2015-01-01", "inwoners": "5000", "jeugdigen": "1200"},
    "personen": {
        "ref": "P1",
        "achternaam": "Zonneveld",
        "tussenvoegsel": "van der",
        "voornamen": "Wilhelmina",
        "geboortedatum": "1931-02-28",
        "geslacht": "v",
        "bsn": BSN,
        "telefoon": "0365551234",
        "email": "wil@voorbeeld.test",
        **KLOK,
    },
    "verblijven": {
        "ref": "V1",
        "persoon_ref": "P1",
        "huishouden_ref": "H1",
        "postcode": "1315AB",
        "huisnummer": "12",
        "team_code": "W1",
        "vanaf": "2010-01-01",
        "tot": "2016-01-01",
        "rol": "hoofd",
        **KLOK,
    },
    "meldingen": {
        "ref": "M1",
        "persoon_ref": "P1",
        "spoed": "ja",
        "vraag": "hulp in huis",
        "levensgebieden": "wonen;gezondheid",
        **KLOK,
    },
    "contacten": {
        "ref": "C1",
        "datum": "2015-03-30",
        "kanaal": "telefoon",
        "thema": "zorg_en_ondersteuning",
        "wet": "wmo",
        "afhandeling": "doorgezet_wijkteam",
        "melding_ref": "M1",
        **KLOK,
    },
    "gebeurtenissen": {
        "ref": "G1",
        "melding_ref": "M1",
        "soort": "ontvangen",
        "datum": "2015-04-01",
        "reden": "belde zelf",
        "team_code": "W1",
        "categorie": "volwassenen",
        "kanaal": "telefoon",
        "aanleiding": "nieuwe_vraag",
        **KLOK,
    },
    "beschikkingen": {
        "ref": "B1",
        "persoon_ref": "P1",
        "melding_ref": "M1",
        "wet": "wmo",
        "voorzieningengroep": "begeleiding",
        "voorziening": "individuele ondersteuning licht",
        "financieringsvorm": "zin",
        "aanbieder": "Zorg & Co",
        "besluitdatum": "2015-05-01",
        "ingangsdatum": "2015-05-04",
        "einddatum": "2016-05-03",
        **KLOK,
    },
    "klachten": {
        "ref": "K1",
        "datum": "2015-06-01",
        "wet": "wmo",
        "soort": "bezwaar",
        "onderwerp": "de omvang",
        "beschikking_ref": "B1",
        **KLOK,
    },
    "spreekuren": {
        "team_code": "W1",
        "locatie": "De Brink",
        "dag": "ma",
        "van": "09:00",
        "tot": "12:00",
        "frequentie": "wekelijks",
        "geldig_van": "2015-01-01",
        "geldig_tot": "2015-12-31",
    },
    "activiteiten": {
        "ref": "A1",
        "team_code": "W1",
        "discipline": "opbouwwerk",
        "soort": "buurtactiviteit",
        "datum": "2015-04-10",
        "bewoners": "40",
        "verwezen": "3",
        **KLOK,
    },
    "consulten": {
        "ref": "S1",
        "team_code": "W1",
        "discipline": "vrijwilligersconsulent",
        "datum": "2015-04-11",
        "uren": "1.5",
        "vervolg": "informatie_advies;actief_geworden",
        **KLOK,
    },
    "externe_cijfers": {
        "tabel": "2.13",
        "rij": "vervoersdiensten",
        "kolom": "pgb",
        "periode": "2015-Q1",
        "waarde": "4924",
        "status": "voorlopig",
        "bron": "CAK",
        **KLOK,
    },
}

TABEL = {
    "teams": "teams_team",
    "postcodes": "teams_postcodegebied",
    "inwoners": "teams_inwonertal",
    "personen": "households_persoon",
    "verblijven": "households_verblijf",
    "meldingen": "meldingen_melding",
    "contacten": "meldingen_klantcontact",
    "gebeurtenissen": "meldingen_gebeurtenis",
    "beschikkingen": "voorzieningen_beschikking",
    "klachten": "voorzieningen_klacht",
    "spreekuren": "teams_spreekuur",
    "activiteiten": "teams_activiteit",
    "consulten": "teams_consult",
    "externe_cijfers": "reporting_externcijfer",
}

BIJGEWERKT = ("teams", "postcodes", "inwoners", "personen", "meldingen", "spreekuren")
MET_VERSIES = tuple(naam for naam in GOED if naam not in BIJGEWERKT)


def rij(bestand: str, **anders: str) -> Rij:
    """The good row of a file, with other values in some columns."""
    onbekend = anders.keys() - GOED[bestand].keys()
    if onbekend:
        raise KeyError(f"{bestand} has no columns {onbekend}")
    return GOED[bestand] | anders


def alles() -> Rijen:
    """The whole overdracht, to change at will."""
    return {bestand: [dict(goed)] for bestand, goed in GOED.items()}


def ontvangen(ref: str, melding_ref: str, van: str = "", tot: str = "", **anders: str) -> Rij:
    """A fact `ontvangen` in force from one moment to another."""
    klok = {"geregistreerd_op": van, "vervallen_op": tot}
    return rij("gebeurtenissen", ref=ref, melding_ref=melding_ref, **klok, **anders)


def stap(ref: str, melding_ref: str, soort: str, **anders: str) -> Rij:
    """A later fact of a melding; without the kenmerken that only `ontvangen` has."""
    leeg = dict.fromkeys(("team_code", "categorie", "kanaal", "aanleiding"), "")
    return rij("gebeurtenissen", ref=ref, melding_ref=melding_ref, soort=soort, **{**leeg, **anders})
