"""What every refusal is."""


class Geweigerd(Exception):
    """What was asked can't be done now; the text is Dutch, names the reason, and is meant for the user."""


def verplicht(tekst: str, wat: str = "een reden") -> str:
    """`tekst` without spaces around it; Geweigerd when nothing is left."""
    if not (kaal := tekst.strip()):
        raise Geweigerd(f"Geef {wat} op.")
    return kaal
