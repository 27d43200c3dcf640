"""Reasons not to register a line, move it, correct it, join a number to it or put somebody on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise

from clearlines.lines import history
from clearlines.lines.checking import Check
from clearlines.lines.history import Step
from clearlines.lines.states import FIRST, MOVES, SUSPECTS, VICTIMS, Found, Known, Role, Status


@dataclass(frozen=True)
class Facts:
    """What a closure rests on."""

    holder_arrested_on: date | None = None
    holder_charged_on: date | None = None
    confirmed_by: str = ""
    confirmed_on: date | None = None
    order_reference: str = ""
    order_granted_on: date | None = None
    complied_on: date | None = None
    disruption: str = ""

    @property
    def days(self) -> list[date]:
        said = (getattr(self, each.name) for each in fields(self))
        return [each for each in said if isinstance(each, date)]


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def reasons_not_to_register(*, brand: str, status: Status, since: date, today: date) -> Iterator[str]:
    if not brand.strip():
        yield "say what the line is called, or what you call it until you know"
    if status not in FIRST:
        yield "a line begins as reported or under assessment: register it, then record what it became"
    if since > today:
        yield "the day it was first known is in the future"


def reasons_not_to_move(
    *, steps: Sequence[Step], new: Step, facts: Facts, reason: str, has_holder: bool, now: datetime, today: date
) -> Iterator[str]:
    """`steps` are the standing rows of the line; `new` is the row to be added."""
    first = min(step.on for step in steps)
    if new.on < first:
        yield f"the line was first known on {in_words(first)}: correct that entry if it began earlier"
    yield from _reasons_of_time(steps, new, now=now, today=today)
    yield from reasons_not_to_close(status=new.status, on=new.on, facts=facts, has_holder=has_holder, today=today)
    if new.status == Status.NOT_A_LINE and not reason.strip():
        yield "say why it is not a line"
    if new.on >= first:
        yield from _reasons_of_order(steps, [*steps, new], new)


def reasons_not_to_correct(
    *, steps: Sequence[Step], wrong: Step, new: Step, facts: Facts, reason: str, has_holder: bool,
    now: datetime, today: date,
) -> Iterator[str]:  # fmt: skip
    """`new` takes the place of `wrong`; both must be rows of the line whose standing rows are `steps`."""
    if wrong.key not in {step.key for step in steps}:
        yield "that entry is not part of this line's history as it stands: somebody may have corrected it already"
        return
    if not reason.strip():
        yield "say what was wrong, so that whoever relied on it can understand"
    if (wrong.status, wrong.on) == (new.status, new.on) and not facts.days:
        yield "nothing would change: give another status or another day"
    yield from _reasons_of_time(steps, new, now=now, today=today)
    yield from reasons_not_to_close(status=new.status, on=new.on, facts=facts, has_holder=has_holder, today=today)
    yield from _reasons_of_order(steps, [*(step for step in steps if step.key != wrong.key), new], new)


def _reasons_of_time(steps: Sequence[Step], new: Step, *, now: datetime, today: date) -> Iterator[str]:
    if new.on > today:
        yield "the day is in the future: record it when it has happened"
    if now < max(step.known_at for step in steps):
        yield "something was learned about this line after the moment you are writing at: history is written forward"


def _reasons_of_order(before: Sequence[Step], after: Sequence[Step], new: Step) -> Iterator[str]:
    """Only what the new row itself makes impossible; what stood before is not its fault."""
    stood = set(_pairs(sorted(before, key=lambda step: step.order)))
    ordered = sorted(after, key=lambda step: step.order)
    if ordered[0].status not in FIRST:
        yield f"its history would begin as '{ordered[0].status.label}': a line begins as reported or under assessment"
    for earlier, later in _pairs(ordered):
        if (earlier, later) in stood or later.status in MOVES[earlier.status]:
            continue
        if earlier.status == later.status:
            if later is new:
                yield f"it is already '{later.status.label}', since {in_words(earlier.on)}"
        elif later is new:
            yield (
                f"it is '{earlier.status.label}' from {in_words(earlier.on)}, and that cannot become "
                f"'{later.status.label}'"
            )
        else:
            yield (
                f"'{later.status.label}' on {in_words(later.on)} could not follow '{earlier.status.label}': "
                "correct that later entry first"
            )


def _pairs(ordered: list[Step]) -> Iterator[tuple[Step, Step]]:
    return pairwise(ordered)


def reasons_not_to_close(*, status: Status, on: date, facts: Facts, has_holder: bool, today: date) -> Iterator[str]:
    """Type 1 is the national definition, not a local opinion; Type 2 counts from compliance, not from the order."""
    if any(day > today for day in facts.days):
        yield "a date of the closure is in the future: record it when it has happened"
    if status == Status.CLOSED_T1:
        yield from _reasons_not_type_1(on, facts, has_holder)
    if status == Status.CLOSED_T2:
        yield from _reasons_not_type_2(on, facts)
    if status == Status.DISRUPTED and not facts.disruption.strip():
        yield "a line is disrupted by something that was done: record what was done, and the line moves with it"


def _reasons_not_type_1(on: date, facts: Facts, has_holder: bool) -> Iterator[str]:
    missing = []
    if not has_holder:
        missing.append("a person in the role of line holder")
    if facts.holder_arrested_on is None:
        missing.append("the day the line holder was arrested")
    if facts.holder_charged_on is None:
        missing.append("the day the line holder was charged")
    if not facts.confirmed_by.strip() or facts.confirmed_on is None:
        missing.append("the national centre's confirmation and its date")
    if missing:
        yield (
            f"a Type 1 closure needs {'; '.join(missing)}. Until then record 'Disrupted', or 'Type 1 closure proposed'"
        )
    if facts.holder_arrested_on and facts.holder_charged_on and facts.holder_charged_on < facts.holder_arrested_on:
        yield "the line holder cannot have been charged before the arrest"
    if facts.holder_charged_on and on < facts.holder_charged_on:
        yield "the line cannot have been closed, Type 1, before its holder was charged"


def _reasons_not_type_2(on: date, facts: Facts) -> Iterator[str]:
    if facts.complied_on is None:
        yield "a Type 2 closure needs the day on which the order was complied with, or the number went dead"
        return
    if facts.complied_on != on:
        yield (f"a Type 2 closure counts from compliance, on {in_words(facts.complied_on)}, not from {in_words(on)}")
    if facts.order_granted_on and facts.complied_on < facts.order_granted_on:
        yield "the order cannot have been complied with before it was granted"


def reasons_not_to_merge(*, status: Status, same_line: bool, has_other: bool, comes_back: bool) -> Iterator[str]:
    if status != Status.MERGED and has_other:
        yield "name another line only when this one is merged into it"
    if status == Status.MERGED and not has_other:
        yield "say which line it is the same as"
    if status == Status.MERGED and (same_line or comes_back):
        yield "a line cannot be merged into itself, or into one that is merged into it"


def reasons_not_to_add_identifier(
    *, kind: str, value: str, valid_from: date, valid_until: date | None, today: date,
    on_this_line: bool, known_on: Sequence[str], decided: str,
) -> Iterator[str]:  # fmt: skip
    """`known_on` names the other lines that have, or had, the same number."""
    if not value:
        yield {
            "number": "that is not a telephone number: check the digits",
            "imei": "a handset's IMEI has 14 to 16 digits",
            "iccid": "a SIM card's ICCID has 18 to 22 digits",
        }.get(kind, "say the name the line uses there")
    if valid_from > today:
        yield "the day it began is in the future"
    if valid_until and valid_until < valid_from:
        yield "it cannot end before it begins"
    if on_this_line:
        yield "this line already has it in those days"
    if known_on and decided not in set(Known):
        yield f"it is already known on {', '.join(known_on)}: say whether it is the same line, a new brand or unrelated"
    if known_on and decided == Known.SAME_LINE:
        yield f"it is the same line as {', '.join(known_on)}: open that line and add what you know there"


def reasons_not_to_change_number(*, begins: date, old_from: date, old_until: date | None) -> Iterator[str]:
    if old_until is not None:
        yield "that number has already ended"
    if begins <= old_from:
        yield f"the old number began on {in_words(old_from)}: the new one begins after it"


def reasons_not_to_end(*, began: date, ended: date | None, on: date, because: str, today: date) -> Iterator[str]:
    """A number, a town or a role that no longer holds. It stays in the record, with its days."""
    if ended is not None:
        yield f"that already ended, on {in_words(ended)}"
    if on < began:
        yield f"it began on {in_words(began)}: it cannot end before that"
    if on > today:
        yield "the day is in the future: record it when it has happened"
    if not because.strip():
        yield "say what shows that it ended"


def reasons_not_to_add_market(
    *, town: str, from_on: date, until_on: date | None, today: date, already: bool = False
) -> Iterator[str]:
    if not town.strip():
        yield "say which town it sells in"
    if already:
        yield "it is recorded there already in those days: say when it stopped, or choose days after that"
    if from_on > today:
        yield "the day it began is in the future"
    if until_on and until_on < from_on:
        yield "it cannot end before it begins"


def reasons_not_to_put_on_line(
    *, role: Role, roles_held: set[Role], is_child: bool, from_on: date, today: date, same_owner: bool
) -> Iterator[str]:
    """A role is added beside those there are. Nothing here removes one."""
    if not same_owner:
        yield "that person is in another organisation's records"
    if role in roles_held:
        yield "this person already has that role on this line"
    if from_on > today:
        yield "the day it began is in the future"
    if is_child and role == Role.EXPLOITED_ADULT:
        yield "this person is under 18: record an exploited child"
    if is_child and role in SUSPECTS and not roles_held & VICTIMS:
        yield "this person is under 18: record them as an exploited child first; another role may then stand beside it"


def reasons_not_to_recognise(
    *, is_positive: bool, decided_on: date | None, suspected: int, today: date, suspect_roles: str
) -> Iterator[str]:
    """Somebody recorded as a suspect is recognised as a victim. Nothing is hidden: roles stay, with what changed."""
    if not is_positive or decided_on is None:
        yield "only a positive conclusive grounds decision does this: record it on their national referral first"
    elif decided_on > today:
        yield "the decision is in the future"
    if not suspected:
        yield "this person stands on no line as somebody suspected"
    if suspect_roles not in ("end", "annotate"):
        yield "say whether each role as a suspect ends on that day, or stays with a note beside it"


def reasons_not_to_answer_check(
    *, check: Check, schedule: Sequence[int], answered: str, is_closed_now: bool, on: date, today: date,
    found: Found, words: str,
) -> Iterator[str]:  # fmt: skip
    """`answered` says who answered this check already, and what they found."""
    days, due_on = check.days, check.due_on
    if days not in schedule:
        yield f"there is no check after {days} days: choose one of {', '.join(map(str, schedule))}"
    elif answered:
        yield f"the {days}-day check is answered: {answered}. If that was wrong, record what the line is now"
    if not is_closed_now:
        yield "the line does not stand closed by that entry any more, so there is nothing to check"
    if on > today:
        yield "the day is in the future: answer when you have looked"
    elif on < due_on and found != Found.IN_USE:
        yield f"the {days}-day check is due on {in_words(due_on)}: a look before that day does not answer it"
    if found != Found.STILL_DEAD and not words.strip():
        yield "say what you saw or tried"


def reasons_not_to_record_sighting(*, on: date, first_known: date, words: str, today: date) -> Iterator[str]:
    if on > today:
        yield "the day is in the future"
    if on < first_known:
        yield f"the line was first known on {in_words(first_known)}: correct that entry if it began earlier"
    if not words.strip():
        yield "say what was seen or heard"


def reasons_not_to_say_not_displaced(*, same: bool, reason: str, already: bool) -> Iterator[str]:
    if same:
        yield "choose another line"
    if already:
        yield "somebody has answered this about these two lines already"
    if not reason.strip():
        yield "say why it is not the same people going on elsewhere"


def reasons_not_to_link(*, same: bool, reason: str, seen_on: date, today: date, already: bool) -> Iterator[str]:
    if same:
        yield "choose another line"
    if already:
        yield "these two lines are already linked in that way"
    if not reason.strip():
        yield "say what joins them: the same holder, brand, number or handset"
    if seen_on > today:
        yield "the day is in the future"


def reasons_not_to_decide(*, answer: str, reason: str) -> Iterator[str]:
    if answer not in ("yes", "no"):
        yield "say whether it is a county line"
    if not reason.strip():
        yield "say why: the decision is yours, and somebody will read it"


def reasons_not_to_record_element(*, finding: str, evidence: str) -> Iterator[str]:
    if finding == "present" and not evidence.strip():
        yield "say what shows it"


def reasons_not_to_compare(*, first_known: date, then_known: date) -> Iterator[str]:
    if first_known >= then_known:
        yield "the first day of knowing must come before the second"


def reasons_not_to_summarise(*, first: date, last: date, today: date) -> Iterator[str]:
    if first > last:
        yield "the first day is after the last"
    if last > today:
        yield "the last day is in the future: nobody knows yet"
    if (last - first) > 100 * 365 * history.ONE_DAY:
        yield "choose a period of less than a hundred years"
