"""What reports keep themselves: figures of others, what was published, and files to take along."""

from reporting.models.bestand import Bestand, BestandQuerySet, Bestandsstand, Meegenomen
from reporting.models.editie import Editie, Editietabel
from reporting.models.extern import Cijferstatus, ExternCijfer

__all__ = [
    "Bestand",
    "BestandQuerySet",
    "Bestandsstand",
    "Cijferstatus",
    "Editie",
    "Editietabel",
    "ExternCijfer",
    "Meegenomen",
]
