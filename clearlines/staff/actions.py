"""Hand a leaver's work on, bring somebody back, close an account, and tell a supervisor what an administrator did."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from clearlines.access import actions as access
from clearlines.access.acts import action, made_by
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.ties import standing_ties
from clearlines.access.viewer import Viewer
from clearlines.care import actions as care
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.referrals import actions as referrals
from clearlines.screening import actions as screening
from clearlines.staff import rules, sessions
from clearlines.staff.models import HandedOn, HandOver, Notice
from clearlines.staff.receiving import receivers
from clearlines.staff.standing_in import standing_in
from clearlines.visits import actions as visits

# In the order in which work comes: every room that gives somebody something to do.
ROOMS_THAT_HAND_ON: tuple[Callable[..., list[Any]], ...] = (
    referrals.hand_on, screening.hand_on, visits.hand_on, care.hand_on,
)  # fmt: skip
# What ends with the account. What keeps them away from somebody stays, in case they come back.
ENDS = (Tie.Kind.ALLOCATED, Tie.Kind.PANEL, Tie.Kind.OPENED, Tie.Kind.ON_DUTY)


@action(may=P.LOOK_AFTER_STAFF, across="work is handed on about people whom a manager is kept away from")
def hand_over(*, by: Viewer, account: Account, why: str) -> HandOver:
    """Sessions end, work goes to whoever answers for it, and both are listed. Done twice, it does nothing twice."""
    account = Account.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=account.pk)
    me = by.account.pk if by.account else None
    refuse_if(rules.reasons_not_to_hand_over(account, organisation=by.organisation_key, by=me))
    hand_over, _ = HandOver.objects.update_or_create(
        account=account, came_back_at=None, defaults={"why": why}, create_defaults={**made_by(by), "why": why}
    )
    sessions.end_all_of(account, by=by, why=hand_over.get_why_display())
    tied = list(standing_ties(Tie.Kind.ALLOCATED, by.now).filter(account=account))
    takers = receivers(account, by=by)
    for receiver in takers:
        _hand_to(by, hand_over, receiver)
        tied = _move_ties(by, tied, receiver)
    for kind in ENDS:
        standing_ties(kind, by.now).filter(account=account).update(until_at=by.now, ended_by=by.account)
    note = "" if takers else "nobody in the organisation could take it"
    ledger.record("staff.handed_over", kind=Kind.ALTERATION, by=by, about=[account, hand_over, *takers], note=note)
    return hand_over


@action(may=P.LOOK_AFTER_STAFF, across="work is handed on about people whom a manager is kept away from")
def come_back(
    *, by: Viewer, account: Account, supervisor: Account | None, vetted_until: date | None, trained_until: date | None,
    with_work: bool = False,
) -> Account:  # fmt: skip
    """Renewed: the roles they held open again today. Their work comes back with them only if their manager says so."""
    refuse_if(rules.reasons_not_to_come_back(vetted_until=vetted_until, trained_until=trained_until, today=by.today))
    account = access.set_clearances(
        by=by, account=account, supervisor=supervisor, vetted_until=vetted_until, trained_until=trained_until
    )
    account = Account.objects.select_related("organisation").get(pk=account.pk)
    for hand_over in HandOver.objects.filter(account=account, came_back_at=None):
        hand_over.came_back_at, hand_over.came_back_by = by.now, by.account
        hand_over.save(update_fields=["came_back_at", "came_back_by"])
        if with_work:
            _give_back(by, hand_over, account)
    ledger.record("staff.came_back", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.MANAGE_ACCOUNTS, across="the host opens and closes accounts of every organisation")
def leave(*, by: Viewer, account: Account) -> HandOver | None:
    """The account closes now, and what it held goes to colleagues. A supported person's account holds no work."""
    if account == by.account:
        raise Refused(["nobody closes their own account: ask another administrator"])
    done = None
    if account.roles_on(by.today) != ["supported_person"]:
        inside = standing_in(by, account.organisation)
        done = hand_over(by=inside, account=account, why=HandOver.Why.LEFT)
    sessions.end_all_of(account, by=by, why="account closed")
    access.close_account(by=by, account=account)
    return done


