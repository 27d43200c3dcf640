from datetime import timedelta

import pytest
from django.utils import timezone

from clearlines.access import actions as access
from clearlines.access.models import Account, RoleHeld, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.tests import build as sign_in
from clearlines.care.models import Case
from clearlines.ledger.models import Entry
from clearlines.staff import actions, queries, timed
from clearlines.staff.models import EndedSession, HandedOn, HandOver, Notice
from clearlines.staff.tests import build
from tests.cast import TODAY

YESTERDAY = TODAY - timedelta(days=1)


def machine(cast, moment=None):
    from clearlines.access.viewer import Viewer

    return Viewer(
        None, moment or cast.lead.now, (), frozenset({P.RUN_SYSTEM}), frozenset(), without_account="the machine"
    )


def test_the_administrator_opens_an_account_and_gives_it_nothing(cast):
    police = cast.account("officer").organisation
    joined = access.open_account(
        by=cast.administrator, username="new.officer", full_name="New Officer", organisation=police, roles=[],
        from_on=TODAY,
    )  # fmt: skip
    assert joined.roles_on(TODAY) == []
    with pytest.raises(Refused, match="its own manager"):
        access.open_account(
            by=cast.administrator, username="another", full_name="A B", organisation=police, roles=["analyst"],
            from_on=TODAY,
        )  # fmt: skip
    with pytest.raises(Refused, match="taken"):
        access.open_account(
            by=cast.administrator, username="NEW.officer", full_name="A B", organisation=police, roles=[], from_on=TODAY
        )
    with pytest.raises(Forbidden):
        access.give_role(by=cast.administrator, account=joined, role="visit_officer", from_on=TODAY)


def test_the_sergeant_gives_a_role_to_their_own_and_to_nobody_elses(cast):
    officer = cast.account("officer")
    access.give_role(by=cast.sergeant, account=officer, role="analyst", from_on=TODAY)
    assert cast.officer.may(P.GRADE_REPORTS)
    for other in ("worker", "probation", "stranger"):
        with pytest.raises(Refused, match="another organisation"):
            access.give_role(by=cast.sergeant, account=cast.account(other), role="visit_officer", from_on=TODAY)
    with pytest.raises(Refused, match="ask another manager"):
        access.give_role(by=cast.sergeant, account=cast.account("sergeant"), role="custodian", from_on=TODAY)
    with pytest.raises(Refused, match="not a role that is held"):
        access.give_role(by=cast.sergeant, account=officer, role="recovery_worker", from_on=TODAY)


@pytest.mark.parametrize("member", ["worker", "volunteer", "charity.information", "officer", "commissioner", "nobody"])
def test_whoever_leads_nobody_gives_no_role(cast, member):
    with pytest.raises(Forbidden):
        access.give_role(by=cast.viewer(member), account=cast.account("peer"), role="project_lead", from_on=TODAY)


def test_a_role_that_is_ended_opens_nothing_from_that_moment(cast):
    held = RoleHeld.objects.get(account=cast.account("worker"))
    access.end_role(by=cast.lead, held=held)
    assert not cast.worker.may(P.SEE_CARE)
    begun_today = access.give_role(by=cast.lead, account=cast.account("worker"), role="recovery_worker", from_on=TODAY)
    assert cast.worker.may(P.SEE_CARE)
    access.end_role(by=cast.lead, held=begun_today)
    assert not cast.worker.may(P.SEE_CARE)
    assert Entry.objects.filter(event="access.role_ended", organisation="charity").count() == 2


def test_two_people_are_never_each_others_supervisor(cast):
    build.answers_to(cast, "worker", "peer")
    with pytest.raises(Refused, match="answers to this person already"):
        build.answers_to(cast, "peer", "worker")


def test_being_on_duty_opens_the_team_for_those_hours_only(cast):
    case, now = build.case_of(cast, "peer"), cast.lead.now
    from clearlines.care import queries as care

    assert case not in care.caseload(cast.worker)
    duty = access.put_on_duty(
        by=cast.lead, account=cast.account("worker"), from_at=now, until_at=now + timedelta(hours=8)
    )
    assert case in care.caseload(cast.worker)
    assert case not in care.caseload(cast.viewer("worker", now + timedelta(hours=9)))
    access.end_duty(by=cast.lead, duty=duty)
    assert case not in care.caseload(cast.worker)


def test_vetting_holds_until_the_last_minute_of_its_day_and_the_clock_does_its_part_once(cast):
    build.case_of(cast)
    worker = build.answers_to(cast, "worker", "peer", vetted_until=TODAY)
    last = timezone.make_aware(timezone.datetime(2022, 6, 14, 23, 59, 59))
    midnight = last + timedelta(seconds=1)
    assert cast.viewer("worker", last).may(P.SEE_CARE)
    assert timed.tick(by=machine(cast, last)) == 0
    assert not cast.viewer("worker", midnight).may(P.SEE_CARE)
    assert timed.tick(by=machine(cast, midnight)) == 1
    assert timed.tick(by=machine(cast, midnight)) == 0
    assert HandOver.objects.get().account == worker
    assert Case.objects.get().worker == cast.account("peer")


def test_training_runs_out_as_vetting_does(cast):
    build.answers_to(cast, "worker", "peer", trained_until=YESTERDAY)
    assert timed.tick(by=machine(cast)) == 1


def test_the_machines_entries_are_the_organisations_to_read(cast):
    build.case_of(cast)
    build.answers_to(cast, "worker", "peer", vetted_until=YESTERDAY)
    timed.tick(by=machine(cast))
    found = Entry.objects.filter(event__in=["staff.handed_over", "care.handed_on"])
    assert {entry.organisation for entry in found} == {"charity"}
    assert {entry.actor for entry in found} == {"the machine"}


