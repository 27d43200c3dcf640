"""It opens at once, inside one controller only, closes by itself, and somebody else judges it."""

from datetime import timedelta

import pytest
from django.http import Http404

from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.tests.build import keep_away
from clearlines.care import queries as care
from clearlines.ledger.models import Entry
from clearlines.openings import actions, queries
from clearlines.openings.models import Opening
from clearlines.openings.states import Verdict
from clearlines.openings.tests import build
from clearlines.people import queries as people
from clearlines.people.tests import build as someone
from tests.cast import NOON


def test_the_plan_opens_at_once_and_closes_by_itself_on_the_hour(cast):
    person = build.somebody_elses(cast)
    assert not care.cases(cast.worker).exists()
    build.opening(cast.worker, person, hours=1)
    assert care.cases(cast.worker).get().person == person
    assert care.cases(cast.viewer("worker", NOON + timedelta(minutes=59))).exists()
    assert not care.cases(cast.viewer("worker", NOON + timedelta(hours=1))).exists()


def test_it_opens_nothing_that_another_organisation_holds(cast):
    theirs = someone.person(cast.sergeant)
    with pytest.raises(Http404):
        people.person(cast.worker, theirs.pk)
    with pytest.raises(Refused, match="on-call lead"):
        build.opening(cast.worker, theirs)


def test_it_never_opens_somebody_one_is_kept_away_from(cast):
    person = build.somebody_elses(cast)
    build.opening(cast.worker, person)
    keep_away(cast, "worker", person)
    assert not care.cases(cast.worker).exists()


def test_a_banner_says_until_when(cast):
    assert cast.worker.opened_until is None
    build.opening(cast.worker, build.somebody_elses(cast), hours=4)
    assert cast.worker.opened_until == NOON + timedelta(hours=4)


def test_closed_early_it_is_closed_and_closing_twice_changes_nothing(cast):
    opening = build.opening(cast.worker, build.somebody_elses(cast), hours=12)
    closed = actions.close(by=cast.viewer("worker", NOON + timedelta(minutes=10)), opening=opening)
    assert not care.cases(cast.viewer("worker", NOON + timedelta(minutes=11))).exists()
    again = actions.close(by=cast.viewer("worker", NOON + timedelta(minutes=20)), opening=opening)
    assert again.ended_at == closed.ended_at


def test_somebody_elses_is_not_closed_by_me(cast):
    opening = build.opening(cast.worker, build.somebody_elses(cast))
    with pytest.raises(Forbidden):
        actions.close(by=cast.lead, opening=opening)
    with pytest.raises(Opening.DoesNotExist):
        actions.close(by=cast.officer, opening=opening)


def test_a_second_person_judges_it_within_a_day_and_never_whoever_opened_it(cast):
    opening = build.opening(cast.worker, build.somebody_elses(cast))
    (due,) = queries.due(cast.lead, NOON)
    assert (due.when - NOON.date()).days == 1
    with pytest.raises(Forbidden):
        actions.judge(by=cast.worker, opening=opening, verdict=Verdict.RIGHT)
    actions.judge(by=cast.lead, opening=opening, verdict=Verdict.RIGHT)
    assert not queries.due(cast.lead, NOON)
    with pytest.raises(Refused, match="already judged"):
        actions.judge(by=cast.charity_information, opening=opening, verdict=Verdict.WRONG, words="No")


def test_judged_wrong_it_closes_now(cast):
    opening = build.opening(cast.worker, build.somebody_elses(cast), hours=12)
    with pytest.raises(Refused, match="what should have happened"):
        actions.judge(by=cast.lead, opening=opening, verdict=Verdict.WRONG)
    actions.judge(by=cast.lead, opening=opening, verdict=Verdict.WRONG, words="His worker was on the next desk")
    assert not care.cases(cast.worker).exists()
    assert queries.found_wrong(cast.charity_information).get() == opening


def test_after_three_that_nobody_has_judged_the_lead_is_rung_instead(cast):
    for _ in range(3):
        build.opening(cast.worker, build.somebody_elses(cast))
    with pytest.raises(Refused, match="ring your lead"):
        build.opening(cast.worker, build.somebody_elses(cast))


def test_the_stranger_and_the_lead_of_another_force_judge_nothing(cast):
    build.opening(cast.worker, build.somebody_elses(cast))
    assert not queries.to_judge(cast.stranger).exists()
    assert not queries.to_judge(cast.sergeant).exists()


def test_opening_twice_with_one_press_is_one_and_each_leaves_an_entry(cast):
    person = build.somebody_elses(cast)
    first = build.opening(cast.worker, person)
    assert build.opening(cast.worker, person, new_id=first.pk) == first
    assert Entry.objects.filter(event="openings.opened", subjects__name=f"people.Person:{person.pk}").count() == 1
