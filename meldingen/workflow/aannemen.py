"""Taking on a melding: in under a minute, with a name and a way to reach somebody (R4, R5), and never twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from households.models import Huishouden, Levensgebied, Persoon, Verblijf
from households.workflow import neem_op
from meldingen.models import (
    KLAAR,
    Aanleiding,
    Categorie,
    Kanaal,
    Koppeling,
    Meldersoort,
    Melding,
    Notitie,
    Status,
    Toestemming,
)
from meldingen.workflow.stappen import StapGeweigerd, ontvang, vergrendel
from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd, verplicht
from teams.gronden import Wie
from teams.models import Instelling, Medewerker, Team

DUBBEL_MINUTEN = "dubbel_minuten"
ZOJUIST = """
SELECT id FROM meldingen_melding
WHERE status = ANY(%(open)s)
    AND (persoon_id = %(persoon)s OR melder_telefoon = %(telefoon)s OR upper(melder_email) = upper(%(email)s))
    AND geregistreerd_op > statement_timestamp() - interval '1 minute' * (
        SELECT waarde FROM teams_instelling
        WHERE sleutel = %(instelling)s AND geldig_van <= %(dag)s ORDER BY geldig_van DESC LIMIT 1
    )
"""
"""Asked at every intake, so written here: put together by the framework it took a sixth of the time of one."""
OPEN = [status.value for status in Status if status not in KLAAR]
SLOT = 0x6D656C64  # "meld": the first half of the key of a lock on one caller


class DubbeleMelding(Geweigerd):
    """Somebody registered the same call just now; `melding` is that one."""

    def __init__(self, melding: Melding) -> None:
        super().__init__(
            f"Voor deze inwoner of dit nummer is zojuist melding {melding.nummer} vastgelegd. "
            "Voeg uw melding daaraan toe, of kies dat het om iets anders gaat."
        )
        self.melding = melding


@dataclass(frozen=True)
class Melder:
    """Who brings the melding; for a resident who calls for themselves the same name as the person's."""

    soort: Meldersoort
    naam: str
    telefoon: str = ""
    email: str = ""
    relatie: str = ""
    organisatie: str = ""

    def velden(self) -> dict[str, object]:
        """The fields of `Melding` that hold this."""
        return {f"melder_{naam}": waarde for naam, waarde in vars(self).items()}


@dataclass(frozen=True)
class NieuwePersoon:
    """Somebody whom nobody knew yet, as far as was said; only a name is needed."""

    achternaam: str
    voornamen: str = ""
    tussenvoegsel: str = ""
    geboortedatum: date | None = None
    telefoon: str = ""
    email: str = ""
    postcode: str = ""
    huisnummer: str = ""


def neem_aan(
    *,
    voor: Persoon | NieuwePersoon,
    melder: Melder,
    vraag: str,
    op: date,
    door: Medewerker,
    sleutel: UUID | None = None,
    toch_apart: bool = False,
    toestemming: Toestemming | None = None,
    spoed: bool = False,
    levensgebieden: Iterable[Levensgebied] = (),
    team: Team | None = None,
    categorie: Categorie | None = None,
    kanaal: Kanaal | None = None,
    aanleiding: Aanleiding | None = None,
    savepoint: bool = True,
) -> Melding:
    """Register a melding with its person and household in one transaction.

    The team is the given one, else that of the address. The same `sleutel` again gives the melding that it made.
    Geweigerd without a name, a way to reach somebody, or a question; DubbeleMelding when the same caller or person
    was registered within `dubbel_minuten`, unless `toch_apart`. Without `savepoint` a refusal also undoes the
    transaction around it.
    """
    verplicht(melder.naam, "een naam")
    verplicht(vraag, "de vraag")
    if not (melder.telefoon or melder.email):
        raise Geweigerd("Geef een telefoonnummer of e-mailadres op, zodat wij iemand kunnen bereiken.")
    with transaction.atomic(savepoint=savepoint):
        wacht_op_beurt(*_bellers(voor, melder))
        if sleutel and (eerder := Melding.objects.filter(sleutel=sleutel).first()):
            return eerder
        if not toch_apart and (dubbel := zojuist(voor, melder, door=door)):
            raise DubbeleMelding(dubbel)
        persoon = voor if isinstance(voor, Persoon) else _schrijf_in(voor)
        huishouden, wijkteam = _huishouden(persoon, voor, op=op, door=door)
        melding = ontvang(
            persoon=persoon,
            huishouden=huishouden,
            vraag=vraag.strip(),
            spoed=spoed,
            levensgebieden=levensgebieden,
            op=op,
            team=team or wijkteam,
            categorie=categorie,
            kanaal=kanaal,
            aanleiding=aanleiding,
            door=door,
            sleutel=sleutel,
            toestemming=toestemming,
            aangenomen_door=door,
            **melder.velden(),
        )
        Koppeling.objects.create(melding=melding, persoon=persoon, huishouden=huishouden, door=door)
    return melding


