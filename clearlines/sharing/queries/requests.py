"""Requests for information about a victim, from each end. Neither end sees what the other keeps."""

import uuid

from django.db.models import QuerySet

from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import not_kept_away, own, the_one
from clearlines.access.viewer import Viewer
from clearlines.sharing.models import InformationRequest, PersonNotice, RequestAnswer, RequestDecision
from clearlines.sharing.states import RequestState

ASKED_OF = (Organisation.Kind.CHARITY, Organisation.Kind.HEALTH, Organisation.Kind.TREATMENT,
            Organisation.Kind.SCHOOL, Organisation.Kind.HOUSING, Organisation.Kind.COUNCIL)  # fmt: skip


def whom_to_request_from(viewer: Viewer) -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=ASKED_OF).exclude(pk=viewer.organisation_key).order_by("name")


def requested(viewer: Viewer) -> QuerySet[InformationRequest]:
    """What the viewer's own force asked for."""
    rows = InformationRequest.objects.select_related("to")
    return own(viewer, rows, needs=[P.ASK_FOR_INFORMATION, P.SEE_REGISTER]).order_by("-created_at", "-pk")


def request_from(viewer: Viewer, key: uuid.UUID) -> InformationRequest:
    return the_one(requested(viewer), key)


def answers(viewer: Viewer) -> QuerySet[RequestAnswer]:
    return own(viewer, RequestAnswer.objects.all(), needs=[P.ASK_FOR_INFORMATION, P.SEE_REGISTER])


def requested_of_us(viewer: Viewer) -> QuerySet[InformationRequest]:
    """What police ask of the viewer's organisation, unless they withdrew it."""
    if not viewer.may(P.DECIDE_DISCLOSURES):
        return InformationRequest.objects.none()
    open_to = not_kept_away(viewer, InformationRequest.declared)
    mine = InformationRequest.objects.filter(open_to, to=viewer.organisation_key, withdrawn_at=None)
    return mine.filter(marking__in=viewer.markings).order_by("-created_at", "-pk")


def request_of_us(viewer: Viewer, key: uuid.UUID) -> InformationRequest:
    return the_one(requested_of_us(viewer), key)


def decision_on(viewer: Viewer, request: InformationRequest) -> RequestDecision | None:
    rows = RequestDecision.objects.select_related("disclosure", "created_by").filter(request=request)
    return own(viewer, rows, needs=P.DECIDE_DISCLOSURES).first()


def state_of(viewer: Viewer, request: InformationRequest) -> str:
    decided = decision_on(viewer, request)
    return decided.state if decided else RequestState.ARRIVED


def states_here(viewer: Viewer) -> dict[uuid.UUID, str]:
    """How every request that was decided here was decided, by request."""
    return dict(own(viewer, RequestDecision.objects.all(), needs=P.DECIDE_DISCLOSURES).values_list("request", "state"))


def told_the_person(viewer: Viewer, request: InformationRequest) -> QuerySet[PersonNotice]:
    rows = PersonNotice.objects.select_related("created_by").filter(request=request)
    return own(viewer, rows, needs=P.DECIDE_DISCLOSURES).order_by("-created_at", "-pk")
