"""Scaling up and down: asking another team, taking it, answering, and going on (R10).

Each verb locks the household and then the opschaling, so that two at once take turns, and writes a step. A team that
was asked reads along by a betrokkenheid that begins and ends in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden
from meldingen.models import (
    ONBEANTWOORD,
    Melding,
    Opschaling,
    Opschalingsoort,
    Opschalingstap,
    Opschalingstapsoort,
    Opschalingstatus,
    Opschalingsvraag,
)
from meldingen.workflow.opschaalteams import eigen_team, kies_team, termijn, wijkteam_van
from meldingen.workflow.stappen import StapGeweigerd
from teams.berichten import kondig_aan
from teams.geweigerd import Geweigerd, verplicht
from teams.models import IN_TEAM, Aanstelling, Medewerker, Rol, Team
from teams.perioden import lopend

NIET_MEER_NODIG = "niet meer nodig: het antwoord op de opschaling is gegeven"
"""What stands at a question that was still open when the opschaling was answered."""
AFGESCHERMD = "het huishouden is afgeschermd"
"""Why an opschaling ended of which nobody said so."""
BEANTWOORD = "opschaling_beantwoord"
"""The mail to who asked; its `gegevens` are the kind and the path, and nothing about anybody."""


def schaal_op(
    huishouden: Huishouden,
    *,
    soort: Opschalingsoort,
    vraag: str,
    team: Team | None = None,
    melding: Melding | None = None,
    uiterlijk_op: date | None = None,
    door: Medewerker,
) -> Opschaling:
    """Ask something of a team of the stadsdeel; `team` says which, where there are several.

    `uiterlijk_op` may be earlier than the term of its kind, not later. StapGeweigerd without such a team, while
    one of the same kind runs, for a household that is afgeschermd, or for a day that has gone.
    """
    vraag = verplicht(vraag, "een vraag")
    with _huishouden(huishouden, door) as huishouden:
        if huishouden.afgeschermd:
            raise StapGeweigerd(
                "Dit huishouden is afgeschermd: een team kan niet meelezen. Betrek een collega die u bij naam kiest."
            )
        if melding and melding.huishouden_id != huishouden.pk:
            raise StapGeweigerd("Deze melding hoort bij een ander huishouden.")
        loopt = huishouden.opschalingen.lopend().filter(soort=soort).select_related("team").first()
        if loopt:
            raise StapGeweigerd(
                f"Er loopt al een vraag om {soort.label} bij {loopt.team}, sinds "
                f"{timezone.localdate(loopt.gevraagd_op):%d-%m-%Y}. Een tweede kan pas na het afschalen."
            )
        gevraagd = kies_team(huishouden, soort, team)
        vandaag = timezone.localdate()
        rij = Opschaling.objects.create(
            huishouden=huishouden,
            melding=melding,
            soort=soort,
            vraag=vraag,
            van_team=eigen_team(huishouden, door),
            team=gevraagd,
            uiterlijk_op=termijn(soort, vandaag, uiterlijk_op),
            betrokkenheid=_laat_meelezen(huishouden, gevraagd, soort, door),
            gevraagd_door=door,
        )
        _log(rij, Opschalingstapsoort.GEVRAAGD, f"{gevraagd}: {vraag}", door)
    return rij


def pak_opschaling_op(opschaling: Opschaling, *, door: Medewerker) -> Opschaling:
    """Take what was asked of one's team; with coördinatie one becomes the vaste contactpersoon, too."""
    with _opschaling(opschaling, door) as rij:
        _van_gevraagd_team(rij, door)
        rij.pak_op()
        rij.medewerker, rij.opgepakt_op = door, timezone.now()
        if rij.soort == Opschalingsoort.COORDINATIE:
            nu = _contactpersoon(rij)
            rij.eerdere_contactpersoon = nu.medewerker if nu else None
            huishoudens.maak_contactpersoon(
                rij.huishouden, door, door=door, reden=f"coördinatie door {rij.team}"
            )
        rij.save(update_fields=["status", "medewerker", "opgepakt_op", "eerdere_contactpersoon"])
        _log(rij, Opschalingstapsoort.OPGEPAKT, "", door)
    return rij


