"""The verbs of what a municipality has to offer; nothing else writes it, besides the import."""

from voorzieningen.workflow.besluiten import (
    BANDBREEDTE,
    BESLUITVELDEN,
    PGB_NAAST_ZIN,
    log_stap,
    stel_op,
    trek_besluit_in,
    vergrendel_besluit,
    wijzig_besluit,
)
from voorzieningen.workflow.kaart import (
    PER_KEER,
    SCHEIDING,
    VELDEN,
    IntussenGewijzigd,
    Kaartrij,
    Resultaat,
    bewaar_op_kaart,
)
from voorzieningen.workflow.leveren import laat_levering_vervallen, start_levering, stel_bij, stop_levering
from voorzieningen.workflow.toetsen import (
    TOETS_WERKDAGEN,
    beantwoord_toetsvraag,
    keur_toets_af,
    keur_toets_goed,
    pak_toets_op,
    stel_toetsvraag,
    toets_uiterlijk,
    trek_toets_in,
    vraag_toets,
)

__all__ = [
    "BANDBREEDTE",
    "BESLUITVELDEN",
    "PER_KEER",
    "PGB_NAAST_ZIN",
    "SCHEIDING",
    "TOETS_WERKDAGEN",
    "VELDEN",
    "IntussenGewijzigd",
    "Kaartrij",
    "Resultaat",
    "beantwoord_toetsvraag",
    "bewaar_op_kaart",
    "keur_toets_af",
    "keur_toets_goed",
    "laat_levering_vervallen",
    "log_stap",
    "pak_toets_op",
    "start_levering",
    "stel_bij",
    "stel_op",
    "stel_toetsvraag",
    "stop_levering",
    "toets_uiterlijk",
    "trek_besluit_in",
    "trek_toets_in",
    "vergrendel_besluit",
    "vraag_toets",
    "wijzig_besluit",
]
