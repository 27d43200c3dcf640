"""What stands out, in words anybody can check; who may judge it."""

from types import SimpleNamespace as Row

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.governance import rules


def at(words, town="Barrow-in-Furness", postcode=""):
    return Row(words=words, town=town, postcode=postcode)


@pytest.mark.parametrize(
    ("words", "street"),
    [
        ("14 Duke Street", "duke street"),
        ("Flat 2, 12a Duke St.", "duke street"),
        ("Flat 3 9-11 Duke Street", "duke street"),
        ("Rose Cottage, Mill Ln", "rose cottage"),
        ("St Mary's Road", "saint marys road"),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_street_is_found_in_an_address_however_it_is_written(words, street):
    assert rules.street_of(words) == street


def test_the_same_street_is_in_the_same_town():
    assert rules.is_same_street(at("3 Duke Street"), at("Flat 2, 14 DUKE ST"))
    assert not rules.is_same_street(at("3 Duke Street"), at("3 Duke Street", town="Ulverston"))
    assert not rules.is_same_street(at("3 Duke Street"), at("3 Earl Street"))
    assert not rules.is_same_street(at("12"), at("12"))


def test_the_same_postcode_is_the_same_street_whatever_it_is_called():
    assert rules.is_same_street(at("Rose Cottage", postcode="LA14 1AA"), at("The Mill", postcode="la141aa"))


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_street_is_always_the_same_as_itself_or_unknown(words, town):
    here = at(words, town)
    assert rules.is_same_street(here, here) == bool(rules.street_of(words))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ash", "ASH", True), ("Ash", "Ash-Birkett", True), ("O’Neill", "ONeill", True), ("Zoë", "Zoe", True),
        ("Ash", "Ashe", False), ("", "Ash", False), ("", "", False),
    ],
)  # fmt: skip
def test_the_same_family_name(one, other, same):
    assert rules.is_same_family_name(one, other) is same
    assert rules.is_same_family_name(other, one) is same


def test_far_more_than_others_needs_enough_others_and_enough_records():
    assert rules.opened_far_more(40, [10, 12, 9])
    assert not rules.opened_far_more(40, [10, 12])
    assert not rules.opened_far_more(19, [1, 1, 1])
    assert not rules.opened_far_more(36, [10, 12, 15])


@pytest.mark.parametrize(
    ("event", "way"),
    [
        ("looked:people-person", "opened"), ("looked:people-list", "in a list"), ("looked:lines-find", "in a list"),
        ("looked:lines-download", "taken away in a file"), ("looked:returns-pdf", "taken away in a file"),
        ("looked:console:lines-status", "on the console"), ("people.added", "changed or recorded"),
    ],
)  # fmt: skip
def test_how_a_record_was_seen_is_said_in_words(event, way):
    assert rules.way_of(event) == way


def test_where_it_was_seen_is_a_room_of_the_house():
    assert rules.where_of("looked:people-list") == "in people"
    assert rules.where_of("looked:console:lines-status") == "in lines"
    assert rules.where_of("people.added") == "in people"


def judged(**more):
    return Row(**{"account_id": "worker", "answer": "waiting"} | more)


def reasons(row, **more):
    asked = {"by": "lead", "supervisor": "lead", "answer": "part", "reason": ""} | more
    return list(rules.reasons_not_to_answer(row, **asked))


def test_a_supervisor_may_say_that_it_was_part_of_the_work_with_no_more_words():
    assert not reasons(judged())


def test_a_no_or_a_question_needs_its_reason():
    assert "say why" in reasons(judged(), answer="not_part")[0]
    assert not reasons(judged(), answer="asked", reason="Off sick until Monday")


def test_nobody_signs_off_their_own_look():
    assert "nobody signs off their own look" in reasons(judged(), by="worker", supervisor="worker")[0]


def test_only_whoever_was_asked_answers_and_only_once():
    assert reasons(judged(), by="somebody") == ["this look was put to somebody else"]
    assert reasons(judged(answer="part")) == ["it has been answered already"]
    assert not reasons(judged(answer="asked"))


def test_nobody_settles_their_own_look_nor_twice():
    assert list(rules.reasons_not_to_settle(by="manager", account="manager", is_settled=False))
    assert list(rules.reasons_not_to_settle(by="manager", account="worker", is_settled=True))
    assert not list(rules.reasons_not_to_settle(by="manager", account="worker", is_settled=False))
