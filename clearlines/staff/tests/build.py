"""Colleagues who leave, and what they leave behind, made by real actions."""

from datetime import timedelta

from clearlines.access import actions as access
from clearlines.access.models import Account, Tie
from clearlines.care.models import Case
from clearlines.care.tests import build as care
from clearlines.people.models import Person
from clearlines.people.tests import build as people
from clearlines.staff import actions, own
from clearlines.staff.models import HandOver


def case_of(cast, worker: str = "worker") -> Case:
    person = people.person(cast.lead)
    return care.actions.open_case(by=cast.lead, person=person, worker=cast.account(worker))


def keep_away(account: Account, person: Person, *, at) -> Tie:
    """What somebody says of themselves; the page for saying it is another room's."""
    return Tie.objects.create(
        account=account, kind=Tie.Kind.KEPT_AWAY, noun="people.Person", row=person.pk, from_at=at, reason="A cousin"
    )


def answers_to(cast, worker: str, supervisor: str, **dates) -> Account:
    return access.set_clearances(
        by=cast.lead, account=cast.account(worker), supervisor=cast.account(supervisor),
        **{"vetted_until": None, "trained_until": None} | dates,
    )  # fmt: skip


def handed(cast, why: str = HandOver.Why.AWAY) -> HandOver:
    case_of(cast)
    return actions.hand_over(by=cast.lead, account=cast.account("worker"), why=why)


def opened_member(cast) -> dict[str, object]:
    return {"key": cast.account("worker").pk}


def opened_role(cast) -> dict[str, object]:
    worker = cast.account("worker")
    return {"key": worker.pk, "held": worker.held.get().pk}


def opened_duty(cast) -> dict[str, object]:
    worker, now = cast.account("worker"), cast.lead.now
    duty = access.put_on_duty(by=cast.lead, account=worker, from_at=now, until_at=now + timedelta(hours=8))
    return {"key": worker.pk, "duty": duty.pk}


def opened_handed(cast) -> dict[str, object]:
    return {"key": handed(cast).pk}


def opened_notice(cast) -> dict[str, object]:
    actions.lost_phone(by=cast.administrator, account=cast.account("worker"), why="Rang them back")
    from clearlines.staff.models import Notice

    return {"key": Notice.objects.get().pk}


def opened_account(cast) -> dict[str, object]:
    return {"key": cast.account("worker").pk}


def opened_closed_account(cast) -> dict[str, object]:
    actions.leave(by=cast.administrator, account=cast.account("peer"))
    return {"key": cast.account("peer").pk}


def opened_way_in(cast) -> dict[str, object]:
    return {"key": cast.account("officer").pk, "provider": "police"}


def opened_session(cast) -> dict[str, object]:
    return {"key": 1}


def opened_link(cast) -> dict[str, object]:
    account = actions.new_link(by=cast.administrator, account=cast.account("peer"))
    return own.link_parts(account)
