"""Why somebody can see a row: the answer to the question on every record, in words."""

from dataclasses import dataclass

from clearlines.access.markings import Marking
from clearlines.access.models import Owned
from clearlines.access.permissions import Permission
from clearlines.access.viewer import Viewer


@dataclass(frozen=True)
class Why:
    """The roles that open this kind of record, whose it is, and how far it may travel."""

    roles: list[tuple[str, str]]
    sentence: str
    organisation: str
    marking: str


def why_seen(viewer: Viewer, row: Owned, *, needs: Permission) -> Why:
    roles = [(role.name, role.who) for role in viewer.roles if needs in role.permissions]
    return Why(roles, needs.sentence, row.owner.name, Marking(row.marking).label)
