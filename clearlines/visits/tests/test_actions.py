import uuid
from datetime import timedelta

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.visits import actions, queries
from clearlines.visits.models import Appointment, JointOffer, VisitAccount
from clearlines.visits.tests import build

HOUR = timedelta(hours=1)


def later(cast, username, **by):
    return cast.viewer(username, cast.worker.now + timedelta(**by))


def test_a_place_flagged_never_alone_refuses_a_lone_worker(cast):
    flagged = places.place(cast.worker, never_alone=True, warning="Dog")
    with pytest.raises(Refused, match="alone"):
        build.appointment(cast.worker, place=flagged)
    two = build.appointment(cast.worker, place=flagged, crew=[cast.account("worker"), cast.account("lead")])
    assert (two.never_alone, two.safety) == (True, "Dog")


def test_an_appointment_planned_only_together_cannot_be_gone_to_before_the_other_side_says_yes(cast):
    flagged = places.place(cast.worker, never_alone=True)
    planned = build.appointment(cast.worker, place=flagged, only_together=True)
    with pytest.raises(Refused, match="alone"):
        actions.check_in(by=cast.worker, appointment=planned)
    offer = actions.offer(by=cast.worker, appointment=planned, to=cast.account("sergeant").organisation)
    actions.accept_offer(by=cast.officer, offer=offer, crew=[cast.account("officer")])
    there = actions.check_in(by=later(cast, "worker", days=1), appointment=planned)
    assert there.checked_in_at
    away = actions.check_out(by=later(cast, "worker", days=1, hours=1), appointment=planned)
    assert away.checked_out_at - away.checked_in_at == HOUR


def test_only_the_crew_check_in_and_nobody_checks_out_who_was_not_in(cast):
    planned = build.appointment(cast.worker)
    with pytest.raises(Refused, match="not in the crew"):
        actions.check_in(by=cast.lead, appointment=planned)
    with pytest.raises(Refused, match="not checked in"):
        actions.check_out(by=cast.worker, appointment=planned)


def test_pressing_twice_makes_one_appointment_and_one_account(cast):
    key = uuid.uuid4()
    place = places.place(cast.worker)
    first, second = (build.appointment(cast.worker, place=place, new_id=key) for _ in "ab")
    assert first == second
    visit = build.appointment(cast.worker, starts_at=cast.worker.now - HOUR)
    one, two = (build.account(cast.worker, at=visit, new_id=uuid.UUID(int=7)) for _ in "ab")
    assert one == two


def test_an_offer_copies_five_things_and_leaves_a_disclosure_on_the_ledger(cast):
    person = people.person(cast.worker)
    offer = build.offer(cast.worker, cast.sergeant, person=person, purpose="He is frightened", bring="Naloxone")
    entry = Entry.objects.get(event="visits.offered")
    assert (entry.kind, entry.under) == (Kind.DISCLOSURE, "joint-visits")
    assert offer.owner_id == "police"
    assert "14 Slipway Street" in offer.place_words
    held = " ".join(str(value) for value in vars(offer).values())
    assert "Robin" not in held
    assert "frightened" not in held
    assert str(person.pk) not in held
    pointed_at = {field.related_model._meta.label for field in JointOffer._meta.concrete_fields if field.is_relation}
    assert pointed_at == {"access.Organisation", "access.Account"}


def test_nothing_is_offered_where_no_agreement_is_live(cast):
    planned = build.appointment(cast.worker)
    with pytest.raises(Refused, match="no sharing agreement"):
        actions.offer(by=cast.worker, appointment=planned, to=cast.account("probation").organisation)
    long_after = cast.viewer("worker", cast.worker.now.replace(year=2028))
    much_later = build.appointment(long_after)
    with pytest.raises(Refused, match="ended on 30 December 2027"):
        actions.offer(by=long_after, appointment=much_later, to=cast.account("sergeant").organisation)


def test_the_other_organisation_names_its_own_people_and_the_organiser_is_told_their_names(cast):
    offer = build.offer(cast.worker, cast.sergeant)
    with pytest.raises(Refused, match="not from your organisation"):
        actions.accept_offer(by=cast.sergeant, offer=offer, crew=[cast.account("worker")])
    with pytest.raises(Refused, match="at least one"):
        actions.accept_offer(by=cast.sergeant, offer=offer, crew=[])
    theirs = actions.accept_offer(by=cast.sergeant, offer=offer, crew=[cast.account("officer")])
    ours = queries.appointments(cast.worker).get(number=offer.number)
    assert (ours.joint, ours.joint_crew) == ("accepted", "Sam Birkett")
    assert (theirs.owner_id, theirs.joint, theirs.person, theirs.place) == ("police", "accepted", None, None)
    with pytest.raises(Refused, match="has been answered"):
        actions.accept_offer(by=cast.sergeant, offer=offer, crew=[cast.account("officer")])


