"""A set of hotspots is fixed once, by somebody, on months that stand, and says so."""

import pytest

from clearlines.hotspots import queries
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_a_set_keeps_which_areas_by_whom_when_and_on_what(cast):
    fixed = build.hotspot_set(cast.analyst)
    assert fixed.areas == [[*HERE, 60]]
    assert (fixed.chosen_first, fixed.chosen_last) == ("2021-08", "2021-09")
    assert fixed.created_by == cast.account("analyst")
    assert fixed.extract_hash == queries.standing(cast.analyst).fingerprint("2021-08", "2021-09")
    assert any("never be the period before" in each for each in fixed.cautions)
    assert Entry.objects.filter(event="hotspots.fixed", kind="collection").exists()
