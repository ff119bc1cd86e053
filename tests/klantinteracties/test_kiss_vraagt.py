"""What KISS and ITA send besides the sequence of a contactverzoek, by their own sources."""

from __future__ import annotations

import pytest

from tests.klantinteracties.kiss import Kiss, naar

pytestmark = pytest.mark.django_db


def test_een_vestiging_hangt_onder_een_kvk_nummer_dat_nog_van_niemand_is(kiss: Kiss) -> None:
    def sleutel(soort: str, nummer: str) -> dict[str, str]:
        return {
            "codeObjecttype": "niet_natuurlijk_persoon",
            "codeSoortObjectId": soort,
            "codeRegister": "hr",
            "objectId": nummer,
        }

    partij = kiss.doe(
        "POST",
        "partijen",
        {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": ""}},
    )
    kvk = kiss.doe(
        "POST",
        "partij-identificatoren",
        {"identificeerdePartij": None, "partijIdentificator": sleutel("kvk_nummer", "12345678")},
    )
    assert kvk["identificeerdePartij"] is None
    kiss.doe(
        "POST",
        "partij-identificatoren",
        {
            "identificeerdePartij": {"uuid": partij["uuid"], "url": partij["url"]},
            "partijIdentificator": sleutel("vestigingsnummer", "000012345678"),
            "subIdentificatorVan": naar(kvk),
        },
    )
    vraag_ = "partijIdentificatorCodeSoortObjectId=kvk_nummer&partijIdentificatorObjectId=12345678"
    assert kiss.doe("GET", f"partij-identificatoren?{vraag_}")["results"] == [kvk]
    van_partij = {
        "identificeerdePartij": naar(partij),
        "partijIdentificator": sleutel("kvk_nummer", "12345678"),
    }
    weer = kiss.doe("PUT", f"partij-identificatoren/{kvk['uuid']}", van_partij)
    assert weer["identificeerdePartij"]["uuid"] == partij["uuid"]


def test_alles_wat_kiss_en_ita_vragen_is_een_bekende_vraag(kiss: Kiss) -> None:
    taak = kiss.contactverzoek()
    contact = taak["aanleidinggevendKlantcontact"]["uuid"]
    tot_taken = "verstrektDoorBetrokkene,verstrektDoorBetrokkene.hadKlantcontact"
    for adres in (
        f"digitaleadressen?adres=0612345678&page=1&expand={tot_taken},{tot_taken.split(',')[1]}.leiddeTotInterneTaken",
        "betrokkenen?wasPartij__url=http%3A%2F%2Fx%2F5f9e0d6a-0000-4000-8000-000000000001&pageSize=100",
        f"klantcontacten/{contact}?expand=gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen,"
        "leiddeTotInterneTaken,omvatteBijlagen",
        f"klantcontacten/{contact}?expand=hadBetrokkenen.wasPartij",
        "klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=x"
        "&onderwerpobject__onderwerpobjectidentificatorCodeRegister=openzaak",
        "partijen?expand=digitaleAdressen&soortPartij=organisatie"
        "&partijIdentificator__codeSoortObjectId=kvk_nummer&partijIdentificator__objectId=12345678",
        f"internetaken?status=te_verwerken&actoren__naam=Team+haven&nummer={taak['nummer']}&page=1&pageSize=10"
        f"&klantcontact__uuid={contact}&toegewezenAanActor__uuid={taak['toegewezenAanActor']['uuid']}",
    ):
        assert kiss.doe("GET", adres)
