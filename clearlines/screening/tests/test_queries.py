from datetime import UTC, date, datetime

import pytest
from django.http import Http404

from clearlines.access.models import Tie
from clearlines.people.tests.build import person as a_person
from clearlines.referrals import queries as referrals
from clearlines.referrals.tests import build as letters
from clearlines.screening import queries
from clearlines.screening.models import Screening
from clearlines.screening.tests import build
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def test_police_and_partners_see_no_screening(cast):
    screening = build.completed(cast.worker)
    for outside in (cast.sergeant, cast.officer, cast.analyst, cast.probation, cast.commissioner, cast.evaluator):
        assert not queries.visible(outside).exists()
        assert queries.latest(outside, screening.person) is None
        assert queries.due(outside, NOON) == [] and queries.not_screened(outside) == []
        with pytest.raises(Http404):
            queries.screening(outside, screening.pk)


def test_what_is_due_is_unfinished_to_look_at_again_or_not_begun(cast):
    begun = build.begun(cast.worker)
    build.completed(cast.worker, person=a_person(cast.worker, given_name="Kit"))
    letters.accepted(cast.food_club, cast.worker, name="Ash")
    said = [(due.when, due.words) for due in queries.due(cast.worker, NOON)]
    assert said == [
        (date(2022, 6, 14), f"Finish the screening of {begun.person.name}"),
        (date(2022, 6, 19), "Look again at Kit Ferris: This week"),
        (date(2022, 6, 21), "Screen Ash"),
    ]


def test_somebody_whom_a_colleague_screened_is_not_said_to_be_waiting(cast):
    accepted = letters.accepted(cast.food_club, cast.worker)
    screening = build.begun(cast.lead, person=accepted.person)
    Tie.objects.filter(account=cast.account("worker"), row=accepted.person_id).delete()
    Screening.objects.filter(pk=screening.pk).update(letter=None)
    assert screening not in queries.visible(cast.worker)
    assert accepted in referrals.received(cast.worker)
    assert not queries.not_screened(cast.worker)


def test_a_later_date_is_not_due_yet_and_closed_never_is(cast):
    answers = {"visitors": build.Answered("yes", "seen")}
    build.completed(cast.worker, band="planned", answers=answers)
    build.completed(cast.worker, band="close", reason="Moved", person=a_person(cast.worker, given_name="Kit"))
    assert queries.due(cast.worker, NOON) == []
    assert len(queries.due(cast.worker, datetime(2022, 7, 8, 12, tzinfo=UTC))) == 1


def test_a_childs_questions_are_offered_first_for_a_child(cast):
    today = date(2022, 6, 14)
    child, adult = a_person(cast.worker, born_on=date(2008, 1, 1)), a_person(cast.worker)
    assert queries.tool_for(child, today) == "child-criminal-exploitation.v1"
    assert queries.tool_for(adult, today) == "generic-vulnerability.v1"


def test_what_was_asked_and_what_was_not(cast):
    screening = build.completed(cast.worker)
    said = dict(queries.answers_in_words(screening))
    assert said["Many visitors, day and night, staying a short time"] == "Yes, seen"
    assert said["There is somebody they trust and see often"] == "Not asked"


def test_lists_take_the_same_queries_however_long(cast, django_assert_max_num_queries):
    for name in "abc":
        build.completed(cast.worker, person=a_person(cast.worker, given_name=name))
    viewer = cast.worker
    with django_assert_max_num_queries(1):
        assert len([each.person.name for each in queries.current(viewer)]) == 3
