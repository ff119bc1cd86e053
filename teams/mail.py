"""Mail as an effect: a Dutch text from a template, to an address or to a medewerker."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine

from teams.berichten import effect
from teams.models import Medewerker
from teams.post import Bericht

ONDERWERP = "Onderwerp: "


def mail(soort: str, *velden: str) -> None:
    """Berichten of `soort` go out as mail, from the template `post/<soort>.txt`.

    Its first line is `Onderwerp: …`, the rest the text; it knows `velden` and `site`, the address before a
    path. No personal data in the subject, and no name of a resident in a mail to a medewerker: a mail passes
    servers that are not the municipality's.
    """
    effect(soort, *velden)(_verstuur)


def _verstuur(bericht: Bericht) -> None:
    adres = _adres(bericht.aan)
    if not adres:
        return
    onderwerp, tekst = _tekst(bericht)
    EmailMessage(
        onderwerp,
        tekst,
        to=[adres],
        headers={"Message-ID": _kenmerk(bericht), "Auto-Submitted": "auto-generated"},
    ).send()


def _adres(aan: str) -> str:
    """The mail address of now; empty for a medewerker who left, or has none."""
    soort, _, sleutel = aan.partition(":")
    if soort != "medewerker":
        return aan
    actief = Medewerker.objects.filter(pk=sleutel, is_active=True)
    return actief.values_list("email", flat=True).first() or ""


def _tekst(bericht: Bericht) -> tuple[str, str]:
    template = Engine.get_default().get_template(f"post/{bericht.soort}.txt")
    inhoud = template.render(Context({**bericht.gegevens, "site": settings.SITE_URL}, autoescape=False))
    kop, _, tekst = inhoud.partition("\n")
    return kop.removeprefix(ONDERWERP).strip(), tekst.strip() + "\n"


def is_eigen_kenmerk(kenmerk: str) -> bool:
    """Whether a mail with this Message-ID is one of ours."""
    return bool(re.fullmatch(rf"<bericht\.\d+\.\d+@{re.escape(_domein())}>", kenmerk))


def _domein() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")


def _kenmerk(bericht: Bericht) -> str:
    """The same for every attempt, so that a mail that goes out twice can be known for one."""
    return f"<bericht.{bericht.pk}.{bericht.gemaakt_op:%Y%m%d%H%M%S%f}@{_domein()}>"
