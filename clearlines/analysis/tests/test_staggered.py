"""Areas that began at different times: hand sums, planted effects, and what cannot be compared."""

import numpy as np
import pandas as pd
import pytest

from clearlines.analysis.panel import staggered

COLUMNS = {"unit": "lsoa", "time": "month", "first": "began", "outcome": "n"}
pytestmark = pytest.mark.slow


def table(counts, began, start=2020):
    """Rows of counts[area][month]; began[area] is a place among the months, or None for never."""
    months = [f"{start + at // 12}-{at % 12 + 1:02}" for at in range(len(counts[0]))]
    rows = [
        {"lsoa": f"a{i:02}", "month": month, "began": "" if began[i] is None else months[began[i]], "n": int(n)}
        for i, area in enumerate(counts)
        for month, n in zip(months, area, strict=True)
    ]
    return pd.DataFrame(rows)


def planted(rng, change=-2.0, treated=12, others=40, months=18):
    starts = [6 if i % 2 else 12 for i in range(treated)] + [None] * others
    mean = rng.uniform(5, 9, treated + others)[:, None] + np.sin(np.arange(months))
    for i, start in enumerate(starts):
        if start is not None:
            mean[i, start:] += change
    return table(rng.poisson(mean), starts)


def test_two_cohorts_by_hand():
    # The first two fall from 10 to 6 and 8, the others from 9 to 9 and 11: -6 and -4, or -4 - 1 each: see below.
    counts = [[10, 10, 6, 6], [10, 10, 8, 8], [12, 12, 12, 9], [12, 12, 12, 9], [9, 9, 9, 9], [9, 9, 11, 11]]
    found = staggered(table(counts, [2, 2, 3, 3, None, None]), **COLUMNS)
    # Never: +1 from the second month to the third and fourth, and 0 from the third to the fourth.
    assert [(each.first, each.areas, each.effect) for each in found.cohorts] == [("2020-03", 2, -4), ("2020-04", 2, -3)]
    # By cohort and month, each weighted by its areas: -4, -4 and -3.
    assert found.effect == pytest.approx(-11 / 3)
    assert found.baseline == pytest.approx((20 + 20 + 36 + 36) / 10)
    assert [each.effect for each in found.since if each.period == -1] == [0]


def test_the_order_of_rows_never_matters():
    rng = np.random.default_rng(4)
    frame = planted(rng)
    shuffled = frame.iloc[rng.permutation(len(frame))]
    assert staggered(shuffled, **COLUMNS) == staggered(frame, **COLUMNS)


def test_a_planted_change_is_covered_and_longer_periods_see_more():
    rng = np.random.default_rng(12)
    found = [
        (staggered(frame, **COLUMNS), staggered(frame, every=6, **COLUMNS))
        for frame in (planted(rng) for _ in range(15))
    ]
    for each in zip(*found, strict=True):
        assert np.mean([one.low <= -2 <= one.high for one in each]) >= 0.93
    assert np.mean([longer.se / month.se for month, longer in found]) < 0.7
    assert any(longer.verdict.startswith("Consistent with a fall") for _, longer in found)


def test_no_change_and_a_rise_and_too_few_are_said():
    rng = np.random.default_rng(3)
    assert staggered(planted(rng, change=0.0), every=6, **COLUMNS).verdict.startswith("No evidence of a change")
    assert staggered(planted(rng, change=6.0), every=6, **COLUMNS).verdict.startswith("Consistent with a rise")
    few = staggered(table([[1, 0, 1], [0, 1, 0], [1, 1, 0], [0, 1, 1]], [1, 1, None, None]), **COLUMNS)
    assert few.verdict.startswith("Too few to tell")


def test_a_first_month_of_one_area_is_cautioned():
    counts = np.random.default_rng(1).poisson(6, (8, 6))
    found = staggered(table(counts, [2, 3, 3, None, None, None, None, None]), **COLUMNS)
    assert "1 of the first months has a single area" in found.cautions[-1]
    assert [each.low is None for each in found.cohorts] == [True, False]
    two = staggered(table(counts, [2, 3, 4, 4, None, None, None, None]), **COLUMNS)
    assert "2 of the first months have a single area" in two.cautions[-1]
    assert "the single month before it began" in found.cautions[0]


def test_areas_that_began_at_once_or_after_the_last_whole_period_are_dropped():
    counts = np.random.default_rng(1).poisson(6, (9, 8))
    found = staggered(table(counts, [0, 3, 3, 6, None, None, None, None, None]), every=3, **COLUMNS)
    assert (found.dropped_areas, found.dropped_months, found.treated_areas) == (2, 2, 2)


def test_many_areas_have_no_caution_of_few():
    said = " ".join(staggered(planted(np.random.default_rng(1)), **COLUMNS).cautions)
    assert "areas on one side" not in said


def test_never_may_be_written_in_several_ways_and_months_be_numbers():
    counts = np.random.default_rng(1).poisson(6, (8, 6))
    frame = table(counts, [2, 3, 3, None, None, None, None, None])
    numbered = frame.assign(
        month=frame["month"].str[5:].astype(int), began=frame["began"].str[5:].replace("", "0").astype(int)
    )
    blank = frame.assign(began=frame["began"].replace("", None))
    assert staggered(blank, **COLUMNS) == staggered(frame, **COLUMNS)
    assert staggered(numbered, **COLUMNS).effect == staggered(frame, **COLUMNS).effect


@pytest.mark.parametrize(
    ("began", "more", "sentence"),
    [
        ([None] * 6, {}, "no area began after the first month"),
        ([2, None, None, None, None, None], {}, "at least two areas that began"),
        ([2, 2, 2, 2, 2, None], {}, "two that never did"),
        ([2, 3, None, None, None, None], {}, "every area began in a month of its own"),
        ([2, 3, None, None, None, None], {"every": 2}, "2020-04 is not the first month of a period of 2"),
        ([2, 2, None, None, None, None], {"every": 0}, "one month or more"),
        ([2, 2, None, None, None, None], {"level": 0}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_refused(began, more, sentence):
    with pytest.raises(ValueError, match=sentence):
        staggered(table(np.full((6, 6), 5), began), **COLUMNS, **more)


@pytest.mark.parametrize(
    ("value", "sentence"), [("2019-01", "a00 began in 2019-01, which is not among"), ("2020-04", "more than one first")]
)
def test_a_first_month_that_is_none_or_changes_is_refused(value, sentence):
    frame = table(np.full((6, 6), 5), [2, 2, None, None, None, None])
    frame.loc[frame["lsoa"] == "a00" if value < "2020" else 0, "began"] = value
    with pytest.raises(ValueError, match=sentence):
        staggered(frame, **COLUMNS)
