import pytest

from clearlines.conflicts import rules


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (("Robin", "Ferris", ""), ("robin", "FERRIS")),
        (("Ferris", "Robin", ""), ("Robin", "Ferris")),
        (("Robin James", "Ferris", ""), ("Robin", "Ferris")),
        (("", "Ferris", "Robin"), ("Robin", "Ferris")),
        (("Robin", "Ferris", ""), ("Robin", "")),
    ],
)
def test_a_record_that_may_be_the_person_is_kept_away(record, named):
    assert rules.is_about(record, None, given=named[0], family=named[1], year=None)


@pytest.mark.parametrize(
    ("record", "named"),
    [(("Robin", "Farrer", ""), ("Robin", "Ferris")), (("Rob", "Ferris", ""), ("Robin", "Ferris"))],
)
def test_somebody_else_is_not(record, named):
    assert not rules.is_about(record, None, given=named[0], family=named[1], year=None)


def test_a_year_of_birth_tells_two_of_one_name_apart_give_or_take_a_year():
    born_in = lambda year: rules.is_about(("Robin", "Ferris", ""), year, given="Robin", family="Ferris", year=1990)  # noqa: E731
    assert [born_in(year) for year in (1988, 1989, 1990, 1991, 1992, None)] == [False, True, True, True, False, True]


def test_what_is_missing_is_asked_for_in_a_sentence():
    said = rules.reasons_not_to_declare(names=[" ", ""], is_self=False, relation="")
    assert list(said) == ["give the name you know them by", "say how you know them, in a word or two"]
    assert not list(rules.reasons_not_to_declare(names=["Amy"], is_self=True, relation=""))


def test_nobody_lifts_what_keeps_themselves_away():
    said = rules.reasons_not_to_lift(ended=False, is_own=True, why="I am over it")
    assert list(said) == ["somebody else must lift what keeps you away: ask your information manager"]
    assert len(list(rules.reasons_not_to_lift(ended=True, is_own=False, why=""))) == 2
