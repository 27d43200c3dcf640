"""What the charity counts, with the eyes of the charity's account that prepares its half."""

from collections import Counter
from collections.abc import Hashable
from datetime import date
from typing import Any

from django.utils import timezone

from clearlines.access.viewer import Viewer
from clearlines.analysis import summaries
from clearlines.care.models import OutcomeMeasure
from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.referrals.models import Received, Source
from clearlines.referrals.states import State
from clearlines.returns.counted import Figure, Table, Window, cross
from clearlines.returns.figures import known
from clearlines.visits.models import Outcome, VisitAccount

BY_THEN = "by the end of the as-known date"
# The furthest step, in the order of the journey. Every referral stands at exactly one.
STEPS = (
    "Waiting for a decision", "Not accepted", "Accepted, not yet seen", "Seen, no plan yet", 
    "Plan, one measure or none", "Outcome measured twice",
)  # fmt: skip
AGES = ("Under 18", "18 to 24", "25 to 34", "35 to 49", "50 and over", "Age not known")
SEXES = ("Female", "Male", "Other or not known")
HOMES = {Place.Kind.HOME, Place.Kind.CARAVAN, Place.Kind.HOSTEL}
INSTRUMENT = "barc10"
ACCEPTED = {State.ACCEPTED, State.CONTACTED}
NOT_ACCEPTED = {State.DECLINED, State.REDIRECTED, State.WITHDRAWN}


def referral_funnel(viewer: Viewer, window: Window) -> Figure:
    letters = list(known.letters(viewer, window).filter(created_at__gte=window.began, created_at__lt=window.over))
    steps = _Steps(viewer, window)
    table = cross(
        [(Source(each.source).label, steps.furthest(each)) for each in letters],
        rows=[label for label in Source.labels if any(Source(each.source).label == label for each in letters)],
        columns=STEPS,
    )
    return Figure(
        rule=f"Letters received in the quarter, each at the furthest step it had reached {BY_THEN}. Where two records "
        "are said to be one person, what happened to either counts.",
        rows_counted=len(letters),
        table=table,
    )


class _Steps:
    """How far each letter's person had got, read in five queries whatever the number of letters."""

    def __init__(self, viewer: Viewer, window: Window) -> None:
        self.states = known.letter_states(viewer, window)
        self.same = known.people_as_one(viewer, window)
        self.seen: dict[Hashable, list[Any]] = {}
        for account in known.accounts(viewer, window).filter(outcome=Outcome.SEEN, appointment__person__isnull=False):
            self.seen.setdefault(self.same.of(account.appointment.person_id), []).append(account.arrived_at)
        by = window.as_known
        self.planned = {self.same.of(key) for key in _people_with_plans(viewer, window, by)}
        self.measured = {self.same.of(key) for key in _measured_twice(viewer, window)}

    def furthest(self, letter: Received) -> str:
        states = self.states.get(letter.pk, [State.RECEIVED])
        if states[-1] in NOT_ACCEPTED or (states[-1] == State.FINISHED and not ACCEPTED & set(states)):
            return STEPS[1]
        if states[-1] != State.FINISHED and states[-1] not in ACCEPTED:
            return STEPS[0]
        person = self.same.of(letter.person_id)
        if not any(moment >= letter.created_at for moment in self.seen.get(person, [])):
            return STEPS[2]
        if person not in self.planned:
            return STEPS[3]
        return STEPS[5] if person in self.measured else STEPS[4]


def _people_with_plans(viewer: Viewer, window: Window, by: date) -> list[Any]:
    return list(known.plans_agreed(viewer, window, by).values_list("case__person", flat=True))


def days_to_first_contact(viewer: Viewer, window: Window) -> Figure:
    """For each person first seen in the quarter, days since the first letter about them."""
    same = known.people_as_one(viewer, window)
    first_letter: dict[Hashable, date] = {}
    for letter in known.letters(viewer, window).filter(person__isnull=False):
        first_letter.setdefault(same.of(letter.person_id), timezone.localtime(letter.created_at).date())
    first_seen: dict[Hashable, date] = {}
    for account in known.accounts(viewer, window).filter(outcome=Outcome.SEEN, appointment__person__isnull=False):
        person, day = same.of(account.appointment.person_id), timezone.localtime(account.arrived_at).date()
        if person in first_letter and day >= first_letter[person]:
            first_seen.setdefault(person, day)
    waits = [
        (day - first_letter[person]).days for person, day in first_seen.items() if window.from_on <= day <= window.to_on
    ]
    found = summaries.middle(waits)
    rule = (
        f"People whose first achieved visit after a letter fell in the quarter, as recorded {BY_THEN}; whole days "
        "between the two dates. Those still waiting are not in it: the funnel shows them."
    )
    if found is None:
        return Figure(rule=rule, rows_counted=0, base=0)
    return Figure(rule=rule, rows_counted=found.n, value=found.value, base=found.n, low=found.low, high=found.high)


