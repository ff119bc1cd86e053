"""Errors, pages and questions in the shapes that existing software expects; and of somebody else's rows, nothing."""

from __future__ import annotations

import logging
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.models import (
    Internetaak,
    Klantinteractie,
    PartijIdentificator,
    Taakactor,
    Terugbelverzoek,
)
from teams.models import Afnemer, Handeling, Inzage, Weg
from teams.workflow.afnemers import wijzig_afnemer
from tests.klantinteracties.kiss import PAD, Kiss, naar, vraag

pytestmark = pytest.mark.django_db
NERGENS = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
SLEUTELS = {"type", "code", "title", "status", "detail", "instance"}
BLADZIJDE = {"count", "next", "previous", "results"}
SOORTEN = [
    "actoren",
    "klantcontacten",
    "actorklantcontacten",
    "betrokkenen",
    "digitaleadressen",
    "internetaken",
    "onderwerpobjecten",
    "partijen",
    "partij-identificatoren",
]
BSN = "999990019"
CONTACT = {"kanaal": "telefoon", "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}


def fouten(antwoord: Any) -> set[tuple[str, str]]:
    """Name and code of each, after a look at the shape."""
    inhoud = antwoord.json()
    assert antwoord.status_code == 400
    assert inhoud.keys() == SLEUTELS | {"invalidParams"}
    assert all(
        regel.keys() == {"name", "code", "reason"} and regel["reason"] for regel in inhoud["invalidParams"]
    )
    return {(regel["name"], regel["code"]) for regel in inhoud["invalidParams"]}


@pytest.mark.parametrize("soort", [*SOORTEN, "maak-klantcontact", f"actoren/{NERGENS}"])
def test_zonder_geldig_teken_komt_niemand_binnen(
    client: Client, soort: str, kcc: Afnemer, teken: str
) -> None:
    for sleutel in ("", "verkeerd", "é"):
        for methode in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            antwoord = vraag(client, sleutel, methode, soort, {})
            assert antwoord.status_code == 401
            assert antwoord["WWW-Authenticate"] == "Token"
            assert antwoord["API-version"] == "0.9.0"
            assert antwoord["Content-Type"].startswith("application/json")
            assert antwoord.json().keys() == SLEUTELS
    wijzig_afnemer(kcc, scopes=["wijkteams"], per_minuut=None, per_dag=None)
    assert vraag(client, teken, "GET", "actoren").status_code == 403


@pytest.mark.parametrize(
    ("pad", "body", "verwacht"),
    [
        (
            "klantcontacten",
            {},
            {(naam, "required") for naam in ("kanaal", "onderwerp", "taal", "vertrouwelijk")},
        ),
        (
            "klantcontacten",
            {
                **CONTACT,
                "kanaal": "k" * 51,
                "onderwerp": "o" * 201,
                "inhoud": "i" * 1001,
                "reactie": "r" * 4001,
                "taal": "nl",
                "vertrouwelijk": "misschien",
                "nummer": "12345678901",
                "referentienummer": "AB12",
                "metadata": {"bron": "b" * 256},
                "plaatsgevondenOp": "gisteren",
            },
            {
                ("kanaal", "max_length"),
                ("onderwerp", "max_length"),
                ("inhoud", "max_length"),
                ("reactie", "max_length"),
                ("taal", "invalid"),
                ("vertrouwelijk", "invalid"),
                ("nummer", "invalid"),
                ("referentienummer", "invalid"),
                ("metadata", "max_length"),
                ("plaatsgevondenOp", "invalid"),
            },
        ),
        (
            "klantcontacten",
            {**CONTACT, "indicatieContactGelukt": True, "verdereActieOndernomen": True},
            {("verdereActieOndernomen", "invalid")},
        ),
        (
            "actoren",
            {"naam": "", "soortActor": "robot"},
            {("naam", "blank"), ("soortActor", "invalid_choice")},
        ),
        ("actorklantcontacten", {}, {("actor", "required"), ("klantcontact", "required")}),
        (
            "betrokkenen",
            {"hadKlantcontact": {"uuid": NERGENS}, "rol": "buur", "organisatienaam": "o" * 201},
            {
                ("hadKlantcontact.uuid", "does_not_exist"),
                ("rol", "invalid_choice"),
                ("initiator", "required"),
                ("organisatienaam", "max_length"),
            },
        ),
        (
            "betrokkenen",
            {
                "hadKlantcontact": {"uuid": "x"},
                "rol": "klant",
                "initiator": True,
                "contactnaam": {"voornaam": 5 * ["x"]},
            },
            {("hadKlantcontact.uuid", "invalid"), ("contactnaam.voornaam", "invalid")},
        ),
        (
            "digitaleadressen",
            {"adres": "06-nee", "soortDigitaalAdres": "telefoonnummer"},
            {("adres", "invalid")},
        ),
        ("digitaleadressen", {"adres": "geen-mail", "soortDigitaalAdres": "email"}, {("adres", "invalid")}),
        (
            "digitaleadressen",
            {"adres": "a" * 81, "soortDigitaalAdres": "overig", "omschrijving": "o" * 41},
            {("adres", "max_length"), ("omschrijving", "max_length")},
        ),
        (
            "internetaken",
            {"gevraagdeHandeling": "g" * 201, "toelichting": "t" * 1001, "status": "bijna"},
            {
                ("gevraagdeHandeling", "max_length"),
                ("aanleidinggevendKlantcontact", "required"),
                ("toelichting", "max_length"),
                ("status", "invalid_choice"),
            },
        ),
        ("onderwerpobjecten", {"klantcontact": "geen object"}, {("klantcontact", "invalid")}),
        (
            "maak-klantcontact",
            {"klantcontact": {**CONTACT, "taal": ""}, "betrokkene": {"rol": "klant"}},
            {("klantcontact.taal", "blank"), ("betrokkene.initiator", "required")},
        ),
        (
            "partijen",
            {"soortPartij": "buur"},
            {("soortPartij", "invalid_choice"), ("indicatieActief", "required")},
        ),
        (
            "partij-identificatoren",
            {"partijIdentificator": {"codeSoortObjectId": "bsn", "objectId": "123456789"}},
            {("identificeerdePartij", "required")},
        ),
        (
            "klantcontacten",
            {**CONTACT, "plaatsgevondenOp": "0001-01-01T00:00:00Z", "metadata": {"a\x00b": "c"}},
            {("plaatsgevondenOp", "buiten_bereik"), ("metadata", "null_characters_not_allowed")},
        ),
        ("actoren", "{kapot", {("nonFieldErrors", "parse_error")}),
        ("actoren", [], {("nonFieldErrors", "invalid")}),
        ("actoren", '"\\u0000"', {("nonFieldErrors", "invalid")}),
    ],
)
def test_alles_wat_er_mis_is_staat_er_in_een_keer(
    client: Client, teken: str, pad: str, body: Any, verwacht: set[tuple[str, str]]
) -> None:
    antwoord = vraag(client, teken, "POST", pad, body)
    assert fouten(antwoord) == verwacht
    assert not Klantinteractie.objects.exists()
    for echo in ("robot", "buur", "06-nee", "geen-mail", "misschien", "AB12", "gisteren", "bijna"):
        assert echo not in antwoord.content.decode()


def test_een_taak_vraagt_een_manier_om_actoren_te_noemen(kiss: Kiss, client: Client, teken: str) -> None:
    contact, actor = kiss.begin(), kiss.afdeling()
    basis = {
        "gevraagdeHandeling": "Bel",
        "aanleidinggevendKlantcontact": naar(contact),
        "status": "te_verwerken",
    }

    def post(**velden: Any) -> Any:
        return vraag(client, teken, "POST", "internetaken", {**basis, **velden})

    niets = {("nonFieldErrors", "invalid")}
    assert fouten(post()) == niets
    assert fouten(post(toegewezenAanActor=naar(actor), toegewezenAanActoren=[naar(actor)])) == niets
    assert fouten(post(toegewezenAanActoren=[])) == {("toegewezenAanActoren", "empty")}
    assert fouten(post(toegewezenAanActoren=[{"uuid": str(uuid4())}])) == {
        ("toegewezenAanActoren.0.uuid", "does_not_exist")
    }
    te_vroeg = post(toegewezenAanActor=naar(actor), afgehandeldOp="2026-11-20T12:00:00Z")
    assert fouten(te_vroeg) == {("afgehandeldOp", "invalid")}
    gelukt = post(toegewezenAanActor=naar(actor), nummer=None, referentienummer="77")
    assert (gelukt.status_code, gelukt.json()["toegewezenAanActor"]["uuid"]) == (201, actor["uuid"])
    assert fouten(post(toegewezenAanActor=naar(actor), referentienummer="77")) == {
        ("referentienummer", "unique")
    }
    klaar = post(toegewezenAanActor=naar(actor), status="verwerkt", afgehandeldOp="2026-11-20T12:00:00+01:00")
    assert klaar.json()["afgehandeldOp"] == "2026-11-20T11:00:00Z"
    dubbel = kiss.gekregen[3]
    assert dubbel[0] == 201
    nog_eens = vraag(
        client,
        teken,
        "POST",
        "actorklantcontacten",
        {
            "actor": naar(dubbel[1]["actor"]),
            "klantcontact": naar(contact),
        },
    )
    assert fouten(nog_eens) == {("nonFieldErrors", "unique")}


def test_wat_er_niet_is_en_wat_niet_mag(client: Client, teken: str) -> None:
    for methode, pad, status in (
        ("GET", "internetaken/", 404),
        ("GET", "bestaat-niet", 404),
        ("GET", "internetaken/%0A", 404),
        ("GET", f"internetaken/{NERGENS}", 404),
        ("GET", "internetaken/geen-uuid", 404),
        ("GET", "internetaken?page=2", 404),
        ("GET", "internetaken?page=x", 404),
        ("GET", f"internetaken?nummer={'9' * 5000}", 200),
        ("GET", "internetaken?toegewezenOp=2026-11-22T17:00:00%2B23:59", 200),
        ("DELETE", f"internetaken/{NERGENS}", 405),
        ("PATCH", f"partijen/{NERGENS}", 405),
        ("PUT", f"actoren/{NERGENS}", 405),
    ):
        antwoord = vraag(client, teken, methode, pad, {})
        assert antwoord.status_code == status, (methode, pad)
        assert antwoord.json().keys() == (SLEUTELS if status >= 400 else BLADZIJDE)
        assert antwoord["API-version"] == "0.9.0"
    anders = client.post(f"{PAD}/actoren", {"naam": "x"}, headers={"Authorization": f"Token {teken}"})
    assert (anders.status_code, anders.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("vraagdeel", "verwacht"),
    [
        ("status=half", ("status", "invalid_choice")),
        ("actoren__naam=%00", ("actoren__naam", "invalid")),
        ("toegewezenOp=9999-12-31", ("toegewezenOp", "invalid")),
        ("toegewezenAanActor__uuid=x", ("toegewezenAanActor__uuid", "invalid")),
        ("toegewezenOp=ooit", ("toegewezenOp", "invalid")),
        ("expand=alles", ("expand", "invalid")),
        ("onbekend=1", ("nonFieldErrors", "unknown-parameters")),
    ],
)
def test_een_vraag_die_niet_klopt(
    client: Client, teken: str, vraagdeel: str, verwacht: tuple[str, str]
) -> None:
    assert fouten(vraag(client, teken, "GET", f"internetaken?{vraagdeel}")) == {verwacht}


def _nog_meer(aantal: int) -> None:
    """So many tasks beside the one that there is, each with a promise of its own."""
    eerste = Internetaak.objects.get()
    belofte, wie = eerste.terugbelverzoek, eerste.toewijzingen.get().actor
    assert belofte
    beloftes = Terugbelverzoek.objects.bulk_create(
        Terugbelverzoek(
            naam="Jo", telefoon="0612345678", team=belofte.team, uiterlijk_op=belofte.uiterlijk_op
        )
        for _ in range(aantal)
    )
    taken = Internetaak.objects.bulk_create(
        Internetaak(van=eerste.van, interactie=eerste.interactie, terugbelverzoek=rij) for rij in beloftes
    )
    Taakactor.objects.bulk_create(Taakactor(taak=taak, actor=wie) for taak in taken)


def test_honderd_taken_kosten_evenveel_opdrachten_als_een(kiss: Kiss, client: Client, teken: str) -> None:
    kiss.contactverzoek()

    def opdrachten() -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as gevraagd:
            antwoord = vraag(client, teken, "GET", "internetaken?status=te_verwerken").json()
        echt = [rij for rij in gevraagd.captured_queries if "SAVEPOINT" not in rij["sql"]]
        return len(echt), antwoord

    een, _ = opdrachten()
    _nog_meer(104)
    honderd, antwoord = opdrachten()
    # who asks and how often, what they may, the tasks with their number, the actoren, and the log
    assert een == honderd <= 6
    assert (antwoord["count"], len(antwoord["results"]), antwoord["previous"]) == (105, 100, None)
    assert antwoord["next"].endswith(f"{PAD}/internetaken?status=te_verwerken&page=2")
    laatste = vraag(client, teken, "GET", antwoord["next"].removeprefix("http://testserver")).json()
    assert (len(laatste["results"]), laatste["next"]) == (5, None)
    assert laatste["previous"].endswith("page=1")
    assert {rij["uuid"] for rij in antwoord["results"]}.isdisjoint(rij["uuid"] for rij in laatste["results"])
    drie = vraag(client, teken, "GET", "internetaken?pageSize=3&page=2").json()
    assert len(drie["results"]) == 3


def test_van_een_ander_is_alles_alsof_het_er_niet_is(
    kiss: Kiss, client: Client, ander_teken: str, teken: str
) -> None:
    taak = kiss.contactverzoek()
    contact = taak["aanleidinggevendKlantcontact"]
    for soort in SOORTEN:
        assert vraag(client, ander_teken, "GET", soort).json()["count"] == 0
    adressen = {soort: vraag(client, teken, "GET", soort).json()["results"] for soort in SOORTEN[:7]}
    for soort, rijen in adressen.items():
        vreemd = vraag(client, ander_teken, "GET", f"{soort}/{rijen[0]['uuid']}")
        onbekend = vraag(client, ander_teken, "GET", f"{soort}/{uuid4()}")
        assert vreemd.status_code == onbekend.status_code == 404
        assert vreemd.json() | {"instance": ""} == onbekend.json() | {"instance": ""}
    poging = vraag(client, ander_teken, "PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"})
    assert poging.status_code == 404
    erbij = {"hadKlantcontact": naar(contact), "rol": "klant", "initiator": True}
    assert fouten(vraag(client, ander_teken, "POST", "betrokkenen", erbij)) == {
        ("hadKlantcontact.uuid", "does_not_exist")
    }
    assert Inzage.objects.filter(toegestaan=False, onderwerp="meldingen.Internetaak", weg=Weg.API).exists()


