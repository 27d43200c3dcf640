"""The page of a case whose words were changed behind its back, as a worker sees it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clearlines.care.models import Goal
from clearlines.care.tests import build as care
from clearlines.keys.fields import CANNOT_BE_OPENED
from clearlines.keys.tests.test_pages import harm
from clearlines.screening.tests import build as screenings

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_note_that_cannot_be_opened_is_readable_at_every_width(
    cast, open_page, sign_in, axe, fits, shot, live_server, width
):
    worker = cast.viewer("worker", timezone.now())
    plan = care.plan(worker, keep_safe="Ring my sister")
    harm(plan, "own_words", "keep_safe")
    harm(Goal.objects.get(), "words", "action")
    screening = screenings.completed(worker)
    harm(screening, "grounds", "helps", "not_known")
    page = sign_in(open_page(width), cast.account("worker"))
    for name, address in [
        ("case", reverse("care-case", args=[plan.case.pk])), ("why", reverse("screening-why", args=[screening.pk])),
        ("result", reverse("screening-result", args=[screening.pk])),
    ]:  # fmt: skip
        page.goto(live_server.url + address)
        assert CANNOT_BE_OPENED in page.content()
        axe(page)
        fits(page)
        shot(page, f"keys-unreadable-{name}-{width}")
