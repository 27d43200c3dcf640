"""An opening is judged once."""

from enum import StrEnum


class Verdict(StrEnum):
    WAITING = "waiting"
    RIGHT = "right"
    WRONG = "wrong"


IN_WORDS = {
    Verdict.WAITING: "Nobody has judged it yet",
    Verdict.RIGHT: "It was right to open it",
    Verdict.WRONG: "It should not have been opened",
}

MOVES: dict[Verdict, frozenset[Verdict]] = {
    Verdict.WAITING: frozenset({Verdict.RIGHT, Verdict.WRONG}),
    Verdict.RIGHT: frozenset(),
    Verdict.WRONG: frozenset(),
}