def test_lezen_staat_in_het_logboek_op_naam_van_de_afnemer(kiss: Kiss, kcc: Afnemer) -> None:
    taak = kiss.contactverzoek()
    kiss.doe("GET", f"internetaken/{taak['uuid']}")
    kiss.doe("PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"})
    rijen = Inzage.objects.filter(onderwerp="meldingen.Internetaak").order_by("pk")
    assert [(rij.medewerker, rij.handeling, rij.weg, rij.sleutel) for rij in rijen] == [
        (kcc.medewerker, Handeling.GEOPEND, Weg.API, Internetaak.objects.get().pk),
        (kcc.medewerker, Handeling.GEWIJZIGD, Weg.API, Internetaak.objects.get().pk),
    ]


def test_uitvouwen_geeft_wat_eronder_hangt(kiss: Kiss) -> None:
    taak = kiss.contactverzoek()
    contact = taak["aanleidinggevendKlantcontact"]["uuid"]
    uit = "hadBetrokkenen,hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken,gingOverOnderwerpobjecten"
    gelezen = kiss.doe("GET", f"klantcontacten/{contact}?expand={uit},omvatteBijlagen")
    daar = gelezen["_expand"]
    assert daar["hadBetrokkenen"][0]["volledigeNaam"] == "Jo van Jansen"
    assert daar["hadBetrokkenen"][0]["_expand"]["digitaleAdressen"][0]["adres"] == "0612345678"
    assert daar["leiddeTotInterneTaken"][0]["uuid"] == taak["uuid"]
    assert daar["gingOverOnderwerpobjecten"][0]["onderwerpobjectidentificator"]["codeRegister"] == "openzaak"
    assert daar["omvatteBijlagen"] == []
    assert gelezen["hadBetrokkenActoren"][0]["naam"] == "De Agent"
    bij_adres = kiss.doe("GET", "digitaleadressen?adres=0612345678&expand=verstrektDoorBetrokkene")
    (adres,) = bij_adres["results"]
    assert adres["_expand"]["verstrektDoorBetrokkene"]["hadKlantcontact"]["uuid"] == contact
    assert kiss.doe("GET", "klantcontacten?expand=hadBetrokkenen.wasPartij")["count"] == 1


