"""Of which team something can be asked, for which team one asks, and by when the answer comes (R10)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from households.models import Huishouden, Verblijf
from meldingen.models import Opschalingsoort
from meldingen.workflow.stappen import StapGeweigerd
from teams.kalender import eerste_werkdag
from teams.models import Aanstelling, Instelling, Medewerker, Rol, Team


def opschaling_uiterlijk(soort: Opschalingsoort, dag: date) -> date:
    """By when there is an answer to what is asked on a day: so many days later, on a working day."""
    dagen = Instelling.objects.waarde_op(f"opschaling_{soort.code}_dagen", dag)
    return eerste_werkdag(dag + timedelta(days=float(dagen)))


def wijkteam_van(huishouden: Huishouden) -> Team | None:
    """The team of the area in which the household lives now; None when no address is known."""
    woont = Verblijf.objects.op_dag(timezone.localdate()).bekend_op(None)
    rij = woont.filter(huishouden=huishouden, team__isnull=False).select_related("team")
    verblijf = rij.order_by("-vanaf", "-pk").first()
    return verblijf.team if verblijf else None


def opschaalkeuzes(huishouden: Huishouden) -> list[tuple[Opschalingsoort, Team | None]]:
    """What can be asked of which teams of the stadsdeel; None where there is no team for it."""
    wijkteam = wijkteam_van(huishouden)
    teams = Team.objects.om_op_te_schalen(wijkteam.stadsdeel) if wijkteam else []
    keuzes: list[tuple[Opschalingsoort, Team | None]] = []
    for soort in Opschalingsoort:
        kan = [(soort, team) for team in teams if team.soort == soort.teamsoort]
        keuzes += kan or [(soort, None)]
    return keuzes


def kies_team(huishouden: Huishouden, soort: Opschalingsoort, gekozen: Team | None) -> Team:
    """The team that is asked, of those of the stadsdeel; StapGeweigerd without any, or with several to choose from."""
    wijkteam = wijkteam_van(huishouden)
    if wijkteam is None:
        raise StapGeweigerd(
            "Van dit huishouden is geen wijkteam bekend, en dus geen stadsdeel. Leg eerst het adres vast."
        )
    teams = Team.objects.om_op_te_schalen(wijkteam.stadsdeel)
    kan = [team for team in teams if team.soort == soort.teamsoort]
    if gekozen is None and len(kan) > 1:
        raise StapGeweigerd(f"Kies welk team: {', '.join(map(str, kan))}.")
    team = kan[0] if kan and gekozen is None else gekozen
    if team not in kan:
        waar = f"stadsdeel {wijkteam.stadsdeel}" if wijkteam.stadsdeel else f"{wijkteam}"
        wie = f"{team} is er niet" if team else f"Er is geen {soort.teamsoort.label}"
        raise StapGeweigerd(f"{wie} voor {waar}. Vraag de beheerder dit team in te richten.")
    assert team
    return team


def eigen_team(huishouden: Huishouden, door: Medewerker) -> Team:
    """For which team somebody asks: that of the household when they work there, else their own, else that."""
    wijkteam = wijkteam_van(huishouden)
    assert wijkteam
    werkt = Aanstelling.objects.op_dag(timezone.localdate()).filter(
        medewerker=door, rol__in=(Rol.WIJKWERKER, Rol.COORDINATOR)
    )
    teams = [rij.team for rij in werkt.select_related("team").order_by("team__code")]
    return wijkteam if wijkteam in teams else next(filter(None, teams), wijkteam)


def termijn(soort: Opschalingsoort, vandaag: date, gevraagd: date | None) -> date:
    """The day by which the answer comes: the last, or an earlier one that was asked for; StapGeweigerd for another."""
    laatste = opschaling_uiterlijk(soort, vandaag)
    if gevraagd is None:
        return laatste
    if gevraagd < vandaag:
        raise StapGeweigerd(f"Antwoord op {gevraagd:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
    if gevraagd > laatste:
        raise StapGeweigerd(f"Het antwoord komt uiterlijk op {laatste:%d-%m-%Y}; eerder vragen mag.")
    return gevraagd
