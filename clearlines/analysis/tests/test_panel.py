"""Hand sums, statsmodels' own answers, simulations that find a planted effect and are quiet without one."""

import doctest
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.analysis import panel as module
from clearlines.analysis.panel import CountPanel, by_chance, difference_in_differences, event_study, panel_of
from clearlines.analysis.panel.fitting import fit

FAMILIES = ("poisson", "negbin")


def made(rng, treated=10, others=60, months=24, effect=1.0, shape=2.0, drift=0.15, trend=1.0):
    """Areas of unequal level, a shared season, bursts (negative binomial) and a drift of each area's own."""
    areas, start = treated + others, months // 2
    mean = (rng.gamma(3, 1.2, areas) + 0.3)[:, None] * (1 + 0.3 * np.sin(np.arange(months) * np.pi / 6))
    mean[:, start:] *= rng.lognormal(-(drift**2) / 2, drift, areas)[:, None]
    mean[:treated, start:] *= effect
    mean[:treated] *= trend ** np.arange(months)
    counts = rng.negative_binomial(shape, shape / (shape + mean))
    which = np.arange(areas) < treated
    names = tuple(f"{2020 + month // 12}-{month % 12 + 1:02}" for month in range(months))
    return CountPanel(tuple(f"a{each:03}" for each in range(areas)), names, counts, which, start)


def rows_of(panel, rng=None):
    rows = [
        {"lsoa": area, "month": month, "hot": int(panel.treated[i]), "n": int(panel.counts[i, t])}
        for i, area in enumerate(panel.areas)
        for t, month in enumerate(panel.months)
    ]
    frame = pd.DataFrame(rows)
    return frame if rng is None else frame.iloc[rng.permutation(len(frame))]


COLUMNS = {"unit": "lsoa", "time": "month", "treated": "hot", "outcome": "n"}


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(module).failed == 0


def test_the_poisson_ratio_is_the_ratio_of_ratios():
    panel = made(np.random.default_rng(1))
    corners = [[panel.total(treated=treated, after=after) for after in (False, True)] for treated in (True, False)]
    by_hand = (corners[0][1] / corners[0][0]) / (corners[1][1] / corners[1][0])
    found = difference_in_differences(panel)
    assert found.ratio == pytest.approx(by_hand, rel=1e-9)
    assert found.expected == pytest.approx(corners[0][1] / by_hand, rel=1e-9)


def test_the_variance_of_two_months_by_hand():
    """A log ratio of four sums: each area's residual over its side's mean, both sides added, as jackknifed."""
    counts = np.array([[30, 14], [12, 9], [20, 25], [20, 15], [9, 12]])
    panel = CountPanel(tuple("abcde"), ("1", "2"), counts, np.array([True, True, False, False, False]), 1)
    variance = 0.0
    for side in (counts[:2], counts[2:]):
        before, after = side.sum(axis=0)
        share = after / (before + after)
        size = side.sum(axis=1)
        left = side[:, 1] - size * share
        weight = size.sum() * share * (1 - share)
        variance += ((left / (1 - size / size.sum())) ** 2).sum() / weight**2 * (len(side) - 1) / len(side)
    assert difference_in_differences(panel).se == pytest.approx(np.sqrt(variance), rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_the_fast_way_gives_what_statsmodels_gives_with_a_dummy_for_every_area_and_month(family):
    import statsmodels.api as sm

    panel = made(np.random.default_rng(4), treated=6, others=16, months=10)
    areas, months = panel.counts.shape
    column = (panel.treated[:, None] & panel.after[None, :]).astype(float)
    found = fit(panel.counts, column[:, :, None], panel.treated, negative_binomial=family == "negbin")
    dummies = [np.kron(np.eye(areas), np.ones((months, 1))), np.kron(np.ones((areas, 1)), np.eye(months))[:, 1:]]
    design = np.hstack([column.reshape(-1, 1), *dummies])
    kind = sm.families.NegativeBinomial(alpha=found.alpha) if family == "negbin" else sm.families.Poisson()
    groups = np.repeat(np.arange(areas), months)
    theirs = sm.GLM(panel.counts.ravel(), design, family=kind).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, tol=1e-12, maxiter=200
    )
    assert found.effects[0] == pytest.approx(theirs.params[0], abs=1e-8)
    # They count the areas' dummies among the parameters; each lies within its own cluster, so we do not.
    n, all_of_them, ours = panel.counts.size, design.shape[1], months
    counted = np.sqrt((n - all_of_them) / (n - ours))
    assert np.sqrt(found.clustered[0, 0]) == pytest.approx(theirs.bse[0] * counted, rel=1e-6)


