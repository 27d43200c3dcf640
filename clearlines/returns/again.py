"""Count a half, and count it again: the same function both times, so that a published number is re-run, not re-told."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.returns import figures, wording
from clearlines.returns.counted import Window
from clearlines.returns.definitions import Definition, FigureKind
from clearlines.returns.models import Contribution, Return
from clearlines.returns.publishing import publish, publish_alone


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


@dataclass(frozen=True)
class Change:
    """A figure of the lines that was sent and would come out otherwise now."""

    half: Contribution
    figure: Definition
    was: str
    now: str


def changes(part_of: Return, *, by: Viewer) -> list[Change]:
    """Each published figure of the lines, counted in the same window as known today, where it differs from what was
    last said of it: as published, or by the newest note beside it. Whatever counts people is never among them.
    """
    said = {note.figure: note.now for note in part_of.amendments.order_by("created_at", "pk")}
    halves = part_of.halves.select_related("owner", "counted_by__organisation").prefetch_related("counted_by__held")
    return [change for half in halves.order_by("half") for change in _changes_in(half, part_of, by, said)]


def _changes_in(half: Contribution, part_of: Return, by: Viewer, said: dict[str, str]) -> Iterator[Change]:
    viewer, window = _eyes_for(half, by=by), replace(part_of.window, as_known=by.today)
    if viewer is None:
        return
    for each in part_of.definitions.counted_by(half.half):
        if each.section != "lines" or each.people or not each.source or each.key not in part_of.figures:
            continue
        published = part_of.figures[each.key]
        shown = publish_alone(each, figures.COUNTERS[each.source](viewer, window).as_kept())
        is_same = all(shown[name] == published[name] for name in ("value", "base", "steps"))
        now = _in_words(each, shown, published, window)
        if now != said.get(each.key) and not (is_same and each.key not in said):
            yield Change(half, each, wording.whole(each, published), now)


def _eyes_for(half: Contribution, *, by: Viewer) -> Viewer | None:
    """Whoever counted the half; if they no longer may, whoever asks, if it is a half of their own organisation's."""
    counted = eyes_that_counted(half, by=by)
    own = by if by.organisation_key == half.owner_id else None
    return next((each for each in (counted, own) if each and each.may(P.PREPARE_RETURNS)), None)


def _in_words(each: Definition, shown: dict[str, Any], published: dict[str, Any], window: Window) -> str:
    now = wording.whole(each, shown)
    if each.kind != FigureKind.STEPS:
        return now
    before, after = (_day_by_day(kept["steps"], window) for kept in (published, shown))
    different = sum(before[day] != after[day] for day in after)
    return f"{now}, with another number on {different} of the {window.days} days"


def _day_by_day(steps: list[list[Any]], window: Window) -> dict[date, int]:
    """The step chart as a number for each day; the last step only closes the picture."""
    since = [(date.fromisoformat(day), count) for day, count in steps]
    days = [window.from_on + timedelta(days=each) for each in range(window.days)]
    return {day: next((count for began, count in reversed(since) if began <= day), 0) for day in days}
