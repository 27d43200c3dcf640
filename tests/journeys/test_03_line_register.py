"""An analyst and a sergeant keep the register: a line, its numbers, what it became, and how many were active when."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from clearlines.lines import actions
from clearlines.lines.models import Line, LineLink
from clearlines.lines.states import Status
from clearlines.lines.tests import build


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def fill_day(page, question, said: date):
    asked = page.get_by_role("group", name=question)
    for label, part in (("Day", said.day), ("Month", said.month), ("Year", said.year)):
        asked.get_by_label(label).fill(str(part))


def register(page, brand, number):
    page.goto("/lines/")
    press(page, "Register a line")
    page.get_by_label("What is the line called?").fill(brand)
    page.get_by_label("Its telephone number").fill(number)
    page.get_by_label("Which town does it sell in?").fill("Barrow-in-Furness")
    fill_day(page, "When did it first come to notice?", date(2022, 5, 1))
    press(page, "Register this line")


def test_s01_a_line_is_registered_and_a_number_that_is_already_known_waits_for_a_person(page, cast, sign_in, axe, shot):
    build.full_line(cast.analyst)
    sign_in(page, cast.account("analyst"))
    register(page, "Fern", "+44 7700 900 123")
    expect(page.get_by_text("That is already on the register.")).to_be_visible()
    axe(page)
    shot(page, "lines-already-known-1280")
    assert Line.objects.count() == 1
    page.get_by_label("a new brand on the same number").check()
    press(page, "Register this line")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fern")
    expect(page.get_by_text("L-0002")).to_be_visible()
    expect(page.get_by_text("Under assessment since 1 May 2022")).to_be_visible()
    assert LineLink.objects.get().kind == "new_brand"
    axe(page)


def test_s02_a_number_changes_and_either_one_finds_the_line(page, cast, sign_in, axe):
    build.full_line(cast.analyst)
    sign_in(page, cast.account("analyst"))
    page.goto("/lines/")
    follow(page, "L-0001")
    follow(page, "It changed")
    page.get_by_label("The new number or name").fill("07700 900456")
    fill_day(page, "From which day?", date(2022, 5, 3))
    axe(page)
    press(page, "Save")
    expect(page.get_by_text("1 February 2022 to 2 May 2022")).to_be_visible()
    for number in ("07700900123", "+447700900456"):
        page.goto("/lines/")
        page.get_by_label("Find a line").fill(number)
        press(page, "Find")
        expect(page.get_by_role("link", name="L-0001 Bracken")).to_be_visible()
        axe(page)


def test_s04_a_type_1_closure_without_a_charge_is_refused_and_disrupted_is_one_press_away(
    page, cast, sign_in, axe, shot
):
    build.full_line(cast.analyst)
    sign_in(page, cast.account("sergeant"))
    page.goto("/lines/")
    follow(page, "L-0001")
    line = page.url
    press(page, "Record what it became")
    axe(page)
    page.get_by_label("Closed, Type 1", exact=True).check()
    press(page, "Go on")
    fill_day(page, "From which day?", date(2022, 6, 10))
    fill_day(page, "When was the line holder arrested?", date(2022, 6, 9))
    press(page, "Record it")
    expect(page.get_by_role("alert")).to_contain_text("the day the line holder was charged")
    axe(page)
    shot(page, "lines-type-1-refused-1280")
    follow(page, "disrupted")
    what_was_done(page, date(2022, 6, 10))
    page.goto(line)
    expect(page.get_by_text("Disrupted since 10 June 2022")).to_be_visible()
    expect(page.get_by_text("By what was done: D-0001")).to_be_visible()
    axe(page)


def what_was_done(page, on: date):
    """A line is disrupted by something that was done: the line is chosen already, and moves with it."""
    expect(page.get_by_label("Which line was it done to?").locator("option:checked")).to_have_text("L-0001 Bracken")
    page.get_by_label("What was done?").fill("Arrested with the phone in his hand")
    fill_day(page, "On which day?", on)
    page.get_by_label("By which tactic?").select_option(label="Arrest of somebody who controls the line")
    page.get_by_label("Pursue: stop").check()
    page.get_by_label("Moderate: They noticed").check()
    page.get_by_label("Why that level?").fill("He held the phone")
    page.get_by_label("Which agency led?").select_option(label="Fellside Constabulary")
    fill_day(page, "If the line is disrupted by it, from which day?", on)
    press(page, "Record it")


def test_a_wrong_day_is_corrected_and_what_was_believed_stays_readable(page, cast, sign_in, axe):
    build.full_line(cast.analyst)
    sign_in(page, cast.account("analyst"))
    page.goto("/lines/")
    follow(page, "L-0001")
    follow(page, "Correct this entry: Active")
    fill_day(page, "From which day?", date(2022, 3, 1))
    page.get_by_label("What was wrong, and how do we know?").fill("The log was misread")
    axe(page)
    press(page, "Correct it")
    expect(page.get_by_text("Active since 1 March 2022")).to_be_visible()
    expect(page.locator("s", has_text="Active from 10 February 2022")).to_be_visible()


def told_late(cast) -> None:
    """Three lines; that one of them had gone quiet on 20 May was learned on 5 July."""
    bracken = build.full_line(cast.analyst)
    fern = build.active_line(cast.analyst, brand="Fern")
    closed = date(2022, 5, 2)
    actions.move(by=cast.analyst, line=fern, to=Status.CLOSED_T2, on=closed, complied_on=closed)
    actions.move(by=cast.analyst, line=fern, to=Status.ACTIVE, on=date(2022, 6, 1))
    heron = build.active_line(cast.analyst, brand="Heron")
    actions.link_displacement(
        by=cast.analyst, from_line=fern, to_line=heron, on=date(2022, 5, 9), reason="The same handset", grade="2B"
    )
    later = cast.viewer("analyst", datetime(2022, 7, 5, 11, tzinfo=UTC))
    actions.move(by=later, line=bracken, to=Status.DORMANT, on=date(2022, 5, 20))


def as_at(page, on: date, known: date):
    page.goto("/lines/")
    fill_day(page, "As it was on", on)
    fill_day(page, "As we knew on", known)
    press(page, "Show")


def test_s06_the_timeline_tells_how_many_were_active_as_known_then_and_as_known_now(page, cast, sign_in, axe, shot):
    told_late(cast)
    sign_in(page, cast.account("officer"))
    as_at(page, date(2022, 6, 10), date(2022, 6, 14))
    expect(page.get_by_text("Active on 10 June 2022: 3 as we knew on 14 June 2022, 2 as we know now.")).to_be_visible()
    expect(page.get_by_text("Learned on 5 July 2022: Dormant from 20 May 2022")).to_be_visible()
    expect(page.get_by_role("img", name="Lines from")).to_be_visible()
    assert page.locator("rect.lines-differs").count() == 2, "one row, and its place in the key"
    axe(page)
    shot(page, "lines-timeline-1280")
    with page.expect_download() as waiting:
        follow(page, "Download this table")
    assert "2022-06-10" in waiting.value.suggested_filename


def test_the_timeline_is_read_on_a_phone_and_with_no_javascript(open_page, cast, sign_in, axe, fits, shot):
    told_late(cast)
    phone = sign_in(open_page(360, 740, javascript=False), cast.account("officer"))
    as_at(phone, date(2022, 6, 10), date(2022, 6, 14))
    expect(phone.get_by_text("3 as we knew on 14 June 2022, 2 as we know now")).to_be_visible()
    shot(phone, "lines-timeline-360")
    follow(phone, "L-0001")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bracken")
    shot(phone, "lines-line-360")
    reader = sign_in(open_page(360, 740), cast.account("officer"))
    for address in ("/lines/", phone.url, "/lines/find/?q=bracken"):
        reader.goto(address)
        fits(reader)
        axe(reader)


def test_people_and_places_are_kept_on_a_phone(phone, cast, sign_in, axe, fits):
    sign_in(phone, cast.account("worker"))
    phone.goto("/places/new/")
    phone.get_by_label("Number and street").fill("Bus shelter, Duke Street")
    phone.get_by_label("Town or village").fill("Barrow-in-Furness")
    axe(phone)
    fits(phone)
    press(phone, "Save")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Bus shelter, Duke Street")
    axe(phone)
    phone.goto("/people/new/")
    phone.get_by_label("What people call them").fill("Robbo")
    phone.get_by_label("How can they be reached safely?").fill("Text only, never after six")
    axe(phone)
    fits(phone)
    press(phone, "Save")
    expect(phone.get_by_text("Safe contact: Text only, never after six")).to_be_visible()
    axe(phone)
    follow(phone, "Why can I see this?")
    expect(phone.get_by_text("Recovery worker. A worker or peer mentor")).to_be_visible()
    axe(phone)
    for address in ("/people/?q=robbo", "/people/?q=somebody-else", "/places/"):
        phone.goto(address)
        fits(phone)
        axe(phone)
