"""Addresses of the daily work."""

from django.urls import path

from meldingen.views import (
    aannemen,
    aanvragen,
    besluiten,
    concepten,
    huishouden,
    koppelen,
    melden,
    melding,
    signalen,
    stappen,
    terugbellen,
    verdelen,
    verwijzen,
    werkvoorraad,
    zoeken,
)

urlpatterns = [
    # werkvoorraad en terugbellen
    path("werkvoorraad", werkvoorraad.werkvoorraad, name="werkvoorraad"),
    path("werkvoorraad/<int:pk>/oppakken", werkvoorraad.oppakken, name="werkvoorraad-oppakken"),
    path("werkvoorraad/filters", werkvoorraad.filter_bewaren, name="filter-bewaren"),
    path("werkvoorraad/filters/<int:pk>/weg", werkvoorraad.filter_verwijderen, name="filter-verwijderen"),
    path("werkvoorraad/verdelen", verdelen.verdelen, name="verdelen"),
    path("werkvoorraad/overdragen", verdelen.overdragen, name="overdragen"),
    path("terugbelverzoeken", terugbellen.terugbelverzoeken, name="terugbelverzoeken"),
    path("terugbelverzoeken/nieuw", terugbellen.nieuw, name="terugbelverzoek-nieuw"),
    path("terugbelverzoeken/<int:pk>/poging", terugbellen.poging, name="belpoging"),
    path("signalen", signalen.signalen, name="signalen"),
    # nieuwe melding
    path("meldingen/nieuw", aannemen.nieuw, name="melding-nieuw"),
    path("meldingen/nieuw/herken", aannemen.herken_fragment, name="melding-herken"),
    path("meldingen/<int:pk>/verwijzen", verwijzen.verwijzen, name="verwijzen"),
    # een melding
    path("meldingen/<int:pk>", melding.pagina, name="melding"),
    path("meldingen/<int:pk>/oppakken", stappen.pak_op, name="melding-oppakken"),
    path("meldingen/<int:pk>/toewijzen", stappen.wijs_toe, name="melding-toewijzen"),
    path("meldingen/<int:pk>/stappen/<slug:stap>", stappen.zet_stap, name="melding-stap"),
    path("meldingen/<int:pk>/notities", stappen.noteer, name="melding-noteer"),
    path("meldingen/<int:pk>/feiten/<int:feit>/correctie", stappen.corrigeer, name="melding-corrigeer"),
    path("meldingen/<int:pk>/terugdraaien", stappen.draai_terug, name="melding-terugdraaien"),
    path("meldingen/<int:pk>/vergissing", stappen.registreer_als_vergissing, name="melding-vergissing"),
    path("meldingen/<int:pk>/gesprekken", stappen.plan_gesprek, name="melding-gesprek"),
    path(
        "meldingen/<int:pk>/gesprekken/<int:gesprek>/afzegging",
        stappen.zeg_gesprek_af,
        name="melding-gesprek-afzeggen",
    ),
    path("meldingen/<int:pk>/kenmerken", stappen.wijzig_kenmerken, name="melding-kenmerken"),
    path("meldingen/<int:pk>/koppeling", koppelen.koppel, name="melding-koppelen"),
    path("meldingen/<int:pk>/koppeling/terug", koppelen.zet_koppeling_terug, name="melding-koppeling-terug"),
    path("meldingen/<int:pk>/gelijkstellingen", koppelen.stel_gelijk, name="melding-gelijkstellen"),
    path(
        "meldingen/<int:pk>/gelijkstellingen/<int:gelijkstelling>/losmaken",
        koppelen.maak_los,
        name="melding-losmaken",
    ),
    path("meldingen/<int:pk>/contactpersoon", koppelen.maak_contactpersoon, name="melding-contactpersoon"),
    # een aanvraag en de besluiten daarop
    path("meldingen/<int:pk>/aanvraag", aanvragen.leg_aanvraag_vast, name="melding-aanvraag"),
    path("meldingen/<int:pk>/opschorting", aanvragen.schort_op, name="melding-opschorting"),
    path(
        "meldingen/<int:pk>/opschorting/einde",
        aanvragen.hef_opschorting_op,
        name="melding-opschorting-einde",
    ),
    path("meldingen/<int:pk>/besluiten/nieuw", aanvragen.nieuw, name="besluit-nieuw"),
    path("besluiten/<int:pk>", besluiten.pagina, name="besluit"),
    path("besluiten/<int:pk>/wijzig", aanvragen.wijzig, name="besluit-wijzig"),
    path("besluiten/<int:pk>/stappen/<slug:stap>", besluiten.zet_stap, name="besluit-stap"),
    path("besluiten/<int:pk>/toets/<slug:stap>", besluiten.toets, name="besluit-toets"),
    path("toetsen", besluiten.toetsen, name="toetsen"),
    # een huishouden, en zoeken
    path("huishoudens", huishouden.lijst, name="huishoudens"),
    path("huishoudens/<int:pk>", huishouden.pagina, name="huishouden"),
    path("huishoudens/<int:pk>/noodtoegang", huishouden.open_noodtoegang, name="huishouden-noodtoegang"),
    path(
        "huishoudens/<int:pk>/contactpersoon",
        huishouden.maak_contactpersoon,
        name="huishouden-contactpersoon",
    ),
    path("huishoudens/<int:pk>/betrokkenen", huishouden.betrek, name="huishouden-betrek"),
    path(
        "huishoudens/<int:pk>/betrokkenen/<int:betrokkenheid>/einde",
        huishouden.beeindig,
        name="huishouden-beeindig",
    ),
    path("huishoudens/<int:pk>/expertteams", huishouden.vraag_expertteam, name="huishouden-expertteam"),
    path("huishoudens/<int:pk>/afscherming", huishouden.scherm_af, name="huishouden-scherm-af"),
    path("huishoudens/<int:pk>/afscherming/einde", huishouden.hef_afscherming_op, name="huishouden-hef-op"),
    path("zoek", zoeken.zoek, name="zoek"),
    # wat iemand aan het typen is
    path("concepten/<slug:formulier>", concepten.bewaar, name="concept"),
    # het formulier voor iedereen
    path("melden", melden.formulier, name="meldingenformulier"),
    path("melden/ontvangen", melden.ontvangen, name="melding-ontvangen"),
]
