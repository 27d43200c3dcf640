from datetime import date, timedelta

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.care import actions, queries
from clearlines.care.models import Case, Goal, OutcomeMeasure, Plan
from clearlines.care.tests import build
from clearlines.people.tests import build as people


def test_a_person_has_one_open_case_and_it_is_the_charitys(cast):
    person = people.person(cast.worker)
    build.case(cast.worker, person=person)
    with pytest.raises(Refused, match="already has an open case"):
        build.case(cast.worker, person=person)
    with pytest.raises(Refused, match="another organisation"):
        build.case(cast.worker, person=people.person(cast.sergeant))
    with pytest.raises(Forbidden):
        build.case(cast.sergeant, person=people.person(cast.sergeant))


def test_a_plan_stands_in_the_persons_own_words(cast):
    plan = build.plan(cast.worker)
    assert queries.current_plan(cast.worker, plan.case.person) == plan
    assert [each.words for each in plan.goals.all()] == ["Get my keys back"]


def test_a_plan_without_words_or_agreement_is_refused_and_nothing_is_saved(cast):
    case = build.case(cast.worker)
    with pytest.raises(Refused, match="has not agreed"):
        build.plan(cast.worker, case, person_agreed=False)
    with pytest.raises(Refused, match="own words"):
        build.plan(cast.worker, case, goals=[build.goal(words="")])
    assert not Plan.objects.exists()
    assert not Goal.objects.exists()


def test_a_childs_plan_is_looked_at_again_within_six_weeks(cast):
    young = people.person(cast.worker, born_on=date(2006, 6, 15))
    case = build.case(cast.worker, person=young)
    with pytest.raises(Refused, match="under 18"):
        build.plan(cast.worker, case)
    assert build.plan(cast.worker, case, review_on=cast.worker.today + timedelta(weeks=6))


def test_a_draft_stands_beside_an_agreed_plan_until_it_is_agreed(cast):
    first = build.plan(cast.worker)
    actions.draft(by=cast.worker, case=first.case, own_words="I want to work", goals=[build.goal(words="A job")])
    actions.draft(by=cast.worker, case=first.case, own_words="I want to work", goals=[build.goal(words="A job")])
    assert queries.current_plan(cast.worker, first.case.person) == first
    second = build.plan(cast.worker, first.case, own_words="I want to work at sea", goals=[])
    first.refresh_from_db()
    assert (first.state, first.closed_why) == ("closed", "a new plan was agreed")
    assert [each.words for each in second.goals.all()] == ["A job"]
    assert queries.current_plan(cast.worker, first.case.person).own_words == "I want to work at sea"


def test_agreeing_twice_with_one_page_makes_one_plan(cast):
    import uuid

    case, key = build.case(cast.worker), uuid.uuid4()
    first, second = (build.plan(cast.worker, case, new_id=key) for _ in "ab")
    assert first == second
    assert first.goals.count() == 1


def test_a_goal_is_added_marked_and_opened_again(cast):
    plan = build.plan(cast.worker)
    added = actions.add_goal(by=cast.worker, plan=plan, goal=build.goal(words="See my daughter", domain="family"))
    met = actions.mark_goal(by=cast.worker, goal=added, seen=1, to="met", how_it_went="Sunday, for an hour")
    assert met.marked_on == cast.worker.today
    with pytest.raises(Refused, match="already marked"):
        actions.mark_goal(by=cast.worker, goal=met, seen=2, to="dropped")
    assert actions.mark_goal(by=cast.worker, goal=met, seen=2, to="open").marked_on is None
    with pytest.raises(Refused, match="somebody changed this"):
        actions.mark_goal(by=cast.lead, goal=met, seen=2, to="met")


def test_a_review_moves_the_next_one_and_keeps_the_plan_standing(cast):
    plan = build.plan(cast.worker)
    later = cast.viewer("worker", cast.worker.now + timedelta(weeks=8))
    said = {"how_it_is": "I sleep now", "person_was_there": True, "seen": plan.version}
    with pytest.raises(Refused, match="12 weeks"):
        actions.review(by=later, plan=plan, next_review_on=later.today + timedelta(weeks=13), **said)
    with pytest.raises(Refused, match="before the plan was agreed"):
        actions.review(by=later, plan=plan, held_on=date(2022, 6, 1), next_review_on=later.today + timedelta(1), **said)
    actions.review(by=later, plan=plan, next_review_on=later.today + timedelta(weeks=12), **said)
    assert queries.current_plan(later, plan.case.person).state == "reviewed"


def test_a_case_with_an_open_safeguarding_goal_is_not_closed(cast):
    plan = build.plan(cast.worker, goals=[build.goal(is_safeguarding=True)])
    with pytest.raises(Refused, match="somebody's safety"):
        actions.close(by=cast.worker, case=plan.case, seen=1, reason="planned_exit")
    actions.mark_goal(by=cast.worker, goal=plan.goals.get(), seen=1, to="met")
    closed = actions.close(by=cast.worker, case=plan.case, seen=1, reason="planned_exit")
    plan.refresh_from_db()
    assert (closed.state, plan.state) == ("closed", "closed")


