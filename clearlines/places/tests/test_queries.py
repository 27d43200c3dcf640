import pytest
from django.http import Http404

from clearlines.places import queries
from clearlines.places.tests import build


def test_neither_side_finds_or_counts_what_the_other_holds(cast):
    theirs, ours = build.place(cast.sergeant), build.place(cast.worker)
    assert list(queries.visible(cast.worker)) == [ours]
    assert list(queries.matching(cast.worker, "Slipway")) == [ours]
    assert queries.visible(cast.stranger).count() == 0
    assert queries.visible(cast.commissioner).count() == queries.visible(cast.nobody).count() == 0
    with pytest.raises(Http404):
        queries.place(cast.worker, theirs.pk)


def test_a_place_is_found_by_any_part_of_its_address(cast):
    place = build.place(cast.officer, postcode="LA14 1XX")
    for words in ("slipway", "barrow 14", "LA14", ""):
        assert list(queries.matching(cast.officer, words)) == [place]
    assert not queries.matching(cast.officer, "slipway kendal")


def test_a_place_says_whether_it_is_an_address(cast):
    assert build.place(cast.officer).has_address
    shelter = build.place(cast.officer, words="Bus shelter", kind="public")
    assert not shelter.has_address
    assert str(shelter) == "Bus shelter, Barrow-in-Furness"
