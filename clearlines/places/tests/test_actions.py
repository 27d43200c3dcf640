import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.places import actions
from clearlines.places.models import Place
from clearlines.places.tests import build


def test_a_postcode_is_kept_tidy_and_the_ledger_says_who_added_it(cast):
    place = build.place(cast.worker, postcode="la141xx")
    assert place.postcode == "LA14 1XX"
    assert Entry.objects.get(event="places.added").actor == "worker"


def test_a_double_click_adds_one_place(cast):
    key = uuid.uuid4()
    assert build.place(cast.worker, new_id=key) == build.place(cast.worker, new_id=key)
    assert Place.objects.count() == 1


def test_a_key_that_somebody_else_used_is_refused_without_saying_whose(cast):
    key = build.place(cast.sergeant).pk
    with pytest.raises(Refused, match="open a new one"):
        build.place(cast.worker, new_id=key)


def test_a_refused_place_is_not_kept(cast):
    with pytest.raises(Refused):
        build.place(cast.worker, postcode="nowhere")
    assert not Place.objects.exists()


def test_a_stale_page_overwrites_nothing(cast):
    place = build.place(cast.worker)
    actions.correct(by=cast.lead, place=place, seen=1, words="15 Slipway Street", town=place.town)
    with pytest.raises(Refused, match="after you opened the page"):
        actions.correct(by=cast.worker, place=place, seen=1, words="16 Slipway Street", town=place.town)
    place.refresh_from_db()
    assert (place.words, place.version) == ("15 Slipway Street", 2)


def test_who_may_not_keep_places_cannot_add_one(cast):
    for viewer in (cast.volunteer, cast.commissioner, cast.administrator, cast.nobody, cast.probation):
        with pytest.raises(Forbidden):
            build.place(viewer)
