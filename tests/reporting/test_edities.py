"""An editie keeps what was known, and is made again byte for byte, whatever was corrected since."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.models import Persoon
from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import Melder
from reporting.antwoord import beantwoord
from reporting.argus import GeenArgus
from reporting.edities import controleer, inhoud_van, manifest, stel_vast
from reporting.models import Editie, Editietabel
from reporting.noten import antwoord_met_noten
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.stamgegevens import MODELLEN
from reporting.vraag import Vraag
from teams.geweigerd import Geweigerd
from teams.models import Instelling, Inwonertal, Medewerker, Team
from teams.versies import Versie
from voorzieningen.models import Aanbieder, Voorzieningengroep

from .conftest import BEGIN, Registratie

Q1 = Periode.van_tekst("2015-Q1")
Q2 = Periode.van_tekst("2015-Q2")


def vast(*tabellen: str, periode: Periode = Q1, **meer: object) -> Editie:
    return stel_vast(tabellen or list(TABELLEN), periode=periode, titel="Kwartaalrapportage", **meer)


@pytest.fixture
def gemeente(registratie: Registratie) -> Registratie:
    """Something behind every kind of table."""
    registratie.melding("2015-01-05", "W2", stappen=["gesprek_gestart", "onderzoek_gestart"])
    registratie.melding("2015-02-05", "W10", stappen=["voorveld"])
    registratie.contact("2015-01-05", "telefoon", geregistreerd_op=BEGIN)
    for team in registratie.teams.values():
        Inwonertal.objects.create(team=team, peildatum="2015-01-01", inwoners=5000, jeugdigen=900)
    for nummer in range(12):
        client = Persoon.objects.create()
        registratie.beschikking(client, "rolstoelen", "2015-01-05")
        registratie.verblijf(client, "W2" if nummer % 2 else "W10", "2014-01-05")
    return registratie


def test_een_editie_bewaart_wat_de_tabel_toonde_met_sommen_die_een_ander_narekent(
    gemeente: Registratie, wijkwerker: Medewerker
):
    editie = vast("2.10", "2.4", vergelijk=Q2, door=wijkwerker, opmerking=" voor de raad ")

    assert (editie.titel, editie.opmerking, editie.door) == ("Kwartaalrapportage", "voor de raad", wijkwerker)
    tien, vier = editie.tabellen.all()
    inhoud = inhoud_van(tien)
    assert [deel["periode"] for deel in inhoud["delen"]] == ["2015-Q1", "2015-Q2"]
    assert [rij["waarden"] for rij in inhoud["delen"][0]["rijen"]] == [["< 10"], ["< 10"], [0], [12]]
    assert inhoud["noten"][0].startswith("Aantallen van 1 tot en met 9 zijn niet getoond")
    assert vier.sha256 == sha256(bytes(vier.inhoud)).hexdigest()
    assert json.dumps(inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == bytes(
        tien.inhoud
    )
    assert sha256(manifest(editie).encode()).hexdigest() == editie.sha256
    assert f"{tien.sha256}  2.10.json\n" in manifest(editie)


def test_geen_enkel_klein_aantal_van_personen_staat_in_wat_bewaard_is(gemeente: Registratie):
    editie = vast()

    for rij in editie.tabellen.all():
        if TABELLEN[rij.tabel].over_personen:
            waarden = [
                waarde
                for deel in inhoud_van(rij)["delen"]
                for regel in deel["rijen"]
                for waarde, pct in zip(regel["waarden"], regel["procenten"], strict=True)
                if not pct
            ]
            assert not [w for w in waarden if isinstance(w, int) and 0 < w < 10], rij.tabel


def test_opnieuw_gemaakt_is_elke_tabel_gelijk(gemeente: Registratie):
    editie = vast(vergelijk=Q2)
    uitslag = controleer(Editie.objects.get(pk=editie.pk))
    assert uitslag.gelijk
    assert len(uitslag.tabellen) == len(TABELLEN)
    assert not any(deel.sindsdien for deel in uitslag.tabellen)
    assert uitslag.stamgegevens == {}


def test_gewijzigde_stamgegevens_maken_haar_niet_anders_en_worden_genoemd(gemeente: Registratie):
    editie = vast(vergelijk=Q2)

    Team.objects.filter(code="W2").update(naam="Wijkteam Anders", stadsdeel="Elders", code="W9")
    Team.objects.create(code="W3", naam="Wijkteam Drie", soort=1)
    Inwonertal.objects.update(inwoners=1, jeugdigen=1)
    Aanbieder.objects.create(naam="De Nieuwe")
    Instelling.objects.filter(sleutel=Instelling.KLEINE_AANTALLEN).update(waarde=3)

    uitslag = controleer(editie)
    assert uitslag.gelijk
    assert uitslag.stamgegevens == {"teams": 2, "inwonertallen": 3, "instellingen": 1, "aanbieders": 1}
    nu = {
        deel.rij.tabel: {c.cel.sleutel: (c.van, c.tot) for _, c in deel.sindsdien}
        for deel in uitslag.tabellen
    }
    assert nu["2.10"] == {
        "W2": ("< 10", "n.n.b."),
        "W9": ("n.n.b.", 6),
        "W3": ("n.n.b.", 0),
        "W10": ("< 10", 6),
    }
    assert Team.objects.get(code="W9").naam == "Wijkteam Anders"
    assert Voorzieningengroep.objects.exists()


def test_wie_er_iets_aan_verandert_krijgt_nee_van_de_database(gemeente: Registratie):
    editie = vast("2.4")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    for poging in (
        lambda: Editie.objects.filter(pk=editie.pk).update(titel="Anders"),
        lambda: editie.tabellen.update(inhoud=b"{}"),
        lambda: Editietabel.objects.all()._raw_delete(using="default"),
        lambda: connection.cursor().execute("TRUNCATE reporting_editie CASCADE"),
        lambda: Editietabel.objects.create(
            editie=editie, volgnummer=9, tabel="2.5", inhoud=b"{}", sha256="0" * 64
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            poging()


def test_een_tabel_die_er_later_bij_gezet_wordt_valt_op(gemeente: Registratie):
    editie = vast("2.4")
    (rij,) = editie.tabellen.all()
    Editietabel.objects.create(editie=editie, volgnummer=2, tabel="2.5", inhoud=rij.inhoud, sha256=rij.sha256)
    assert not controleer(editie).ongeschonden


@pytest.mark.parametrize(
    ("gevraagd", "waarom"),
    [
        ({"titel": "  "}, "Geef een titel op"),
        ({"tabellen": []}, "ten minste één tabel"),
        ({"periode": Periode.van_tekst("2199")}, "nog niet begonnen"),
    ],
)
@pytest.mark.django_db
def test_wat_niet_kan_wordt_geweigerd(gevraagd: dict[str, object], waarom: str):
    vraag = {"tabellen": ["2.4"], "periode": Q1, "titel": "Q1", **gevraagd}
    with pytest.raises(Geweigerd, match=waarom):
        stel_vast(**vraag)
    assert not Editie.objects.exists()


def test_wat_met_een_eerder_moment_binnenkwam_maakt_haar_anders_en_is_te_zien(gemeente: Registratie):
    editie = vast("2.4", "1.1")
    gemeente.contact("2015-01-06", "telefoon", geregistreerd_op=BEGIN)

    uitslag = controleer(editie)

    vier, een = uitslag.tabellen
    assert not uitslag.gelijk
    assert vier.gelijk
    assert [(p, c.cel.sleutel, c.van, c.tot) for p, c in een.anders] == [("2015-Q1", "telefoon", 1, 2)]


def test_op_de_opdrachtregel_vaststellen_tonen_en_controleren(
    gemeente: Registratie, capsys: pytest.CaptureFixture[str]
):
    call_command("editie", "vaststellen", "2.4", "2.5", "--periode", "2015-Q1", "--titel", "Q1")
    editie = Editie.objects.get()
    assert f"Editie {editie.pk} vastgesteld: 2 tabellen" in capsys.readouterr().out
    assert editie.namens

    call_command("editie", "toon")
    assert capsys.readouterr().out.endswith("  Q1\n")
    call_command("editie", "toon", str(editie.pk), "2.4")
    assert capsys.readouterr().out.encode() == bytes(editie.tabellen.get(tabel="2.4").inhoud)
    call_command("editie", "controleer", str(editie.pk))
    assert "gelijk, byte voor byte" in capsys.readouterr().out

    gemeente.melding("2015-01-06", geregistreerd_op=BEGIN)
    with pytest.raises(CommandError, match="niet gelijk"):
        call_command("editie", "controleer", str(editie.pk))
    assert "2.4 2015-Q1 totaal, 2015-Q1: vastgesteld 2, opnieuw 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("opdracht", "waarom"),
    [
        (("vaststellen", "9.9", "--periode", "2015", "--titel", "x"), "bestaat niet"),
        (("vaststellen", "2.4", "--periode", "nooit", "--titel", "x"), "niet te lezen"),
        (("vaststellen", "--periode", "2015", "--titel", "x", "--kanaal", "balie"), "alleen bij één tabel"),
        (("vaststellen", "2.4", "--periode", "2015", "--titel", " "), "Geef een titel op"),
        (("toon", "77"), "is er niet"),
        (("controleer", "77"), "is er niet"),
    ],
)
@pytest.mark.django_db
def test_een_opdracht_die_niet_kan_zegt_waarom(opdracht: tuple[str, ...], waarom: str):
    with pytest.raises(CommandError, match=waarom):
        call_command("editie", *opdracht)


ZONDER_TWEE_KLOKKEN = {
    "meldingen_stand": "derived from facts, with the moment from which each was known",
    "meldingen_melding": "when it came in, and `spoed_sinds`",
    "meldingen_toewijzing": "holds from a moment until another, both of them registered then",
    "households_persoon": "its key alone",
    "households_betrokkenheid": "holds from a moment until another, both of them registered then",
    "households_plan": "holds from a moment until another, both of them registered then",
    "households_regie": "holds from a moment until another, both of them registered then",
    "voorzieningen_besluit": "which levering belongs to a beschikking",
    "voorzieningen_levering": "`start_geregistreerd_op`",
}
"""What tables lean on beside facts with two clocks and stamgegevens, and why they can be made again nevertheless."""


@pytest.mark.django_db
def test_elke_tabel_leunt_op_feiten_met_twee_klokken_of_op_wat_een_editie_bewaart():
    with CaptureQueriesContext(connection) as gesteld:
        for tabel in TABELLEN:
            beantwoord(Vraag.van_invoer(tabel, periode="2015-Q1", bekend_op="2020-01-01"))
    sql = " ".join(vraag["sql"] for vraag in gesteld)
    tabellen = {model._meta.db_table: model for model in apps.get_models()}
    geraakt = {naam for naam in tabellen if f'"{naam}"' in sql}
    feiten = {naam for naam in geraakt if issubclass(tabellen[naam], Versie)}
    bewaard = {model._meta.db_table for model in MODELLEN}
    assert geraakt - feiten - bewaard == ZONDER_TWEE_KLOKKEN.keys(), (
        "Een tabel leunt op rijen die veranderen zonder dat te zien is wanneer. Zet ze in MODELLEN van "
        "reporting/stamgegevens.py, of zorg dat ook van toen te tellen is, en noem ze hier."
    )


def test_spoed_die_later_bleek_maakt_een_editie_niet_anders(registratie: Registratie, wijkwerker: Medewerker):
    melding = registratie.melding("2015-01-05")
    Melding.objects.filter(pk=melding.pk).update(geregistreerd_op=BEGIN)
    editie = vast("D.2")

    melder = Melder(Meldersoort.INWONER, "Jansen")
    workflow.voeg_toe(melding, vraag="nu meteen", melder=melder, spoed=True, door=wijkwerker)
    assert Melding.objects.get(pk=melding.pk).spoed_sinds > editie.bekend_op

    assert controleer(editie).gelijk


def test_onder_het_stroomschema_en_de_klachten_staat_wat_er_niet_in_zit(registratie: Registratie):
    registratie.melding("2015-01-05", categorie="")
    registratie.klacht("2015-01-05", "klacht")
    zes = antwoord_met_noten(Vraag.van_invoer("2.6", periode="2015-Q1", vergelijk="2015-Q2"))
    assert zes.noten == ["Zonder categorie, niet in deze figuur: 1 (2015-Q1)."]
    klachten = antwoord_met_noten(Vraag.van_invoer("2.27", periode="2015-Q1"))
    assert klachten.noten == ["Zonder wet, niet geteld: 1 (2015-Q1)."]
    assert {waarde for rij in klachten.rijen for waarde in rij.waarden} == {0}


@pytest.mark.parametrize("eerst_met", [True, False])
def test_of_tau_argus_er_is_maakt_een_editie_niet_anders(
    gemeente: Registratie, monkeypatch: pytest.MonkeyPatch, eerst_met: bool
):
    def weg(*_: object) -> None:
        raise GeenArgus("niet op deze machine")

    def kiest_de_laatste(sommen: list[list[int]], drempel: int) -> list[list[int]]:
        return [[len(som) - 1] for som in sommen]

    onder_de_drempel(gemeente)
    wegen = [kiest_de_laatste, weg]
    monkeypatch.setattr("reporting.onderdrukking.bijverborgen", wegen[not eerst_met])
    editie = vast("2.10", "2.13", "2.14")
    cache.clear()
    monkeypatch.setattr("reporting.onderdrukking.bijverborgen", wegen[eerst_met])

    uitslag = controleer(editie)

    assert any(keuze["weg"] or keuze["afgerond"] for keuze in editie.tabellen.all()[0].bescherming)
    assert uitslag.gelijk


def onder_de_drempel(gemeente: Registratie) -> None:
    """Of 2.10: one cell that is small, beside others that aren't, so that a second has to be hidden."""
    for code in ("W3", "W4"):
        gemeente.teams[code] = Team.objects.create(code=code, naam=f"Wijkteam {code}", soort=1)
    for nummer in range(60):
        client = Persoon.objects.create()
        gemeente.beschikking(client, "rolstoelen", "2015-01-05")
        gemeente.verblijf(client, ("W10", "W3", "W4")[nummer % 3], "2014-01-05")
