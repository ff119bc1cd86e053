"""Everything that `households` stores."""

from households.models.gezin import Gezinswijziging, Wijzigingsoort
from households.models.identiteit import Documentsoort, Identiteitscontrole
from households.models.mensen import Geslacht, Huishouden, Levensgebied, Persoon, Rol, Verblijf, naamwoord
from households.models.notities import Huishoudnotitie
from households.models.relaties import WEDERZIJDS, Ketenpartner, Relatie, Relatiesoort
from households.models.werk import Betrokkenheid, Betrokkenheidsoort, Gelijkstelling, Noodtoegang, Oordeel

__all__ = [
    "WEDERZIJDS",
    "Betrokkenheid",
    "Betrokkenheidsoort",
    "Documentsoort",
    "Gelijkstelling",
    "Geslacht",
    "Gezinswijziging",
    "Huishouden",
    "Huishoudnotitie",
    "Identiteitscontrole",
    "Ketenpartner",
    "Levensgebied",
    "Noodtoegang",
    "Oordeel",
    "Persoon",
    "Relatie",
    "Relatiesoort",
    "Rol",
    "Verblijf",
    "Wijzigingsoort",
    "naamwoord",
]
