"""Every component on one page, in a real browser: what web/README.md promises."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import expect

from clearlines.access.viewer import Viewer
from clearlines.web import forms

AT = datetime(2023, 5, 3, 13, 2, tzinfo=UTC)


class Everything(forms.Form):
    name = forms.line("Full name", help_text="As they would say it")
    born = forms.day("Date of birth", help_text="For example, 27 3 2007")
    story = forms.text("What did you see?", max_length=500)
    at = forms.clock("Time", required=False)
    outcome = forms.one_of("Outcome", [("a", "Spoke to them"), ("b", "Nobody answered")])
    needs = forms.any_of("Needs", [("a", "Housing"), ("b", "Money")], help_text="All that apply")
    area = forms.pick("Area", [("", "Choose one"), ("b", "Barrow-in-Furness")])
    agreed = forms.tick("They agree to be visited", required=True)


class Narrowed(forms.Filters):
    status = forms.pick("Status", [("", "All"), ("active", "Active")], required=False)
    words = forms.line("Name", required=False)


@pytest.fixture
def gallery():
    request = RequestFactory().get("/")
    request.viewer = Viewer.public()
    source = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")
    history = [
        {"when": AT, "what": "Disrupted", "who": "Dee Hartley", "said": "Two charged.\nOne bailed."},
        {"when": date(2023, 4, 1), "what": "Active", "href": "/me/"},
    ]
    shown = {
        "history": history,
        "day": date(2023, 5, 3),
        "at": AT,
        "said": "He said:\nشكرا",
        "form": Everything({"born_day": "31"}),
    }
    reasons = ["it is active, not disrupted", "nobody has checked back for 28 days"]
    return engines["django"].from_string(source).render({**shown, "reasons": reasons, "filters": Narrowed()}, request)


@pytest.fixture
def shown(gallery):
    """At an address of its own, so that the page's modules run as they do on any page."""

    def on(page):
        page.route("**/gallery/", lambda route: route.fulfill(body=gallery, content_type="text/html"))
        page.goto("/gallery/")
        page.wait_for_load_state("networkidle")
        return page

    return on


@pytest.mark.parametrize("width", [320, 1280])
def test_every_component_is_accessible_and_fits(width, open_page, shown, axe, fits, shot):
    page = shown(open_page(width))
    shot(page, f"components-{width}")
    fits(page)
    axe(page)


def test_an_error_in_the_summary_leads_to_its_first_box(page, shown):
    shown(page).get_by_role("link", name="Enter a real date").click()
    expect(page.get_by_label("Day")).to_be_focused()


def test_the_head_of_a_record_stays_in_sight_on_a_phone(phone, shown):
    shown(phone).get_by_role("button", name="Save").scroll_into_view_if_needed()
    expect(phone.get_by_role("heading", name="Snowy")).to_be_in_viewport()


def test_leaving_asks_first_only_when_words_would_be_lost(page, shown):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    shown(page)
    page.goto("/sign-in/")
    assert not asked
    shown(page).get_by_label("What did you see?").press_sequentially("Two boys")
    page.goto("/sign-in/")
    assert asked == ["beforeunload"]


def test_pressing_twice_sends_once(page, shown):
    sent = []
    page.route("**/sign-out/", lambda route: (sent.append(route.request), route.fulfill(status=204)))
    shown(page)
    save = page.get_by_role("button", name="Save")
    save.click()
    save.click()
    page.wait_for_timeout(300)
    assert len(sent) == 1
