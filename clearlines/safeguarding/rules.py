"""Reasons not to begin a national referral, move it on, or treat a child as an adult. Source: domain 2.7."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clearlines.safeguarding.states import (
    CG,
    FIRST_RESPONDER_KINDS,
    MOVES,
    NOT_YET_SUBMITTED,
    RG,
    SUBMITTED,
    Path,
    State,
)

S = State
ADULT = 18
# How many years either way a date of birth may be wrong, by how it is known. Whoever might be a child is presumed one:
# Modern Slavery Act 2015 s.51. The figures are ours, and are checked by nobody yet.
DOUBT = {"day": 0, "year": 1, "about": 7}


@dataclass(frozen=True)
class Standing:
    """A referral as the rules read it. `past` are its states in order, the present one last."""

    path: Path
    past: Sequence[State]
    last_on: date

    @property
    def state(self) -> State:
        return self.past[-1]


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def age_as_known(age: int | None, precision: str) -> int | None:
    """The age, unless it is so near to 18 that nobody can have known on which side: then a person says."""
    if age is None or 0 < DOUBT[precision] >= abs(age - ADULT):
        return None
    return age


def is_first_responder(kind: str) -> bool:
    return kind in FIRST_RESPONDER_KINDS


def ask(whom: Sequence[str]) -> str:
    return f"only a first responder may do that: ask {' or '.join(whom)}"


def reasons_not_to_begin(
    *, path: Path, age: int | None, noted_on: date, words: str, today: date, same_owner: bool, open_already: bool
) -> Iterator[str]:
    """`age` on the day the signs were noted, as far as it is known."""
    if not same_owner:
        yield "that person is in another organisation's records"
    if open_already:
        yield "a referral of this person is already under way: open that one"
    if noted_on > today:
        yield "the day is in the future: record it when it has happened"
    if not words.strip():
        yield "say which signs were noted, and by whom"
    if age is not None and age < ADULT and path != Path.CHILD:
        yield "this person was under 18: a child is always referred, and need not agree"
    if age is not None and age >= ADULT and path != Path.ADULT:
        yield "this person was 18 or over: an adult is referred only if they agree"


def reasons_not_to_move(standing: Standing, *, to: State, kind: str, whom: Sequence[str]) -> Iterator[str]:
    """Whether this step can be taken at all, by this kind of organisation. The page shows these beside each step."""
    if to not in MOVES[standing.path].get(standing.state, set()):
        yield f"it is '{standing.state.label}', and that cannot become '{to.label}'" + _instead(standing, to)
        return
    if to in SUBMITTED and not is_first_responder(kind):
        yield ask(whom)
    if to == S.WITHDRAWN and standing.path == Path.CHILD and _is_before(standing) and not is_first_responder(kind):
        yield f"a child is always referred: if the signs were mistaken, {ask(whom)}"
    if standing.state == S.RECONSIDERATION and to not in _reconsidered(standing) | {S.WITHDRAWN}:
        yield "that is not the decision that is being looked at again"


def _instead(standing: Standing, to: State) -> str:
    if to == S.NRM_SUBMITTED and standing.state == S.CONSENT_REFUSED:
        return ": notify the Home Office without their name. If they think better of it, begin another referral"
    if to == S.NRM_SUBMITTED and standing.state == S.CANNOT_DECIDE:
        return ": talk it through again first, or notify the Home Office without their name"
    return ""


def _is_before(standing: Standing) -> bool:
    return standing.state in NOT_YET_SUBMITTED


def _reconsidered(standing: Standing) -> frozenset[State]:
    """The kind of decision that stood before it was looked at again."""
    return CG if standing.past[-2] in CG else RG


def reasons_against_facts(
    standing: Standing, *, to: State, on: date, who: str, words: str, reference: str, today: date
) -> Iterator[str]:
    """What the step rests on: a day in order, a reference, who was asked, why."""
    if on > today:
        yield "the day is in the future: record it when it has happened"
    if on < standing.last_on:
        yield f"the step before it was on {in_words(standing.last_on)}: this one cannot be earlier"
    if to in SUBMITTED and not reference.strip():
        yield "give the reference that the Home Office gave"
    if to == S.FIRST_RESPONDER_CONTACTED and not who.strip():
        yield "say who was asked: the organisation, and the person by name"
    if to == S.CONSENT_DISCUSSED and not who.strip():
        yield "say who talked it through with them"
    if to == S.WITHDRAWN and not words.strip():
        yield "say why it is withdrawn"


def reasons_not_to_raise_s45(*, on: date, raised_on: date | None, today: date) -> Iterator[str]:
    if raised_on is not None:
        yield f"it was raised on {in_words(raised_on)}"
    if on > today:
        yield "the day is in the future: record it when it has happened"


def reasons_not_to_change_path(
    *, now: Path, to: Path, age: int | None, reason: str, open_already: bool
) -> Iterator[str]:
    """Nobody leaves the child's path by a birthday: somebody decides it, by name and for a reason."""
    if to == now:
        yield "it is on that path already"
    if open_already:
        yield "another referral of this person is under way: open that one"
    if to == Path.ADULT and age is not None and age < ADULT:
        yield "this person is under 18: a child is always referred, and need not agree"
    if to == Path.CHILD and age is not None and age >= ADULT:
        yield "by what is recorded they are 18 or over: correct their date of birth first"
    if not reason.strip():
        yield "say why: the decision is yours, and somebody will read it"


def after_change(state: State, to: Path) -> State:
    """Where it stands on the other path: what an adult said of consent does not hold back a child."""
    return state if state in MOVES[to] else S.FIRST_RESPONDER_CONTACTED
