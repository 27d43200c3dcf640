import uuid
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from clearlines.people import actions
from clearlines.people.models import Person, SameAs
from clearlines.people.tests import build
from clearlines.places.tests import build as places


def said_new(**more) -> dict[str, str]:
    return {"new_id": str(uuid.uuid4()), "born_precision": "unknown", "known_as": "Robbo"} | more


def test_one_name_and_nothing_else_is_enough(as_):
    answer = as_("worker").post(reverse("people-new"), said_new(), follow=True)
    said = answer.content.decode()
    assert "Robbo" in said and "Nobody has asked yet" in said and "No fixed abode" in said


@pytest.mark.parametrize("precision", ["year", "about"])
def test_of_a_year_alone_the_youngest_they_could_be_is_kept(as_, precision):
    as_("worker").post(reverse("people-new"), said_new(born_precision=precision, born_year="2006"))
    person = Person.objects.get()
    assert (person.born_on, person.born_precision) == (date(2006, 12, 31), precision)


def test_a_child_born_this_year_is_not_born_in_the_future(as_):
    today = timezone.localdate()
    as_("worker").post(reverse("people-new"), said_new(born_precision="year", born_year=str(today.year)))
    assert Person.objects.get().born_on == today


def test_a_full_date_is_asked_for_where_it_is_said_to_be_known(as_):
    said = as_("worker").post(reverse("people-new"), said_new(born_precision="day")).content.decode()
    assert "Enter the full date of birth" in said
    said = as_("worker").post(reverse("people-new"), said_new(born_precision="year")).content.decode()
    assert "Enter the year of birth" in said
    impossible = said_new(born_precision="day", born_on_day="31", born_on_month="2", born_on_year="1990")
    said = as_("worker").post(reverse("people-new"), impossible).content.decode()
    assert "Enter a real date" in said and 'value="31"' in said and "Robbo" in said
    assert not Person.objects.exists()


def test_no_name_at_all_is_refused_with_a_sentence(as_):
    said = as_("worker").post(reverse("people-new"), said_new(known_as="")).content.decode()
    assert "Give at least one name" in said


def test_safe_contact_stands_in_the_head_of_the_record(cast, as_):
    person = build.person(cast.worker, safe_contact="Text only, never after six")
    said = as_("worker").get(reverse("people-person", args=[person.pk])).content.decode()
    assert "app-safe-contact" in said and "Text only, never after six" in said


def test_a_correction_begins_from_what_is_known_and_keeps_the_home(cast, as_):
    home = places.place(cast.worker)
    person = build.person(cast.worker, born_on=date(2006, 12, 31), born_precision="about", home=home)
    address = reverse("people-correct", args=[person.pk])
    said = as_("worker").get(address).content.decode()
    assert 'value="2006"' in said and f'value="{home.pk}" selected' in said
    changed = {"seen": "1", "given_name": "Robyn", "born_precision": "about", "born_year": "2007", "home": str(home.pk)}
    assert as_("worker").post(address, changed).status_code == 302
    person.refresh_from_db()
    assert (person.given_name, person.born_on.year, person.home) == ("Robyn", 2007, home)
    assert "Somebody changed this" in as_("worker").post(address, changed).content.decode()


def test_a_referrer_who_sees_no_places_takes_no_home_away(cast, as_):
    person = build.person(cast.probation)
    home = places.place(cast.worker)
    Person.objects.filter(pk=person.pk).update(home=home)
    address = reverse("people-correct", args=[person.pk])
    client = as_("probation")
    assert 'name="home"' not in client.get(address).content.decode()
    client.post(address, {"seen": "1", "given_name": "Robyn", "born_precision": "unknown"})
    person.refresh_from_db()
    assert (person.given_name, person.home_id) == ("Robyn", home.pk)


def test_the_list_says_plainly_when_nothing_matches(cast, as_):
    build.person(cast.sergeant)
    assert "No exact match" in as_("worker").get(reverse("people-list"), {"q": "Ferris"}).content.decode()
    assert "Nobody yet" in as_("worker").get(reverse("people-list")).content.decode()
    assert "1 of 1" in as_("sergeant").get(reverse("people-list"), {"q": "ferris"}).content.decode()


def test_two_records_are_said_the_same_and_parted_from_the_page(cast, as_):
    one, other = build.person(cast.worker), build.person(cast.worker, known_as="Robbo")
    client = as_("worker")
    address = reverse("people-same", args=[one.pk])
    said = client.post(address, {"other": "", "reason": ""}).content.decode()
    assert "Which other record is the same person" in said
    client.post(address, {"other": str(other.pk), "reason": "The same tattoo"})
    assert "The same tattoo" in client.get(reverse("people-person", args=[other.pk])).content.decode()
    same = SameAs.objects.get()
    client.post(reverse("people-part", args=[other.pk, same.pk]), {"reason": "Different men"})
    assert "Nobody has said" in client.get(reverse("people-person", args=[one.pk])).content.decode()


def test_only_ones_own_people_are_offered_as_the_same(cast, as_):
    one, theirs = build.person(cast.worker), build.person(cast.sergeant, family_name="Unmistakable")
    address = reverse("people-same", args=[one.pk])
    assert "Unmistakable" not in as_("worker").get(address).content.decode()
    as_("worker").post(address, {"other": str(theirs.pk), "reason": "Guessing"})
    assert not SameAs.objects.exists()


def test_why_can_i_see_this_names_role_organisation_and_marking(cast, as_):
    said = as_("worker").get(reverse("why", args=["people.Person", build.person(cast.worker).pk])).content.decode()
    assert all(words in said for words in ("Recovery worker", "The Open Door", "OFFICIAL-SENSITIVE"))


def test_a_person_said_to_be_three_records_is_shown_as_three(cast, as_):
    chain = [build.person(cast.worker, known_as=f"Rob {number}") for number in range(3)]
    for one, other in pairwise(chain):
        actions.say_same(by=cast.worker, one=one, other=other, reason="Seen together")
    said = as_("worker").get(reverse("people-person", args=[chain[0].pk])).content.decode()
    assert "2 records in all" in said
