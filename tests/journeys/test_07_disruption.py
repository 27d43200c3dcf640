"""A constable records a warrant as Major; a sergeant makes it Moderate; both stand, and the figures use the second."""

from datetime import date

from playwright.sync_api import expect

from clearlines.disruptions.models import Contribution, Disruption, Moderation
from clearlines.disruptions.tests import build
from clearlines.lines.tests import build as lines
from tests.journeys.test_03_line_register import fill_day, follow, press

WARRANT = date(2022, 6, 10)


def say_what_was_done(page, *, agency: str = "Fellside Constabulary", tactic: str = "Search warrant at an address"):
    page.goto("/disruptions/")
    press(page, "Record what was done")
    page.get_by_label("What was done?").fill("A warrant at a flat on Ropewalk Lane")
    fill_day(page, "On which day?", WARRANT)
    page.get_by_label("Which line was it done to?").select_option(label="L-0001 Bracken")
    page.get_by_label("By which tactic?").select_option(label=tactic)
    page.get_by_label("Pursue: stop").check()
    page.get_by_label("Major: It will be").check()
    page.get_by_label("Why that level?").fill("The man who held the phone was there")
    page.get_by_label("Which agency led?").select_option(label=agency)
    press(page, "Record it")


def test_s07_a_level_is_proposed_by_one_decided_by_another_and_the_figures_use_the_second(
    open_page, cast, sign_in, axe, fits, shot
):  # fmt: skip
    lines.active_line(cast.analyst)
    officer = sign_in(open_page(360, 740, javascript=False), cast.account("officer"))
    say_what_was_done(officer)
    expect(officer.get_by_role("alert")).to_contain_text("can harm somebody who is being used")
    shot(officer, "disruptions-victims-360")
    assert not Disruption.objects.exists()
    officer.get_by_label("What does this mean for anybody who is being used").fill("She is at her sister’s tonight")
    press(officer, "Record it")
    expect(officer.get_by_role("heading", name="Major, proposed")).to_be_visible()
    expect(officer.get_by_role("link", name="Decide the level")).to_have_count(0)
    the_sergeant_decides(sign_in(open_page(1280), cast.account("sergeant")), axe, fits, shot)
    assert Moderation.objects.get().level == "moderate"
    assert Disruption.objects.get().level_proposed == "major"


def the_sergeant_decides(page, axe, fits, shot):
    page.goto("/disruptions/?waiting=on")
    axe(page)
    follow(page, "D-0001")
    press(page, "Decide the level")
    page.get_by_label("Moderate: They noticed").check()
    page.get_by_label("Why?").fill("Another number was selling within a week")
    axe(page)
    press(page, "Decide")
    expect(page.get_by_role("heading", name="Major, proposed")).to_be_visible()
    expect(page.get_by_role("heading", name="Moderate, decided")).to_be_visible()
    axe(page)
    shot(page, "disruptions-decided-1280")
    page.goto("/disruptions/totals/")
    fill_day(page, "From", date(2022, 4, 1))
    fill_day(page, "To", date(2022, 6, 30))
    press(page, "Show")
    expect(page.get_by_role("row", name="Pursue 0 1 0 0 1")).to_be_visible()
    axe(page)
    for address in ("/disruptions/", "/disruptions/totals/", "/disruptions/tactics/", "/disruptions/new/"):
        page.goto(address)
        fits(page)
        axe(page)


def test_s07_whoever_proposed_it_is_told_that_a_colleague_decides(page, cast, sign_in, axe):
    found = build.disruption(cast.analyst)
    sign_in(page, cast.account("analyst"))
    page.goto(f"/disruptions/{found.pk}/")
    expect(page.get_by_role("button", name="Decide the level")).to_be_disabled()
    expect(page.get_by_text("The person who proposed it cannot decide its level: ask a colleague.")).to_be_visible()
    axe(page)


def test_s41_an_arrest_that_another_force_claims_stays_one_arrest(phone, cast, sign_in, axe, fits, shot):
    build.disruption(cast.analyst)
    sign_in(phone, cast.account("officer"))
    say_what_was_done(phone, agency="Railway Police, North West", tactic="Arrest of somebody who controls the line")
    expect(phone.get_by_text("Something like it is recorded already. Look before you decide:")).to_be_visible()
    axe(phone)
    fits(phone)
    shot(phone, "disruptions-same-act-360")
    assert Disruption.objects.count() == 1
    phone.get_by_label("the same act as D-0001").check()
    press(phone, "Record it")
    expect(phone.get_by_text("Railway Police, North West, 10 June 2022: Reported the same act too")).to_be_visible()
    expect(phone.get_by_text("The act is counted once.")).to_be_visible()
    axe(phone)
    assert (Disruption.objects.count(), Contribution.objects.count()) == (1, 1)