def voeg_toe(
    melding: Melding, *, vraag: str, melder: Melder, spoed: bool = False, door: Medewerker
) -> Notitie:
    """The call belongs to a melding that runs: written there as a notitie; it can become spoed, not the reverse.

    The same words by the same medewerker, sent twice, are one notitie.
    """
    with vergrendel(melding, door=door) as melding:
        if melding.is_klaar:
            raise StapGeweigerd("Deze melding is al afgerond; maak een nieuwe.")
        bereikbaar = ", ".join(filter(None, (melder.telefoon, melder.email)))
        wie = f"{melder.naam} ({melder.soort.label}{f', {bereikbaar}' if bereikbaar else ''})"
        tekst = f"Nieuw contact met {wie}:\n{verplicht(vraag, 'de vraag')}"
        if spoed and not melding.spoed:
            melding.spoed, melding.spoed_sinds = True, Now()
            melding.save(update_fields=["spoed", "spoed_sinds"])
        net = timezone.now() - _dubbel_binnen()
        eerder = Notitie.objects.bekend_op(None).filter(melding=melding, door=door, geregistreerd_op__gt=net)
        if zelfde := eerder.filter(tekst=tekst).first():
            return zelfde
        return Notitie.objects.create(melding=melding, tekst=tekst, door=door)


def is_aangenomen(sleutel: UUID) -> bool:
    """Whether the form with this key was saved."""
    return Melding.objects.filter(sleutel=sleutel).exists()


def zojuist(voor: Persoon | NieuwePersoon, melder: Melder, *, door: Medewerker) -> Melding | None:
    """The open melding of the same person or caller that was registered a moment ago, and that `door` may know of.

    One that is afgeschermd is registered a second time rather than given away.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            ZOJUIST,
            {
                "open": OPEN,
                "persoon": voor.pk if isinstance(voor, Persoon) else None,
                "telefoon": melder.telefoon or None,
                "email": melder.email or None,
                "instelling": DUBBEL_MINUTEN,
                "dag": timezone.localdate(),
            },
        )
        recent = [sleutel for (sleutel,) in cursor.fetchall()]
    if not recent:
        return None
    rijen = zichtbaar(Melding.objects.filter(pk__in=recent), Wie.van(door), Actie.ZIEN)
    return rijen.order_by("-pk").first()


def _dubbel_binnen() -> timedelta:
    minuten = Instelling.objects.waarde_op(DUBBEL_MINUTEN, timezone.localdate())
    return timedelta(minutes=float(minuten))


def _bellers(voor: Persoon | NieuwePersoon, melder: Melder) -> set[str]:
    """What two meldingen of the same caller or person have in common."""
    wie = {f"t{re.sub('[^0-9]', '', melder.telefoon)}", f"e{melder.email.lower()}"} - {"t", "e"}
    return wie | {f"p{voor.pk}"} if isinstance(voor, Persoon) else wie


def wacht_op_beurt(*wie: str) -> None:
    """Two transactions with one of these in common take turns from here; the order of locks can't cross."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, h)"
            " FROM (SELECT hashtext(w) AS h FROM unnest(%s::text[]) AS w ORDER BY 1) AS slot",
            [SLOT, sorted(wie)],
        )


def _schrijf_in(nieuw: NieuwePersoon) -> Persoon:
    velden = {naam: waarde for naam, waarde in vars(nieuw).items() if naam not in ("postcode", "huisnummer")}
    return Persoon.objects.create(**velden)


def _huishouden(
    persoon: Persoon, voor: Persoon | NieuwePersoon, *, op: date, door: Medewerker
) -> tuple[Huishouden, Team | None]:
    """Where the person lived on the day `op`, else lives since, with the team of that address.

    A household of one's own when neither is known. Geweigerd for who wasn't born yet, has died, or
    isn't registered any more.
    """
    if persoon.vervallen_op:
        raise Geweigerd(f"{persoon.naam} staat niet meer ingeschreven.")
    if persoon.geboortedatum and persoon.geboortedatum > op:
        raise Geweigerd(f"{persoon.naam} is pas geboren op {persoon.geboortedatum:%d-%m-%Y}.")
    if isinstance(voor, Persoon) and (verblijf := _verblijf(persoon, op)) and verblijf.huishouden:
        return verblijf.huishouden, verblijf.team
    if persoon.overleden_op:
        raise Geweigerd(f"{persoon.naam} is overleden op {persoon.overleden_op:%d-%m-%Y}.")
    postcode, huisnummer = ("", "") if isinstance(voor, Persoon) else (voor.postcode, voor.huisnummer)
    huishouden = Huishouden.objects.create()
    verblijf = neem_op(persoon, huishouden, vanaf=op, door=door, postcode=postcode, huisnummer=huisnummer)
    return huishouden, verblijf.team


def _verblijf(persoon: Persoon, op: date) -> Verblijf | None:
    """Where somebody lived on a day, else where they live since: nobody lives in two places for calling early."""
    met_waar = Verblijf.objects.select_related("huishouden", "team")
    if verblijf := met_waar.woont(persoon, op):
        return verblijf
    sinds = met_waar.bekend_op(None).filter(persoon=persoon, huishouden__isnull=False, tot__isnull=True)
    return sinds.order_by("vanaf", "pk").first()
