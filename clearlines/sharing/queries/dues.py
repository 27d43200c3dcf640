"""What this room asks of somebody today: to decide, to look, to look again, to renew, to destroy."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from clearlines.access import agreements
from clearlines.access.agreements import Agreement
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.sharing.protocol import protocol
from clearlines.sharing.queries.matching import asked_of_us
from clearlines.sharing.queries.register import Filter, parted_tellings, register
from clearlines.sharing.queries.requests import requested_of_us, states_here
from clearlines.sharing.queries.telling import proposals, reviews_waiting, to_destroy
from clearlines.sharing.states import ProposalState
from clearlines.web.due import Due


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Soonest first. Each is asked only of those whose it is."""
    today = timezone.localtime(now).date()
    found = [
        *_proposals(viewer),
        *_reviews(viewer, now),
        *_questions(viewer),
        *_requests(viewer),
        *_to_look_at_again(viewer),
        *_to_destroy(viewer),
        *_parted(viewer, today),
        *_renewals(viewer, today),
    ]
    return sorted(found, key=lambda each: (each.when, each.words))


def _day(moment: datetime | None) -> date:
    assert moment
    return timezone.localtime(moment).date()


def _proposals(viewer: Viewer) -> Iterator[Due]:
    if viewer.may(P.DECIDE_DISCLOSURES):
        for each in proposals(viewer).filter(state=ProposalState.WAITING):
            url = reverse("sharing-proposal", args=[each.pk])
            yield Due(
                _day(each.created_at), f"Decide whether to tell {each.to} about {each.name}", url, "Decide", (each,)
            )


def _reviews(viewer: Viewer, now: datetime) -> Iterator[Due]:
    """Before the day is up, the second person's alone; after it, everybody's who answers for it."""
    may_review = viewer.may(P.REVIEW_DISCLOSURES)
    for each in reviews_waiting(viewer):
        is_late, gave = now > each.review_by, each.disclosure.decided_by_id == (viewer.account and viewer.account.pk)
        if not (is_late or (may_review and not gave)):
            continue
        late = "Overdue: somebody must look" if is_late else "Look"
        words = f"{late} at what was told to {each.disclosure.to} in an emergency"
        url = reverse(
            "sharing-review" if may_review else "sharing-given-one",
            args=[each.pk if may_review else each.disclosure_id],
        )
        yield Due(_day(each.review_by), words, url, "Emergency", (each, each.disclosure))


def _questions(viewer: Viewer) -> Iterator[Due]:
    within = timedelta(days=protocol().match_within_days)
    for each in asked_of_us(viewer):
        url = reverse("sharing-question", args=[each.pk])
        yield Due(
            _day(each.created_at + within),
            f"Answer {each.from_name}’s question about {each.name}",
            url,
            "Question",
            (each,),
        )


def _requests(viewer: Viewer) -> Iterator[Due]:
    for each in requested_of_us(viewer).exclude(pk__in=states_here(viewer)):
        url = reverse("sharing-request-here", args=[each.pk])
        yield Due(
            _day(each.created_at), f"Decide on {each.from_name}’s request about {each.name}", url, "Request", (each,)
        )


def _to_look_at_again(viewer: Viewer) -> Iterator[Due]:
    for each in register(viewer, Filter(standing="due")):
        url = reverse("sharing-given-one", args=[each.pk])
        yield Due(
            each.review_on,
            f"Look again: does {each.to} still need what they were told of {each.name}?",
            url,
            "Look again",
            (each,),
        )


def _to_destroy(viewer: Viewer) -> Iterator[Due]:
    if viewer.may(P.READ_TOLD):
        for each in to_destroy(viewer):
            url = reverse("sharing-notice", args=[each.pk])
            yield Due(
                _day(each.created_at),
                f"Destroy every copy of {each.number} from {each.from_name}",
                url,
                "Taken back",
                (each,),
            )


def _parted(viewer: Viewer, today: date) -> Iterator[Due]:
    for found in parted_tellings(viewer):
        for each in found.told:
            if each.pk in found.still_to_tell:
                words = f"Tell {each.to} that {each.number} may be about somebody else"
                yield Due(_day(found.same.parted_at), words, reverse("sharing-parted"), "Parted", (each,))


def _renewals(viewer: Viewer, today: date) -> Iterator[Due]:
    """For the information manager: soon, sooner, today, and then that nothing crosses any more."""
    if not viewer.may(P.READ_LEDGER):
        return
    for paper in agreements.concerning(viewer.organisation):
        left = (paper.until_on - today).days
        is_asked = -protocol().renewal_asked_after_days <= left <= max(protocol().renewal_days)
        if is_asked and agreements.takes_over_from(paper, today) is None:
            yield Due(paper.until_on, _renewal_words(paper, left), reverse("governance-agreements"), "Renew")


def _renewal_words(paper: Agreement, left: int) -> str:
    if left < 0:
        return f"Renew “{paper.title}”: it ended on {paper.until_on:%-d %B %Y} and nothing can be told under it"
    if left == 0:
        return f"Renew “{paper.title}”: it ends today"
    soon = sorted(day for day in protocol().renewal_days if day)
    asked = "Ask for the signatures now" if left <= soon[0] else "Begin to renew"
    return f"{asked}: “{paper.title}” ends in {left} day{'' if left == 1 else 's'}"
