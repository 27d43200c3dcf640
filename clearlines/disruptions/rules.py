"""Reasons not to record an act, decide its level, join an order, a seizure or an agency to it, or take it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clearlines.disruptions.kinds import WHOLE_UNITS
from clearlines.disruptions.states import ANOTHER_ACT, CHARITY, SAME_ACT, Complied, Level, P, same_as


@dataclass(frozen=True)
class Act:
    """What was done, as whoever records it says it."""

    p: str
    happened_on: date
    tactic: str
    words: str
    level: str
    why: str
    lead_agency: str
    evidence: str = ""
    victim_impact: str = ""
    about_words: str = ""
    elsewhere_reference: str = ""
    exported_on: date | None = None


@dataclass(frozen=True)
class Granted:
    """An order, a warrant or a notice, as its paper says it."""

    kind: str
    granted_on: date
    reference: str = ""
    complies_by: date | None = None
    until_on: date | None = None
    identifier: str = ""


@dataclass(frozen=True)
class Part:
    """What an agency did beside the one that led."""

    agency: str
    on: date
    kind: str
    words: str = ""
    elsewhere_reference: str = ""


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def reasons_not_to_record(
    act: Act, *, about: bool, same_owner: bool, may_harm: bool | None, lead_kind: str, today: date
) -> Iterator[str]:
    """`may_harm` is None where the tactic is on no list; `lead_kind` is empty where the agency is on none."""
    if act.p not in set(P):
        yield "say to what end it was done: Pursue, Prevent, Protect or Prepare"
    if not act.words.strip():
        yield "say what was done"
    if act.happened_on > today:
        yield "the day is in the future: record it when it has happened"
    if not about:
        yield "say what it was done to: a line, a person, a place, or something else in words"
    if not same_owner:
        yield "that line, person or place is in another organisation's records"
    if act.level not in set(Level) or not act.why.strip():
        yield "propose a level, and say why: somebody else decides it"
    yield from _reasons_of_the_tactic(act, may_harm)
    yield from _reasons_of_the_lead(act, lead_kind, today)


def _reasons_of_the_tactic(act: Act, may_harm: bool | None) -> Iterator[str]:
    if may_harm is None:
        yield "choose the tactic from the list"
    if may_harm and not act.victim_impact.strip():
        yield (
            "this tactic can harm somebody who is being used: say what it means for them, and what was done about it. "
            "If nobody is, say how you know"
        )


def _reasons_of_the_lead(act: Act, lead_kind: str, today: date) -> Iterator[str]:
    if not lead_kind:
        yield "choose the agency that led from the programme's list"
    if lead_kind == CHARITY:
        yield (
            "a charity does not lead a disruption: name the agency that did, and add the charity by date and kind only"
        )
    if act.exported_on and not act.elsewhere_reference.strip():
        yield "give the reference that it has in the other system, or leave the day empty"
    if act.exported_on and act.exported_on > today:
        yield "the day it went to the other system is in the future"


def reasons_not_to_disrupt_line(*, on: date, happened_on: date, has_line: bool) -> Iterator[str]:
    if not has_line:
        yield "say which line it disrupted"
    if on < happened_on:
        yield f"the line cannot have been disrupted before what was done to it, on {in_words(happened_on)}"


def reasons_not_to_take_in(*, reference: str, agency: str, is_known: bool) -> Iterator[str]:
    """The same export read twice. It is said the same whether or not one may see the first."""
    if is_known:
        yield f"{agency}'s reference {reference} is recorded here already: one act is not taken in twice"


def reasons_not_to_count_twice(*, act: Act, alike: Sequence[str], decided: str) -> Iterator[str]:
    """`alike` names what is recorded already for the same line, person or place, the same day and the same P."""
    if alike and decided not in answers(alike):
        verb = "records" if len(alike) == 1 else "record"
        yield (
            f"{', '.join(alike)} already {verb} {act.p.capitalize()} on {in_words(act.happened_on)}: "
            "say whether this is the same act"
        )


def answers(alike: Sequence[str]) -> set[str]:
    """What may be decided. Where there are several, it is said which one."""
    whole = {SAME_ACT} if len(alike) == 1 else set()
    return whole | {ANOTHER_ACT, *(same_as(each) for each in alike)}


def reasons_not_to_join_acts(*, reference: str, agency: str, leads: bool, took_part: bool) -> Iterator[str]:
    if leads:
        yield f"{reference} records it for {agency}: open it and add what you know there"
    if took_part:
        yield f"{reference} says already that {agency} took part: open it and add what you know there"


def reasons_not_to_moderate(
    *, level: str, reason: str, is_proposer: bool, taken_back: bool, standing: str = ""
) -> Iterator[str]:
    """`standing` is the level that holds, if somebody decided before."""
    yield from reasons_not_to_open_moderation(is_proposer=is_proposer, taken_back=taken_back)
    if level not in set(Level):
        yield "choose a level"
    if not reason.strip():
        yield "say why: whoever proposed it, and whoever reads the figures, will ask"
    if level and level == standing:
        yield f"it is already {Level(level).label}: nothing would change"


def reasons_not_to_open_moderation(*, is_proposer: bool, taken_back: bool) -> Iterator[str]:
    if is_proposer:
        yield "the person who proposed it cannot decide its level: ask a colleague"
    yield from _reasons_of_taking_back(taken_back)


def _reasons_of_taking_back(taken_back: bool) -> Iterator[str]:
    if taken_back:
        yield "it was taken back, and counts nowhere"


def reasons_not_to_contribute(
    part: Part, *, agency: str, agency_kind: str, for_charity: bool | None, leads: bool, names_a_person: bool,
    today: date, taken_back: bool = False,
) -> Iterator[str]:  # fmt: skip
    """`for_charity` is None where the kind of help is on no list."""
    yield from _reasons_of_taking_back(taken_back)
    if not agency_kind:
        yield "choose the agency from the programme's list"
    if leads:
        yield f"{agency} led it, and is counted for that already"
    if for_charity is None:
        yield "choose what it did from the list"
    if part.on > today:
        yield "the day is in the future: record it when it has happened"
    if agency_kind == CHARITY:
        yield from _reasons_of_a_charity(part, for_charity, names_a_person)


def _reasons_of_a_charity(part: Part, for_charity: bool | None, names_a_person: bool) -> Iterator[str]:
    """domain.md 2.2: by agency, date and kind only, so that nobody it stands beside is given away."""
    if for_charity is False:
        yield "a charity takes part by a visit, safety work or support, and nothing else is recorded of it"
    if part.words.strip() or part.elsewhere_reference.strip():
        yield "a charity is recorded by agency, date and kind only: take the words out"
    if names_a_person:
        yield (
            "this names a person, and would say that the charity stands beside them: "
            "record the charity's part on a disruption of the line or the place"
        )


def reasons_not_to_add_order(
    order: Granted, *, is_known: bool, today: date, needs_day: bool, taken_back: bool = False
) -> Iterator[str]:
    """`needs_day`: somebody must comply with this kind of order by a day."""
    yield from _reasons_of_taking_back(taken_back)
    if not is_known:
        yield "choose the kind of order from the list"
    if order.granted_on > today:
        yield "the day it was granted is in the future: record it when it has happened"
    if order.complies_by and is_known and not needs_day:
        yield "nobody has to comply with that kind of order by a day: leave the day empty"
    if order.complies_by and order.complies_by < order.granted_on:
        yield "it cannot have to be complied with before it was granted"
    if order.until_on and order.until_on < order.granted_on:
        yield "it cannot end before it was granted"


def reasons_not_to_answer(
    *, answer: str, on: date | None, granted_on: date, answered: str, today: date, taken_back: bool = False
) -> Iterator[str]:
    """Whether an order was complied with. 'No' may become 'yes'; nothing else changes."""
    yield from _reasons_of_taking_back(taken_back)
    if answer not in set(Complied):
        yield "say whether it was complied with"
    if answered == Complied.YES or (answered and answered == answer):
        yield "somebody has said so already: look at it again"
    if answer == Complied.YES and on is None:
        yield "say on which day it was complied with"
    if answer == Complied.NO and on is not None:
        yield "leave the day empty if it was not complied with"
    if on and on < granted_on:
        yield f"it cannot have been complied with before it was granted, on {in_words(granted_on)}"
    if on and on > today:
        yield "the day is in the future: record it when it has happened"


def reasons_not_to_add_seizure(
    *, units: Sequence[str], name: str, amount: Decimal, unit: str, on: date, today: date, taken_back: bool = False
) -> Iterator[str]:
    """`units` are those this kind is counted in; none where the kind is on no list."""
    yield from _reasons_of_taking_back(taken_back)
    if not units:
        yield "choose what was seized from the list"
    if units and unit not in units:
        yield f"{name} is counted in {' or '.join(units)}"
    if amount <= 0:
        yield "say how much: more than nought"
    if unit in WHOLE_UNITS and amount != amount.to_integral_value():
        yield f"{unit} are counted whole"
    if on > today:
        yield "the day is in the future: record it when it has happened"


def reasons_not_to_take_back(
    *, because: str, taken_back: bool, is_own: bool, may_moderate: bool, same_one: bool, other_stands: bool = True
) -> Iterator[str]:
    """`other_stands`: the one it is the same act as, if any, still counts."""
    if taken_back:
        yield "it was taken back already"
    if not is_own and not may_moderate:
        yield "only whoever recorded it, or somebody who decides levels, takes it back"
    if not because.strip():
        yield "say why"
    if same_one:
        yield "choose another disruption"
    if not other_stands:
        yield "the other one was taken back too: choose the one that stands"


def reasons_not_to_total(*, first: date, last: date, today: date) -> Iterator[str]:
    if first > last:
        yield "the first day is after the last"
    if last > today:
        yield "the last day is in the future: nobody knows yet"
