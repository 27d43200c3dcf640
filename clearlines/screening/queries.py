"""Screenings of one's own organisation, what the rules suggest of one, and what is due."""

import uuid
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.referrals.queries import Due
from clearlines.screening.instruments import Tool, all_tools
from clearlines.screening.models import Screening
from clearlines.screening.protocol import protocol
from clearlines.screening.states import State
from clearlines.screening.suggest import Answered, Facts, Suggestion, facts_about, suggest


def visible(viewer: Viewer) -> QuerySet[Screening]:
    rows = Screening.objects.select_related("person", "letter", "created_by", "set_by").order_by("-created_at", "-pk")
    return own(viewer, rows, needs=P.SEE_SCREENINGS)


def screening(viewer: Viewer, key: uuid.UUID) -> Screening:
    return the_one(visible(viewer).prefetch_related("answers"), key)


def current(viewer: Viewer) -> QuerySet[Screening]:
    """Everything that has not been replaced: unfinished ones first, then the soonest to look at again."""
    return visible(viewer).exclude(state=State.SUPERSEDED).order_by("state", "next_on", "pk")


def for_person(viewer: Viewer, person: Person) -> QuerySet[Screening]:
    return visible(viewer).filter(person=person)


def latest(viewer: Viewer, person: Person) -> Screening | None:
    """The band this person has now: the newest completed screening, if there is one."""
    return for_person(viewer, person).filter(state=State.COMPLETED).order_by("-set_at", "-pk").first()


def unfinished(viewer: Viewer, person: Person) -> Screening | None:
    return for_person(viewer, person).filter(state=State.BEGUN).first()


def tools_in_use(today: date) -> list[Tool]:
    """What may be begun today, in the programme's own order."""
    agreed = protocol()
    live = [name for name in agreed.in_use if name not in agreed.withdrawn or today < agreed.withdrawn[name]]
    return [all_tools()[name] for name in live]


def answers_of(screening: Screening) -> dict[str, Answered]:
    return {each.item: Answered(each.said, each.evidence) for each in screening.answers.all()}


def facts(screening: Screening, *, today: date) -> Facts:
    """What is known besides the answers: an age, and what the letter says."""
    letter = screening.letter
    return facts_about(
        age=screening.person.age_on(today),
        release_on=letter.release_on if letter else None,
        children=letter.children_at_home if letter else "",
        urgency=letter.urgency if letter else "",
        today=today,
    )


def suggestion(screening: Screening, *, today: date) -> Suggestion:
    return suggest(screening.instrument, answers_of(screening), facts(screening, today=today), today=today)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Unfinished screenings, and people whose next date has come within a week, soonest first."""
    today = timezone.localtime(now).date()
    found = [due for each in current(viewer) if (due := _due_on(each, today))]
    return sorted(found, key=lambda each: (each.when, each.what))


def _due_on(each: Screening, today: date) -> Due | None:
    if each.state == State.BEGUN:
        begun = timezone.localtime(each.created_at).date()
        return Due("Finish a screening", begun, "screening-questions", each.pk, each.person.name, each.created_by_id)
    if each.next_on and (each.next_on - today).days <= 7:
        words = f"{each.person.name}, {each.band_in_words}"
        return Due("Look again", each.next_on, "screening-result", each.pk, words, each.set_by_id)
    return None
