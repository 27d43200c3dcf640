"""Where incidents were recorded, by area and month. Totals only: no page here shows a row about anybody."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import the_one
from clearlines.hotspots import actions, areas, harm, queries, set_pages, tables
from clearlines.hotspots.forms import LoadSeverity
from clearlines.web.downloads import CSV, download, sheet
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees


@sees(P.SEE_HOTSPOTS)
def home(request: Asked) -> HttpResponse:
    choice = tables.chosen(request.viewer, request.GET)
    if choice is None:
        return page(request, "hotspots/nothing_loaded.html", about=NOTHING_PERSONAL)
    drawn, drawn_kind = tables.picture(choice)
    whole = request.GET.get("show") == "all"
    return page(
        request, "hotspots/home.html", about=NOTHING_PERSONAL, choice=choice, map=drawn, drawn_kind=drawn_kind,
        table=tables.table(choice, whole=whole), may_fix=request.viewer.may(P.FIX_HOTSPOTS),
    )  # fmt: skip


@sees(P.SEE_HOTSPOTS)
def area(request: Asked, kind: str, code: str) -> HttpResponse:
    story = areas.story(request.viewer, kind, code)
    if story is None:
        raise Http404
    return page(request, "hotspots/area.html", about=NOTHING_PERSONAL, story=story)


@sees(P.SEE_HOTSPOTS)
def counts(request: Asked) -> HttpResponse:
    choice = tables.chosen(request.viewer, request.GET)
    if choice is None or not choice.form.is_valid():
        raise Http404
    name = f"counts-{choice.kind}-{choice.basket.key}-{choice.first}-to-{choice.last}.csv"
    return download(name, sheet(tables.lines_of_csv(choice)), kind=CSV)


@sees(P.SEE_HOTSPOTS)
def files(request: Asked) -> HttpResponse:
    found = list(queries.month_files(request.viewer))
    none_left_out = not any(each.rejected for each in found)
    return page(request, "hotspots/files.html", about=NOTHING_PERSONAL, files=found, none_left_out=none_left_out)


@sees(P.SEE_HOTSPOTS)
def sets(request: Asked) -> HttpResponse:
    rows, may_fix = queries.sets(request.viewer), request.viewer.may(P.FIX_HOTSPOTS)
    return page(request, "hotspots/sets.html", about=NOTHING_PERSONAL, sets=rows, may_fix=may_fix)


@sees(P.FIX_HOTSPOTS)
def set_new(request: Asked) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    making = set_pages.making(request.viewer, request.GET, sent)
    if making is None:
        return page(request, "hotspots/nothing_loaded.html", about=NOTHING_PERSONAL)
    if making.wanted and making.is_ready(request.POST.get("press")):
        with making.ask.refusals():
            fixed = actions.fix(by=request.viewer, wanted=making.wanted, **making.words)
            return redirect("hotspots-set", fixed.pk)
    return page(request, "hotspots/set_new.html", about=NOTHING_PERSONAL, making=making)


@sees(P.SEE_HOTSPOTS)
def one_set(request: Asked, key: uuid.UUID) -> HttpResponse:
    fixed = the_one(queries.sets(request.viewer), key)
    return page(
        request, "hotspots/set.html", about=NOTHING_PERSONAL, fixed=fixed,
        shown=set_pages.shown(request.viewer, fixed), may_register=request.viewer.may(P.REGISTER_PROTOCOLS),
    )  # fmt: skip


@sees(P.SEE_HOTSPOTS)
def severity(request: Asked) -> HttpResponse:
    found, may_load = list(queries.severity_tables(request.viewer)), request.viewer.may(P.IMPORT_INCIDENTS)
    return page(request, "hotspots/severity.html", about=NOTHING_PERSONAL, tables=found, may_load=may_load)


@sees(P.IMPORT_INCIDENTS)
def load_severity(request: Asked) -> HttpResponse:
    form = LoadSeverity(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.load_severity(by=request.viewer, **form.said)
            return redirect("hotspots-severity-table", made.pk)
    return page(request, "hotspots/load_severity.html", about=NOTHING_PERSONAL, form=form)


@sees(P.SEE_HOTSPOTS)
def severity_table(request: Asked, key: uuid.UUID) -> HttpResponse:
    table = the_one(queries.severity_tables(request.viewer), key)
    months, by_area = queries.latest_harm(request.viewer, table) or ("", None)
    return page(
        request, "hotspots/severity_table.html", about=NOTHING_PERSONAL, table=table, months=months, by_area=by_area,
        weights=harm.heaviest_first(table), unused=harm.never_used(table),
    )  # fmt: skip
