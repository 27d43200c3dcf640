"""Where a line stands, who stands on it, and one table of moves. Source: domain 2.1, after the national definitions."""

from enum import StrEnum


class Status(StrEnum):
    REPORTED = "reported"
    UNDER_ASSESSMENT = "under_assessment"
    NOT_A_LINE = "not_a_line"
    ACTIVE = "active"
    DORMANT = "dormant"
    DISRUPTED = "disrupted"
    CLOSED_T2 = "closed_t2"
    CLOSED_T1_PROPOSED = "closed_t1_proposed"
    CLOSED_T1 = "closed_t1"
    TRANSFERRED = "transferred"
    MERGED = "merged"

    @property
    def label(self) -> str:
        return LABELS[self]


S = Status
LABELS = {
    S.REPORTED: "Reported",
    S.UNDER_ASSESSMENT: "Under assessment",
    S.NOT_A_LINE: "Not a line",
    S.ACTIVE: "Active",
    S.DORMANT: "Dormant",
    S.DISRUPTED: "Disrupted",
    S.CLOSED_T2: "Closed, Type 2",
    S.CLOSED_T1_PROPOSED: "Type 1 closure proposed",
    S.CLOSED_T1: "Closed, Type 1",
    S.TRANSFERRED: "Transferred to another force",
    S.MERGED: "Merged into another line",
}
_CLOSING = {S.CLOSED_T2, S.CLOSED_T1_PROPOSED, S.CLOSED_T1}
_AWAY = {S.TRANSFERRED, S.MERGED}

# A closure is proposed first when the national centre has not answered yet; where it has, there is nothing to propose.
MOVES: dict[Status, set[Status]] = {
    S.REPORTED: {S.UNDER_ASSESSMENT} | _AWAY,
    S.UNDER_ASSESSMENT: {S.ACTIVE, S.NOT_A_LINE} | _AWAY,
    S.NOT_A_LINE: {S.UNDER_ASSESSMENT},
    S.ACTIVE: {S.DORMANT, S.DISRUPTED} | _CLOSING | _AWAY,
    S.DORMANT: {S.ACTIVE, S.DISRUPTED} | _CLOSING | _AWAY,
    S.DISRUPTED: {S.ACTIVE, S.DORMANT} | _CLOSING | _AWAY,
    S.CLOSED_T1_PROPOSED: {S.CLOSED_T1, S.CLOSED_T2, S.ACTIVE, S.DISRUPTED} | _AWAY,
    S.CLOSED_T2: {S.ACTIVE, S.CLOSED_T1_PROPOSED, S.CLOSED_T1} | _AWAY,
    S.CLOSED_T1: {S.ACTIVE} | _AWAY,
    S.TRANSFERRED: set(),
    S.MERGED: set(),
}

FIRST = frozenset({S.REPORTED, S.UNDER_ASSESSMENT})
# Closed as the national definition has it. 'Proposed' is not closed, and is left out of every total.
CLOSED = frozenset({S.CLOSED_T1, S.CLOSED_T2})
# Nobody has said yet that it is a line.
NOT_YET_A_LINE = frozenset({S.REPORTED, S.UNDER_ASSESSMENT, S.NOT_A_LINE})
# What stands on a day says whether it was ever a line by then: no move leads back to 'not yet'. One merged into another
# is counted as that other.
EVER_A_LINE = frozenset(S) - NOT_YET_A_LINE - {S.MERGED}


class Identifier(StrEnum):
    NUMBER = "number"
    IMEI = "imei"
    ICCID = "iccid"
    HANDLE = "handle"


class Known(StrEnum):
    """What a person decided about a number that another line already has."""

    SAME_LINE = "same_line"
    NEW_BRAND = "new_brand"
    UNRELATED = "unrelated"


class Role(StrEnum):
    HOLDER = "holder"
    SENIOR = "senior"
    DEALER = "dealer"
    CARRIER = "carrier"
    EXPLOITED_CHILD = "exploited_child"
    EXPLOITED_ADULT = "exploited_adult"
    HOST = "host"
    DEBT_BONDED = "debt_bonded"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """In what light somebody stands, in one matter. The Data Protection Act 2018, s.38(3)."""

    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS = "witness"
    ASSOCIATE = "associate"
    AT_RISK = "at_risk"
    OTHER = "other"


class Found(StrEnum):
    """What a check of a closed line showed."""

    STILL_DEAD = "still_dead"
    IN_USE = "in_use"
    COULD_NOT_TELL = "could_not_tell"


VICTIMS = frozenset({Role.EXPLOITED_CHILD, Role.EXPLOITED_ADULT, Role.HOST, Role.DEBT_BONDED})
SUSPECTS = frozenset({Role.HOLDER, Role.SENIOR, Role.DEALER, Role.CARRIER})

# What a role says of somebody unless a person says otherwise. A category is never worked out from anything else.
USUAL_CATEGORY = (
    dict.fromkeys(VICTIMS, Category.VICTIM)
    | dict.fromkeys(SUSPECTS, Category.SUSPECT)
    | {Role.CUSTOMER: Category.AT_RISK, Role.UNKNOWN: Category.OTHER}
)
