"""Everything that `households` stores."""

from households.models.mensen import Geslacht, Huishouden, Levensgebied, Persoon, Rol, Verblijf, naamwoord
from households.models.werk import Betrokkenheid, Betrokkenheidsoort, Gelijkstelling, Noodtoegang, Oordeel

__all__ = [
    "Betrokkenheid",
    "Betrokkenheidsoort",
    "Gelijkstelling",
    "Geslacht",
    "Huishouden",
    "Levensgebied",
    "Noodtoegang",
    "Oordeel",
    "Persoon",
    "Rol",
    "Verblijf",
    "naamwoord",
]
