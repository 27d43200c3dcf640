"""The frame of every page, in a real browser: accessible, narrow, by keyboard, without JavaScript."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

WIDTHS = (320, 360, 1280, 2560)
PUBLIC = {"home": "/", "sign-in": "/sign-in/", "sign-up": "/sign-up/", "not-found": "/nowhere/"}
SIGNED_IN = {"places": "/", "me": "/me/", "forbidden": "/governance/", "sign-out": "/sign-out/"}


@pytest.fixture
def look(axe, fits, shot):
    """At each address: one heading, no fault, nothing wider than the window at any width."""

    def looked(page, addresses):
        for name, address in addresses.items():
            page.goto(address)
            expect(page.locator("h1")).to_have_count(1)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                shot(page, f"{name}-{width}")
                fits(page)
                if width in (320, 1280):
                    axe(page)

    return looked


def test_what_the_public_sees_is_accessible_and_fits(page, look):
    look(page, PUBLIC)


def test_what_somebody_signed_in_sees_first_is_accessible_and_fits(page, look, cast, sign_in):
    look(sign_in(page, cast.account("sergeant")), SIGNED_IN)


def test_the_first_press_of_tab_offers_to_skip_to_the_page(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_somebody_signs_in_and_out_by_keyboard_without_javascript(open_page, cast):
    page = open_page(javascript=False)
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("worker")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    account = cast.account("worker")
    account.set_password("correct horse battery")
    account.save()
    page.get_by_label("Username").fill("worker")
    page.get_by_label("Password").fill("correct horse battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where to go")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_a_mistake_in_signing_in_is_announced_and_accessible(page, axe, shot):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    shot(page, "sign-in-wrong-1280")
    axe(page)


def test_the_places_fold_into_a_menu_on_a_phone(phone, cast, sign_in):
    sign_in(phone, cast.account("sergeant")).goto("/")
    menu = phone.get_by_role("button", name="Places menu")
    place = phone.get_by_role("navigation").get_by_role("link").first
    expect(place).to_be_hidden()
    menu.click()
    expect(place).to_be_visible()


def test_the_places_are_all_there_without_javascript(open_page, cast, sign_in):
    page = sign_in(open_page(360, javascript=False), cast.account("sergeant"))
    page.goto("/")
    expect(page.get_by_role("navigation").get_by_role("link").first).to_be_visible()


def test_the_error_that_stands_alone_is_accessible(page, axe, fits, shot):
    page.goto("/sign-up/")
    page.set_content(render_to_string("web/error_alone.html"))
    page.wait_for_load_state("networkidle")
    shot(page, "went-wrong-1280")
    fits(page)
    axe(page)
