"""A sergeant and an analyst read a report, join it to a line, a place and a person, grade it and decide."""

import pytest
from playwright.sync_api import expect

from clearlines.people.tests import build as people
from clearlines.reports.tests import build as reports
from clearlines.triage.models import Decision, Grade, ReportToLine, ReportToPerson, ReportToPlace
from clearlines.triage.tests import build as triage


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def fill_day(page, day, month, year):
    for label, said in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label).fill(said)


def open_report(page, report):
    page.goto("/triage/")
    follow(page, report.reference)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Report {report.reference}")


def test_a_report_is_joined_to_a_line_a_place_and_a_person_and_decided(page, cast, sign_in, axe, fits, shot):
    report = reports.report(cast.nobody)
    known = people.person(cast.sergeant, given_name="Marion", family_name="Tarn")
    sign_in(page, cast.account("analyst"))
    page.goto("/triage/")
    shot(page, "triage-list-1280")
    axe(page)
    open_report(page, report)
    press(page, "Take this report up")
    axe(page)
    follow(page, "a line")
    shot(page, "triage-join-line-1280")
    axe(page)
    page.get_by_label("What is the line called?").fill("Harbour")
    fill_day(page, "1", "3", "2022")
    press(page, "Add the line and join")
    follow(page, "a place")
    page.get_by_label("Number and street").fill("14 Slipway Street")
    page.get_by_label("Town or village").fill("Barrow-in-Furness")
    press(page, "Add the place and join")
    follow(page, "a person")
    axe(page)
    page.get_by_label("Marion Tarn").check()
    page.get_by_label("As what?").first.select_option("Their home may have been taken over")
    press(page, "Join as a candidate")
    page.get_by_role("button", name="Confirm Marion Tarn").click()
    press(page, "Grade it")
    axe(page)
    for choice in ("2: untested", "A: known directly", "P: lawful sharing permitted"):
        page.get_by_label(choice).check()
    press(page, "Save the grade")
    press(page, "Decide what happens")
    shot(page, "triage-decide-1280")
    axe(page)
    page.get_by_label("Intelligence log").check()
    page.get_by_label("Why?").fill("A second account from the same stair")
    press(page, "Decide")
    shot(page, "triage-report-1280")
    fits(page)
    axe(page)
    assert ReportToLine.objects.get().line.brand == "Harbour"
    assert ReportToPlace.objects.get().place.words == "14 Slipway Street"
    link = ReportToPerson.objects.get()
    assert (link.person, link.as_what, link.confirmed_by) == (known, "host", cast.account("analyst"))
    assert Grade.objects.get().code == "2AP"


def test_a_log_without_a_grade_is_refused_with_a_sentence_and_what_was_typed_stays(page, cast, sign_in, shot):
    report = triage.taken_up(cast)
    sign_in(page, cast.account("sergeant")).goto(f"/triage/{report.pk}/decide/")
    page.get_by_label("Intelligence log").check()
    page.get_by_label("Why?").fill("Worth keeping")
    press(page, "Decide")
    expect(page.get_by_role("alert")).to_contain_text("An intelligence log needs a grade first.")
    expect(page.get_by_label("Why?")).to_have_value("Worth keeping")
    shot(page, "triage-decide-refused-1280")
    assert not Decision.objects.exists()


def test_whoever_wrote_a_call_down_is_told_why_they_cannot_grade_it(page, cast, sign_in):
    report = reports.report(cast.analyst, channel="101")
    sign_in(page, cast.account("analyst"))
    open_report(page, report)
    press(page, "Take this report up")
    expect(page.get_by_text("another person must grade it")).to_be_visible()
    expect(page.get_by_role("button", name="Grade it")).to_have_count(0)


def test_a_wrong_link_is_taken_back_and_a_wrong_decision_is_replaced(page, cast, sign_in, axe, shot):
    link = triage.linked(cast)
    sign_in(page, cast.account("sergeant"))
    open_report(page, link.report)
    follow(page, "Take this link back")
    axe(page)
    page.get_by_label("Why?").fill("Another Robin Ferris")
    press(page, "Take the link back")
    page.get_by_text("Links taken back").click()
    expect(page.get_by_text("Another Robin Ferris")).to_be_visible()
    press(page, "Decide what happens")
    page.get_by_label("No further action").check()
    page.get_by_label("Why?").fill("Nothing to follow up")
    press(page, "Decide")
    follow(page, "Open it again")
    page.get_by_label("Why?").fill("A second neighbour rang")
    press(page, "Open again")
    press(page, "Decide what happens")
    page.get_by_label("Crime recorded").check()
    page.get_by_label("Why?").fill("Assault on the tenant")
    press(page, "Decide")
    expect(page.get_by_text("(replaced)")).to_be_visible()
    shot(page, "triage-corrected-1280")
    axe(page)
    assert [each.outcome for each in Decision.objects.all()] == ["no_action", "crime"]


def test_s14_five_of_one_account_are_shown_as_one_source(page, cast, sign_in, axe, shot):
    first, *rest = [triage.taken_up(cast) for _ in range(5)]
    sign_in(page, cast.account("sergeant"))
    open_report(page, first)
    expect(page.get_by_text("Together they count as one source, however many there are")).to_be_visible()
    for each in rest:
        expect(page.get_by_role("link", name=each.reference, exact=True)).to_be_visible()
    shot(page, "triage-alike-1280")
    follow(page, "Compare")
    shot(page, "triage-compare-1280")
    axe(page)
    page.get_by_label("The same account again").check()
    page.get_by_label("Why do you think so?").fill("Word for word; perhaps meant to harm the tenant")
    press(page, "Save")
    expect(page.get_by_text("Together they count as one source")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_morning_the_queue_and_a_report_fit_a_phone_and_a_desk(
    open_page, cast, sign_in, axe, fits, shot, width
):  # fmt: skip
    reports.report(cast.nobody, danger="yes", words="They're kicking his door in now")
    report = triage.taken_up(cast, words="A boy of about 14 goes in. My neighbour has seen him. " * 3)
    triage.line(cast, "Harbour")
    page = sign_in(open_page(width), cast.account("sergeant"))
    for name, address in {"force": "/force/", "queue": "/triage/", "report": f"/triage/{report.pk}/"}.items():
        page.goto(address)
        shot(page, f"triage-{name}-{width}")
        fits(page)
        axe(page)


def test_a_charity_worker_finds_no_sign_of_a_report(page, cast, sign_in):
    report = triage.taken_up(cast)
    sign_in(page, cast.account("worker"))
    for address in ("/triage/", f"/triage/{report.pk}/", "/force/", "/"):
        page.goto(address)
        expect(page.get_by_text(report.reference)).to_have_count(0)
