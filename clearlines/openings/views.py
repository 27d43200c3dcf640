"""Break the glass, see that it is broken, and judge it."""

import uuid

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.openings import actions, forms, queries
from clearlines.openings.states import Verdict
from clearlines.people import queries as people
from clearlines.web.pages import Asked, page, sees


@sees(P.OPEN_IN_AN_EMERGENCY)
def ask(request: Asked, key: uuid.UUID) -> HttpResponse:
    person, form = people.person(request.viewer, key), forms.Open(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data | {"hours": int(form.cleaned_data["hours"])}
            actions.open_in_an_emergency(by=request.viewer, person=person, **said)
            messages.success(request, "Their letters, visits and plans are open to you now: look for them below.")
            return redirect("people-person", key)
    return page(request, "openings/ask.html", about=[person], person=person, form=form)


@sees(P.OPEN_IN_AN_EMERGENCY)
def mine(request: Asked) -> HttpResponse:
    rows = list(queries.mine(request.viewer)[:50])
    open_now = {each.pk for each in queries.standing(request.viewer)}
    about: list[Model | str] = ["openings.mine", *(each.person for each in rows)]
    return page(request, "openings/mine.html", about=about, rows=rows, open_now=open_now)


@sees(P.OPEN_IN_AN_EMERGENCY)
def close(request: Asked, key: uuid.UUID) -> HttpResponse:
    opening = queries.my_own(request.viewer, key)
    if request.method == "POST":
        actions.close(by=request.viewer, opening=opening)
        messages.success(request, f"{opening.person} is closed again.")
    return redirect("openings-mine")


@sees(P.REVIEW_OPENINGS)
def waiting(request: Asked) -> HttpResponse:
    rows = list(queries.to_judge(request.viewer)[:100])
    about: list[Model | str] = ["openings.list", *(each.person for each in rows)]
    return page(request, "openings/waiting.html", about=about, rows=rows)


@sees(P.REVIEW_OPENINGS)
def judge(request: Asked, key: uuid.UUID) -> HttpResponse:
    opening, form = queries.one_to_judge(request.viewer, key), forms.Judge(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verdict = Verdict(form.cleaned_data["verdict"])
            actions.judge(by=request.viewer, opening=opening, verdict=verdict, words=form.cleaned_data["words"])
            messages.success(request, "That is recorded.")
            return redirect("openings-waiting")
    return page(request, "openings/judge.html", about=[opening, opening.person], opening=opening, form=form)
