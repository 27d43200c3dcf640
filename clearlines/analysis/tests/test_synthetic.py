"""Synthetic comparisons against hand sums, a regression written out, published tables and worlds of known truth."""

import doctest
import math
from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from clearlines.analysis import synthetic as package
from clearlines.analysis.synthetic import Columns, Panel, Resampling, processes, read_panel, synthetic
from clearlines.analysis.synthetic import calibration as weighing

COVARIATES = (
    "TotalPop", "BLACK", "HISPANIC", "Males_1521", "HOUSEHOLDS", "FAMILYHOUS", "FEMALE_HOU", "RENTER_HOU", "VACANT_HOU",
)  # fmt: skip
OUTCOMES = ("i_felony", "i_misdemea", "i_drugs", "any_crime")


@pytest.mark.parametrize("name", ["", ".panel", ".reading", ".effects"])
def test_the_examples_in_the_words_hold(name):
    assert doctest.testmod(import_module(package.__name__ + name)).failed == 0


def world(seed, *, units=80, treated=10, before=6, after=3, mean=3.0, effect=1.0, outcomes=("thefts",)):
    """Areas with rates of their own; where the work is done they are `effect` times as high from then on."""
    rng = np.random.default_rng(seed)
    is_treated = np.arange(units) < treated
    counts = {}
    for name in outcomes:
        rates = np.repeat(rng.gamma(2, mean / 2, units)[:, None], before + after, axis=1)
        rates[:treated, before:] *= effect
        counts[name] = rng.poisson(rates)
    return Panel([f"area {at:03}" for at in range(units)], range(1, before + after + 1), is_treated, counts)


def answered(panel, **more):
    first = sorted(panel.times)[-3]
    return synthetic(panel, first, panel.times[-1], **more)


def asked(permutations=0, *, jackknife=False, seed=1, at_once=1):
    return Resampling(permutations, jackknife, np.random.default_rng(seed), at_once)


def regression(panel, answer, name, first):
    """The published recipe written out: rows stacked, dummies a period, the sandwich by row and by unit."""
    after = [at for at, time in enumerate(panel.times) if time >= first]
    y = panel.outcomes[name][:, after]
    units, periods = y.shape
    x = np.zeros((units, periods, 1 + periods))
    x[..., 0] = panel.treated[:, None]
    x[..., 1:] = np.eye(periods)
    x, y = x.reshape(-1, 1 + periods), y.ravel()
    w = np.repeat(answer.weights, periods)
    bread = np.linalg.inv(x.T @ (x * w[:, None]))
    beta = bread @ (x.T @ (w * y))
    scores = x * (w * (y - x @ beta))[:, None]
    by_row = bread @ (scores.T @ scores) @ bread * len(y) / (len(y) - 1)
    summed = scores.reshape(units, periods, -1).sum(axis=1)
    by_unit = bread @ (summed.T @ summed) @ bread * units / (units - 1)
    return beta, by_row, by_unit


def test_the_linearised_and_the_clustered_error_are_those_of_the_regression_written_out():
    panel = world(2, outcomes=("thefts", "damage"))
    answer = answered(panel)
    for name, effect in answer.outcomes.items():
        beta, by_row, by_unit = regression(panel, answer, name, 7)
        assert effect.linear_p == pytest.approx(norm.cdf(beta[0] / by_row[0, 0] ** 0.5), abs=1e-9)
        assert effect.clustered_p == pytest.approx(norm.cdf(beta[0] / by_unit[0, 0] ** 0.5), abs=1e-9)
        level = beta[1:].mean()
        slope = np.array([1 / (level + beta[0]), *[(1 / (level + beta[0]) - 1 / level) / 3] * 3])
        for variance, low in [(by_row, effect.low), (by_unit, effect.clustered_low)]:
            reach = norm.ppf(0.975) * math.sqrt(slope @ variance @ slope)
            assert low == pytest.approx((1 + effect.change) * math.exp(-reach) - 1, abs=1e-9)


def test_each_period_is_the_same_comparison_of_that_period_alone():
    panel = world(4)
    whole = answered(panel).outcomes["thefts"]
    last = whole.by_period[-1]
    assert [each.time for each in whole.by_period] == [7, 8, 9]
    assert sum(each.treated for each in whole.by_period) == whole.treated
    assert sum(each.synthetic for each in whole.by_period) == pytest.approx(whole.synthetic)
    before = [each for each in whole.periods if not each.is_after]
    assert all(each.treated == pytest.approx(each.synthetic, abs=1e-6) for each in before)
    assert all(each.change is None for each in before)
    beta, by_row, _ = regression(
        Panel(panel.units, panel.times, panel.treated, {"thefts": panel.outcomes["thefts"]}),
        answered(panel), "thefts", 9,
    )  # fmt: skip
    assert last.linear_p == pytest.approx(norm.cdf(beta[0] / by_row[0, 0] ** 0.5), abs=1e-9)


