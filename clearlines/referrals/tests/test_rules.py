from datetime import date
from types import SimpleNamespace

import pytest

from clearlines.referrals import rules
from clearlines.referrals.ages import about_years, may_be_a_child
from clearlines.referrals.states import IN_WORDS, MOVES, State
from clearlines.web.working_days import is_working_day, working_days_after

TODAY = date(2022, 6, 14)
JUBILEE = {date(2022, 6, 2), date(2022, 6, 3)}
LETTER = {"name": "Kit", "why": "Worried", "knows": "no"}
SENDING = {"sender": "police", "sender_kind": "police", "recipient": "charity", "person_owner": None, "today": TODAY}


def arrived(state="received", from_key="police"):
    return SimpleNamespace(state=state, from_key=from_key, channel="letter")


@pytest.mark.parametrize(
    ("said", "child"),
    [("15", True), ("15 or 16", True), ("about 17", True), ("a teenager", True), ("year 9", True), ("18", False),
     ("about 40", False), ("in her 20s", False), ("", False)],
)  # fmt: skip
def test_an_age_is_read_as_it_is_said(said, child):
    assert may_be_a_child(said) is child


@pytest.mark.parametrize(
    ("said", "years"),
    [("44", 44), ("about 40", 40), ("15 or 16", None), ("40s", None), ("under 18", None), ("", None), ("1982", None)],
)
def test_a_birth_year_comes_only_from_one_number(said, years):
    assert about_years(said) == years


def test_one_working_day_after_a_wednesday_before_two_bank_holidays_is_monday():
    assert working_days_after(date(2022, 6, 1), 1, JUBILEE) == date(2022, 6, 6)


def test_nothing_after_no_days_and_weekends_never_count():
    assert working_days_after(TODAY, 0, JUBILEE) == TODAY
    assert working_days_after(date(2022, 6, 10), 1, set()) == date(2022, 6, 13)
    assert not is_working_day(date(2022, 6, 11), set())


@pytest.mark.parametrize("missing", ["name", "why", "knows"])
def test_a_letter_says_who_why_and_whether_they_know(missing):
    assert len([*rules.reasons_not_to_write(LETTER | {missing: ""})]) == 1


def test_a_letter_has_no_place_for_what_is_suspected():
    assert [*rules.reasons_not_to_write(LETTER | {"suspected_of": "supply"})] == [
        "a letter has no place for: suspected_of"
    ]
    assert "suspected" not in " ".join(rules.FIELDS)


@pytest.mark.parametrize("word", ["suspect", "Suspected", "intelligence", "PNC", "line holder", "informants"])
def test_police_words_of_belief_do_not_cross(word):
    said = [*rules.reasons_not_to_send(LETTER | {"why": f"He is a {word} here"}, **SENDING)]
    assert said == [f"take out '{word}': say what help is needed and how to go, never what is believed or recorded"]


def test_a_food_club_may_say_it_suspects_he_is_not_eating_but_never_in_how_to_go():
    club = SENDING | {"sender": "food_club", "sender_kind": "food_club"}
    assert not [*rules.reasons_not_to_send(LETTER | {"why": "I suspect he is not eating"}, **club)]
    assert [*rules.reasons_not_to_send(LETTER | {"go_with_care": "A suspect lives there"}, **club)]


def test_how_to_go_is_a_plain_sentence():
    assert not [*rules.reasons_not_to_send(LETTER | {"go_with_care": "Two people should go"}, **SENDING)]


def test_other_reasons_not_to_send():
    def why_not(**more):
        letter = LETTER | {name: more.pop(name) for name in [*more] if name in rules.FIELDS}
        return [*rules.reasons_not_to_send(letter, **(SENDING | more))]

    assert why_not(recipient="police") == ["an organisation does not write to itself"]
    assert why_not(person_owner="charity") == ["the person is not on your own organisation's records"]
    assert why_not(release_on=date(2024, 1, 1)) == ["the release date is more than a year away: check it"]
    assert why_not(age="x" * 41) == ["'age' is longer than 40 characters: shorten it"]
    assert not why_not(person_owner="police", release_on=date(2022, 6, 17))


def test_what_is_rung_in_says_who_said_it():
    assert len([*rules.reasons_not_to_record(source="", said_by=" ")]) == 2
    assert not [*rules.reasons_not_to_record(source="family", said_by="His sister")]


