"""Saying it hides everything about them at once, and what comes later within a minute."""

from dataclasses import replace

import pytest

from clearlines.access.models import Tie
from clearlines.access.refusals import Forbidden, Refused
from clearlines.care import queries as care
from clearlines.care.tests import build as cases
from clearlines.cli.console import Console
from clearlines.conflicts import actions, queries, timed
from clearlines.conflicts.tests import build
from clearlines.ledger.models import Subject
from clearlines.people import actions as people_actions
from clearlines.people import queries as people
from clearlines.people.tests import build as someone
from clearlines.referrals import queries as letters
from clearlines.referrals.tests import build as referrals
from clearlines.reports import queries as reports
from clearlines.reports.tests import build as reported
from clearlines.sharing import queries as crossings
from clearlines.sharing.tests import build as sharing
from clearlines.triage import actions as triage
from tests.cast import NOON


def robin(by, **more):
    return someone.person(by, given_name="Robin", family_name="Ferris", **more)


def machine():
    return replace(Console().machine, now=NOON)


def test_a_worker_who_names_her_cousin_finds_him_in_no_list_from_then_on(cast):
    case = cases.case(cast.worker, person=robin(cast.worker))
    build.conflict(cast.worker)
    assert case.person not in people.visible(cast.worker)
    assert case not in care.cases(cast.worker)
    assert case in care.cases(cast.lead)


def test_it_is_the_same_to_her_whether_or_not_he_is_on_record(cast):
    here = build.conflict(cast.worker)
    robin(cast.lead)
    there = build.conflict(cast.worker, given_name="Nobody", family_name="Atall")
    assert set(queries.mine(cast.worker)) == {there, here}
    named = Subject.objects.filter(entry__event="conflicts.declared").values_list("name", flat=True)
    assert all(name.startswith("conflicts.Conflict:") for name in named), "the ledger would tell what was found"


def test_a_letter_nobody_has_answered_is_kept_from_her_too(cast):
    letter = referrals.received(cast.food_club, cast.lead, name="Robin Ferris")
    build.conflict(cast.worker)
    assert letter not in letters.received(cast.worker)
    assert letter in letters.received(cast.lead)


def test_a_report_joined_to_a_person_is_kept_from_the_officer_who_knows_them(cast):
    report, person = reported.report(cast.nobody), robin(cast.analyst)
    triage.take_up(by=cast.analyst, report=report)
    triage.link(by=cast.analyst, report=report, to="person", row=person)
    build.conflict(cast.officer)
    assert report not in reports.visible(cast.officer)
    assert report in reports.visible(cast.analyst)


def test_what_another_organisation_told_or_asked_of_him_is_kept_from_whoever_knows_him(cast):
    told, asked, wanted = sharing.told(cast.lead), sharing.question(cast.worker), sharing.request(cast.sergeant)
    for member, row, rows in (
        ("sergeant", told, crossings.told_us),
        ("police.matching", asked, crossings.asked_of_us),
        ("lead", wanted, crossings.requested_of_us),
    ):
        assert row in rows(cast.viewer(member))
        conflict = build.conflict(cast.viewer(member))
        assert row not in rows(cast.viewer(member)), member
        information = cast.charity_information if member == "lead" else cast.police_information
        actions.lift(by=information, conflict=conflict, why="Another Robin")
        assert row in rows(cast.viewer(member)), member


def test_what_is_told_of_somebody_else_stays(cast):
    told = sharing.told(cast.lead)
    build.conflict(cast.sergeant, given_name="Robina")
    assert told in crossings.told_us(cast.sergeant)


def test_what_is_told_later_is_kept_away_by_the_clock(cast):
    build.conflict(cast.sergeant)
    told = sharing.told(cast.lead)
    timed.tick(by=machine())
    assert told not in crossings.told_us(cast.sergeant)


def test_whoever_is_said_to_be_the_same_person_is_kept_away_with_them(cast):
    named, other = robin(cast.lead), someone.person(cast.lead, given_name="Bobby", family_name="F")
    people_actions.say_same(by=cast.lead, one=named, other=other, reason="He told us")
    build.conflict(cast.worker)
    assert other not in people.visible(cast.worker)


def test_somebody_who_comes_on_to_the_register_later_is_kept_away_by_the_clock(cast):
    build.conflict(cast.worker)
    late = robin(cast.lead)
    assert late in people.visible(cast.worker)
    assert timed.tick(by=machine()) == 1
    assert late not in people.visible(cast.worker)
    assert timed.tick(by=machine()) == 0, "twice is once"


def test_from_an_open_record_that_very_record_goes_whatever_its_name_becomes(cast):
    person = robin(cast.worker)
    actions.keep_me_away(by=cast.worker, person=person, relation="we were at school")
    assert person not in people.visible(cast.worker)
    people_actions.correct(
        by=cast.lead, person=person, seen=person.version, given_name="Sam", family_name="Else", born_on=None
    )
    timed.tick(by=machine())
    assert person not in people.visible(cast.worker)


def test_a_lead_keeps_a_colleague_away_who_is_not_told_and_cannot_lift_it(cast):
    person = robin(cast.lead)
    information = cast.account("charity.information")
    actions.keep_colleague_away(by=cast.lead, account=information, person=person, relation="for their safety")
    assert person not in people.visible(cast.charity_information)
    assert not queries.everybodys(cast.charity_information).exists()
    assert not queries.mine(cast.charity_information).exists()


def test_a_colleague_is_one_of_ones_own(cast):
    with pytest.raises(Refused, match="your own colleagues"):
        actions.keep_colleague_away(
            by=cast.lead, account=cast.account("officer"), person=robin(cast.lead), relation="no reason"
        )
    with pytest.raises(Forbidden):
        actions.keep_colleague_away(
            by=cast.worker, account=cast.account("peer") if "peer" in cast.accounts else cast.account("lead"),
            person=robin(cast.worker), relation="no reason",
        )  # fmt: skip


def test_the_information_manager_lifts_it_and_something_else_she_said_still_holds(cast):
    person = robin(cast.lead)
    first = build.conflict(cast.worker)
    build.conflict(cast.worker, given_name="Robin", family_name="")
    actions.lift(by=cast.charity_information, conflict=first, why="He has moved away")
    assert person not in people.visible(cast.worker)
    second = queries.everybodys(cast.charity_information).get(ended_at=None)
    actions.lift(by=cast.charity_information, conflict=second, why="A different Robin")
    assert person in people.visible(cast.worker)
    with pytest.raises(Refused, match="already ended"):
        actions.lift(by=cast.charity_information, conflict=first, why="Again")


def test_pressing_twice_says_it_once(cast):
    first = build.conflict(cast.worker)
    again = actions.declare(by=cast.worker, new_id=first.pk, **build.SAID)
    assert again == first
    assert queries.mine(cast.worker).count() == 1


def test_nothing_of_another_organisations_is_ever_tied(cast):
    robin(cast.sergeant)
    build.conflict(cast.worker)
    assert not Tie.objects.filter(kind=Tie.Kind.KEPT_AWAY).exists()
