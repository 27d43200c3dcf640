"""One appointment as its page shows it: what was written, and what can be done now or why not."""

from dataclasses import dataclass, field
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.visits import queries, rules
from clearlines.visits.models import Appointment, CrewMember, FollowUp, NoAnswerDecision, VisitAccount
from clearlines.visits.states import Joint, State


@dataclass(frozen=True)
class Standing:
    appointment: Appointment
    me: CrewMember | None
    account: VisitAccount | None
    earlier: list[VisitAccount]
    promises: list[FollowUp]
    decision: NoAnswerDecision | None
    is_decision_due: bool
    not_to_go: list[str] = field(default_factory=list)
    not_to_record: list[str] = field(default_factory=list)
    not_to_offer: list[str] = field(default_factory=list)

    @property
    def is_planned(self) -> bool:
        return self.appointment.state == State.PLANNED

    @property
    def may_ask(self) -> bool:
        return self.is_planned and self.appointment.joint in (Joint.NONE, Joint.DECLINED, Joint.WITHDRAWN)

    @property
    def may_take_back(self) -> bool:
        ours = self.is_planned and self.appointment.offer_id is None
        return ours and self.appointment.joint in (Joint.OFFERED, Joint.ACCEPTED)

    @property
    def shown(self) -> list[Any]:
        one = self.appointment
        rows = [one, one.person, one.place, self.account, *self.earlier, *self.promises]
        return [row for row in rows if row is not None]


def standing(viewer: Viewer, appointment: Appointment) -> Standing:
    account = queries.account_of(viewer, appointment)
    going = queries.going(appointment)
    unanswered = bool(account and account.outcome == "no_reply")
    decision = queries.decision_on(viewer, appointment) if unanswered else None
    due = unanswered and decision is None and rules.is_decision_due(queries.outcomes_at_this_door(viewer, appointment))
    return Standing(
        appointment=appointment,
        me=next((each for each in going if viewer.account and each.account_id == viewer.account.pk), None),
        account=account,
        earlier=list(queries.earlier_accounts(viewer, appointment)) if account and account.version > 1 else [],
        promises=list(queries.promises(viewer).filter(appointment=appointment)),
        decision=decision,
        is_decision_due=due and viewer.may(P.SUPERVISE_VISITS),
        not_to_go=list(rules.reasons_not_to_go(appointment, crew=len(going))),
        not_to_record=_not_to_record(viewer, appointment, account),
        not_to_offer=list(
            rules.reasons_not_to_offer(appointment, own_key=viewer.organisation_key, other_key="", now=viewer.now)
        ),
    )


def _not_to_record(viewer: Viewer, appointment: Appointment, account: VisitAccount | None) -> list[str]:
    begun = min(appointment.starts_at, viewer.now)
    return list(
        rules.reasons_not_to_record(appointment, arrived_at=begun, now=viewer.now, already_written=account is not None)
    )
