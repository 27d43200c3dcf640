"""What was so and when we knew: by hand, then against a slow oracle that looks at every day by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.lines import history
from clearlines.lines.history import Span, Step
from clearlines.lines.states import Status

S = Status
FIRST = date(2022, 2, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def step(status: Status, on: int, known: int | None = None, sequence: int = 1, corrects: int | None = None) -> Step:
    known_at = datetime.combine(day(on if known is None else known), datetime.min.time(), UTC) + timedelta(hours=9)
    return Step(status, day(on), known_at, sequence, sequence, corrects)


def test_what_was_learned_at_eleven_at_night_in_summer_was_known_that_day_in_london():
    learned = Step(S.ACTIVE, FIRST, datetime(2022, 6, 30, 22, 59, tzinfo=UTC), 1, 1)
    assert history.spans([learned], date(2022, 6, 30))
    after_midnight = Step(S.ACTIVE, FIRST, datetime(2022, 6, 30, 23, 0, tzinfo=UTC), 1, 1)
    assert not history.spans([after_midnight], date(2022, 6, 30))


def test_a_correction_hides_the_wrong_row_only_from_the_day_it_was_known():
    steps = [step(S.UNDER_ASSESSMENT, 0), step(S.ACTIVE, 3, 3, 2), step(S.ACTIVE, 9, 20, 3, corrects=2)]
    assert history.spans(steps, day(19)) == [
        Span(S.UNDER_ASSESSMENT, day(0), day(2)),
        Span(S.ACTIVE, day(3)),
    ]
    assert history.spans(steps, day(20)) == [
        Span(S.UNDER_ASSESSMENT, day(0), day(8)),
        Span(S.ACTIVE, day(9)),
    ]


def test_back_from_a_proposal_is_no_reactivation_and_back_from_a_closure_is():
    proposed = history.spans([step(S.ACTIVE, 0), step(S.CLOSED_T1_PROPOSED, 3), step(S.ACTIVE, 5)])
    closed = history.spans([step(S.ACTIVE, 0), step(S.CLOSED_T2, 3), step(S.ACTIVE, 5)])
    assert not list(history.reactivations(proposed))
    assert [span.since for span in history.reactivations(closed)] == [day(5)]


def test_a_merged_line_is_counted_as_the_line_it_was_merged_into():
    merged = history.spans([step(S.ACTIVE, 0), step(S.MERGED, 5)])
    assert history.is_known(merged, day(4))
    assert not history.is_known(merged, day(5))


def test_one_history_gives_nine_known_peak_six_zero_at_several_points_and_none_at_the_end():
    """The two public statements that seem to disagree (domain 0, finding 2) are both true of one history."""
    begins_ends = [(0, 40), (2, 30), (5, 44), (8, 35), (10, 38), (12, 20), (50, 60), (70, 80), (90, 95)]
    histories = [
        history.spans([step(S.ACTIVE, begins), step(S.CLOSED_T2, ends, sequence=2)]) for begins, ends in begins_ends
    ]
    found = history.summary(histories, FIRST, day(100))
    assert (found.ever_known, found.peak_active, found.active_at_end) == (9, 6, 0)
    assert found.zero_spells == [(day(44), day(49)), (day(60), day(69)), (day(80), day(89)), (day(95), day(100))]
    assert found.zero_days == 6 + 10 + 10 + 6
    assert (found.type1, found.type2, found.reactivations) == (0, 9, 0)


def test_one_line_ending_as_another_begins_leaves_the_count_as_it_was():
    handed_on = [
        history.spans([step(S.ACTIVE, 0), step(S.CLOSED_T2, 5, sequence=2)]), history.spans([step(S.ACTIVE, 5)]),
    ]  # fmt: skip
    assert [(count.since, count.until, count.active) for count in history.active_counts(handed_on, FIRST, day(9))] == [
        (FIRST, day(9), 1)
    ]


DAYS = 24


@st.composite
def one_line(draw) -> list[Step]:
    """Any rows at all: early, late, on one day, corrected, corrected again."""
    steps: list[Step] = []
    known = 0
    for sequence in range(1, draw(st.integers(1, 7)) + 1):
        known = draw(st.integers(known, DAYS))
        unreplaced = [each.key for each in steps if each.key not in {one.corrects for one in steps}]
        corrects = draw(st.sampled_from([None, None, *unreplaced]))
        steps.append(step(draw(st.sampled_from(list(S))), draw(st.integers(0, known)), known, sequence, corrects))
    return steps


def slow_status(steps: list[Step], on: date, known: date) -> Status | None:
    """Obviously right: go through the rows in the order they were learned and keep the last that applies."""
    heard = [one for one in steps if one.known_at.date() <= known]
    gone = [one.corrects for one in heard]
    best = None
    for one in heard:
        if one.on <= on and one.key not in gone and (best is None or one.on >= best.on):
            best = one
    return best.status if best else None


def slow_summary(lines: list[list[Step]], first: int, last: int, known: date) -> history.Summary:
    statuses = [[slow_status(steps, day(each), known) for each in range(-1, DAYS + 2)] for steps in lines]
    active = [sum(line[each + 1] == S.ACTIVE for line in statuses) for each in range(first, last + 1)]
    real = set(S) - {S.REPORTED, S.UNDER_ASSESSMENT, S.NOT_A_LINE, S.MERGED}
    spells: list[tuple[date, date]] = []
    for each, count in zip(range(first, last + 1), active, strict=True):
        if count == 0 and spells and spells[-1][1] == day(each - 1):
            spells[-1] = (spells[-1][0], day(each))
        elif count == 0:
            spells.append((day(each), day(each)))
    changes = [
        (line[each], line[each + 1])
        for line in statuses
        for each in range(first, last + 1)
        if line[each] != line[each + 1]
    ]
    return history.Summary(
        ever_known=sum(line[last + 1] != S.MERGED and bool(real & set(line[: last + 2])) for line in statuses),
        peak_active=max(active), zero_days=active.count(0), zero_spells=spells, active_at_end=active[-1],
        type1=sum(after == S.CLOSED_T1 for _, after in changes),
        type2=sum(after == S.CLOSED_T2 for _, after in changes),
        reactivations=sum(
            after == S.ACTIVE and before in (S.CLOSED_T1, S.CLOSED_T2) for before, after in changes
        ),
    )  # fmt: skip


@pytest.mark.slow
@given(st.lists(one_line(), max_size=5), st.integers(0, DAYS), st.integers(0, DAYS), st.integers(0, DAYS))
def test_the_summary_of_any_history_is_what_looking_at_every_day_gives(lines, one, other, known):
    first, last = sorted((one, other))
    quick = history.summary([history.spans(steps, day(known)) for steps in lines], day(first), day(last))
    assert quick == slow_summary(lines, first, last, day(known))


@pytest.mark.slow
@given(one_line(), st.integers(0, DAYS), st.integers(0, DAYS))
def test_the_status_of_any_history_is_what_reading_the_rows_in_order_gives(steps, on, known):
    assert history.on_day(history.spans(steps, day(known)), day(on)) == slow_status(steps, day(on), day(known))
