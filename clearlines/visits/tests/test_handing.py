"""Planned visits and promises change hands when a colleague leaves."""

from clearlines.visits import actions
from clearlines.visits.tests import build


def crew_of(appointment) -> set[str]:
    return {member.account.username for member in appointment.crew.filter(stood_down_at=None)}


def test_a_colleague_goes_instead_and_whoever_else_was_going_still_goes(cast):
    visit = build.appointment(cast.worker, crew=[cast.account("worker"), cast.account("lead")])
    assert visit in actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"))
    assert crew_of(visit) == {"peer", "lead"}


def test_somebody_already_going_is_not_sent_twice(cast):
    visit = build.appointment(cast.worker, crew=[cast.account("worker"), cast.account("peer")])
    actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"))
    assert crew_of(visit) == {"peer"}


def test_a_visit_somebody_is_at_is_theirs_to_end(cast):
    visit = build.appointment(cast.worker)
    actions.check_in(by=cast.worker, appointment=visit)
    assert actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer")) == []


def test_a_promise_goes_to_a_colleague_and_what_was_kept_stays(cast):
    kept = build.account(cast.worker, promise=("Ring the landlord", cast.worker.today)).appointment.follow_ups.get()
    actions.keep_promise(by=cast.worker, follow_up=kept)
    owed = build.account(cast.worker, promise=("Bring the forms", cast.worker.today)).appointment.follow_ups.get()
    assert actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer")) == [owed]
    owed.refresh_from_db()
    kept.refresh_from_db()
    assert (owed.created_by, kept.created_by) == (cast.account("peer"), cast.account("worker"))
