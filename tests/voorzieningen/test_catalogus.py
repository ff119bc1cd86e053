"""The catalogue changes with time: what was granted keeps its name, and reports keep counting."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from households.models import Persoon
from meldingen.forms.besluiten import Besluitformulier
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Rol
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, stel_aan
from voorzieningen import workflow
from voorzieningen.models import Beschikking, Cataloguswijziging, Voorziening, Voorzieningengroep

DAG = date(2026, 7, 1)
EERDER, LATER = DAG - timedelta(days=30), DAG + timedelta(days=30)


@pytest.fixture
def beheerder(db: None) -> Medewerker:
    return stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER)


@pytest.fixture
def groep(db: None) -> Voorzieningengroep:
    return Voorzieningengroep.objects.get(naam="begeleiding")


@pytest.fixture
def product(groep: Voorzieningengroep) -> Voorziening:
    return groep.voorzieningen.order_by("pk")[0]


def te_kiezen() -> set[int]:
    veld: Any = Besluitformulier([]).fields["voorziening"]
    return set(veld.queryset.values_list("pk", flat=True))


def test_een_andere_naam_geldt_vanaf_een_dag_en_laat_het_oude_staan(
    product: Voorziening, beheerder: Medewerker
) -> None:
    inwoner = Persoon.objects.create(achternaam="Jansen")
    oud = Beschikking.objects.create(persoon=inwoner, voorziening=product, ingangsdatum=EERDER)
    heette = product.naam
    nieuw = workflow.hernoem_voorziening(product, " thuisbegeleiding ", vanaf=DAG, door=beheerder)
    product.refresh_from_db()

    assert (product.naam, product.geldig_tot) == (heette, DAG)
    assert (nieuw.naam, nieuw.code, nieuw.geldig_van, nieuw.geldig_tot) == (
        "thuisbegeleiding",
        product.code,
        DAG,
        None,
    )
    oud.refresh_from_db()
    assert oud.voorziening.naam == heette
    assert [rij.wijzigingen for rij in Cataloguswijziging.objects.order_by("pk")] == [
        {"geldig_tot": [None, "2026-07-01"]},
        {"naam": [heette, "thuisbegeleiding"], "geldig_van": [None, "2026-07-01"]},
    ]
    assert {rij.door for rij in Cataloguswijziging.objects.all()} == {beheerder}


def test_wat_eindigde_is_niet_meer_te_kiezen_en_wat_ermee_loopt_blijft(
    product: Voorziening, beheerder: Medewerker
) -> None:
    inwoner = Persoon.objects.create(achternaam="Jansen")
    loopt = Beschikking.objects.create(persoon=inwoner, voorziening=product, ingangsdatum=EERDER)
    assert product.pk in te_kiezen()
    workflow.beeindig_voorziening(product, op=DAG, door=beheerder)
    assert product.pk not in te_kiezen()
    assert Beschikking.objects.loopt_tussen(LATER, LATER + timedelta(days=1)).filter(pk=loopt.pk).exists()


def test_wat_erbij_komt_geldt_voor_zijn_dagen(groep: Voorzieningengroep, beheerder: Medewerker) -> None:
    nieuw = workflow.voeg_voorziening_toe(
        groep, "beeldbellen", geldig_van=EERDER, geldig_tot=None, door=beheerder
    )
    assert nieuw.pk in te_kiezen()
    assert nieuw.code == "beeldbellen"
    kort = workflow.voeg_voorziening_toe(groep, "proef", geldig_van=EERDER, geldig_tot=DAG, door=beheerder)
    assert kort.pk not in te_kiezen()
    # After its end the name is free again.
    workflow.voeg_voorziening_toe(groep, "proef", geldig_van=DAG, door=beheerder)


def test_een_groep_verandert_met_alles_erin_en_de_codes_blijven(
    groep: Voorzieningengroep, beheerder: Medewerker
) -> None:
    namen = list(groep.voorzieningen.order_by("pk").values_list("naam", flat=True))
    nieuw = workflow.wijzig_groep(groep, vanaf=DAG, naam="ondersteuning", door=beheerder)
    groep.refresh_from_db()
    assert (groep.naam, groep.geldig_tot) == ("begeleiding", DAG)
    assert (nieuw.naam, nieuw.code, nieuw.cluster) == ("ondersteuning", "begeleiding", groep.cluster)
    assert list(nieuw.voorzieningen.order_by("pk").values_list("naam", flat=True)) == namen
    assert set(groep.voorzieningen.values_list("geldig_tot", flat=True)) == {DAG}
    workflow.beeindig_groep(nieuw, op=LATER, door=beheerder)
    assert set(nieuw.voorzieningen.values_list("geldig_tot", flat=True)) == {LATER}


def test_een_naam_die_vrijkwam_is_voor_iets_anders_te_gebruiken_en_telt_apart(
    groep: Voorzieningengroep, beheerder: Medewerker
) -> None:
    heette = groep.voorzieningen.order_by("pk")[0]
    workflow.hernoem_voorziening(heette, "anders", vanaf=DAG, door=beheerder)
    with pytest.raises(Geweigerd, match="die periode al in de catalogus"):
        workflow.voeg_voorziening_toe(groep, heette.naam, geldig_van=EERDER, door=beheerder)
    product = workflow.voeg_voorziening_toe(groep, heette.naam, geldig_van=DAG, door=beheerder)
    assert (product.naam, product.code) == (heette.naam, f"{heette.code} (2)")

    for nummer in (2, 3):
        vanaf = DAG + timedelta(days=nummer)
        vorige = Voorzieningengroep.objects.filter(wet=groep.wet, naam="begeleiding").latest("pk")
        workflow.wijzig_groep(vorige, vanaf=vanaf, naam=f"ondersteuning {nummer}", door=beheerder)
        eigen = {"wet": groep.wet, "cluster": groep.cluster, "naam": "begeleiding", "geldig_van": vanaf}
        nieuw = workflow.voeg_groep_toe(Voorzieningengroep(**eigen), door=beheerder)
        assert (nieuw.naam, nieuw.code) == ("begeleiding", f"begeleiding ({nummer})")


@pytest.mark.parametrize(
    ("doe", "melding"),
    [
        (lambda p, d: workflow.beeindig_voorziening(p, op=EERDER, door=d), "geldt pas vanaf"),
        (lambda p, d: workflow.hernoem_voorziening(p, "x", vanaf=EERDER, door=d), "geldt pas vanaf"),
        (lambda p, d: workflow.hernoem_voorziening(p, "  ", vanaf=LATER, door=d), "Geef een naam op"),
        (
            lambda p, d: workflow.hernoem_voorziening(p, "proef", vanaf=LATER, door=d),
            "heet deze voorziening al",
        ),
        (
            lambda p, d: workflow.voeg_voorziening_toe(p.groep, "proef", geldig_van=LATER, door=d),
            "al in de catalogus",
        ),
        (lambda p, d: workflow.hernoem_voorziening(p, "bezet", vanaf=LATER, door=d), "al in de catalogus"),
        (
            lambda p, d: workflow.voeg_voorziening_toe(
                p.groep, "y", geldig_van=LATER, geldig_tot=DAG, door=d
            ),
            "einde ligt voor het begin",
        ),
        (lambda p, d: workflow.wijzig_groep(p.groep, vanaf=LATER, door=d), "niets anders"),
        (
            lambda p, d: workflow.wijzig_groep(p.groep, vanaf=LATER, naam="rolstoelen", door=d),
            "al in de catalogus",
        ),
    ],
)
def test_wat_niet_kan_zegt_waarom_en_laat_alles_zoals_het_was(
    groep: Voorzieningengroep, beheerder: Medewerker, doe: Any, melding: str
) -> None:
    proef = workflow.voeg_voorziening_toe(groep, "proef", geldig_van=DAG, door=beheerder)
    workflow.voeg_voorziening_toe(groep, "bezet", door=beheerder)
    ervoor = list(Voorziening.objects.order_by("pk").values()), Cataloguswijziging.objects.count()
    with pytest.raises(Geweigerd, match=melding):
        doe(proef, beheerder)
    assert (list(Voorziening.objects.order_by("pk").values()), Cataloguswijziging.objects.count()) == ervoor


def test_buiten_de_groep_of_na_het_einde_kan_niets(groep: Voorzieningengroep, beheerder: Medewerker) -> None:
    workflow.beeindig_groep(groep, op=DAG, door=beheerder)
    with pytest.raises(Geweigerd, match="geldt tot 01-07-2026"):
        workflow.voeg_voorziening_toe(groep, "te laat", door=beheerder)
    with pytest.raises(Geweigerd, match="al niet meer"):
        workflow.beeindig_groep(groep, op=LATER, door=beheerder)


def test_de_database_laat_niets_overschrijven_verwijderen_of_overlappen(
    product: Voorziening, beheerder: Medewerker
) -> None:
    Beschikking.objects.create(persoon=Persoon.objects.create(), voorziening=product, ingangsdatum=EERDER)
    workflow.hernoem_voorziening(product, "anders", vanaf=DAG, door=beheerder)
    rijen, regels = Voorziening.objects.filter(pk=product.pk), Cataloguswijziging.objects.all()
    for doe in (
        lambda: rijen.update(naam="overschreven"),
        lambda: rijen.update(code="overschreven"),
        lambda: rijen.update(geldig_van=DAG),
        lambda: rijen.update(geldig_tot=LATER),
        lambda: Voorzieningengroep.objects.filter(pk=product.groep_id).update(cluster="ander"),
        lambda: regels.update(wijzigingen={}),
        lambda: regels._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()
    with pytest.raises(ProtectedError):
        product.delete()


def test_van_twee_nieuwe_namen_tegelijk_wint_er_een(eigen_database: EigenDatabase) -> None:
    door = stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER)
    product = Voorziening.objects.order_by("pk")[0]
    start, uitkomsten = Barrier(2), []

    def hernoem(naam: str) -> None:
        try:
            start.wait(30)
            workflow.hernoem_voorziening(product, naam, vanaf=DAG, door=door)
            uitkomsten.append("")
        except Geweigerd as fout:
            uitkomsten.append(str(fout))
        finally:
            connection.close()

    draden = [Thread(target=hernoem, args=[naam]) for naam in ("een", "twee")]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert [bool(uitkomst) for uitkomst in sorted(uitkomsten)] == [False, True]
    assert "al niet meer" in max(uitkomsten)
    assert Voorziening.objects.filter(groep=product.groep, code=product.code).count() == 2


# ---- in beheer ----


@pytest.fixture
def client(beheerder: Medewerker) -> Client:
    client = Client()
    client.force_login(beheerder)
    return client


def stuur(client: Client, product: Voorziening, **velden: str) -> Any:
    inhoud = {"naam": product.naam, "geldig_tot": "", "vanaf": "", **velden}
    pad = f"/beheer/voorzieningen/voorziening/{product.pk}/change/"
    return client.post(pad, inhoud, follow=True)


def test_beheer_voegt_toe_hernoemt_beeindigt_en_ziet_wie_dat_deed(
    client: Client, groep: Voorzieningengroep
) -> None:
    client.post(
        "/beheer/voorzieningen/voorziening/add/",
        {"groep": groep.pk, "naam": "beeldbellen", "geldig_van": "2026-01-01", "geldig_tot": ""},
    )
    nieuw = Voorziening.objects.get(naam="beeldbellen")
    assert "Vul in vanaf welke dag" in stuur(client, nieuw, naam="beeldzorg").content.decode()
    stuur(client, nieuw, naam="beeldzorg", vanaf="2026-07-01")
    beeldzorg = Voorziening.objects.get(naam="beeldzorg")
    assert beeldzorg.code == "beeldbellen"
    stuur(client, beeldzorg, geldig_tot="2026-12-31")
    beeldzorg.refresh_from_db()
    assert beeldzorg.geldig_tot == date(2026, 12, 31)

    pagina = client.get(f"/beheer/voorzieningen/voorziening/{beeldzorg.pk}/change/").content.decode()
    assert "naam: beeldbellen → beeldzorg" in pagina
    assert "geldig_tot: – → 2026-12-31" in pagina
    assert "beheer" in pagina


def test_beheer_hoort_waarom_iets_niet_kan_en_verwijdert_niets(
    client: Client, groep: Voorzieningengroep, beheerder: Medewerker
) -> None:
    proef = workflow.voeg_voorziening_toe(groep, "proef", geldig_van=DAG, door=beheerder)
    antwoord = stuur(client, proef, geldig_tot="2026-06-01")
    assert "geldt pas vanaf 01-07-2026" in antwoord.content.decode()
    assert client.post(f"/beheer/voorzieningen/voorziening/{proef.pk}/delete/").status_code == 403
    beide = stuur(client, proef, naam="x", vanaf="2026-08-01", geldig_tot="2026-09-01")
    assert "daarna het einde" in beide.content.decode()


def test_beheer_wijzigt_een_groep_vanaf_een_dag(client: Client, groep: Voorzieningengroep) -> None:
    pad = f"/beheer/voorzieningen/voorzieningengroep/{groep.pk}/change/"
    inhoud = {
        "cluster": "ander cluster",
        "naam": groep.naam,
        "telt_als_wmo_client": "on",
        "jeugdsoort": "",
        "geldig_tot": "",
        "vanaf": "2026-07-01",
    }
    assert client.post(pad, inhoud).status_code == 302
    oud, nieuw = Voorzieningengroep.objects.filter(wet=groep.wet, code=groep.code).order_by("pk")
    assert (oud.cluster, nieuw.cluster) == (groep.cluster, "ander cluster")
    assert nieuw.voorzieningen.count() == oud.voorzieningen.count()
    weer = client.post(pad, inhoud | {"cluster": oud.cluster})
    assert "begint niet vanzelf weer" in weer.content.decode()
