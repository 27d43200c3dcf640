"""What was measured of the default design, as pages quote it."""

from clearlines.analysis.impact import METHOD
from clearlines.evaluation import known_rates
from clearlines.evaluation.known_rates import LOOSE, measured, rates, sentences


def test_the_rates_are_of_the_method_that_is_shipped():
    assert measured()["method"] == METHOD
    assert {each.force for each in rates()} == {"Merseyside", "Cumbria"}


def test_on_average_the_design_keeps_its_promise():
    """False positives at a nominal 5 % are at most 8 %, over forces and kinds of crime."""
    assert sum(each.false_positive for each in rates()) / len(rates()) <= LOOSE
    assert all(each.draws > 0 for each in rates())


def test_a_page_says_how_often_it_was_wrong_and_where_it_is_loose():
    said = sentences()
    assert "published counts from Cumbria and Merseyside), this design said a fall in 2 of 100" in said[0]
    assert said[1].startswith("Of planted halvings it found")
    assert said[2].startswith("It is still loose for theft from the person in Merseyside")


def test_where_it_is_nowhere_loose_it_names_nothing(monkeypatch):
    monkeypatch.setattr(known_rates, "LOOSE", 1.0)
    assert len(sentences()) == 2
