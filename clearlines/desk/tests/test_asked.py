"""One page for what other people's acts ask of somebody."""

from django.urls import reverse

from clearlines.desk.asked import asked_of, lists_of
from clearlines.openings.tests import build as openings


def words(due):
    return [each.words for found in due.values() for each in found]


def test_an_emergency_is_asked_of_the_lead_and_of_nobody_who_may_not_judge(cast):
    openings.opening(cast.worker, openings.somebody_elses(cast))
    asked = [each for each in words(asked_of(cast.lead)) if "in an emergency" in each]
    assert asked == ["Say whether Amy Postle was right to open Robin Ferris in an emergency"]
    assert not words(asked_of(cast.worker))
    assert not [each for each in words(asked_of(cast.sergeant)) if "Robin" in each]


def test_the_page_leads_to_each_list_that_one_may_open(cast, as_):
    openings.opening(cast.worker, openings.somebody_elses(cast))
    page = as_("lead").get(reverse("asked")).content.decode()
    assert "was right to open" in page
    assert all(reverse(route) in page for _, route in lists_of(cast.lead))
    assert ("Names that were asked for", "reports-to-decide") not in lists_of(cast.lead)


def test_it_reads_well_on_a_phone_and_to_a_screen_reader(cast, open_page, sign_in, axe, fits, shot):
    openings.opening(cast.worker, openings.somebody_elses(cast))
    for width in (360, 1280):
        page = sign_in(open_page(width), cast.account("lead"))
        for name, address in [("asked", "/asked/"), ("charity-day", "/charity/")]:
            page.goto(address)
            axe(page)
            fits(page)
            shot(page, f"{name}-{width}")
