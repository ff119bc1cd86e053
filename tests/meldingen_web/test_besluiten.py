"""From aanvraag to hulp in the browser's terms: pages, forms, refusals, and who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households.models import Documentsoort
from meldingen.models import Melding, Soort, Status
from teams.models import Inzage, Medewerker, Rol, Team
from tests.besluiten.conftest import inhoud, maak_inwoner, maak_zaak
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.hulp import berichten, doe, fouten
from voorzieningen.models import (
    Afwijsgrond,
    Beschikking,
    Besluit,
    Besluitstatus,
    Financieringsvorm,
    Opschortgrond,
    Toetsstatus,
)


@pytest.fixture
def toetser(haven: Team) -> Medewerker:
    return stel_aan(
        MedewerkerFactory(username="toetser", first_name="Toos", last_name="Toetser"), Rol.TOETSER
    )


@pytest.fixture
def zaak(haven: Team, wijkwerker: Medewerker) -> Melding:
    return maak_zaak(haven, wijkwerker)


def binnen(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def dag(verder: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=verder)).strftime("%d-%m-%Y")


def ingevuld(zaak: Melding, **anders: Any) -> dict[str, Any]:
    """What a browser sends of a besluit."""
    wat = inhoud()
    return {
        "persoon": zaak.persoon_id,
        "voorziening": wat["voorziening"].pk,
        "financieringsvorm": wat["financieringsvorm"].value,
        "aanbieder": wat["aanbieder"].pk,
        "aantal": "2",
        "eenheid": wat["eenheid"].value,
        "per": wat["per"].value,
        "prijs": "50,00",
        "ingangsdatum": dag(),
        "einddatum": dag(181),
        "motivering": wat["motivering"],
        **anders,
    }


def stap(client: Client, besluit: Besluit, naam: str, **velden: Any) -> Any:
    weg = (
        "toets"
        if naam in ("toets-oppakken", "toets-vraag", "toets-akkoord", "toets-niet-akkoord")
        else "stappen"
    )
    return client.post(f"/besluiten/{besluit.pk}/{weg}/{naam}", velden)


def bereid_voor(client: Client, zaak: Melding, **anders: Any) -> Besluit:
    antwoord = client.post(f"/meldingen/{zaak.pk}/besluiten/nieuw", ingevuld(zaak, **anders))
    assert antwoord.status_code == 303, antwoord.context["form"].errors
    return Besluit.objects.latest("pk")


def test_van_aanvraag_tot_hulp_die_is_bijgesteld(
    zaak: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    werker, toets = binnen(wijkwerker), binnen(toetser)
    besluit = bereid_voor(werker, zaak)
    assert berichten(stap(werker, besluit, "toets-vragen"))[-1].startswith("De toets is gevraagd")
    assert f"besluit {besluit.pk}" in toets.get("/toetsen").content.decode()
    stap(toets, besluit, "toets-oppakken")
    stap(toets, besluit, "toets-vraag", vraag="Waarom geen dagbesteding?")
    pagina = werker.get(f"/besluiten/{besluit.pk}").content.decode()
    assert "Waarom geen dagbesteding?" in pagina
    assert "Beantwoord de vraag" in pagina
    stap(werker, besluit, "toets-antwoord", antwoord="Zij komt het huis niet uit.")
    stap(toets, besluit, "toets-akkoord", oordeel="Nu klopt het.")
    assert "Zet terug in voorbereiding" in werker.get(f"/besluiten/{besluit.pk}").content.decode()
    assert stap(toets, besluit, "terugnemen", reden="zomaar").status_code == 403
    assert set(fouten(stap(werker, besluit, "terugnemen"))) == {"reden"}
    assert "terug in voorbereiding" in berichten(stap(werker, besluit, "terugnemen", reden="meer uren"))[-1]
    for wie, volgende in ((werker, "toets-vragen"), (toets, "toets-oppakken")):
        stap(wie, besluit, volgende)
    stap(toets, besluit, "toets-akkoord", oordeel="Ook zo klopt het.")
    assert berichten(stap(werker, besluit, "toekennen", op=dag()))[-1].startswith(
        "De voorziening is toegekend"
    )
    assert berichten(stap(werker, besluit, "hulp-gestart", op=dag()))[-1].startswith(
        "De hulp is gestart, 0 dagen"
    )
    stap(werker, besluit, "bijstellen", aantal="2,2", vanaf=dag(), reden="zij viel van de trap")

    assert Melding.objects.get(pk=zaak.pk).status == Status.TOEGEKEND
    assert Beschikking.objects.get().persoon == zaak.persoon
    pagina = werker.get(f"/besluiten/{besluit.pk}").content.decode()
    assert "nu bijgesteld tot 2,20" in pagina
    assert "zij viel van de trap" in pagina

    handelingen = werker.get(f"/meldingen/{zaak.pk}").context["handelingen"]
    te_corrigeren = [regel.rij.soort for regel, formulier in handelingen.regels if formulier]
    assert Soort.PLAN_AKKOORD in te_corrigeren
    assert Soort.TOEGEKEND not in te_corrigeren


def test_een_aanvraag_voor_het_onderzoek_hoort_waarom_niet(haven: Team, wijkwerker: Medewerker) -> None:
    zaak = maak_zaak(haven, wijkwerker, tot="onderzoek")
    antwoord = doe(binnen(wijkwerker), zaak, "aanvraag", op=dag())
    assert antwoord.status_code == 409
    assert "pas na het onderzoek" in fouten(antwoord)["__all__"][0]


def test_wie_te_vroeg_een_besluit_wil_voorbereiden_leest_dat_meteen(
    haven: Team, wijkwerker: Medewerker
) -> None:
    zaak = maak_zaak(haven, wijkwerker, tot="onderzoek")
    html = binnen(wijkwerker).get(f"/meldingen/{zaak.pk}/besluiten/nieuw").content.decode()
    assert "Leg eerst de aanvraag vast." in html
    assert "Hoeveel" not in html


def test_een_toetser_ziet_voorletters_en_wat_er_eerder_stond_blijft_te_lezen(
    zaak: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, zaak)
    client.post(f"/besluiten/{besluit.pk}/wijzig", ingevuld(zaak, versie=1, motivering="korter"))
    assert f"Er stond: {inhoud()['motivering']}" in client.get(f"/besluiten/{besluit.pk}").content.decode()
    stap(client, besluit, "toets-vragen")
    html = binnen(toetser).get(f"/besluiten/{besluit.pk}").content.decode()
    assert "J. J., 1950" in html
    assert "Jansen" not in html


def test_op_de_melding_staan_de_termijnen_met_dag_en_waarom(zaak: Melding, wijkwerker: Medewerker) -> None:
    pagina = binnen(wijkwerker).get(f"/meldingen/{zaak.pk}").content.decode()
    assert "Besluit:" in pagina
    assert "nog " in pagina
    assert "art. 2.3.5, tweede lid" in pagina
    doe(
        binnen(wijkwerker),
        zaak,
        "opschorting",
        grond=Opschortgrond.AANVULLING.value,
        van=dag(-1),
        reden="er ontbreekt een rekening",
    )
    pagina = binnen(wijkwerker).get(f"/meldingen/{zaak.pk}").content.decode()
    assert "staat stil" in pagina
    assert doe(binnen(wijkwerker), zaak, "opschorting/einde", tot=dag()).status_code == 303


@pytest.mark.parametrize(
    ("velden", "veld", "zegt"),
    [
        ({"einddatum": dag(-1)}, "einddatum", "ligt voor de ingangsdatum"),
        ({"aantal": "0"}, "aantal", "boven de nul"),
        ({"aantal": "veel"}, "aantal", "getal"),
        ({"ingangsdatum": "30-02-2026"}, "ingangsdatum", "geldige datum"),
        ({"financieringsvorm": Financieringsvorm.PGB.value}, "aanbieder", "laat dit leeg"),
        ({"voorziening": "999999"}, "voorziening", "geldige keuze"),
        ({"financieringsvorm": "9"}, "financieringsvorm", "geldige keuze"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_het_getypte_blijft_staan(
    zaak: Melding, wijkwerker: Medewerker, velden: dict[str, str], veld: str, zegt: str
) -> None:
    getypt = ingevuld(zaak, motivering="een <b>eigen</b> verhaal 🙂", **velden)
    antwoord = binnen(wijkwerker).post(f"/meldingen/{zaak.pk}/besluiten/nieuw", getypt)
    assert antwoord.status_code == 200
    assert zegt in str(antwoord.context["form"].errors[veld]), antwoord.context["form"].errors
    assert "een &lt;b&gt;eigen&lt;/b&gt; verhaal 🙂" in antwoord.content.decode()
    assert not Besluit.objects.exists()


def test_pgb_naast_zin_wordt_op_de_server_geweigerd(zaak: Melding, wijkwerker: Medewerker) -> None:
    client = binnen(wijkwerker)
    bereid_voor(client, zaak)
    pgb = ingevuld(zaak, financieringsvorm=Financieringsvorm.PGB.value, aanbieder="")
    antwoord = client.post(f"/meldingen/{zaak.pk}/besluiten/nieuw", pgb)
    assert antwoord.status_code == 409
    assert "naast elkaar kan niet" in antwoord.content.decode()


def test_de_toets_zegt_wat_er_ontbreekt_en_dat_is_ter_plekke_aan_te_vullen(
    haven: Team, wijkwerker: Medewerker
) -> None:
    kaal = maak_inwoner(haven, wijkwerker, bsn="")
    kaal.identiteitscontroles.all().delete()
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, maak_zaak(haven, wijkwerker, persoon=kaal))
    antwoord = stap(client, besluit, "toets-vragen")
    assert antwoord.status_code == 409
    assert fouten(antwoord)["__all__"] == [
        "Dit ontbreekt nog voor de toets: Burgerservicenummer, Identiteit gezien."
    ]
    verkeerd = stap(client, besluit, "persoon", bsn="123456789")
    assert "elfproef" in fouten(verkeerd)["__all__"][0]
    half = stap(client, besluit, "persoon", document=Documentsoort.RIJBEWIJS.value)
    assert "allebei" in fouten(half)["gezien_op"][0]
    goed = stap(
        client,
        besluit,
        "persoon",
        bsn="9999.90.019",
        document=Documentsoort.PASPOORT.value,
        gezien_op=dag(),
    )
    assert goed.status_code == 303
    assert stap(client, besluit, "toets-vragen").status_code == 303
    kaal.refresh_from_db()
    assert kaal.bsn == "999990019"


def test_een_bsn_van_een_ander_wordt_geweigerd(haven: Team, wijkwerker: Medewerker) -> None:
    maak_inwoner(haven, wijkwerker, bsn="999990019")
    kaal = maak_inwoner(haven, wijkwerker, bsn="")
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, maak_zaak(haven, wijkwerker, persoon=kaal))
    antwoord = stap(client, besluit, "persoon", bsn="999990019")
    assert "hoort al bij iemand anders" in fouten(antwoord)["__all__"][0]


def test_wie_op_een_oud_scherm_bewaart_ziet_beide_en_verliest_niets(
    zaak: Melding, wijkwerker: Medewerker, buur: Medewerker
) -> None:
    besluit = bereid_voor(binnen(wijkwerker), zaak)
    url = f"/besluiten/{besluit.pk}/wijzig"
    assert binnen(buur).post(url, ingevuld(zaak, versie=1, motivering="van de buur")).status_code == 303
    antwoord = binnen(wijkwerker).post(url, ingevuld(zaak, versie=1, motivering="van mij"))
    html = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "Bo Buur wijzigde dit besluit intussen" in html
    assert "van de buur" in html
    assert "van mij" in html
    assert Besluit.objects.get().motivering == "van de buur"
    assert binnen(wijkwerker).post(url, ingevuld(zaak, versie=2, motivering="samen")).status_code == 303
    assert Besluit.objects.get().motivering == "samen"


def test_een_toetser_ziet_alleen_wat_ter_toets_ligt(
    zaak: Melding, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    besluit = bereid_voor(binnen(wijkwerker), zaak)
    toets = binnen(toetser)
    assert toets.get(f"/besluiten/{besluit.pk}").status_code == 404
    stap(binnen(wijkwerker), besluit, "toets-vragen")
    html = toets.get(f"/besluiten/{besluit.pk}").content.decode()
    assert "Pak de toets op" in html
    assert "Neem de toets terug" not in html
    assert Inzage.objects.filter(
        medewerker=toetser, onderwerp="voorzieningen.Besluit", toegestaan=True
    ).exists()
    assert stap(toets, besluit, "intrekken", reden="zomaar").status_code == 403


def test_wie_een_toets_vroeg_kan_hem_niet_zelf_doen(zaak: Melding, wijkwerker: Medewerker) -> None:
    stel_aan(wijkwerker, Rol.TOETSER)
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, zaak)
    stap(client, besluit, "toets-vragen")
    assert stap(client, besluit, "toets-oppakken").status_code == 404
    assert besluit.toetsen.get().status == Toetsstatus.GEVRAAGD


def test_niet_toekennen_vraagt_een_grond_en_een_motivering(zaak: Melding, wijkwerker: Medewerker) -> None:
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, zaak)
    leeg = stap(client, besluit, "afwijzen", op=dag())
    assert set(fouten(leeg)) == {"grond", "motivering"}
    grond = Afwijsgrond.ANDERE_OPLOSSING.value
    stap(client, besluit, "afwijzen", op=dag(), grond=grond, motivering="Uw buurvrouw helpt u.")
    assert Besluit.objects.get().status == Besluitstatus.AFGEWEZEN
    assert Melding.objects.get(pk=zaak.pk).status == Status.NIET_TOEGEKEND


def test_een_onbekende_stap_bestaat_niet(zaak: Melding, wijkwerker: Medewerker) -> None:
    besluit = bereid_voor(binnen(wijkwerker), zaak)
    assert stap(binnen(wijkwerker), besluit, "weggooien").status_code == 404
    assert binnen(wijkwerker).post(f"/besluiten/{besluit.pk}/stappen/toets-akkoord").status_code == 404
