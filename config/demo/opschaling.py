"""Scaled-up cases of the demo: a consult that waits for somebody, and a rondetafel with afspraken."""

from __future__ import annotations

from datetime import date, timedelta

from households.models import Huishouden, Persoon
from meldingen import workflow
from meldingen.models import Opschalingsoort
from teams.models import Aanstelling, Medewerker, Rol, Team, Teamsoort

TEAMS = (
    ("TIT", "Tijdelijk Interventieteam", Teamsoort.INTERVENTIETEAM),
    ("BPF", "Brandpunt", Teamsoort.BRANDPUNT),
)
"""For the whole municipality; beside the teams of the monitor, which counts wijkteams alone."""

AFSPRAKEN = (
    (0, "vraagt de schuldeisers om drie maanden uitstel", 7),
    (2, "doet elke ochtend de post open", 14),
)
"""Whose place at the table, what, and within how many days."""


def maak_opschaalteams(sinds: date) -> Medewerker:
    """The teams beside the expertteams, and the brandpuntfunctionaris, who can't sign in."""
    for code, naam, soort in TEAMS:
        team, _ = Team.objects.get_or_create(code=code, defaults={"naam": naam, "soort": soort})
    hanneke, nieuw = Medewerker.objects.get_or_create(
        username="hanneke",
        defaults={"first_name": "Hanneke", "last_name": "Smits", "email": "hanneke@example.org"},
    )
    if nieuw:
        hanneke.set_unusable_password()
        hanneke.save()
        Aanstelling.objects.create(medewerker=hanneke, rol=Rol.EXPERT, team=team, vanaf=sinds)
    return hanneke


def vraag_consult(huishouden: Huishouden, team: Team, door: Medewerker) -> None:
    """Waits for somebody of the expertteam."""
    workflow.schaal_op(
        huishouden,
        soort=Opschalingsoort.CONSULT,
        vraag="Welke diagnostiek past bij Ilias, en wie kan die doen?",
        team=team,
        door=door,
    )


def houd_rondetafel(
    huishouden: Huishouden, bewoner: Persoon, dag: date, door: Medewerker, functionaris: Medewerker
) -> None:
    """The brandpuntfunctionaris brought everybody together today."""
    rij = workflow.schaal_op(
        huishouden,
        soort=Opschalingsoort.BRANDPUNT,
        vraag="Vier schuldeisers en twee organisaties wachten op elkaar. Wie breekt dit open?",
        door=door,
    )
    rij = workflow.pak_opschaling_op(rij, door=functionaris)
    tafel = workflow.leg_rondetafel_vast(
        rij,
        datum=dag,
        plaats="het stadhuis",
        medewerkers=[functionaris, door],
        personen=[bewoner],
        door=functionaris,
    )
    for plek, tekst, dagen in AFSPRAKEN:
        workflow.maak_tafelafspraak(
            tafel,
            wie=tafel.tafelgenoten.order_by("pk")[plek],
            tekst=tekst,
            uiterlijk_op=dag + timedelta(days=dagen),
            door=functionaris,
        )