def test_accepting_twice_with_one_page_makes_one_appointment(cast):
    offer, key = build.offer(cast.worker, cast.sergeant), uuid.uuid4()
    crew = [cast.account("officer")]
    first, second = (actions.accept_offer(by=cast.sergeant, offer=offer, crew=crew, new_id=key) for _ in "ab")
    assert first == second


def test_an_officer_of_another_force_cannot_answer_an_offer(cast):
    offer = build.offer(cast.worker, cast.sergeant)
    with pytest.raises(Refused, match="another organisation"):
        actions.accept_offer(by=cast.stranger, offer=offer, crew=[cast.account("stranger")])


def test_declining_after_accepting_ends_their_appointment_and_tells_the_organiser(cast):
    ours, theirs = build.accepted(cast.worker, cast.officer)
    offer = JointOffer.objects.get()
    actions.decline_offer(by=cast.sergeant, offer=offer, why="No car that day")
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.joint, ours.joint_why, ours.joint_crew) == ("declined", "No car that day", "")
    assert theirs.state == "cancelled"
    again = actions.offer(by=cast.worker, appointment=ours, to=cast.account("sergeant").organisation)
    assert again.pk == offer.pk
    assert actions.accept_offer(by=cast.sergeant, offer=again, crew=[cast.account("officer")]).state == "planned"


def test_an_offer_taken_back_cannot_be_accepted(cast):
    offer = build.offer(cast.worker, cast.sergeant)
    ours = queries.appointments(cast.worker).get()
    actions.withdraw_offer(by=cast.worker, appointment=ours, seen=ours.version)
    with pytest.raises(Refused, match="took the offer back"):
        actions.accept_offer(by=cast.sergeant, offer=offer, crew=[cast.account("officer")])


def test_moving_a_joint_visit_asks_again(cast):
    ours, theirs = build.accepted(cast.worker, cast.officer)
    moved = ours.starts_at + timedelta(days=1)
    actions.move(by=cast.worker, appointment=ours, seen=ours.version, starts_at=moved, minutes=30)
    theirs.refresh_from_db()
    offer = queries.offers_waiting(cast.sergeant).get()
    assert (offer.starts_at, theirs.state) == (moved, "cancelled")
    assert queries.appointments(cast.worker).get().joint == "offered"
    with pytest.raises(Refused, match="only they can move it"):
        actions.move(by=cast.officer, appointment=theirs, seen=theirs.version, starts_at=moved, minutes=30)


def test_cancelling_withdraws_the_offer_and_says_nothing_of_why(cast):
    ours, theirs = build.accepted(cast.worker, cast.officer)
    with pytest.raises(Refused, match="cannot come instead"):
        actions.cancel(by=cast.officer, appointment=theirs, seen=theirs.version, why="No car")
    actions.cancel(by=cast.worker, appointment=ours, seen=ours.version, why="She is in hospital")
    theirs.refresh_from_db()
    assert theirs.state == "cancelled"
    assert "hospital" not in theirs.cancelled_why + JointOffer.objects.get().why


def test_a_stale_page_changes_nothing(cast):
    planned = build.appointment(cast.worker)
    both = [cast.account("worker"), cast.account("lead")]
    actions.send_others(by=cast.lead, appointment=planned, seen=1, crew=both)
    with pytest.raises(Refused, match="somebody changed this"):
        actions.cancel(by=cast.worker, appointment=planned, seen=1, why="Ill")
    actions.send_others(by=cast.lead, appointment=planned, seen=2, crew=[cast.account("lead")])
    assert [each.account for each in queries.appointments(cast.lead).get().going] == [cast.account("lead")]


def test_a_visit_cannot_be_recorded_before_it_happened_nor_twice(cast):
    planned = build.appointment(cast.worker)
    with pytest.raises(Refused, match="before it has happened"):
        build.account(cast.worker, at=planned)
    tomorrow = later(cast, "worker", days=1, hours=2)
    build.account(tomorrow, at=planned)
    with pytest.raises(Refused, match="already written"):
        build.account(tomorrow, at=planned)


