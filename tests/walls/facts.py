"""What the oracle is told of each row, and what the house answers when it is asked for the rows of that kind.

The facts are written here by hand from the tables' columns, never from what a model declares of itself: a declaration
that is wrong must be caught, not copied.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404

from clearlines.access.models import Account, Tie
from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.care.models import Case, OutcomeMeasure, OwnPlanAccess, Plan
from clearlines.care.queries import rows as care
from clearlines.disruptions import queries as disruptions
from clearlines.disruptions.models import Disruption, Order
from clearlines.groups import queries as groups
from clearlines.groups.models import Group, GroupPerson
from clearlines.lines import queries as lines
from clearlines.lines.models import Line, LineStatus, RoleOnLine
from clearlines.people import queries as people
from clearlines.people.models import Person, SameAs
from clearlines.places import queries as places
from clearlines.places.models import Place
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Received, Sent
from clearlines.reports import queries as reports
from clearlines.reports.models import Report
from clearlines.safeguarding import queries as safeguarding
from clearlines.safeguarding.models import NationalReferral
from clearlines.screening import queries as screening
from clearlines.screening.models import Screening
from clearlines.triage import queries as triage
from clearlines.visits import queries as visits
from clearlines.visits.models import Appointment, CrewMember, FollowUp, JointOffer, VisitAccount


@dataclass(frozen=True)
class Told:
    """One kind of row: the columns that say whose it is, and the house's own answer to a viewer."""

    kind: str
    model: Any
    asked: Callable[[Viewer], Any]
    about: tuple[str, ...] = ()
    hands: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()
    visit: str = ""
    only: tuple[tuple[str, Any], ...] = ()


def _roles_on_lines(viewer: Viewer) -> Any:
    return RoleOnLine.objects.filter(
        pk__in=[role.pk for line in Line.objects.all() for role in lines.people_on(viewer, line)]
    )


def _own_plan(viewer: Viewer) -> Any:
    plan = care.own_plan(viewer)
    return Plan.objects.filter(pk=plan.pk if plan else None)


def _ways_in(viewer: Viewer) -> Any:
    found = []
    for key in OwnPlanAccess.objects.values_list("pk", flat=True):
        with contextlib.suppress(Http404):
            found.append(care.way_in(viewer, key).pk)
    return OwnPlanAccess.objects.filter(pk__in=found)


OF_A_VISIT = {"about": ("appointment__person",), "visit": "appointment"}
OF_A_CASE = {"about": ("case__person",), "hands": ("case__worker",)}
NAMED = ("line__marking", "group__marking", "person__marking", "place__marking")
STANDING_PLAN = (("case__state", "open"), ("state__in", ("agreed", "reviewed")))

