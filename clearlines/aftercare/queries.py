"""One's own organisation's watches, what it saw in them, and what to do today. Neither side ever reads the other's."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access import agreements
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.rules import reasons_not_to_share
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.aftercare import rules
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.aftercare.states import SEEN_IN_WORDS, Told
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.web.due import Due

# What an agreement calls telling the charity of a closure.
USE = "aftercare"
KIND = "After a closure"
SHOWN = 200


def watches(viewer: Viewer) -> QuerySet[Watch]:
    """The force's own, the newest first."""
    rows = Watch.objects.select_related("told_to", "told_by", "not_told_by", "taken_back_by", "created_by")
    return own(viewer, rows, needs=P.SEE_AFTERCARE).order_by("-from_at", "pk")


def watch(viewer: Viewer, key: uuid.UUID) -> Watch:
    return the_one(watches(viewer), key)


def told(viewer: Viewer) -> QuerySet[WatchTold]:
    """What one's own organisation was told, the newest first; of one taken back only that it was."""
    return own(viewer, WatchTold.objects.all(), needs=P.SEE_AFTERCARE).order_by("-from_at", "pk")


def standing(viewer: Viewer) -> QuerySet[WatchTold]:
    return told(viewer).filter(withdrawn_at=None)


def told_one(viewer: Viewer, key: uuid.UUID) -> WatchTold:
    return the_one(standing(viewer), key)


def window(viewer: Viewer, key: uuid.UUID) -> Watch | WatchTold:
    """Whichever end of a watch is one's own organisation's."""
    return watches(viewer).filter(pk=key).first() or told_one(viewer, key)


def watches_for(viewer: Viewer, references: Sequence[str]) -> list[Watch]:
    """For the pages of lines: the watches that their closings opened, the newest first."""
    return list(watches(viewer).filter(opened_by_reference__in=references))


def harms(viewer: Viewer) -> QuerySet[Harm]:
    rows = Harm.objects.filter(Q(person=None) | Q(person__marking__in=viewer.markings))
    return own(viewer, rows.select_related("person", "created_by"), needs=P.SEE_AFTERCARE).order_by(
        "-happened_at", "pk"
    )


def harms_in(viewer: Viewer, number: str) -> list[Harm]:
    return list(harms(viewer).filter(watch=number)[:SHOWN])


def harm(viewer: Viewer, key: uuid.UUID) -> Harm:
    return the_one(harms(viewer), key)


def people_here(viewer: Viewer, where: Watch | WatchTold) -> list[Person]:
    """People the viewer may see whose home is in one of the towns, those allocated to the viewer first."""
    here = Q(pk__in=[])
    for town in where.towns:
        here |= Q(home__town__iexact=town)
    found = people.visible(viewer).filter(here, home__marking__in=viewer.markings)[:SHOWN]
    return sorted(found, key=lambda person: person.pk not in viewer.near)


class Listed(NamedTuple):
    """A watch as a list shows it, with how many things were seen in it."""

    watch: Watch | WatchTold
    is_open: bool
    seen: int


def listed(viewer: Viewer) -> list[Listed]:
    """Whichever end is one's own: those open now first, then the newest."""
    rows: list[Watch | WatchTold] = [*watches(viewer)[:SHOWN], *told(viewer)[:SHOWN]]
    seen = Counter(harms(viewer).order_by().exclude(watch="").values_list("watch", flat=True))
    found = [Listed(row, _is_open(row, viewer.now), seen[row.number]) for row in rows]
    return sorted(found, key=lambda each: not each.is_open)


def _is_open(row: Watch | WatchTold, now: datetime) -> bool:
    return row.is_open_at(now) and getattr(row, "withdrawn_at", None) is None


class Window(NamedTuple):
    """One watch for whoever stands above and counts new lines that were first seen in it."""

    number: str
    towns: list[str]
    from_at: datetime
    until_at: datetime
    reference: str

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day in London: a line's own beginning is known by the day."""
        return timezone.localtime(self.from_at).date(), timezone.localtime(self.until_at).date()


def windows(viewer: Viewer, first: date, last: date) -> list[Window]:
    """Watches that were open on any of these days. For the force alone: the reference is its line's."""
    return [window_of(row) for row in _overlapping(watches(viewer), first, last)]


def window_of(row: Watch) -> Window:
    return Window(row.number, row.towns, row.from_at, row.until_at, row.opened_by_reference)


@dataclass(frozen=True)
class Counts:
    """What was seen in watches, with what it is out of. Possible harm from closing: when it was, never why."""

    watches: int
    days: float
    told: int
    seen: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.seen.values())

    @property
    def in_words(self) -> list[tuple[str, int]]:
        return [(words, self.seen.get(kind, 0)) for kind, words in SEEN_IN_WORDS.items()]