def test_a_rise_asked_about_is_what_a_fall_is_not_and_both_ways_doubles_the_nearer():
    panel = world(5)
    lower, upper, two = (answered(panel, side=side) for side in ("lower", "upper", "two"))
    p = [each.outcomes["thefts"].linear_p for each in (lower, upper, two)]
    assert p[0] + p[1] == pytest.approx(1)
    assert p[2] == pytest.approx(2 * min(p[:2]))
    assert two.omnibus.linear_p == pytest.approx(p[2])
    assert lower.omnibus.linear_p == pytest.approx(p[0])


def test_the_omnibus_joins_outcomes_by_their_covariance():
    panel = world(6, outcomes=("thefts", "damage", "arson"))
    one, two = answered(panel), answered(panel, side="two")
    betas, covariances = [], []
    for name in panel.outcomes:
        beta, by_row, _ = regression(panel, one, name, 7)
        betas.append(beta[0])
        covariances.append(by_row[0, 0])
    assert 0 < one.omnibus.linear_p < 1
    # Independent outcomes: nearly the plain sums.
    z = np.array(betas) / np.sqrt(covariances)
    assert one.omnibus.linear_p == pytest.approx(norm.cdf(z.sum() / math.sqrt(3)), abs=0.15)
    assert two.omnibus.linear_p == pytest.approx(chi2.sf(z @ z, 3), abs=0.25)


def test_an_outcome_named_twice_over_adds_nothing_to_the_omnibus_of_both_directions():
    panel = world(7)
    twice = Panel(
        panel.units, panel.times, panel.treated, {"a": panel.outcomes["thefts"], "b": panel.outcomes["thefts"]}
    )
    assert answered(twice, side="two").omnibus.linear_p == pytest.approx(answered(panel, side="two").omnibus.linear_p)
    assert answered(twice).omnibus.linear_p == pytest.approx(answered(panel).omnibus.linear_p)


def test_outcomes_that_cancel_leave_nothing_to_test_one_way():
    joint = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert package.effects.joined(np.array([1.0, -1.0]), joint, "lower") == (0.0, None)


@pytest.mark.slow
@given(st.integers(0, 50), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=5)
def test_the_order_of_rows_never_matters(seed, shuffler):
    panel = world(seed, units=40, treated=5)
    order = list(range(40))
    shuffler.shuffle(order)
    other = Panel(
        [panel.units[at] for at in order], panel.times, panel.treated[order],
        {name: counts[order] for name, counts in panel.outcomes.items()},
    )  # fmt: skip
    one, another = (answered(each, resampled=asked(10, jackknife=True)) for each in (panel, other))
    assert one.units == another.units
    assert one.weights.tolist() == another.weights.tolist()
    assert one.outcomes["thefts"].perm_p == another.outcomes["thefts"].perm_p
    assert one.outcomes["thefts"].jackknife_p == another.outcomes["thefts"].jackknife_p


def test_labels_of_units_may_be_numbers_too():
    panel = world(3)
    numbered = Panel(range(80), panel.times, panel.treated, panel.outcomes)
    assert answered(numbered).outcomes["thefts"].change == pytest.approx(answered(panel).outcomes["thefts"].change)


@pytest.mark.slow
def test_placebo_groups_are_ranked_with_one_for_the_treated_and_their_chance_error_is_said():
    found = answered(world(9, effect=0.3), resampled=asked(99))
    thefts = found.outcomes["thefts"]
    assert thefts.perm_p == pytest.approx((1 + round(thefts.perm_p * 100 - 1)) / 100)
    assert thefts.perm_p <= 0.05
    assert thefts.perm_mc_error == pytest.approx(math.sqrt(thefts.perm_p * (1 - thefts.perm_p) / 99))
    assert len(thefts.placebo_differences) == 99 == found.placebos.asked
    assert found.omnibus.perm_p == thefts.perm_p
    assert any("(1 + placebo groups" in each for each in found.notes)


@pytest.mark.slow
def test_side_by_side_gives_what_one_process_gives():
    panel = world(10)
    one, two = (answered(panel, resampled=asked(64, at_once=many)) for many in (1, 2))
    assert one.outcomes["thefts"].placebo_differences == pytest.approx(two.outcomes["thefts"].placebo_differences)
    assert one.outcomes["thefts"].perm_p == two.outcomes["thefts"].perm_p


