"""What software of a KCC tells by the API Klantinteracties, and what comes of it: a promise to call back, or a melding.

Everything about one contact takes turns on the row of that contact. What is told stays as it was told, also when the
rest never comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from meldingen.klantinteracties import vertaling
from meldingen.klantinteracties.vertaling import Bestemming
from meldingen.models import (
    Aanleiding,
    Actor,
    Actorsoort,
    Afhandeling,
    Betrokkene,
    DigitaalAdres,
    Internetaak,
    Klantinteractie,
    Melding,
    OpgehaaldeTaak,
    Taakactor,
    Taakstatus,
    Terugbelverzoek,
    Uitkomst,
)
from meldingen.models.partijen import Aangeleverd
from meldingen.workflow.aannemen import wacht_op_beurt
from meldingen.workflow.bellen import leg_belpoging_vast, neem_terugbelverzoek_aan, trek_terugbelverzoek_in
from meldingen.workflow.contacttelling import tel, tel_contact
from meldingen.workflow.schrijven import noteer
from meldingen.workflow.stappen import ontvang, vergrendel
from meldingen.workflow.toewijzen import wijs_toe
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker, Team

A = TypeVar("A", bound=Aangeleverd)

NAAM_ONBEKEND = "naam onbekend"
TERUGBELLEN = "Contact opnemen met betrokkene"
AFDELING = {"code_objecttype": "afd", "code_soort_object_id": "idf"}


def leg_interactie_vast(*, door: Medewerker, **velden: Any) -> Klantinteractie:
    """A contact was told; it counts once in reports, as handled by the KCC itself until a task says otherwise.

    `velden` are fields of `Klantinteractie`; without `plaatsgevonden_op` it was just now.
    """
    velden.setdefault("plaatsgevonden_op", timezone.now())
    with transaction.atomic():
        interactie = Klantinteractie.objects.create(van=door, **velden)
        direct = interactie.gelukt is not False and not interactie.verdere_actie
        tel_contact(interactie, Afhandeling.DIRECT if direct else None, door=door)
    return interactie


def leg_aangeleverde_rij_vast(model: type[A], *, door: Medewerker, **velden: Any) -> A:
    """Something was told of which nothing has to come by itself."""
    return model._default_manager.create(van=door, **velden)


def wijzig_aangeleverde_rij(rij: A, wijziging: Mapping[str, Any], *, door: Medewerker) -> A:
    """Something is told otherwise: the last that was told holds."""
    with transaction.atomic():
        rij = type(rij)._default_manager.select_for_update(of=("self",)).get(pk=rij.pk)
        for veld, waarde in wijziging.items():
            setattr(rij, veld, waarde)
        rij.save()
    return rij


def voeg_betrokkene_toe(*, door: Medewerker, interactie: Klantinteractie, **velden: Any) -> Betrokkene:
    """Who took part was told; also after the task, whose melding or promise then says so."""
    with transaction.atomic():
        interactie = _vergrendel(interactie)
        betrokkene = Betrokkene.objects.create(van=door, interactie=interactie, **velden)
        _vul_aan(interactie, door=door)
    return betrokkene


def voeg_adres_toe(*, door: Medewerker, betrokkene: Betrokkene | None = None, **velden: Any) -> DigitaalAdres:
    """How somebody is reached was told; as `voeg_betrokkene_toe`."""
    with transaction.atomic():
        interactie = _vergrendel(betrokkene.interactie) if betrokkene else None
        adres = DigitaalAdres.objects.create(van=door, betrokkene=betrokkene, **velden)
        if interactie:
            _vul_aan(interactie, door=door)
    return adres


def geef_taak(
    *,
    door: Medewerker,
    interactie: Klantinteractie,
    actoren: Iterable[Actor],
    status: Taakstatus,
    afgehandeld_op: datetime | None = None,
    **velden: Any,
) -> Internetaak:
    """The KCC asks something of these actoren; the same again is another task.

    When one of them is a team here it becomes, in the same transaction, a promise to call back, or a melding where no
    phone number was told. A task that was done already becomes nothing.
    """
    actoren = list(actoren)
    with transaction.atomic():
        interactie = _vergrendel(interactie)
        taak = Internetaak.objects.create(van=door, interactie=interactie, **velden)
        _wijs_toe(taak, actoren)
        doel = vertaling.bestemming(actoren)
        if status == Taakstatus.VERWERKT:
            taak.afgehandeld_op = afgehandeld_op or timezone.now()
            taak.save(update_fields=["afgehandeld_op"])
            tel_contact(interactie, _afhandeling(doel), door=door)
        else:
            _maak_gevolg(taak, doel, door=door)
    return taak


def wijzig_taak(taak: Internetaak, wijziging: Mapping[str, Any], *, door: Medewerker) -> Internetaak:
    """Change what is asked, of whom, or whether it is done; `wijziging` holds only what was told.

    Done keeps the promise to call back; another team takes it along. Geweigerd when a melding came of it, which only
    the wijkteam finishes, and for what is done here and can't be begun again.
    """
    with transaction.atomic():
        _vergrendel(taak.interactie)
        taak = (
            Internetaak.objects.select_for_update(of=("self",))
            .select_related("terugbelverzoek", "melding", "interactie")
            .get(pk=taak.pk)
        )
        for veld in ("gevraagde_handeling", "toelichting", "referentienummer"):
            setattr(taak, veld, wijziging.get(veld, getattr(taak, veld)))
        taak.save(update_fields=["gevraagde_handeling", "toelichting", "referentienummer"])
        if "actoren" in wijziging:
            _geef_door(taak, list(wijziging["actoren"]), door=door)
        elif "toelichting" in wijziging:
            _vul_aan(taak.interactie, door=door)
        _zet_status(taak, wijziging.get("status", taak.status), wijziging.get("afgehandeld_op"), door=door)
    return taak


def geef_aan_team(interactie: Klantinteractie, *, team: Team, door: Medewerker) -> Internetaak:
    """A coördinator gives a team a contact of which nothing came: what was asked, or else to get in touch.

    Geweigerd when something came of it meanwhile, or it was put away.
    """
    with transaction.atomic():
        interactie = _zonder_vervolg(interactie)
        taak = _liggen_er(interactie).select_for_update(of=("self",)).order_by("pk").first()
        if taak is None:
            taak = Internetaak.objects.create(
                van=interactie.van, interactie=interactie, gevraagde_handeling=TERUGBELLEN
            )
            actor, _ = Actor.objects.get_or_create(
                van=interactie.van,
                object_id=team.code,
                code_register=vertaling.OBJECTENREGISTER,
                **AFDELING,
                defaults={"naam": team.naam, "soort": Actorsoort.ORGANISATORISCHE_EENHEID},
            )
            _wijs_toe(taak, [actor])
        _maak_gevolg(taak, Bestemming(team), door=door)
    return taak


def neem_opgehaalde_taak_aan(
    taak: Mapping[str, Any], contact: Mapping[str, Any], *, team: Team, door: Medewerker
) -> OpgehaaldeTaak | None:
    """A task of a register elsewhere becomes work of `team` here, once; None when it was fetched before.

    `taak` and `contact`, with who took part, are the objects of that API. The contact counts once, however many
    tasks came of it.
    """
    uuid = UUID(taak["uuid"])
    ref = f"openklant:{UUID(contact.get('uuid') or taak['uuid'])}"
    with transaction.atomic():
        wacht_op_beurt(f"k{uuid}", ref)
        if OpgehaaldeTaak.objects.filter(uuid=uuid).exists():
            return None
        wie = vertaling.bereik_uit(contact)
        vraag = vertaling.vraag_uit(taak, contact, wie)
        kanaal = contact.get("kanaal") or ""
        belofte, melding = _gevolg(Bestemming(team), wie, vraag, kanaal, door=door)
        tel(
            ref,
            op=vertaling.dag_van(contact),
            kanaal=vertaling.contactkanaal(kanaal),
            afhandeling=Afhandeling.DOORGEZET_WIJKTEAM,
            melding=melding,
            door=door,
        )
        return OpgehaaldeTaak.objects.create(uuid=uuid, terugbelverzoek=belofte, melding=melding)


def doe_af(interactie: Klantinteractie, *, reden: str, door: Medewerker) -> Klantinteractie:
    """A coördinator says that nothing has to come of this contact; tasks that are nobody's here stay as they are.

    Geweigerd without a reason, when something came of it meanwhile, or when it was put away.
    """
    with transaction.atomic():
        interactie = _zonder_vervolg(interactie)
        interactie.afgedaan_op, interactie.afgedaan_door = timezone.now(), door
        interactie.afgedaan_reden = verplicht(reden)
        interactie.save(update_fields=["afgedaan_op", "afgedaan_door", "afgedaan_reden"])
    return interactie


def _vergrendel(interactie: Klantinteractie) -> Klantinteractie:
    return Klantinteractie.objects.select_for_update().get(pk=interactie.pk)


def _zonder_vervolg(interactie: Klantinteractie) -> Klantinteractie:
    interactie = _vergrendel(interactie)
    if interactie.afgedaan_op:
        raise Geweigerd("Dit contact is al afgehandeld.")
    bij_team = Q(terugbelverzoek__isnull=False) | Q(melding__isnull=False)
    if interactie.internetaken.filter(bij_team).exists() and not _liggen_er(interactie).exists():
        raise Geweigerd("Dit contact staat al bij een team.")
    return interactie


def _liggen_er(interactie: Klantinteractie) -> QuerySet[Internetaak]:
    """Open tasks that are nobody's here."""
    return interactie.internetaken.filter(
        terugbelverzoek__isnull=True, melding__isnull=True, afgehandeld_op__isnull=True
    )


