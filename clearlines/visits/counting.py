"""What accounts of visits add up to. An attempt is not a visit achieved, nor a visit a person, nor a person a home."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clearlines.access.viewer import Viewer
from clearlines.people import queries as people
from clearlines.places.models import Place
from clearlines.visits.models import Outcome, VisitAccount

HOMES = {Place.Kind.HOME, Place.Kind.CARAVAN, Place.Kind.HOSTEL}


@dataclass(frozen=True)
class Counts:
    """`achieved` are attempts at which the person was seen; people and homes are those of achieved visits."""

    attempts: int
    achieved: int
    refused: int
    no_reply: int
    unsafe: int
    moved: int
    unique_people: int
    without_person: int
    unique_homes: int
    joint: int

    @property
    def contact_rate(self) -> tuple[int, int]:
        """Numerator and denominator. A page prints both: a rate without its base is not shown."""
        return self.achieved, self.attempts


def counted(viewer: Viewer, accounts: Iterable[VisitAccount]) -> Counts:
    rows = list(accounts)
    outcomes = Counter(row.outcome for row in rows)
    seen = [row.appointment for row in rows if row.outcome == Outcome.SEEN]
    named = {each.person_id for each in seen if each.person_id}
    homes = {each.place_id for each in seen if each.place and each.place.kind in HOMES}
    homes_in_words = {each.place_words.casefold() for each in seen if not each.place_id}
    return Counts(
        attempts=len(rows),
        achieved=len(seen),
        **{name: outcomes[name] for name in (Outcome.REFUSED, Outcome.NO_REPLY, Outcome.UNSAFE, Outcome.MOVED)},
        unique_people=len(_as_one(viewer, named)),
        without_person=sum(each.person_id is None for each in seen),
        unique_homes=len(homes) + len(homes_in_words),
        joint=sum(row.appointment.is_joint for row in rows),
    )


def _as_one(viewer: Viewer, keys: Iterable[object]) -> set[object]:
    """Records said to be the same person count as one."""
    keys = list(keys)
    stands_for = {key: key for key in keys}

    def root(key: object) -> object:
        while stands_for.get(key, key) != key:
            key = stands_for[key]
        return key

    for same in people.said_to_be_same(viewer):
        stands_for.setdefault(same.one_id, same.one_id)
        stands_for.setdefault(same.other_id, same.other_id)
        stands_for[root(same.other_id)] = root(same.one_id)
    return {root(key) for key in keys}
