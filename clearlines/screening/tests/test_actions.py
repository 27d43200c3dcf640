from datetime import date

import pytest

from clearlines.access.refusals import Refused
from clearlines.screening.tests import build

pytestmark = pytest.mark.django_db


def test_a_person_sets_the_band_and_the_suggestion_stays_beside_it(cast):
    screening = build.completed(cast.worker)
    assert screening.band_suggested == screening.band == "this_week"
    assert screening.set_by == cast.worker.account
    assert screening.next_on == date(2022, 6, 19)
    assert "signs-in-two-parts-of-life" in [ground["rule"] for ground in screening.grounds]


def test_another_band_than_the_suggested_one_needs_a_reason(cast):
    with pytest.raises(Refused, match="say why your band is not the suggested one"):
        build.completed(cast.worker, band="today")
    assert build.completed(cast.peer, band="today", reason="weapon seen").band == "today"
