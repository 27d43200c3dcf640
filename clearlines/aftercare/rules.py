"""Reasons not to tell the charity of a watch, not to take it back, and not to write down what was seen. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from clearlines.aftercare.states import IN_WORDS, MOVES, Told

# All that may ever cross, by the names that an agreement calls them.
CROSSES = ("area", "window")
LONGEST_HOURS = 14 * 24
# A ward or a part of a town has none of these in its name. After a hyphen it may: Chester-le-Street.
ADDRESS = re.compile(
    r"\d|(?<![\w-])(street|st|road|rd|lane|avenue|ave|close|court|terrace|drive|crescent|gardens|flat|house|grove|mews|"
    r"walk|row|caravan|hostel|hotel|school)\b",
    re.IGNORECASE,
)


def reads_like_an_address(words: str) -> bool:
    return bool(ADDRESS.search(words))


def reasons_not_to_tell(*, state: str, until_at: datetime, now: datetime) -> Iterator[str]:
    if Told.TOLD not in MOVES[Told(state)]:
        yield f"this watch cannot be told now: it is '{IN_WORDS[state].lower()}'"
    elif until_at <= now:
        yield "this watch is over: ring the charity if somebody there should still know"


def reasons_not_to_say_where(*, towns: Sequence[str], part: str) -> Iterator[str]:
    """The charity is told a town, or a ward or part of one; never so little that a door could be guessed."""
    if not any(town.strip() for town in towns):
        yield "say which town, so that the charity knows where to look after people"
    for words in (*towns, part):
        if reads_like_an_address(words):
            yield f"'{words.strip()}' reads like an address or a number: say the town, or a ward or part of it"
    if part.strip() and len(towns) > 1:
        yield "a part belongs to one town: name one town, or leave the part out"


def reasons_not_to_use(fields: Collection[str] | None, *, title: str = "") -> Iterator[str]:
    """`fields` of the agreement about closures with that organisation; none where there is no agreement."""
    if fields is None:
        yield (
            "no agreement lets you tell them of a closure: ask your information manager for one, or decide that they "
            "are not told and say why"
        )
    elif set(fields) != set(CROSSES):
        yield f"'{title}' must name exactly an area and a window of time: ask your information manager to mend it"


def reasons_not_to_decide_not_to_tell(*, state: str, why: str) -> Iterator[str]:
    if Told.NOT_TOLD not in MOVES[Told(state)]:
        yield f"there is nothing to decide: it is '{IN_WORDS[state].lower()}'"
    if not why.strip():
        yield "say why the charity is not told: somebody will ask if a person comes to harm"


def reasons_not_to_take_back(*, state: str) -> Iterator[str]:
    if Told.TAKEN_BACK not in MOVES[Told(state)]:
        yield f"there is nothing to take back: it is '{IN_WORDS[state].lower()}'"


def reasons_not_to_record(
    *, happened_at: datetime, now: datetime, window: tuple[datetime, datetime] | None, same_owner: bool
) -> Iterator[str]:
    if not same_owner:
        yield "that person is in another organisation's records"
    if happened_at > now:
        yield "that moment has not come yet: check the day and the time"
    elif window and not window[0] <= happened_at <= window[1]:
        yield (
            "it happened outside this watch, so it cannot be counted in it: record it without a watch, or check the "
            "day and the time"
        )


def reasons_not_to_follow_up(*, words: str) -> Iterator[str]:
    if not words.strip():
        yield "say what was done"
