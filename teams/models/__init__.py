"""Who and where: the lowest layer, which knows none of the others."""

from teams.models.activiteiten import Activiteit, Activiteitsoort, Consult, Vervolg
from teams.models.instellingen import Instelling
from teams.models.inzage import Grond, Handeling, Inzage, Weg
from teams.models.waar import (
    Frequentie,
    Inwonertal,
    Postcodegebied,
    Spreekuur,
    Team,
    Teamsoort,
    Weekdag,
)
from teams.models.wie import IN_TEAM, Aanstelling, Medewerker, Rol
from teams.post import Bericht

__all__ = [
    "IN_TEAM",
    "Aanstelling",
    "Activiteit",
    "Activiteitsoort",
    "Bericht",
    "Consult",
    "Frequentie",
    "Grond",
    "Handeling",
    "Instelling",
    "Inwonertal",
    "Inzage",
    "Medewerker",
    "Postcodegebied",
    "Rol",
    "Spreekuur",
    "Team",
    "Teamsoort",
    "Vervolg",
    "Weekdag",
    "Weg",
]
