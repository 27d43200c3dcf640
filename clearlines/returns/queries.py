"""Returns one's own organisation convened or has a half in; and, for whoever they were sent to, those sent."""

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.lines import queries as lines
from clearlines.people import queries as people
from clearlines.returns import rules
from clearlines.returns.definitions import LATEST, definitions
from clearlines.returns.models import Amendment, Contribution, Return, Story
from clearlines.returns.publishing import left_small
from clearlines.returns.states import PUBLISHED, State


def visible(viewer: Viewer) -> QuerySet[Return]:
    """Both halves' organisations see a return from the day it is begun; its reader sees it once it is sent."""
    rows = Return.objects.select_related(
        "owner", "partner", "to", "prepared_by", "approved_by", "sent_by", "replaces"
    ).order_by("-to_on", "-created_at", "pk")
    mine = Q(pk__in=[])
    if viewer.may(P.SEE_RETURNS):
        mine |= Q(owner=viewer.organisation_key) | Q(partner=viewer.organisation_key)
    if viewer.may(P.SEE_SENT_RETURNS):
        mine |= Q(to=viewer.organisation_key, state__in=PUBLISHED)
    return rows.filter(mine, marking__in=viewer.markings)


def one(viewer: Viewer, key: uuid.UUID) -> Return:
    return the_one(visible(viewer).prefetch_related("replaced_by"), key)


def by_reference(viewer: Viewer, reference: str) -> Return | None:
    return visible(viewer).filter(reference__iexact=reference.strip()).first()


def halves(viewer: Viewer, part_of: Return) -> list[Contribution]:
    """Both halves without what was counted: only what may be shown is ever read here."""
    if not viewer.may(P.SEE_RETURNS):
        return []
    rows = Contribution.objects.filter(part_of=part_of).select_related("owner", "counted_by")
    return list(rows.defer("counted").order_by("-half"))


def figures(viewer: Viewer, part_of: Return) -> dict[str, Any]:
    """The figures as fixed; before that, those of each half that has counted."""
    if part_of.figures:
        return part_of.figures
    found: dict[str, Any] = {}
    for half in halves(viewer, part_of):
        found |= half.shown
    return found


def words(viewer: Viewer, part_of: Return) -> list[tuple[str, str]]:
    """What each organisation wrote beside its figures, once the return may be read."""
    if not visible(viewer).filter(pk=part_of.pk).exists():
        return []
    rows = Contribution.objects.filter(part_of=part_of).exclude(words="").order_by("-half")
    return list(rows.values_list("owner__name", "words"))


def stories(viewer: Viewer, part_of: Return) -> list[Story]:
    """What people agreed may be told and have not taken back, for whoever may read the return."""
    readable = visible(viewer).filter(pk=part_of.pk)
    return list(Story.objects.filter(part_of__in=readable, taken_back_at=None).order_by("created_at", "pk"))


def notes(viewer: Viewer, part_of: Return) -> dict[str, tuple[str, ...]]:
    """What was learned of each figure after it was sent, oldest first, for whoever may read the return."""
    readable = visible(viewer).filter(pk=part_of.pk)
    found: dict[str, tuple[str, ...]] = {}
    for each in Amendment.objects.filter(part_of__in=readable).select_related("part_of").order_by("created_at", "pk"):
        found[each.figure] = (*found.get(each.figure, ()), each.sentence)
    return found


def own_story(viewer: Viewer, key: uuid.UUID) -> Story:
    return the_one(own(viewer, Story.objects.select_related("part_of"), needs=P.PREPARE_RETURNS), key)


def known_names_in(viewer: Viewer, words: str) -> list[str]:
    """Names of people the viewer's organisation knows of that stand in the words, however they are capitalised."""
    said = set(re.findall(r"[^\W\d_]+", words.casefold()))
    held = people.visible(viewer).values_list("given_name", "family_name", "known_as")
    parts = {part for names in held for name in names for part in name.split() if len(part) > 2}
    return sorted(part for part in parts if part.casefold() in said)


def known_lines_in(viewer: Viewer, words: str) -> list[str]:
    """Brands and references of lines the viewer knows of that stand in the words."""
    held = lines.visible(viewer).values_list("brand", "reference")
    said = [name for names in held for name in names if name]
    return sorted({name for name in said if re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE)})


def moves(viewer: Viewer, part_of: Return) -> list[Any]:
    return list(part_of.moves.select_related("created_by", "owner")) if viewer.may(P.SEE_RETURNS) else []


def reasons_not_to_approve(viewer: Viewer, part_of: Return) -> list[str]:
    """What the approve page says before the button is pressed. The numbers are counted again when it is."""
    return list(
        rules.reasons_not_to_approve(
            state=part_of.state,
            approver=viewer.account.pk if viewer.account else None,
            prepared_by=part_of.prepared_by_id,
            counted_by=[half.counted_by_id for half in halves(viewer, part_of)],
            left_small=left_small(part_of.definitions, part_of.figures),
        )
    )


def quarters_over(viewer: Viewer, how_many: int = 24) -> Iterator[tuple[date, date]]:
    """The quarters that have ended, newest first."""
    first = viewer.today.replace(day=1)
    first = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    for _ in range(how_many):
        last = first - timedelta(days=1)
        first = last.replace(day=1, month=last.month - 2)
        yield first, last


def may_do(viewer: Viewer, part_of: Return) -> dict[str, bool]:
    """Which buttons a page offers. The rules still decide when one is pressed."""
    prepares = viewer.may(P.PREPARE_RETURNS) and bool(definitions(LATEST).half_of(viewer.organisation_key))
    approves = viewer.may(P.APPROVE_RETURNS)
    unsent = part_of.state in (State.PREPARING, State.PREPARED, State.APPROVED)
    return {
        "tell": prepares and part_of.state == State.PREPARING and viewer.kind == "charity",
        "count": prepares and part_of.state == State.PREPARING,
        "prepare": prepares and part_of.state == State.PREPARING,
        "approve": approves and part_of.state == State.PREPARED,
        "send": approves and part_of.state == State.APPROVED,
        "reopen": prepares and part_of.state in (State.PREPARED, State.APPROVED),
        "withdraw": prepares and unsent,
        "reissue": prepares and part_of.state == State.SENT,
        "note": viewer.may(P.SEE_RETURNS) and part_of.state == State.SENT,
        "rerun": viewer.may(P.SEE_RETURNS) and part_of.state != State.PREPARING,
    }


def may_begin(viewer: Viewer) -> bool:
    return viewer.may(P.PREPARE_RETURNS) and bool(definitions(LATEST).half_of(viewer.organisation_key))


def still_to_count(viewer: Viewer, part_of: Return) -> list[str]:
    """Names of the organisations whose half is missing, for those who prepare or approve."""
    if not viewer.may(P.SEE_RETURNS) or part_of.state != State.PREPARING:
        return []
    there = {half.half for half in halves(viewer, part_of)}
    both = {part_of.owner_id: part_of.owner.name, part_of.partner_id: part_of.partner.name}
    return [both.get(key, key) for half, key in part_of.definitions.halves.items() if half not in there]


def own_words(viewer: Viewer, part_of: Return) -> str:
    mine = [half for half in halves(viewer, part_of) if half.owner_id == viewer.organisation_key]
    return mine[0].words if mine else ""


def later(viewer: Viewer, part_of: Return) -> Return | None:
    """The return that took this one's place, or is being prepared to, if the viewer may see it."""
    return visible(viewer).filter(replaces=part_of).exclude(state=State.WITHDRAWN).first()
