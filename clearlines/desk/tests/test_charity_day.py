from datetime import timedelta

from clearlines.care import actions
from clearlines.care.tests import build as care
from clearlines.desk.charity import queries
from clearlines.referrals.tests import build as letters
from clearlines.visits.tests import build as visits


def test_the_day_gathers_what_is_due_from_every_room(cast):
    letters.received(cast.food_club, cast.worker, name="Jo Nixon")
    care.plan(cast.worker)
    visits.appointment(cast.worker)
    found = queries.day(cast.worker)
    words = [each.words for rows in found.due.values() for each in rows]
    assert any("Jo Nixon" in each for each in words)
    assert any("Review the plan" in each for each in words)
    assert any("visit" in each for each in words)
    assert [each.name for each in found.letters] == ["Jo Nixon"]
    assert [each.contact for each in found.people] == ["Not seen yet"]


def test_what_is_unfinished_comes_first(cast):
    case = care.case(cast.worker)
    actions.draft(by=cast.worker, case=case, own_words="I want")
    visits.appointment(cast.worker)
    after = cast.viewer("worker", cast.worker.now + timedelta(days=2))
    found = queries.day(after)
    assert [each.kind for each in found.unfinished] == ["Write up", "Draft"]
    assert not found.due["Overdue"]


def test_a_day_is_ones_own(cast):
    care.plan(cast.worker)
    visits.appointment(cast.worker)
    assert queries.day(cast.lead).is_clear
    assert not queries.day(cast.lead).people


def test_the_day_is_a_page_with_few_questions_to_the_database(cast, as_, django_assert_max_num_queries):
    from django.utils import timezone

    now = cast.viewer("worker", timezone.now())
    for number in range(4):
        plan = care.plan(now)
        visits.appointment(now, person=plan.case.person)
        letters.received(cast.viewer("food.club", timezone.now()), now, name=f"Person {number}")
    client = as_("worker")
    client.get("/charity/")
    with django_assert_max_num_queries(24):
        response = client.get("/charity/")
    assert b"My people" in response.content
    assert as_("sergeant").get("/charity/").status_code == 403
