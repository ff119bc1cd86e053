"""Mail comes in from a real mail server: once each, whatever happens, and without what nobody wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meldingen.models import Bijlage, Contactkanaal, Klantcontact, Postplek, Poststuk, Weringsgrond
from meldingen.periodic import ruim_post_op
from meldingen.postbus.brievenbus import open_brievenbus, postbus_van_instellingen
from meldingen.postbus.lezen import NIET_LEESBAAR
from meldingen.postbus.ophalen import BEZIG, KEREN, haal_post_op, staat_van_postbus
from meldingen.workflow import laat_toe
from meldingen.workflow.post import GEWEERD_DAGEN, verwijder_geweerde_post
from teams.models import Aanstelling, Instelling, Inzage, Rol
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory
from tests.postbus.conftest import Mailserver, maak_certificaat, mail, met_tls

PROJECT = Path(__file__).resolve().parents[2]


def telt() -> int:
    """Contacts by mail that reports count."""
    return Klantcontact.objects.bekend_op(None).filter(kanaal=Contactkanaal.EMAIL).count()


@pytest.mark.django_db
def test_een_mail_komt_eenmaal_binnen_met_bijlagen_en_telt_als_contact(mailserver: Mailserver) -> None:
    bericht = mail(Message_ID="<1@voorbeeld.example>")
    bericht.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../brief van.pdf")
    bericht.add_attachment(b"MZ", maintype="application", subtype="pdf", filename="factuur.pdf.exe")
    mailserver.stuur(bericht, mail("Nog een", van="zonder naam <kim@voorbeeld.example>"))

    assert (mailserver.ongelezen(), haal_post_op(), mailserver.ongelezen(), haal_post_op()) == (2, 2, 0, 0)
    eerste, tweede = Poststuk.objects.te_verdelen()
    assert (eerste.afzender_naam, eerste.afzender_adres, eerste.onderwerpregel, eerste.tekst) == (
        "Jo Jansen",
        "jo@voorbeeld.example",
        "Hulp voor mijn moeder",
        "Mijn moeder kan niet meer alleen thuis.",
    )
    assert (eerste.leesfouten, eerste.geweerd, tweede.afzender) == ([], None, "zonder naam")
    pdf, exe = eerste.bijlagen.order_by("pk")
    assert (pdf.naam, bytes(pdf.inhoud), exe.inhoud) == ("_brief van.pdf", b"%PDF-1.7", None)
    assert exe.geweigerd.startswith("Dit soort bestand wordt niet bewaard.")
    assert telt() == 2


@pytest.mark.django_db
def test_dezelfde_mail_op_een_andere_plek_is_dezelfde(mailserver: Mailserver) -> None:
    bericht = mail(Message_ID="<1@voorbeeld.example>")
    mailserver.stuur(bericht, bericht)
    assert haal_post_op() == 1
    mailserver.nieuw()
    mailserver.stuur(mail("iets anders", Message_ID="<1@voorbeeld.example>"), bericht)
    assert haal_post_op() == 1, "another text under the same Message-ID is another mail"
    assert (Poststuk.objects.count(), Postplek.objects.count(), telt()) == (2, 4, 2)
    assert len(set(Postplek.objects.values_list("uidvalidity", flat=True))) == 2


@pytest.mark.django_db
def test_wie_een_mail_al_in_een_mailprogramma_opende_houdt_hem_niet_tegen(mailserver: Mailserver) -> None:
    mailserver.stuur(mail())
    mailserver.zet_gelezen()
    assert haal_post_op() == 1


STERF = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from meldingen import workflow
from meldingen.postbus import brievenbus, ophalen
def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "voor het bewaren":
    workflow.neem_poststuk_aan = sterf
elif sys.argv[1] == "tijdens het bewaren":
    from meldingen.workflow import post
    post._tel = sterf
else:
    brievenbus.Brievenbus.zet_gelezen = lambda bus, uids: sterf() if uids else None
ophalen.haal_post_op()
"""


