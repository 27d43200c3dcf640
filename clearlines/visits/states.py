"""The life of an appointment, and of the offer to go together."""

from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Joint(StrEnum):
    """Where the organiser stands with the organisation it asked along."""

    NONE = "none"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.DONE, State.CANCELLED}),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
}

# A declined or withdrawn visit may be offered again; an accepted one may still be taken back by either side.
JOINT_MOVES: dict[str, frozenset[str]] = {
    Joint.NONE: frozenset({Joint.OFFERED}),
    Joint.OFFERED: frozenset({Joint.OFFERED, Joint.ACCEPTED, Joint.DECLINED, Joint.WITHDRAWN}),
    Joint.ACCEPTED: frozenset({Joint.OFFERED, Joint.DECLINED, Joint.WITHDRAWN}),
    Joint.DECLINED: frozenset({Joint.OFFERED}),
    Joint.WITHDRAWN: frozenset({Joint.OFFERED}),
}

IN_WORDS: dict[str, str] = {State.PLANNED: "Planned", State.DONE: "Done", State.CANCELLED: "Cancelled"}
JOINT_IN_WORDS: dict[str, str] = {
    Joint.NONE: "On our own",
    Joint.OFFERED: "Offered, no answer yet",
    Joint.ACCEPTED: "Joint: they are coming",
    Joint.DECLINED: "Offered, and they cannot come",
    Joint.WITHDRAWN: "Offer taken back",
}
