"""Where one team stands among the others: a line with a dot per team, as a picture of a few centimetres."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from reporting.charts.getallen import getal
from reporting.charts.svg import element, tekening

BREEDTE, HOOGTE, RAND = 200, 24, 8
MIDDEN = HOOGTE / 2
INKT, GRIJS, STIP = "#16202b", "#8a949e", 3.0


def spreiding(id: str, label: str, waarden: Iterable[float], eigen: float | None) -> SafeString:
    """A grey dot per team from the lowest to the highest, and a black diamond for this one."""
    alle = sorted(waarden)
    laagste, hoogste = alle[0], alle[-1]

    def plaats(waarde: float) -> float:
        if laagste == hoogste:
            return BREEDTE / 2
        return RAND + (BREEDTE - 2 * RAND) * (waarde - laagste) / (hoogste - laagste)

    delen = [
        element("line", x1=RAND, x2=BREEDTE - RAND, y1=MIDDEN, y2=MIDDEN, stroke=GRIJS, stroke_width=1),
        *(element("circle", cx=plaats(waarde), cy=MIDDEN, r=STIP, fill=GRIJS) for waarde in alle),
    ]
    if eigen is not None:
        x, s = plaats(eigen), 2 * STIP
        ruit = f"{x:.1f},{MIDDEN - s} {x + s:.1f},{MIDDEN} {x:.1f},{MIDDEN + s} {x - s:.1f},{MIDDEN}"
        delen.append(element("polygon", points=ruit, fill=INKT))
    deze = "" if eigen is None else f" Dit team: {getal(eigen)}."
    return tekening(
        BREEDTE,
        HOOGTE,
        delen,
        id=id,
        titel=f"{label}, alle teams",
        omschrijving=f"Van {getal(laagste)} tot {getal(hoogste)}.{deze}",
        klasse="spreiding",
    )
