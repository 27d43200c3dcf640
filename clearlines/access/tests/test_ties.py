"""Kept away first, then organisation, role, marking, and who stands near."""

from datetime import timedelta

from clearlines.access.models import Tie
from clearlines.access.tests.build import keep_away, put_on_duty, tied
from clearlines.access.ties import untie
from clearlines.care import queries as care
from clearlines.care.tests import build as cases
from clearlines.lines import queries as lines
from clearlines.lines.actions import put_person_on_line
from clearlines.lines.states import Role
from clearlines.lines.tests import build
from clearlines.people import queries as people
from clearlines.people.tests import build as someone
from clearlines.referrals import queries as referrals
from clearlines.referrals.tests import build as letters
from tests.cast import NOON, TODAY


def test_somebody_kept_away_from_a_person_finds_nothing_of_them_in_any_room(cast):
    case = cases.case(cast.worker)
    assert people.visible(cast.worker).filter(pk=case.person_id).exists()
    keep_away(cast, "worker", case.person)
    assert not people.visible(cast.worker).filter(pk=case.person_id).exists()
    assert not care.cases(cast.worker).exists()
    assert care.cases(cast.lead).get() == case


def test_being_kept_away_outweighs_being_allocated_being_on_duty_and_leading(cast):
    case = cases.case(cast.lead)
    for kind in (Tie.Kind.ALLOCATED, Tie.Kind.PANEL):
        tied(cast, "lead", case.person, kind)
    put_on_duty(cast, "lead")
    keep_away(cast, "lead", case.person)
    assert not care.cases(cast.lead).exists()


def test_a_worker_sees_her_own_people_and_whoever_is_on_duty_sees_everybodys(cast):
    hers, leads = cases.case(cast.worker), cases.case(cast.lead)
    assert set(care.cases(cast.worker)) == {hers}
    assert set(care.cases(cast.lead)) == {hers, leads}
    put_on_duty(cast, "worker", hours=1)
    assert set(care.cases(cast.worker)) == {hers, leads}
    assert set(care.cases(cast.viewer("worker", NOON + timedelta(hours=1)))) == {hers}, "duty ends on the hour"


def test_allocation_opens_a_person_and_ending_it_closes_them(cast):
    case = cases.case(cast.lead)
    tied(cast, "worker", case.person, Tie.Kind.ALLOCATED)
    assert set(care.cases(cast.worker)) == {case}
    assert untie(case.person, Tie.Kind.ALLOCATED, by=cast.lead, account=cast.account("worker")) == 1
    assert not care.cases(cast.worker).exists()


def test_the_same_tie_made_twice_is_one(cast):
    person = someone.person(cast.worker)
    assert keep_away(cast, "worker", person) == keep_away(cast, "worker", person)


def test_a_letter_nobody_has_taken_is_everybodys_and_a_taken_one_its_workers(cast):
    letter = letters.received(cast.food_club, cast.lead)
    assert letter in referrals.received(cast.worker)
    taken = letters.acknowledged(cast.food_club, cast.lead)
    assert taken not in referrals.received(cast.worker)
    assert taken in referrals.received(cast.lead)


def test_a_letter_itself_can_be_kept_from_somebody_before_anyone_is_made_of_it(cast):
    letter = letters.received(cast.food_club, cast.lead)
    keep_away(cast, "worker", letter)
    assert letter not in referrals.received(cast.worker)


def test_a_letter_is_seen_by_whoever_sent_it_and_by_whoever_answers_for_them(cast):
    officers, sergeants = letters.sent(cast.officer), letters.sent(cast.sergeant)
    assert set(referrals.sent(cast.officer)) == {officers}
    assert set(referrals.sent(cast.sergeant)) == {officers, sergeants}


def test_a_line_stays_in_the_register_without_the_name_of_somebody_kept_away(cast):
    line, person = build.active_line(cast.analyst), someone.person(cast.analyst)
    put_person_on_line(by=cast.analyst, line=line, person=person, role=Role.HOST, from_on=TODAY)
    assert lines.people_on(cast.analyst, line).count() == 1
    keep_away(cast, "analyst", person)
    assert lines.line(cast.analyst, line.pk) == line
    assert not lines.people_on(cast.analyst, line).exists()
