"""Who works here and what of theirs runs out; what was handed on, to whom; and every account, for its administrator."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Model, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.models import Account, Organisation, RoleHeld, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES, Role
from clearlines.access.scope import own, the_one
from clearlines.access.single_sign_on import Provider
from clearlines.access.viewer import Viewer
from clearlines.care import queries as care
from clearlines.ledger.models import Entry
from clearlines.referrals import queries as referrals
from clearlines.screening import queries as screening
from clearlines.staff import rules
from clearlines.staff.models import EndedSession, HandedOn, HandOver, Notice
from clearlines.visits import queries as visits
from clearlines.web.due import Due

SUPPORTED = "supported_person"
RECENT = timedelta(days=90)
# The routes that answer with a file, as their looks are named in the ledger.
TAKEN = r"^(looked|took):.*(download|file|pdf|paper|csv|printed)"


def team(viewer: Viewer) -> QuerySet[Account]:
    """The viewer's colleagues, themselves too. Somebody the charity supports is nobody's colleague."""
    if not viewer.may(P.LOOK_AFTER_STAFF):
        return Account.objects.none()
    supported = RoleHeld.objects.filter(role=SUPPORTED).values("account")
    rows = Account.objects.filter(organisation=viewer.organisation_key).exclude(pk__in=supported)
    return (
        rows.select_related("organisation", "supervisor")
        .prefetch_related("held", "ties")
        .order_by("-is_active", "first_name", "last_name", "username")
    )


def colleague(viewer: Viewer, key: uuid.UUID) -> Account:
    return the_one(team(viewer), key)


@dataclass(frozen=True)
class Standing:
    """One colleague as the list shows them."""

    account: Account
    roles: list[Role]
    is_shut: bool
    running_out: list[tuple[str, date, str]]
    duty: Tie | None


def standing(viewer: Viewer, accounts: Iterable[Account]) -> list[Standing]:
    return [
        Standing(
            each,
            [ROLES[key] for key in each.roles_on(viewer.today)],
            each.has_lapsed_on(viewer.today),
            [(what, until, rules.when_in_words(until, viewer.today)) for what, until in _running_out(viewer, each)],
            next((tie for tie in each.ties.all() if tie.kind == Tie.Kind.ON_DUTY and tie.holds_at(viewer.now)), None),
        )
        for each in accounts
    ]


def _running_out(viewer: Viewer, account: Account) -> list[tuple[str, date]]:
    return list(rules.running_out(account, viewer.today)) if account.is_active else []


def duties(viewer: Viewer, account: Account) -> list[Tie]:
    """Duties that are not over, soonest first."""
    on_duty = [tie for tie in account.ties.all() if tie.kind == Tie.Kind.ON_DUTY]
    found = [tie for tie in on_duty if tie.until_at is not None and tie.until_at > viewer.now]
    return sorted(found, key=lambda tie: tie.from_at)


def roles_to_give(viewer: Viewer, account: Account) -> list[Role]:
    """The roles of this kind of organisation that they do not hold. A supported person's is given from their plan."""
    held = {each.role for each in account.held.all() if each.until_on is None}
    kind = account.organisation.kind
    return [role for role in ROLES.values() if kind in role.held_in and role.key not in held | {SUPPORTED}]


def roles_of(viewer: Viewer, account: Account) -> list[tuple[RoleHeld, Role]]:
    held = [each for each in account.held.all() if each.until_on is None or each.until_on >= viewer.today]
    return [(each, ROLES[each.role]) for each in sorted(held, key=lambda each: (each.from_on, each.role))]


def role_held(viewer: Viewer, account: Account, key: int) -> RoleHeld:
    return the_one(RoleHeld.objects.filter(account=account).select_related("account"), key)


def duty(viewer: Viewer, account: Account, key: uuid.UUID) -> Tie:
    return the_one(Tie.objects.filter(account=account, kind=Tie.Kind.ON_DUTY).select_related("account"), key)


def notices(viewer: Viewer) -> QuerySet[Notice]:
    rows = Notice.objects.select_related("account", "created_by").filter(to=viewer.account, seen_at=None)
    return own(viewer, rows, needs=P.LOOK_AFTER_STAFF)


def notice(viewer: Viewer, key: uuid.UUID) -> Notice:
    return the_one(notices(viewer), key)


def hand_overs(viewer: Viewer) -> QuerySet[HandOver]:
    rows = HandOver.objects.select_related("account", "created_by", "came_back_by").order_by("-created_at")
    return own(viewer, rows, needs=P.LOOK_AFTER_STAFF)


def hand_over(viewer: Viewer, key: uuid.UUID) -> HandOver:
    return the_one(hand_overs(viewer), key)


def ended_sessions(viewer: Viewer, account: Account) -> QuerySet[EndedSession]:
    return own(viewer, EndedSession.objects.filter(account=account), needs=P.LOOK_AFTER_STAFF)


