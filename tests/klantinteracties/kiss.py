"""What the software of a KCC sends, call for call and field for field; a `stuur` brings it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

PAD = "/klantinteracties/api/v1"
Stuur = Callable[[str, str, Any], tuple[int, Any]]
"""Method, path with question, body; gives the status and the answer."""


@dataclass
class Kiss:
    """One agent at work; `stuur` sends, and every answer is kept."""

    stuur: Stuur
    team: str = "haven"
    agent: str = "agent@gemeente.example"
    gekregen: list[tuple[int, Any]] = field(default_factory=list)

    def doe(self, methode: str, pad: str, body: Any = None) -> Any:
        """Send, and give what came back; a status outside 2xx stops here."""
        status, antwoord = self.stuur(methode, f"{PAD}/{pad}", body)
        self.gekregen.append((status, antwoord))
        assert 200 <= status < 300, (methode, pad, status, antwoord)
        return antwoord

    def actor(self, naam: str, soort: str, **sleutel: str) -> Any:
        """Found, else made."""
        vraag = "&".join(
            f"actoridentificator{woord[0].upper()}{woord[1:]}={waarde}" for woord, waarde in sleutel.items()
        )
        gevonden = self.doe("GET", f"actoren?{vraag}")["results"]
        if gevonden:
            return gevonden[0]
        return self.doe(
            "POST",
            "actoren",
            {
                "naam": naam,
                "soortActor": soort,
                "indicatieActief": True,
                "actoridentificator": sleutel,
                "medewerkerIdentificatie": {"achternaam": "De Agent", "identificatie": "x"},
            },
        )

    def begin(self, onderwerp: str = "Huishoudelijke hulp (wachttijd)") -> Any:
        """The agent, the contact, and that the one had the other."""
        agent = self.actor(
            "De Agent",
            "medewerker",
            objectId=self.agent,
            codeObjecttype="mdw",
            codeRegister="msei",
            codeSoortObjectId="email",
        )
        contact = self.doe(
            "POST",
            "klantcontacten",
            {
                "kanaal": "telefoon",
                "onderwerp": onderwerp,
                "inhoud": "Mevrouw wacht al drie weken",
                "indicatieContactGelukt": True,
                "taal": "nld",
                "vertrouwelijk": False,
                "plaatsgevondenOp": "2026-11-20T10:15:00+01:00",
            },
        )
        self.doe("POST", "actorklantcontacten", {"actor": naar(agent), "klantcontact": naar(contact)})
        return contact

    def betrokkene(self, contact: Any, partij: Any = None, naam: str = "Jansen") -> Any:
        """Always one, also when nobody knows who it is."""
        return self.doe(
            "POST",
            "betrokkenen",
            {
                "wasPartij": naar(partij) if partij else None,
                "hadKlantcontact": naar(contact),
                "rol": "klant",
                "initiator": True,
                "organisatienaam": "",
                "contactnaam": {
                    "voorletters": "",
                    "voornaam": "Jo" if naam else "",
                    "voorvoegselAchternaam": "van" if naam else "",
                    "achternaam": naam,
                },
            },
        )

    def adres(self, betrokkene: Any, adres: str, soort: str = "telefoonnummer") -> Any:
        """How to reach them."""
        return self.doe(
            "POST",
            "digitaleadressen",
            {
                "verstrektDoorBetrokkene": naar(betrokkene),
                "verstrektDoorPartij": None,
                "adres": adres,
                "soortDigitaalAdres": soort,
                "omschrijving": soort,
            },
        )

    def taak(self, contact: Any, *actoren: Any, toelichting: str = "Graag na 17 uur") -> Any:
        """Asked of these; of the team when nobody is named."""
        actoren = actoren or (self.afdeling(),)
        return self.doe(
            "POST",
            "internetaken",
            {
                "nummer": "",
                "gevraagdeHandeling": "Contact opnemen met betrokkene",
                "aanleidinggevendKlantcontact": naar(contact),
                "toegewezenAanActoren": [naar(actor) for actor in actoren],
                "toelichting": toelichting,
                "status": "te_verwerken",
            },
        )

    def afdeling(self, sleutel: str | None = None) -> Any:
        """The team."""
        sleutel = self.team if sleutel is None else sleutel
        return self.actor(
            f"Team {sleutel}",
            "organisatorische_eenheid",
            objectId=sleutel,
            codeObjecttype="afd",
            codeRegister="obj",
            codeSoortObjectId="idf",
        )

    def contactverzoek(self, telefoon: str = "0612345678", naam: str = "Jansen") -> Any:
        """All of it, in the order in which it comes; gives the task."""
        contact = self.begin()
        betrokkene = self.betrokkene(contact, naam=naam)
        if telefoon:
            self.adres(betrokkene, telefoon)
        taak = self.taak(contact)
        self.doe(
            "POST",
            "onderwerpobjecten",
            {
                "klantcontact": naar(contact),
                "wasKlantcontact": None,
                "onderwerpobjectidentificator": {
                    "objectId": "5f9e0d6a-0000-4000-8000-000000000001",
                    "codeObjecttype": "zgw-Zaak",
                    "codeRegister": "openzaak",
                    "codeSoortObjectId": "uuid",
                },
            },
        )
        return taak


def naar(object_: Any) -> dict[str, str]:
    """The reference to something."""
    return {"uuid": object_["uuid"]}


def met_client(client: Client, teken: str) -> Stuur:
    """By the test client."""

    def stuur(methode: str, pad: str, body: Any) -> tuple[int, Any]:
        antwoord = vraag(client, teken, methode, pad, body)
        return antwoord.status_code, antwoord.json()

    return stuur


def vraag(client: Client, teken: str, methode: str, pad: str, body: Any = None) -> Any:
    """One call, and the whole answer; a path that begins with a slash is the whole path."""
    koppen = {"Authorization": f"Token {teken}"} if teken else {}
    pad = pad if pad.startswith("/") else f"{PAD}/{pad}"
    if methode == "GET":
        return client.get(pad, headers=koppen)
    return client.generic(methode, pad, _json(body), content_type="application/json", headers=koppen)


def _json(body: Any) -> str:
    import json

    return body if isinstance(body, str) else json.dumps(body)
