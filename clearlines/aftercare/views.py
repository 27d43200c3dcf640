"""Pages of the days after a closure: the force's, where it decides, and the charity's, where it looks after people."""

import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.aftercare import actions, forms, queries
from clearlines.aftercare.models import Watch, WatchTold
from clearlines.aftercare.protocol import guidance, protocol
from clearlines.people import queries as people
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

A_YEAR = timedelta(days=365)
OFFERED, NEWEST = 500, 20


@sees(P.SEE_AFTERCARE)
def listed(request: Asked) -> HttpResponse:
    viewer, rows = request.viewer, queries.listed(request.viewer)
    template = "aftercare/watches.html" if viewer.kind == "police" else "aftercare/told_us.html"
    found = queries.counts(viewer, viewer.today - A_YEAR, viewer.today)
    seen = list(queries.harms(viewer)[:NEWEST])
    shown: dict[str, Any] = {
        "rows": rows,
        "counts": found,
        "since": viewer.today - A_YEAR,
        "protocol": protocol(),
        "harms": seen,
    }
    return page(request, template, about=["aftercare.list", *(each.watch for each in rows), *seen], **shown)


@sees(P.SEE_AFTERCARE)
def watch(request: Asked, key: uuid.UUID) -> HttpResponse:
    found = queries.watch(request.viewer, key)
    seen = queries.harms_in(request.viewer, found.number)
    shown: dict[str, Any] = {
        "watch": found,
        "harms": seen,
        "protocol": protocol(),
        "is_open": found.is_open_at(request.viewer.now),
    }
    return page(request, "aftercare/watch.html", about=[found, *seen], may_tell=_may_tell(request), **shown)


def _may_tell(request: Asked) -> bool:
    return request.viewer.may(P.TELL_AFTERCARE)


@sees(P.SEE_AFTERCARE)
def told(request: Asked, key: uuid.UUID) -> HttpResponse:
    found = queries.told_one(request.viewer, key)
    seen, here = queries.harms_in(request.viewer, found.number), queries.people_here(request.viewer, found)
    shown: dict[str, Any] = {
        "watch": found,
        "harms": seen,
        "people": here,
        "guidance": guidance(),
        "near": request.viewer.near,
    }
    is_open = found.is_open_at(request.viewer.now)
    return page(request, "aftercare/told.html", about=[found, *seen, *here], is_open=is_open, **shown)


@sees(P.TELL_AFTERCARE)
def tell(request: Asked, key: uuid.UUID) -> HttpResponse:
    found, whom = queries.watch(request.viewer, key), queries.whom_to_tell(request.viewer)
    form = forms.Tell(request.POST or None, watch=found, whom=whom)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.tell(by=request.viewer, watch=found, **form.said)
            return redirect("aftercare-watch", key)
    reasons = queries.reasons_not_to_press(request.viewer, found, whom)
    return page(request, "aftercare/tell.html", about=[found], watch=found, form=form, reasons=reasons, whom=whom)


@sees(P.TELL_AFTERCARE)
def not_told(request: Asked, key: uuid.UUID) -> HttpResponse:
    found = queries.watch(request.viewer, key)
    form = forms.NotTold(request.POST or None, initial={"seen": found.version})
    return _changed(request, found, form, actions.decide_not_to_tell, "aftercare/not_told.html")


@sees(P.TELL_AFTERCARE)
def take_back(request: Asked, key: uuid.UUID) -> HttpResponse:
    found = queries.watch(request.viewer, key)
    form = forms.TakeBack(request.POST or None, initial={"seen": found.version})
    return _changed(request, found, form, actions.take_back, "aftercare/take_back.html")


def _changed(request: Asked, found: Watch, form: Any, verb: Any, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb(by=request.viewer, watch=found, **form.cleaned_data)
            return redirect("aftercare-watch", found.pk)
    return page(request, template, about=[found], watch=found, form=form)


@sees(P.RECORD_HARM)
def harm_in(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _record(request, queries.window(request.viewer, key))


@sees(P.RECORD_HARM)
def harm_anywhere(request: Asked) -> HttpResponse:
    return _record(request, None)


def _record(request: Asked, where: Watch | WatchTold | None) -> HttpResponse:
    viewer = request.viewer
    offered = queries.people_here(viewer, where) if where else list(people.visible(viewer)[:OFFERED])
    form = forms.Saw(request.POST or None, now=viewer.now, people=offered, where=where.where if where else "")
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.record_harm(by=viewer, watch=where, **form.said)
            return redirect("aftercare-harm", made.pk)
    about = [*([where] if where else NOTHING_PERSONAL), *offered]
    return page(request, "aftercare/record.html", about=about, form=form, watch=where)


@sees(P.SEE_AFTERCARE)
def harm(request: Asked, key: uuid.UUID) -> HttpResponse:
    found = queries.harm(request.viewer, key)
    form = forms.FollowUp(request.POST or None, initial={"seen": found.version, "words": found.followed_up})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.follow_up(by=request.viewer, harm=found, **form.cleaned_data)
            return redirect("aftercare-harm", key)
    about = [found, *([found.person] if found.person else [])]
    return page(request, "aftercare/harm.html", about=about, harm=found, form=form)
