"""From a table to a panel: what is taken where there is a choice, and what is refused."""

import datetime

import numpy as np
import pandas as pd
import pytest

from clearlines.analysis.synthetic import Columns, read_panel

COLUMNS = Columns("area", "month", "done", ["thefts"], ["people"])


def table(**more):
    """Two areas at three months; in the first the work begins with the third."""
    return {
        "area": ["a", "a", "a", "b", "b", "b"], "month": [1, 2, 3, 1, 2, 3], "done": [0, 0, 1, 0, 0, 0],
        "thefts": [3, 4, 1, 3, 5, 2], "people": [7, 7, 7, 9, 9, 9],
    } | more  # fmt: skip


def read(first="3", last="3", columns=COLUMNS, **more):
    return read_panel(table(**more), columns, first, last)


def test_rows_in_any_order_become_units_by_times():
    panel, first, last = read()
    assert (list(panel.units), list(panel.times), first, last) == (["a", "b"], [1, 2, 3], 3, 3)
    assert panel.treated.tolist() == [True, False]
    assert panel.outcomes["thefts"].tolist() == [[3, 4, 1], [3, 5, 2]]
    assert panel.covariates["people"].tolist() == [7, 9]
    assert panel.notes == ()
    shuffled = pd.DataFrame(table()).sample(frac=1, random_state=2)
    assert read_panel(shuffled, COLUMNS, 3, 3).panel.outcomes["thefts"].tolist() == [[3, 4, 1], [3, 5, 2]]


def test_a_unit_marked_throughout_is_treated_and_nothing_is_said_of_when():
    panel = read(done=[True] * 3 + [False] * 3).panel
    assert panel.treated.tolist() == [True, False]
    assert panel.notes == ()


def test_times_after_the_last_are_not_read():
    panel = read("2", "2", thefts=[3, 4, None, 3, 5, "x"]).panel
    assert list(panel.times) == [1, 2]
    assert panel.treated.tolist() == [True, False]


@pytest.mark.parametrize(
    ("first", "done", "said"),
    [
        ("2", [0, 0, 1, 0, 0, 0], "a placebo in time"),
        ("3", [0, 1, 1, 0, 0, 0], "some of the time before already holds its effect"),
        ("3", [0, 1, 1, 0, 0, 1], "began at different times, from 2 to 3"),
    ],
)
def test_work_that_began_at_another_time_is_said(first, done, said):
    assert any(said in each for each in read(first, done=done).panel.notes)


def test_a_covariate_that_varies_is_taken_as_it_stood_at_the_last_time_before():
    panel = read(people=[7, 8, 50, 9, 9, 9]).panel
    assert panel.covariates["people"].tolist() == [8, 9]
    assert "people varies in time and is taken as it stood at the last time before 3." in panel.notes
    assert read(people=[7, 7, 50, 9, 9, 9]).panel.notes == ()


@pytest.mark.parametrize(
    ("months", "first", "times"),
    [
        (["2024-01", "2024-02", "2024-03"], "2024-03", ["2024-01", "2024-02", "2024-03"]),
        (["2024Q1", "2024Q2", "2024Q3"], "2024Q3", ["2024Q1", "2024Q2", "2024Q3"]),
        (["9", "10", "11"], "11", [9, 10, 11]),
        ([0.5, 1.0, 2.0], "2", [0.5, 1, 2]),
        (np.array(["2024-01-01", "2024-02-01", "2024-03-01"], "datetime64[us]"), "2024-03", None),
        ([datetime.date(2024, 1, 1), datetime.date(2024, 2, 1), datetime.date(2024, 3, 1)], "2024-03-01", None),
    ],
)
def test_times_may_be_numbers_months_quarters_or_days(months, first, times):
    panel, after, _ = read(first, first, month=[*months, *months])
    assert list(panel.times) == (times or ["2024-01-01", "2024-02-01", "2024-03-01"])
    assert after == panel.times[-1]


@pytest.mark.parametrize("units", [[1, 1, 1, 2, 2, 2], [1.0, 1.0, 1.0, 2.0, 2.0, 2.0], np.array(["x"] * 3 + ["y"] * 3)])
def test_units_may_be_numbers_or_words(units):
    assert [str(each) for each in read(area=units).panel.units] in (["1", "2"], ["x", "y"])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"area": ["a", "a", None, "b", "b", "b"]}, "1 row has no area"),
        ({"area": ["a", "a", "", "b", "", "b"]}, "2 rows have no area"),
        ({"area": [1, 1, np.nan, 2, 2, 2]}, "1 row has no area"),
        ({"month": [1, 2, None, 1, 2, 3]}, "1 row has no month"),
        ({"month": np.array(["2024-01-01", "NaT"] * 3, "datetime64[D]")}, "3 rows have no month"),
        ({"month": ["Jan", "Feb", "Mar"] * 2}, "in words that cannot be put in order"),
        ({"month": [1, 2, 2, 1, 2, 3]}, "unit a at time 2 stands in more than one row"),
        ({"month": [1, 2, 4, 1, 2, 3], "first": 4, "last": 4}, "unit a at time 3 is missing, and 1 more"),
        ({"area": ["a", "a", "a", "b", "b", "c"]}, "is missing, and 2 more: every unit needs a row for every time"),
        ({"done": [0, 0, 2, 0, 0, 0]}, "the column done must say 1 where the work was done and 0 elsewhere"),
        ({"done": [0, 0, "yes", 0, 0, 0]}, "the column done must say 1"),
        ({"done": [0, 0, None, 0, 0, 0]}, "the column done must say 1"),
        ({"done": [0, 1, 0, 0, 0, 0]}, "unit a is treated and at 3 no longer is"),
        ({"thefts": [3, 4, None, 3, 5, 2]}, "thefts has no ordinary number for unit a at time 3"),
        ({"thefts": [3, 4, "many", 3, 5, 2]}, "thefts has no ordinary number for unit a at time 3"),
        ({"people": [7, 7, 7, 9, np.nan, 9]}, "people has no ordinary number for unit b at time 2"),
        ({"thefts": [3, 4, -1, 3, 5, 2]}, "thefts has a negative count"),
        ({"first": "x"}, "x is not a time of this panel, whose first is 1"),
        ({"last": "0"}, "cannot end at 0 before it begins at 3"),
        ({"first": "0", "last": "0"}, "the panel has no time up to 0: its times begin at 1"),
        (
            {"month": np.array(["2024-01-01"] * 6, "datetime64[D]"), "first": "March"},
            "March is not a time of this panel",
        ),
        ({"columns": COLUMNS._replace(covariates=["wealth"])}, "the panel has no column wealth"),
        ({"columns": COLUMNS._replace(covariates=["thefts"])}, "the column thefts is named twice"),
        ({"columns": COLUMNS._replace(outcomes=[])}, "name at least one outcome"),
        ({name: [] for name in table()}, "the panel has no rows"),
    ],
)
def test_what_cannot_be_a_panel_is_refused_in_a_sentence(more, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(**more)


def test_one_missing_row_is_named_alone():
    rows = {name: values[:-1] for name, values in table().items()}
    with pytest.raises(ValueError, match="unit b at time 3 is missing: every unit"):
        read_panel(rows, COLUMNS, 3, 3)
