"""An information manager sees who looked, in their own organisation and no other."""

import re

import pytest

from clearlines.access.models import Tie
from clearlines.access.viewer import Viewer
from clearlines.governance.tests import build as governance
from clearlines.people.models import Person
from clearlines.people.tests import build
from tests.cast import NOON

ONE_USE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def without(page, key):
    """The page less what differs each time it is opened, and the key that was asked for."""
    return ONE_USE.sub("", page).replace(key, "")


def test_the_charitys_manager_sees_who_looked_at_a_charity_record(cast, as_):
    person = build.person(cast.worker)
    as_("worker").get(f"/people/{person.pk}/")
    seen = as_("charity.information").get(f"/governance/looked/people.Person/{person.pk}/").content.decode()
    assert "Amy Postle" in seen
    assert "Opened, once" in seen


def test_what_was_seen_longer_ago_is_there_when_asked_for(cast, as_):
    person = build.person(cast.worker)
    address = f"/governance/looked/people.Person/{person.pk}/"
    assert "changed or recorded" not in as_("charity.information").get(address).content.decode()
    seen = as_("charity.information").get(address, {"days": "all"}).content.decode()
    assert "changed or recorded, in people" in seen


def test_the_polices_manager_sees_the_same_page_for_a_charity_record_as_for_an_invented_one(cast, as_):
    person = build.person(cast.worker)
    client = as_("police.information")
    real = client.get(f"/governance/looked/people.Person/{person.pk}/").content.decode()
    invented = client.get("/governance/looked/people.Person/00000000-0000-4000-8000-000000000000/").content.decode()
    assert "Nobody in your organisation" in real
    assert without(real, str(person.pk)) == without(invented, "00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    "said", ["people.Person:{}", "https://clearlines.example/people/{}/", "/people/{}/why/?back=1", "  {}  "]
)
def test_a_record_is_found_by_the_address_of_its_page_or_its_name_in_the_ledger(cast, as_, said):
    person = build.person(cast.worker)
    found = as_("charity.information").get("/governance/", {"name": said.format(person.pk)})
    assert found["Location"] == f"/governance/looked/people.Person/{person.pk}/"


def test_what_holds_no_key_is_refused_kindly(cast, as_):
    refused = as_("charity.information").get("/governance/", {"name": "Robin"}).content.decode()
    assert "Copy the address of the record’s page" in refused


def test_the_looks_are_shown_fifty_at_a_time(cast, as_):
    from clearlines.governance.tests.build import look_at

    person = build.person(cast.worker)
    viewer = Viewer.of(cast.account("worker"))
    for _ in range(51):
        look_at(viewer, person)
    client, address = as_("charity.information"), f"/governance/looked/people.Person/{person.pk}/"
    first = client.get(address).content.decode()
    assert "1 to 50 of 51, newest first" in first
    assert "Older" in first
    assert "51 to 52 of 52" in client.get(address, {"days": "90", "page": "2"}).content.decode()


def test_who_searched_for_a_name_is_asked_by_post_and_the_name_is_in_no_address(cast, as_):
    as_("worker").get("/people/", {"q": "Robin Ferris"})
    client = as_("charity.information")
    seen = client.post("/governance/searches/", {"words": "ferris robin"}).content.decode()
    assert "worker" in seen
    assert "looked:people-list" in seen
    other = as_("police.information").post("/governance/searches/", {"words": "ferris robin"}).content.decode()
    assert "worker" not in other


def test_a_supervisor_signs_a_look_off_from_the_page(cast, as_):
    sampled = governance.sampled(cast)
    client = as_("lead")
    assert f"/governance/sign-off/{sampled.pk}/" in client.get("/governance/sign-off/").content.decode()
    page = client.get(f"/governance/sign-off/{sampled.pk}/").content.decode()
    assert "Robin Ferris" in page
    refused = client.post(f"/governance/sign-off/{sampled.pk}/", {"answer": "not_part"}).content.decode()
    assert "Say why, in a few words" in refused
    client.post(f"/governance/sign-off/{sampled.pk}/", {"answer": "part"})
    assert "Nothing to sign off" in client.get("/governance/sign-off/").content.decode()


def test_a_supervisor_is_not_shown_whom_they_may_not_see(cast, as_):
    sampled = governance.sampled(cast, supervisor="charity.information")
    Tie.objects.create(account=cast.account("charity.information"), kind="kept_away", noun="people.Person",
                       row=Person.objects.get().pk, from_at=NOON)  # fmt: skip
    page = as_("charity.information").get(f"/governance/sign-off/{sampled.pk}/").content.decode()
    assert "Robin" not in page
    assert "1 whom you may not see yourself" in page


def test_an_information_manager_settles_what_stands_out_from_the_page(cast, as_):
    odd = governance.odd(cast)
    client = as_("charity.information")
    assert "1 look that stands out" in client.get("/governance/").content.decode()
    client.post(f"/governance/odd/{odd.pk}/", {"outcome": "spoken", "found": "Her aunt"})
    assert "Settled" in client.get("/governance/odd/").content.decode()
    assert "Her aunt" in client.get(f"/governance/odd/{odd.pk}/").content.decode()


def test_a_street_is_told_and_taken_out_from_the_page(cast, as_):
    client = as_("worker")
    client.post("/governance/my-street/", {"do": "say", "words": "3 Duke Street", "town": "Barrow", "postcode": ""})
    assert "3 Duke Street" in client.get("/governance/my-street/").content.decode()
    assert "3 Duke Street" not in as_("lead").get("/governance/my-street/").content.decode()
    client.post("/governance/my-street/", {"do": "forget"})
    assert "3 Duke Street" not in client.get("/governance/my-street/").content.decode()


def test_an_ended_agreement_says_that_nothing_can_be_shared_under_it(cast, as_):
    seen = as_("charity.information").get("/governance/agreements/").content.decode()
    assert "Ended: nothing can be shared under it" in seen
    assert "unverified" in seen


def test_whoever_runs_the_machine_can_check_the_chain_but_read_no_entry(cast, as_):
    client = as_("administrator")
    assert "Yes." in client.get("/governance/ledger/check/").content.decode()
    assert client.get("/governance/").status_code == 403