def test_een_beller_met_bsn_wordt_teruggevonden_en_het_staat_nergens_leesbaar(
    kiss: Kiss, client: Client, teken: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    zoek = (
        "partijen?expand=digitaleAdressen&soortPartij=persoon"
        f"&partijIdentificator__codeSoortObjectId=bsn&partijIdentificator__objectId={BSN}"
    )
    assert kiss.doe("GET", zoek)["count"] == 0
    partij = kiss.doe(
        "POST",
        "partijen",
        {
            "digitaleAdressen": [],
            "voorkeursDigitaalAdres": None,
            "rekeningnummers": [],
            "voorkeursRekeningnummer": None,
            "indicatieGeheimhouding": False,
            "indicatieActief": True,
            "voorkeurstaal": "nld",
            "soortPartij": "persoon",
            "partijIdentificatie": {
                "contactnaam": {
                    "voorletters": "J",
                    "voornaam": "Jo",
                    "voorvoegselAchternaam": "",
                    "achternaam": "Jansen",
                }
            },
        },
    )
    wie = {"codeObjecttype": "natuurlijk_persoon", "codeSoortObjectId": "bsn", "codeRegister": "brp"}
    identificator = kiss.doe(
        "POST",
        "partij-identificatoren",
        {
            "identificeerdePartij": naar(partij),
            "anderePartijIdentificator": "",
            "partijIdentificator": {**wie, "objectId": BSN},
        },
    )
    (gevonden,) = kiss.doe("GET", zoek)["results"]
    assert gevonden["partijIdentificatoren"][0]["uuid"] == identificator["uuid"]
    gelezen = kiss.doe("GET", f"partij-identificatoren/{identificator['uuid']}")
    assert gelezen["partijIdentificator"] == {**wie, "objectId": BSN}
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM meldingen_partijidentificator t")
        assert BSN not in str(cursor.fetchall())
    rij = {
        "identificeerdePartij": naar(partij),
        "partijIdentificator": {
            "codeObjecttype": "vestiging",
            "codeSoortObjectId": "vestigingsnummer",
            "codeRegister": "hr",
            "objectId": "7",
        },
    }
    assert kiss.doe("PUT", f"partij-identificatoren/{identificator['uuid']}", rij)
    assert PartijIdentificator.objects.get().bsn_index is None
    assert kiss.doe("GET", zoek)["count"] == 0
    contact = kiss.begin()
    betrokkene = kiss.betrokkene(contact, partij)
    assert (
        kiss.doe("GET", f"betrokkenen?wasPartij__url={partij['url']}")["results"][0]["uuid"]
        == betrokkene["uuid"]
    )
    vraag(client, teken, "GET", f"{zoek}&onbekend=1")
    vraag(client, teken, "GET", f"digitaleadressen/?adres={BSN}")
    regels = [rij.getMessage() for rij in caplog.records if not rij.name.startswith("django.db")]
    assert not [regel for regel in regels if BSN in regel or "Jansen" in regel]


def test_maak_klantcontact_doet_alles_of_niets(kiss: Kiss, client: Client, teken: str) -> None:
    alles = kiss.doe(
        "POST",
        "maak-klantcontact",
        {
            "klantcontact": CONTACT,
            "betrokkene": {"rol": "klant", "initiator": True, "organisatienaam": "", "wasPartij": None},
            "onderwerpobject": {
                "onderwerpobjectidentificator": {
                    "objectId": "1",
                    "codeObjecttype": "zaak",
                    "codeRegister": "oz",
                    "codeSoortObjectId": "uuid",
                }
            },
        },
    )
    assert alles["betrokkene"]["hadKlantcontact"]["uuid"] == alles["klantcontact"]["uuid"]
    assert alles["onderwerpobject"]["klantcontact"]["uuid"] == alles["klantcontact"]["uuid"]
    alleen = kiss.doe("POST", "maak-klantcontact", {"klantcontact": CONTACT})
    assert (alleen["betrokkene"], alleen["onderwerpobject"]) == (None, None)
