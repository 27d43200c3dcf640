"""Questions of this room. Each begins with who is asking, and starts from what they may see."""

from clearlines.sharing.queries.covering import agreement, papers, readers_at, review_by, whom_to_tell
from clearlines.sharing.queries.dues import due
from clearlines.sharing.queries.matching import (
    asked,
    asked_of_us,
    asked_one,
    asked_us_one,
    found_here,
    matching_agreement,
    pointers,
    reasons_not_to_point,
    who_may_be_asked,
)
from clearlines.sharing.queries.register import Filter, parted_tellings, register
from clearlines.sharing.queries.requests import (
    answers,
    decision_on,
    request_from,
    request_of_us,
    requested,
    requested_of_us,
    state_of,
    states_here,
    told_the_person,
    whom_to_request_from,
)
from clearlines.sharing.queries.telling import (
    given,
    given_one,
    notice_one,
    notices,
    notices_about,
    proposal,
    proposals,
    reviews,
    reviews_waiting,
    the_review,
    to_destroy,
    told_us,
)

__all__ = [
    "Filter", "agreement", "answers", "asked", "asked_of_us", "asked_one", "asked_us_one", "decision_on", "due",
    "found_here", "given", "given_one", "matching_agreement", "notice_one", "notices", "notices_about", "papers",
    "parted_tellings", "pointers", "proposal", "proposals", "readers_at", "reasons_not_to_point", "register",
    "request_from", "request_of_us", "requested", "requested_of_us", "review_by", "reviews", "reviews_waiting",
    "state_of", "states_here", "the_review", "to_destroy", "told_the_person", "told_us",
    "who_may_be_asked", "whom_to_request_from", "whom_to_tell",
]  # fmt: skip
