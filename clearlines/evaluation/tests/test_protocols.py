"""A protocol is written down before its data, once, and stays as it was written."""

import pytest

from clearlines.access.refusals import Refused
from clearlines.evaluation import queries
from clearlines.evaluation.models import Protocol
from clearlines.evaluation.questions import Window
from clearlines.evaluation.tests import build
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_a_protocol_keeps_what_was_written_and_what_was_known_then(cast):
    written = build.protocol(cast.analyst)
    assert written.power["baseline"] == 60
    assert written.seen_already == []
    entry = Entry.objects.get(event="evaluation.registered")
    assert entry.kind == "collection"
    assert written.fingerprint in entry.note
    assert list(queries.protocols(cast.sergeant)) == [written]


def test_a_baseline_that_chose_the_areas_is_refused(cast):
    with pytest.raises(Refused, match="overlaps the period before, September 2021 to October 2021"):
        build.protocol(cast.analyst, before=Window("2021-09", "2021-10"))
    assert not Protocol.objects.exists()
