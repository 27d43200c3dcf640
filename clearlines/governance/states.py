"""What becomes of a look that was put to a supervisor, and of one that was odd."""

from enum import StrEnum


class Answer(StrEnum):
    """A supervisor's answer to "Was this look part of their work?"."""

    WAITING = "waiting"
    PART = "part"
    ASKED = "asked"
    NOT_PART = "not_part"


MOVES: dict[Answer, frozenset[Answer]] = {
    Answer.WAITING: frozenset({Answer.PART, Answer.ASKED, Answer.NOT_PART}),
    Answer.ASKED: frozenset({Answer.PART, Answer.NOT_PART}),
    Answer.PART: frozenset(),
    Answer.NOT_PART: frozenset(),
}
OPEN = frozenset(answer for answer, moves in MOVES.items() if moves)


class Odd(StrEnum):
    """Why a look stands out. None of these is a fault: each is a reason for a person to ask."""

    OWN_STREET = "own_street"
    SAME_NAME = "same_name"
    FAR_MORE = "far_more"
    NOT_PART = "not_part"


class Outcome(StrEnum):
    """What an information manager found when they asked."""

    NOT_YET = ""
    PART = "part"
    SPOKEN = "spoken"
    FURTHER = "further"
