"""Crossings for tests, made by the real actions; never in an impossible world."""

from datetime import timedelta
from typing import Any

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer
from clearlines.people import actions as people
from clearlines.people.models import Person
from clearlines.people.tests import build as a
from clearlines.sharing import actions
from clearlines.sharing.models import Disclosure, InformationRequest, Notice, Question
from clearlines.sharing.writing import Words

DANGER = "A man he owes money to has said he will come on Friday"
REQUESTED = {
    "name": "Robin Ferris",
    "line_of_enquiry": "Who takes the money at Duke Street",
    "scope": "Where Robin was on 3 June 2022",
    "why_necessary": "Nobody else was there",
    "why_proportionate": "One day, one question",
    "asks_counselling": False,
    "notice_given": "given",
    "notice_how": "By letter, 12 June",
}


def to(key: str) -> Organisation:
    return Organisation.objects.get(pk=key)


def said(field: str = "danger", words: str = DANGER, said_as: str = "told") -> dict[str, str]:
    return {"field": field, "words": words, "said_as": said_as}


def words(by: Viewer, recipient: str, *more: dict[str, str], person: Person | None = None, **kept: Any) -> Words:
    told = [said("name", "Robin Ferris", "fact"), *(more or [said()])]
    kept.setdefault("review_on", by.today + timedelta(days=30))
    return Words(to(recipient), told, person=person, **kept)


def told(
    by: Viewer, recipient: str = "police", *more: dict[str, str], person: Person | None = None, **kept: Any
) -> Disclosure:
    """Under the agreement about danger."""
    person = person or a.person(by)
    return actions.tell(by=by, words=words(by, recipient, *more, person=person, **kept), agreement="danger-told")


def emergency(by: Viewer, recipient: str = "housing", *, person: Person | None = None) -> Disclosure:
    return actions.tell_in_an_emergency(
        by=by, words=words(by, recipient, person=person), gateway="vital", reason="The door is broken",
        risk="He may be beaten tonight",
    )  # fmt: skip


def question(by: Viewer, recipient: str = "police", name: str = "Robin Ferris") -> Question:
    return actions.ask(by=by, to=to(recipient), name=name, why="We visit him tomorrow")


def request(by: Viewer, recipient: str = "charity", **more: Any) -> InformationRequest:
    return actions.request(by=by, to=to(recipient), **REQUESTED | more)


def notified(by: Viewer, asked: InformationRequest) -> None:
    actions.notify_person(by=by, request=asked, told="person", how="Handed over on 13 June")


def parted(by: Viewer, one: Person, other: Person, *, told_by: Viewer | None = None) -> Disclosure:
    """Said to be one, something told of the first, then parted."""
    same = people.say_same(by=by, one=one, other=other, reason="The same tattoo")
    found = told(told_by or by, person=one)
    people.part(by=by, same=same, reason="They are half-brothers")
    return found


def opened_told(cast) -> dict[str, object]:
    return {"key": told(cast.lead).pk}


def opened_told_to_police(cast) -> dict[str, object]:
    return {"number": told(cast.lead).number}


def opened_proposal(cast) -> dict[str, object]:
    by = cast.worker
    asked = actions.propose(
        by=by, words=words(by, "housing", person=a.person(by)), gateway="consent", reason="He asked us to"
    )
    return {"key": asked.pk}


def opened_emergency(cast) -> dict[str, object]:
    return {"key": emergency(cast.worker).review.pk}


def opened_notice(cast) -> dict[str, object]:
    given = told(cast.lead)
    actions.revoke(by=cast.lead, disclosure=given, why="It was settled")
    return {"key": Notice.objects.get(number=given.number, news="revoked").pk}


def opened_question(cast) -> dict[str, object]:
    return {"key": question(cast.worker).pk}


def opened_police_question(cast) -> dict[str, object]:
    return {"key": question(cast.officer, "charity").pk}


def opened_request(cast) -> dict[str, object]:
    return {"key": request(cast.sergeant).pk}


def opened_parted(cast) -> dict[str, object]:
    one, other = a.person(cast.lead), a.person(cast.lead, known_as="Robbo")
    return {"key": parted(cast.lead, one, other).pk}
