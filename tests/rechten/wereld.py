"""A small municipality with one of everything in three plights, and everybody who may knock on the door.

`haven` is the wijkwerker's team, `stad` the collega's; `afgeschermd` is a household in haven that only the ingewijde
works with. Whatever is somebody's carries words that stand nowhere else: canaries, found back wherever they leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from households import workflow as huishoudens
from households.models import (
    Afspraaksoort,
    Betrokkenheid,
    Deelnemersoort,
    Gelijkstelling,
    Huishouden,
    Noodtoegang,
    Persoon,
    Relatiesoort,
)
from households.models import Rol as Gezinsrol
from meldingen import workflow
from meldingen.matrixbestand import laad_matrix
from meldingen.models import (
    Aanleiding,
    BewaardFilter,
    Bijlage,
    Categorie,
    Gebeurtenis,
    Gesprek,
    Kanaal,
    Meldersoort,
    Melding,
    Opschalingsoort,
    Poststuk,
    Terugbelverzoek,
    Toestemming,
    Weringsgrond,
)
from meldingen.workflow import Melder, NieuwePersoon
from reporting.edities import stel_vast
from reporting.models import Bestand
from reporting.periode import Periode
from teams.models import (
    Activiteitsoort,
    Frequentie,
    Medewerker,
    Postcodegebied,
    Rol,
    Team,
    Teamsoort,
    Vervolg,
    Weekdag,
)
from teams.workflow.activiteiten import registreer_activiteit, registreer_consult
from teams.workflow.spreekuren import plan_spreekuur
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory, stel_aan
from voorzieningen.models import (
    Aanbieder,
    Aanvraag,
    AlgemeneVoorziening,
    Beschikking,
    Besluit,
    Besluitstatus,
    Budget,
    Eenheid,
    Financieringsvorm,
    Klachtsoort,
    Per,
    Toets,
    Voorziening,
    Wet,
)
from voorzieningen.workflow import registreer_klacht, stel_op

SOORTEN = ("haven", "stad", "afgeschermd")
ONBEKEND = 987_654_321
"""A key that no row has."""

ROLLEN: dict[str, tuple[Rol, str | None]] = {
    "wijkwerker": (Rol.WIJKWERKER, "haven"),
    "collega": (Rol.WIJKWERKER, "stad"),
    "ingewijde": (Rol.WIJKWERKER, "stad"),
    "nood": (Rol.WIJKWERKER, "stad"),
    "coordinator": (Rol.COORDINATOR, "haven"),
    "coordinator_elders": (Rol.COORDINATOR, "stad"),
    "expert": (Rol.EXPERT, "jeugdexpertise"),
    "expert_elders": (Rol.EXPERT, "schuldexpertise"),
    "toetser": (Rol.TOETSER, None),
    "kcc": (Rol.KCC, None),
    "klachten": (Rol.KLACHTEN, None),
    "analist": (Rol.ANALIST, None),
    "manager": (Rol.MANAGER, "haven"),
    "beheer": (Rol.BEHEER, None),
    "fg": (Rol.FG, None),
    "verlopen": (Rol.WIJKWERKER, "haven"),
    "uitgeschakeld": (Rol.WIJKWERKER, "haven"),
}
"""Who has which role where. `ingewijde` works with what is afgeschermd, `nood` has noodtoegang to haven, `expert` was
asked along in haven; of `verlopen` the session ended, of `uitgeschakeld` the account."""
EIGENAAR = {"haven": "wijkwerker", "stad": "collega", "afgeschermd": "ingewijde"}
"""Whose what belongs to somebody alone is, by plight."""
IEDEREEN = (*ROLLEN, "zonder_rol", "anoniem")


@dataclass(frozen=True)
class Kanarie:
    """Words that stand nowhere but in the dossier of one household."""

    achternaam: str
    voornamen: str
    bsn: str
    telefoon: str
    email: str
    vraag: str
    notitie: str

    def __iter__(self) -> Iterator[str]:
        yield from vars(self).values()


def _bsn(vanaf: int) -> str:
    """The first number from `vanaf` on that passes the 11-proef."""
    for nummer in range(vanaf, vanaf + 11):
        cijfers = [int(cijfer) for cijfer in str(nummer)]
        if (sum(g * c for g, c in zip(range(9, 1, -1), cijfers, strict=False)) - cijfers[8]) % 11 == 0:
            return str(nummer)
    raise AssertionError


KANARIES = {
    "haven": Kanarie(
        "Havenkanarie", "Wolfgang", _bsn(999_991_000), "0610000001", "haven@kanarie.example",
        "vraagkanarie uit haven over de trap", "notitiekanarie uit haven",
    ),
    "stad": Kanarie(
        "Stadsputter", "Quirinus", _bsn(999_992_000), "0620000002", "stad@kanarie.example",
        "vraagputter uit stad over het bad", "notitieputter uit stad",
    ),
    "afgeschermd": Kanarie(
        "Schuilvink", "Xanthippe", _bsn(999_993_000), "0630000003", "schuil@kanarie.example",
        "vraagvink uit een schuilplaats", "notitievink uit een schuilplaats",
    ),
}  # fmt: skip


class Browser(RequestFactory):
    """Asks as the test client does, through all middleware, but keeps nothing of what the templates were given.

    What goes wrong is a page with status 500, as in production.
    """

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> Any:
        """The answer."""
        return self.handler(self._base_environ(**request))


@dataclass
class Wereld:
    """Everything by its plight, and everybody by name."""

    wie: dict[str, Medewerker] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    rijen: dict[tuple[str, str], Any] = field(default_factory=dict)
    koekjes: dict[str, str] = field(default_factory=dict)
    versies: dict[int, str] = field(default_factory=dict)

    def sleutel(self, wat: str, soort: str) -> int:
        """The key of the row of this kind in this plight; one that nobody has for `onbekend`."""
        return ONBEKEND if soort == "onbekend" else self.rijen[wat, soort].pk

    def vraag(self, wie: str, methode: str, url: str, gegevens: Any = None, **extra: Any) -> Any:
        """Somebody's browser asks something, as if for the first time since they signed in."""
        browser = Browser()
        if wie in self.koekjes:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.koekjes[wie]
        if methode == "DELETE":
            return browser.delete(url, **extra)
        vraag = browser.post if methode == "POST" else browser.get
        return vraag(url, gegevens or {}, **extra)