def _wijs_toe(taak: Internetaak, actoren: Iterable[Actor]) -> None:
    Taakactor.objects.filter(taak=taak).delete()
    Taakactor.objects.bulk_create(Taakactor(taak=taak, actor=actor) for actor in dict.fromkeys(actoren))


def _maak_gevolg(taak: Internetaak, doel: Bestemming, *, door: Medewerker) -> None:
    """What the team gets. `Klantcontact` follows: who gives a task didn't handle the contact alone."""
    interactie = taak.interactie
    if doel.team is None:
        tel_contact(interactie, None, door=door)
        return
    betrokkenen = interactie.betrokkenen.select_related("partij")
    wie = vertaling.bereik_van(betrokkenen.prefetch_related("adressen", "partij__adressen"))
    vraag = vertaling.vraag_van(taak, wie)
    taak.terugbelverzoek, taak.melding = _gevolg(doel, wie, vraag, interactie.kanaal, door=door)
    taak.afgehandeld_op = None
    taak.save(update_fields=["terugbelverzoek", "melding", "afgehandeld_op"])
    tel_contact(interactie, _afhandeling(doel), melding=taak.melding, door=door)


def _gevolg(
    doel: Bestemming, wie: vertaling.Bereik, vraag: str, kanaal: str, *, door: Medewerker
) -> tuple[Terugbelverzoek | None, Melding | None]:
    """One of the two: a promise to call back where there is a number, else a melding."""
    naam = wie.naam[:200]
    if wie.telefoon:
        belofte = neem_terugbelverzoek_aan(
            naam=naam or NAAM_ONBEKEND,
            telefoon=wie.telefoon,
            vraag=vraag,
            team=doel.team,
            medewerker=doel.medewerker,
            door=door,
        )
        return belofte, None
    melding = ontvang(
        vraag=vraag,
        op=timezone.localdate(),
        team=doel.team,
        kanaal=vertaling.meldingkanaal(kanaal),
        aanleiding=Aanleiding.NIEUWE_VRAAG,
        door=door,
        melder_naam=naam,
        melder_email=wie.email,
        aangenomen_door=door,
    )
    if doel.medewerker:
        melding = wijs_toe(melding, team=doel.team, medewerker=doel.medewerker, door=door)
    return None, melding