def files_taken(viewer: Viewer, hand_over: HandOver) -> QuerySet[Entry]:
    """Files that the leaver took out in their last ninety days, as the ledger has it: ask for them back."""
    if not viewer.may(P.LOOK_AFTER_STAFF):
        return Entry.objects.none()
    since = hand_over.created_at - RECENT
    rows = Entry.objects.filter(actor=hand_over.account.username, organisation=viewer.organisation_key)
    return rows.filter(event__regex=TAKEN, at__gte=since, at__lte=hand_over.created_at).order_by("-at")


@dataclass(frozen=True)
class Handed:
    """One thing that changed hands, in the words of the room it stands in, as the viewer may see it."""

    item: HandedOn
    what: str
    words: str
    url: str
    row: Model


def handed_on(viewer: Viewer, hand_over: HandOver) -> list[Handed]:
    rows = hand_over.items.select_related("to", "hand_over__account").order_by("noun", "row")
    return _as_seen(viewer, own(viewer, rows, needs=P.LOOK_AFTER_STAFF))


def handed_to(viewer: Viewer) -> list[Handed]:
    """What stands with the viewer because somebody left, newest first."""
    rows = HandedOn.objects.filter(to=viewer.account, given_back_at=None, owner=viewer.organisation_key)
    return _as_seen(viewer, rows.select_related("to", "hand_over__account").order_by("-created_at", "noun", "row"))


# How each room says what was handed on. A row the viewer may not see is not listed, and leaves no gap.
WORDS: dict[str, tuple[str, Callable[[Viewer], QuerySet], Callable[[Any], str], str]] = {
    "referrals.Received": ("Letter", referrals.received, lambda row: row.name, "referrals-letter"),
    "screening.Screening": ("Screening", screening.visible, lambda row: row.person.name, "screening-questions"),
    "visits.Appointment": (
        "Visit", visits.appointments, lambda row: str(row.person or row.place_words), "visits-appointment"
    ),
    "visits.FollowUp": ("Promise", visits.promises, lambda row: row.words, "visits-appointment"),
    "care.Case": ("Case", care.caseload, lambda row: row.person.name, "care-case"),
}  # fmt: skip


def _as_seen(viewer: Viewer, items: Iterable[HandedOn]) -> list[Handed]:
    items = list(items)
    found = {}
    for noun, (what, visible, words, route) in WORDS.items():
        keys = [item.row for item in items if item.noun == noun]
        for row in visible(viewer).filter(pk__in=keys) if keys else []:
            url = reverse(route, args=[getattr(row, "appointment_id", row.pk)])
            found[noun, row.pk] = (what, words(row), url, row)
    return [Handed(item, *found[item.noun, item.row]) for item in items if (item.noun, item.row) in found]


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Clearances that run out, and what an administrator did that its supervisor must ask about."""
    today = timezone.localtime(now).date()
    found = [
        Due(until, f"{what} of {each} {rules.when_in_words(until, today)}", reverse("staff-member", args=[each.pk]),
            "Clearance", (each,))
        for each in _to_renew(viewer, today) for what, until in _running_out(viewer, each)
    ]  # fmt: skip
    for each in notices(viewer):
        told_on = timezone.localtime(each.created_at).date()
        words = f"{each.get_about_display()}: speak to {each.account}"
        found.append(Due(told_on, words, reverse("staff-list"), "Told", (each, each.account)))
    return sorted(found, key=lambda due: (due.when, due.words))


def _to_renew(viewer: Viewer, today: date) -> QuerySet[Account]:
    """One question, for a page that asks many: no roles, no ties."""
    last = today + rules.SPOKEN_OF
    return team(viewer).filter(Q(vetted_until__lte=last) | Q(trained_until__lte=last)).prefetch_related(None)


def accounts(viewer: Viewer) -> QuerySet[Account]:
    """Every account of the programme, for the administrator: who has one, not what they do with it."""
    if not viewer.may(P.MANAGE_ACCOUNTS):
        return Account.objects.none()
    rows = Account.objects.select_related("organisation").prefetch_related(
        Prefetch("held", RoleHeld.objects.filter(role=SUPPORTED), to_attr="as_supported")
    )
    return rows.order_by("organisation__name", "-is_active", "username")


def account(viewer: Viewer, key: uuid.UUID) -> Account:
    return the_one(accounts(viewer), key)


def factors(viewer: Viewer, account: Account) -> list[str]:
    kinds = Authenticator.objects.filter(user_id=account.pk).order_by("type").values_list("type", flat=True)
    words = {"totp": "an app", "webauthn": "a passkey", "recovery_codes": "recovery codes"}
    return [words[kind] for kind in dict.fromkeys(kinds)]


def ways_in(account: Account) -> list[tuple[Provider, str]]:
    """The identity providers of their organisation, each with the identifier it knows them by, if any."""
    known = dict(SocialAccount.objects.filter(user_id=account.pk).values_list("provider", "uid"))
    mine = [each for each in settings.SINGLE_SIGN_ON if each.organisation == account.organisation_id]
    return [(each, known.get(each.key, "")) for each in mine]


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    rows = Organisation.objects.order_by("name")
    return rows if viewer.may(P.MANAGE_ACCOUNTS) else rows.none()