KINDS = [
    Told("person", Person, people.visible, about=("pk",)),
    Told("same person", SameAs, people.said_to_be_same, about=("one", "other"),
         also_at=("one__marking", "other__marking"), only=(("parted_at", None),)),
    Told("place", Place, places.visible),
    Told("line", Line, lines.visible),
    Told("line status", LineStatus, lines.statuses, also_at=("line__marking",)),
    Told("role on a line", RoleOnLine, _roles_on_lines, about=("person",),
         also_at=("person__marking", "line__marking")),
    Told("disruption", Disruption, disruptions.visible, about=("person",), also_at=NAMED),
    Told("order", Order, disruptions.orders, about=("disruption__person",),
         also_at=("disruption__marking", *(f"disruption__{each}" for each in NAMED))),
    Told("group", Group, groups.visible),
    Told("person in a group", GroupPerson, groups.people, about=("person",),
         also_at=("person__marking", "group__marking")),
    Told("national referral", NationalReferral, safeguarding.visible, about=("person",), also_at=("person__marking",)),
    Told("report", Report, reports.visible, about=("pk",)),
    Told("report", Report, lambda viewer: triage.waiting(viewer) | triage.decided(viewer), about=("pk",)),
    Told("sent letter", Sent, referrals.sent, about=("person",), hands=("created_by",)),
    Told("received letter", Received, referrals.received, about=("pk", "person"), hands=("worker",)),
    Told("screening", Screening, screening.visible, about=("person",), hands=("created_by", "letter__worker")),
    Told("appointment", Appointment, visits.appointments, about=("person",), hands=("created_by",), visit="pk"),
    Told("visit account", VisitAccount, visits.accounts, only=(("replaced_at", None),),
         hands=("created_by", "appointment__created_by"), **OF_A_VISIT),
    Told("promise", FollowUp, visits.promises, hands=("created_by", "appointment__created_by"), **OF_A_VISIT),
    Told("offer", JointOffer, visits.offers),
    Told("case", Case, care.cases, about=("person",), hands=("worker",)),
    Told("plan", Plan, care.plans, **OF_A_CASE),
    Told("measure", OutcomeMeasure, care.standing_measures, only=(("replaced_at", None),), **OF_A_CASE),
    Told("way in", OwnPlanAccess, _ways_in, about=("person",)),
    Told("watch", Watch, aftercare.watches),
    Told("told of a closure", WatchTold, aftercare.told),
    Told("harm", Harm, aftercare.harms, about=("person",), hands=("created_by",), also_at=("person__marking",)),
    # Opened by a row of its own: who may not read the way in does not read what it leads to.
    Told("own plan", Plan, _own_plan, about=("case__person",), also_at=("way_in",), only=STANDING_PLAN),
]  # fmt: skip


def rows_of(told: Told, names: dict[Any, str]) -> Iterator[dict[str, Any]]:
    columns = {"pk", "owner", "marking", *told.about, *told.hands, *told.also_at} | ({told.visit} - {""})
    columns |= {"worker"} if told.kind == "received letter" else set()
    at_the_door = _at_the_door(names) if told.visit else {}
    rows = told.model.objects.filter(**dict(told.only))
    if "way_in" in told.also_at:
        way_in = OwnPlanAccess.objects.filter(person=OuterRef("case__person"), ended_at=None)
        rows = rows.annotate(way_in=Subquery(way_in.values("marking")[:1]))
    for row in rows.values(*columns):
        hands = {names[row[path]] for path in told.hands if row[path]}
        yield {
            "key": row["pk"],
            "kind": told.kind,
            "owner": row["owner"],
            "marking": row["marking"],
            "also_at": [row[path] for path in told.also_at if row[path]],
            "about": [row[path] for path in told.about if row[path]],
            "hands": hands | at_the_door.get(row[told.visit] if told.visit else None, set()),
            "is_taken": row.get("worker") is not None,
            "told": [],
        }


def _at_the_door(names: dict[Any, str]) -> dict[Any, set[str]]:
    """Of each visit who goes and was not taken off, and who wrote what happened."""
    found: dict[Any, set[str]] = {}
    going = CrewMember.objects.filter(stood_down_at=None).values_list("appointment", "account")
    for visit, account in (*going, *VisitAccount.objects.values_list("appointment", "created_by")):
        if account:
            found.setdefault(visit, set()).add(names[account])
    return found


def ties_now(kinds: set[str], names: dict[Any, str]) -> list[dict[str, Any]]:
    """Ties that the house's own actions made, as they stand in the table."""
    return [
        {
            "account": names[tie.account_id],
            "kind": tie.kind,
            "row": tie.row,
            "from": tie.from_at,
            "until": tie.until_at,
        }
        for tie in Tie.objects.filter(kind__in=kinds)
    ]


def accounts_by_key() -> dict[Any, str]:
    return dict(Account.objects.values_list("pk", "username"))


def accounts_in_words() -> dict[str, dict[str, Any]]:
    return {
        account.username: {
            "name": account.username,
            "organisation": account.organisation_id,
            "is_active": account.is_active,
            "vetted_until": account.vetted_until,
            "trained_until": account.trained_until,
            "roles": [{"role": each.role, "from": each.from_on, "until": each.until_on} for each in account.held.all()],
        }
        for account in Account.objects.prefetch_related("held")
    }
