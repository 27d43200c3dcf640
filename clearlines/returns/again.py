"""Count a half, and count it again: the same function both times, so that a published number is re-run, not re-told."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.returns import figures, wording
from clearlines.returns.models import Contribution, Return
from clearlines.returns.publishing import publish


@dataclass(frozen=True)
class Check:
    """One number counted again. `was` and `now` are as they may be shown, so two withheld numbers read the same."""

    key: str
    title: str
    half: str
    was: str
    now: str
    same: bool

    @property
    def sentence(self) -> str:
        moved = f"was {self.was} and is now {self.now}" if self.was != self.now else "has changed"
        return f"'{self.title}' {moved}: count it again before it is approved"


def digest(shown: Any) -> str:
    """The fingerprint of a set of figures: the same for the same figures, on any database and any day."""
    said = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def count_half(viewer: Viewer, part_of: Return, half: str) -> dict[str, Any]:
    """Every figure of a half, with these eyes."""
    wanted = [each for each in part_of.definitions.counted_by(half) if each.source]
    return {each.key: figures.COUNTERS[each.source](viewer, part_of.window).as_kept() for each in wanted}


def eyes_that_counted(half: Contribution, *, by: Viewer) -> Viewer:
    """Whoever counted this half, with the roles they hold now, at the moment of asking."""
    return replace(Viewer.of(half.counted_by), now=by.now)


def checks(part_of: Return, *, by: Viewer) -> list[Check]:
    halves = part_of.halves.select_related("counted_by__organisation").prefetch_related("counted_by__held")
    return [check for half in halves.order_by("half") for check in _checks_of(half, part_of, by)]


def _checks_of(half: Contribution, part_of: Return, by: Viewer) -> Iterator[Check]:
    viewer = eyes_that_counted(half, by=by)
    # Whoever lost the role would count nothing: that is a reason to count anew, not a number that moved.
    counted = count_half(viewer, part_of, half.half) if viewer.may(P.PREPARE_RETURNS) else {}
    shown = publish(part_of.definitions, half.half, counted) if counted else {}
    for each in part_of.definitions.counted_by(half.half):
        source = each.of or each.key
        yield Check(
            each.key,
            each.title,
            half.half,
            was=wording.answer(each, half.shown[each.key]),
            now=wording.answer(each, shown[each.key]) if shown else "not countable by whoever counted it",
            same=counted.get(source) == half.counted[source],
        )
