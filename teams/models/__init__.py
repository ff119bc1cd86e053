"""Who and where: the lowest layer, which knows none of the others."""

from teams.models.abonnement import Abonnement, Abonnementgeheim, Voorval
from teams.models.activiteiten import (
    CONSULENT,
    OPBOUWWERK,
    Activiteit,
    Activiteitsoort,
    Consult,
    Vervolg,
)
from teams.models.afnemer import Afnemer, Afnemerwijziging, Herhaling, Scope, Teken
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
from teams.models.wie import IN_TEAM, MET_TEAM, Aanstelling, Medewerker, Rol
from teams.post import Bericht

__all__ = [
    "CONSULENT",
    "IN_TEAM",
    "MET_TEAM",
    "OPBOUWWERK",
    "Aanstelling",
    "Abonnement",
    "Abonnementgeheim",
    "Activiteit",
    "Activiteitsoort",
    "Afnemer",
    "Afnemerwijziging",
    "Bericht",
    "Consult",
    "Frequentie",
    "Grond",
    "Handeling",
    "Herhaling",
    "Instelling",
    "Inwonertal",
    "Inzage",
    "Medewerker",
    "Postcodegebied",
    "Rol",
    "Scope",
    "Spreekuur",
    "Team",
    "Teamsoort",
    "Teken",
    "Vervolg",
    "Voorval",
    "Weekdag",
    "Weg",
]
