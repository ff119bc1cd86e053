"""What the monitor keeps itself: figures that others delivered."""

from reporting.models.extern import Cijferstatus, ExternCijfer

__all__ = ["Cijferstatus", "ExternCijfer"]
