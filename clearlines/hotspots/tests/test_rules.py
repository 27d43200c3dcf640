"""When months and boundaries are not loaded."""

from types import SimpleNamespace

from clearlines.hotspots import rules


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
