"""Why somebody can see a row, in words: the role, what brings them near, the agreement, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from clearlines.access.agreements import all_agreements
from clearlines.access.declarations import Declared, Near
from clearlines.access.markings import Marking
from clearlines.access.models import Owned, Tie
from clearlines.access.permissions import Permission
from clearlines.access.viewer import BRINGS_NEAR, Viewer

# How an account stands on a row, by the last step of the path that leads from the row to it.
STANDS = {
    "created_by": "you wrote it",
    "decided_by": "you decided it",
    "to": "it is meant for you",
    "worker": "you are the worker",
    "account": "you are one of those who go",
}


@dataclass(frozen=True)
class RoleHeldNow:
    name: str
    who: str
    sentences: list[str]
    until: date | None


@dataclass(frozen=True)
class Why:
    """`nearness` is empty where a role alone is enough; `agreements` where nothing crossed the wall."""

    roles: list[RoleHeldNow]
    nearness: list[str]
    agreements: list[str]
    until: list[str]
    organisation: str
    marking: str


def why_seen(viewer: Viewer, row: Owned, *, needs: Permission | Iterable[Permission]) -> Why:
    wanted = {needs} if isinstance(needs, Permission) else set(needs)
    return Why(
        _roles(viewer, wanted),
        list(dict.fromkeys(_nearness(viewer, row))),
        list(_agreements(viewer, row)),
        list(_until(viewer)),
        row.owner.name,
        Marking(row.marking).label,
    )


def _roles(viewer: Viewer, wanted: set[Permission]) -> list[RoleHeldNow]:
    ends = {held.role: held.until_on for held in viewer.themselves.held.all() if held.is_held_on(viewer.today)}
    return [
        RoleHeldNow(role.name, role.who, [each.sentence for each in Permission if each in opening], ends.get(role.key))
        for role in viewer.roles
        if (opening := wanted & role.permissions)
    ]


def _nearness(viewer: Viewer, row: Owned) -> Iterator[str]:
    declared: Declared = row.declared  # type: ignore[attr-defined]
    if declared.near is None:
        return
    about = {getattr(_follow(row, path), "pk", None) for path in declared.about}
    yield from (_tied(tie) for tie in _standing_ties(viewer) if tie.kind in BRINGS_NEAR and tie.row in about)
    yield from (_tied(tie) for tie in _standing_ties(viewer) if tie.kind == Tie.Kind.ON_DUTY)
    yield from _on_the_row(viewer, row, declared.near)
    if viewer.may(declared.near.whole):
        yield f"you answer for the whole team: your role may {declared.near.whole.sentence}"


def _on_the_row(viewer: Viewer, row: Owned, near: Near) -> Iterator[str]:
    for path in near.accounts:
        *_before, last = path.split("__")
        if type(row)._default_manager.filter(pk=row.pk, **near.standing(path, viewer.account)).exists():
            yield STANDS[last]
    if near.until_taken and _follow(row, near.until_taken) is None:
        names_nobody = near.until_taken in row.declared.about  # type: ignore[attr-defined]
        because = "it names nobody" if names_nobody else "nobody has taken it yet"
        yield f"{because}, so your whole team can see it"


def _follow(row: Model, path: str) -> Model | None:
    here: Model | None = row
    for step in path.split("__"):
        here = here if step == "pk" else getattr(here, step, None)
    return here


def _standing_ties(viewer: Viewer) -> list[Tie]:
    return [tie for tie in viewer.themselves.ties.all() if tie.holds_at(viewer.now)]


def _tied(tie: Tie) -> str:
    words = {
        Tie.Kind.ALLOCATED: "they are allocated to you",
        Tie.Kind.PANEL: "you are on the panel that discusses them",
        Tie.Kind.OPENED: "you opened their records in an emergency",
        Tie.Kind.ON_DUTY: "you are on duty for the whole team",
        Tie.Kind.THEMSELVES: "it is about you",
    }[Tie.Kind(tie.kind)]
    return f"{words}, until {_clock(tie.until_at)}" if tie.until_at else f"{words}, since {_day(tie.from_at)}"


def _agreements(viewer: Viewer, row: Owned) -> Iterator[str]:
    key = getattr(row, "agreement", "")
    if agreement := all_agreements().get(key):
        verb = "ends" if agreement.is_live(viewer.today) else "ended"
        yield f"{agreement.title}, under {agreement.gateway}; it {verb} on {agreement.until_on:%-d %B %Y}"


def _until(viewer: Viewer) -> Iterator[str]:
    account = viewer.themselves
    if account.vetted_until:
        yield f"your vetting holds until {account.vetted_until:%-d %B %Y}"
    if account.trained_until:
        yield f"your training holds until {account.trained_until:%-d %B %Y}"


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M on %-d %B %Y}"


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"
