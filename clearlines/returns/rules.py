"""Reasons not to begin, count, finish, approve, send, replace or withdraw a return. Pure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from clearlines.returns.states import IN_WORDS, MOVES, State


def reasons_not_to_move(state: str, to: State) -> Iterator[str]:
    if to not in MOVES[state]:
        yield f"this return is not at that step: it is '{IN_WORDS[state].lower()}'"


def is_a_quarter(from_on: date, to_on: date) -> bool:
    """Three whole months, from the first day of one to the last day of another."""
    after = to_on + timedelta(days=1)
    months = (after.year - from_on.year) * 12 + after.month - from_on.month
    return from_on.day == 1 and after.day == 1 and months == 3


def reasons_not_to_begin(
    *, from_on: date, to_on: date, as_known: date, today: date, has_a_half: bool, standing: str = ""
) -> Iterator[str]:
    if not has_a_half:
        yield "your organisation has no part in this return"
    if not is_a_quarter(from_on, to_on):
        yield "a quarter is three whole months"
    if to_on >= today:
        yield f"the quarter is not over until the end of {to_on:%-d %B %Y}"
    if as_known < to_on:
        yield "the as-known date is before the quarter ends"
    if as_known > today:
        yield "nobody can say yet what will be known on a day to come"
    if standing:
        yield f"there is already a return for this quarter, {standing}: correct that one instead"


def reasons_not_to_contribute(*, state: str, has_a_half: bool) -> Iterator[str]:
    if not has_a_half:
        yield "your organisation has no part in this return"
    if state != State.PREPARING:
        yield f"its figures are fixed: it is '{IN_WORDS[state].lower()}'"


STORIES_AT_MOST = 2


def reasons_not_to_tell_story(
    *, state: str, is_charity: bool, told: int, agreed_on: date, today: date, names_in_it: Iterable[str]
) -> Iterator[str]:
    if not is_charity:
        yield "only the charity tells the story of somebody it stands beside"
    if state != State.PREPARING:
        yield f"its figures are fixed: it is '{IN_WORDS[state].lower()}'"
    if told >= STORIES_AT_MOST:
        yield "two stories are enough: take one back first"
    if agreed_on > today:
        yield "the day they agreed is still to come"
    for name in names_in_it:
        yield f"'{name}' is the name of somebody you know of: use another word"


def reasons_not_to_take_back(*, taken_back: bool) -> Iterator[str]:
    if taken_back:
        yield "this story has already been taken back"


def reasons_not_to_prepare(*, state: str, waiting_for: Iterable[str], left_small: Iterable[str]) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.PREPARED)
    for name in waiting_for:
        yield f"{name} has not counted its half yet"
    for title in left_small:
        yield f"'{title}' would show a number of people under five"


def reasons_not_to_approve(
    *,
    state: str,
    approver: object,
    prepared_by: object,
    counted_by: Collection[object],
    left_small: Iterable[str] = (),
    drifted: Iterable[str] = (),
    is_as_prepared: bool = True,
) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.APPROVED)
    if approver == prepared_by:
        yield "you prepared this return: somebody else must approve it"
    elif approver in counted_by:
        yield "you counted part of this return: somebody else must approve it"
    if not is_as_prepared:
        yield "its figures are not the ones that were prepared: prepare it again"
    for title in left_small:
        yield f"'{title}' would show a number of people under five"
    yield from drifted


def reasons_not_to_send(*, state: str, is_as_approved: bool) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.SENT)
    if not is_as_approved:
        yield "its figures are not the ones that were approved: prepare it again"


def reasons_not_to_note(*, state: str, names_in_it: Iterable[str] = ()) -> Iterator[str]:
    if state != State.SENT:
        yield f"only what was sent and still stands gains a note: it is '{IN_WORDS[state].lower()}'"
    for name in names_in_it:
        yield f"'{name}' names somebody or a line: the commissioner reads this, so use another word"


def reasons_not_to_reopen(*, state: str, why: str) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.PREPARING)
    if not why.strip():
        yield "say why it must be counted again"


def reasons_not_to_withdraw(*, state: str, why: str) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.WITHDRAWN)
    if not why.strip():
        yield "say why it is withdrawn"


def reasons_not_to_reissue(*, state: str, why: str, as_known: date, was_known: date, waiting: str) -> Iterator[str]:
    yield from reasons_not_to_move(state, State.REISSUED)
    if waiting:
        yield f"a corrected one, {waiting}, has already been begun"
    if not why.strip():
        yield "say what was wrong, in words the commissioner will read"
    if as_known < was_known:
        yield "a corrected return cannot know less than the one it replaces"
