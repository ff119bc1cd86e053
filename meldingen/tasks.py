"""What meldingen have told to people outside the database."""

from meldingen.klantinteracties.elders import zet_op_verwerkt
from teams.berichten import effect
from teams.mail import mail
from teams.post import Bericht

mail("ontvangstbevestiging", "nummer")
mail("spoed_te_laat", "nummer", "pad")
mail("dagoverzicht", "aantal", "regels", "pad")
mail("opschaling_beantwoord", "soort", "pad")
mail("verdaging", "nummer", "tot")
mail("terugbellen_te_laat", "nummer", "team")
mail("gesprek_afgezegd", "nummer", "moment")
mail("gesprek_verplaatst", "nummer", "moment")


@effect("taak_verwerkt", "taak")
def meld_verwerkt(bericht: Bericht) -> None:
    """Tell the register from which a task was fetched that it is done; telling it again changes nothing there."""
    zet_op_verwerkt(bericht.gegevens["taak"])
