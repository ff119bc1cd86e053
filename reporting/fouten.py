"""What a question can be refused for."""

from __future__ import annotations


class Invoerfout(ValueError):
    """Text that is no question; says in Dutch what is wrong and what was expected.

    `parameter` names the field of a page, the query parameter of the API, or the option of a command.
    """

    def __init__(self, parameter: str, melding: str) -> None:
        super().__init__(melding)
        self.parameter = parameter
