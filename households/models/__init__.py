"""Everything that `households` stores."""

from households.models.gezin import Gezinswijziging, Wijzigingsoort
from households.models.identiteit import Documentsoort, Identiteitscontrole
from households.models.mensen import Geslacht, Huishouden, Levensgebied, Persoon, Rol, Verblijf, naamwoord
from households.models.notities import Huishoudnotitie
from households.models.plan import (
    PROFESSIONEEL,
    Afspraak,
    Afspraaksoort,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Doelstand,
    Evaluatie,
    Plan,
    Regie,
    Regiesoort,
    Resultaat,
)
from households.models.planversie import (
    Afsluiting,
    Akkoord,
    Antwoord,
    Planstap,
    Planversie,
    Planwijziging,
    Tevredenheid,
    Wijze,
)
from households.models.relaties import WEDERZIJDS, Ketenpartner, Relatie, Relatiesoort
from households.models.werk import Betrokkenheid, Betrokkenheidsoort, Gelijkstelling, Noodtoegang, Oordeel

__all__ = [
    "PROFESSIONEEL",
    "WEDERZIJDS",
    "Afsluiting",
    "Afspraak",
    "Afspraaksoort",
    "Akkoord",
    "Antwoord",
    "Betrokkenheid",
    "Betrokkenheidsoort",
    "Deelnemer",
    "Deelnemersoort",
    "Documentsoort",
    "Doel",
    "Doelstand",
    "Evaluatie",
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
    "Plan",
    "Planstap",
    "Planversie",
    "Planwijziging",
    "Regie",
    "Regiesoort",
    "Relatie",
    "Relatiesoort",
    "Resultaat",
    "Rol",
    "Tevredenheid",
    "Verblijf",
    "Wijze",
    "Wijzigingsoort",
    "naamwoord",
]
