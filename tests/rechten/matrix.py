"""Who may what at which address: the one table that the tests of rights read.

One line per address; `test_matrix` compares it with the addresses that there are, in both directions. An answer is a
word: `in` (it worked), `aanmelden` (go and sign in), `poort` (the same for the admin), `pagina` (look at the row),
or a status. Who is let in to a row stands in `LEEST` and what follows it: the ground that the log has to name, by
plight of the row and by who asks. Whoever has a role that lets them in at the door (`rollen`) but isn't named there
gets 404; whoever has no such role gets 403.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from teams.models import Grond
from tests.rechten.wereld import IEDEREEN, SOORTEN

IN, AANMELDEN, PAGINA, POORT = "in", "aanmelden", "pagina", "poort"
Uitkomst = str | int

BUITEN = frozenset({"anoniem", "verlopen", "uitgeschakeld"})
"""Who isn't signed in, or not any more."""
VELD = frozenset(
    {
        "wijkwerker",
        "collega",
        "ingewijde",
        "nood",
        "coordinator",
        "coordinator_elders",
        "expert",
        "expert_elders",
    }
)
VERDELERS = frozenset({"coordinator", "coordinator_elders"})
TOETSER, KCC, KLACHTEN, ANALIST, BEHEER, FG = (
    frozenset({naam}) for naam in ("toetser", "kcc", "klachten", "analist", "beheer", "fg")
)
BINNEN = frozenset(IEDEREEN) - BUITEN
IEDER = frozenset(IEDEREEN)
INWONERS = VELD | KCC
KAARTLEZERS = VELD | KCC | KLACHTEN | ANALIST | BEHEER
CIJFERLEZERS = VELD | TOETSER | KLACHTEN | ANALIST | BEHEER

Rechten = Mapping[str, Mapping[str, Grond]]
"""By plight of a row: who is let in, and on what ground."""


def _allen(wie: Iterable[str], grond: Grond) -> dict[str, Grond]:
    return dict.fromkeys(wie, grond)


