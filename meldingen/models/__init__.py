"""The melding and its facts: from the first contact to a decision."""

from meldingen.models.gebeurtenis import (
    STATUS_DOOR,
    Aanleiding,
    Categorie,
    Gebeurtenis,
    Kanaal,
    Soort,
)
from meldingen.models.gesprek import (
    Gesprek,
    Gespreksgenoot,
    Hoedanigheid,
    Plaatssoort,
    Verheldering,
    Verplaatsing,
)
from meldingen.models.klantcontact import Afhandeling, Contactkanaal, Klantcontact, Thema
from meldingen.models.matrix import Leefgebied, Matrix, Score, Scoresoort
from meldingen.models.melding import KLAAR, Meldersoort, Melding, MeldingQuerySet, Status, Toestemming
from meldingen.models.opschaling import (
    LOPEND,
    ONBEANTWOORD,
    Opschaling,
    Opschalingsoort,
    Opschalingstap,
    Opschalingstapsoort,
    Opschalingstatus,
    Opschalingsvraag,
)
from meldingen.models.rondetafel import (
    Rondetafel,
    Tafelafspraak,
    Tafelevaluatie,
    Tafelgenoot,
    Tafelresultaat,
)
from meldingen.models.stand import Blad, Stand, StandQuerySet
from meldingen.models.verslag import ONDERWERPEN, Verslag
from meldingen.models.verwijzing import Verwijzing
from meldingen.models.werk import (
    Belpoging,
    BewaardFilter,
    Concept,
    Koppeling,
    Notitie,
    Terugbelverzoek,
    Toewijzing,
    Uitkomst,
)

__all__ = [
    "KLAAR",
    "LOPEND",
    "ONBEANTWOORD",
    "ONDERWERPEN",
    "STATUS_DOOR",
    "Aanleiding",
    "Afhandeling",
    "Belpoging",
    "BewaardFilter",
    "Blad",
    "Categorie",
    "Concept",
    "Contactkanaal",
    "Gebeurtenis",
    "Gesprek",
    "Gespreksgenoot",
    "Hoedanigheid",
    "Kanaal",
    "Klantcontact",
    "Koppeling",
    "Leefgebied",
    "Matrix",
    "Meldersoort",
    "Melding",
    "MeldingQuerySet",
    "Notitie",
    "Opschaling",
    "Opschalingsoort",
    "Opschalingstap",
    "Opschalingstapsoort",
    "Opschalingstatus",
    "Opschalingsvraag",
    "Plaatssoort",
    "Rondetafel",
    "Score",
    "Scoresoort",
    "Soort",
    "Stand",
    "StandQuerySet",
    "Status",
    "Tafelafspraak",
    "Tafelevaluatie",
    "Tafelgenoot",
    "Tafelresultaat",
    "Terugbelverzoek",
    "Thema",
    "Toestemming",
    "Toewijzing",
    "Uitkomst",
    "Verheldering",
    "Verplaatsing",
    "Verslag",
    "Verwijzing",
]