@pytest.mark.parametrize(
    ("waar", "bewaard"),
    [
        pytest.param("voor het bewaren", 0, marks=pytest.mark.vol),
        pytest.param("tijdens het bewaren", 0, marks=pytest.mark.vol),
        ("na het bewaren", 1),
    ],
)
def test_een_proces_dat_halverwege_sterft_verliest_en_verdubbelt_niets(
    eigen_database: EigenDatabase, mailserver: Mailserver, adres: str, waar: str, bewaard: int
) -> None:
    bericht = mail()
    bericht.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="brief.pdf")
    mailserver.stuur(bericht, mail("de tweede"))
    omgeving = {
        **os.environ,
        "DATABASE_URL": eigen_database.url,
        "POSTBUS_URL": adres,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    dood = subprocess.run([sys.executable, "-c", STERF, waar], cwd=PROJECT, env=omgeving, check=False)
    assert dood.returncode == -signal.SIGKILL
    assert (Poststuk.objects.count(), telt(), mailserver.ongelezen()) == (bewaard, bewaard, 2)

    assert (haal_post_op(), haal_post_op()) == (2 - bewaard, 0)
    assert (Poststuk.objects.count(), Bijlage.objects.count(), telt(), mailserver.ongelezen()) == (2, 1, 2, 0)


GEWEERD = {
    Weringsgrond.AUTOMATISCH: [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "Auto-Generated; x=1"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"Precedence": "auto_reply"},
    ],
    Weringsgrond.BULK: [{"Precedence": "Bulk"}, {"Precedence": "junk"}],
    Weringsgrond.LIJST: [{"List_Id": "<nieuws.voorbeeld.example>"}, {"Precedence": "list"}],
    Weringsgrond.GEEN_AFZENDER: [{"Return_Path": "<>"}],
    Weringsgrond.EIGEN: [
        {"van": "POST@gemeente.example"},
        {"van": "Eenplan <eenplan@gemeente.example>"},
        {"van": "KCC <kcc@gemeente.example>"},
        {"Message_ID": "<bericht.12.20261122100000000000@gemeente.example>"},
    ],
    None: [
        {"Auto_Submitted": "no", "X_Auto_Response_Suppress": "None", "Return_Path": "<jo@voorbeeld.example>"},
        {"In_Reply_To": "<bericht.12.20261122100000000000@gemeente.example>"},
        {"Message_ID": "<bericht.12.20261122100000000000@ander.example>"},
    ],
}


@pytest.mark.django_db
def test_wat_niemand_schreef_blijft_buiten_de_triage_maar_gaat_niet_verloren(
    mailserver: Mailserver, settings: Settings
) -> None:
    settings.POSTBUS_EIGEN_ADRESSEN = ["kcc@gemeente.example"]
    gevallen = [(grond, koppen) for grond, rij in GEWEERD.items() for koppen in rij]
    mailserver.stuur(*(mail(onderwerp=str(n), **koppen) for n, (_, koppen) in enumerate(gevallen)))
    assert haal_post_op() == len(gevallen)
    gekregen = dict(Poststuk.objects.values_list("onderwerpregel", "geweerd"))
    assert gekregen == {str(n): grond for n, (grond, _) in enumerate(gevallen)}
    assert (telt(), Poststuk.objects.te_verdelen().count()) == (3, 3)
    assert Poststuk.objects.tegengehouden().count() == len(gevallen) - 3


@pytest.mark.django_db
def test_wie_te_veel_stuurt_in_een_uur_wordt_verder_tegengehouden(mailserver: Mailserver) -> None:
    Instelling.objects.filter(sleutel="postbus_per_uur").update(waarde=2)
    mailserver.stuur(*(mail(f"nummer {n}") for n in range(4)), mail(van="ander@voorbeeld.example"))
    haal_post_op()
    gronden = list(Poststuk.objects.order_by("pk").values_list("geweerd", flat=True))
    assert gronden == [None, None, Weringsgrond.TE_VEEL, Weringsgrond.TE_VEEL, None]


