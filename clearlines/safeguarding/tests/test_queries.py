from datetime import date

import pytest
from django.http import Http404

from clearlines.access.markings import Marking
from clearlines.access.models import Tie
from clearlines.access.tests.build import tied
from clearlines.people import actions as people
from clearlines.people.models import Person
from clearlines.safeguarding import queries
from clearlines.safeguarding.guidance import guidance, whom_to_ask
from clearlines.safeguarding.states import Path, State
from clearlines.safeguarding.tests import build

S = State


def test_whoever_had_signs_noted_is_taken_for_a_victim_until_somebody_said_no(cast):
    referral = build.begun(cast.analyst)
    assert queries.pending_or_positive(cast.analyst) == {referral.person_id}
    assert queries.positive(cast.analyst) == set()
    build.moved(cast.analyst, referral, *build.OF_AN_ADULT[:4], S.RG_NEGATIVE)
    assert queries.pending_or_positive(cast.analyst) == set()


def test_a_recognised_victim_is_one_under_every_record_said_to_be_theirs(cast):
    referral = build.moved(cast.analyst, build.begun(cast.analyst), *build.OF_AN_ADULT)
    others = [build.adult(cast.analyst, known_as=name) for name in ("Bob", "Rob")]
    for one, other in ((referral.person, others[0]), others):
        people.say_same(by=cast.analyst, one=one, other=other, reason="The same tattoo")
    everybody = {referral.person_id, *(each.pk for each in others)}
    assert queries.positive(cast.analyst) == queries.pending_or_positive(cast.analyst) == everybody


def test_the_newest_referral_says_where_somebody_stands(cast):
    first = build.moved(cast.analyst, build.begun(cast.analyst), *build.REFUSING)
    build.begun(cast.analyst, first.person, noted_on=date(2022, 6, 10))
    assert queries.standing(cast.analyst) == {first.person_id: S.INDICATORS_NOTED}


def test_each_organisation_sees_its_own_and_a_role_without_it_sees_none(cast):
    referral = build.begun(cast.sergeant)
    for viewer in (cast.stranger, cast.charity_information, cast.lead, cast.custodian):
        assert not queries.visible(viewer)
        assert queries.pending_or_positive(viewer) == set()
        assert not queries.due(viewer, viewer.now)
        with pytest.raises(Http404):
            queries.file_of(viewer, referral.pk)


def test_whoever_is_kept_away_or_may_not_read_the_person_s_marking_sees_no_referral(cast):
    referral = build.begun(cast.sergeant)
    tied(cast, "officer", referral.person, Tie.Kind.KEPT_AWAY)
    assert not queries.visible(cast.officer)
    assert not queries.moves(cast.officer)
    Person.objects.update(marking=Marking.CUSTODIAN)
    assert not queries.visible(cast.sergeant)


def test_what_is_not_submitted_within_five_working_days_is_an_exception(cast):
    """6 June 2022 was a Monday: the fifth working day after it is the 13th. Easter moves it."""
    referral = build.begun(cast.sergeant, build.child(cast.sergeant))
    (due,) = queries.due(cast.sergeant, cast.sergeant.now)
    assert due.when == queries.submit_by(referral) == date(2022, 6, 13)
    assert due.words.startswith("Refer Ash Ferris to the National Referral Mechanism: nothing was submitted")
    referral.noted_on = date(2022, 4, 13)
    assert queries.submit_by(referral) == date(2022, 4, 22)


def test_in_time_it_is_due_and_not_yet_an_exception(cast):
    build.begun(cast.sergeant, noted_on=date(2022, 6, 13))
    (due,) = queries.due(cast.sergeant, cast.sergeant.now)
    assert (due.when, due.words) == (date(2022, 6, 20), "Refer Robin Ferris to the National Referral Mechanism")


def test_a_charity_is_offered_no_submitting_and_police_are_offered_it(cast):
    lead = cast.charity_information
    ours = build.moved(lead, build.begun(lead, build.child(cast.worker)), S.FIRST_RESPONDER_CONTACTED)
    assert [(each.to, bool(each.reasons)) for each in queries.file_of(lead, ours.pk).steps] == [(S.WITHDRAWN, True)]
    theirs = build.begun(cast.sergeant, build.child(cast.sergeant))
    build.moved(cast.sergeant, theirs, S.FIRST_RESPONDER_CONTACTED)
    steps = queries.file_of(cast.sergeant, theirs.pk).steps
    assert [(each.to, each.reasons) for each in steps] == [(S.NRM_SUBMITTED, []), (S.WITHDRAWN, [])]


def test_once_submitted_nothing_is_left_to_submit(cast):
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.OF_AN_ADULT)
    file = queries.file_of(cast.sergeant, referral.pk)
    assert (file.submit_by, file.steps, len(file.moves)) == (None, [], 7)
    assert queries.listed(cast.sergeant) == [(referral, None)]


def test_an_age_that_is_not_known_well_is_for_a_person_to_decide(cast):
    today = cast.sergeant.today
    unknown = build.adult(cast.sergeant, born_on=None)
    looks = build.adult(cast.sergeant, born_on=date(2002, 1, 1), born_precision="about")
    sure = [build.adult(cast.sergeant), build.child(cast.sergeant)]
    assert [queries.begun_path(each, today) for each in (unknown, looks, *sure)] == [None, None, Path.ADULT, Path.CHILD]


def test_the_charity_asks_its_own_force_and_council_and_no_other_force():
    assert whom_to_ask() == ("Fellside Constabulary", "Fell and Furness Council")
    assert not guidance().verified
    assert guidance().submit_within_working_days == 5
