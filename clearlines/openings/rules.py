"""Reasons not to open somebody in an emergency, and not to judge that it was right. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clearlines.openings.states import MOVES, Verdict

# Domain.md 3.9: a second person looks within a day.
JUDGED_WITHIN = timedelta(hours=24)
HOURS = (1, 4, 12)
SHORTEST_REASON = 15


def reasons_not_to_open(*, reason: str, hours: int, is_own: bool, is_near: bool, unjudged: int) -> Iterator[str]:
    if not is_own:
        yield "only records of your own organisation are opened like this: ring the other organisation's on-call lead"
    if is_near:
        yield "you can already see this person's records"
    if len(reason.strip()) < SHORTEST_REASON:
        yield "say in a sentence what has happened and why it cannot wait"
    if hours not in HOURS:
        yield "choose for how long: 1, 4 or 12 hours"
    if unjudged >= 3:
        yield "three of your emergencies wait for somebody to look at them: ring your lead, who can put you on duty"


def reasons_not_to_judge(
    now: Verdict, *, verdict: Verdict, opened_by: object, judge: object, words: str
) -> Iterator[str]:
    if verdict not in MOVES[now]:
        yield "somebody has already judged this"
    if opened_by == judge:
        yield "whoever opened a record cannot judge that they were right to"
    if verdict == Verdict.WRONG and not words.strip():
        yield "say what should have happened instead"


def judge_by(opened_at: datetime) -> datetime:
    return opened_at + JUDGED_WITHIN
