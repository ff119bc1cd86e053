"""What reports keep themselves: figures of others, and what was published."""

from reporting.models.editie import Editie, Editietabel
from reporting.models.extern import Cijferstatus, ExternCijfer

__all__ = ["Cijferstatus", "Editie", "Editietabel", "ExternCijfer"]
