"""Reasons not to register a group, name it, say that it runs a line or is directed by somebody, or link it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from clearlines.lines.states import SUSPECTS, VICTIMS, Role

ADULT = 18
# By looks alone somebody counts as an adult only if clearly so. Source: Home Office guidance on assessing age
# ("very strongly suggests significantly over 18"); the figure is ours and is checked by nobody yet.
ADULT_BY_LOOKS = 25
SAME_GROUP, UNRELATED = "same_group", "unrelated"


@dataclass
class Result:
    """What a tool gave, as it gave it. `scores`: its own names for things, and what it said of each."""

    tool: str
    tool_version: str
    assessed_on: date
    assessor: str
    scores: dict[str, str] = field(default_factory=dict)
    priority_band: str = ""
    next_review_on: date | None = None


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def reasons_of_name(*, name: str, known_on: Sequence[str], decided: str) -> Iterator[str]:
    """`known_on` says which other groups are, or were, called this."""
    if not name.strip():
        yield "say what the group is called, or what you call it until you know"
    if known_on and decided not in (SAME_GROUP, UNRELATED):
        yield f"'{name}' is already known on {', '.join(known_on)}: say whether it is the same group or another"
    if known_on and decided == SAME_GROUP:
        yield f"it is the same group as {', '.join(known_on)}: open that one and add what you know there"


def reasons_of_days(*, from_on: date, until_on: date | None, today: date) -> Iterator[str]:
    if from_on > today:
        yield "the day it began is in the future"
    if until_on and until_on < from_on:
        yield "it cannot end before it begins"
    if until_on and until_on > today:
        yield "the day it ended is in the future: record it when it has happened"


def reasons_not_to_add_alias(*, source_words: str, on_this_group: bool) -> Iterator[str]:
    if not source_words.strip():
        yield "say who says so: a report, another force, a message"
    if on_this_group:
        yield "this group already has that name in those days"


def _reasons_of_evidence(grade: str, reason: str, shows: str) -> Iterator[str]:
    if not reason.strip():
        yield f"say what shows {shows}"
    if not grade.strip():
        yield "give it a grade: how sure is whoever says so?"


def reasons_not_to_run_line(*, grade: str, reason: str, runs_it_then: bool) -> Iterator[str]:
    yield from _reasons_of_evidence(grade, reason, "that this group runs the line")
    if runs_it_then:
        yield "this group already runs that line in those days"


def reasons_not_to_end(*, on: date, because: str, from_on: date, until_on: date | None, today: date) -> Iterator[str]:
    if until_on is not None:
        yield f"it has already ended, on {in_words(until_on)}"
    if on < from_on:
        yield f"it began on {in_words(from_on)}: it cannot end before that"
    if on > today:
        yield "the day it ended is in the future: record it when it has happened"
    if not because.strip():
        yield "say why it ended, or how it is known"


def reasons_not_to_pass(*, same_group: bool, on: date, today: date) -> Iterator[str]:
    """`on` is the last day of the group that had the line; the other begins the day after."""
    if same_group:
        yield "choose another group to pass the line to"
    if on >= today:
        yield "the other group would begin in the future: record it when it has happened"


def is_known_adult(*, born_on: date | None, precision: str, day: date) -> bool:
    """Whether somebody was 18 or more on a day, taking every doubt about the date for their being younger."""
    if born_on is None:
        return False
    full = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    if precision == "day":
        return full >= ADULT
    years = day.year - born_on.year - 1
    return years >= (ADULT if precision == "year" else ADULT_BY_LOOKS)


def reasons_not_to_put_in_group(
    *, is_adult: bool, is_child: bool, roles: frozenset[Role], same_owner: bool, grade: str, reason: str, already: bool
) -> Iterator[str]:
    """`roles` are all the roles this person ever had on any line. People who are used by a line are in no group."""
    if not same_owner:
        yield "that person is in another organisation's records"
    if is_child:
        yield (
            "this person was under 18: a child is not recorded as part of a group. Record them as an exploited child "
            "on the line"
        )
    elif not is_adult:
        yield (
            "it is not known that this person was an adult then: record when they were born first. If they may be "
            "under 18, record them as an exploited child on the line"
        )
    if roles & VICTIMS and not roles & SUSPECTS:
        yield (
            "everything recorded of this person says that a line used or harmed them: record what was done to them on "
            "the line, and do not put them in a group"
        )
    if already:
        yield "this person already stands in this group in that way"
    yield from _reasons_of_evidence(grade, reason, "that they direct it or work for it")


def reasons_not_to_link(*, same: bool, already: bool, reason: str) -> Iterator[str]:
    if same:
        yield "choose another group"
    if already:
        yield "these two groups are already linked in that way"
    if not reason.strip():
        yield "say what joins them: people, handsets, lines, or who says so"


def reasons_not_to_take_back(*, already: bool, because: str) -> Iterator[str]:
    if already:
        yield "it has already been taken back"
    if not because.strip():
        yield "say what was wrong, so that whoever relied on it can understand"


def reasons_not_to_assess(result: Result, *, today: date, already: bool) -> Iterator[str]:
    """A result is kept as it was given. Nothing here reads what a score says."""
    if not result.tool.strip():
        yield "say which tool it comes from"
    if not result.tool_version.strip():
        yield "say which version of the tool it was"
    if not result.assessor.strip():
        yield "say who assessed it"
    if result.assessed_on > today:
        yield "the day it was assessed is in the future"
    if result.next_review_on and result.next_review_on <= result.assessed_on:
        yield "the next review comes after the day it was assessed"
    if not result.scores and not result.priority_band.strip():
        yield "give the scores or the band, as the tool gave them"
    if already:
        yield f"a result of {result.tool} for that day is already there: take that one back first if it was wrong"
