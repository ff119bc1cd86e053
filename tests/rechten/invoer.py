"""What a browser sends: the keys in each address, and a form that is right, so that who is let in really is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from households.models import Levensgebied, Relatiesoort, Rol, Wijzigingsoort
from households.workflow import gezinsversie
from meldingen.forms.melden import zegel
from meldingen.klantinteracties.bronnen import BRONNEN
from meldingen.models import Aanleiding, Kanaal, Melding, Scoresoort, Uitkomst
from reporting.models import Cijferstatus
from teams.models import Activiteitsoort
from tests.meldingen_web.hulp import van_nu
from tests.rechten.matrix import BEHEERD, TABEL
from tests.rechten.wereld import KANARIES, SOORTEN, Wereld
from voorzieningen.models import Eenheid, Financieringsvorm, Klachtsoort, Klachtuitkomst, Per, Voorziening
from voorzieningen.socialekaart import KOLOMMEN

PLAATS = {
    "/api": "/api/bestaat-niet",
    "/klantinteracties/api": "/klantinteracties/api/v1/bestaat-niet",
    "admin:/": "/beheer/bestaat-niet/",
    "tabel": {"sleutel": "2.1"},
    "dashboard": {"code": "haven"},
    "editie-tabel": {"sleutel": "2.1"},
    "editie-bestand": {"naam": "2.1.json"},
    **{f"klantinteracties-{soort}-rij": {"uuid": UUID(int=1)} for soort in BRONNEN},
    "meenemen": {"sleutel": "2.1", "formaat": "xlsx"},
    "api-monitor": {"tabel": "2.1"},
    "stroomschema-knoop": {"knoop": "meldingen"},
    "concept": {"formulier": "proef"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "admin:view_on_site": {"content_type_id": 1, "object_id": 1},
    "admin:app_list": {"app_label": "teams"},
    "melding-stap": {"stap": "start_gesprek"},
    "besluit-stap": {"stap": "intrekken"},
    "besluit-toets": {"stap": "toets-oppakken"},
    "opschaling-stap": {"stap": "intrekken"},
    "opschaling-antwoord": {"stap": "oppakken"},
    "plan-akkoord": {"nummer": 1},
    **{key: {"pk": 999999} for key in ("afnemer", "afnemer-geheim", "afnemer-teken", "afnemer-einde")},
    **{
        key: {"pk": 999_999}
        for key in (
            "afnemer-webhooks",
            "afnemer-webhooks-opnieuw",
            "webhook",
            "webhook-geheim",
            "webhook-uit",
            "webhook-aan",
            "webhook-opnieuw",
        )
    },
    "afnemer-teken-einde": {"pk": 999_999, "teken": 1},
    **{
        key: {"nummer": "1"}
        for key in ("api-klantcontact", "api-melding", "api-terugbelverzoek", "api-terugbelverzoek-intrekken")
    },
}
"""Addresses that have no name, and what else than keys of rows stands in an address."""
VRAAG = {
    "werkvoorraad": "?lijst=alles",
    "terugbelverzoeken": "?lijst=terugbellen",
    "correcties": f"?tabel=2.4&periode={timezone.localdate().year}&van={timezone.localdate() - timedelta(days=1)}",
    "externe-cijfers": "?tabel=2.17&periode=2015-Q2",
    "meenemen": "?periode=2015-Q2",
    "api-stroomschema": "?periode=2015-Q2",
    "api-monitor": "?periode=2015-Q2",
}


def adres(w: Wereld, naam: str, soort: str, onderdeel: str | None = None) -> str:
    """The address `naam` of the row in the plight `soort`; `onderdeel` is the plight of the other key in it."""
    plaats = PLAATS.get(naam, {})
    if isinstance(plaats, str):
        return plaats
    rij = TABEL[naam]
    waarden: dict[str, Any] = dict(plaats)
    if rij.model:
        waarden["pk"] = w.sleutel(rij.model, soort)
    if rij.onderdeel:
        waarden[rij.onderdeel] = w.sleutel(rij.onderdeel, onderdeel or soort)
    model = naam.removeprefix("admin:").rpartition("_")[0]
    if model in BEHEERD:
        return _in_beheer(w, naam, model)
    if naam == "admin:auth_user_password_change":
        waarden["id"] = w.wie["collega"].pk
    if naam.endswith("/"):
        return f"/beheer/{naam.removeprefix('admin:').removesuffix('/').replace('_', '/')}/1/"
    return reverse(naam, kwargs=waarden) + VRAAG.get(naam, "")


def _in_beheer(w: Wereld, naam: str, model: str) -> str:
    if naam.endswith(("_changelist", "_add")):
        return reverse(naam)
    sleutels: dict[str, Model] = {"teams_medewerker": w.wie["collega"], "teams_team": w.teams["stad"]}
    rij = sleutels.get(model) or apps.get_model(*model.split("_")).objects.first()
    assert rij, f"er is geen {model}"
    return reverse(naam, args=[rij.pk])


def invoer(w: Wereld, naam: str, soort: str, wie: str) -> dict[str, Any]:
    """What `wie` sends to the address, valid where that is possible."""
    echt = soort if soort in SOORTEN else "haven"
    velden = VELDEN.get(naam)
    gegevens = velden(w, echt, wie) if velden else {}
    if TABEL[naam].model in ("melding", "tweede_melding") and naam != "besluit-nieuw":
        pk = w.sleutel(TABEL[naam].model, echt)
        if pk not in w.versies:
            w.versies[pk] = van_nu(Melding.objects.get(pk=pk))
        gegevens["versie"] = w.versies[pk]
    if naam in GEZIN:
        gegevens["versie"] = gezinsversie(w.sleutel("huishouden", echt))
    return gegevens


Velden = Callable[[Wereld, str, str], dict[str, Any]]


def _dag(verder: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=verder)).strftime("%d-%m-%Y")


def _bijna(soort: str) -> str:
    """What finds the canary without saying it, so that an answer which repeats the question is no leak."""
    return KANARIES[soort].achternaam[:-1]


def _reden(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    return {"reden": "zo is het"}


def _bij_team(w: Wereld, soort: str) -> int:
    """Somebody who works in the team of the melding."""
    return w.wie["collega" if soort == "stad" else "wijkwerker"].pk


def _teamwerk(w: Wereld, wie: str) -> dict[str, Any]:
    """What somebody registers of their own team."""
    team = w.teams["haven" if wie in ("wijkwerker", "coordinator") else "stad"]
    return {"team": team.pk, "datum": _dag(-1), "discipline": "opbouwwerk"}


def _activiteit(w: Wereld, wie: str) -> dict[str, Any]:
    return _teamwerk(w, wie) | {"soort": Activiteitsoort.BUURTACTIVITEIT.value, "bewoners": 12}


def _spreekuur(w: Wereld, wie: str) -> dict[str, Any]:
    team = w.teams["stad" if wie == "coordinator_elders" else "haven"]
    return {"team": team.pk, "dag": 2, "van": "18:00", "tot": "20:30", "frequentie": 1}


def _over(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    eigen, ander = ("stad", "haven") if wie == "coordinator_elders" else ("haven", "stad")
    return {
        "eigen": eigen,
        "melding": [w.sleutel("melding", eigen)],
        "naar": str(w.teams[ander].pk),
        "van": f"{w.teams[eigen].pk}-{w.sleutel('helper', eigen)}",
        "reden": "zo is het",
    }


def _draag_over(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    over = _over(w, soort, wie)
    eigen = over.pop("eigen")
    return over | {"naar": f"{w.teams[eigen].pk}-{_bij_team(w, eigen)}"}


def _aanname(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    return {
        "melder_soort": 1,
        "melder_naam": "Nieuweling Onbekend",
        "bereikbaar": "0699999999",
        "vraag": "hulp",
        "kanaal": Kanaal.TELEFOON.value,
        "aanleiding": Aanleiding.NIEUWE_VRAAG.value,
        "vervolg": "triage",
        "wie": "nieuw",
        "sleutel": str(uuid4()),
    }


def _formulier(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(seconds=60)):
        uitgereikt = zegel()
    return {
        "soort": 1,
        "naam": "Iemand",
        "email": f"{wie}@inwoner.example",
        "vraag": "hulp",
        "akkoord": "on",
        "zegel": uitgereikt,
    }


def _kaartbestand(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    tekst = io.StringIO()
    rij = {"code": "proef", "naam": "Proefrij", "hele_gemeente": "ja"}
    schrijver = csv.DictWriter(tekst, list(KOLOMMEN), delimiter=";")
    schrijver.writeheader()
    schrijver.writerow(dict.fromkeys(KOLOMMEN, "") | rij)
    return {"bestand": SimpleUploadedFile("kaart.csv", tekst.getvalue().encode(), "text/csv")}


def _besluit() -> dict[str, Any]:
    return {
        "voorziening": Voorziening.objects.order_by("pk")[0].pk,
        "financieringsvorm": Financieringsvorm.ZIN.value,
        "aantal": "2",
        "eenheid": Eenheid.UUR.value,
        "per": Per.WEEK.value,
        "prijs": "50",
        "ingangsdatum": _dag(),
    }


def _lid(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    return {"lid": w.sleutel("vrij", soort), "op": _dag(), "rol": Rol.OVERIG.value}


def _eigen_mensen(w: Wereld, soort: str, wie: str) -> str:
    """Somebody who lives in another household that `wie` works with: for joining those two."""
    return str(w.sleutel("kostganger", soort))


def _gezin(**velden: Any) -> Velden:
    return lambda w, soort, wie: {"op": _dag(), **velden}


GEZIN: dict[str, Velden] = {
    "huishouden-geboorte": _gezin(achternaam="Nieuweling", voornamen="Baby"),
    "huishouden-intrek": lambda w, soort, wie: {
        "persoon": _eigen_mensen(w, soort, wie),
        "rol": Rol.OVERIG.value,
        "op": _dag(),
        "blijft_ook": "on",
    },
    "huishouden-nieuw-lid": _gezin(achternaam="Nieuweling", rol=Rol.OVERIG.value),
    "huishouden-splits": lambda w, soort, wie: {
        "personen": [w.sleutel("vrij", soort)],
        "soort": Wijzigingsoort.UIT_HUIS.value,
        "op": _dag(),
    },
    "huishouden-vertrek": _lid,
    "huishouden-verhuis": lambda w, soort, wie: {
        "op": _dag(),
        "postcode": "1315BB" if soort == "stad" else "1316BB",
    },
    "huishouden-voeg-samen": lambda w, soort, wie: {
        "persoon": _eigen_mensen(w, soort, wie),
        "op": _dag(),
    },
    "huishouden-overlijden": _lid,
    "huishouden-rol": _lid,
}
"""What changes who lives in a household; each is sent with what its page showed."""


def _doel(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    return {"tekst": "weer naar school", "eigenaar": w.sleutel("bewoner", soort)}


def _afspraak(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    return {"soort": 1, "tekst": "belt de school", "wie": w.sleutel("bewoner", soort)}


def _score(w: Wereld, soort: str, wie: str) -> dict[str, Any]:
    niveau = Scoresoort.objects.order_by("pk")[0]
    return {"datum": _dag(), "gezien": 0, f"gebied-{niveau.leefgebied_id}": niveau.pk}


VELDEN: dict[str, Velden] = {
    **GEZIN,
    "huishouden-ongedaan": _reden,
    "huishouden-relatie": lambda w, soort, wie: {
        "lid": w.sleutel("vrij", soort),
        "soort": f"{Relatiesoort.MANTELZORGER.value}-heen",
        "ander": w.sleutel("dubbel", soort),
    },
    "huishouden-relatie-einde": _gezin(),
    "huishouden-ketenpartner": lambda w, soort, wie: {"organisatie": "School", "vanaf": _dag()},
    "huishouden-ketenpartner-einde": _gezin(),
    "huishouden-noteer": lambda w, soort, wie: {
        "tekst": "een notitie",
        "personen": [w.sleutel("vrij", soort)],
    },
    "huishouden-notitie": lambda w, soort, wie: {"tekst": "een betere notitie", "gezien": 1},
    "externe-cijfers": lambda w, soort, wie: {
        "waarde_0_0": "12,5",
        "status_0_0": Cijferstatus.VOORLOPIG.value,
        "bron_0": "Veilig Thuis",
    },
    "externe-cijfers-inlezen": lambda w, soort, wie: {
        "bestand": SimpleUploadedFile(
            "cijfers.csv",
            b"tabel,rij,periode,waarde,status,bron\n2.17,x,2015-Q2,3,definitief,Veilig Thuis\n",
        )
    },
    "klacht-nieuw": lambda w, soort, wie: {"soort": Klachtsoort.BEZWAAR.value, "datum": _dag()},
    "klacht-corrigeren": lambda w, soort, wie: {
        "soort": Klachtsoort.BEZWAAR.value,
        "datum": _dag(),
        **_reden(w, soort, wie),
    },
    "klacht-verdagen": lambda w, soort, wie: {"verdaging-op": _dag()},
    "klacht-afhandelen": lambda w, soort, wie: {
        "afhandeling-uitkomst": Klachtuitkomst.ONGEGROND.value,
        "afhandeling-op": _dag(),
    },
    "klacht-vergissing": lambda w, soort, wie: {"vergissing-reden": "twee keer"},
    "activiteit-nieuw": lambda w, soort, wie: _activiteit(w, wie),
    "activiteit": lambda w, soort, wie: _activiteit(w, wie) | _reden(w, soort, wie),
    "activiteit-intrekken": lambda w, soort, wie: {"intrekken-reden": "twee keer"},
    "consult-nieuw": lambda w, soort, wie: _teamwerk(w, wie),
    "consult": lambda w, soort, wie: _teamwerk(w, wie) | _reden(w, soort, wie),
    "consult-intrekken": lambda w, soort, wie: {"intrekken-reden": "twee keer"},
    "spreekuren": lambda w, soort, wie: _spreekuur(w, wie) | {"geldig_van": _dag()},
    "spreekuur": lambda w, soort, wie: _spreekuur(w, wie) | {"per": _dag()},
    "spreekuur-einde": lambda w, soort, wie: {"einde-per": _dag()},
    "bestanden": lambda w, soort, wie: {"periode": "2015-Q2", "formaat": "xlsx", "sleutel": uuid4()},
    "filter-bewaren": lambda w, soort, wie: {"naam": "proef"},
    "verdelen": _over,
    "overdragen": _draag_over,
    "terugbelverzoek-nieuw": lambda w, soort, wie: {"naam": "Iemand", "telefoon": "0699999999"},
    "belpoging": lambda w, soort, wie: {"uitkomst": Uitkomst.GESPROKEN.code},
    "kcc-contact-team": lambda w, soort, wie: {f"{w.sleutel('kcccontact', soort)}-team": w.teams["haven"].pk},
    "kcc-contact-afgedaan": lambda w, soort, wie: {f"{w.sleutel('kcccontact', soort)}-reden": "proef"},
    "melding-nieuw": _aanname,
    "melding-herken": lambda w, soort, wie: {
        "melder_soort": 1,
        "melder_naam": _bijna("haven"),
    },
    "meldingenformulier": _formulier,
    "poststuk-melding": lambda w, soort, wie: {"melding": w.rijen["melding", "haven"].nummer},
    "poststuk-inwoner": lambda w, soort, wie: {"persoon": w.sleutel("vrij", "haven")},
    "poststuk-afdoen": lambda w, soort, wie: {"soort": "beantwoord", "reden": "is gebeld"},
    "melding-toewijzen": lambda w, soort, wie: {"medewerker": _bij_team(w, soort)},
    "melding-stap": lambda w, soort, wie: {"op": _dag()},
    "melding-noteer": lambda w, soort, wie: {"tekst": "een notitie"},
    "melding-corrigeer": lambda w, soort, wie: {
        "datum": _dag(),
        "team": w.rijen["melding", soort].team_id,
        "kanaal": Kanaal.BALIE.value,
        "reden": "was aan de balie",
    },
    "melding-terugdraaien": _reden,
    "melding-vergissing": _reden,
    "melding-gesprek": lambda w, soort, wie: {
        "dag": _dag(1),
        "tijd": "10:00",
        "plaatssoort": 1,
        "deelnemers": [_bij_team(w, soort)],
    },
    "melding-gesprek-verplaatsen": lambda w, soort, wie: {
        "dag": _dag(3),
        "tijd": "10:00",
        "plaatssoort": 2,
        "reden": "kan niet",
    },
    "melding-gesprek-houden": lambda w, soort, wie: {
        "op": _dag(),
        "aanwezigen": [w.rijen["gesprek", soort].door_id],
    },
    "melding-gesprek-afzeggen": _reden,
    "melding-kenmerken": lambda w, soort, wie: {"vraag": "een andere vraag"},
    "melding-koppelen": lambda w, soort, wie: {"persoon": w.sleutel("vrij", soort), "reden": "toch die"},
    "melding-koppeling-terug": _reden,
    "melding-gelijkstellen": lambda w, soort, wie: {"persoon": w.sleutel("vrij", soort), "reden": "zelfde"},
    "melding-contactpersoon": lambda w, soort, wie: {"medewerker": _bij_team(w, soort)},
    "melding-verslag": lambda w, soort, wie: {
        "behoeften": "weer zelf koken",
        "gezien": w.sleutel("verslag", soort),
    },
    "melding-verslag-verstuurd": lambda w, soort, wie: {"op": _dag(), "wijze": 1, "aan": "Iemand"},
    "melding-verheldering": lambda w, soort, wie: {
        f"{Levensgebied.objects.order_by('pk')[0].pk}-tekst": "over geld"
    },
    "melding-scores": _score,
    "melding-aanvraag": lambda w, soort, wie: {"op": _dag()},
    "melding-opschorting": lambda w, soort, wie: {"grond": 1, "van": _dag(), "reden": "er ontbreekt iets"},
    "melding-opschorting-einde": lambda w, soort, wie: {"tot": _dag()},
    "melding-verdaging": lambda w, soort, wie: {
        "op": _dag(),
        "tot": _dag(300),
        "wijze": 1,
        "reden": "een advies is er nog niet",
    },
    "besluit-nieuw": lambda w, soort, wie: {**_besluit(), "persoon": w.sleutel("persoon", soort)},
    "besluit-wijzig": lambda w, soort, wie: {**_besluit(), "versie": 1},
    "besluit-stap": _reden,
    "verwijzen": lambda w, soort, wie: {"voorziening": w.sleutel("kaart", "haven")},
    "zoek": lambda w, soort, wie: {"tekst": _bijna("haven")},
    "huishouden-noodtoegang": _reden,
    "huishouden-contactpersoon": lambda w, soort, wie: {"medewerker": w.wie[wie].pk} if wie in w.wie else {},
    "huishouden-betrek": lambda w, soort, wie: {"medewerker": w.wie["coordinator"].pk},
    "huishouden-opschalen": lambda w, soort, wie: {
        "wat": f"consult-{w.rijen['opschaling', soort].team_id}",
        "vraag": "weet u meer",
    },
    "opschaling-stap": _reden,
    "opschaling-rondetafel": lambda w, soort, wie: {
        "datum": _dag(),
        "plaats": "het buurthuis",
        "medewerkers": [w.rijen["opschaling", soort].gevraagd_door_id],
        "ketenpartners": [w.sleutel("ketenpartner", soort)],
    },
    "rondetafel-afspraak": lambda w, soort, wie: {
        "wie": w.rijen["rondetafel", soort].tafelgenoten.order_by("pk")[0].pk,
        "tekst": "belt de school",
        "uiterlijk_op": _dag(7),
    },
    "rondetafel-evaluatie": lambda w, soort, wie: {"op": _dag()},
    "huishouden-scherm-af": _reden,
    "huishouden-hef-op": _reden,
    "concept": lambda w, soort, wie: {"tekst": "wat ik typ"},
    "logboek-inwoner": lambda w, soort, wie: {"tekst": _bijna("haven")},
    "noodtoegang-oordeel": lambda w, soort, wie: {
        f"{w.sleutel('noodtoegang', soort)}-{naam}": waarde
        for naam, waarde in {"oordeel": 1, "toelichting": "goed"}.items()
    },
    "plan-doel": _doel,
    "plan-doel-wijzig": lambda w, soort, wie: {
        **_doel(w, soort, wie),
        "stand": 1,
        "bewerking": 1,
        "begin": _dag(),
    },
    "plan-doel-afspraak": _afspraak,
    "plan-evaluatie": lambda w, soort, wie: {"op": _dag(3)},
    "plan-evaluatie-houden": lambda w, soort, wie: {"resultaat": 2, "op": _dag()},
    "plan-afspraak": _afspraak,
    "plan-afspraak-wijzig": lambda w, soort, wie: {**_afspraak(w, soort, wie), "bewerking": 1},
    "plan-deelnemer": lambda w, soort, wie: {"soort": 2, "naam": "Riet"},
    "plan-regie": lambda w, soort, wie: {"soort": 2, "wie": w.sleutel("bewoner", soort)},
    "plan-akkoord": lambda w, soort, wie: {
        "wie": w.sleutel("bewoner", soort),
        "antwoord": 1,
        "wijze": 1,
        "datum": _dag(),
    },
    "plan-afsluiten": lambda w, soort, wie: {"niet_gevraagd_omdat": "weg", "geen_waakvlam_omdat": "weg"},
    "plan-waakvlam": lambda w, soort, wie: {"op": _dag(), "verslag": "het gaat goed"},
    "editie-vaststellen": lambda w, soort, wie: {"titel": "Proef", "tabel": "2.1", "periode": "2015-Q2"},
    "sociale-kaart-nieuw": lambda w, soort, wie: {"soort": 1, "naam": "Taalmaatje", "hele_gemeente": "on"},
    "afnemers": lambda w, soort, wie: {"naam": "KISS", "scopes": ["meldingen"]},
    "sociale-kaart-wijzig": lambda w, soort, wie: {
        "soort": 1,
        "naam": "Taalmaatje",
        "hele_gemeente": "on",
        "gezien": w.rijen["kaart", soort].gewijzigd_op.isoformat(),
    },
    "sociale-kaart-importeren": _kaartbestand,
}
"""Per address that takes something: what it takes."""
