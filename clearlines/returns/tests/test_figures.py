"""Each number counted from real rows of the rooms below, as they were known, with the right eyes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clearlines.aftercare.tests import build as closings
from clearlines.care import actions as care
from clearlines.care.instruments import instrument
from clearlines.care.models import Goal
from clearlines.disruptions import actions as acts
from clearlines.disruptions.tests import build as disruptions
from clearlines.lines.tests import build as lines
from clearlines.people import actions as people
from clearlines.people.tests import build as a
from clearlines.referrals.tests import build as letters
from clearlines.reports.tests import build as reports
from clearlines.returns.counted import Window
from clearlines.returns.figures import COUNTERS
from clearlines.visits import actions as visiting
from clearlines.visits.tests import build as visits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUARTER = Window(date(2022, 4, 1), date(2022, 6, 30), date(2022, 7, 14))
AFTER = datetime(2022, 7, 20, 11, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def count(viewer, source, window=QUARTER):
    return COUNTERS[source](replace(viewer, now=AFTER), window)


def totals(figure):
    columns = figure.table.columns
    return {name: figure.table.column(name) for name in columns if figure.table.column(name)}


def visit(by, person, outcome="seen", **more):
    return visits.account(by, person=person, outcome=outcome, crew=[by.account], **more)


def test_one_person_seen_three_times_in_a_week_is_three_visits_one_person_and_one_home(cast):
    person = a.person(cast.worker, sex="Male", born_on=date(1982, 5, 1))
    where = visits.places.place(cast.worker)
    for day in (1, 2, 3):
        visit(cast.viewer("worker", cast.worker.now + timedelta(days=day)), person, place=where)
    visit(cast.worker, person, "no_reply", place=where)
    lead = cast.lead
    assert totals(count(lead, "visits")) == {"Seen": 3, "No reply": 1}
    assert totals(count(lead, "people_seen")) == {"Male": 1}
    assert count(lead, "homes_visited").value == 1


def test_two_records_said_to_be_one_person_are_counted_once(cast):
    one, other = a.person(cast.worker), a.person(cast.worker, given_name="Rob")
    for each in (one, other):
        visit(cast.worker, each)
    assert count(cast.lead, "people_seen").table.total == 2
    people.say_same(by=cast.worker, one=one, other=other, reason="Same birthday, same sister")
    assert count(cast.lead, "people_seen").table.total == 1


def test_a_joint_visit_is_one_attempt_and_the_polices_own_account_is_not_added_to_it(cast):
    begun = cast.worker.now + timedelta(hours=2)
    ours, theirs = visits.accepted(cast.worker, cast.sergeant, starts_at=begun)
    after = begun + timedelta(hours=2)
    for who, appointment in (("worker", ours), ("sergeant", theirs)):
        visits.account(cast.viewer(who, after), at=appointment, earshot="no_officer")
    assert count(cast.lead, "visits").rows_counted == 1


def test_a_visit_put_right_after_the_as_known_date_counts_as_it_was_known(cast):
    account = visit(cast.worker, a.person(cast.worker))
    visiting.correct(by=cast.viewer("worker", AFTER), account=account, why="It was his brother", outcome="no_reply",
                     arrived_at=account.arrived_at, entry="outside")  # fmt: skip
    assert totals(count(cast.lead, "visits")) == {"Seen": 1}
    later = Window(QUARTER.from_on, QUARTER.to_on, AFTER.date())
    assert totals(count(cast.lead, "visits", later)) == {"No reply": 1}


def test_an_act_counts_at_the_level_that_was_decided_by_then_and_not_once_it_was_taken_back(cast):
    first, other = (disruptions.disruption(cast.analyst, line=lines.active_line(cast.analyst)) for _ in range(2))
    table = count(cast.analyst, "disruptions").table
    assert table.column("Waits for a second person") == table.total == 2
    acts.moderate(by=cast.viewer("sergeant", AFTER), disruption=first, level="moderate", reason="One arrest of three")
    assert count(cast.analyst, "disruptions").table.column("Moderate") == 0, "decided after the as-known date"
    later = Window(QUARTER.from_on, QUARTER.to_on, AFTER.date())
    assert totals(count(cast.analyst, "disruptions", later)) == {"Moderate": 1, "Waits for a second person": 1}
    acts.take_back(by=cast.viewer("analyst", AFTER), disruption=other, because="Recorded twice")
    assert count(cast.analyst, "disruptions", later).table.total == 1
    assert count(cast.analyst, "disruptions").table.total == 2


def test_what_was_seen_after_a_closing_is_counted_by_each_half_with_its_own_eyes(cast):
    theirs = closings.told(cast.analyst)
    closings.harm(cast.worker, theirs)
    closings.harm(cast.worker)
    assert (count(cast.lead, "possible_harm").table.total, count(cast.analyst, "possible_harm").table.total) == (1, 0)
    assert count(cast.lead, "possible_harm").note.startswith("Out of 1 watch, 3 days watched.")
    assert (count(cast.analyst, "watches_opened").value, count(cast.analyst, "watches_told").base) == (1, 1)


def test_children_are_those_known_to_be_under_eighteen_on_the_last_day(cast):
    for born_on in (date(2004, 7, 1), date(2004, 6, 30), None):
        visit(cast.worker, a.person(cast.worker, born_on=born_on))
    found = count(cast.lead, "people_seen").table
    by_age = {age: sum(cells) for age, cells in zip(found.rows, found.cells, strict=True) if sum(cells)}
    assert by_age == {"Under 18": 1, "18 to 24": 1, "Age not known": 1}


def test_each_referral_stands_at_the_furthest_step_it_reached(cast):
    letters.received(cast.food_club, cast.worker)
    seen_only, planned = (letters.accepted(cast.probation, cast.worker, name=name) for name in ("Kim Hale", "Lee Dunn"))
    letters.accepted(cast.sergeant, cast.worker, name="Nobody Home")
    later = cast.viewer("worker", cast.worker.now + timedelta(days=3))
    for letter in (seen_only, planned):
        visit(later, letter.person)
    agree(later, case_of(later, planned.person))
    found = count(cast.lead, "referral_funnel")
    assert totals(found) == {
        "Waiting for a decision": 1, "Accepted, not yet seen": 1, "Seen, no plan yet": 1,
        "Plan, one measure or none": 1,
    }  # fmt: skip
    assert found.table.rows == ("Police", "Probation", "Food club")
    waited = count(cast.lead, "days_to_first_contact")
    assert (waited.value, waited.base, waited.low) == (3, 2, None)


def case_of(by, person):
    return care.open_case(by=by, person=person, worker=by.account)


def agree(by, case):
    goal = Goal(words="get my keys back", domain="housing", action="Ring together", who="Amy", by_on=by.today + WEEK)
    return care.agree(by=by, case=case, own_words="I want my keys back.", goals=[goal], person_agreed=True,
                      review_on=by.today + WEEK)  # fmt: skip


def answers(score, blanks=()):
    items = instrument().items
    return {item.key: None if place in blanks else score for place, item in enumerate(items)}


def test_a_change_is_paired_and_a_blank_is_missing_never_nought(cast):
    start, again = cast.viewer("worker", cast.worker.now - timedelta(weeks=12)), cast.worker
    for place, blanks in enumerate([(), (), (2, 7)]):
        case = case_of(start, a.person(start))
        care.measure(by=start, case=case, stage="start", answers=answers(3))
        care.measure(by=again, case=case, stage="review", answers=answers(4 + place % 2, blanks))
    care.measure(by=start, case=case_of(start, a.person(start)), stage="start", answers=answers(2))
    found = count(cast.lead, "recovery_change")
    assert (found.value, found.base, found.missing, found.low) == (15.0, 2, 1, None)


def test_people_with_a_plan_are_out_of_everybody_on_the_caseload_that_day(cast):
    cases = [case_of(cast.worker, a.person(cast.worker)) for _ in range(3)]
    agree(cast.worker, cases[0])
    late = cast.viewer("worker", AFTER)
    agree(late, cases[1])
    found = count(cast.lead, "plans_in_place")
    assert (found.value, found.base) == (1, 3)


def test_lines_are_counted_as_they_were_known(cast):
    lines.active_line(cast.analyst)
    late = cast.viewer("analyst", AFTER)
    lines.active_line(late, brand="Heron")
    assert count(cast.analyst, "lines_active_at_end").value == 1
    assert count(cast.analyst, "lines_zero_days").base == 91
    later = Window(QUARTER.from_on, QUARTER.to_on, AFTER.date())
    assert count(late, "lines_ever_known", later).value == 2
    assert count(late, "lines_steps", later).steps == (("2022-04-01", 2), ("2022-07-01", 2))


def test_reports_are_those_that_came_in_and_triaged_those_decided(cast):
    from clearlines.triage import actions as triage

    one = reports.report(cast.nobody)
    reports.report(cast.nobody)
    triage.take_up(by=cast.analyst, report=one)
    triage.decide(by=cast.analyst, report=one, outcome="no_action", reason="Already known and in hand.")
    found = count(cast.analyst, "reports_triaged")
    assert (found.value, found.base) == (1, 2)


def test_neither_half_can_be_counted_with_the_other_sides_eyes(cast):
    lines.active_line(cast.analyst)
    visit(cast.worker, a.person(cast.worker))
    letters.received(cast.food_club, cast.worker)
    assert count(cast.lead, "lines_ever_known").value == 0
    assert count(cast.analyst, "visits").rows_counted == 0
    assert count(cast.analyst, "referral_funnel").rows_counted == 0
    assert count(cast.viewer("stranger"), "lines_ever_known").value == 0


def test_spending_is_what_the_programme_folder_says_for_that_quarter(cast):
    found = count(cast.analyst, "spend_labour")
    assert (found.value, found.base, found.rows_counted) == (56500, 78000, 2)
    nothing = count(cast.analyst, "spend_other", Window(date(2030, 1, 1), date(2030, 3, 31), date(2030, 4, 1)))
    assert (nothing.value, nothing.note) == (None, "No spending has been written down for this quarter.")