def test_a_supervisor_kept_away_from_somebody_is_not_handed_them(cast):
    case, other = build.case_of(cast), build.case_of(cast)
    build.answers_to(cast, "worker", "peer")
    build.keep_away(cast.account("peer"), case.person, at=cast.lead.now)
    done = actions.hand_over(by=cast.lead, account=cast.account("worker"), why=HandOver.Why.AWAY)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.worker, other.worker) == (cast.account("lead"), cast.account("peer"))
    assert {item.row for item in HandedOn.objects.filter(to=cast.account("peer"))} == {other.pk}
    assert not Tie.objects.filter(account=cast.account("peer"), row=case.person_id, kind="allocated").exists()
    assert done.items.count() == 2


def test_a_supervisor_whose_role_does_not_do_that_work_is_passed_over(cast):
    build.answers_to(cast, "worker", "volunteer")
    case = build.case_of(cast)
    actions.hand_over(by=cast.lead, account=cast.account("worker"), why=HandOver.Why.AWAY)
    case.refresh_from_db()
    assert case.worker == cast.account("lead")


def test_where_nobody_can_take_it_the_work_stays_and_the_ledger_says_so(cast):
    case = build.case_of(cast, "lead")
    Account.objects.filter(organisation="charity").exclude(username="lead").update(is_active=False)
    actions.leave(by=cast.administrator, account=cast.account("lead"))
    case.refresh_from_db()
    assert case.worker == cast.account("lead")
    assert Entry.objects.get(event="staff.handed_over").note.startswith("nobody in the organisation")


def test_coming_back_is_one_act_and_brings_the_work_only_if_the_manager_says_so(cast):
    case = build.case_of(cast)
    worker = build.answers_to(cast, "worker", "peer", vetted_until=YESTERDAY)
    timed.tick(by=machine(cast))
    back = {"supervisor": None, "trained_until": None}
    with pytest.raises(Refused, match="would still have run out"):
        actions.come_back(by=cast.lead, account=worker, vetted_until=YESTERDAY, **back)
    actions.come_back(by=cast.lead, account=worker, vetted_until=TODAY, with_work=True, **back)
    case.refresh_from_db()
    assert case.worker == worker
    assert cast.worker.may(P.SEE_CARE)
    assert Tie.objects.filter(account=worker, row=case.person_id, kind="allocated", until_at=None).exists()
    assert not queries.handed_to(cast.viewer("peer"))
    assert timed.tick(by=machine(cast)) == 0


def test_coming_back_without_the_work_leaves_it_where_it_is(cast):
    case = build.case_of(cast)
    build.answers_to(cast, "worker", "peer", vetted_until=YESTERDAY)
    timed.tick(by=machine(cast))
    actions.come_back(
        by=cast.lead, account=cast.account("worker"), vetted_until=None, trained_until=None, supervisor=None
    )
    case.refresh_from_db()
    assert case.worker == cast.account("peer")


def test_a_leaver_is_closed_and_what_they_held_is_with_their_lead(cast):
    case = build.case_of(cast)
    actions.leave(by=cast.administrator, account=cast.account("worker"))
    case.refresh_from_db()
    assert case.worker == cast.account("lead")
    assert not cast.account("worker").__class__.objects.get(username="worker").is_active
    assert Entry.objects.get(event="care.handed_on").organisation == "charity"
    with pytest.raises(Refused, match="another administrator"):
        actions.leave(by=cast.administrator, account=cast.account("administrator"))


def test_an_account_opened_again_holds_no_role_and_its_manager_is_told(cast):
    account = cast.account("worker")
    actions.leave(by=cast.administrator, account=account)
    actions.open_again(by=cast.administrator, account=account)
    assert not cast.worker.may(P.SEE_CARE)
    assert Notice.objects.get().to == cast.account("lead")
    access.give_role(by=cast.lead, account=account, role="recovery_worker", from_on=TODAY)
    assert cast.worker.may(P.SEE_CARE)


def test_a_supported_persons_account_is_closed_without_any_hand_over(cast):
    actions.leave(by=cast.administrator, account=cast.account("supported"))
    assert not HandOver.objects.exists()


def test_hand_overs_of_another_organisation_are_refused(cast):
    with pytest.raises(Refused, match="another organisation"):
        actions.hand_over(by=cast.sergeant, account=cast.account("worker"), why=HandOver.Why.AWAY)
    for member in ("worker", "administrator", "charity.information"):
        with pytest.raises(Forbidden):
            actions.hand_over(by=cast.viewer(member), account=cast.account("peer"), why=HandOver.Why.AWAY)


def test_a_lost_phone_needs_a_reason_and_tells_the_supervisor(cast, client):
    sign_in.sign_in(client, "worker")
    with pytest.raises(Refused, match="really them"):
        actions.lost_phone(by=cast.administrator, account=cast.account("worker"), why=" ")
    actions.lost_phone(by=cast.administrator, account=cast.account("worker"), why="Rang her back")
    told = Notice.objects.get()
    assert (told.to, told.account) == (cast.account("lead"), cast.account("worker"))
    assert EndedSession.objects.count() == 1
    actions.seen_to(by=cast.lead, notice=told)
    assert not queries.notices(cast.lead).exists()


def test_nobody_but_an_administrator_takes_a_second_factor_away(cast):
    for member in ("lead", "worker", "charity.information", "sergeant"):
        with pytest.raises(Forbidden):
            actions.lost_phone(by=cast.viewer(member), account=cast.account("peer"), why="Please")
    with pytest.raises(Refused, match="another administrator"):
        actions.lost_phone(by=cast.administrator, account=cast.account("administrator"), why="Mine")
