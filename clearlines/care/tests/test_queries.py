from datetime import timedelta

import pytest

from clearlines.access.models import Tie
from clearlines.care import actions, queries
from clearlines.care.queries import caseload_of, change, paired_change, since
from clearlines.care.tests import build
from clearlines.people.tests import build as people
from clearlines.referrals import queries as referrals
from clearlines.visits.tests import build as visits
from tests.cast import MEMBERS, TODAY

TWELVE = timedelta(weeks=12)


def later(cast, gap=TWELVE, username="worker"):
    return cast.viewer(username, cast.worker.now + gap)


def test_nobody_but_the_charitys_workers_sees_a_case_a_plan_a_measure_or_a_count_of_them(cast):
    plan = build.plan(cast.worker)
    build.measure(cast.worker, plan.case)
    for member in MEMBERS:
        viewer = cast.viewer(member)
        seen = 1 if member in ("lead", "worker") else 0
        assert queries.cases(viewer).count() == seen, member
        assert queries.plans(viewer).count() == seen, member
        assert queries.standing_measures(viewer).count() == seen, member
        assert caseload_of(viewer, whose="all").count == seen, member
        assert paired_change(viewer, TODAY, TODAY).people == seen, member
        assert len(queries.without_current_plan(viewer, TODAY + timedelta(300))) == seen, member
        assert (queries.current_plan(viewer, plan.case.person) is not None) == bool(seen), member


def test_everybody_without_a_current_plan_is_listed_with_the_reason(cast):
    build.plan(cast.worker)
    bare, drafted = build.case(cast.worker), build.case(cast.worker)
    actions.draft(by=cast.worker, case=drafted, own_words="I want")
    found = {each.case.pk: each for each in queries.without_current_plan(cast.worker, TODAY)}
    assert {each.words for each in found.values()} == {
        "no plan, 0 days after opening",
        "a draft, not agreed, 0 days after opening",
    }
    assert set(found) == {bare.pk, drafted.pk}
    assert not found[bare.pk].is_late
    long_after = queries.without_current_plan(cast.worker, TODAY + timedelta(weeks=9))
    assert len(long_after) == 3
    assert all(each.is_late for each in long_after)
    assert "review was due on 9 August 2022" in {each.words for each in long_after}


def measured(cast, first, second, *, stage="review"):
    case = build.case(cast.worker)
    if first is not None:
        build.measure(cast.worker, case, answers=first)
    if second is not None:
        build.measure(later(cast), case, answers=second, stage=stage)
    return case


def test_a_change_is_shown_only_where_both_are_complete(cast):
    thirty_one = build.answers(3) | {"happy": 4}
    forty_four = build.answers(4) | {"happy": 6, "energy": 6}
    both = measured(cast, thirty_one, forty_four)
    blank = measured(cast, thirty_one, build.answers(4, happy=None, energy=None))
    assert change(cast.worker, both).points == 13
    assert (change(cast.worker, blank).points, change(cast.worker, blank).missing) == (None, "an answer was left blank")


def test_the_paired_change_says_who_is_missing_and_why(cast):
    measured(cast, build.answers(3), build.answers(4))
    measured(cast, build.answers(3), build.answers(5), stage="exit")
    measured(cast, build.answers(3), build.answers(2))
    measured(cast, build.answers(3), build.answers(3))
    measured(cast, build.answers(3), build.answers(5, happy=None))
    measured(cast, build.answers(3), None)
    measured(cast, None, build.answers(4))
    by = later(cast)
    build.case(by)
    found = paired_change(by, TODAY, by.today)
    assert (found.people, found.paired, found.missing) == (8, 4, 4)
    assert (found.incomplete, found.no_second, found.no_first, found.not_yet) == (1, 1, 2, 0)
    assert found.changes == (-10, 0, 10, 20)
    assert (found.median, found.better, found.worse, found.same) == (5, 2, 1, 1)
    assert not found.may_claim


def test_a_second_measure_that_is_not_due_is_not_missing_by_anybodys_fault(cast):
    build.measure(cast.worker, build.case(cast.worker))
    found = paired_change(cast.worker, TODAY, TODAY)
    assert (found.not_yet, found.no_second, found.median) == (1, 0, None)


def test_measures_after_the_period_and_people_before_it_do_not_count(cast):
    case = measured(cast, build.answers(3), build.answers(4))
    assert paired_change(cast.worker, TODAY, TODAY).paired == 0
    by = later(cast)
    actions.close(by=by, case=case, seen=1, reason="moved")
    assert paired_change(by, by.today + timedelta(1), by.today + timedelta(2)).people == 0


def test_the_caseload_says_in_words_when_somebody_was_last_seen(cast):
    case = build.case(cast.worker)
    assert [each.contact for each in caseload_of(cast.worker).rows] == ["Not seen yet"]
    visits.account(cast.worker, person=case.person)
    assert [each.contact for each in caseload_of(cast.worker).rows] == ["Seen today"]
    assert caseload_of(cast.lead).count == 0
    assert caseload_of(cast.lead, whose="all").count == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Seen today"), (1, "Seen yesterday"), (2, "Seen two days ago"), (13, "Seen 13 days ago"),
     (14, "Seen two weeks ago"), (100, "Seen 14 weeks ago")],
)  # fmt: skip
def test_days_since_contact_are_words(days, words):
    assert since(TODAY - timedelta(days=days), TODAY) == words


def test_what_is_due_is_derived_and_is_the_workers_own(cast):
    build.case(cast.worker)
    build.plan(cast.worker, goals=[build.goal(by_on=TODAY + timedelta(3))])
    kinds = sorted(each.kind for each in queries.due(cast.worker, cast.worker.now))
    assert kinds == ["Goal", "Plan", "Review"]
    assert not queries.due(cast.lead, cast.lead.now)
    assert not queries.due(cast.sergeant, cast.sergeant.now)


def test_a_letter_accepted_without_a_case_waits_on_the_caseload_of(cast):
    from clearlines.referrals.tests import build as letters

    accepted = letters.accepted(cast.food_club, cast.worker)
    assert list(queries.accepted_without_case(cast.worker)) == [accepted]
    assert queries.letter_number_of(cast.worker, accepted.person) == accepted.letter_number
    build.case(cast.worker, person=accepted.person)
    assert not queries.accepted_without_case(cast.worker)
    assert queries.letter_number_of(cast.worker, people.person(cast.worker)) == ""


def test_a_case_with_a_colleague_is_not_said_to_be_missing(cast):
    from clearlines.referrals.tests import build as letters

    accepted = letters.accepted(cast.food_club, cast.worker)
    case = build.case(cast.lead, person=accepted.person)
    Tie.objects.filter(account=cast.account("worker"), row=accepted.person_id).delete()
    assert case not in queries.cases(cast.worker)
    assert accepted in referrals.received(cast.worker)
    assert not queries.accepted_without_case(cast.worker)
