"""What makes a report urgent, what could show who sent it, and what is refused."""

import pytest

from clearlines.reports import rules
from clearlines.reports.phrases import about_a_child, crime_in_progress, tells_who
from clearlines.reports.states import MOVES, Progress, Urgency


def said(**more):
    return {"danger": "no", "words": "A man sells from a car", "how_known": "saw", "others": []} | more


def test_a_report_that_answers_what_must_be_answered_is_taken():
    assert not list(rules.reasons_not_to_receive(**said()))


def test_the_emergency_question_must_be_answered():
    assert list(rules.reasons_not_to_receive(**said(danger=""))) == ["say whether anyone is in danger now"]


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_report_that_says_nothing_is_refused(words):
    assert list(rules.reasons_not_to_receive(**said(words=words))) == ["say what happened, in your own words"]


def test_how_it_is_known_must_be_said():
    assert list(rules.reasons_not_to_receive(**said(how_known="psychic"))) == ["say how you know"]


def test_ten_megabytes_are_refused_with_a_sentence():
    (why,) = rules.reasons_not_to_receive(**said(words="x" * 10_000_000))
    assert "20,000" in why


def test_an_addition_must_say_something_and_not_too_much():
    assert list(rules.reasons_not_to_add_more(words=" ")) == ["say what you want to add"]
    assert list(rules.reasons_not_to_add_more(words="x" * 20_001))
    assert not list(rules.reasons_not_to_add_more(words="One more thing"))


@pytest.mark.parametrize(
    "words",
    [
        "they're kicking his door in now",
        "They’re kicking his door in now!",
        "two men are breaking in",
        "he is being attacked",
        "she's got a knife",
        "a man has a machete",
        "somebody is screaming",
        "he's unconscious",
        "they are dealing from the flat right now",
        "it is happening now",
        "they won't let him out",
    ],
)
def test_words_of_a_crime_that_is_happening_are_heard(words):
    assert crime_in_progress(words)
    assert rules.urgency(danger="no", words=words) == Urgency.HIGH


@pytest.mark.parametrize(
    "words",
    ["A man sells from a car most evenings", "I know about it now", "He moved out and is fine now", "العربية 🙂"],
)
def test_ordinary_words_do_not_cry_danger(words):
    assert not crime_in_progress(words)


@pytest.mark.parametrize(
    "words", ["a young lad with a rucksack", "two kids", "a boy", "looks about 14", "he is in year 9", "a 15-year-old"]
)
def test_words_about_a_child_are_read_the_same_day(words):
    assert about_a_child(words)
    assert rules.urgency(danger="no", words=words) == Urgency.TODAY


@pytest.mark.parametrize("words", ["about 10 people", "about 5 minutes", "only 6 cars", "at about 10.30", "a tall man"])
def test_counts_of_other_things_are_not_children(words):
    assert not about_a_child(words)


def test_danger_said_is_high_and_doubt_is_today():
    assert rules.urgency(danger="yes", words="A man sells from a car") == Urgency.HIGH
    assert rules.urgency(danger="not_sure", words="A man sells from a car") == Urgency.TODAY
    assert rules.urgency(danger="no", words="A man sells from a car") == Urgency.IN_TURN


def test_each_reason_for_urgency_is_a_sentence_with_the_words_that_made_it():
    reasons = list(rules.reasons_for_urgency(danger="yes", words="a young lad, they are kicking the door in now"))
    assert len(reasons) == 3
    assert any("young lad" in each for each in reasons)
    assert list(rules.reasons_for_urgency(danger="not_sure", words="a man")) == [
        "whoever sent it was not sure whether somebody was in danger"
    ]
    assert not list(rules.reasons_for_urgency(danger="no", words="a man"))


@pytest.mark.parametrize(
    "words",
    [
        "I live at no. 6",
        "we live opposite",
        "my neighbour has visitors",
        "ring me on 07700 900123",
        "mail me@example.org",
        "My name is Jean Smith",
        "next door to me",
        "I work at the food club",
        "I'm his support worker",
        "only I have seen it",
        "he told me so",
        "I am at number 6",
    ],
)
def test_words_that_show_who_is_telling_are_pointed_out(words):
    assert tells_who(words)


@pytest.mark.parametrize("words", ["A man sells from a car by the depot", "Flat 4 has visitors", "the number 12 bus"])
def test_words_that_show_nobody_are_left_alone(words):
    assert not tells_who(words)


def test_progress_goes_on_and_can_go_back_but_never_skips():
    assert not list(rules.reasons_not_to_note_progress(now=Progress.RECEIVED, then=Progress.LOOKED_AT))
    assert list(rules.reasons_not_to_note_progress(now=Progress.RECEIVED, then=Progress.FINISHED)) == [
        "a report that is received does not become finished"
    ]
    assert set(MOVES) == set(Progress)


def test_after_a_hundred_wrong_tries_everybody_waits():
    assert not list(rules.reasons_not_to_look_up(wrong_tries=99))
    assert list(rules.reasons_not_to_look_up(wrong_tries=100))
