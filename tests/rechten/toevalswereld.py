"""A municipality made by chance: every case in it that the rights tell apart."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Noodtoegang, Persoon, Verblijf
from meldingen.models import BewaardFilter, Melding, Terugbelverzoek
from teams.lezen import Spoor
from teams.models import IN_TEAM, MET_TEAM, Aanstelling, Handeling, Inzage, Medewerker, Rol, Team, Teamsoort
from tests.factories import MeldingFactory, TeamFactory

MODELLEN: tuple[type[Model], ...] = (
    Huishouden,
    Persoon,
    Melding,
    Terugbelverzoek,
    BewaardFilter,
    Noodtoegang,
    Inzage,
)
LANG_GELEDEN = date(2015, 1, 1)


def maak_toevalswereld(toeval: random.Random) -> dict[str, list[Any]]:
    """The rows by the label of their model, and `medewerkers`; what was there already is left out."""
    waren_er = {model: set(model._default_manager.values_list("pk", flat=True)) for model in MODELLEN}
    teams = [TeamFactory(soort=Teamsoort.WIJKTEAM) for _ in range(4)]
    expertteams = [TeamFactory(soort=Teamsoort.EXPERTTEAM) for _ in range(2)]
    medewerkers = _medewerkers(toeval, teams, expertteams)
    huishoudens = Huishouden.objects.bulk_create(
        Huishouden(afgeschermd=afgeschermd, afgeschermd_reden="veiligheid" if afgeschermd else "")
        for afgeschermd in (toeval.random() < 0.3 for _ in range(30))
    )
    personen = Persoon.objects.bulk_create(Persoon(achternaam=f"Toeval {nummer}") for nummer in range(45))
    Verblijf.objects.bulk_create(
        verblijf for persoon in personen for verblijf in _verblijven(toeval, persoon, huishoudens, teams)
    )
    _betrek(toeval, huishoudens, medewerkers, expertteams)
    _meldingen(toeval, huishoudens, personen, medewerkers, [*teams, *expertteams])
    wie = toeval.choice(medewerkers)
    BewaardFilter.objects.bulk_create(
        BewaardFilter(medewerker=wie, naam=f"f{nummer}", team=toeval.choice([None, *teams, *expertteams]))
        for nummer, wie in enumerate(toeval.choices(medewerkers, k=30))
    )
    Inzage.objects.bulk_create(
        Spoor.van(wie).regel("meldingen.Melding", Handeling.GEOPEND, toegestaan=False) for _ in range(3)
    )
    return {"medewerkers": medewerkers} | {
        model._meta.label: [
            rij for rij in model._default_manager.order_by("pk") if rij.pk not in waren_er[model]
        ]
        for model in MODELLEN
    }


def _medewerkers(toeval: random.Random, teams: list[Team], expertteams: list[Team]) -> list[Medewerker]:
    medewerkers = Medewerker.objects.bulk_create(
        Medewerker(username=f"toeval{nummer}", is_active=nummer > 0 and toeval.random() < 0.92)
        for nummer in range(30)
    )
    vandaag = timezone.localdate()
    gedaan = set()
    for medewerker in medewerkers:
        for _ in range(toeval.choice((0, 1, 1, 1, 2, 3))):
            rol = toeval.choice((*Rol, *IN_TEAM, *IN_TEAM, *IN_TEAM))
            team = toeval.choice(expertteams if rol == Rol.EXPERT else teams) if rol in MET_TEAM else None
            if (medewerker, rol, team) in gedaan:
                continue
            gedaan.add((medewerker, rol, team))
            vanaf, tot = toeval.choice(
                (
                    *[(LANG_GELEDEN, None)] * 7,
                    (LANG_GELEDEN, vandaag),
                    (LANG_GELEDEN, vandaag + timedelta(days=1)),
                    (vandaag + timedelta(days=1), None),
                    (vandaag, None),
                )
            )
            Aanstelling.objects.create(medewerker=medewerker, rol=rol, team=team, vanaf=vanaf, tot=tot)
    return medewerkers


def _verblijven(
    toeval: random.Random, persoon: Persoon, huishoudens: list[Huishouden], teams: list[Team]
) -> list[Verblijf]:
    """Ended, moved on, withdrawn, still to begin, in two places at once, nowhere: whatever people do."""
    vandaag, nu = timezone.localdate(), timezone.now()
    morgen = vandaag + timedelta(days=1)
    perioden = (
        *[(LANG_GELEDEN, None)] * 6,
        (LANG_GELEDEN, vandaag),
        (LANG_GELEDEN, morgen),
        (LANG_GELEDEN, LANG_GELEDEN),
        (vandaag, None),
        (morgen, None),
        (morgen, morgen),
    )
    return [
        Verblijf(
            persoon=persoon,
            huishouden=toeval.choice((None, *huishoudens)),
            team=toeval.choice((None, *teams, *teams)),
            vanaf=vanaf,
            tot=tot,
            geregistreerd_op=nu - timedelta(days=2),
            vervallen_op=nu - timedelta(days=1) if toeval.random() < 0.1 else None,
        )
        for vanaf, tot in toeval.choices(perioden, k=toeval.choice((0, 1, 1, 2, 2, 3)))
    ]


def _betrek(
    toeval: random.Random,
    huishoudens: list[Huishouden],
    medewerkers: list[Medewerker],
    expertteams: list[Team],
) -> None:
    nu = timezone.now()
    begin, uur = nu - timedelta(days=9), timedelta(hours=1)
    einden = (None, None, None, nu - uur, nu + uur)
    rijen: dict[tuple[Any, ...], Betrokkenheid] = {}
    for huishouden in huishoudens:
        for medewerker in toeval.sample(medewerkers, 4):
            rijen[huishouden.pk, medewerker.pk] = Betrokkenheid(
                huishouden=huishouden,
                medewerker=medewerker,
                soort=Betrokkenheidsoort.BETROKKEN,
                vanaf=begin,
                tot=toeval.choice(einden),
            )
        if toeval.random() < 0.5:
            team = toeval.choice(expertteams)
            rijen[huishouden.pk, "team"] = Betrokkenheid(
                huishouden=huishouden,
                team=team,
                soort=Betrokkenheidsoort.OPGESCHAALD,
                vanaf=begin,
                tot=toeval.choice(einden),
            )
        if toeval.random() < 0.3:
            rijen[huishouden.pk, "contactpersoon"] = Betrokkenheid(
                huishouden=huishouden,
                medewerker=toeval.choice(medewerkers),
                soort=Betrokkenheidsoort.CONTACTPERSOON,
                vanaf=begin,
                tot=toeval.choice(einden),
            )
    Betrokkenheid.objects.bulk_create(rijen.values())
    Noodtoegang.objects.bulk_create(
        Noodtoegang(
            huishouden=toeval.choice(huishoudens),
            medewerker=toeval.choice(medewerkers),
            reden="het kan niet wachten",
            vanaf=begin,
            tot=toeval.choice((nu - uur, nu + uur)),
        )
        for _ in range(60)
    )


def _meldingen(
    toeval: random.Random,
    huishoudens: list[Huishouden],
    personen: list[Persoon],
    medewerkers: list[Medewerker],
    teams: list[Team],
) -> None:
    door = Medewerker.objects.create(username="wie-het-deed")
    stand = ("ontvangen", "ontvangen", "onderzoek_afgerond", "plan_akkoord", "voorveld")
    nu = timezone.now()
    for _ in range(40):
        melding = MeldingFactory(tot=toeval.choice(stand), team=None, persoon=None, door=door)
        Melding.objects.filter(pk=melding.pk).update(
            team=toeval.choice((None, *teams)),
            persoon=toeval.choice((None, *personen)),
            huishouden=toeval.choice((None, None, *huishoudens)),
            behandelaar=toeval.choice((*[None] * 15, *medewerkers)),
        )
    meldingen = list(Melding.objects.all())
    Terugbelverzoek.objects.bulk_create(
        Terugbelverzoek(
            naam="beller",
            telefoon="0612345678",
            team=toeval.choice((None, *teams)),
            medewerker=toeval.choice((*[None] * 20, *medewerkers)),
            aangenomen_door=toeval.choice(medewerkers),
            melding=toeval.choice((*[None] * 30, *meldingen)),
            persoon=toeval.choice((*[None] * 45, *personen)),
            uiterlijk_op=nu,
        )
        for _ in range(50)
    )
