"""The visit: planned, offered, accepted, gone to, and written up twice by two who never read each other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.visits import actions
from clearlines.visits.models import Appointment, VisitAccount
from clearlines.visits.tests import build


def fill_day(page, day, name="on"):
    for part in ("day", "month", "year"):
        page.locator(f"#id_{name}_{part}").fill(str(getattr(day, part)))


def robin(cast):
    now = cast.viewer("worker", timezone.now())
    home = places.place(now, never_alone=True, warning="Dog in the yard")
    return people.person(now, home=home, safe_contact="Text first, after ten")


@pytest.mark.django_db(transaction=True)
def test_a_joint_visit_is_planned_offered_and_accepted(open_page, cast, sign_in, axe, fits, shot):
    person = robin(cast)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = sign_in(open_page(360), cast.account("worker"))
    page.goto("/visits/")
    shot(page, "visits-home-empty-360")
    page.get_by_role("button", name="Plan a visit").click()
    page.get_by_label("Name, street or town").fill("Ferris")
    page.get_by_role("button", name="Find").click()
    shot(page, "visits-find-360")
    page.get_by_role("link", name=person.name).click()
    fill_day(page, tomorrow)
    page.get_by_label("What time?").fill("14:30")
    page.get_by_label("Invited in by the occupier").check()
    page.get_by_label("What is the visit for?").fill("To see how he is")
    shot(page, "visits-plan-360")
    axe(page)
    fits(page)

    # Refused: nobody goes to this place alone.
    page.get_by_role("button", name="Plan the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody goes to this place alone")
    assert not Appointment.objects.exists()
    page.get_by_label("Go only if another organisation comes too").check()
    page.get_by_role("button", name="Plan the visit").click()
    expect(page.locator("main")).to_contain_text("Dog in the yard")
    expect(page.locator("main")).to_contain_text("Text first, after ten")
    shot(page, "visits-appointment-360")
    axe(page)
    fits(page)

    page.get_by_role("link", name="Ask another organisation along").click()
    page.get_by_label("Fellside Constabulary").check()
    shot(page, "visits-ask-360")
    axe(page)
    page.get_by_role("button", name="Ask them").click()
    expect(page.locator("main")).to_contain_text("Offered")

    police = sign_in(open_page(1280), cast.account("sergeant"))
    police.goto("/visits/")
    police.get_by_role("link", name="14 Slipway Street").click()
    expect(police.locator("main")).to_contain_text("Dog in the yard")
    expect(police.locator("body")).not_to_contain_text("Ferris")
    expect(police.locator("body")).not_to_contain_text("To see how he is")
    police.get_by_label("Sam Birkett").check()
    shot(police, "visits-offer-1280")
    axe(police)
    police.get_by_role("button", name="Accept").click()
    expect(police.locator("main")).to_contain_text("Joint")

    page.reload()
    expect(page.locator("main")).to_contain_text("Sam Birkett")
    page.goto("/visits/")
    shot(page, "visits-home-360")
    axe(page)
    fits(page)


@pytest.mark.django_db(transaction=True)
def test_each_organisation_writes_its_own_account_and_mends_it(open_page, cast, sign_in, axe, fits, shot):
    now = timezone.now()
    before, worker, officer = (
        cast.viewer(each, now - gap)
        for each, gap in (("worker", timedelta(hours=2)), ("worker", timedelta()), ("officer", timedelta()))
    )
    person = robin(cast)
    ours = build.appointment(
        before, person=person, place=person.home, starts_at=now - timedelta(minutes=50), only_together=True
    )
    offer = actions.offer(by=before, appointment=ours, to=officer.organisation)
    theirs = actions.accept_offer(
        by=cast.viewer("officer", now - timedelta(hours=1)), offer=offer, crew=[officer.account]
    )

    page = sign_in(open_page(360), worker.account)
    page.goto(f"/visits/{ours.pk}/")
    page.get_by_role("button", name="Check in at the door").click()
    page.get_by_role("button", name="Write what happened").click()
    shot(page, "visits-record-360")
    axe(page)
    fits(page)
    page.get_by_label("Seen", exact=True).check()
    page.get_by_label("Invited in by the occupier").check()
    page.get_by_label("What did you see and hear?").fill("He hid a bag for them. He asked me not to tell the police.")
    page.get_by_text("What you gave or fitted").click()
    page.get_by_label("Chain lock").check()

    # Refused: an officer was there, and nobody said whether he could hear.
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("whether an officer could hear")
    assert not VisitAccount.objects.exists()
    expect(page.get_by_label("What did you see and hear?")).to_have_value(
        "He hid a bag for them. He asked me not to tell the police."
    )
    page.get_by_label("No police officer could hear").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Chain lock")

    # Corrected: the old words stay.
    page.get_by_role("link", name="Correct this account").click()
    page.get_by_label("Why are you correcting it?").fill("It was two bags")
    page.get_by_label("What did you see and hear?").fill("He hid two bags for them.")
    shot(page, "visits-correct-360")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("main")).to_contain_text("He hid two bags for them.")
    page.get_by_text("As it was written before it was corrected").click()
    expect(page.locator("main")).to_contain_text("He hid a bag for them.")
    shot(page, "visits-done-360")
    axe(page)
    fits(page)

    police = sign_in(open_page(1280), officer.account)
    the_other_writes(police, theirs, shot, axe)
    assert police.goto(f"/visits/{ours.pk}/").status == 404
    page.goto(f"/visits/{ours.pk}/")
    expect(page.locator("body")).not_to_contain_text("Door panel")


def the_other_writes(police, theirs, shot, axe):
    police.goto(f"/visits/{theirs.pk}/")
    expect(police.locator("body")).not_to_contain_text("bag")
    police.get_by_role("button", name="Write what happened").click()
    police.get_by_label("Refused", exact=True).check()
    police.get_by_label("No, we stayed outside").check()
    police.get_by_label("What did you see and hear?").fill("Door panel broken.")
    shot(police, "visits-record-1280")
    police.get_by_role("button", name="Save").click()
    expect(police.locator("main")).to_contain_text("Door panel broken.")
    expect(police.locator("body")).not_to_contain_text("bag")
    police.goto("/visits/counts/")
    expect(police.locator("main")).to_contain_text("0 of 1")
    shot(police, "visits-counts-1280")
    axe(police)


@pytest.mark.django_db(transaction=True)
def test_s28_three_without_an_answer_are_decided_by_a_supervisor_and_never_closed(open_page, cast, sign_in, axe, shot):
    person = robin(cast)
    crew = [cast.account("worker"), cast.account("lead")]
    for days in (3, 2, 1):
        by = cast.viewer("worker", timezone.now() - timedelta(days=days))
        build.account(by, person=person, place=person.home, crew=crew, outcome="no_reply")
    worker = sign_in(open_page(360), cast.account("worker"))
    worker.goto("/visits/")
    expect(worker.locator("main")).not_to_contain_text("To decide")
    page = sign_in(open_page(1280), cast.account("lead"))
    page.goto("/visits/counts/?start_day=1&start_month=1&start_year=2022&end_day=31&end_month=12&end_year=2099")
    expect(page.locator("main")).to_contain_text("0 of 3")
    page.goto("/visits/")
    page.get_by_role("link", name=person.name).click()
    page.get_by_role("link", name="decide what is tried next").click()
    page.get_by_label("Ring them at a time that is safe for them").check()
    shot(page, "visits-decide-1280")
    axe(page)
    # Refused: a decision has a reason.
    page.get_by_role("button", name="Save what is tried next").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer “Why?”")
    page.get_by_label("Why?").fill("He answers texts after ten")
    page.get_by_role("button", name="Save what is tried next").click()
    expect(page.locator("main")).to_contain_text("He answers texts after ten")
    page.goto("/visits/")
    expect(page.locator("main")).not_to_contain_text("To decide")
