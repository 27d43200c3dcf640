"""The menu: one line on a desk screen, everything within two presses, and never lost to a page's own words."""

import pytest
from django.urls import reverse

from clearlines.web.context import ROW_HOLDS, menu_of, open_to


def test_nobodys_row_is_longer_than_a_line_and_nothing_is_left_out(cast):
    for name in cast.accounts:
        viewer = cast.viewer(name)
        menu = menu_of(viewer, "/")
        assert len(menu.row) <= ROW_HOLDS, name
        assert {place.label for place in [*menu.row, *menu.more]} == {place.label for place in open_to(viewer)}


def test_the_first_page_gathers_every_place_once(cast):
    menu = menu_of(cast.sergeant, "/")
    gathered = [place.label for places in menu.parts.values() for place in places]
    assert sorted(gathered) == sorted(place.label for place in open_to(cast.sergeant))


def test_more_is_marked_when_the_page_is_in_it(cast):
    assert menu_of(cast.sergeant, reverse("returns-list")).is_within_more
    assert not menu_of(cast.sergeant, reverse("lines-list")).is_within_more


def test_a_page_that_shows_places_keeps_its_menu(as_):
    assert 'aria-label="Places menu"' in as_("sergeant").get(reverse("visits-find")).content.decode()


@pytest.mark.browser
def test_more_opens_by_keyboard_without_javascript(open_page, sign_in, cast):
    page = sign_in(open_page(1280, javascript=False), cast.account("sergeant"))
    page.goto("/")
    page.get_by_text("More", exact=True).press("Enter")
    link = page.get_by_role("navigation").get_by_role("link", name="Returns")
    link.click()
    assert page.url.endswith(reverse("returns-list"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_more_is_accessible_and_fits_when_it_is_open(open_page, sign_in, cast, axe, fits, width):
    page = sign_in(open_page(width), cast.account("sergeant"))
    page.goto("/")
    if width == 360:
        page.get_by_role("button", name="Places menu").click()
    page.get_by_text("More", exact=True).click()
    fits(page)
    axe(page)