def test_each_organisation_writes_its_own_account_of_one_visit(cast):
    ours, theirs = build.accepted(cast.worker, cast.officer)
    worker, officer = (later(cast, each, days=1, hours=2) for each in ("worker", "officer"))
    build.account(worker, at=ours, facts="He hid a bag for them", earshot="no_officer")
    build.account(officer, at=theirs, facts="Door damaged")
    assert [each.facts for each in queries.accounts(worker)] == ["He hid a bag for them"]
    assert [each.facts for each in queries.accounts(officer)] == ["Door damaged"]
    with pytest.raises(Refused, match="another organisation"):
        build.account(officer, at=ours)


def test_a_correction_keeps_what_was_written(cast):
    first = build.account(cast.worker, facts="Two men inside", outcome="seen")
    said = {"outcome": "refused", "arrived_at": first.arrived_at, "entry": "outside", "facts": "Two men at the door"}
    with pytest.raises(Refused, match="why"):
        actions.correct(by=cast.worker, account=first, why=" ", **said)
    second = actions.correct(by=cast.worker, account=first, why="They were outside", **said)
    assert (second.version, second.replaces) == (2, first)
    assert VisitAccount.objects.get(pk=first.pk).facts == "Two men inside"
    assert list(queries.accounts(cast.worker)) == [second]
    with pytest.raises(Refused, match="corrected since"):
        actions.correct(by=cast.worker, account=first, why="Again", **said)


def test_a_promise_at_the_door_is_due_until_it_is_kept(cast):
    account = build.account(cast.worker, promise=("Ring the landlord", cast.worker.today + timedelta(days=2)))
    promised = account.appointment.follow_ups.get()
    assert "Ring the landlord" in next(each.words for each in queries.due(cast.worker, cast.worker.now))
    actions.keep_promise(by=cast.worker, follow_up=promised)
    assert not queries.due(cast.worker, cast.worker.now)


def three_without_answer(cast):
    person = people.person(cast.worker)
    for days in (3, 2, 1):
        by = later(cast, "worker", days=-days)
        last = build.account(by, person=person, outcome="no_reply")
    return last.appointment


def test_three_without_an_answer_are_for_a_supervisor_to_decide(cast):
    visit = three_without_answer(cast)
    assert queries.decisions_due(cast.lead) == [visit]
    assert any(each.kind == "Decision" for each in queries.due(cast.lead, cast.lead.now))
    assert not queries.due(cast.worker, cast.worker.now)
    with pytest.raises(Forbidden):
        actions.decide_after_no_answer(by=cast.worker, appointment=visit, decision="phone", why="He answers texts")
    actions.decide_after_no_answer(by=cast.lead, appointment=visit, decision="phone", why="He answers texts")
    assert not queries.decisions_due(cast.lead)
    assert Appointment.objects.filter(state="cancelled").count() == 0


def test_a_fourth_without_an_answer_after_a_decision_starts_again_from_one(cast):
    visit = three_without_answer(cast)
    actions.decide_after_no_answer(by=cast.lead, appointment=visit, decision="another_time", why="Evenings")
    build.account(cast.worker, person=visit.person, outcome="no_reply")
    assert not queries.decisions_due(cast.lead)


def test_someone_whose_role_does_not_visit_can_do_nothing(cast):
    with pytest.raises(Forbidden):
        build.appointment(cast.volunteer, place_words="Somewhere")


def test_one_organisation_never_sends_to_anothers_place(cast):
    theirs = places.place(cast.sergeant)
    with pytest.raises(Refused, match="not one your organisation holds"):
        build.appointment(cast.worker, place=theirs)


def test_a_crew_is_not_changed_after_the_visit_is_over(cast):
    written = build.account(cast.worker).appointment
    with pytest.raises(Refused, match="the visit is done"):
        actions.send_others(by=cast.worker, appointment=written, seen=written.version, crew=[cast.account("lead")])


def test_checking_in_and_out_twice_keeps_the_first_times(cast):
    planned = build.appointment(cast.worker)
    first, again = later(cast, "worker", days=1), later(cast, "worker", days=1, minutes=9)
    assert actions.check_in(by=first, appointment=planned) == actions.check_in(by=again, appointment=planned)
    away = actions.check_out(by=again, appointment=planned)
    assert (
        actions.check_out(by=later(cast, "worker", days=2), appointment=planned).checked_out_at == away.checked_out_at
    )
    assert away.checked_in_at == first.now


def test_moving_a_visit_of_ones_own_asks_nobody(cast):
    planned = build.appointment(cast.worker)
    actions.move(by=cast.worker, appointment=planned, seen=1, starts_at=planned.starts_at + HOUR, minutes=20)
    assert queries.appointments(cast.worker).get().minutes == 20
    assert not JointOffer.objects.exists()
