"""Taking on a melding: never twice, with the household that is known, for the team of the address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from households.models import Huishouden, Persoon
from households.workflow import neem_op
from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import DubbeleMelding, Melder, NieuwePersoon
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Postcodegebied, Rol, Team
from tests.conftest import EigenDatabase
from tests.factories import TeamFactory, stel_aan

MELDER = Melder(Meldersoort.INWONER, "Jo Jansen", telefoon="0612345678", email="jo@voorbeeld.nl")


@pytest.fixture
def haven(db: None) -> Team:
    team = TeamFactory(code="haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


def neem_aan(door: Medewerker, voor: Persoon | NieuwePersoon | None = None, **anders: object) -> Melding:
    gegevens = {"melder": MELDER, "vraag": "Hulp na een val", "op": timezone.localdate(), **anders}
    return workflow.neem_aan(voor=voor or NieuwePersoon("Jansen", postcode="1316AA"), door=door, **gegevens)  # type: ignore[arg-type]


def test_het_team_is_dat_van_het_adres(haven: Team, wijkwerker: Medewerker) -> None:
    assert neem_aan(wijkwerker).team == haven
    ander = TeamFactory(code="ander")
    assert neem_aan(wijkwerker, team=ander, toch_apart=True).team == ander
    assert neem_aan(wijkwerker, NieuwePersoon("Bos"), toch_apart=True).team is None


def test_een_bekende_houdt_huishouden_en_team(haven: Team, wijkwerker: Medewerker) -> None:
    eerste = neem_aan(wijkwerker)
    partner = Persoon.objects.create(achternaam="Smit")
    assert eerste.huishouden
    assert eerste.persoon
    neem_op(partner, eerste.huishouden, vanaf=timezone.localdate(), postcode="1316AA", door=wijkwerker)
    for persoon in (eerste.persoon, partner):
        melding = neem_aan(wijkwerker, persoon, toch_apart=True)
        assert (melding.persoon, melding.huishouden, melding.team) == (persoon, eerste.huishouden, haven)
    assert Huishouden.objects.count() == 1


@pytest.mark.django_db
def test_wie_bekend_is_maar_nergens_woont_krijgt_een_eigen_huishouden(wijkwerker: Medewerker) -> None:
    persoon = Persoon.objects.create(achternaam="Smit")
    melding = neem_aan(wijkwerker, persoon)
    assert melding.huishouden
    assert melding.huishouden.verblijven.get().persoon == persoon


@pytest.mark.django_db
def test_dezelfde_sleutel_geeft_dezelfde_melding(wijkwerker: Medewerker) -> None:
    sleutel = uuid4()
    assert neem_aan(wijkwerker, sleutel=sleutel) == neem_aan(wijkwerker, sleutel=sleutel)
    assert Persoon.objects.count() == 1
    assert workflow.is_aangenomen(sleutel)
    assert not workflow.is_aangenomen(uuid4())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "melder",
    [
        Melder(Meldersoort.NAASTE, "Een ander", telefoon="0612345678"),
        Melder(Meldersoort.INWONER, "Jo", email="JO@voorbeeld.nl"),
    ],
)
def test_dezelfde_beller_is_dubbel_tot_de_tijd_voorbij_is(wijkwerker: Medewerker, melder: Melder) -> None:
    eerste = neem_aan(stel_aan(wijkwerker, Rol.WIJKWERKER, TeamFactory()))
    with pytest.raises(DubbeleMelding, match=eerste.nummer) as fout:
        neem_aan(wijkwerker, melder=melder)
    assert fout.value.melding == eerste
    assert Persoon.objects.count() == 1
    Melding.objects.update(geregistreerd_op=timezone.now() - timedelta(minutes=31))
    neem_aan(wijkwerker, melder=melder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("melder", "vraag", "tekst"),
    [
        (Melder(Meldersoort.INWONER, " ", telefoon="0612345678"), "Hulp", "naam"),
        (Melder(Meldersoort.INWONER, "Jo"), "Hulp", "telefoonnummer of e-mailadres"),
        (MELDER, "  ", "vraag"),
    ],
)
def test_zonder_naam_bereikbaarheid_of_vraag_geen_melding(
    wijkwerker: Medewerker, melder: Melder, vraag: str, tekst: str
) -> None:
    with pytest.raises(Geweigerd, match=tekst):
        neem_aan(wijkwerker, melder=melder, vraag=vraag)
    assert not Persoon.objects.exists()


def samen(*doe: object) -> list[object]:
    """What each comes to, or the refusal; all begin at the same moment."""
    begin = Barrier(len(doe))

    def een(wat: object) -> object:
        begin.wait()
        try:
            return wat()  # type: ignore[operator]
        except Geweigerd as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doe)) as draden:
        return list(draden.map(een, doe))


def test_twee_die_dezelfde_beller_tegelijk_vastleggen(
    eigen_database: EigenDatabase, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    for wie in (wijkwerker, collega):
        stel_aan(wie, Rol.WIJKWERKER, TeamFactory())
    for _ in range(5):
        Melding.objects.update(geregistreerd_op=timezone.now() - timedelta(hours=1))
        eerder = Melding.objects.count()
        uitkomst = samen(lambda: neem_aan(wijkwerker), lambda: neem_aan(collega))
        gemaakt = [melding for melding in uitkomst if isinstance(melding, Melding)]
        geweigerd = [fout for fout in uitkomst if isinstance(fout, DubbeleMelding)]
        assert (len(gemaakt), len(geweigerd)) == (1, 1)
        assert geweigerd[0].melding == gemaakt[0]
        assert Melding.objects.count() == eerder + 1


def test_twee_die_elkaars_beller_en_persoon_vastleggen_wachten_niet_op_elkaar(
    eigen_database: EigenDatabase, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    """The locks of both are the same two, asked for in the opposite order."""
    a, b = (Persoon.objects.create(achternaam=naam) for naam in ("Jansen", "Bos"))
    for _ in range(5):
        tijdelijk = {"toch_apart": True}
        uitkomst = samen(
            lambda t=tijdelijk: neem_aan(wijkwerker, a, **t), lambda t=tijdelijk: neem_aan(collega, b, **t)
        )
        assert all(isinstance(melding, Melding) for melding in uitkomst), uitkomst


def test_hetzelfde_formulier_tegelijk_verzonden_is_een_melding(
    eigen_database: EigenDatabase, wijkwerker: Medewerker
) -> None:
    sleutel = uuid4()
    uitkomst = samen(*[lambda: neem_aan(wijkwerker, sleutel=sleutel)] * 4)
    assert len({melding.pk for melding in uitkomst if isinstance(melding, Melding)}) == 1
    assert Melding.objects.count() == Persoon.objects.count() == 1


@pytest.mark.django_db
def test_wie_pas_later_ergens_kwam_wonen_houdt_dat_ene_huishouden(wijkwerker: Medewerker) -> None:
    vandaag = timezone.localdate()
    eerste = neem_aan(wijkwerker)
    eerder = neem_aan(wijkwerker, eerste.persoon, op=vandaag - timedelta(days=5), toch_apart=True)
    assert eerder.huishouden == eerste.huishouden
    assert eerste.persoon
    assert eerste.persoon.verblijven.count() == 1


@pytest.mark.django_db
def test_een_melding_is_over_iemand_die_leeft(wijkwerker: Medewerker) -> None:
    vandaag = timezone.localdate()
    gisteren = vandaag - timedelta(days=1)
    kind = Persoon.objects.create(achternaam="Bos", geboortedatum=vandaag)
    with pytest.raises(Geweigerd, match="is pas geboren op"):
        neem_aan(wijkwerker, kind, op=gisteren)
    with pytest.raises(Geweigerd, match="is pas geboren op"):
        neem_aan(wijkwerker, NieuwePersoon("Bos", geboortedatum=vandaag), op=gisteren)
    with pytest.raises(Geweigerd, match="is overleden op"):
        neem_aan(wijkwerker, Persoon.objects.create(achternaam="Smit", overleden_op=gisteren))
    with pytest.raises(Geweigerd, match="niet meer ingeschreven"):
        neem_aan(wijkwerker, Persoon.objects.create(achternaam="Vos", vervallen_op=timezone.now()))
    assert not Huishouden.objects.exists()
