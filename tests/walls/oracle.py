"""Who sees what, said again in plain words by somebody who has not read the product. Slow, and obviously right.

It knows nothing of the product and imports nothing of it. It is given dictionaries and answers yes or no.

account  {"name", "organisation", "is_active", "vetted_until", "trained_until", "roles": [{"role", "from", "until"}]}
tie      {"account", "kind", "row", "from", "until"}: kind is allocated, panel, opened, themselves, on_duty, kept_away
row      {"key", "kind", "owner", "marking", "also_at", "about", "hands", "is_taken", "told"}

`about` are the people (or letters, or reports) it tells of; `hands` the accounts that work on it: its worker, who wrote
it or what came of it, who goes and was not taken off; `is_taken` is false of a letter that nobody has yet; `also_at`
are the markings of other rows it shows by name; `told` are the tellings to another organisation: {"to", "until",
"taken_back"}.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

REGISTERS = {"person", "same person", "place"}
LINES = {"line", "line status", "role on a line", "disruption", "order", "group", "person in a group"}
VICTIMS = {"national referral"}
REPORTS = {"report", "made of a report"}
VISITS = {"appointment", "visit account", "promise", "offer"}
# After a closure: the force's watch, the charity's end of it, and what each saw for itself.
AFTER, TOLD_AFTER = {"watch", "harm"}, {"told of a closure", "harm"}
CARE = {"case", "plan", "goal", "measure", "way in"}

# Domain.md 1.3, a row a role: what it opens, and what it answers for, so that it need not stand near.
ROLES = {
    # Register, tasking, performance; not the charity's notes.
    "manager": {
        "opens": REGISTERS | LINES | VICTIMS | REPORTS | VISITS | AFTER | {"sent letter"},
        "answers_for": VISITS | {"sent letter", "harm"},
    },
    # Joint visits and intelligence; not the caseload of others.
    "visit_officer": {
        "opens": REGISTERS | LINES | VICTIMS | REPORTS | VISITS | AFTER | {"sent letter"},
        "answers_for": set(),
    },
    # Grades, sanitises, links, researches. Goes to no door.
    "analyst": {"opens": REGISTERS | LINES | VICTIMS | REPORTS | AFTER, "answers_for": {"harm"}},
    # Holds who reporters are; the one role that reads the custodian's marking.
    "custodian": {"opens": REPORTS, "answers_for": set()},
    # Engagement, visit, plan, outcomes; no intelligence.
    "project_lead": {
        "opens": REGISTERS | VISITS | CARE | TOLD_AFTER | {"screening", "received letter", "sent letter"},
        "answers_for": VISITS | CARE | {"screening", "received letter", "sent letter", "harm"},
    },
    "recovery_worker": {
        "opens": REGISTERS | VISITS | CARE | TOLD_AFTER | {"screening", "received letter"},
        "answers_for": set(),
    },
    # Their own task list, and nothing else.
    "volunteer": {"opens": set(), "answers_for": set()},
    # Makes a referral and sees what became of their own.
    "referrer": {"opens": {"person", "same person", "sent letter"}, "answers_for": set()},
    "safeguarding_lead": {"opens": {"person", "same person"} | VICTIMS, "answers_for": set()},
    "matching_role": {"opens": {"person", "same person"}, "answers_for": set()},
    # Audit: content only if needed.
    "information_manager": {"opens": set(), "answers_for": set()},
    # Who among their colleagues may do what; no record.
    "staff_manager": {"opens": set(), "answers_for": set()},
    # Totals only.
    "performance_officer": {"opens": set(), "answers_for": set()},
    # No identifiers.
    "evaluator": {"opens": set(), "answers_for": set()},
    # Accounts and back-ups; no content.
    "administrator": {"opens": set(), "answers_for": set()},
    # Their own plan.
    "supported_person": {"opens": {"own plan"}, "answers_for": set()},
}

# The last column of domain.md 1.3: what no mixture of roles in one organisation may open.
LETTERS = {"screening", "sent letter", "received letter"}
MUST_NOT_SEE = {
    "police": CARE | {"screening", "received letter", "own plan", "told of a closure"},
    "charity": LINES | REPORTS | {"watch"},
    "partner": REGISTERS - {"person", "same person"}
    | LINES
    | REPORTS
    | VISITS
    | CARE
    | AFTER
    | TOLD_AFTER
    | {"screening", "own plan"},
    "commissioner": REGISTERS | LINES | VICTIMS | REPORTS | VISITS | CARE | LETTERS,
    "university": REGISTERS | LINES | VICTIMS | REPORTS | VISITS | CARE | LETTERS,
    "host": REGISTERS | LINES | VICTIMS | REPORTS | VISITS | CARE | LETTERS,
}

MARKINGS = {
    "custodian": {"official", "official_sensitive", "custodian"},
    "administrator": set(),
    "staff_manager": set(),
}
USUAL_MARKINGS = {"official", "official_sensitive"}

# Where a role is not enough and one must also stand near.
ONLY_IF_NEAR = (
    CARE - {"way in"} | {"screening", "received letter", "sent letter", "own plan", "harm"} | VISITS - {"offer"}
)
BRINGS_NEAR = {"allocated", "panel", "opened", "themselves"}


def sees(account: dict, ties: list[dict], row: dict, moment: datetime) -> bool:
    day = moment.astimezone(ZoneInfo("Europe/London")).date()
    mine = [tie for tie in ties if tie["account"] == account["name"] and holds(tie, moment)]

    if any(tie["kind"] == "kept_away" and tie["row"] in row["about"] for tie in mine):
        return False

    if row["owner"] != account["organisation"] and not was_told(account["organisation"], row, moment, day):
        return False

    roles = roles_held(account, day)
    if not any(row["kind"] in ROLES[role]["opens"] for role in roles):
        return False

    readable = set()
    for role in roles:
        readable |= MARKINGS.get(role, USUAL_MARKINGS)
    if not {row["marking"], *row["also_at"]} <= readable:
        return False

    if row["kind"] in ONLY_IF_NEAR:
        return stands_near(account, mine, roles, row)
    return True


def stands_near(account: dict, mine: list[dict], roles: list[str], row: dict) -> bool:
    if account["name"] in row["hands"]:
        return True
    if any(row["kind"] in ROLES[role]["answers_for"] for role in roles):
        return True
    if row["kind"] == "received letter" and not row["is_taken"]:
        return True
    # What was seen and names nobody is for the whole team to know.
    if row["kind"] == "harm" and not row["about"]:
        return True
    for tie in mine:
        # One's own plan is one's own: covering for a team of workers opens nobody else's.
        if row["kind"] == "own plan":
            if tie["kind"] == "themselves" and tie["row"] in row["about"]:
                return True
            continue
        if tie["kind"] == "on_duty":
            return True
        if tie["kind"] in BRINGS_NEAR and tie["row"] in row["about"]:
            return True
    return False


def roles_held(account: dict, day: date) -> list[str]:
    if not account["is_active"]:
        return []
    if has_run_out(account["vetted_until"], day) or has_run_out(account["trained_until"], day):
        return []
    return [
        held["role"]
        for held in account["roles"]
        if held["from"] <= day and (held["until"] is None or day <= held["until"])
    ]


def has_run_out(last_day: date | None, day: date) -> bool:
    return last_day is not None and day > last_day


def holds(tie: dict, moment: datetime) -> bool:
    return tie["from"] <= moment and (tie["until"] is None or moment < tie["until"])


def was_told(organisation: str, row: dict, moment: datetime, day: date) -> bool:
    """One of the two ways a row is read by another organisation; the other, a posted copy, is its reader's own row."""
    for telling in row["told"]:
        if telling["to"] == organisation and not telling["taken_back"] and not has_run_out(telling["until"], day):
            return True
    return False
