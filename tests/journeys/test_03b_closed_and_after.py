"""What closing does, seen by those who live with it: checks, the charity told where, a line that moved, a victim."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from clearlines.lines import actions, queries
from clearlines.lines.models import CheckBack, LineLink, RoleOnLine
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build
from clearlines.lines.tests.test_displaced import barrow_and_ulverston
from tests.journeys.test_03_line_register import fill_day, follow, press

S = Status


def test_s03_a_type_2_closure_counts_from_compliance_and_its_checks_and_watch_begin(page, cast, sign_in, axe, shot):
    build.full_line(cast.analyst)
    sign_in(page, cast.account("sergeant"))
    page.goto("/lines/")
    follow(page, "L-0001")
    line = page.url
    press(page, "Record what it became")
    page.get_by_label("Closed, Type 2", exact=True).check()
    press(page, "Go on")
    page.get_by_label("Reference of the order").fill("DDTRO 7")
    fill_day(page, "When was the order granted?", date(2022, 6, 10))
    fill_day(page, "When was the order complied with, or the number dead?", date(2022, 6, 17))
    press(page, "Record it")
    expect(page.get_by_text("Closed, Type 2 since 17 June 2022")).to_be_visible()
    for days, due in ((7, "24 June 2022"), (28, "15 July 2022"), (90, "15 September 2022")):
        expect(page.get_by_role("listitem").filter(has_text=f"The {days}-day check")).to_contain_text(f"due {due}")
    expect(page.get_by_role("heading", name="The days after closing")).to_be_visible()
    axe(page)
    shot(page, "lines-closed-1280")
    found = queries.summary(
        cast.viewer("sergeant", datetime(2022, 6, 20, tzinfo=UTC)), build.FIRST_KNOWN, date(2022, 6, 20)
    )
    assert (found.type1, found.type2) == (0, 1)
    page.goto("/force/")
    expect(page.get_by_text("The 7-day check")).to_be_visible()
    axe(page)
    assert line.endswith("/")


def test_s05_in_use_at_the_28_day_check_it_is_active_again_and_the_closure_stays(phone, cast, sign_in, axe, fits, shot):
    line = build.closed_line(cast.analyst)
    sign_in(phone, cast.account("analyst"))
    phone.goto(f"/lines/{line.pk}/")
    follow(phone, "Is it still out of use? The 28-day check")
    axe(phone)
    fits(phone)
    phone.get_by_label("In use again").check()
    fill_day(phone, "On which day did you look?", date(2022, 6, 17))
    press(phone, "Save")
    expect(phone.get_by_role("alert")).to_contain_text("Say what you saw or tried")
    phone.get_by_label("What did you see or try?").fill("Bulk texts to forty people")
    shot(phone, "lines-check-360")
    press(phone, "Save")
    expect(phone.get_by_text("Active since 17 June 2022")).to_be_visible()
    expect(phone.get_by_text("Closed, Type 2 from 20 May 2022", exact=True)).to_be_visible()
    expect(phone.get_by_text("The 28-day check of the closure on 20 May 2022: in use again")).to_be_visible()
    fits(phone)
    axe(phone)
    shot(phone, "lines-came-back-360")
    assert CheckBack.objects.get().days == 28


def test_s08_the_same_holder_along_the_coast_is_asked_about_and_both_towns_show_it(
    page, cast, sign_in, axe, shot, settings
):  # fmt: skip
    settings.EXAMPLE_DAY = cast.analyst.today
    barrow_and_ulverston(cast)
    sign_in(page, cast.account("sergeant"))
    page.goto("/force/")
    follow(page, "L-0001 Bracken closed; L-0002 Willow: the same person holds it. Did it move on?")
    expect(page.get_by_text("That is a reason to look, and no more.")).to_be_visible()
    axe(page)
    page.get_by_label("Yes: the same people went on there").check()
    fill_day(page, "When was that seen?", date(2022, 6, 3))
    page.get_by_label("Grade").fill("2B")
    page.get_by_label("What makes you say so?").fill("The same man meets buyers in both towns")
    shot(page, "lines-displaced-1280")
    press(page, "Save")
    expect(page.get_by_text("graded 2B: The same man meets buyers in both towns")).to_be_visible()
    assert LineLink.objects.get().kind == "displacement"
    page.goto("/lines/?on_day=14&on_month=6&on_year=2022")
    towns = page.locator("#towns")
    expect(towns.get_by_role("row", name="Barrow-in-Furness 0 of 1")).to_contain_text("−1 (1 to 0)")
    expect(towns.get_by_role("row", name="Ulverston 1 of 1")).to_contain_text("+1 (0 to 1)")
    axe(page)
    page.goto("/force/")
    expect(page.get_by_text("Did it move on?")).to_have_count(0)


def test_s50_a_carrier_found_to_be_a_victim_is_put_right_and_nothing_is_hidden(page, cast, sign_in, axe, shot):
    line, person = build.recognised(cast)
    sign_in(page, cast.account("analyst"))
    page.goto("/force/")
    follow(page, "Callum Penny is recognised as a victim and still stands on L-0001 Bracken")
    axe(page)
    page.get_by_label("They end on the day of the decision").check()
    shot(page, "lines-recognise-1280")
    press(page, "Record it on 1 line")
    page.goto(f"/lines/{line.pk}/")
    expect(page.get_by_text("Callum Penny: Exploited adult (victim)")).to_be_visible()
    expect(page.get_by_text("Ended: Recognised as a victim of modern slavery on 6 June 2022")).to_be_visible()
    axe(page)
    rows = RoleOnLine.objects.filter(person=person).order_by("role")
    assert [(row.role, bool(row.until_on)) for row in rows] == [(Role.CARRIER, True), (Role.EXPLOITED_ADULT, False)]
    page.goto("/force/networks/")
    expect(page.get_by_text("Callum Penny")).to_have_count(0)


def test_a_closed_line_is_told_to_the_charity_as_an_area_and_a_time_and_as_nothing_else(open_page, cast, sign_in, axe):
    line = build.full_line(cast.analyst)
    today = cast.analyst.today
    actions.move(by=cast.analyst, line=line, to=S.CLOSED_T2, on=today, complied_on=today)
    lead = sign_in(open_page(360, 740), cast.account("lead"))
    lead.goto("/aftercare/")
    axe(lead)
    said = lead.content()
    assert "Bracken" not in said and "L-0001" not in said
