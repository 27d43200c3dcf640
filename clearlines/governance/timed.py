"""Each minute the new looks are gone through; once a week some are drawn and put to supervisors."""

import time
from datetime import timedelta

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer, the_time
from clearlines.governance import actions, rules, watching
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry, Subject

A_MINUTE, AN_HOUR = 60.0, 3600.0
AT_ONCE = 5000
# Numbers are given out before they are kept: look again at the newest few.
AGAIN = 200


class Watch:
    """What one running process remembers between rounds, so that most rounds ask the database nothing."""

    def __init__(self) -> None:
        self.upto: int | None = None
        self.next_round = self.next_note = 0.0
        self.drawn: set[str] = set()


_watch = Watch()


def tick(*, by: Viewer) -> int:
    """How many looks were marked as odd or put to a supervisor."""
    now = time.monotonic()
    if now < _watch.next_round:
        return 0
    _watch.next_round = now + A_MINUTE
    return go_through_new(by, _watch, now) + draw_last_week(by, _watch)


def go_through_new(by: Viewer, watch: Watch, now: float) -> int:
    """Every look since the last round, once. How far it came is noted in the ledger each hour, or when one was odd."""
    marked = 0
    after = where_it_stopped() if watch.upto is None else watch.upto
    while True:
        looks = Entry.objects.filter(kind=Kind.CONSULTATION, pk__gt=after - AGAIN).order_by("pk")
        entries = list(looks[: AT_ONCE + AGAIN])
        odd = list(watching.odd_among(entries))
        fresh = [each for each in odd if not _is_known(each)]
        after = max([after, *(entry.pk for entry in entries)])
        if fresh or now >= watch.next_note:
            marked += actions.mark_odd(by=by, odd=fresh, upto=after)
            watch.next_note = now + AN_HOUR
        if len(entries) < AT_ONCE:
            watch.upto = after
            return marked


def _is_known(odd: watching.OddLook) -> bool:
    return watching.OddLook.objects.filter(why=odd.why, entry=odd.entry, record=odd.record).exists()


def where_it_stopped() -> int:
    """What the ledger says of the last round; the beginning, if there was none."""
    last = Subject.objects.filter(name=actions.WATCHED).order_by("-entry").select_related("entry").first()
    return int(last.entry.note) if last else 0


def draw_last_week(by: Viewer, watch: Watch) -> int:
    """Once for each organisation and week, however often the clock strikes."""
    today = the_time().date()
    week = today - timedelta(days=today.weekday() + 7)
    done = 0
    for organisation in Organisation.objects.order_by("key"):
        name = rules.name_of_draw(organisation.pk, week)
        if name in watch.drawn:
            continue
        if not Subject.objects.filter(name=name).exists():
            done += draw_for(by, organisation, week)
        watch.drawn.add(name)
    return done


def draw_for(by: Viewer, organisation: Organisation, week: "watching.date") -> int:
    today = the_time().date()
    drawn, unasked = watching.draw(organisation, week, today)
    odd = [each for each in watching.far_more_than_peers(organisation, week, today) if not _is_known(each)]
    if odd:
        actions.mark_odd(by=by, odd=odd, upto=where_it_stopped())
    return actions.put_to_supervisors(
        by=by, organisation=organisation, week=week, drawn=drawn, nobody_to_ask=unasked
    ) + len(odd)
