"""What the database itself shows, asked directly as the application: with no query of ours between."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from clearlines.access.second_lock import held
from clearlines.access.tests.build import keep_away
from clearlines.people.tests import build as people
from clearlines.sharing import actions
from clearlines.sharing.models import (
    Disclosure,
    EmergencyReview,
    InformationRequest,
    MatchAnswer,
    Notice,
    Pointer,
    Question,
    RequestAnswer,
    RequestDecision,
)
from clearlines.sharing.tests import build

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the second lock")


@pytest.fixture(autouse=True)
def behind_the_lock(cast, as_the_application):
    """Everything in this file, acts and looks, is done as the role that owns no table."""
    with as_the_application():
        yield


def seen(viewer, model):
    with held(viewer):
        return set(model.objects.values_list("pk", flat=True))


def test_the_recipient_reads_the_row_while_it_lives_and_not_a_day_longer(cast):
    told = build.told(cast.lead, until_on=cast.lead.today)
    assert told.pk in seen(cast.sergeant, Disclosure)
    assert told.pk not in seen(cast.stranger, Disclosure)
    tomorrow = cast.viewer("sergeant", cast.sergeant.now + timedelta(days=1))
    assert told.pk not in seen(tomorrow, Disclosure)
    assert told.pk in seen(cast.lead, Disclosure)


def test_whoever_is_kept_away_reads_neither_what_was_told_nor_what_was_asked(cast):
    told, asked, wanted = build.told(cast.lead), build.question(cast.worker), build.request(cast.sergeant)
    for member, row in (("sergeant", told), ("police.matching", asked), ("lead", wanted)):
        assert row.pk in seen(cast.viewer(member), type(row))
        with held(cast.viewer(member)):
            keep_away(cast, member, row)
        assert row.pk not in seen(cast.viewer(member), type(row))


def test_taken_back_the_database_shows_it_to_its_giver_alone(cast):
    told = build.told(cast.lead)
    actions.revoke(by=cast.lead, disclosure=told, why="Settled")
    assert told.pk not in seen(cast.sergeant, Disclosure)
    assert seen(cast.sergeant, Notice) and not seen(cast.lead, Notice)


def test_the_recipient_cannot_change_what_it_was_told(cast):
    told = build.told(cast.lead)
    with held(cast.sergeant), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Disclosure.objects.filter(pk=told.pk).update(name="Somebody else")


def test_a_question_is_read_by_both_and_its_answer_by_its_holder_alone(cast):
    asked = build.question(cast.worker)
    actions.answer_nothing(by=cast.police_matching, question=asked)
    assert asked.pk in seen(cast.police_matching, Question) & seen(cast.worker, Question)
    assert seen(cast.police_matching, MatchAnswer) and not seen(cast.worker, MatchAnswer)


def test_a_request_is_read_until_it_is_withdrawn_and_its_decision_never_by_police(cast):
    first, second = build.request(cast.sergeant), build.request(cast.sergeant)
    actions.say_nothing(by=cast.lead, request=first, why="Not known here")
    actions.withdraw(by=cast.sergeant, request=second, why="He was found")
    assert seen(cast.lead, InformationRequest) == {first.pk}
    assert seen(cast.lead, RequestDecision) and not seen(cast.sergeant, RequestDecision)


def test_every_act_of_this_room_works_behind_the_lock(cast):
    lead, worker, sergeant, manager = cast.lead, cast.worker, cast.sergeant, cast.charity_information
    person = people.person(lead)
    told = build.told(lead, person=person)
    actions.look_again(by=lead, disclosure=told, review_on=lead.today + timedelta(days=9))
    (made,) = actions.correct(
        by=lead, disclosure=told, field="danger", words="He is safe", said_as="fact", why="He rang"
    )
    with held(lead):
        in_place = made.in_place
    actions.revoke(by=lead, disclosure=in_place, why="Settled")
    with held(sergeant):
        notice = Notice.objects.filter(news="revoked").get()
    actions.say_destroyed(by=sergeant, notice=notice, how="Shredded")
    actions.tell_parted(by=manager, disclosure=in_place)
    urgent = build.emergency(worker, person=people.person(worker))
    with held(manager):
        review = EmergencyReview.objects.get(disclosure=urgent)
    actions.review(by=manager, review=review, verdict="wrong", words="No part in it")
    asked = actions.propose(by=worker, words=build.words(worker, "housing"), gateway="consent", reason="He asked")
    actions.decide(by=lead, proposal=asked)
    known = people.person(sergeant)
    actions.confirm(by=cast.police_matching, question=build.question(worker), person=known)
    assert seen(manager, Pointer)
    request = build.request(sergeant)
    build.notified(lead, request)
    actions.answer(
        by=lead, request=request, words=build.words(lead, "police"), why="It clears him", is_counselling=False,
        not_counselling_why="The till roll",
    )  # fmt: skip
    actions.refuse(by=lead, request=build.request(sergeant), words="Not necessary", why="They have it")
    assert len(seen(sergeant, RequestAnswer)) == 2 and not seen(lead, RequestAnswer)
