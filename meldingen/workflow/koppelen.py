"""About whom a melding is: corrected, and put back, with every link kept."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest, Now

from households.models import Huishouden, Persoon
from households.workflow import laat_los
from meldingen.models import Koppeling, Melding
from meldingen.workflow.meelezen import betrek, eindig_meelezen, lees_weer_mee
from meldingen.workflow.stappen import StapGeweigerd, vergrendel
from teams.geweigerd import verplicht
from teams.models import Medewerker
from teams.perioden import lopend


def koppel(
    melding: Melding,
    *,
    persoon: Persoon | None,
    huishouden: Huishouden | None,
    reden: str,
    door: Medewerker,
) -> Melding:
    """The melding turns out to be about this person and household."""
    with vergrendel(melding, door=door) as melding:
        if (melding.persoon, melding.huishouden) == (persoon, huishouden):
            raise StapGeweigerd("Deze melding is al aan deze inwoner gekoppeld.")
        return _koppel(melding, persoon, huishouden, reden=verplicht(reden), door=door)


def zet_koppeling_terug(melding: Melding, *, reden: str, door: Medewerker) -> Melding:
    """Undo the last link: the melding is about whom it was before."""
    with vergrendel(melding, door=door) as melding:
        vorige = melding.koppelingen.filter(tot__isnull=False).order_by("-tot", "-pk").first()
        if vorige is None:
            raise StapGeweigerd("Deze melding is nooit aan iemand anders gekoppeld.")
        return _koppel(melding, vorige.persoon, vorige.huishouden, reden=verplicht(reden), door=door)


def _koppel(
    melding: Melding,
    persoon: Persoon | None,
    huishouden: Huishouden | None,
    *,
    reden: str,
    door: Medewerker,
) -> Melding:
    _neem_besluiten_mee(melding, persoon, huishouden)
    nu = melding.koppelingen.filter(lopend())
    if not nu.exists():
        Koppeling.objects.create(
            melding=melding,
            persoon=melding.persoon,
            huishouden=melding.huishouden,
            vanaf=melding.geregistreerd_op,
        )
    nu.update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)
    Koppeling.objects.create(melding=melding, persoon=persoon, huishouden=huishouden, reden=reden, door=door)
    vorig = melding.huishouden
    if vorig != huishouden:
        eindig_meelezen(melding, melding.gesprekken.values("pk"), door=door)
    melding.persoon, melding.huishouden = persoon, huishouden
    melding.save(update_fields=["persoon", "huishouden"])
    if vorig != huishouden:
        _verhuis_behandelaar(melding, vorig, door=door)
        lees_weer_mee(melding, door=door)
    return melding


def _neem_besluiten_mee(melding: Melding, persoon: Persoon | None, huishouden: Huishouden | None) -> None:
    """They belong to the household of the melding, as long as that stays about the same person."""
    if melding.persoon is None or _hoofd(melding.persoon) == _hoofd(persoon):
        melding.besluiten.update(huishouden=huishouden)
    elif melding.besluiten.te_nemen().exists():
        raise StapGeweigerd("Er ligt nog een besluit voor deze inwoner. Trek dat eerst in.")


def _hoofd(persoon: Persoon | None) -> int | None:
    return (persoon.zelfde_als_id or persoon.pk) if persoon else None


def _verhuis_behandelaar(melding: Melding, vorig: Huishouden | None, *, door: Medewerker) -> None:
    """Who handles the melding works with the household it turns out to be of, and no longer with the other."""
    behandelaar, nu = melding.behandelaar, melding.huishouden
    if behandelaar is None:
        return
    if vorig and not Melding.objects.open().filter(huishouden=vorig, behandelaar=behandelaar).exists():
        laat_los(vorig, behandelaar, door=door)
    if nu:
        betrek(nu, behandelaar, door=door)
