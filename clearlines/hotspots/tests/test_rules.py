"""When months and boundaries are not loaded, and when areas are not fixed as a set."""

from types import SimpleNamespace

import pytest

from clearlines.hotspots import rules
from clearlines.hotspots.choosing import DRAWN, HOTTEST, NAMED, Area, Found, Wanted
from clearlines.hotspots.measures import Measure


def month(month="2022-02", force="cumbria"):
    return SimpleNamespace(month=month, force=force, file_name=f"{month}-{force}-street.csv")


def area(code="E01019138", kind="lsoa"):
    return SimpleNamespace(code=code, kind=kind)


def against(*months):
    return list(rules.reasons_not_to_load(months))


def test_months_of_different_forces_or_dates_are_loaded():
    assert not against(month(), month("2022-03"), month(force="lancashire"))


def test_an_empty_folder_is_refused():
    assert "no monthly file" in against()[0]


def test_two_files_for_one_month_and_force_are_refused():
    assert "2 files for cumbria in 2022-02" in against(month(), month())[0]


def test_boundaries_must_be_there_once():
    assert not list(rules.reasons_not_to_draw([area(), area(kind="ward"), area("E2")]))
    assert "no area" in next(rules.reasons_not_to_draw([]))
    assert "twice" in next(rules.reasons_not_to_draw([area(), area()]))


TEN = tuple(Area(f"E0109990{each}", f"Area {each}", 30 - each) for each in range(10))
SUMMER = {"first": "2021-06", "last": "2021-07"}


def wanted(**more):
    return Wanted(**{"how": HOTTEST, "kind": "lsoa", "measure": Measure("victims"), "top": 10} | SUMMER | more)


def found(**more):
    return Found(**{"areas": TEN, "among": 40, "with_records": 30, "months": ("2021-06", "2021-07")} | more)


def test_the_hottest_on_loaded_months_are_fixed():
    assert not list(rules.reasons_not_to_fix(wanted(), found()))
    assert not list(rules.reasons_not_to_fix(wanted(how=NAMED, first="", last=""), found(months=())))


@pytest.mark.parametrize(
    ("asked", "looked", "sentence"),
    [
        ({"kind": "cell"}, {}, "never anything smaller"),
        ({"measure": Measure("enforcement")}, {}, "it shows where officers looked"),
        ({"measure": Measure("other")}, {}, "what police found by looking"),
        ({"first": "", "last": ""}, {}, "say on which months"),
        ({"how": NAMED, "first": ""}, {}, "both the first and the last month"),
        ({"first": "2021-08"}, {}, "must not be after the last"),
        ({}, {"months": (), "not_loaded": ("2021-06", "2021-07")}, "none of these months is loaded"),
        ({"how": NAMED}, {"unknown": tuple("abcdef")}, "no area is called a, b, c, d, e and others"),
        ({"how": NAMED}, {"areas": (), "unknown": ("a",)}, "no area is called a"),
        ({"top": 0}, {"areas": ()}, "at least one area"),
        ({"top": 31}, {}, "you asked for 31 areas, and 30 of 40 have any record"),
        ({"how": DRAWN}, {"is_bounded": False}, "nobody can say what is within the line"),
        ({"how": DRAWN}, {"areas": ()}, "draw it wider"),
        ({"how": NAMED}, {"areas": ()}, "at least one area"),
    ],
)
def test_a_set_that_would_mislead_is_not_fixed(asked, looked, sentence):
    assert any(sentence in each for each in rules.reasons_not_to_fix(wanted(**asked), found(**looked)))


def test_what_is_carried_is_said():
    def said(asked=None, **looked):
        return " ".join(rules.cautions_of_set(wanted(**(asked or {})), found(**looked)))

    assert "can never be the period before" in said()
    assert said({"how": NAMED}) == ""
    assert "Not loaded, so not counted: June 2021." in said(not_loaded=("2021-06",))
    assert "Area 9 has as many records as the last" in said(next_one=TEN[9])
    assert "One area alone" in said(areas=TEN[:1])
    assert "nothing is left to compare it with" in said(among=10)


def test_what_was_found_knows_its_codes_and_its_total():
    assert found().codes[0] == "E01099900"
    assert found().total == 255
    assert found(areas=(Area("E", "E", None),)).total == 0
