"""An information manager sees who looked, in their own organisation and no other."""

import re

from clearlines.people.tests import build

ONE_USE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def without(page, key):
    """The page less what differs each time it is opened, and the key that was asked for."""
    return ONE_USE.sub("", page).replace(key, "")


def test_the_charitys_manager_sees_who_looked_at_a_charity_record(cast, as_):
    person = build.person(cast.worker)
    seen = as_("charity.information").get(f"/governance/looked/people.Person/{person.pk}/").content.decode()
    assert "worker" in seen
    assert "people.added" in seen


def test_the_polices_manager_sees_the_same_page_for_a_charity_record_as_for_an_invented_one(cast, as_):
    person = build.person(cast.worker)
    client = as_("police.information")
    real = client.get(f"/governance/looked/people.Person/{person.pk}/").content.decode()
    invented = client.get("/governance/looked/people.Person/00000000-0000-4000-8000-000000000000/").content.decode()
    assert "Nobody in your organisation" in real
    assert without(real, str(person.pk)) == without(invented, "00000000-0000-4000-8000-000000000000")


def test_a_record_is_found_by_the_name_its_page_gives(cast, as_):
    person = build.person(cast.worker)
    client = as_("charity.information")
    found = client.get("/governance/", {"name": f"people.Person:{person.pk}"}).content.decode()
    assert "people.added" in found
    refused = client.get("/governance/", {"name": "Robin"}).content.decode()
    assert "Copy the record" in refused


def test_an_ended_agreement_says_that_nothing_can_be_shared_under_it(cast, as_):
    seen = as_("charity.information").get("/governance/agreements/").content.decode()
    assert "Ended: nothing can be shared under it" in seen
    assert "unverified" in seen


def test_whoever_runs_the_machine_can_check_the_chain_but_read_no_entry(cast, as_):
    client = as_("administrator")
    assert "Yes." in client.get("/governance/ledger/check/").content.decode()
    assert client.get("/governance/").status_code == 403