def _afhandeling(doel: Bestemming) -> Afhandeling | None:
    return Afhandeling.DOORGEZET_WIJKTEAM if doel.team else None


def _geef_door(taak: Internetaak, actoren: list[Actor], *, door: Medewerker) -> None:
    """It is asked of others now; a promise goes along, a melding only as long as nobody took it."""
    _wijs_toe(taak, actoren)
    doel = vertaling.bestemming(actoren)
    belofte, melding = taak.terugbelverzoek, taak.melding
    taak.toegewezen_op = timezone.now()
    taak.save(update_fields=["toegewezen_op"])
    if taak.status == Taakstatus.VERWERKT:
        return
    if belofte is None and melding is None:
        _maak_gevolg(taak, doel, door=door)
    elif belofte and doel.team is None:
        trek_terugbelverzoek_in(belofte, reden="Door het KCC aan een ander onderdeel gegeven.", door=door)
    elif belofte:
        belofte = Terugbelverzoek.objects.select_for_update(of=("self",)).get(pk=belofte.pk)
        belofte.team, belofte.medewerker = doel.team, doel.medewerker
        belofte.save(update_fields=["team", "medewerker"])
        taak.terugbelverzoek = belofte
    elif melding and (melding.team, melding.behandelaar) != (doel.team, doel.medewerker):
        if doel.team is None or melding.behandelaar:
            raise Geweigerd(
                f"Deze taak is melding {melding.nummer} geworden, en die is opgepakt of hoort bij een wijkteam. "
                "Vraag het wijkteam om haar door te geven."
            )
        reden = "Door het KCC doorgegeven."
        wijs_toe(melding, team=doel.team, medewerker=doel.medewerker, door=door, reden=reden)
    _vul_aan(taak.interactie, door=door)