def test_each_process_is_given_its_work_once_and_leaves_no_setting_behind(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with processes._one_thread_each():
        assert [processes.os.environ[name] for name in processes.THREADS] == ["1", "1", "1"]
    assert processes.os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in processes.os.environ
    monkeypatch.setattr(processes, "_act", None, raising=False)
    processes._begin(len)
    assert processes._part([1, 2, 3]) == 3


def test_where_there_are_few_groups_every_one_is_tried_and_no_chance_of_drawing_is_left():
    panel = world(11, units=12, treated=1, before=2)
    found = answered(panel, resampled=asked(50))
    assert found.placebos.is_every_group
    assert found.placebos.asked == 11
    assert found.outcomes["thefts"].perm_mc_error == 0
    assert found.outcomes["thefts"].perm_p * 12 == pytest.approx(round(found.outcomes["thefts"].perm_p * 12))
    assert any("every group there is" in each for each in found.notes)


def test_a_placebo_group_in_either_direction_counts_when_both_are_asked_about():
    found = answered(world(12), side="two", resampled=asked(19))
    assert 0 < found.outcomes["thefts"].perm_p <= 1
    assert 0 < found.omnibus.perm_p <= 1
    assert "Far out is counted in both directions." in found.notes


def test_the_jackknife_leaves_out_as_many_groups_as_there_are_treated():
    found = answered(world(13), resampled=asked(jackknife=True))
    thefts = found.outcomes["thefts"]
    assert found.jackknife.groups == 10
    assert 0 < thefts.jackknife_p < 1
    assert thefts.jackknife_low < thefts.change < thefts.jackknife_high
    assert any("left out 10 groups" in each for each in found.notes)


def test_groups_that_could_not_be_weighed_are_counted_and_said(monkeypatch):
    real = weighing.Balance.weighed
    turns = iter(range(1000))

    def sometimes(self, treated, controls, tier=0):
        turn = next(turns)
        found = real(self, treated, controls, tier)
        if turn == 0:
            return found
        return None if turn % 4 == 0 else found._replace(tier=1) if turn % 4 == 1 else found

    monkeypatch.setattr(weighing.Balance, "weighed", sometimes)
    found = answered(world(14), resampled=asked(20, jackknife=True))
    assert (found.placebos.failed, found.placebos.relaxed) == (5, 5)
    assert (found.jackknife.failed, found.jackknife.relaxed) == (2, 3)
    said = " ".join(found.notes)
    assert "5 of 20 placebo groups could not be matched at all" in said
    assert "5 of the placebo groups could be matched less exactly" in said
    assert "2 of the jackknife's groups could not be matched at all" in said
    assert "3 of the jackknife's groups could be matched less exactly" in said


def test_no_weights_at_all_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setattr(weighing, "MOST_STEPS", 0)
    with pytest.raises(ValueError, match="no weights could be found"):
        answered(world(1))


def test_a_jackknife_in_which_nothing_can_be_weighed_is_refused(monkeypatch):
    real, turns = weighing.Balance.weighed, iter(range(1000))
    monkeypatch.setattr(weighing.Balance, "weighed", lambda *given: None if next(turns) else real(*given))
    with pytest.raises(ValueError, match="ask for no jackknife"):
        answered(world(1), resampled=asked(jackknife=True))


def small(treated, untreated, times=(1, 2, 3)):
    rows = [*treated, *untreated]
    return Panel(range(len(rows)), times, [at < len(treated) for at in range(len(rows))], {"thefts": rows})


UNTREATED = [[2, 1, 3], [4, 5, 2], [6, 4, 6], [3, 3, 3], [5, 2, 4]]


def test_one_treated_unit_has_no_error_but_that_of_placebo_groups():
    found = synthetic(small([[4, 3, 1]], UNTREATED), 3, 3, resampled=asked(5))
    thefts = found.outcomes["thefts"]
    assert thefts.change is not None
    assert thefts.linear_p is thefts.low is thefts.clustered_p is found.omnibus.linear_p is None
    assert thefts.perm_p is not None
    assert found.notes[0].startswith("There is one treated unit.")
    assert "no percentage is given, because no interval" in thefts.sentence


def test_few_treated_and_a_unit_that_carries_most_of_the_weight_are_named():
    found = synthetic(small([[4, 3, 1], [4, 3, 2]], [[4, 3, 3], [9, 0, 2], [0, 9, 2]]), 3, 3)
    assert found.notes[0].startswith("Only 2 units were treated")
    assert "One untreated unit, 2, carries" in found.notes[1]


@pytest.mark.parametrize(
    ("treated", "untreated", "why"),
    [
        ([[0, 0, 1], [0, 0, 2]], [[0, 0, 1], [0, 0, 3], [1, 1, 1]], "none before"),
        ([[2, 2, 1], [2, 2, 2]], [[1, 1, 0], [3, 3, 0], [2, 1, 0]], "the synthetic comparison had none"),
        ([[2, 2, 0], [2, 2, 0]], [[1, 1, 1], [3, 3, 2], [2, 1, 4]], "no interval can be put round a fall to nothing"),
    ],
)
def test_where_a_total_is_nought_no_percentage_is_given_and_the_reason_is(treated, untreated, why):
    thefts = synthetic(small(treated, untreated), 3, 3).outcomes["thefts"]
    assert thefts.change is thefts.low is thefts.clustered_high is None
    assert why in thefts.why_no_change
    assert why in thefts.sentence


def test_where_nothing_happened_to_anybody_nothing_is_tested():
    found = synthetic(small([[0, 0, 0], [0, 0, 0]], [[0, 0, 0]] * 5), 3, 3, resampled=asked(3, jackknife=True))
    thefts = found.outcomes["thefts"]
    assert thefts.linear_p is thefts.clustered_p is thefts.jackknife_p is found.omnibus.linear_p is None
    assert thefts.perm_p == 1


def test_what_could_not_be_met_is_named_with_how_far_off_it_is():
    panel = small([[9, 9, 3], [9, 8, 4]], UNTREATED)
    found = synthetic(panel, 3, 3)
    assert found.balance_error > 1
    assert "outcomes before were matched as nearly as can be" in found.relaxed[0]
    assert found.relaxed[1].startswith(
        "thefts is matched as nearly as can be, at worst at time 2: 17 in the treated, 8.00 in"
    )
    rich = Panel(panel.units, panel.times, panel.treated, panel.outcomes, {"people": [900, 900, 1, 2, 3, 4, 5]})
    said = synthetic(rich, 3, 3).relaxed
    assert "and then covariates too" in said[0]
    assert any(each.startswith("people is matched as nearly as can be: 1,800 in the treated") for each in said)


def test_two_errors_side_by_side_are_explained_and_so_is_the_level():
    said = answered(world(15)).notes
    assert any("as if it were another unit" in each and "thefts" in each for each in said)
    assert any("published tables of this method print 90 %" in each for each in said)
    one_period = synthetic(world(15), 9, 9, level=0.9).notes
    assert not any("another unit" in each or "90 %" in each for each in one_period)


def test_a_percentage_stands_with_both_intervals_and_what_they_allow_to_be_said():
    fallen = answered(world(16, units=300, treated=40, mean=8, effect=0.4)).outcomes["thefts"]
    assert fallen.clustered_high < 0
    assert fallen.sentence.endswith("by the second it can be told apart from no difference.")
    assert "(95 % interval −" in fallen.sentence
    assert answered(world(17)).outcomes["thefts"].sentence.endswith("it cannot be told apart from no difference.")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"level": 1}, "the level must lie between 0 and 1"),
        ({"side": "down"}, "the side must be lower, upper or two"),
        ({"resampled": Resampling(5)}, "permutations draw at random: give a seed"),
        ({"resampled": Resampling(jackknife=True)}, "deals units into groups at random: give a seed"),
        ({"first": 2, "last": 9}, "the panel has no time 9: its times run from 1 to 3"),
        ({"first": 3, "last": 2}, "cannot end at 2 before it begins at 3"),
        ({"first": 1}, "there is no time before 1"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(more, sentence):
    with pytest.raises(ValueError, match=sentence):
        synthetic(small([[4, 3, 1], [3, 3, 3]], UNTREATED), **{"first": 3, "last": 3} | more)


def test_nobody_treated_and_nobody_else_are_refused():
    with pytest.raises(ValueError, match="no unit is treated"):
        synthetic(small([], UNTREATED), 3, 3)
    with pytest.raises(ValueError, match="every unit is treated"):
        synthetic(small(UNTREATED, []), 3, 3)


def test_too_few_others_for_placebo_groups_or_for_a_jackknife_are_refused():
    panel = small(UNTREATED[:3], UNTREATED)
    with pytest.raises(ValueError, match="placebo groups of 3 cannot be drawn from 5"):
        synthetic(panel, 3, 3, resampled=asked(5))
    with pytest.raises(ValueError, match="needs two treated and two untreated"):
        synthetic(small(UNTREATED[:1], UNTREATED), 3, 3, resampled=asked(jackknife=True))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"units": ["a", "a"]}, "a unit stands twice"),
        ({"times": [2, 1]}, "must rise"),
        ({"treated": [1, 0]}, "true or false for each unit"),
        ({"treated": [True]}, "true or false for each unit"),
        ({"outcomes": {}}, "at least one outcome"),
        ({"outcomes": {"thefts": [[1, 2, 3], [1, 2, 3]]}}, "must be an array of 2 by 2"),
        ({"outcomes": {"thefts": [[1, -2], [1, 2]]}}, "thefts has a negative count"),
        ({"outcomes": {"thefts": [[1, math.nan], [1, 2]]}}, "thefts has a value that is missing"),
        ({"outcomes": {"thefts": [[1, "x"], [1, 2]]}}, "thefts holds something that is not a number"),
        ({"covariates": {"people": [1, math.inf]}}, "people has a value that is missing"),
        ({"covariates": {"thefts": [1, 2]}}, "named as an outcome and as a covariate"),
    ],
)
def test_a_panel_that_cannot_be_one_is_refused_in_a_sentence(more, sentence):
    whole = {"units": ["a", "b"], "times": [1, 2], "treated": [True, False], "outcomes": {"thefts": [[1, 2], [3, 4]]}}
    with pytest.raises(ValueError, match=sentence):
        Panel(**whole | more)


