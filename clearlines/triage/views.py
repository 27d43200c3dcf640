"""The queue, one report whole, and a page for each thing that can be done to it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.access.permissions import Permission as P
from clearlines.lines import queries as lines
from clearlines.people import queries as people
from clearlines.places import queries as places
from clearlines.reports import queries as reports
from clearlines.reports.models import Report
from clearlines.triage import actions, forms, queries
from clearlines.web.forms import Form
from clearlines.web.pages import Asked, page, searched, sees

REGISTERS = {"line": lines, "place": places, "person": people}
OFFERED = 20
Verb = Callable[..., object]


@sees(P.SEE_REPORTS)
def queue(request: Asked) -> HttpResponse:
    waiting = list(queries.waiting(request.viewer)[:200])
    done = list(queries.decided(request.viewer)[:10])
    return page(request, "triage/list.html", about=["triage.queue", *waiting, *done], waiting=waiting, done=done)


@sees(P.SEE_REPORTS)
def report(request: Asked, key: uuid.UUID) -> HttpResponse:
    matter = queries.matter(request.viewer, key)
    may = {"triage": request.viewer.may(P.TRIAGE_REPORTS), "grade": request.viewer.may(P.GRADE_REPORTS)}
    return page(request, "triage/report.html", about=matter.shown, matter=matter, report=matter.report, may=may)


@sees(P.TRIAGE_REPORTS)
@require_POST
def take_up(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.take_up(by=request.viewer, report=reports.report(request.viewer, key))
    return redirect("triage-report", key)


@sees(P.TRIAGE_REPORTS)
def join(request: Asked, key: uuid.UUID, to: str) -> HttpResponse:
    """Either one from the register, or a new one: two forms on one page."""
    report, find = reports.report(request.viewer, key), forms.Find(request.GET or None)
    rows = list(_offered(request, to))
    chosen, new = (request.POST if request.POST.get("which") == each else None for each in ("chosen", "new"))
    joining, adding = forms.JOIN[to](chosen, rows=rows, auto_id="one_%s"), forms.NEW[to](new, auto_id="new_%s")
    if request.method == "POST" and _joined(request, report, to, joining, adding):
        return redirect("triage-report", key)
    return page(
        request, "triage/join.html", about=[report, *searched(request.viewer, _words(request)), *rows], report=report,
        to=to, find=find, joining=joining, adding=adding, rows=rows,
    )  # fmt: skip


@sees(P.TRIAGE_REPORTS)
@require_POST
def confirm(request: Asked, to: str, key: uuid.UUID) -> HttpResponse:
    link = actions.confirm(by=request.viewer, link=queries.link(request.viewer, to, key))
    return redirect("triage-report", link.report_id)


@sees(P.TRIAGE_REPORTS)
def unlink(request: Asked, to: str, key: uuid.UUID) -> HttpResponse:
    link, form = queries.link(request.viewer, to, key), forms.Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.unlink(by=request.viewer, link=link, because=form.cleaned_data["because"])
            return redirect("triage-report", link.report_id)
    shown = [link.report, link.target]
    return page(request, "triage/unlink.html", about=shown, link=link, report=link.report, form=form)


@sees(P.GRADE_REPORTS)
def grade(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _one_form(request, key, forms.Grade, actions.grade, "triage/grade.html")


@sees(P.TRIAGE_REPORTS)
def think_through(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _one_form(request, key, forms.ThinkThrough, actions.think_through, "triage/thrive.html")


@sees(P.TRIAGE_REPORTS)
def decide(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _one_form(request, key, forms.Decide, actions.decide, "triage/decide.html")


@sees(P.TRIAGE_REPORTS)
def reopen(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _one_form(request, key, forms.Because, actions.reopen, "triage/reopen.html")


@sees(P.TRIAGE_REPORTS)
def compare(request: Asked, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    pair = [reports.report(request.viewer, each) for each in (key, other)]
    form = forms.Compare(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.compare(by=request.viewer, one=pair[0], other=pair[1], **form.cleaned_data)
            return redirect("triage-report", key)
    return page(request, "triage/compare.html", about=pair, report=pair[0], other=pair[1], form=form)


def _one_form(request: Asked, key: uuid.UUID, kind: type[Form], verb: Verb, template: str) -> HttpResponse:
    """A page with one form whose fields are what one action takes."""
    matter = queries.matter(request.viewer, key)
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb(by=request.viewer, report=matter.report, **form.cleaned_data)
            return redirect("triage-report", key)
    return page(request, template, about=matter.shown, matter=matter, report=matter.report, form=form)


def _words(request: Asked) -> str:
    return request.GET.get("find", "").strip()[:100]


def _offered(request: Asked, to: str) -> QuerySet:
    register, words = REGISTERS[to], _words(request)
    found = register.matching(request.viewer, words) if words else register.visible(request.viewer)
    return found[:OFFERED]


def _joined(request: Asked, report: Report, to: str, joining: forms.Join, adding: forms.NewRow) -> bool:
    given: dict[str, Any] = {"by": request.viewer, "report": report, "to": to}
    if joining.is_bound and joining.is_valid():
        with joining.refusals():
            actions.link(**given, row=joining.chosen, new_id=joining.cleaned_data["new_id"], **joining.more)
            return True
    if adding.is_bound and adding.is_valid():
        with adding.refusals():
            new_id = adding.cleaned_data["new_id"]
            actions.link_new(**given, details=adding.details, new_id=new_id, **adding.more)
            return True
    return False