def _zet_status(
    taak: Internetaak, status: Taakstatus, afgehandeld_op: datetime | None, *, door: Medewerker
) -> None:
    if status == Taakstatus.VERWERKT and taak.status == Taakstatus.TE_VERWERKEN:
        if taak.melding:
            raise Geweigerd(
                f"Deze taak is melding {taak.melding.nummer} geworden. Zij is verwerkt zodra het wijkteam die "
                "melding heeft afgerond."
            )
        if taak.terugbelverzoek:
            _kom_na(taak.terugbelverzoek, door=door)
            taak.terugbelverzoek.refresh_from_db()
        taak.afgehandeld_op = afgehandeld_op or (None if taak.terugbelverzoek else timezone.now())
    elif status == Taakstatus.VERWERKT:
        taak.afgehandeld_op = afgehandeld_op or taak.afgehandeld_op
    elif taak.status == Taakstatus.VERWERKT:
        if taak.melding or taak.terugbelverzoek:
            raise Geweigerd(
                "Deze taak is afgerond en kan niet opnieuw beginnen. Maak er een nieuwe voor hetzelfde contact."
            )
        taak.afgehandeld_op = None
        _maak_gevolg(taak, vertaling.bestemming(taak.actoren.order_by("toewijzingen")), door=door)
    taak.save(update_fields=["afgehandeld_op"])


def _kom_na(belofte: Terugbelverzoek, *, door: Medewerker) -> None:
    """Called, says who closes the task; somebody of the team may have been first, and then it is done as well."""
    try:
        leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=door)
    except Geweigerd:
        belofte.refresh_from_db()
        if not (belofte.nagekomen_op or belofte.ingetrokken_op):
            raise


def _vul_aan(interactie: Klantinteractie, *, door: Medewerker) -> None:
    """What was told late, or otherwise, reaches whoever has it now."""
    open_taken = interactie.internetaken.te_verwerken()
    open_taken = open_taken.select_related("terugbelverzoek", "melding", "interactie")
    taken = [taak for taak in open_taken if taak.terugbelverzoek or taak.melding]
    if not taken:
        return
    betrokkenen = interactie.betrokkenen.select_related("partij")
    wie = vertaling.bereik_van(betrokkenen.prefetch_related("adressen", "partij__adressen"))
    for taak in taken:
        vraag = vertaling.vraag_van(taak, wie)
        if taak.terugbelverzoek:
            open_ = Terugbelverzoek.objects.open().filter(pk=taak.terugbelverzoek.pk)
            open_.update(naam=wie.naam[:200] or NAAM_ONBEKEND, vraag=vraag)
        elif taak.melding:
            _vul_melding_aan(taak.melding, wie, vraag, door=door)


def _vul_melding_aan(melding: Melding, wie: vertaling.Bereik, vraag: str, *, door: Medewerker) -> None:
    """What wasn't known yet about the melder is filled in; anything else is added as a notitie."""
    nieuw = {"melder_naam": wie.naam[:200], "melder_telefoon": wie.telefoon, "melder_email": wie.email}
    with vergrendel(melding, door=door) as melding:
        leeg = {veld: waarde for veld, waarde in nieuw.items() if waarde and not getattr(melding, veld)}
        for veld, waarde in leeg.items():
            setattr(melding, veld, waarde)
        if leeg:
            melding.save(update_fields=list(leeg))
        if vraag != melding.vraag:
            tekst = f"Nader bericht van het KCC:\n{vraag}"
            if not melding.notities.filter(tekst=tekst).exists():
                noteer(melding, tekst=tekst, door=door)
