"""The screening: a worker asks, the rules give reasons, a person sets the band, and puts a slip right."""

from playwright.sync_api import expect

from clearlines.referrals.tests import build
from clearlines.screening.models import Screening


def test_a_worker_screens_somebody_and_sets_the_band(open_page, cast, sign_in, axe, fits, shot):
    build.accepted(cast.food_club, cast.worker, name="Robin Ferris")
    page = sign_in(open_page(360), cast.account("worker"))
    begin(page, axe, fits, shot)
    ask_in_two_sittings(page, axe, fits, shot)
    set_the_band(page, axe, fits, shot)
    put_right(page)
    assert sorted(Screening.objects.values_list("state", "band")) == [("completed", "planned"), ("superseded", "today")]

    # Reason on demand, for printing.
    page.get_by_role("link", name="The whole of it, to print").click()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("main")).to_contain_text("one-sign")
    expect(page.locator("main")).to_contain_text("The visitors were a birthday party")
    shot(page, "screening-why-1280")
    axe(page)
    page.set_viewport_size({"width": 360, "height": 740})
    fits(page)


def begin(page, axe, fits, shot):
    """Refused while there is neither consent nor a reason to go without it."""
    page.goto("/screening/")
    shot(page, "screening-list-360")
    page.get_by_role("link", name="Screen Robin Ferris").click()
    choose(page, "Did they understand it?", "Yes, as it is")
    choose(page, "Do they want support?", "They have not been asked")
    shot(page, "screening-begin-360")
    axe(page)
    fits(page)
    page.get_by_role("button", name="I have told them").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask whether the person wants support")
    assert not Screening.objects.exists()
    choose(page, "Do they want support?", "Yes, they want support")
    page.get_by_role("button", name="I have told them").click()


def ask_in_two_sittings(page, axe, fits, shot):
    """Half is saved, and picked up again."""
    choose(page, "Many visitors, day and night", "Yes")
    page.get_by_role("group", name="Many visitors").get_by_label("If yes, how do you know?").select_option("I saw it")
    shot(page, "screening-questions-360")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Save and come back").click()
    page.get_by_role("link", name="Robin Ferris").click()
    visitors = page.get_by_role("group", name="Many visitors, day and night")
    expect(visitors.get_by_label("Yes", exact=True)).to_be_checked()
    choose(page, "They owe money", "Yes")
    debt = page.get_by_role("group", name="They owe money")
    debt.get_by_label("If yes, how do you know?").select_option("They or somebody else told me")
    choose(page, "They have overdosed", "Not known")
    page.get_by_role("button", name="See what it suggests").click()


def set_the_band(page, axe, fits, shot):
    """Reasons in words, what is missing, no number; and a person decides, with a reason if otherwise."""
    expect(page.get_by_role("heading", level=2, name="The answers suggest: this week")).to_be_visible()
    expect(page.locator("main")).to_contain_text("touch more than one part of their life")
    expect(page.locator("main")).to_contain_text("They have overdosed in the last 28 days")
    axe(page)
    fits(page)
    choose(page, "How soon should somebody go?", "Today")
    page.get_by_role("button", name="Set the band").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why your band is not the suggested one")
    page.get_by_label("Why, if it is not the band suggested?").fill("weapon seen")
    shot(page, "screening-result-360")
    page.get_by_role("button", name="Set the band").click()
    expect(page.get_by_role("heading", level=2, name="Today", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Set by Amy Postle")


def put_right(page):
    """The visitors were somebody's birthday party. The first screening is kept, replaced."""
    page.get_by_role("button", name="Do it again").click()
    page.get_by_label("What needs putting right?").fill("The visitors were a birthday party")
    page.get_by_role("button", name="Go on to the questions").click()
    choose(page, "Many visitors, day and night", "No")
    page.get_by_role("button", name="See what it suggests").click()
    expect(page.get_by_role("heading", level=2, name="The answers suggest: planned")).to_be_visible()
    choose(page, "How soon should somebody go?", "Planned")
    page.get_by_role("button", name="Set the band").click()
    expect(page.get_by_role("heading", level=2, name="Planned", exact=True)).to_be_visible()


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_police_cannot_open_a_screening(page, cast, sign_in):
    from clearlines.screening.tests.build import completed

    screening = completed(cast.worker)
    sign_in(page, cast.account("sergeant")).goto(f"/screening/{screening.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot open this page")