def test_poisson_counts_have_no_dispersion_and_bursts_have_about_theirs():
    rng = np.random.default_rng(9)
    assert difference_in_differences(made(rng, others=200, shape=2.0, drift=0.01), family="negbin").dispersion > 0.3
    even = made(rng, shape=1e6, drift=0.001)
    even = CountPanel(even.areas, even.months, np.full_like(even.counts, 7), even.treated, even.start)
    assert difference_in_differences(even, family="negbin").dispersion == 0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_never_matters(seed):
    rng = np.random.default_rng(seed)
    panel = made(rng, treated=4, others=8, months=6)
    one = panel_of(rows_of(panel), start="2020-04", **COLUMNS)
    other = panel_of(rows_of(panel, rng), start="2020-04", **COLUMNS)
    assert (one.areas, one.months, one.start, one.notes) == (panel.areas, panel.months, panel.start, ())
    assert (one.counts == panel.counts).all()
    assert (one.counts == other.counts).all()
    assert (one.treated == other.treated).all()


@pytest.mark.slow
@pytest.mark.parametrize(("treated", "others"), [(4, 60), (10, 60), (20, 40)])
def test_a_planted_halving_lies_in_its_interval_at_least_93_times_in_100(treated, others):
    rng = np.random.default_rng(2018)
    covered = [
        found.low <= 0.5 <= found.high
        for found in (difference_in_differences(made(rng, treated, others, months=12, effect=0.5)) for _ in range(200))
    ]
    # 200 draws give a standard error of 2 %; 1,000 gave 95 to 97 times in 100.
    assert np.mean(covered) >= 0.93


@pytest.mark.slow
def test_a_planted_halving_is_covered_by_the_negative_binomial_too():
    rng = np.random.default_rng(7)
    found = [difference_in_differences(made(rng, months=12, effect=0.5), family="negbin") for _ in range(40)]
    assert np.mean([each.low <= 0.5 <= each.high for each in found]) >= 0.93


@pytest.mark.slow
def test_where_nothing_was_done_neither_the_interval_nor_chance_cries_out():
    rng = np.random.default_rng(5)
    found = [difference_in_differences(made(rng, months=12), rng=rng, draws=99) for _ in range(200)]
    assert np.mean([each.low > 1 or each.high < 1 for each in found]) < 0.08
    assert np.mean([each.by_chance.p <= 0.05 for each in found]) < 0.08


def test_what_is_said_of_a_fall_a_rise_of_nothing_and_of_too_few():
    rng = np.random.default_rng(3)
    assert difference_in_differences(made(rng, effect=0.3)).verdict.startswith("Consistent with a fall of ")
    assert difference_in_differences(made(rng, effect=3)).verdict.startswith("Consistent with a rise of ")
    assert difference_in_differences(made(rng, treated=30)).verdict.startswith("No evidence of a change")
    few = difference_in_differences(made(rng, treated=2, others=20, months=4))
    assert few.too_few
    assert "do not state a percentage" in few.verdict


def test_under_twenty_before_is_too_few_whatever_the_interval_says():
    counts = np.array([[6, 1], [6, 1], [6, 1], [50, 50], [50, 51], [51, 50], [50, 50]])
    panel = CountPanel(tuple("abcdefg"), ("1", "2"), counts, np.arange(7) < 3, 1)
    found = difference_in_differences(panel)
    assert found.high < 1
    assert "With fewer than 20 before, the interval cannot be trusted" in found.verdict


def test_a_fall_that_areas_at_random_show_as_often_is_said_to_be_perhaps_chance():
    rng = np.random.default_rng(11)
    counts = np.column_stack([np.full(40, 40), np.concatenate([[20, 21, 20, 21], rng.choice([2, 20, 80], 36)])])
    panel = CountPanel(tuple(f"{n:02}" for n in range(40)), ("1", "2"), counts, np.arange(40) < 4, 1)
    found = difference_in_differences(panel, rng=rng, draws=199, level=0.8)
    assert "But as many areas picked at random differ as much" in found.verdict


def test_areas_and_months_without_an_incident_are_dropped_and_counted():
    panel = made(np.random.default_rng(2), treated=5, others=10, months=8)
    wider = np.pad(panel.counts, ((0, 1), (0, 1)))
    empty = CountPanel(
        (*panel.areas, "z"), (*panel.months, "2020-09"), wider, np.append(panel.treated, False), panel.start
    )
    found, plain = difference_in_differences(empty), difference_in_differences(panel)
    assert (found.dropped_areas, found.dropped_months) == (1, 1)
    assert found.ratio == pytest.approx(plain.ratio)
    assert found.se == pytest.approx(plain.se)


