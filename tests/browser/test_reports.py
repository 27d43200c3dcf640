"""A photograph, a name and its release, in a real browser; and what is left when somebody has signed out."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from clearlines.reports.models import Photograph, Source
from clearlines.reports.tests import build
from clearlines.web.tests.test_photographs import as_a_phone_writes_it
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "EXAMPLE_DAY", TODAY)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)


@pytest.fixture
def flat(tmp_path) -> Path:
    path = tmp_path / "Jean Smith at home.jpg"
    path.write_bytes(as_a_phone_writes_it())
    return path


def press(page, name="Continue"):
    page.get_by_role("button", name=name, exact=True).click()


def begin(page):
    page.goto("/reports/start/")
    page.get_by_label("No", exact=True).check()
    press(page)
    page.get_by_label("What happened?").fill("Visitors at flat 4 all night.")
    for _ in range(3):
        press(page)
    page.get_by_label("I saw or heard it happen myself").check()
    press(page)


@pytest.mark.parametrize(("width", "javascript"), [(390, False), (390, True), (1280, True)])
def test_a_neighbour_adds_a_photograph_and_leaves_a_name(open_page, cast, flat, axe, fits, shot, width, javascript):
    page = open_page(width, javascript=javascript)
    begin(page)
    page.get_by_label("Choose a photograph").set_input_files(flat)
    press(page, "Add it and choose another")
    expect(page.get_by_role("heading", name="Chosen: 1 of 3")).to_be_visible()
    page.get_by_label("Choose a photograph").set_input_files(
        {"name": "x.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic"}
    )
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("take a screenshot")
    if javascript:
        shot(page, f"report-photograph-refused-{width}")
        fits(page)
        axe(page)
    page.goto("/reports/photograph/")
    press(page)
    press(page)
    if javascript:
        shot(page, f"report-your-name-{width}")
        fits(page)
        axe(page)
    page.get_by_label("Your name").fill("Jean Example")
    page.get_by_label("How can we reach you?").fill("07700 900321")
    press(page)
    expect(page.get_by_text("Left for the custodian, and locked")).to_be_visible()
    expect(page.get_by_text("Jean Example")).to_have_count(0)
    if javascript:
        shot(page, f"report-check-{width}")
        fits(page)
        axe(page)
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")
    assert Photograph.objects.get().report is not None
    assert Source.objects.get().who.name == "Jean Example"


def test_a_photograph_is_shown_to_whoever_reads_the_report(page, cast, sign_in, axe, fits, shot):
    report = build.photographed(cast.nobody)
    page = sign_in(page, cast.account("officer"))
    page.goto(f"/triage/{report.pk}/")
    picture = page.get_by_role("img", name="Photograph 1 of 1 sent with this report")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 60)
    shot(page, "triage-photograph-1280")
    axe(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download photograph 1").click()
    assert taken.value.suggested_filename == "photograph-OFFICIAL-SENSITIVE.jpg"


PAGES = ["sources", "source", "contact", "forget", "to-decide", "decide", "asked", "ask", "released"]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_about_a_name_is_accessible_and_fits(open_page, cast, sign_in, axe, fits, shot, width):
    for _ in range(3):
        source = build.source(cast)
    released = build.released(cast)
    build.proposed(cast)
    asked = build.asked(cast)
    pages = {
        "custodian": {
            "sources": "/reports/sources/", "source": f"/reports/sources/{source.pk}/",
            "contact": f"/reports/sources/{source.pk}/contact/", "forget": f"/reports/sources/{source.pk}/forget/",
            "to-decide": "/reports/sources/to-decide/", "decide": f"/reports/sources/to-decide/{asked.pk}/",
        },
        "officer": {
            "ask": f"/reports/{source.report_id}/who/", "asked": "/reports/asked/",
            "released": f"/reports/asked/{released.pk}/",
        },
    }  # fmt: skip
    for member, addresses in pages.items():
        page = sign_in(open_page(width), cast.account(member))
        for name, address in addresses.items():
            page.goto(address)
            expect(page.locator("h1")).to_have_count(1)
            shot(page, f"names-{name}-{width}")
            fits(page)
            axe(page)
        if member == "officer":
            press(page, "Show it to me now")
            expect(page.get_by_text("Jean Example")).to_be_visible()
            shot(page, f"names-shown-{width}")
            axe(page)
            page.reload()
            expect(page.get_by_text("Jean Example")).to_have_count(0)


def test_after_signing_out_the_back_button_shows_nothing(page, cast, sign_in):
    report = build.report(cast.nobody, words="Visitors at flat 4 all night.")
    sign_in(page, cast.account("officer")).goto(f"/triage/{report.pk}/")
    expect(page.get_by_text("Visitors at flat 4")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/$|/sign-"))
    for _ in range(2):
        page.go_back()
        expect(page.get_by_text("Visitors at flat 4")).to_have_count(0)
    assert not [each for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]


def test_after_exit_this_page_the_back_button_shows_nothing(page, cast):
    page.route(re.compile("bbc.co.uk"), lambda route: route.fulfill(body="weather"))
    begin(page)
    page.goto("/reports/what/")
    expect(page.get_by_label("What happened?")).to_have_value("Visitors at flat 4 all night.")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(re.compile("bbc.co.uk/weather"))
    page.go_back()
    expect(page.get_by_text("Visitors at flat 4")).to_have_count(0)
