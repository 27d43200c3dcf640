"""The machine, or an administrator, handing work on inside a controller's organisation when no manager is there to."""

from dataclasses import dataclass

from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer


@dataclass(frozen=True)
class StandingIn(Viewer):
    """May look after staff in one organisation and open nothing. Its entries are that organisation's to read."""

    inside: Organisation | None = None

    @property
    def organisation(self) -> Organisation | None:
        return self.inside

    @property
    def organisation_key(self) -> str:
        return self.inside.pk if self.inside else "public"

    @property
    def kind(self) -> str:
        return self.inside.kind if self.inside else "public"


def standing_in(by: Viewer, organisation: Organisation) -> Viewer:
    """`by` itself if it may look after staff there."""
    if by.organisation_key == organisation.pk and by.may(P.LOOK_AFTER_STAFF):
        return by
    may = frozenset({P.LOOK_AFTER_STAFF})
    return StandingIn(by.account, by.now, (), may, without_account=by.without_account, inside=organisation)
