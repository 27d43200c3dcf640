"""Reasons not to take up, link, grade or decide; and when two reports are one account told twice.

Source: domain 2.4 (3x5x2) and 6B.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clearlines.triage.states import MOVES, OPEN, Outcome, State, Verdict

SOURCES = {"1": "1: reliable", "2": "2: untested", "3": "3: not reliable"}
ASSESSMENTS = {
    "A": "A: known directly to the source",
    "B": "B: known indirectly to the source but corroborated",
    "C": "C: known indirectly to the source",
    "D": "D: not known",
    "E": "E: suspected to be false",
}
HANDLINGS = {"P": "P: lawful sharing permitted", "C": "C: lawful sharing permitted with conditions"}

# Two accounts read alike when half their words are the same, or a third of them about the same place.
ALIKE, ALIKE_AT_THE_SAME_PLACE, SAME_PLACE = 0.5, 0.3, 0.6
# Enough of an account to know it again.
READ_AT_MOST = 3_000
EMPTY_WORDS = frozenset({
    "the", "and", "was", "for", "that", "with", "this", "they", "there", "have", "has", "had", "are", "were",
    "but", "not", "you", "his", "her", "their", "them", "from", "been", "about", "all", "who", "she", "him",
    "into", "out", "what", "when", "then", "than", "very", "just", "some", "one", "two", "get", "got", "can",
    "will", "would", "could",
})  # fmt: skip


def reasons_not_to_take_up(*, state: str) -> Iterator[str]:
    if State.LOOKED_AT not in MOVES[state]:
        yield "somebody has already taken this report up"


def reasons_not_to_work_on(*, state: str) -> Iterator[str]:
    if state == State.WAITING:
        yield "take the report up first"
    if state == State.DECIDED:
        yield "it has been decided: open it again first, and say why"


def reasons_not_to_link(*, state: str, same_owner: bool, already: bool) -> Iterator[str]:
    yield from reasons_not_to_work_on(state=state)
    if not same_owner:
        yield "it belongs to another organisation"
    if already:
        yield "the report is already linked to it"


def reasons_not_to_confirm(*, confirmed: bool, undone: bool) -> Iterator[str]:
    if undone:
        yield "this link has been taken back: make it again if it was right"
    if confirmed:
        yield "somebody has already confirmed this link"


def reasons_not_to_unlink(*, undone: bool, because: str) -> Iterator[str]:
    if undone:
        yield "this link has already been taken back"
    if not because.strip():
        yield "say why the link is wrong"


def reasons_not_to_grade(*, state: str, took_it_down: bool) -> Iterator[str]:
    yield from reasons_not_to_work_on(state=state)
    if took_it_down:
        yield "you wrote this report down for somebody, so another person must grade it"


def reasons_not_to_grade_so(
    *, source: str, assessment: str, handling: str, conditions: str, again: bool, because: str
) -> Iterator[str]:
    if source not in SOURCES or assessment not in ASSESSMENTS or handling not in HANDLINGS:
        yield "choose a source evaluation, an assessment and a handling code"
    if handling == "C" and not conditions.strip():
        yield "handling code C needs its conditions: who may use it, and how"
    if handling == "P" and conditions.strip():
        yield "conditions go with handling code C: choose C, or leave them out"
    if again and not because.strip():
        yield "it has been graded before: say why the grade changes"


def reasons_not_to_decide(
    *, state: str, outcome: str, reason: str, graded: bool, linked_to_person: bool
) -> Iterator[str]:
    yield from reasons_not_to_work_on(state=state)
    if outcome not in set(Outcome):
        yield "choose what happens"
    if not reason.strip():
        yield "say why"
    if outcome == Outcome.INTELLIGENCE and not graded:
        yield "an intelligence log needs a grade first"
    if outcome == Outcome.REFER and not linked_to_person:
        yield "link the person you want to refer first"


def reasons_not_to_reopen(*, state: str, because: str) -> Iterator[str]:
    if State.REOPENED not in MOVES[state]:
        yield "only a report that has been decided can be opened again"
    if not because.strip():
        yield "say why it is opened again"


def reasons_not_to_compare(*, same_report: bool, same_owner: bool, verdict: str, reason: str) -> Iterator[str]:
    if same_report:
        yield "choose two different reports"
    if not same_owner:
        yield "it belongs to another organisation"
    if verdict not in set(Verdict):
        yield "say whether it is the same account or a different one"
    if not reason.strip():
        yield "say why"


def cautions(*, source: str, assessment: str) -> Iterator[str]:
    """What every view of a weak grade says beside it."""
    if source == "3" or assessment == "E":
        yield "This grade may not raise anybody's band by itself."
    if assessment in ("D", "E"):
        yield "Not known to be true: do not act on it alone."


@dataclass(frozen=True)
class Account:
    """One report, as far as comparing it goes."""

    key: object
    words: str
    place: str

    @functools.cached_property
    def said(self) -> frozenset[str]:
        return tokens(self.words[:READ_AT_MOST])

    @functools.cached_property
    def there(self) -> frozenset[str]:
        return tokens(self.place)


def tokens(said: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", said.lower())) - EMPTY_WORDS


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: the share of their words together that both have. Nothing in common with nothing is 0."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def reads_alike(one: Account, other: Account) -> bool:
    words = likeness(one.said, other.said)
    if words < ALIKE_AT_THE_SAME_PLACE:
        return False
    return words >= ALIKE or likeness(one.there, other.there) >= SAME_PLACE


def families(accounts: Sequence[Account], verdicts: Mapping[frozenset[object], str]) -> list[list[Account]]:
    """Accounts that count as one source together. A person's verdict on a pair goes before how they read."""
    found: list[list[Account]] = []
    for account in accounts:
        kin = [family for family in found if any(_kin(account, other, verdicts) for other in family)]
        found = [family for family in found if family not in kin]
        found.append([each for family in kin for each in family] + [account])
    return found


def alike(account: Account, others: Iterable[Account], verdicts: Mapping[frozenset[object], str]) -> list[Account]:
    """Other accounts that read like this one, or that somebody said were the same; never those said to differ."""
    return [other for other in others if other.key != account.key and _kin(account, other, verdicts)]


def _kin(one: Account, other: Account, verdicts: Mapping[frozenset[object], str]) -> bool:
    said = verdicts.get(frozenset({one.key, other.key}))
    return said == Verdict.SAME if said else reads_alike(one, other)


def is_open(state: str) -> bool:
    return state in OPEN
