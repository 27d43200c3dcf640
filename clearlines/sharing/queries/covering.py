"""What would let something cross today, and every reason why it could not: for the preview and for the action."""

from datetime import datetime, timedelta

from django.db.models import Q

from clearlines.access import agreements
from clearlines.access.agreements import Agreement
from clearlines.access.models import Organisation, RoleHeld
from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES
from clearlines.access.rules import reasons_not_to_share
from clearlines.access.viewer import Viewer
from clearlines.sharing import rules
from clearlines.sharing.protocol import protocol
from clearlines.sharing.writing import Words

READERS = [key for key, role in ROLES.items() if P.READ_TOLD in role.permissions]


def agreement(key: str) -> Agreement:
    return agreements.all_agreements()[key]


def papers(viewer: Viewer, to: Organisation) -> list[Agreement]:
    """Agreements about telling this organisation, live or not, the last to end first."""
    return agreements.for_use("disclosures", viewer.organisation, to)


def whom_to_tell(viewer: Viewer) -> list[Organisation]:
    """Every organisation that is ever told of a person; those with an agreement come first."""
    others = (
        Organisation.objects.exclude(pk=viewer.organisation_key).exclude(kind__in=rules.NEVER_TOLD).order_by("name")
    )
    return sorted(others, key=lambda each: (not papers(viewer, each), each.name))


def readers_at(viewer: Viewer, to: Organisation) -> bool:
    """Whether anybody there signs in and may read what they are told: otherwise ring them, and write it down."""
    today = Q(from_on__lte=viewer.today) & (Q(until_on=None) | Q(until_on__gte=viewer.today))
    return RoleHeld.objects.filter(today, account__organisation=to, account__is_active=True, role__in=READERS).exists()


def review_by(moment: datetime) -> datetime:
    return moment + timedelta(hours=protocol().emergency_review_hours)


def reasons_not_to_tell(viewer: Viewer, words: Words, *, agreement: str) -> list[str]:
    paper = agreements.all_agreements().get(agreement)
    found = [*_reasons_against(viewer, words)]
    if paper is not None:
        signed = {"sender": viewer.organisation_key, "recipient": words.to.key}
        found += rules.reasons_not_to_use(paper, use="disclosures", **signed)
    found += reasons_not_to_share(
        paper, sender_kind=viewer.kind, recipient_kind=words.to.kind, today=viewer.today,
        fields=[each["field"] for each in words.in_order],
    )  # fmt: skip
    return found


def reasons_not_to_tell_once(viewer: Viewer, words: Words, *, gateway: str, reason: str) -> list[str]:
    power = protocol().gateways.get(gateway)
    kinds = {"sender_kind": viewer.kind, "recipient_kind": words.to.kind}
    return [*_reasons_against(viewer, words), *rules.reasons_not_to_rely_on(power, reason=reason, **kinds)]


def reasons_not_to_answer_with(viewer: Viewer, words: Words, *, asker: str) -> list[str]:
    found = _reasons_against(viewer, words)
    return found if words.to.key == asker else [*found, "answer whoever asked, and nobody else"]


def _reasons_against(viewer: Viewer, words: Words) -> list[str]:
    owner = words.person.owner_id if words.person else None
    return [
        *rules.reasons_not_to_say(words.in_order),
        *rules.reasons_not_to_send_to(
            giver=viewer.organisation_key, recipient=words.to.key, recipient_kind=words.to.kind, person_owner=owner
        ),
        *rules.reasons_not_to_keep_so_long(
            review_on=words.review_on, until_on=words.until_on, longest_days=protocol().longest_review_days,
            today=viewer.today,
        ),
    ]  # fmt: skip