def test_few_areas_and_unequal_windows_are_cautioned():
    panel = made(np.random.default_rng(2), treated=5, months=9)
    said = " ".join(difference_in_differences(panel).cautions)
    assert "only 5 treated areas" in said
    assert "4 months before the start and 5 from it on" in said
    swapped = CountPanel(panel.areas, panel.months, panel.counts, ~panel.treated, panel.start)
    assert "only 5 other areas" in " ".join(difference_in_differences(swapped).cautions)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([[0, 3], [0, 3], [4, 4], [4, 4]], "no baseline to change from"),
        ([[3, 0], [3, 0], [4, 4], [4, 4]], "a ratio of nought has no interval"),
        ([[3, 3], [3, 3], [0, 4], [0, 4]], "other areas before the start"),
        ([[3, 3], [3, 3], [4, 0], [4, 0]], "other areas from the start on"),
        ([[3, 3], [0, 0], [4, 4], [4, 4]], "one treated area"),
        ([[3, 3], [3, 3], [4, 4], [0, 0]], "one other area"),
    ],
)
def test_a_corner_without_an_incident_or_a_single_area_is_refused(counts, sentence):
    panel = CountPanel(tuple("abcd"), ("1", "2"), np.array(counts), np.arange(4) < 2, 1)
    with pytest.raises(ValueError, match=sentence):
        difference_in_differences(panel)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [({"family": "normal"}, "no family of counts"), ({"level": 95}, "between 0 and 1")],
)
def test_what_is_no_family_and_no_level_is_refused(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        difference_in_differences(made(np.random.default_rng(1)), **asked)


def test_a_fit_that_does_not_settle_is_a_sentence():
    panel = made(np.random.default_rng(1), treated=3, others=5, months=6)
    column = (panel.treated[:, None] & panel.after[None, :]).astype(float)[:, :, None]
    with pytest.raises(ValueError, match="did not settle"):
        fit(panel.counts, np.concatenate([column, column], axis=2), panel.treated)
    counts = panel.counts.copy()
    counts[:3, 3:] = 0
    with pytest.raises(ValueError, match="did not settle"):
        fit(counts + (np.arange(8)[:, None] > 2), column, panel.treated)


@pytest.mark.parametrize("limit", ["STEPS", "ROUNDS"])
def test_a_fit_is_given_up_after_so_many_steps(limit, monkeypatch):
    from clearlines.analysis.panel import fitting

    monkeypatch.setattr(fitting, limit, 1)
    with pytest.raises(ValueError, match="did not settle"):
        difference_in_differences(made(np.random.default_rng(1)), family="negbin")


def test_bursts_far_beyond_any_usual_dispersion_are_measured():
    assert difference_in_differences(made(np.random.default_rng(2), shape=0.2), family="negbin").dispersion > 1


def test_chance_is_the_share_of_choices_that_do_as_much():
    panel = CountPanel(tuple("abcd"), ("1", "2"), np.array([[9, 1], [5, 5], [5, 5], [5, 5]]), np.arange(4) < 1, 1)
    found = by_chance(panel, rng=np.random.default_rng(1), draws=4000)
    assert found.p == pytest.approx(0.25, abs=4 * found.mc_error)
    assert found == by_chance(panel, rng=np.random.default_rng(1), draws=4000)
    with pytest.raises(ValueError, match="at least one draw"):
        by_chance(panel, rng=np.random.default_rng(1), draws=0)


def test_an_event_study_holds_each_period_against_the_last_one_before():
    panel = made(np.random.default_rng(8), effect=0.4)
    found = event_study(panel, every=3)
    assert [each.number for each in found.periods] == [-4, -3, -2, -1, 0, 1, 2, 3]
    assert (found.periods[4].first, found.periods[4].last) == ("2021-01", "2021-03")
    base, then = found.periods[3], found.periods[5]
    assert (base.ratio, base.low, base.high) == (1, 1, 1)
    assert then.ratio == pytest.approx((then.treated / then.others) / (base.treated / base.others), rel=1e-9)
    assert "a passed pre-trend test is weak evidence" in found.pre_trend.sentence
    assert "Each interval stands alone" in found.cautions[-1]


def test_a_trend_that_was_under_way_is_said_to_have_been():
    found = event_study(made(np.random.default_rng(8), treated=20, drift=0.05, trend=0.85), every=3)
    assert found.pre_trend.p < 0.05
    assert "already moved apart" in found.pre_trend.sentence


@pytest.mark.slow
def test_where_all_moved_alike_the_pre_trend_test_seldom_cries_out():
    rng = np.random.default_rng(6)
    found = [event_study(made(rng, effect=0.5, drift=0.001), every=3).pre_trend.p < 0.05 for _ in range(100)]
    assert np.mean(found) < 0.08


def test_months_that_fill_no_period_are_left_out_and_counted():
    panel = made(np.random.default_rng(8), months=16)
    found = event_study(panel, every=3, family="negbin")
    assert [each.number for each in found.periods] == [-2, -1, 0, 1]
    assert found.dropped_months == 4


def test_one_period_before_has_no_trend_and_too_many_cannot_be_tested():
    panel = made(np.random.default_rng(8), treated=4)
    assert event_study(panel, every=12).pre_trend.p is None
    cannot = event_study(panel, every=2).pre_trend
    assert (cannot.p, cannot.periods) == (None, 5)
    assert "cannot be tested jointly with only 4 areas" in cannot.sentence


@pytest.mark.parametrize(
    ("every", "treated", "sentence"),
    [(0, 4, "one month or more"), (13, 4, "no whole period of 13"), (6, 1, "at least two treated")],
)
def test_periods_and_areas_that_allow_no_event_study_are_refused(every, treated, sentence):
    with pytest.raises(ValueError, match=sentence):
        event_study(made(np.random.default_rng(8), treated=treated), every=every)


@pytest.mark.parametrize("every", [1, 2])
def test_a_period_without_an_incident_asks_for_longer_ones(every):
    panel = made(np.random.default_rng(8), treated=4, months=8)
    counts = panel.counts + 1
    counts[:4, 2:4] = 0
    with pytest.raises(ValueError, match=f"number -{2 if every == 1 else 1}: take periods longer than {every} month"):
        event_study(CountPanel(panel.areas, panel.months, counts, panel.treated, panel.start), every=every)


def test_a_panel_needs_both_sides_of_everything():
    counts, which = np.ones((2, 2), dtype=int), np.array([True, False])
    with pytest.raises(ValueError, match="one month before"):
        CountPanel(("a", "b"), ("1", "2"), counts, which, 0)
    with pytest.raises(ValueError, match="areas that were not"):
        CountPanel(("a", "b"), ("1", "2"), counts, which | True, 1)


def changed(column, row, value):
    frame = rows_of(made(np.random.default_rng(1), treated=2, others=2, months=4)).astype({column: object})
    frame.loc[row, column] = value
    return frame


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (changed("n", 3, -1), "whole counts of at least nought, and one is -1"),
        (changed("n", 3, "many"), "and one is many"),
        (changed("n", 3, 1.5), "and one is 1.5"),
        (changed("hot", 3, "perhaps"), "hot must say 1 or 0 of each area, and one row says perhaps"),
        (changed("lsoa", 3, None), "a row has no lsoa"),
        (changed("month", 3, "2020-03"), "two rows for a000 in 2020-03"),
        (changed("month", 3, "2020-05"), "5 of 20 counts are missing|4 of 20 counts are missing"),
        (changed("hot", 2, 0), "a000 is not treated exactly from the start on"),
        (rows_of(made(np.random.default_rng(1), 2, 2, 4)).drop(columns="n"), "there is no column n; there are lsoa"),
        (rows_of(made(np.random.default_rng(1), 2, 2, 4)).iloc[:0], "no row in it"),
    ],
)
def test_a_table_that_is_no_panel_is_refused_with_a_sentence(frame, sentence):
    with pytest.raises(ValueError, match=sentence):
        panel_of(frame, start="2020-03", **COLUMNS)


