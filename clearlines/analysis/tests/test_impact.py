"""The default design against hand sums, made months with and without a planted fall, and its refusals."""

import doctest
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.analysis import impact as package
from clearlines.analysis.impact import Study, answer, impact, needed, words
from clearlines.analysis.impact.scores import _spread

CHOSEN, BEFORE, AFTER = (np.repeat(np.eye(3, dtype=bool), 2, axis=1)[each] for each in range(3))
NONE = np.zeros(6, dtype=bool)


def made(many=120, *, hot=10, fall=0.0, mean=8.0, seed=1):
    """Areas whose rates differ and do not change; the treated are the hottest of every second area when chosen."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(1.0, mean / 2, size=(many, 1)) + 0.5, size=(many, 6))
    treated = np.zeros(many, dtype=bool)
    half = np.arange(0, many, 2)
    treated[half[np.argsort(-counts[half][:, CHOSEN].sum(1), kind="stable")[:hot]]] = True
    last = np.ix_(treated, AFTER)
    counts[last] = rng.binomial(counts[last], 1 - fall)
    return Study(counts, treated, ~treated, CHOSEN, BEFORE, AFTER)


def all_alike(before, after, others=(10, 10), *, treated=2, many=60):
    """Every area has 10 on the months chosen; the treated go from before to after, the others as they are told."""
    is_treated = np.arange(many) < treated
    first, last = (np.where(is_treated, own, other) for own, other in zip((before, after), others, strict=True))
    window = np.eye(3, dtype=bool)
    return Study(np.column_stack([np.full(many, 10), first, last]), is_treated, ~is_treated, *window)


def test_the_examples_in_the_words_hold():
    assert doctest.testmod(package).failed == 0


def test_nothing_done_and_nothing_seen():
    found = impact(made(), draws=199)
    assert not found.is_fall
    assert found.low < 1 < found.high
    assert found.verdict == "No evidence of a fall"
    assert found.p > 0.05
    assert len(found.placebo) == found.draws == 199


def test_a_planted_halving_is_found_and_its_interval_holds_it():
    found = impact(made(fall=0.5), draws=199)
    assert found.is_fall
    assert found.low < 0.5 < found.high < 1
    assert found.p == 1 / 200
    assert found.verdict.startswith("Consistent with a fall of ")
    assert found.verdict.endswith(f" % (from a base of {found.treated_before} records before)")
    assert found.sentences[0] == f"{found.verdict}."


def test_a_rise_is_called_one():
    study = made()
    counts = study.counts.copy()
    counts[np.ix_(study.treated, AFTER)] *= 2
    found = impact(replace(study, counts=counts), draws=199)
    assert found.verdict.startswith("Consistent with a rise of ")
    assert not found.is_fall


def test_hot_areas_that_fall_back_to_their_mean_are_no_success():
    """Chosen at their peak, they fall by a third with nothing done; so do the areas that were as hot."""
    rng = np.random.default_rng(7)
    counts = np.hstack([rng.poisson(rate, size=(200, 2)) for rate in (5, 3, 3)])
    counts[:, :2] = rng.poisson(rng.gamma(1, 5, size=(200, 1)), size=(200, 2))
    treated = np.zeros(200, dtype=bool)
    treated[np.argsort(-counts[:100, :2].sum(1), kind="stable")[:10]] = True
    found = impact(Study(counts, treated, ~treated, CHOSEN, BEFORE, AFTER), draws=199)
    assert counts[treated][:, AFTER].sum() < 0.6 * counts[treated][:, CHOSEN].sum()
    assert not found.is_fall


def test_under_twenty_before_is_too_few_whatever_is_seen():
    found = impact(all_alike(9, 0), draws=199)
    assert (found.treated_before, found.too_few, found.is_fall) == (18, True, False)
    assert found.verdict == "Too few to tell"
    assert "no percentage should be stated" in found.sentences[-1]


def test_nothing_at_all_before_is_too_few():
    assert impact(all_alike(0, 0), draws=199).verdict == "Too few to tell"


def test_an_interval_that_holds_both_a_halving_and_no_change_is_too_few():
    found = impact(made(hot=2, mean=5.0, seed=9), level=0.99, draws=199)
    assert found.treated_before >= 20
    assert found.low <= 0.5 and found.high >= 1
    assert found.too_few
    assert "Both a halving and no change" in found.sentences[-1]


def test_one_treated_area_is_carried_with_a_caution():
    found = impact(all_alike(30, 30, treated=1), draws=199)
    assert found.n_treated == 1
    assert "One treated area" in found.cautions[0]
    assert found.sentences[1].startswith("The treated area had 30 records")


def test_a_comparison_may_be_named():
    study = made(fall=0.5)
    named = study.eligible & (np.arange(120) < 60)
    found = impact(replace(study, eligible=named), draws=199)
    assert found.n_pool == int((named & (study.counts[:, :4].sum(1) > 0)).sum())
    assert found.ratio < 0.8


@pytest.mark.parametrize(("treated", "least"), [(1, 39), (2, 12), (3, 10), (10, 10), (25, 25)])
def test_how_many_areas_are_needed(treated, least):
    assert needed(treated) == least


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_areas_never_matters(random):
    study = made(60, hot=4, fall=0.3)
    order = list(range(60))
    random.shuffle(order)
    moved = replace(study, counts=study.counts[order], treated=study.treated[order], eligible=study.eligible[order])
    assert impact(moved, draws=99) == impact(study, draws=99)


def test_adding_empty_areas_changes_nothing_but_what_was_left_out():
    study = made(60, hot=4)
    more = Study(
        np.vstack([study.counts, np.zeros((500, 6), dtype=int)]),
        np.append(study.treated, np.zeros(500, dtype=bool)),
        np.append(study.eligible, np.ones(500, dtype=bool)),
        CHOSEN,
        BEFORE,
        AFTER,
    )
    found = impact(more, draws=99)
    assert found.dropped == ("500 areas were left out of the comparison: no record before the months after.",)
    assert replace(found, dropped=()) == replace(impact(study, draws=99), dropped=())


def test_areas_that_are_neither_treated_nor_eligible_are_counted():
    study = made(60, hot=4)
    ring = study.eligible & (np.arange(60) < 10)
    found = impact(replace(study, eligible=study.eligible & ~ring), draws=99)
    assert found.dropped[-1] == f"{ring.sum()} areas are neither treated nor may be compared with."


def test_the_same_seed_gives_the_same_answer_and_another_does_not():
    study = made(60, hot=4)
    assert impact(study, draws=99, seed=3) == impact(study, draws=99, seed=3)
    assert impact(study, draws=99, seed=3).placebo != impact(study, draws=99, seed=4).placebo


def test_twins_get_the_same_answer():
    """Every area alike: nothing can be learnt but their mean, and nothing divides by nought."""
    found = impact(all_alike(20, 20, (20, 20)), draws=199)
    assert round(found.expected, 6) == 40
    assert found.ratio == pytest.approx(1)
    assert found.p == 1


def test_none_after_has_no_lower_end():
    found = impact(all_alike(40, 0, (40, 40)), draws=199)
    assert (found.ratio, found.low) == (0, 0)
    assert found.high < 0.5


def test_the_interval_is_widened_where_it_misses_the_plain_ratio(monkeypatch):
    monkeypatch.setattr(answer, "interval", lambda *_: (2.0, 3.0))
    found = impact(made(), draws=99)
    assert found.low == found.ratio
    assert "widened" in found.cautions[-1]


@pytest.mark.parametrize(
    ("refused", "inside", "outside", "edge"),
    [
        (lambda ratio: ratio > 2, 1.0, 1e3, 2),
        (lambda ratio: ratio < 0.5, 1.0, 1e-3, 0.5),
        (lambda ratio: False, 1.0, 1e3, None),
        (lambda ratio: ratio > 2, 3.0, 1e3, 2),
        (lambda ratio: ratio < 0.5, 0.2, 1e-3, 0.5),
        (lambda ratio: True, 1.0, 1e3, 1e-3),
    ],
)
def test_where_the_refusing_begins(refused, inside, outside, edge):
    found = answer._edge(refused, inside, outside)
    assert found == (None if edge is None else pytest.approx(edge, rel=0.01))


def test_the_spread_grows_with_size_only_where_it_does():
    few = np.linspace(5, 50, 60)
    assert _spread(np.sqrt(few), few) == pytest.approx((1, 0), abs=0.02)
    plain, extra = _spread(np.sqrt(few + 0.1 * few**2), few)
    assert (plain, extra) == (pytest.approx(1, abs=0.2), pytest.approx(0.1, abs=0.02))
    assert _spread(np.full(60, 3.0), few)[1] == 0


LABELS = ("2024-01", "2024-03", "2024-06", "2024-07", "2025-01", "2025-02")


def test_what_a_reader_must_know_first():
    study = replace(made(), labels=LABELS)
    said = " ".join(impact(study, draws=99).cautions)
    assert "The months chosen on are not whole: 2024-02 missing." in said
    assert "different seasons" in said
    plain = impact(replace(study, chosen=NONE), draws=99)
    assert "taken as not chosen by their counts" in " ".join(plain.cautions)
    same = replace(study, labels=("2023-01", "2023-02", "2024-01", "2024-02", "2025-01", "2025-02"))
    assert "season" not in " ".join(impact(same, draws=99).cautions)


def test_unequal_windows_are_compared_by_the_month():
    study = made()
    longer = replace(study, before=BEFORE & (np.arange(6) != 2))
    found = impact(longer, draws=99)
    assert "The windows are unequal, 1 months before and 2 after" in " ".join(found.cautions)
    assert 0.6 < found.ratio < 1.5


def test_areas_hotter_than_any_like_them_are_said_to_be():
    found = impact(all_alike(400, 400), draws=99)
    assert "hotter than any like them" in found.cautions[0]


def test_one_area_that_outweighs_the_rest_is_said_to():
    study = made()
    counts = study.counts.copy()
    counts[np.flatnonzero(study.treated)[0]] *= 50
    assert "mostly its own" in " ".join(impact(replace(study, counts=counts), draws=99).cautions)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(0.12, 0.41, "12–41 %"), (0.001, 0.3, "up to 30 %"), (0.2, math.inf, "20 % or more")],
)
def test_a_range_of_percentages(least, most, said):
    assert words.span(least, most) == said


def test_an_interval_without_an_end_says_so():
    assert str(words.Interval(0.5, math.inf, 0.95)) == "95 % interval 0.50 to no upper end"


STUDY = made(60, hot=4)
OTHER = STUDY.counts.astype(float)


def with_one(value):
    counts = OTHER.copy()
    counts[0, 0] = value
    return replace(STUDY, counts=counts)


@pytest.mark.parametrize(
    ("study", "sentence"),
    [
        (replace(STUDY, counts=np.zeros(5)), "table of areas by months"),
        (replace(STUDY, counts=np.zeros((0, 6))), "table of areas by months"),
        (with_one(np.nan), "is not a month with none"),
        (with_one(-1), "none of them negative"),
        (with_one(0.5), "whole records"),
        (replace(STUDY, treated=STUDY.treated[:-1]), "'treated' must be 60 truths"),
        (replace(STUDY, chosen=np.ones(6)), "'chosen' must be 6 truths"),
        (replace(STUDY, before=NONE), "at least one month before"),
        (replace(STUDY, after=NONE), "at least one month before and one after"),
        (replace(STUDY, chosen=BEFORE), "overlap"),
        (replace(STUDY, chosen=AFTER), "overlap"),
        (replace(STUDY, before=AFTER, after=BEFORE), "before must all come before"),
        (replace(STUDY, before=CHOSEN, chosen=BEFORE), "must have been chosen on months that come before"),
        (replace(STUDY, eligible=~NONE.repeat(10)), "cannot be treated and be its own comparison"),
        (replace(STUDY, treated=NONE.repeat(10)), "no area is marked as treated"),
        (replace(STUDY, eligible=STUDY.eligible & (np.arange(60) < 8)), "need at least 10 areas with records"),
        (all_alike(20, 20, (20, 0)), "no record after"),
        (replace(STUDY, labels=("2024-01",)), "6 months need 6 labels"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(study, sentence):
    with pytest.raises(ValueError, match=sentence) as wrong:
        impact(study, draws=99)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(("more", "sentence"), [({"level": 1}, "level"), ({"draws": 10}, "at least 99 draws")])
def test_how_it_is_asked_is_checked(more, sentence):
    with pytest.raises(ValueError, match=sentence):
        impact(STUDY, **more)


@pytest.mark.slow
def test_the_interval_covers_a_planted_fall_as_often_as_it_says():
    """The bound is 93 %; sixteen studies lie within three Monte-Carlo errors of it."""
    held = [
        found.low <= 0.6 <= found.high
        for found in (impact(made(200, fall=0.4, seed=each), draws=199, seed=each) for each in range(16))
    ]
    assert np.mean(held) >= 0.93 - 3 * math.sqrt(0.93 * 0.07 / 16)