STADSE = ("collega", "ingewijde", "nood", "coordinator_elders")
LEEST: Rechten = {
    "haven": {
        "wijkwerker": Grond.BETROKKEN,
        "coordinator": Grond.EIGEN_TEAM,
        "expert": Grond.OPGESCHAALD,
        "nood": Grond.NOODTOEGANG,
    },
    "stad": _allen(STADSE, Grond.EIGEN_TEAM),
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
"""The dossier: a household, and what hangs under it."""
LEEST_MELDING: Rechten = {
    **LEEST,
    "toets": {**_allen(STADSE, Grond.TEAM_VAN_MELDING), "toetser": Grond.TOETS},
}
WERKT: Rechten = {
    soort: {naam: grond for naam, grond in wie.items() if grond != Grond.NOODTOEGANG}
    for soort, wie in LEEST.items()
}
KENT: Rechten = {
    "haven": {**_allen(INWONERS, Grond.BEKEND), **LEEST["haven"]},
    "stad": {**_allen(INWONERS, Grond.BEKEND), **LEEST["stad"]},
    "afgeschermd": LEEST["afgeschermd"],
}
"""That a household is known, and who has it."""
ELDERS: Rechten = {"haven": {"expert": Grond.OPGESCHAALD}, "afgeschermd": {"ingewijde": Grond.BETROKKEN}}
"""Who works with a melding of a team that isn't theirs, and so can't take it."""
NOOD: Rechten = {
    "haven": _allen(VELD, Grond.BEKEND),
    "stad": _allen(VELD, Grond.BEKEND),
    "afgeschermd": {},
}
SCHERMT_AF: Rechten = {
    "haven": {"wijkwerker": Grond.BETROKKEN},
    "stad": {},
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
BELT: Rechten = {
    "haven": {"wijkwerker": Grond.BETROKKEN, "coordinator": Grond.TEAM_VAN_MELDING},
    "stad": _allen(STADSE, Grond.TEAM_VAN_MELDING),
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
EIGEN_FILTER: Rechten = {
    "haven": {"wijkwerker": Grond.ZELF},
    "stad": {"collega": Grond.ZELF},
    "afgeschermd": {"ingewijde": Grond.ZELF},
}
TOEZICHT: Rechten = {key: {"fg": Grond.TOEZICHT} for key in SOORTEN}


@dataclass(frozen=True)
class Mag:
    """Only for `rollen`, and of rows for who stands in `rijen`; `kan_niet` are let in but hear why not (409).

    `uit` is what who isn't signed in gets; `goed` are the statuses that say that it worked.
    """

    rollen: frozenset[str]
    rijen: Rechten | None = None
    uit: Uitkomst = AANMELDEN
    goed: tuple[int, ...] = (200,)
    kan_niet: Rechten | None = None
    schrijft: bool = False

    def voor(self, wie: str, soort: str) -> Uitkomst:
        """The answer."""
        if wie in BUITEN and not self.rollen >= BUITEN:
            return self.uit
        if wie not in self.rollen:
            return 403
        if self.rijen is not None and wie not in self.rijen.get(soort, {}):
            return 404
        if self.kan_niet is not None and wie in self.kan_niet.get(soort, {}):
            return 409
        return IN


@dataclass(frozen=True)
class Vast:
    """The same for everybody, but for who is named; with `rol_eerst` only for who gets past the door."""

    uitkomst: Uitkomst
    rol_eerst: frozenset[str] | None = None
    uit: Uitkomst = AANMELDEN
    anders: Uitkomst = 403

    def voor(self, wie: str, soort: str) -> Uitkomst:
        """The answer."""
        if self.rol_eerst is None or wie in self.rol_eerst:
            return self.uitkomst
        return self.uit if wie in BUITEN else self.anders


@dataclass(frozen=True)
class Adres:
    """An address: what each method gives. `model` is what `pk` in it is a key of, `soorten` its plights to try.

    `onderdeel` is the other key in it; `persoonsgegevens` says that its answer shows somebody the content of a dossier.
    """

    GET: Mag | Vast
    POST: Mag | Vast
    DELETE: Mag | Vast
    model: str = ""
    onderdeel: str = ""
    soorten: tuple[str, ...] = ("",)
    persoonsgegevens: bool = False

    def methoden(self) -> Iterable[tuple[str, Mag | Vast]]:
        """Every method that is tried."""
        yield from (("GET", self.GET), ("POST", self.POST), ("DELETE", self.DELETE))

    def te_proberen(self, regel: Mag | Vast, wie: str) -> tuple[str, ...]:
        """Every plight; for who is stopped at the door, whatever the row, one that exists and one that doesn't."""
        per_rij = isinstance(regel, Mag) and regel.rijen is not None and wie in regel.rollen
        return self.soorten if per_rij else tuple(dict.fromkeys((self.soorten[0], self.soorten[-1])))


NOOIT = Vast(405)
PER_RIJ = (*SOORTEN, "onbekend")


def pagina(
    rollen: frozenset[str],
    rijen: Rechten | None = None,
    *,
    model: str = "",
    methode_eerst: bool = False,
    inhoud: bool = False,
) -> Adres:
    """A page to look at."""
    anders = NOOIT if methode_eerst else Vast(405, rol_eerst=rollen)
    soorten = (*rijen, "onbekend") if rijen is not None else PER_RIJ if model else ("",)
    return Adres(Mag(rollen, rijen), anders, anders, model, soorten=soorten, persoonsgegevens=inhoud)


def formulier(
    rollen: frozenset[str],
    *,
    goed: tuple[int, ...] = (302, 303),
    methode_eerst: bool = False,
    inhoud: bool = False,
) -> Adres:
    """A page with a form on it, sent to the same address."""
    anders = NOOIT if methode_eerst else Vast(405, rol_eerst=rollen)
    return Adres(Mag(rollen), Mag(rollen, goed=goed, schrijft=True), anders, persoonsgegevens=inhoud)


def verandert(
    rollen: frozenset[str],
    rijen: Rechten | None,
    model: str,
    onderdeel: str = "",
    *,
    kan_niet: Rechten | None = None,
) -> Adres:
    """Does one thing with a row, by POST; a GET by who could goes to the page of the row."""
    return Adres(
        Vast(PAGINA, rol_eerst=rollen),
        Mag(rollen, rijen, goed=(303,), kan_niet=kan_niet, schrijft=True),
        Vast(405, rol_eerst=rollen),
        model,
        onderdeel,
        PER_RIJ,
        persoonsgegevens=kan_niet is not None,
    )


def doet(
    rollen: frozenset[str],
    rijen: Rechten | None = None,
    *,
    model: str = "",
    kan_niet: Rechten | None = None,
) -> Adres:
    """Does one thing, by POST alone, and goes back to the list."""
    return Adres(
        NOOIT,
        Mag(rollen, rijen, goed=(303,), kan_niet=kan_niet, schrijft=True),
        NOOIT,
        model,
        soorten=PER_RIJ if model else ("",),
    )


def api() -> Adres:
    """Figures as JSON."""
    anders = Vast(405, rol_eerst=CIJFERLEZERS, uit=403)
    return Adres(Mag(CIJFERLEZERS, uit=403), anders, anders)


def altijd(get: Uitkomst, post: Uitkomst | None = None, delete: Uitkomst | None = None) -> Adres:
    """The same for everybody."""
    return Adres(Vast(get), Vast(get if post is None else post), Vast(get if delete is None else delete))


def van_account(get: Uitkomst = 200, post: Uitkomst = 302, delete: Uitkomst = 405) -> Adres:
    """A page of the sign-in: of whoever is signed in, about their own account."""
    return Adres(*(Vast(uitkomst, rol_eerst=BINNEN) for uitkomst in (get, post, delete)))


def van_beheer(get: Uitkomst, post: Uitkomst | None = None, delete: Uitkomst | None = None) -> Adres:
    """A page of the admin; who has no business there is sent to its own door."""
    return Adres(
        *(
            Vast(get if uitkomst is None else uitkomst, rol_eerst=BEHEER, uit=POORT, anders=POORT)
            for uitkomst in (get, post, delete)
        )
    )


TABEL: dict[str, Adres] = {
    # voor iedereen
    "begin": Adres(*(Vast(302, rol_eerst=BINNEN),) * 3),
    "/api": altijd(404),
    "gezondheid": altijd(200),
    "meldingenformulier": formulier(IEDER, methode_eerst=True),
    "melding-ontvangen": pagina(IEDER, methode_eerst=True),
    # werkvoorraad en terugbellen
    "werkvoorraad": pagina(VELD | TOETSER, methode_eerst=True, inhoud=True),
    "werkvoorraad-oppakken": doet(VELD, WERKT, model="melding", kan_niet=ELDERS),
    "filter-bewaren": doet(VELD),
    "filter-verwijderen": doet(VELD, EIGEN_FILTER, model="filter"),
    "verdelen": doet(VERDELERS),
    "overdragen": formulier(VERDELERS, methode_eerst=True),
    "terugbelverzoeken": pagina(VELD | KCC, methode_eerst=True, inhoud=True),
    "terugbelverzoek-nieuw": formulier(VELD | KCC, methode_eerst=True),
    "belpoging": doet(VELD, BELT, model="belofte"),
    # nieuwe melding
    "melding-nieuw": formulier(INWONERS),
    "melding-herken": Adres(
        Vast(405, rol_eerst=INWONERS),
        Mag(INWONERS, schrijft=True),
        Vast(405, rol_eerst=INWONERS),
        persoonsgegevens=True,
    ),
    # een melding
    "melding": pagina(VELD | TOETSER, LEEST_MELDING, model="melding", inhoud=True),
    "melding-oppakken": verandert(VELD, WERKT, "melding", kan_niet=ELDERS),
    "melding-toewijzen": verandert(VELD, WERKT, "melding"),
    "melding-stap": verandert(VELD, WERKT, "melding"),
    "melding-noteer": verandert(VELD, WERKT, "melding"),
    "melding-corrigeer": verandert(VELD, WERKT, "melding", "feit"),
    "melding-terugdraaien": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
    "melding-vergissing": verandert(VELD, WERKT, "melding"),
    "melding-gesprek": verandert(VELD, WERKT, "melding"),
    "melding-gesprek-afzeggen": verandert(VELD, WERKT, "melding", "gesprek"),
    "melding-kenmerken": verandert(VELD, WERKT, "melding"),
    "melding-koppelen": verandert(VELD, WERKT, "melding"),
    "melding-koppeling-terug": verandert(VELD, WERKT, "melding"),
    "melding-gelijkstellen": verandert(VELD, WERKT, "melding"),
    "melding-losmaken": verandert(VELD, WERKT, "tweede_melding", "gelijkstelling"),
    "melding-contactpersoon": verandert(VELD, WERKT, "melding"),
    "verwijzen": Adres(
        Mag(VELD, WERKT),
        Mag(VELD, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD),
        "melding",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    # zoeken, en een huishouden
    "zoek": Adres(
        Mag(INWONERS | FG), Mag(INWONERS | FG), Vast(405, rol_eerst=INWONERS | FG), persoonsgegevens=True
    ),
    "huishoudens": pagina(VELD, inhoud=True),
    "huishouden": pagina(INWONERS, KENT, model="huishouden", inhoud=True),
    "huishouden-noodtoegang": verandert(VELD, NOOD, "huishouden", kan_niet=LEEST),
    "huishouden-contactpersoon": verandert(VELD, WERKT, "huishouden"),
    "huishouden-betrek": verandert(VELD, WERKT, "huishouden"),
    "huishouden-beeindig": verandert(VELD, WERKT, "huishouden", "betrokkenheid"),
    "huishouden-expertteam": verandert(VELD, WERKT, "huishouden"),
    "huishouden-scherm-af": verandert(VELD, SCHERMT_AF, "huishouden"),
    "huishouden-hef-op": verandert(VELD, SCHERMT_AF, "huishouden"),
    # wat iemand aan het typen is
    "concept": Adres(NOOIT, Mag(BINNEN, uit=401, schrijft=True), NOOIT),
    # toezicht
    "logboek": pagina(FG),
    "logboek-inwoner": Adres(Mag(FG), Mag(FG), Vast(405, rol_eerst=FG), persoonsgegevens=True),
    "uittreksel": pagina(FG, TOEZICHT, model="persoon", inhoud=True),
    "noodtoegangen": pagina(VELD | FG),
    "noodtoegang-oordeel": Adres(
        Vast(302, rol_eerst=FG),
        Mag(FG, TOEZICHT, goed=(302,), schrijft=True),
        Vast(405, rol_eerst=FG),
        "noodtoegang",
        soorten=PER_RIJ,
    ),
    # sociale kaart
    "sociale-kaart": pagina(KAARTLEZERS),
    "sociale-kaart-nieuw": formulier(BEHEER),
    "sociale-kaart-importeren": formulier(BEHEER, goed=(200,)),
    "sociale-kaart-voorziening": pagina(
        KAARTLEZERS, {"haven": _allen(KAARTLEZERS, Grond.ALLES)}, model="kaart"
    ),
    "sociale-kaart-wijzig": Adres(
        Mag(BEHEER, rijen={"haven": _allen(BEHEER, Grond.ALLES)}),
        Mag(BEHEER, rijen={"haven": _allen(BEHEER, Grond.ALLES)}, goed=(302,), schrijft=True),
        Vast(405, rol_eerst=BEHEER),
        model="kaart",
        soorten=("haven", "onbekend"),
    ),
    # cijfers
    "rapportage": pagina(CIJFERLEZERS),
    "stroomschema": pagina(CIJFERLEZERS),
    "tabel": pagina(CIJFERLEZERS),
    "api-stroomschema": api(),
    "api-monitor": api(),
    # aanmelden, en het eigen account
    "account_login": Adres(*(Vast(302, rol_eerst=BINNEN, uit=uit) for uit in (200, 200, 405))),
    "account_logout": altijd(405, 302, 405),
    "account_change_password": van_account(200, 200, 405),
    "account_reauthenticate": van_account(200, 200, 405),
    "mfa_index": van_account(200, 405, 405),
    "mfa_authenticate": altijd(302),
    "mfa_reauthenticate": van_account(302, 302, 302),
    "mfa_activate_totp": van_account(302, 302, 302),
    "mfa_deactivate_totp": van_account(404, 404, 404),
    "mfa_view_recovery_codes": van_account(404, 405, 405),
    "mfa_generate_recovery_codes": van_account(302, 302, 302),
    "mfa_download_recovery_codes": van_account(404, 404, 404),
    "mfa_list_webauthn": van_account(200, 405, 405),
    "mfa_add_webauthn": van_account(302, 302, 302),
    "mfa_reauthenticate_webauthn": van_account(302, 302, 302),
    "mfa_remove_webauthn": van_account(302, 302, 302),
    "mfa_edit_webauthn": van_account(302, 302, 302),
    # beheer: van de beheerder, en voor ieder ander de weg naar aanmelden
    "admin:index": van_beheer(200),
    "admin:login": Adres(*(Vast(403, rol_eerst=BINNEN),) * 3),
    "admin:logout": Adres(
        *(Vast(uitkomst, rol_eerst=BEHEER, anders=302, uit=302) for uitkomst in (405, 302, 405))
    ),
    "admin:password_change": van_beheer(200, 200, 405),
    "admin:password_change_done": van_beheer(200, 405, 405),
    "admin:autocomplete": van_beheer(403, 405, 405),
    "admin:jsi18n": van_beheer(200, 405, 405),
    "admin:view_on_site": van_beheer(404),
    "admin:app_list": van_beheer(200),
    "admin:/": van_beheer(404),
    "admin:auth_user_password_change": van_beheer(200),
}

BEHEERD = (
    "teams_medewerker",
    "teams_team",
    "teams_instelling",
    "voorzieningen_voorzieningengroep",
    "voorzieningen_aanbieder",
)
"""What beheer keeps in the admin."""
for _model in BEHEERD:
    TABEL |= {
        f"admin:{_model}_changelist": van_beheer(200),
        f"admin:{_model}_add": van_beheer(200),
        f"admin:{_model}_change": van_beheer(200),
        f"admin:{_model}_delete": van_beheer(200),
        f"admin:{_model}_history": van_beheer(200),
        f"admin:{_model}/": van_beheer(302),
    }
