"""Said in sentences, with no database."""

from datetime import UTC, datetime, timedelta

import pytest

from clearlines.aftercare import rules
from clearlines.aftercare.states import BECAUSE_IN_WORDS, IN_WORDS, MOVES, SEEN_IN_WORDS, Because, Seen, Told

NOW = datetime(2022, 6, 14, 11, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "words",
    ["14 Slipway", "Slipway Street", "a flat over the shop", "L-0003", "LA14 2QN", "Ropewalk Lane", "Harbour Hostel"],
)
def test_what_reads_like_an_address_or_a_reference_is_not_told(words):
    said = list(rules.reasons_not_to_say_where(towns=["Barrow"], part=words))
    assert said == [f"'{words}' reads like an address or a number: say the town, or a ward or part of it"]


@pytest.mark.parametrize("words", ["Barrow-in-Furness", "Walney North", "Chester-le-Street", "Hindpool", "Strawberry"])
def test_a_town_or_a_ward_is(words):
    assert not list(rules.reasons_not_to_say_where(towns=[words], part=words))


def test_a_town_is_named_and_a_part_belongs_to_one():
    assert "say which town" in next(rules.reasons_not_to_say_where(towns=[" "], part="Central"))
    assert "a part belongs to one town" in next(rules.reasons_not_to_say_where(towns=["Barrow", "Kendal"], part="Fell"))


def test_only_an_open_watch_is_told_and_once_taken_back_it_is_not_told_again():
    for state in Told:
        refused = list(rules.reasons_not_to_tell(state=state, until_at=LATER, now=NOW))
        assert bool(refused) == (state not in (Told.WAITING, Told.NOT_TOLD))
    assert list(rules.reasons_not_to_tell(state="waiting", until_at=NOW, now=NOW)) == [
        "this watch is over: ring the charity if somebody there should still know"
    ]


def test_an_agreement_names_exactly_an_area_and_a_window():
    assert "no agreement lets you tell them" in next(rules.reasons_not_to_use(None))
    assert "must name exactly" in next(rules.reasons_not_to_use(["area", "window", "line"], title="A paper"))
    assert not list(rules.reasons_not_to_use(["window", "area"]))


def test_not_telling_is_decided_with_a_reason_while_nothing_was_decided():
    assert "say why" in next(rules.reasons_not_to_decide_not_to_tell(state="waiting", why=" "))
    assert "it is 'told'" in next(rules.reasons_not_to_decide_not_to_tell(state="told", why="A reason"))
    assert not list(rules.reasons_not_to_decide_not_to_tell(state="waiting", why="Nobody of theirs lives there"))


def test_only_what_was_told_is_taken_back():
    assert not list(rules.reasons_not_to_take_back(state="told"))
    assert "nothing to take back" in next(rules.reasons_not_to_take_back(state="waiting"))


def test_what_was_seen_was_seen_already_inside_the_watch_and_by_ones_own_side():
    window = (NOW - timedelta(hours=3), LATER)
    asked = {"now": NOW, "same_owner": True}
    assert not list(rules.reasons_not_to_record(happened_at=NOW, window=window, **asked))
    assert not list(rules.reasons_not_to_record(happened_at=NOW - timedelta(days=9), window=None, **asked))
    assert "not come yet" in next(rules.reasons_not_to_record(happened_at=LATER, window=None, **asked))
    before = NOW - timedelta(hours=4)
    assert "outside this watch" in next(rules.reasons_not_to_record(happened_at=before, window=window, **asked))
    theirs = asked | {"same_owner": False}
    assert "another organisation's" in next(rules.reasons_not_to_record(happened_at=NOW, window=None, **theirs))


def test_what_was_done_is_said():
    assert next(rules.reasons_not_to_follow_up(words=" ")) == "say what was done"
    assert not list(rules.reasons_not_to_follow_up(words="Took her to her sister's"))


def test_every_state_has_words_and_moves():
    assert set(MOVES) == set(IN_WORDS) == set(Told)
    assert set(SEEN_IN_WORDS) == set(Seen) and set(BECAUSE_IN_WORDS) == set(Because)
