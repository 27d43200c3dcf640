"""Every write of the register: what it is, what it became, what joins it to others, and who stands on it."""

from clearlines.lines.actions.checking import answer_check, record_sighting
from clearlines.lines.actions.displacing import link_displacement, say_not_displaced
from clearlines.lines.actions.identifying import (
    add_identifier,
    add_market,
    change_number,
    end_identifier,
    end_market,
)
from clearlines.lines.actions.moving import correct_status, move
from clearlines.lines.actions.people import end_role, put_person_on_line, recognise_as_victim
from clearlines.lines.actions.registering import decide_qualifies, record_element, register

__all__ = [
    "add_identifier",
    "add_market",
    "answer_check",
    "change_number",
    "correct_status",
    "decide_qualifies",
    "end_identifier",
    "end_market",
    "end_role",
    "link_displacement",
    "move",
    "put_person_on_line",
    "recognise_as_victim",
    "record_element",
    "record_sighting",
    "register",
    "say_not_displaced",
]