@contextmanager
def proef() -> Iterator[None]:
    """What happens in here did not happen."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def maak_wereld() -> Wereld:
    """In the open transaction."""
    w = Wereld()
    with connection.cursor() as cursor:
        for nummer, tabel in enumerate(
            ("households_persoon", "households_huishouden", "meldingen_melding"), 1
        ):
            # So that a key is found back in a page, among days and hours.
            cursor.execute(f"ALTER TABLE {tabel} ALTER COLUMN id RESTART WITH {nummer}10203040")
    for code, soort, postcode, stadsdeel in (
        ("haven", Teamsoort.WIJKTEAM, "1316", "Haven"),
        ("stad", Teamsoort.WIJKTEAM, "1315", "Stad"),
        ("jeugdexpertise", Teamsoort.EXPERTTEAM, "", "Haven"),
        ("schuldexpertise", Teamsoort.EXPERTTEAM, "", "Buiten"),
        # nobody who knocks works here, so that asking it lets nobody in
        ("stadsexpertise", Teamsoort.EXPERTTEAM, "", "Stad"),
        ("brandpunt", Teamsoort.BRANDPUNT, "", ""),
    ):
        w.teams[code] = TeamFactory(code=code, naam=f"Team {code}", soort=soort, stadsdeel=stadsdeel)
        if postcode:
            Postcodegebied.objects.create(postcode=postcode, team=w.teams[code])
    for naam, (rol, team) in ROLLEN.items():
        w.wie[naam] = stel_aan(
            MedewerkerFactory(username=naam, email=f"{naam}@example.org"),
            rol,
            w.teams[team] if team else None,
        )
    w.wie["zonder_rol"] = MedewerkerFactory(username="zonder_rol")
    for soort in SOORTEN:
        _vul(w, soort)
    Aanbieder.objects.create(naam="Aanbieder")
    Budget.objects.create(wet=Wet.WMO, jaar=2015, bedrag=1_000)
    laad_matrix(b"leefgebied;niveau;naam\nWonen;1;kan niet\n", naam="Proef", geldig_van=date(2015, 1, 1))
    w.rijen["editie", "haven"] = stel_vast(
        ["2.1"], periode=Periode.van_tekst("2015-Q2"), titel="Kwartaalrapportage", door=w.wie["analist"]
    )
    w.rijen["poststuk", "los"] = los = _mail("los", "Wie kan mij helpen?")
    w.rijen["bijlage", "los"] = _bijlage(los, "Wie kan mij helpen?")
    w.rijen["melding", "toets"] = MeldingFactory(tot="onderzoek_afgerond", team=w.teams["stad"])
    _verbind(w)
    _meld_aan(w)
    with connection.cursor() as cursor:
        # What the database checks at the end, it checks now; then tests can change its tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return w


def _vul(w: Wereld, soort: str) -> None:
    """A household with a melding in which everything happened once."""
    kanarie = KANARIES[soort]
    maker = MedewerkerFactory(username=f"maker-{soort}")
    melding = workflow.neem_aan(
        voor=NieuwePersoon(
            kanarie.achternaam,
            voornamen=kanarie.voornamen,
            geboortedatum=date(1950, 1, 1 + SOORTEN.index(soort)),
            telefoon=kanarie.telefoon,
            email=kanarie.email,
            postcode="1315AA" if soort == "stad" else "1316AA",
            huisnummer=str(10 * (1 + SOORTEN.index(soort))),
        ),
        melder=Melder(
            Meldersoort.INWONER, kanarie.achternaam, telefoon=kanarie.telefoon, email=kanarie.email
        ),
        vraag=kanarie.vraag,
        # Its term is almost over, which is a signal.
        op=timezone.localdate() - timedelta(days=40),
        toestemming=Toestemming.JA,
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.TELEFOON,
        aanleiding=Aanleiding.NIEUWE_VRAAG,
        spoed=True,
        door=maker,
    )
    # Nobody took it in time, so that the alarm for spoed shows it, too.
    Melding.objects.filter(pk=melding.pk).update(geregistreerd_op=timezone.now() - timedelta(days=3))
    melding = Melding.objects.get(pk=melding.pk)
    persoon, huishouden = melding.persoon, melding.huishouden
    assert persoon
    assert huishouden
    persoon.bsn = kanarie.bsn
    persoon.save()
    tweede = Persoon.objects.create(achternaam=kanarie.achternaam, voornamen=f"{kanarie.voornamen} junior")
    huishoudens.neem_op(
        tweede,
        huishouden,
        vanaf=timezone.localdate(),
        door=maker,
        postcode="1315AA" if soort == "stad" else "1316AA",
    )
    workflow.noteer(melding, tekst=kanarie.notitie, door=maker)
    vrij = Persoon.objects.create(achternaam=kanarie.achternaam, voornamen=f"{kanarie.voornamen} senior")
    huishoudens.neem_op(vrij, huishouden, vanaf=timezone.localdate(), door=maker)
    dubbel = Persoon.objects.create(achternaam=kanarie.achternaam, voornamen=f"{kanarie.voornamen} dubbel")
    huishoudens.neem_op(dubbel, huishouden, vanaf=timezone.localdate(), door=maker)
    team = w.teams["stad" if soort == "stad" else "haven"]
    helper = stel_aan(MedewerkerFactory(username=f"helper-{soort}"), Rol.WIJKWERKER, team)
    tweede_melding = workflow.ontvang(
        persoon=dubbel,
        huishouden=huishouden,
        vraag=kanarie.vraag,
        op=timezone.localdate(),
        team=team,
        door=maker,
    )
    tweede_melding = workflow.wijs_toe(tweede_melding, team=team, medewerker=helper, door=maker)
    koppeling = workflow.koppel(melding, persoon=tweede, huishouden=huishouden, reden="proef", door=maker)
    workflow.zet_koppeling_terug(koppeling, reden="toch niet", door=maker)
    # Somebody on their own in the same area, with whom the same people work: for what takes two households.
    kostganger = Persoon.objects.create(
        achternaam=kanarie.achternaam, voornamen=f"{kanarie.voornamen} alleen"
    )
    kosthuis = huishoudens.nieuw_huishouden(
        persoon=kostganger,
        vanaf=timezone.localdate(),
        postcode="1315AA" if soort == "stad" else "1316AA",
        door=maker,
    )
    if soort == "haven":
        huishoudens.vraag_expertteam(kosthuis, w.teams["jeugdexpertise"], reden="weet meer", door=maker)
    if soort == "afgeschermd":
        huishoudens.betrek(kosthuis, w.wie["ingewijde"], door=maker)
        huishoudens.scherm_af(kosthuis, reden="veiligheid", door=maker)
    notitie = huishoudens.noteer(
        huishouden, tekst=kanarie.notitie, personen=[vrij], eigen_van=tweede, door=maker
    )
    w.rijen |= {
        ("kostganger", soort): kostganger,
        ("dubbel", soort): dubbel,
        ("notitie", soort): notitie,
        ("wijziging", soort): huishoudens.wijzig_rol(
            huishouden, vrij, rol=Gezinsrol.OUDER, op=timezone.localdate(), door=maker
        ),
        ("relatie", soort): huishoudens.leg_relatie_vast(vrij, Relatiesoort.OUDER, tweede, door=maker),
        ("ketenpartner", soort): huishoudens.betrek_ketenpartner(
            huishouden, organisatie="School", naam=kanarie.achternaam, vanaf=timezone.localdate(), door=maker
        ),
        ("persoon", soort): Persoon.objects.get(pk=persoon.pk),
        ("vrij", soort): vrij,
        ("huishouden", soort): huishouden,
        ("melding", soort): Melding.objects.get(pk=melding.pk),
        ("feit", soort): Gebeurtenis.objects.get(melding=melding),
        ("gesprek", soort): workflow.plan_gesprek(
            melding,
            op=timezone.now() + timedelta(days=2),
            plaats="thuis",
            deelnemers=[maker],
            leden=[vrij],
            door=maker,
        ),
        ("gelijkstelling", soort): huishoudens.stel_gelijk(dubbel, tweede, reden="dubbel", door=maker),
        ("helper", soort): helper,
        ("tweede_melding", soort): tweede_melding,
        ("betrokkenheid", soort): huishoudens.betrek(huishouden, helper, door=maker),
        ("belofte", soort): workflow.neem_terugbelverzoek_aan(
            naam=kanarie.achternaam,
            telefoon=kanarie.telefoon,
            vraag=kanarie.vraag,
            team=team,
            melding=melding,
            persoon=persoon,
            door=maker,
        ),
        ("bestand", soort): Bestand.objects.create(
            medewerker=w.wie[EIGENAAR[soort]],
            sleutel=uuid4(),
            vraag={"periode": "2015-Q2"},
            formaat="xlsx",
            totaal=1,
            klaar_op=timezone.now(),
            vervalt_op=timezone.now() + timedelta(days=7),
            inhoud=b"cijfers",
        ),
        ("filter", soort): BewaardFilter.objects.create(
            medewerker=w.wie[EIGENAAR[soort]],
            naam=f"filter {soort}",
        ),
        ("noodtoegang", soort): _noodtoegang(huishouden, w.wie["nood"] if soort == "haven" else helper),
        **_plan(huishouden, kanarie, soort, maker),
        ("kcccontact", soort): workflow.leg_interactie_vast(
            kanaal="telefoon", onderwerp_tekst="Een vraag", taal="nld", vertrouwelijk=False, door=maker
        ),
        ("kaart", soort): AlgemeneVoorziening.objects.create(naam=f"Inloop {soort}", omschrijving="Koffie"),
    }
    w.rijen["verslag", soort] = workflow.schrijf_verslag(
        melding, gezien=None, behoeften=kanarie.vraag, door=maker
    )
    beschikking = Beschikking.objects.create(
        persoon=persoon, voorziening=Voorziening.objects.order_by("pk")[0], ingangsdatum=timezone.localdate()
    )
    w.rijen["klacht", soort] = registreer_klacht(
        soort=Klachtsoort.KLACHT,
        datum=timezone.localdate(),
        betreft=kanarie.vraag,
        beschikking=beschikking,
        door=maker,
    )
    vandaag = {"team": team, "datum": timezone.localdate(), "discipline": "opbouwwerk", "door": maker}
    w.rijen["activiteit", soort] = registreer_activiteit(
        **vandaag, soort=Activiteitsoort.SPREEKUUR, bewoners=3, verwezen=1, toch=True
    )
    w.rijen["consult", soort] = registreer_consult(**vandaag, uren=1, vervolg=[Vervolg.INFORMATIE_ADVIES])
    w.rijen["spreekuur", soort] = plan_spreekuur(
        team=team,
        locatie=soort,
        dag=Weekdag.MA,
        van=time(9),
        tot=time(10),
        frequentie=Frequentie.WEKELIJKS,
        geldig_van=date(2015, 1, 1),
    )
    w.rijen["lospost", soort] = _mail(f"los-{soort}", "Wie kan mij helpen?")
    w.rijen["geweerdepost", soort] = _mail(
        f"geweerd-{soort}", "Ik ben er niet", geweerd=Weringsgrond.AUTOMATISCH
    )
    w.rijen["poststuk", soort] = post = _mail(
        f"gemeld-{soort}",
        kanarie.vraag,
        melding=melding,
        afgehandeld_op=timezone.now(),
        afgehandeld_door=maker,
    )
    w.rijen["bijlage", soort] = _bijlage(post, kanarie.notitie)
    w.rijen["besluit", soort] = _besluit(melding, persoon, maker, kanarie)
    w.rijen["toetsbesluit", soort] = toets = _besluit(melding, persoon, maker, kanarie)
    w.rijen |= _opschalingen(w, melding, kanarie, soort, maker)
    Toets.objects.create(besluit=toets, gevraagd_door=maker, uiterlijk_op=timezone.localdate())
    Besluit.objects.filter(pk=toets.pk).update(status=Besluitstatus.TER_TOETS)


def _mail(sleutel: str, tekst: str, **velden: Any) -> Poststuk:
    """Came into the postbus."""
    return Poststuk.objects.create(
        postbus="post@gemeente.example/INBOX",
        vingerafdruk=f"{sleutel:0>64}",
        ontvangen_op=timezone.now(),
        afzender_adres="iemand@voorbeeld.example",
        onderwerpregel="Een vraag",
        tekst=tekst,
        **velden,
    )


def _bijlage(poststuk: Poststuk, tekst: str) -> Bijlage:
    """Came with it."""
    inhoud = tekst.encode()
    return Bijlage.objects.create(poststuk=poststuk, naam="brief.txt", grootte=len(inhoud), inhoud=inhoud)


def _besluit(melding: Melding, persoon: Persoon, door: Medewerker, kanarie: Kanarie) -> Besluit:
    """Something that was asked for."""
    aanvraag, _ = Aanvraag.objects.get_or_create(
        melding=melding, defaults={"datum": timezone.localdate(), "door": door}
    )
    return stel_op(
        aanvraag,
        persoon=persoon,
        huishouden=melding.huishouden,
        op=timezone.localdate(),
        door=door,
        voorziening=Voorziening.objects.order_by("pk")[0],
        financieringsvorm=Financieringsvorm.ZIN,
        aantal=Decimal(2),
        eenheid=Eenheid.UUR,
        per=Per.WEEK,
        ingangsdatum=timezone.localdate(),
        motivering=kanarie.vraag,
    )


def _opschalingen(
    w: Wereld, melding: Melding, kanarie: Kanarie, soort: str, maker: Medewerker
) -> dict[tuple[str, str], Any]:
    """A bindend advies that nobody took, and a brandpuntfunctionaris with a rondetafel."""
    huishouden = melding.huishouden
    assert huishouden
    advies, brandpunt = (
        workflow.schaal_op(huishouden, soort=welke, vraag=kanarie.vraag, melding=melding, door=maker)
        for welke in (Opschalingsoort.BINDEND_ADVIES, Opschalingsoort.BRANDPUNT)
    )
    functionaris = stel_aan(
        MedewerkerFactory(username=f"brandpunt-{soort}"), Rol.EXPERT, w.teams["brandpunt"]
    )
    brandpunt = workflow.pak_opschaling_op(brandpunt, door=functionaris)
    tafel = workflow.leg_rondetafel_vast(
        brandpunt,
        datum=timezone.localdate(),
        plaats="het stadhuis",
        medewerkers=[maker, functionaris],
        personen=[melding.persoon] if melding.persoon else [],
        door=functionaris,
    )
    return {
        ("opschaling", soort): advies,
        ("brandpunt", soort): brandpunt,
        ("rondetafel", soort): tafel,
        ("tafelevaluatie", soort): tafel.evaluaties.order_by("weken")[0],
    }


def _plan(
    huishouden: Huishouden, kanarie: Kanarie, soort: str, maker: Medewerker
) -> dict[tuple[str, str], Any]:
    """A plan that was closed and one that runs, with one of everything, changed since its version."""
    eerder = huishoudens.begin_plan(huishouden, door=maker)
    afsluiting = huishoudens.sluit_af(
        eerder,
        niet_gevraagd_omdat="verhuisd",
        waakvlam_op=timezone.localdate(),
        waakvlam_wie=maker,
        door=maker,
    )
    plan = huishoudens.begin_plan(huishouden, door=maker)
    bewoner = plan.deelnemers.filter(persoon__isnull=False).order_by("pk")[0]
    doel = huishoudens.voeg_doel_toe(plan, tekst=kanarie.vraag, eigenaar=bewoner, door=maker)
    huishoudens.stel_vast(plan, door=maker)
    return {
        ("bewoner", soort): bewoner,
        ("doel", soort): doel,
        ("evaluatie", soort): doel.evaluaties.get(),
        ("afsluiting", soort): afsluiting,
        ("afspraak", soort): huishoudens.voeg_afspraak_toe(
            plan, soort=Afspraaksoort.ACTIE, tekst=kanarie.notitie, wie=bewoner, doel=doel, door=maker
        ),
        ("deelnemer", soort): huishoudens.voeg_deelnemer_toe(
            plan, soort=Deelnemersoort.NETWERK, naam=f"buur {soort}", door=maker
        ),
    }


def _noodtoegang(huishouden: Huishouden, medewerker: Medewerker) -> Noodtoegang:
    nu = timezone.now()
    return Noodtoegang.objects.create(
        huishouden=huishouden,
        medewerker=medewerker,
        door=medewerker,
        reden="kind alleen thuis",
        vanaf=nu - timedelta(minutes=1),
        tot=nu + timedelta(hours=3),
    )


def _verbind(w: Wereld) -> None:
    """Who works with what, beyond what follows from the team."""
    haven, afgeschermd = w.rijen["huishouden", "haven"], w.rijen["huishouden", "afgeschermd"]
    huishoudens.betrek(haven, w.wie["wijkwerker"], door=w.wie["wijkwerker"])
    w.rijen["huishouden", "afgeschermd"] = huishoudens.scherm_af(
        afgeschermd, reden="veiligheid", door=w.wie["ingewijde"]
    )
    assert Betrokkenheid.objects.filter(huishouden=afgeschermd, medewerker=w.wie["ingewijde"]).exists()
    assert {Gelijkstelling, Gesprek, Terugbelverzoek} <= {type(rij) for rij in w.rijen.values()}


def _meld_aan(w: Wereld) -> None:
    for naam in IEDEREEN:
        if naam != "anoniem":
            client = Client()
            client.force_login(w.wie[naam])
            w.koekjes[naam] = client.cookies[settings.SESSION_COOKIE_NAME].value
    sessie = SessionStore(session_key=w.koekjes["verlopen"])
    sessie["gezien_op"] -= 60 * settings.SESSIE_INACTIEF_MINUTEN + 60
    sessie.save()
    Medewerker.objects.filter(username="uitgeschakeld").update(is_active=False)
