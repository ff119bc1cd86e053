"""The three tiers as one reads them in plain words, slowly and row by row: nothing of `teams.access` is used.

*That and who*: who does the daily work, and the KCC, may know that a household is known, unless it is afgeschermd.
*Dossier*: the households of one's own team, those one is involved in, those for which one's expertteam was asked along,
and for a while those opened with noodtoegang (to read, not to work on).
*Afgeschermd*: for nobody but those who are involved. Somebody who lives in such a household, or will, is afgeschermd
wherever else the name stands: in another household, in a melding of before, in a promise to call back.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from households.models import Betrokkenheid, Huishouden, Noodtoegang, Persoon, Verblijf
from meldingen.models import BewaardFilter, Melding, Terugbelverzoek
from teams.access import Actie
from teams.models import Aanstelling, Inzage, Medewerker, Rol

DAGELIJKS = {Rol.WIJKWERKER, Rol.COORDINATOR, Rol.EXPERT}


class Lezing:
    """All rows of now, read once."""

    def __init__(self) -> None:
        self.nu = timezone.now()
        self.dag = timezone.localdate(self.nu)
        self.aanstellingen = list(Aanstelling.objects.all())
        self.verblijven = [rij for rij in Verblijf.objects.all() if rij.vervallen_op is None]
        self.betrokken_rijen = [rij for rij in Betrokkenheid.objects.all() if self._loopt(rij)]
        self.nood_rijen = [rij for rij in Noodtoegang.objects.all() if self._loopt(rij)]
        self.huishoudens = {rij.pk: rij for rij in Huishouden.objects.all()}
        self.meldingen = {rij.pk: rij for rij in Melding.objects.all()}

    def mag(self, medewerker: Medewerker, actie: Actie, rij: Any) -> bool:
        """Whether somebody may do this with this row."""
        if not medewerker.is_active:
            return False
        per_soort = {
            Huishouden: self._huishouden,
            Persoon: self._persoon,
            Melding: self._melding,
            Terugbelverzoek: self._terugbelverzoek,
            BewaardFilter: self._filter,
            Noodtoegang: self._noodtoegang,
            Inzage: self._inzage,
        }
        return bool(per_soort[type(rij)](medewerker, actie, rij))

    def rollen(self, medewerker: Medewerker) -> set[int]:
        """The roles of today."""
        return {rij.rol for rij in self._aangesteld(medewerker)}

    def in_twee_huishoudens(self, persoon: Persoon) -> bool:
        """Whether somebody lives in two places."""
        return len(self._woont_in(persoon.pk)) > 1

    def beschrijf(self, medewerker: Medewerker) -> str:
        """For the message of a test."""
        return (
            f"{medewerker} {[(rij.get_rol_display(), rij.team_id) for rij in self._aangesteld(medewerker)]}"
        )

    def _loopt(self, rij: Any) -> bool:
        return rij.vanaf <= self.nu and (rij.tot is None or rij.tot > self.nu)

    def _aangesteld(self, medewerker: Medewerker) -> list[Aanstelling]:
        return [
            rij
            for rij in self.aanstellingen
            if rij.medewerker_id == medewerker.pk
            and rij.vanaf <= self.dag
            and (rij.tot is None or rij.tot > self.dag)
        ]

    def _teams(self, medewerker: Medewerker, *rollen: Rol) -> set[int | None]:
        return {rij.team_id for rij in self._aangesteld(medewerker) if rij.rol in rollen}

    def _eigen(self, medewerker: Medewerker) -> set[int | None]:
        return self._teams(medewerker, *DAGELIJKS)

    def _werkt(self, medewerker: Medewerker) -> bool:
        return bool(self.rollen(medewerker) & DAGELIJKS)

    # een huishouden

    def _betrokken(self, medewerker: Medewerker, huishouden: int | None) -> bool:
        return huishouden is not None and any(
            rij.huishouden_id == huishouden and rij.medewerker_id == medewerker.pk
            for rij in self.betrokken_rijen
        )

    def _woont_er_een_van_het_team(self, medewerker: Medewerker, huishouden: int) -> bool:
        teams = self._teams(medewerker, Rol.WIJKWERKER, Rol.COORDINATOR)
        return any(
            rij.huishouden_id == huishouden and rij.team_id in teams
            for rij in self.verblijven
            if rij.vanaf <= self.dag and (rij.tot is None or rij.tot > self.dag)
        )

    def _erbij_gevraagd(self, medewerker: Medewerker, huishouden: int) -> bool:
        teams = self._teams(medewerker, Rol.EXPERT)
        return any(
            rij.huishouden_id == huishouden and rij.team_id in teams
            for rij in self.betrokken_rijen
            if rij.team_id is not None
        )

    def _in_nood(self, medewerker: Medewerker, huishouden: int) -> bool:
        return any(
            rij.huishouden_id == huishouden and rij.medewerker_id == medewerker.pk for rij in self.nood_rijen
        )

    def _dossier(self, medewerker: Medewerker, huishouden: int | None, *, nood: bool) -> bool:
        """Not asking after who is involved: what an afgeschermd household is closed to."""
        if huishouden is None or self.huishoudens[huishouden].afgeschermd:
            return False
        return (
            self._woont_er_een_van_het_team(medewerker, huishouden)
            or self._erbij_gevraagd(medewerker, huishouden)
            or (nood and self._in_nood(medewerker, huishouden))
        )

    def _huishouden(self, medewerker: Medewerker, actie: Actie, rij: Huishouden) -> bool:
        werkt, kcc = self._werkt(medewerker), Rol.KCC in self.rollen(medewerker)
        betrokken, open_ = self._betrokken(medewerker, rij.pk), not rij.afgeschermd
        if actie == Actie.ZIEN:
            return ((werkt or kcc) and open_) or (werkt and betrokken)
        if actie in (Actie.LEZEN, Actie.WERKEN):
            nood = actie == Actie.LEZEN
            return werkt and (betrokken or self._dossier(medewerker, rij.pk, nood=nood))
        if actie == Actie.NOODTOEGANG:
            return werkt and open_
        return actie == Actie.AFSCHERMEN and werkt and betrokken

    # een inwoner

    def _woont_in(self, persoon: int) -> set[int]:
        return {
            rij.huishouden_id
            for rij in self.verblijven
            if rij.persoon_id == persoon
            and rij.huishouden_id is not None
            and rij.vanaf <= self.dag
            and (rij.tot is None or rij.tot > self.dag)
        }

    def _verborgen(self, medewerker: Medewerker, persoon: int | None) -> bool:
        """Lives, or will live, where it is afgeschermd, and the reader isn't involved there."""
        return any(
            rij.persoon_id == persoon
            and self.huishoudens[rij.huishouden_id].afgeschermd
            and not self._betrokken(medewerker, rij.huishouden_id)
            for rij in self.verblijven
            if rij.huishouden_id is not None and (rij.tot is None or rij.tot > self.dag)
        )

    def _persoon(self, medewerker: Medewerker, actie: Actie, rij: Persoon) -> bool:
        rollen, werkt = self.rollen(medewerker), self._werkt(medewerker)
        woont, open_ = self._woont_in(rij.pk), not self._verborgen(medewerker, rij.pk)
        betrokken = any(self._betrokken(medewerker, huishouden) for huishouden in woont)
        if actie == Actie.ZIEN:
            return Rol.FG in rollen or (open_ and (werkt or Rol.KCC in rollen)) or (werkt and betrokken)
        if actie in (Actie.LEZEN, Actie.WERKEN):
            nood = actie == Actie.LEZEN
            dossier = any(self._dossier(medewerker, huishouden, nood=nood) for huishouden in woont)
            return werkt and (betrokken or (open_ and dossier))
        return False

    # een melding, en wat is beloofd

    def _open(self, medewerker: Medewerker, melding: Melding | None) -> bool:
        """Neither the household nor the person of the melding is afgeschermd."""
        if melding is None:
            return True
        huishouden = self.huishoudens.get(melding.huishouden_id or 0)
        return not (huishouden and huishouden.afgeschermd) and not self._verborgen(
            medewerker, melding.persoon_id
        )

    def _melding(self, medewerker: Medewerker, actie: Actie, rij: Melding) -> bool:
        rollen, werkt, open_ = self.rollen(medewerker), self._werkt(medewerker), self._open(medewerker, rij)
        in_de_rij = rij.team_id is not None and rij.team_id in self._eigen(medewerker)
        mijn = rij.behandelaar_id == medewerker.pk or self._betrokken(medewerker, rij.huishouden_id)
        if actie == Actie.AANNEMEN:
            return werkt or Rol.KCC in rollen
        if actie == Actie.VOLGEN:
            leidt = rij.team_id in self._teams(medewerker, Rol.MANAGER) - {None}
            return open_ and (leidt or (Rol.KCC in rollen and rij.aangenomen_door_id == medewerker.pk))
        if actie == Actie.VERDELEN:
            verdeelt = rij.team_id in self._teams(medewerker, Rol.COORDINATOR) - {None}
            return verdeelt or (Rol.COORDINATOR in rollen and rij.team_id is None and open_)
        toets = Rol.TOETSER in rollen and open_ and rij.status in ("onderzoek_afgerond", "plan_akkoord")
        if actie == Actie.ZIEN:
            return toets or (open_ and (werkt or Rol.KCC in rollen)) or (werkt and (mijn or in_de_rij))
        if actie in (Actie.LEZEN, Actie.WERKEN):
            nood = actie == Actie.LEZEN
            dossier = self._dossier(medewerker, rij.huishouden_id, nood=nood)
            van_ons = in_de_rij or rij.team_id is None
            return (nood and toets) or (werkt and (mijn or (open_ and (van_ons or dossier))))
        return False

    def _terugbelverzoek(self, medewerker: Medewerker, actie: Actie, rij: Terugbelverzoek) -> bool:
        rollen, werkt = self.rollen(medewerker), self._werkt(medewerker)
        melding = self.meldingen.get(rij.melding_id or 0)
        open_ = self._open(medewerker, melding) and not self._verborgen(medewerker, rij.persoon_id)
        van_ons = rij.team_id is None or rij.team_id in self._eigen(medewerker)
        mijn = rij.medewerker_id == medewerker.pk or bool(
            melding and self._betrokken(medewerker, melding.huishouden_id)
        )
        if actie == Actie.AANNEMEN:
            return werkt or Rol.KCC in rollen
        if actie == Actie.VERDELEN:
            return rij.team_id in self._teams(medewerker, Rol.COORDINATOR) - {None}
        zelf = actie == Actie.LEZEN and Rol.KCC in rollen and rij.aangenomen_door_id == medewerker.pk
        return actie in (Actie.LEZEN, Actie.WERKEN) and (zelf or (werkt and (mijn or (open_ and van_ons))))

    # de rest

    def _filter(self, medewerker: Medewerker, actie: Actie, rij: BewaardFilter) -> bool:
        mijn, werkt = rij.medewerker_id == medewerker.pk, self._werkt(medewerker)
        gedeeld = rij.team_id is not None and rij.team_id in self._eigen(medewerker)
        return werkt and ((actie == Actie.LEZEN and (mijn or gedeeld)) or (actie == Actie.WERKEN and mijn))

    def _noodtoegang(self, medewerker: Medewerker, actie: Actie, rij: Noodtoegang) -> bool:
        if Rol.FG in self.rollen(medewerker) and actie in (Actie.LEZEN, Actie.BEOORDELEN):
            return True
        mijn = rij.medewerker_id == medewerker.pk or self._betrokken(medewerker, rij.huishouden_id)
        return actie == Actie.LEZEN and self._werkt(medewerker) and mijn

    def _inzage(self, medewerker: Medewerker, actie: Actie, rij: Inzage) -> bool:
        return actie == Actie.LEZEN and Rol.FG in self.rollen(medewerker)
