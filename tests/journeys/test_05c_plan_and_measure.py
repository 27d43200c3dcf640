"""The plan and the measure: goals in the person's words, a refusal, a correction, a change shown honestly."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clearlines.care import actions
from clearlines.care.models import OutcomeMeasure, Plan
from clearlines.care.tests import build
from clearlines.people.tests import build as people
from clearlines.referrals.tests import build as letters


def fill_day(page, day, name):
    for part in ("day", "month", "year"):
        page.locator(f"#id_{name}_{part}").fill(str(getattr(day, part)))


def answer(page, numbers):
    for number, said in enumerate(numbers, start=1):
        page.get_by_label(f"{number}. ", exact=False).first.fill(str(said))


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_written_in_the_persons_own_words(open_page, cast, sign_in, axe, fits, shot):
    """Their goals, who does what by when, safety and relapse, a copy, and a review within twelve weeks."""
    now = timezone.now()
    letters.accepted(cast.viewer("food.club", now), cast.viewer("worker", now), name="Robin Ferris")
    page = sign_in(open_page(360), cast.account("worker"))
    page.goto("/charity/")
    shot(page, "charity-day-empty-360")
    page.goto("/care/")
    page.get_by_role("link", name="Robin Ferris").click()
    page.get_by_label("Yes, they want support").check()
    page.get_by_role("button", name="Open the case").click()
    shot(page, "care-case-new-360")
    axe(page)
    fits(page)

    page.get_by_role("link", name="Write a plan together").click()
    page.get_by_label("What matters to them?").fill("I want my flat back, and to see my daughter on Sundays.")
    page.locator("#id_goal1-words").fill("Get my keys back")
    page.locator("#id_goal1-domain").select_option("housing")
    page.locator("#id_goal1-action").fill("Ring the landlord together")
    page.locator("#id_goal1-who").fill("Amy and Robin")
    page.get_by_text("Second goal").click()
    page.locator("#id_goal2-words").fill("See my daughter")
    page.locator("#id_goal2-domain").select_option("family")
    page.locator("#id_goal2-action").fill("Write to her mum")
    page.locator("#id_goal2-who").fill("Robin")
    page.get_by_label("How will they keep safe?").fill("New lock. Ring Amy before opening the door.")
    page.get_by_label("What will help if things slip?").fill("Ring the hub. Nobody will be cross.")
    page.get_by_label("In large print").check()
    fill_day(page, timezone.localdate() + timedelta(weeks=13), "review_on")
    shot(page, "care-plan-360")
    axe(page)
    fits(page)

    # Refused: too long until it is looked at again, and nobody said that he agreed.
    page.get_by_role("button", name="Agree this plan").click()
    expect(page.get_by_role("alert")).to_contain_text("within 12 weeks")
    expect(page.get_by_role("alert")).to_contain_text("has not agreed")
    assert not Plan.objects.exists()
    expect(page.locator("#id_goal2-words")).to_have_value("See my daughter")
    fill_day(page, timezone.localdate() + timedelta(weeks=8), "review_on")
    page.get_by_label("They have agreed to this plan").check()
    page.get_by_role("button", name="Agree this plan").click()
    expect(page.locator("blockquote")).to_contain_text("I want my flat back")
    expect(page.get_by_role("link", name="See my daughter")).to_be_visible()

    # Corrected: marked too soon, and opened again.
    for said, shown in (("Done", "Done"), ("Working on it", "Working on it")):
        page.get_by_role("link", name="Get my keys back").click()
        page.get_by_label(said).check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("row", name="Get my keys back")).to_contain_text(shown)
    shot(page, "care-case-360")
    axe(page)
    fits(page)

    only_they_and_the_charity_read_it(page, open_page, cast, sign_in, axe, fits, shot)


def only_they_and_the_charity_read_it(page, open_page, cast, sign_in, axe, fits, shot):
    case = Plan.objects.get().case
    police = sign_in(open_page(1280), cast.account("sergeant"))
    assert police.goto(f"/care/{case.pk}/").status == 403
    page.get_by_role("link", name="Let them read their own plan").click()
    page.get_by_role("button", name="Let them read it").click()
    own = sign_in(open_page(360), cast.account("supported"))
    own.goto("/care/mine/")
    expect(own.locator("main")).to_contain_text("See my daughter")
    expect(own.get_by_role("button", name="Exit this page").first).to_be_visible()
    shot(own, "care-mine-360")
    axe(own)
    fits(own)
    assert own.goto("/care/").status == 403


@pytest.mark.django_db(transaction=True)
def test_s33_a_change_is_shown_only_where_both_are_complete(open_page, cast, sign_in, axe, fits, shot):
    """BARC-10 31 → 44 at twelve weeks; another left two blank: no total, no change, and the missing are said."""
    then = cast.viewer("worker", timezone.now() - timedelta(weeks=12))
    case, other = (build.case(then, person=people.person(then, given_name=name)) for name in ("Robin", "Jo"))
    for each in (case, other):
        build.plan(then, each, review_on=then.today + timedelta(weeks=12))
        build.measure(then, each, answers=build.answers(3) | {"happy": 4})
    page = sign_in(open_page(360), cast.account("worker"))

    page.goto(f"/care/{case.pk}/barc10/")
    answer(page, [4, 0, 4, 4, 4, 4, 4, 4, 4, 6])
    shot(page, "care-measure-360")
    axe(page)
    fits(page)
    # Refused: nought is not an answer.
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Answers run from 1 to 6: 0 is not one of them")
    assert OutcomeMeasure.objects.count() == 2
    answer(page, [4, 5, 4, 4, 4, 4, 4, 4, 4, 6])
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("From 31 to 43")

    # Corrected: one answer was misread; the old one is kept.
    page.get_by_role("link", name="Correct the answers of").last.click()
    page.get_by_label("Why are you correcting it?").fill("Question two was a six")
    page.get_by_label("2. In general").fill("6")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("From 31 to 44")
    expect(page.locator("main")).to_contain_text("2 of 2 were complete")
    assert OutcomeMeasure.objects.filter(replaced_at__isnull=False).count() == 1
    shot(page, "care-case-measured-360")
    axe(page)
    fits(page)

    page.goto(f"/care/{other.pk}/barc10/")
    answer(page, [4, "", "", 4, 4, 4, 4, 4, 4, 6])
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("No change can be shown: an answer was left blank")
    expect(page.locator("main")).to_contain_text("No total: a question was left blank")

    from clearlines.care.queries import paired_change

    now = cast.viewer("worker", timezone.now())
    found = paired_change(now, then.today, now.today)
    assert (found.people, found.paired, found.incomplete, found.median, found.may_claim) == (2, 1, 1, 13, False)


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_looked_at_together_and_a_case_closed_and_opened_again(open_page, cast, sign_in, axe, fits, shot):
    then = cast.viewer("worker", timezone.now() - timedelta(weeks=8))
    plan = build.plan(then, goals=[build.goal(is_safeguarding=True)], review_on=timezone.localdate())
    build.case(then)
    actions.draft(by=then, case=build.case(then, person=people.person(then, given_name="Jo")), own_words="Work")
    page = sign_in(open_page(1280), cast.account("worker"))
    page.goto("/charity/")
    shot(page, "charity-day-1280")
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    shot(page, "charity-day-360")
    fits(page)
    page.get_by_role("link", name="Review the plan with").click()
    page.get_by_role("link", name="Look at it together").click()
    page.get_by_label("How is it going?").fill("I sleep now.")
    page.get_by_label("Yes", exact=True).check()
    fill_day(page, timezone.localdate() + timedelta(weeks=12), "next_review_on")
    shot(page, "care-review-360")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Agreed and reviewed")
    page.goto("/care/without-plan/")
    shot(page, "care-without-plan-360")
    axe(page)
    fits(page)
    page.goto("/care/")
    shot(page, "care-list-360")
    axe(page)
    fits(page)
    page.goto(f"/care/{plan.case_id}/close/")
    page.get_by_label("Planned ending").check()
    shot(page, "care-close-360")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("alert")).to_contain_text("somebody's safety is still open")
    actions.mark_goal(by=cast.viewer("worker", timezone.now()), goal=plan.goals.get(), seen=1, to="met")
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator("main")).to_contain_text("Planned ending")
    page.get_by_role("link", name="Open this case again").click()
    page.get_by_label("Why is it opening again?").fill("He came back to us")
    page.get_by_role("button", name="Open it again").click()
    expect(page.locator("main")).to_contain_text("He came back to us")
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "care-case-1280")