# Published with R's microsynth (its table of results for seattledmi): treated, synthetic, change, p, 90 % interval.
PUBLISHED = {
    "i_felony": (46, 68.2223860384292, -0.325734518, 0.0108519149, -0.5034611, -0.0843829),
    "i_misdemea": (45, 71.8001232355841, -0.373260129, 0.0019151681, -0.5282274, -0.1673792),
    "i_drugs": (20, 23.7588212205311, -0.158207395, 0.2558603466, -0.4635561, 0.3209647),
    "any_crime": (788, 986.438973642963, -0.201167005, 0.0146193213, -0.3286256, -0.0494992),
}


@pytest.fixture(scope="module")
def seattle(request):
    import pyarrow.parquet

    folder = request.getfixturevalue("real_data") / "seattledmi"
    read = pyarrow.parquet.ParquetFile(folder / "seattledmi.parquet").read()
    table = {name: read.column(name).to_numpy() for name in read.column_names}
    return read_panel(table, Columns("ID", "time", "Intervention", OUTCOMES, COVARIATES), "13", "16")


@pytest.mark.slow
@pytest.mark.real_data
def test_the_seattle_figures_are_those_published(seattle):
    found = synthetic(*seattle, level=0.9)
    for name, (treated, total, change, p, low, high) in PUBLISHED.items():
        effect = found.outcomes[name]
        assert effect.treated == treated
        assert effect.synthetic == pytest.approx(total, rel=1e-4)
        assert effect.change == pytest.approx(change, abs=1e-4)
        assert effect.linear_p == pytest.approx(p, abs=1e-5)
        assert (effect.low, effect.high) == pytest.approx((low, high), abs=1e-4)
    assert found.balance_error < 1e-8
    assert found.relaxed == ()
    assert round(found.outcomes["any_crime"].clustered_p, 3) == 0.114