def leg_opschaling_terug(opschaling: Opschaling, *, reden: str, door: Medewerker) -> Opschaling:
    """Who has it can't go on: a colleague of the same team can take it. The term stays."""
    reden = verplicht(reden)
    with _opschaling(opschaling, door) as rij:
        _van_gevraagd_team(rij, door)
        rij.leg_terug()
        _geef_contact_terug(rij, door)
        rij.medewerker = rij.opgepakt_op = rij.eerdere_contactpersoon = None
        rij.save(update_fields=["status", "medewerker", "opgepakt_op", "eerdere_contactpersoon"])
        _log(rij, Opschalingstapsoort.TERUGGELEGD, reden, door)
    return rij


def vraag_wijkteam(opschaling: Opschaling, *, vraag: str, door: Medewerker) -> Opschalingsvraag:
    """Ask the wijkteam something that one has to know first; the term goes on."""
    vraag = verplicht(vraag, "een vraag")
    with _opschaling(opschaling, door) as rij:
        _in_handen_van(rij, door)
        if rij.vragen.filter(antwoord__isnull=True).exists():
            raise StapGeweigerd("Er staat al een vraag open; wacht op het antwoord.")
        gesteld = Opschalingsvraag.objects.create(opschaling=rij, vraag=vraag, gesteld_door=door)
        _log(rij, Opschalingstapsoort.VRAAG, vraag, door)
    return gesteld


def beantwoord_opschalingsvraag(
    opschaling: Opschaling, *, antwoord: str, door: Medewerker
) -> Opschalingsvraag:
    """Answer the question that is open, for the wijkteam."""
    antwoord = verplicht(antwoord, "een antwoord")
    with _opschaling(opschaling, door) as rij:
        _van_wijkteam(rij, door, "deze vraag beantwoorden")
        if rij.status != Opschalingstatus.OPGEPAKT:
            raise StapGeweigerd(f"Dit kan nu niet: deze opschaling is {Opschalingstatus(rij.status).label}.")
        vraag = rij.vragen.filter(antwoord__isnull=True).first()
        if vraag is None:
            raise StapGeweigerd("Er staat geen vraag open.")
        vraag.antwoord, vraag.beantwoord_door, vraag.beantwoord_op = antwoord, door, timezone.now()
        vraag.save(update_fields=["antwoord", "beantwoord_door", "beantwoord_op"])
        _log(rij, Opschalingstapsoort.VRAAG_BEANTWOORD, antwoord, door)
    return vraag


def beantwoord_opschaling(opschaling: Opschaling, *, antwoord: str, door: Medewerker) -> Opschaling:
    """The word back, by who has it; who asked gets a mail, and a signal until it was read.

    A question that is open needs no answer any more.
    """
    antwoord = verplicht(antwoord, "een antwoord")
    with _opschaling(opschaling, door) as rij:
        _in_handen_van(rij, door)
        rij.beantwoord()
        rij.vragen.filter(antwoord__isnull=True).update(
            antwoord=NIET_MEER_NODIG, beantwoord_door=door, beantwoord_op=Now()
        )
        rij.antwoord, rij.beantwoord_door, rij.beantwoord_op = antwoord, door, timezone.now()
        rij.save(update_fields=["status", "antwoord", "beantwoord_door", "beantwoord_op"])
        _log(rij, Opschalingstapsoort.BEANTWOORD, antwoord, door)
        kondig_aan(
            BEANTWOORD,
            aan=rij.gevraagd_door,
            gegevens={
                "soort": Opschalingsoort(rij.soort).label,
                "pad": reverse("opschaling", args=[rij.pk]),
            },
            sleutel=f"{BEANTWOORD}:{rij.pk}",
        )
    return rij


def lees_antwoord(opschaling: Opschaling, *, door: Medewerker) -> Opschaling:
    """The wijkteam has read the answer, also when the other team scaled down before that."""
    with _opschaling(opschaling, door) as rij:
        _van_wijkteam(rij, door, "het antwoord aftekenen")
        if rij.beantwoord_op is None:
            raise StapGeweigerd("Er is nog geen antwoord om te lezen.")
        if rij.gezien_op:
            raise StapGeweigerd("Het antwoord is al gelezen.")
        rij.gezien_op = timezone.now()
        rij.save(update_fields=["gezien_op"])
        _log(rij, Opschalingstapsoort.GEZIEN, "", door)
    return rij


