"""What was done, as far as one may see; what waits for a second person, or for an order's day; what it adds up to."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.disruptions import figures, kinds, rules
from clearlines.disruptions.agencies import agreed
from clearlines.disruptions.figures import Totals
from clearlines.disruptions.models import Contribution, Disruption, DoneTo, Moderation, Order, Seizure
from clearlines.groups.models import Group
from clearlines.lines import queries as lines
from clearlines.lines.models import Line, RoleOnLine
from clearlines.lines.states import MOVES, Status
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.web.due import Due


def visible(viewer: Viewer) -> QuerySet[Disruption]:
    """Every disruption one may see, with `level`: the newest that was decided, or None while it waits."""
    newest = moderations(viewer).filter(disruption=OuterRef("pk")).order_by("-sequence").values("level")
    rows = own(viewer, Disruption.objects.filter(_names_what_may_be_read(viewer)), needs=P.SEE_LINES)
    rows = rows.select_related("line", "group", "person", "place", "created_by", "taken_back_by")
    return rows.annotate(level=Subquery(newest[:1])).order_by("-happened_on", "-number")


def _names_what_may_be_read(viewer: Viewer) -> Q:
    """A disruption shows its line, group, person and place by name: all of them must be open to whoever reads it."""
    found = Q()
    for name in ("line", "group", "person", "place"):
        found &= Q(**{name: None}) | Q(**{f"{name}__marking__in": viewer.markings})
    return found


def moderations(viewer: Viewer) -> QuerySet[Moderation]:
    return own(viewer, Moderation.objects.order_by("sequence"), needs=P.SEE_LINES)


def standing(viewer: Viewer) -> QuerySet[Disruption]:
    """Those that count: not taken back."""
    return visible(viewer).filter(taken_back_at=None)


def one(viewer: Viewer, key: uuid.UUID) -> Disruption:
    return the_one(visible(viewer), key)


def whole(viewer: Viewer, key: uuid.UUID) -> Disruption:
    """One disruption with everything its page shows."""
    parts = [
        Prefetch("moderations", moderations(viewer).select_related("created_by")),
        Prefetch("orders", orders(viewer)),
        Prefetch("seizures", seizures(viewer)),
        Prefetch("contributions", contributions(viewer)),
    ]
    return the_one(visible(viewer).prefetch_related(*parts), key)


def stands_instead(viewer: Viewer, disruption: Disruption) -> Disruption | None:
    """The one that counts in place of one that was taken back, if one may see it."""
    return visible(viewer).filter(pk=disruption.same_act_as_id).first() if disruption.same_act_as_id else None


def of_line(viewer: Viewer, line: Line) -> list[Disruption]:
    """What was done to a line and counts, newest first. For `disruptions/_of_line.html`."""
    return list(standing(viewer).filter(line=line))


def of_group(viewer: Viewer, group: Group) -> list[Disruption]:
    return list(standing(viewer).filter(group=group))


def of_person(viewer: Viewer, person: Person) -> list[Disruption]:
    return list(standing(viewer).filter(person=person))


def waiting_for_moderation(viewer: Viewer) -> QuerySet[Disruption]:
    """Whoever looks, the ones they proposed too: those wait for somebody else."""
    return standing(viewer).filter(~Exists(moderations(viewer).filter(disruption=OuterRef("pk"))))


def for_me_to_moderate(viewer: Viewer) -> QuerySet[Disruption]:
    found = waiting_for_moderation(viewer).exclude(created_by=viewer.account)
    return found if viewer.may(P.MODERATE_DISRUPTIONS) else found.none()


def orders(viewer: Viewer) -> QuerySet[Order]:
    rows = own(viewer, Order.objects.select_related("disruption__line"), needs=P.SEE_LINES)
    return rows.filter(disruption__in=_readable(viewer)).order_by("granted_on", "created_at", "pk")


def seizures(viewer: Viewer) -> QuerySet[Seizure]:
    rows = own(viewer, Seizure.objects.select_related("disruption"), needs=P.SEE_LINES)
    return rows.filter(disruption__in=_readable(viewer)).order_by("on", "created_at", "pk")


def contributions(viewer: Viewer) -> QuerySet[Contribution]:
    rows = own(viewer, Contribution.objects.select_related("disruption"), needs=P.SEE_LINES)
    return rows.filter(disruption__in=_readable(viewer)).order_by("on", "created_at", "pk")


def _readable(viewer: Viewer) -> QuerySet[Any, Any]:
    return own(viewer, Disruption.objects.filter(_names_what_may_be_read(viewer)), needs=P.SEE_LINES).values("pk")


def order(viewer: Viewer, disruption: Disruption, key: uuid.UUID) -> Order:
    return the_one(orders(viewer).filter(disruption=disruption), key)


def alike(viewer: Viewer, to: DoneTo, *, p: str, on: date) -> list[Disruption]:
    """What counts already for the same line, group, person or place, the same day and the same P: perhaps one act."""
    wanted = Q(pk__in=[])
    for name, row in to.named.items():
        wanted |= Q(**{name: row})
    return list(standing(viewer).filter(wanted, p=p, happened_on=on).order_by("number"))


def people_of_lines(viewer: Viewer) -> QuerySet[Person]:
    """Whom a disruption may name without a search: people whom the register of lines names."""
    roles = own(viewer, RoleOnLine.objects.all(), needs=P.SEE_LINES)
    return people.visible(viewer).filter(pk__in=roles.values("person"))


def reasons_not_to_moderate(viewer: Viewer, disruption: Disruption) -> list[str]:
    return [
        *rules.reasons_not_to_open_moderation(
            is_proposer=disruption.created_by_id == viewer.themselves.pk, taken_back=bool(disruption.taken_back_at)
        )
    ]


def may_close_line(viewer: Viewer, disruption: Disruption) -> bool:
    """Whether the line could be closed from where it stands today, by whoever looks."""
    if disruption.line is None or not viewer.may(P.KEEP_LINES):
        return False
    status = lines.status_of(viewer, disruption.line)
    return status is not None and Status.CLOSED_T2 in MOVES[status]


def found(viewer: Viewer, *, p: str = "", line: Line | None = None, waiting: bool = False) -> QuerySet[Disruption]:
    """The list, narrowed as somebody asked. What was taken back stays readable, and is said to be."""
    rows = waiting_for_moderation(viewer) if waiting else visible(viewer)
    rows = rows.filter(p=p) if p else rows
    return rows.filter(line=line) if line else rows


def totals(viewer: Viewer, first: date, last: date) -> Totals:
    """A period's figures. Acts by the day they happened, orders by the day granted, the rest by their own day."""
    refuse_if(rules.reasons_not_to_total(first=first, last=last, today=viewer.today))
    period, counting = (first, last), {"disruption__taken_back_at": None}
    acts = list(standing(viewer).filter(happened_on__range=period))
    parts = list(contributions(viewer).filter(on__range=period, **counting))
    return Totals(
        first,
        last,
        figures.by_level(acts),
        figures.by_tactic(acts),
        figures.by_lead(acts, agreed()),
        figures.by_order(orders(viewer).filter(granted_on__range=period, **counting)),
        figures.by_seizure(seizures(viewer).filter(on__range=period, **counting)),
        figures.by_agency(parts, agreed()),
    )


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Orders whose day has come and nobody has said whether they were complied with; levels that wait for one."""
    if not viewer.may(P.RECORD_DISRUPTIONS):
        return []
    today = timezone.localtime(now).date()
    return [*_orders_due(viewer, today), *_levels_due(viewer)]


def orders_unanswered(viewer: Viewer, today: date) -> QuerySet[Order]:
    return orders(viewer).filter(answer="", complies_by__lte=today, disruption__taken_back_at=None)


def _orders_due(viewer: Viewer, today: date) -> Iterator[Due]:
    for each in orders_unanswered(viewer, today):
        line = each.disruption.line
        where = f"{each.name}, {line or each.disruption.reference}"
        asked = "Is the number dead? Then record the closure" if each.is_what.cuts_off else "Was it complied with?"
        url = reverse("disruptions-order", args=[each.disruption_id, each.pk])
        about: tuple[Any, ...] = (each, each.disruption, line) if line else (each, each.disruption)
        yield Due(each.complies_by or today, f"{where}: {asked}", url, "Order", about)


def _levels_due(viewer: Viewer) -> Iterator[Due]:
    for each in for_me_to_moderate(viewer):
        by = agreed().moderated_by(timezone.localtime(each.created_at).date())
        words = f"Decide how far {each} reached: {each.created_by} proposed {each.get_level_proposed_display()}"
        yield Due(by, words, reverse("disruptions-moderate", args=[each.pk]), "Disruption", (each, *each.about))


def named(rows: Iterable[Disruption]) -> list[Any]:
    """Each disruption of a list with what it was done to: what a page that shows it tells the ledger."""
    return [shown for each in rows for shown in (each, *each.about)]


def tactic_of(key: str) -> kinds.Tactic | None:
    entry: kinds.Tactic | None = kinds.newest("tactics").entries.get(key)
    return entry
