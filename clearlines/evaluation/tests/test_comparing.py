"""Comparisons side by side: each at the size that the treated areas had, none picked, and a ring with its own."""

import numpy as np
import pytest

from clearlines.evaluation import comparing
from clearlines.evaluation.comparing import Pair, Sides
from clearlines.evaluation.groups import groups
from clearlines.hotspots.counts import Panel


def sides(**controls) -> Sides:
    return Sides(Pair(100, 60, 2), {key: Pair(*each) for key, each in controls.items()}, (4, 4), 1.0)


def test_a_comparison_ten_times_the_size_makes_one_expect_the_same():
    found = comparing.compared(sides(alike=(100, 90, 3), rest=(1000, 900, 40)), level=0.95)
    alike, rest = found["answers"]
    assert alike["expected"] == rest["expected"] == 90
    assert alike["estimate"] == pytest.approx(rest["estimate"]) == pytest.approx(-30)
    assert rest["high"] - rest["low"] < alike["high"] - alike["low"]
    assert alike["ratio"] == pytest.approx(60 / 90, abs=1e-4)
    assert (found["agree"], found["is_apart"]) == (False, False)


def test_comparisons_that_lie_apart_are_said_to():
    found = comparing.compared(sides(alike=(400, 400, 3), rest=(4000, 1500, 40)), level=0.95)
    assert found["is_apart"]
    assert "at least one is not a fair comparison" in found["sentences"][1]


def test_a_comparison_with_none_before_compares_nothing_and_one_alone_is_said_to_be():
    found = comparing.compared(sides(alike=(0, 5, 3), rest=(1000, 900, 40)), level=0.95)
    assert [each["key"] for each in found["answers"]] == ["rest"]
    assert "only one comparison" in found["sentences"][0]
    assert "Areas as hot in the same months: none were recorded before" in found["sentences"][1]
    nothing = comparing.compared(Sides(Pair(0, 5, 2), {"rest": Pair(9, 9, 4)}, (4, 4), 1.0), level=0.95)
    assert nothing["answers"] == []


def test_bursts_make_every_interval_wider():
    plain = comparing.compared(sides(rest=(1000, 900, 40)), level=0.95)["answers"][0]
    wide = comparing.compared(sides(rest=(1000, 900, 40))._replace(spread=4.0), level=0.95)["answers"][0]
    assert wide["low"] < plain["low"]
    assert comparing.spread(np.array([[10, 20], [20, 10]])) > 1
    assert comparing.spread(np.array([[0, 0]])) == 1


def test_unequal_periods_are_compared_by_the_month():
    found = comparing.compared(sides(rest=(1000, 450, 40))._replace(months=(4, 2)), level=0.95)["answers"][0]
    assert found["estimate"] == pytest.approx(60 / 2 - 100 / 4 * (450 / 2) / (1000 / 4))


@pytest.mark.parametrize(
    ("after", "words"),
    [(200, "may have moved next door"), (20, "may have spread"), (101, "nothing shows that it moved")],
)
def test_the_ring_is_held_against_its_own_comparison(after, words):
    found = comparing.ring(Pair(100, after, 3), Pair(900, 905, 30), months=(4, 4), level=0.95)
    assert words in found["sentence"]


def test_a_ring_with_few_or_none_says_so():
    assert "Too few" in comparing.ring(Pair(5, 4, 3), Pair(900, 905, 30), months=(4, 4), level=0.95)["sentence"]
    assert "None were recorded" in comparing.ring(Pair(0, 4, 3), Pair(9, 5, 3), months=(4, 4), level=0.95)["why_not"]


def test_no_area_is_in_two_groups_and_the_order_of_rows_never_matters():
    codes = tuple(f"E{each}" for each in range(8))
    counts = np.array([[9, 1], [8, 1], [7, 1], [6, 1], [5, 1], [4, 1], [0, 1], [3, 1]])
    given = {"treated": ["E0"], "ring": ["E1"], "named": ["E2"], "chosen": ("2022-01", "2022-01")}
    panel = Panel("lsoa", codes, codes, ("2022-01", "2022-02"), counts)
    found = groups(panel, **given)
    assert found.codes(panel) == {"treated": ["E0"], "alike": ["E3", "E4", "E5"], "named": ["E2"], "ring": ["E1"]}
    assert not (found.alike & found.rest).any()
    back = Panel("lsoa", codes[::-1], codes[::-1], panel.months, counts[::-1])
    turned = groups(back, **given).codes(back)
    assert {key: sorted(each) for key, each in turned.items()} == found.codes(panel)
    unlooked = groups(panel, **given | {"chosen": ("", "")})
    assert not unlooked.alike.any()
