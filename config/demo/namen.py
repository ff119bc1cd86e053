"""Made-up people: names of the many origins of the town, and ways to reach them that reach nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

BSN_BEREIK = (999900006, 999999990)


@dataclass(frozen=True, slots=True)
class Herkomst:
    """Names that go together; a surname is `tussenvoegsel|achternaam` where it has a tussenvoegsel."""

    gewicht: int
    mannen: list[str]
    vrouwen: list[str]
    achternamen: list[str]


def _namen(tekst: str) -> list[str]:
    return [naam.strip().replace("+", " ") for naam in tekst.split()]


HERKOMSTEN = [
    Herkomst(
        54,
        _namen(
            "Jan Piet Henk Kees Willem Gerrit Theo Bart Sjoerd Joost Ruud Wim Daan Sem Luuk Thijs Bram "
            "René André"
        ),
        _namen(
            "Annie Corrie Riet Truus Greet Ans Ingrid Marjan Femke Sanne Lotte Fleur Roos Zoë Noëlle "
            "Anouk Renée"
        ),
        _namen(
            "de|Vries Jansen van+den|Berg Bakker van|Dijk Visser Smit Meijer de|Boer Mulder de|Groot "
            "Bos Vos Peters Hendriks van|Leeuwen Dekker Brouwer de|Wit Dijkstra Smits de|Graaf "
            "van+der|Meer van+der|Linden Kok Jacobs van|Vliet Hoekstra Huisman van+’t|Hof Reijnders "
            "Geërts Noë ten|Brink ter|Horst op+den|Kamp"
        ),
    ),
    Herkomst(
        15,
        _namen("Roy Romeo Glenn Ricardo Iwan Ashwin Dewanand Soerin Vishal Henry Clyde Orlando"),
        _namen("Sharda Indira Shanti Wonny Joyce Mavis Lucretia Chandra Ruwina Anjali Esselien Muriël"),
        _namen(
            "Ramdin Bhagwandin Kartosen Pinas Doekhi Jagroep Sewnath Kromosoeto Biharie Vrede Landveld "
            "Wongsodikromo Oemrawsingh Cairo Zeefuik Baldewsingh"
        ),
    ),
    Herkomst(
        8,
        _namen("Mohamed Ahmed Youssef Rachid Karim Ilias Bilal Omar Saïd Abdelkader"),
        _namen("Fatima Khadija Naïma Samira Aïcha Yasmina Nora Hafida Salma Zohra"),
        _namen(
            "el|Amrani Bouzidi el|Idrissi Benali Chaouch Tahiri Azzouzi el|Khattabi Ouali ben|Haddou Mansouri"
        ),
    ),
    Herkomst(
        6,
        _namen("Mehmet Mustafa Hüseyin Ömer İbrahim Emre Yusuf Gökhan Çetin Burak"),
        _namen("Ayşe Fatma Emine Zeynep Gülsüm Şengül Özlem Elif Büşra Nurcan"),
        _namen("Yılmaz Kaya Demir Çelik Şahin Öztürk Aydın Güneş Doğan Koç"),
    ),
    Herkomst(
        7,
        _namen("Gregory Edsel Rignald Elvis Quincy Jairo Randal Ludwig"),
        _namen("Rosalia Ludmila Sharlène Gisèle Jurena Marlène Nilva Shudeska"),
        _namen("Martina Felicia Cijntje Isenia Leito de+la|Cruz Sambo Pieternella Rosario Conquet"),
    ),
    Herkomst(
        10,
        _namen("Piotr Łukasz Kwame Kofi Wei José João Ali Reza Aleksandr Dragan Nguyen Tesfay François"),
        _namen(
            "Małgorzata Agnieszka Akosua Abena Mei María Inês Shirin Leila Olena Jelena Thuy Selam Hélène"
        ),
        _namen(
            "Kowalska Wójcik Mensah Owusu Chen García dos|Santos Ahmadi Hosseini Kovač Petrović Nguyễn "
            "Tekle Okafor Müller Horváth Dvořák O’Brien Rodríguez+Núñez"
        ),
    ),
]
_GEWICHTEN = [herkomst.gewicht for herkomst in HERKOMSTEN]


def kies_herkomst(rng: Random) -> Herkomst:
    """The origin of a household, by how common it is in town."""
    return rng.choices(HERKOMSTEN, _GEWICHTEN)[0]


def kies_voornamen(rng: Random, herkomst: Herkomst, geslacht: str) -> str:
    """One or two first names for `m` or `v`; `x` gets one of either list."""
    namen = {"m": herkomst.mannen, "v": herkomst.vrouwen}.get(geslacht, herkomst.mannen + herkomst.vrouwen)
    return " ".join(rng.sample(namen, 2 if rng.random() < 0.3 else 1))


def kies_achternaam(rng: Random, herkomst: Herkomst) -> tuple[str, str]:
    """Tussenvoegsel (may be empty) and surname, apart; some families have a double name."""
    voor, _, naam = rng.choice(herkomst.achternamen).rpartition("|")
    if rng.random() < 0.06:
        naam += "-" + rng.choice(herkomst.achternamen).rpartition("|")[2]
    return voor, naam


def kies_telefoon(rng: Random) -> str:
    """A number in a block of the area that stands for no connection."""
    return f"036-55501{rng.randrange(100):02d}"


def kies_email(rng: Random, voornamen: str, achternaam: str) -> str:
    """An address in a domain that is reserved for examples."""
    kaal = unicodedata.normalize("NFKD", f"{voornamen[0]}.{achternaam}".replace("ı", "i").replace("Ł", "L"))
    letters = "".join(
        teken for teken in kaal.lower() if teken.isascii() and (teken.isalnum() or teken == ".")
    )
    return f"{letters}{rng.randrange(10, 100)}@example.{rng.choice(['org', 'nl'])}"


def proefnummers() -> Iterator[str]:
    """Every BSN of the official test range that passes the 11-proef, ascending; some nine thousand."""
    for nummer in range(BSN_BEREIK[0], BSN_BEREIK[1] + 1):
        cijfers = [int(cijfer) for cijfer in str(nummer)]
        gewogen = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), cijfers, strict=False))
        if (gewogen - cijfers[8]) % 11 == 0:
            yield str(nummer)