def counts(viewer: Viewer, first: date, last: date, known: date | None = None) -> Counts:
    """From one's own organisation's rows alone, as known by the end of a day; without one, as known now."""
    before = _begins(known + timedelta(days=1)) if known else None
    rows = [
        *_overlapping(watches(viewer), first, last, before),
        *_overlapping(_read(viewer, before), first, last, before),
    ]
    began, over = _begins(first), min(_begins(last + timedelta(days=1)), viewer.now)
    seen = harms(viewer).filter(watch__in=[row.number for row in rows], happened_at__gte=began, happened_at__lte=over)
    if before:
        seen = seen.filter(created_at__lt=before)
    hours = sum(max(0, (min(row.until_at, over) - max(row.from_at, began)).total_seconds()) / 3600 for row in rows)
    return Counts(
        len(rows),
        round(hours / 24, 1),
        sum(_was_told(row, before) for row in rows),
        dict(Counter(seen.order_by().values_list("kind", flat=True))),
    )


def _read(viewer: Viewer, before: datetime | None) -> QuerySet[WatchTold]:
    return told(viewer).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=before) if before else Q(withdrawn_at=None))


def _was_told(row: Watch | WatchTold, before: datetime | None) -> bool:
    at = row.told_at if isinstance(row, Watch) else row.created_at
    return at is not None and (before is None or at < before)


def _overlapping(rows: QuerySet, first: date, last: date, before: datetime | None = None) -> list:
    found = rows.filter(from_at__lt=_begins(last + timedelta(days=1)), until_at__gt=_begins(first))
    return list(found.filter(created_at__lt=before) if before else found)


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def opened(viewer: Viewer, first: date, last: date, known: date) -> tuple[int, int]:
    """How many of the force's watches began in these days, and of how many the charity was told, as known then."""
    before = _begins(known + timedelta(days=1))
    began = watches(viewer).filter(
        from_at__gte=_begins(first), from_at__lt=_begins(last + timedelta(days=1)), created_at__lt=before
    )
    return began.count(), began.filter(told_at__lt=before).count()


def due(viewer: Viewer, now: datetime) -> Iterator[Due]:
    """For the force, a watch that nobody has decided about; for the charity, one that is open."""
    today = timezone.localtime(now).date()
    if viewer.may(P.TELL_AFTERCARE):
        for row in watches(viewer).filter(state=Told.WAITING, until_at__gt=now):
            words = f"Tell the charity to look after people in {row.where} until {spoken(row.until_at)}, or say why not"
            yield Due(today, words, reverse("aftercare-tell", args=[row.pk]), KIND, (row,))
    for mine in open_here(viewer, now):
        words = f"Look after your people in {mine.area} until {spoken(mine.until_at)}"
        yield Due(today, words, reverse("aftercare-told", args=[mine.pk]), KIND, (mine,))


def open_here(viewer: Viewer, now: datetime) -> QuerySet[WatchTold]:
    """What one's own organisation was told and is to act on now, the first to end first."""
    return standing(viewer).filter(from_at__lte=now, until_at__gt=now).order_by("until_at", "pk")


def spoken(moment: datetime) -> str:
    """6 May 14:00."""
    return f"{timezone.localtime(moment):%-d %B %H:%M}"


def whom_to_tell(viewer: Viewer) -> list[Organisation]:
    """Charities; those with a live agreement about closures come first."""
    others = Organisation.objects.filter(kind="charity").exclude(pk=viewer.organisation_key).order_by("name")
    return sorted(others, key=lambda each: not _is_covered(viewer, each))


def _is_covered(viewer: Viewer, to: Organisation) -> bool:
    return any(paper.is_live(viewer.today) for paper in agreements.for_use(USE, viewer.organisation, to))


def reasons_not_to_tell(
    viewer: Viewer, watch: Watch, to: Organisation, *, towns: Sequence[str], part: str = ""
) -> list[str]:
    """Every reason there is."""
    return [*_reasons(viewer, watch, to), *rules.reasons_not_to_say_where(towns=towns, part=part)]


def _reasons(viewer: Viewer, watch: Watch, to: Organisation) -> list[str]:
    paper = next(iter(agreements.for_use(USE, viewer.organisation, to)), None)
    found = [
        *rules.reasons_not_to_tell(state=watch.state, until_at=watch.until_at, now=viewer.now),
        *rules.reasons_not_to_use(paper.fields if paper else None, title=paper.title if paper else ""),
    ]
    if paper:
        kinds = {"sender_kind": viewer.kind, "recipient_kind": to.kind}
        found += reasons_not_to_share(paper, **kinds, fields=rules.CROSSES, today=viewer.today)
    return found


def reasons_not_to_press(viewer: Viewer, watch: Watch, whom: Sequence[Organisation]) -> list[str]:
    """What the page says beside its button before anything is typed: the words of the area are judged when sent."""
    if not whom:
        return ["no charity takes part in this programme"]
    return _reasons(viewer, watch, whom[0])