@action(may=P.MANAGE_ACCOUNTS, across="the host opens and closes accounts of every organisation")
def open_again(*, by: Viewer, account: Account) -> Account:
    """An account that was closed. Its manager is told, because the administrator gives it no role."""
    account = access.reopen_account(by=by, account=account)
    HandOver.objects.filter(account=account, came_back_at=None).update(came_back_at=by.now, came_back_by=by.account)
    _tell(by, account, Notice.About.OPENED_AGAIN)
    return account


@action(may=P.MANAGE_ACCOUNTS, across="the host opens and closes accounts of every organisation")
def lost_phone(*, by: Viewer, account: Account, why: str) -> int:
    """Their second factor goes and so does every session. Nothing opens until their supervisor says that it is they."""
    removed = access.reset_second_factor(by=by, account=account, why=why)
    sessions.end_all_of(account, by=by, why="second factor taken away by an administrator")
    _tell(by, account, Notice.About.SECOND_FACTOR)
    return removed


@action(may=P.MANAGE_ACCOUNTS, across="the host opens and closes accounts of every organisation")
def new_link(*, by: Viewer, account: Account) -> Account:
    """The old password and every older link die. The page shows the new link once."""
    account = access.take_password_away(by=by, account=account)
    sessions.end_all_of(account, by=by, why="given a new link to begin")
    return account


@action(may=P.LOOK_AFTER_STAFF)
def seen_to(*, by: Viewer, notice: Notice) -> Notice:
    notice.seen_at = notice.seen_at or by.now
    notice.save(update_fields=["seen_at"])
    ledger.record("staff.notice_seen", kind=Kind.ACCESS, by=by, about=[notice, notice.account])
    return notice


def _hand_to(by: Viewer, hand_over: HandOver, to: Account) -> None:
    handed = [row for room in ROOMS_THAT_HAND_ON for row in room(by=by, from_=hand_over.account, to=to)]
    HandedOn.objects.bulk_create(
        [HandedOn(**made_by(by), hand_over=hand_over, noun=row._meta.label, row=row.pk, to=to) for row in handed],
        update_conflicts=True, unique_fields=["hand_over", "noun", "row"], update_fields=["to", "given_back_at"],
    )  # fmt: skip


def _move_ties(by: Viewer, tied: Iterable[Tie], to: Account) -> list[Tie]:
    """The ties that this receiver may not have, because they are kept away from that person."""
    away = set(standing_ties(Tie.Kind.KEPT_AWAY, by.now).filter(account=to).values_list("row", flat=True))
    there = set(standing_ties(Tie.Kind.ALLOCATED, by.now).filter(account=to).values_list("row", flat=True))
    left = [tie for tie in tied if tie.row in away]
    Tie.objects.bulk_create(
        Tie(
            account=to,
            kind=tie.kind,
            noun=tie.noun,
            row=tie.row,
            from_at=by.now,
            made_by=by.account,
            reason="handed on",
        )
        for tie in tied
        if tie.row not in away | there
    )
    return left


def _give_back(by: Viewer, hand_over: HandOver, account: Account) -> None:
    items = list(hand_over.items.select_related("to").filter(given_back_at=None))
    for receiver in {item.to for item in items}:
        theirs = [item.row for item in items if item.to == receiver]
        back = [row for room in ROOMS_THAT_HAND_ON for row in room(by=by, from_=receiver, to=account, only=theirs)]
        people = {row.person_id for row in back if getattr(row, "person_id", None)}
        _tie_again(by, account, people)
        hand_over.items.filter(row__in=[row.pk for row in back]).update(given_back_at=by.now)


def _tie_again(by: Viewer, account: Account, people: Collection[UUID]) -> None:
    there = standing_ties(Tie.Kind.ALLOCATED, by.now).filter(account=account).values_list("row", flat=True)
    Tie.objects.bulk_create(
        Tie(
            account=account, kind=Tie.Kind.ALLOCATED, noun="people.Person", row=person, from_at=by.now,
            made_by=by.account, reason="came back",
        )
        for person in sorted(set(people) - set(there))
    )  # fmt: skip


def _tell(by: Viewer, account: Account, about: str) -> None:
    inside = standing_in(by, account.organisation)
    told = [account.supervisor] if account.supervisor else receivers(account, by=by)[:1]
    for to in told:
        Notice.objects.create(**made_by(inside), account=account, to=to, about=about)
    ledger.record("staff.supervisor_told", kind=Kind.ACCESS, by=by, about=[account, *told], note=about)