@pytest.mark.slow
@pytest.mark.real_data
def test_placebo_groups_of_seattle_are_all_matched_exactly(seattle):
    found = synthetic(*seattle, resampled=asked(8))
    assert (found.placebos.failed, found.placebos.relaxed) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("mean", [1.0, 6.0])
def test_a_planted_fall_is_inside_its_interval_at_least_93_times_in_a_hundred(mean):
    effects = [
        answered(world(seed, units=150, treated=15, mean=mean, effect=0.7)).outcomes["thefts"] for seed in range(150)
    ]
    assert np.mean([each.low <= -0.3 <= each.high for each in effects]) >= 0.93
    assert np.mean([each.clustered_low <= -0.3 <= each.clustered_high for each in effects]) >= 0.93
    assert np.mean([each.change for each in effects]) == pytest.approx(-0.3, abs=0.03)


@pytest.mark.slow
def test_where_nothing_was_done_a_fall_is_seldom_found():
    p = [answered(world(seed, units=150, treated=15)).outcomes["thefts"].clustered_p for seed in range(150)]
    assert np.mean([each < 0.05 for each in p]) <= 0.08


def test_the_periods_of_an_answer_rise():
    periods = answered(world(18)).outcomes["thefts"].periods
    assert all(one.time < other.time for one, other in pairwise(periods))
