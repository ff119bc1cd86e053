"""What somebody should look at: asked of the database each time and stored nowhere, so nothing stays behind."""

from meldingen.signalen.inbox import Inbox, Lijst, Sleutel
from meldingen.signalen.soorten import SOORTEN, Signaalsoort

__all__ = ["SOORTEN", "Inbox", "Lijst", "Signaalsoort", "Sleutel"]
