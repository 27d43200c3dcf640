"""The nouns of the register: the line itself, its status over time, and who stands on it."""

from clearlines.lines.models.people import RoleOnLine
from clearlines.lines.models.register import ElementTest, Line, LineIdentifier, LineLink, LineMarket, NotDisplaced
from clearlines.lines.models.status import AddOnlyHistory, CheckBack, LineStatus, Sighting

__all__ = [
    "AddOnlyHistory",
    "CheckBack",
    "ElementTest",
    "Line",
    "LineIdentifier",
    "LineLink",
    "LineMarket",
    "LineStatus",
    "NotDisplaced",
    "RoleOnLine",
    "Sighting",
]
