"""The verbs of the catalogue: what is in it is never overwritten, so that what was granted keeps its name.

A version holds from `geldig_van` until `geldig_tot` (exclusive); a change is a next version with the same code, by
which reports count. Only the end of a version can be set.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from voorzieningen.models import Cataloguswijziging, Voorziening, Voorzieningengroep

Versie = TypeVar("Versie", Voorziening, Voorzieningengroep)
GROEPVELDEN = ("cluster", "naam", "telt_als_wmo_client", "jeugdsoort", "met_verblijf")
"""What a next version of a groep can have otherwise."""
CODE_NAAM = 190
"""How much of a name stays in a code with a number behind it."""
OVERLAP = frozenset(
    f"{soort}_{wat}_een_tegelijk"
    for soort in ("voorziening", "voorzieningengroep")
    for wat in ("code", "naam")
)


def voeg_voorziening_toe(
    groep: Voorzieningengroep,
    naam: str,
    *,
    door: Medewerker,
    geldig_van: date | None = None,
    geldig_tot: date | None = None,
) -> Voorziening:
    """A new product in a group. Geweigerd outside the period of the group, or for a name in use then."""
    naam = verplicht(naam, "een naam")
    with transaction.atomic():
        groep = Voorzieningengroep.objects.select_for_update().get(pk=groep.pk)
        _binnen(groep, geldig_van, geldig_tot)
        in_groep = Voorziening.objects.filter(groep__wet=groep.wet, groep__code=groep.code)
        code = _vrije_code(naam, in_groep)
        nieuw = Voorziening(groep=groep, code=code, naam=naam, geldig_van=geldig_van, geldig_tot=geldig_tot)
        return _voeg_toe(nieuw, door)


def voeg_groep_toe(groep: Voorzieningengroep, *, door: Medewerker) -> Voorzieningengroep:
    """A new group, filled in but not saved. Geweigerd for a name that is in use in that period."""
    groep.naam = verplicht(groep.naam, "een naam")
    with transaction.atomic():
        groep.code = _vrije_code(groep.naam, Voorzieningengroep.objects.filter(wet=groep.wet))
        return _voeg_toe(groep, door)


def hernoem_voorziening(voorziening: Voorziening, naam: str, *, vanaf: date, door: Medewerker) -> Voorziening:
    """From `vanaf` on it is called so: gives the version for then; the one until then keeps what it said."""
    naam = verplicht(naam, "een naam")
    with transaction.atomic():
        oud = _vergrendel(voorziening)
        if naam == oud.naam:
            raise Geweigerd("Zo heet deze voorziening al.")
        tot = oud.geldig_tot
        _beeindig(oud, vanaf, door)
        nieuw = Voorziening(groep=oud.groep, code=oud.code, naam=naam, geldig_van=vanaf, geldig_tot=tot)
        return _voeg_toe(nieuw, door, oud)


def wijzig_groep(
    groep: Voorzieningengroep, *, vanaf: date, door: Medewerker, **anders: Any
) -> Voorzieningengroep:
    """The version of a group from `vanaf` on, with `anders` out of GROEPVELDEN; its products go along."""
    with transaction.atomic():
        oud = _vergrendel(groep)
        waarden = {veld: anders.get(veld, getattr(oud, veld)) for veld in GROEPVELDEN}
        if all(waarden[veld] == getattr(oud, veld) for veld in GROEPVELDEN):
            raise Geweigerd("Er is niets anders aan deze groep.")
        producten = list(oud.voorzieningen.select_for_update().filter(_na(vanaf)).order_by("pk"))
        tot = oud.geldig_tot
        _beeindig(oud, vanaf, door)
        nieuw = _voeg_toe(
            Voorzieningengroep(wet=oud.wet, code=oud.code, geldig_van=vanaf, geldig_tot=tot, **waarden),
            door,
            oud,
        )
        for product in producten:
            begin, eind = max(vanaf, product.geldig_van or vanaf), product.geldig_tot
            _beeindig(product, begin, door)
            _voeg_toe(
                Voorziening(
                    groep=nieuw, code=product.code, naam=product.naam, geldig_van=begin, geldig_tot=eind
                ),
                door,
            )
        return nieuw


def beeindig_voorziening(voorziening: Voorziening, *, op: date, door: Medewerker) -> Voorziening:
    """From `op` on nobody can choose it; what was granted runs on. That nothing replaces it is no objection."""
    with transaction.atomic():
        rij = _vergrendel(voorziening)
        return _beeindig(rij, op, door)


def beeindig_groep(groep: Voorzieningengroep, *, op: date, door: Medewerker) -> Voorzieningengroep:
    """The same for a group and every product in it that runs on."""
    with transaction.atomic():
        rij = _vergrendel(groep)
        for product in rij.voorzieningen.select_for_update().filter(_na(op)).order_by("pk"):
            _beeindig(product, max(op, product.geldig_van or op), door)
        return _beeindig(rij, op, door)


def _vrije_code(naam: str, eerdere: QuerySet[Any]) -> str:
    """By which something new is counted: its name, with a number where something that is called otherwise has that."""
    code, nummer = naam, 1
    while eerdere.filter(code=code).exclude(naam=naam).exists():
        nummer += 1
        code = f"{naam[:CODE_NAAM]} ({nummer})"
    return code


def _na(dag: date) -> Q:
    """Versions of which something lies on or after a day; an empty one (begin is end) is nowhere."""
    return Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=Greatest(Value(dag), F("geldig_van")))


def _vergrendel(rij: Versie) -> Versie:
    return type(rij)._default_manager.select_for_update(of=("self",)).get(pk=rij.pk)


def _binnen(groep: Voorzieningengroep, begin: date | None, einde: date | None) -> None:
    """A product is nowhere where its group isn't."""
    if begin and einde and einde < begin:
        raise Geweigerd("Het einde ligt voor het begin.")
    if groep.geldig_tot and (einde is None or einde > groep.geldig_tot):
        raise Geweigerd(
            f"De groep ‘{groep}’ geldt tot {groep.geldig_tot:%d-%m-%Y}; eindig niet later dan dan."
        )
    if groep.geldig_van and (begin is None or begin < groep.geldig_van):
        raise Geweigerd(
            f"De groep ‘{groep}’ geldt vanaf {groep.geldig_van:%d-%m-%Y}; begin niet eerder dan dan."
        )


