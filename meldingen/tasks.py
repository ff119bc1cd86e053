"""What meldingen have told to people outside the database."""

from teams.mail import mail

mail("ontvangstbevestiging", "nummer")
mail("spoed_te_laat", "nummer", "pad")
mail("dagoverzicht", "aantal", "regels", "pad")
mail("opschaling_beantwoord", "soort", "pad")
mail("verdaging", "nummer", "tot")
mail("gesprek_afgezegd", "nummer", "moment")
mail("gesprek_verplaatst", "nummer", "moment")
