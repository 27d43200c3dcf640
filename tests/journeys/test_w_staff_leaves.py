"""Scenario 49: a worker's vetting runs out at 23:59. At 00:00 nothing opens, and nobody they stood beside is alone.

A second story follows it: somebody else leaves for good, and a third comes back.
"""

from datetime import datetime, time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clearlines.access import actions as access
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.tests import build as sign_in
from clearlines.access.viewer import Viewer
from clearlines.care import actions as care
from clearlines.care.models import Case
from clearlines.ledger.models import Entry
from clearlines.ledger.queries import verify
from clearlines.people.tests import build as people
from clearlines.referrals import actions as referrals
from clearlines.referrals.tests import build as letters
from clearlines.screening import actions as screening
from clearlines.screening.models import Screening
from clearlines.screening.tests import build as screens
from clearlines.staff import actions, queries, timed
from clearlines.visits import actions as visits
from clearlines.visits.models import Appointment, FollowUp
from clearlines.visits.tests import build as doors
from tests.cast import TODAY

YEAR = timedelta(days=365)
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def machine(now: datetime) -> Viewer:
    return Viewer(None, now, (), frozenset({P.RUN_SYSTEM}), frozenset(), without_account="the machine")


@pytest.mark.slow
def test_s49_vetting_runs_out_at_midnight_and_every_task_is_in_a_colleagues_hands(cast):
    worker, peer, last_day = cast.account("worker"), cast.account("peer"), TODAY
    midnight = timezone.make_aware(datetime.combine(last_day, time.max)) + timedelta(microseconds=1)
    evening = midnight - timedelta(hours=6)
    amy, lead = cast.viewer("worker", evening), cast.viewer("lead", evening)

    # Amy holds one of everything, and her peer Danny answers for her. One of her people is Danny's cousin.
    letter = referrals.acknowledge(by=lead, received=letters.received(cast.food_club, lead), worker=worker)
    case = care.open_case(by=amy, person=people.person(amy), worker=worker)
    cousin = care.open_case(by=amy, person=people.person(amy, given_name="Kim"), worker=worker)
    begun = screens.begun(amy, person=case.person)
    visit = doors.appointment(amy, crew=[worker, cast.account("lead")], starts_at=midnight + timedelta(hours=9))
    owed = doors.account(amy, promise=("Bring the forms", last_day)).appointment.follow_ups.get()
    Tie.objects.create(
        account=peer, kind=Tie.Kind.KEPT_AWAY, noun="people.Person", row=cousin.person_id, from_at=evening
    )
    access.set_clearances(by=lead, account=worker, supervisor=peer, vetted_until=last_day, trained_until=None)

    # At 23:59 she may work; one minute later, before any clock has run, her account holds nothing.
    assert cast.viewer("worker", midnight - timedelta(minutes=1)).may(P.SEE_CARE)
    assert not cast.viewer("worker", midnight).may(P.SEE_CARE)

    # Her phone was signed in while her vetting held. (A browser lives by the real clock, whatever the story's says.)
    Account.objects.filter(pk=worker.pk).update(vetted_until=None)
    phone = Client(HTTP_USER_AGENT=PHONE)
    sign_in.sign_in(phone, "worker")
    assert phone.get("/care/").status_code == 200
    Account.objects.filter(pk=worker.pk).update(vetted_until=last_day)

    # The clock does its part, once.
    assert timed.tick(by=machine(midnight)) == 1
    assert timed.tick(by=machine(midnight)) == 0

    # Everything is Danny's now, but for his cousin, whom the lead takes.
    assert Case.objects.get(pk=case.pk).worker == peer
    assert Case.objects.get(pk=cousin.pk).worker == cast.account("lead")
    letter.refresh_from_db()
    assert letter.worker == peer
    assert Screening.objects.get(pk=begun.pk).created_by == peer
    going = Appointment.objects.get(pk=visit.pk).crew.filter(stood_down_at=None)
    assert {member.account.username for member in going} == {"peer", "lead"}
    assert FollowUp.objects.get(pk=owed.pk).created_by == peer
    assert not Tie.objects.filter(account=worker, until_at=None).exists()

    # Danny finds them listed, under her name, and sees no trace of his cousin.
    theirs = queries.handed_to(cast.viewer("peer", midnight))
    assert {each.what for each in theirs} == {"Letter", "Case", "Screening", "Visit", "Promise"}
    assert "Kim" not in " ".join(each.words for each in theirs)
    desk = Client()
    sign_in.sign_in(desk, "peer")
    page = desk.get("/staff/handed-to-me/").content.decode()
    assert "Amy Postle" in page
    assert "vetting or training ran out" in page

    # Her lead sees what she held, the phone that was signed out, and the files she took.
    lead_now = cast.viewer("lead", midnight)
    left = queries.hand_overs(lead_now).get()
    assert [each.device for each in queries.ended_sessions(lead_now, worker)] == ["Chrome on an Android phone"]
    assert len(queries.handed_on(lead_now, left)) == 6

    # At its next contact the phone is shut out and forgets what it held.
    gone = phone.get("/care/")
    assert gone.status_code == 302
    assert "storage" in gone["Clear-Site-Data"]
    assert sign_in.sign_in(phone, "worker").status_code == 403

    # Every step is in the charity's own ledger, under the name of whoever did it.
    events = Entry.objects.filter(actor="the machine", organisation="charity").values_list("event", flat=True)
    assert {"staff.handed_over", "staff.session_ended", "care.handed_on", "visits.handed_on"} <= set(events)
    assert verify().intact

    # Renewed, she comes back by one act of her lead's, and her people come back with her.
    actions.come_back(
        by=cast.viewer("lead", midnight), account=worker, supervisor=peer, vetted_until=timezone.localdate() + YEAR,
        trained_until=None, with_work=True,
    )  # fmt: skip
    assert Case.objects.get(pk=case.pk).worker == worker
    assert Case.objects.get(pk=cousin.pk).worker == worker
    assert sign_in.sign_in(phone, "worker").status_code == 302
    assert phone.get(f"/care/{case.pk}/").status_code == 200
    assert settings.SESSION_COOKIE_AGE == 30 * 60


@pytest.mark.slow
def test_an_officer_leaves_the_police_and_the_charity_learns_nothing_of_it(cast):
    officer, before = cast.account("officer"), Entry.objects.filter(organisation="charity").count()
    visit = doors.appointment(cast.officer, crew=[officer, cast.account("sergeant")])
    actions.leave(by=cast.administrator, account=officer)
    going = Appointment.objects.get(pk=visit.pk).crew.filter(stood_down_at=None)
    assert [member.account.username for member in going] == ["sergeant"]
    assert queries.hand_overs(cast.sergeant).get().account == officer
    assert not queries.hand_overs(cast.lead).exists()
    assert Entry.objects.filter(organisation="charity").count() == before
    assert visits.hand_on.needs == P.LOOK_AFTER_STAFF
    assert screening.hand_on.needs == P.LOOK_AFTER_STAFF
