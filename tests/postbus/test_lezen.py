"""Whatever somebody sends can be read as far as there is something to read, and says what could not."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldingen.models import Poststuk
from meldingen.postbus.lezen import MAX_TEKST, Gelezen, Grenzen, lees_mail
from meldingen.postbus.ophalen import haal_post_op
from teams.models import Instelling
from tests.postbus.conftest import Mailserver, mail

GRENZEN = Grenzen(bijlage_bytes=100, soorten={"pdf", "eml"})
KOP = b"From: Jo <jo@voorbeeld.example>\nDate: Sun, 22 Nov 2026 10:00:00 +0100\nSubject: Vraag\n"
LETTERS = "Niet alle letters zijn te lezen."
AFZENDER = "Er staat geen leesbaar adres van een afzender in."
DATUM = "Er staat geen leesbare datum in; de dag is die waarop de mail binnenkwam."
INGEWIKKELD = "Deze mail zit zo in elkaar dat alleen de tekst is bewaard. De hele mail staat in de postbus."
TE_VEEL = "Deze mail heeft meer delen dan er zijn gelezen. De hele mail staat in de postbus."


def lees(ruw: bytes, grootte: int = 0) -> Gelezen:
    return lees_mail(ruw, grootte=grootte or len(ruw), grenzen=GRENZEN, eigen=set())


def genest(diepte: int) -> bytes:
    """Parts in parts in parts, with a word in the innermost."""
    lijf = b"Content-Type: text/plain\n\nbinnenin\n"
    for n in range(diepte):
        grens = b"g%d" % n
        lijf = b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\n%s\n--%s--\n' % (
            grens,
            grens,
            lijf,
            grens,
        )
    return KOP + lijf


@pytest.mark.elk_geval
@pytest.mark.parametrize(
    ("ruw", "tekst", "fouten"),
    [
        (KOP + b"\nGewoon", "Gewoon", []),
        (KOP + "\nCafé €".encode(), "Café €", []),
        (KOP + b"\nCaf\xe9", "Café", []),
        (KOP + b"Content-Type: text/plain; charset=klingon\n\nhoi", "hoi", [LETTERS]),
        (KOP + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-9" * 9, "a-9" * 9, [LETTERS]),
        (KOP + b"Content-Type: text/plain; charset=utf-8\n\nCaf\xe9", "Caf\ufffd", [LETTERS]),
        (KOP + b"\nnul\x00 en \x1b[31mrood", "nul en [31mrood", []),
        (
            KOP
            + b"Content-Type: text/html\n\n<style>x</style><p>Dag<BR>u</p><script>kwaad()</script>&amp; 1 < 2<!--x-->",
            "Dag\nu\n& 1 < 2",
            [],
        ),
        (KOP + b"Content-Type: text/html\n\n" + b"<!--" * 200_000, "", []),
        (
            KOP + b'Content-Type: text/plain; x="' + b";" * 500_000 + b"\n\nna veel komma's",
            "na veel",
            [INGEWIKKELD],
        ),
        (KOP + b"Content-Type: multipart/mixed; boundary=g\n" + b"\n--g\n" * 100_000, "--g", None),
        (KOP + b"a: b\n" * 200_000 + b"\nna veel koppen", "na veel koppen", [INGEWIKKELD]),
        (KOP.replace(b"Vraag", b"=?a?q?" * 200_000) + b"\nWie?", "Wie?", [LETTERS]),
        (KOP + b"Content-Type: text/html\n\n" + b"<a " * 200_000, "", []),
        (b"Subject: Vraag\n\nWie?", "Wie?", [AFZENDER, DATUM]),
        (b"From: geen adres\nDate: gisteren\nSubject: Vraag\n\nWie?", "Wie?", [AFZENDER, DATUM]),
        (KOP.replace(b"2026", b"9999999") + b"\nWie?", "Wie?", [DATUM]),
        (genest(5), "binnenin", []),
        (genest(25), "", [TE_VEEL]),
        (genest(3_000), genest(3_000).partition(b"\n\n")[2].decode()[:40], None),
        (KOP + b"Content-Type: multipart/mixed\n\nzonder grens", "", None),
        (KOP + b"Content-Transfer-Encoding: base64\n\n!!!", None, None),
        (b"", "", [AFZENDER, DATUM]),
        (b"\n\n\n", "", [AFZENDER, DATUM]),
        (b"\xff" * 1_000, None, None),
    ],
)
def test_een_kapotte_mail_wordt_gelezen_zover_dat_gaat(
    ruw: bytes, tekst: str | None, fouten: list[str] | None
) -> None:
    begin = time.monotonic()
    gelezen = lees(ruw)
    assert time.monotonic() - begin < 10
    if tekst is not None:
        assert gelezen.tekst.startswith(tekst)
    if fouten is not None:
        assert gelezen.fouten == fouten


def test_koppen_in_elke_vorm_worden_letters() -> None:
    onderwerp = (
        b"Subject: =?utf-8?q?Caf=C3=A9_?= =?iso-8859-1?q?open=E9?= =?klingon?q?x?=\n met een vervolg\n"
    )
    gelezen = lees(
        b"From: =?utf-8?b?" + b64encode("Zoë".encode()) + b"?= <ZOE@Voorbeeld.example>\n" + onderwerp + b"\nx"
    )
    assert (gelezen.afzender_naam, gelezen.afzender_adres) == ("Zoë", "zoe@voorbeeld.example")
    assert gelezen.onderwerp.startswith("Café openéx")
    lang = lees(b"From: " + b"a" * 999 + b"@b.example\nSubject: " + b"x" * 9_999 + b"\n\n" + b"t" * 200_000)
    assert (lang.afzender_adres, len(lang.onderwerp), len(lang.tekst)) == ("", 500, MAX_TEKST)
    assert "De tekst is ingekort. De hele mail staat in de postbus." in lang.fouten


def test_van_twee_vormen_is_er_een_en_een_bestand_is_een_bijlage() -> None:
    bericht = mail("plat")
    bericht.add_alternative("<p>opgemaakt</p>", subtype="html")
    bericht.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="a/b\\.. " + "x" * 300 + ".PDF"
    )
    bericht.add_attachment(b"x" * 101, maintype="application", subtype="pdf", filename="groot.pdf")
    bericht.add_attachment("<script>", subtype="html", filename="pagina.html")
    bericht.add_attachment(mail("doorgestuurd"))
    gelezen = lees(bericht.as_bytes())
    assert (gelezen.tekst, gelezen.fouten) == ("plat", [])
    pdf, groot, pagina, eml = gelezen.bijlagen
    assert (pdf.inhoud, len(pdf.naam) <= 200, pdf.naam.endswith(".PDF"), "/" in pdf.naam) == (
        b"%PDF",
        True,
        True,
        False,
    )
    assert (groot.inhoud, groot.grootte, groot.geweigerd[:26]) == (None, 101, "Dit bestand is te groot om")
    assert pagina.geweigerd.startswith("Dit soort bestand wordt niet bewaard.")
    assert (eml.naam, eml.grootte > 100) == ("mail.eml", True)
    alleen_html = lees(KOP + b"Content-Type: text/html\n\n<ul><li>een<li>twee</ul>")
    assert alleen_html.tekst == "een\ntwee"


def test_een_mail_is_dezelfde_langs_welke_servers_hij_ook_kwam() -> None:
    ruw = mail(Message_ID="<1@voorbeeld.example>").as_bytes()
    gelezen = lees(ruw)
    assert lees(b"Received: van elders\n" + ruw).vingerafdruk == gelezen.vingerafdruk
    assert lees(ruw.replace(b"\n", b"\r\n")).vingerafdruk == gelezen.vingerafdruk
    assert lees(ruw.replace(b"moeder", b"vader!")).vingerafdruk != gelezen.vingerafdruk
    assert lees(ruw.replace(b"<1@", b"<2@")).vingerafdruk != gelezen.vingerafdruk
    assert lees(ruw, grootte=10**9).vingerafdruk != gelezen.vingerafdruk


@given(st.binary(max_size=400), st.binary(max_size=60), st.binary(max_size=60))
def test_wat_er_ook_komt_er_komt_een_mail_uit_die_te_bewaren_is(lijf: bytes, kop: bytes, naam: bytes) -> None:
    for ruw in (
        lijf,
        b"From: " + kop + b"\nSubject: =?" + naam + b"?=\nContent-Type: " + kop + b"\n\n" + lijf,
    ):
        gelezen = lees(ruw)
        for tekst in (gelezen.tekst, gelezen.onderwerp, gelezen.afzender_naam, gelezen.kenmerk):
            assert b"\0" not in tekst.encode()


@pytest.mark.django_db
def test_een_kapotte_of_te_grote_mail_houdt_de_volgende_niet_op(mailserver: Mailserver) -> None:
    Instelling.objects.filter(sleutel="postbus_mail_mb").update(waarde="0.01")
    mailserver.stuur(
        KOP + b"Content-Type: text/plain; charset=klingon\n\nhoi\x80",
        mail("begin " + "x " * 20_000),
        genest(200),
        b"Subject: zonder afzender\n\nwie?",
        mail("de laatste"),
    )
    assert (haal_post_op(), haal_post_op()) == (5, 0)
    groot = Poststuk.objects.get(tekst__startswith="begin x x")
    assert groot.leesfouten == [
        "Deze mail is te groot: alleen het begin is gelezen. De hele mail staat in de postbus."
    ]
    assert Poststuk.objects.filter(tekst="de laatste", leesfouten=[]).exists()
    assert Poststuk.objects.exclude(leesfouten=[]).count() == 4