def schaal_af(opschaling: Opschaling, *, verder: str, door: Medewerker) -> Opschaling:
    """Back to the wijkteam, which goes on with `verder`; the other team reads along no longer.

    By the wijkteam or by the team that was asked. After a coördinatie the contactpersoon of before is that again.
    """
    verder = verplicht(verder, "waarmee het wijkteam verdergaat")
    with _opschaling(opschaling, door) as rij:
        wijkteam = _is_van_wijkteam(rij, door)
        if not wijkteam and not _werkt_in_gevraagd_team(rij, door):
            raise StapGeweigerd(
                f"Afschalen doet wie vanuit het wijkteam met dit huishouden werkt, of iemand van {rij.team}."
            )
        rij.schaal_af()
        if wijkteam and not rij.gezien_op:
            rij.gezien_op = timezone.now()
        _beeindig(rij, Opschalingstapsoort.AFGESCHAALD, verder, door)
    return rij


def trek_opschaling_in(opschaling: Opschaling, *, reden: str, door: Medewerker) -> Opschaling:
    """It needn't be answered any more; by the wijkteam, while there is no answer."""
    reden = verplicht(reden)
    with _opschaling(opschaling, door) as rij:
        _van_wijkteam(rij, door, "een vraag intrekken")
        rij.trek_in()
        _beeindig(rij, Opschalingstapsoort.INGETROKKEN, reden, door)
    return rij


def scherm_af(huishouden: Huishouden, *, reden: str, door: Medewerker) -> Huishouden:
    """Hide the household, and end every opschaling of it: no team can go on with what it may not find any more.

    What was answered is scaled down, the rest taken back. Never refused for what still runs: who flees can't wait.
    """
    with _huishouden(huishouden, door) as huishouden:
        for opschaling in huishouden.opschalingen.lopend().order_by("pk"):
            with _opschaling(opschaling, door) as rij:
                onbeantwoord = rij.status in ONBEANTWOORD
                (rij.trek_in if onbeantwoord else rij.schaal_af)()
                soort = Opschalingstapsoort.INGETROKKEN if onbeantwoord else Opschalingstapsoort.AFGESCHAALD
                _beeindig(rij, soort, AFGESCHERMD, door)
        huishouden = huishoudens.scherm_af(huishouden, reden=reden, door=door)
    return huishouden


def beeindig_betrokkenheid(betrokkenheid: Betrokkenheid, *, door: Medewerker) -> None:
    """Somebody works with the household no longer; not a team of which an opschaling still runs."""
    with _huishouden(betrokkenheid.huishouden, door):
        if Opschaling.objects.lopend().filter(betrokkenheid=betrokkenheid).exists():
            raise StapGeweigerd(
                "Dit team leest mee voor een opschaling die nog loopt. Schaal die af, dan leest het niet meer mee."
            )
        huishoudens.beeindig_betrokkenheid(betrokkenheid, door=door)


@contextmanager
def _huishouden(huishouden: Huishouden, door: Medewerker) -> Iterator[Huishouden]:
    if not door.is_active:
        raise StapGeweigerd(f"Het account {door.username} is niet meer in gebruik.")
    with transaction.atomic():
        try:
            yield Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        except StapGeweigerd:
            raise
        except Geweigerd as fout:
            raise StapGeweigerd(str(fout)) from fout


@contextmanager
def _opschaling(opschaling: Opschaling, door: Medewerker) -> Iterator[Opschaling]:
    with _huishouden(opschaling.huishouden, door) as huishouden:
        rij = Opschaling.objects.select_for_update().get(pk=opschaling.pk)
        rij.huishouden = huishouden
        try:
            yield rij
        except StapGeweigerd:
            raise
        except TransitionNotAllowed as fout:
            wie = f" door {rij.medewerker.naam}" if rij.medewerker and rij.status == "opgepakt" else ""
            staat = f"{Opschalingstatus(rij.status).label}{wie}"
            raise StapGeweigerd(f"Dit kan nu niet: deze opschaling is {staat}.") from fout


def _log(opschaling: Opschaling, stap: Opschalingstapsoort, toelichting: str, door: Medewerker) -> None:
    Opschalingstap.objects.create(opschaling=opschaling, stap=stap, toelichting=toelichting, door=door)


def _laat_meelezen(
    huishouden: Huishouden, team: Team, soort: Opschalingsoort, door: Medewerker
) -> Betrokkenheid:
    leest = huishouden.betrokkenen.filter(lopend(), soort=Betrokkenheidsoort.OPGESCHAALD, team=team)
    return leest.first() or huishoudens.vraag_expertteam(huishouden, team, reden=soort.label, door=door)


