"""The default design where nothing was done: it stays quiet, and hears what is planted; the usual ways do not."""

import doctest
from dataclasses import asdict

import numpy as np
import pytest

from clearlines.analysis import placebo as module
from clearlines.analysis.placebo import placebo

CHOSEN, BEFORE, AFTER = (np.eye(3, dtype=bool)[each] for each in range(3))


def made(many=160, seed=3):
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.gamma(1.0, 12.0, size=(many, 1)), size=(many, 3))


def asked(counts=None, **more):
    return placebo(made() if counts is None else counts, CHOSEN, BEFORE, AFTER, **{"draws": 40} | more)


def test_the_examples_in_the_words_hold():
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_it_stays_quiet_where_nothing_was_done_and_hears_a_planted_halving():
    found = asked(plant=0.5)
    assert found.false_positive_rate <= 0.15
    assert found.detection_rate >= 0.9
    assert found.false_verdict_rate <= found.false_positive_rate
    assert found.usual_false_positive_rate > found.usual_apart_false_positive_rate
    assert found.usual_false_positive_rate > 0.3
    assert (found.areas, found.top, found.draws, found.too_few_rate) == (157, 10, 40, 0)


def test_without_a_plant_nothing_is_said_of_finding():
    found = asked(draws=3)
    assert (found.detection_rate, found.detection_mc_error, found.found_verdict_rate) == (None, None, None)


def test_the_same_seed_gives_the_same_answer():
    assert asdict(asked(draws=5)) == asdict(asked(draws=5))


def test_too_few_records_before_are_told():
    found = asked(np.minimum(made(), 1), draws=5)
    assert found.too_few_rate == 1
    assert found.false_verdict_rate == 0


def test_nothing_outside_the_treated_does_not_divide_by_nought():
    """Where the rest had none, the usual ways still answer."""
    counts = np.zeros(4)
    treated = np.array([0])
    assert module._log_ratio(counts, counts, treated) == 0
    seen = module._Seen(counts, counts, counts, module.Months(1, 1, 1))
    assert module._wdd(seen, treated, (1, 1)) == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"plant": 1.0}, "planted fall must be a share"),
        ({"draws": 0}, "at least one draw"),
        ({"top": 0}, "at least one area to treat"),
        ({"top": 81}, "at least 162 areas with records, and there are"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(more, sentence):
    with pytest.raises(ValueError, match=sentence):
        asked(**more)


def test_areas_must_have_been_chosen_on_some_months():
    with pytest.raises(ValueError, match="month on which the areas are chosen"):
        placebo(made(), np.zeros(3, dtype=bool), BEFORE, AFTER)
