"""A note that cannot be opened is a sentence on its page, never an error, and is written down under who looked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clearlines.care.models import Goal, Plan
from clearlines.care.tests import build as care
from clearlines.keys import ring
from clearlines.keys.fields import CANNOT_BE_OPENED
from clearlines.keys.tests.test_fields import column, put
from clearlines.ledger.models import Entry
from clearlines.screening.tests import build as screenings
from clearlines.visits.tests import build as visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.viewer("worker", timezone.now())


def harm(row, *names):
    for name in names:
        put(row, name, column(row, name)[:-4] + "AAAA")


def test_a_case_with_a_note_that_was_changed_opens_and_says_so(cast, as_, worker):
    plan = care.plan(worker)
    harm(plan, "own_words")
    harm(Goal.objects.get(), "words")
    page = as_("worker").get(reverse("care-case", args=[plan.case.pk]))
    assert page.status_code == 200
    assert CANNOT_BE_OPENED in page.content.decode()
    entries = Entry.objects.filter(event="keys.unreadable")
    assert {(entry.actor, entry.note) for entry in entries} == {("worker", "own_words"), ("worker", "words")}
    assert {subject.name for entry in entries for subject in entry.subjects.all()} == {
        f"care.Plan:{plan.pk}", f"care.Goal:{Goal.objects.get().pk}"
    }  # fmt: skip


def test_a_screening_whose_reasons_were_changed_opens_and_says_so(as_, worker):
    screening = screenings.completed(worker)
    harm(screening, "grounds", "helps", "not_known", "facts")
    for route in ("screening-result", "screening-why"):
        page = as_("worker").get(reverse(route, args=[screening.pk]))
        assert page.status_code == 200
        assert CANNOT_BE_OPENED in page.content.decode()


def test_an_account_of_a_visit_that_was_changed_opens_and_says_so(as_, worker):
    account = visits.account(worker, facts="The back door has been forced", opinion="He is afraid", outcome="seen")
    harm(account, "facts", "opinion")
    page = as_("worker").get(reverse("visits-appointment", args=[account.appointment.pk]))
    assert page.status_code == 200
    assert CANNOT_BE_OPENED in page.content.decode()


def test_when_the_key_is_away_every_page_opens_and_nothing_new_can_be_written(as_, worker, settings, tmp_path):
    plan = care.plan(worker)
    client = as_("worker")
    settings.KEYS_DIR, settings.KEYS_MADE_AT_NEED = tmp_path, False
    ring.forget()
    page = client.get(reverse("care-case", args=[plan.case.pk]))
    assert page.status_code == 200
    assert CANNOT_BE_OPENED in page.content.decode()
    today = timezone.localdate()
    said = {"seen": 1, "how_it_is": "better", "person_was_there": "yes"}
    said |= {
        f"{name}_{part}": getattr(today, part)
        for name in ("held_on", "next_review_on")
        for part in ("day", "month", "year")
    }
    refused = client.post(reverse("care-review", args=[plan.pk]), said)
    assert refused.status_code in (200, 409)
    assert Plan.objects.get().reviews.count() == 0