def _beeindig(rij: Versie, op: date, door: Medewerker) -> Versie:
    if rij.geldig_van and op < rij.geldig_van:
        raise Geweigerd(f"‘{rij}’ geldt pas vanaf {rij.geldig_van:%d-%m-%Y}; kies die dag of later.")
    if rij.geldig_tot and op >= rij.geldig_tot:
        raise Geweigerd(f"‘{rij}’ geldt al niet meer vanaf {rij.geldig_tot:%d-%m-%Y}; kies een dag daarvoor.")
    was, rij.geldig_tot = rij.geldig_tot, op
    rij.save(update_fields=["geldig_tot"])
    _leg_vast(rij, {"geldig_tot": [_woord(was), _woord(op)]}, door)
    return rij


def _voeg_toe(rij: Versie, door: Medewerker, vorige: Versie | None = None) -> Versie:
    """Saves a version, and writes in what it differs from the one before, of which it takes the end."""
    if rij.geldig_van and rij.geldig_tot and rij.geldig_tot < rij.geldig_van:
        raise Geweigerd("Het einde ligt voor het begin.")
    try:
        with transaction.atomic():
            rij.save(force_insert=True)
    except IntegrityError as fout:
        diag = getattr(fout.__cause__, "diag", None)
        if diag is not None and diag.constraint_name in OVERLAP:
            raise Geweigerd(f"‘{rij}’ staat in (een deel van) die periode al in de catalogus.") from fout
        raise
    velden: tuple[str, ...] = GROEPVELDEN if isinstance(rij, Voorzieningengroep) else ("naam",)
    verschil = {
        veld: [_woord(getattr(vorige, veld, None)), _woord(getattr(rij, veld))]
        for veld in (*velden, "geldig_van", *(() if vorige else ("geldig_tot",)))
        if getattr(rij, veld) != getattr(vorige, veld, None)
    }
    _leg_vast(rij, verschil, door)
    return rij


def _leg_vast(rij: Versie, wijzigingen: dict[str, list[Any]], door: Medewerker) -> None:
    van = "groep" if isinstance(rij, Voorzieningengroep) else "voorziening"
    Cataloguswijziging.objects.create(door=door, wijzigingen=wijzigingen, **{van: rij})


def _woord(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, date) else waarde
