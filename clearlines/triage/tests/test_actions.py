"""A report is taken up, joined, graded by somebody else, decided once, and every wrong step has a way back."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.people.models import Person
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.reports import actions as reports
from clearlines.reports.states import Progress
from clearlines.reports.tests import build as report_build
from clearlines.triage import actions
from clearlines.triage.models import Decision, Grade, ReportToPerson, Thrive
from clearlines.triage.tests import build

GRADE = {"source": "2", "assessment": "C", "handling": "P"}


def progress_of(report):
    report.refresh_from_db()
    return report.progress


def test_taking_a_report_up_tells_whoever_comes_back(cast):
    report = report_build.report(cast.nobody, receipt="meadow lantern window")
    actions.take_up(by=cast.sergeant, report=report)
    assert reports.come_back(by=cast.nobody, words="meadow lantern window").progress == Progress.LOOKED_AT


def test_a_report_is_taken_up_once_and_by_its_own_force(cast):
    report = build.taken_up(cast)
    with pytest.raises(Refused, match="already taken"):
        actions.take_up(by=cast.analyst, report=report)
    with pytest.raises(Refused, match="another organisation"):
        actions.take_up(by=cast.stranger, report=report)
    with pytest.raises(Forbidden):
        actions.take_up(by=cast.officer, report=report)


def test_a_report_joins_a_line_a_place_and_a_person_as_candidates(cast):
    report = build.taken_up(cast)
    rows = {"line": build.line(cast), "place": places.place(cast.sergeant), "person": people.person(cast.sergeant)}
    for to, row in rows.items():
        link = actions.link(by=cast.sergeant, report=report, to=to, row=row)
        assert link.target == row
        assert link.standing == "Candidate"
    assert Entry.objects.filter(event__startswith="triage.linked_to").count() == 3


def test_the_same_link_is_not_made_twice_and_a_double_click_makes_one(cast):
    report, person, key = build.taken_up(cast), people.person(cast.sergeant), uuid.uuid4()
    first = actions.link(by=cast.sergeant, report=report, to="person", row=person, new_id=key)
    assert actions.link(by=cast.sergeant, report=report, to="person", row=person, new_id=key) == first
    with pytest.raises(Refused, match="already linked"):
        actions.link(by=cast.sergeant, report=report, to="person", row=person)


def test_a_new_person_is_made_and_linked_in_one_press(cast):
    report, key = build.taken_up(cast), uuid.uuid4()
    said = {"by": cast.sergeant, "report": report, "to": "person", "details": {"known_as": "Lanky"}, "new_id": key}
    actions.link_new(**said, as_what="exploited")
    actions.link_new(**said, as_what="exploited")
    assert Person.objects.count() == 1
    assert ReportToPerson.objects.get().as_what == "exploited"


def test_another_organisations_row_is_never_linked(cast):
    theirs = people.person(cast.worker)
    with pytest.raises(Refused, match="another organisation"):
        actions.link(by=cast.sergeant, report=build.taken_up(cast), to="person", row=theirs)


def test_a_wrong_link_is_taken_back_with_a_reason_and_can_be_made_again(cast):
    link = build.linked(cast)
    actions.confirm(by=cast.sergeant, link=link)
    with pytest.raises(Refused, match="say why"):
        actions.unlink(by=cast.sergeant, link=link, because=" ")
    undone = actions.unlink(by=cast.analyst, link=link, because="Another Robin Ferris")
    assert undone.standing == "Taken back"
    assert undone.undone_by == cast.analyst.account
    with pytest.raises(Refused, match="already been taken back"):
        actions.unlink(by=cast.sergeant, link=link, because="Again")
    actions.link(by=cast.sergeant, report=link.report, to="person", row=link.person)
    assert ReportToPerson.objects.count() == 2


def test_a_link_is_confirmed_once_and_only_by_its_own_force(cast):
    link = build.linked(cast)
    with pytest.raises(Refused, match="another organisation"):
        actions.confirm(by=cast.stranger, link=link)
    assert actions.confirm(by=cast.sergeant, link=link).standing == "Confirmed"
    with pytest.raises(Refused, match="already confirmed"):
        actions.confirm(by=cast.sergeant, link=link)


def test_a_sergeant_does_not_grade_and_neither_does_a_partner(cast):
    report = build.taken_up(cast)
    for member in (cast.sergeant, cast.food_club, cast.lead):
        with pytest.raises(Forbidden):
            actions.grade(by=member, report=report, **GRADE)


def test_the_analyst_who_took_the_call_may_not_grade_it_and_another_may(cast):
    report = report_build.report(cast.analyst, channel="101")
    actions.take_up(by=cast.sergeant, report=report)
    with pytest.raises(Refused, match="another person must grade"):
        actions.grade(by=cast.analyst, report=report, **GRADE)
    second = cast.viewer("second.analyst")
    assert actions.grade(by=second, report=report, **GRADE).code == "2CP"


def test_whoever_wrote_down_an_addition_may_not_grade_either(cast):
    report = build.taken_up(cast)
    reports.add_more(by=cast.analyst, report=report, words="Rang again", new_id=uuid.uuid4())
    with pytest.raises(Refused, match="another person must grade"):
        actions.grade(by=cast.analyst, report=report, **GRADE)


def test_a_second_grade_stands_beside_the_first_and_says_why(cast):
    report = build.taken_up(cast)
    actions.grade(by=cast.analyst, report=report, **GRADE)
    with pytest.raises(Refused, match="say why the grade changes"):
        actions.grade(by=cast.analyst, report=report, **GRADE)
    actions.grade(by=cast.analyst, report=report, **GRADE | {"assessment": "E"}, because="It was made up")
    assert [each.code for each in Grade.objects.all()] == ["2CP", "2EP"]
    assert Grade.objects.last().cautions[0].startswith("This grade may not raise")


def test_the_database_itself_refuses_code_c_without_conditions(cast):
    report = build.taken_up(cast)
    made = {"owner": report.owner, "created_at": report.created_at, "report": report}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.create(**made, source="1", assessment="A", handling="C")


def test_thrive_is_optional_and_never_empty(cast):
    report = build.taken_up(cast)
    with pytest.raises(Refused, match="at least one line"):
        actions.think_through(by=cast.sergeant, report=report, threat=" ")
    actions.think_through(by=cast.sergeant, report=report, threat="A knife was seen", harm="")
    assert Thrive.objects.get().lines == [("Threat", "A knife was seen")]


def test_a_decision_is_made_once_and_the_reporter_reads_finished(cast):
    report = build.decided(cast)
    assert progress_of(report) == Progress.FINISHED
    assert report.was_used is False
    with pytest.raises(Refused, match="open it again first"):
        actions.decide(by=cast.sergeant, report=report, outcome="crime", reason="Second thoughts")


def test_a_wrong_decision_is_put_right_by_another_that_points_at_it(cast):
    report = build.decided(cast)
    with pytest.raises(Refused, match="why it is opened again"):
        actions.reopen(by=cast.sergeant, report=report, because="")
    actions.reopen(by=cast.sergeant, report=report, because="The tenant has been found hurt")
    assert progress_of(report) == Progress.LOOKED_AT
    actions.decide(by=cast.sergeant, report=report, outcome="crime", reason="Assault", reference="CR/22/0001")
    first, second = Decision.objects.filter(report=report)
    assert second.corrects == first
    assert second.corrects_because == "The tenant has been found hurt"
    assert first.outcome == "no_action"
    report.refresh_from_db()
    assert report.was_used is True


def test_an_intelligence_log_without_a_grade_is_refused(cast):
    with pytest.raises(Refused, match="needs a grade first"):
        actions.decide(by=cast.sergeant, report=build.taken_up(cast), outcome="intelligence", reason="Worth keeping")


def test_s13_police_grade_what_a_housing_officer_heard_and_tell_them_it_was_used(cast):
    housing = cast.viewer("housing")
    report = report_build.report(
        housing, words="Tenant's door has a new metal plate, heard drugs dealt", receipt="meadow lantern window",
        how_known="told", how_known_words="a contractor",
    )  # fmt: skip
    actions.take_up(by=cast.sergeant, report=report)
    with pytest.raises(Forbidden):
        actions.grade(by=housing, report=report, **GRADE)
    assert actions.grade(by=cast.analyst, report=report, **GRADE).code == "2CP"
    actions.decide(by=cast.analyst, report=report, outcome="intelligence", reason="Fits what is known")
    back = reports.come_back(by=housing, words="meadow lantern window")
    assert (back.progress, back.was_used) == (Progress.FINISHED, True)


def test_comparing_needs_two_of_ones_own_reports_and_a_reason(cast):
    one, other = report_build.report(cast.nobody), report_build.report(cast.nobody)
    with pytest.raises(Refused) as refused:
        actions.compare(by=cast.sergeant, one=one, other=one, verdict="same", reason="")
    assert len(refused.value.reasons) == 2
    assert actions.compare(by=cast.sergeant, one=one, other=other, verdict="same", reason="Word for word").pk
