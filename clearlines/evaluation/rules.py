"""When a before-and-after is not run, or a protocol not written down, because its answer could only mislead."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from clearlines.analysis.impact import FEWEST_BEFORE
from clearlines.evaluation.claims import Claim
from clearlines.evaluation.promised import NAMED, Draft, Known
from clearlines.evaluation.questions import ENFORCEMENT, KEPT, LOADED, PLACES, Question, Window
from clearlines.hotspots.measures import Measure
from clearlines.web.months import called


class Promised(Protocol):
    """A protocol as far as its periods go: these rules read no row."""

    before_first: str
    before_last: str
    after_first: str
    after_last: str


def reasons_not_to_run(question: Question, *, loaded: Collection[str]) -> Iterator[str]:
    """`loaded`: the months whose incidents the viewer may count."""
    if question.outcome == ENFORCEMENT:
        yield (
            "what police did can never be the outcome: it rises when police work harder, whatever happens to people. "
            "Count what victims and callers reported"
        )
    yield from _reasons_against_the_periods(question)
    if question.source == LOADED:
        yield from _reasons_against_areas(question, loaded)
    else:
        yield from _reasons_against_counts(question)


def reasons_not_to_check(claim: Claim, question: Question, *, loaded: Collection[str]) -> Iterator[str]:
    """A claim may stand on counts with no comparison: it is answered with what little can then be said."""
    if not claim.direction:
        yield "say whether it went up or down"
    if not claim.size:
        yield "say by how much, such as 50 % or 12"
    if question.source == KEPT:
        return
    yield from _reasons_against_the_periods(question)
    if question.source == LOADED:
        yield from _reasons_against_areas(question, loaded, needs_comparison=False)
    else:
        yield from _reasons_against_counts(question, needs_comparison=False)


def _reasons_against_the_periods(question: Question) -> Iterator[str]:
    if question.before.last >= question.after.first:
        yield "the period before must end before the period after begins"
    yield from _reasons_against_the_choice(question)


def _reasons_against_the_choice(question: Question) -> Iterator[str]:
    """Chosen because it was high, it will fall with nothing done: on real months a naive test then calls that a
    success 31 to 90 times in a hundred.
    """
    if question.chosen_on is None:
        return
    for name, window in (("before", question.before), ("after", question.after)):
        if question.chosen_on.overlaps(window):
            yield (
                f"the area was chosen on counts from {question.chosen_on.in_words}, which overlap the period {name}, "
                f"{window.in_words}: an area chosen because it was high falls with nothing done. Take other months"
            )


def _reasons_against_areas(
    question: Question, loaded: Collection[str], *, needs_comparison: bool = True
) -> Iterator[str]:
    areas = question.areas
    if not areas.get("treated") or (needs_comparison and not areas.get("control")):
        yield "name at least one area where the work was done and one to compare it with"
    named = [code for place in PLACES for code in areas.get(place, [])]
    if twice := sorted({code for code in named if named.count(code) > 1}):
        yield f"an area can be in one place only, and {', '.join(twice)} is in two"
    if bool(areas.get("disp_treated")) != bool(areas.get("disp_control")):
        yield "a ring needs its own comparison: name areas for both rings or for neither"
    missing = [month for window in (question.before, question.after) for month in window.every()]
    if missing := [month for month in missing if month not in loaded]:
        yield f"no incidents are loaded for {', '.join(missing[:6])}{' and other months' if missing[6:] else ''}"


def _reasons_against_counts(question: Question, *, needs_comparison: bool = True) -> Iterator[str]:
    given = {place for place, counts in question.counts.items() if counts}
    if not ({"control", "treated"} if needs_comparison else {"treated"}) <= given:
        yield "give counts before and after, both where the work was done and in the comparison"
    if ("disp_control" in given) != ("disp_treated" in given):
        yield "a ring needs its own comparison: give counts for both rings or for neither"
    if any(len(counts) not in (0, 2) for counts in question.counts.values()):
        yield "each place needs a count before and a count after"


def reasons_not_to_register(draft: Draft, known: Known) -> Iterator[str]:
    yield from _reasons_against_the_windows(draft, known)
    yield from _reasons_against_the_outcomes(draft.measures)
    yield from _reasons_against_the_comparison(draft, known)
    if not 0 < draft.smallest < 1:
        yield "the smallest fall that would be worth the work is more than nothing and less than all"
    missing = [each for each in draft.before.every() if each not in known.loaded]
    if missing:
        yield (
            f"the period before is not all loaded: load {', '.join(map(called, missing[:6]))}"
            f"{' and other months' if missing[6:] else ''}, or choose months that are"
        )
    elif known.baseline == 0:
        yield "nothing was recorded in these areas in the period before, so there is nothing that could fall"


def _reasons_against_the_windows(draft: Draft, known: Known) -> Iterator[str]:
    before, after = draft.before, draft.after
    if before.first > before.last or after.first > after.last:
        yield "the first month of a period must not be after its last"
    elif before.last >= after.first:
        yield "the period before must end before the period after begins"
    for name, window in (("before", before), ("after", after)):
        if known.chosen_on is not None and known.chosen_on.overlaps(window):
            yield (
                f"the areas were chosen on {known.chosen_on.in_words}, which overlaps the period {name}, "
                f"{window.in_words}: areas chosen because counts were high fall with nothing done. Take other months"
            )
    chosen_on = known.chosen_on
    if chosen_on is not None and chosen_on.first > before.last:
        yield (
            f"the areas were chosen on {chosen_on.in_words}, after the period before: fix a set on earlier months, or "
            "take a later period before"
        )


def _reasons_against_the_outcomes(measures: Sequence[Measure]) -> Iterator[str]:
    if not measures:
        yield "say what is counted"
    if any(not each.may_be_outcome for each in measures):
        yield (
            "what police did can never be the outcome: it rises when police work harder, whatever happens to people. "
            "It is shown apart, and never as success"
        )
    if len(set(measures)) < len(measures):
        yield "the main outcome is also among the others: take it out of one of them"


def _reasons_against_the_comparison(draft: Draft, known: Known) -> Iterator[str]:
    if inside := sorted(set(draft.ring) & set(known.areas)):
        yield f"{', '.join(inside)} is in the set, so it cannot be in the ring around it"
    if draft.how == NAMED:
        if not draft.areas:
            yield "name the areas to compare with"
        for where, codes in (("in the set", known.areas), ("in the ring", draft.ring)):
            if both := sorted(set(draft.areas) & set(codes)):
                yield f"{', '.join(both)} is {where}: the work may have reached it, so nothing can be compared with it"
    elif known.chosen_on is None:
        yield (
            "the areas were not chosen by counts, so no others can be chosen in the same way: name some to compare with"
        )
    elif not known.compared:
        yield "no area is left to compare with: every one is in the set, in the ring, or had no record"


def cautions_of_protocol(draft: Draft, known: Known) -> Iterator[str]:
    """What is carried, and said wherever the protocol is shown."""
    if draft.before.months() != draft.after.months():
        yield "The two periods are not of the same length: counts will be compared for each month."
    elif not draft.before.is_same_season(draft.after):
        yield "The two periods are not the same months of the year: season may be part of the difference."
    if len(known.areas) == 1:
        yield "There is one area in the set: chance moves a single area a lot, so little could be found."
    if known.compared == 1:
        yield "There is only one area to compare with. What happens there by chance will look like an effect here."
    if known.compared < known.needed:
        yield (
            f"The method needs {known.needed} areas with records to compare with before it tells a fall from chance, "
            f"and there {'is 1' if known.compared == 1 else f'are {known.compared}'}. The answer will be that "
            "there are too few to tell."
        )
    if 0 < known.baseline < FEWEST_BEFORE:
        yield (
            f"{known.baseline} were recorded in these areas in the period before. Under {FEWEST_BEFORE} there are too "
            "few to tell, and that is likely to be the answer."
        )
    yield from _cautions_of_power(draft, known)


def seen_already(draft: Draft, loaded: Collection[str]) -> list[str]:
    """Months of the period after that could be counted before the protocol was written down."""
    return [each for each in draft.after.every() if each in loaded]


def _cautions_of_power(draft: Draft, known: Known) -> Iterator[str]:
    if not known.power:
        return
    found = known.smallest_found
    if found is None:
        yield (
            f"A fall of {draft.smallest:.0%} is the smallest you call worth the work. No fall, however large, would be "
            "found four times in five with these areas and months."
        )
    elif draft.smallest < found:
        yield (
            f"A fall of {draft.smallest:.0%} is the smallest you call worth the work, and only falls of {found:.0%} or "
            "more would be found four times in five. A real fall could well be missed: wider areas or more months "
            "would help."
        )


def reasons_not_to_work_out(protocol: Promised, *, loaded: Collection[str]) -> Iterator[str]:
    """`loaded`: the months that the viewer may count."""
    windows = {
        "before": Window(protocol.before_first, protocol.before_last),
        "after": Window(protocol.after_first, protocol.after_last),
    }
    for name, window in windows.items():
        if missing := [each for each in window.every() if each not in loaded]:
            yield (
                f"the period {name} cannot be counted yet: nothing is loaded for {', '.join(map(called, missing[:6]))}"
                f"{' and other months' if missing[6:] else ''}. A month that is missing is never taken as none"
            )
