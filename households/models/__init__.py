"""Everything that `households` stores."""

from households.models.identiteit import Documentsoort, Identiteitscontrole
from households.models.mensen import Geslacht, Huishouden, Levensgebied, Persoon, Rol, Verblijf, naamwoord
from households.models.werk import Betrokkenheid, Betrokkenheidsoort, Gelijkstelling, Noodtoegang, Oordeel

__all__ = [
    "Betrokkenheid",
    "Betrokkenheidsoort",
    "Documentsoort",
    "Gelijkstelling",
    "Geslacht",
    "Huishouden",
    "Identiteitscontrole",
    "Levensgebied",
    "Noodtoegang",
    "Oordeel",
    "Persoon",
    "Rol",
    "Verblijf",
    "naamwoord",
]
