"""Governance's pages in a real browser: read by a screen reader, on a phone and on a desk."""

import pytest

from clearlines.access.viewer import Viewer
from clearlines.governance.tests import build
from clearlines.people.tests import build as people

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_information_managers_pages_fit_and_are_accessible(cast, open_page, sign_in, axe, fits, shot, width):
    person = build.neighbour(cast)
    viewer = Viewer.of(cast.account("worker"))
    build.look_at(viewer, person)
    build.look_at(viewer, "people.list", person, *(people.person(cast.worker) for _ in range(4)), page="people-list")
    odd = build.odd(cast)
    page = sign_in(open_page(width), cast.account("charity.information"))
    addresses = {
        "home": "/governance/", "looked": f"/governance/looked/people.Person/{person.pk}/", "odd": "/governance/odd/",
        "odd-look": f"/governance/odd/{odd.pk}/", "searches": "/governance/searches/",
        "check": "/governance/ledger/check/",
    }  # fmt: skip
    for name, address in addresses.items():
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"governance-{name}-{width}")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_supervisors_and_a_workers_pages_fit_and_are_accessible(cast, open_page, sign_in, axe, fits, shot, width):
    sampled = build.sampled(cast)
    page = sign_in(open_page(width), cast.account("lead"))
    for name, address in {
        "sign-offs": "/governance/sign-off/", "sign-off": f"/governance/sign-off/{sampled.pk}/",
        "my-street": "/governance/my-street/",
    }.items():  # fmt: skip
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"governance-{name}-{width}")


def test_a_look_is_signed_off_with_the_keyboard_alone(cast, page, sign_in):
    build.sampled(cast)
    sign_in(page, cast.account("lead")).goto("/governance/sign-off/")
    page.get_by_role("link", name="Amy Postle").press("Enter")
    page.get_by_label("Yes, part of their work").press("Space")
    page.get_by_role("button", name="Save your answer").press("Enter")
    page.get_by_text("Nothing to sign off").wait_for()
