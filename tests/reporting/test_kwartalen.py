"""The quarters that a page offers."""

from datetime import date

from reporting.forms import kwartalen_met_meldingen

from .conftest import Registratie


def test_de_kwartalen_met_meldingen_tellen_elke_categorie_en_geen_later_kwartaal(registratie: Registratie):
    registratie.melding("2014-12-31", categorie="jeugd")
    registratie.melding("2015-01-01")
    registratie.melding("2015-09-30", categorie="")
    registratie.melding("2015-10-01")
    registratie.melding("2015-10-02", categorie="jeugd")
    laatste = {date(2015, 10, 1): "2015-Q4", date(2015, 9, 30): "2015-Q3", date(2015, 9, 29): "2015-Q1"}
    for vandaag, kwartaal in laatste.items():
        gevonden = [periode.sleutel for periode in kwartalen_met_meldingen(vandaag)]
        assert gevonden[0] == kwartaal
        assert gevonden == ["2015-Q4", "2015-Q3", "2015-Q1", "2014-Q4"][-len(gevonden) :]
    assert kwartalen_met_meldingen(date(2014, 12, 30)) == []
