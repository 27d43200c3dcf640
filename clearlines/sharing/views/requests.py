"""Requests for information about a victim: asked by police, decided by whoever holds it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.sharing import actions, forms, queries, rules
from clearlines.sharing.composing import lines
from clearlines.sharing.models import InformationRequest
from clearlines.sharing.protocol import law
from clearlines.sharing.states import REQUEST_IN_WORDS, RequestState
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

PER_PAGE = 25


@sees(P.ASK_FOR_INFORMATION)
def requested(request: Asked) -> HttpResponse:
    rows = Paginator(queries.requested(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    answers = {each.number: each for each in queries.answers(request.viewer)}
    shown = [(each, answers.get(each.number)) for each in rows.object_list]
    return page(
        request, "sharing/requested.html", about=["sharing.requested", *rows.object_list], rows=rows, shown=shown
    )


@sees(P.ASK_FOR_INFORMATION)
def new(request: Asked) -> HttpResponse:
    form = forms.Request(request.POST or None, others=queries.whom_to_request_from(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            asked = actions.request(by=request.viewer, to=said["to"], new_id=said["new_id"], **form.said)
            return redirect("sharing-request", asked.pk)
    return page(request, "sharing/request_new.html", about=NOTHING_PERSONAL, form=form, **_law(request))


@sees(P.ASK_FOR_INFORMATION)
def one(request: Asked, key: UUID) -> HttpResponse:
    asked = queries.request_from(request.viewer, key)
    answer = queries.answers(request.viewer).filter(number=asked.number).first()
    return page(request, "sharing/request.html", about=[asked], asked=asked, answer=answer, **_law(request))


@sees(P.ASK_FOR_INFORMATION)
def withdraw(request: Asked, key: UUID) -> HttpResponse:
    asked, form = queries.request_from(request.viewer, key), forms.Withdraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.withdraw(by=request.viewer, request=asked, why=form.cleaned_data["why"])
            return redirect("sharing-request", asked.pk)
    words: dict[str, Any] = {"title": "Withdraw this request", "button": "Withdraw it", "back": "sharing-request"}
    return page(request, "sharing/change.html", about=[asked], row=asked, form=form, **words)


@sees(P.DECIDE_DISCLOSURES)
def of_us(request: Asked) -> HttpResponse:
    rows = list(queries.requested_of_us(request.viewer)[:PER_PAGE])
    states = queries.states_here(request.viewer)
    shown = [(each, REQUEST_IN_WORDS[states.get(each.pk, RequestState.ARRIVED)]) for each in rows]
    return page(request, "sharing/requests_here.html", about=["sharing.requests", *rows], shown=shown)


@sees(P.DECIDE_DISCLOSURES)
def one_of_us(request: Asked, key: UUID) -> HttpResponse:
    asked = queries.request_of_us(request.viewer, key)
    decided, notices = queries.decision_on(request.viewer, asked), list(queries.told_the_person(request.viewer, asked))
    return page(
        request, "sharing/request_here.html", about=[asked, *notices], asked=asked, decided=decided, notices=notices,
        reasons_not_to_answer=_why_not_answer(asked, has_notice=bool(notices)), **_law(request),
    )  # fmt: skip


@sees(P.DECIDE_DISCLOSURES)
def notify(request: Asked, key: UUID) -> HttpResponse:
    asked, form = queries.request_of_us(request.viewer, key), forms.Notify(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.notify_person(by=request.viewer, request=asked, **form.said)
            messages.success(request, "It is written down.")
            return redirect("sharing-request-here", asked.pk)
    return page(request, "sharing/notify.html", about=[asked], asked=asked, form=form, **_law(request))


@sees(P.DECIDE_DISCLOSURES)
def letter(request: Asked, key: UUID) -> HttpResponse:
    """The written notice, to print and hand over. It has no logo."""
    asked, said = queries.request_of_us(request.viewer, key), law()
    words = said.notice_words.format(
        from_name=asked.from_name, holder=request.viewer.organisation.name, scope=asked.scope,
        asked_on=f"{asked.created_at:%-d %B %Y}", line_of_enquiry=asked.line_of_enquiry,
    )  # fmt: skip
    return page(request, "sharing/letter.html", about=[asked], asked=asked, heading=said.notice_heading, words=words)


@sees(P.DECIDE_DISCLOSURES)
def answer(request: Asked, key: UUID) -> HttpResponse:
    """The least that answers it, seen exactly as the police will see it before it is told."""
    asked = queries.request_of_us(request.viewer, key)
    start = forms.begin_with(None, request.viewer.today) | {"name": asked.name}
    form = forms.telling_form(tuple(rules.FIELDS))(request.POST or None, initial=start)
    why = forms.Answering(request.POST or None)
    preview: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid() and why.is_valid() and request.POST.get("step") != "change":
        words = form.words(_asker(asked), None)
        if request.POST.get("step") == "tell":
            with why.refusals():
                actions.answer(by=request.viewer, request=asked, words=words, **why.decided)
                messages.success(request, f"{asked.from_name} has been told exactly what you saw.")
                return redirect("sharing-request-here", asked.pk)
        preview = lines(words.in_order)
    return page(
        request, "sharing/answer.html", about=[asked], asked=asked, form=form, why=why, preview=preview, **_law(request)
    )


@sees(P.DECIDE_DISCLOSURES)
def refuse(request: Asked, key: UUID) -> HttpResponse:
    asked, form = queries.request_of_us(request.viewer, key), forms.Refuse(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            if said["outcome"] == "refused":
                actions.refuse(by=request.viewer, request=asked, words=said["words"], why=said["why"])
            else:
                actions.say_nothing(by=request.viewer, request=asked, why=said["why"])
            return redirect("sharing-request-here", asked.pk)
    return page(request, "sharing/refuse.html", about=[asked], asked=asked, form=form, **_law(request))


def _law(request: Asked) -> dict[str, Any]:
    return {"law": law(), "is_in_force": law().is_in_force_on(request.viewer.today)}


def _asker(asked: InformationRequest) -> Organisation:
    return asked.owner


def _why_not_answer(asked: InformationRequest, *, has_notice: bool) -> list[str]:
    return [] if has_notice else ["tell the person in writing first, or record why not"]
