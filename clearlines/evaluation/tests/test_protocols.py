"""A protocol is written down before its data, once, and stays as it was written."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.evaluation import actions, protocol_pages, queries, reckoning
from clearlines.evaluation.models import Protocol
from clearlines.evaluation.questions import Window
from clearlines.evaluation.tests import build
from clearlines.hotspots.choosing import NAMED
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.tests import build as incidents
from clearlines.hotspots.tests.build import HERE, THERE
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    incidents.loaded_town(cast.analyst, "2021-08", "2021-09", "2021-10", "2021-11")
    return incidents.hotspot_set(cast.analyst, top=2)


def test_a_protocol_keeps_what_was_written_and_what_was_known_then(cast):
    written = build.protocol(cast.analyst)
    assert written.power["baseline"] == 60
    assert written.seen_already == []
    assert written.controls == {"how": "alike", "areas": [], "ring": []}
    entry = Entry.objects.get(event="evaluation.registered")
    assert entry.kind == "collection"
    assert written.fingerprint in entry.note
    assert (
        list(queries.protocols(cast.sergeant))
        == list(queries.protocols_of(cast.sergeant, written.hotspots))
        == [written]
    )


def test_the_fingerprint_is_of_every_word_that_was_written(cast):
    written = build.protocol(cast.analyst)
    before = written.fingerprint
    written.smallest_effect = 0.5
    assert written.fingerprint != before
    written.refresh_from_db()
    assert written.fingerprint == before


def test_a_baseline_that_chose_the_areas_is_refused(cast):
    with pytest.raises(Refused, match="overlaps the period before, September 2021 to October 2021"):
        build.protocol(cast.analyst, before=Window("2021-09", "2021-10"))
    assert not Protocol.objects.exists()


def test_what_police_did_is_never_the_outcome(cast):
    with pytest.raises(Refused, match="can never be the outcome"):
        build.protocol(cast.analyst, measures=(Measure("enforcement"),))


def test_what_could_be_found_is_reckoned_on_months_before_alone(cast, town):
    written = build.protocol(cast.analyst, hot=town, smallest=0.9)
    falls = written.power["falls"]
    assert [each[0] for each in falls] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    assert 0 < written.power["smallest"] < 0.7
    assert written.power["before_total"] == written.power["baseline"] == 90
    assert written.power["sentences"]
    assert written.power["cautions"] == []
    incidents.loaded_town(cast.analyst, "2022-10")
    again = reckoning.known(cast.analyst, town, build.draft())
    assert again.power["falls"] == falls
    assert "2022-10" in again.loaded


def test_nothing_is_reckoned_where_the_method_would_refuse(cast, town):
    def reckoned(**more):
        return reckoning.known(cast.analyst, town, build.draft(**more))

    assert reckoned(how="named", areas=tuple(f"E010190{each:02}" for each in range(5))).compared == 5
    assert reckoned(how="named", areas=("E01019001",)).power == {}
    assert reckoned(before=Window("2021-08", "2021-11")).power == {}
    assert reckoned(measures=(Measure("victims", ("Robbery",)),)).baseline == 0
    ring = tuple(f"E010190{each:02}" for each in range(18))
    assert reckoned(ring=ring).compared == 0


def test_a_set_that_was_named_has_no_others_chosen_alike(cast, town):
    named = incidents.hotspot_set(cast.analyst, how=NAMED, first="", last="", names=("E01019019", "E01019018"))
    with pytest.raises(Refused, match="were not chosen by counts"):
        build.protocol(cast.analyst, hot=named)
    others = tuple(f"E010190{each:02}" for each in range(18))
    assert build.protocol(cast.analyst, hot=named, how="named", areas=others).power["falls"]


def test_months_seen_already_are_kept_with_it(cast):
    incidents.loaded(cast.analyst, m2021_10=(30, 25), m2021_11=(30, 25), m2022_10=(5, 25))
    assert build.protocol(cast.analyst).seen_already == ["2022-10"]
    both = protocol_pages.seen_in_words(["2022-10", "2022-11"])
    assert "incidents of October 2022 to November 2022 could already be counted" in both


def test_a_new_one_replaces_it_and_both_stand(cast):
    first = build.protocol(cast.analyst)
    second = build.protocol(cast.analyst, replaces=first, smallest=0.4)
    assert list(queries.replaced_by(cast.analyst, first)) == [second]
    assert set(queries.protocols(cast.analyst)) == {second, first}


def test_pressing_twice_registers_once(cast):
    hot, key = build.protocol(cast.analyst).hotspots, uuid.uuid4()
    pressed = {"hot": hot, "draft": build.draft(name="Again"), "new_id": key}
    assert [actions.register(by=cast.analyst, **pressed).pk for _ in range(2)] == [key, key]
    assert Protocol.objects.count() == 2


def test_whoever_may_not_register_writes_nothing_and_another_organisation_reads_nothing(cast):
    written = build.protocol(cast.analyst)
    with pytest.raises(Forbidden):
        build.protocol(cast.commissioner, hot=written.hotspots)
    for member in ("lead", "commissioner", "evaluator", "stranger", "worker", "officer", "nobody"):
        assert not queries.protocols(cast.viewer(member)).exists()


def test_the_ring_and_named_areas_are_kept_by_their_codes(cast):
    incidents.drawn_side_by_side(cast.analyst)
    written = build.protocol(cast.analyst, how="named", areas=(THERE[0],), ring=("E01019139",))
    assert written.controls == {"how": "named", "areas": [THERE[0]], "ring": ["E01019139"]}
    assert protocol_pages.shown(cast.analyst, written).ring == ["Next Door"]
    with pytest.raises(Refused, match="cannot be in the ring"):
        build.protocol(cast.analyst, ring=(HERE[0],))
