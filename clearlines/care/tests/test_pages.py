from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clearlines.care.models import OutcomeMeasure, Plan
from clearlines.care.tests import build
from clearlines.visits.tests import build as visits

pytestmark = pytest.mark.slow
BESIDES = 10
KEY = "11111111-1111-4111-8111-111111111111"


def now(cast, username="worker"):
    return cast.viewer(username, timezone.now())


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def plan_said(**more):
    today = timezone.localdate()
    said = {"new_id": KEY, "own_words": "My flat back", "copy_given": "paper", "do": "agree", "person_agreed": "on"}
    said |= day("agreed_on", today) | day("review_on", today + timedelta(weeks=4))
    for number in (1, 2, 3):
        said[f"goal{number}-domain"] = "housing"
    return said | {"goal1-words": "Keys", "goal1-action": "Ring", "goal1-who": "Amy"} | more


def test_a_plan_pressed_twice_is_one_and_empty_goals_are_none(cast, as_):
    case, client = build.case(now(cast)), as_("worker")
    for _ in "ab":
        assert client.post(reverse("care-plan", args=[case.pk]), plan_said()).status_code == 302
    assert [goal.words for goal in Plan.objects.get().goals.all()] == ["Keys"]


def test_a_plan_kept_as_a_draft_is_carried_on_with(cast, as_):
    case, client = build.case(now(cast)), as_("worker")
    address = reverse("care-plan", args=[case.pk])
    client.post(address, plan_said(do="draft", person_agreed=""))
    assert Plan.objects.get().state == "draft"
    assert b"My flat back" in client.get(address).content
    key = str(Plan.objects.get().pk)
    client.post(address, plan_said(**{"goal1-words": "", "goal1-action": "", "goal1-who": "", "new_id": key}))
    assert Plan.objects.get().state == "agreed"


def test_a_nought_gets_a_sentence_and_keeps_what_was_typed(cast, as_):
    case = build.case(now(cast))
    said = {"new_id": KEY, "stage": "start"} | day("taken_on", timezone.localdate())
    said |= {f"item_{key}": answer for key, answer in build.answers(5, happy=0).items()}
    page = as_("worker").post(reverse("care-measure", args=[case.pk]), said).content.decode()
    assert "Answers run from 1 to 6: 0 is not one of them; leave a question blank instead." in page
    assert not OutcomeMeasure.objects.exists()


def test_letters_where_a_number_belongs_get_a_sentence(cast, as_):
    case = build.case(now(cast))
    said = {"new_id": KEY, "stage": "start", "item_happy": "very"} | day("taken_on", timezone.localdate())
    page = as_("worker").post(reverse("care-measure", args=[case.pk]), said).content.decode()
    assert "Question 2: answer with a number from 1 to 6, or leave it blank." in page


def test_a_stale_page_closes_nothing(cast, as_):
    case = build.case(now(cast))
    said = {"seen": 7, "reason": "moved"} | day("closed_on", timezone.localdate())
    page = as_("worker").post(reverse("care-close", args=[case.pk]), said).content.decode()
    assert "Somebody changed this after you opened the page" in page


def test_their_own_page_shows_no_measure_and_no_note(cast, as_):
    from clearlines.care import actions

    plan = build.plan(now(cast))
    build.measure(now(cast), plan.case)
    actions.give_own_plan(by=now(cast), case=plan.case, account=cast.account("supported"))
    page = as_("supported").get(reverse("care-mine")).content.decode()
    assert "to see my daughter on Sundays" in page
    assert "BARC" not in page
    assert "Ferris" not in page


def test_the_pages_ask_the_database_few_questions(cast, as_, django_assert_max_num_queries):
    for _ in range(4):
        plan = build.plan(now(cast))
        build.measure(now(cast), plan.case)
        visits.appointment(now(cast), person=plan.case.person)
        visits.account(now(cast), person=plan.case.person)
    client = as_("worker")
    for address in (reverse("care-list"), reverse("care-without-plan"), reverse("care-case", args=[plan.case_id])):
        client.get(address)
        with django_assert_max_num_queries(12 + BESIDES):
            assert client.get(address).status_code == 200
