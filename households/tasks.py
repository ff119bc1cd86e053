"""What is told to others, outside the pages; without personal data, since a mail passes other servers."""

from __future__ import annotations

from teams.mail import mail

NOODTOEGANG_GEOPEND = "noodtoegang_geopend"

mail(NOODTOEGANG_GEOPEND, "huishouden", "tot")
