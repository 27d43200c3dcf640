"""Writing a protocol: what could be found is shown before it is registered, and then it stands as it was."""

import re
import uuid

import pytest

from clearlines.evaluation.models import Protocol
from clearlines.evaluation.tests import build
from clearlines.hotspots.tests import build as incidents
from clearlines.hotspots.tests.build import HERE, THERE

pytestmark = pytest.mark.django_db

NEW = "/evaluation/protocols/new/"
TYPED = {
    "new_id": "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a31",
    "name": "Visits, first winter",
    "question": "Do people report less?",
    "basket": "victims",
    "before_first": "October 2021",
    "before_last": "Nov 2021",
    "after_first": "2022-10",
    "after_last": "11/2022",
    "how": "alike",
    "ring_how": "none",
    "level": "0.95",
    "smallest": "20",
}


@pytest.fixture
def hot(cast):
    incidents.loaded(cast.analyst, **incidents.CHOSEN_ON, m2021_10=(30, 25), m2021_11=(30, 25))
    return incidents.hotspot_set(cast.analyst)


@pytest.fixture
def client(cast, as_):
    return as_("analyst")


def text(response):
    return response.content.decode()


def shown(client, hot, **more):
    return text(client.post(f"{NEW}?set={hot.pk}", TYPED | more | {"press": "show"}))


def registered(client, hot, address="", **more):
    seen = re.search(r'name="seen" value="(\w+)"', shown(client, hot, **more))
    assert seen
    sent = TYPED | more | {"press": "register", "seen": seen[1]}
    return text(client.post(f"{NEW}?set={hot.pk}{address}", sent, follow=True))


def test_a_protocol_begins_with_a_set(client, hot):
    page = text(client.get(NEW))
    assert f"?set={hot.pk}" in page
    page = text(client.get(f"{NEW}?set={hot.pk}"))
    assert "The period before has to begin later" in page
    assert "counts up to September 2021" in page
    assert "What police did, not what happened to people" in page
    assert "Register this protocol" not in page


def test_a_set_that_is_not_there_is_not_found(client, as_, hot):
    for wrong in ("nonsense", uuid.uuid4()):
        assert client.get(f"{NEW}?set={wrong}").status_code == 404
        assert client.get(f"{NEW}?set={hot.pk}&replaces={wrong}").status_code == 404
    assert as_("evaluator").get(f"{NEW}?set={hot.pk}").status_code == 404


def test_what_could_be_found_is_shown_and_then_it_is_registered(client, hot):
    page = shown(client, hot)
    assert "What could be found" in page
    assert "chance moves a single area a lot" in page
    assert "only one area to compare with" in page
    page = registered(client, hot)
    assert "Registered on" in page
    assert "October 2021 to November 2021" in page
    assert "Written down after its data" not in page
    assert Protocol.objects.get().fingerprint[:16] in page
    assert "before its data" in text(client.get("/evaluation/protocols/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"before_first": "Sept 2021"}, "which overlaps the period before, September 2021 to November 2021"),
        ({"after_first": "Nov 2021"}, "must end before the period after begins"),
        ({"before_last": "December 2021"}, "load December 2021, or choose"),
        ({"others": ["victims"]}, "also among the others"),
        ({"how": "named", "areas": HERE[1]}, "is in the set"),
        ({"how": "named", "areas": ""}, "Name the areas to compare with"),
        ({"how": "named", "areas": "Atlantis"}, "No loaded record is in: Atlantis"),
        ({"how": "named", "areas": THERE[0], "ring_how": "named", "ring": THERE[0]}, "is in the ring"),
        ({"ring_how": "named", "ring": HERE[0]}, "cannot be in the ring"),
        ({"ring_how": "named", "ring": THERE[0]}, "no area is left to compare with"),
        ({"basket": "victims", "types": ["Robbery"]}, "nothing that could fall"),
        ({"smallest": "0"}, "greater than or equal to 1"),
        ({"before_first": "winter"}, "Enter a month, such as February 2022."),
    ],
)
def test_what_would_mislead_is_refused_with_a_sentence_and_nothing_is_lost(client, hot, typed, sentence):
    page = shown(client, hot, **typed)
    assert sentence.casefold() in page.casefold()
    assert "Visits, first winter" in page
    assert "Register this protocol" not in page


def test_how_often_a_fall_would_be_found_is_a_picture_and_a_table(cast, client):
    incidents.loaded_town(cast.analyst, "2021-08", "2021-09", "2021-10", "2021-11")
    page = registered(client, incidents.hotspot_set(cast.analyst, top=2))
    assert "How often a fall would be found" in page
    assert "times in 100, from a base of 90 records before" in page
    assert page.count('width="52"') == 7


def test_only_what_was_shown_can_be_registered(client, hot):
    seen = re.search(r'name="seen" value="(\w+)"', shown(client, hot))[1]
    sent = TYPED | {"smallest": "50", "press": "register", "seen": seen}
    assert "Something is different now" in text(client.post(f"{NEW}?set={hot.pk}", sent))
    assert not Protocol.objects.exists()


def test_one_written_after_its_data_says_what_that_means(cast, client, hot):
    incidents.loaded(cast.analyst, m2022_10=(10, 25))
    assert "Written down after its data: incidents of October 2022 could already" in shown(client, hot)
    assert "It is not a test" in registered(client, hot)
    assert "after its data" in text(client.get("/evaluation/protocols/"))


def test_the_ring_is_what_touches_the_set_where_boundaries_are_loaded(cast, client, hot):
    incidents.drawn_side_by_side(cast.analyst)
    assert "Next Door" in registered(client, hot, ring_how="touching")


def test_a_new_one_replaces_it_and_both_are_kept(cast, client, hot):
    first = build.protocol(cast.analyst, hot=hot)
    begun = text(client.get(f"{NEW}?set={hot.pk}&replaces={first.pk}"))
    assert "It will stand in place of" in begun
    assert first.question in begun
    registered(client, hot, address=f"&replaces={first.pk}")
    page = text(client.get(f"/evaluation/protocols/{first.pk}/"))
    assert "Another was written in its place" in page
    assert Protocol.objects.count() == 2
    assert "in place of one of" in text(client.get("/evaluation/protocols/"))


def test_the_page_of_a_protocol_asks_little_of_the_database(cast, client, hot, django_assert_max_num_queries):
    key = build.protocol(cast.analyst, hot=hot).pk
    client.get(f"/evaluation/protocols/{key}/")
    for address in (f"/evaluation/protocols/{key}/", f"{NEW}?set={hot.pk}", "/evaluation/protocols/"):
        with django_assert_max_num_queries(13):
            client.get(address)
