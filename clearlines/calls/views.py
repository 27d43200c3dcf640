"""Extracts of calls: what stands, what waits, how it is read. Counts and line numbers; never a caller or a place."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.calls import actions, forms, loading, queries, tables
from clearlines.calls.sheets import NotASheet
from clearlines.calls.sifting import LeftOut
from clearlines.web.downloads import CSV, download, sheet
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees


@sees(P.SEE_HOTSPOTS)
def home(request: Asked) -> HttpResponse:
    found = queries.covered(request.viewer)
    return page(
        request, "calls/home.html", about=NOTHING_PERSONAL, rows=tables.standing(found), covered=tables.months(found),
        waiting=queries.waiting(request.viewer), may_load=request.viewer.may(P.LOAD_CALLS),
    )  # fmt: skip


@sees(P.SEE_HOTSPOTS)
def extract(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown, found = queries.extract(request.viewer, key), queries.covered(request.viewer)
    return page(
        request, "calls/extract.html", about=NOTHING_PERSONAL, extract=shown, table=tables.of_extract(shown),
        counts_on=found.counts_on(shown), days=(shown.last_on - shown.first_on).days + 1,
        first=queries.first_left_out(shown, tables.FIRST), reasons=tables.reasons(shown),
    )  # fmt: skip


@sees(P.SEE_HOTSPOTS)
def rejected(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown = queries.extract(request.viewer, key)
    return _left_out(queries.report(shown))


def _left_out(rows: Iterable[LeftOut]) -> HttpResponse:
    return download("rows-left-out-and-marked.csv", sheet([["line", "what", "why"], *rows]), kind=CSV)


@sees(P.LOAD_CALLS)
def new(request: Asked) -> HttpResponse:
    form = forms.Bring(
        request.POST or None, request.FILES or None, mappings=queries.newest(queries.mappings(request.viewer)),
        rule_lists=queries.newest(queries.rule_lists(request.viewer)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            waits = actions.bring(
                by=request.viewer, key=form.cleaned_data["new_id"], file_name=form.cleaned_data["sheet"].name,
                body=form.cleaned_data["sheet"].read(), mapping=form.chosen("mapping"),
                rule_list=form.chosen("rule_list"),
            )  # fmt: skip
            return redirect("calls-waiting" if waits.mapping else "calls-columns", waits.pk)
    return page(request, "calls/new.html", about=NOTHING_PERSONAL, form=form)


@sees(P.LOAD_CALLS)
def columns(request: Asked, key: uuid.UUID) -> HttpResponse:
    waits = queries.waiting_file(request.viewer, key)
    try:
        found = queries.headings(waits)
    except NotASheet as wrong:
        return _cannot(request, waits, wrong)
    form = forms.MapColumns(request.POST or None, found=found, saved=waits.mapping)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            mapping = actions.save_mapping(by=request.viewer, name=form.cleaned_data["name"], columns=form.columns)
            actions.read_by(by=request.viewer, waits=waits, mapping=mapping)
            return redirect("calls-waiting", waits.pk)
    return page(request, "calls/columns.html", about=NOTHING_PERSONAL, form=form, waits=waits, found=found)


def _cannot(request: Asked, waits: Any, wrong: NotASheet) -> HttpResponse:
    return page(request, "calls/cannot.html", about=NOTHING_PERSONAL, waits=waits, wrong=str(wrong), status=400)


@sees(P.LOAD_CALLS)
def waiting(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What would be loaded, for the days that were asked for; pressed, it is."""
    waits = queries.waiting_file(request.viewer, key)
    form = forms.Days(request.POST or request.GET or None)
    try:
        if request.method == "POST" and form.is_valid():
            with form.refusals():
                return redirect("calls-extract", loading.load_waiting(request.viewer, waits, form.days).pk)
        preview = tables.preview(request.viewer, waits, form.days)
    except NotASheet as wrong:
        return redirect("calls-columns", waits.pk) if waits.mapping is None else _cannot(request, waits, wrong)
    form.begin(preview.first_on, preview.last_on)
    return page(request, "calls/waiting.html", about=NOTHING_PERSONAL, form=form, waits=waits, preview=preview)


@sees(P.LOAD_CALLS)
def waiting_rejected(request: Asked, key: uuid.UUID) -> HttpResponse:
    waits = queries.waiting_file(request.viewer, key)
    try:
        return _left_out(queries.preview(request.viewer, waits, forms.Days(request.GET or None).days)[1].left_out)
    except NotASheet as wrong:
        return _cannot(request, waits, wrong)


@sees(P.LOAD_CALLS)
def leave(request: Asked, key: uuid.UUID) -> HttpResponse:
    waits = queries.waiting_file(request.viewer, key)
    if request.method == "POST":
        actions.leave(by=request.viewer, waits=waits)
    return redirect("calls-home")


@sees(P.SEE_HOTSPOTS)
def mappings(request: Asked) -> HttpResponse:
    return page(request, "calls/mappings.html", about=NOTHING_PERSONAL, rows=tables.mappings(request.viewer))


@sees(P.SEE_HOTSPOTS)
def rules(request: Asked) -> HttpResponse:
    return page(
        request, "calls/rules.html", about=NOTHING_PERSONAL, lists=tables.rule_lists(request.viewer),
        shipped=tables.shipped(), may_load=request.viewer.may(P.LOAD_CALLS),
    )  # fmt: skip


@sees(P.LOAD_CALLS)
def rules_new(request: Asked) -> HttpResponse:
    newest = queries.newest(queries.rule_lists(request.viewer))
    saved = next((each for each in newest if each.name == request.GET.get("name")), None)
    form = forms.Words(request.POST or None, saved=saved)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.save_rules(by=request.viewer, name=form.cleaned_data["name"], words=form.words)
            return redirect("calls-rules")
    return page(request, "calls/rules_new.html", about=NOTHING_PERSONAL, form=form, saved=saved)


@sees(P.SEE_HOTSPOTS)
def health(request: Asked) -> HttpResponse:
    return page(
        request, "calls/health.html", about=NOTHING_PERSONAL, files=queries.health_files(request.viewer),
        table=tables.health(request.viewer), may_load=request.viewer.may(P.LOAD_CALLS),
    )  # fmt: skip


@sees(P.LOAD_CALLS)
def health_new(request: Asked) -> HttpResponse:
    form = forms.Health(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals(), form.unreadable():
            _load_health(request, form)
            return redirect("calls-health")
    return page(request, "calls/health_new.html", about=NOTHING_PERSONAL, form=form)


def _load_health(request: Asked, form: forms.Health) -> None:
    said = form.cleaned_data
    loading.load_health(
        request.viewer, said["sheet"].name, said["sheet"].file, source=said["source"], licence=said["licence"]
    )
