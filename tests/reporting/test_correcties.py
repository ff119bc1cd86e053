"""What changed between two moments: per cell, and per registration with who and why."""

from collections.abc import Callable

import pytest

from households.models import Huishouden, Persoon
from reporting.correcties import Cel, Correcties, correcties
from reporting.register import TABELLEN
from reporting.tabellen.extern import LEVERINGEN
from reporting.vraag import Invoerfout, Vraag, lees_moment
from teams.models import Activiteit, Activiteitsoort, Consult, Inwonertal, Medewerker

from .conftest import Registratie, moment

NA = moment("2015-06-15T12:00")


def verschillen(
    tabel: str, van: str = "2015-06-01", tot: str = "2015-06-30", periode: str = "2015-Q1", **filters: str
) -> Correcties:
    vraag = Vraag.van_invoer(tabel, periode=periode, filters=filters)
    return correcties(vraag, lees_moment(van, "van"), lees_moment(tot, "tot"))


def per_cel(uitkomst: Correcties) -> dict[str, tuple[object, object, object]]:
    return {c.cel.sleutel: (c.van, c.tot, c.verschil) for c in uitkomst.cellen}


def stappen(uitkomst: Correcties) -> list[tuple[str, list[str], list[str]]]:
    return [
        (r.gebeurd, [cel.sleutel for cel in r.uit], [cel.sleutel for cel in r.naar])
        for r in uitkomst.registraties
    ]


@pytest.fixture
def corrigeer(wijkwerker: Medewerker) -> Callable[..., dict[str, object]]:
    """The clock of a row that lapsed between the two moments."""

    def klok(reden: str = "verkeerd ingevoerd") -> dict[str, object]:
        return {"vervallen_op": NA, "vervallen_door": wijkwerker, "vervallen_reden": reden}

    return klok


def test_een_melding_die_verder_kwam_verlaat_haar_knoop_en_komt_in_de_volgende(
    registratie: Registratie, wijkwerker: Medewerker
):
    melding = registratie.melding("2015-01-05")
    registratie.stap(melding, "voorveld", "2015-01-20", geregistreerd_op=NA, door=wijkwerker, ref="stap 1")
    uitkomst = verschillen("2.6")
    assert per_cel(uitkomst) == {
        "voorveld": (0, 1, 1),
        "overig_voor_gesprek": (1, 0, -1),
        "voorveld_pct": (0, 100, 100),
    }
    assert stappen(uitkomst) == [("geregistreerd", ["overig_voor_gesprek"], ["voorveld", "voorveld_pct"])]
    (feit,) = uitkomst.registraties
    assert (feit.soort, feit.nummer, feit.door, feit.moment) == (
        "gebeurtenis afgerond in het voorveld",
        "stap 1",
        "wijkwerker",
        NA,
    )