def _in_quarter(viewer: Viewer, window: Window) -> list[VisitAccount]:
    rows = known.accounts(viewer, window)
    return list(rows.filter(arrived_at__gte=window.began, arrived_at__lt=window.over))


def visits(viewer: Viewer, window: Window) -> Figure:
    rows = _in_quarter(viewer, window)
    outcomes = Counter(row.outcome for row in rows)
    table = Table(
        ("Attempts",),
        tuple(each.label for each in Outcome),
        (tuple(outcomes[each] for each in Outcome),),
    )
    rule = f"Standing accounts of visits that began in the quarter, as recorded {BY_THEN}; one account a visit."
    return Figure(rule=rule, rows_counted=len(rows), table=table)


def _seen(viewer: Viewer, window: Window) -> list[VisitAccount]:
    return [row for row in _in_quarter(viewer, window) if row.outcome == Outcome.SEEN]


def people_seen(viewer: Viewer, window: Window) -> Figure:
    same = known.people_as_one(viewer, window)
    found: dict[Hashable, Person] = {}
    for row in _seen(viewer, window):
        if person := row.appointment.person:
            key = same.of(person.pk)
            if key not in found or key == person.pk:
                found[key] = person
    table = cross([(_age(each, window.to_on), _sex(each)) for each in found.values()], rows=AGES, columns=SEXES)
    unnamed = any(row.appointment.person_id is None for row in _seen(viewer, window))
    return Figure(
        rule=f"Different people named on achieved visits in the quarter, as recorded {BY_THEN}; records said to be the "
        "same person are one.",
        rows_counted=len(found),
        table=table,
        note="Somebody seen whose name was not given is not counted here." if unnamed else "",
    )


def _age(person: Person, day: date) -> str:
    age = person.age_on(day)
    if age is None:
        return AGES[-1]
    return AGES[sum(age >= floor for floor in (18, 25, 35, 50))]


def _sex(person: Person) -> str:
    return next((each for each in SEXES[:2] if person.sex.strip().lower() in (each.lower(), each[0].lower())), SEXES[2])


def homes_visited(viewer: Viewer, window: Window) -> Figure:
    homes = set()
    for row in _seen(viewer, window):
        place = row.appointment.place
        if place is None:
            homes.add(row.appointment.place_words.casefold().strip())
        elif place.kind in HOMES:
            homes.add(str(place.pk))
    rule = f"Different homes, caravans and hostels at which somebody was seen in the quarter, as recorded {BY_THEN}."
    return Figure(rule=rule, rows_counted=len(homes), value=len(homes))


def plans_in_place(viewer: Viewer, window: Window) -> Figure:
    cases = known.caseload(viewer, window)
    plans = known.plans_agreed(viewer, window, window.to_on).exclude(closed_on__lte=window.to_on)
    planned = set(plans.values_list("case", flat=True))
    rule = f"Cases open on the last day; of these, those with a plan agreed and not closed by then, recorded {BY_THEN}."
    held = sum(each.pk in planned for each in cases)
    return Figure(rule=rule, rows_counted=len(cases), value=held, base=len(cases))


def _answered(viewer: Viewer, window: Window, by: date) -> dict[Any, tuple[Any, Any]]:
    """For each person measured at the start and again by a day: the two sets of answers, blanks and all."""
    rows: dict[Any, list[Any]] = {}
    for each in known.measures(viewer, window, INSTRUMENT).filter(taken_on__lte=by):
        rows.setdefault(each.case.person_id, []).append(each)
    found = {}
    for person, measures in rows.items():
        first = next((each for each in measures if each.stage == OutcomeMeasure.Stage.START), None)
        later = [each for each in measures if first and each.taken_on > first.taken_on and each.stage != first.stage]
        if first and later:
            found[person] = (first, later[-1])
    return found


def _measured_twice(viewer: Viewer, window: Window) -> list[Any]:
    answered = _answered(viewer, window, window.as_known)
    return [person for person, (first, latest) in answered.items() if first.is_complete and latest.is_complete]


def recovery_change(viewer: Viewer, window: Window) -> Figure:
    answered = _answered(viewer, window, window.to_on).values()
    here = [(first, latest) for first, latest in answered if latest.taken_on >= window.from_on]
    pairs = [(first.total, latest.total) for first, latest in here if first.is_complete and latest.is_complete]
    missing = len(here) - len(pairs)
    found = summaries.paired_change(pairs)
    rule = (
        "People who answered BARC-10 at the start and again in the quarter: latest total minus first, where both are "
        f"complete, as recorded {BY_THEN}. Those with a blank in either are counted as missing, never as nought."
    )
    if found is None:
        return Figure(rule=rule, rows_counted=missing, base=0, missing=missing)
    return Figure(rule=rule, rows_counted=found.n + missing, value=found.value, base=found.n, low=found.low,
                  high=found.high, missing=missing)  # fmt: skip


COUNTERS = (
    referral_funnel, days_to_first_contact, visits, people_seen, homes_visited, plans_in_place, recovery_change,
)  # fmt: skip
