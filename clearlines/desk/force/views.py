"""The sergeant's morning, a line's page, what stands round it, where lines come from, and who controls them."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.analysis.networks import WARNING
from clearlines.desk.force import (
    as_at,
    chart_files,
    chart_page,
    flows,
    flows_picture,
    flows_places,
    forms,
    picture,
    queries,
)
from clearlines.desk.force import networks as controllers
from clearlines.desk.force.line import line_page
from clearlines.web import downloads
from clearlines.web.as_at import AsAt
from clearlines.web.pages import Asked, look, page, searched, sees


@sees(P.SEE_REPORTS)
def morning(request: Asked) -> HttpResponse:
    morning = queries.morning(request.viewer)
    return page(request, "desk/force_morning.html", about=morning.shown, morning=morning, today=request.viewer.today)


@sees(P.SEE_LINES)
def line(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A day that is no day, or has not come, shows today and says so."""
    today, asked = request.viewer.today, AsAt.asked(request.GET, request.viewer.today)
    shown = None
    with asked.refusals():
        shown = line_page(request.viewer, key, *asked.days(today))
    shown = shown or line_page(request.viewer, key, today, today)
    may_keep, may_see_people, may_record = (
        request.viewer.may(each) for each in (P.KEEP_LINES, P.SEE_PEOPLE, P.RECORD_DISRUPTIONS)
    )
    file, now = shown.file, request.viewer.now
    return page(
        request, "desk/line.html", about=shown.shown, shown=shown, file=file, line=file.line, may_keep=may_keep,
        may_see_people=may_see_people, may_record=may_record, as_at=asked, now=now,
        is_now=(file.on, file.known) == (today, today),
    )  # fmt: skip


@sees(P.SEE_LINES)
def chart(request: Asked) -> HttpResponse:
    """What stands round one line, person or place; and while none is chosen, what to begin from."""
    shown = chart_page.shown(request.viewer, request.GET)
    if shown is None:
        return _what_to_begin_from(request)
    return page(request, "desk/force_chart.html", about=shown.about, shown=shown, chart=shown.chart)


def _what_to_begin_from(request: Asked) -> HttpResponse:
    find = as_at.Find(request.GET or None)
    words = find.cleaned_data["q"].strip() if find.is_valid() else ""
    found = chart_page.to_begin_from(request.viewer, words)
    about: list[Any] = ["force.chart", *searched(request.viewer, words), *found.about]
    return page(request, "desk/force_chart_begin.html", about=about, find=find, words=words, found=found)


@sees(P.SEE_LINES)
def chart_download(request: Asked) -> HttpResponse:
    """The same chart as a file for other tools: its links, or GraphML."""
    shown = chart_page.shown(request.viewer, request.GET)
    if shown is None:
        return redirect("force-chart")
    look(request.viewer, shown.about, at="force-chart-download")
    name, body, kind = chart_files.file_of(shown.chart, shown.on, shown.known, kind=request.GET.get("as", ""))
    return downloads.download(name, body, kind=kind)


@sees(P.SEE_LINES)
def where_lines_come_from(request: Asked) -> HttpResponse:
    asked, found = _flows(request)
    atlas = flows_places.atlas()
    drawn, columns = flows_picture.on_the_map(found, atlas), flows_picture.in_two_columns(found)
    return page(
        request, "desk/force_flows.html", about=found.about, asked=asked, found=found, map=drawn, columns=columns,
        missing=flows_picture.not_on_the_map(found, atlas), atlas=atlas, today=request.viewer.today,
        query=request.GET.urlencode(),
    )  # fmt: skip


@sees(P.SEE_LINES)
def flows_download(request: Asked) -> HttpResponse:
    _, found = _flows(request)
    look(request.viewer, found.about, at="force-flows-download")
    return downloads.download(f"flows-{found.on}-OFFICIAL-SENSITIVE.csv", flows.as_sheet(found), kind=downloads.CSV)


def _flows(request: Asked) -> tuple[as_at.AsAt, flows.Flows]:
    """A day that is no day, or has not come, shows today and says so."""
    today = request.viewer.today
    asked = as_at.AsAt(request.GET, today=today)
    with asked.refusals():
        return asked, flows.flows(request.viewer, *asked.days)
    return asked, flows.flows(request.viewer, today, today)


@sees(P.ANALYSE_NETWORKS)
def networks(request: Asked) -> HttpResponse:
    """Who controls lines and how they stand to each other. A day that is none, or has not come, shows today."""
    asked = forms.AsAt(request.GET, today=request.viewer.today)
    shown = controllers.shown(request.viewer, asked.day)
    return page(
        request, "desk/force_networks.html", about=["desk.networks", *shown.rows_shown], as_at=asked, shown=shown,
        picture=picture.draw(shown.curve), warning=WARNING,
    )  # fmt: skip
