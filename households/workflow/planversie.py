"""Setting a plan down, what people say of it, and the end of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import (
    Afsluiting,
    Akkoord,
    Antwoord,
    Deelnemer,
    Plan,
    Planstap,
    Planversie,
    Tevredenheid,
    Wijze,
)
from households.planbeeld import anders_dan, beeld
from households.plannen import laatste_versie
from households.workflow.plan import schrijf_op, wijzigbaar
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from teams.perioden import lopend


def stel_vast(plan: Plan, *, door: Medewerker) -> Planversie:
    """Set down what stands there now as the next version; Geweigerd without a goal, or when nothing changed."""
    with wijzigbaar(plan) as plan:
        if not plan.doelen.exists():
            raise Geweigerd("Er staat nog geen doel in dit plan. Voeg eerst een doel toe.")
        if not (versie := _volgende(plan, door)):
            raise Geweigerd("Er is niets gewijzigd sinds de laatste versie; die geldt nog.")
        schrijf_op(plan, Planstap.VASTGESTELD, versie.pk, door=door, na={"nummer": versie.nummer})
    return versie


def _volgende(plan: Plan, door: Medewerker) -> Planversie | None:
    """What stands there now as a version; None when the last one says the same."""
    vorige, inhoud = laatste_versie(plan), beeld(plan)
    if not anders_dan(inhoud, vorige):
        return None
    nummer = vorige.nummer + 1 if vorige else 1
    return Planversie.objects.create(plan=plan, nummer=nummer, inhoud=inhoud, door=door)


def leg_mening_vast(
    versie: Planversie,
    deelnemer: Deelnemer,
    *,
    antwoord: Antwoord,
    wijze: Wijze,
    datum: date,
    opmerking: str = "",
    door: Medewerker,
) -> Akkoord:
    """What somebody who takes part says to the latest version, with the remark in their words.

    Geweigerd for an older version, a day that is still to come or before the version, and for a no or a remark that
    isn't told.
    """
    opmerking = opmerking.strip()
    if antwoord != Antwoord.JA:
        opmerking = verplicht(opmerking, "de opmerking, in de woorden van de inwoner,")
    with wijzigbaar(versie.plan) as plan:
        laatste = laatste_versie(plan)
        assert laatste, "er is er een"
        if laatste.pk != versie.pk:
            raise Geweigerd(
                f"Er is intussen versie {laatste.nummer}. Leg die voor; een mening over een oudere versie telt niet."
            )
        if not timezone.localdate(versie.op) <= datum <= timezone.localdate():
            raise Geweigerd("De datum ligt tussen de dag waarop de versie is vastgesteld en vandaag.")
        if not plan.deelnemers.filter(lopend(), pk=deelnemer.pk).exists():
            raise Geweigerd("Deze persoon doet niet (meer) mee aan dit plan.")
        akkoord = Akkoord.objects.create(
            versie=versie,
            deelnemer=deelnemer,
            datum=datum,
            wijze=wijze,
            antwoord=antwoord,
            opmerking=opmerking,
            door=door,
        )
        schrijf_op(
            plan,
            Planstap.AKKOORD,
            akkoord.pk,
            door=door,
            na={
                "nummer": versie.nummer,
                "wie": deelnemer.pk,
                "antwoord": akkoord.get_antwoord_display(),
                "wijze": akkoord.get_wijze_display(),
                "datum": datum.isoformat(),
                "opmerking": opmerking,
            },
        )
    return akkoord


def sluit_af(
    plan: Plan,
    *,
    door: Medewerker,
    over_resultaat: Tevredenheid | None = None,
    over_proces: Tevredenheid | None = None,
    opmerking: str = "",
    niet_gevraagd_omdat: str = "",
    waakvlam_op: date | None = None,
    waakvlam_wie: Medewerker | None = None,
    geen_waakvlam_omdat: str = "",
    reden: str = "",
) -> Afsluiting:
    """The plan ends and changes no more; what stands in it then is set down as its last version.

    Satisfaction with the result and with the process are both asked, or neither with why; the waakvlamcontact has a
    day and somebody, or a reason why there is none.
    """
    niet_gevraagd_omdat, geen_waakvlam_omdat = niet_gevraagd_omdat.strip(), geen_waakvlam_omdat.strip()
    gevraagd = (over_resultaat is not None) + (over_proces is not None)
    if gevraagd == 1 or bool(gevraagd) == bool(niet_gevraagd_omdat):
        raise Geweigerd(
            "Vul in hoe tevreden het huishouden is over het resultaat én over hoe het ging, "
            "of vul in waarom dat niet is gevraagd."
        )
    if bool(waakvlam_op) != bool(waakvlam_wie) or bool(waakvlam_op) == bool(geen_waakvlam_omdat):
        raise Geweigerd("Kies wie er wanneer nog eens contact opneemt, of vul in waarom dat niet nodig is.")
    if waakvlam_op and waakvlam_op < timezone.localdate():
        raise Geweigerd("Het waakvlamcontact is op een dag die nog komt.")
    with wijzigbaar(plan) as plan:
        _volgende(plan, door)
        afsluiting = Afsluiting.objects.create(
            plan=plan,
            over_resultaat=over_resultaat,
            over_proces=over_proces,
            opmerking=opmerking.strip(),
            niet_gevraagd_omdat=niet_gevraagd_omdat,
            waakvlam_op=waakvlam_op,
            waakvlam_wie=waakvlam_wie,
            geen_waakvlam_omdat=geen_waakvlam_omdat,
        )
        einde = {"tot": Greatest(Now(), F("vanaf")), "beeindigd_door": door}
        plan.regie.filter(lopend()).update(**einde)
        plan.deelnemers.filter(lopend()).update(**einde)
        Plan.objects.filter(pk=plan.pk).update(**einde, reden=reden.strip())
        schrijf_op(plan, Planstap.AFGESLOTEN, afsluiting.pk, door=door, na={"reden": reden.strip()})
    return afsluiting


def leg_waakvlam_vast(afsluiting: Afsluiting, *, op: date, verslag: str, door: Medewerker) -> Afsluiting:
    """Somebody looked in once more after the closing; once, with what came of it."""
    verslag = verplicht(verslag, "hoe het gaat")
    with transaction.atomic():
        afsluiting = Afsluiting.objects.select_for_update().select_related("plan").get(pk=afsluiting.pk)
        if not afsluiting.waakvlam_op:
            raise Geweigerd("Bij de afsluiting is geen waakvlamcontact afgesproken.")
        if afsluiting.waakvlam_gehad_op:
            raise Geweigerd("Dit waakvlamcontact was al vastgelegd.")
        if not timezone.localdate(afsluiting.plan.tot) <= op <= timezone.localdate():
            raise Geweigerd("De datum ligt tussen de dag van de afsluiting en vandaag.")
        afsluiting.waakvlam_gehad_op, afsluiting.waakvlam_verslag = op, verslag
        afsluiting.save(update_fields=["waakvlam_gehad_op", "waakvlam_verslag"])
        schrijf_op(
            afsluiting.plan,
            Planstap.WAAKVLAM,
            afsluiting.pk,
            door=door,
            na={"op": op.isoformat(), "verslag": verslag},
        )
    return afsluiting
