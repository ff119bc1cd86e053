"""The words of the table of rights: who there are, who is let in to a row, and what an address answers to each."""

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
EXPERTS = frozenset({"expert", "expert_elders"})
VERDELERS = frozenset({"coordinator", "coordinator_elders"})
TOETSER, KCC, KLACHTEN, ANALIST, MANAGER, BEHEER, FG = (
    frozenset({naam}) for naam in ("toetser", "kcc", "klachten", "analist", "manager", "beheer", "fg")
)
BINNEN = frozenset(IEDEREEN) - BUITEN
IEDER = frozenset(IEDEREEN)
INWONERS = VELD | KCC
KAARTLEZERS = VELD | KCC | KLACHTEN | ANALIST | MANAGER | BEHEER
VASTSTELLERS = ANALIST | MANAGER
CIJFERLEZERS = VELD | TOETSER | KLACHTEN | ANALIST | MANAGER | BEHEER

Rechten = Mapping[str, Mapping[str, Grond]]
"""By plight of a row: who is let in, and on what ground."""


def allen(wie: Iterable[str], grond: Grond) -> dict[str, Grond]:
    return dict.fromkeys(wie, grond)


STADSE = ("collega", "ingewijde", "nood", "coordinator_elders")
LEEST: Rechten = {
    "haven": {
        "wijkwerker": Grond.BETROKKEN,
        "coordinator": Grond.EIGEN_TEAM,
        "expert": Grond.OPGESCHAALD,
        "nood": Grond.NOODTOEGANG,
    },
    "stad": allen(STADSE, Grond.EIGEN_TEAM),
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
"""The dossier: a household, and what hangs under it."""
LEEST_MELDING: Rechten = {
    **LEEST,
    "toets": {**allen(STADSE, Grond.TEAM_VAN_MELDING), "toetser": Grond.TOETS},
}
WERKT: Rechten = {
    soort: {naam: grond for naam, grond in wie.items() if grond != Grond.NOODTOEGANG}
    for soort, wie in LEEST.items()
}
KENT: Rechten = {
    "haven": {**allen(INWONERS, Grond.BEKEND), **LEEST["haven"]},
    "stad": {**allen(INWONERS, Grond.BEKEND), **LEEST["stad"]},
    "afgeschermd": LEEST["afgeschermd"],
}
"""That a household is known, and who has it."""
ELDERS: Rechten = {"haven": {"expert": Grond.OPGESCHAALD}, "afgeschermd": {"ingewijde": Grond.BETROKKEN}}
"""Who works with a melding of a team that isn't theirs, and so can't take it."""
NOOD: Rechten = {
    "haven": allen(VELD, Grond.BEKEND),
    "stad": allen(VELD, Grond.BEKEND),
    "afgeschermd": {},
}
SCHERMT_AF: Rechten = {
    "haven": {"wijkwerker": Grond.BETROKKEN},
    "stad": {},
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
BELT: Rechten = {
    "haven": {"wijkwerker": Grond.BETROKKEN, "coordinator": Grond.TEAM_VAN_MELDING},
    "stad": allen(STADSE, Grond.TEAM_VAN_MELDING),
    "afgeschermd": {"ingewijde": Grond.BETROKKEN},
}
LIGT_ER: Rechten = {soort: allen(VERDELERS, Grond.ZONDER_TEAM) for soort in SOORTEN}
"""What nobody has yet: of everybody who divides work."""
POST_LIGT_ER: Rechten = {soort: allen(VERDELERS | KCC, Grond.ZONDER_TEAM) for soort in SOORTEN}
"""Mail of which nobody made anything yet: also of the KCC."""
LEEST_POST: Rechten = {**LEEST, "los": POST_LIGT_ER["haven"]}
"""A mail that became a melding, and one that lies in the triage."""
EIGEN_FILTER: Rechten = {
    "haven": {"wijkwerker": Grond.ZELF},
    "stad": {"collega": Grond.ZELF},
    "afgeschermd": {"ingewijde": Grond.ZELF},
}
TE_TOETSEN: Rechten = {soort: {"toetser": Grond.TOETS} for soort in SOORTEN}
ANTWOORDT: Rechten = {"haven": {"expert": Grond.OPGESCHAALD}, "stad": {}, "afgeschermd": {}}
"""Who works in the team that was asked."""
VAN_GEVRAAGD_TEAM: Rechten = {"haven": {"expert": Grond.OPGESCHAALD}}
"""Who works on the dossier, but for the team that was asked and not for the wijkteam."""
TOEZICHT: Rechten = {key: {"fg": Grond.TOEZICHT} for key in SOORTEN}


KLACHTZICHT: Rechten = {soort: {"klachten": Grond.ALLES} for soort in SOORTEN}
WIJKTEAM = VELD - EXPERTS
"""Who works in a wijkteam."""
TEAMWERK: Rechten = {
    "haven": allen(("wijkwerker", "coordinator"), Grond.EIGEN_TEAM),
    "stad": allen(STADSE, Grond.EIGEN_TEAM),
    "afgeschermd": allen(("wijkwerker", "coordinator"), Grond.EIGEN_TEAM),
}
"""What a team does beside meldingen: of who works in it."""
ROOSTERAARS = BEHEER | VERDELERS
ROOSTER: Rechten = {
    soort: {"beheer": Grond.ALLES, wie: Grond.VERDEELT}
    for soort, wie in (
        ("haven", "coordinator"),
        ("stad", "coordinator_elders"),
        ("afgeschermd", "coordinator"),
    )
}
"""The open hours of a team: of beheer, and of its coördinator."""


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
    onderdeel: str = "",
    methode_eerst: bool = False,
    inhoud: bool = False,
) -> Adres:
    """A page to look at."""
    anders = NOOIT if methode_eerst else Vast(405, rol_eerst=rollen)
    soorten = (*rijen, "onbekend") if rijen is not None else PER_RIJ if model else ("",)
    return Adres(Mag(rollen, rijen), anders, anders, model, onderdeel, soorten, persoonsgegevens=inhoud)


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


def bladzijde(
    rollen: frozenset[str], rijen: Rechten | None, model: str, onderdeel: str = "", *, inhoud: bool = True
) -> Adres:
    """A form about a row on a page of its own, sent to the same address."""
    return Adres(
        Mag(rollen, rijen),
        Mag(rollen, rijen, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=rollen),
        model,
        onderdeel,
        PER_RIJ,
        persoonsgegevens=inhoud,
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
    anders = Vast(405, rol_eerst=CIJFERLEZERS, uit=401)
    return Adres(Mag(CIJFERLEZERS, uit=401), anders, anders)


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
