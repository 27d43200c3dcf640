from datetime import timedelta

from clearlines.access.tests.build import put_on_duty
from clearlines.people import actions as people_actions
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.visits import actions, queries
from clearlines.visits.tests import build
from tests.cast import MEMBERS

HOUR = timedelta(hours=1)


def test_nobody_but_the_charity_sees_the_charitys_visits_lists_and_counts_included(cast):
    build.account(cast.worker, person=people.person(cast.worker), facts="Secret")
    today = cast.worker.today
    for member in MEMBERS:
        viewer = cast.viewer(member)
        expected = 1 if member in ("lead", "worker") else 0
        assert queries.accounts(viewer).count() == expected, member
        assert queries.appointments(viewer).count() == expected, member
        assert queries.counts(viewer, today, today).attempts == expected, member


def test_the_police_see_of_a_joint_visit_only_what_was_offered_and_their_own(cast):
    _, theirs = build.accepted(cast.worker, cast.officer, person=people.person(cast.worker))
    build.appointment(cast.worker, place_words="The safe house, Ulverston")
    assert list(queries.appointments(cast.sergeant)) == [theirs]
    assert "safe house" not in str(list(queries.offers(cast.sergeant).values()))
    assert not queries.offers(cast.stranger)
    assert not queries.offers(cast.worker)


def test_attempts_achieved_people_and_homes_are_four_numbers(cast):
    robin, home = people.person(cast.worker), places.place(cast.worker)
    bench = places.place(cast.worker, words="Bench by the pier", kind="usual_place")
    build.account(cast.worker, person=robin, place=home)
    build.account(cast.worker, person=robin, place=home)
    build.account(cast.worker, person=people.person(cast.worker, given_name="Jo"), place=home)
    build.account(cast.worker, place=bench)
    for outcome in ("refused", "no_reply", "unsafe", "moved"):
        build.account(cast.worker, outcome=outcome)
    counts = queries.counts(cast.worker, cast.worker.today, cast.worker.today)
    assert (counts.attempts, counts.achieved, counts.contact_rate) == (8, 4, (4, 8))
    assert (counts.refused, counts.no_reply, counts.unsafe, counts.moved) == (1, 1, 1, 1)
    assert (counts.unique_people, counts.without_person, counts.unique_homes) == (2, 1, 1)


def test_two_records_said_to_be_one_person_are_counted_once(cast):
    one, other = people.person(cast.worker), people.person(cast.worker, given_name="Rob")
    build.account(cast.worker, person=one)
    build.account(cast.worker, person=other)
    people_actions.say_same(by=cast.worker, one=one, other=other, reason="Same phone")
    assert queries.counts(cast.worker, cast.worker.today, cast.worker.today).unique_people == 1


def test_a_corrected_account_counts_once_and_as_corrected(cast):
    first = build.account(cast.worker)
    said = {"outcome": "refused", "arrived_at": first.arrived_at, "entry": "outside"}
    actions.correct(by=cast.worker, account=first, why="Misread", **said)
    counts = queries.counts(cast.worker, cast.worker.today, cast.worker.today)
    assert (counts.attempts, counts.achieved, counts.refused) == (1, 0, 1)


def test_days_outside_the_period_are_not_counted(cast):
    build.account(cast.worker)
    yesterday = cast.worker.today - timedelta(days=1)
    assert queries.counts(cast.worker, yesterday, yesterday).attempts == 0


def test_my_round_is_mine_and_whoever_is_on_duty_sees_what_is_coming_for_everybody(cast):
    today = build.appointment(cast.worker, starts_at=cast.worker.now + timedelta(hours=1))
    tomorrow = build.appointment(cast.worker)
    leads = build.appointment(cast.lead, starts_at=cast.lead.now + timedelta(hours=2))
    assert list(queries.my_round(cast.worker)) == [today]
    assert list(queries.coming(cast.worker)) == [tomorrow]
    put_on_duty(cast, "worker")
    assert list(queries.coming(cast.worker)) == [leads, tomorrow]


def test_a_visit_nobody_wrote_up_waits(cast):
    build.appointment(cast.worker)
    after = cast.viewer("worker", cast.worker.now + timedelta(days=2))
    assert queries.to_write_up(after).count() == 1
    (due,) = queries.due(after, after.now)
    assert due.words.startswith("Write up")


def test_an_offer_waits_on_the_desk_of_whoever_was_asked(cast):
    build.offer(cast.worker, cast.sergeant)
    (due,) = queries.due(cast.officer, cast.officer.now)
    assert due.kind == "Joint visit"


def test_only_those_with_a_live_agreement_may_be_asked_along(cast):
    assert {each.kind for each in queries.who_may_be_asked(cast.worker)} == {"police"}


def test_somebody_taken_off_a_visit_no_longer_sees_it(cast):
    crew = [cast.account("worker"), cast.account("peer")]
    visit = build.appointment(cast.lead, person=people.person(cast.lead), crew=crew)
    assert queries.appointments(cast.worker).get() == visit
    actions.send_others(by=cast.lead, appointment=visit, seen=visit.version, crew=[cast.account("peer")])
    assert not queries.appointments(cast.worker)
    assert queries.appointments(cast.peer).get() == visit


def test_whoever_wrote_what_happened_sees_the_visit_whether_or_not_they_are_in_its_crew(cast):
    visit = build.appointment(cast.lead, starts_at=cast.lead.now - HOUR, crew=[cast.account("peer")])
    account = build.account(cast.worker, at=visit)
    assert queries.appointments(cast.worker).get() == visit
    assert queries.accounts(cast.worker).get() == account
