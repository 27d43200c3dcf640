"""Ask the matching role; look in one's own register for somebody; be told whom to ring."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.sharing import actions, forms, queries
from clearlines.sharing.models import Question
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

PER_PAGE = 25


@sees(P.ASK_MATCHING)
def ask(request: Asked) -> HttpResponse:
    others = queries.who_may_be_asked(request.viewer)
    form = forms.Ask(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            asked = actions.ask(by=request.viewer, **form.cleaned_data)
            return redirect("sharing-asked", asked.pk)
    return page(request, "sharing/ask.html", about=NOTHING_PERSONAL, form=form)


@sees(P.ASK_MATCHING, P.SEE_REGISTER)
def asked_before(request: Asked) -> HttpResponse:
    rows = Paginator(queries.asked(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "sharing/asked_before.html", about=["sharing.asked", *rows.object_list], rows=rows)


@sees(P.ASK_MATCHING, P.SEE_REGISTER)
def asked(request: Asked, key: UUID) -> HttpResponse:
    """The receipt. It is the same page whatever is held, today and for ever."""
    return page(request, "sharing/asked.html", about=[found := queries.asked_one(request.viewer, key)], asked=found)


@sees(P.MATCH_ACROSS, P.DECIDE_DISCLOSURES)
def questions(request: Asked) -> HttpResponse:
    rows = list(queries.asked_of_us(request.viewer)[:PER_PAGE])
    return page(request, "sharing/questions.html", about=["sharing.questions", *rows], rows=rows)


@sees(P.MATCH_ACROSS, P.DECIDE_DISCLOSURES)
def question(request: Asked, key: UUID) -> HttpResponse:
    """For the matching role: is this somebody on our own records? For the safeguarding lead: may police be told?"""
    asked = queries.asked_us_one(request.viewer, key)
    if request.viewer.may(P.MATCH_ACROSS):
        return _look(request, asked)
    return _let_know(request, asked)


@sees(P.SEE_POINTERS)
def pointers(request: Asked) -> HttpResponse:
    rows = Paginator(queries.pointers(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "sharing/pointers.html", about=["sharing.pointers", *rows.object_list], rows=rows)


def _look(request: Asked, asked: Question) -> HttpResponse:
    found, reasons = queries.found_here(request.viewer, asked), queries.reasons_not_to_point(request.viewer, asked)
    form = forms.Found(request.POST or None, people=found, reasons=reasons)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            whole = {"by": request.viewer, "question": asked, "why": form.cleaned_data["why"]}
            if form.chosen:
                actions.confirm(person=form.chosen, **whole)
            else:
                actions.answer_nothing(**whole)
            messages.success(request, "Your answer is kept. Whoever asked is told nothing by this page.")
            return redirect("sharing-questions")
    about: list[Any] = [asked, *found]
    return page(request, "sharing/question.html", about=about, asked=asked, found=found, form=form, reasons=reasons)


def _let_know(request: Asked, asked: Question) -> HttpResponse:
    form = forms.LetKnow(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act = actions.let_know if form.cleaned_data["answer"] == "yes" else actions.let_nothing_be_said
            act(by=request.viewer, question=asked, why=form.cleaned_data["why"])
            messages.success(request, "Your decision is kept.")
            return redirect("sharing-questions")
    return page(request, "sharing/let_know.html", about=[asked], asked=asked, form=form)