def test_een_verplaatste_ontvangst_noemt_het_oude_en_het_nieuwe_feit(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    melding = registratie.melding("2015-01-05", "W2", **corrigeer("hoort bij W10"))
    registratie.ontvangen(melding, "2015-01-05", "W10", geregistreerd_op=NA)
    uitkomst = verschillen("2.5")
    assert per_cel(uitkomst) == {"W2": (1, 0, -1), "W10": (0, 1, 1)}
    assert stappen(uitkomst) == [
        ("geregistreerd", ["W2"], ["W10"]),
        ("vervallen", ["W2"], ["W10"]),
    ]
    nieuw, oud = uitkomst.registraties
    assert (nieuw.door, nieuw.reden) == ("overdracht", "")
    assert (oud.door, oud.reden) == ("wijkwerker", "hoort bij W10")


def test_een_melding_die_de_periode_verlaat_telt_er_niet_meer(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    melding = registratie.melding("2015-03-31", **corrigeer())
    registratie.ontvangen(melding, "2015-04-01", geregistreerd_op=NA)
    cellen = ["volwassenen", "totaal"]
    assert stappen(verschillen("2.4")) == [("geregistreerd", cellen, []), ("vervallen", cellen, [])]
    assert stappen(verschillen("2.4", periode="2015-Q2")) == [
        ("geregistreerd", [], cellen),
        ("vervallen", [], cellen),
    ]


def test_wat_niets_verandert_en_wat_er_tussenin_kwam_en_ging_staat_er_niet(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    melding = registratie.melding("2015-01-05", **corrigeer())
    registratie.ontvangen(melding, "2015-01-06", geregistreerd_op=NA)
    registratie.contact(
        "2015-01-05", "telefoon", geregistreerd_op=moment("2015-06-02T00:00"), vervallen_op=NA
    )
    registratie.contact("2015-01-05", "telefoon")
    for tabel in TABELLEN:
        uitkomst = verschillen(tabel)
        assert (uitkomst.cellen, uitkomst.registraties) == ([], [])


def test_de_grenzen_zijn_wat_op_beide_momenten_bekend_was(registratie: Registratie):
    registratie.contact("2015-01-05", "telefoon", geregistreerd_op=NA)
    op, ervoor = "2015-06-15T12:00", "2015-06-15T11:59:59.999999"
    assert len(verschillen("1.1", ervoor, op).registraties) == 1
    assert len(verschillen("1.1", op, "2015-07-01").registraties) == 0
    assert len(verschillen("1.1", "2015-01-01", ervoor).registraties) == 0


def test_een_contact_staat_bij_zijn_maand(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    registratie.contact("2015-02-05", "email", wet="wmo", ref="c1", **corrigeer())
    registratie.contact("2015-03-05", "email", ref="c2", geregistreerd_op=NA)
    nieuw, oud = verschillen("2.2").registraties
    assert (oud.nummer, oud.uit, oud.naar) == (
        "c1",
        (Cel("wmo", "2015-02"), Cel("totaal", "2015-02")),
        (),
    )
    assert (nieuw.nummer, nieuw.uit, nieuw.naar) == ("c2", (), (Cel("totaal", "2015-03"),))


def test_een_client_verhuist_in_2_10_door_een_ander_verblijf(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    registratie.clienten(20)
    client = Persoon.objects.create()
    registratie.beschikking(client, "begeleiding", "2015-01-01")
    registratie.verblijf(client, "W2", "2014-01-01", ref="v1", **corrigeer())
    registratie.verblijf(client, "W10", "2014-01-01", ref="v2", geregistreerd_op=NA)
    uitkomst = verschillen("2.10")
    assert [(r.soort, r.nummer) for r in uitkomst.registraties] == [("verblijf", "v2"), ("verblijf", "v1")]
    assert stappen(uitkomst) == [("geregistreerd", ["W2"], ["W10"]), ("vervallen", ["W2"], ["W10"])]
    assert per_cel(uitkomst) == {"W2": ("< 10", 0, None), "W10": (0, "< 10", None)}


def test_in_2_13_hoort_bij_een_groep_alleen_de_beschikking_van_die_groep(
    registratie: Registratie, corrigeer: Callable[..., dict[str, object]]
):
    client = Persoon.objects.create()
    registratie.beschikking(client, "rolstoelen", "2015-01-01", ref="r1", **corrigeer())
    registratie.beschikking(client, "begeleiding", "2015-01-01", ref="b1", **corrigeer())
    registratie.beschikking(client, "begeleiding", "2015-02-01", ref="b2", geregistreerd_op=NA)
    assert [(r.nummer, r.gebeurd) for r in verschillen("2.13").registraties] == [("r1", "vervallen")]


def test_een_nieuw_extern_cijfer_is_een_correctie_en_wat_het_verdringt_niet(registratie: Registratie):
    registratie.extern("2.13", "opvang", "2015-Q1", None, vervallen_op=NA)
    registratie.extern("2.13", "opvang", "2015-Q1", "40", geregistreerd_op=NA)
    registratie.clienten(12, "opvang", geregistreerd_op=NA)
    uitkomst = verschillen("2.13")
    assert per_cel(uitkomst) == {"opvang": ("n.n.b.", 40, None)}
    assert [(r.soort, r.gebeurd) for r in uitkomst.registraties] == [
        ("extern cijfer", "geregistreerd"),
        ("extern cijfer", "vervallen"),
    ]


@pytest.mark.parametrize("tabel", [tabel for tabel in TABELLEN if tabel != "2.3"])
def test_elke_tabel_noemt_wat_erbij_kwam(registratie: Registratie, tabel: str):
    """But the roster of spreekuren, of which only is known how it is now."""
    registratie.melding("2015-01-05", stappen=["gesprek_gestart"], geregistreerd_op=NA)
    registratie.klacht("2015-01-05", "klacht", "wmo", geregistreerd_op=NA)
    registratie.klacht("2015-01-05", "ombudsman", geregistreerd_op=NA)
    for team in ("W2", "W10"):
        Inwonertal.objects.create(
            team=registratie.teams[team], peildatum="2015-01-01", inwoners=50, jeugdigen=9
        )
    opbouwwerk = {"discipline": "opbouwwerk", "soort": Activiteitsoort.BUURTACTIVITEIT}
    Activiteit.objects.create(datum="2015-01-05", bewoners=4, geregistreerd_op=NA, **opbouwwerk)
    Consult.objects.create(discipline="vrijwilligersconsulent", datum="2015-01-05", geregistreerd_op=NA)
    thuis, client = Huishouden.objects.create(), Persoon.objects.create()
    registratie.beschikking(
        client, "rolstoelen", "2015-01-05", besluitdatum="2015-01-02", geregistreerd_op=NA
    )
    registratie.verblijf(client, "W2", "2014-01-05", huishouden=thuis)
    if TABELLEN[tabel].extern:
        registratie.extern(tabel, next(iter(LEVERINGEN[tabel].rijen)), "2015-02", "5", geregistreerd_op=NA)
    registratie.contact("2015-01-05", "telefoon", geregistreerd_op=NA)
    registratie.contact("2015-01-05", "email", geregistreerd_op=NA)
    registratie.clienten(10, geregistreerd_op=NA)
    registratie.clienten(10, "pleegzorg", geregistreerd_op=NA)
    uitkomst = verschillen(tabel)
    assert uitkomst.cellen
    assert {r.gebeurd for r in uitkomst.registraties} == {"geregistreerd"}
    assert all(r.naar and not r.uit for r in uitkomst.registraties)


def test_de_momenten_staan_in_volgorde(db: None):
    with pytest.raises(Invoerfout, match="niet na het eerste"):
        verschillen("2.4", "2015-06-30", "2015-06-30")
