"""What waits, what is known, and to whom all of it is as if it were not there."""

import uuid

import pytest

from clearlines.people import actions as person_actions
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.reports import actions as reports
from clearlines.reports.tests import build as report_build
from clearlines.triage import actions, queries
from clearlines.triage.tests import build

NOT_THEIRS = ["lead", "worker", "commissioner", "administrator", "stranger", "food_club", "evaluator", "nobody",
              "police_information"]  # fmt: skip


def test_the_queue_is_by_urgency_then_age_and_decided_reports_leave_it(cast):
    old = report_build.report(cast.nobody, words="A man sells from a car")
    build.decided(cast)
    urgent = report_build.report(cast.nobody, danger="yes")
    waiting = list(queries.waiting(cast.sergeant))
    assert waiting == [urgent, old]
    assert [each.state for each in waiting] == ["waiting", "waiting"]
    assert queries.decided(cast.sergeant).count() == 1


def test_words_added_after_a_decision_bring_the_report_back(cast):
    report = build.decided(cast)
    later = cast.viewer("nobody", cast.sergeant.now.replace(hour=15))
    reports.add_more(by=later, report=report, words="They are back", new_id=uuid.uuid4())
    assert list(queries.waiting(cast.sergeant)) == [report]
    assert queries.matter(cast.sergeant, report.pk).added_since


@pytest.mark.parametrize("member", NOT_THEIRS)
def test_everything_about_a_report_is_invisible_outside_the_force_counts_included(cast, member):
    link = build.linked(cast)
    line = build.line(cast)
    actions.link(by=cast.sergeant, report=link.report, to="line", row=line)
    viewer = getattr(cast, member)
    assert queries.waiting(viewer).count() == 0
    assert queries.decided(viewer).count() == 0
    assert queries.known_about_line(viewer, line).sources == 0
    assert queries.reports_about_person(viewer, link.person).rows == []
    assert queries.facts_for_letter(viewer, link.person) == {}


def test_s14_five_of_the_same_account_count_as_one_source(cast):
    line, person = build.line(cast), people.person(cast.sergeant)
    for _ in range(5):
        report = build.taken_up(cast)
        actions.link(by=cast.sergeant, report=report, to="line", row=line)
        actions.link(by=cast.sergeant, report=report, to="person", row=person)
    known = queries.known_about_line(cast.sergeant, line)
    assert (len(known.rows), known.sources) == (5, 1)
    assert queries.reports_about_person(cast.sergeant, person).sources == 1
    assert len(queries.matter(cast.sergeant, report.pk).alike) == 4


def test_a_person_may_say_that_two_accounts_differ_and_take_it_back(cast):
    line, pair = build.line(cast), [build.taken_up(cast), build.taken_up(cast)]
    for report in pair:
        actions.link(by=cast.sergeant, report=report, to="line", row=line)
    said = {"by": cast.sergeant, "one": pair[0], "other": pair[1]}
    actions.compare(**said, verdict="different", reason="Two neighbours were spoken to")
    assert queries.known_about_line(cast.sergeant, line).sources == 2
    assert queries.alike(cast.sergeant, pair[0]) == []
    later = cast.viewer("sergeant", cast.sergeant.now.replace(hour=15))
    actions.compare(**said | {"by": later}, verdict="same", reason="It was one neighbour after all")
    assert queries.known_about_line(cast.sergeant, line).sources == 1


def test_a_link_taken_back_is_no_longer_known(cast):
    link = build.linked(cast)
    actions.unlink(by=cast.sergeant, link=link, because="Somebody else")
    assert queries.reports_about_person(cast.sergeant, link.person).rows == []
    matter = queries.matter(cast.sergeant, link.report_id)
    assert (matter.standing_links, matter.undone_links) == ([], [link])


def test_what_is_known_about_a_person_holds_under_any_record_said_to_be_theirs(cast):
    link, other = build.linked(cast), people.person(cast.sergeant, given_name="Rob")
    person_actions.say_same(by=cast.sergeant, one=link.person, other=other, reason="Same birthday")
    (known,) = queries.reports_about_person(cast.sergeant, other).rows
    assert known.link == link


def test_what_is_known_carries_the_newest_grade_and_decision(cast):
    link = build.linked(cast)
    actions.grade(by=cast.analyst, report=link.report, source="2", assessment="C", handling="P")
    actions.decide(by=cast.sergeant, report=link.report, outcome="intelligence", reason="Fits")
    (known,) = queries.reports_about_person(cast.sergeant, link.person).rows
    assert (known.grade.code, known.decision.outcome) == ("2CP", "intelligence")


def test_a_report_for_the_custodian_alone_is_in_no_count(cast):
    link = build.linked(cast)
    type(link.report).objects.filter(pk=link.report_id).update(marking="custodian")
    assert queries.reports_about_person(cast.sergeant, link.person).sources == 0
    assert queries.waiting(cast.sergeant).count() == 0


def test_a_person_the_viewer_may_not_read_is_on_no_link(cast):
    link = build.linked(cast)
    type(link.person).objects.filter(pk=link.person_id).update(marking="custodian")
    assert queries.matter(cast.sergeant, link.report_id).links == []


def test_a_letter_begins_with_copied_facts_and_no_key(cast):
    home = places.place(cast.sergeant)
    person = people.person(cast.sergeant, phone="07700 900123", home=home)
    facts = queries.facts_for_letter(cast.sergeant, person)
    assert facts == {
        "name": "Robin Ferris",
        "phone": "07700 900123",
        "area": "Barrow-in-Furness",
        "address": "14 Slipway Street, Barrow-in-Furness",
    }
    assert str(person.pk) not in str(facts)
    nowhere = people.person(cast.sergeant, born_on=cast.sergeant.today.replace(year=2005))
    assert queries.facts_for_letter(cast.sergeant, nowhere) == {"name": "Robin Ferris", "age": "17"}


def test_a_report_page_asks_at_most_twelve_questions(cast, django_assert_max_num_queries):
    link, viewer = build.linked(cast), cast.sergeant
    build.taken_up(cast)
    with django_assert_max_num_queries(12):
        matter = queries.matter(viewer, link.report_id)
        assert matter.said == "Being looked at"
        assert matter.grade is None
        assert matter.decision is None
        assert link.person in matter.shown
