"""Reading a mail as far as it can be read. Anybody may send anything: nothing here raises, and all work is bounded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime

from meldingen.models import Weringsgrond
from meldingen.postbus.platte_tekst import als_tekst, schoon
from meldingen.postbus.weren import weringsgrond

MAX_DIEPTE, MAX_DELEN, MAX_BIJLAGEN = 20, 200, 50
MAX_STREEPJES, MAX_KOPREGELS, MAX_KOP, MAX_KOPPEN = 5_000, 2_000, 4_000, 200_000
"""Lines that could begin a part, lines of headers, and characters of a header that says what a part is, or of all."""
KOP = re.compile(rb"^content-(?:type|disposition):(?:[^\n]*\n[ \t])*[^\n]*", re.IGNORECASE | re.MULTILINE)
MAX_TEKST = 100_000
"""Characters of the text that are kept."""
MAX_NAAM, MAX_ADRES, MAX_ONDERWERP, MAX_KENMERK = 200, 254, 500, 998
ADRES = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
GEEN_TEKENSET = {"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"}
"""What Python takes for one, no mail has, and a few letters of which can cost hours."""
JAREN = range(1990, 2200)
NIET_LEESBAAR = "Deze mail is niet goed te lezen. Hij staat nog in de postbus."


@dataclass(frozen=True)
class Grenzen:
    """What is kept of files: at most so many bytes, and names that end so."""

    bijlage_bytes: int
    soorten: Collection[str]


@dataclass(frozen=True)
class Stuk:
    """A file; `inhoud` is None when it isn't kept, and then `geweigerd` says why."""

    naam: str
    grootte: int
    inhoud: bytes | None
    geweigerd: str = ""


@dataclass
class Gelezen:
    """All of a mail that could be read; `fouten` are sentences about the rest."""

    vingerafdruk: str
    kenmerk: str = ""
    verstuurd_op: datetime | None = None
    afzender_naam: str = ""
    afzender_adres: str = ""
    onderwerp: str = ""
    tekst: str = ""
    bijlagen: list[Stuk] = field(default_factory=list)
    grond: Weringsgrond | None = None
    fouten: list[str] = field(default_factory=list)

    def fout(self, zin: str) -> None:
        """Once, however often it occurs."""
        if zin not in self.fouten:
            self.fouten.append(zin)


def lees_mail(ruw: bytes, *, grootte: int, grenzen: Grenzen, eigen: Collection[str]) -> Gelezen:
    """A mail of `grootte` bytes of which `ruw` are the first; `eigen` are our own addresses, in lower case."""
    gelezen = Gelezen(hashlib.sha256(ruw).hexdigest())
    if len(ruw) < grootte:
        gelezen.fout("Deze mail is te groot: alleen het begin is gelezen. De hele mail staat in de postbus.")
    try:
        mail = _ontleed(ruw, gelezen)
        _lees_koppen(mail, ruw, grootte, gelezen, eigen)
        gelezen.tekst = _kap("\n\n".join(_teksten(mail, 0, grenzen, gelezen)), gelezen)
    except Exception:
        gelezen.fout(NIET_LEESBAAR)
    return gelezen


def _ontleed(ruw: bytes, gelezen: Gelezen) -> Message:
    """With its parts; only the headers, and the rest as text, where there are more parts than people send."""
    if _is_gewoon(ruw):
        try:
            return message_from_bytes(ruw)
        except Exception:
            gelezen.fout(NIET_LEESBAAR)
    gelezen.fout(
        "Deze mail zit zo in elkaar dat alleen de tekst is bewaard. De hele mail staat in de postbus."
    )
    koppen, _, lijf = ruw.partition(b"\n\n" if b"\n\n" in ruw else b"\r\n\r\n")
    mail = BytesHeaderParser().parsebytes(koppen[:MAX_KOPPEN] + b"\n\n" + lijf)
    for naam in ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding"):
        del mail[naam]
    return mail


def _is_gewoon(ruw: bytes) -> bool:
    """Whether a mail is built as mails are: what isn't can cost the parser hours, or all memory."""
    regels = ruw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return (
        regels.lower().count(b"boundary=") <= MAX_DIEPTE * 2
        and regels.count(b"\n--") <= MAX_STREEPJES
        and regels.partition(b"\n\n")[0].count(b"\n") <= MAX_KOPREGELS
        and all(len(kop[0]) <= MAX_KOP for kop in KOP.finditer(regels))
    )


def _lees_koppen(mail: Message, ruw: bytes, grootte: int, gelezen: Gelezen, eigen: Collection[str]) -> None:
    ruwe = [str(mail.get(naam, ""))[:MAX_KOP] for naam in ("Message-ID", "From", "Date", "Subject")]
    _, _, lijf = ruw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kop = "\0".join([*ruwe, str(grootte if len(ruw) < grootte else 0)])
    gelezen.vingerafdruk = hashlib.sha256(kop.encode("utf-8", "replace") + b"\0" + lijf).hexdigest()
    gelezen.kenmerk = schoon(ruwe[0]).strip()[:MAX_KENMERK]
    gelezen.onderwerp = _regel(_ontcijfer(ruwe[3], gelezen))[:MAX_ONDERWERP]
    naam, adres = parseaddr(ruwe[1])
    adres = schoon(adres).strip().lower()
    if ADRES.fullmatch(adres) and len(adres) <= MAX_ADRES:
        gelezen.afzender_adres = adres
    else:
        naam = naam or ruwe[1]
        gelezen.fout("Er staat geen leesbaar adres van een afzender in.")
    gelezen.afzender_naam = _regel(_ontcijfer(naam, gelezen))[:MAX_NAAM]
    gelezen.verstuurd_op = _moment(ruwe[2])
    if gelezen.verstuurd_op is None:
        gelezen.fout("Er staat geen leesbare datum in; de dag is die waarop de mail binnenkwam.")
    gelezen.grond = weringsgrond(mail, afzender=adres, kenmerk=gelezen.kenmerk, eigen=eigen)


