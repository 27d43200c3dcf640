"""Say it quietly, and it is so. Nothing here shows what was hidden."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.conflicts import actions, forms, queries
from clearlines.people import queries as people
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

DONE = "From now on you will see nothing about this person, if there is anything. Nobody on your team is told."


@sees(P.KEEP_AWAY)
def mine(request: Asked) -> HttpResponse:
    form, viewer = forms.Declare(request.POST or None), request.viewer
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.declare(by=viewer, **form.cleaned_data)
            messages.success(request, DONE)
            return redirect("conflicts-mine")
    said, whom_to_ask = list(queries.mine(viewer)), queries.information_managers(viewer)
    about = said or NOTHING_PERSONAL
    return page(request, "conflicts/mine.html", about=about, form=form, said=said, whom_to_ask=whom_to_ask)


@sees(P.SEE_PEOPLE)
def this_person(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Keep me away from the person whose record is open."""
    person, form = people.person(request.viewer, key), forms.KeepMeAway(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.keep_me_away(by=request.viewer, person=person, **form.cleaned_data)
            messages.success(request, DONE)
            return redirect("conflicts-mine")
    return page(request, "conflicts/this_person.html", about=[person], person=person, form=form)


@sees(P.KEEP_COLLEAGUES_AWAY)
def a_colleague(request: Asked, key: uuid.UUID) -> HttpResponse:
    person = people.person(request.viewer, key)
    form = forms.KeepColleagueAway(request.POST or None, colleagues=queries.colleagues(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            relation = form.cleaned_data["relation"]
            actions.keep_colleague_away(by=request.viewer, account=form.chosen, person=person, relation=relation)
            messages.success(request, f"{form.chosen} sees nothing about this person from now on.")
            return redirect("people-person", key)
    return page(request, "conflicts/a_colleague.html", about=[person], person=person, form=form)


@sees(P.SEE_CONFLICTS)
def everybodys(request: Asked) -> HttpResponse:
    rows = list(queries.everybodys(request.viewer))
    return page(request, "conflicts/everybodys.html", about=["conflicts.list", *rows], rows=rows)


@sees(P.SEE_CONFLICTS)
def lift(request: Asked, key: uuid.UUID) -> HttpResponse:
    conflict, form = queries.conflict(request.viewer, key), forms.Lift(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.lift(by=request.viewer, conflict=conflict, **form.cleaned_data)
            messages.success(request, f"{conflict.account} may see them again.")
            return redirect("conflicts-everybodys")
    return page(request, "conflicts/lift.html", about=[conflict], conflict=conflict, form=form)
