import uuid
from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.people import actions as people
from clearlines.safeguarding import actions, queries
from clearlines.safeguarding.models import AddOnlySteps, NationalReferral, NationalReferralMove
from clearlines.safeguarding.states import Path, State
from clearlines.safeguarding.tests import build
from tests.cast import TODAY

S = State


def test_an_adult_who_agrees_is_referred_and_recognised(cast):
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.OF_AN_ADULT)
    assert (referral.state, referral.reference) == (S.CG_POSITIVE, "NRM-2022-0417")
    steps = [(each.was, each.became) for each in referral.moves.order_by("sequence")]
    assert steps[0] == ("", "indicators_noted")
    assert all(before[1] == after[0] for before, after in pairwise(steps))


def test_a_child_is_referred_without_being_asked(cast):
    referral = build.moved(cast.officer, build.begun(cast.officer, build.child(cast.officer)), *build.OF_A_CHILD)
    assert (referral.path, referral.state) == (Path.CHILD, S.CG_POSITIVE)


def test_s23_an_adult_refuses_and_nothing_refers_them_by_name(cast):
    """The police notify without a name; the refusal is on record; nothing else of theirs is touched."""
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.REFUSING)
    with pytest.raises(Refused, match="notify the Home Office without their name"):
        build.moved(cast.sergeant, referral, S.NRM_SUBMITTED)
    (due,) = queries.due(cast.sergeant, cast.sergeant.now)
    assert (due.when, due.words) == (date(2022, 6, 13), (
        "Notify the Home Office, without the name, of Robin Ferris: nothing was submitted within 5 working days"
    ))  # fmt: skip
    told = build.moved(cast.sergeant, referral, S.DTN_SUBMITTED)
    assert told.state == S.DTN_SUBMITTED
    assert not queries.due(cast.sergeant, cast.sergeant.now)


def test_somebody_who_thinks_better_of_it_is_asked_anew_and_what_they_said_stays(cast):
    first = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.REFUSING)
    second = build.begun(cast.sergeant, first.person, noted_on=TODAY)
    second = build.moved(cast.sergeant, second, *build.OF_AN_ADULT[:3], on=TODAY)
    assert [each.state for each in queries.of_person(cast.sergeant, first.person)] == [
        S.CONSENT_GIVEN,
        S.CONSENT_REFUSED,
    ]
    assert [due.about[0] for due in queries.due(cast.sergeant, cast.sergeant.now)] == [second]


def test_a_charity_notes_signs_and_asks_and_never_submits(cast):
    lead = cast.charity_information
    referral = build.moved(lead, build.begun(lead, build.child(cast.worker)), S.FIRST_RESPONDER_CONTACTED)
    with pytest.raises(Refused, match="ask Fellside Constabulary or Fell and Furness Council"):
        build.moved(lead, referral, S.NRM_SUBMITTED)
    assert not queries.due(lead, lead.now)


def test_a_role_that_keeps_no_referrals_begins_none(cast):
    person = build.adult(cast.worker)
    with pytest.raises(Forbidden):
        build.begun(cast.worker, person)


def test_a_double_press_begins_one_and_a_second_while_it_is_under_way_is_refused(cast):
    person, key = build.adult(cast.sergeant), uuid.uuid4()
    first = build.begun(cast.sergeant, person, new_id=key)
    assert build.begun(cast.sergeant, person, new_id=key) == first
    with pytest.raises(Refused, match="already under way"):
        build.begun(cast.sergeant, person)
    assert NationalReferral.objects.count() == 1


def test_nobody_else_s_person_is_referred(cast):
    with pytest.raises(Refused, match="another organisation's records"):
        build.begun(cast.sergeant, build.adult(cast.worker))


