"""Recognising somebody while typing: which known persons and households may be meant (ideas: search before create).

Two statements, whatever the number of hits. The first gathers candidates by index, a bounded number per way of
looking, and weighs them by `GEWICHT`; the second reads where they live. See `docs/adr/0007-herkennen.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from households.models import BSN, Huishouden, Persoon, Verblijf
from households.namen import Woord, letters, woorden
from households.sleutels import eis_zoeksleutels
from households.zoekvraag import Geboren, Zoekvraag, cijfers, geboren, huisnummer, is_bsn, postcode
from teams.kluis import kluis

GEWICHT = {
    "bsn": 100,
    "telefoon": 45,
    "email": 45,
    "naam": 40,
    "geboren": 40,
    "adres": 30,
    "verwisseld": 22,
    "bijna": 15,
    "jaar": 12,
    "begin": 16,
    "postcode": 16,
    "gespeld": 2,
    "andere_naam": -10,
    "andere_datum": -12,
}
"""Points per thing in common. A name counts for how well its words fit; the last two only where nobody can be reached
or lives by what was typed, since a relative shares a phone or an address under another name."""
DREMPEL = 14
"""Half a name that is also misspelled is the least that is shown."""
PASSEND = {"zelfde": 100, "klank": 95, "begin": 85, "lijkt": 70, "voorletter": 50}
"""How well a word fits, in percent: the same once folded, sounds alike, begins so, one letter off, an initial."""

MAX_PER_WEG, MAX_PER_ADRES = 40, 200
MIN_LETTERS = 3
MIN_CIJFERS, MIN_EMAIL = 7, 4
"""From how many characters on a phone number or e-mail address is looked up before it is complete."""

ACHTERNAAM, TWEEDE_NAAM, VOORNAAM = (
    "naamwoord(zoeknaam, 1, 1)",
    "naamwoord(zoeknaam, 1, 2)",
    "naamwoord(zoeknaam, 2, 1)",
)
OP_NAAM = f"ORDER BY {ACHTERNAAM}, {VOORNAAM}"
HEEFT_TELEFOON, HEEFT_EMAIL = "NOT telefoon_cijfers = ''", "NOT email = ''"
VAN_KRACHT = "v.vervallen_op IS NULL AND v.vanaf <= %(op)s AND (v.tot IS NULL OR v.tot > %(op)s)"


@dataclass(frozen=True)
class Kandidaat:
    """A known person who may be meant, where they live now, and why: `redenen` are Dutch phrases for the screen."""

    persoon: Persoon
    verblijf: Verblijf | None
    score: int
    redenen: list[str]

    @property
    def huishouden(self) -> Huishouden | None:
        """The household in which the person lives."""
        return self.verblijf.huishouden if self.verblijf else None


def vind(personen: QuerySet[Persoon], tekst: str, *, op: date, maximum: int = 8) -> list[Kandidaat]:
    """`zoek` for one box in which anything may be typed: a name, a birth date, a number, an address, or several."""
    return zoek(personen, Zoekvraag.van_tekst(tekst), op=op, maximum=maximum)


def zoek(personen: QuerySet[Persoon], vraag: Zoekvraag, *, op: date, maximum: int = 8) -> list[Kandidaat]:
    """The likeliest of `personen` for what is typed, best first; addresses are those of the day `op`.

    `personen` is what the reader may find; nobody outside it is returned, nor counted against a bound. ValueError when
    it is sliced, distinct or combined, since then no index can be used; OnbekendeSleutel when a BSN can't be looked
    for. Too little to go by (a name of fewer than three letters, nonsense) gives an empty list.
    """
    if personen.query.is_sliced or personen.query.distinct or personen.query.combinator:
        raise ValueError("Geef zoek() een queryset die alleen filtert.")
    (opdracht := _Opdracht(op)).lees(vraag)
    if not opdracht.wegen:
        return []
    gevonden: list[Any] = list(Persoon.objects.raw(*opdracht.als_sql(personen, maximum)))
    if opdracht.bsn and not any(getattr(persoon, opdracht.bsn) for persoon in gevonden):
        eis_zoeksleutels()
    verblijven = Verblijf.objects.select_related("huishouden").in_bulk(
        {persoon.verblijf_id for persoon in gevonden if persoon.verblijf_id}
    )
    return [
        Kandidaat(persoon, verblijven.get(persoon.verblijf_id), persoon.score, opdracht.redenen(persoon))
        for persoon in gevonden
    ]


@dataclass(frozen=True)
class _Kenmerk:
    """Something that a candidate may have in common with the question: SQL over `p`, and what to call it."""

    naam: str
    sql: str
    reden: str = ""


@dataclass
class _Opdracht:
    """The statement under construction: ways of looking (`wegen`), what they are weighed by, and the parameters."""

    op: date
    wegen: list[str] = field(default_factory=list)
    kenmerken: list[_Kenmerk] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    woorden: list[Woord] = field(default_factory=list)
    getypt: set[str] = field(default_factory=set)
    reeksen: dict[frozenset[str], str] = field(default_factory=dict)
    waarden: dict[str, Any] = field(default_factory=dict)
    bsn: str = ""  # the column that tells who has it, when one was typed

    def lees(self, vraag: Zoekvraag) -> None:
        """Turns every part of the question that says enough into a way of looking and a feature to weigh."""
        vraag = vraag.geschoond()
        self.waarden["op"] = self.op
        self._nummers(vraag)
        self._adres(postcode(vraag.postcode), *huisnummer(vraag.huisnummer))
        datum = geboren(vraag.geboortedatum)
        self._geboren(datum)
        self._naam(woorden(vraag.naam), woorden(vraag.voornamen, tussenvoegsels=False), vraag, datum)

    def _waarde(self, waarde: Any) -> str:
        naam = f"w{len(self.waarden)}"
        self.waarden[naam] = waarde
        return f"%({naam})s"

    def _reeks(self, teksten: Iterable[str]) -> str:
        """A text array of folded words, in which no quote or backslash is left."""
        inhoud = ",".join(f'"{tekst}"' for tekst in sorted(teksten))
        return f"{self._waarde('{' + inhoud + '}')}::text[]"

    def _reeks_naam(self, teksten: frozenset[str]) -> str:
        return self.reeksen.setdefault(teksten, f"r{len(self.reeksen)}")

    def _een_van(self, kolom: str, teksten: frozenset[str]) -> str:
        """Whether `kolom`, of which there is an index, is one of `teksten`.

        As a subselect, so that the text goes over once and the planner doesn't weigh each of a thousand words.
        """
        return f"{kolom} = ANY((SELECT {self._reeks_naam(teksten)} FROM reeksen)::text[])"

    def _weg(self, voorwaarde: str, volgorde: str = "") -> None:
        self.wegen.append(
            f"(SELECT id FROM zichtbaar WHERE vervallen_op IS NULL AND {voorwaarde}"
            f" {volgorde} LIMIT {MAX_PER_WEG})"
        )

    def _kenmerk(self, naam: str, sql: str, reden: str = "") -> None:
        self.kenmerken.append(_Kenmerk(naam, sql, reden))

    def _nummers(self, vraag: Zoekvraag) -> None:
        """BSN, phone number and e-mail address; the last two also while they are being typed."""
        if is_bsn(vraag.bsn):
            waarden = ", ".join(map(self._waarde, kluis().zoekwaarden(cijfers(vraag.bsn), BSN)))
            self._weg(gelijk := f"bsn_index IN ({waarden})")
            self.bsn = f"k{len(self.kenmerken)}"
            self._kenmerk("bsn", gelijk, "zelfde burgerservicenummer")
        if len(cijfers(vraag.telefoon)) >= MIN_CIJFERS:
            getypt = f"telefoon_cijfers({self._waarde(vraag.telefoon)})"
            gelijk, begin = f"telefoon_cijfers = {getypt}", f"telefoon_cijfers LIKE {getypt} || '%%'"
            self._weg(f"{begin} AND {HEEFT_TELEFOON}", "ORDER BY telefoon_cijfers")
            self._kenmerk("telefoon", gelijk, "zelfde telefoon")
            self._kenmerk("begin", f"{begin} AND NOT {gelijk}", "telefoon begint gelijk")
        if len(adres := vraag.email.strip().lower()) >= MIN_EMAIL:
            getypt = self._waarde(adres)
            letterlijk = self._waarde(
                adres.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
            )
            gelijk, begin = f"lower(email) = {getypt}", f"lower(email) LIKE {letterlijk}"
            self._weg(f"{begin} AND {HEEFT_EMAIL}", "ORDER BY lower(email) USING ~<~")
            self._kenmerk("email", gelijk, "zelfde e-mailadres")
            self._kenmerk("begin", f"{begin} AND NOT {gelijk}", "e-mailadres begint gelijk")

    def _adres(self, code: str, nummer: str, toevoeging: str) -> None:
        """Who lives at the address, and who lives in the household of somebody there."""
        if not code:
            return
        waar = f"v.postcode = {self._waarde(code)} AND {VAN_KRACHT}"
        if nummer:
            vast = "lower(regexp_replace(v.huisnummer, '[^0-9A-Za-z]', '', 'g'))"
            waar += f" AND v.huisnummer LIKE {self._waarde(f'{nummer}%')}"
            waar += f" AND {vast} ~ {self._waarde(f'^{nummer}([^0-9]|$)')}"
            if toevoeging:
                met = self._waarde(nummer + toevoeging)
                waar += f" AND ({vast} = {self._waarde(nummer)} OR starts_with({vast}, {met}))"
        self.met.append(
            "adres AS MATERIALIZED (SELECT v.persoon_id, v.huishouden_id FROM households_verblijf v"
            f" WHERE {waar} LIMIT {MAX_PER_ADRES})"
        )
        huisgenoten = (
            " UNION SELECT v.persoon_id FROM adres JOIN households_verblijf v"
            f" ON v.huishouden_id = adres.huishouden_id WHERE {VAN_KRACHT}"
            if nummer
            else ""
        )
        self.met.append(f"bewoner AS MATERIALIZED (SELECT persoon_id FROM adres{huisgenoten})")
        self._weg("id IN (SELECT persoon_id FROM bewoner)")
        naam, reden = ("adres", "zelfde adres") if nummer else ("postcode", "zelfde postcode")
        self._kenmerk(naam, "p.id IN (SELECT persoon_id FROM bewoner)", reden)

    def _geboren(self, datum: Geboren) -> None:
        """Somebody born that day, or with day and month swapped."""
        if datum.dagen or datum.verwisseld:
            self._weg(f"geboortedatum = ANY({self._waarde([*datum.dagen, *datum.verwisseld])}::date[])")
        for naam, dagen, reden in (
            ("geboren", datum.dagen, "zelfde geboortedatum"),
            ("verwisseld", datum.verwisseld, "dag en maand verwisseld"),
            ("bijna", datum.bijna, "geboortedatum scheelt één cijfer"),
        ):
            if dagen:
                self._kenmerk(naam, f"p.geboortedatum = ANY({self._waarde(list(dagen))}::date[])", reden)
        if datum.jaar:
            self._kenmerk("jaar", f"p.geboortedatum BETWEEN {self._jaar(datum.jaar)}", "zelfde geboortejaar")

    def _jaar(self, jaar: tuple[date, date]) -> str:
        return " AND ".join(f"{self._waarde(dag)}::date" for dag in jaar)

    def _naam(self, achter: list[Woord], voor: list[Woord], vraag: Zoekvraag, datum: Geboren) -> None:
        """By two words together, which is precise; by each word alone; by any of them with what is known of birth."""
        self.woorden = [*achter, *voor]
        if not self.woorden:
            return
        paren = zip(achter, voor, strict=False) if voor else zip(achter[-1:] + achter, achter, strict=False)
        for een, ander in list(paren)[:2] if len(self.woorden) > 1 else []:
            self._samen(een, ander)
            if voor:
                self._samen(ander, een)
        for woord in (achter or voor)[:3]:
            self._alleen(woord, begin=len(achter or voor) == 1)
        alles = frozenset().union(*(woord.alles for woord in self.woorden))
        if datum.bijna:
            bijna = f"geboortedatum = ANY({self._waarde(list(datum.bijna))}::date[])"
            genoemd = f"IN (SELECT unnest({self._reeks_naam(alles)}) FROM reeksen)"
            self._weg(f"{bijna} AND ({ACHTERNAAM} {genoemd} OR {VOORNAAM} {genoemd})")
        if datum.jaar:
            self._weg(
                f"geboortedatum BETWEEN {self._jaar(datum.jaar)} AND {self._een_van(ACHTERNAAM, alles)}"
            )
        getypt = f"{vraag.naam} {vraag.voornamen}"
        self.getypt = letters(getypt)
        gespeld = self._waarde([getypt.lower().strip(), *getypt.lower().split()])
        self._kenmerk("gespeld", f"lower(achternaam) = ANY({gespeld}::text[])")

    def _samen(self, achternaam: Woord, voornaam: Woord) -> None:
        """Both words in their place, of which one may be unfinished or one letter off."""
        zo, begin = self._waarde(achternaam.tekst), self._waarde(f"{achternaam.tekst}%")
        voor = self._waarde(voornaam.tekst)
        vormen = self._een_van(ACHTERNAAM, frozenset(achternaam.vormen))
        self._weg(f"{vormen} AND {VOORNAAM} LIKE {self._waarde(f'{voornaam.tekst}%')}")
        if voornaam.buren:
            self._weg(f"{ACHTERNAAM} = {zo} AND {self._een_van(VOORNAAM, voornaam.alles)}")
        if achternaam.buren:
            self._weg(f"{self._een_van(ACHTERNAAM, achternaam.alles)} AND {VOORNAAM} = {voor}")
            self._weg(f"{ACHTERNAAM} LIKE {begin} AND {VOORNAAM} = {voor}")

    def _alleen(self, woord: Woord, *, begin: bool) -> None:
        """One word as achternaam or as second half of a double one; `begin` also finds what only begins so."""
        if len(woord.tekst) < MIN_LETTERS:
            return
        if begin:
            for vorm in woord.vormen[:2]:
                self._weg(f"{ACHTERNAAM} LIKE {self._waarde(f'{vorm}%')}", OP_NAAM)
        self._weg(self._een_van(ACHTERNAAM, woord.los))
        self._weg(f"zoeknaam ~ '^[^,]* ' AND {self._een_van(TWEEDE_NAAM, woord.los)}")

    def _passend(self, woord: Woord) -> str:
        """How well `woord` fits the stored word `t`."""
        begin = self._waarde(f"{woord.tekst}%")
        letter = f"t = {self._waarde(woord.tekst[0])} OR length({self._waarde(woord.tekst)}) = 1 AND t LIKE {begin}"
        return (
            f"CASE WHEN t = {self._waarde(woord.tekst)} THEN {PASSEND['zelfde']}"
            f" WHEN t = ANY({self._reeks(woord.vormen)}) THEN {PASSEND['klank']}"
            f" WHEN {letter} THEN {PASSEND['voorletter']}"
            f" WHEN t LIKE {begin} THEN {PASSEND['begin']}"
            f" WHEN t = ANY({self._reeks(woord.buren)}) THEN {PASSEND['lijkt']} ELSE 0 END"
        )

    def _naam_sql(self) -> tuple[str, str]:
        """The columns `laagste` and `gemiddeld` of the typed words, `raak` for the achternaam, and where from."""
        if not self.woorden:
            return "", ""
        namen = [f"n{plaats}" for plaats in range(len(self.woorden))]
        per_woord = ", ".join(
            f"{self._passend(woord)} AS {naam}" for naam, woord in zip(namen, self.woorden, strict=True)
        )
        hoogste = [f"max({naam})" for naam in namen]
        return (
            ", naam.*",
            f"""
            CROSS JOIN LATERAL (
                SELECT least({", ".join(hoogste)}) AS laagste, ({" + ".join(hoogste)}) / {len(namen)} AS gemiddeld,
                       coalesce(max(greatest({", ".join(namen)})) FILTER (WHERE van_achter), 0) AS raak
                FROM (
                    SELECT {per_woord},
                           nr <= cardinality(string_to_array(split_part(zoeknaam, ',', 1), ' ')) AS van_achter
                    FROM unnest(string_to_array(translate(zoeknaam, ',', ' '), ' ')) WITH ORDINALITY AS u (t, nr)
                ) AS w
            ) AS naam""",
        )

    def _punten(self, datum_getypt: bool) -> list[str]:
        """SQL over `gewogen` per part of the score."""
        kolom = {kenmerk.naam: f"k{plaats}" for plaats, kenmerk in enumerate(self.kenmerken)}
        punten = [
            f"CASE WHEN k{plaats} THEN {GEWICHT[kenmerk.naam]} ELSE 0 END"
            for plaats, kenmerk in enumerate(self.kenmerken)
        ]

        def een_van(*namen: str) -> str:
            return " OR ".join([kolom[naam] for naam in namen if naam in kolom] or ["false"])

        bereikt = een_van("bsn", "telefoon", "email", "adres")
        if self.woorden:
            telt = f"raak >= {PASSEND['lijkt']} OR laagste >= {PASSEND['voorletter']} OR {een_van('geboren')}"
            punten.append(
                f"CASE WHEN gemiddeld > 0 AND ({telt}) THEN {GEWICHT['naam']} * gemiddeld / 100"
                f" WHEN {bereikt} THEN 0 ELSE {GEWICHT['andere_naam']} END"
            )
        if datum_getypt:
            goed = een_van("geboren", "verwisseld", "bijna")
            punten.append(
                f"CASE WHEN geboortedatum IS NULL OR {goed} OR {bereikt} THEN 0 ELSE {GEWICHT['andere_datum']} END"
            )
        return punten

    def als_sql(self, personen: QuerySet[Persoon], maximum: int) -> tuple[str, dict[str, Any]]:
        """The whole statement over the persons of `personen`, and its parameters."""
        zichtbaar, waarden = (
            personen.order_by()
            .values(
                "id", "zoeknaam", "geboortedatum", "telefoon_cijfers", "email", "bsn_index", "vervallen_op"
            )
            .query.sql_with_params()
        )
        namen = [self._waarde(waarde) for waarde in waarden]
        zichtbaar = zichtbaar.replace("%%", "%%%%") % tuple(namen)
        if self.reeksen:
            reeksen = (f"{self._reeks(teksten)} AS {naam}" for teksten, naam in self.reeksen.items())
            self.met.append(f"reeksen AS MATERIALIZED (SELECT {', '.join(reeksen)})")
        naam_kolommen, naam_bron = self._naam_sql()
        kenmerken = "".join(
            f", ({kenmerk.sql}) IS TRUE AS k{plaats}" for plaats, kenmerk in enumerate(self.kenmerken)
        )
        datum_getypt = any(kenmerk.naam in ("geboren", "verwisseld") for kenmerk in self.kenmerken)
        sql = f"""
            WITH zichtbaar AS NOT MATERIALIZED ({zichtbaar}),
            {"".join(f"{deel}, " for deel in self.met)}
            gevonden AS ({" UNION ".join(self.wegen)}),
            gewogen AS (
                SELECT p.*{kenmerken}{naam_kolommen}
                FROM gevonden JOIN households_persoon p USING (id){naam_bron}
            )
            SELECT beste.*, (
                SELECT v.id FROM households_verblijf v WHERE v.persoon_id = beste.id AND {VAN_KRACHT}
                ORDER BY v.vanaf DESC, v.id LIMIT 1
            ) AS verblijf_id
            FROM (SELECT gewogen.*, {" + ".join(self._punten(datum_getypt))} AS score FROM gewogen) AS beste
            WHERE score >= {DREMPEL} ORDER BY score DESC, zoeknaam, id LIMIT {self._waarde(maximum)}
        """
        return sql, self.waarden

    def redenen(self, persoon: Any) -> list[str]:
        """Why this row of the answer is shown."""
        redenen = [
            kenmerk.reden
            for plaats, kenmerk in enumerate(self.kenmerken)
            if kenmerk.reden and getattr(persoon, f"k{plaats}")
        ]
        if self.woorden and (reden := self._naamreden(persoon)):
            redenen.insert(0, reden)
        return ["woont op dit adres"] if redenen == ["zelfde adres"] else redenen

    def _naamreden(self, persoon: Any) -> str:
        if persoon.laagste == PASSEND["zelfde"]:
            namen = letters(f"{persoon.tussenvoegsel} {persoon.achternaam} {persoon.voornamen}")
            return "zelfde naam" if self.getypt <= namen else "naam klinkt gelijk"
        for grens, reden in (
            ("klank", "naam klinkt gelijk"),
            ("begin", "naam begint gelijk"),
            ("voorletter", "naam lijkt erop"),
        ):
            if persoon.laagste >= PASSEND[grens]:
                return reden
        return "deel van de naam gelijk" if persoon.gemiddeld else ""
