from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from clearlines.access.markings import Marking
from clearlines.access.models import Tie
from clearlines.access.tests.build import tied
from clearlines.groups import actions, queries
from clearlines.groups.tests import build
from clearlines.lines.tests import build as lines
from tests.cast import NOON

AUTUMN = datetime(2022, 11, 1, 11, tzinfo=UTC)


def passed_on(cast):
    """Sorrel was Ropewalk's until 30 September, and is Quay Street's from 1 October."""
    later = cast.viewer("analyst", AUTUMN)
    row = build.runs_line(later)
    other = build.group(later, name="Quay Street")
    actions.end_line(by=later, row=row, on=date(2022, 9, 30), because="Bought with the customer list", passed_to=other)
    return later, row, other


def test_a_line_that_passed_belongs_to_each_group_on_its_own_days(cast):
    later, row, other = passed_on(cast)
    on = [[each.group for each in queries.running(later, day)] for day in (date(2022, 9, 30), date(2022, 10, 1))]
    assert on == [[row.group], [other]]
    assert [each.group for each in queries.of_line(later, row.line)] == [row.group, other]
    assert [each.group for each in queries.of_line(later, row.line, date(2022, 9, 1))] == [row.group]
    assert not queries.running(later, date(2022, 2, 9))


def test_a_page_as_at_a_day_shows_what_held_then_and_what_had_ended(cast):
    later, row, _ = passed_on(cast)
    then, now = (queries.file_of(later, row.group_id, day) for day in (date(2022, 9, 1), date(2022, 10, 5)))
    assert [len(then.lines), len(then.ended)] == [1, 0]
    assert [len(now.lines), len(now.ended)] == [0, 1]
    assert then.lines[0].standing.label == "Active"


def test_a_group_is_found_by_reference_name_or_anything_it_was_ever_called(cast):
    found = build.full_group(cast.analyst)
    for words in ("g-001", "ropewalk", "THE  ROPES"):
        assert list(queries.matching(cast.officer, words)) == [found]
    assert not queries.matching(cast.officer, "nobody")
    assert list(queries.called(cast.officer, "the ropes")) == [found]
    assert not queries.called(cast.officer, "ropes")
    assert not queries.called(cast.officer, "  ")


def test_who_directed_a_group_is_asked_of_a_day(cast):
    row = build.directs(cast.analyst)
    assert list(queries.people_of(cast.analyst, cast.analyst.today)) == [row]
    assert not queries.people_of(cast.analyst, date(2022, 2, 9))


def test_a_review_is_told_when_it_is_near_and_only_of_the_newest_result(cast):
    found = build.assessment(cast.analyst).group
    (due,) = queries.due(cast.analyst, NOON)
    assert (due.when, due.words) == (date(2022, 6, 1), "Ask for a new MoRiLE result for G-001 Ropewalk lads")
    build.assessment(cast.analyst, found, assessed_on=date(2022, 6, 2), next_review_on=date(2023, 6, 1), tool="morile")
    assert not queries.due(cast.analyst, NOON)
    assert not queries.due(cast.officer, NOON)


def test_a_result_that_was_taken_back_asks_for_no_review(cast):
    actions.take_back_assessment(by=cast.analyst, row=build.assessment(cast.analyst), because="Another group's")
    assert not queries.due(cast.analyst, NOON)


def test_another_force_sees_no_group_of_ours_and_a_key_that_is_not_ours_is_not_there(cast):
    found = build.full_group(cast.analyst)
    assert not queries.visible(cast.stranger)
    assert not queries.running(cast.stranger, cast.stranger.today)
    assert not queries.people_of(cast.stranger, cast.stranger.today)
    assert not queries.due(cast.stranger, NOON)
    with pytest.raises(Http404):
        queries.file_of(cast.stranger, found.pk)
    with pytest.raises(Http404):
        queries.one(cast.worker, found.pk)


def test_what_is_marked_higher_takes_its_rows_along(cast):
    found = build.full_group(cast.analyst)
    type(found).objects.filter(pk=found.pk).update(marking=Marking.CUSTODIAN)
    assert not queries.running(cast.analyst, cast.analyst.today)
    assert not queries.people_of(cast.analyst, cast.analyst.today)
    assert not queries.links(cast.analyst)
    assert not queries.assessments(cast.analyst)
    assert not queries.aliases(cast.analyst)


def test_whoever_is_kept_away_from_somebody_does_not_see_that_they_direct_a_group(cast):
    row = build.directs(cast.analyst)
    tied(cast, "officer", row.person, Tie.Kind.KEPT_AWAY)
    assert not queries.people_of(cast.officer, cast.officer.today)
    assert not queries.file_of(cast.officer, row.group_id).people


def test_many_groups_are_listed_by_few_questions(cast):
    for number in range(5):
        build.runs_line(cast.analyst, build.group(cast.analyst, name=f"Group {number}"), lines.line(cast.analyst))
    viewer = cast.officer
    with CaptureQueriesContext(connection) as asked:
        shown = queries.listed(viewer, queries.visible(viewer))
        assert [len(each.lines) for each in shown] == [1] * 5
        assert all(each.aliases == [] for each in shown)
    assert len(asked) <= 5
