"""A refusal is a sentence to a person that says what to do, not an error code."""

from collections.abc import Iterable


class Refused(Exception):
    """Not now, for these reasons. Pages show them beside what was typed; nothing has been saved."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("; ".join(self.reasons))


class Forbidden(Exception):
    """Not you: no role you hold may do this."""


class Unrecorded(Exception):
    """An action finished without a ledger entry. It is undone: a fault in the code, never in its user."""


def refuse_if(reasons: Iterable[str]) -> None:
    """Raise Refused with every reason there is, or let the action go on."""
    if found := list(reasons):
        raise Refused(found)