def test_a_page_opened_before_a_colleague_s_step_takes_no_step(cast):
    referral = build.begun(cast.sergeant)
    seen = referral.version
    build.moved(cast.officer, referral, S.FIRST_RESPONDER_CONTACTED)
    with pytest.raises(Refused, match="somebody changed this"):
        actions.move(by=cast.sergeant, referral=referral, to=S.WITHDRAWN, on=TODAY, words="Mistaken", seen=seen)


def test_the_defence_is_recorded_once(cast):
    referral = actions.raise_s45(by=cast.sergeant, referral=build.begun(cast.sergeant), on=build.NOTED)
    assert referral.s45_raised_on == build.NOTED
    with pytest.raises(Refused, match="it was raised on 6 June 2022"):
        actions.raise_s45(by=cast.sergeant, referral=referral, on=TODAY)


def test_a_birthday_decides_nothing_until_somebody_does(cast):
    person = build.child(cast.sergeant)
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant, person), S.FIRST_RESPONDER_CONTACTED)
    with pytest.raises(Refused, match="under 18"):
        actions.change_path(by=cast.sergeant, referral=referral, to=Path.ADULT, reason="Nearly 18")
    later = cast.viewer("sergeant", cast.sergeant.now.replace(month=9, day=2, year=2024))
    assert queries.file_of(later, referral.pk).has_come_of_age
    assert build.moved(later, referral, S.NRM_SUBMITTED).path == Path.CHILD
    decided = actions.change_path(by=later, referral=referral, to=Path.ADULT, reason="They asked to decide themselves")
    assert (decided.path, decided.state) == (Path.ADULT, S.NRM_SUBMITTED)
    assert not queries.file_of(later, referral.pk).has_come_of_age
    last = decided.moves.order_by("sequence").last()
    assert last.label == "Goes on as an adult’s: Referred to the National Referral Mechanism"


def test_somebody_thought_an_adult_who_is_a_child_is_referred_whatever_they_said(cast):
    person = build.adult(cast.sergeant)
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant, person), *build.REFUSING)
    people.correct(
        by=cast.sergeant, person=person, seen=person.version, given_name="Ash", born_on=date(2006, 9, 1),
        born_precision="day",
    )  # fmt: skip
    now = actions.change_path(by=cast.sergeant, referral=referral, to=Path.CHILD, reason="School gave their birthday")
    assert build.moved(cast.sergeant, now, S.NRM_SUBMITTED, on=TODAY).state == S.NRM_SUBMITTED


def test_the_path_of_an_old_one_is_not_changed_beside_one_that_is_under_way(cast):
    first = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.REFUSING)
    build.begun(cast.sergeant, first.person)
    with pytest.raises(Refused, match="another referral of this person is under way"):
        actions.change_path(by=cast.sergeant, referral=first, to=Path.CHILD, reason="Age disputed")


def test_what_was_said_lies_sealed_and_a_step_is_never_changed(cast):
    step = build.begun(cast.sergeant).moves.get()
    with connection.cursor() as asked:
        asked.execute("select words from safeguarding_nationalreferralmove")
        assert "phones" not in asked.fetchone()[0]
    assert NationalReferralMove.objects.get().words == "Two phones, and somebody else's key"
    step.words = "Nothing"
    with pytest.raises(AddOnlySteps):
        step.save()


def test_the_database_itself_keeps_a_submission_with_its_reference_and_a_child_unasked(cast):
    referral = build.begun(cast.sergeant, build.child(cast.sergeant))
    for wrong in ({"state": S.NRM_SUBMITTED}, {"state": S.CONSENT_REFUSED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NationalReferral.objects.filter(pk=referral.pk).update(**wrong)


def test_every_step_is_in_the_ledger_and_names_the_person(cast):
    build.moved(cast.sergeant, build.begun(cast.sergeant), S.FIRST_RESPONDER_CONTACTED)
    events = ["safeguarding.begun", "safeguarding.moved"]
    assert list(Entry.objects.filter(event__in=events).order_by("pk").values_list("event", flat=True)) == events
