"""Who may what at which address: the one table that the tests of rights read.

One line per address; `test_matrix` compares it with the addresses that there are, in both directions. An answer is a
word: `in` (it worked), `aanmelden` (go and sign in), `poort` (the same for the admin), `pagina` (look at the row),
or a status. Who is let in to a row stands in `LEEST` and what follows it: the ground that the log has to name, by
plight of the row and by who asks. Whoever has a role that lets them in at the door (`rollen`) but isn't named there
gets 404; whoever has no such role gets 403.
"""

from __future__ import annotations

from meldingen.klantinteracties.bronnen import BRONNEN
from meldingen.pdf import kan_pdf
from teams.models import Grond
from tests.rechten.regels import (
    ANALIST,
    ANTWOORDT,
    BEHEER,
    BELT,
    BINNEN,
    CIJFERLEZERS,
    EIGEN_FILTER,
    ELDERS,
    EXPERTS,
    FG,
    IEDER,
    INWONERS,
    KAARTLEZERS,
    KCC,
    KENT,
    KLACHTEN,
    KLACHTZICHT,
    LEEST,
    LEEST_MELDING,
    LEEST_POST,
    LIGT_ER,
    NOOD,
    NOOIT,
    PER_RIJ,
    POST_LIGT_ER,
    ROOSTER,
    ROOSTERAARS,
    SCHERMT_AF,
    TE_TOETSEN,
    TEAMWERK,
    TOETSER,
    TOEZICHT,
    VAN_GEVRAAGD_TEAM,
    VASTSTELLERS,
    VELD,
    VERDELERS,
    WERKT,
    WIJKTEAM,
    Adres,
    Mag,
    Vast,
    allen,
    altijd,
    api,
    bladzijde,
    doet,
    formulier,
    pagina,
    van_account,
    van_beheer,
    verandert,
)