def test_a_case_closed_too_soon_is_opened_again_and_the_closing_stays_in_the_story(cast):
    case = build.case(cast.worker)
    with pytest.raises(Refused, match="how you tried"):
        actions.close(by=cast.worker, case=case, seen=1, reason="lost_contact")
    closed = actions.close(by=cast.worker, case=case, seen=1, reason="lost_contact", attempts="Rang, wrote, went")
    assert not queries.caseload(cast.worker)
    actions.reopen(by=cast.worker, case=closed, seen=2, why="He rang us")
    assert [each.became for each in queries.moves(cast.worker, case)] == ["open", "closed", "open"]
    assert queries.caseload(cast.worker).get() == Case.objects.get()


def test_changing_their_mind_about_support_leaves_the_lawful_basis_where_it_was(cast):
    case = build.case(cast.worker, lawful_basis="safeguarding")
    changed = actions.record_consent(by=cast.worker, case=case, seen=1, consent="withdrawn")
    assert (changed.consent_to_support, changed.lawful_basis, changed.state) == ("withdrawn", "safeguarding", "open")


def test_a_nought_is_refused_and_a_blank_leaves_no_total(cast):
    case = build.case(cast.worker)
    with pytest.raises(Refused, match="0 is not one of them"):
        build.measure(cast.worker, case, answers=build.answers(happy=0))
    assert build.measure(cast.worker, case, answers=build.answers(happy=None)).total is None
    with pytest.raises(Refused, match="already answered"):
        build.measure(cast.worker, case)


def test_a_corrected_measure_keeps_the_old_answers(cast):
    case = build.case(cast.worker)
    first = build.measure(cast.worker, case, answers=build.answers(3))
    said = {"stage": "start", "taken_on": cast.worker.today, "answers": build.answers(4)}
    with pytest.raises(Refused, match="why"):
        actions.correct_measure(by=cast.worker, measure=first, why="", **said)
    second = actions.correct_measure(by=cast.worker, measure=first, why="Read from the wrong sheet", **said)
    assert (first.total, second.total) == (30, 40)
    assert list(queries.measures(cast.worker, case.person)) == [second]
    assert OutcomeMeasure.objects.count() == 2
    with pytest.raises(Refused, match="corrected since"):
        actions.correct_measure(by=cast.worker, measure=first, why="Again", **said)


def test_a_supported_person_reads_their_own_plan_and_nothing_else(cast):
    plan, other = build.plan(cast.worker), build.plan(cast.worker, own_words="Somebody else's")
    assert queries.own_plan(cast.supported) is None
    given = actions.give_own_plan(by=cast.worker, case=plan.case, account=cast.account("supported"))
    assert queries.own_plan(cast.supported) == plan
    assert not queries.cases(cast.supported)
    assert not queries.plans(cast.supported)
    assert not queries.standing_measures(cast.supported)
    with pytest.raises(Refused, match="belongs to somebody else"):
        actions.give_own_plan(by=cast.worker, case=other.case, account=cast.account("supported"))
    with pytest.raises(Refused, match="not one of a person"):
        actions.give_own_plan(by=cast.worker, case=plan.case, account=cast.account("lead"))
    actions.end_own_plan(by=cast.worker, access=given)
    assert queries.own_plan(cast.supported) is None


def test_pressing_twice_opens_one_case_and_makes_one_measure(cast):
    import uuid

    person, key = people.person(cast.worker), uuid.uuid4()
    first, second = (build.case(cast.worker, person=person, new_id=key) for _ in "ab")
    assert first == second
    one, two = (build.measure(cast.worker, first, new_id=key) for _ in "ab")
    assert one == two


def test_a_closed_case_gets_no_new_plan(cast):
    case = build.case(cast.worker)
    actions.close(by=cast.worker, case=case, seen=1, reason="moved")
    with pytest.raises(Refused, match="open it again first"):
        actions.draft(by=cast.worker, case=case, own_words="I want")


def test_a_correction_cannot_land_on_another_days_answers(cast):
    case = build.case(cast.worker)
    first = build.measure(cast.worker, case)
    later = cast.viewer("worker", cast.worker.now + timedelta(days=1))
    second = build.measure(later, case, stage="review")
    said = {"stage": "start", "answers": build.answers(4), "why": "Wrong day"}
    with pytest.raises(Refused, match="another was answered on 15 June 2022"):
        actions.correct_measure(by=later, measure=first, taken_on=second.taken_on, **said)
    assert queries.measures(later, case.person).count() == 2


def test_another_organisations_case_is_refused(cast):
    case = build.case(cast.worker)
    Case.objects.filter(pk=case.pk).update(owner="police")
    with pytest.raises(Refused, match="another organisation"):
        actions.record_consent(by=cast.worker, case=case, seen=1, consent="given")
