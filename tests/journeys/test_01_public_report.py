"""Somebody at a window tells the police what they see, keeps three words, and comes back with them."""

import re

import pytest
from playwright.sync_api import expect

from clearlines.reports import actions
from clearlines.reports.models import Report
from clearlines.triage import actions as triage

FLAT_4 = "Visitors at flat 4 all night. The tenant has not been seen and a new lad has the key. I live at no. 6."


def press(page, name="Continue"):
    page.get_by_role("button", name=name, exact=True).click()


def tell(page, words=FLAT_4):
    """Every question, up to 'Check your answers'."""
    page.goto("/reports/start/")
    page.get_by_label("No", exact=True).check()
    press(page)
    page.get_by_label("What happened?").fill(words)
    press(page)
    page.get_by_label("Where?").fill("Flat 4, 14 Slipway Street")
    page.get_by_label("Town or village").fill("Barrow-in-Furness")
    press(page)
    page.get_by_label("When?").fill("every night since Easter")
    press(page)
    page.get_by_label("I saw or heard it happen myself").check()
    press(page)
    press(page)
    press(page)
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def send(page):
    """The three words of the receipt."""
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")
    return page.locator(".app-three-words").inner_text().strip()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_neighbour_tells_what_they_see_without_a_name(open_page, cast, axe, fits, shot, width, javascript):
    page = open_page(width, javascript=javascript)
    tell(page)
    expect(page.get_by_text("could show who you are")).to_be_visible()
    words = send(page)
    assert len(words.split()) == 3
    if javascript:
        shot(page, f"report-receipt-{width}")
        fits(page)
        axe(page)
    report = Report.objects.get()
    assert report.created_by is None
    assert report.sent_by is None


def test_every_question_is_accessible_and_fits_a_phone(phone, cast, axe, fits, shot):
    for step in ("start", "ring", "what", "where", "when", "how-known", "photograph", "about-you", "your-name"):
        phone.goto(f"/reports/{step}/")
        if step == "start":
            shot(phone, "report-start-360")
            phone.get_by_label("Yes, somebody is in danger now").check()
            axe(phone)
            press(phone)
            continue
        shot(phone, f"report-{step}-360")
        fits(phone)
        axe(phone)
        expect(phone.get_by_role("button", name="Exit this page")).to_be_visible()


def test_the_question_about_danger_left_empty_is_refused_and_answered_again(page, cast, shot):
    page.goto("/reports/start/")
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("Say whether anyone is in danger right now.")
    shot(page, "report-start-refused-1280")
    page.get_by_label("I am not sure").check()
    press(page)
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("Say what happened, in your own words.")


def test_a_crime_in_progress_shows_999_again_and_is_taken_as_high(page, cast, axe, shot):
    tell(page, "They're kicking his door in now")
    expect(page.get_by_role("heading", name="Is anyone in danger now? Ring 999")).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", name="Is anyone in danger now? Ring 999")).to_be_visible()
    shot(page, "report-receipt-danger-1280")
    axe(page)
    assert Report.objects.get().is_urgent


def test_an_answer_is_put_right_before_sending(page, cast, shot):
    tell(page)
    shot(page, "report-check-1280")
    page.get_by_role("link", name="Change What happened?").click()
    page.get_by_label("What happened?").fill("Visitors at flat 4 all night.")
    for _ in range(7):
        press(page)
    send(page)
    assert Report.objects.get().words == "Visitors at flat 4 all night."


def test_the_three_words_show_how_far_it_has_got_and_take_more(page, cast, axe, shot):
    tell(page)
    words = send(page)
    report = Report.objects.get()
    triage.take_up(by=cast.sergeant, report=report)
    page.goto("/reports/come-back/")
    page.get_by_label("Your three words").fill("meadow meadow meadow")
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("do not open a report")
    page.get_by_label("Your three words").fill(words.upper().replace(" ", "-"))
    press(page)
    expect(page.get_by_text("Being looked at.")).to_be_visible()
    shot(page, "report-progress-1280")
    axe(page)
    page.get_by_label("What do you want to add?").fill("A red car comes at ten.")
    press(page, "Add to my report")
    expect(page.get_by_role("heading", level=1)).to_have_text("Added to your report")
    report.refresh_from_db()
    assert report.words == FLAT_4
    assert report.additions.get().words == "A red car comes at ten."


def test_leaving_quickly_forgets_what_was_typed_without_javascript(open_page, cast):
    page = open_page(javascript=False)
    tell(page)
    page.route(re.compile("bbc.co.uk"), lambda route: route.fulfill(body="weather"))
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(re.compile("bbc.co.uk/weather"))
    page.goto("/reports/check/")
    expect(page).to_have_url(re.compile("/reports/start/"))
    assert not Report.objects.exists()


def test_s13_a_housing_officer_sends_information_and_later_reads_that_it_was_used(page, cast, sign_in, axe, shot):
    sign_in(page, cast.account("housing")).goto("/reports/start/")
    page.get_by_label("No", exact=True).check()
    press(page)
    page.get_by_label("What happened?").fill("Tenant's door has a new metal plate, heard drugs dealt.")
    for _ in range(3):
        press(page)
    page.get_by_label("Somebody told me").check()
    page.get_by_label("what kind of person was it?").fill("a contractor")
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("Say who this is from.")
    page.get_by_label("The police see the organisation, not you").check()
    shot(page, "report-partner-1280")
    axe(page)
    for _ in range(4):
        press(page)
    words = send(page)
    report = Report.objects.get()
    assert (report.sent_by_id, report.created_by) == ("housing", None)
    triage.take_up(by=cast.analyst, report=report)
    triage.grade(by=cast.analyst, report=report, source="2", assessment="C", handling="P")
    triage.decide(by=cast.analyst, report=report, outcome="intelligence", reason="Fits what is known")
    assert actions.come_back(by=cast.nobody, words=words) == report
    page.goto("/reports/come-back/")
    page.get_by_label("Your three words").fill(words)
    press(page)
    expect(page.get_by_text("It was used.")).to_be_visible()
