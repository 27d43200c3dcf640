from itertools import pairwise

import pytest
from django.http import Http404

from clearlines.people import actions, queries
from clearlines.people.tests import build


def test_neither_side_finds_or_counts_whom_the_other_has_dealt_with(cast):
    theirs, ours = build.person(cast.sergeant), build.person(cast.worker)
    assert list(queries.visible(cast.worker)) == [ours]
    assert list(queries.matching(cast.worker, "Ferris")) == [ours]
    assert queries.visible(cast.stranger).count() == queries.visible(cast.probation).count() == 0
    assert queries.visible(cast.commissioner).count() == queries.visible(cast.administrator).count() == 0
    with pytest.raises(Http404):
        queries.person(cast.worker, theirs.pk)


def test_a_person_is_found_by_every_word_typed_in_any_of_their_names(cast):
    person = build.person(cast.worker, known_as="Robbo")
    for words in ("ferris", "rob fer", "ROBBO", "", "  "):
        assert list(queries.matching(cast.worker, words)) == [person]
    assert not queries.matching(cast.worker, "robin smith")


def test_a_chain_of_sayings_is_one_person_whoever_one_starts_from(cast):
    chain = [build.person(cast.worker, known_as=str(number)) for number in range(4)]
    for one, other in pairwise(chain):
        actions.say_same(by=cast.worker, one=one, other=other, reason="Seen together")
    assert set(queries.cluster(cast.worker, chain[2])) == set(chain)
    assert queries.cluster(cast.worker, chain[2])[0] == chain[2]
    assert queries.cluster(cast.sergeant, chain[0]) == [chain[0]]
