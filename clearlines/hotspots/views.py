"""Where incidents were recorded, by area and month. Totals only: no page here shows a row about anybody."""

from django.http import Http404, HttpResponse

from clearlines.access.permissions import Permission as P
from clearlines.hotspots import areas, queries, tables
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
        table=tables.table(choice, whole=whole),
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