@pytest.mark.django_db
def test_een_postbus_die_niet_antwoordt_houdt_niets_tegen_en_verraadt_niets(
    mailserver: Mailserver, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    mailserver.stuur(mail())
    goed = settings.POSTBUS_URL
    for fout in (
        goed.replace("g%3Aeh", "anders"),
        goed.replace("/Post", "/Weg"),
        "imap://a:b@127.0.0.1:9/INBOX",
    ):
        settings.POSTBUS_URL = fout
        assert haal_post_op() == 0
    assert caplog.text.count("De postbus antwoordt niet goed") == 3
    settings.POSTBUS_URL = ""
    assert haal_post_op() == 0
    settings.POSTBUS_URL = goed
    assert haal_post_op() == 1
    assert not any(woord in caplog.text for woord in ("eim", "Jansen", "jo@", "moeder", "gemeente.example"))
    for fout in ("pop3://a:b@host/x", "imaps://host/INBOX", "imaps://a:b@host:poort/INBOX", "post"):
        settings.POSTBUS_URL = fout
        with pytest.raises(ImproperlyConfigured):
            postbus_van_instellingen()


@pytest.mark.django_db
def test_over_tls_alleen_van_een_server_met_een_vertrouwd_certificaat(
    mailserver: Mailserver, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mailserver.stuur(mail())
    goed = maak_certificaat(tmp_path, "127.0.0.1")
    ander = maak_certificaat(tmp_path, "127.0.0.2")
    oud = maak_certificaat(tmp_path, "127.0.0.1", dagen=-1)
    onversleuteld = settings.POSTBUS_URL.replace("imap://", "imaps://")
    geen = tmp_path / "geen.pem"
    geen.write_text("niets")
    for certificaat, ca, woord in (
        (goed, "", "een uitgever die wij niet vertrouwen"),
        (goed, str(ander), "een uitgever die wij niet vertrouwen"),
        (ander, str(ander), "niet van de server die POSTBUS_URL noemt"),
        (oud, str(oud), "is verlopen"),
        (goed, str(geen), "POSTBUS_CA wijst geen bestand"),
        (goed, str(tmp_path / "weg.pem"), "POSTBUS_CA wijst geen bestand"),
    ):
        with met_tls(mailserver.poort, certificaat) as poort:
            settings.POSTBUS_URL = onversleuteld.replace(f":{mailserver.poort}", f":{poort}")
            settings.POSTBUS_CA = ca
            assert (haal_post_op(), Poststuk.objects.count()) == (0, 0)
        staat = staat_van_postbus()
        assert staat is not None
        assert (staat.hapert, woord in staat.fout) == (True, True), staat
    settings.POSTBUS_URL, settings.POSTBUS_CA = onversleuteld, ""
    haal_post_op()
    assert "geen TLS" in caplog.text
    assert not any(woord in caplog.text for woord in ("eim", "127.0.0", "gemeente.example"))

    with met_tls(mailserver.poort, goed) as poort:
        settings.POSTBUS_URL = onversleuteld.replace(f":{mailserver.poort}", f":{poort}")
        settings.POSTBUS_CA = str(goed)
        assert haal_post_op() == 1
    staat = staat_van_postbus()
    assert staat is not None
    assert (bool(staat.laatst), bool(staat.fout), staat.hapert) == (True, True, False)


@pytest.mark.django_db
def test_beheer_ziet_hoe_het_met_de_postbus_is(
    mailserver: Mailserver, settings: Settings, client: Client
) -> None:
    beheer = MedewerkerFactory(username="beheer")
    Aanstelling.objects.create(medewerker=beheer, rol=Rol.BEHEER, vanaf=timezone.localdate())
    client.force_login(beheer)

    def pagina() -> str:
        return client.get("/afnemers/niet-bezorgd").content.decode()

    goed = settings.POSTBUS_URL
    assert "nog niet" in pagina()
    settings.POSTBUS_URL = goed.replace("g%3Aeh", "anders")
    haal_post_op()
    assert "Het ophalen lukt nu niet. De mailserver neemt de gebruiker of het wachtwoord" in pagina()
    settings.POSTBUS_URL = "imaps://host"
    with pytest.raises(ImproperlyConfigured):
        haal_post_op()
    assert "POSTBUS_URL is imaps://" in pagina()
    settings.POSTBUS_URL = goed
    haal_post_op()
    tekst = pagina()
    assert "lukt nu niet" not in tekst
    assert f"{timezone.localdate():%d-%m-%Y}" in tekst
    assert "eim" not in tekst.partition("Postbus</h2>")[2]
    settings.POSTBUS_URL = ""
    assert "Postbus</h2>" not in pagina()


@pytest.mark.django_db
def test_tegengehouden_mail_wordt_na_haar_termijn_verwijderd_en_komt_niet_terug(
    mailserver: Mailserver, caplog: pytest.LogCaptureFixture
) -> None:
    geweerd = mail("van een machine", Auto_Submitted="auto-replied")
    geweerd.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="brief.pdf")
    mailserver.stuur(geweerd, mail("van een mens"), mail("toch van een mens", Precedence="bulk"))
    assert haal_post_op() == 3
    laat_toe(Poststuk.objects.get(tekst="toch van een mens"), door=MedewerkerFactory(username="kcc"))
    ruim_post_op.apply()
    assert (Poststuk.objects.count(), caplog.text) == (3, "")

    nu = timezone.now()
    assert verwijder_geweerde_post(nu + timedelta(days=29)) == 0
    Instelling.objects.create(sleutel=GEWEERD_DAGEN, geldig_van=timezone.localdate(), waarde=0)
    ruim_post_op.apply()
    assert set(Poststuk.objects.values_list("tekst", flat=True)) == {"van een mens", "toch van een mens"}
    assert not Bijlage.objects.exists()
    assert "Tegengehouden mails verwijderd: 1." in caplog.text
    assert "machine" not in caplog.text
    assert (verwijder_geweerde_post(nu + timedelta(days=99)), haal_post_op()) == (0, 0)
    assert list(Postplek.objects.order_by("uid").values_list("poststuk__tekst", flat=True)) == [
        None,
        "van een mens",
        "toch van een mens",
    ]


@pytest.mark.django_db
def test_de_database_bewaakt_wat_er_binnenkwam(mailserver: Mailserver) -> None:
    bericht = mail()
    bericht.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="brief.pdf")
    mailserver.stuur(bericht)
    haal_post_op()
    poststuk, plek = Poststuk.objects.get(), Postplek.objects.get()
    for fout in (
        lambda: Poststuk.objects.update(tekst="anders"),
        lambda: Poststuk.objects.update(afgehandeld_op=timezone.now() - timedelta(1)),
        lambda: Poststuk.objects.update(reden="zomaar"),
        lambda: Poststuk.objects.update(geweerd=Weringsgrond.BULK),
        lambda: Postplek.objects.update(poststuk=None),
        lambda: Bijlage.objects.all().delete(),
        lambda: Postplek.objects.all().delete(),
        lambda: Poststuk.objects.all()._raw_delete("default"),
        lambda: Postplek.objects.create(
            postbus=plek.postbus, uidvalidity=plek.uidvalidity, uid=plek.uid, poststuk=poststuk
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            fout()
    assert not Inzage.objects.exists()


@pytest.mark.django_db
def test_een_mail_waaraan_een_proces_steeds_sterft_houdt_de_volgende_niet_op(mailserver: Mailserver) -> None:
    mailserver.stuur(mail("dodelijk"), mail("de volgende"))
    postbus = postbus_van_instellingen()
    assert postbus
    with open_brievenbus(postbus) as bus:
        eerste = f"{bus.uidvalidity}/{bus.uids()[0]}"
    cache.set(BEZIG, (eerste, KEREN))
    assert haal_post_op() == 2
    teksten = dict(Poststuk.objects.values_list("tekst", "leesfouten"))
    assert teksten == {"": [NIET_LEESBAAR], "de volgende": []}