TABEL: dict[str, Adres] = {
    # voor iedereen
    "begin": Adres(*(Vast(302, rol_eerst=BINNEN),) * 3),
    "/api": altijd(404),
    "gezondheid": altijd(200),
    "oauth-token": altijd(405, 400, 405),
    "oauth-intrekken": altijd(405, 400, 405),
    "meldingenformulier": formulier(IEDER, methode_eerst=True),
    "melding-ontvangen": pagina(IEDER, methode_eerst=True),
    # werkvoorraad en terugbellen
    "werkvoorraad": pagina(VELD | TOETSER, methode_eerst=True, inhoud=True),
    "werkvoorraad-oppakken": doet(VELD, WERKT, model="melding", kan_niet=ELDERS),
    "filter-bewaren": doet(VELD),
    "filter-verwijderen": doet(VELD, EIGEN_FILTER, model="filter"),
    "verdelen": doet(VERDELERS),
    "overdragen": formulier(VERDELERS, methode_eerst=True),
    "terugbelverzoeken": pagina(VELD | KCC, methode_eerst=True, inhoud=True),
    "terugbelverzoek-nieuw": formulier(VELD | KCC, methode_eerst=True),
    "belpoging": doet(VELD, BELT, model="belofte"),
    "signalen": pagina(VELD, methode_eerst=True, inhoud=True),
    "kcc-contacten": pagina(VERDELERS, methode_eerst=True),
    "kcc-contact-team": doet(VERDELERS, LIGT_ER, model="kcccontact"),
    "kcc-contact-afgedaan": doet(VERDELERS, LIGT_ER, model="kcccontact"),
    # de triage: mail uit de postbus
    "triage": pagina(VERDELERS | KCC, methode_eerst=True),
    "poststuk": pagina(VELD | KCC, LEEST_POST, model="poststuk", inhoud=True),
    "poststuk-bijlage": pagina(VELD | KCC, LEEST_POST, model="poststuk", onderdeel="bijlage", inhoud=True),
    "poststuk-melding": verandert(VERDELERS | KCC, POST_LIGT_ER, "lospost"),
    "poststuk-inwoner": verandert(VERDELERS | KCC, POST_LIGT_ER, "lospost"),
    "poststuk-afdoen": verandert(VERDELERS | KCC, POST_LIGT_ER, "lospost"),
    "poststuk-toelaten": verandert(VERDELERS | KCC, POST_LIGT_ER, "geweerdepost"),
    # nieuwe melding
    "melding-nieuw": formulier(INWONERS),
    "melding-herken": Adres(
        Vast(405, rol_eerst=INWONERS),
        Mag(INWONERS, schrijft=True),
        Vast(405, rol_eerst=INWONERS),
        persoonsgegevens=True,
    ),
    # een melding
    "melding": pagina(VELD | TOETSER, LEEST_MELDING, model="melding", inhoud=True),
    "melding-oppakken": verandert(VELD, WERKT, "melding", kan_niet=ELDERS),
    "melding-toewijzen": verandert(VELD, WERKT, "melding"),
    "melding-stap": verandert(VELD, WERKT, "melding"),
    "melding-noteer": verandert(VELD, WERKT, "melding"),
    "melding-corrigeer": verandert(VELD, WERKT, "melding", "feit"),
    "melding-terugdraaien": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
    "melding-vergissing": verandert(VELD, WERKT, "tweede_melding"),
    "melding-gesprek": verandert(VELD, WERKT, "melding"),
    "melding-gesprek-afzeggen": verandert(VELD, WERKT, "melding", "gesprek"),
    "melding-gesprek-verplaatsen": verandert(VELD, WERKT, "melding", "gesprek"),
    "melding-gesprek-houden": verandert(VELD, WERKT, "melding", "gesprek"),
    "gesprek": pagina(VELD | TOETSER, LEEST, model="melding", onderdeel="gesprek", inhoud=True),
    "gesprek-ics": pagina(VELD | TOETSER, LEEST, model="melding", onderdeel="gesprek"),
    "melding-kenmerken": verandert(VELD, WERKT, "melding"),
    "melding-koppelen": verandert(VELD, WERKT, "tweede_melding"),
    "melding-koppeling-terug": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
    "melding-gelijkstellen": verandert(VELD, WERKT, "melding"),
    "melding-losmaken": verandert(VELD, WERKT, "tweede_melding", "gelijkstelling"),
    "melding-contactpersoon": verandert(VELD, WERKT, "melding"),
    "verwijzen": Adres(
        Mag(VELD, WERKT),
        Mag(VELD, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD),
        "melding",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    "melding-verslag": Adres(
        Mag(VELD | TOETSER, LEEST),
        Mag(VELD | TOETSER, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD | TOETSER),
        "melding",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    # In a PDF words aren't found as they stand there; the page in its place has them.
    "melding-verslag-pdf": pagina(VELD | TOETSER, LEEST, model="melding", inhoud=not kan_pdf()),
    "melding-verheldering": Adres(
        Mag(VELD | TOETSER, LEEST),
        Mag(VELD | TOETSER, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD | TOETSER),
        "melding",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    "melding-scores": verandert(VELD, WERKT, "melding", "persoon"),
    "melding-verslag-verstuurd": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
    # een aanvraag, de besluiten daarop, en de toets
    "melding-aanvraag": verandert(VELD, WERKT, "tweede_melding", kan_niet=WERKT),
    "melding-opschorting": verandert(VELD, WERKT, "melding"),
    "melding-opschorting-einde": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
    "melding-verdaging": verandert(VELD, WERKT, "melding"),
    "besluit-nieuw": Adres(
        Mag(VELD, WERKT),
        Mag(VELD, WERKT, goed=(303,), kan_niet=WERKT, schrijft=True),
        Vast(405, rol_eerst=VELD),
        "melding",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    "besluit": pagina(VELD | TOETSER, LEEST, model="besluit", inhoud=True),
    "besluit-wijzig": Adres(
        Mag(VELD, WERKT),
        Mag(VELD, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD),
        "besluit",
        soorten=PER_RIJ,
        persoonsgegevens=True,
    ),
    "besluit-stap": verandert(VELD, WERKT, "besluit"),
    "besluit-toets": verandert(TOETSER, TE_TOETSEN, "toetsbesluit"),
    "toetsen": pagina(TOETSER),
    # zoeken, en een huishouden
    "zoek": Adres(
        Mag(INWONERS | FG), Mag(INWONERS | FG), Vast(405, rol_eerst=INWONERS | FG), persoonsgegevens=True
    ),
    "huishoudens": pagina(VELD, inhoud=True),
    "huishouden": pagina(INWONERS, KENT, model="huishouden", inhoud=True),
    "huishouden-noodtoegang": verandert(VELD, NOOD, "huishouden", kan_niet=LEEST),
    "huishouden-contactpersoon": verandert(VELD, WERKT, "huishouden"),
    "huishouden-betrek": verandert(VELD, WERKT, "huishouden"),
    "huishouden-beeindig": verandert(VELD, WERKT, "huishouden", "betrokkenheid"),
    "huishouden-opschalen": verandert(
        VELD, WERKT, "huishouden", kan_niet={"afgeschermd": WERKT["afgeschermd"]}
    ),
    "huishouden-scherm-af": verandert(VELD, SCHERMT_AF, "huishouden"),
    "huishouden-hef-op": verandert(VELD, SCHERMT_AF, "huishouden"),
    "huishouden-gezin": pagina(VELD, LEEST, model="huishouden", inhoud=True),
    "huishouden-geboorte": verandert(VELD, WERKT, "huishouden"),
    "huishouden-intrek": verandert(VELD, WERKT, "huishouden"),
    "huishouden-nieuw-lid": verandert(VELD, WERKT, "huishouden"),
    "huishouden-splits": verandert(VELD, WERKT, "huishouden"),
    "huishouden-vertrek": verandert(VELD, WERKT, "huishouden", kan_niet=WERKT),
    "huishouden-verhuis": verandert(VELD, WERKT, "huishouden"),
    "huishouden-voeg-samen": verandert(VELD, WERKT, "huishouden"),
    "huishouden-overlijden": verandert(VELD, WERKT, "huishouden"),
    "huishouden-rol": verandert(VELD, WERKT, "huishouden"),
    "huishouden-ongedaan": verandert(VELD, WERKT, "huishouden", "wijziging"),
    "huishouden-relatie": verandert(VELD, WERKT, "huishouden"),
    "huishouden-relatie-einde": verandert(VELD, WERKT, "huishouden", "relatie"),
    "huishouden-ketenpartner": verandert(VELD, WERKT, "huishouden"),
    "huishouden-ketenpartner-einde": verandert(VELD, WERKT, "huishouden", "ketenpartner"),
    "huishouden-noteer": verandert(VELD, WERKT, "huishouden"),
    "huishouden-notitie": Adres(
        Mag(VELD, LEEST),
        Mag(VELD, WERKT, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=VELD),
        "huishouden",
        "notitie",
        PER_RIJ,
        persoonsgegevens=True,
    ),
    # opschalen, en wat daarvan komt
    "opschalingen": pagina(EXPERTS, inhoud=True),
    "opschaling": pagina(VELD, LEEST, model="opschaling", inhoud=True),
    "opschaling-stap": verandert(VELD, WERKT, "opschaling", kan_niet=VAN_GEVRAAGD_TEAM),
    "opschaling-antwoord": verandert(EXPERTS, ANTWOORDT, "opschaling"),
    "opschaling-rondetafel": verandert(VELD, WERKT, "brandpunt", kan_niet=WERKT),
    "rondetafel-afspraak": verandert(VELD, WERKT, "brandpunt", "rondetafel"),
    "rondetafel-evaluatie": verandert(VELD, WERKT, "brandpunt", "tafelevaluatie"),
    # het plan van een huishouden
    "huishouden-plan": pagina(VELD, LEEST, model="huishouden", inhoud=True),
    "plan-versies": pagina(VELD, LEEST, model="huishouden", inhoud=True),
    "plan-afdruk": pagina(VELD, LEEST, model="huishouden", inhoud=True),
    # In a PDF words aren't found as they stand there; the page in its place has them.
    "plan-pdf": pagina(VELD, LEEST, model="huishouden", inhoud=not kan_pdf()),
    "plan-begin": verandert(VELD, WERKT, "huishouden", kan_niet=WERKT),
    "plan-doel": verandert(VELD, WERKT, "huishouden"),
    "plan-doel-wijzig": bladzijde(VELD, WERKT, "huishouden", "doel"),
    "plan-doel-afspraak": verandert(VELD, WERKT, "huishouden", "doel"),
    "plan-evaluatie": verandert(VELD, WERKT, "huishouden", "doel"),
    "plan-evaluatie-houden": bladzijde(VELD, WERKT, "huishouden", "evaluatie"),
    "plan-afspraak": verandert(VELD, WERKT, "huishouden"),
    "plan-afspraak-wijzig": bladzijde(VELD, WERKT, "huishouden", "afspraak"),
    "plan-afspraak-gedaan": verandert(VELD, WERKT, "huishouden", "afspraak"),
    "plan-deelnemer": bladzijde(VELD, WERKT, "huishouden"),
    "plan-deelnemer-einde": verandert(VELD, WERKT, "huishouden", "deelnemer"),
    "plan-regie": verandert(VELD, WERKT, "huishouden"),
    "plan-vaststellen": verandert(VELD, WERKT, "huishouden"),
    "plan-akkoord": verandert(VELD, WERKT, "huishouden"),
    "plan-afsluiten": bladzijde(VELD, WERKT, "huishouden"),
    "plan-waakvlam": verandert(VELD, WERKT, "huishouden", "afsluiting"),
    # wat iemand aan het typen is
    "concept": Adres(NOOIT, Mag(BINNEN, uit=401, schrijft=True), NOOIT),
    # toezicht
    "logboek": pagina(FG),
    "logboek-inwoner": Adres(Mag(FG), Mag(FG), Vast(405, rol_eerst=FG), persoonsgegevens=True),
    "uittreksel": pagina(FG, TOEZICHT, model="persoon", inhoud=True),
    "noodtoegangen": pagina(VELD | FG),
    "noodtoegang-oordeel": Adres(
        Vast(302, rol_eerst=FG),
        Mag(FG, TOEZICHT, goed=(302,), schrijft=True),
        Vast(405, rol_eerst=FG),
        "noodtoegang",
        soorten=PER_RIJ,
    ),
    # sociale kaart
    "sociale-kaart": pagina(KAARTLEZERS),
    "sociale-kaart-nieuw": formulier(BEHEER),
    "sociale-kaart-importeren": formulier(BEHEER, goed=(200,)),
    "sociale-kaart-voorziening": pagina(
        KAARTLEZERS, {"haven": allen(KAARTLEZERS, Grond.ALLES)}, model="kaart"
    ),
    "sociale-kaart-wijzig": Adres(
        Mag(BEHEER, rijen={"haven": allen(BEHEER, Grond.ALLES)}),
        Mag(BEHEER, rijen={"haven": allen(BEHEER, Grond.ALLES)}, goed=(302,), schrijft=True),
        Vast(405, rol_eerst=BEHEER),
        model="kaart",
        soorten=("haven", "onbekend"),
    ),
    # software buiten de deur
    "afnemers": Adres(Mag(BEHEER), Mag(BEHEER, schrijft=True), Vast(405, rol_eerst=BEHEER)),
    "afnemer": Adres(*(Vast(uit, rol_eerst=BEHEER) for uit in (404, 404, 405))),
    **{
        f"afnemer-{stap}": Adres(*(Vast(uit, rol_eerst=BEHEER) for uit in (302, 404, 405)))
        for stap in ("geheim", "teken", "teken-einde", "einde", "webhooks-opnieuw")
    },
    **{
        naam: Adres(*(Vast(uit, rol_eerst=BEHEER) for uit in (404, 404, 405)))
        for naam in ("afnemer-webhooks", "webhook")
    },
    **{
        f"webhook-{stap}": Adres(*(Vast(uit, rol_eerst=BEHEER) for uit in (302, 404, 405)))
        for stap in ("geheim", "uit", "aan", "opnieuw")
    },
    "webhooks-niet-bezorgd": pagina(BEHEER),
    # de API: voor software met een token, en voor niemand die in een browser is aangemeld
    "api-openapi": altijd(200, 405, 405),
    "api-collectie": altijd(200, 405, 405),
    "api-documentatie": altijd(200, 405, 405),
    "api-redoc": altijd(200, 405, 405),
    **{
        f"api-{naam}": altijd(401)
        for naam in (
            "klantcontacten",
            "klantcontact",
            "meldingen",
            "melding",
            "terugbelverzoeken",
            "terugbelverzoek",
            "terugbelverzoek-intrekken",
            "wijkteams",
            "sociale-kaart",
            "zoek-persoon",
        )
    },
    # klachten en bezwaren
    "klachten": pagina(KLACHTEN, inhoud=True),
    "klacht-nieuw": formulier(KLACHTEN),
    "klacht": pagina(KLACHTEN, KLACHTZICHT, model="klacht", inhoud=True),
    "klacht-corrigeren": bladzijde(KLACHTEN, KLACHTZICHT, "klacht"),
    "klacht-verdagen": verandert(KLACHTEN, KLACHTZICHT, "klacht"),
    "klacht-afhandelen": verandert(KLACHTEN, KLACHTZICHT, "klacht"),
    "klacht-vergissing": verandert(KLACHTEN, KLACHTZICHT, "klacht"),
    # wat teams naast meldingen doen
    "activiteiten": pagina(WIJKTEAM),
    "activiteit-nieuw": formulier(WIJKTEAM),
    "activiteit": bladzijde(WIJKTEAM, TEAMWERK, "activiteit", inhoud=False),
    "activiteit-intrekken": verandert(WIJKTEAM, TEAMWERK, "activiteit"),
    "consult-nieuw": formulier(WIJKTEAM),
    "consult": bladzijde(WIJKTEAM, TEAMWERK, "consult", inhoud=False),
    "consult-intrekken": verandert(WIJKTEAM, TEAMWERK, "consult"),
    "spreekuren": formulier(ROOSTERAARS),
    "spreekuur": bladzijde(ROOSTERAARS, ROOSTER, "spreekuur", inhoud=False),
    "spreekuur-einde": verandert(ROOSTERAARS, ROOSTER, "spreekuur"),
    # cijfers
    "rapportage": pagina(CIJFERLEZERS),
    "teams": pagina(CIJFERLEZERS),
    "dashboard": pagina(CIJFERLEZERS),
    "kosten": pagina(CIJFERLEZERS),
    "externe-cijfers": formulier(ANALIST | BEHEER),
    "externe-cijfers-inlezen": formulier(ANALIST | BEHEER, goed=(200,)),
    "stroomschema": pagina(CIJFERLEZERS),
    "stroomschema-knoop": pagina(CIJFERLEZERS, inhoud=True),
    "tabel": pagina(CIJFERLEZERS),
    "correcties": pagina(CIJFERLEZERS),
    "edities": pagina(CIJFERLEZERS),
    "editie-vaststellen": formulier(VASTSTELLERS),
    **{
        naam: pagina(CIJFERLEZERS, {"haven": allen(CIJFERLEZERS, Grond.ALLES)}, model="editie")
        for naam in ("editie", "editie-tabel", "editie-bestand", "editie-controle")
    },
    "meenemen": pagina(CIJFERLEZERS),
    "meegenomen": pagina(CIJFERLEZERS | FG),
    "bestanden": Adres(
        Mag(CIJFERLEZERS),
        Mag(CIJFERLEZERS, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=CIJFERLEZERS),
    ),
    "bestand": pagina(CIJFERLEZERS, EIGEN_FILTER, model="bestand"),
    "bestand-afbreken": Adres(
        Vast(302, rol_eerst=CIJFERLEZERS),
        Mag(CIJFERLEZERS, EIGEN_FILTER, goed=(303,), schrijft=True),
        Vast(405, rol_eerst=CIJFERLEZERS),
        "bestand",
        soorten=PER_RIJ,
    ),
    "api-stroomschema": api(),
    "api-monitor": api(),
    # aanmelden, en het eigen account
    "account_login": Adres(*(Vast(302, rol_eerst=BINNEN, uit=uit) for uit in (200, 200, 405))),
    "account_logout": altijd(405, 302, 405),
    "account_change_password": van_account(200, 200, 405),
    "account_reauthenticate": van_account(200, 200, 405),
    "mfa_index": van_account(200, 405, 405),
    "mfa_authenticate": altijd(302),
    "mfa_reauthenticate": van_account(302, 302, 302),
    "mfa_activate_totp": van_account(302, 302, 302),
    "mfa_deactivate_totp": van_account(404, 404, 404),
    "mfa_view_recovery_codes": van_account(404, 405, 405),
    "mfa_generate_recovery_codes": van_account(302, 302, 302),
    "mfa_download_recovery_codes": van_account(404, 404, 404),
    "mfa_list_webauthn": van_account(200, 405, 405),
    "mfa_add_webauthn": van_account(302, 302, 302),
    "mfa_reauthenticate_webauthn": van_account(302, 302, 302),
    "mfa_remove_webauthn": van_account(302, 302, 302),
    "mfa_edit_webauthn": van_account(302, 302, 302),
    # beheer: van de beheerder, en voor ieder ander de weg naar aanmelden
    "admin:index": van_beheer(200),
    "admin:login": Adres(*(Vast(403, rol_eerst=BINNEN),) * 3),
    "admin:logout": Adres(
        *(Vast(uitkomst, rol_eerst=BEHEER, anders=302, uit=302) for uitkomst in (405, 302, 405))
    ),
    "admin:password_change": van_beheer(200, 200, 405),
    "admin:password_change_done": van_beheer(200, 405, 405),
    "admin:autocomplete": van_beheer(403, 405, 405),
    "admin:jsi18n": van_beheer(200, 405, 405),
    "admin:view_on_site": van_beheer(404),
    "admin:app_list": van_beheer(200),
    "admin:/": van_beheer(404),
    "admin:auth_user_password_change": van_beheer(200),
}

for _soort in BRONNEN:
    # Only with a token: who is signed in on the pages is nobody here.
    TABEL |= {f"klantinteracties-{_soort}": altijd(401), f"klantinteracties-{_soort}-rij": altijd(401)}
TABEL |= {"klantinteracties-maak-klantcontact": altijd(401), "/klantinteracties/api": altijd(404)}
# Only with the token of the register elsewhere, which asks for a 403 without it.
TABEL["klantinteracties-notificaties"] = altijd(403)

BEHEERD = (
    "teams_medewerker",
    "teams_team",
    "teams_instelling",
    "voorzieningen_voorziening",
    "voorzieningen_voorzieningengroep",
    "voorzieningen_aanbieder",
    "voorzieningen_budget",
)
"""What beheer keeps in the admin."""
ZONDER_EINDE = ("voorzieningen_voorziening", "voorzieningen_voorzieningengroep")
"""Of that, what is never deleted."""
for _model in BEHEERD:
    TABEL |= {
        f"admin:{_model}_changelist": van_beheer(200),
        f"admin:{_model}_add": van_beheer(200),
        f"admin:{_model}_change": van_beheer(200),
        f"admin:{_model}_delete": van_beheer(403 if _model in ZONDER_EINDE else 200),
        f"admin:{_model}_history": van_beheer(200),
        f"admin:{_model}/": van_beheer(302),
    }
