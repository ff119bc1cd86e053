"""The tijdlijn of a household: everything, by kind and by person; notes; and what is printed for one member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households import tijdlijn as lijnen
from households import workflow as huishoudens
from households.models import Huishouden, Huishoudnotitie, Persoon, Relatiesoort, Rol
from households.tijdlijn import Groep, Regel
from meldingen import workflow
from meldingen.models import Concept, Contactkanaal, Klantcontact, Melding, Opschaling, Thema
from teams.models import Handeling, Inzage, Medewerker
from tests.factories import PersoonFactory
from tests.meldingen_web.hulp import berichten, fouten
from tests.meldingen_web.test_huishouden import tekst

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis(melding: Melding, wijkwerker: Medewerker) -> Huishouden:
    """Jo with Kim (ten) over whom Jo has gezag, and Sam (fifteen) over whom Jo has it, too."""
    assert melding.huishouden
    for naam, jaren in (("Kim", 10), ("Sam", 15)):
        geboren = timezone.localdate() - timedelta(days=int(jaren * 365.25) + 9)
        kind = PersoonFactory(voornamen=naam, achternaam="Jansen", geboortedatum=geboren)
        huishoudens.neem_op(
            kind, melding.huishouden, vanaf=geboren, postcode="1316AA", rol=Rol.KIND, door=wijkwerker
        )
        huishoudens.leg_relatie_vast(wie("Jo"), Relatiesoort.GEZAG, kind, vanaf=geboren, door=wijkwerker)
    return melding.huishouden


def wie(naam: str) -> Persoon:
    return Persoon.objects.get(voornamen=naam)


def pad(huis: Huishouden, rest: str = "") -> str:
    return f"/huishoudens/{huis.pk}{rest}"


def regels(antwoord: Any) -> list[Regel]:
    return [regel for regel, _ in antwoord.context["regels"]]


@pytest.fixture
def vol(huis: Huishouden, melding: Melding, wijkwerker: Medewerker) -> Huishouden:
    """Something of every kind, also a melding of Sam and one of Kim."""
    workflow.noteer(melding, tekst="notitie bij de melding", door=wijkwerker)
    Klantcontact.objects.create(
        datum=timezone.localdate(),
        kanaal=Contactkanaal.TELEFOON,
        thema=Thema.JEUGD_EN_OPVOEDING,
        melding=melding,
    )
    for naam in ("Sam", "Kim"):
        workflow.ontvang(
            persoon=wie(naam),
            huishouden=huis,
            vraag=f"vraag van {naam}",
            op=timezone.localdate(),
            door=wijkwerker,
        )
    workflow.neem_terugbelverzoek_aan(
        naam="Sam zelf", telefoon="0612345678", persoon=wie("Sam"), team=melding.team, door=wijkwerker
    )
    huishoudens.maak_contactpersoon(huis, wijkwerker, door=wijkwerker)
    huishoudens.noteer(huis, tekst="samen gegeten", personen=[wie("Jo"), wie("Sam")], door=wijkwerker)
    huishoudens.noteer(huis, tekst="wil bij vader wonen", eigen_van=wie("Sam"), door=wijkwerker)
    huishoudens.noteer(huis, tekst="drinkt weer", eigen_van=wie("Jo"), door=wijkwerker)
    huishoudens.wijzig_rol(huis, wie("Kim"), rol=Rol.OVERIG, op=timezone.localdate(), door=wijkwerker)
    return huis


def test_de_tijdlijn_toont_alles_wat_er_om_een_huishouden_gebeurde(bezoek: Client, vol: Huishouden) -> None:
    antwoord = bezoek.get(pad(vol))
    soorten = {regel.soort for regel in regels(antwoord)}
    assert soorten >= {
        "feit", "notitie", "klantcontact", "terugbelverzoek", "huishoudnotitie", "gezinswijziging",
        "betrokkenheid", "relatie", "koppeling",
    }  # fmt: skip
    gelezen = tekst(antwoord)
    for woorden in (
        "Contact met het KCC",
        "over Jo Jansen, Sam Jansen",
        "alleen voor deze persoon",
        "wijkwerker is vaste contactpersoon",
        "Kim Jansen: andere plaats in het huishouden",
    ):
        assert woorden in gelezen


@pytest.mark.parametrize(
    ("soort", "verwacht"),
    [
        ("notities", {"notitie", "huishoudnotitie"}),
        ("gezin", {"gezinswijziging", "relatie"}),
        ("contacten", {"klantcontact", "terugbelverzoek"}),
        ("betrokkenen", {"betrokkenheid"}),
        ("besluiten", set()),
    ],
)
def test_de_tijdlijn_op_soort(bezoek: Client, vol: Huishouden, soort: str, verwacht: set[str]) -> None:
    assert {regel.soort for regel in regels(bezoek.get(pad(vol), {"soort": soort}))} == verwacht


def test_de_tijdlijn_op_persoon_en_onzin_toont_alles(bezoek: Client, vol: Huishouden) -> None:
    sam = wie("Sam").pk
    over_sam = regels(bezoek.get(pad(vol), {"persoon": sam}))
    assert {regel.soort for regel in over_sam} == {"feit", "relatie", "huishoudnotitie", "terugbelverzoek"}
    assert all(sam in regel.personen for regel in over_sam)
    assert len(regels(bezoek.get(pad(vol), {"persoon": sam, "soort": "notities"}))) == 2
    alles = len(regels(bezoek.get(pad(vol))))
    for onzin in ({"persoon": "x"}, {"soort": "onzin"}, {"persoon": "987654"}):
        assert len(regels(bezoek.get(pad(vol), onzin))) == alles


def test_een_ander_onderdeel_vertelt_mee_op_de_tijdlijn(
    bezoek: Client, huis: Huishouden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lijnen, "BRONNEN", {})
    monkeypatch.setattr(lijnen, "GROEP_VAN", dict(lijnen.GROEP_VAN))

    @lijnen.bron("besluit", Groep.BESLUITEN)
    def besluiten(huishouden: int) -> list[Regel]:
        nu = timezone.now()
        wat = f"Besluit bij {huishouden}"
        return [Regel(0, "besluit", 1, timezone.localdate(), nu, "T. Toetser", wat)]

    assert f"Besluit bij {huis.pk}" in tekst(bezoek.get(pad(huis)))
    with pytest.raises(ValueError, match="heeft al een bron"):
        lijnen.bron("besluit", Groep.BESLUITEN)(lambda huishouden: [])


def test_van_een_opschaling_bij_een_melding_die_men_niet_leest_staat_alleen_dat_zij_er_was(
    buur: Medewerker, wijkwerker: Medewerker, opgeschaald: Opschaling, huis: Huishouden
) -> None:
    bo = Client()
    bo.force_login(buur)
    stap = [regel for regel in regels(bo.get(pad(huis))) if regel.soort == "opschalingstap"]
    assert "Is thuis wonen nog veilig?" in stap[0].tekst
    huishoudens.splits(huis, [wie("Jo")], op=timezone.localdate(), geheim="veiligheid", door=wijkwerker)
    stap = [regel for regel in regels(bo.get(pad(huis))) if regel.soort == "opschalingstap"]
    assert [regel.tekst for regel in stap] == [""]


def afdruk(client: Client, huis: Huishouden, naam: str, notities: Sequence[object] = ()) -> Any:
    return client.get(pad(huis), {"afdruk": "", "lid": wie(naam).pk, "notitie": notities})


def test_een_afdruk_voor_een_lid_is_zonder_wat_van_een_ander_is(bezoek: Client, vol: Huishouden) -> None:
    jo = tekst(afdruk(bezoek, vol, "Jo"))
    for woorden in (
        "Afdruk voor Jo Jansen",
        "drinkt weer",
        "vraag van Kim",
        "Hulp na een val",
    ):
        assert woorden in jo
    for geheim in ("wil bij vader", "vraag van Sam", "Sam zelf"):
        assert geheim not in jo
    sam = tekst(afdruk(bezoek, vol, "Sam"))
    for woorden in ("wil bij vader wonen", "vraag van Sam", "Sam zelf"):
        assert woorden in sam
    for geheim in ("drinkt weer", "Hulp na een val", "vraag van Kim", "notitie bij de melding"):
        assert geheim not in sam


def test_een_notitie_die_niet_van_het_lid_alleen_is_komt_pas_op_de_afdruk_als_iemand_haar_koos(
    bezoek: Client, vol: Huishouden, wijkwerker: Medewerker
) -> None:
    def op_papier(*notities: object) -> set[str]:
        antwoord = afdruk(bezoek, vol, "Jo", notities)
        return {regel.tekst for regel in regels(antwoord) if regel.soort == "huishoudnotitie"}

    huishoudens.noteer(vol, tekst="Jo zoekt werk", personen=[wie("Jo")], door=wijkwerker)
    huishoudens.noteer(vol, tekst="er wordt veel geroepen", door=wijkwerker)
    samen, ongemerkt, van_sam = (
        Huishoudnotitie.objects.get(tekst=woorden).pk
        for woorden in ("samen gegeten", "er wordt veel geroepen", "wil bij vader wonen")
    )
    vanzelf = {"drinkt weer", "Jo zoekt werk"}
    assert op_papier() == op_papier("x") == op_papier(van_sam) == op_papier(samen, van_sam) == vanzelf
    assert op_papier(samen) == {*vanzelf, "samen gegeten"}
    assert op_papier(samen, ongemerkt) == {*vanzelf, "samen gegeten", "er wordt veel geroepen"}
    keuze = afdruk(bezoek, vol, "Jo").context["notitiekeuze"].fields["notitie"].choices
    assert {sleutel for sleutel, _ in keuze} == {samen, ongemerkt}
    assert "Notities van het huishouden op deze afdruk" in tekst(afdruk(bezoek, vol, "Jo", [samen]))


def test_een_afdruk_voor_een_lid_staat_bij_dat_lid_in_het_logboek(bezoek: Client, vol: Huishouden) -> None:
    afdruk(bezoek, vol, "Sam")
    gedrukt = Inzage.objects.filter(handeling=Handeling.AFGEDRUKT)
    assert {(rij.onderwerp, rij.sleutel) for rij in gedrukt} == {
        ("households.Huishouden", vol.pk),
        ("households.Persoon", wie("Sam").pk),
    }
    for onzin in ("987654", "x"):
        assert bezoek.get(pad(vol), {"afdruk": "", "lid": onzin}).status_code == 404


# Notities


def test_een_notitie_over_meer_leden_wordt_bewaard_en_het_concept_is_weg(
    bezoek: Client, huis: Huishouden
) -> None:
    slug = f"huishouden-notitie-{huis.pk}"
    bezoek.post(f"/concepten/{slug}", {"tekst": "half af"})
    assert "half af" in bezoek.get(pad(huis)).content.decode()
    velden = {"tekst": "Kim en Sam slapen slecht", "personen": [wie("Kim").pk, wie("Sam").pk]}
    antwoord = bezoek.post(pad(huis, "/notities"), velden)
    assert berichten(antwoord) == ["De notitie is bewaard."]
    assert set(Huishoudnotitie.objects.get().personen.all()) == {wie("Kim"), wie("Sam")}
    assert not Concept.objects.exists()


def test_een_eigen_notitie_van_een_kind_onder_de_twaalf_wordt_geweigerd(
    bezoek: Client, huis: Huishouden
) -> None:
    antwoord = bezoek.post(pad(huis, "/notities"), {"tekst": "mijn woorden", "eigen_van": wie("Kim").pk})
    assert antwoord.status_code == 409
    assert "jonger dan 12" in fouten(antwoord)["__all__"][0]
    assert "mijn woorden" in antwoord.content.decode()


@pytest.fixture
def notitie(huis: Huishouden, wijkwerker: Medewerker) -> Huishoudnotitie:
    return huishoudens.noteer(huis, tekst="Eerste tekst", door=wijkwerker)


def test_een_notitie_verbeteren_laat_zien_wat_er_stond(
    bezoek: Client, huis: Huishouden, notitie: Huishoudnotitie
) -> None:
    waar = pad(huis, f"/notities/{notitie.pk}")
    assert 'value="1"' in bezoek.get(waar).content.decode()
    assert bezoek.post(waar, {"tekst": "Betere tekst", "gezien": 1}).status_code == 303
    gelezen = tekst(bezoek.get(waar))
    for woorden in ("Dit staat er nu", "Betere tekst", "1e tekst", "Eerste tekst", "aangepast"):
        assert woorden in gelezen
    assert bezoek.get(pad(huis, "/notities/987654")).status_code == 404


def test_twee_die_dezelfde_notitie_verbeteren_raken_geen_woord_kwijt(
    bezoek: Client, huis: Huishouden, notitie: Huishoudnotitie, buur: Medewerker
) -> None:
    waar = pad(huis, f"/notities/{notitie.pk}")
    huishoudens.verbeter_notitie(huis, notitie.reeks, gezien=1, tekst="Tekst van Bo", door=buur)
    antwoord = bezoek.post(waar, {"tekst": "Tekst van mij", "gezien": 1})
    assert antwoord.status_code == 409
    gelezen = tekst(antwoord)
    for woorden in ("U schreef met twee tegelijk", "Bo Buur heeft deze notitie intussen aangepast"):
        assert woorden in gelezen
    samen = antwoord.context["formulier"]["samen"].value()
    assert samen == "Tekst van Bo\n\nTekst van mij"
    keuze = {"tekst": "Tekst van mij", "gezien": 2, "keuze": "samen", "samen": samen}
    assert bezoek.post(waar, keuze).status_code == 303
    assert Huishoudnotitie.objects.bekend_op(None).get().tekst.splitlines() == [
        "Tekst van Bo",
        "",
        "Tekst van mij",
    ]
    assert "twee mensen schreven tegelijk" in tekst(bezoek.get(pad(huis)))


@pytest.mark.parametrize(("keuze", "geldt"), [("hun", "Tekst van Bo"), ("mijn", "Tekst van mij")])
def test_wat_niet_gekozen_is_blijft_in_de_geschiedenis(
    bezoek: Client, huis: Huishouden, notitie: Huishoudnotitie, buur: Medewerker, keuze: str, geldt: str
) -> None:
    waar = pad(huis, f"/notities/{notitie.pk}")
    huishoudens.verbeter_notitie(huis, notitie.reeks, gezien=1, tekst="Tekst van Bo", door=buur)
    assert bezoek.post(waar, {"tekst": "Tekst van mij", "gezien": 2, "keuze": keuze}).status_code == 303
    assert Huishoudnotitie.objects.bekend_op(None).get().tekst == geldt
    gelezen = tekst(bezoek.get(waar))
    assert "Tekst van Bo" in gelezen
    assert "Tekst van mij" in gelezen


def test_een_concept_op_een_oude_versie_overschrijft_niets(
    bezoek: Client, huis: Huishouden, notitie: Huishoudnotitie, buur: Medewerker
) -> None:
    waar = pad(huis, f"/notities/{notitie.pk}")
    slug = f"huishouden-notitie-{huis.pk}-{notitie.reeks.hex}"
    bezoek.post(f"/concepten/{slug}", {"tekst": "mijn concept", "gezien": "1"})
    huishoudens.verbeter_notitie(huis, notitie.reeks, gezien=1, tekst="Tekst van Bo", door=buur)
    formulier = bezoek.get(waar).context["formulier"]
    assert (formulier["tekst"].value(), formulier["gezien"].value()) == ("mijn concept", "1")
    assert bezoek.post(waar, {"tekst": "mijn concept", "gezien": 1}).status_code == 409