def test_a_start_that_is_no_month_is_refused():
    frame = rows_of(made(np.random.default_rng(1), 2, 2, 4))
    with pytest.raises(ValueError, match="2021-01 is not among the months, which run from 2020-01 to 2020-04"):
        panel_of(frame, start="2021-01", **COLUMNS)


def test_treated_may_be_said_of_the_months_of_work_alone():
    panel = made(np.random.default_rng(1), 2, 2, 4)
    frame = rows_of(panel)
    frame["hot"] = np.where((frame["hot"] == 1) & (frame["month"] >= "2020-03"), "yes", "no")
    assert (panel_of(frame, start="2020-03", **COLUMNS).treated == panel.treated).all()


def test_months_may_be_numbers_and_sort_as_numbers():
    frame = rows_of(made(np.random.default_rng(1), 2, 2, 12))
    frame["month"] = frame["month"].str[5:].astype(float)
    found = panel_of(frame, start="10", **COLUMNS)
    assert found.months == tuple(map(str, range(1, 13)))
    assert found.start == 9


@pytest.mark.parametrize(
    ("gone", "said"), [(["2020-03"], "1 month is missing"), (["2020-03", "2020-05"], "2 months are")]
)
def test_months_that_no_area_has_are_told(gone, said):
    frame = rows_of(made(np.random.default_rng(1), 2, 2, 6))
    found = panel_of(frame[~frame["month"].isin(gone)], start="2020-04", **COLUMNS)
    assert said in found.notes[0]
    assert said in difference_in_differences(found).cautions[0]


def test_nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        panel = made(np.random.default_rng(1), treated=2, others=3, months=4)
        found = difference_in_differences(panel, level=0.9999)
    assert 0 < found.low < found.high < float("inf")
