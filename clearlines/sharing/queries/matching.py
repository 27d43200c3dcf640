"""Questions to the matching role. Whoever asked sees what they asked, and never a state."""

import uuid

from django.db.models import Q, QuerySet

from clearlines.access import agreements
from clearlines.access.agreements import Agreement
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import not_kept_away, own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.sharing import rules
from clearlines.sharing.models import MatchAnswer, Pointer, Question
from clearlines.sharing.states import QuestionState

OFFERED = 25


def who_may_be_asked(viewer: Viewer) -> QuerySet[Organisation]:
    others = Organisation.objects.exclude(pk=viewer.organisation_key)
    return others.filter(kind__in=rules.MAY_BE_ASKED).order_by("name")


def asked(viewer: Viewer) -> QuerySet[Question]:
    """What the viewer asked, and if they keep the register, what their colleagues did. Nothing of any answer."""
    return own(viewer, Question.objects.select_related("to"), needs=[P.ASK_MATCHING, P.SEE_REGISTER]).order_by(
        "-created_at", "-pk"
    )


def asked_one(viewer: Viewer, key: uuid.UUID) -> Question:
    return the_one(asked(viewer), key)


def asked_of_us(viewer: Viewer) -> QuerySet[Question]:
    """Questions the viewer's part in them waits for: the matching role's to look, the safeguarding lead's to decide."""
    open_to = not_kept_away(viewer, Question.declared)
    mine = Question.objects.filter(open_to, to=viewer.organisation_key, marking__in=viewer.markings)
    answered = own(viewer, MatchAnswer.objects.all(), needs=[P.MATCH_ACROSS, P.DECIDE_DISCLOSURES])
    waits = Q(pk__in=[])
    if viewer.may(P.MATCH_ACROSS):
        waits |= ~Q(pk__in=answered.exclude(state=QuestionState.WAITING).values("question"))
    if viewer.may(P.DECIDE_DISCLOSURES):
        waits |= Q(pk__in=answered.filter(state=QuestionState.CONFIRMED).values("question"))
    return mine.filter(waits).order_by("created_at", "pk")


def asked_us_one(viewer: Viewer, key: uuid.UUID) -> Question:
    return the_one(asked_of_us(viewer), key)


def found_here(viewer: Viewer, question: Question) -> list[Person]:
    """People of the viewer's own register who share any name in the question. A person decides; nothing is joined."""
    found: dict[uuid.UUID, Person] = {}
    for word in question.name.split()[:4]:
        found |= {each.pk: each for each in people.matching(viewer, word)[:OFFERED]}
    return sorted(found.values(), key=lambda each: (each.family_name, each.given_name, str(each.pk)))[:OFFERED]


def matching_agreement(viewer: Viewer, question: Question) -> Agreement | None:
    """What lets the holder say whom to ring: the live one, or the last that ended."""
    asker = Organisation.objects.get(pk=question.owner_id)
    return next(iter(agreements.for_use("matching", viewer.organisation, asker)), None)


def reasons_not_to_point(viewer: Viewer, question: Question) -> list[str]:
    paper = matching_agreement(viewer, question)
    return list(rules.reasons_not_to_point(paper, is_live=bool(paper and paper.is_live(viewer.today))))


def pointers(viewer: Viewer) -> QuerySet[Pointer]:
    return own(viewer, Pointer.objects.all(), needs=P.SEE_POINTERS).order_by("-created_at", "-pk")
