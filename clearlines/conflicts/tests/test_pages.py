from uuid import uuid4

from django.urls import reverse

from clearlines.conflicts.models import Conflict
from clearlines.conflicts.tests import build
from clearlines.people.tests import build as someone


def new():
    return {"new_id": uuid4()}


def test_she_says_it_on_a_page_and_is_told_only_that_it_is_done(cast, as_):
    worker = as_("worker")
    page = worker.post(reverse("conflicts-mine"), build.SAID | new(), follow=True).content.decode()
    assert "you will see nothing about this person, if there is anything" in page
    assert "my cousin" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, as_):
    page = as_("worker").post(reverse("conflicts-mine"), {"given_name": "Robin"} | new()).content.decode()
    assert "Say how you know them" in page
    assert 'value="Robin"' in page
    assert not Conflict.objects.exists()


def test_the_open_record_is_gone_after_she_says_she_knows_them(cast, as_):
    person, worker = someone.person(cast.worker), as_("worker")
    assert "keep them from me" in worker.get(reverse("people-person", args=[person.pk])).content.decode()
    worker.post(reverse("conflicts-this-person", args=[person.pk]), {"relation": "my cousin"})
    assert worker.get(reverse("people-person", args=[person.pk])).status_code == 404


def test_a_lead_chooses_a_colleague(cast, as_):
    person = someone.person(cast.lead)
    address = reverse("conflicts-a-colleague", args=[person.pk])
    as_("lead").post(address, {"account": str(cast.account("worker").pk), "relation": "family"})
    assert as_("worker").get(reverse("people-person", args=[person.pk])).status_code == 404
    assert as_("lead").get(reverse("people-person", args=[person.pk])).status_code == 200


def test_the_information_manager_reads_and_lifts(cast, as_):
    conflict = build.conflict(cast.worker)
    manager = as_("charity.information")
    assert "my cousin" in manager.get(reverse("conflicts-everybodys")).content.decode()
    lift = reverse("conflicts-lift", args=[conflict.pk])
    assert "There is a problem" in manager.post(lift, {"why": ""}).content.decode()
    page = manager.post(lift, {"why": "A mistake"}, follow=True).content.decode()
    assert "A mistake" in page


def test_the_pages_read_well_on_a_phone_and_to_a_screen_reader(cast, open_page, sign_in, axe, fits, shot):
    conflict, person = build.conflict(cast.worker), someone.person(cast.lead, given_name="Kit", family_name="Marrow")
    for width in (360, 1280):
        worker = sign_in(open_page(width), cast.account("worker"))
        for name, key in [("conflicts-mine", None), ("conflicts-this-person", person.pk)]:
            seen(worker, name, key, axe, fits, shot, width)
        manager = sign_in(open_page(width), cast.account("charity.information"))
        for name, key in [("conflicts-everybodys", None), ("conflicts-lift", conflict.pk)]:
            seen(manager, name, key, axe, fits, shot, width)


def seen(page, name, key, axe, fits, shot, width):
    page.goto(reverse(name, args=[key] if key else []))
    axe(page)
    fits(page)
    shot(page, f"{name}-{width}")
