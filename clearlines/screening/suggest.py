"""From answers to a suggested band with its reasons. Named rules; nothing is counted up or weighed into a number.

A suggestion is the soonest band that any rule gives. 'Not known' is never read as 'no'. Protective answers are shown
beside the reasons and lower nothing. Closing is never suggested. Source: domain.md 2.8-2.10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clearlines.screening.states import EVIDENCE_IN_SHORT, SAID_IN_WORDS, SOONEST_FIRST, Band, Evidence, Said

if TYPE_CHECKING:
    from clearlines.screening.instruments import Rule, Tool

# The only facts that may enter besides answers. Age enters through published floors that raise support, and in no
# other way; no other protected characteristic is here.
FACTS: dict[str, str] = {
    "child": "They are under 18",
    "under_13": "They are under 13",
    "release_within_7_days": "Released from custody within seven days of today, before or after",
    "worried_about_children": "The letter says somebody is worried about children at home",
    "sender_said_today": "The letter asked for somebody to go today",
}
FIRM = (Evidence.SEEN, Evidence.TOLD, Evidence.RECORD)
RELEASE_DAYS = 7


@dataclass(frozen=True)
class Answered:
    said: str
    evidence: str = ""

    @property
    def in_words(self) -> str:
        how = EVIDENCE_IN_SHORT.get(self.evidence)
        return f"{SAID_IN_WORDS[self.said]}, {how}" if how else SAID_IN_WORDS[self.said]


Answers = Mapping[str, Answered]
Facts = Mapping[str, bool | None]


@dataclass(frozen=True)
class Ground:
    """One rule that spoke, the band it gives, and what it read."""

    rule: str
    band: Band
    floor: bool
    because: str
    read: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    band: Band
    grounds: tuple[Ground, ...]
    helps: tuple[str, ...]
    not_known: tuple[str, ...]
    next_on: date | None


def facts_about(*, age: int | None, release_on: date | None, children: str, urgency: str, today: date) -> Facts:
    """What is known besides the answers; None is 'not known', never 'no'."""
    near = release_on is not None and abs((release_on - today).days) <= RELEASE_DAYS
    return {
        "child": None if age is None else age < 18,
        "under_13": None if age is None else age < 13,
        "release_within_7_days": near,
        "worried_about_children": children == "worried",
        "sender_said_today": urgency == "today",
    }


def suggest(tool: "Tool", answers: Answers, facts: Facts, *, today: date) -> Suggestion:
    """The soonest band that any rule gives, with every rule that spoke, what helps and what is not known."""
    grounds = [ground for rule in tool.rules if (ground := _ground(tool, rule, answers, facts))]
    grounds.sort(key=lambda ground: (SOONEST_FIRST.index(ground.band), not ground.floor))
    # A tool whose rules all stay silent leaves somebody to be seen in the ordinary way, not forgotten.
    band = grounds[0].band if grounds else Band.PLANNED
    return Suggestion(
        band=band,
        grounds=tuple(grounds),
        helps=tuple(each.words for each in tool.protective if _said(answers, each.id) == Said.YES),
        not_known=not_known(tool, answers, facts),
        next_on=next_on(tool, band, today=today),
    )


def next_on(tool: "Tool", band: str, *, today: date) -> date | None:
    return None if band == Band.CLOSE else today + timedelta(days=tool.next_days[band])


def not_known(tool: "Tool", answers: Answers, facts: Facts) -> tuple[str, ...]:
    """Questions answered 'not known' or not asked yet, and an age nobody knows."""
    missing = [each.words for each in tool.items if _said(answers, each.id) == Said.NOT_KNOWN]
    return (*missing, *(["How old they are"] if facts.get("child") is None else []))


def _said(answers: Answers, item: str) -> str:
    answered = answers.get(item)
    return answered.said if answered else Said.NOT_KNOWN


def _ground(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> Ground | None:
    read = KINDS[rule.kind](tool, rule, answers, facts)
    return Ground(rule.id, rule.band, rule.floor, rule.because, tuple(read)) if read else None


def _yes(tool: "Tool", rule: "Rule", answers: Answers, evidence: tuple[str, ...] = ()) -> list[str]:
    """The ids of the rule's questions that were answered yes, on evidence of a kind it accepts."""
    accepted = evidence or rule.evidence or tuple(Evidence)
    asked = rule.items or tuple(item.id for item in tool.items)
    return [item for item in asked if _said(answers, item) == Said.YES and answers[item].evidence in (*accepted, "")]


def _in_words(tool: "Tool", answers: Answers, items: list[str]) -> list[str]:
    return [f"{tool.words_of(item)}: {answers[item].in_words}" for item in items]


def _any_yes(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    return _in_words(tool, answers, _yes(tool, rule, answers))


def _fact(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    return [FACTS[rule.fact]] if facts.get(rule.fact) else []


def _fact_with_yes(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    signs = _any_yes(tool, rule, answers, facts)
    return [FACTS[rule.fact], *signs] if facts.get(rule.fact) and signs else []


def _firm_in_two_domains(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    yes = _yes(tool, rule, answers, evidence=FIRM)
    touched = {item.domain for item in tool.items if item.id in yes}
    return _in_words(tool, answers, yes) if len(touched) > 1 else []


def _not_known_left(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    missing = not_known(tool, answers, facts)
    return [f"Not known or not asked: {len(missing)} of {len(tool.items) + 1}"] if missing else []


def _all_no(tool: "Tool", rule: "Rule", answers: Answers, facts: Facts) -> list[str]:
    every_no = all(_said(answers, item.id) == Said.NO for item in tool.items)
    return ["Every question was answered no"] if every_no else []


# The whole vocabulary of a tool file. Anything cleverer is a new, named, tested function here.
KINDS = {
    "any_yes": _any_yes,
    "fact": _fact,
    "fact_with_yes": _fact_with_yes,
    "firm_in_two_domains": _firm_in_two_domains,
    "not_known_left": _not_known_left,
    "all_no": _all_no,
}
