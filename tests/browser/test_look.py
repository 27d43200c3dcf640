"""The frame of every page, in a real browser: accessible, narrow, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect

WIDTHS = (320, 360, 1280, 2560)
PUBLIC = {"home": "/", "sign-in": "/sign-in/", "sign-up": "/sign-up/", "not-found": "/nowhere/"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PUBLIC)
def test_what_the_public_sees_is_accessible_and_fits(name, width, open_page, axe, fits, shot):
    page = open_page(width)
    page.goto(PUBLIC[name])
    shot(page, f"{name}-{width}")
    fits(page)
    axe(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_somebody_signed_in_sees_first_is_accessible_and_fits(width, open_page, axe, fits, shot, cast, sign_in):
    page = sign_in(open_page(width), cast.account("sergeant"))
    for name, address in {"places": "/", "me": "/me/", "forbidden": "/governance/", "sign-out": "/sign-out/"}.items():
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        shot(page, f"{name}-{width}")
        fits(page)
        axe(page)


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


def test_a_mistake_in_signing_in_is_announced_and_accessible(page, axe, cast, shot):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    shot(page, "sign-in-wrong-1280")
    axe(page)


def test_the_places_fold_into_a_menu_on_a_phone(phone, cast, sign_in, shot):
    sign_in(phone, cast.account("police.information")).goto("/")
    shot(phone, "places-menu-360")
    expect(phone.get_by_role("banner")).to_contain_text("Sign out")


def test_the_error_that_stands_alone_is_accessible(page, axe, fits, shot, client):
    from django.template.loader import render_to_string

    page.goto("/sign-up/")
    page.set_content(render_to_string("web/error_alone.html"))
    page.wait_for_load_state("networkidle")
    shot(page, "went-wrong-1280")
    fits(page)
    axe(page)
