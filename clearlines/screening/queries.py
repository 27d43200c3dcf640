"""Screenings of one's own organisation, what the rules suggest of one, and what is due."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.keys.fields import CANNOT_BE_OPENED
from clearlines.people.models import Person
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Received
from clearlines.referrals.states import State as Letter
from clearlines.screening import rules
from clearlines.screening.instruments import Tool, all_tools
from clearlines.screening.models import Screening
from clearlines.screening.protocol import protocol
from clearlines.screening.states import BAND_IN_WORDS, Said, State
from clearlines.screening.suggest import Answered, Facts, Suggestion, facts_about, suggest
from clearlines.web.due import Due


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


def not_screened(viewer: Viewer) -> list[Received]:
    """Letters whose person the charity accepted and nobody has begun to screen, the oldest first."""
    accepted = referrals.received(viewer).filter(state__in=[Letter.ACCEPTED, Letter.CONTACTED])
    return list(accepted.exclude(person__in=_people_screened(viewer)).order_by("sent_at", "pk"))


def _people_screened(viewer: Viewer) -> QuerySet[Screening, uuid.UUID]:
    """Near or far: a colleague's screening is not shown, and nobody is told that there is none."""
    return Screening.objects.filter(owner=viewer.organisation_key).values_list("person", flat=True)


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
    for letter in not_screened(viewer):
        url = reverse("screening-begin", args=[letter.person_id])
        about = (letter, letter.person) if letter.person else (letter,)
        found.append(Due(referrals.contact_by(letter), f"Screen {letter.person}", url, "screening", about))
    return sorted(found, key=lambda each: (each.when, each.words))


def _due_on(each: Screening, today: date) -> Due | None:
    name, about = each.person.name, (each, each.person)
    if each.state == State.BEGUN:
        begun = timezone.localtime(each.created_at).date()
        url = reverse("screening-questions", args=[each.pk])
        return Due(begun, f"Finish the screening of {name}", url, "screening", about)
    if each.next_on and (each.next_on - today).days <= 7:
        url = reverse("screening-result", args=[each.pk])
        return Due(each.next_on, f"Look again at {name}: {each.band_in_words}", url, "screening", about)
    return None


@dataclass(frozen=True)
class Reading:
    """What the rules read: frozen on the day the band was set, or as it stands now while nobody has set one."""

    band: str
    grounds: list[dict[str, Any]]
    helps: list[str]
    not_known: list[str]
    next_on: date | None
    # The sentence in place of all three lists when one of them cannot be opened: part of a reading misleads.
    unopened: str = ""

    @property
    def band_in_words(self) -> str:
        return BAND_IN_WORDS[self.band]


def reading(screening: Screening, *, today: date) -> Reading:
    if screening.state != State.BEGUN:
        if [CANNOT_BE_OPENED] in (screening.grounds, screening.helps, screening.not_known):
            return Reading(screening.band_suggested, [], [], [], screening.next_on, CANNOT_BE_OPENED)
        return Reading(screening.band_suggested, _in_words(screening.grounds), screening.helps, screening.not_known,
                       screening.next_on)  # fmt: skip
    now = suggestion(screening, today=today)
    grounds = _in_words([asdict(ground) for ground in now.grounds])
    return Reading(now.band, grounds, list(now.helps), list(now.not_known), now.next_on)


def reasons_not_to_set(screening: Screening, *, today: date) -> list[str]:
    """What still stands in the way of setting any band, for the page to show beside a button that is off."""
    words = {item.id: item.words for item in screening.instrument.items}
    band = suggestion(screening, today=today).band
    return [*rules.reasons_not_to_complete(
        state=screening.state, answers=answers_of(screening), words=words, suggested=band, band=band, reason=""
    )]  # fmt: skip


def answers_in_words(screening: Screening) -> list[tuple[str, str]]:
    """Every question of the tool in its own order, the ones nobody asked too."""
    given = answers_of(screening)
    return [(item.words, given[item.id].in_words if item.id in given else "Not asked")
            for item in screening.instrument.everything]  # fmt: skip


def has_a_child_at_risk(screening: Screening, *, today: date) -> bool:
    """This person is a child, or a child is where they are: the Safeguarding Hub is rung whatever the band."""
    known, answers = facts(screening, today=today), answers_of(screening)
    there = [answers[item].said == Said.YES for item in ("child-there", "found-there") if item in answers]
    return bool(known["child"] or known["worried_about_children"] or any(there))


def replaced_by(viewer: Viewer, screening: Screening) -> Screening | None:
    return visible(viewer).filter(replaces=screening).first()


def tool_for(person: Person, today: date) -> str:
    """The tool to offer first: a child's questions for a child."""
    names = [tool.name for tool in tools_in_use(today)]
    child = [name for name in names if name.startswith("child-")]
    return child[0] if child and person.is_child_on(today) else names[0]


def _in_words(grounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [ground | {"band_in_words": BAND_IN_WORDS[ground["band"]]} for ground in grounds]