def _moment(datum: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(datum)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment.year in JAREN else None


def _ontcijfer(waarde: str, gelezen: Gelezen) -> str:
    """A header in letters that people read."""
    try:
        delen = decode_header(waarde)
    except Exception:
        gelezen.fout("Niet alle letters zijn te lezen.")
        return schoon(waarde)
    tekst = "".join(deel if isinstance(deel, str) else _letters(deel, naam, gelezen) for deel, naam in delen)
    return schoon(tekst)


def _letters(ruw: bytes, tekenset: str | None, gelezen: Gelezen) -> str:
    """Bytes in a set of characters that was named, or the most likely one."""
    if not tekenset:
        try:
            return ruw.decode("utf-8")
        except UnicodeDecodeError:
            return ruw.decode("cp1252", "replace")
    try:
        if tekenset.lower().replace("-", "_") in GEEN_TEKENSET:
            raise LookupError
        return ruw.decode(tekenset)
    except (LookupError, UnicodeError, ValueError):
        gelezen.fout("Niet alle letters zijn te lezen.")
        return ruw.decode("utf-8", "replace")


def _teksten(
    deel: Message, diepte: int, grenzen: Grenzen, gelezen: Gelezen, teller: list[int] | None = None
) -> Iterator[str]:
    """The texts in a part and what hangs under it; what is no text becomes a file. Of alternatives one is taken."""
    teller = [0] if teller is None else teller
    teller[0] += 1
    if diepte > MAX_DIEPTE or teller[0] > MAX_DELEN:
        gelezen.fout("Deze mail heeft meer delen dan er zijn gelezen. De hele mail staat in de postbus.")
        return
    soort = deel.get_content_type()
    if soort == "multipart/alternative":
        keuzes = [
            (kind.get_content_type(), list(_teksten(kind, diepte + 1, grenzen, gelezen, teller)))
            for kind in _kinderen(deel)
        ]
        gevuld = [(wat, tekst) for wat, tekst in keuzes if "".join(tekst).strip()]
        plat = [tekst for wat, tekst in gevuld if wat == "text/plain"]
        yield from (plat or [tekst for _, tekst in gevuld[-1:]] or [[]])[0]
    elif deel.is_multipart() and soort != "message/rfc822":
        for kind in _kinderen(deel):
            yield from _teksten(kind, diepte + 1, grenzen, gelezen, teller)
    elif soort in ("text/plain", "text/html") and deel.get_content_disposition() != "attachment":
        tekst = _letters(_inhoud(deel, gelezen), _tekenset(deel), gelezen)
        yield als_tekst(tekst) if soort == "text/html" else schoon(tekst)
    else:
        _voeg_bijlage_toe(deel, soort, grenzen, gelezen)


def _kinderen(deel: Message) -> list[Message]:
    inhoud = deel.get_payload()
    return [kind for kind in inhoud if isinstance(kind, Message)] if isinstance(inhoud, list) else []


def _tekenset(deel: Message) -> str | None:
    try:
        return deel.get_content_charset()
    except (LookupError, UnicodeError, ValueError, TypeError):
        return "onbekend"


def _inhoud(deel: Message, gelezen: Gelezen) -> bytes:
    """The bytes that were meant, as far as they arrived whole."""
    if deel.is_multipart():
        return b"".join(kind.as_bytes() for kind in _kinderen(deel))
    inhoud = deel.get_payload(decode=True)
    if deel.defects:
        gelezen.fout("Een deel van deze mail is beschadigd aangekomen.")
    return inhoud if isinstance(inhoud, bytes) else b""


def _voeg_bijlage_toe(deel: Message, soort: str, grenzen: Grenzen, gelezen: Gelezen) -> None:
    if len(gelezen.bijlagen) >= MAX_BIJLAGEN:
        gelezen.fout(f"Er zijn meer dan {MAX_BIJLAGEN} bijlagen; de rest staat in de postbus.")
        return
    naam = _regel(_ontcijfer(str(deel.get_filename("") or ""), gelezen)).replace("/", "_").replace("\\", "_")
    naam = naam.strip(". ") or ("mail.eml" if soort == "message/rfc822" else "bijlage")
    stam, punt, eind = naam.rpartition(".")
    naam = f"{stam[: MAX_NAAM - 21]}{punt}{eind[:20]}" if punt else naam[:MAX_NAAM]
    inhoud = _inhoud(deel, gelezen)
    geweigerd = ""
    if eind.lower() not in grenzen.soorten or not punt:
        geweigerd = "Dit soort bestand wordt niet bewaard. Het staat nog in de postbus."
    elif len(inhoud) > grenzen.bijlage_bytes:
        geweigerd = "Dit bestand is te groot om te bewaren. Het staat nog in de postbus."
    gelezen.bijlagen.append(Stuk(naam, len(inhoud), None if geweigerd else inhoud, geweigerd))


def _regel(tekst: str) -> str:
    return " ".join(tekst.split())


def _kap(tekst: str, gelezen: Gelezen) -> str:
    tekst = tekst.strip()
    if len(tekst) > MAX_TEKST:
        gelezen.fout("De tekst is ingekort. De hele mail staat in de postbus.")
    return tekst[:MAX_TEKST]
