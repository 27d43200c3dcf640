"""What we told: write, look at what the other side will read, tell; take back, put right, look again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.sharing import actions, forms, queries
from clearlines.sharing.composing import Draft, lines
from clearlines.sharing.models import Disclosure
from clearlines.sharing.protocol import protocol
from clearlines.web.pages import Asked, page, sees

PER_PAGE = 25


@sees(P.TELL, P.READ_TOLD, P.SEE_REGISTER, P.ASK_MATCHING, P.MATCH_ACROSS, P.SEE_POINTERS, P.ASK_FOR_INFORMATION)
def home(request: Asked) -> HttpResponse:
    dues = queries.due(request.viewer, request.viewer.now)
    shown: list[Any] = [row for each in dues for row in each.about]
    return page(request, "sharing/home.html", about=["sharing.home", *shown], dues=dues, today=request.viewer.today)


@sees(P.TELL)
def tell(request: Asked) -> HttpResponse:
    """Three presses on one address: whom, what, and after seeing exactly what they will read, tell."""
    others, person = queries.whom_to_tell(request.viewer), _own_person(request)
    to = next((each for each in others if each.key == request.GET.get("to")), None)
    about: list[Any] = [person] if person else []
    if to is None:
        return page(request, "sharing/whom.html", about=about, groups=_groups(request, others), person=person)
    draft = Draft.of(request.viewer, to, how=request.GET.get("how", ""), person=person)
    form = draft.form(request.POST or None)
    if request.method == "POST" and request.POST.get("step") != "change" and form.is_valid():
        with form.refusals():
            return _look_or_tell(request, draft, form)
    return page(request, "sharing/tell.html", about=about, form=form, **_beside(draft))


@sees(P.TELL)
def given(request: Asked) -> HttpResponse:
    rows = Paginator(queries.given(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    waiting = list(queries.proposals(request.viewer)[:PER_PAGE])
    today = request.viewer.today
    shown = [(each, *each.standing_on(today)) for each in rows.object_list]
    return page(
        request, "sharing/given.html", about=["sharing.given", *rows.object_list, *waiting], rows=rows, shown=shown,
        proposals=waiting,
    )  # fmt: skip


@sees(P.TELL, P.SEE_REGISTER)
def given_one(request: Asked, key: UUID) -> HttpResponse:
    told = queries.given_one(request.viewer, key)
    word, kind = told.standing_on(request.viewer.today)
    review = queries.reviews(request.viewer).filter(disclosure=told).first()
    # An information manager checks that and when something was told, not what: domain.md 1.3.
    words = lines(told.told) if request.viewer.may(P.TELL) else []
    return page(
        request, "sharing/given_one.html", about=[told], told=told, lines=words, word=word, kind=kind, review=review,
        may_tell=request.viewer.may(P.TELL), may_decide=request.viewer.may(P.DECIDE_DISCLOSURES),
        is_live=told.is_live_on(request.viewer.today),
    )  # fmt: skip


@sees(P.TELL)
def revoke(request: Asked, key: UUID) -> HttpResponse:
    told = queries.given_one(request.viewer, key)
    form = forms.Why(request.POST or None, initial={"seen": told.version})
    words = {"title": "Take it back", "button": "Take it back", "done": "They can no longer read it."}
    return _change(request, told, form, actions.revoke, words)


@sees(P.TELL)
def correct(request: Asked, key: UUID) -> HttpResponse:
    told = queries.given_one(request.viewer, key)
    form = forms.Correct(request.POST or None, told=told.told, initial={"seen": told.version})
    done = "Everybody who was told the same has been told that it was wrong."
    return _change(request, told, form, actions.correct, {"title": "Put it right", "button": "Tell them", "done": done})


@sees(P.DECIDE_DISCLOSURES)
def look_again(request: Asked, key: UUID) -> HttpResponse:
    told = queries.given_one(request.viewer, key)
    start = forms.begin_with(None, request.viewer.today) | {"seen": told.version}
    form = forms.LookAgain(request.POST or None, initial=start)
    words = {"title": "Is it still needed?", "button": "It is still needed", "done": "Saved."}
    return _change(request, told, form, actions.look_again, words)


@sees(P.TELL)
def proposal(request: Asked, key: UUID) -> HttpResponse:
    """What somebody asks to tell; posting it tells."""
    asked = queries.proposal(request.viewer, key)
    if request.method == "POST":
        told = actions.decide(by=request.viewer, proposal=asked)
        messages.success(request, f"{told.to} has been told. Its number is {told.number}.")
        return redirect("sharing-given-one", told.pk)
    may_decide = request.viewer.may(P.DECIDE_DISCLOSURES)
    return page(
        request, "sharing/proposal.html", about=[asked], asked=asked, lines=lines(asked.told), may_decide=may_decide,
        is_own=asked.created_by == request.viewer.account, readers=queries.readers_at(request.viewer, asked.to),
    )  # fmt: skip


@sees(P.DECIDE_DISCLOSURES)
def decline(request: Asked, key: UUID) -> HttpResponse:
    asked = queries.proposal(request.viewer, key)
    form = forms.Decline(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.decline(by=request.viewer, proposal=asked, why=form.cleaned_data["why"])
            return redirect("sharing-proposal", asked.pk)
    words: dict[str, Any] = {"title": "Do not tell them", "button": "Do not tell them"}
    return page(request, "sharing/change.html", about=[asked], row=asked, form=form, back="sharing-proposal", **words)


@sees(P.REVIEW_DISCLOSURES)
def review(request: Asked, key: UUID) -> HttpResponse:
    """What was told in an emergency, for a second person to judge."""
    found = queries.the_review(request.viewer, key)
    form = forms.Review(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.review(by=request.viewer, review=found, **form.cleaned_data)
            messages.success(request, "Your judgement is kept.")
            return redirect("sharing-review", found.pk)
    return page(
        request, "sharing/review.html", about=[found, found.disclosure], review=found, told=found.disclosure, form=form,
        lines=lines(found.disclosure.told), is_late=request.viewer.now > found.review_by,
    )  # fmt: skip


def _change(request: Asked, told: Disclosure, form: Any, act: Any, words: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act(by=request.viewer, disclosure=told, **form.cleaned_data)
            messages.success(request, words["done"])
            return redirect("sharing-given-one", told.pk)
    return page(request, "sharing/change.html", about=[told], row=told, form=form, back="sharing-given-one", **words)


def _groups(request: Asked, others: list[Organisation]) -> list[tuple[str, list[Organisation]]]:
    signed = [each for each in others if queries.papers(request.viewer, each)]
    rest = [each for each in others if each not in signed]
    return [("Under an agreement", signed), ("By a one-off decision, or in an emergency", rest)]


def _own_person(request: Asked) -> Person | None:
    key = request.GET.get("person")
    try:
        return people.person(request.viewer, UUID(key)) if key else None
    except ValueError:
        raise Http404 from None


def _beside(draft: Draft) -> dict[str, Any]:
    to: Organisation = draft.to
    child = to.kind == Organisation.Kind.COUNCIL
    return {
        "draft": draft, "to": to, "paper": draft.paper, "how": draft.how, "rules": protocol().golden_rules,
        "is_about_children": child, "readers": queries.readers_at(draft.viewer, to),
        "hours": protocol().emergency_review_hours,
    }  # fmt: skip


def _look_or_tell(request: Asked, draft: Draft, form: forms.Telling) -> HttpResponse:
    if request.POST.get("step") == "tell":
        made = draft.send(form)
        if isinstance(made, Disclosure):
            messages.success(request, f"{draft.to} has been told. Its number is {made.number}.")
            return redirect("sharing-given-one", made.pk)
        messages.success(request, "Nothing has been told yet. Somebody who may decide has been asked.")
        return redirect("sharing-proposal", made.pk)
    refuse_if(draft.reasons_not_to(form))
    words = form.words(draft.to, draft.person)
    about: list[Any] = [draft.person] if draft.person else []
    return page(
        request,
        "sharing/preview.html",
        about=about,
        form=form,
        words=words,
        lines=lines(words.in_order),
        **_beside(draft),
    )
