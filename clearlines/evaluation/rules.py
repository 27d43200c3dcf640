"""When a before-and-after is not run, because its answer could only mislead."""

from collections.abc import Collection, Iterator
from datetime import date

from clearlines.evaluation.questions import ENFORCEMENT, LOADED, PLACES, Question, Window


def reasons_not_to_run(question: Question, *, loaded: Collection[str]) -> Iterator[str]:
    """`loaded`: the months whose incidents the viewer may count."""
    if question.outcome == ENFORCEMENT:
        yield (
            "what police did can never be the outcome: it rises when police work harder, whatever happens to people. "
            "Count what victims and callers reported"
        )
    if question.before.last >= question.after.first:
        yield "the period before must end before the period after begins"
    yield from _reasons_against_the_choice(question)
    yield from (
        _reasons_against_areas(question, loaded) if question.source == LOADED else _reasons_against_counts(question)
    )


def _reasons_against_the_choice(question: Question) -> Iterator[str]:
    """Chosen because it was high, it will fall with nothing done: on real months a naive test then calls that a
    success 31 to 90 times in a hundred.
    """
    if question.chosen_on is None:
        return
    for name, window in (("before", question.before), ("after", question.after)):
        if question.chosen_on.overlaps(window):
            yield (
                f"the area was chosen on counts from {_said(question.chosen_on)}, which overlap the period {name}, "
                f"{_said(window)}: an area chosen because it was high falls with nothing done. Take other months"
            )


def _reasons_against_areas(question: Question, loaded: Collection[str]) -> Iterator[str]:
    areas = question.areas
    if not areas.get("treated") or not areas.get("control"):
        yield "name at least one area where the work was done and one to compare it with"
    named = [code for place in PLACES for code in areas.get(place, [])]
    if twice := sorted({code for code in named if named.count(code) > 1}):
        yield f"an area can be in one place only, and {', '.join(twice)} is in two"
    if bool(areas.get("disp_treated")) != bool(areas.get("disp_control")):
        yield "a ring needs its own comparison: name areas for both rings or for neither"
    missing = [month for window in (question.before, question.after) for month in _months(window)]
    if missing := [month for month in missing if month not in loaded]:
        yield f"no incidents are loaded for {', '.join(missing[:6])}{' and other months' if missing[6:] else ''}"


def _reasons_against_counts(question: Question) -> Iterator[str]:
    given = {place for place, counts in question.counts.items() if counts}
    if not {"control", "treated"} <= given:
        yield "give counts before and after, both where the work was done and in the comparison"
    if ("disp_control" in given) != ("disp_treated" in given):
        yield "a ring needs its own comparison: give counts for both rings or for neither"
    if any(len(counts) not in (0, 2) for counts in question.counts.values()):
        yield "each place needs a count before and a count after"


def _months(window: Window) -> list[str]:
    first = int(window.first[:4]) * 12 + int(window.first[5:]) - 1
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in range(first, first + max(window.months(), 0))]


def _said(window: Window) -> str:
    first, last = (f"{date(int(each[:4]), int(each[5:]), 1):%B %Y}" for each in (window.first, window.last))
    return first if first == last else f"{first} to {last}"
