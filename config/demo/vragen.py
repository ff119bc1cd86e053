"""What people ask, in a sentence or two, and the levensgebieden that it touches."""

from __future__ import annotations

from random import Random

from .meldingen import Melding

Vraag = tuple[str, str]

BIJ_GROEP: dict[str, list[Vraag]] = {
    "hulp bij het huishouden": [
        ("Ik kan het huis niet meer zelf schoonhouden.", "gezondheid;wonen"),
        ("Stofzuigen en ramen lappen lukt niet meer sinds mijn heupoperatie.", "gezondheid;wonen"),
        ("Mijn man deed altijd het huishouden, maar hij is ziek geworden.", "gezondheid;wonen;relaties"),
    ],
    "begeleiding": [
        ("Ik heb hulp nodig om mijn dagen en mijn post op orde te houden.", "gezondheid;inkomen"),
        (
            "Onze zoon met autisme woont nu zelf en heeft iemand nodig die meekijkt.",
            "wonen;sociale_contacten",
        ),
        ("Ik zie niemand en kom tot niets.", "sociale_contacten;zingeving"),
    ],
    "dagbesteding": [
        ("Mijn moeder vergeet veel en zit de hele dag alleen.", "gezondheid;sociale_contacten"),
        ("Ik zoek iets om overdag te doen, werken gaat niet meer.", "werken;zingeving"),
    ],
    "persoonlijke verzorging": [("Mijn broer heeft hulp nodig bij het wassen en aankleden.", "gezondheid")],
    "kortdurend verblijf": [
        ("Ik zorg voor mijn vrouw en moet af en toe op adem komen.", "gezondheid;relaties")
    ],
    "vervoersdiensten": [
        ("Ik kan niet meer met de bus en wil naar mijn dochter.", "mobiliteit;sociale_contacten"),
        ("Hoe kom ik naar de dagopvang? Lopen gaat niet meer.", "mobiliteit"),
    ],
    "rolstoelen": [
        ("Mijn rolstoel past niet goed meer.", "mobiliteit;gezondheid"),
        ("Ik heb een rolstoel nodig voor buiten.", "mobiliteit"),
    ],
    "vervoervoorzieningen": [
        ("Met een scootmobiel kan ik weer zelf boodschappen doen.", "mobiliteit"),
        ("Fietsen gaat niet meer op een gewone fiets.", "mobiliteit;vrije_tijd"),
    ],
    "woonvoorzieningen": [
        ("Ik kom de trap niet meer op.", "wonen;gezondheid"),
        ("De drempels en het bad zijn gevaarlijk voor mij.", "wonen;veiligheid"),
    ],
}
VOLWASSENEN: list[Vraag] = [
    ("Ik heb schulden en durf de post niet meer open te maken.", "inkomen"),
    ("Mijn buurvrouw gaat achteruit, kan iemand eens langsgaan?", "gezondheid;sociale_contacten"),
    ("Ik ben mantelzorger en houd het niet meer vol.", "gezondheid;relaties"),
    ("We hebben veel ruzie thuis en komen er samen niet uit.", "relaties;veiligheid"),
    ("Ik begrijp een brief van de gemeente niet.", "inkomen"),
    ("Ik ken hier niemand en wil graag mensen ontmoeten.", "sociale_contacten;vrije_tijd"),
    ("Sinds mijn ontslag weet ik niet hoe ik verder moet.", "werken;inkomen;zingeving"),
    ("Ik moet mijn huis uit en weet niet waarheen.", "wonen;veiligheid"),
]
JEUGD: list[Vraag] = [
    ("Onze dochter wil niet meer naar school.", "onderwijs;opgroeien"),
    ("Mijn zoon is druk en boos, thuis en in de klas.", "opvoeden;opgroeien;onderwijs"),
    ("Lezen en spellen blijft heel moeilijk, ondanks extra hulp op school.", "onderwijs"),
    ("Sinds de scheiding gaat het niet goed met de kinderen.", "relaties;opgroeien"),
    ("Ik sta er alleen voor en weet niet hoe ik grenzen moet stellen.", "opvoeden"),
    ("De school maakt zich zorgen over de situatie thuis.", "veiligheid;opgroeien"),
    ("Ons kind heeft angsten en slaapt slecht.", "gezondheid;opgroeien"),
]
AFLOOP = "De indicatie loopt af: {groep}. Graag verlengen."
AFLOOP_ZONDER = "De indicatie loopt af. Wat is daarna nog nodig?"


def kies_vraag(melding: Melding, rng: Random) -> Vraag:
    """The question of this melding in plain words, and its levensgebieden separated by `;`."""
    algemeen = JEUGD if melding.categorie == "jeugd" else VOLWASSENEN
    vraag, gebieden = rng.choice(BIJ_GROEP.get(melding.groep, algemeen))
    if melding.aanleiding == "herindicatie":
        vraag = rng.choice((AFLOOP.format(groep=melding.groep), AFLOOP_ZONDER))
    return vraag, gebieden
