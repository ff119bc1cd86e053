"""Mail from the postbus: taken in once, and made something of by who divides the work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from households.models import Persoon
from meldingen.models import (
    Afhandeling,
    Bijlage,
    Contactkanaal,
    Meldersoort,
    Melding,
    Postplek,
    Poststuk,
    Weringsgrond,
)
from meldingen.postbus.lezen import Gelezen
from meldingen.workflow.aannemen import Melder, voeg_toe, wacht_op_beurt
from meldingen.workflow.contacttelling import tel, tel_niet
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Instelling, Medewerker

POSTBUS = "postbus"
"""The account in whose name mail comes in."""
PER_UUR = "postbus_per_uur"
GEWEERD_DAGEN = "postbus_geweerd_dagen"
"""Instelling: so many days after it was fetched a mail that is kept out is removed."""


def neem_poststuk_aan(gelezen: Gelezen, *, plek: tuple[str, int, int], ontvangen_op: datetime) -> bool:
    """Store a mail with its files and count it as a contact, in one transaction; False when it was here already.

    `plek` is where it lies: the name of the postbus, UIDVALIDITY and UID. The same mail at another place is the same
    mail. What is kept out is stored and not counted.
    """
    postbus, uidvalidity, uid = plek
    met_plek = {"postbus": postbus, "uidvalidity": uidvalidity, "uid": uid}
    with transaction.atomic(durable=True):
        wacht_op_beurt(f"v{gelezen.vingerafdruk}", f"p{plek}", f"a{gelezen.afzender_adres}")
        if Postplek.objects.filter(**met_plek).exists():
            return False
        eerder = Poststuk.objects.filter(vingerafdruk=gelezen.vingerafdruk).first()
        poststuk = eerder or _bewaar(gelezen, postbus, ontvangen_op)
        Postplek.objects.create(**met_plek, poststuk=poststuk)
        if eerder is None and poststuk.geweerd is None:
            _tel(poststuk, None, door=Medewerker.systeem(POSTBUS))
    return eerder is None


def maak_melding_van(poststuk: Poststuk, melding: Melding, *, door: Medewerker) -> Poststuk:
    """The mail became this melding, or belongs to it; its contact was handed over to the wijkteam.

    Geweigerd when something else became of it meanwhile; again with the same melding changes nothing.
    """
    with transaction.atomic():
        poststuk = _vergrendel(poststuk)
        if poststuk.melding_id == melding.pk:
            return poststuk
        return _rond_af(poststuk, Afhandeling.DOORGEZET_WIJKTEAM, melding=melding, door=door)


def voeg_poststuk_toe(poststuk: Poststuk, melding: Melding, *, door: Medewerker) -> Poststuk:
    """The mail belongs to a melding that runs: its text stands there as a notitie, its files hang at it.

    Geweigerd when something became of it meanwhile, and for a melding that is done.
    """
    with transaction.atomic():
        poststuk = _open(poststuk)
        melder = Melder(Meldersoort.INWONER, poststuk.afzender, email=poststuk.afzender_adres)
        voeg_toe(melding, vraag=tekst_van(poststuk), melder=melder, door=door)
        return maak_melding_van(poststuk, melding, door=door)


def leg_poststuk_bij(poststuk: Poststuk, persoon: Persoon, *, door: Medewerker) -> Poststuk:
    """The mail is about somebody known, and asks for no melding; who works with them finds it in the tijdlijn.

    Geweigerd when something became of it meanwhile.
    """
    with transaction.atomic():
        return _rond_af(_open(poststuk), Afhandeling.DOORGEZET_WIJKTEAM, persoon=persoon, door=door)


def leg_poststuk_weg(poststuk: Poststuk, *, reden: str, telt: bool, door: Medewerker) -> Poststuk:
    """Nothing more has to be done; `telt` says whether it was a contact, which the KCC then handled itself.

    Geweigerd without a reason, and when something became of it meanwhile.
    """
    reden = verplicht(reden)
    with transaction.atomic():
        poststuk = _open(poststuk)
        if not telt:
            tel_niet(poststuk.ref, reden="Was geen contact.", door=door)
        return _rond_af(poststuk, Afhandeling.DIRECT if telt else None, reden=reden, door=door)


def laat_toe(poststuk: Poststuk, *, door: Medewerker) -> Poststuk:
    """A mail that was kept out is of somebody after all: it comes into the triage, and counts.

    Geweigerd when somebody did so before.
    """
    with transaction.atomic():
        poststuk = _vergrendel(poststuk)
        if poststuk.geweerd is None:
            raise Geweigerd("Deze mail staat al bij de andere mails.")
        poststuk.geweerd = None
        poststuk.save(update_fields=["geweerd"])
        _tel(poststuk, None, door=door)
    return poststuk


def verwijder_geweerde_post(moment: datetime) -> int:
    """Remove what was kept out and at `moment` has been here for `postbus_geweerd_dagen`, with its files; how many.

    Where it lay in the postbus stays, so that it isn't fetched again. Safe to run twice; a mail that somebody is
    just bringing back stays.
    """
    dagen = Instelling.objects.waarde_op(GEWEERD_DAGEN, timezone.localdate(moment))
    oud = Poststuk.objects.tegengehouden().filter(opgehaald_op__lt=moment - timedelta(days=float(dagen)))
    with transaction.atomic():
        weg = list(oud.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Bijlage.objects.filter(poststuk__in=weg).delete()
        Postplek.objects.filter(poststuk__in=weg).update(poststuk=None)
        Poststuk.objects.filter(pk__in=weg).delete()
    return len(weg)


def tekst_van(poststuk: Poststuk, hoogstens: int = 5_000) -> str:
    """What was asked, as the question of a melding; cut off where it is longer, since the mail hangs at it."""
    tekst = "\n\n".join(filter(None, (poststuk.onderwerpregel, poststuk.tekst))) or "Mail zonder tekst."
    ingekort = " (ingekort; de hele mail staat bij de melding)"
    return tekst if len(tekst) <= hoogstens else tekst[: hoogstens - len(ingekort)] + ingekort


def _bewaar(gelezen: Gelezen, postbus: str, ontvangen_op: datetime) -> Poststuk:
    poststuk = Poststuk.objects.create(
        postbus=postbus,
        vingerafdruk=gelezen.vingerafdruk,
        kenmerk=gelezen.kenmerk,
        ontvangen_op=ontvangen_op,
        verstuurd_op=gelezen.verstuurd_op,
        afzender_naam=gelezen.afzender_naam,
        afzender_adres=gelezen.afzender_adres,
        onderwerpregel=gelezen.onderwerp,
        tekst=gelezen.tekst,
        leesfouten=gelezen.fouten,
        geweerd=gelezen.grond or _te_veel(gelezen.afzender_adres, ontvangen_op),
    )
    Bijlage.objects.bulk_create(Bijlage(poststuk=poststuk, **vars(stuk)) for stuk in gelezen.bijlagen)
    return poststuk


def _te_veel(adres: str, moment: datetime) -> Weringsgrond | None:
    """Whether a sender already sent `postbus_per_uur` in the hour before; by the clock of the mail server."""
    hoogstens = int(Instelling.objects.waarde_op(PER_UUR, timezone.localdate(moment)))
    uur = Poststuk.objects.filter(
        afzender_adres=adres, ontvangen_op__gt=moment - timedelta(hours=1), ontvangen_op__lte=moment
    )
    return Weringsgrond.TE_VEEL if adres and uur.count() >= hoogstens else None


def _rond_af(
    poststuk: Poststuk,
    afhandeling: Afhandeling | None,
    *,
    door: Medewerker,
    melding: Melding | None = None,
    persoon: Persoon | None = None,
    reden: str = "",
) -> Poststuk:
    _controleer_open(poststuk)
    poststuk.melding, poststuk.persoon, poststuk.reden = melding, persoon, reden
    poststuk.afgehandeld_op, poststuk.afgehandeld_door = timezone.now(), door
    poststuk.save(update_fields=["melding", "persoon", "reden", "afgehandeld_op", "afgehandeld_door"])
    if afhandeling is not None:
        _tel(poststuk, afhandeling, melding=melding, door=door)
    return poststuk


def _tel(
    poststuk: Poststuk, afhandeling: Afhandeling | None, *, melding: Melding | None = None, door: Medewerker
) -> None:
    tel(
        poststuk.ref,
        op=timezone.localdate(poststuk.ontvangen_op),
        kanaal=Contactkanaal.EMAIL,
        afhandeling=afhandeling,
        melding=melding,
        door=door,
    )


def _open(poststuk: Poststuk) -> Poststuk:
    poststuk = _vergrendel(poststuk)
    _controleer_open(poststuk)
    return poststuk


def _controleer_open(poststuk: Poststuk) -> None:
    if poststuk.afgehandeld_op:
        wie = poststuk.afgehandeld_door
        raise Geweigerd(f"Deze mail is al afgehandeld{f' door {wie.naam}' if wie else ''}.")
    if poststuk.geweerd is not None:
        raise Geweigerd("Deze mail is tegengehouden. Haal hem eerst naar de triage.")


def _vergrendel(poststuk: Poststuk) -> Poststuk:
    return Poststuk.objects.select_for_update().get(pk=poststuk.pk)