def _beeindig(rij: Opschaling, stap: Opschalingstapsoort, eind: str, door: Medewerker) -> None:
    _geef_contact_terug(rij, door)
    rij.eind, rij.beeindigd_door, rij.beeindigd_op = eind, door, Now()
    rij.save(update_fields=["status", "gezien_op", "eind", "beeindigd_door", "beeindigd_op"])
    _log(rij, stap, eind, door)
    rij.refresh_from_db(fields=["beeindigd_op"])
    nog_een = Opschaling.objects.lopend().filter(betrokkenheid=rij.betrokkenheid_id)
    if not nog_een.exists() and rij.betrokkenheid.tot is None:
        huishoudens.beeindig_betrokkenheid(rij.betrokkenheid, door=door)


def _contactpersoon(rij: Opschaling) -> Betrokkenheid | None:
    contact = rij.huishouden.betrokkenen.filter(lopend(), soort=Betrokkenheidsoort.CONTACTPERSOON)
    return contact.select_related("medewerker").first()


def _geef_contact_terug(rij: Opschaling, door: Medewerker) -> None:
    """After a coördinatie: to who was contactpersoon before, else who asked, as long as they work in a team."""
    if rij.soort != Opschalingsoort.COORDINATIE or rij.medewerker is None:
        return
    nu = _contactpersoon(rij)
    if nu is None or nu.medewerker_id != rij.medewerker_id:
        return
    werkt = Aanstelling.objects.op_dag(timezone.localdate()).filter(rol__in=IN_TEAM)
    werken = set(werkt.filter(medewerker__is_active=True).values_list("medewerker", flat=True))
    terug = next(
        (wie for wie in (rij.eerdere_contactpersoon, rij.gevraagd_door) if wie and wie.pk in werken), None
    )
    if terug:
        huishoudens.maak_contactpersoon(rij.huishouden, terug, door=door, reden="einde van de coördinatie")
    else:
        huishoudens.beeindig_betrokkenheid(nu, door=door)


def _werkt_in_gevraagd_team(rij: Opschaling, door: Medewerker) -> bool:
    werkt = Aanstelling.objects.op_dag(timezone.localdate())
    return werkt.filter(medewerker=door, rol=Rol.EXPERT, team=rij.team_id).exists()


def _van_gevraagd_team(rij: Opschaling, door: Medewerker) -> None:
    if not _werkt_in_gevraagd_team(rij, door):
        raise StapGeweigerd(f"Dit is gevraagd van {rij.team}; dat kan alleen iemand van dat team doen.")


def _in_handen_van(rij: Opschaling, door: Medewerker) -> None:
    _van_gevraagd_team(rij, door)
    if rij.status == Opschalingstatus.GEVRAAGD:
        raise StapGeweigerd("Deze opschaling is nog door niemand opgepakt. Pak haar eerst op.")
    if rij.status == Opschalingstatus.OPGEPAKT and rij.medewerker and rij.medewerker_id != door.pk:
        raise StapGeweigerd(f"Deze opschaling is opgepakt door {rij.medewerker.naam}.")
    if rij.status != Opschalingstatus.OPGEPAKT:
        raise StapGeweigerd(f"Dit kan nu niet: deze opschaling is al {Opschalingstatus(rij.status).label}.")


def _is_van_wijkteam(rij: Opschaling, door: Medewerker) -> bool:
    """Who asked, works in the team that asked or that of the household, or works with it; not who was asked."""
    if door.pk == rij.gevraagd_door_id:
        return True
    if _werkt_in_gevraagd_team(rij, door):
        return False
    nu = wijkteam_van(rij.huishouden)
    teams = {rij.van_team_id, *([nu.pk] if nu else [])}
    werkt = Aanstelling.objects.op_dag(timezone.localdate()).filter(
        medewerker=door, rol__in=(Rol.WIJKWERKER, Rol.COORDINATOR), team__in=teams
    )
    return werkt.exists() or rij.huishouden.betrokkenen.filter(lopend(), medewerker=door).exists()


def _van_wijkteam(rij: Opschaling, door: Medewerker, wat: str) -> None:
    if not _is_van_wijkteam(rij, door):
        raise StapGeweigerd(f"Alleen wie vanuit het wijkteam met dit huishouden werkt, kan {wat}.")
