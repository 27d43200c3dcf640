"""Where each national referral stands, what may be done next, and who has not been referred in time."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.safeguarding import rules, states
from clearlines.safeguarding.guidance import guidance, whom_to_ask
from clearlines.safeguarding.models import NationalReferral, NationalReferralMove
from clearlines.safeguarding.states import MOVES, Path, State
from clearlines.web.due import Due
from clearlines.web.working_days import working_days_after


def visible(viewer: Viewer) -> QuerySet[NationalReferral]:
    """Newest first."""
    rows = NationalReferral.objects.filter(person__marking__in=viewer.markings).order_by(
        "-noted_on", "-created_at", "pk"
    )
    return own(viewer, rows.select_related("person", "owner"), needs=P.SEE_NATIONAL_REFERRALS)


def one(viewer: Viewer, key: uuid.UUID) -> NationalReferral:
    return the_one(visible(viewer), key)


def moves(viewer: Viewer) -> QuerySet[NationalReferralMove]:
    rows = NationalReferralMove.objects.order_by("sequence")
    return own(viewer, rows.select_related("created_by"), needs=P.SEE_NATIONAL_REFERRALS)


def of_person(viewer: Viewer, person: Person) -> QuerySet[NationalReferral]:
    return visible(viewer).filter(person=person)


def standing(viewer: Viewer) -> dict[uuid.UUID, State]:
    """The newest referral of each person one may see, by the person's key."""
    found: dict[uuid.UUID, State] = {}
    for key, state in visible(viewer).values_list("person", "state"):
        found.setdefault(key, State(state))
    return found


def pending_or_positive(viewer: Viewer) -> set[uuid.UUID]:
    """Everybody who is, or may be, a victim: from the day signs were noted until somebody competent said no.

    Empty for whoever may not see national referrals: ask `viewer.may` before reading that as nobody.
    """
    return _in(viewer, states.PENDING_OR_POSITIVE)


def positive(viewer: Viewer) -> set[uuid.UUID]:
    """Everybody recognised as a victim on conclusive grounds."""
    return _in(viewer, {State.CG_POSITIVE})


@dataclass(frozen=True)
class Decision:
    """A positive decision, as it is written beside what was believed before. `in_words` names nobody."""

    decided_on: date
    in_words: str


def positive_decision(viewer: Viewer, person: Person) -> Decision | None:
    """The newest conclusive grounds decision that this person was a victim, under any record said to be theirs."""
    records = people.cluster(viewer, person)
    referral = visible(viewer).filter(person__in=records, state=State.CG_POSITIVE).first()
    last = moves(viewer).filter(referral=referral, became=State.CG_POSITIVE).last() if referral else None
    if referral is None or last is None:
        return None
    words = f"Recognised as a victim of modern slavery on {last.on.day} {last.on:%B %Y}"
    raised = referral.s45_raised_on
    words += f"; the defence of section 45 was raised on {raised.day} {raised:%B %Y}" if raised else ""
    return Decision(last.on, f"{words}. The defence of section 45 may apply" if not raised else words)


def _in(viewer: Viewer, among: Iterable[State]) -> set[uuid.UUID]:
    """Their other records too: a victim is one under every record that somebody said is theirs."""
    found = set(visible(viewer).filter(state__in=list(among)).values_list("person", flat=True))
    beside: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for one_, other in people.said_to_be_same(viewer).values_list("one", "other") if found else ():
        beside[one_].add(other)
        beside[other].add(one_)
    fringe = set(found)
    while fringe:
        fringe = {other for key in fringe for other in beside[key]} - found
        found |= fringe
    return found


@dataclass(frozen=True)
class Step:
    """Something it could become, and every reason why not."""

    to: State
    reasons: list[str]


@dataclass(frozen=True)
class File:
    referral: NationalReferral
    moves: list[NationalReferralMove]
    steps: list[Step]
    submit_by: date | None
    has_come_of_age: bool


