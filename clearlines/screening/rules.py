"""Reasons not to begin, answer, complete or replace a screening. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from clearlines.screening.states import IN_WORDS, Band, Evidence, Footing, Said, State

SAFEGUARDING = "safeguarding"


class Answer(Protocol):
    @property
    def said(self) -> str: ...
    @property
    def evidence(self) -> str: ...


def reasons_not_to_use(tool: str, *, known: Iterable[str], withdrawn: Mapping[str, date], today: date) -> Iterator[str]:
    if tool not in known:
        yield f"there is no screening tool called '{tool}'"
    elif tool in withdrawn and today >= withdrawn[tool]:
        yield f"this tool was withdrawn on {withdrawn[tool]:%-d %B %Y}: choose its newer version"


def reasons_not_to_begin(footing: Footing, *, organisation: str, person_owner: str, unfinished: bool) -> Iterator[str]:
    if person_owner != organisation:
        yield "the person is not on your own organisation's records"
    if unfinished:
        yield "somebody has already begun one for this person: carry on with that"
    if not footing.statement:
        yield "give the person the confidentiality statement first, and say which version"
    if not footing.basis:
        yield "choose the lawful basis"
    if footing.consent not in ("yes", "no", "not_asked"):
        yield "say whether the person wants support"
    elif footing.consent != "yes" and footing.basis != SAFEGUARDING:
        yield "ask whether the person wants support: without their yes, screen only to keep somebody safe from harm"


def reasons_not_to_answer(*, state: str, answers: Mapping[str, Answer], questions: Iterable[str]) -> Iterator[str]:
    """An unfinished answer may be saved; one to a question the tool does not ask may not."""
    if state != State.BEGUN:
        yield f"this screening is '{IN_WORDS[state]}': to put something right, do it again"
    if strange := sorted(set(answers) - set(questions)):
        yield f"this tool has no question called {', '.join(strange)}"
    for answer in answers.values():
        if answer.said not in list(Said):
            yield "answer yes, no or not known"
        if answer.evidence and answer.evidence not in list(Evidence):
            yield "say how you know: seen, told, a record or professional concern"


def reasons_not_to_complete(
    *, state: str, answers: Mapping[str, Answer], words: Mapping[str, str], suggested: str, band: str, reason: str
) -> Iterator[str]:
    """`words` are the questions that need evidence for a yes, by their ids."""
    if state != State.BEGUN:
        yield f"this screening is '{IN_WORDS[state]}': to put something right, do it again"
    if not answers:
        yield "answer at least one question first"
    for item, answer in answers.items():
        if answer.said == Said.YES and not answer.evidence and item in words:
            yield f"say how you know: {words[item]}"
    if not band:
        yield "choose a band: the suggestion is not a decision"
    elif band not in list(Band):
        yield f"there is no band called '{band}'"
    elif band != suggested and not reason.strip():
        yield "say why your band is not the suggested one"


def reasons_not_to_redo(*, state: str, why: str, unfinished: bool) -> Iterator[str]:
    if state != State.COMPLETED:
        yield f"this screening is '{IN_WORDS[state]}': only a completed one is done again"
    elif unfinished:
        yield "somebody has already begun one for this person: carry on with that"
    if not why.strip():
        yield "say what needs putting right"
