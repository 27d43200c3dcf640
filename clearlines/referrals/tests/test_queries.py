from datetime import UTC, date, datetime

import pytest
from django.http import Http404

from clearlines.people.tests.build import person as a_person
from clearlines.referrals import actions, queries
from clearlines.referrals.tests import build
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def test_a_sender_sees_its_own_letters_and_nobody_elses(cast):
    build.sent(cast.sergeant)
    build.sent(cast.food_club)
    assert {each.owner_id for each in queries.sent(cast.sergeant)} == {"police"}
    assert {each.owner_id for each in queries.sent(cast.food_club)} == {"food_club"}
    assert not queries.sent(cast.stranger).exists() and not queries.received(cast.sergeant).exists()


def test_another_organisations_letter_looks_like_one_that_is_not_there(cast):
    sent = build.sent(cast.sergeant)
    with pytest.raises(Http404):
        queries.sent_one(cast.food_club, sent.pk)


def test_what_is_not_acknowledged_stands_first_the_longest_overdue_at_the_top(cast):
    build.acknowledged(cast.food_club, cast.worker, name="Third")
    build.sent(cast.food_club, name="Second")
    build.sent(cast.viewer("food.club", datetime(2022, 6, 7, 12, tzinfo=UTC)), name="First")
    assert [each.name for each in queries.waiting(cast.worker)] == ["First", "Second", "Third"]
    assert not queries.decided(cast.worker).exists()


def test_what_is_due_follows_the_letter(cast):
    letter = build.received(cast.probation, cast.worker, release_on=date(2022, 6, 17))

    def due():
        (found,) = queries.due(cast.worker, NOON)
        return found.when, found.words

    assert due() == (date(2022, 6, 15), "Acknowledge the letter about Robin Ferris, from Fellside Probation")
    letter = actions.acknowledge(by=cast.worker, received=letter, worker=cast.account("worker"))
    assert due() == (date(2022, 6, 18), "Decide on the letter about Robin Ferris")
    letter = actions.accept(by=cast.worker, received=letter)
    assert due() == (date(2022, 6, 18), "Speak to Robin Ferris for the first time: released on 17 June 2022")
    actions.contacted(by=cast.worker, received=letter)
    assert not queries.due(cast.worker, NOON)


def test_a_letter_that_asks_for_today_is_due_the_next_working_day_and_police_have_nothing_due(cast):
    build.acknowledged(cast.food_club, cast.worker, urgency="today")
    assert queries.due(cast.worker, NOON)[0].when == date(2022, 6, 15)
    assert not queries.due(cast.sergeant, NOON)


def test_an_appeal_is_due_today(cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.decline(by=cast.worker, received=letter, because="no_room")
    actions.appeal(by=cast.food_club, sent=queries.sent(cast.food_club).get(), why="He came again")
    (due,) = queries.due(cast.worker, NOON)
    assert due.when == date(2022, 6, 14) and "Look again" in due.words


def test_workers_are_ones_own_colleagues_who_answer_letters(cast):
    assert [str(each) for each in queries.workers(cast.worker)] == ["Amy Postle", "Danny Crake", "Joe Marsden"]


def test_only_agreements_about_letters_open_a_way_to_write(cast):
    assert [each.key for each in queries.recipients(cast.sergeant)] == ["charity"]
    assert queries.recipients(cast.lead) == []
    assert queries.agreement_with(cast.sergeant, "charity").key == "police-to-charity"
    with pytest.raises(LookupError):
        queries.live_agreement(cast.lead, cast.sergeant.organisation)


def test_people_who_may_be_the_one_are_ones_own(cast):
    ours, _ = a_person(cast.worker), a_person(cast.sergeant)
    letter = build.received(cast.food_club, cast.worker, name="Robin")
    assert list(queries.may_be(cast.worker, letter)) == [ours]


def test_the_letters_that_brought_a_person_here(cast):
    letter = build.accepted(cast.food_club, cast.worker)
    assert queries.for_person(cast.worker, letter.person).get() == letter


def test_lists_take_the_same_queries_however_long(cast, django_assert_max_num_queries):
    for _ in range(3):
        build.acknowledged(cast.sergeant, cast.worker)
    police, charity = cast.sergeant, cast.worker
    with django_assert_max_num_queries(2):
        assert len([each.progress for each in queries.sent(police)]) == 3
    with django_assert_max_num_queries(1):
        assert len([str(each.worker) for each in queries.waiting(charity)]) == 3


def test_somebody_accepted_is_spoken_to_by_when_the_sender_asked(cast):
    build.accepted(cast.food_club, cast.worker)
    (due,) = queries.due(cast.worker, NOON)
    assert (due.when, due.words) == (date(2022, 6, 21), "Speak to Robin Ferris for the first time")