def file_of(viewer: Viewer, key: uuid.UUID) -> File:
    referral = the_one(visible(viewer).prefetch_related(Prefetch("moves", moves(viewer))), key)
    done = list(referral.moves.all())
    at = as_rules_read(referral, done)
    age = known_age(referral.person, viewer.today)
    by = submit_by(referral) if referral.at in states.NOT_YET_SUBMITTED else None
    came_of_age = at.path == Path.CHILD and age is not None and age >= rules.ADULT
    return File(referral, done, list(_steps(viewer, at)), by, came_of_age)


def reasons_against(viewer: Viewer, referral: NationalReferral, to: State) -> list[str]:
    """Why this step cannot be taken now, by whoever asks; nothing if it can."""
    at = as_rules_read(referral, list(moves(viewer).filter(referral=referral)))
    return list(rules.reasons_not_to_move(at, to=to, kind=viewer.kind, whom=whom_to_ask()))


def _steps(viewer: Viewer, at: rules.Standing) -> Iterator[Step]:
    """In the order of the states. Whoever is no first responder is offered no submitting: the page says whom to ask."""
    for to in State:
        if to in MOVES[at.path].get(at.state, set()) and (
            rules.is_first_responder(viewer.kind) or to not in states.SUBMITTED
        ):
            yield Step(to, list(rules.reasons_not_to_move(at, to=to, kind=viewer.kind, whom=whom_to_ask())))


def as_rules_read(referral: NationalReferral, done: list[NationalReferralMove]) -> rules.Standing:
    return rules.Standing(Path(referral.path), [State(each.became) for each in done], done[-1].on)


def submit_by(referral: NationalReferral) -> date:
    """The day by which police and council have referred, or notified without a name."""
    said = guidance()
    return working_days_after(referral.noted_on, said.submit_within_working_days, said.holidays)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Potential victims of whom nothing has gone to the Home Office yet, for whoever keeps them at a first responder.

    A refusal is due too: it needs a notification without a name, unless a newer referral of theirs speaks for them.
    """
    if not (rules.is_first_responder(viewer.kind) and viewer.may(P.KEEP_NATIONAL_REFERRALS)):
        return []
    newest: dict[uuid.UUID, NationalReferral] = {}
    for referral in visible(viewer):
        newest.setdefault(referral.person_id, referral)
    today = timezone.localtime(now).date()
    waiting = (each for each in newest.values() if each.at in states.NOT_YET_SUBMITTED)
    return sorted((_due_of(each, today) for each in waiting), key=lambda each: (each.when, each.words))


def _due_of(referral: NationalReferral, today: date) -> Due:
    by, name = submit_by(referral), referral.person.name
    if referral.at in (State.CONSENT_REFUSED, State.CANNOT_DECIDE):
        words = f"Notify the Home Office, without the name, of {name}"
    else:
        words = f"Refer {name} to the National Referral Mechanism"
    if by < today:
        words += f": nothing was submitted within {guidance().submit_within_working_days} working days"
    return Due(
        by,
        words,
        reverse("safeguarding-referral", args=[referral.pk]),
        "Victim",
        (referral, referral.person),
    )


def listed(viewer: Viewer) -> list[tuple[NationalReferral, date | None]]:
    """Every referral, each with the day by which something must be submitted while nothing has."""
    return [
        (each, submit_by(each) if each.at in states.NOT_YET_SUBMITTED else None) for each in visible(viewer)
    ]  # fmt: skip


def known_age(person: Person, day: date) -> int | None:
    return rules.age_as_known(person.age_on(day), person.born_precision)


def begun_path(person: Person, day: date) -> Path | None:
    """The path that somebody's recorded age decides; none where a person must say."""
    age = known_age(person, day)
    return None if age is None else Path.CHILD if age < rules.ADULT else Path.ADULT


def advice() -> dict[str, Any]:
    """What every page says of first responders here."""
    return {"guidance": guidance(), "whom": whom_to_ask()}