def test_the_organisation_that_writes_a_letter_cannot_accept_it():
    said = [*rules.reasons_not_to_accept(arrived("acknowledged", "charity"), organisation="charity")]
    assert said == ["the organisation that wrote a letter cannot answer it"]


def test_a_letter_is_acknowledged_before_it_is_accepted():
    said = [*rules.reasons_not_to_accept(arrived(), organisation="charity")]
    assert said == ["acknowledge it and name a worker first, so that the sender knows who has it"]


def test_a_person_of_another_organisation_is_not_accepted():
    said = [*rules.reasons_not_to_accept(arrived("acknowledged"), organisation="charity", person_owner="police")]
    assert said == ["choose somebody on your own organisation's records"]


def test_a_letter_is_acknowledged_once_by_a_worker_of_ones_own():
    here = {"organisation": "charity", "worker_organisation": "charity"}
    assert not [*rules.reasons_not_to_acknowledge(arrived(), **here)]
    assert not [*rules.reasons_not_to_acknowledge(arrived("appealed"), **here)]
    assert [*rules.reasons_not_to_acknowledge(arrived("accepted"), **here)] == [
        "this letter is now 'Accepted', so it needs no acknowledgement"
    ]
    assert [*rules.reasons_not_to_acknowledge(arrived(), organisation="charity", worker_organisation="police")] == [
        "name a worker of your own organisation"
    ]


def test_a_letter_is_declined_for_a_reason_by_somebody_who_has_not_declined_it_before():
    assert [*rules.reasons_not_to_decline(arrived(), organisation="charity", because="")] == [
        "choose a reason that the sender can be told"
    ]
    again = rules.reasons_not_to_decline(
        arrived("appealed"), organisation="charity", because="no_room", declined_before_by_same=True
    )
    assert [*again] == ["somebody else must look this time: you declined it before"]


def test_sending_on_says_to_whom_and_why():
    assert len([*rules.reasons_not_to_redirect(arrived(), organisation="charity", to=" ", why="")]) == 2
    assert [*rules.reasons_not_to_redirect(arrived("accepted"), organisation="charity", to="Mind", why="Closer")] == [
        "this letter is now 'Accepted', so it cannot become 'Sent on to somebody better placed'"
    ]


def test_only_an_answer_can_be_taken_back_and_with_a_reason():
    assert [*rules.reasons_not_to_take_back(arrived(), why="x")] == [
        "this letter is now 'Received, not yet acknowledged', so there is no answer to take back"
    ]
    assert [*rules.reasons_not_to_take_back(arrived("accepted"), why="")] == ["say what was wrong with the answer"]


def test_a_letter_is_withdrawn_only_before_it_is_answered():
    def why_not(state, withdrawn=False, why="They asked"):
        return [*rules.reasons_not_to_withdraw(state=state, withdrawn=withdrawn, why=why)]

    assert not why_not("received") and not why_not("acknowledged")
    assert why_not("accepted") == ["it has been answered already: ring the worker instead"]
    assert why_not("appealed") == ["they are looking at it again: ring them instead"]
    assert why_not("withdrawn", withdrawn=True) == ["this letter has already been withdrawn"]
    assert why_not("received", why="") == ["say why you are taking it back"]


def test_only_a_declined_letter_is_looked_at_again():
    assert len([*rules.reasons_not_to_appeal(declined=False, why=" ")]) == 2
    assert not [*rules.reasons_not_to_appeal(declined=True, why="She has moved back")]


def test_who_knew_them_first_is_asked_after_accepting():
    assert len([*rules.reasons_not_to_record_first_known(arrived(), known="perhaps")]) == 2
    assert not [*rules.reasons_not_to_record_first_known(arrived("accepted"), known="no")]


def test_every_state_is_drawn_and_said_in_words():
    assert set(MOVES) == set(State) == set(IN_WORDS)
    assert all(moves <= set(State) for moves in MOVES.values())


def test_every_state_can_be_reached_from_received():
    reached, fringe = {State.RECEIVED}, {State.RECEIVED}
    while fringe:
        fringe = {to for each in fringe for to in MOVES[each]} - reached
        reached |= fringe
    assert reached == set(State)
