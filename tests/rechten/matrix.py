"""Who may what at which address: the one table that the tests of rights read.

One line per address; `test_matrix` compares it with the addresses that there are, in both directions. An answer is a
word: `in` (it worked), `aanmelden` (go and sign in), `poort` (the same for the admin), `pagina` (look at the row),
or a status. Who is let in to a row stands in `LEEST` and what follows it: the ground that the log has to name, by
plight of the row and by who asks. Whoever has a role that lets them in at the door (`rollen`) but isn't named there
gets 404; whoever has no such role gets 403.
"""

from __future__ import annotations

from teams.models import Grond
from tests.rechten.regels import (
    BEHEER,
    BELT,
    BINNEN,
    CIJFERLEZERS,
    EIGEN_FILTER,
    ELDERS,
    FG,
    IEDER,
    INWONERS,
    KAARTLEZERS,
    KCC,
    KENT,
    LEEST,
    LEEST_MELDING,
    NOOD,
    NOOIT,
    PER_RIJ,
    SCHERMT_AF,
    TE_TOETSEN,
    TOETSER,
    TOEZICHT,
    VELD,
    VERDELERS,
    WERKT,
    Adres,
    Mag,
    Vast,
    allen,
    altijd,
    api,
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
    "melding-vergissing": verandert(VELD, WERKT, "melding"),
    "melding-gesprek": verandert(VELD, WERKT, "melding"),
    "melding-gesprek-afzeggen": verandert(VELD, WERKT, "melding", "gesprek"),
    "melding-kenmerken": verandert(VELD, WERKT, "melding"),
    "melding-koppelen": verandert(VELD, WERKT, "melding"),
    "melding-koppeling-terug": verandert(VELD, WERKT, "melding"),
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
    # een aanvraag, de besluiten daarop, en de toets
    "melding-aanvraag": verandert(VELD, WERKT, "tweede_melding", kan_niet=WERKT),
    "melding-opschorting": verandert(VELD, WERKT, "melding"),
    "melding-opschorting-einde": verandert(VELD, WERKT, "melding", kan_niet=WERKT),
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
    "huishouden-expertteam": verandert(VELD, WERKT, "huishouden"),
    "huishouden-scherm-af": verandert(VELD, SCHERMT_AF, "huishouden"),
    "huishouden-hef-op": verandert(VELD, SCHERMT_AF, "huishouden"),
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
    # cijfers
    "rapportage": pagina(CIJFERLEZERS),
    "kosten": pagina(CIJFERLEZERS),
    "stroomschema": pagina(CIJFERLEZERS),
    "tabel": pagina(CIJFERLEZERS),
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

BEHEERD = (
    "teams_medewerker",
    "teams_team",
    "teams_instelling",
    "voorzieningen_voorzieningengroep",
    "voorzieningen_aanbieder",
    "voorzieningen_budget",
)
"""What beheer keeps in the admin."""
for _model in BEHEERD:
    TABEL |= {
        f"admin:{_model}_changelist": van_beheer(200),
        f"admin:{_model}_add": van_beheer(200),
        f"admin:{_model}_change": van_beheer(200),
        f"admin:{_model}_delete": van_beheer(200),
        f"admin:{_model}_history": van_beheer(200),
        f"admin:{_model}/": van_beheer(302),
    }
