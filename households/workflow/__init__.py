"""The verbs around a household: who belongs to it, who works with it, and who may look in.

What can't be done is refused with `Geweigerd`, in Dutch, and then nothing is written. Moments are the database's.
"""

from households.workflow.gezin import (
    leg_geboorte_vast,
    leg_overlijden_vast,
    maak_ongedaan,
    schrijf_in,
    splits,
    trek_in,
    verhuis,
    vertrek,
    voeg_samen,
    wijzig_rol,
)
from households.workflow.identiteit import vul_persoon_aan, zie_identiteit
from households.workflow.notities import NotitieGewijzigd, bewaar_ernaast, noteer, verbeter_notitie
from households.workflow.relaties import (
    beeindig_ketenpartner,
    beeindig_relatie,
    betrek_ketenpartner,
    leg_relatie_vast,
)
from households.workflow.vastleggen import Adres, IntussenVeranderd, gezinsversie, werkbaar
from households.workflow.werk import (
    NOODTOEGANG_UREN,
    beeindig_betrokkenheid,
    beoordeel_noodtoegang,
    betrek,
    duur_op,
    hef_afscherming_op,
    laat_los,
    maak_contactpersoon,
    maak_los,
    neem_op,
    nieuw_huishouden,
    open_noodtoegang,
    scherm_af,
    stel_gelijk,
    vraag_expertteam,
    waarom_geen_oordeel,
)

__all__ = [
    "NOODTOEGANG_UREN",
    "Adres",
    "IntussenVeranderd",
    "NotitieGewijzigd",
    "beeindig_betrokkenheid",
    "beeindig_ketenpartner",
    "beeindig_relatie",
    "beoordeel_noodtoegang",
    "betrek",
    "betrek_ketenpartner",
    "bewaar_ernaast",
    "duur_op",
    "gezinsversie",
    "hef_afscherming_op",
    "laat_los",
    "leg_geboorte_vast",
    "leg_overlijden_vast",
    "leg_relatie_vast",
    "maak_contactpersoon",
    "maak_los",
    "maak_ongedaan",
    "neem_op",
    "nieuw_huishouden",
    "noteer",
    "open_noodtoegang",
    "scherm_af",
    "schrijf_in",
    "splits",
    "stel_gelijk",
    "trek_in",
    "verbeter_notitie",
    "verhuis",
    "vertrek",
    "voeg_samen",
    "vraag_expertteam",
    "vul_persoon_aan",
    "waarom_geen_oordeel",
    "werkbaar",
    "wijzig_rol",
    "zie_identiteit",
]
