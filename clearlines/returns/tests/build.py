"""Returns driven through their real actions. `FIGURES` stands in for the rooms in tests of the return itself."""

from datetime import UTC, date, datetime
from typing import Any

from clearlines.returns import actions, figures
from clearlines.returns.counted import Figure, Table
from clearlines.returns.models import Return, Story

FROM_ON, TO_ON = date(2022, 4, 1), date(2022, 6, 30)
AS_KNOWN = date(2022, 7, 14)
# When returns about that quarter are made: two weeks after it ended.
THEN = datetime(2022, 7, 14, 11, 0, tzinfo=UTC)
LATER = datetime(2022, 8, 2, 11, 0, tzinfo=UTC)

OUTCOMES = ("Seen", "Refused", "No reply", "Not safe to go on", "Moved away")
STEPS = ("Waiting for a decision", "Not accepted", "Accepted, not yet seen", "Seen, no plan yet",
         "Plan, one measure or none", "Outcome measured twice")  # fmt: skip
AGES = ("Under 18", "18 to 24", "25 to 34", "35 to 49", "50 and over", "Age not known")
SEEN = ("Overdose", "Death", "Threat or violence", "Debt demanded", "Withdrawal without treatment",
        "Moved on, or home taken over", "Replacement line seen", "Something else")  # fmt: skip
SEXES = ("Female", "Male", "Other or not known")


def figure(value: Any = None, base: int | None = None, **more: Any) -> Figure:
    more.setdefault("rows_counted", base if base is not None else value if isinstance(value, int) else 0)
    return Figure(rule="Rows invented for a test.", value=value, base=base, **more)


def table(rows: tuple[str, ...], columns: tuple[str, ...], *cells: tuple[int, ...]) -> Figure:
    made = Table(rows, columns, cells)
    return Figure(rule="Rows invented for a test.", rows_counted=made.total, table=made)


FIGURES: dict[str, Figure] = {
    "lines_active_at_end": figure(2, 9),
    "lines_ever_known": figure(9),
    "lines_peak_active": figure(6),
    "lines_zero_days": figure(11, 91),
    "lines_steps": figure(rows_counted=9, steps=(("2022-04-01", 6), ("2022-05-10", 0), ("2022-05-21", 2),
                                                 ("2022-07-01", 2))),
    "closures_type_1": figure(1, rows_counted=9),
    "closures_type_2": figure(3, rows_counted=9),
    "reactivations": figure(1, rows_counted=9),
    "reactivation_rate": figure(2, 11),
    "disruptions": table(("Pursue", "Prevent"), ("Major", "Moderate", "Minor", "Waits for a second person"),
                         (1, 3, 4, 0), (0, 1, 2, 1)),
    "new_lines_in_watches": figure(1),
    "watches_opened": figure(4),
    "watches_told": figure(3, 4),
    "possible_harm": table(SEEN, ("Times",), (7,), (0,), (6,), (9,), (5,), (0,), (0,), (0,)),
    "reports_received": figure(38),
    "reports_triaged": figure(31, 38),
    "place_statement": figure("The change is too small to tell from chance.", rows_counted=1),
    "spend_labour": figure(56500, 78000),
    "spend_other": figure(9580, 78000),
    "referral_funnel": table(("Police", "Probation", "Food club"), STEPS,
                             (0, 7, 6, 5, 9, 6), (5, 0, 7, 0, 8, 5), (0, 0, 6, 6, 5, 6)),
    "days_to_first_contact": figure(6, 21, low=4, high=9),
    "visits": table(("Attempts",), OUTCOMES, (44, 7, 12, 0, 6)),
    "people_seen": table(AGES, SEXES, (6, 3, 0), (2, 5, 0), (6, 7, 0), (5, 8, 0), (0, 5, 0), (0, 0, 0)),
    "homes_visited": figure(29),
    "plans_in_place": figure(21, 27),
    "recovery_change": figure(4.2, 12, low=1.1, high=7.3, missing=6, rows_counted=18),
}  # fmt: skip


def counting(monkeypatch: Any, **changed: Figure) -> dict[str, Figure]:
    """Every counting function answers from FIGURES, with these in their place."""
    answers = FIGURES | changed
    for name in figures.COUNTERS:
        monkeypatch.setitem(figures.COUNTERS, name, lambda viewer, window, name=name: answers[name])
    return answers


def begun(cast: Any, moment: datetime = THEN, **more: Any) -> Return:
    about = {"from_on": FROM_ON, "to_on": TO_ON, "as_known": AS_KNOWN} | more
    return actions.begin(by=cast.viewer("analyst", moment), **about)


def counted(cast: Any, moment: datetime = THEN, **more: Any) -> Return:
    """Both halves counted, each by its own organisation's account."""
    part_of = begun(cast, moment, **more)
    count_both(cast, part_of, moment)
    return part_of


def count_both(cast: Any, part_of: Return, moment: datetime = THEN) -> None:
    for username in ("analyst", "lead"):
        actions.contribute(by=cast.viewer(username, moment), part_of=part_of, words=f"Said by the {username}.")


def prepared(cast: Any, moment: datetime = THEN, **more: Any) -> Return:
    part_of = counted(cast, moment, **more)
    return actions.prepare(by=cast.viewer("analyst", moment), part_of=part_of, seen=part_of.version)


def approved(cast: Any, moment: datetime = THEN, **more: Any) -> Return:
    part_of = prepared(cast, moment, **more)
    return actions.approve(by=cast.viewer("sergeant", moment), part_of=part_of, seen=part_of.version)


def sent(cast: Any, moment: datetime = THEN, **more: Any) -> Return:
    part_of = approved(cast, moment, **more)
    return actions.send(by=cast.viewer("sergeant", moment), part_of=part_of, seen=part_of.version)


STORY = "I had a key cut for a lad I was frightened of. I have my own door again now."


def told(cast: Any, part_of: Return, **more: Any) -> Story:
    said = {"words": STORY, "agreed_on": AS_KNOWN, "agreed_how": "Read it on paper and said yes to this return."}
    return actions.tell_story(by=cast.viewer("lead", THEN), part_of=part_of, **said | more)


def opened_story(cast: Any) -> dict[str, object]:
    return {"key": told(cast, begun(cast)).pk}


def opened_some(cast: Any) -> dict[str, object]:
    sent(cast)
    return {}


def opened_begun(cast: Any) -> dict[str, object]:
    return {"key": begun(cast).pk}


def opened_counted(cast: Any) -> dict[str, object]:
    return {"key": counted(cast).pk}


def opened_prepared(cast: Any) -> dict[str, object]:
    return {"key": prepared(cast).pk}


def opened_approved(cast: Any) -> dict[str, object]:
    return {"key": approved(cast).pk}


def opened_sent(cast: Any) -> dict[str, object]:
    return {"key": sent(cast).pk}
