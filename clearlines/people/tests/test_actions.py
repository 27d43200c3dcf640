import uuid
from datetime import date

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.people import actions, queries
from clearlines.people.models import Person
from clearlines.people.tests import build


def test_a_person_with_one_name_and_nothing_else_is_kept(cast):
    person = build.person(cast.worker, given_name="", family_name="", known_as="Robbo")
    assert (person.name, person.born_precision, person.age_on(cast.worker.today)) == ("Robbo", "unknown", None)
    assert not person.is_child_on(cast.worker.today)
    assert Entry.objects.get(event="people.added").organisation == "charity"


def test_a_date_with_no_precision_is_taken_as_the_full_date(cast):
    person = build.person(cast.worker, born_on=date(2006, 5, 1), born_precision="unknown")
    assert person.born_precision == "day"
    assert person.is_child_on(cast.worker.today)
    assert not person.is_child_on(date(2024, 5, 1))


def test_a_double_click_adds_one_person(cast):
    key = uuid.uuid4()
    assert build.person(cast.worker, new_id=key) == build.person(cast.worker, new_id=key)
    assert Person.objects.count() == 1


def test_a_stale_page_overwrites_nothing(cast):
    person = build.person(cast.worker)
    actions.correct(by=cast.lead, person=person, seen=1, given_name="Robyn")
    with pytest.raises(Refused, match="after you opened the page"):
        actions.correct(by=cast.worker, person=person, seen=1, given_name="Rob")
    person.refresh_from_db()
    assert person.given_name == "Robyn"


def test_who_may_not_keep_people_cannot_add_one(cast):
    for viewer in (cast.volunteer, cast.commissioner, cast.administrator, cast.nobody, cast.charity_information):
        with pytest.raises(Forbidden):
            build.person(viewer)


def test_saying_and_parting_leave_both_records_as_they_were(cast):
    one, other = build.person(cast.worker), build.person(cast.worker, known_as="Robbo")
    same = actions.say_same(by=cast.worker, one=other, other=one, reason="The same tattoo")
    assert queries.cluster(cast.worker, one) == [one, other]
    with pytest.raises(Refused, match="already said"):
        actions.say_same(by=cast.lead, one=one, other=other, reason="Again")
    actions.part(by=cast.lead, same=same, reason="Different men")
    assert queries.cluster(cast.worker, one) == [one]
    with pytest.raises(Refused, match="already been parted"):
        actions.part(by=cast.lead, same=same, reason="Again")
    assert list(Entry.objects.filter(kind="combination").values_list("event", flat=True)) == [
        "people.said_same", "people.parted",
    ]  # fmt: skip


def test_records_of_two_organisations_are_never_said_to_be_the_same(cast):
    with pytest.raises(Refused, match="two organisations"):
        actions.say_same(
            by=cast.worker, one=build.person(cast.worker), other=build.person(cast.sergeant), reason="Same man"
        )
