"""How large a fall could be found, against hand sums and against the design itself on made months."""

import doctest
import math

import numpy as np
import pytest

from clearlines.analysis import power as module
from clearlines.analysis.impact import Study, impact
from clearlines.analysis.power import power, smallest_found

CHOSEN, BEFORE, AFTER = (np.repeat(np.eye(3, dtype=bool), 2, axis=1)[each] for each in range(3))


def made(seed, many=120, hot=10):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(1.0, 4.0, size=(many, 1)), size=(many, 6))
    treated = np.zeros(many, dtype=bool)
    half = np.arange(0, many, 2)
    treated[half[np.argsort(-counts[half][:, CHOSEN].sum(1), kind="stable")[:hot]]] = True
    return counts, treated


def asked(counts, treated, **more):
    settings = {"draws": 99, "falls": (0.1, 0.5), "chosen": CHOSEN, "before": BEFORE, "months_after": 2} | more
    chosen, before, many = (settings.pop(each) for each in ("chosen", "before", "months_after"))
    return power(counts, treated, ~treated, chosen, before, many, **settings)


def test_the_examples_in_the_words_hold():
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_a_larger_fall_is_found_more_often_and_the_same_seed_says_the_same():
    found = asked(*made(1))
    (_, small, _), (_, large, error) = found.falls
    assert small < 0.5 < large
    assert error == pytest.approx(math.sqrt(large * (1 - large) / 99))
    assert 0.1 < found.smallest <= 0.5
    assert "times in 100, from a base of" in found.sentences[0]
    assert asked(*made(1)) == found


def test_no_month_after_is_looked_at():
    counts, treated = made(1)
    changed = counts.copy()
    changed[:, AFTER] = 0
    assert asked(counts, treated, falls=(0.4,)) == asked(changed, treated, falls=(0.4,))


def test_under_twenty_before_nothing_would_be_found():
    counts, treated = made(1)
    counts = counts.copy()
    counts[np.ix_(treated, BEFORE)] = 0
    found = asked(counts, treated)
    assert found.falls == ((0.1, 0.0, 0.0), (0.5, 0.0, 0.0))
    assert found.smallest is None
    assert found.sentences == ("Too few to tell: 0 records before, and under 20 no fall would be called one.",)


def test_where_no_fall_tried_would_be_found_it_says_so():
    found = asked(*made(1), falls=(0.01, 0.05))
    assert found.smallest is None
    assert found.sentences[0].startswith("No fall of up to 5 % would be found 80 times in 100")


def test_areas_that_were_not_chosen_by_counts_can_be_asked_too():
    found = asked(*made(1), chosen=np.zeros(6, dtype=bool), falls=(0.6,))
    assert found.falls[0][1] > 0.5


@pytest.mark.parametrize(
    ("falls", "smallest"),
    [
        ([(0.1, 0.9)], 0.1),
        ([(0.1, 0.2), (0.2, 0.8)], 0.2),
        ([(0.1, 0.6), (0.2, 1.0)], 0.15),
        ([(0.1, 0.2)], None),
        ([], None),
    ],
)
def test_the_smallest_found_lies_between_those_tried(falls, smallest):
    assert smallest_found(falls, 0.8) == (smallest if smallest is None else pytest.approx(smallest))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"falls": ()}, "falls must be shares"),
        ({"falls": (0.0,)}, "falls must be shares"),
        ({"chance": 1.0}, "chance of finding"),
        ({"months_after": 0}, "at least one month after"),
        ({"before": np.zeros(6, dtype=bool)}, "at least one month before"),
        ({"before": np.ones(6)}, "at least one month before"),
        ({"chosen": AFTER}, "must have been chosen on months that come before"),
        ({"draws": 5}, "at least 99 draws"),
        ({"level": 0.0}, "level"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(more, sentence):
    with pytest.raises(ValueError, match=sentence):
        asked(*made(1), **more)


@pytest.mark.slow
def test_a_planted_fall_in_ten_hot_areas_is_found_as_often_as_power_says():
    """New months of the same areas each time; both shares are known to their Monte-Carlo error only."""
    times, fall, said, found = 10, 0.35, [], []
    for seed in range(times):
        counts, treated = made(seed)
        if seed < 4:
            said.append(asked(counts, treated, falls=(fall,), seed=seed).falls[0][1])
        thinned = counts.copy()
        last = np.ix_(treated, AFTER)
        thinned[last] = np.random.default_rng(seed).binomial(counts[last], 1 - fall)
        found.append(impact(Study(thinned, treated, ~treated, CHOSEN, BEFORE, AFTER), draws=99, seed=seed).is_fall)
    share = np.clip(np.mean(said), 0.02, 0.98)
    assert abs(np.mean(found) - share) < 3 * math.sqrt(share * (1 - share) * (1 / times + 1 / 99))
