"""The arithmetic of the chain, with no database."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from clearlines.ledger.chain import GENESIS, digest, partition_of

WORDS = st.text(max_size=20)
SAID = st.dictionaries(st.sampled_from(["actor", "event", "note", "under"]), WORDS, min_size=1)


def test_a_link_can_be_checked_by_hand_with_sha256():
    # sha256 of 64 noughts, a newline, and {"event":"x","subjects":["a"]}
    import hashlib

    expected = hashlib.sha256((GENESIS + "\n" + '{"event":"x","subjects":["a"]}').encode()).hexdigest()
    assert digest(GENESIS, {"event": "x"}, ["a"]) == expected


def test_the_same_moment_in_another_time_zone_gives_the_same_link():
    summer = datetime(2022, 6, 14, 12, tzinfo=timezone(timedelta(hours=1)))
    assert digest(GENESIS, {"at": summer}, []) == digest(GENESIS, {"at": datetime(2022, 6, 14, 11, tzinfo=UTC)}, [])


@given(SAID, SAID, st.lists(WORDS), st.lists(WORDS))
def test_different_words_never_give_the_same_link(one, other, about_one, about_other):
    same = one == other and about_one == about_other
    assert (digest(GENESIS, one, about_one) == digest(GENESIS, other, about_other)) is same


@given(SAID)
def test_the_order_in_which_fields_are_said_does_not_matter(said):
    backwards = dict(reversed(said.items()))
    assert digest(GENESIS, said, []) == digest(GENESIS, backwards, [])


@given(st.text(), st.integers(1, 64))
def test_an_organisation_always_lands_in_the_same_chain(organisation, partitions):
    assert partition_of(organisation, partitions) == partition_of(organisation, partitions) < partitions
